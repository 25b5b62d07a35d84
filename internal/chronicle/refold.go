package chronicle

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/zeebo/xxh3"

	"letopis"
	"letopis/internal/each"
)

// Bounds of what a refolding holds in memory, in documents, and of one part of it.
const (
	chunkDocs = 256
	cacheDocs = 8192
	partSize  = 8192 // documents given their stories, blocks or findings folded in one part; and one block more
	batchSize = 512  // findings that are grouped at a time, on all processors
)

var _ letopis.Refolder = Folder{}

// note is what the chronicle keeps on a shelf beside a digest: all that the blocks of
// the document need, so that folding them reads no digest.
type note struct {
	Story     story          `json:"s"`
	URL       string         `json:"u,omitempty"`
	Lang      string         `json:"l"`
	Title     string         `json:"t,omitempty"`
	Published letopis.When   `json:"p,omitempty"`
	Publisher string         `json:"m,omitempty"`
	Agency    string         `json:"a,omitempty"`
	Chain     []letopis.Link `json:"c,omitempty"`
	In        []noted        `json:"f,omitempty"`
}

// noted is a finding in its block.
type noted struct {
	Block   uint64  `json:"b"`
	Rank    int     `json:"r,omitempty"` // as in member
	Finding finding `json:"f"`
}

// blocks are those in which the document has findings, sorted.
func (n *note) blocks() []uint64 {
	all := make([]uint64, len(n.In))
	for i := range n.In {
		all[i] = n.In[i].Block
	}
	return set(all)
}

// check refuses a note with findings of a kind that is not folded.
func (n *note) check() error {
	for i := range n.In {
		if err := check([]finding{n.In[i].Finding}); err != nil {
			return err
		}
	}
	return nil
}

// leaf is a document of a shelf, decoded.
type leaf struct {
	*digest
	note  note
	filed bool // it has a note
	all   []*member
}

// findings returns the findings of the document with their blocks.
func (l *leaf) findings(cl *claims) []*member {
	if l.all == nil {
		l.all = l.members(cl)
		for _, m := range l.all {
			m.block = m.blockNumber()
		}
	}
	return l.all
}

// refolder is one part of a folding. Documents are first given their stories; every
// block in which a finding or the story of one changed is then folded anew, whole.
type refolder struct {
	shelf   letopis.Shelf
	cl      *claims
	lemmas  Lemmatizer
	known   map[letopis.ID]*digest // all, where they are in memory anyway
	part    int                    // as partSize
	cache   leaves
	touched map[uint64]bool // blocks
}

// Refold does a part of bringing a shelf up to date; see [letopis.Refolder].
func (f Folder) Refold(ctx context.Context, shelf letopis.Shelf, claims []letopis.Claim) (more bool, err error) {
	r := newRefolder(shelf, nil, claims)
	r.part, r.lemmas = cmp.Or(f.part, partSize), f.Lemmas
	return r.refold(ctx, claims)
}

func newRefolder(shelf letopis.Shelf, known map[letopis.ID]*digest, claims []letopis.Claim) *refolder {
	return &refolder{shelf: shelf, known: known, part: partSize, cl: readClaims(claims), cache: leaves{new: map[letopis.ID]*leaf{}}, touched: map[uint64]bool{}}
}

func (r *refolder) refold(ctx context.Context, claims []letopis.Claim) (more bool, err error) {
	changed, err := r.shelf.Changed(ctx, r.part)
	if err != nil {
		return false, err
	}
	full := len(changed) == r.part
	claimed, memo, err := r.claimed(ctx, claims)
	if err != nil {
		return false, err
	}
	changed = append(changed, claimed...)
	changed = inOrder(append(changed, r.claimedWith(set(changed))...))
	for chunk := range slices.Chunk(changed, chunkDocs) {
		if err := ctx.Err(); err != nil {
			return false, err
		}
		if err := r.place(ctx, chunk); err != nil {
			return false, err
		}
	}
	if memo != nil {
		if err := r.shelf.SetMemo(ctx, memo); err != nil {
			return false, err
		}
	}
	if len(r.touched) > 0 {
		if err := r.shelf.Touch(ctx, slices.Sorted(maps.Keys(r.touched))); err != nil {
			return false, err
		}
	}
	if full {
		return true, nil // a block is folded when all are placed
	}
	return r.foldTouched(ctx)
}

