package read

import (
	"slices"
	"strings"
	"unicode/utf8"

	"letopis"
	"letopis/internal/kb"
	"letopis/internal/ud"
)

// credit is a link of the reporting chain while it is read.
type credit struct {
	role        letopis.Role
	name        string
	first, last int // tokens, both included
	sent        int
	rule        string
}

// provenance finds who is credited with the news: agencies and media in the body,
// in slashes or brackets and in datelines, the translator, the publisher.
func (r *reading) provenance() {
	r.creditCue, r.credited = map[int]bool{}, map[string]bool{}
	r.datelines()
	for i := range r.toks {
		t := &r.toks[i]
		if n := r.lex.phraseLen(r.toks, i, clCite); n > 0 {
			if m := r.outletFrom(i+n, r.sents[t.sent].end, 3); m[0] >= 0 {
				r.credit(letopis.RoleAgency, m, "cite")
				for j := r.pastMark(m[1] + 1); j+1 < r.sents[t.sent].end && r.toks[j].is(clAnd); j = r.pastMark(m[1] + 1) {
					next, ok := r.outletAt(j+1, r.sents[t.sent].end)
					if !ok {
						break
					}
					m = next
					r.credit(letopis.RoleAgency, m, "cite")
				}
			}
		}
		if t.say != nil {
			r.creditBeside(i)
		}
		r.toldTo(i)
		if n := r.lex.phraseLen(r.toks, i, clAttrib); n > 0 {
			if m := r.outletFrom(i+n, r.sents[t.sent].end, 2); m[0] >= 0 {
				r.credit(letopis.RoleAgency, m, "attrib")
			}
		}
		r.bracketed(i)
		r.labelled(i)
	}
}

func (r *reading) credit(role letopis.Role, m [2]int, rule string) {
	name := r.outletName(m)
	key := nameKey(name)
	for i := m[0] - 1; i >= 0 && i > m[0]-3; i-- {
		if r.toks[i].is(clPhoto) {
			r.note(m[0], m[1]+1, WhyPhoto, "")
			return
		}
	}
	if o := r.toks[m[0]].outlet; o > 0 && r.kindOfOutlet(o) == "platform" {
		r.note(m[0], m[1]+1, WhyPlatform, "")
		return // where it was said, not who reports it
	}
	if m[0] > 0 && r.toks[m[0]-1].form == "(" {
		for i := range r.credits {
			if end := r.credits[i].last; m[0] > end && m[0] <= end+3 {
				return // "Дау Джоунс" (Dow Jones): the same in other letters
			}
		}
	}
	once := string(role) + " " + key
	if r.credited[once] {
		return
	}
	r.credited[once] = true
	r.credits = append(r.credits, credit{role: role, name: name, first: m[0], last: m[1], sent: r.toks[m[0]].sent, rule: "provenance." + rule})
}

// creditBeside credits an outlet that is the subject of a word of saying:
// reporting verbs credit any medium, others one that is known.
func (r *reading) creditBeside(k int) {
	b := r.sents[r.toks[k].sent]
	media := r.toks[k].say.has('m')
	rule := "report." + r.toks[k].say.lemma
	if media {
		if m := r.unknownOutlet(k+1, b.end); m[0] >= 0 {
			r.credit(letopis.RoleAgency, m, rule)
			r.creditCue[k] = true
			return
		}
	}
	n := 4
	if !media {
		n = 2
	}
	m := r.outletFrom(k+1, b.end, n)
	if m[0] < 0 {
		m = r.outletBefore(k, b.first, n)
		if i := m[0] - 1; m[0] >= 0 && !media {
			if i > b.first && r.toks[i].upos == "DET" {
				i--
			}
			if i >= b.first && r.toks[i].upos == "ADP" {
				return // "an editor of the Times said": the editor says it
			}
		}
	}
	if m[0] >= 0 {
		r.credit(letopis.RoleAgency, m, rule)
		r.creditCue[k] = media
	}
}

