package chronicle

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/zeebo/xxh3"

	"letopis"
)

// Bounds of what a refolding holds in memory, in documents.
const (
	chunkDocs = 256
	cacheDocs = 4096
)

var _ letopis.Refolder = Folder{}

// note is what the chronicle keeps on a shelf beside a digest.
type note struct {
	Story  story    `json:"s"`
	Blocks []uint64 `json:"b,omitempty"` // in which the document has findings; sorted
}

// leaf is a document of a shelf, decoded.
type leaf struct {
	*digest
	note  note
	filed bool // it has a note
	all   []*member
}

// findings returns the events and statements of the document with their blocks.
func (l *leaf) findings(cl *claims) []*member {
	if l.all == nil {
		events, statements := l.members(cl)
		l.all = append(events, statements...)
		for _, m := range l.all {
			m.block = m.blockNumber()
		}
	}
	return l.all
}

// refolder is one Refold. Documents are first given their stories; every block in
// which a finding or the story of one changed is then folded anew, whole.
type refolder struct {
	shelf   letopis.Shelf
	cl      *claims
	known   map[letopis.ID]*digest // all, where they are in memory anyway
	cache   map[letopis.ID]*leaf
	touched map[uint64]bool // blocks
}

// Refold brings a shelf up to date; see [letopis.Refolder].
func (Folder) Refold(ctx context.Context, shelf letopis.Shelf, claims []letopis.Claim) error {
	return refold(ctx, shelf, nil, claims)
}

func refold(ctx context.Context, shelf letopis.Shelf, known map[letopis.ID]*digest, claims []letopis.Claim) error {
	r := &refolder{shelf: shelf, known: known, cl: readClaims(claims), cache: map[letopis.ID]*leaf{}, touched: map[uint64]bool{}}
	var changed []letopis.ID
	for doc, err := range shelf.Changed(ctx) {
		if err != nil {
			return err
		}
		changed = append(changed, doc)
	}
	claimed, memo, err := r.claimed(ctx, claims)
	if err != nil {
		return err
	}
	changed = set(append(changed, claimed...))
	changed = set(append(changed, r.claimedWith(changed)...))
	for chunk := range slices.Chunk(changed, chunkDocs) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := r.place(ctx, chunk); err != nil {
			return err
		}
	}
	if err := r.foldTouched(ctx); err != nil {
		return err
	}
	if memo == nil {
		return nil
	}
	return shelf.SetMemo(ctx, memo)
}

// claimed returns the documents whose findings a new claim is about, or an older
// claim that a new one may overrule, and what to remember.
func (r *refolder) claimed(ctx context.Context, claims []letopis.Claim) (docs []letopis.ID, memo []byte, err error) {
	old, err := r.shelf.Memo(ctx)
	if err != nil {
		return nil, nil, err
	}
	var seen []string
	if len(old) > 0 {
		if err := json.Unmarshal(old, &seen); err != nil {
			return nil, nil, fmt.Errorf("memo: %w", err)
		}
	}
	var all []string
	items := map[letopis.Item]bool{}
	for i := range claims {
		b, err := json.Marshal(claims[i])
		if err != nil {
			return nil, nil, err
		}
		h := fmt.Sprintf("%016x", xxh3.Hash(b))
		all = append(all, h)
		if !slices.Contains(seen, h) {
			for _, it := range claims[i].Of {
				items[it] = true
			}
		}
	}
	if memo, err = json.Marshal(set(all)); err != nil || len(items) == 0 || bytes.Equal(memo, old) {
		return nil, nil, err
	}
	for _, c := range claims {
		if slices.ContainsFunc(c.Of, func(it letopis.Item) bool { return items[it] }) {
			for _, it := range c.Of {
				docs = append(docs, it.Doc)
			}
		}
	}
	return docs, memo, nil
}

// claimedWith returns the documents that a claim puts together with a changed one: a
// finding that is there no more may have tied their blocks.
func (r *refolder) claimedWith(changed []letopis.ID) []letopis.ID {
	var docs []letopis.ID
	for _, of := range r.cl.same {
		if slices.ContainsFunc(of, func(a anchor) bool {
			_, ok := slices.BinarySearch(changed, a.Doc)
			return ok
		}) {
			for _, it := range of {
				docs = append(docs, it.Doc)
			}
		}
	}
	return docs
}

