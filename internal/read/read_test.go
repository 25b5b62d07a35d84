package read_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"letopis"
	"letopis/data"
	"letopis/internal/read"
)

var update = flag.Bool("update", false, "rewrite the golden records; a person reads the diff")

var open = sync.OnceValues(func() (*read.Reader, error) { return read.Open(data.FS) })

// reader returns a reader with its models. go test -short does without them: what it runs takes a second.
func reader(t testing.TB) *read.Reader {
	t.Helper()
	if testing.Short() {
		t.Skip("loads models")
	}
	r, err := open()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// article is a golden article: a head of "name: value" lines, a blank line, the text.
func article(t testing.TB, path string) *letopis.Document {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	head, text, ok := strings.Cut(string(b), "\n\n")
	if !ok {
		t.Fatalf("%s: no blank line after the head", path)
	}
	doc := &letopis.Document{ID: letopis.ID(strings.TrimSuffix(filepath.Base(path), ".txt")), Text: text}
	for _, l := range strings.Split(head, "\n") {
		k, v, _ := strings.Cut(l, ": ")
		switch k {
		case "lang":
			doc.Lang = v
		case "published":
			doc.Published = letopis.Published{Value: letopis.When(v), Basis: letopis.BasisMetadata}
		}
	}
	return doc
}

// digest writes a record so that a person can read what was found.
func digest(rec *letopis.Record) string {
	var b strings.Builder
	name := map[string]string{"": "?"}
	for _, e := range rec.Entities {
		name[e.ID] = e.Name
		if e.Country != "" {
			name[e.ID] += " [" + e.Country + "]"
		}
	}
	p := rec.Document.Published
	fmt.Fprintf(&b, "published %s %s", p.Value, p.Basis)
	for _, e := range p.Evidence {
		fmt.Fprintf(&b, " «%s»", e.Text)
	}
	fmt.Fprintln(&b)
	for _, s := range rec.Document.Provenance {
		fmt.Fprintf(&b, "source %s %s (%s)\n", s.Role, s.Name, s.Rule)
	}
	for _, d := range rec.Dates {
		fmt.Fprintf(&b, "date «%s» %s\n", d.Text, d.Value)
	}
	for _, s := range rec.Statements {
		cue, words := "-", "-"
		if s.Cue != nil {
			cue = s.Cue.Text
		}
		if s.Speaker.Mention != nil {
			words = s.Speaker.Mention.Text
		}
		fmt.Fprintf(&b, "%s %s %s%s: %s | %s | %s | via %v (%s)\n", s.ID, s.Kind, s.Date, recalled(s.Recalled), name[s.Speaker.Entity], words, cue, s.Via, s.Rule)
		fmt.Fprintf(&b, "   «%s»\n", s.Content.Text)
	}
	for _, e := range rec.Events {
		fmt.Fprintf(&b, "%s %s %v → %v %s %s%s «%s» (%s)\n", e.ID, e.Code, e.SourceCountry, e.TargetCountry, e.Modality, e.Date, recalled(e.Recalled), e.Trigger.Text, e.Rule)
	}
	return b.String()
}

func recalled(r bool) string {
	if r {
		return " recalled"
	}
	return ""
}

func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no golden articles in testdata")
	}
	r := reader(t)
	for _, f := range files {
		t.Run(filepath.Base(f), func(t *testing.T) {
			rec, err := r.Read(context.Background(), article(t, f))
			if err != nil {
				t.Fatal(err)
			}
			sound(t, rec)
			got := digest(rec)
			golden := strings.TrimSuffix(f, ".txt") + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("the record changed; if that is meant, run go test ./internal/read -update and read the diff\ngot:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

// sound checks what holds for every record whatever was found.
func sound(t testing.TB, rec *letopis.Record) {
	t.Helper()
	text := []rune(rec.Document.Text)
	check := func(what string, r letopis.Range) {
		if r.Start < 0 || r.End > len(text) || r.Start >= r.End || string(text[r.Start:r.End]) != r.Text {
			t.Errorf("%s: range %d..%d is not %q", what, r.Start, r.End, r.Text)
		}
	}
	ids := map[string]bool{"": true}
	for _, e := range rec.Entities {
		ids[e.ID] = true
		for _, m := range e.Mentions {
			check("mention of "+e.ID, m.Range)
		}
	}
	last := -1
	for _, d := range rec.Dates {
		check("date", d.Range)
		if d.Start < last {
			t.Errorf("date %q out of order", d.Text)
		}
		last = d.Start
	}
	for _, s := range rec.Statements {
		check("statement "+s.ID, s.Content)
		if s.Cue != nil {
			check("cue of "+s.ID, *s.Cue)
		}
		if s.Speaker.Mention != nil {
			check("speaker of "+s.ID, *s.Speaker.Mention)
		}
		if !ids[s.Speaker.Entity] {
			t.Errorf("statement %s: no entity %s", s.ID, s.Speaker.Entity)
		}
	}
	for _, e := range rec.Events {
		check("trigger of "+e.ID, e.Trigger)
		check("evidence of "+e.ID, e.Evidence)
		for _, id := range append(append([]string{}, e.Source...), e.Target...) {
			if !ids[id] {
				t.Errorf("event %s: no entity %s", e.ID, id)
			}
		}
	}
	for _, p := range rec.Document.Provenance {
		if p.End > 0 {
			check("source", p.Range)
		}
	}
}

// TestDeterministic reads every golden article on one core and on many, twice.
func TestDeterministic(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.txt")
	r := reader(t)
	var first map[string][]byte
	for _, procs := range []int{1, 8} {
		old := runtime.GOMAXPROCS(procs)
		got := map[string][]byte{}
		var mu sync.Mutex
		var wg sync.WaitGroup
		for _, f := range files {
			doc := article(t, f)
			wg.Go(func() {
				rec, err := r.Read(context.Background(), doc)
				if err != nil {
					t.Error(err)
					return
				}
				b, err := json.Marshal(rec)
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				got[f] = b
				mu.Unlock()
			})
		}
		wg.Wait()
		runtime.GOMAXPROCS(old)
		if first == nil {
			first = got
			continue
		}
		for f := range got {
			if !bytes.Equal(first[f], got[f]) {
				t.Errorf("%s: another record on %d cores", f, procs)
			}
		}
	}
}

// TestHostile reads inputs that would make quadratic phases hang: the test's own
// deadline is the bound, generous enough for a slow machine.
func TestHostile(t *testing.T) {
	r := reader(t)
	inputs := map[string]string{
		"quotation marks": strings.Repeat("\" „ « ", 10000),
		"no spaces":       strings.Repeat("ааа", 300000),
		"one Latin word":  strings.Repeat("x", 5000000), // no noun, so its stem is looked for
		"cues":            strings.Repeat("каза, че заяви ", 20000),
		"names":           strings.Repeat("Иван Петров и Мария ", 10000),
		"many names":      manyNames(20000),
		"one event":       strings.Repeat("Русия нападна Китай. ", 30000),
		"one event dated": datedEvents(20000),
		"colons":          strings.Repeat("а: б: ", 20000),
		"brackets":        strings.Repeat("(", 50000),
		"right to left":   strings.Repeat("שלום عالم 😀 ", 10000),
		"invalid bytes":   strings.Repeat("каза \xff\xfe че ", 1000),
	}
	for name, text := range inputs {
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
		rec, err := r.Read(ctx, &letopis.Document{ID: "x", Lang: "bg", Text: text})
		cancel()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if name != "invalid bytes" {
			sound(t, rec)
		}
	}
}

// datedEvents tells the same of n years.
func datedEvents(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "През %d г. Русия нападна Китай. ", 1900+i%120)
	}
	return b.String()
}

// manyNames lists n different people.
func manyNames(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "Петър %c%c%c%cов, ", 'А'+i%30, 'а'+i/30%30, 'а'+i/900%30, 'а'+i*7%30)
	}
	return b.String()
}