// unknownOutlet reads what follows a reporting verb as an outlet that the
// knowledge base lacks: a short name in quotation marks, one in Latin letters
// amid Cyrillic, or media in general ("местни медии").
func (r *reading) unknownOutlet(i, end int) [2]int {
	none := [2]int{-1, -1}
	for i < end && r.toks[i].upos == "ADV" {
		i++
	}
	if i >= end || r.toks[i].outlet > 0 {
		return none
	}
	if q := r.toks[i].opens; q >= 0 && r.quotes[q].close < end && r.quotes[q].close-i <= 5 && r.nameQuote(&r.quotes[q]) {
		return [2]int{i + 1, r.quotes[q].close - 1}
	}
	if t := &r.toks[i]; t.acronym() && t.known == 0 && (t.name < 0 || r.names[t.name].country == "") && utf8.RuneCountInString(t.form) >= 3 {
		return [2]int{i, i}
	}
	j := i
	for j < end && latin(r.toks[j].form) {
		j++
	}
	if j > i && r.lex.has(trLatinNames) && j-i <= 5 {
		return [2]int{i, j - 1}
	}
	if c := r.chunkOf(i); c != nil && r.toks[c.head].is(clMedia) && r.toks[c.head].feats.Get("Number") == "Plur" {
		return [2]int{c.first, c.end - 1}
	}
	return none
}

// latin reports whether a form is a capitalised word in Latin letters.
func latin(form string) bool {
	return form != "" && form[0] >= 'A' && form[0] <= 'Z' && len(form) > 1
}

// toldTo credits the outlet that somebody spoke to: "в интервю за …",
// "told Reuters", "сообщил AFP".
func (r *reading) toldTo(i int) {
	t := &r.toks[i]
	if t.outlet == 0 || i > 0 && r.toks[i-1].outlet == t.outlet {
		return
	}
	j := r.outletEnd(i, len(r.toks))
	for k := i - 1; k >= 0 && k > i-7 && r.toks[k].sent == t.sent; k-- {
		w := &r.toks[k]
		if w.is(clPhoto) {
			return
		}
		if w.is(clInterview) || w.say != nil && w.say.has('c') {
			r.credit(letopis.RoleAgency, [2]int{i, j}, "told")
			return
		}
	}
}

// outletFrom returns the tokens of an outlet that begins within n tokens of i, or [-1 -1].
func (r *reading) outletFrom(i, end, n int) [2]int {
	for j := i; j < end && j < i+n; j++ {
		t := &r.toks[j]
		if m, ok := r.outletAt(j, end); ok {
			return m
		}
		if t.form == "," || t.say != nil || t.is(clCompl) || t.is(clGenPrep) {
			break
		}
	}
	return [2]int{-1, -1}
}

func (r *reading) outletBefore(k, first, n int) [2]int {
	for j := k - 1; j >= first && j >= k-n; j-- {
		if o := r.toks[j].outlet; o > 0 {
			i := j
			for i > first && r.toks[i-1].outlet == o {
				i--
			}
			return [2]int{i, j}
		}
		if r.toks[j].form == "," {
			break
		}
	}
	return [2]int{-1, -1}
}

// outletAt reads an outlet at token j: one the knowledge base knows, or a media
// noun with a name: "вестник „Труд“", "агенция АНСА", "украинските медии".
func (r *reading) outletAt(j, end int) ([2]int, bool) {
	t := &r.toks[j]
	if t.outlet > 0 {
		return [2]int{j, r.outletEnd(j, end)}, true
	}
	if !t.is(clMedia) {
		return [2]int{}, false
	}
	if j+1 < end {
		if mk, _ := markOf(r.toks[j+1].form); mk != notMark && r.toks[j+1].Start >= t.End {
			if qi := r.toks[j+1].opens; qi >= 0 && r.quotes[qi].close < end && r.quotes[qi].close-r.quotes[qi].open < 8 {
				return [2]int{r.quotes[qi].open + 1, r.quotes[qi].close - 1}, true
			}
		}
		if n := r.toks[j+1].name; n >= 0 && r.names[n].typ != letopis.Location && r.names[n].typ != letopis.Person {
			return [2]int{r.names[n].first, r.names[n].last}, true
		}
	}
	return [2]int{}, false
}

