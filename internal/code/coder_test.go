package code

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"letopis"
	"letopis/data"
	"letopis/internal/petrarch"
	"letopis/internal/read"
)

// opened opens the shipped reader once for all tests.
var opened = sync.OnceValues(func() (*read.Reader, error) { return read.Open(data.FS) })

func coder(t *testing.T, o Options) *Coder {
	t.Helper()
	r, err := opened()
	if err != nil {
		t.Fatal(err)
	}
	o.Notice = func(s string) { t.Errorf("a shipped dictionary: %s", s) }
	c, err := Open(data.FS, r, o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func written(t *testing.T, output string, r *Result) string {
	t.Helper()
	all := Outputs()
	i := slices.IndexFunc(all, func(o Output) bool { return o.Name == output })
	var b strings.Builder
	if err := all[i].Write(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestMarkedPair(t *testing.T) {
	const line = `{"id": "a", "marked_sentence": "<s>Chile</s> has refused to meet <t>Peru</t>.", "lang": "EN"}`
	for _, o := range []Options{{}, {Lexicon: true}} {
		c := coder(t, o)
		items, errs := all(t, JSONLines, line)
		if len(errs) > 0 {
			t.Fatal(errs)
		}
		got, err := c.Code(t.Context(), items[0])
		if err != nil {
			t.Fatal(err)
		}
		by := map[bool]string{false: "model", true: "lexicon"}[o.Lexicon]
		if got.Root != "REJECT" || got.Quad != "3" || got.By != by || o.Lexicon != (got.Why == nil) {
			t.Errorf("%+v: %+v", o, got)
		}
		if row := written(t, "plv", got); row != "a\tREJECT\t3\t"+got.Binary+"\n" {
			t.Errorf("row %q", row)
		}
	}
}

// All keeps the order of the sentences and puts errors where they belong.
func TestAll(t *testing.T) {
	c := coder(t, Options{Lang: "en", Lexicon: true})
	in := Read(strings.NewReader(`{"id": "0", "text": "Chile thanked Peru.", "date": "2020-01-02"}
{"id": "1"}
{"id": "2", "text": "Students and activists in Kenya staged a protest.", "date": "20200104"}
`), JSONLines)
	var lines []string
	for r, err := range c.All(t.Context(), in) {
		if err != nil {
			lines = append(lines, err.Error())
			continue
		}
		lines = append(lines, written(t, "petrarch", r))
	}
	want := []string{"20200102\tCHL\tPER\t051\t\t0\n", "sentence 1: has no text", "20200104\tKENOPP\t---\t141\t\t2\n"}
	if !slices.Equal(lines, want) {
		t.Errorf("%q", lines)
	}
}

func TestLanguageThatIsNotThere(t *testing.T) {
	r, err := opened()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(data.FS, r, Options{Lang: "xx"}); letopis.KindOf(err) != letopis.Unsupported {
		t.Errorf("all sentences in xx: %v", err)
	}
	_, err = coder(t, Options{Lexicon: true}).Code(t.Context(), &Sentence{ID: "7", Lang: "xx", Text: "x"})
	if letopis.KindOf(err) != letopis.Unsupported || !strings.Contains(err.Error(), "sentence 7") {
		t.Errorf("one sentence in xx: %v", err)
	}
}

// By codes by a group's own dictionaries and leaves the coder as it was.
func TestBy(t *testing.T) {
	d, report, err := petrarch.Open(fstest.MapFS{
		"own.verbs.txt":  {Data: []byte("--- VISIT [---] ---\nVISIT {VISITED}\n- * [042]\n")},
		"own.actors.txt": {Data: []byte("CHILE_ [CHL]\nPERU_ [PER]\n")},
	})
	if err != nil || len(report.Problems) > 0 {
		t.Fatal(err, report)
	}
	c := coder(t, Options{Lang: "en", Lexicon: true})
	s := &Sentence{ID: "a", Text: "Chile visited Peru.", Date: "2020-01-02"}
	own, err := c.By(d).Code(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	if line := written(t, "petrarch", own); !strings.HasPrefix(line, "20200102\tCHL\tPER\t042\t") {
		t.Errorf("own dictionaries: %q", line)
	}
	if line := written(t, "jsonl", own); !strings.HasPrefix(line, `{"id":"a","events":[{"source":"CHL"`) {
		t.Errorf("own dictionaries: %q", line)
	}
	ours, err := c.Code(t.Context(), s)
	if err != nil || ours.own != nil || len(ours.Events) == 0 {
		t.Errorf("ours after By: %+v, %v", ours, err)
	}
}

// Without a dictionary of CAMEO petrarch output goes by the events.
func TestPetrarchByEvents(t *testing.T) {
	r := &Result{ID: "a\tb", date: "2020-01-02", Events: []Event{
		{CAMEO: "042", SourceCountry: []string{"BGR", "SRB"}, TargetCountry: []string{}, Modality: letopis.Actual},
		{CAMEO: "112", SourceCountry: []string{"BGR"}, TargetCountry: []string{"SRB"}, Modality: letopis.Negated},
	}}
	if got, want := written(t, "petrarch", r), "20200102\tBGR\t---\t042\t\ta b\n20200102\tSRB\t---\t042\t\ta b\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// YIELD stands for the two categories that the set does not tell apart, and an unmarked
// sentence has the code of its first event.
func TestTableOfFirstEvent(t *testing.T) {
	r := &Result{ID: "a", Events: []Event{{Code: letopis.Retreat, Quad: 2}, {Code: letopis.Accuse, Quad: 3}}}
	if got := written(t, "plv", r); got != "a\tYIELD\t2\t\n" {
		t.Errorf("%q", got)
	}
}
