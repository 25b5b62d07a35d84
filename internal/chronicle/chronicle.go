// Package chronicle folds records into the chronicle: one entry for one event or
// statement, however many articles tell it.
//
// The fold is a pure function of the set of current records and the claims. Its
// steps, each in the file of its name:
//
//	digest     what folding needs of one record, made once and kept beside it
//	stories    articles that are copies, cuts or translations of one wire story
//	events     findings that are the same event
//	statements findings that are the same words of the same speaker
//	kinds      which of these rules hold for which kind of finding
//	entries    a line for each group, with its reports and their origins
//	fold       the order of these steps, for what changed since the last folding:
//	           place gives documents their stories, dirty folds the blocks that changed
//
// A store keeps what the next folding needs ([Blocks]): a state and keys with each
// document, the entries of each block, and what is still to do.
//
// Findings are compared only within blocks (same code and countries; same
// speaker), and within a block only near in time or words, so the work grows about
// linearly with the number of records, and a new record costs its blocks only.
// Everything is sorted by content before it
// is grouped: the order in which records come changes nothing. A group is never
// closed over a contradiction: each member must go with all that are in it.
package chronicle

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"letopis"
)

// version changes whenever Digest or Fold may give another result, or state another form.
const version = "chronicle 18"

// Folder makes the chronicle out of records, for a store that keeps them in [Blocks].
// It is pure and deterministic: the order in which records come changes nothing.
type Folder struct {
	// Lemmas gives the dictionary forms of a word, as [letopis.Terms] has it, in a
	// language; nil: entries are found by the forms of their words alone.
	Lemmas Lemmatizer

	part int // how much Fold does at a time; 0 is the usual
}

// Lemmatizer knows the dictionary forms of words. It is safe for concurrent use.
type Lemmatizer interface {
	// Lemmas returns the dictionary forms that a word may have, likeliest first.
	Lemmas(lang, word string) []string
	// Version names what it knows.
	Version() string
}

// Version names the rules of Digest and Fold, and the lemmatizer. What another version
// made must be made again.
func (f Folder) Version() string {
	if f.Lemmas == nil {
		return version
	}
	return version + ", " + f.Lemmas.Version()
}

// Digest returns what Fold needs of a record, as JSON. A store keeps it beside the
// record, so that folding does not read all texts again.
func (Folder) Digest(r *letopis.Record) ([]byte, error) {
	return json.Marshal(newDigest(r))
}

// A group is the findings that become one entry.
type group []*member

// A member is one finding on its way into a group.
type member struct {
	*finding
	doc         *digest
	item        letopis.Item
	claimed     []anchor // by which claims know it
	first, last int      // days since 1970; first > last where the time is unknown
	persons     []string // keys, sorted
	agents      []string // those on the side that acts; of symmetric codes, all
	patients    []string // those on the other side
	terms       []string // sorted set of the words of Text
	block       uint64
	named       []string        // persons: its own, and those of the block whom its words name
	common      map[string]bool // of its keys and persons, those that come up all the time
	rank        int             // its number among the findings of its speaker in the document, where its kind has one
}

func (m *member) dated() bool { return m.first <= m.last }

// exact reports whether the day is known.
func (m *member) exact() bool { return m.first == m.last }

// members makes the findings of a document ready for grouping.
func (d *digest) members(cl *claims) []*member {
	type counted struct {
		kind letopis.FindingKind
		by   string
	}
	var all []*member
	rank := map[counted]int{}
	claimed := cl.of(d)
	for i := range d.Findings {
		f := &d.Findings[i]
		var of []anchor
		if claimed != nil {
			of = claimed[i]
			if slices.ContainsFunc(of, func(a anchor) bool { return cl.retracted[a] }) {
				continue
			}
			f = cl.corrected(of, f)
		}
		m := newMember(cl.actors.of(f), d)
		m.claimed = of
		if by := rulesOf(m.Kind).rank; by != nil {
			key := counted{m.Kind, by(m)}
			m.rank = rank[key]
			rank[key]++
		}
		all = append(all, m)
	}
	return all
}

func newMember(f *finding, d *digest) *member {
	m := &member{finding: f, doc: d, item: letopis.Item{Doc: d.Doc, Item: f.Item}}
	m.first, m.last = m.days()
	m.terms = set(letopis.Terms(m.Text))
	m.agents, m.patients = personKeys(m.Source), personKeys(m.Target)
	m.persons = set(slices.Concat(m.agents, m.patients))
	if m.Code.Symmetric() {
		m.agents, m.patients = m.persons, nil
	}
	return m
}

func personKeys(parties []party) []string {
	var keys []string
	for _, p := range parties {
		if p.Type == letopis.Person {
			keys = append(keys, p.key())
		}
	}
	return set(keys)
}

// month is the month in which the days of a dated finding begin.
func (m *member) month() string {
	return time.Unix(int64(m.first)*24*60*60, 0).UTC().Format("2006-01")
}

// days returns the days on which the finding may lie. News without a date lies in
// the days before its publication; a recollection without a date, anywhere.
func (m *member) days() (first, last int) {
	if first, last, ok := dayNumbers(m.When); ok {
		return first, last
	}
	if first, last, ok := dayNumbers(m.doc.Published); ok && !m.Recalled {
		return first - 2, last
	}
	return 1, 0
}

func dayNumbers(w letopis.When) (first, last int, ok bool) {
	a, b, ok := w.Bounds()
	const day = 24 * 60 * 60
	return int(a.Unix() / day), int(b.Unix() / day), ok
}

func set[T cmp.Ordered](s []T) []T {
	s = slices.Clone(s)
	slices.Sort(s)
	return slices.Compact(s)
}

// shared counts the members of both of two sorted sets.
func shared(a, b []string) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch c := strings.Compare(a[i], b[j]); {
		case c == 0:
			n, i, j = n+1, i+1, j+1
		case c < 0:
			i++
		default:
			j++
		}
	}
	return n
}

// jaccard compares two sorted sets in percent, so that no floating point decides.
func jaccard(a, b []string) int {
	n := shared(a, b)
	if n == 0 {
		return 0
	}
	return 100 * n / (len(a) + len(b) - n)
}
