package kb

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"letopis/internal/tsv"
)

// sounds compares names across scripts. A name is written in a small alphabet of
// sounds by tables of spellings, and two such words are compared by an edit
// distance whose costs say which sounds stand for one another between languages.
type sounds struct {
	spell map[string]map[string]string // lang or script → spelling → sounds
	latin map[string]map[string]string // lang → spelling → Latin letters
	// letters is the language whose Latin letters serve those of its script that have none.
	letters map[string]string
	long    int                          // longest spelling in bytes
	sub     [128][128]uint8              // cost of one sound for another, in hundredths
	drop    [128]uint8                   // cost of a sound that one name lacks
	part    map[string]string            // word inside names → surname, title
	sets    map[string][]map[string]bool // kind of given names that sound alike and differ
}

// unlike is the cost of sounds that have nothing to do with one another.
const unlike = 100

func newSounds() *sounds {
	s := &sounds{spell: map[string]map[string]string{}, latin: map[string]map[string]string{}, letters: map[string]string{}, part: map[string]string{}}
	for i := range s.sub {
		for j := range s.sub[i] {
			if i != j {
				s.sub[i][j] = unlike
			}
		}
		s.drop[i] = unlike
	}
	return s
}

// readSounds fills the tables from translit/.
func (s *sounds) readSound(rows []tsv.Row) []error {
	var errs []error
	for _, r := range rows {
		if s.spell[r.Field(0)] == nil {
			s.spell[r.Field(0)] = map[string]string{}
		}
		out := noDash(r.Field(2))
		for _, c := range out {
			if c >= 128 {
				errs = append(errs, r.Errorf(2, "sound %q is not in the alphabet", c))
			}
		}
		s.spell[r.Field(0)][r.Field(1)] = out
		s.long = max(s.long, len(r.Field(1)))
	}
	return errs
}

func (s *sounds) readNear(rows []tsv.Row) []error {
	var errs []error
	for _, r := range rows {
		cost, ok := atoi(r.Field(1))
		if !ok || cost > unlike {
			errs = append(errs, r.Errorf(1, "cost %q, want 0 to %d", r.Field(1), unlike))
			continue
		}
		set, lack := strings.CutPrefix(r.Field(0), "- ")
		for _, a := range set {
			if a >= 128 {
				errs = append(errs, r.Errorf(0, "sound %q is not in the alphabet", a))
				continue
			}
			if lack {
				s.drop[a] = uint8(cost)
				continue
			}
			for _, b := range set {
				if b < 128 && a != b && uint8(cost) < s.sub[a][b] {
					s.sub[a][b] = uint8(cost)
				}
			}
		}
	}
	return errs
}

func atoi(s string) (int, bool) {
	n := 0
	for _, c := range []byte(s) {
		if c < '0' || c > '9' || n > 1e6 {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, s != ""
}

// script returns "cyrl" for a word with a Cyrillic letter, else "latn".
func script(word string) string {
	for _, r := range word {
		if unicode.Is(unicode.Cyrillic, r) {
			return "cyrl"
		}
	}
	return "latn"
}

// write writes a lower-case word in sounds; letters that no table knows are left
// out, and a sound is not repeated.
func (s *sounds) write(word, lang string) string {
	tables := [2]map[string]string{s.spell[lang], s.spell[script(word)]}
	w := "^" + word + "$"
	var out []byte
	for i := 0; i < len(w); {
		n, snd := 0, ""
		for _, t := range tables {
			for m := min(s.long, len(w)-i); m > n; m-- {
				if v, ok := t[w[i:i+m]]; ok {
					n, snd = m, v
					break
				}
			}
		}
		if n == 0 {
			_, n = utf8.DecodeRuneInString(w[i:])
		}
		for _, c := range []byte(snd) {
			if len(out) == 0 || out[len(out)-1] != c {
				out = append(out, c)
			}
		}
		i += n
	}
	return string(out)
}

// distance returns how far two words in sounds are from one another: 0 the same,
// 1 nothing in common (the cheapest edit, over the longer length).
func (s *sounds) distance(a, b string) float64 {
	const longest = 48
	a, b = a[:min(len(a), longest)], b[:min(len(b), longest)]
	if a == b {
		return 0
	}
	var rows [2][longest + 1]int
	prev, cur := &rows[0], &rows[1]
	for j := range len(b) {
		prev[j+1] = prev[j] + int(s.drop[b[j]])
	}
	for i := range len(a) {
		cur[0] = prev[0] + int(s.drop[a[i]])
		for j := range len(b) {
			cur[j+1] = min(prev[j]+int(s.sub[a[i]][b[j]]), prev[j+1]+int(s.drop[a[i]]), cur[j]+int(s.drop[b[j]]))
		}
		prev, cur = cur, prev
	}
	return float64(prev[len(b)]) / float64(unlike*max(len(a), len(b)))
}
