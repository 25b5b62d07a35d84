package chronicle

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/zeebo/xxh3"

	"letopis"
)

// Bounds of what a folding holds in memory, in documents, and of one part of it.
const (
	chunkDocs = 256
	cacheDocs = 8192
	partSize  = 8192 // documents given their stories, blocks or findings folded in one part; and one block more
	batchSize = 512  // findings that are grouped at a time, on all processors
)

// folding is one part of a folding. Documents are first given their stories; every
// block in which a finding or the story of one changed is then folded anew, whole.
type folding struct {
	blocks Blocks
	cl     *claims
	lemmas Lemmatizer
	known  map[letopis.ID]*digest // all, where they are in memory anyway
	part   int                    // as partSize
	cache  recent
	dirty  map[uint64]bool // blocks
}

func newFolding(blocks Blocks, known map[letopis.ID]*digest, claims []letopis.Claim) *folding {
	return &folding{blocks: blocks, known: known, part: partSize, cl: readClaims(claims), cache: recent{new: map[letopis.ID]*document{}}, dirty: map[uint64]bool{}}
}

// Fold does a part of bringing the entries up to date with the documents that are
// pending and with the claims, which are all that there are, and reports whether more is
// left to do: a store commits each part, so that none grows with the chronicle. It holds
// a bounded number of documents in memory, and one block. Other changes may come between
// two parts. The result is that of folding everything at once.
func (f Folder) Fold(ctx context.Context, blocks Blocks, claims []letopis.Claim) (more bool, err error) {
	x := newFolding(blocks, nil, claims)
	x.part, x.lemmas = cmp.Or(f.part, partSize), f.Lemmas
	return x.run(ctx, claims)
}

func (f *folding) run(ctx context.Context, claims []letopis.Claim) (more bool, err error) {
	pending, err := f.blocks.Pending(ctx, f.part)
	if err != nil {
		return false, err
	}
	full := len(pending) == f.part
	claimed, cursor, err := f.claimed(ctx, claims)
	if err != nil {
		return false, err
	}
	pending = append(pending, claimed...)
	pending = inOrder(append(pending, f.claimedWith(set(pending))...))
	for chunk := range slices.Chunk(pending, chunkDocs) {
		if err := ctx.Err(); err != nil {
			return false, err
		}
		if err := f.place(ctx, chunk); err != nil {
			return false, err
		}
	}
	if cursor != nil {
		if err := f.blocks.SetCursor(ctx, cursor); err != nil {
			return false, err
		}
	}
	if len(f.dirty) > 0 {
		if err := f.blocks.MarkDirty(ctx, slices.Sorted(maps.Keys(f.dirty))); err != nil {
			return false, err
		}
	}
	if full {
		return true, nil // a block is folded when all are placed
	}
	return f.foldDirty(ctx)
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
// claim that a new one may overrule, and the cursor after these claims; nil where it stays.
func (f *folding) claimed(ctx context.Context, claims []letopis.Claim) (docs []letopis.ID, cursor []byte, err error) {
	old, err := f.blocks.Cursor(ctx)
	if err != nil {
		return nil, nil, err
	}
	var seen []string
	if len(old) > 0 {
		if err := json.Unmarshal(old, &seen); err != nil {
			return nil, nil, fmt.Errorf("cursor: %w", err)
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
	if cursor, err = json.Marshal(set(all)); err != nil || len(items) == 0 || bytes.Equal(cursor, old) {
		return nil, nil, err
	}
	for _, c := range claims {
		if slices.ContainsFunc(c.Of, func(it letopis.Item) bool { return items[it] }) {
			for _, it := range c.Of {
				docs = append(docs, it.Doc)
			}
		}
	}
	return docs, cursor, nil
}

// claimedWith returns the documents that a claim puts together with a pending one: a
// finding that is there no more may have tied their blocks.
func (f *folding) claimedWith(pending []letopis.ID) []letopis.ID {
	var docs []letopis.ID
	for _, of := range f.cl.same {
		if slices.ContainsFunc(of, func(a anchor) bool {
			_, ok := slices.BinarySearch(pending, a.Doc)
			return ok
		}) {
			for _, it := range of {
				docs = append(docs, it.Doc)
			}
		}
	}
	return docs
}
