package storetest

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"iter"
	"maps"
	"slices"
	"sync"

	"letopis"
	"letopis/internal/chronicle"
	"letopis/internal/store"
)

// Memory is a [letopis.Store] in maps: the contract in its plainest form, and a
// store for other packages' tests.
type Memory struct {
	mu      sync.Mutex
	folder  store.Folder
	records map[letopis.ID][][]byte // JSON of all readings; the last one that came is current
	claims  []letopis.Claim
	entries []*letopis.Entry // nil where stale
}

var _ letopis.Store = (*Memory)(nil)

// NewMemory returns an empty store.
func NewMemory(f store.Folder) *Memory {
	return &Memory{folder: f, records: map[letopis.ID][][]byte{}}
}

func readingJSON(r letopis.Reading) string {
	b, _ := json.Marshal(r)
	return string(b)
}

func decode(b []byte) *letopis.Record {
	r := new(letopis.Record)
	if err := json.Unmarshal(b, r); err != nil {
		panic(err) // we encoded it
	}
	return r
}

// Put keeps records.
func (m *Memory) Put(ctx context.Context, recs ...*letopis.Record) ([]letopis.Outcome, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	for _, r := range recs {
		if r.Document.ID == "" || r.Schema != letopis.Schema {
			return nil, &letopis.Error{Op: "put", Kind: letopis.Invalid, Err: errors.New("no document.id, or another schema")}
		}
	}
	var outcomes []letopis.Outcome
	for _, r := range recs {
		if m.has(r.Document.ID, r.Reading) {
			outcomes = append(outcomes, letopis.Present)
			continue
		}
		out := letopis.Added
		if len(m.records[r.Document.ID]) > 0 {
			out = letopis.Replaced
		}
		b, err := json.Marshal(r)
		if err != nil {
			return nil, err
		}
		m.records[r.Document.ID] = append(m.records[r.Document.ID], b)
		outcomes = append(outcomes, out)
		m.entries = nil
	}
	return outcomes, nil
}

func (m *Memory) has(doc letopis.ID, reading letopis.Reading) bool {
	key := readingJSON(reading)
	return slices.ContainsFunc(m.records[doc], func(b []byte) bool { return readingJSON(decode(b).Reading) == key })
}

// Has reports whether a document with a reading is there.
func (m *Memory) Has(_ context.Context, doc letopis.ID, reading letopis.Reading) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.has(doc, reading), nil
}

// Get returns the current record.
func (m *Memory) Get(ctx context.Context, doc letopis.ID) (*letopis.Record, error) {
	all, err := m.Readings(ctx, doc)
	if err == nil && len(all) == 0 {
		err = &letopis.Error{Op: "get " + string(doc), Kind: letopis.NotFound, Err: errors.New("no such document")}
	}
	if err != nil {
		return nil, err
	}
	return all[len(all)-1], nil
}

// Readings returns all records of a document.
func (m *Memory) Readings(_ context.Context, doc letopis.ID) ([]*letopis.Record, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []*letopis.Record
	for _, b := range m.records[doc] {
		all = append(all, decode(b))
	}
	return all, nil
}

