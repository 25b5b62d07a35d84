package read

import (
	"slices"
	"strconv"
	"strings"

	"letopis"
	"letopis/internal/linear"
	"letopis/internal/page"
	"letopis/internal/ud"
)

// How far reported words go the rules say first (said_clause.go), by punctuation and the words
// of saying. Among the places where they may begin and end one range is then chosen: what is seen of it is
// the range of the rules, what stands at its edges, how the tree ties the edges to what
// stays out, and the word of saying's frames.

// longSentence is the length in words from which on the range of the rules stays: no sentence of
// news is so long, and to try every range costs the square of it.
const longSentence = 300

// maxSpans bounds the ranges that are tried for one statement.
const maxSpans = 48

// spanRange is a range of words, half open.
type spanRange struct{ first, end int }

// holds reports whether word i stands in the range.
func (p spanRange) holds(i int) bool { return p.first <= i && i < p.end }

// chooseSpans asks for the range of every statement but quotations, whose marks say it.
func (r *said) chooseSpans() {
	if r.model == nil && r.cases == nil {
		return
	}
	cues := make(map[int]int, len(r.stmts)) // speakers by cue
	for i := range r.stmts {
		if s := &r.stmts[i]; s.cueFirst >= 0 && s.speaker >= 0 {
			cues[s.cueFirst] = s.speaker
		}
	}
	for i := range r.stmts {
		s := &r.stmts[i]
		if s.kind == letopis.Direct || s.cueFirst < 0 || r.Words[s.first].Sent != r.Words[s.cueFirst].Sent {
			continue
		}
		if b := r.Sentences[r.Words[s.first].Sent]; b.End-b.First <= longSentence {
			r.chooseSpan(s, cues)
		}
	}
}

// chooseSpan gives statement s the range that is found likeliest; cues are the speakers of
// all statements by their words of saying.
func (r *said) chooseSpan(s *stmt, cues map[int]int) {
	all := r.spansOf(s, cues)
	if len(all) < 2 {
		return
	}
	got, ok := r.ask(r.Page, &question{of: AskRange, at: s.cueFirst, end: s.cueEnd, n: len(all),
		see:   func(i int, v *linear.Vec) { r.seeSpan(v, s, all[i], all[0]) },
		words: func(i int) ud.Span { return r.Span(all[i].first, all[i].end) },
	})
	if !ok || !got.knows || got.best == 0 || got.score < r.scores[0]+spanMargin {
		return
	}
	p := all[got.best]
	if r.trace.notes() {
		r.trace.note(s.cueFirst, s.cueEnd, WhyRange, r.TextOf(p.first, p.end)+": "+strings.Join(got.why, ", "))
	}
	s.first, s.end = p.first, p.end
	s.kind = letopis.Indirect
	if r.HasQuotation(s.first, s.end) {
		s.kind = letopis.Mixed
	}
}

// spanMargin is by how much a range must be likelier than that of the rules, in 1/linear.Scale of
// log-odds; chosen on topics left out of gold/dev (docs/decisions.md).
const spanMargin = 96

// spansOf returns the ranges in which the words reported by s may lie, that of the rules
// first: those with another end, then those with another beginning.
func (r *said) spansOf(s *stmt, cues map[int]int) []spanRange {
	b := r.Sentences[r.Words[s.cueFirst].Sent]
	rule := spanRange{s.first, s.end}
	all := append(r.ranges[:0], rule)
	defer func() { r.ranges = all }()
	if rule.end > b.End { // a quotation carries it over the sentence
		return all
	}
	add := func(i, j int) {
		if i < b.First || j > b.End {
			return
		}
		i, j = r.Trim(i, j)
		if p := (spanRange{i, j}); len(all) < maxSpans && r.mayBeSaid(s, p, rule, cues) && !slices.Contains(all, p) {
			all = append(all, p)
		}
	}
	from, last := b.First, rule.end
	if rule.first > s.cueFirst {
		from, last = s.cueEnd, b.End
	}
	for j := rule.first + 2; j < last; j++ {
		if r.edge(j) {
			add(rule.first, j)
		}
	}
	add(rule.first, last)
	for i := from; i < rule.end-1; i++ {
		if i == from || r.edge(i) || r.Words[i-1].Punct() || r.Words[i-1].Is(page.Compl|page.Da|page.And) {
			add(i, rule.end)
		}
	}
	return all
}

