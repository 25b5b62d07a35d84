package chronicle

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"letopis"
	"letopis/internal/each"
)

// foldDirty folds dirty blocks anew, and reports whether more are left. Blocks
// that a claim ties together are one: its entries stand under the least of their numbers.
func (f *folding) foldDirty(ctx context.Context) (more bool, err error) {
	dirty, err := f.blocks.Dirty(ctx, f.part)
	if err != nil || len(dirty) == 0 {
		return false, err
	}
	tied, err := f.tied(ctx)
	if err != nil {
		return false, err
	}
	units := map[uint64][]uint64{}
	for _, b := range dirty {
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
		if all >= f.part {
			more = true
			break
		}
		u, err := f.unit(ctx, units[first])
		if err != nil {
			return false, err
		}
		loaded = append(loaded, u)
		size, all = size+u.size, all+u.size
		if size >= batchSize {
			if err := f.foldUnits(ctx, loaded); err != nil {
				return false, err
			}
			loaded, size = nil, 0
		}
	}
	return more || len(dirty) == f.part, f.foldUnits(ctx, loaded)
}

// unit is what is folded together: a block, or those that claims tie together.
type unit struct {
	blocks  []uint64
	members [][]*member // of each block
	size    int
	entries []*letopis.Entry
}

// unit loads the findings of blocks.
func (f *folding) unit(ctx context.Context, blocks []uint64) (*unit, error) {
	u := &unit{blocks: blocks}
	for _, b := range blocks {
		m, err := f.inBlock(ctx, b)
		if err != nil {
			return nil, err
		}
		u.members = append(u.members, m)
		u.size += 1 + len(m)
	}
	return u, nil
}

// foldUnits makes the entries of units, on all processors, and gives them to the store.
func (f *folding) foldUnits(ctx context.Context, units []*unit) error {
	each.Do(len(units), func(i int) { f.foldUnit(units[i]) })
	for _, u := range units {
		for _, b := range u.blocks[1:] {
			if err := f.blocks.SetEntries(ctx, b, nil); err != nil {
				return err
			}
		}
		if err := f.blocks.SetEntries(ctx, u.blocks[0], u.entries); err != nil {
			return err
		}
	}
	return nil
}

func (f *folding) foldUnit(u *unit) {
	var groups []group
	var found []contradiction
	for _, m := range u.members {
		g, c := groupKinds(m, f.cl)
		groups, found = append(groups, g...), append(found, c...)
	}
	groups = f.cl.join(groups)
	u.entries = make([]*letopis.Entry, len(groups))
	for j := range groups {
		u.entries[j] = newEntry(groups[j])
		u.entries[j].Lemmas = lemmasOf(u.entries[j], f.lemmas)
	}
	oppose(u.entries, groups, found)
}

// tied returns, for each block that a claim ties to others, all of them, sorted.
func (f *folding) tied(ctx context.Context) (map[uint64][]uint64, error) {
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
	for _, of := range f.cl.same {
		blocks, err := f.blocksOf(ctx, of)
		if err != nil {
			return nil, err
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

// blocksOf returns the blocks of the findings that a claim is about.
func (f *folding) blocksOf(ctx context.Context, of []anchor) ([]uint64, error) {
	var ids []letopis.ID
	for _, it := range of {
		ids = append(ids, it.Doc)
	}
	docs, err := f.load(ctx, set(ids))
	if err != nil {
		return nil, err
	}
	var blocks []uint64
	for _, d := range docs {
		for _, m := range d.findings(f.cl) {
			if slices.ContainsFunc(m.claimed, func(a anchor) bool { return slices.Contains(of, a) }) {
				blocks = append(blocks, m.block)
			}
		}
	}
	return blocks, nil
}

// inBlock returns the findings in a block. They come from the states; only documents
// that claims are about are looked at whole.
func (f *folding) inBlock(ctx context.Context, block uint64) (found []*member, err error) {
	docs, err := f.blocks.WithKeys(ctx, []uint64{block}, 0)
	if err != nil {
		return nil, err
	}
	stories := map[letopis.ID]*story{}
	for chunk := range slices.Chunk(docs, chunkDocs) {
		states, members, err := f.statesIn(ctx, chunk, block)
		if err != nil {
			return nil, err
		}
		for i, doc := range chunk {
			own := members[i]
			if f.cl.byDoc[doc] != nil {
				if own, err = f.claimedIn(ctx, doc, block); err != nil {
					return nil, err
				}
			}
			s := &states[i].Story
			if stories[s.ID] == nil {
				stories[s.ID] = s
			}
			for _, m := range own {
				m.doc.story = stories[s.ID]
			}
			found = append(found, own...)
		}
	}
	return found, nil
}

// statesIn returns the states of documents, and their findings in a block: none of
// documents that claims are about.
func (f *folding) statesIn(ctx context.Context, docs []letopis.ID, block uint64) ([]state, [][]*member, error) {
	raws, err := f.blocks.States(ctx, docs)
	if err != nil {
		return nil, nil, err
	}
	states, members, errs := make([]state, len(docs)), make([][]*member, len(docs)), make([]error, len(docs))
	each.Do(len(docs), func(i int) {
		if errs[i] = states[i].decode(raws[i]); errs[i] == nil && f.cl.byDoc[docs[i]] == nil {
			members[i] = states[i].members(docs[i], block)
		}
	})
	for i, err := range errs {
		if err != nil {
			return nil, nil, fmt.Errorf("state of %s: %w", docs[i], err)
		}
	}
	return states, members, nil
}

// claimedIn returns the findings in a block of a document that claims are about.
func (f *folding) claimedIn(ctx context.Context, doc letopis.ID, block uint64) ([]*member, error) {
	docs, err := f.load(ctx, []letopis.ID{doc})
	if err != nil || len(docs) == 0 {
		return nil, err
	}
	d := *docs[0].digest // other blocks may be folded at the same time
	var own []*member
	for _, m := range docs[0].findings(f.cl) {
		if m.block == block {
			m := *m
			m.doc = &d
			own = append(own, &m)
		}
	}
	return own, nil
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}
