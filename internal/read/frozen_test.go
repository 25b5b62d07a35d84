package read

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"letopis"
	"letopis/internal/page"
	"letopis/internal/ud"
)

// The rules are tested without models: the sentences of our own that other tests read, and the example
// articles, stand here with the analysis that the models gave them once, so that
// a rule is tested in milliseconds and another model changes nothing here. -freeze analyses them anew;
// -update rewrites the digests of their records, whose diff a person reads.
const (
	frozenTexts   = "testdata/frozen.jsonl.gz"
	frozenRecords = "testdata/frozen.golden"
)

var freeze = flag.Bool("freeze", false, "analyse the frozen texts anew, with the models")

// frozen is a text with its analysis.
type frozen struct {
	ID        string
	Published letopis.When
	Analysis  ud.Analysis
	Text      string
}

// readFrozen opens the frozen texts.
func readFrozen(t testing.TB) []frozen {
	t.Helper()
	f, err := os.Open(frozenTexts)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var out []frozen
	for dec := json.NewDecoder(bufio.NewReader(z)); dec.More(); {
		var x frozen
		if err := dec.Decode(&x); err != nil {
			t.Fatalf("%s: %v", frozenTexts, err)
		}
		out = append(out, x)
	}
	return out
}

// source is what the page of a frozen text is made of: no model is loaded.
func (x *frozen) source(t testing.TB, r *Reader) page.Source {
	t.Helper()
	doc := &letopis.Document{ID: letopis.ID(x.ID), Lang: x.Analysis.Lang, Text: x.Text}
	if x.Published != "" {
		doc.Published = letopis.Published{Value: x.Published, Basis: letopis.BasisMetadata}
	}
	lex, err := r.lexicon(x.Analysis.Lang)
	if err != nil {
		t.Fatal(err)
	}
	times, err := r.times.Lang(x.Analysis.Lang)
	if err != nil {
		t.Fatal(err)
	}
	return page.Source{Doc: doc, Analysis: &x.Analysis, Lexicon: lex, KB: r.kb, Times: times}
}

