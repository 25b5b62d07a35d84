package export

import (
	"embed"
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"sync"
)

//go:embed locale/*.json
var files embed.FS

// Locale is the texts of one interface language, by key.
type Locale map[string]string

var locales = sync.OnceValues(func() (map[string]Locale, error) {
	all := map[string]Locale{}
	for _, lang := range []string{"bg", "en"} {
		b, err := files.ReadFile("locale/" + lang + ".json")
		if err != nil {
			return nil, err
		}
		var l Locale
		if err := json.Unmarshal(b, &l); err != nil {
			return nil, fmt.Errorf("locale %s: %w", lang, err)
		}
		all[lang] = l
	}
	return all, nil
})

// Locales returns the texts of every interface language, by its code.
func Locales() (map[string]Locale, error) {
	all, err := locales()
	return maps.Clone(all), err
}

// LocaleOf returns the texts of an interface language, English where there are none in it.
func LocaleOf(lang string) (Locale, error) {
	all, err := locales()
	if err != nil {
		return nil, err
	}
	if l := all[lang]; l != nil {
		return l, nil
	}
	return all["en"], nil
}

// T returns the text of a key, or the last part of the key where there is none.
func (l Locale) T(key string) string {
	if s, ok := l[key]; ok {
		return s
	}
	return key[strings.LastIndexByte(key, '.')+1:]
}