// mayBeSaid reports whether range p may be what s reports, where the rules took another: neither the cue nor who
// speaks is in it, nor what he does besides.
func (r *said) mayBeSaid(s *stmt, p, rule spanRange, cues map[int]int) bool {
	if p.end <= p.first || r.CountWords(p.first, p.end) < 2 || p.holds(s.cueFirst) && !rule.holds(s.cueFirst) {
		return false
	}
	meets := func(p spanRange) bool { return p.first < s.mention[1] && s.mention[0] < p.end }
	if s.mention[1] > s.mention[0] && meets(p) && !meets(rule) {
		return false // nobody is in what he says
	}
	if t := &r.Words[p.first]; p.first != rule.first && t.Is(page.Compl) && t.UPOS != "PRON" && t.UPOS != "DET" {
		return false // the word that opens the clause is not in it
	}
	return !r.another(s, p.first, rule.first, cues) && !r.another(s, rule.end, p.end, cues)
}

// another reports whether in the range stands what is coordinated with the word of saying of s:
// a verb of the same subject, which he does and does not say.
func (r *said) another(s *stmt, i, j int, cues map[int]int) bool {
	for ; i < j; i++ {
		if t := &r.Words[i]; t.Rel("conj") && t.Head == s.cueFirst {
			return true
		}
		if who, ok := cues[i]; ok && i != s.cueFirst && who == s.speaker {
			return true
		}
	}
	return false
}

// edge reports whether reported words may end before token j or begin with it.
func (r *said) edge(j int) bool {
	t := &r.Words[j]
	if q := t.Quote; q >= 0 && r.Quotes[q].Open < j && r.Quotes[q].Depth == 0 && t.Closes < 0 {
		return false // not within a quotation
	}
	return t.Punct() || t.Is(page.And|page.Rel|page.Compl|page.Subord|page.Da|page.Attrib|page.Cite|page.Beside|page.As) || t.UPOS == "ADP" || t.UPOS == "SCONJ" || t.UPOS == "CCONJ" || t.Date && !r.Words[j-1].Date || t.UPOS == "ADV"
}

// seeSpan adds what tells of range p whether s reports it; rule is that of the rules.
func (r *said) seeSpan(v *linear.Vec, s *stmt, p, rule spanRange) {
	f := perLang{v, "c.", r.Analysis.Lang}
	kind := "/" + familyOf(s)
	if p == rule {
		f.add("rule", "", kind)
	}
	side := "after"
	if p.first < s.cueFirst {
		side = "before"
	}
	kind += "/" + side
	r.seeEnd(f, p, rule, kind)
	r.seeStart(f, p, rule, kind)
	r.seeRest(f, s, p, kind, side)
	r.seeBefore(f, s, p, side)
	r.seeTops(f, s, p, kind, side)
	r.seeFirst(f, s, p, kind)
	f.add("verb", strconv.FormatBool(r.HasVerb(p.first, p.end)), kind)
	f.add("words", near(r.CountWords(p.first, p.end)), side)
	if s.say != nil {
		f.add("class", s.say.Class, strconv.FormatBool(p == rule))
		switch {
		case p.first < rule.first:
			f.add("start-class", s.say.Class, "earlier")
		case p.first > rule.first:
			f.add("start-class", s.say.Class, "later")
		}
	}
}

// familyOf is the first part of the rule that found a statement; the clause of an object is a clause.
func familyOf(s *stmt) string {
	family, _, _ := strings.Cut(s.rule, ".")
	if family == "object" && strings.HasPrefix(s.rule, "object.clause") {
		return "clause"
	}
	return family
}

