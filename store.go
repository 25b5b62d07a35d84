package letopis

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
)

// Outcome says what a Put did with a record.
type Outcome string

// The outcomes of a Put.
const (
	Added    Outcome = "added"    // the document was not there
	Replaced Outcome = "replaced" // another reading of a document that was there: it is current now
	Present  Outcome = "present"  // this document with this reading was there already: nothing changed
)

// Store keeps records, and the chronicle that is folded out of them. Records and
// claims are immutable evidence: they are only ever added. Entries are derived,
// and a store may forget and fold them again at any time.
//
// A Store is safe for concurrent use, also by several processes where it lies in
// a file or on a server. Its errors are of kind Unavailable where trying again
// may help (locked, disk full, connection lost), and then nothing was stored.
// Package internal/store/storetest holds the contract as tests.
type Store interface {
	// Put keeps records, all or none of them, and says for each what it did. It is
	// idempotent by Document.ID and Reading; a new reading of a known document
	// becomes its current record, and the older one is kept. The records must not
	// be changed during the call, and may be afterwards.
	Put(ctx context.Context, recs ...*Record) ([]Outcome, error)
	// Has reports whether there is a record of the document with this reading.
	Has(ctx context.Context, doc ID, r Reading) (bool, error)
	// Get returns the current record of a document; the error is of kind NotFound.
	Get(ctx context.Context, doc ID) (*Record, error)
	// Readings returns all records of a document in the order in which they came.
	Readings(ctx context.Context, doc ID) ([]*Record, error)
	// Records yields the current records in the order of their document ids, of
	// q only Doc, Lang, Since and Until (of publication), Limit and Offset.
	Records(ctx context.Context, q Query) iter.Seq2[*Record, error]
	// Entries yields the entries of the chronicle that match q, in the order of
	// [Entry.Compare], folded from all records and claims that are there.
	Entries(ctx context.Context, q Query) iter.Seq2[*Entry, error]
	// Count returns how many entries match q, whatever its Limit and Offset.
	Count(ctx context.Context, q Query) (int, error)
	// Entry returns one entry; the error is of kind NotFound.
	Entry(ctx context.Context, id string) (*Entry, error)
	// Rebuild forgets all that is derived and folds it again from the records.
	Rebuild(ctx context.Context) error
	// Claim appends a claim. Adding the same claim again changes nothing.
	Claim(ctx context.Context, c Claim) error
	// Claims yields all claims in the order of their time, then as they came.
	Claims(ctx context.Context) iter.Seq2[Claim, error]
	// Stats counts what is kept.
	Stats(ctx context.Context) (Stats, error)
	Close() error
}

// Stats counts what a store keeps.
type Stats struct {
	Documents int `json:"documents"` // each has one current record
	Records   int `json:"records"`   // all readings
	Entries   int `json:"entries"`
	Reports   int `json:"reports"` // of all entries
	Claims    int `json:"claims"`
}

// Query chooses entries or records. The zero Query chooses all. Conditions of
// different fields must all hold; of a list, one member is enough.
type Query struct {
	Kind   FindingKind
	Doc    ID       // reported by this document
	Actors []string // each must take part: a name in any of its forms, a knowledge base id, or a country code
	Pair   []string // two country codes that face each other, either way
	// Between is two lists of country codes: one of the first faces one of the second,
	// either way. Of each list in Members one takes part.
	Between, Members [][]string
	// Since and Until bound the time of an entry, both inclusive: an entry whose
	// time may lie within is chosen. An entry of unknown time is placed at its
	// first publication, unless it is recalled.
	Since, Until When
	Codes        []Code
	Quads        []Quad
	Modality     []Modality
	Words        string // each must stand in the words, the actors or the speaker; "китай*" is a beginning
	// Lemmas are the dictionary forms of Words, by the word as [Terms] gives it: any of
	// them does for it. Who asks fills them; a store knows no language.
	Lemmas   map[string][]string
	Place    string   // its words must all stand in the name of the place; or
	Within   []string // the place is one of these, or lies within one: as [Entry.Places]
	Lang     string   // of one of its reports
	Recalled *bool    // known from recollection only, or not
	Origins  int      // at least so many
	Limit    int      // 0: no limit
	Offset   int
	Newest   bool // newest first
}

// Separator stands between the names in [Entry.Names], so that no phrase reaches
// from one name into the next. It is a letter that no name has (U+A66E).
const Separator = "ꙮ"

