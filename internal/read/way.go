package read

import (
	"slices"
	"strings"
	"unicode/utf8"

	"letopis"
	"letopis/internal/page"
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

// way is the way of the news: who is credited with it.
type way struct {
	*page.Page
	trace *trace

	credits   []credit
	layers    []credit        // the same, by sentence
	credited  map[string]bool // role and key of each
	skipTo    map[int]int     // first token after a dateline, by sentence start
	creditCue map[int]bool    // cues of media reports that only credit an outlet
}

// wayOf finds who is credited with the news: agencies and media in the body,
// in slashes or brackets and in datelines, the translator, the publisher.
func wayOf(pg *page.Page, tr *trace) *way {
	r := &way{Page: pg, trace: tr, creditCue: map[int]bool{}, credited: map[string]bool{}}
	r.datelines()
	for i := range r.Words {
		t := &r.Words[i]
		if n := r.Lex.PhraseLen(r.Words, i, page.Cite); n > 0 {
			if m := r.outletFrom(i+n, r.Sentences[t.Sent].End, 3); m[0] >= 0 {
				r.credit(letopis.RoleAgency, m, "cite")
				for j := r.pastMark(m[1] + 1); j+1 < r.Sentences[t.Sent].End && r.Words[j].Is(page.And); j = r.pastMark(m[1] + 1) {
					next, ok := r.outletAt(j+1, r.Sentences[t.Sent].End)
					if !ok {
						break
					}
					m = next
					r.credit(letopis.RoleAgency, m, "cite")
				}
			}
		}
		if t.Say != nil {
			r.creditBeside(i)
		}
		r.toldTo(i)
		if n := r.Lex.PhraseLen(r.Words, i, page.Attrib); n > 0 {
			if m := r.outletFrom(i+n, r.Sentences[t.Sent].End, 2); m[0] >= 0 {
				r.credit(letopis.RoleAgency, m, "attrib")
			}
		}
		r.bracketed(i)
		r.labelled(i)
	}
	r.layers = layered(r.credits)
	return r
}

func (r *way) credit(role letopis.Role, m [2]int, rule string) {
	name := r.outletName(m)
	key := nameKey(name)
	for i := m[0] - 1; i >= 0 && i > m[0]-3; i-- {
		if r.Words[i].Is(page.Photo) {
			r.trace.note(m[0], m[1]+1, WhyPhoto, "")
			return
		}
	}
	if o := r.Words[m[0]].Outlet; o > 0 && r.KindOfOutlet(o) == "platform" {
		r.trace.note(m[0], m[1]+1, WhyPlatform, "")
		return // where it was said, not who reports it
	}
	if m[0] > 0 && r.Words[m[0]-1].Form == "(" {
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
	r.credits = append(r.credits, credit{role: role, name: name, first: m[0], last: m[1], sent: r.Words[m[0]].Sent, rule: "provenance." + rule})
}

// creditBeside credits an outlet that is the subject of a word of saying:
// reporting verbs credit any medium, others one that is known.
func (r *way) creditBeside(k int) {
	b := r.Sentences[r.Words[k].Sent]
	media := r.Words[k].Say.Has('m')
	rule := "report." + r.Words[k].Say.Lemma
	if media {
		if m := r.unknownOutlet(k+1, b.End); m[0] >= 0 {
			r.credit(letopis.RoleAgency, m, rule)
			r.creditCue[k] = true
			return
		}
	}
	n := 4
	if !media {
		n = 2
	}
	m := r.outletFrom(k+1, b.End, n)
	if m[0] < 0 {
		m = r.outletBefore(k, b.First, n)
		if i := m[0] - 1; m[0] >= 0 && !media {
			if i > b.First && r.Words[i].UPOS == "DET" {
				i--
			}
			if i >= b.First && r.Words[i].UPOS == "ADP" {
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
func (r *way) unknownOutlet(i, end int) [2]int {
	none := [2]int{-1, -1}
	for i < end && r.Words[i].UPOS == "ADV" {
		i++
	}
	if i >= end || r.Words[i].Outlet > 0 {
		return none
	}
	if q := r.Words[i].Opens; q >= 0 && r.Quotes[q].Close < end && r.Quotes[q].Close-i <= 5 && r.IsNameQuote(&r.Quotes[q]) {
		return [2]int{i + 1, r.Quotes[q].Close - 1}
	}
	if t := &r.Words[i]; t.Acronym() && t.Known == 0 && (t.Name < 0 || r.Names[t.Name].Country == "") && utf8.RuneCountInString(t.Form) >= 3 {
		return [2]int{i, i}
	}
	j := i
	for j < end && latin(r.Words[j].Form) {
		j++
	}
	if j > i && r.Lex.Has(page.LatinNames) && j-i <= 5 {
		return [2]int{i, j - 1}
	}
	if c := r.PhraseOf(i); c != nil && r.Words[c.Head].Is(page.Media) && r.Words[c.Head].Feats.Get("Number") == "Plur" {
		return [2]int{c.First, c.End - 1}
	}
	return none
}

// latin reports whether a form is a capitalised word in Latin letters.
func latin(form string) bool {
	return form != "" && form[0] >= 'A' && form[0] <= 'Z' && len(form) > 1
}

// toldTo credits the outlet that somebody spoke to: "в интервю за …",
// "told Reuters", "сообщил AFP".
func (r *way) toldTo(i int) {
	t := &r.Words[i]
	if t.Outlet == 0 || i > 0 && r.Words[i-1].Outlet == t.Outlet {
		return
	}
	j := r.outletEnd(i, len(r.Words))
	for k := i - 1; k >= 0 && k > i-7 && r.Words[k].Sent == t.Sent; k-- {
		w := &r.Words[k]
		if w.Is(page.Photo) {
			return
		}
		if w.Is(page.Interview) || w.Say != nil && w.Say.Has('c') {
			r.credit(letopis.RoleAgency, [2]int{i, j}, "told")
			return
		}
	}
}

// outletFrom returns the tokens of an outlet that begins within n tokens of i, or [-1 -1].
func (r *way) outletFrom(i, end, n int) [2]int {
	for j := i; j < end && j < i+n; j++ {
		t := &r.Words[j]
		if m, ok := r.outletAt(j, end); ok {
			return m
		}
		if t.Form == "," || t.Say != nil || t.Is(page.Compl) || t.Is(page.GenPrep) {
			break
		}
	}
	return [2]int{-1, -1}
}

func (r *way) outletBefore(k, first, n int) [2]int {
	for j := k - 1; j >= first && j >= k-n; j-- {
		if o := r.Words[j].Outlet; o > 0 {
			i := j
			for i > first && r.Words[i-1].Outlet == o {
				i--
			}
			return [2]int{i, j}
		}
		if r.Words[j].Form == "," {
			break
		}
	}
	return [2]int{-1, -1}
}

// outletAt reads an outlet at token j: one the knowledge base knows, or a media
// noun with a name: "вестник „Труд“", "агенция АНСА", "украинските медии".
func (r *way) outletAt(j, end int) ([2]int, bool) {
	t := &r.Words[j]
	if t.Outlet > 0 {
		return [2]int{j, r.outletEnd(j, end)}, true
	}
	if !t.Is(page.Media) {
		return [2]int{}, false
	}
	if j+1 < end {
		if page.IsMark(r.Words[j+1].Form) && r.Words[j+1].Start >= t.End {
			if qi := r.Words[j+1].Opens; qi >= 0 && r.Quotes[qi].Close < end && r.Quotes[qi].Close-r.Quotes[qi].Open < 8 {
				return [2]int{r.Quotes[qi].Open + 1, r.Quotes[qi].Close - 1}, true
			}
		}
		if n := r.Words[j+1].Name; n >= 0 && r.Names[n].Type != letopis.Location && r.Names[n].Type != letopis.Person {
			return [2]int{r.Names[n].First, r.Names[n].Last}, true
		}
	}
	return [2]int{}, false
}

// outletEnd returns the last token of the outlet that begins at j: the knowledge
// base may know a part of its name only.
func (r *way) outletEnd(j, end int) int {
	t := &r.Words[j]
	k := j
	for k+1 < end && r.Words[k+1].Outlet == t.Outlet {
		k++
	}
	// РИА «Новости»: the quoted part belongs to the name.
	if k+1 < end && r.Words[k].Acronym() {
		if q := r.Words[k+1].Opens; q >= 0 && r.Quotes[q].Close < end && r.Quotes[q].Close == k+3 && r.Words[k+2].Capital() {
			return k + 3
		}
	}
	// "РИА новости": marks close the name.
	if q := t.Quote; q >= 0 && r.Quotes[q].Open == j-1 && r.Quotes[q].Close > k && r.Quotes[q].Close <= j+4 && r.Quotes[q].Close < end {
		return r.Quotes[q].Close - 1
	}
	// Deutsche Welle Asia, BBC News
	for k+1 < end && r.Words[k+1].Outlet == 0 && latin(t.Form) && latin(r.Words[k+1].Form) && r.Words[k+1].Start == r.Words[k].End+1 && r.Words[k+1].Quote == t.Quote &&
		(r.Words[k+1].Is(page.Outlet) || r.Lex.Has(page.LatinNames)) {
		k++
	}
	return k
}

// pastMark skips a closing quotation mark at i.
func (r *way) pastMark(i int) int {
	if i < len(r.Words) && r.Words[i].Closes >= 0 {
		return i + 1
	}
	return i
}

// outletName gives the dictionary form of an outlet.
func (r *way) outletName(m [2]int) string {
	if n := r.Words[m[0]].Name; n >= 0 && r.Names[n].First == m[0] && r.Names[n].Last == m[1] && r.Names[n].Base != "" {
		return r.Names[n].Base
	}
	return r.Text[r.Words[m[0]].Start:r.Words[m[1]].End]
}

// datelines marks credits that open a text or paragraph: "/Поглед.инфо/",
// "МОСКВА, 22 октября. /ТАСС/", "LONDON (Reuters) -". A site's own name opens its text.
func (r *way) datelines() {
	r.skipTo = map[int]int{}
	para := -1
	for si := range r.Sentences {
		s := r.Sentences[si]
		if s.Para == para {
			continue
		}
		para = s.Para
		j, k := r.bracketIn(s)
		if j < 0 {
			continue
		}
		role, rule, is := r.openingCredit(j, si == 0 && j == s.First)
		if !is {
			continue
		}
		r.credit(role, [2]int{j + 1, k - 1}, rule)
		next := k + 1
		for next < s.End && (r.Words[next].Dash() || r.Words[next].Form == ".") {
			next++
		}
		if next < s.End {
			r.skipTo[s.First] = next
		}
	}
}

// Bounds of a dateline: words before its bracket, and words in it with the marks.
const (
	maxDateline = 14
	maxBracket  = 7
)

// bracketIn returns the marks of the first pair of slashes or brackets with something short between them at the
// head of a sentence, -1 where there is none.
func (r *way) bracketIn(s page.Sentence) (open, end int) {
	for j := s.First; j < s.End && j < s.First+maxDateline; j++ {
		closing := "/"
		switch r.Words[j].Form {
		case "/":
		case "(":
			closing = ")"
		default:
			continue
		}
		k := j + 1
		for k < s.End && k < j+maxBracket && r.Words[k].Form != closing {
			k++
		}
		if k >= s.End || r.Words[k].Form != closing || k == j+1 {
			return -1, -1
		}
		return j, k
	}
	return -1, -1
}

// openingCredit returns as what the name in the bracket at j is credited; first: it opens the text.
func (r *way) openingCredit(j int, first bool) (letopis.Role, string, bool) {
	outlet := r.Words[j+1].Outlet
	site := first && r.Words[j].Form == "/"
	switch {
	case site && (outlet == 0 || r.KindOfOutlet(outlet) != "agency"):
		return letopis.RolePublisher, "opening", true
	case outlet > 0:
		return letopis.RoleAgency, "dateline", true
	}
	return "", "", false
}

// bracketed credits an agency alone between slashes or brackets: "/ТАСС/", "(БТА)".
func (r *way) bracketed(i int) {
	t := &r.Words[i]
	if t.Outlet == 0 || i == 0 {
		return
	}
	k := i
	for k+1 < len(r.Words) && r.Words[k+1].Outlet == t.Outlet {
		k++
	}
	if k+1 >= len(r.Words) {
		return
	}
	open, close := r.Words[i-1].Form, r.Words[k+1].Form
	if (open == "/" && (close == "/" || close == "." || r.Words[k+1].Sent != t.Sent) || open == "(" && close == ")") && r.KindOfOutlet(t.Outlet) == "agency" {
		r.credit(letopis.RoleAgency, [2]int{i, k}, "bracket")
	}
}

// labelled reads "Превод: ПИ", "Източник: …", "Автор: …".
func (r *way) labelled(i int) {
	t := &r.Words[i]
	if !t.Is(page.Trans|page.Publisher|page.Author) || !t.Capital() {
		return
	}
	j := i + 1
	if j >= len(r.Words) || r.Words[j].Form != ":" {
		return
	}
	k := j + 1
	for k < len(r.Words) && k < j+7 && r.Words[k].Sent == t.Sent && r.Words[k].Form != "," && r.Words[k].Form != "." && r.Words[k].Form != ";" {
		k++
	}
	if k == j+1 {
		return
	}
	role := letopis.RoleTranslator
	if t.Is(page.Publisher) {
		role = letopis.RolePublisher
	} else if t.Is(page.Author) {
		role = letopis.RoleAuthor
	}
	if role == letopis.RolePublisher && r.Words[j+1].Outlet > 0 && r.KindOfOutlet(r.Words[j+1].Outlet) == "agency" {
		role = letopis.RoleAgency
	}
	r.credit(role, [2]int{j + 1, k - 1}, "label")
}

// viaOf returns the credited media of a statement, nearest to it first: those of its own
// sentence, and of the one after it that only tells who reports it.
func (r *way) viaOf(i, j int) []string {
	out := []string{}
	a, b := r.Words[i].Sent, r.Words[j-1].Sent
	if r.pointsBack(b + 1) {
		b++
	}
	all := r.layers
	for i, _ := slices.BinarySearchFunc(all, a, func(c credit, sent int) int { return c.sent - sent }); i < len(all) && all[i].sent <= b; i++ {
		if all[i].role == letopis.RoleAgency {
			out = append(out, all[i].name)
		}
	}
	return out
}

// pointsBack reports whether sentence si only tells that media report the one before it:
// "Об этом сообщает ТАСС со ссылкой на …", "TASS reported this, citing …".
func (r *way) pointsBack(si int) bool {
	if si <= 0 || si >= len(r.Sentences) || r.Sentences[si].Para-r.Sentences[si-1].Para > 1 {
		return false
	}
	b := r.Sentences[si]
	for k := b.First; k < b.End; k++ {
		if r.creditCue[k] && r.ComplementizerAfter(k, b.End) < 0 {
			return r.PointsBack(b, k) || k+2 < b.End && r.Words[k+1].Is(page.Deictic) && (r.Words[k+2].Punct() || r.Words[k+2].UPOS == "SCONJ" || r.Words[k+2].UPOS == "VERB")
		}
	}
	return false
}

// layered returns the credits by sentence; in one, what is cited comes before who cites it.
func layered(credits []credit) []credit {
	out := slices.Clone(credits)
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
	return out
}

// citeRule is the rule of credits that another medium cites.
const citeRule = "provenance.cite"

func (r *way) creditSpan(c *credit) ud.Span { return r.Span(c.first, c.last+1) }

// chain orders the links: agencies in the order of the text, in a sentence those cited
// before those who cite them; then author, translator, publisher.
func (r *way) chain() []credit {
	out := make([]credit, 0, len(r.credits))
	for _, role := range []letopis.Role{letopis.RoleAgency, letopis.RoleAuthor, letopis.RoleTranslator, letopis.RolePublisher} {
		for _, c := range r.layers {
			if c.role == role {
				out = append(out, c)
			}
		}
	}
	return out
}

func trimMarks(s string) string { return strings.Trim(s, " \"«»„“”'") }
