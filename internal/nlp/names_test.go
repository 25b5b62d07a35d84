package nlp

import (
	"context"
	"os"
	"strings"
	"testing"
)

func namedPack(t testing.TB, lang string) *Pack {
	s, err := Open(os.DirFS("../../data"))
	if err != nil {
		t.Fatal(err)
	}
	p, err := s.Pack(lang)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestNamesHaveBaseForms(t *testing.T) {
	for _, c := range []struct{ lang, text, want string }{
		{"ru", "Вчера встреча Михаила Карелина с министром прошла в Варшаве. Карелин доволен.", "PER Михаил Карелин;LOC Варшава;PER Карелин"},
		{"bg", "Според Европейската агенция за горите Петър Ковачев пътува за Виена.", "ORG Европейска агенция за горите;PER Петър Ковачев;LOC Виена"},
	} {
		a, err := namedPack(t, c.lang).Analyze(context.Background(), c.text)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, n := range a.Names {
			got = append(got, n.Type+" "+n.Base)
		}
		if g := strings.Join(got, ";"); g != c.want {
			t.Errorf("%s: got %s, want %s", c.text, g, c.want)
		}
	}
}

// FuzzNames checks that names are whole, ordered and inside the text.
func FuzzNames(f *testing.F) {
	f.Add("„Иван“ и \"Мария\" 2 – САЩ’s А.Б. 😀 \u200fשלום")
	f.Add(strings.Repeat("\"А ", 50))
	packs := []*Pack{namedPack(f, "bg"), namedPack(f, "ru")}
	f.Fuzz(func(t *testing.T, text string) {
		for _, p := range packs {
			a, err := p.Analyze(context.Background(), text)
			if err != nil {
				t.Fatal(err)
			}
			last := int32(0)
			for _, n := range a.Names {
				if n.Start < last || n.End <= n.Start || int(n.End) > len(text) || n.First > n.Last || n.Score < 0 || n.Score > 100 {
					t.Fatalf("name out of order: %+v", n)
				}
				last = n.End
			}
		}
	})
}

func BenchmarkNames(b *testing.B) {
	p := namedPack(b, "bg")
	text := strings.Repeat("Министърът на транспорта Петър Ковачев заяви пред агенция „Север“, че договорът между Австрия и Унгария ще бъде подписан във Виена през май. ", 200)
	a, err := p.Analyze(context.Background(), text)
	if err != nil {
		b.Fatal(err)
	}
	n, err := p.names()
	if err != nil || n == nil {
		b.Skip("no model")
	}
	words := 0
	for i := range a.Sentences {
		words += len(a.Sentences[i].Tokens)
	}
	buf := &nameBuffer{}
	b.ReportAllocs()
	for b.Loop() {
		n.recognize(text, a, buf)
	}
	b.ReportMetric(float64(words)*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}
