package read

import (
	"io/fs"
	"letopis/internal/tsv"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"letopis"
)

// trigger is a word, or several in a row, that evokes an event of a PLOVER category. A
// language lists its triggers in lang/<code>/events.tsv (docs/formats/lang.md): code,
// mode, part of speech (v or n), flags, words, and the CAMEO code where the words tell
// it. Flags: "x" the grammatical subject is the recipient; "o" a genitive complement
// is the recipient ("арестът на …"), not the actor ("посещението на …"); "p" only
// with a person as its object ("прие посланика", not "прие закона"); "m" the first
// word is an auxiliary of the next ("must withdraw"), else it is not one; "w" the word
// often means something else, so that the actors must bear it out.
type trigger struct {
	key    string
	code   letopis.Code // empty for what only looks like a trigger
	mode   string
	cameo  string
	verb   bool
	flip   bool
	object bool
	person bool
	weak   bool
	phrase bool
}

// phrased is a trigger of several words: the alternatives of each after the first.
type phrased struct {
	*trigger
	rest  [][]pattern
	modal bool // the first word is an auxiliary of the others ("must withdraw")
}

// pattern is a lemma, or the beginning of forms.
type pattern struct {
	text string
	stem bool
}

func (p pattern) fits(t *tok) bool {
	if p.stem {
		return strings.HasPrefix(t.lower, p.text)
	}
	return t.lemma == p.text || t.lower == p.text
}

// noCode stands in the tables for words that only look like a trigger.
const noCode = "NONE"

type triggers struct {
	lemma [2]map[string]*trigger // nouns, verbs
	stem  [2]map[string]*trigger
	// phrases are those of several words by their first, the longest first.
	phrases     [2]map[string][]phrased
	phraseStems [2]map[string][]phrased
	// min and max are the bytes of the shortest and the longest stem.
	min, max int
}

// Bounds of a phrase: words that may stand between two of its parts, how far the tree
// may join them, and how many ways a line may spell.
const (
	maxGap       = 3
	maxReach     = 8
	maxSpellings = 4000
)

func openTriggers(fsys fs.FS, lang string) (*triggers, error) {
	x := &triggers{min: 99}
	for i := range x.lemma {
		x.lemma[i], x.stem[i] = map[string]*trigger{}, map[string]*trigger{}
		x.phrases[i], x.phraseStems[i] = map[string][]phrased{}, map[string][]phrased{}
	}
	err := tsv.ReadIf(fsys, "lang/"+lang+"/events.tsv", tsv.Fields("category", "mode", "part of speech", "flags", "words", "CAMEO?"), x.add)
	for _, m := range [][2]map[string][]phrased{x.phrases, x.phraseStems} {
		for _, pos := range m {
			for _, all := range pos {
				slices.SortStableFunc(all, func(a, b phrased) int { return len(b.rest) - len(a.rest) })
			}
		}
	}
	return x, err
}

// add reads a line of events.tsv.
func (x *triggers) add(row tsv.Row) error {
	g, pos, err := newTrigger(row)
	if err != nil {
		return err
	}
	for _, w := range strings.Split(row.Field(4), ",") {
		parts := strings.Fields(w)
		if len(parts) == 0 {
			return row.Errorf(4, "an empty word between commas")
		}
		var rest [][]pattern
		ways := 1
		for i, p := range parts {
			alts, err := alternatives(row, p, strings.TrimSpace(w))
			if err != nil {
				return err
			}
			if ways *= len(alts); ways > maxSpellings {
				return row.Errorf(4, "%q spells more than %d phrases", strings.TrimSpace(w), maxSpellings)
			}
			if i > 0 {
				rest = append(rest, alts)
			}
		}
		x.enterAll(g, pos, parts[0], rest, strings.Contains(row.Field(3), "m"))
	}
	return nil
}

