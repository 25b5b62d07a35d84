// Package storetest is the contract of [letopis.Store] as tests, with a generator
// of synthetic records and a map-backed store to hold others against.
package storetest

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"letopis"
	"letopis/internal/store"
	"letopis/internal/synth"
)

// Open opens the store that lies at a place, a temporary folder of the test; the
// same place again is the same store.
type Open func(t testing.TB, place string, f store.Folder) letopis.Store

// Run holds a store against the contract. persistent says that it outlives Close.
func Run(t *testing.T, open Open, persistent bool) {
	c := contract{open: open}
	t.Run("PutIsIdempotent", c.idempotent)
	t.Run("NewReadingIsCurrent", c.newReading)
	t.Run("AllOrNothing", c.allOrNothing)
	t.Run("RecordsComeBackEqual", c.roundTrip)
	t.Run("Records", c.records)
	t.Run("Claims", c.claims)
	t.Run("Queries", c.queries)
	t.Run("QueriesAgainstMemory", c.againstMemory)
	t.Run("BadQueries", c.badQueries)
	t.Run("NotFound", c.notFound)
	t.Run("RebuildSameBytes", c.rebuild)
	t.Run("OrderOfComing", c.order)
	t.Run("Concurrent", c.concurrent)
	t.Run("Cancelled", c.cancelled)
	if persistent {
		t.Run("Reopen", c.reopen)
		t.Run("NewFolder", c.newFolder)
	}
}

// NewGenerator returns a generator of the small world.
func NewGenerator(seed uint64) *synth.Generator { return synth.New(seed) }

type contract struct{ open Open }

func (c contract) fresh(t *testing.T) letopis.Store {
	t.Helper()
	s := c.open(t, t.TempDir(), Plain{})
	t.Cleanup(func() { s.Close() })
	return s
}

