package storetest

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"slices"

	"letopis"
	"letopis/internal/chronicle"
)

// Plain is a [store.Folder] for testing stores: every finding is an entry of its own, a
// retracted one is none, and every document is a block.
type Plain struct {
	V    string // its version
	Part int    // documents that are placed, or blocks that are folded, in one part; 0 is a few
}

// Version is V.
func (f Plain) Version() string { return "plain" + f.V }

// Digest is the entries of the record, as JSON.
func (f Plain) Digest(r *letopis.Record) ([]byte, error) {
	by := map[string]letopis.Entity{}
	for _, e := range r.Entities {
		by[e.ID] = e
	}
	parties := func(ids []string) []letopis.Party {
		all := []letopis.Party{}
		for _, id := range ids {
			e := by[id]
			all = append(all, letopis.Party{KB: e.KB, Type: e.Type, Name: e.Name, Latin: e.Latin, Country: e.Country})
		}
		return all
	}
	entries := []letopis.Entry{}
	for f := range r.Findings() {
		d := &r.Document
		e := letopis.Entry{ID: string(d.ID) + f.ID, Kind: f.Kind, When: f.When, Modality: f.Modality, Text: f.Words.Text, Lang: d.Lang, Recalled: f.Recalled, Origins: 1,
			Target: []letopis.Party{}, TargetCountry: []string{}, Reports: []letopis.Report{{Item: letopis.Item{Doc: d.ID, Item: f.ID},
				Origin: d.Provenance[0].Name, URL: d.URL, Lang: d.Lang, Published: d.Published.Value, Recalled: f.Recalled}}}
		switch f.Kind {
		case letopis.FindingEvent:
			v := f.Event
			e.Code, e.Place = v.Code, by[v.Place].Name
			if at := by[v.Place].Place; at != nil {
				where := *at
				where.Country = by[v.Place].Country
				e.Where = &where
			}
			e.Source, e.Target, e.SourceCountry, e.TargetCountry = parties(v.Source), parties(v.Target), v.SourceCountry, v.TargetCountry
		case letopis.FindingStatement:
			who := by[f.Statement.Speaker.Entity]
			e.Source, e.SourceCountry, e.Words, e.Speaker = parties([]string{who.ID}), []string{who.Country}, f.Statement.Kind, who.Name
		default:
			return nil, fmt.Errorf("%s: finding %s is of the kind %q, which the tests do not know", d.ID, f.ID, f.Kind)
		}
		entries = append(entries, e)
	}
	for i := range entries { // the one lemma that it knows
		if slices.Contains(letopis.Terms(entries[i].Text), "обвиниха") {
			entries[i].Lemmas = []string{"обвиня"}
		}
	}
	return json.Marshal(entries)
}

// entries returns the entries of a digest that no claim retracts.
func (f Plain) entries(digest []byte, claims []letopis.Claim) ([]*letopis.Entry, error) {
	var all []*letopis.Entry
	if err := json.Unmarshal(digest, &all); err != nil {
		return nil, err
	}
	for _, c := range claims {
		if c.Kind == letopis.ClaimRetract {
			all = slices.DeleteFunc(all, func(e *letopis.Entry) bool { return slices.Contains(c.Of, e.Reports[0].Item) })
		}
	}
	return all, nil
}

// Keys of a document: one that all have, and one of its own, which is its block too.
const (
	keyAll   = 7
	keyFirst = 1 << 63 // large, so that no store takes it for a negative number's like
)