// newTrigger reads what a line of events.tsv says of its words, and their part of speech: 0 nouns, 1 verbs.
func newTrigger(row tsv.Row) (g trigger, pos int, err error) {
	flags := row.Field(3)
	g = trigger{code: letopis.Code(row.Field(0)), mode: strings.Trim(row.Field(1), "-"), cameo: row.Field(5), verb: row.Field(2) == "v",
		flip: strings.Contains(flags, "x"), object: strings.Contains(flags, "o"), person: strings.Contains(flags, "p"), weak: strings.Contains(flags, "w")}
	if row.Field(0) == noCode {
		g.code = ""
	} else if g.code.Quad() == 0 {
		return g, 0, row.Errorf(0, "%q is no PLOVER category", row.Field(0))
	}
	if g.verb {
		pos = 1
	} else if row.Field(2) != "n" {
		return g, 0, row.Errorf(2, "part of speech %q; v or n is needed", row.Field(2))
	}
	if i := strings.IndexFunc(flags, func(c rune) bool { return !strings.ContainsRune("-xopmw", c) }); i >= 0 {
		return g, 0, row.Errorf(3, "unknown flag %q; there are x, o, p, m and w", flags[i:i+1])
	}
	if row.Len() > 5 && (len(g.cameo) < 2 || len(g.cameo) > 4 || strings.Trim(g.cameo, "0123456789") != "") {
		return g, 0, row.Errorf(5, "%q is no CAMEO code", g.cameo)
	}
	return g, pos, nil
}

// alternatives reads one part of the words whole: "a|b*".
func alternatives(row tsv.Row, part, whole string) ([]pattern, error) {
	var alts []pattern
	for _, a := range strings.Split(part, "|") {
		stem, isStem := strings.CutSuffix(a, "*")
		if mixed(stem) {
			return nil, row.Errorf(4, "%q in %q mixes letters of two scripts and can match nothing", a, whole)
		}
		if stem == "" || strings.ToLower(stem) != stem {
			return nil, row.Errorf(4, "%q in %q; words stand in small letters", a, whole)
		}
		alts = append(alts, pattern{stem, isStem})
	}
	return alts, nil
}

// enterAll enters a trigger under each alternative of its first word.
func (x *triggers) enterAll(g trigger, pos int, first string, rest [][]pattern, modal bool) {
	for _, first := range strings.Split(first, "|") {
		stem, isStem := strings.CutSuffix(first, "*")
		g := g
		g.key, g.phrase = stem, len(rest) > 0
		switch {
		case len(rest) == 0 && isStem:
			enter(x.stem[pos], &g)
		case len(rest) == 0:
			enter(x.lemma[pos], &g)
		case isStem:
			x.phraseStems[pos][stem] = append(x.phraseStems[pos][stem], phrased{&g, rest, modal})
		default:
			x.phrases[pos][stem] = append(x.phrases[pos][stem], phrased{&g, rest, modal})
		}
		if isStem {
			x.min, x.max = min(x.min, len(stem)), max(x.max, len(stem))
		}
	}
}

// enter adds a single word. Where it stands twice in one category, a line that doubts it
// (flag w) does not replace one that trusts it, but lends it its CAMEO code.
func enter(to map[string]*trigger, g *trigger) {
	o := to[g.key]
	if o == nil || o.code != g.code || o.weak || !g.weak {
		to[g.key] = g
		return
	}
	if o.cameo == "" {
		o.cameo = g.cameo
	}
}

// mixed reports whether a word has letters of two scripts that look alike.
func mixed(word string) bool {
	latin := strings.ContainsFunc(word, func(c rune) bool { return unicode.Is(unicode.Latin, c) })
	return latin && strings.ContainsFunc(word, func(c rune) bool { return unicode.In(c, unicode.Cyrillic, unicode.Greek) })
}

// mark finds the triggers among the tokens: phrases first, whose other words evoke
// nothing of their own, then single words.
func (x *triggers) mark(toks []tok) {
	for i := range toks {
		switch toks[i].upos {
		case "VERB", "AUX", "ADJ":
			x.markPhrase(toks, i, 1)
		case "NOUN", "PROPN":
			x.markPhrase(toks, i, 0)
		case "", "X":
			x.markPhrase(toks, i, 1)
			if toks[i].trigger == nil && !toks[i].spent {
				x.markPhrase(toks, i, 0)
			}
		}
	}
	for i := range toks {
		t := &toks[i]
		if t.spent || t.trigger != nil {
			continue
		}
		switch t.upos {
		case "VERB", "AUX":
			t.trigger = x.find(1, t, true)
		case "ADJ":
			// Participles that a treebank calls adjectives match by stem, others by lemma.
			t.trigger = x.find(1, t, t.feats.Get("VerbForm") == "Part")
		case "NOUN":
			t.trigger = x.find(0, t, true)
		case "", "X":
			if t.trigger = x.find(1, t, true); t.trigger == nil {
				t.trigger = x.find(0, t, true)
			}
		}
		if t.trigger != nil && t.trigger.code == "" {
			t.trigger, t.spent = nil, true
		}
	}
}

