package nlp

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"letopis/internal/tsv"
	"letopis/internal/ud"
)

// This file gives names of persons and places their dictionary form where a dictionary of forms and a table
// of endings tell it: all words of a person's name stand in one case and agree in gender.

// nameKind is what kind of name a dictionary has a form for.
type nameKind uint8

const (
	kindGiven nameKind = 1 << iota
	kindSurname
	kindPatronymic
	kindGeo
	kindOrg
	kindName   // of whatever
	kindCommon // no name
)

// nameSense is what a tag of the dictionary tells of a name.
type nameSense struct {
	kind      nameKind
	gender    uint8 // bits: 1 masculine, 2 feminine, 4 neuter
	cas       int8  // index into nameCases, -1 for none
	plural    bool
	adjective bool
}

// nameCases are the cases by the dictionary's names and by those of Universal Dependencies.
var nameCases = [...][2]string{{"nomn", "Nom"}, {"gent", "Gen"}, {"datv", "Dat"}, {"accs", "Acc"}, {"ablt", "Ins"}, {"loct", "Loc"}}

func sensesOf(tags []string) []nameSense {
	kinds := map[string]nameKind{"Name": kindGiven, "Surn": kindSurname, "Patr": kindPatronymic, "Geox": kindGeo, "Orgn": kindOrg, "name": kindName}
	genders := map[string]uint8{"masc": 1, "femn": 2, "ms-f": 3, "neut": 4}
	out := make([]nameSense, len(tags))
	for i, tag := range tags {
		s := nameSense{cas: -1}
		for _, x := range strings.FieldsFunc(tag, func(r rune) bool { return r == ',' || r == ' ' }) {
			s.kind |= kinds[x]
			s.gender |= genders[x]
			s.plural = s.plural || x == "plur"
			s.adjective = s.adjective || x == "ADJF"
			for c := range nameCases {
				if nameCases[c][0] == x {
					s.cas = int8(c)
				}
			}
		}
		if s.kind == 0 {
			s.kind = kindCommon
		}
		out[i] = s
	}
	return out
}

// kinds returns what the dictionary has a word in small letters for.
func (g *NameRules) kinds(low string) nameKind {
	if g == nil || g.dict == nil {
		return 0
	}
	k := nameKind(0)
	for _, r := range g.dict.Find(low, nil) {
		if s := g.senses[r.Tag]; !s.plural || s.kind == kindCommon {
			k |= s.kind
		}
	}
	switch {
	case !g.hidden[low]:
	case g.keepGeo:
		k &= kindGeo | kindCommon
	default:
		k &= kindCommon
	}
	return k
}

// declension is how names in an ending of the nominative decline: the endings of the other cases in the order of nameCases.
type declension struct {
	gender uint8
	cases  [len(nameCases)]string
}

// decline reads a row of surnames.tsv: gender m, f or mf, the ending of the nominative and the five others, "-" for none.
func (g *NameRules) decline(r tsv.Row) error {
	d := declension{}
	for _, c := range r.Field(0) {
		switch c {
		case 'm':
			d.gender |= 1
		case 'f':
			d.gender |= 2
		default:
			return r.Errorf(0, "gender %q, want m, f or mf", r.Field(0))
		}
	}
	ends := append([]string{r.Field(1)}, strings.Fields(r.Field(2))...)
	if len(ends) != len(nameCases) {
		return r.Errorf(2, "%d endings, want %d: genitive, dative, accusative, instrumental, locative", len(ends)-1, len(nameCases)-1)
	}
	for i, e := range ends {
		d.cases[i] = strings.TrimPrefix(e, "-")
	}
	g.declined = append(g.declined, d)
	return nil
}

// nominative returns the nominative of a word of a person's name that stands in a case and has a gender, and how
// well that is known: 20 by the list of given names, 6 by the dictionary, 2 by the table, 0 not at all.
func (g *NameRules) nominative(low string, gender uint8, c int) (string, int) {
	given := g.sets["given"].words
	switch {
	case !given[low]:
		if x := g.declinedGiven(low, gender, c); x != "" {
			return x, 20
		}
	case c == 0 && (gender == 2 || !g.womans(low) || g.kinds(low)&kindGiven == 0) || g.fixed(low):
		return low, 20
	case gender == 2 && g.consonant(low):
		return low, 6 // a man's more often
	}
	x, sure := g.known(low, gender, c)
	switch {
	case x != "":
		return x, 6
	case sure:
		return "", 0
	case c == 0:
		if g.endsAs(low, gender) {
			return low, 2
		}
		return "", 0
	}
	for i := range g.declined {
		d := &g.declined[i]
		stem, ok := strings.CutSuffix(low, d.cases[c])
		if d.gender&gender == 0 || !ok || runesBelow(stem+d.cases[0], 3) || !g.fits(d, stem) {
			continue
		}
		return stem + d.cases[0], 2
	}
	return "", 0
}

