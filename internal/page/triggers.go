package page

import (
	"io/fs"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"letopis"
	"letopis/internal/tsv"
)

// Trigger is a word, or several in a row, that evokes an event of a PLOVER category. A
// language lists its triggers in lang/<code>/events.tsv (docs/formats/lang.md): code,
// mode, part of speech (v or n), flags, words, and the CAMEO code where the words tell
// it. Flags: "x" the grammatical subject is the recipient; "o" a genitive complement
// is the recipient ("арестът на …"), not the actor ("посещението на …"); "p" only
// with a person as its object ("прие посланика", not "прие закона"); "m" the first
// word is an auxiliary of the next ("must withdraw"), else it is not one; "w" the word
// often means something else, so that the actors must bear it out.
type Trigger struct {
	Key    string       // the word, or the first of several, as events.tsv has it, without "*"
	Code   letopis.Code // category; "" for what only looks like a trigger
	Mode   string       // of the category, or ""
	CAMEO  string       // code of CAMEO, or ""
	Verb   bool         // it is a verb, not a noun
	Flip   bool         // flag x
	Object bool         // flag o
	Person bool         // flag p
	Weak   bool         // flag w
	Phrase bool         // it is of several words
}

// phrased is a trigger of several words: the alternatives of each after the first.
type phrased struct {
	*Trigger
	rest  [][]pattern
	modal bool // the first word is an auxiliary of the others ("must withdraw")
}

// pattern is a lemma, or the beginning of forms.
type pattern struct {
	text string
	stem bool
}

func (p pattern) fits(t *Word) bool {
	if p.stem {
		return strings.HasPrefix(t.Lower, p.text)
	}
	return t.Lemma == p.text || t.Lower == p.text
}

// noCode stands in the tables for words that only look like a trigger.
const noCode = "NONE"

