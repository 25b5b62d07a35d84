package read_test

import (
	"context"
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
