package store

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"

	"letopis"
)

// conditions collects what a WHERE clause demands.
type conditions struct {
	parts []string
	args  []any
}

func (c *conditions) add(text string, args ...any) {
	c.parts = append(c.parts, text)
	c.args = append(c.args, args...)
}

func (c *conditions) where() string {
	if len(c.parts) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(c.parts, " AND ")
}

func page(q *letopis.Query) string {
	text := ""
	if q.Limit > 0 {
		text = " LIMIT " + strconv.Itoa(q.Limit)
	} else if q.Offset > 0 {
		text = " LIMIT " + strconv.Itoa(1<<62)
	}
	if q.Offset > 0 {
		text += " OFFSET " + strconv.Itoa(q.Offset)
	}
	return text
}

// The number of an entry: the day on which it begins, counted from the year 0, then
// a number among the entries of that day.
const (
	seqBits    = 24
	unknownDay = 1 << 22 // after the last day of the year 9999
)

// Number returns the least number of an entry that begins on a day (YYYY-MM-DD, or
// [Unknown]); those of the next day begin at Number of that.
func Number(day string) int64 { return dayNumber(day) << seqBits }

func dayNumber(day string) int64 {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return unknownDay
	}
	return t.Unix()/86400 + 719528 // 0000-01-01
}

// wideDays is how many days an entry may span before it is marked as wide, so that
// those that begin long before a period and reach into it are found by the mark.
const wideDays = 31

// Indexed is an entry for the full-text index. Names holds letopis.Separator between
// names, Keys are words of small letters and digits that no text can be mistaken for
// where the index keeps them apart.
type Indexed struct {
	N                     int64
	Names, Contents, Keys []string
}

// Match is what an entry's index must hold: all of Keys, for each of Actors one of
// its phrases among the names or one of its keys, all of Words among names and contents.
type Match struct {
	Keys   [][]string // of each list one
	Actors []ActorMatch
	Words  []letopis.Term
}

// ActorMatch is one actor: a phrase of terms in the names, or one of the keys.
type ActorMatch struct {
	Phrase []string
	Keys   []string
}

// Empty reports whether the match demands nothing.
func (m *Match) Empty() bool { return len(m.Keys) == 0 && len(m.Actors) == 0 && len(m.Words) == 0 }

// The keys of the index: a letter for the kind, then the value.
func keyCountry(c string) string  { return "c" + strings.ToLower(c) }
func keyKB(id string) string      { return "k" + short(id) }
func keyDoc(d letopis.ID) string  { return "d" + short(string(d)) }
func keyPlace(term string) string { return "o" + short(term) }
func keyWithin(p string) string   { return "o" + short("\x00"+p) } // no term has this sign
func keyLang(l string) string     { return "l" + short(l) }
func keyCode(c letopis.Code) string {
	return "x" + short(string(c))
}
func keyQuad(q letopis.Quad) string { return "q" + strconv.Itoa(int(q)) }
func keyModality(m letopis.Modality) string {
	return "m" + short(string(m))
}
func keyKind(k letopis.FindingKind) string { return "e" + short(string(k)) }
func keyRecalled(r bool) string            { return "r" + strconv.FormatBool(r) }
func keyPair(a, b string) string {
	return "p" + strings.ToLower(min(a, b)) + strings.ToLower(max(a, b))
}

const keyWide = "w"

// short names any text in 16 hexadecimal digits.
func short(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:8])
}