// outletEnd returns the last token of the outlet that begins at j: the knowledge
// base may know a part of its name only.
func (r *reading) outletEnd(j, end int) int {
	t := &r.toks[j]
	k := j
	for k+1 < end && r.toks[k+1].outlet == t.outlet {
		k++
	}
	// РИА «Новости»: the quoted part belongs to the name.
	if k+1 < end && r.toks[k].acronym() {
		if q := r.toks[k+1].opens; q >= 0 && r.quotes[q].close < end && r.quotes[q].close == k+3 && r.toks[k+2].capital() {
			return k + 3
		}
	}
	// "РИА новости": marks close the name.
	if q := t.quote; q >= 0 && r.quotes[q].open == j-1 && r.quotes[q].close > k && r.quotes[q].close <= j+4 && r.quotes[q].close < end {
		return r.quotes[q].close - 1
	}
	// Deutsche Welle Asia, BBC News
	for k+1 < end && r.toks[k+1].outlet == 0 && latin(t.form) && latin(r.toks[k+1].form) && r.toks[k+1].Start == r.toks[k].End+1 && r.toks[k+1].quote == t.quote &&
		(r.toks[k+1].is(clOutlet) || r.lex.has(trLatinNames)) {
		k++
	}
	return k
}

// shapedOutlets marks names that end as media are named ("The Harbour Herald"), which
// the knowledge base need not know.
func (r *reading) shapedOutlets() {
	for i := range r.toks {
		if !r.toks[i].is(clOutlet) || !r.toks[i].capital() || r.toks[i].outlet > 0 {
			continue
		}
		j := i
		for j > r.sents[r.toks[i].sent].first && r.toks[j-1].capital() && r.toks[j-1].outlet == 0 && !r.toks[j-1].punct() && r.toks[j-1].upos != "DET" && r.toks[j-1].upos != "ADP" && i-j < 4 {
			j--
		}
		if j == i || r.toks[j].upos == "PRON" {
			continue
		}
		r.outlets = append(r.outlets, kb.Match{Kind: kb.KindOutlet, First: j, Last: i})
		for k := j; k <= i; k++ {
			r.toks[k].outlet = len(r.outlets)
		}
	}
}

// pastMark skips a closing quotation mark at i.
func (r *reading) pastMark(i int) int {
	if i < len(r.toks) && r.toks[i].closes >= 0 {
		return i + 1
	}
	return i
}

// outletName gives the dictionary form of an outlet.
func (r *reading) outletName(m [2]int) string {
	if n := r.toks[m[0]].name; n >= 0 && r.names[n].first == m[0] && r.names[n].last == m[1] && r.names[n].base != "" {
		return r.names[n].base
	}
	return r.text[r.toks[m[0]].Start:r.toks[m[1]].End]
}

// datelines marks credits that open a text or paragraph: "/Поглед.инфо/",
// "МОСКВА, 22 октября. /ТАСС/", "LONDON (Reuters) -". A site's own name opens its text.
func (r *reading) datelines() {
	r.skipTo = map[int]int{}
	para := -1
	for si := range r.sents {
		s := r.sents[si]
		if s.para == para {
			continue
		}
		para = s.para
		i := s.first
		for j := i; j < s.end && j < i+14; j++ {
			t := &r.toks[j]
			if t.form != "/" && t.form != "(" {
				continue
			}
			k := j + 1
			closing := "/"
			if t.form == "(" {
				closing = ")"
			}
			for k < s.end && k < j+7 && r.toks[k].form != closing {
				k++
			}
			if k >= s.end || r.toks[k].form != closing || k == j+1 {
				break
			}
			m := [2]int{j + 1, k - 1}
			next := k + 1
			for next < s.end && (r.toks[next].dash() || r.toks[next].form == "." || r.toks[next].form == "–") {
				next++
			}
			switch {
			case r.toks[j+1].outlet > 0 && r.kindOfOutlet(r.toks[j+1].outlet) != "agency" && j == i && t.form == "/" && si == 0,
				j == i && t.form == "/" && si == 0 && r.toks[j+1].outlet == 0:
				r.credit(letopis.RolePublisher, m, "opening")
			case r.toks[j+1].outlet > 0:
				r.credit(letopis.RoleAgency, m, "dateline")
			default:
				next = i
			}
			if next > i && next < s.end {
				r.skipTo[i] = next
			}
			break
		}
	}
}

// bracketed credits an agency alone between slashes or brackets: "/ТАСС/", "(БТА)".
func (r *reading) bracketed(i int) {
	t := &r.toks[i]
	if t.outlet == 0 || i == 0 {
		return
	}
	k := i
	for k+1 < len(r.toks) && r.toks[k+1].outlet == t.outlet {
		k++
	}
	if k+1 >= len(r.toks) {
		return
	}
	open, close := r.toks[i-1].form, r.toks[k+1].form
	if (open == "/" && (close == "/" || close == "." || r.toks[k+1].sent != t.sent) || open == "(" && close == ")") && r.kindOfOutlet(t.outlet) == "agency" {
		r.credit(letopis.RoleAgency, [2]int{i, k}, "bracket")
	}
}

