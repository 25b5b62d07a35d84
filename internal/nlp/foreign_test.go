package nlp

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"letopis/internal/ud"
)

// A quotation in another language is found, marked in CoNLL-U, and tagged by the pack of its own.
func TestForeignQuotations(t *testing.T) {
	for _, c := range []struct{ lang, text, other, passage, form, lemma string }{
		{"bg", "Лавров отговори пред журналисти: „Мы никогда не согласимся с этими мерами и ответим на них“, предаде БТА.",
			"ru", "Мы никогда не согласимся с этими мерами и ответим на них", "согласимся", "согласиться"},
		{"bg", "«Мир должен быть справедливым и прочным». Така завърши писмото.", "ru", "Мир должен быть справедливым и прочным", "справедливым", "справедливый"},
		{"bg", "Той добави: “We will continue to support our partners as long as it takes.”", "en",
			"We will continue to support our partners as long as it takes.", "takes", "take"},
		{"ru", "Премьер ответил: \"Ще отговорим на тези незаконни санкции заедно с партньорите си\".", "bg",
			"Ще отговорим на тези незаконни санкции заедно с партньорите си", "отговорим", "отговоря"},
		{"ru", "На плакате было написано: «Ми відповімо на ці санкції разом з партнерами».", "uk",
			"Ми відповімо на ці санкції разом з партнерами", "", ""}, // no pack: marked alone
		{"en", "The banner said \"Никто не забыт, и ничто не забыто\" in red.", "ru", "Никто не забыт, и ничто не забыто", "ничто", "ничто"},
	} {
		a, err := pack(t, c.lang).Analyze(context.Background(), c.text)
		if err != nil {
			t.Fatal(err)
		}
		if len(a.Foreign) != 1 || a.Foreign[0].Lang != c.other || c.text[a.Foreign[0].Start:a.Foreign[0].End] != c.passage {
			t.Errorf("%s: %v, want %s %q", c.text, a.Foreign, c.other, c.passage)
			continue
		}
		for _, s := range a.Sentences {
			for _, w := range s.Words {
				if c.form != "" && w.Form == c.form && w.Lemma != c.lemma {
					t.Errorf("%s: lemma of %q is %q, want %q", c.text, w.Form, w.Lemma, c.lemma)
				}
			}
		}
		check(t, c.text, a)
		var out bytes.Buffer
		if err := ud.WriteConllu(&out, a, c.text, "x"); err != nil {
			t.Fatal(err)
		}
		back, err := ud.ReadConllu(&out, c.lang)
		if err != nil {
			t.Fatal(err)
		}
		if got := back.Analysis.Foreign; len(got) != 1 || got[0].Lang != c.other || strings.Trim(c.passage, ".") != strings.Trim(back.Text[got[0].Start:got[0].End], ".") {
			t.Errorf("%s: read back from CoNLL-U: %v", c.text, got)
		}
	}
}

// What is in the language of the document, or too short to tell, is no passage.
func TestOwnQuotations(t *testing.T) {
	for lang, texts := range map[string][]string{
		"bg": {"Той каза: „Ако го направиш, това вече не са преговори.“", "Проектът на „Norges Bank Investment“ беше одобрен.",
			"„Норд стрийм 2 (Nord Stream 2 AG) е руският газов холдинг“, пише вестникът.", "„Няма да допуснем това да се случи“, каза тя."},
		"ru": {"Он сказал: «Мы не видим причин для паники, ситуация под контролем».", "«В марте 2018 года дочерняя организация была закрыта»."},
		"en": {"\"We see no reason for panic,\" she said. \"All is under control.\""},
	} {
		for _, text := range texts {
			a, err := pack(t, lang).Analyze(context.Background(), text)
			if err != nil {
				t.Fatal(err)
			}
			if len(a.Foreign) > 0 {
				t.Errorf("%s %s: %v", lang, text, slices.Clone(a.Foreign))
			}
		}
	}
}
