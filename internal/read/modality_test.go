package read_test

import (
	"context"
	"testing"

	"letopis"
)

// TestModality reads whether something happened in sentences of our own.
func TestModality(t *testing.T) {
	for _, c := range []struct {
		lang, text string
		code       letopis.Code
		want       letopis.Modality
	}{
		{"bg", "Китай и Русия подписаха споразумение за границата.", letopis.Agree, letopis.Actual},
		{"bg", "Китай и Русия ще подпишат споразумение за границата.", letopis.Agree, letopis.Future},
		{"bg", "Китай и Русия не подписаха споразумение за границата.", letopis.Agree, letopis.Negated},
		{"bg", "Китай може да подпише споразумение с Русия.", letopis.Agree, letopis.Possible},
		{"bg", "Пандемията не е спряла контактите между Москва и Пекин.", letopis.Consult, letopis.Actual},
		{"ru", "Снегопад не помешал встрече президента России с президентом Китая.", letopis.Consult, letopis.Actual},
		{"ru", "Китай и Россия не подписали соглашение о границе.", letopis.Agree, letopis.Negated},
		{"ru", "Китай и Россия подпишут соглашение о границе.", letopis.Agree, letopis.Future},
		{"en", "The storm did not prevent the meeting between Russia and China.", letopis.Consult, letopis.Actual},
		{"en", "China will sign an agreement with Russia.", letopis.Agree, letopis.Future},
	} {
		doc := &letopis.Document{ID: "t", Lang: c.lang, Text: c.text}
		rec, err := reader(t).Read(context.Background(), doc)
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, e := range rec.Events {
			if e.Code == c.code {
				found = true
				if e.Modality != c.want {
					t.Errorf("%s: %s of %q, want %s", c.text, e.Modality, e.Trigger.Text, c.want)
				}
			}
		}
		if !found {
			t.Errorf("%s: no %s among %d events", c.text, c.code, len(rec.Events))
		}
	}
}

// TestRecurrent leaves what happens again and again without a day.
func TestRecurrent(t *testing.T) {
	for _, c := range []struct {
		lang, text string
		want       letopis.When
	}{
		{"bg", "Русия и Китай провеждат учения всяка година.", ""},
		{"ru", "Россия и Китай ежегодно проводили переговоры.", ""},
		{"ru", "Россия и Китай провели переговоры.", "2020-05-15"},
		{"en", "Russia and China regularly met in Moscow.", ""},
		{"en", "Russia and China met in Moscow.", "2020-05-15"},
	} {
		doc := &letopis.Document{ID: "t", Lang: c.lang, Text: c.text, Published: letopis.Published{Value: "2020-05-15", Basis: letopis.BasisMetadata}}
		rec, err := reader(t).Read(context.Background(), doc)
		if err != nil {
			t.Fatal(err)
		}
		if len(rec.Events) == 0 {
			t.Errorf("%s: no event", c.text)
		}
		for _, e := range rec.Events {
			if e.Date != c.want {
				t.Errorf("%s: %s on %q, want %q", c.text, e.Code, e.Date, c.want)
			}
		}
	}
}