// markPhrase marks token i and the words that make a phrase with it.
func (x *triggers) markPhrase(toks []tok, i, pos int) {
	t := &toks[i]
	if t.spent {
		return
	}
	if x.tryPhrases(toks, i, x.phrases[pos][t.lemma]) || t.lower != t.lemma && x.tryPhrases(toks, i, x.phrases[pos][t.lower]) || len(x.phraseStems[pos]) == 0 {
		return
	}
	for k := x.longest(t.lower); k >= x.min; {
		if x.tryPhrases(toks, i, x.phraseStems[pos][t.lower[:k]]) {
			return
		}
		_, w := utf8.DecodeLastRuneInString(t.lower[:k])
		k -= w
	}
}

func (x *triggers) tryPhrases(toks []tok, i int, all []phrased) bool {
	var at [8]int
	for _, p := range all {
		if len(p.rest) > len(at) || !p.found(toks, i, at[:len(p.rest)]) {
			continue
		}
		last := at[len(p.rest)-1]
		for _, k := range at[:len(p.rest)] {
			toks[k].spent, toks[k].trigger = true, nil
		}
		if n := x.find(0, &toks[last], true); p.verb && toks[last].upos == "NOUN" && n != nil && n.code == p.code && p.code != "" {
			// "announced its readiness": the noun says whose and to whom; the verb lends it a subject.
			toks[i].spent, toks[last].spent, toks[last].trigger = true, false, n
			return true
		}
		if p.code == "" {
			toks[i].spent = true
		} else {
			toks[i].trigger = p.trigger
		}
		return true
	}
	return false
}

// found looks for the other words of the phrase: each after the one before it with
// few words between, or, in another order, hanging on the first in the tree.
func (p phrased) found(toks []tok, i int, at []int) bool {
	last := i
	for n, alts := range p.rest {
		k := -1
		for j := last + 1; j < len(toks) && j <= last+1+maxGap && toks[j].sent == toks[i].sent && !breaksPhrase(&toks[j]); j++ {
			if fitsAny(alts, &toks[j]) && (toks[i].upos != "AUX" || toks[j].upos != "VERB" || p.modal) {
				k = j
				break
			}
		}
		if k < 0 && n == 0 {
			for j := max(0, i-maxReach); j < len(toks) && j <= i+maxReach; j++ {
				if toks[j].head == i && toks[j].sent == toks[i].sent && fitsAny(alts, &toks[j]) {
					k = j
					break
				}
			}
		}
		if k < 0 {
			return false
		}
		at[n] = k
		last = max(last, k)
	}
	return true
}

func breaksPhrase(t *tok) bool {
	return t.form == "," || t.form == ";" || t.form == ":" || t.form == "."
}

func fitsAny(alts []pattern, t *tok) bool {
	for _, a := range alts {
		if a.fits(t) {
			return true
		}
	}
	return false
}

// longest is the longest beginning of a form, in bytes, that may be a stem.
func (x *triggers) longest(form string) int {
	k := min(len(form), x.max)
	for k < len(form) && !utf8.RuneStart(form[k]) {
		k--
	}
	return k
}

func (x *triggers) find(pos int, t *tok, stems bool) *trigger {
	if g := x.lemma[pos][t.lemma]; g != nil {
		return g
	}
	if g := x.lemma[pos][t.lower]; g != nil {
		return g
	}
	for k := x.longest(t.lower); stems && k >= x.min; {
		if g := x.stem[pos][t.lower[:k]]; g != nil {
			return g
		}
		_, w := utf8.DecodeLastRuneInString(t.lower[:k])
		k -= w
	}
	return nil
}
