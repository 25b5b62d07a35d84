// Package locale is the texts of the interface. A language of the interface is a file
// here, a flat JSON object from keys to texts, and is found by listing: no list of them stands in Go.
// Every language has the same keys, each once and with a text; a test holds it.
package locale

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
)

//go:embed *.json
var files embed.FS

// Default is the language of the interface where none is chosen, or one that has no texts.
const Default = "en"

// Texts is the texts of one language, by key.
type Texts map[string]string

// T returns the text of a key, or the last part of the key where there is none.
func (t Texts) T(key string) string {
	if s, ok := t[key]; ok {
		return s
	}
	return key[strings.LastIndexByte(key, '.')+1:]
}

var all = sync.OnceValues(func() (map[string]Texts, error) {
	found := map[string]Texts{}
	for _, lang := range Langs() {
		b, err := files.ReadFile(lang + ".json")
		if err != nil {
			return nil, err
		}
		if found[lang], err = parse(b); err != nil {
			return nil, fmt.Errorf("internal/locale/%s.json: %w", lang, err)
		}
	}
	return found, nil
})

// Langs returns the codes of the languages of the interface, sorted.
func Langs() []string {
	names, _ := files.ReadDir(".") // an embedded folder is there
	var langs []string
	for _, f := range names {
		langs = append(langs, strings.TrimSuffix(f.Name(), ".json"))
	}
	slices.Sort(langs)
	return langs
}

// All returns the texts of every language, by its code.
func All() (map[string]Texts, error) {
	found, err := all()
	return maps.Clone(found), err
}

// Of returns the texts of a language, those of [Default] where there are none in it.
func Of(lang string) (Texts, error) {
	found, err := all()
	if err != nil {
		return nil, err
	}
	if t := found[lang]; t != nil {
		return t, nil
	}
	return found[Default], nil
}

// parse reads a flat JSON object of texts, in which no key stands twice: encoding/json
// would take the last without a word.
func parse(b []byte) (Texts, error) {
	dec := json.NewDecoder(bytes.NewReader(b))
	// token returns the next token of the file, which must be a string where it is no bracket.
	token := func(want json.Delim) (string, error) {
		line := 1 + bytes.Count(b[:dec.InputOffset()], []byte("\n"))
		tok, err := dec.Token()
		if err != nil {
			return "", fmt.Errorf("line %d: %w", line, err)
		}
		switch tok := tok.(type) {
		case string:
			if want == 0 {
				return tok, nil
			}
		case json.Delim:
			if tok == want {
				return "", nil
			}
		}
		return "", fmt.Errorf("line %d: %v where a text or the end is needed; the file is one object of texts", line, tok)
	}
	if _, err := token('{'); err != nil {
		return nil, err
	}
	t := Texts{}
	for dec.More() {
		key, err := token(0)
		if err != nil {
			return nil, err
		}
		text, err := token(0)
		if err != nil {
			return nil, fmt.Errorf("%q: %w", key, err)
		}
		if _, twice := t[key]; twice {
			return nil, fmt.Errorf("key %q stands twice; delete one", key)
		}
		t[key] = text
	}
	if _, err := token('}'); err != nil {
		return nil, err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("something stands after the object")
	}
	return t, nil
}