// load returns the leaves of documents, without those that are not there.
func (r *refolder) load(ctx context.Context, docs []letopis.ID) ([]*leaf, error) {
	var missing []letopis.ID
	for _, doc := range docs {
		if r.cache[doc] == nil {
			missing = append(missing, doc)
		}
	}
	if len(r.cache)+len(missing) > cacheDocs && r.known == nil {
		clear(r.cache)
		missing = docs
	}
	if len(missing) > 0 {
		got, err := r.shelf.Leaves(ctx, missing)
		if err != nil {
			return nil, err
		}
		errs := make([]error, len(got))
		leaves := make([]*leaf, len(got))
		parallel(len(got), func(i int) { leaves[i], errs[i] = r.decode(missing[i], got[i]) })
		for i, l := range leaves {
			if errs[i] != nil {
				return nil, fmt.Errorf("digest of %s: %w", missing[i], errs[i])
			}
			r.cache[missing[i]] = l
		}
	}
	leaves := make([]*leaf, 0, len(docs))
	for _, doc := range docs {
		if l := r.cache[doc]; l.digest != nil {
			leaves = append(leaves, l)
		}
	}
	return leaves, nil
}

func (r *refolder) decode(doc letopis.ID, raw letopis.Leaf) (*leaf, error) {
	l := &leaf{digest: r.known[doc], filed: raw.Note != nil}
	if l.digest == nil && raw.Digest != nil {
		l.digest = new(digest)
		if err := json.Unmarshal(raw.Digest, l.digest); err != nil {
			return nil, err
		}
	}
	if l.filed {
		if err := json.Unmarshal(raw.Note, &l.note); err != nil {
			return nil, err
		}
	}
	return l, nil
}

func storyKey(first letopis.ID) uint64 { return xxh3.HashString("story\x00" + string(first)) }

// place gives the documents of a chunk their stories. A document that was read
// anew may leave its story, so the others of that one are looked at again too.
func (r *refolder) place(ctx context.Context, chunk []letopis.ID) error {
	leaves, err := r.load(ctx, chunk)
	if err != nil {
		return err
	}
	var stories []uint64
	for _, l := range leaves {
		if l.filed {
			stories = append(stories, storyKey(l.note.Story.ID))
		}
	}
	if len(stories) > 0 {
		docs, err := r.shelf.Under(ctx, stories, 0)
		if err != nil {
			return err
		}
		more, err := r.load(ctx, docs)
		if err != nil {
			return err
		}
		leaves = append(leaves, more...)
		slices.SortFunc(leaves, func(a, b *leaf) int { return strings.Compare(string(a.Doc), string(b.Doc)) })
		leaves = slices.CompactFunc(leaves, func(a, b *leaf) bool { return a.Doc == b.Doc })
	}
	p := &placing{refolder: r, near: map[letopis.ID]*leaf{}, here: map[uint64][]*leaf{}, sets: sets{}}
	for _, l := range leaves {
		p.near[l.Doc] = l
		file, _ := l.storyKeys()
		for _, k := range file {
			p.here[k] = append(p.here[k], l)
		}
	}
	for _, l := range leaves {
		if err := p.find(ctx, l); err != nil {
			return err
		}
	}
	return p.settle(ctx, leaves, chunk)
}

// placing finds the stories of some documents.
type placing struct {
	*refolder
	near map[letopis.ID]*leaf // those that are placed now
	here map[uint64][]*leaf   // and their keys
	sets sets                 // of documents placed now, and of stories that stand, by their first document
}

// node is what stands for a document: itself, or the story that it is in.
func (p *placing) node(l *leaf) letopis.ID {
	if p.near[l.Doc] != nil || !l.filed {
		return l.Doc
	}
	return l.note.Story.ID
}

// find joins a document with all that carry the same text.
func (p *placing) find(ctx context.Context, l *leaf) error {
	_, look := l.storyKeys()
	if len(look) == 0 {
		return nil
	}
	docs, err := p.shelf.Under(ctx, look, maxUnder)
	if err != nil {
		return err
	}
	for _, k := range look {
		for i, o := range p.here[k] {
			if i == maxUnder {
				break
			}
			docs = append(docs, o.Doc)
		}
	}
	slices.Sort(docs)
	others, err := p.load(ctx, slices.Compact(docs))
	if err != nil {
		return err
	}
	for _, o := range others {
		if n := p.near[o.Doc]; n != nil {
			o = n
		} else if !o.filed {
			continue // of a later chunk
		}
		a, b := p.sets.root(l.Doc), p.sets.root(p.node(o))
		if a != b && sameText(l.digest, o.digest) {
			p.sets[max(a, b)] = min(a, b)
		}
	}
	return nil
}