// known returns the nominative by the dictionary; sure where it has the word as a given name, if of another
// gender or case.
func (g *NameRules) known(low string, gender uint8, c int) (best string, sure bool) {
	given := g.sets["given"].words
	for _, r := range g.dict.Find(low, nil) {
		s := g.senses[r.Tag]
		if s.kind&(kindGiven|kindSurname|kindPatronymic) == 0 || s.plural {
			continue
		}
		sure = sure || s.kind&(kindGiven|kindPatronymic) != 0
		if s.gender&gender == 0 || int(s.cas) != c {
			continue
		}
		if c == 0 {
			return low, true
		}
		x := g.dict.nominative(r, low, g.senses, gender)
		if best == "" || given[x] && !given[best] {
			best = x
		}
	}
	return best, sure
}

// womans reports whether a given name ends as women's do.
func (g *NameRules) womans(low string) bool { return g.endsIn("womans", low) }

// fixed reports whether a word ends as names that never change do.
func (g *NameRules) fixed(low string) bool { return g.endsIn("fixed", low) }

// consonant reports whether a word ends in a consonant, as women's surnames that never change do.
func (g *NameRules) consonant(low string) bool { return low != "" && !g.endsIn("vowel", low) }

// endsIn reports whether a word ends in a letter of a set.
func (g *NameRules) endsIn(rule, low string) bool {
	_, n := utf8.DecodeLastRuneInString(low)
	return g.sets[rule].words[low[len(low)-n:]]
}

// declinedGiven returns the given name of the list that a word is in a case, "" for none.
func (g *NameRules) declinedGiven(low string, gender uint8, c int) string {
	given := g.sets["given"]
	for i := range g.declined {
		d := &g.declined[i]
		stem, ok := strings.CutSuffix(low, d.cases[c])
		if c == 0 || !ok || d.gender&gender == 0 || !g.fits(d, stem) || !given.words[stem+d.cases[0]] {
			continue
		}
		// A name in -а or -я is a woman's unless the dictionary has it as a man's.
		x := stem + d.cases[0]
		if gender == 1 && g.womans(x) {
			continue
		}
		return x
	}
	return ""
}

// endsAs reports whether a word ends as a nominative of the gender does.
func (g *NameRules) endsAs(low string, gender uint8) bool {
	for i := range g.declined {
		d := &g.declined[i]
		if stem, ok := strings.CutSuffix(low, d.cases[0]); ok && d.gender&gender != 0 && g.fits(d, stem) {
			return true
		}
	}
	return false
}

// fits reports whether a stem can stand before the endings: an empty nominative needs a consonant, and behind a soft
// sign no hard ending stands.
func (g *NameRules) fits(d *declension, stem string) bool {
	r, _ := utf8.DecodeLastRuneInString(stem)
	if d.cases[0] == "" {
		return unicode.IsLetter(r) && g.consonant(stem) && !g.endsIn("soft", stem)
	}
	return !g.endsIn("soft", stem) || !g.endsIn("hard", d.cases[0])
}

// nominative returns the singular nominative of a gender in the lexeme of a reading.
func (d *Forms) nominative(r Reading, form string, senses []nameSense, gender uint8) string {
	p := d.paras[r.para]
	base := p[0]
	for _, f := range p {
		if s := senses[f.tag]; s.cas == 0 && !s.plural && s.gender&gender != 0 {
			base = f
			break
		}
	}
	return d.spell(r, base, form)
}

