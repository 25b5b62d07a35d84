package nlp

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"letopis"
)

// The marks of a language are those that its folder names first.
func TestQuotes(t *testing.T) {
	made := fstest.MapFS{"lang/xx/lang.json": {Data: []byte(`{"quotes": ["»«", "\"\""]}`)}, "lang/yy/lang.json": {Data: []byte(`{}`)}}
	for lang, want := range map[string]string{"xx": "»«", "yy": "“”", "zz": "“”", "": "“”", "../xx": "“”"} {
		if a, b, err := Quotes(made, lang); a+b != want || err != nil {
			t.Errorf("made-up %q: %s%s, %v; want %s", lang, a, b, err, want)
		}
	}
	for lang, want := range map[string]string{"bg": "„“", "ru": "«»", "uk": "«»", "en": "“”"} {
		if a, b, err := Quotes(os.DirFS("../../data"), lang); a+b != want || err != nil {
			t.Errorf("%s: %s%s, %v; want %s", lang, a, b, err, want)
		}
	}
	for _, bad := range []string{`{"quotes": ["„"]}`, `{"quotes": "„“"}`, `{`} {
		_, _, err := Quotes(fstest.MapFS{"lang/xx/lang.json": {Data: []byte(bad)}}, "xx")
		if letopis.KindOf(err) != letopis.Invalid || !strings.Contains(err.Error(), "lang/xx/lang.json") {
			t.Errorf("%s: %v", bad, err)
		}
	}
}
