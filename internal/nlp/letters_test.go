package nlp

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestFoldLetters(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Пeтър Сaвoв", "Петър Савов"},
		{"Coфия", "София"},
		{"Унга\u200bрия и", "Унгария и"},
		{"край\u200b. После", "край\u200b. После"}, // at an edge it is no part of the word
		{"ХVI век", "XVI век"},                     // the V has no twin
		{"вPEN", "вPEN"},                           // neither alphabet has all of it
		{"Windows и Word", "Windows и Word"},
		{"ABBA и САЩ", "ABBA и САЩ"},
		{"Сaва", "Сава"}, // all alike: of the language
		{"", ""},
	} {
		f := foldLetters(c.text, true)
		if f.text != c.want {
			t.Errorf("%q: %q, want %q", c.text, f.text, c.want)
		}
	}
}

func TestFoldedPlaces(t *testing.T) {
	text := "Вчера Пeтър бе в Унга\u200bрия, а Coфия мълчи."
	f := foldLetters(text, true)
	for _, w := range []struct{ folded, published string }{
		{"Вчера", "Вчера"}, {"Петър", "Пeтър"}, {"Унгария", "Унга\u200bрия"}, {"София", "Coфия"}, {"мълчи", "мълчи"},
	} {
		i := int32(strings.Index(f.text, w.folded))
		if got := text[f.at(i):f.at(i+int32(len(w.folded)))]; got != w.published {
			t.Errorf("%q stands at %q, want %q", w.folded, got, w.published)
		}
	}
}

func FuzzFoldLetters(f *testing.F) {
	f.Add("Пeтър \u200bСa\u200bвoв", true)
	f.Add("\xd0\u200bA\xffя", false)
	f.Fuzz(func(t *testing.T, text string, cyrillic bool) {
		x := foldLetters(text, cyrillic)
		if len(x.places) == 0 && len(x.text) != len(text) {
			t.Fatalf("%q: %d bytes became %d without a shift", text, len(text), len(x.text))
		}
		last := int32(-1)
		for i := 0; i <= len(x.text); i++ {
			at := x.at(int32(i))
			if at < last || at > int32(len(text)) {
				t.Fatalf("%q: offset %d comes from %d, after %d", text, i, at, last)
			}
			last = at
		}
		if last != int32(len(text)) {
			t.Fatalf("%q: ends at %d of %d", text, last, len(text))
		}
		if again := foldLetters(x.text, cyrillic); utf8.ValidString(text) && again.text != x.text && !strings.ContainsAny(text, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff") {
			t.Fatalf("%q folds to %q and that to %q", text, x.text, again.text)
		}
	})
}
