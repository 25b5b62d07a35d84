package nlp

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"letopis/internal/model"
	"letopis/internal/ud"
)

// tree names the heads of a short sentence of our own that any usable parser must find.
var trees = []struct {
	lang, text string
	want       map[string]string // word → relation and head
}{
	{"bg", "Министърът заяви, че страната ще подпише договора.",
		map[string]string{"Министърът": "nsubj заяви", "заяви": "root", "подпише": "ccomp заяви", "договора": "obj подпише"}},
	{"ru", "Президент подписал новый закон.",
		map[string]string{"Президент": "nsubj подписал", "подписал": "root", "закон": "obj подписал", "новый": "amod закон"}},
	{"en", "The president signed a new law.",
		map[string]string{"president": "nsubj signed", "signed": "root", "law": "obj signed", "new": "amod law"}},
}

func TestTrees(t *testing.T) {
	set := openSet(t)
	for _, c := range trees {
		p, err := set.Pack(c.lang)
		if err != nil {
			t.Fatal(err)
		}
		if p.parser == nil {
			t.Skip("no parser in the pack: run make models")
		}
		a, err := p.Analyze(context.Background(), c.text)
		if err != nil {
			t.Fatal(err)
		}
		if len(a.Sentences) != 1 {
			t.Fatalf("%q: %d sentences", c.text, len(a.Sentences))
		}
		words := a.Sentences[0].Words
		for _, w := range words[1:] {
			got := string(w.Deprel)
			if w.Head != 0 {
				got += " " + words[w.Head].Form
			}
			if want := c.want[w.Form]; want != "" && got != want {
				t.Errorf("%s %q: %s is %s, want %s", c.lang, c.text, w.Form, got, want)
			}
		}
	}
}

func TestAnalyzeConlluKeepsTokens(t *testing.T) {
	const given = "# sent_id = a\n1-2\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n1\tdo\tx\tX\t_\t_\t0\troot\t_\t_\n2\tn't\tx\tX\t_\t_\t1\tdep\t_\t_\n3\tgo home\tx\tX\t_\t_\t1\tdep\t_\tKeep=Me\n\n"
	c, err := ud.ReadConllu(bytes.NewReader([]byte(given)), "en")
	if err != nil {
		t.Fatal(err)
	}
	if err := pack(t, "en").AnalyzeConllu(context.Background(), c); err != nil {
		t.Fatal(err)
	}
	s := c.Analysis.Sentences[0]
	if len(s.Tokens) != 2 || s.Words[3].Form != "go home" || c.Extra[0].Misc[3] != "Keep=Me" {
		t.Errorf("tokens or columns changed: %+v", s)
	}
	if s.Words[1].UPOS != "AUX" || s.Words[2].Lemma != "not" && s.Words[2].Lemma != "n't" {
		t.Errorf("words are not tagged anew: %+v", s.Words)
	}
	checkTree(t, &s)
}

func TestAnalyzeIsDeterministic(t *testing.T) {
	text := "Президентът Х. Петров подписа договора. – Ще видим, каза той. «Нещо ново» 12.05.2020 г."
	var first []byte
	for range 3 {
		p := pack(t, "bg")
		a, err := p.Analyze(context.Background(), text)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := ud.WriteConllu(&b, a, text, "d"); err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = b.Bytes()
		} else if !bytes.Equal(first, b.Bytes()) {
			t.Fatalf("two analyses differ:\n%s\n%s", first, b.Bytes())
		}
	}
}

func TestModelsRejectDamage(t *testing.T) {
	var w model.Writer
	w.Bytes("act", model.PackWeights(nil, 3, 2))
	w.Bytes("lab", model.PackWeights(nil, 1, 2))
	w.Strings("deprel", []string{"root"})
	w.Uint32s("ckeys", []uint32{0})
	for name, list := range map[string][]byte{"no such relation": {1, 7}, "cut short": {3, 0}, "none": {}} {
		w.Bytes("clist", list)
		f, err := model.Open(w.Finish())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := OpenParser(f); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	w.Bytes("clist", []byte{1, 0})
	f, err := model.Open(w.Finish())
	if err != nil {
		t.Fatal(err)
	}
	p, err := OpenParser(f)
	if err != nil {
		t.Fatal(err)
	}
	words := make([]ud.Word, 9)
	p.ParseWords(words) // a parser that knows nothing still gives a tree
	checkTree(t, &ud.Sentence{Words: words})
}

func TestPartsAreASet(t *testing.T) {
	p := Parts("NOUN", "", "Case=Nom|Number=Sing")
	if !slices.IsSorted(p) || len(slices.Compact(slices.Clone(p))) != len(p) {
		t.Errorf("parts %v", p)
	}
}

func FuzzOpenModels(f *testing.F) {
	f.Add([]byte{1, 0, 0, 0, 1, 0, 0, 0}, []byte("x"))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		var w model.Writer
		for _, n := range []string{"w", "act", "tags", "lists", "fkeys", "flist", "ckeys", "lkeys"} {
			w.Bytes(n, a)
		}
		for _, n := range []string{"lab", "deprel", "clist", "ekeys", "elist", "lrule", "rules"} {
			w.Bytes(n, b)
		}
		m, err := model.Open(w.Finish())
		if err != nil {
			return
		}
		words := make([]ud.Word, 4)
		if p, err := OpenParser(m); err == nil {
			p.ParseWords(words)
		}
		if g, err := OpenTagger(m, nil); err == nil {
			g.TagWords(words)
		}
	})
}

const sampleNews = "Министърът на външните работи заяви в понеделник, че страната му ще подпише договора с Европейския съюз през 2020 г. „Няма да отстъпим“, каза той пред журналисти в Брюксел. По думите му преговорите са трудни, но ще приключат до края на годината.\n"

func BenchmarkAnalyze(b *testing.B) {
	p := pack(b, "bg")
	text := ""
	for range 20 {
		text += sampleNews
	}
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		a, err := p.Analyze(context.Background(), text)
		if err != nil {
			b.Fatal(err)
		}
		n = 0
		for i := range a.Sentences {
			n += len(a.Sentences[i].Tokens)
		}
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}

func BenchmarkOpenPack(b *testing.B) {
	for b.Loop() {
		s, err := Open(data)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := s.Pack("bg"); err != nil {
			b.Fatal(err)
		}
	}
}

func TestDateline(t *testing.T) {
	for text, want := range map[string]int{
		"OSLO, March 3 (Nordvik) - The minister met the envoy.":                                    8,
		"ОСЛО, 3 марта /Нордвик/ - Министр принял посла.":                                          8,
		"(AP) - The minister met the envoy.":                                                       0,
		"The minister (a lawyer) met the envoy - twice.":                                           0,
		"The minister - a lawyer (and father) - met the envoy.":                                    0,
		"The minister of trade and of all the ships that lie in that port (Oslo) - met the envoy.": 0,
	} {
		lang := "en"
		if strings.HasPrefix(text, "О") {
			lang = "ru"
		}
		a, err := pack(t, lang).Analyze(context.Background(), text)
		if err != nil {
			t.Fatal(err)
		}
		words := a.Sentences[0].Words
		if got := dateline(words); got != want {
			t.Errorf("%s: %d words of dateline, want %d", text, got, want)
		}
		roots := 0
		for i := 1; i < len(words); i++ {
			if words[i].Head == 0 {
				roots++
			}
			k := int32(i)
			for n := 0; k != 0; n++ {
				if n > len(words) {
					t.Fatalf("%s: no tree", text)
				}
				k = words[k].Head
			}
		}
		if roots != 1 {
			t.Errorf("%s: %d roots", text, roots)
		}
	}
}