func put(t *testing.T, s letopis.Store, recs ...*letopis.Record) []letopis.Outcome {
	t.Helper()
	out, err := s.Put(context.Background(), recs...)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Dump returns all entries that match as JSON lines.
func Dump(t testing.TB, s letopis.Store, q letopis.Query) string {
	t.Helper()
	var b strings.Builder
	for e, err := range s.Entries(context.Background(), q) {
		if err != nil {
			t.Fatal(err)
		}
		line, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(line)
		b.WriteByte('\n')
	}
	return b.String()
}

func toJSON(t testing.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func equal[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func stats(t *testing.T, s letopis.Store) letopis.Stats {
	t.Helper()
	st, err := s.Stats(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return st
}

func (c contract) idempotent(t *testing.T) {
	s := c.fresh(t)
	recs := NewGenerator(1).Records(5)
	for _, o := range put(t, s, recs...) {
		equal(t, "first", o, letopis.Added)
	}
	before := Dump(t, s, letopis.Query{})
	for _, o := range put(t, s, append(slices.Clone(recs), recs[0])...) {
		equal(t, "again", o, letopis.Present)
	}
	twice := NewGenerator(99).Record()
	twice.Document.ID = "twice"
	equal(t, "twice in one call", fmt.Sprint(put(t, s, twice, twice)), "[added present]")
	st := stats(t, s)
	equal(t, "documents", st.Documents, 6)
	equal(t, "records", st.Records, 6)
	if after := Dump(t, s, letopis.Query{}); !strings.Contains(after, strings.SplitN(before, "\n", 2)[0]) {
		t.Error("an entry changed though nothing was added to it")
	}
	if out, err := s.Put(context.Background()); err != nil || len(out) != 0 {
		t.Errorf("Put of nothing = %v, %v", out, err)
	}
}

func (c contract) newReading(t *testing.T) {
	s := c.fresh(t)
	ctx := context.Background()
	old := NewGenerator(2).Record()
	better := NewGenerator(2).Record()
	better.Reading.Program = "synthetic 2"
	better.Events = better.Events[:0]
	better.Statements = better.Statements[:0]
	equal(t, "old", put(t, s, old)[0], letopis.Added)
	if stats(t, s).Entries == 0 {
		t.Fatal("the old reading gives no entry; the test shows nothing")
	}
	equal(t, "new", put(t, s, better)[0], letopis.Replaced)
	got, err := s.Get(ctx, old.Document.ID)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "current", got.Reading.Program, "synthetic 2")
	equal(t, "entries of the old reading", stats(t, s).Entries, 0)
	equal(t, "old again", put(t, s, old)[0], letopis.Present)
	got, _ = s.Get(ctx, old.Document.ID)
	equal(t, "current after the old one came again", got.Reading.Program, "synthetic 2")
	all, err := s.Readings(ctx, old.Document.ID)
	if err != nil || len(all) != 2 || all[0].Reading.Program != "synthetic 1" {
		t.Errorf("Readings = %d records, %v; want the old and the new one", len(all), err)
	}
	has, err := s.Has(ctx, old.Document.ID, old.Reading)
	equal(t, "has the old reading", fmt.Sprint(has, err), "true <nil>")
	has, err = s.Has(ctx, old.Document.ID, letopis.Reading{})
	equal(t, "has another", fmt.Sprint(has, err), "false <nil>")
}

func (c contract) allOrNothing(t *testing.T) {
	s := c.fresh(t)
	good, bad := NewGenerator(3).Record(), NewGenerator(4).Record()
	bad.Document.ID = ""
	if _, err := s.Put(context.Background(), good, bad); letopis.KindOf(err) != letopis.Invalid {
		t.Errorf("a record without id: %v, want kind invalid", err)
	}
	bad.Document.ID, bad.Schema = "x", "letopis/record/v9"
	if _, err := s.Put(context.Background(), good, bad); letopis.KindOf(err) != letopis.Invalid {
		t.Errorf("a record of another schema: %v, want kind invalid", err)
	}
	equal(t, "documents", stats(t, s).Documents, 0)
}

func (c contract) roundTrip(t *testing.T) {
	s := c.fresh(t)
	recs := NewGenerator(5).Records(20)
	put(t, s, recs...)
	for _, r := range recs {
		got, err := s.Get(context.Background(), r.Document.ID)
		if err != nil {
			t.Fatal(err)
		}
		if toJSON(t, got) != toJSON(t, r) {
			t.Errorf("%s came back changed:\n%s\n%s", r.Document.ID, toJSON(t, got), toJSON(t, r))
		}
	}
}

func (c contract) records(t *testing.T) {
	s := c.fresh(t)
	recs := NewGenerator(6).Records(60)
	recs[7].Document.Published.Value = ""
	slices.Reverse(recs)
	put(t, s, recs...)
	ids := func(q letopis.Query) []string {
		var all []string
		for r, err := range s.Records(context.Background(), q) {
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, string(r.Document.ID))
		}
		return all
	}
	all := ids(letopis.Query{})
	equal(t, "all", len(all), 60)
	equal(t, "sorted", slices.IsSorted(all), true)
	equal(t, "page", fmt.Sprint(ids(letopis.Query{Limit: 2, Offset: 3})), fmt.Sprint(all[3:5]))
	var bulgarian, spring int
	for _, r := range recs {
		if r.Document.Lang == "bg" {
			bulgarian++
		}
		if d := r.Document.Published.Value; d >= "2020-03" && d < "2020-06" {
			spring++
		}
	}
	equal(t, "bg", len(ids(letopis.Query{Lang: "bg"})), bulgarian)
	equal(t, "spring", len(ids(letopis.Query{Since: "2020-03", Until: "2020-05"})), spring)
}

func (c contract) claims(t *testing.T) {
	s := c.fresh(t)
	ctx := context.Background()
	r := NewGenerator(7).Record()
	put(t, s, r)
	n := stats(t, s).Entries
	at := time.Date(2026, 1, 2, 3, 4, 5, 6, time.FixedZone("", 7200))
	claim := letopis.Claim{At: at, By: "редактор", Kind: letopis.ClaimRetract, Of: []letopis.Item{{Doc: r.Document.ID, Item: "v1"}}, Why: "грешка"}
	earlier := claim
	earlier.At, earlier.Kind = at.Add(-time.Hour), letopis.ClaimSame
	for _, x := range []letopis.Claim{claim, earlier, claim} {
		if err := s.Claim(ctx, x); err != nil {
			t.Fatal(err)
		}
	}
	var kinds []letopis.ClaimKind
	for x, err := range s.Claims(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		kinds = append(kinds, x.Kind)
		if x.Kind == letopis.ClaimRetract && (!x.At.Equal(at) || x.Why != "грешка") {
			t.Errorf("the claim came back changed: %+v", x)
		}
	}
	equal(t, "claims by time, each once", fmt.Sprint(kinds), "[same retract]")
	equal(t, "entries after a retraction", stats(t, s).Entries, n-1)
	if err := s.Rebuild(ctx); err != nil {
		t.Fatal(err)
	}
	equal(t, "entries after a rebuild", stats(t, s).Entries, n-1)
	if err := s.Claim(ctx, letopis.Claim{By: "x"}); letopis.KindOf(err) != letopis.Invalid {
		t.Errorf("an empty claim: %v, want kind invalid", err)
	}
}

func (c contract) notFound(t *testing.T) {
	s := c.fresh(t)
	if _, err := s.Get(context.Background(), "nope"); letopis.KindOf(err) != letopis.NotFound {
		t.Errorf("Get: %v, want kind notfound", err)
	}
	if _, err := s.Entry(context.Background(), "nope"); letopis.KindOf(err) != letopis.NotFound {
		t.Errorf("Entry: %v, want kind notfound", err)
	}
	if all, err := s.Readings(context.Background(), "nope"); err != nil || len(all) != 0 {
		t.Errorf("Readings = %v, %v, want none", all, err)
	}
}

func (c contract) rebuild(t *testing.T) {
	s := c.fresh(t)
	g := NewGenerator(8)
	put(t, s, g.Records(30)...)
	first := Dump(t, s, letopis.Query{})
	put(t, s, g.Records(30)...)
	second := Dump(t, s, letopis.Query{}) // folded step by step
	if first == second {
		t.Error("new records gave no new entries")
	}
	for range 2 {
		if err := s.Rebuild(context.Background()); err != nil {
			t.Fatal(err)
		}
		if Dump(t, s, letopis.Query{}) != second {
			t.Error("a rebuild gives other entries")
		}
	}
}

func (c contract) order(t *testing.T) {
	a, b := c.fresh(t), c.fresh(t)
	recs := NewGenerator(9).Records(40)
	put(t, a, recs...)
	slices.Reverse(recs)
	for _, r := range recs {
		put(t, b, r)
	}
	if Dump(t, a, letopis.Query{}) != Dump(t, b, letopis.Query{}) {
		t.Error("the order in which records come changes the entries")
	}
}

func (c contract) concurrent(t *testing.T) {
	s := c.fresh(t)
	recs := NewGenerator(10).Records(120)
	var added [4]int
	var wg sync.WaitGroup
	for w := range added { // every writer puts everything
		wg.Go(func() {
			for i := range recs {
				out, err := s.Put(context.Background(), recs[(i+w*30)%len(recs)])
				if err != nil {
					t.Error(err)
					return
				}
				if out[0] == letopis.Added {
					added[w]++
				}
			}
		})
	}
	wg.Go(func() {
		for range 10 {
			for _, err := range s.Entries(context.Background(), letopis.Query{Limit: 5}) {
				if err != nil {
					t.Error(err)
				}
			}
		}
	})
	wg.Wait()
	equal(t, "added, all writers", added[0]+added[1]+added[2]+added[3], 120)
	equal(t, "documents", stats(t, s).Documents, 120)
}

func (c contract) cancelled(t *testing.T) {
	s := c.fresh(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := s.Put(ctx, NewGenerator(11).Records(3)...); err == nil {
		t.Error("Put with a cancelled context succeeds")
	}
	equal(t, "documents", stats(t, s).Documents, 0)
}

func (c contract) reopen(t *testing.T) {
	place := t.TempDir()
	s := c.open(t, place, Plain{})
	put(t, s, NewGenerator(12).Records(10)...)
	before := Dump(t, s, letopis.Query{})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = c.open(t, place, Plain{})
	defer s.Close()
	equal(t, "entries", Dump(t, s, letopis.Query{}), before)
	equal(t, "again", put(t, s, NewGenerator(12).Record())[0], letopis.Present)
}

// counting is a folder whose digests can be told from those of its other versions.
type counting struct {
	Plain
	digests *int
}

func (c counting) Digest(r *letopis.Record) ([]byte, error) {
	*c.digests++
	return c.Plain.Digest(r)
}

func (c contract) newFolder(t *testing.T) {
	place := t.TempDir()
	s := c.open(t, place, Plain{})
	put(t, s, NewGenerator(13).Records(10)...)
	before := Dump(t, s, letopis.Query{})
	s.Close()
	n := 0
	s = c.open(t, place, counting{Plain{V: "2"}, &n})
	defer s.Close()
	equal(t, "entries", Dump(t, s, letopis.Query{}), before)
	equal(t, "digests made anew", n, 10)
}
