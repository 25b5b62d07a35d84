package chronicle

import (
	"context"

	"letopis"
)

// Blocks is what folding needs of a store: documents with keys, by which those are found
// that have one in common, and entries in blocks, the sets of findings that are
// compared with each other. It is seen in one transaction: what a call changes, later
// calls see. Where another version of the folder worked before, or none, everything
// begins anew: all documents are pending, without state and keys, there are no
// entries, no block is dirty, and the cursor is empty.
//
// Documents, their digests and states are bytes to the store; the chronicle alone knows what they hold.
type Blocks interface {
	// Pending takes at most limit of the documents that were added or read anew, the
	// earliest published first, each once: they are not pending any more.
	Pending(ctx context.Context, limit int) ([]letopis.ID, error)
	// Documents returns what is kept of documents, in their order; of one that is not
	// there the Digest is nil.
	Documents(ctx context.Context, docs []letopis.ID) ([]Document, error)
	// States returns the states of documents alone, which is much less to read.
	States(ctx context.Context, docs []letopis.ID) ([][]byte, error)
	// WithKeys returns the documents that have any of the keys, each once, in order;
	// of each key no more than the first limit ones (0: all).
	WithKeys(ctx context.Context, keys []uint64, limit int) ([]letopis.ID, error)
	// SetState sets the keys and the state of a document; what it had before is forgotten.
	SetState(ctx context.Context, doc letopis.ID, keys []uint64, state []byte) error
	// MarkDirty marks blocks as to be folded, until SetEntries is called for them.
	MarkDirty(ctx context.Context, blocks []uint64) error
	// Dirty returns at most limit of the dirty blocks.
	Dirty(ctx context.Context, limit int) ([]uint64, error)
	// SetEntries makes these the entries of a block, and no others.
	SetEntries(ctx context.Context, block uint64, entries []*letopis.Entry) error
	// Cursor returns what the last SetCursor left, nil where there was none. It says up
	// to which claim was folded.
	Cursor(ctx context.Context) ([]byte, error)
	SetCursor(ctx context.Context, cursor []byte) error
}

// A Document is what a store keeps of one for folding.
type Document struct {
	Digest []byte // what Folder.Digest made of its current record
	State  []byte // what the last SetState left; nil where there was none
}
