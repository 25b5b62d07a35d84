package archive_test

import (
	"bytes"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"letopis"
	"letopis/data"
	"letopis/internal/archive"
	"letopis/internal/synth"
)

// encoded are synthetic records as lines of JSON.
func encoded(t testing.TB, n int) []string {
	t.Helper()
	var out []string
	for _, r := range synth.NewWorld(1).Records(n) {
		b, err := r.AppendJSON(nil)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(b))
	}
	return out
}

func collect(text string) (recs []*letopis.Record, errs []string) {
	for r, err := range archive.Records("-", strings.NewReader(text)) {
		if err != nil {
			errs = append(errs, err.Error())
			continue
		}
		recs = append(recs, r)
	}
	return recs, errs
}

func TestRecords(t *testing.T) {
	lines := encoded(t, 300) // more than are decoded at a time
	for name, text := range map[string]string{"lines": strings.Join(lines, "\n"), "array": "[" + strings.Join(lines, ",\n") + "]"} {
		recs, errs := collect(text)
		if len(recs) != 300 || len(errs) != 0 {
			t.Fatalf("%s: %d records, %q", name, len(recs), errs)
		}
		for i, r := range recs {
			if b, err := r.AppendJSON(nil); err != nil || string(b) != lines[i] {
				t.Fatalf("%s: record %d is another one (%v)", name, i, err)
			}
		}
	}
	recs, errs := collect(lines[0] + "\n" + `{"schema": "letopis/record/v1"}` + "\n" + lines[1] + "\n{")
	if len(recs) != 2 || len(errs) != 2 || !strings.HasPrefix(errs[0], "standard input: record 2: ") || !strings.HasPrefix(errs[1], "standard input: record 4: ") {
		t.Errorf("%d records, %q", len(recs), errs)
	}
	for head, want := range map[string]bool{lines[0][:60]: true, " [\n" + lines[0][:60]: true, `{"id": "a", "text": "b"}`: false, "": false, "{": false} {
		if archive.IsRecord([]byte(head)) != want {
			t.Errorf("%q is taken for a record: %v", head, !want)
		}
	}
}

func FuzzRecords(f *testing.F) {
	lines := encoded(f, 2)
	f.Add([]byte(strings.Join(lines, "\n")))
	f.Add([]byte("[" + strings.Join(lines, ",") + "]"))
	f.Add([]byte(`[{"schema":1},`))
	f.Fuzz(func(t *testing.T, b []byte) {
		for r, err := range archive.Records("-", bytes.NewReader(b)) {
			if (r == nil) == (err == nil) {
				t.Fatalf("record %v with error %v", r, err)
			}
			if r != nil && r.Validate() != nil {
				t.Fatalf("an invalid record came through: %v", r.Validate())
			}
		}
	})
}

// What the stream or the store refuses is handed over, and all else is counted.
func TestAdder(t *testing.T) {
	store, err := archive.Open(t.Context(), filepath.Join(t.TempDir(), "a.db"), data.FS, false)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	recs := synth.NewWorld(1).Records(600)
	stream := func(yield func(*letopis.Record, error) bool) {
		for i, r := range recs {
			if i == 5 && !yield(nil, errors.New("unreadable")) || !yield(r, nil) {
				return
			}
		}
	}
	var refused []string
	var totals []int
	a := &archive.Adder{Store: store, Refused: func(err error) { refused = append(refused, err.Error()) }, Stored: func(n int) { totals = append(totals, n) }}
	if err := a.Add(t.Context(), stream); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(refused, []string{"unreadable"}) || a.Outcomes[letopis.Added] != 600 || a.Total() != 600 || totals[len(totals)-1] != 600 {
		t.Errorf("refused %q, stored %v, outcomes %v", refused, totals, a.Outcomes)
	}
	if err := a.Add(t.Context(), stream); err != nil || a.Outcomes[letopis.Present] != 600 {
		t.Errorf("again: %v, %v", a.Outcomes, err)
	}
	n, err := store.Count(t.Context(), letopis.Query{})
	if err != nil || n == 0 {
		t.Errorf("%d entries, %v", n, err)
	}
	if _, err := archive.Open(t.Context(), "mongodb://here", data.FS, false); letopis.KindOf(err) != letopis.Unsupported {
		t.Errorf("another database: %v", err)
	}
	if _, err := archive.Open(t.Context(), filepath.Join(t.TempDir(), "none.db"), data.FS, true); letopis.KindOf(err) != letopis.NotFound {
		t.Errorf("a chronicle that is not there: %v", err)
	}
}
