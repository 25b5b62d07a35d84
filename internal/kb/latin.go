package kb

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"letopis/internal/tsv"
)

// chinese is the syllables of Chinese names.
type chinese struct {
	pinyin   map[string]map[string][]string // lang → syllable as written there → pinyin
	surnames map[string]bool                // in pinyin
}

func readChinese(ts tables) chinese {
	rows, _ := readTable(ts, "translit/chinese.tsv", tsv.Fields("language", "spelling", "pinyin"))
	names, _ := readTable(ts, "translit/chinese-surnames.tsv", tsv.Fields("pinyin"))
	c := chinese{pinyin: map[string]map[string][]string{}, surnames: map[string]bool{}}
	for _, r := range rows {
		table := c.pinyin[r.Field(0)]
		if table == nil {
			table = map[string][]string{}
			c.pinyin[r.Field(0)] = table
		}
		table[r.Field(1)] = append(table[r.Field(1)], r.Field(2))
	}
	for _, r := range names {
		c.surnames[r.Field(0)] = true
	}
	return c
}

// Latin returns the usual Latin form of a personal name in dictionary form: the
// English one of a person known by that full name, pinyin for a name made of
// Chinese syllables, else letter by letter by the tables of the language. A name
// that is in Latin script already comes back as it is.
func (k *KB) Latin(name, lang string) string {
	if script(name) == "latn" {
		return name
	}
	if found := k.Person(name, lang); len(found) > 0 && found[0].Full && found[0].Distance < 0.1 &&
		(len(found) == 1 || found[1].Distance > found[0].Distance+0.05) {
		if s := k.display(found[0].ID, und); s != "" {
			return s
		}
	}
	return k.Romanize(name, lang)
}

// Romanize is Latin by rule alone, for a name that is known to be nobody's here.
func (k *KB) Romanize(name, lang string) string {
	if script(name) == "latn" {
		return name
	}
	if s := k.pinyin(name, lang); s != "" {
		return s
	}
	var out []byte
	for word := range strings.SplitSeq(name, " ") {
		if len(out) > 0 {
			out = append(out, ' ')
		}
		for i, part := range strings.Split(word, "-") {
			if i > 0 {
				out = append(out, '-')
			}
			out = append(out, k.letters(part, lang)...)
		}
	}
	return string(out)
}

// letters writes one word in Latin letters and keeps its capitals.
func (k *KB) letters(word, lang string) string {
	table := k.sounds.latin[lang]
	if table == nil {
		table = k.sounds.latin[k.sounds.letters[script(word)]]
	}
	low := "^" + strings.ToLower(word) + "$"
	var b strings.Builder
	for i := 0; i < len(low); {
		n, out := 0, ""
		for m := min(12, len(low)-i); m > 0; m-- {
			if v, ok := table[low[i:i+m]]; ok {
				n, out = m, v
				break
			}
		}
		if n == 0 {
			_, n = utf8.DecodeRuneInString(low[i:])
			if out = low[i : i+n]; out == "^" && i == 0 || out == "$" && i+n == len(low) {
				out = ""
			}
		}
		b.WriteString(out)
		i += n
	}
	if r, _ := utf8.DecodeRuneInString(word); unicode.IsUpper(r) {
		return title(b.String())
	}
	return b.String()
}

func title(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// pinyin returns the pinyin of a name of two words that is made of Chinese
// syllables and begins with a Chinese family name, else "".
func (k *KB) pinyin(name, lang string) string {
	c := k.chinese()
	table := c.pinyin[lang]
	if table == nil || len(name) > maxName {
		return ""
	}
	words := strings.Fields(strings.ToLower(name))
	if len(words) != 2 {
		return ""
	}
	family := ""
	for _, s := range table[words[0]] {
		if c.surnames[s] {
			family = s
			break
		}
	}
	given := syllables(table, words[1], 2)
	if family == "" || given == "" {
		return ""
	}
	return title(family) + " " + title(given)
}

// syllables reads a word as at most n syllables.
func syllables(table map[string][]string, word string, n int) string {
	if s := table[word]; len(s) > 0 {
		return s[0]
	}
	if n < 2 {
		return ""
	}
	for i := range word {
		first := table[word[:i]]
		if len(first) == 0 {
			continue
		}
		if rest := syllables(table, word[i:], n-1); rest != "" {
			return first[0] + rest
		}
	}
	return ""
}