// personForm returns the words of a person's name in the nominative, all in one case and gender; nil where they do not
// agree or nothing is known of them.
func (g *NameRules) personForm(s *ud.Sentence, first, last int32, ws []BaseWord) []string {
	if g == nil || g.dict == nil || len(g.declined) == 0 || len(ws) < 2 {
		return nil
	}
	w := &s.Words[s.Tokens[first].First]
	tagged := [2]string{w.Feats.Get("Case"), s.Words[s.Tokens[last].First].Feats.Get("Case")}
	var best []string
	top := 0
	for c := range nameCases {
		for gender := uint8(1); gender <= 2; gender++ {
			out, score := g.agreeing(ws, gender, c)
			if score == 0 || score < 6 && tagged[0] != "Nom" {
				continue
			}
			for i, t := range tagged { // the surname tells more: foreign given names have no cases
				if t == nameCases[c][1] {
					score += 2 + i
				}
			}
			if score > top {
				best, top = out, score
			}
		}
	}
	return best
}

// agreeing returns the words of a name in the nominative if they can all stand in a case and gender, and how well
// that is known; 0 if they cannot.
func (g *NameRules) agreeing(ws []BaseWord, gender uint8, c int) ([]string, int) {
	var out []string
	sum, known := 0, false
	for i := range ws {
		w := &ws[i]
		n := utf8.RuneCountInString(w.Core)
		if n < 2 || g.is("particle", &ud.Word{Form: w.Core}) || w.Core == strings.ToUpper(w.Core) || !cyrillic(w.Core) {
			out = append(out, w.Core)
			continue
		}
		x, score := g.nominative(w.low, gender, c)
		if score == 0 && gender == 2 && g.consonant(w.low) || score == 0 && g.fixed(w.low) && !g.surnameLike(w.low) {
			x, score = w.low, 1
		}
		if score == 0 {
			return nil, 0
		}
		known = known || score >= 6
		sum += score
		out = append(out, likeCase(x, w.Core))
	}
	if !known && c != 0 {
		return nil, 0
	}
	return out, sum
}

// cyrillic reports whether a word is written in Cyrillic letters.
func cyrillic(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.Is(unicode.Cyrillic, r)
}

// likeCase writes a word in small letters with the capitals of another that begins alike.
func likeCase(low, as string) string {
	if utf8.RuneCountInString(as) > 1 && as == strings.ToUpper(as) {
		return strings.ToUpper(low)
	}
	from, to := []rune(as), []rune(low)
	for i := range to {
		if i < len(from) && unicode.ToLower(from[i]) == to[i] || i < len(from) && to[i] == 'е' && unicode.ToLower(from[i]) == 'ё' {
			to[i] = from[i]
		}
	}
	return string(to)
}

// phraseForm returns the words of a name that is no person's in the nominative: the adjectives before its head
// agree with it, and what follows stays. It is nil where the dictionary does not know the head or an adjective.
func (g *NameRules) phraseForm(s *ud.Sentence, first, last int32, ws []BaseWord) []string {
	if g == nil || g.dict == nil || len(g.declined) == 0 || int(last-first)+1 != len(ws) {
		return nil
	}
	word := func(i int) *ud.Word { return &s.Words[s.Tokens[first+int32(i)].First] }
	h := 0
	for h < len(ws) && word(h).UPOS == "ADJ" {
		h++
	}
	if h == len(ws) || h == 0 && len(ws) < 2 || word(h).UPOS != "NOUN" && word(h).UPOS != "PROPN" {
		return nil
	}
	cas, plural := word(h).Feats.Get("Case"), word(h).Feats.Get("Number") == "Plur"
	if h+1 < len(ws) && cas != "Nom" && cas != "Gen" && word(h+1).Feats.Get("Case") == cas {
		return nil // another noun may agree with it
	}
	out := make([]string, len(ws))
	for i := range ws {
		if ws[i].Core == "" || !cyrillic(ws[i].Core) || ws[i].Core == strings.ToUpper(ws[i].Core) {
			if i <= h {
				return nil
			}
			continue
		}
		out[i] = ws[i].Core
	}
	if cas == "Nom" {
		return out
	}
	// The gender of the head is the one that the adjectives agree with: «на Храмовой горе» is гора, not горе.
	for not := uint8(0); ; {
		head, gender := g.headForm(word(h), ws[h].low, cas, plural, not)
		if head == "" {
			return nil
		}
		out[h] = likeCase(head, ws[h].Core)
		agree := true
		for i := range h {
			x := g.adjectiveForm(word(i), ws[i].low, cas, plural, gender)
			out[i] = likeCase(x, ws[i].Core)
			agree = agree && x != ""
		}
		switch {
		case agree:
			return out
		case not&gender == gender:
			return nil
		}
		not |= gender
	}
}

