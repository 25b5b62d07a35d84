package read_test

import (
	"context"
	"slices"
	"testing"

	"letopis"
)

// TestSpeakerPhrase checks that the phrase takes in titles, brackets and appositions,
// and neither the cue, a time, nor who else stands beside.
func TestSpeakerPhrase(t *testing.T) {
	r := reader(t)
	for _, c := range []struct{ lang, text, mention, phrase string }{
		{"en", "Finance Minister Ivan Petrov (GERB), a former banker, told reporters that the budget was ready.", "Ivan Petrov", "Finance Minister Ivan Petrov (GERB), a former banker"},
		{"en", "Ivan Petrov said on Monday that the budget was ready.", "Ivan Petrov", ""},
		{"en", "“The budget is ready,” she told reporters in an interview.", "she", ""},
		{"bg", "Министърът на финансите Иван Петров заяви, че бюджетът е готов.", "Иван Петров", "Министърът на финансите Иван Петров"},
		{"ru", "Министр финансов Иван Петров заявил, что бюджет готов.", "Иван Петров", "Министр финансов Иван Петров"},
	} {
		rec, err := r.Read(context.Background(), &letopis.Document{ID: "x", Lang: c.lang, Text: c.text})
		if err != nil {
			t.Fatal(err)
		}
		if len(rec.Statements) != 1 || rec.Statements[0].Speaker.Mention == nil {
			t.Errorf("%q: %d statements, want one with a speaker", c.text, len(rec.Statements))
			continue
		}
		got := rec.Statements[0].Speaker
		phrase := ""
		if got.Phrase != nil {
			phrase = got.Phrase.Text
		}
		if got.Mention.Text != c.mention || phrase != c.phrase {
			t.Errorf("%q: mention %q, phrase %q; want %q, %q", c.text, got.Mention.Text, phrase, c.mention, c.phrase)
		}
	}
}

// TestViaLayers checks the chain of a statement that later sentences credit, the nearest to
// the words first.
func TestViaLayers(t *testing.T) {
	r := reader(t)
	for _, c := range []struct {
		lang, text string
		via        []string
	}{
		{"en", "The border will stay open, the ministry said on Monday.\nTASS reported this, citing Interfax.", []string{"Interfax", "TASS"}},
		{"en", "The border will stay open, the ministry said on Monday.\nReuters opened an office there.", []string{}},
		{"ru", "Граница останется открытой, заявил министр. Об этом сообщает ТАСС со ссылкой на «Интерфакс».", []string{"Интерфакс", "ТАСС"}},
		{"ru", "Граница останется открытой, заявил министр. ТАСС сообщает о дожде в Москве.", []string{}},
		{"bg", "Границата ще остане отворена, заяви министърът. Това съобщава БТА.", []string{"БТА"}},
	} {
		rec, err := r.Read(context.Background(), &letopis.Document{ID: "x", Lang: c.lang, Text: c.text})
		if err != nil {
			t.Fatal(err)
		}
		if len(rec.Statements) == 0 || !slices.Equal(rec.Statements[0].Via, c.via) {
			t.Errorf("%q: statements %+v, want the first by way of %q", c.text, rec.Statements, c.via)
		}
	}
}

// TestQuotedParagraphs gives a quotation over several paragraphs, each opened by a mark and
// only the last one closed, to whoever is named at its end; other paragraphs stay alone.
func TestQuotedParagraphs(t *testing.T) {
	for _, c := range []struct {
		lang, text, speaker string
		want                int
	}{
		{"en", "“We will close the port tomorrow.\n\n“It will stay closed for years.\n\n“We will not open it again,” said Anna Dahl.", "Anna Dahl", 3},
		{"bg", "„Утре ще затворим пристанището на столицата.\n\n„Няма да го отворим отново никога“, каза Иван Петров.", "Иван Петров", 2},
		{"ru", "«Завтра мы закроем порт столицы.\n\n«Мы его больше не откроем», — сказал Иван Петров.", "Иван Петров", 2},
		{"en", "“We will close the port tomorrow.\n\nIt rained in Oslo. “We will not open it again,” said Anna Dahl.", "Anna Dahl", 1},
	} {
		rec, err := reader(t).Read(context.Background(), &letopis.Document{ID: "t", Lang: c.lang, Text: c.text})
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, s := range rec.Statements {
			if s.Kind == letopis.Direct && s.Speaker.Mention != nil && s.Speaker.Mention.Text == c.speaker {
				n++
			}
		}
		if n != c.want || len(rec.Statements) != c.want {
			t.Errorf("%q: %d of %d statements by %s, want %d", c.text, n, len(rec.Statements), c.speaker, c.want)
		}
	}
}