type triggerTable struct {
	lemma [2]map[string]*Trigger // nouns, verbs
	stem  [2]map[string]*Trigger
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

func openTriggers(fsys fs.FS, lang string) (*triggerTable, error) {
	x := &triggerTable{min: 99}
	for i := range x.lemma {
		x.lemma[i], x.stem[i] = map[string]*Trigger{}, map[string]*Trigger{}
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
func (x *triggerTable) add(row tsv.Row) error {
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
func newTrigger(row tsv.Row) (g Trigger, pos int, err error) {
	flags := row.Field(3)
	g = Trigger{Code: letopis.Code(row.Field(0)), Mode: strings.Trim(row.Field(1), "-"), CAMEO: row.Field(5), Verb: row.Field(2) == "v",
		Flip: strings.Contains(flags, "x"), Object: strings.Contains(flags, "o"), Person: strings.Contains(flags, "p"), Weak: strings.Contains(flags, "w")}
	if row.Field(0) == noCode {
		g.Code = ""
	} else if g.Code.Quad() == 0 {
		return g, 0, row.Errorf(0, "%q is no PLOVER category", row.Field(0))
	}
	if g.Verb {
		pos = 1
	} else if row.Field(2) != "n" {
		return g, 0, row.Errorf(2, "part of speech %q; v or n is needed", row.Field(2))
	}
	if i := strings.IndexFunc(flags, func(c rune) bool { return !strings.ContainsRune("-xopmw", c) }); i >= 0 {
		return g, 0, row.Errorf(3, "unknown flag %q; there are x, o, p, m and w", flags[i:i+1])
	}
	if row.Len() > 5 && (len(g.CAMEO) < 2 || len(g.CAMEO) > 4 || strings.Trim(g.CAMEO, "0123456789") != "") {
		return g, 0, row.Errorf(5, "%q is no CAMEO code", g.CAMEO)
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
func (x *triggerTable) enterAll(g Trigger, pos int, first string, rest [][]pattern, modal bool) {
	for _, first := range strings.Split(first, "|") {
		stem, isStem := strings.CutSuffix(first, "*")
		g := g
		g.Key, g.Phrase = stem, len(rest) > 0
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
func enter(to map[string]*Trigger, g *Trigger) {
	o := to[g.Key]
	if o == nil || o.Code != g.Code || o.Weak || !g.Weak {
		to[g.Key] = g
		return
	}
	if o.CAMEO == "" {
		o.CAMEO = g.CAMEO
	}
}

// mixed reports whether a word has letters of two scripts that look alike.
func mixed(word string) bool {
	latin := strings.ContainsFunc(word, func(c rune) bool { return unicode.Is(unicode.Latin, c) })
	return latin && strings.ContainsFunc(word, func(c rune) bool { return unicode.In(c, unicode.Cyrillic, unicode.Greek) })
}

// mark finds the triggers among the words: phrases first, whose other words evoke
// nothing of their own, then single words.
func (x *triggerTable) mark(words []Word) {
	for i := range words {
		switch words[i].UPOS {
		case "VERB", "AUX", "ADJ":
			x.markPhrase(words, i, 1)
		case "NOUN", "PROPN":
			x.markPhrase(words, i, 0)
		case "", "X":
			x.markPhrase(words, i, 1)
			if words[i].Trigger == nil && !words[i].Spent {
				x.markPhrase(words, i, 0)
			}
		}
	}
	for i := range words {
		t := &words[i]
		if t.Spent || t.Trigger != nil {
			continue
		}
		switch t.UPOS {
		case "VERB", "AUX":
			t.Trigger = x.find(1, t, true)
		case "ADJ":
			// Participles that a treebank calls adjectives match by stem, others by lemma.
			t.Trigger = x.find(1, t, t.Feats.Get("VerbForm") == "Part")
		case "NOUN":
			t.Trigger = x.find(0, t, true)
		case "", "X":
			if t.Trigger = x.find(1, t, true); t.Trigger == nil {
				t.Trigger = x.find(0, t, true)
			}
		}
		if t.Trigger != nil && t.Trigger.Code == "" {
			t.Trigger, t.Spent = nil, true
		}
	}
}

// markPhrase marks word i and the words that make a phrase with it.
func (x *triggerTable) markPhrase(words []Word, i, pos int) {
	t := &words[i]
	if t.Spent {
		return
	}
	if x.tryPhrases(words, i, x.phrases[pos][t.Lemma]) || t.Lower != t.Lemma && x.tryPhrases(words, i, x.phrases[pos][t.Lower]) || len(x.phraseStems[pos]) == 0 {
		return
	}
	for k := x.longest(t.Lower); k >= x.min; {
		if x.tryPhrases(words, i, x.phraseStems[pos][t.Lower[:k]]) {
			return
		}
		_, w := utf8.DecodeLastRuneInString(t.Lower[:k])
		k -= w
	}
}

func (x *triggerTable) tryPhrases(words []Word, i int, all []phrased) bool {
	var at [8]int
	for _, p := range all {
		if len(p.rest) > len(at) || !p.found(words, i, at[:len(p.rest)]) {
			continue
		}
		last := at[len(p.rest)-1]
		for _, k := range at[:len(p.rest)] {
			words[k].Spent, words[k].Trigger = true, nil
		}
		if n := x.find(0, &words[last], true); p.Verb && words[last].UPOS == "NOUN" && n != nil && n.Code == p.Code && p.Code != "" {
			// "announced its readiness": the noun says whose and to whom; the verb lends it a subject.
			words[i].Spent, words[last].Spent, words[last].Trigger = true, false, n
			return true
		}
		if p.Code == "" {
			words[i].Spent = true
		} else {
			words[i].Trigger = p.Trigger
		}
		return true
	}
	return false
}

// found looks for the other words of the phrase: each after the one before it with
// few words between, or, in another order, hanging on the first in the tree.
func (p phrased) found(words []Word, i int, at []int) bool {
	last := i
	for n, alts := range p.rest {
		k := p.after(words, i, last, alts)
		if k < 0 && n == 0 {
			k = hanging(words, i, alts)
		}
		if k < 0 {
			return false
		}
		at[n] = k
		last = max(last, k)
	}
	return true
}

// after finds a part of the phrase that begins at i behind the word last, or -1.
func (p phrased) after(words []Word, i, last int, alts []pattern) int {
	for j := last + 1; j < len(words) && j <= last+1+maxGap && words[j].Sent == words[i].Sent && !breaksPhrase(&words[j]); j++ {
		if fitsAny(alts, &words[j]) && (words[i].UPOS != "AUX" || words[j].UPOS != "VERB" || p.modal) {
			return j
		}
	}
	return -1
}

// hanging finds a part of a phrase among the words near i that hang on it, or -1.
func hanging(words []Word, i int, alts []pattern) int {
	for j := max(0, i-maxReach); j < len(words) && j <= i+maxReach; j++ {
		if words[j].Head == i && words[j].Sent == words[i].Sent && fitsAny(alts, &words[j]) {
			return j
		}
	}
	return -1
}

func breaksPhrase(t *Word) bool {
	return t.Form == "," || t.Form == ";" || t.Form == ":" || t.Form == "."
}

func fitsAny(alts []pattern, t *Word) bool {
	for _, a := range alts {
		if a.fits(t) {
			return true
		}
	}
	return false
}

// longest is the longest beginning of a form, in bytes, that may be a stem.
func (x *triggerTable) longest(form string) int {
	k := min(len(form), x.max)
	for k < len(form) && !utf8.RuneStart(form[k]) {
		k--
	}
	return k
}

// find returns what a word by itself is as a noun (pos 0) or a verb (pos 1): by its lemma, its form, or, where
// stems count, the longest beginning of its form. A word that only looks like a trigger gives one without a code; nil is none.
func (x *triggerTable) find(pos int, t *Word, stems bool) *Trigger {
	if g := x.lemma[pos][t.Lemma]; g != nil {
		return g
	}
	if g := x.lemma[pos][t.Lower]; g != nil {
		return g
	}
	for k := x.longest(t.Lower); stems && k >= x.min; {
		if g := x.stem[pos][t.Lower[:k]]; g != nil {
			return g
		}
		_, w := utf8.DecodeLastRuneInString(t.Lower[:k])
		k -= w
	}
	return nil
}