func TestFrozen(t *testing.T) {
	if *freeze {
		freezeTexts(t)
	}
	r := opened(t)
	var b strings.Builder
	for _, x := range readFrozen(t) {
		tr := &trace{}
		rec, err := r.phases(context.Background(), x.source(t, r), tr, nil, nil)
		if err != nil {
			t.Fatalf("%s: %v", x.ID, err)
		}
		fmt.Fprintf(&b, "== %s\n%s", x.ID, recordDigest(rec))
		for _, s := range tr.out {
			for _, n := range s.Notes {
				fmt.Fprintf(&b, "  %s %s «%s» %s\n", n.Phase, n.Reason, n.Words.Text, n.Detail)
			}
		}
	}
	if update := flag.Lookup("update"); *freeze || update != nil && update.Value.String() == "true" {
		if err := os.WriteFile(frozenRecords, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(frozenRecords)
	if err != nil {
		t.Fatal(err)
	}
	got, kept := strings.Split(b.String(), "\n"), strings.Split(string(want), "\n")
	for i := range max(len(got), len(kept)) {
		if i >= len(got) || i >= len(kept) || got[i] != kept[i] {
			t.Fatalf("%s:%d: the records changed; if that is meant, run go test ./internal/read -run Frozen -update and read the diff\ngot:  %s\nwant: %s",
				frozenRecords, i+1, strings.Join(got[min(i, len(got)):min(i+3, len(got))], "\n      "), strings.Join(kept[min(i, len(kept)):min(i+3, len(kept))], "\n      "))
		}
	}
}

// freezeTexts analyses the texts and writes them.
func freezeTexts(t *testing.T) {
	r := opened(t)
	f, err := os.Create(frozenTexts)
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewWriterLevel(f, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	enc := json.NewEncoder(z)
	for _, doc := range textsToFreeze(t) {
		pack, err := r.packs.Pack(doc.Lang)
		if err != nil {
			t.Fatal(err)
		}
		a, err := pack.Analyze(context.Background(), doc.Text)
		if err == nil {
			err = pack.AddNames(doc.Text, a)
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := enc.Encode(frozen{ID: string(doc.ID), Published: doc.Published.Value, Analysis: *a, Text: doc.Text}); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(z.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
}

// textsToFreeze lists the example articles, the golden ones and the sentences of the cases.
func textsToFreeze(t *testing.T) []*letopis.Document {
	var out []*letopis.Document
	data := os.DirFS("../../data")
	demo, err := fs.Glob(data, "demo/*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range demo {
		b, err := fs.ReadFile(data, name)
		if err != nil {
			t.Fatal(err)
		}
		var d struct{ Lang, Published, Title, Text string }
		if err := json.Unmarshal(b, &d); err != nil {
			t.Fatal(err)
		}
		out = append(out, &letopis.Document{ID: letopis.ID(filepath.Base(name)), Lang: d.Lang, Text: d.Text, Published: letopis.Published{Value: letopis.When(d.Published)}})
	}
	golden, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range golden {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		lang, _, _ := strings.Cut(filepath.Base(name), "-")
		head, text, _ := strings.Cut(string(b), "\n\n")
		doc := &letopis.Document{ID: letopis.ID(filepath.Base(name)), Lang: lang, Text: text}
		for line := range strings.Lines(head) {
			if v, ok := strings.CutPrefix(strings.TrimSpace(line), "published: "); ok {
				doc.Published.Value = letopis.When(v)
			}
		}
		out = append(out, doc)
	}
	for _, lang := range []string{"bg", "en", "ru"} {
		b, err := fs.ReadFile(data, "lang/"+lang+"/cases/say.case")
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for line := range strings.Lines(string(b)) {
			if _, s, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok && line[0] != '#' {
				n++
				text := strings.NewReplacer("[", "", "]", "", "{", "", "}", "", "<", "", ">", "", "|", "\n").Replace(s)
				out = append(out, &letopis.Document{ID: letopis.ID(fmt.Sprintf("%s-say-%d", lang, n)), Lang: lang, Text: text, Published: letopis.Published{Value: "2020-12-10"}})
			}
		}
	}
	return append(out, sentencesOfTests(t)...)
}

// sentencesOfTests lists the sentences in the tables of the other tests of this package: literals that begin
// with a language and a text.
func sentencesOfTests(t *testing.T) []*letopis.Document {
	files, err := filepath.Glob("*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	var out []*letopis.Document
	seen := map[string]bool{}
	for _, name := range files {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			lit, ok := n.(*ast.CompositeLit)
			if !ok || len(lit.Elts) < 2 {
				return true
			}
			lang := literal(lit.Elts[0])
			if lang != "bg" && lang != "en" && lang != "ru" {
				return true
			}
			for _, e := range lit.Elts[1:] {
				if text := literal(e); strings.Count(text, " ") > 2 && !seen[text] {
					seen[text] = true
					id := fmt.Sprintf("%s-%s-%d", lang, strings.TrimSuffix(name, "_test.go"), len(out))
					out = append(out, &letopis.Document{ID: letopis.ID(id), Lang: lang, Text: text, Published: letopis.Published{Value: "2020-05-15"}})
					break
				}
			}
			return true
		})
	}
	return out
}

// literal is the value of a string literal, or "".
func literal(e ast.Expr) string {
	if b, ok := e.(*ast.BasicLit); ok && b.Kind == token.STRING {
		s, err := strconv.Unquote(b.Value)
		if err == nil {
			return s
		}
	}
	return ""
}

// recordDigest writes a record so that a person can read a change of it.
func recordDigest(rec *letopis.Record) string {
	var b strings.Builder
	name := map[string]string{"": "-"}
	fmt.Fprintf(&b, "published %s %s %s\n", rec.Document.Published.Value, rec.Document.Published.Basis, rec.Document.Published.Rule)
	for _, s := range rec.Document.Provenance {
		fmt.Fprintf(&b, "source %s %s (%s)\n", s.Role, s.Name, s.Rule)
	}
	for _, e := range rec.Entities {
		name[e.ID] = strings.TrimSuffix(e.Name+"/"+e.Country, "/")
		fmt.Fprintf(&b, "%s %s %q %s %s %s", e.ID, e.Type, e.Name, e.Country, e.KB, e.Rule)
		for _, p := range e.Roles {
			fmt.Fprintf(&b, " [%s %s]", p.Text, p.Sector)
		}
		for _, m := range e.Mentions {
			fmt.Fprintf(&b, " %s:%s", m.Form, m.Text)
		}
		b.WriteString("\n")
	}
	for _, d := range rec.Dates {
		fmt.Fprintf(&b, "date «%s» %s\n", d.Text, d.Value)
	}
	for _, s := range rec.Statements {
		cue, who := "-", "-"
		if s.Cue != nil {
			cue = s.Cue.Text
		}
		if s.Speaker.Mention != nil {
			who = s.Speaker.Mention.Text
		}
		fmt.Fprintf(&b, "%s %s %s %v %s | %s | %s | %v | %s «%s»\n", s.ID, s.Kind, s.Date, s.Recalled, name[s.Speaker.Entity], who, cue, s.Via, s.Rule, s.Content.Text)
	}
	for _, e := range rec.Events {
		fmt.Fprintf(&b, "%s %s/%s %v %v → %v %v %s %s %v @%s %v «%s» %s\n", e.ID, e.Code, e.Mode, e.SourceCountry, names(name, e.Source), e.TargetCountry, names(name, e.Target), e.Modality, e.Date, e.Recalled, name[e.Place], e.Context, e.Trigger.Text, e.Rule)
	}
	return b.String()
}

func names(name map[string]string, ids []string) []string {
	var out []string
	for _, id := range ids {
		out = append(out, name[id])
	}
	return out
}

// BenchmarkPhases reads the example articles from their analyses: all that comes after the models.
func BenchmarkPhases(b *testing.B) {
	r := opened(b)
	var texts []frozen
	for _, x := range readFrozen(b) {
		if strings.HasSuffix(x.ID, ".json") {
			texts = append(texts, x)
		}
	}
	sources := make([]page.Source, len(texts))
	for i := range texts {
		sources[i] = texts[i].source(b, r)
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, src := range sources {
			if _, err := r.phases(context.Background(), src, nil, nil, nil); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(sources)), "ns/article")
}