// Fold brings the blocks of the pending documents up to date, and all of them where
// a claim came: first documents get their keys and their blocks are marked, then those
// are folded, a few in each part. It fails where what was left does not come back.
func (f Plain) Fold(ctx context.Context, b chronicle.Blocks, claims []letopis.Claim) (more bool, err error) {
	part := cmp.Or(f.Part, 5)
	pending, err := b.Pending(ctx, part)
	if err != nil {
		return false, err
	}
	full := len(pending) == part
	slices.Sort(pending)
	if len(pending) > part || len(slices.Compact(slices.Clone(pending))) != len(pending) {
		return false, fmt.Errorf("the pending documents are %v", pending)
	}
	claimed, err := f.claimed(ctx, b, claims)
	if err != nil {
		return false, err
	}
	docs := append(pending, claimed...)
	slices.Sort(docs)
	for chunk := range slices.Chunk(slices.Compact(docs), 7) {
		kept, err := b.Documents(ctx, chunk)
		if err != nil {
			return false, err
		}
		for i, doc := range chunk {
			if err := f.keep(ctx, b, doc, kept[i]); err != nil {
				return false, err
			}
		}
	}
	none, err := b.Documents(ctx, []letopis.ID{"no such document"})
	if err != nil || len(none) != 1 || none[0].Digest != nil {
		return false, fmt.Errorf("a document that is not there: %v, %w", none, err)
	}
	if full {
		return true, nil
	}
	dirty, err := b.Dirty(ctx, part)
	if err != nil || len(dirty) > part {
		return false, fmt.Errorf("dirty are %v, %w", dirty, err)
	}
	for _, n := range dirty {
		if err := f.block(ctx, b, n, claims); err != nil {
			return false, err
		}
	}
	return len(dirty) == part, ctx.Err()
}

// claimed returns all documents where the claims are others than before.
func (f Plain) claimed(ctx context.Context, b chronicle.Blocks, claims []letopis.Claim) ([]letopis.ID, error) {
	cursor, err := b.Cursor(ctx)
	if err != nil {
		return nil, err
	}
	now, err := json.Marshal(claims)
	if err != nil || len(claims) == 0 || bytes.Equal(cursor, now) {
		return nil, err
	}
	if err := b.SetCursor(ctx, now); err != nil {
		return nil, err
	}
	return b.WithKeys(ctx, []uint64{keyAll}, 0)
}

// own is the key of a document, and its block.
func own(doc letopis.ID) uint64 {
	h := fnv.New64a()
	h.Write([]byte(doc))
	return h.Sum64() | keyFirst
}

func (f Plain) keep(ctx context.Context, b chronicle.Blocks, doc letopis.ID, d chronicle.Document) error {
	own := own(doc)
	// It has had its own key since it first had a state, and another since.
	if with, err := b.WithKeys(ctx, []uint64{own}, 3); err != nil || (len(with) == 1) != (d.State != nil) || len(with) > 1 {
		return fmt.Errorf("%s: its key have %v, its state is %q, %w", doc, with, d.State, err)
	}
	state := append(slices.Clone(d.State), 'x')
	if err := b.SetState(ctx, doc, []uint64{own, keyAll, uint64(len(d.State))}, state); err != nil {
		return err
	}
	with, err := b.WithKeys(ctx, []uint64{uint64(len(d.State)), own}, 0)
	if err != nil || !slices.Contains(with, doc) || !slices.IsSorted(with) {
		return fmt.Errorf("%s has not the keys that it got: %v, %w", doc, with, err)
	}
	states, err := b.States(ctx, []letopis.ID{"no such document", doc})
	if err != nil || len(states) != 2 || states[0] != nil || !bytes.Equal(states[1], state) {
		return fmt.Errorf("%s: states %q, %w", doc, states, err)
	}
	return b.MarkDirty(ctx, []uint64{own, own})
}

func (f Plain) block(ctx context.Context, b chronicle.Blocks, block uint64, claims []letopis.Claim) error {
	docs, err := b.WithKeys(ctx, []uint64{block}, 0)
	if err != nil || len(docs) != 1 {
		return fmt.Errorf("in block %d are %v, %w", block, docs, err)
	}
	kept, err := b.Documents(ctx, docs)
	if err != nil {
		return err
	}
	entries, err := f.entries(kept[0].Digest, claims)
	if err != nil {
		return err
	}
	return b.SetEntries(ctx, block, entries)
}
