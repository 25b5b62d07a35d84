package kb

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// personal is a personal name taken apart.
type personal struct {
	words   []string // lower case, without titles; particles joined to what follows
	sound   []string // each word in sounds
	initial []bool   // the word is an initial
	number  string   // of a ruler: "ii"
}

// The kinds of words inside names, in translit/particles.tsv.
const (
	partSurname = "surname" // belongs to the surname: von
	partArticle = "article" // belongs to it, and is written or not: al
	partTitle   = "title"   // stands before a name: Sir
)

// maxName is the longest personal name that is taken for one, in bytes.
const maxName = 256

// personal takes a name in the language apart. Titles and articles ("al-Assad")
// are dropped, a particle ("фон дер Лайен") is joined to the word after it.
func (u *rules) personal(name, lang string) personal {
	var p personal
	if len(name) > maxName {
		return p
	}
	glue := ""
	low := strings.ToLower(name)
	if i := strings.IndexByte(low, '.'); i >= 0 && i < len(low)-1 {
		low = strings.ReplaceAll(low, ".", ". ") // А.Лукашенко
	}
	for _, w := range strings.FieldsFunc(low, nameGap) {
		dotted := strings.HasSuffix(w, ".")
		w = strings.TrimRight(w, ".")
		if w == "" {
			continue
		}
		kind := u.sounds.part[w]
		if kind == partTitle || kind == partArticle {
			continue
		}
		if kind == partSurname {
			glue += w
			continue
		}
		if n := roman(w); n != "" && !dotted && len(p.words) > 0 {
			p.number = n
			continue
		}
		w = glue + w
		glue = ""
		p.words = append(p.words, w)
		p.sound = append(p.sound, u.sounds.write(w, lang))
		p.initial = append(p.initial, dotted && len([]rune(w)) <= 2)
		if len(p.words) == 8 {
			break
		}
	}
	if glue != "" {
		p.words = append(p.words, glue)
		p.sound = append(p.sound, u.sounds.write(glue, lang))
		p.initial = append(p.initial, false)
	}
	return p
}

// nameGap reports whether a rune separates the words of a name.
func nameGap(r rune) bool {
	return unicode.IsSpace(r) || r == '-' || r == '‑' || r == '–' || r == ',' || r == '(' || r == ')' || r == '"' || r == '„' || r == '“' || r == '«' || r == '»'
}

// numeral gives Latin letters to Roman numbers that are written with Cyrillic ones.
var numeral = strings.NewReplacer("х", "x", "і", "i")

// roman returns the Roman number that a lower-case word is, or "".
func roman(w string) string {
	s := numeral.Replace(w)
	switch s {
	case "i", "v", "x", "ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xxiii":
		return s
	}
	return ""
}

// The greatest distances that are still one name: of whole names, of the words
// least alike in them, and of names that only agree when written together or where
// one is a single word. Measured on pairs of names in Bulgarian, Russian, Ukrainian
// and Latin script (task who.names_slavic of letopis-lab score).
const (
	same      = 0.24
	sameWord  = 0.31
	sameWhole = 0.16
	sameOne   = 0.19
)

// limits are the greatest distances of whole names, of their least like words, of
// names written together, and of single words.
type limits struct{ name, word, whole, one float64 }

var (
	// pair is for two names that are compared with one another.
	pair = limits{same, sameWord, sameWhole, sameOne}
	// link is for a name that is looked up among all known persons, where many
	// names are near by chance; they have a form of the name in each language.
	link = limits{0.10, 0.12, 0.05, 0.09}
)

// Reason says by what two names were or were not taken for one.
type Reason string

// The reasons.
const (
	NoName        Reason = "no-name" // one of them has no word
	NumbersDiffer Reason = "numbers" // of rulers: A, B
	GivenDiffer   Reason = "given"   // A and B are known to be different given names
	Together      Reason = "together"
	WordsAlike    Reason = "words" // by the words; A and B are the least alike
	Inflected     Reason = "inflected"
)

// Why is the ground on which two names were or were not taken for one. Form is the
// known name that was compared, empty where two were given.
type Why struct {
	Reason          Reason
	Form            string
	A, B            string
	Distance, Worst float64 // of the names, and of the words least alike; 0 the same, 1 nothing in common
}

// String tells it in English.
func (w Why) String() string {
	s := ""
	switch w.Reason {
	case NoName:
		s = "no name"
	case NumbersDiffer:
		s = fmt.Sprintf("the numbers differ: %s, %s", w.A, w.B)
	case GivenDiffer:
		s = fmt.Sprintf("%s and %s are different given names", w.A, w.B)
	case Together:
		s = fmt.Sprintf("written together, distance %.2f", w.Distance)
	case WordsAlike:
		s = fmt.Sprintf("distance %.2f; least alike %s and %s: %.2f", w.Distance, w.A, w.B, w.Worst)
	case Inflected:
		s = "inflected"
	}
	if w.Form != "" {
		return w.Form + ": " + s
	}
	return s
}

// SameName reports whether two personal names are one name as two languages or
// scripts write it, and why or why not. A surname alone agrees with a full name,
// an initial with what it begins. It says nothing of persons: two may share a name.
func (k *KB) SameName(a, langA, b, langB string) (bool, Why) {
	d, why := k.nameDistance(k.personal(a, langA), k.personal(b, langB), pair)
	return d <= same, why
}