// Records yields the current records.
func (m *Memory) Records(ctx context.Context, q letopis.Query) iter.Seq2[*letopis.Record, error] {
	return func(yield func(*letopis.Record, error) bool) {
		if err := q.Check(); err != nil {
			yield(nil, err)
			return
		}
		m.mu.Lock()
		ids := slices.Sorted(maps.Keys(m.records))
		m.mu.Unlock()
		var chosen []*letopis.Record
		since, until := q.Span()
		for _, id := range ids {
			r, err := m.Get(ctx, id)
			if err != nil {
				yield(nil, err)
				return
			}
			first, last := r.Document.Published.Value.Days()
			if q.Doc != "" && q.Doc != id || q.Lang != "" && q.Lang != r.Document.Lang ||
				(since != "" || until != "") && first == "" || since != "" && last < since || until != "" && first > until {
				continue
			}
			chosen = append(chosen, r)
		}
		for _, r := range page(chosen, &q) {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func page[T any](all []T, q *letopis.Query) []T {
	all = all[min(q.Offset, len(all)):]
	if q.Limit > 0 {
		all = all[:min(q.Limit, len(all))]
	}
	return all
}

func (m *Memory) choose(ctx context.Context, q *letopis.Query) ([]*letopis.Entry, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.entries == nil {
		var err error
		if m.entries, err = m.foldAll(ctx); err != nil {
			return nil, err
		}
	}
	var chosen []*letopis.Entry
	for _, e := range m.entries {
		if q.Match(e) {
			chosen = append(chosen, e)
		}
	}
	if q.Newest {
		slices.Reverse(chosen)
		slices.SortStableFunc(chosen, func(a, b *letopis.Entry) int {
			af, _ := a.Days()
			bf, _ := b.Days()
			if (af == "") == (bf == "") {
				return 0
			}
			return cmp.Compare(bf, af) // unknown times last
		})
	}
	return chosen, nil
}

func (m *Memory) foldAll(ctx context.Context) ([]*letopis.Entry, error) {
	b := chronicle.NewMemory()
	for _, all := range m.records {
		r := decode(all[len(all)-1])
		digest, err := m.folder.Digest(r)
		if err != nil {
			return nil, err
		}
		b.Put(r.Document.ID, r.Document.Published.Value, digest)
	}
	for more := true; more; {
		var err error
		if more, err = m.folder.Fold(ctx, b, m.sortedClaims()); err != nil {
			return nil, err
		}
	}
	return b.Entries(), nil
}

// Entries yields the entries that match.
func (m *Memory) Entries(ctx context.Context, q letopis.Query) iter.Seq2[*letopis.Entry, error] {
	return func(yield func(*letopis.Entry, error) bool) {
		chosen, err := m.choose(ctx, &q)
		if err != nil {
			yield(nil, err)
			return
		}
		for _, e := range page(chosen, &q) {
			if !yield(e, nil) {
				return
			}
		}
	}
}

// Count returns how many entries match.
func (m *Memory) Count(ctx context.Context, q letopis.Query) (int, error) {
	chosen, err := m.choose(ctx, &q)
	return len(chosen), err
}

// Entry returns one entry.
func (m *Memory) Entry(ctx context.Context, id string) (*letopis.Entry, error) {
	all, err := m.choose(ctx, &letopis.Query{})
	if err != nil {
		return nil, err
	}
	for _, e := range all {
		if e.ID == id {
			return e, nil
		}
	}
	return nil, &letopis.Error{Op: "entry " + id, Kind: letopis.NotFound, Err: errors.New("no such entry")}
}

// Rebuild forgets the entries.
func (m *Memory) Rebuild(context.Context) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.entries = nil
	return nil
}

// Claim appends a claim.
func (m *Memory) Claim(_ context.Context, c letopis.Claim) error {
	if err := c.Check(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	c.At = c.At.UTC().Round(0)
	same := func(d letopis.Claim) bool {
		a, _ := json.Marshal(c)
		b, _ := json.Marshal(d)
		return string(a) == string(b)
	}
	if !slices.ContainsFunc(m.claims, same) {
		m.claims = append(m.claims, c)
		m.entries = nil
	}
	return nil
}

func (m *Memory) sortedClaims() []letopis.Claim {
	all := slices.Clone(m.claims)
	slices.SortStableFunc(all, func(a, b letopis.Claim) int { return a.At.Compare(b.At) })
	return all
}

// Claims yields all claims.
func (m *Memory) Claims(context.Context) iter.Seq2[letopis.Claim, error] {
	return func(yield func(letopis.Claim, error) bool) {
		m.mu.Lock()
		all := m.sortedClaims()
		m.mu.Unlock()
		for _, c := range all {
			if !yield(c, nil) {
				return
			}
		}
	}
}

// Stats counts what is kept.
func (m *Memory) Stats(ctx context.Context) (letopis.Stats, error) {
	all, err := m.choose(ctx, &letopis.Query{})
	st := letopis.Stats{Documents: len(m.records), Entries: len(all), Claims: len(m.claims)}
	for _, r := range m.records {
		st.Records += len(r)
	}
	for _, e := range all {
		st.Reports += len(e.Reports)
	}
	return st, err
}

// Close does nothing.
func (m *Memory) Close() error { return nil }