// inOrder leaves each document at the first of its places.
func inOrder(docs []letopis.ID) []letopis.ID {
	seen := make(map[letopis.ID]bool, len(docs))
	return slices.DeleteFunc(docs, func(d letopis.ID) bool {
		was := seen[d]
		seen[d] = true
		return was
	})
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

// leaves are documents at hand: those used of late, and those before them. Documents
// come in the order of time, and whom they are compared with is near in time.
type leaves struct{ new, old map[letopis.ID]*leaf }

func (c *leaves) get(doc letopis.ID) *leaf {
	l := c.new[doc]
	if l == nil {
		if l = c.old[doc]; l != nil {
			c.put(doc, l)
		}
	}
	return l
}

func (c *leaves) put(doc letopis.ID, l *leaf) { c.new[doc] = l }

// age makes room for n documents. What is in use is asked for again first.
func (c *leaves) age(n int) {
	if len(c.new)+n > cacheDocs/2 {
		c.old, c.new = c.new, map[letopis.ID]*leaf{}
	}
}

// load returns the leaves of documents, without those that are not there.
func (r *refolder) load(ctx context.Context, docs []letopis.ID) ([]*leaf, error) {
	if r.known == nil {
		r.cache.age(len(docs))
	}
	found := make([]*leaf, len(docs))
	var missing []letopis.ID
	var at []int
	for i, doc := range docs {
		if found[i] = r.cache.get(doc); found[i] == nil {
			missing, at = append(missing, doc), append(at, i)
		}
	}
	if len(missing) > 0 {
		got, err := r.shelf.Leaves(ctx, missing)
		if err != nil {
			return nil, err
		}
		errs := make([]error, len(got))
		each.Do(len(got), func(i int) { found[at[i]], errs[i] = r.decode(missing[i], got[i]) })
		for i, doc := range missing {
			if errs[i] != nil {
				return nil, fmt.Errorf("digest of %s: %w", doc, errs[i])
			}
			r.cache.put(doc, found[at[i]])
		}
	}
	return slices.DeleteFunc(found, func(l *leaf) bool { return l.digest == nil }), nil
}

func (r *refolder) decode(doc letopis.ID, raw letopis.Leaf) (*leaf, error) {
	l := &leaf{digest: r.known[doc], filed: raw.Note != nil}
	if l.digest == nil && raw.Digest != nil {
		l.digest = new(digest)
		if err := errors.Join(json.Unmarshal(raw.Digest, l.digest), check(l.Findings)); err != nil {
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

// storyKey is the key of the documents of a story, where it has more than one.
func storyKey(first letopis.ID) uint64 { return xxh3.HashString("story\x00" + string(first)) }

// underStory are the documents of stories that stand, by their first documents.
func (r *refolder) underStory(ctx context.Context, firsts ...letopis.ID) ([]letopis.ID, error) {
	var keys []uint64
	for _, first := range firsts {
		keys = append(keys, storyKey(first))
	}
	docs, err := r.shelf.Under(ctx, keys, 0)
	return append(docs, firsts...), err
}

// place gives the documents of a chunk their stories. A document that was read
// anew may leave its story, so the others of that one are looked at again too.
func (r *refolder) place(ctx context.Context, chunk []letopis.ID) error {
	chunk = set(chunk)
	leaves, err := r.load(ctx, chunk)
	if err != nil {
		return err
	}
	var stories []letopis.ID
	for _, l := range leaves {
		if l.filed && l.note.Story.Size > 1 {
			stories = append(stories, l.note.Story.ID)
		}
	}
	if len(stories) > 0 {
		docs, err := r.underStory(ctx, stories...)
		if err != nil {
			return err
		}
		more, err := r.load(ctx, set(docs))
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
			docs, err := p.underStory(ctx, n)
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
			more, err := p.underStory(ctx, root)
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
	n := note{Story: s, URL: l.URL, Lang: l.Lang, Title: l.Title, Published: l.Published, Publisher: l.Publisher, Agency: l.Agency, Chain: l.Chain}
	for _, m := range l.findings(r.cl) {
		n.In = append(n.In, noted{m.block, m.rank, *m.finding})
	}
	blocks := n.blocks()
	for _, b := range slices.Concat(l.note.blocks(), blocks) {
		r.touched[b] = true
	}
	keys, _ := l.storyKeys()
	keys = append(keys, blocks...)
	if s.Size > 1 {
		keys = append(keys, storyKey(s.ID))
	}
	slices.Sort(keys)
	text, err := json.Marshal(n)
	if err != nil {
		return err
	}
	l.note, l.filed = n, true
	r.cache.put(l.Doc, l)
	return r.shelf.File(ctx, l.Doc, slices.Compact(keys), text)
}

// foldTouched folds touched blocks anew, and reports whether more are left. Blocks
// that a claim ties together are one: its entries stand under the least of their numbers.
func (r *refolder) foldTouched(ctx context.Context) (more bool, err error) {
	touched, err := r.shelf.Touched(ctx, r.part)
	if err != nil || len(touched) == 0 {
		return false, err
	}
	tied, err := r.tied(ctx)
	if err != nil {
		return false, err
	}
	units := map[uint64][]uint64{}
	for _, b := range touched {
		if unit, ok := tied[b]; ok {
			units[unit[0]] = unit
		} else {
			units[b] = []uint64{b}
		}
	}
	var loaded []*unit
	size, all := 0, 0
	for _, first := range slices.Sorted(maps.Keys(units)) {
		if err := ctx.Err(); err != nil {
			return false, err
		}
		if all >= r.part {
			more = true
			break
		}
		u, err := r.unit(ctx, units[first])
		if err != nil {
			return false, err
		}
		loaded = append(loaded, u)
		size, all = size+u.size, all+u.size
		if size >= batchSize {
			if err := r.foldUnits(ctx, loaded); err != nil {
				return false, err
			}
			loaded, size = nil, 0
		}
	}
	return more || len(touched) == r.part, r.foldUnits(ctx, loaded)
}

// unit is what is folded together: a block, or those that claims tie together.
type unit struct {
	blocks  []uint64
	members [][]*member // of each block
	size    int
	entries []*letopis.Entry
}

// unit loads the findings of blocks.
func (r *refolder) unit(ctx context.Context, blocks []uint64) (*unit, error) {
	u := &unit{blocks: blocks}
	for _, b := range blocks {
		m, err := r.inBlock(ctx, b)
		if err != nil {
			return nil, err
		}
		u.members = append(u.members, m)
		u.size += 1 + len(m)
	}
	return u, nil
}

// foldUnits makes the entries of units, on all processors, and puts them on the shelf.
func (r *refolder) foldUnits(ctx context.Context, units []*unit) error {
	each.Do(len(units), func(i int) {
		u := units[i]
		var groups []group
		var found []contradiction
		for _, m := range u.members {
			g, c := groupKinds(m, r.cl)
			groups, found = append(groups, g...), append(found, c...)
		}
		groups = r.cl.join(groups)
		u.entries = make([]*letopis.Entry, len(groups))
		for j := range groups {
			u.entries[j] = newEntry(groups[j])
			u.entries[j].Lemmas = lemmasOf(u.entries[j], r.lemmas)
		}
		oppose(u.entries, groups, found)
	})
	for _, u := range units {
		for _, b := range u.blocks[1:] {
			if err := r.shelf.Replace(ctx, b, nil); err != nil {
				return err
			}
		}
		if err := r.shelf.Replace(ctx, u.blocks[0], u.entries); err != nil {
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

// inBlock returns the findings in a block. They come from the
// notes; only documents that claims are about are looked at whole.
func (r *refolder) inBlock(ctx context.Context, block uint64) (found []*member, err error) {
	docs, err := r.shelf.Under(ctx, []uint64{block}, 0)
	if err != nil {
		return found, err
	}
	stories := map[letopis.ID]*story{}
	shared := func(s story) *story {
		if stories[s.ID] == nil {
			stories[s.ID] = &s
		}
		return stories[s.ID]
	}
	for chunk := range slices.Chunk(docs, chunkDocs) {
		raws, err := r.shelf.Notes(ctx, chunk)
		if err != nil {
			return found, err
		}
		notes, errs := make([]note, len(chunk)), make([]error, len(chunk))
		members := make([][]*member, len(chunk))
		each.Do(len(chunk), func(i int) {
			if errs[i] = json.Unmarshal(raws[i], &notes[i]); errs[i] == nil {
				errs[i] = notes[i].check()
			}
			if errs[i] == nil && r.cl.byDoc[chunk[i]] == nil {
				members[i] = notes[i].members(chunk[i], block)
			}
		})
		for i, doc := range chunk {
			if errs[i] != nil {
				return found, fmt.Errorf("note of %s: %w", doc, errs[i])
			}
			s := shared(notes[i].Story)
			if r.cl.byDoc[doc] != nil {
				leaves, err := r.load(ctx, []letopis.ID{doc})
				if err != nil {
					return found, err
				}
				for _, l := range leaves {
					d := *l.digest
					d.story = s
					for _, m := range l.findings(r.cl) {
						if m.block == block {
							own := *m // other blocks may be folded at the same time
							own.doc = &d
							found = append(found, &own)
						}
					}
				}
			}
			for _, m := range members[i] {
				m.doc.story = s
				found = append(found, m)
			}
		}
	}
	return found, nil
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// members returns the findings that a document has in a block.
func (n *note) members(doc letopis.ID, block uint64) []*member {
	var d *digest
	var all []*member
	for i := range n.In {
		if n.In[i].Block != block {
			continue
		}
		if d == nil {
			d = &digest{Doc: doc, URL: n.URL, Lang: n.Lang, Title: n.Title, Published: n.Published, Publisher: n.Publisher, Agency: n.Agency, Chain: n.Chain}
		}
		f := n.In[i].Finding // so that the others need not stay
		m := newMember(&f, d)
		m.rank, m.block = n.In[i].Rank, block
		all = append(all, m)
	}
	return all
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
	docs    []letopis.ID // that changed
	notes   map[letopis.ID][]byte
	under   map[uint64][]letopis.ID
	touched map[uint64]bool
	entries []*letopis.Entry
}

// Changed takes documents.
func (s *plainShelf) Changed(_ context.Context, limit int) ([]letopis.ID, error) {
	n := min(limit, len(s.docs))
	taken := slices.Clone(s.docs[:n])
	s.docs = s.docs[n:]
	return taken, nil
}

// Leaves returns the notes; the digests are known.
func (s *plainShelf) Leaves(_ context.Context, docs []letopis.ID) ([]letopis.Leaf, error) {
	leaves := make([]letopis.Leaf, len(docs))
	for i, doc := range docs {
		leaves[i].Note = s.notes[doc]
	}
	return leaves, nil
}

// Notes returns the notes.
func (s *plainShelf) Notes(_ context.Context, docs []letopis.ID) ([][]byte, error) {
	notes := make([][]byte, len(docs))
	for i, doc := range docs {
		notes[i] = s.notes[doc]
	}
	return notes, nil
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
		for _, k := range append(n.blocks(), storyKey(n.Story.ID)) {
			if !slices.Contains(keys, k) {
				s.under[k] = slices.DeleteFunc(s.under[k], func(d letopis.ID) bool { return d == doc })
			}
		}
	}
	s.notes[doc] = text
	return nil
}

// Touch marks blocks.
func (s *plainShelf) Touch(_ context.Context, blocks []uint64) error {
	for _, b := range blocks {
		s.touched[b] = true
	}
	return nil
}

// Touched returns marked blocks.
func (s *plainShelf) Touched(_ context.Context, limit int) ([]uint64, error) {
	all := slices.Sorted(maps.Keys(s.touched))
	return all[:min(limit, len(all))], nil
}

// Replace adds entries: each block is folded once.
func (s *plainShelf) Replace(_ context.Context, block uint64, entries []*letopis.Entry) error {
	delete(s.touched, block)
	s.entries = append(s.entries, entries...)
	return nil
}

// Memo returns nothing: no claim was folded before.
func (s *plainShelf) Memo(context.Context) ([]byte, error) { return nil, nil }

// SetMemo forgets it.
func (s *plainShelf) SetMemo(context.Context, []byte) error { return nil }

func newPlainShelf() plainShelf {
	return plainShelf{notes: map[letopis.ID][]byte{}, under: map[uint64][]letopis.ID{}, touched: map[uint64]bool{}, entries: []*letopis.Entry{}}
}

func fold(ctx context.Context, docs []*digest, claims []letopis.Claim, lemmas Lemmatizer) ([]*letopis.Entry, error) {
	s := newPlainShelf()
	known := make(map[letopis.ID]*digest, len(docs))
	docs = slices.Clone(docs)
	slices.SortFunc(docs, func(a, b *digest) int {
		return cmp.Or(a.Published.Compare(b.Published), strings.Compare(string(a.Doc), string(b.Doc)))
	})
	for _, d := range docs {
		s.docs = append(s.docs, d.Doc)
		known[d.Doc] = d
	}
	for more := true; more; {
		var err error
		r := newRefolder(&s, known, claims)
		r.lemmas = lemmas
		if more, err = r.refold(ctx, claims); err != nil {
			return nil, err
		}
	}
	letopis.SortEntries(s.entries)
	return s.entries, nil
}
