package chronicle

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"letopis"
)

// cyrillic gives each letter its sound class in Latin, for all the Cyrillic
// alphabets of the news we read. It is a matching key, not a transliteration:
// letters that systems write differently fall together.
var cyrillic = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'ґ': "g", 'ѓ': "g", 'д': "d", 'е': "e", 'ё': "e", 'є': "e", 'ж': "z", 'з': "z",
	'и': "i", 'й': "i", 'і': "i", 'ї': "i", 'ј': "i", 'к': "k", 'ќ': "k", 'л': "l", 'љ': "l", 'м': "m", 'н': "n", 'њ': "n",
	'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ў': "u", 'ф': "f", 'х': "h", 'ц': "s", 'ч': "ch", 'ш': "s",
	'щ': "s", 'ъ': "a", 'ы': "i", 'ь': "", 'э': "e", 'ю': "u", 'я': "a", 'ђ': "z", 'џ': "z", 'ћ': "ch", 'ѝ': "i",
}

// affricates are single sounds of Chinese and Turkic names that Cyrillic writes
// with two letters and Latin with j or zh.
var affricates = strings.NewReplacer("цз", "з", "дз", "з", "дж", "з", "чж", "з")

// latin rewrites the Latin spellings of the same classes, longest first; q stands
// for the sound of ch.
var latin = strings.NewReplacer(
	"tsch", "q", "shch", "s", "sch", "s", "sht", "s", "tch", "q", "dzh", "z",
	"sh", "s", "ch", "q", "cz", "q", "zh", "z", "sz", "s", "kh", "h", "ph", "f", "ck", "k", "ts", "s", "tz", "s",
	"ce", "se", "ci", "si", "cy", "si", "c", "k", " x", " s", "x", "ks", "ng", "n", "w", "v", "q", "k", "j", "z", "y", "i",
)

// skeleton is the key of one word or name: its consonants by sound class, with the
// vowels only marked where the word begins with one. Two spellings of a name, in
// whatever script, mostly have one skeleton.
func skeleton(s string) string {
	var b strings.Builder
	// й must not fall apart into и and a mark, so Cyrillic is looked up composed.
	for _, r := range affricates.Replace(strings.ToLower(norm.NFC.String(s))) {
		if c, ok := cyrillic[r]; ok {
			b.WriteString(c)
			continue
		}
		r = []rune(norm.NFD.String(string(r)))[0] // č is c
		switch {
		case r < unicode.MaxASCII && unicode.IsLetter(r), unicode.IsDigit(r):
			b.WriteRune(r)
		case r == 'ł':
			b.WriteByte('l')
		case r == 'ß':
			b.WriteByte('s')
		case r == 'ø':
			b.WriteByte('o')
		case unicode.IsSpace(r) || r == '-':
			b.WriteByte(' ')
		}
	}
	var out []byte
	for f := range strings.FieldsSeq(latin.Replace(" " + b.String())) {
		if len(out) > 0 {
			out = append(out, ' ')
		}
		out = appendConsonants(out, f)
	}
	return string(out)
}

func appendConsonants(out []byte, word string) []byte {
	var last byte
	for i := range len(word) {
		c := word[i]
		vowel := strings.IndexByte("aeiou", c) >= 0
		switch {
		case vowel && i == 0:
			out = append(out, 'a')
		case vowel, c == 'h' && i > 0, c == last:
		default:
			out = append(out, c)
		}
		last = c
	}
	return out
}

// nameKey is the key of an actor: the skeleton of the last word of its name, which
// in the news stands alone oftenest. A key of one consonant says too little, so
// the whole name stands then.
func nameKey(p letopis.Party) string {
	name := p.Latin
	if name == "" {
		name = p.Name
	}
	return wordKey(name)
}

func wordKey(name string) string {
	words := strings.Fields(skeleton(name))
	if len(words) == 0 {
		return strings.Join(letopis.Terms(name), " ") // another script
	}
	if last := words[len(words)-1]; len(last) > 1 {
		return last
	}
	return strings.Join(words, " ")
}

func entityKey(e *letopis.Entity) string {
	key := wordKey(e.Name)
	if e.Latin != "" {
		key = wordKey(e.Latin)
	}
	if key == "" {
		return ""
	}
	return "n:" + key
}

// numbers are the numbers among terms that say something: two digits or more, and
// no year, which dates compare.
func numbers(terms []string) []string {
	var all []string
	for _, t := range terms {
		if len(t) < 2 || len(t) > 12 || strings.Trim(t, "0123456789") != "" {
			continue
		}
		if len(t) == 4 && (t[:2] == "19" || t[:2] == "20") {
			continue
		}
		all = append(all, "#"+t)
	}
	return all
}
