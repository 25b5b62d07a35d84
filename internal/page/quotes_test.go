package page_test

import (
	"fmt"
	"strings"
	"testing"

	"letopis/internal/page"
)

// quotes shows the quotations, each by its content, with '!' where the closing mark was lost, behind one '>' for each that it stands in.
func quotes(pg *page.Page) string {
	var all []string
	for i := range pg.Quotes {
		q := &pg.Quotes[i]
		s := strings.Repeat(">", q.Depth)
		if a, b := q.Content(); a < b {
			s += pg.TextOf(a, b)
		}
		if q.Lost {
			s += "!"
		}
		all = append(all, s)
	}
	return strings.Join(all, "; ")
}

func TestQuotes(t *testing.T) {
	for _, c := range []struct{ lang, text, want string }{
		{"bg", "Той/PRON каза/VERB : „ Не/PART знам/VERB “ .", "Не знам"},
		{"ru", "Он/PRON сказал/VERB : « Не/PART знаю/VERB » .", "Не знаю"},
		{"en", "He/PRON said/VERB : ~“ No/INTJ ~” .", "No"},
		{"en", "He/PRON said/VERB \" No/INTJ \" and/CCONJ \" yes/INTJ \" .", "No; yes"},
		// Inside one another, of two shapes and of one.
		{"ru", "« Газета/NOUN „ Правда/PROPN “ пишет/VERB »", "Газета „Правда“ пишет; >Правда"},
		{"ru", "« а « б » в »", "а «б» в; >б"},
		{"ru", "« а « б « в « г « д » е", "а «б «в «г «д» е!; >г «д"}, // the fifth is too deep
		// A closer of another shape closes the innermost.
		{"bg", "„ Не/PART ~» каза/VERB", "Не"},
		{"bg", "Не/PART ~» каза/VERB", ""},
		// A mark that is lost: at the beginning of its paragraph, introduced, before another mark, or nothing.
		{"bg", "„ Не/PART знам/VERB нищо/PRON ¶ Край/NOUN", "Не знам нищо!"},
		{"bg", "Каза/VERB{кажа} : „ Не/PART знам/VERB нищо/PRON ¶ Край/NOUN", "Не знам нищо!"},
		{"bg", "Има/VERB : „ Не/PART знам/VERB нищо/PRON ¶ Край/NOUN", ""},
		{"bg", "Край/NOUN „ Не/PART знам/VERB нищо/PRON ¶ „ Друго/ADJ “ ¶ а", "Не знам нищо!; Друго"},
		{"bg", "Край/NOUN „ Не/PART знам/VERB нищо/PRON", ""},
		{"bg", "„ Не/PART", ""},
		// What stands beside a mark of either side decides: a space, a dash, a letter, what is open.
		{"en", "a \" b", ""},
		{"en", "— ~\"~ a ~\"~ b", "a"},
		{"en", "a ~\"~ b ~\"~ c", "b"},
		{"en", "~\" a ~\"", "a"},
	} {
		pg := shipped().Page(t, c.lang, c.text)
		if got := quotes(pg); got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", pg.Text, got, c.want)
		}
	}
}

// TestQuoteLinks holds what the words know of their quotations.
func TestQuoteLinks(t *testing.T) {
	pg := shipped().Page(t, "ru", "« Газета/NOUN „ Правда/PROPN “ пишет/VERB »")
	got := ""
	for i := range pg.Words {
		w := &pg.Words[i]
		got += fmt.Sprintf("%s %d %d %d; ", w.Form, w.Quote, w.Opens, w.Closes)
	}
	if want := "« -1 0 -1; Газета 0 -1 -1; „ 0 1 -1; Правда 1 -1 -1; “ 0 -1 1; пишет 0 -1 -1; » -1 -1 0; "; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestQuoteQuestions(t *testing.T) {
	for _, c := range []struct {
		text                 string
		name, ends, own, has bool
	}{
		{"„ Не/PART знаем/VERB нищо/PRON “ .", false, true, true, true},
		{"Каза/VERB{кажа} : „ Не/PART знаем/VERB нищо/PRON “ .", false, true, false, true},
		{"„ Не/PART знаем/VERB нищо/PRON “ , каза/VERB{кажа} той/PRON", false, false, false, true},
		{"Гледа/VERB „ Северен/ADJ поток/NOUN “ вчера/ADV", true, false, false, false},
		{"Чете/VERB „ [Труд]ORG “ вчера/ADV", true, false, false, false},
		{"Каза/VERB „ да/PART “ вчера/ADV", false, false, false, true},
		{"„ Отиваме/VERB си/PRON “", false, true, true, true},
		{"„ “", true, true, true, false},
	} {
		pg := shipped().Page(t, "bg", c.text)
		q := &pg.Quotes[0]
		if name, ends, own, has := pg.IsNameQuote(q), pg.EndsSentence(q), pg.OwnSentence(q), pg.HasQuotation(0, len(pg.Words)); name != c.name || ends != c.ends || own != c.own || has != c.has {
			t.Errorf("%s: a name %v, ends the sentence %v, is one %v, counts %v", pg.Text, name, ends, own, has)
		}
	}
	pg := shipped().Page(t, "bg", "„ Не/PART знам/VERB нищо/PRON")
	if q := &pg.Quotes[0]; !q.Lost || !pg.EndsSentence(q) || !pg.OwnSentence(q) || !pg.OpensPara(0) || pg.OpensPara(1) {
		t.Errorf("%s: %+v", pg.Text, q)
	}
	for f, want := range map[string]bool{"„": true, "»": true, "''": true, "＂": true, "'": false, "-": false} {
		if page.IsMark(f) != want {
			t.Errorf("%s: a mark %v", f, !want)
		}
	}
}