// seeEnd adds by what range p ends elsewhere than that of the rules.
func (r *said) seeEnd(f perLang, p, rule spanRange, kind string) {
	if p.end == rule.end {
		return
	}
	way := "longer"
	if p.end < rule.end {
		way = "shorter"
	}
	f.add("end", way, kind)
	f.add("end", way, near(max(p.end-rule.end, rule.end-p.end)))
	lo, hi := min(p.end, rule.end), max(p.end, rule.end)
	f.add("end-verb", strconv.FormatBool(r.HasVerb(lo, hi)), way)
	f.add("end-say", strconv.FormatBool(r.says(lo, hi)), way)
}

// seeStart adds by what range p begins elsewhere than that of the rules.
func (r *said) seeStart(f perLang, p, rule spanRange, kind string) {
	if p.first == rule.first {
		return
	}
	way := "earlier"
	if p.first > rule.first {
		way = "later"
	}
	f.add("start", way, kind)
	f.add("start", way, near(max(p.first-rule.first, rule.first-p.first)))
	lo, hi := min(p.first, rule.first), max(p.first, rule.first)
	f.add("start-verb", strconv.FormatBool(r.HasVerb(lo, hi)), way)
}

// seeRest adds what stays out behind range p, and how it hangs on what is in.
func (r *said) seeRest(f perLang, s *stmt, p spanRange, kind, side string) {
	b := r.Sentences[r.Words[s.cueFirst].Sent]
	rest := r.CountWords(p.end, b.End)
	if rest == 0 {
		f.add("rest", "none", kind)
	} else {
		k := p.end
		mark := ""
		for k < b.End-1 && r.Words[k].Punct() {
			if mark == "" {
				mark = r.Words[k].Form
			}
			k++
		}
		what := r.kindOf(k)
		tie := r.tie(p, k, s.cueFirst)
		f.add("next", mark+what, "")
		f.add("next-tie", what+mark, tie)
		f.add("tie", tie, kind)
		f.add("mark", mark, tie)
		f.add("rest", near(rest), "")
		f.add("rest-verb", strconv.FormatBool(r.HasVerb(p.end, b.End)), mark)
		f.add("rest-say", strconv.FormatBool(r.says(p.end, b.End)), mark)
	}
	f.add("last", string(r.Words[p.end-1].UPOS), "")
}

// seeBefore adds what stays out before range p, and how it hangs on what is in.
func (r *said) seeBefore(f perLang, s *stmt, p spanRange, side string) {
	b := r.Sentences[r.Words[s.cueFirst].Sent]
	if p.first > b.First {
		k := p.first - 1
		mark := ""
		for k > b.First && r.Words[k].Punct() {
			mark = r.Words[k].Form
			k--
		}
		f.add("before", mark+r.kindOf(k), side)
		f.add("before-tie", mark, r.tie(p, k, s.cueFirst))
	} else {
		f.add("before", "start", side)
	}
	f.add("opens", r.kindOf(p.first), side)
}

// seeTops adds how much of range p one clause of the tree covers, and whether the cue governs it.
func (r *said) seeTops(f perLang, s *stmt, p spanRange, kind, side string) {
	top := r.topOf(p)
	if top >= 0 {
		t := &r.Words[top]
		f.add("top", page.Relation(t.Deprel), r.hang(top, s.cueFirst))
		f.add("top-upos", string(t.UPOS), kind)
	}
	tops, last := r.topsOf(p)
	f.add("tops", strconv.Itoa(min(4, tops)), side)
	if last != top && last >= 0 {
		t := &r.Words[last]
		f.add("last-top", page.Relation(t.Deprel)+"/"+string(t.UPOS), r.hang(last, s.cueFirst))
	}
	f.add("whole", strconv.Itoa(min(3, r.crossing(p, s.cueFirst)))+","+strconv.Itoa(min(3, tops)), kind)
}

// crossing counts the words of the sentence out of range p, but for the cue and punctuation, that hang on one in it.
func (r *said) crossing(p spanRange, cue int) int {
	b := r.Sentences[r.Words[cue].Sent]
	n := 0
	for i := b.First; i < b.End; i++ {
		if t := &r.Words[i]; !p.holds(i) && p.holds(t.Head) && !t.Punct() && i != cue {
			n++
		}
	}
	return n
}