func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.txt")
	for _, name := range files {
		doc := article(f, name)
		f.Add(doc.Lang, doc.Text)
	}
	f.Add("bg", "„А“: каза той, че „Б")
	f.Add("ru", "- А, - сказал он. \"Б\", - говорится в заявлении")
	f.Add("en", "\"A,\" he said. 'B'")
	r := reader(f)
	f.Fuzz(func(t *testing.T, lang, text string) {
		if lang != "bg" && lang != "ru" && lang != "en" || len(text) > 4000 {
			return
		}
		rec, err := r.Read(context.Background(), &letopis.Document{ID: "x", Lang: lang, Text: strings.ToValidUTF8(text, "?")})
		if err != nil {
			t.Fatal(err)
		}
		sound(t, rec)
	})
}

func BenchmarkRead(b *testing.B) {
	r := reader(b)
	files, _ := filepath.Glob("testdata/*.txt")
	var docs []*letopis.Document
	n := 0
	for _, f := range files {
		doc := article(b, f)
		docs = append(docs, doc)
		n += len(doc.Text)
	}
	b.SetBytes(int64(n))
	b.ReportAllocs()
	for b.Loop() {
		for _, d := range docs {
			if _, err := r.Read(context.Background(), d); err != nil {
				b.Fatal(err)
			}
		}
	}
}
