package storetest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"iter"
	"slices"

	"letopis"
)

// Plain is a [letopis.Folder] for testing stores: every finding is an entry of its
// own, and a retracted one is none.
type Plain struct {
	V string // its version
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

// Fold collects the entries of all digests.
func (f Plain) Fold(ctx context.Context, digests iter.Seq2[[]byte, error], claims []letopis.Claim) ([]*letopis.Entry, error) {
	all := []*letopis.Entry{}
	for d, err := range digests {
		if err != nil {
			return nil, err
		}
		var entries []*letopis.Entry
		if err := json.Unmarshal(d, &entries); err != nil {
			return nil, err
		}
		all = append(all, entries...)
	}
	for _, c := range claims {
		if c.Kind == letopis.ClaimRetract {
			all = slices.DeleteFunc(all, func(e *letopis.Entry) bool { return slices.Contains(c.Of, e.Reports[0].Item) })
		}
	}
	letopis.SortEntries(all)
	return all, ctx.Err()
}

// Shelved is Plain that folds only what changed: a block for each document.
type Shelved struct{ Plain }

var _ letopis.Refolder = Shelved{}

// Version is that of Plain, marked.
func (f Shelved) Version() string { return "shelved " + f.Plain.Version() }

// OnShelf returns the folder with a shelf that does as f, where f is a Plain.
func OnShelf(f letopis.Folder) letopis.Folder {
	if p, ok := f.(Plain); ok {
		return Shelved{p}
	}
	return f
}

// Keys under which a document is filed: all are under one, and each under its own.
const (
	keyAll   = 7
	keyFirst = 1 << 63 // large, so that no store takes it for a negative number's like
)

// part is how many documents Shelved places, or blocks it folds, in one part.
const part = 5

// Refold brings the blocks of the changed documents up to date, and all of them where
// a claim came: first documents are filed and their blocks touched, then those are
// folded, a few in each part. It fails where the shelf does not hold what was left there.
func (f Shelved) Refold(ctx context.Context, shelf letopis.Shelf, claims []letopis.Claim) (more bool, err error) {
	docs, err := shelf.Changed(ctx, part)
	if err != nil {
		return false, err
	}
	full := len(docs) == part
	slices.Sort(docs)
	if len(docs) > part || len(slices.Compact(slices.Clone(docs))) != len(docs) {
		return false, fmt.Errorf("the changed documents are %v", docs)
	}
	memo, err := shelf.Memo(ctx)
	if err != nil {
		return false, err
	}
	now, err := json.Marshal(claims)
	if err != nil {
		return false, err
	}
	if len(claims) > 0 && !bytes.Equal(memo, now) {
		filed, err := shelf.Under(ctx, []uint64{keyAll}, 0)
		if err != nil {
			return false, err
		}
		docs = append(docs, filed...)
		slices.Sort(docs)
		docs = slices.Compact(docs)
		if err := shelf.SetMemo(ctx, now); err != nil {
			return false, err
		}
	}
	for chunk := range slices.Chunk(docs, 7) {
		leaves, err := shelf.Leaves(ctx, chunk)
		if err != nil {
			return false, err
		}
		for i, doc := range chunk {
			if err := f.file(ctx, shelf, doc, leaves[i]); err != nil {
				return false, err
			}
		}
	}
	none, err := shelf.Leaves(ctx, []letopis.ID{"no such document"})
	if err != nil || len(none) != 1 || none[0].Digest != nil {
		return false, fmt.Errorf("a leaf that is not there: %v, %w", none, err)
	}
	if full {
		return true, nil
	}
	blocks, err := shelf.Touched(ctx, part)
	if err != nil || len(blocks) > part {
		return false, fmt.Errorf("touched are %v, %w", blocks, err)
	}
	for _, b := range blocks {
		if err := f.block(ctx, shelf, b, claims); err != nil {
			return false, err
		}
	}
	return len(blocks) == part, ctx.Err()
}

// own is the key of a document, and its block.
func own(doc letopis.ID) uint64 {
	h := fnv.New64a()
	h.Write([]byte(doc))
	return h.Sum64() | keyFirst
}

func (f Shelved) file(ctx context.Context, shelf letopis.Shelf, doc letopis.ID, l letopis.Leaf) error {
	own := own(doc)
	// It has been under its own key since it was first filed, and under another since.
	if under, err := shelf.Under(ctx, []uint64{own}, 3); err != nil || (len(under) == 1) != (l.Note != nil) || len(under) > 1 {
		return fmt.Errorf("%s: under its key %v, note %q, %w", doc, under, l.Note, err)
	}
	note := append(slices.Clone(l.Note), 'x')
	if err := shelf.File(ctx, doc, []uint64{own, keyAll, uint64(len(l.Note))}, note); err != nil {
		return err
	}
	under, err := shelf.Under(ctx, []uint64{uint64(len(l.Note)), own}, 0)
	if err != nil || !slices.Contains(under, doc) || !slices.IsSorted(under) {
		return fmt.Errorf("%s is not where it was filed: %v, %w", doc, under, err)
	}
	notes, err := shelf.Notes(ctx, []letopis.ID{"no such document", doc})
	if err != nil || len(notes) != 2 || notes[0] != nil || !bytes.Equal(notes[1], note) {
		return fmt.Errorf("%s: notes %q, %w", doc, notes, err)
	}
	return shelf.Touch(ctx, []uint64{own, own})
}

func (f Shelved) block(ctx context.Context, shelf letopis.Shelf, block uint64, claims []letopis.Claim) error {
	docs, err := shelf.Under(ctx, []uint64{block}, 0)
	if err != nil || len(docs) != 1 {
		return fmt.Errorf("in block %d are %v, %w", block, docs, err)
	}
	l, err := shelf.Leaves(ctx, docs)
	if err != nil {
		return err
	}
	entries, err := f.Fold(ctx, func(yield func([]byte, error) bool) { yield(l[0].Digest, nil) }, claims)
	if err != nil {
		return err
	}
	return shelf.Replace(ctx, block, entries)
}