// nameDistance is the mean distance of the words of the shorter name to their
// best partners in order in the longer one; the last words (surnames, or the
// first in names that begin with it) must be partners.
func (k *KB) nameDistance(a, b personal, lim limits) (float64, Why) {
	if len(a.words) == 0 || len(b.words) == 0 {
		return 1, Why{Reason: NoName}
	}
	if a.number != b.number && (a.number != "" && b.number != "" || len(a.words) != len(b.words)) {
		return 1, Why{Reason: NumbersDiffer, A: a.number, B: b.number}
	}
	if len(a.words) > len(b.words) {
		a, b = b, a
	}
	// Names of one language may be written together in the other: Кын Хе, Geun-hye.
	ja, jb := strings.Join(a.sound, ""), strings.Join(b.sound, "")
	whole := k.sounds.distance(ja, jb)
	used := [16]bool{}
	sum, weight, worstD := 0.0, 0.0, -1.0
	var why Why
	lastPaired, differ := false, false
	for i := len(a.words) - 1; i >= 0; i-- {
		best, at := 1.0, -1
		for j := len(b.words) - 1; j >= 0; j-- {
			if used[j] {
				continue
			}
			if lim == link && !inPlace(&a, i, &b, j) {
				continue
			}
			d := k.wordDistance(a, i, b, j)
			if j == len(b.words)-1 && i == len(a.words)-1 {
				d -= 1e-9 // of equals the surname first
			}
			if d < best {
				best, at = d, j
			}
		}
		best = max(best, 0)
		if at >= 0 {
			used[at] = true
			lastPaired = lastPaired || at == len(b.words)-1 || at == 0 && len(b.words) > 1
		}
		w := float64(max(len(a.sound[i]), 2))
		sum += w * best
		weight += w
		if best > worstD {
			worstD, why.A, why.B = best, a.words[i], ""
			if at >= 0 {
				why.B = b.words[at]
			}
		}
		if at >= 0 && k.differ(a.words[i], b.words[at]) {
			differ = true
			why.A, why.B = a.words[i], b.words[at]
			break
		}
	}
	d := sum / weight
	switch {
	case differ:
		why.Reason = GivenDiffer
		return 1, why
	case !lastPaired || worstD > lim.word || len(a.words) == 1 && d > lim.one:
		d = max(d, 1)
	}
	if d > lim.name && len(a.words) > 1 && whole <= lim.whole {
		return whole, Why{Reason: Together, Distance: whole}
	}
	why.Reason, why.Distance, why.Worst = WordsAlike, sum/weight, worstD
	return d, why
}

// inPlace reports whether two words, one of which may be an initial, can be the same part of a name: the
// initial of a first name is no middle name's, and none is a surname's.
func inPlace(a *personal, i int, b *personal, j int) bool {
	if !a.initial[i] && !b.initial[j] {
		return true
	}
	return i < len(a.words)-1 && j < len(b.words)-1 && (i == 0) == (j == 0)
}

// givenFirst puts a surname that initials follow ("Иванова И. И.") behind them.
func (p personal) givenFirst() personal {
	n := len(p.words)
	if n < 2 || p.initial[0] || slices.Contains(p.initial[1:], false) {
		return p
	}
	turn := func(s []string) []string { return append(slices.Clone(s[1:]), s[0]) }
	p.words, p.sound = turn(p.words), turn(p.sound)
	p.initial = append(slices.Clone(p.initial[1:]), false)
	return p
}

func (k *KB) wordDistance(a personal, i int, b personal, j int) float64 {
	x, y := a.sound[i], b.sound[j]
	if x == "" || y == "" {
		return 1
	}
	if a.initial[i] || b.initial[j] {
		if k.sounds.sub[x[0]][y[0]] <= 30 {
			return 0.1
		}
		return 1
	}
	if k.differ(a.words[i], b.words[j]) {
		return 0.5
	}
	return k.sounds.distance(x, y)
}

// differ reports whether the two are known to be different given names though
// they sound alike: Vladimir and Volodymyr.
func (k *KB) differ(a, b string) bool {
	for _, set := range k.sounds.sets[a] {
		if set[b] {
			return true
		}
	}
	return false
}

// Key returns a key of a name that does not depend on script: names that are one
// name as two languages write it mostly have one key, other names mostly another.
// It is made of the consonants in classes, and of the numbers, and is good for grouping: names of one
// key may be of several bearers. The empty key is no name.
func (k *KB) Key(name, lang string) string {
	p := k.personal(name, lang)
	keys := make([]string, 0, len(p.words))
	for _, s := range p.sound {
		if c := coarse(s); c != "" {
			keys = append(keys, c)
		}
	}
	if p.number != "" {
		keys = append(keys, p.number)
	}
	if n := figures(name); n != "" {
		keys = append(keys, n)
	}
	return strings.Join(keys, "-")
}

// figures are the numbers of a name, with a point between them: what is counted is told
// apart by them alone, "Су-25" and "Су-34".
func figures(name string) string {
	return strings.Join(strings.FieldsFunc(name, func(r rune) bool { return r < '0' || r > '9' }), ".")
}

// coarse keeps the first sound's class and the classes of the consonants after it.
func coarse(s string) string {
	var out []byte
	for i := 0; i < len(s); i++ {
		c := class[s[i]]
		if c == 'a' && len(out) > 0 || c == 'h' && len(out) > 0 || c == 0 {
			continue
		}
		if len(out) == 0 || out[len(out)-1] != c {
			out = append(out, c)
		}
	}
	return string(out)
}

// class groups sounds that languages write for one another.
var class = func() (t [128]byte) {
	for _, g := range []string{"aeiou", "bp", "vf", "dt", "gk", "h", "l", "m", "n", "r", "szcqxjJ"} {
		for _, c := range []byte(g) {
			t[c] = g[0]
		}
	}
	return t
}()
