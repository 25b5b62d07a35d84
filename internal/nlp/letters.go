package nlp

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"letopis/internal/ud"
)

// Letters of Latin and Cyrillic that look alike, as they stand for one another in copied texts.
const (
	latinAlike    = "ABCEHKMOPTXYacekopxyëË"
	cyrillicAlike = "АВСЕНКМОРТХУасекорхуёЁ"
)

var toCyrillic, toLatin = alikes(latinAlike, cyrillicAlike), alikes(cyrillicAlike, latinAlike)

func alikes(from, to string) map[rune]rune {
	m := map[rune]rune{}
	a, b := []rune(from), []rune(to)
	for i, r := range a {
		m[r] = b[i]
	}
	return m
}

// folded is a text whose words are spelt in one alphabet and have no signs inside that are
// not seen. What is found in it is brought back to the text as it was published by places.
type folded struct {
	text   string
	places []shift // in order; empty where the text is as it was
}

// shift says that from an offset of the folded text on, what follows stands by bytes further on in the text.
type shift struct{ at, by int32 }

// foldLetters folds the words of a text that mix alphabets by look-alike letters, and drops
// zero-width signs between letters. A word all of whose letters are alike takes the
// alphabet of the language.
func foldLetters(text string, cyrillic bool) folded {
	if !foldable(text) {
		return folded{text: text}
	}
	var f folded
	var b strings.Builder
	b.Grow(len(text))
	by, done := int32(0), 0 // text[:done] is written
	put := func(from, to int, s string) {
		b.WriteString(text[done:from])
		b.WriteString(s)
		done = to
		if d := int32(to-from) - int32(len(s)); d != 0 {
			by += d
			f.places = append(f.places, shift{int32(b.Len()), by})
		}
	}
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if !isLetter(r) {
			i += n
			continue
		}
		end, hidden, mixed := letterRun(text, i)
		if hidden || mixed {
			foldWord(text, i, end, mixed, cyrillic, put)
		}
		i = end
	}
	b.WriteString(text[done:])
	f.text = b.String()
	return f
}

// foldable reports whether a text has anything that foldLetters could change: letters of both
// alphabets side by side, or signs that are not seen.
func foldable(text string) bool {
	const latin, cyrillic = 1, 2
	last := 0
	for i := 0; i < len(text); {
		if c := text[i]; c < utf8.RuneSelf {
			now := 0
			if 'a' <= c|0x20 && c|0x20 <= 'z' {
				now = latin
			}
			if last == cyrillic && now == latin {
				return true
			}
			last = now
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		switch {
		case unseen(r):
			return true
		case r >= 0x400 && r <= 0x52F:
			if last == latin {
				return true
			}
			last = cyrillic
		case r == 'ë' || r == 'Ë':
			if last == cyrillic {
				return true
			}
			last = latin
		default:
			last = 0
		}
		i += n
	}
	return false
}

// unseen reports whether a sign has no width and, between letters, no meaning.
func unseen(r rune) bool {
	return r >= 0x200B && (r <= 0x200F || r == 0x2060 || r == 0xFEFF)
}

// letterRun returns where the letters that begin at i end, with unseen signs between them, and
// whether it has such signs, and letters of two alphabets.
func letterRun(text string, i int) (end int, hidden, mixed bool) {
	latin, cyrillic, pending := false, false, false
	end = i
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		i += n
		switch {
		case isLetter(r):
			hidden = hidden || pending
			pending, end = false, i
			cyrillic = cyrillic || 0x400 <= r && r <= 0x52F
			latin = latin || r < 0x250
		case unseen(r):
			pending = true
		case isInner(r):
			if !pending {
				end = i
			}
		default:
			return end, hidden, latin && cyrillic
		}
	}
	return end, hidden, latin && cyrillic
}

// foldWord writes what text[i:end] becomes, sign by sign.
func foldWord(text string, i, end int, mixed, cyrillic bool, put func(from, to int, s string)) {
	var alike map[rune]rune
	if mixed {
		alike = alphabetOf(text[i:end], cyrillic)
	}
	for i < end {
		r, n := utf8.DecodeRuneInString(text[i:])
		if unseen(r) {
			put(i, i+n, "")
		} else if x, ok := alike[r]; ok {
			put(i, i+n, string(x))
		}
		i += n
	}
}

// alphabetOf returns the letters that a word of two alphabets is to exchange: it becomes
// of the alphabet that it has letters of its own of, if all others have a twin there; nil for neither.
func alphabetOf(w string, cyrillic bool) map[rune]rune {
	ownLatin, ownCyrillic := false, false
	for _, r := range w {
		switch {
		case 0x400 <= r && r <= 0x52F:
			ownCyrillic = ownCyrillic || toLatin[r] == 0
		case r < 0x250 && unicode.IsLetter(r):
			ownLatin = ownLatin || toCyrillic[r] == 0
		}
	}
	switch {
	case ownLatin && ownCyrillic:
		return nil
	case ownLatin || !ownCyrillic && !cyrillic:
		return toLatin
	}
	return toCyrillic
}

// at returns the offset in the published text of an offset in the folded one.
func (f *folded) at(off int32) int32 {
	k := sort.Search(len(f.places), func(i int) bool { return f.places[i].at > off })
	if k == 0 {
		return off
	}
	return off + f.places[k-1].by
}

// restore brings the spans of an analysis of the folded text back to the published one. The words keep
// their folded forms, by which they are looked up.
func (f *folded) restore(a *ud.Analysis) {
	if len(f.places) == 0 {
		return
	}
	span := func(s *ud.Span) { s.Start, s.End = f.at(s.Start), f.at(s.End) }
	for i := range a.Sentences {
		s := &a.Sentences[i]
		span(&s.Span)
		for k := range s.Tokens {
			span(&s.Tokens[k].Span)
		}
	}
	for i := range a.Names {
		span(&a.Names[i].Span)
	}
	for i := range a.Foreign {
		span(&a.Foreign[i].Span)
	}
}
