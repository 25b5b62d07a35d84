package read

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"

	"letopis"
	"letopis/internal/linear"
)

// TestRanges checks how far reported words go, with the weights that are shipped.
func TestRanges(t *testing.T) {
	if testing.Short() {
		t.Skip("loads models")
	}
	r := opened(t)
	for _, c := range []struct{ lang, text, content string }{
		{"en", "The minister said Norway would sign the treaty in May, according to Reuters.", "Norway would sign the treaty in May"},
		{"en", "The minister said the deal was fair and promised to publish it.", "the deal was fair"},
		{"en", "Ivanova told reporters on Friday that the talks had failed because Oslo wanted more time, as the ministry had warned.", "the talks had failed because Oslo wanted more time"},
		{"en", "He called on Finland to return the ships while talks in Oslo continued.", "to return the ships while talks in Oslo continued"},
		{"bg", "Министърът заяви, че Норвегия ще подпише договора през май, предаде Ройтерс.", "Норвегия ще подпише договора през май"},
		{"bg", "Министърът поиска Швеция да отвори границата и обеща помощ.", "Швеция да отвори границата"},
		{"bg", "Посланикът призова Норвегия да върне корабите, които задържа през март.", "да върне корабите"},
		{"ru", "Министр попросил Швецию открыть границу и обещал помощь.", "открыть границу"},
		{"ru", "Посол призвал Норвегию вернуть суда, задержанные в марте, и пообещал ответить.", "вернуть суда, задержанные в марте"},
	} {
		rec, err := r.Read(context.Background(), &letopis.Document{ID: "x", Lang: c.lang, Text: c.text})
		if err != nil {
			t.Fatal(err)
		}
		if len(rec.Statements) == 0 || rec.Statements[0].Content.Text != c.content {
			t.Errorf("%q: %+v, want the words %q", c.text, rec.Statements, c.content)
		}
	}
}

// TestChosenRange gives the chooser weights of its own: it takes the range that they favour,
// but only by the margin, and of its candidates none has the speaker, the word of saying or
// what the speaker does besides in it.
func TestChosenRange(t *testing.T) {
	if testing.Short() {
		t.Skip("loads models")
	}
	r := opened(t)
	doc := letopis.Document{ID: "x", Lang: "en", Text: "The minister said the deal with Norway was fair and that it would last, and left the hall on Monday."}
	cases, err := r.Cases(context.Background(), &doc)
	if err != nil {
		t.Fatal(err)
	}
	cases = slices.DeleteFunc(cases, func(c Case) bool { return c.Question != AskRange })
	if len(cases) != 1 || len(cases[0].Candidates) < 3 {
		t.Fatalf("%d questions, want one of three ranges or more: %+v", len(cases), cases)
	}
	text := []rune(doc.Text)
	part := func(s letopis.Span) string { return string(text[s.Start:s.End]) }
	if got := part(cases[0].At); got != "said" {
		t.Errorf("the question is about %q, want said", got)
	}
	own := cases[0].Candidates[0]
	for _, c := range cases[0].Candidates {
		for _, w := range []string{"minister", "said", "left the hall"} {
			if strings.Contains(part(c.Words), w) && !strings.Contains(part(own.Words), w) {
				t.Errorf("candidate %q has %q in it", part(c.Words), w)
			}
		}
	}
	shorter := -1
	for n, c := range cases[0].Candidates {
		if c.Words.End < own.Words.End && shorter < 0 {
			shorter = n
		}
	}
	if shorter < 0 {
		t.Fatal("no shorter range among the candidates")
	}
	for _, w := range []struct {
		weight int32
		moves  bool
	}{{spanMargin - 1, false}, {spanMargin, true}} {
		only := map[string]int32{}
		for _, f := range cases[0].Candidates[shorter].Features {
			others := 0
			for _, c := range cases[0].Candidates {
				if slices.Contains(c.Features, f) {
					others++
				}
			}
			if others == 1 {
				only[f] = w.weight
				break
			}
		}
		if len(only) == 0 {
			t.Fatal("no feature of one candidate alone")
		}
		rec, err := r.WithChooser(linear.New(only)).Read(context.Background(), &doc)
		if err != nil {
			t.Fatal(err)
		}
		want := part(own.Words)
		if w.moves {
			want = part(cases[0].Candidates[shorter].Words)
		}
		if len(rec.Statements) != 1 || rec.Statements[0].Content.Text != want {
			t.Errorf("weight %d: %+v, want %q", w.weight, rec.Statements, want)
		}
	}
}

func opened(t testing.TB) *Reader {
	t.Helper()
	r, err := Open(os.DirFS("../../data"))
	if err != nil {
		t.Fatal(err)
	}
	return r
}