// keysOf returns the keys of an entry, each once.
func keysOf(e *letopis.Entry, wide bool) []string {
	keys := []string{keyKind(e.Kind), keyRecalled(e.Recalled), keyModality(e.Modality)}
	if e.Code != "" {
		keys = append(keys, keyCode(e.Code), keyQuad(e.Code.Quad()))
	}
	if wide {
		keys = append(keys, keyWide)
	}
	countries := slices.Concat(e.SourceCountry, e.TargetCountry)
	slices.Sort(countries)
	countries = slices.Compact(countries)
	for i, a := range countries {
		if letopis.IsCountry(a) {
			keys = append(keys, keyCountry(a))
		}
		for _, b := range countries[i:] {
			if e.Faces(a, b) && letopis.IsCountry(a) && letopis.IsCountry(b) {
				keys = append(keys, keyPair(a, b))
			}
		}
	}
	for _, t := range e.PlaceTerms() {
		keys = append(keys, keyPlace(t))
	}
	for _, p := range e.Places() {
		keys = append(keys, keyWithin(p))
	}
	for _, p := range slices.Concat(e.Source, e.Target) {
		if p.KB != "" {
			keys = append(keys, keyKB(p.KB))
		}
	}
	for i := range e.Reports {
		keys = append(keys, keyDoc(e.Reports[i].Doc), keyLang(e.Reports[i].Lang))
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// matchOf says [letopis.Query.Match] in terms of the index; what it cannot say,
// time and origins, is asked of the rows.
func matchOf(q *letopis.Query) *Match {
	m := &Match{Words: q.Terms()}
	one := func(keys ...string) {
		if len(keys) > 0 {
			m.Keys = append(m.Keys, keys)
		}
	}
	if q.Kind != "" {
		one(keyKind(q.Kind))
	}
	if len(q.Pair) == 2 {
		one(keyPair(q.Pair[0], q.Pair[1]))
	}
	if len(q.Between) == 2 {
		var pairs []string
		for _, a := range q.Between[0] {
			for _, b := range q.Between[1] {
				pairs = append(pairs, keyPair(a, b))
			}
		}
		slices.Sort(pairs)
		one(slices.Compact(pairs)...)
	}
	for _, list := range q.Members {
		one(keysFor(list, keyCountry)...)
	}
	one(keysFor(q.Codes, keyCode)...)
	one(keysFor(q.Quads, keyQuad)...)
	one(keysFor(q.Modality, keyModality)...)
	if q.Recalled != nil {
		one(keyRecalled(*q.Recalled))
	}
	if q.Doc != "" {
		one(keyDoc(q.Doc))
	}
	within := keysFor(q.Within, keyWithin)
	for _, t := range letopis.Terms(q.Place) {
		one(append([]string{keyPlace(t)}, within...)...)
	}
	if q.Place == "" {
		one(within...)
	}
	if q.Lang != "" {
		one(keyLang(q.Lang))
	}
	for _, a := range q.Actors {
		x := ActorMatch{Phrase: letopis.Terms(a), Keys: []string{keyKB(a)}}
		if letopis.IsCountry(a) {
			x.Keys = append(x.Keys, keyCountry(a))
		}
		m.Actors = append(m.Actors, x)
	}
	return m
}

func keysFor[T any](values []T, key func(T) string) []string {
	var keys []string
	for _, v := range values {
		keys = append(keys, key(v))
	}
	return keys
}

// stretch is a range of numbers, from inclusive to exclusive, to walk through.
type stretch struct {
	from, to int64
	wide     bool   // only entries that span more than wideDays
	last     string // only entries that end on this day or later
}

const noNumber = (unknownDay + 1) << seqBits // greater than all

// stretches are where the entries of a query lie, in order of time.
func stretches(q *letopis.Query) []stretch {
	since, until := q.Span()
	if since == "" && until == "" {
		if q.Newest { // unknown times last, whichever way
			return []stretch{{to: Number(Unknown)}, {from: Number(Unknown), to: noNumber}}
		}
		return []stretch{{to: noNumber}}
	}
	to := Number(Unknown)
	if until != "" {
		to = (dayNumber(until) + 1) << seqBits
	}
	if since == "" {
		return []stretch{{to: to}}
	}
	from := Number(since)
	near := max(dayNumber(since)-wideDays, 0) << seqBits
	all := []stretch{{to: near, wide: true, last: since}, {from: near, to: min(from, to), last: since}, {from: from, to: to}}
	if q.Newest {
		slices.Reverse(all)
	}
	return all
}