// Names returns the search terms of all actors, their other forms, and the
// speaker, with [Separator] between names.
func (e *Entry) Names() []string {
	var terms []string
	add := func(name string) {
		if t := Terms(name); len(t) > 0 {
			terms = append(append(terms, t...), Separator)
		}
	}
	for _, parties := range [][]Party{e.Source, e.Target} {
		for _, p := range parties {
			add(p.Name)
			add(p.Latin)
			for _, f := range p.Forms {
				add(f)
			}
		}
	}
	add(e.Speaker)
	return terms
}

// Contents returns the search terms of the words of the entry in all its reports, and
// the lemmas of these words.
func (e *Entry) Contents() []string {
	terms := Terms(e.Text)
	for _, s := range append([]string{e.Place}, texts(e.Reports)...) {
		if s != "" {
			terms = append(append(terms, Separator), Terms(s)...)
		}
	}
	if len(e.Lemmas) > 0 {
		terms = append(append(terms, Separator), e.Lemmas...)
	}
	return terms
}

func texts(reports []Report) []string {
	var all []string
	for _, r := range reports {
		all = append(all, r.Text)
	}
	return all
}

// IsCountry reports whether an actor of a query is a country code rather than a name.
func IsCountry(s string) bool {
	for _, c := range []byte(s) {
		if c < 'A' || c > 'Z' {
			return false
		}
	}
	return len(s) == 3
}

// Span returns the first and last day that a query admits; empty strings are open ends.
func (q *Query) Span() (first, last string) {
	first, _ = q.Since.Days()
	_, last = q.Until.Days()
	return first, last
}

// Check returns an error of kind Invalid where the query makes no sense.
func (q *Query) Check() error {
	for _, check := range []func() error{q.checkPeriod, q.checkCountries, q.checkCodes, q.checkWords} {
		if err := check(); err != nil {
			return &Error{Op: "query", Kind: Invalid, Err: err}
		}
	}
	if q.Limit < 0 || q.Offset < 0 || q.Origins < 0 {
		return &Error{Op: "query", Kind: Invalid, Err: errors.New("limit, offset and origins must not be negative")}
	}
	return nil
}

func (q *Query) checkPeriod() error {
	for _, w := range []When{q.Since, q.Until} {
		if !w.Valid() {
			return fmt.Errorf("%q is not a time; write YYYY, YYYY-MM or YYYY-MM-DD", w)
		}
	}
	if first, last := q.Span(); first != "" && last != "" && last < first {
		return fmt.Errorf("the period ends (%s) before it begins (%s)", q.Until, q.Since)
	}
	return nil
}

func (q *Query) checkCountries() error {
	countries := func(list []string) error {
		for _, c := range list {
			if !IsCountry(c) {
				return fmt.Errorf("%q is not a country code; write three capital letters, as in CHN or RUS", c)
			}
		}
		return nil
	}
	if len(q.Pair) != 0 && len(q.Pair) != 2 {
		return fmt.Errorf("a pair is two country codes, not %d", len(q.Pair))
	}
	if err := countries(q.Pair); err != nil {
		return err
	}
	if len(q.Between) != 0 && len(q.Between) != 2 {
		return fmt.Errorf("between are two lists of country codes, not %d", len(q.Between))
	}
	for _, list := range slices.Concat(q.Between, q.Members) {
		if len(list) == 0 {
			return errors.New("a list of countries is empty")
		}
		if err := countries(list); err != nil {
			return err
		}
	}
	return nil
}

func (q *Query) checkCodes() error {
	for _, c := range q.Codes {
		if c.Quad() == 0 {
			return fmt.Errorf("%q is not a PLOVER code", c)
		}
	}
	for _, d := range q.Quads {
		if d < VerbalCooperation || d > MaterialConflict {
			return fmt.Errorf("quad %d is not one of 1 to 4", d)
		}
	}
	return nil
}

func (q *Query) checkWords() error {
	for _, a := range q.Actors {
		if len(Terms(a)) == 0 {
			return fmt.Errorf("the actor %q has no letters", a)
		}
	}
	if q.Place != "" && len(Terms(q.Place)) == 0 {
		return fmt.Errorf("the place %q has no letters", q.Place)
	}
	if q.Words != "" && len(Terms(q.Words)) == 0 {
		return fmt.Errorf("the words %q have no letters", q.Words)
	}
	return nil
}