// settle files the documents with their stories, and touches the blocks of those
// that are in chunk or whose story became another.
func (p *placing) settle(ctx context.Context, leaves []*leaf, chunk []letopis.ID) error {
	members := map[letopis.ID][]letopis.ID{}
	for _, l := range leaves {
		root := p.sets.root(l.Doc)
		members[root] = append(members[root], l.Doc)
	}
	for _, n := range slices.Sorted(maps.Keys(p.sets)) {
		if p.near[n] == nil {
			docs, err := p.shelf.Under(ctx, []uint64{storyKey(n)}, 0)
			if err != nil {
				return err
			}
			root := p.sets.root(n)
			members[root] = append(members[root], docs...)
		}
	}
	for _, root := range slices.Sorted(maps.Keys(members)) {
		docs := members[root]
		if p.near[root] == nil { // a story that stands, and is the least node
			more, err := p.shelf.Under(ctx, []uint64{storyKey(root)}, 0)
			if err != nil {
				return err
			}
			docs = append(docs, more...)
		}
		slices.Sort(docs)
		all, err := p.load(ctx, slices.Compact(docs))
		if err != nil {
			return err
		}
		digests := make([]*digest, len(all))
		for i, l := range all {
			digests[i] = l.digest
		}
		s := settle(digests)
		for _, l := range all {
			_, anew := slices.BinarySearch(chunk, l.Doc)
			if l.filed && !anew && l.note.Story == s {
				continue
			}
			if err := p.file(ctx, l, s); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *refolder) file(ctx context.Context, l *leaf, s story) error {
	n := note{Story: s}
	for _, m := range l.findings(r.cl) {
		n.Blocks = append(n.Blocks, m.block)
	}
	slices.Sort(n.Blocks)
	n.Blocks = slices.Compact(n.Blocks)
	for _, b := range slices.Concat(l.note.Blocks, n.Blocks) {
		r.touched[b] = true
	}
	keys, _ := l.storyKeys()
	keys = append(append(keys, storyKey(s.ID)), n.Blocks...)
	slices.Sort(keys)
	text, err := json.Marshal(n)
	if err != nil {
		return err
	}
	l.note, l.filed = n, true
	r.cache[l.Doc] = l
	return r.shelf.File(ctx, l.Doc, slices.Compact(keys), text)
}

// blockNumber is the number of the block in which m is compared with others.
func (m *member) blockNumber() uint64 {
	if m.Code != "" {
		return xxh3.HashString("event\x00" + m.blockKey())
	}
	return xxh3.HashString("said\x00" + m.speakerKey())
}

// foldTouched folds the touched blocks anew. Blocks that a claim ties together are
// one: its entries stand under the least of their numbers.
func (r *refolder) foldTouched(ctx context.Context) error {
	tied, err := r.tied(ctx)
	if err != nil {
		return err
	}
	units := map[uint64][]uint64{}
	for b := range r.touched {
		if unit, ok := tied[b]; ok {
			units[unit[0]] = unit
		} else {
			units[b] = []uint64{b}
		}
	}
	for _, first := range slices.Sorted(maps.Keys(units)) {
		if err := ctx.Err(); err != nil {
			return err
		}
		var groups []group
		for _, b := range units[first] {
			g, err := r.groups(ctx, b)
			if err != nil {
				return err
			}
			groups = append(groups, g...)
			if b != first {
				if err := r.shelf.Replace(ctx, b, nil); err != nil {
					return err
				}
			}
		}
		groups = r.cl.join(groups)
		entries := make([]*letopis.Entry, len(groups))
		parallel(len(groups), func(i int) { entries[i] = newEntry(groups[i]) })
		if err := r.shelf.Replace(ctx, first, entries); err != nil {
			return err
		}
	}
	return nil
}

// tied returns, for each block that a claim ties to others, all of them, sorted.
func (r *refolder) tied(ctx context.Context) (map[uint64][]uint64, error) {
	parent := map[uint64]uint64{}
	root := func(b uint64) uint64 {
		for {
			p, ok := parent[b]
			if !ok || p == b {
				return b
			}
			b = p
		}
	}
	for _, of := range r.cl.same {
		var docs []letopis.ID
		for _, it := range of {
			docs = append(docs, it.Doc)
		}
		slices.Sort(docs)
		leaves, err := r.load(ctx, slices.Compact(docs))
		if err != nil {
			return nil, err
		}
		var blocks []uint64
		for _, l := range leaves {
			for _, m := range l.findings(r.cl) {
				if slices.ContainsFunc(m.claimed, func(a anchor) bool { return slices.Contains(of, a) }) {
					blocks = append(blocks, m.block)
				}
			}
		}
		for _, b := range blocks {
			x, y := root(blocks[0]), root(b)
			parent[max(x, y)] = min(x, y)
		}
	}
	tied, all := map[uint64][]uint64{}, map[uint64][]uint64{}
	for _, b := range slices.Sorted(maps.Keys(parent)) {
		all[root(b)] = append(all[root(b)], b)
	}
	for _, unit := range all {
		for _, b := range unit {
			tied[b] = unit
		}
	}
	return tied, nil
}

// groups returns the groups of one block.
func (r *refolder) groups(ctx context.Context, block uint64) ([]group, error) {
	docs, err := r.shelf.Under(ctx, []uint64{block}, 0)
	if err != nil {
		return nil, err
	}
	var events, statements []*member
	stories := map[letopis.ID]*story{}
	for chunk := range slices.Chunk(docs, chunkDocs) {
		leaves, err := r.load(ctx, chunk)
		if err != nil {
			return nil, err
		}
		for _, l := range leaves {
			s := stories[l.note.Story.ID]
			if s == nil {
				s = &l.note.Story
				stories[s.ID] = s
			}
			found := l.inBlock(block, r.cl, s)
			events, statements = append(events, found[0]...), append(statements, found[1]...)
		}
	}
	return append(groupBlock(events, r.cl), groupWords(statements, r.cl)...), nil
}

// inBlock returns the findings of a document that are in a block, with no more of
// the document than entries need.
func (l *leaf) inBlock(block uint64, cl *claims, s *story) (found [2][]*member) {
	var d *digest
	for _, m := range l.findings(cl) {
		if m.block != block {
			continue
		}
		if d == nil {
			small := *l.digest
			d = &small
			d.Sketch, d.Opening, d.Marks, d.Findings, d.story = sketch{}, nil, nil, nil, s
		}
		f, n := *m.finding, *m // so that the others need not stay
		n.finding, n.doc = &f, d
		kind := 0
		if m.Code == "" {
			kind = 1
		}
		found[kind] = append(found[kind], &n)
	}
	return found
}

// sets is a union-find forest; what is not in it stands alone.
type sets map[letopis.ID]letopis.ID

func (s sets) root(id letopis.ID) letopis.ID {
	for {
		p, ok := s[id]
		if !ok || p == id {
			return id
		}
		id = p
	}
}

// plainShelf is a shelf in maps, for folding everything at once.
type plainShelf struct {
	docs    []letopis.ID // sorted
	notes   map[letopis.ID][]byte
	under   map[uint64][]letopis.ID
	entries []*letopis.Entry
}

// Changed yields all documents.
func (s *plainShelf) Changed(context.Context) iter.Seq2[letopis.ID, error] {
	return func(yield func(letopis.ID, error) bool) {
		for _, doc := range s.docs {
			if !yield(doc, nil) {
				return
			}
		}
	}
}

// Leaves returns the notes; the digests are known.
func (s *plainShelf) Leaves(_ context.Context, docs []letopis.ID) ([]letopis.Leaf, error) {
	leaves := make([]letopis.Leaf, len(docs))
	for i, doc := range docs {
		leaves[i].Note = s.notes[doc]
	}
	return leaves, nil
}

// Under looks the keys up.
func (s *plainShelf) Under(_ context.Context, keys []uint64, limit int) ([]letopis.ID, error) {
	var docs []letopis.ID
	for _, k := range keys {
		all := s.under[k]
		if limit > 0 {
			all = all[:min(limit, len(all))]
		}
		docs = append(docs, all...)
	}
	slices.Sort(docs)
	return slices.Compact(docs), nil
}

// File files a document, which may have been filed before.
func (s *plainShelf) File(_ context.Context, doc letopis.ID, keys []uint64, text []byte) error {
	for _, k := range keys {
		if i, there := slices.BinarySearch(s.under[k], doc); !there {
			s.under[k] = slices.Insert(s.under[k], i, doc)
		}
	}
	if old := s.notes[doc]; old != nil {
		var n note
		if err := json.Unmarshal(old, &n); err != nil {
			return err
		}
		for _, k := range append(n.Blocks, storyKey(n.Story.ID)) {
			if !slices.Contains(keys, k) {
				s.under[k] = slices.DeleteFunc(s.under[k], func(d letopis.ID) bool { return d == doc })
			}
		}
	}
	s.notes[doc] = text
	return nil
}

// Replace adds entries: each block is folded once.
func (s *plainShelf) Replace(_ context.Context, _ uint64, entries []*letopis.Entry) error {
	s.entries = append(s.entries, entries...)
	return nil
}

// Memo returns nothing: no claim was folded before.
func (s *plainShelf) Memo(context.Context) ([]byte, error) { return nil, nil }

// SetMemo forgets it.
func (s *plainShelf) SetMemo(context.Context, []byte) error { return nil }

func fold(ctx context.Context, docs []*digest, claims []letopis.Claim) ([]*letopis.Entry, error) {
	s := &plainShelf{notes: map[letopis.ID][]byte{}, under: map[uint64][]letopis.ID{}, entries: []*letopis.Entry{}}
	known := make(map[letopis.ID]*digest, len(docs))
	for _, d := range docs {
		s.docs = append(s.docs, d.Doc)
		known[d.Doc] = d
	}
	slices.Sort(s.docs)
	if err := refold(ctx, s, known, claims); err != nil {
		return nil, err
	}
	letopis.SortEntries(s.entries)
	return s.entries, nil
}
