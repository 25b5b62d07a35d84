package locale

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"letopis"
)

// Every language has the same texts, none empty, and one for each category.
func TestLocales(t *testing.T) {
	texts, err := All()
	if err != nil {
		t.Fatal(err)
	}
	if got := Langs(); !slices.Contains(got, Default) || len(got) != len(texts) {
		t.Fatalf("languages %q, texts of %d", got, len(texts))
	}
	for lang, l := range texts {
		for k, s := range l {
			if s == "" {
				t.Errorf("%s: %s is empty", lang, k)
			}
			for other := range texts {
				if _, ok := texts[other][k]; !ok {
					t.Errorf("%s has %s, %s does not", lang, k, other)
				}
			}
		}
		for _, c := range letopis.Codes() {
			if l["code."+string(c)] == "" {
				t.Errorf("%s has no text for %s", lang, c)
			}
		}
	}
}

func TestOf(t *testing.T) {
	l, err := Of("fr")
	if err != nil || l.T("new") != "New" || l.T("no.such.key") != "key" {
		t.Errorf("another language gives %q, %q, %v", l.T("new"), l.T("no.such.key"), err)
	}
	if bg, err := Of("bg"); err != nil || bg.T("new") == "New" {
		t.Errorf("bg: %q, %v", bg.T("new"), err)
	}
}

// A change of what All returns does not change what others get.
func TestAllIsACopy(t *testing.T) {
	texts, err := All()
	if err != nil {
		t.Fatal(err)
	}
	delete(texts, Default)
	if l, err := Of(Default); err != nil || l == nil {
		t.Errorf("%v, %v", l, err)
	}
}

func TestParse(t *testing.T) {
	got, err := parse([]byte("{\n \"a\": \"x\",\n \"b.c\": \"y\"\n}\n"))
	if err != nil || !maps.Equal(got, Texts{"a": "x", "b.c": "y"}) {
		t.Errorf("%v, %v", got, err)
	}
	for text, want := range map[string]string{
		`{"a": "x", "b": "y", "a": "z"}`: `key "a" stands twice`,
		"{\"a\": \"x\",\n\"b\": 3}":      `"b": line 2: 3 where a text`,
		`{"a": {"b": "x"}}`:              `"a": line 1: { where`,
		`["a"]`:                          "line 1: [ where",
		`{"a": "x"} {}`:                  "something stands after",
		`{"a": "x"`:                      "line 1: ",
		``:                               "line 1: EOF",
	} {
		if _, err := parse([]byte(text)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"a": "x", "b.c": "y"}`))
	f.Add([]byte(`{"a": "x", "a": {}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		if texts, err := parse(b); err == nil && texts == nil {
			t.Fatal("no texts and no error")
		}
	})
}