// Match reports whether the entry meets all conditions of the query. It is the
// definition; stores with an index must choose the same entries.
func (q *Query) Match(e *Entry) bool {
	if q.Kind != "" && q.Kind != e.Kind ||
		len(q.Pair) == 2 && !e.Faces(q.Pair[0], q.Pair[1]) ||
		len(q.Codes) > 0 && !slices.Contains(q.Codes, e.Code) ||
		len(q.Quads) > 0 && !slices.Contains(q.Quads, e.Code.Quad()) ||
		len(q.Modality) > 0 && !slices.Contains(q.Modality, e.Modality) ||
		q.Recalled != nil && *q.Recalled != e.Recalled ||
		e.Origins < q.Origins {
		return false
	}
	if q.Doc != "" && !slices.ContainsFunc(e.Reports, func(r Report) bool { return r.Doc == q.Doc }) ||
		q.Lang != "" && !slices.ContainsFunc(e.Reports, func(r Report) bool { return r.Lang == q.Lang }) {
		return false
	}
	if !q.matchDays(e) || len(q.Between) == 2 && !slices.ContainsFunc(q.Between[0], func(a string) bool {
		return slices.ContainsFunc(q.Between[1], func(b string) bool { return e.Faces(a, b) })
	}) {
		return false
	}
	if !q.matchPlace(e) {
		return false
	}
	for _, list := range q.Members {
		if !slices.ContainsFunc(list, func(c string) bool {
			return slices.Contains(e.SourceCountry, c) || slices.Contains(e.TargetCountry, c)
		}) {
			return false
		}
	}
	for _, a := range q.Actors {
		if !e.hasActor(a) {
			return false
		}
	}
	return q.matchWords(e)
}

// Places returns what the place of the entry is and lies in: its id, the code of its
// unit (ISO 3166-2), and that of its country.
func (e *Entry) Places() []string {
	if e.Where == nil {
		return nil
	}
	return slices.DeleteFunc([]string{e.Where.ID, e.Where.Unit, e.Where.Country}, func(s string) bool { return s == "" })
}

// PlaceTerms returns the search terms of the names of the place.
func (e *Entry) PlaceTerms() []string {
	terms := Terms(e.Place)
	if e.Where != nil {
		terms = append(append(terms, Terms(e.Where.Name)...), Terms(e.Where.Latin)...)
	}
	return terms
}

func (q *Query) matchPlace(e *Entry) bool {
	if q.Place == "" && len(q.Within) == 0 || slices.ContainsFunc(e.Places(), func(p string) bool { return slices.Contains(q.Within, p) }) {
		return true
	}
	place := e.PlaceTerms()
	return q.Place != "" && !slices.ContainsFunc(Terms(q.Place), func(t string) bool { return !slices.Contains(place, t) })
}

func (q *Query) matchDays(e *Entry) bool {
	since, until := q.Span()
	if since == "" && until == "" {
		return true
	}
	first, last := e.Days()
	return first != "" && (since == "" || last >= since) && (until == "" || first <= until)
}

func (e *Entry) hasActor(a string) bool {
	if IsCountry(a) && (slices.Contains(e.SourceCountry, a) || slices.Contains(e.TargetCountry, a)) {
		return true
	}
	for _, p := range append(slices.Clone(e.Source), e.Target...) {
		if p.KB != "" && p.KB == a {
			return true
		}
	}
	return hasPhrase(e.Names(), Terms(a))
}

func hasPhrase(terms, phrase []string) bool {
	for i := 0; i+len(phrase) <= len(terms); i++ {
		if slices.Equal(terms[i:i+len(phrase)], phrase) {
			return true
		}
	}
	return false
}

func (q *Query) matchWords(e *Entry) bool {
	if q.Words == "" {
		return true
	}
	terms := append(e.Names(), e.Contents()...)
	for _, w := range q.Terms() {
		if !slices.ContainsFunc(terms, func(t string) bool {
			return t == w.Word || w.Prefix && strings.HasPrefix(t, w.Word) || slices.Contains(w.Or, t)
		}) {
			return false
		}
	}
	return true
}

// Term is a word of a query, or the beginning of one.
type Term struct {
	Word   string
	Prefix bool
	Or     []string // other words that do for it: its lemmas
}

// Terms returns the words of q.Words.
func (q *Query) Terms() []Term {
	var terms []Term
	for f := range strings.FieldsSeq(q.Words) {
		words := Terms(f)
		for i, w := range words {
			t := Term{Word: w, Prefix: i == len(words)-1 && strings.HasSuffix(f, "*")}
			if !t.Prefix {
				t.Or = q.Lemmas[w]
			}
			terms = append(terms, t)
		}
	}
	return terms
}