// seeFirst adds what the first word of range p is in the clause, or to the cue.
func (r *said) seeFirst(f perLang, s *stmt, p spanRange, kind string) {
	c := r.PhraseOf(p.first)
	switch {
	case c != nil:
		t := &r.Words[c.Head]
		rel := page.Relation(t.Deprel)
		if p.holds(t.Head) {
			f.add("first", rel+"/in", kind)
		} else {
			f.add("first", rel+"/"+r.hang(c.Head, s.cueFirst), kind)
		}
		if s.say != nil {
			f.add("first-class", s.say.Class, rel)
		}
	case s.say != nil:
		f.add("first-class", s.say.Class, r.kindOf(p.first))
	}
}

// says reports whether a word of saying stands in the range.
func (r *said) says(i, j int) bool {
	for ; i < j; i++ {
		if r.Words[i].Say != nil {
			return true
		}
	}
	return false
}

// kindOf is what token k is to the chooser of ranges: its class or its tag.
func (r *said) kindOf(k int) string {
	t := &r.Words[k]
	switch {
	case t.Punct():
		return "."
	case t.Say != nil && t.UPOS == "VERB":
		return "say:" + t.Feats.Get("VerbForm")
	case t.Is(page.Attrib | page.AttribPoss | page.Cite):
		return "attrib"
	case t.Date:
		return "date"
	case t.Is(page.Rel) && !t.Is(page.Compl):
		return "rel"
	case t.Is(page.Compl) && t.UPOS != "PRON" && t.UPOS != "DET":
		return "compl"
	case t.Is(page.Subord):
		return "subord"
	case t.Is(page.Da):
		return "da"
	case t.Is(page.As):
		return "as"
	case t.Is(page.And):
		return "and"
	case t.UPOS == "VERB" || t.UPOS == "AUX":
		return string(t.UPOS) + ":" + t.Feats.Get("VerbForm")
	}
	return string(t.UPOS)
}

// tie says how token k, which stays out of range p, hangs on it: by its topmost head before
// that enters the range or meets the cue.
func (r *said) tie(p spanRange, k, cue int) string {
	sent := r.Words[k].Sent
	for n := 0; n < 40; n++ {
		t := &r.Words[k]
		h := t.Head
		switch {
		case k == cue:
			return "cue"
		case h < 0:
			return "root"
		case h >= p.first && h < p.end:
			in := "deep"
			if g := r.Words[h].Head; g < p.first || g >= p.end {
				in = "top"
			}
			return "in:" + string(page.Relation(t.Deprel)) + ":" + in
		case h == cue:
			return "of-cue:" + string(page.Relation(t.Deprel))
		case r.Words[h].Sent != sent:
			return "else"
		}
		k = h
	}
	return "else"
}

// topOf returns the first token of range p that hangs on something outside it and is no
// punctuation, or -1.
func (r *said) topOf(p spanRange) int {
	for i := p.first; i < p.end; i++ {
		if t := &r.Words[i]; (t.Head < p.first || t.Head >= p.end) && !t.Punct() {
			return i
		}
	}
	return -1
}

// hang says how token k, the top of a range, stands to the cue in the tree.
func (r *said) hang(k, cue int) string {
	switch h := r.Words[k].Head; {
	case h == cue:
		return "cue"
	case r.Words[cue].Head == k:
		return "over"
	case h < 0:
		return "root"
	case h == r.Words[cue].Head:
		return "beside"
	}
	return "else"
}

// topsOf counts the tokens of range p that hang on something outside it, and returns the last.
func (r *said) topsOf(p spanRange) (n, last int) {
	last = -1
	for i := p.first; i < p.end; i++ {
		if t := &r.Words[i]; (t.Head < p.first || t.Head >= p.end) && !t.Punct() {
			n++
			last = i
		}
	}
	return n, last
}
