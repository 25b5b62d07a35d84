package score_test

import (
	"encoding/json"
	"math"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"letopis"
	"letopis/internal/score"
)

// writeNames writes answers as a folder of .out files.
func writeNames(t *testing.T, groups []score.NameGroup) string {
	t.Helper()
	root := t.TempDir()
	for _, g := range groups {
		dir := filepath.Join(root, g.Topic, g.Lang)
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		for _, d := range g.Docs {
			if err := os.WriteFile(filepath.Join(dir, d.Stem+".txt.out"), []byte(score.FormatNames(&d)), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	return root
}

// confused returns answers with names dropped, cut, renamed, retyped, and linked wrongly.
func confused(groups []score.NameGroup) []score.NameGroup {
	rnd := rand.New(rand.NewSource(2))
	var out []score.NameGroup
	for _, g := range groups {
		c := score.NameGroup{Topic: g.Topic, Lang: g.Lang}
		for i, d := range g.Docs {
			if i%11 == 7 {
				continue
			}
			doc := score.NameDoc{ID: d.ID, Stem: d.Stem}
			if i%5 == 0 {
				doc.ID = "another id"
			}
			for _, n := range d.Names {
				switch rnd.Intn(9) {
				case 0:
					continue
				case 1:
					n.Form, _, _ = strings.Cut(n.Form, " ")
				case 2:
					n.Base = n.Form
				case 3:
					n.Base = ""
				case 4:
					n.Category = "LOC"
				case 5:
					n.ID = "LUMP"
				case 6:
					doc.Names = append(doc.Names, n)
					n.ID = "TWICE"
				case 7:
					n.ID = ""
				}
				doc.Names = append(doc.Names, n)
			}
			c.Docs = append(c.Docs, doc)
		}
		out = append(out, c)
	}
	return out
}

func TestNamesEqualReferenceScorer(t *testing.T) {
	root := filepath.Join(shared(t), "data")
	gold, err := score.OpenNames(filepath.Join(root, "bsnlp"), func(topic, lang string) bool {
		return (topic == "asia_bibi" || topic == "ryanair") && (lang == "bg" || lang == "ru" || lang == "uk")
	})
	if err != nil || len(gold) != 6 {
		t.Fatalf("%d groups, error %v", len(gold), err)
	}
	system := confused(gold)
	dir := writeNames(t, system)
	file := filepath.Join(t.TempDir(), "scores.json")
	reference(t, filepath.Join(root, "score_bsnlp.py"), dir, "--gold", filepath.Join(root, "bsnlp"),
		"--topics", "asia_bibi,ryanair", "--langs", "bg,ru,uk", "--full", "--json", file)
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var want struct {
		Documents, Missing, Extra int
		Scores                    []struct {
			Metric, Topic, Lang, Category string
			P, R, F1                      float64
		}
	}
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	read, err := score.OpenNames(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, sys := range map[string][]score.NameGroup{"in memory": system, "from files": read} {
		got := score.ScoreNames(gold, sys)
		if got.Documents != want.Documents || got.Missing != want.Missing || got.Extra != want.Extra {
			t.Errorf("%s: %d documents, %d missing, %d extra; want %d, %d, %d", name,
				got.Documents, got.Missing, got.Extra, want.Documents, want.Missing, want.Extra)
		}
		if len(want.Scores) < 200 {
			t.Fatalf("only %d reference scores", len(want.Scores))
		}
		for _, w := range want.Scores {
			all := func(s string) string { return strings.TrimPrefix(s, "all") }
			f, ok := got.Figure(w.Metric, all(w.Topic), all(w.Lang), all(w.Category))
			if !ok || far(f.P, w.P) || far(f.R, w.R) || far(f.F1, w.F1) {
				t.Errorf("%s: %+v, want %+v", name, f, w)
			}
		}
	}
}

// far reports whether a value differs from one that is rounded to five digits.
func far(v, rounded float64) bool { return math.Abs(v-rounded) > 0.000006 }

func TestNamesOfARecord(t *testing.T) {
	at := func(s string) letopis.Range { return letopis.Range{Text: s} }
	r := &letopis.Record{Entities: []letopis.Entity{
		{ID: "e1", Type: letopis.Person, KB: "person/ivanova", Mentions: []letopis.Mention{
			{Range: at("Анна\nИванова"), Form: letopis.FormName, Base: "Анна Иванова"},
			{Range: at("АННА ИВАНОВА"), Form: letopis.FormName, Base: "Анна Иванова"},
			{Range: at("тя"), Form: letopis.FormPronoun}}},
		{ID: "e2", Type: letopis.Location, Name: "Варна", Latin: "Varna", Mentions: []letopis.Mention{{Range: at("Варна"), Form: letopis.FormName}}},
		{ID: "e3", Type: "DATE", Mentions: []letopis.Mention{{Range: at("май"), Form: letopis.FormName}}},
	}}
	doc := score.NameDoc{ID: "d", Names: score.RecordNames(r)}
	if got, want := score.FormatNames(&doc), "d\nанна иванова\tанна иванова\tPER\tperson/ivanova\nварна\t\tLOC\tLOC:varna\n"; got != want {
		t.Errorf("%q\nwant %q", got, want)
	}
	gold := []score.NameGroup{{Topic: "t", Lang: "bg", Docs: []score.NameDoc{{ID: "d", Names: []score.Name{
		{Form: "анна иванова", Base: "анна иванова", Category: "PER", ID: "1"}, {Form: "иванова", Base: "иванова", Category: "PER", ID: "1"},
		{Form: "варна", Base: "варна", Category: "LOC", ID: "2"}}}}}}
	s := score.ScoreNames(gold, []score.NameGroup{{Topic: "t", Lang: "bg", Docs: []score.NameDoc{doc}}})
	for metric, want := range map[string]float64{"strict": 0.8, "exact": 1, "partial": 1, "lemma": 1} {
		if f, ok := s.Figure(metric, "", "", ""); !ok || math.Abs(f.F1-want) > 1e-9 {
			t.Errorf("%s: %+v, want %v", metric, f, want)
		}
	}
}

func FuzzParseNames(f *testing.F) {
	f.Add([]byte("\ufeffid\r\nА Б\tА\tPER\tX\n\nб\t\tloc\n"), "x.txt.out")
	f.Fuzz(func(t *testing.T, data []byte, name string) {
		d, err := score.ParseNames(data, name)
		if err != nil {
			return
		}
		g := []score.NameGroup{{Docs: []score.NameDoc{d}}}
		s := score.ScoreNames(g, g)
		if f, ok := s.Figure("strict", "", "", ""); ok && f.F1 != 1 {
			t.Fatalf("%+v against itself: %+v", d, f)
		}
	})
}
