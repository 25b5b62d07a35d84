package tell

import (
	"errors"
	"io"
	"strings"
	"testing"

	"letopis"
)

// TestTableWidths: every column keeps room for words on a narrow terminal, and all
// of them fit side by side.
func TestTableWidths(t *testing.T) {
	for _, width := range []int{1, 40, 50, 80, 200} {
		w := tableWidths(width)
		sum := 0
		for col, n := range w {
			if n < 7 {
				t.Errorf("terminal of %d: column %d has %d signs", width, col, n)
			}
			sum += n
		}
		if want := max(width, 40); sum != want {
			t.Errorf("terminal of %d: the table takes %d, want %d", width, sum, want)
		}
		if w[2] < 12 {
			t.Errorf("terminal of %d: the words have %d signs", width, w[2])
		}
	}
}

func TestEntryFormats(t *testing.T) {
	en := &letopis.Entry{ID: "0123456789abcdef", Kind: letopis.FindingEvent, When: "2020-12-03/2020-12-04", Code: letopis.Accuse, Modality: letopis.Future,
		SourceCountry: []string{"BGR"}, Source: []letopis.Party{{Name: "Ivo\x1b[2J Kolev", Country: "BGR", Type: letopis.Person}}, TargetCountry: []string{"SRB"},
		Text: "blames\x1b[31m the neighbours", Origins: 2, Reports: []letopis.Report{{Item: letopis.Item{Doc: "d"}, Origin: "Tass"}, {Item: letopis.Item{Doc: "f"}, Origin: "Bta"}}}
	entries := func(yield func(*letopis.Entry, error) bool) { yield(en, nil) }
	for _, f := range EntryFormats() {
		var b strings.Builder
		if err := f.Write(&b, entries, EntryOptions{Lang: "en", Width: 100, IDs: true}); err != nil {
			t.Fatal(err)
		}
		got := b.String()
		want := map[string][]string{
			"table": {"2020-12-03 ", "012345678\n", "BGR Ivo [2J Kolev", "→ SRB ", "ACCUSE (future)", "Tass, Bta (2"},
			"json":  {"\"id\": \"0123456789abcdef\""}, "jsonl": {"\"id\":\"0123456789abcdef\""},
			"csv": {"id,kind,when,", "\n0123456789abcdef,event,2020-12-03/2020-12-04,ACCUSE,", ",BGR,", "Tass; Bta,2,"},
		}[f.Name]
		for _, w := range want {
			if len(want) == 0 || !strings.Contains(got, w) {
				t.Errorf("%s: no %q in\n%s", f.Name, w, got)
			}
		}
		if f.Name == "table" && strings.Contains(got, "\x1b") {
			t.Errorf("the news steer the terminal: %q", got)
		}
		wrong := errors.New("the store broke")
		if err := f.Write(io.Discard, func(yield func(*letopis.Entry, error) bool) { yield(nil, wrong) }, EntryOptions{Lang: "en", Width: 80}); err != wrong {
			t.Errorf("%s: %v, want the error of the store", f.Name, err)
		}
	}
}

func TestCutAtSpace(t *testing.T) {
	for _, c := range []struct {
		text string
		n    int
		want string
	}{{"a b", 3, "a b"}, {"a\n b", 3, "a b"}, {"един два три", 10, "един два…"}, {"abcdef", 4, "abc…"}, {"abc", 0, "…"}} {
		if got := CutAtSpace(c.text, c.n); got != c.want {
			t.Errorf("%q to %d: %q, want %q", c.text, c.n, got, c.want)
		}
	}
}
