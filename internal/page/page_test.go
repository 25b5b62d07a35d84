package page_test

import (
	"fmt"
	"testing"

	"letopis/internal/page"
	"letopis/internal/page/pagetest"
)

// TestWords holds what is set out of a text of several sentences and paragraphs.
func TestWords(t *testing.T) {
	pg := shipped().Page(t, "bg", "Иван/PROPN дойде/VERB . | Каза/VERB ¶ Край/NOUN съглася/VERB{съглася-се}")
	got := ""
	for i := range pg.Words {
		w := &pg.Words[i]
		got += fmt.Sprintf("%s %s head %d sentence %d paragraph %d; ", pg.Text[w.Start:w.End], w.Lemma, w.Head, w.Sent, pg.Sentences[w.Sent].Para)
	}
	want := "Иван Иван head 1 sentence 0 paragraph 0; дойде дойде head -1 sentence 0 paragraph 0; . . head 1 sentence 0 paragraph 0; Каза каза head -1 sentence 1 paragraph 0; " +
		"Край край head 5 sentence 2 paragraph 1; съглася съглася head -1 sentence 2 paragraph 1; "
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	// Words of one token share its bytes.
	pg = shipped().Page(t, "en", "1-2\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n1\tdo\tdo\tAUX\t_\t_\t0\troot\t_\t_\n2\tn't\tnot\tPART\t_\t_\t1\tadvmod\t_\t_\n\n")
	if a, b := &pg.Words[0], &pg.Words[1]; a.Span != b.Span || pg.TextOf(0, 2) != "don't" || !b.Is(page.Neg) {
		t.Errorf("%+v %+v", a, b)
	}
	if ws := page.Words(pg.Text, pg.Analysis, pg.Lex); len(ws) != 2 || ws[1].Class != pg.Words[1].Class {
		t.Errorf("%+v", ws)
	}
}

// TestOneSubject mends a verb with a second subject behind an infinitive.
func TestOneSubject(t *testing.T) {
	ask(t, "relation and head", []question{
		{"ru", "Берлин/PROPN/nsubj@2 может/VERB ввести/VERB/xcomp@2 санкции/NOUN/nsubj@2", "санкции", "obj ввести"},
		{"ru", "Берлин/PROPN/obl@2 может/VERB ввести/VERB/xcomp@2 санкции/NOUN/nsubj@2", "санкции", "nsubj может"},
		{"ru", "Берлин/PROPN/nsubj@2 ввёл/VERB санкции/NOUN/nsubj@2", "санкции", "nsubj ввёл"},
	}, func(pg *page.Page, k int) any {
		return string(pg.Words[k].Deprel) + " " + form(pg, pg.Words[k].Head)
	})
}

func TestWordQuestions(t *testing.T) {
	for _, c := range []struct {
		form                          string
		capital, punct, acronym, dash bool
	}{
		{"Иван", true, false, false, false}, {"иван", false, false, false, false}, {"НАТО", true, false, true, false}, {"EU", true, false, false, false},
		{"—", false, true, true, true}, {"--", false, true, false, true}, {"...", false, true, true, false}, {"5", false, false, false, false}, {"Я", true, false, false, false},
	} {
		w := page.Word{Form: c.form}
		if w.Capital() != c.capital || w.Punct() != c.punct || w.Acronym() != c.acronym || w.Dash() != c.dash {
			t.Errorf("%s: capital %v, punctuation %v, acronym %v, dash %v", c.form, w.Capital(), w.Punct(), w.Acronym(), w.Dash())
		}
	}
	w := page.Word{Deprel: "acl:relcl", UPOS: "PUNCT", Form: "x"}
	if !w.Rel("obj", "acl") || !w.Rel("acl:relcl") || w.Rel("acl:other") || !w.Punct() {
		t.Error("Rel or Punct")
	}
}

func TestTrim(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{", че/SCONJ идва/VERB .", "че идва"},
		{"„ Да/INTJ “ , каза/VERB", "„Да“, каза"},
		{"„ Да/INTJ каза/VERB ,", "Да каза"},
		{"идва/VERB ( утре/ADV ) .", "идва (утре)"},
		{"идва/VERB „ утре/ADV “ .", "идва „утре“"},
		{"идва/VERB “ .", "идва"},
		{". , .", ""},
	} {
		pg := shipped().Page(t, "bg", c.text)
		got := ""
		if i, j := pg.Trim(0, len(pg.Words)); i < j {
			got = pg.TextOf(i, j)
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", pg.Text, got, c.want)
		}
	}
	pg := shipped().Page(t, "bg", "Иван/PROPN ~-~ Асен/PROPN , да/INTJ - не/INTJ")
	if !pg.Tight(1) || pg.Tight(0) || pg.Tight(5) || pg.CountWords(0, len(pg.Words)) != 4 {
		t.Errorf("%s: tight or counted wrongly", pg.Text)
	}
}

func TestRunes(t *testing.T) {
	for _, text := range []string{"", "ascii only", "да, и „нет“: 100 %", long("ж"), long("a") + "ж"} {
		x := page.NewRunes(text)
		n := 0
		for i := range text {
			if got := x.At(int32(i)); got != n {
				t.Fatalf("%.20q: byte %d is code point %d, want %d", text, i, got, n)
			}
			n++
		}
		if got := x.At(int32(len(text))); got != n {
			t.Errorf("%.20q: the end is code point %d, want %d", text, got, n)
		}
	}
}

func long(s string) string {
	for len(s) < 300 {
		s += s
	}
	return s
}

// TestTinyWorld holds that a page needs no table but those without which a folder does not open.
func TestTinyWorld(t *testing.T) {
	pg := pagetest.Page(t, pagetest.Tiny(nil), "xx", "He/PRON said/VERB : \" no/INTJ \" ¶ [Ana]PER left/VERB")
	if len(pg.Quotes) != 1 || len(pg.Names) != 1 || pg.Words[1].Say != nil || pg.MainCountry != "" {
		t.Errorf("%+v", pg)
	}
}