// headForm returns the nominative of a noun in a case and number, and its gender; "" where the dictionary has none.
// Of several nouns it takes the one whose lemma the tagger chose, or whose gender; none of the genders not.
func (g *NameRules) headForm(w *ud.Word, low, cas string, plural bool, not uint8) (form string, gender uint8) {
	genders := map[string]uint8{"Masc": 1, "Fem": 2, "Neut": 4}
	top := -1
	for _, r := range g.dict.Find(low, nil) {
		s := g.senses[r.Tag]
		if s.adjective || s.cas < 0 || nameCases[s.cas][1] != cas || s.plural != plural || s.gender&not != 0 {
			continue
		}
		score := 0
		if g.dict.Lemma(r, low, false) == lower(w.Lemma) {
			score = 2
		}
		if s.gender&genders[w.Feats.Get("Gender")] != 0 {
			score++
		}
		if score <= top {
			continue
		}
		for _, f := range g.dict.paras[r.para] {
			if n := g.senses[f.tag]; n.cas == 0 && n.plural == plural && !n.adjective && (plural || n.gender == s.gender) {
				form, gender, top = g.dict.spell(r, f, low), s.gender, score
				break
			}
		}
	}
	return form, gender
}

// adjectiveForm returns the nominative of an adjective that agrees with a noun of a number and gender: of several
// the one whose lemma the tagger chose, then the one most like it, not высокий for высшим.
func (g *NameRules) adjectiveForm(w *ud.Word, low, cas string, plural bool, gender uint8) string {
	best, top := "", -1
	for _, r := range g.dict.Find(low, nil) {
		s := g.senses[r.Tag]
		if !s.adjective || s.cas < 0 || nameCases[s.cas][1] != cas || s.plural != plural || !plural && s.gender&gender == 0 {
			continue
		}
		for _, f := range g.dict.paras[r.para] {
			n := g.senses[f.tag]
			if !n.adjective || n.cas != 0 || n.plural != plural || !plural && n.gender&gender == 0 {
				continue
			}
			x := g.dict.spell(r, f, low)
			score := 100*alike(x, low) - utf8.RuneCountInString(x)
			if g.dict.Lemma(r, low, false) == lower(w.Lemma) {
				score += 50
			}
			if score > top {
				best, top = x, score
			}
		}
	}
	return best
}

// alike is how many letters two words begin with in common.
func alike(a, b string) int {
	x, y := []rune(a), []rune(b)
	n := 0
	for n < len(x) && n < len(y) && x[n] == y[n] {
		n++
	}
	return n
}

// placeForm returns the nominative of a word of a place or a company that the dictionary knows in the case in which
// the word stands; "" where it does not.
func (g *NameRules) placeForm(w *ud.Word, low, typ string) string {
	if g == nil || g.dict == nil {
		return ""
	}
	want := kindGeo
	if typ == "ORG" {
		want = kindOrg
	}
	var lemmas []string
	count := map[string]int{}
	for _, r := range g.dict.Find(low, nil) {
		s := g.senses[r.Tag]
		if s.kind&want == 0 || s.plural {
			continue
		}
		if s.cas == 0 && w.Feats.Get("Case") == "Nom" {
			return low
		}
		l := g.dict.Lemma(r, low, false)
		count[l]++
		if s.cas >= 0 && nameCases[s.cas][1] == w.Feats.Get("Case") {
			count[l] += 2
		}
		if !slices.Contains(lemmas, l) {
			lemmas = append(lemmas, l)
		}
	}
	best := ""
	for _, l := range lemmas {
		if best == "" || count[l] > count[best] {
			best = l
		}
	}
	return best
}

// surnameLike reports whether a word ends as surnames do that have an ending of their own.
func (g *NameRules) surnameLike(low string) bool {
	for i := range g.declined {
		d := &g.declined[i]
		if len(d.cases[0]) < 4 {
			continue
		}
		for _, e := range d.cases {
			if stem, ok := strings.CutSuffix(low, e); ok && !runesBelow(stem, 2) {
				return true
			}
		}
	}
	return false
}
