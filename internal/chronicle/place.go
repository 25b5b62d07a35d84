package chronicle

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/zeebo/xxh3"

	"letopis"
)

// storyKey is the key of the documents of a story, where it has more than one.
func storyKey(first letopis.ID) uint64 { return xxh3.HashString("story\x00" + string(first)) }

// inStories are the documents of stories that stand, by their first documents.
func (f *folding) inStories(ctx context.Context, firsts ...letopis.ID) ([]letopis.ID, error) {
	var keys []uint64
	for _, first := range firsts {
		keys = append(keys, storyKey(first))
	}
	docs, err := f.blocks.WithKeys(ctx, keys, 0)
	return append(docs, firsts...), err
}

// place gives the documents of a chunk their stories. A document that was read
// anew may leave its story, so the others of that one are looked at again too.
func (f *folding) place(ctx context.Context, chunk []letopis.ID) error {
	chunk = set(chunk)
	docs, err := f.load(ctx, chunk)
	if err != nil {
		return err
	}
	var stories []letopis.ID
	for _, d := range docs {
		if d.settled && d.state.Story.Size > 1 {
			stories = append(stories, d.state.Story.ID)
		}
	}
	if len(stories) > 0 {
		ids, err := f.inStories(ctx, stories...)
		if err != nil {
			return err
		}
		more, err := f.load(ctx, set(ids))
		if err != nil {
			return err
		}
		docs = append(docs, more...)
		slices.SortFunc(docs, func(a, b *document) int { return strings.Compare(string(a.Doc), string(b.Doc)) })
		docs = slices.CompactFunc(docs, func(a, b *document) bool { return a.Doc == b.Doc })
	}
	p := &placing{folding: f, near: map[letopis.ID]*document{}, here: map[uint64][]*document{}, sets: sets{}}
	for _, d := range docs {
		p.near[d.Doc] = d
		keys, _ := d.storyKeys()
		for _, k := range keys {
			p.here[k] = append(p.here[k], d)
		}
	}
	for _, d := range docs {
		if err := p.find(ctx, d); err != nil {
			return err
		}
	}
	return p.settle(ctx, docs, chunk)
}

// placing finds the stories of some documents.
type placing struct {
	*folding
	near map[letopis.ID]*document // those that are placed now
	here map[uint64][]*document   // and their keys
	sets sets                     // of documents placed now, and of stories that stand, by their first document
}

// node is what stands for a document: itself, or the story that it is in.
func (p *placing) node(d *document) letopis.ID {
	if p.near[d.Doc] != nil || !d.settled {
		return d.Doc
	}
	return d.state.Story.ID
}

// find joins a document with all that carry the same text.
func (p *placing) find(ctx context.Context, d *document) error {
	_, look := d.storyKeys()
	if len(look) == 0 {
		return nil
	}
	docs, err := p.blocks.WithKeys(ctx, look, maxUnder)
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
		} else if !o.settled {
			continue // of a later chunk
		}
		a, b := p.sets.root(d.Doc), p.sets.root(p.node(o))
		if a != b && sameText(d.digest, o.digest) {
			p.sets[max(a, b)] = min(a, b)
		}
	}
	return nil
}

// settle keeps the documents with their stories, and makes the blocks dirty of those
// that are in chunk or whose story became another.
func (p *placing) settle(ctx context.Context, docs []*document, chunk []letopis.ID) error {
	members, err := p.members(ctx, docs)
	if err != nil {
		return err
	}
	for _, root := range slices.Sorted(maps.Keys(members)) {
		all, err := p.load(ctx, set(members[root]))
		if err != nil {
			return err
		}
		digests := make([]*digest, len(all))
		for i, d := range all {
			digests[i] = d.digest
		}
		s := settle(digests)
		for _, d := range all {
			_, anew := slices.BinarySearch(chunk, d.Doc)
			if d.settled && !anew && d.state.Story == s {
				continue
			}
			if err := p.keep(ctx, d, s); err != nil {
				return err
			}
		}
	}
	return nil
}

// members returns the documents of each story that changes, by the root of its set.
func (p *placing) members(ctx context.Context, docs []*document) (map[letopis.ID][]letopis.ID, error) {
	members := map[letopis.ID][]letopis.ID{}
	for _, d := range docs {
		root := p.sets.root(d.Doc)
		members[root] = append(members[root], d.Doc)
	}
	add := func(story letopis.ID) error { // one that stands
		all, err := p.inStories(ctx, story)
		root := p.sets.root(story)
		members[root] = append(members[root], all...)
		return err
	}
	for _, n := range slices.Sorted(maps.Keys(p.sets)) {
		if p.near[n] == nil {
			if err := add(n); err != nil {
				return nil, err
			}
		}
	}
	for _, root := range slices.Sorted(maps.Keys(members)) {
		if p.near[root] == nil { // a story that stands, and is the least node
			if err := add(root); err != nil {
				return nil, err
			}
		}
	}
	return members, nil
}

// keep sets the state of a document of story s.
func (f *folding) keep(ctx context.Context, d *document, s story) error {
	st := state{Story: s, URL: d.URL, Lang: d.Lang, Title: d.Title, Published: d.Published, Publisher: d.Publisher, Agency: d.Agency, Chain: d.Chain}
	for _, m := range d.findings(f.cl) {
		st.In = append(st.In, placed{m.block, m.rank, *m.finding})
	}
	blocks := st.blocks()
	for _, b := range slices.Concat(d.state.blocks(), blocks) {
		f.dirty[b] = true
	}
	keys, _ := d.storyKeys()
	keys = append(keys, blocks...)
	if s.Size > 1 {
		keys = append(keys, storyKey(s.ID))
	}
	raw, err := json.Marshal(st)
	if err != nil {
		return err
	}
	d.state, d.settled = st, true
	f.cache.put(d.Doc, d)
	return f.blocks.SetState(ctx, d.Doc, set(keys), raw)
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
