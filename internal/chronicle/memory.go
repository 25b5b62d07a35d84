package chronicle

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"letopis"
)

// Memory is [Blocks] in maps: for folding without a database, and for tests of stores.
// It is not safe for concurrent use.
type Memory struct {
	pending map[letopis.ID]bool
	day     map[letopis.ID]letopis.When // of publication
	digests map[letopis.ID][]byte
	known   map[letopis.ID]*digest // digests that were never encoded
	states  map[letopis.ID][]byte
	keys    map[letopis.ID][]uint64
	with    map[uint64][]letopis.ID // keys → documents, sorted
	dirty   map[uint64]bool
	entries map[uint64][]*letopis.Entry
	cursor  []byte
}

var _ Blocks = (*Memory)(nil)

// NewMemory returns blocks in which nothing is.
func NewMemory() *Memory {
	return &Memory{pending: map[letopis.ID]bool{}, day: map[letopis.ID]letopis.When{}, digests: map[letopis.ID][]byte{}, states: map[letopis.ID][]byte{}, keys: map[letopis.ID][]uint64{},
		with: map[uint64][]letopis.ID{}, dirty: map[uint64]bool{}, entries: map[uint64][]*letopis.Entry{}}
}

// Put adds a document with its digest, or puts another digest in the place of an
// older one: it is pending then.
func (m *Memory) Put(doc letopis.ID, published letopis.When, digest []byte) {
	m.day[doc], m.digests[doc], m.pending[doc] = published, digest, true
}

// Entries returns the entries of all blocks, in the order of [letopis.Entry.Compare].
func (m *Memory) Entries() []*letopis.Entry {
	all := []*letopis.Entry{}
	for _, b := range slices.Sorted(maps.Keys(m.entries)) {
		all = append(all, m.entries[b]...)
	}
	letopis.SortEntries(all)
	return all
}

// Pending takes documents.
func (m *Memory) Pending(_ context.Context, limit int) ([]letopis.ID, error) {
	docs := slices.SortedFunc(maps.Keys(m.pending), func(a, b letopis.ID) int {
		return cmp.Or(m.day[a].Compare(m.day[b]), strings.Compare(string(a), string(b)))
	})
	docs = docs[:min(limit, len(docs))]
	for _, doc := range docs {
		delete(m.pending, doc)
	}
	return docs, nil
}

// Documents returns digests and states.
func (m *Memory) Documents(_ context.Context, docs []letopis.ID) ([]Document, error) {
	all := make([]Document, len(docs))
	for i, doc := range docs {
		all[i] = Document{m.digests[doc], m.states[doc]}
	}
	return all, nil
}

// States returns states.
func (m *Memory) States(_ context.Context, docs []letopis.ID) ([][]byte, error) {
	all := make([][]byte, len(docs))
	for i, doc := range docs {
		all[i] = m.states[doc]
	}
	return all, nil
}

// WithKeys looks the keys up.
func (m *Memory) WithKeys(_ context.Context, keys []uint64, limit int) ([]letopis.ID, error) {
	var docs []letopis.ID
	for _, k := range keys {
		all := m.with[k]
		if limit > 0 {
			all = all[:min(limit, len(all))]
		}
		docs = append(docs, all...)
	}
	slices.Sort(docs)
	return slices.Compact(docs), nil
}

// SetState sets the keys and the state of a document.
func (m *Memory) SetState(_ context.Context, doc letopis.ID, keys []uint64, state []byte) error {
	keys = set(keys)
	for _, k := range m.keys[doc] {
		if _, still := slices.BinarySearch(keys, k); !still {
			m.with[k] = slices.DeleteFunc(m.with[k], func(d letopis.ID) bool { return d == doc })
		}
	}
	for _, k := range keys {
		if i, there := slices.BinarySearch(m.with[k], doc); !there {
			m.with[k] = slices.Insert(m.with[k], i, doc)
		}
	}
	m.keys[doc], m.states[doc] = keys, slices.Clone(state)
	return nil
}

// MarkDirty marks blocks.
func (m *Memory) MarkDirty(_ context.Context, blocks []uint64) error {
	for _, b := range blocks {
		m.dirty[b] = true
	}
	return nil
}

// Dirty returns marked blocks, the least first.
func (m *Memory) Dirty(_ context.Context, limit int) ([]uint64, error) {
	all := slices.Sorted(maps.Keys(m.dirty))
	return all[:min(limit, len(all))], nil
}

// SetEntries makes these the entries of a block. An entry that moves here from another
// block may still stand there, until that one is folded too.
func (m *Memory) SetEntries(_ context.Context, block uint64, entries []*letopis.Entry) error {
	delete(m.dirty, block)
	m.entries[block] = entries
	return nil
}

// Cursor returns what SetCursor left.
func (m *Memory) Cursor(context.Context) ([]byte, error) { return m.cursor, nil }

// SetCursor leaves something for the next folding.
func (m *Memory) SetCursor(_ context.Context, cursor []byte) error {
	m.cursor = slices.Clone(cursor)
	return nil
}

// Entries folds records directly, without a store, and returns the entries in the
// order of [letopis.Entry.Compare].
func Entries(ctx context.Context, recs []*letopis.Record, claims []letopis.Claim) ([]*letopis.Entry, error) {
	m := NewMemory()
	m.known = make(map[letopis.ID]*digest, len(recs))
	for _, r := range recs {
		m.Put(r.Document.ID, r.Document.Published.Value, nil)
		m.known[r.Document.ID] = newDigest(r)
	}
	for more := true; more; {
		var err error
		if more, err = newFolding(m, m.known, claims).run(ctx, claims); err != nil {
			return nil, err
		}
	}
	return m.Entries(), nil
}