// labelled reads "Превод: ПИ", "Източник: …", "Автор: …".
func (r *reading) labelled(i int) {
	t := &r.toks[i]
	if !t.is(clTrans|clPublisher|clAuthor) || !t.capital() {
		return
	}
	j := i + 1
	if j >= len(r.toks) || r.toks[j].form != ":" {
		return
	}
	k := j + 1
	for k < len(r.toks) && k < j+7 && r.toks[k].sent == t.sent && r.toks[k].form != "," && r.toks[k].form != "." && r.toks[k].form != ";" {
		k++
	}
	if k == j+1 {
		return
	}
	role := letopis.RoleTranslator
	if t.is(clPublisher) {
		role = letopis.RolePublisher
	} else if t.is(clAuthor) {
		role = letopis.RoleAuthor
	}
	if role == letopis.RolePublisher && r.toks[j+1].outlet > 0 && r.kindOfOutlet(r.toks[j+1].outlet) == "agency" {
		role = letopis.RoleAgency
	}
	r.credit(role, [2]int{j + 1, k - 1}, "label")
}

// mediaChunk reports whether a phrase is an outlet or media in general.
func (r *reading) mediaChunk(ci int) bool {
	if ci < 0 {
		return false
	}
	c := &r.chunks[ci]
	h := &r.toks[c.head]
	return h.outlet > 0 || r.toks[c.first].outlet > 0 && c.end-c.first <= 3 || h.is(clMedia) && !h.is(clPeople)
}

// viaOf returns the credited media of a statement, nearest to it first: those of its own
// sentence, and of the one after it that only tells who reports it.
func (r *reading) viaOf(i, j int) []string {
	out := []string{}
	a, b := r.toks[i].sent, r.toks[j-1].sent
	if r.pointsBack(b + 1) {
		b++
	}
	all := r.layered()
	for i, _ := slices.BinarySearchFunc(all, a, func(c credit, sent int) int { return c.sent - sent }); i < len(all) && all[i].sent <= b; i++ {
		if all[i].role == letopis.RoleAgency {
			out = append(out, all[i].name)
		}
	}
	return out
}

// pointsBack reports whether sentence si only tells that media report the one before it:
// "Об этом сообщает ТАСС со ссылкой на …", "TASS reported this, citing …".
func (r *reading) pointsBack(si int) bool {
	if si <= 0 || si >= len(r.sents) || r.sents[si].para-r.sents[si-1].para > 1 {
		return false
	}
	b := r.sents[si]
	for k := b.first; k < b.end; k++ {
		if r.creditCue[k] && r.complAfter(k, b.end) < 0 {
			return r.deicticLead(b, k) || k+2 < b.end && r.toks[k+1].is(clDeictic) && (r.toks[k+2].punct() || r.toks[k+2].upos == "SCONJ" || r.toks[k+2].upos == "VERB")
		}
	}
	return false
}

// layered returns the credits by sentence; in one, what is cited comes before who cites it.
// It is asked when all credits are known.
func (r *reading) layered() []credit {
	if len(r.layers) == len(r.credits) {
		return r.layers
	}
	out := slices.Clone(r.credits)
	cites := func(c *credit) int {
		if c.rule == citeRule {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(out, func(a, b credit) int {
		if a.sent != b.sent {
			return a.sent - b.sent
		}
		return cites(&a) - cites(&b)
	})
	r.layers = out
	return out
}

// citeRule is the rule of credits that another medium cites.
const citeRule = "provenance.cite"

func (r *reading) creditSpan(c *credit) ud.Span { return r.span(c.first, c.last+1) }

// chain orders the links: agencies in the order of the text, in a sentence those cited
// before those who cite them; then author, translator, publisher.
func (r *reading) chain() []credit {
	out := make([]credit, 0, len(r.credits))
	layered := r.layered()
	for _, role := range []letopis.Role{letopis.RoleAgency, letopis.RoleAuthor, letopis.RoleTranslator, letopis.RolePublisher} {
		for _, c := range layered {
			if c.role == role {
				out = append(out, c)
			}
		}
	}
	return out
}

func trimMarks(s string) string { return strings.Trim(s, " \"«»„“”'") }
