package chronicle

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"letopis"
)

// testBlocks are blocks over several foldings that count what is folded.
type testBlocks struct {
	*Memory
	folded int // blocks whose entries the last fold set
	part   int // of a Folder
}

func newTestBlocks() *testBlocks { return &testBlocks{Memory: NewMemory()} }

func (s *testBlocks) SetEntries(ctx context.Context, block uint64, entries []*letopis.Entry) error {
	s.folded++
	return s.Memory.SetEntries(ctx, block, entries)
}

func (s *testBlocks) put(t *testing.T, recs ...*letopis.Record) {
	for _, r := range recs {
		d, err := Folder{}.Digest(r)
		if err != nil {
			t.Fatal(err)
		}
		s.Put(r.Document.ID, r.Document.Published.Value, d)
	}
}

func (s *testBlocks) fold(t *testing.T, claims []letopis.Claim) string {
	t.Helper()
	s.folded = 0
	f := Folder{part: s.part}
	for more := true; more; {
		var err error
		if more, err = f.Fold(context.Background(), s, claims); err != nil {
			t.Fatal(err)
		}
	}
	return lines(t, s.Entries())
}

func lines(t *testing.T, all []*letopis.Entry) string {
	t.Helper()
	text := ""
	for _, e := range all {
		b, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		text += string(b) + "\n"
	}
	return text
}

// However the records and claims come, in parts or at once, the chronicle is the
// same: that of folding them all.
func TestFoldInPartsIsFold(t *testing.T) {
	for seed := range uint64(2) {
		recs := crowd(seed, 100)
		rng := rand.New(rand.NewPCG(seed, 7))
		rng.Shuffle(len(recs), func(i, j int) { recs[i], recs[j] = recs[j], recs[i] })
		item := func(r *letopis.Record) letopis.Item {
			if len(r.Events) > 0 {
				return letopis.Item{Doc: r.Document.ID, Item: r.Events[0].ID}
			}
			return letopis.Item{Doc: r.Document.ID, Item: r.Statements[0].ID}
		}
		s := newTestBlocks()
		s.part = []int{0, 9}[seed] // all at once, and in many parts
		var claims []letopis.Claim
		now := map[letopis.ID]*letopis.Record{}
		for at := 0; at < len(recs); {
			n := min(1+rng.IntN(60), len(recs)-at)
			s.put(t, recs[at:at+n]...)
			for _, r := range recs[at : at+n] {
				now[r.Document.ID] = r
			}
			at += n
			// One document is read anew, and tells less or more than before.
			old := recs[rng.IntN(at)]
			again := *old
			again.Reading.Program = fmt.Sprint(at)
			again.Statements = nil
			if len(again.Events) > 1 {
				again.Events = again.Events[1:]
			}
			s.put(t, &again)
			now[again.Document.ID] = &again
			a, b, c := item(recs[rng.IntN(at)]), item(recs[rng.IntN(at)]), item(recs[rng.IntN(at)])
			claims = append(claims,
				letopis.Claim{At: time.Unix(int64(4*at), 0), By: "x", Kind: []letopis.ClaimKind{letopis.ClaimSame, letopis.ClaimDifferent}[rng.IntN(2)], Of: []letopis.Item{a, b, c}},
				letopis.Claim{At: time.Unix(int64(4*at+1), 0), By: "x", Kind: letopis.ClaimSame, Of: []letopis.Item{a, b}},
				letopis.Claim{At: time.Unix(int64(4*at+2), 0), By: "x", Kind: letopis.ClaimCorrect, Of: []letopis.Item{b}, Field: "code", Value: "AID"},
				letopis.Claim{At: time.Unix(int64(4*at+3), 0), By: "x", Kind: letopis.ClaimRetract, Of: []letopis.Item{c}})
			got := s.fold(t, claims)
			var all []*letopis.Record
			for _, id := range slices.Sorted(maps.Keys(now)) {
				all = append(all, now[id])
			}
			want, err := Entries(context.Background(), all, claims)
			if err != nil {
				t.Fatal(err)
			}
			if got != lines(t, want) {
				t.Fatalf("seed %d, %d records: folding what changed gives another chronicle than folding all", seed, at)
			}
		}
	}
}

// One more article costs the blocks that it is in, not the whole chronicle.
func TestFoldIsSparing(t *testing.T) {
	recs := crowd(9, 600)
	s := newTestBlocks()
	s.put(t, recs[1:]...)
	s.fold(t, nil)
	all := s.folded
	s.put(t, recs[0])
	s.fold(t, nil)
	if n := len(recs[0].Events) + len(recs[0].Statements); s.folded == 0 || s.folded > 12*n || s.folded > all/2 {
		t.Errorf("one article with %d findings folded %d blocks of %d", n, s.folded, all)
	}
	s.fold(t, nil)
	if s.folded != 0 {
		t.Errorf("nothing changed, and %d blocks were folded", s.folded)
	}
}
