package nlp

import (
	"io/fs"
	"math"
	"slices"
	"sync"
	"unicode"
	"unicode/utf8"

	"letopis/internal/model"
)

// identifyBytes bounds how much of a text is looked at: more does not change the answer.
const identifyBytes = 16 << 10

// identifier tells languages apart by the runs of one to three letters in their
// words: naive Bayes with integer log-probabilities (Cavnar and Trenkle 1994 used
// the same evidence).
type identifier struct {
	once sync.Once
	lin  *model.Linear
}

func (x *identifier) open(fsys fs.FS) {
	x.once.Do(func() {
		b, err := fs.ReadFile(fsys, "lang/und/langid.bin")
		if err != nil {
			return
		}
		if f, err := model.Open(b); err == nil {
			x.lin, _ = model.OpenLinear(f, "i")
		}
	})
}

// Identify returns the language of text and how sure it is, from 0 to 1;
// "und" where the text is in none of the languages it knows. The language may be
// one that has no pack.
func (s *Set) Identify(text string) (lang string, confidence float64) {
	s.ident.open(s.fsys)
	if s.ident.lin == nil {
		return "und", 0
	}
	return identify(s.ident.lin, text)
}

// IdentifyRead returns the language of text among those that have a pack, for texts of which it
// is known that one of them is meant: a short sentence of names may look like any. It is "und"
// where the text has too few letters to tell.
func (s *Set) IdentifyRead(text string) string {
	s.ident.open(s.fsys)
	m := s.ident.lin
	if m == nil {
		return "und"
	}
	scores, n := gramScores(m, text)
	best, top := "und", int32(math.MinInt32)
	for l, score := range scores {
		if n >= 6 && score > top && slices.Contains(s.langs, m.Labels[l]) {
			best, top = m.Labels[l], score
		}
	}
	return best
}

// other returns the language of text and by how much more than home each run of letters
// speaks for it on average, in units of the model; 0 where it is home or nothing known.
func (s *Set) other(text, home string) (lang string, lead int) {
	s.ident.open(s.fsys)
	m := s.ident.lin
	if m == nil {
		return "und", 0
	}
	if lang, _ = identify(m, text); lang == "und" || lang == home {
		return lang, 0
	}
	scores, n := gramScores(m, text)
	of := func(lang string) int {
		top := math.MinInt32
		for l, s := range scores { // a language in two scripts has two
			if m.Labels[l] == lang {
				top = max(top, int(s))
			}
		}
		return top
	}
	return lang, (of(lang) - of(home)) / n
}

// gramScores sums what the runs of letters of text say for each language, and counts them.
func gramScores(m *model.Linear, text string) (scores []int32, n int) {
	if len(text) > identifyBytes {
		text = text[:identifyBytes]
	}
	scores = make([]int32, len(m.Labels))
	Grams(text, func(h uint32) {
		n++
		m.Add(h, scores)
	})
	return scores, n
}

func identify(m *model.Linear, text string) (string, float64) {
	scores, n := gramScores(m, text)
	if n < 6 {
		return "und", 0
	}
	best, second := -1, -1
	for l := range scores {
		switch {
		case best < 0 || scores[l] > scores[best]:
			best, second = l, best
		case second < 0 || scores[l] > scores[second]:
			second = l
		}
	}
	// A text of no known language has few runs that any language is known for.
	per := int(scores[best]) / n
	if per < 150 {
		return "und", 0
	}
	lead := int(scores[best] - scores[second])
	return m.Labels[best], float64(min(50+lead*50/(4*n+400), 100)) / 100
}

// Grams calls f with the hash of every run of one to three letters inside the
// words of text, the word's edges counting as a letter.
func Grams(text string, f func(uint32)) {
	var win [3]rune
	word := false
	push := func(c rune) {
		win[0], win[1], win[2] = win[1], win[2], c
		f(gram(0, 0, win[2]))
		if win[1] != 0 {
			f(gram(0, win[1], win[2]))
			if win[0] != 0 {
				f(gram(win[0], win[1], win[2]))
			}
		}
	}
	for i := 0; i < len(text); {
		c, w := utf8.DecodeRuneInString(text[i:])
		i += w
		if !unicode.IsLetter(c) && !unicode.Is(unicode.Mn, c) {
			if word {
				push('_')
			}
			word, win = false, [3]rune{}
			continue
		}
		if !word {
			win = [3]rune{0, 0, '_'}
			word = true
		}
		push(unicode.ToLower(c))
	}
	if word {
		push('_')
	}
}

func gram(a, b, c rune) uint32 {
	return model.Mix(uint32(a)*0x9e3779b1 ^ uint32(b)*0x85ebca77 ^ uint32(c)*0xc2b2ae3d ^ 77)
}
