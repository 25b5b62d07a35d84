package read

import (
	"context"
	"fmt"
	"letopis/internal/page"
	"slices"
	"strconv"
	"strings"

	"letopis"
)

// How far reported words go the rules say first (clauses.go), by punctuation and the words
// of saying. Among the places where they may begin and end a learnt chooser (package
// linear; `letopis-train statements`) then picks a range: it sees the range of the rules, what
// stands at its edges, how the tree ties the edges to what stays out, and the word of
// saying's frames, never words; each feature counts once for all languages and once for the
// language read.

// SpanCase is a question to the chooser of ranges: a word of saying in code points
// and what may be the words reported by it. The first candidate is that of the rules.
type SpanCase struct {
	Cue        letopis.Span
	Candidates []SpanCandidate
}

// SpanCandidate is a range that may be what is reported.
type SpanCandidate struct {
	Content  letopis.Span
	Features []string
}

// SpanCases reads a document with the rules alone and returns what it would be
// asked, for its training.
func (r *Reader) SpanCases(ctx context.Context, doc *letopis.Document) ([]SpanCase, error) {
	a, err := r.analyze(ctx, doc)
	if err != nil {
		return nil, err
	}
	q := questions{wantSpans: true}
	if _, err := r.WithChooser(nil).read(ctx, doc, a, nil, &q); err != nil {
		return nil, fmt.Errorf("ranges of %s: %w", doc.ID, err)
	}
	return q.spans, nil
}

// longSentence is the length in tokens from which on the range of the rules stays: no sentence of
// news is so long, and to try every range costs the square of it.
const longSentence = 300

// maxSpans bounds the ranges that are tried for one statement.
const maxSpans = 48

// spanRange is a range of tokens, half open.
type spanRange struct{ first, end int }

// chooseSpans asks for the range of every statement but quotations, whose marks say it.
func (r *said) chooseSpans() {
	if r.choose == nil && r.cases == nil || r.cases != nil && !r.cases.wantSpans {
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

// chooseSpan gives statement s the range that the chooser finds likeliest; cues are the speakers of
// all statements by their words of saying.
func (r *said) chooseSpan(s *stmt, cues map[int]int) {
	all := r.spansOf(s, cues)
	if len(all) < 2 {
		return
	}
	if r.cases != nil {
		x := page.NewRunes(r.Text)
		place := func(i, j int) letopis.Span {
			b := r.Span(i, j)
			return letopis.Span{Start: x.At(b.Start), End: x.At(b.End)}
		}
		c := SpanCase{Cue: place(s.cueFirst, s.cueEnd)}
		for _, p := range all {
			r.spanFeatures(s, p, all[0])
			c.Candidates = append(c.Candidates, SpanCandidate{Content: place(p.first, p.end), Features: r.vec.Names()})
		}
		r.cases.spans = append(r.cases.spans, c)
		return
	}
	best, top, own := 0, int32(0), int32(0)
	knows := false
	var why []string
	for n, p := range all {
		r.spanFeatures(s, p, all[0])
		score := r.choose.Score(&r.vec)
		knows = knows || score != 0
		if n == 0 {
			own = score
		}
		if n == 0 || score > top {
			best, top = n, score
			if r.trace.notes() {
				why = r.choose.Deciding(&r.vec, 4)
			}
		}
	}
	if !knows || best == 0 || top < own+spanMargin {
		return
	}
	p := all[best]
	if r.trace.notes() {
		r.trace.note(s.cueFirst, s.cueEnd, WhyRange, r.TextOf(p.first, p.end)+": "+strings.Join(why, ", "))
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
	add := func(i, j int) {
		if i < b.First || j > b.End {
			return
		}
		i, j = r.Trim(i, j)
		if j <= i || i <= s.cueFirst && j > s.cueFirst && !(rule.first <= s.cueFirst && rule.end > s.cueFirst) || len(all) >= maxSpans || r.CountWords(i, j) < 2 {
			return
		}
		if s.mention[1] > s.mention[0] && i < s.mention[1] && s.mention[0] < j && !(rule.first < s.mention[1] && s.mention[0] < rule.end) {
			return // nobody is in what he says
		}
		if t := &r.Words[i]; i != rule.first && t.Is(page.Compl) && t.UPOS != "PRON" && t.UPOS != "DET" {
			return // the word that opens the clause is not in it
		}
		if r.another(s, i, rule.first, cues) || r.another(s, rule.end, j, cues) {
			return
		}
		if p := (spanRange{i, j}); !slices.Contains(all, p) {
			all = append(all, p)
		}
	}
	if rule.end > b.End { // a quotation carries it over the sentence
		r.ranges = all
		return all[:1]
	}
	after := rule.first > s.cueFirst
	last := b.End
	if !after {
		last = rule.end
	}
	for j := rule.first + 2; j < last; j++ {
		if r.edge(j) {
			add(rule.first, j)
		}
	}
	add(rule.first, last)
	from := b.First
	if after {
		from = s.cueEnd
	}
	for i := from; i < rule.end-1; i++ {
		if i == from || r.edge(i) || r.Words[i-1].Punct() || r.Words[i-1].Is(page.Compl|page.Da|page.And) {
			add(i, rule.end)
		}
	}
	r.ranges = all
	return all
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

// spanFeatures puts into r.vec what tells of range p whether s reports it; rule is that of the rules.
func (r *said) spanFeatures(s *stmt, p, rule spanRange) {
	v := &r.vec
	v.Reset()
	add := func(name, value, more string) {
		v.Add("c.", name, "=", value, more)
		v.Add("c.", r.Analysis.Lang, ".", name, "=", value, more)
	}
	b := r.Sentences[r.Words[s.cueFirst].Sent]
	kind, _, _ := strings.Cut(s.rule, ".")
	if kind == "object" && strings.HasPrefix(s.rule, "object.clause") {
		kind = "clause"
	}
	kind = "/" + kind
	if p == rule {
		add("rule", "", kind)
	}
	side := "after"
	if p.first < s.cueFirst {
		side = "before"
	}
	kind += "/" + side
	if p.end != rule.end {
		way := "longer"
		if p.end < rule.end {
			way = "shorter"
		}
		add("end", way, kind)
		add("end", way, near(max(p.end-rule.end, rule.end-p.end)))
		lo, hi := min(p.end, rule.end), max(p.end, rule.end)
		add("end-verb", strconv.FormatBool(r.HasVerb(lo, hi)), way)
		add("end-say", strconv.FormatBool(r.says(lo, hi)), way)
	}
	if p.first != rule.first {
		way := "earlier"
		if p.first > rule.first {
			way = "later"
		}
		add("start", way, kind)
		add("start", way, near(max(p.first-rule.first, rule.first-p.first)))
		lo, hi := min(p.first, rule.first), max(p.first, rule.first)
		add("start-verb", strconv.FormatBool(r.HasVerb(lo, hi)), way)
	}
	// What stays out behind the range, and how it hangs on what is in.
	if rest := r.CountWords(p.end, b.End); rest == 0 {
		add("rest", "none", kind)
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
		add("next", mark+what, "")
		add("next-tie", what+mark, tie)
		add("tie", tie, kind)
		add("mark", mark, tie)
		add("rest", near(rest), "")
		add("rest-verb", strconv.FormatBool(r.HasVerb(p.end, b.End)), mark)
		add("rest-say", strconv.FormatBool(r.says(p.end, b.End)), mark)
	}
	add("last", string(r.Words[p.end-1].UPOS), "")
	// The same before it.
	if p.first > b.First {
		k := p.first - 1
		mark := ""
		for k > b.First && r.Words[k].Punct() {
			mark = r.Words[k].Form
			k--
		}
		add("before", mark+r.kindOf(k), side)
		add("before-tie", mark, r.tie(p, k, s.cueFirst))
	} else {
		add("before", "start", side)
	}
	add("opens", r.kindOf(p.first), side)
	// How much of the range one clause of the tree covers, and whether the cue governs it.
	top := r.topOf(p)
	if top >= 0 {
		t := &r.Words[top]
		hang := r.hang(top, s.cueFirst)
		add("top", string(page.Relation(t.Deprel)), hang)
		add("top-upos", string(t.UPOS), kind)
	}
	tops, last := r.topsOf(p)
	add("tops", strconv.Itoa(min(4, tops)), side)
	if last != top && last >= 0 {
		t := &r.Words[last]
		add("last-top", string(page.Relation(t.Deprel))+"/"+string(t.UPOS), r.hang(last, s.cueFirst))
	}
	cross := 0
	for i := b.First; i < b.End; i++ {
		if t := &r.Words[i]; (i < p.first || i >= p.end) && t.Head >= p.first && t.Head < p.end && !t.Punct() && i != s.cueFirst {
			cross++
		}
	}
	whole := strconv.Itoa(min(3, cross)) + "," + strconv.Itoa(min(3, tops))
	add("whole", whole, kind)
	// What the first word is in the clause, or to the cue.
	if c := r.PhraseOf(p.first); c != nil {
		t := &r.Words[c.Head]
		switch {
		case t.Head >= p.first && t.Head < p.end:
			add("first", string(page.Relation(t.Deprel))+"/in", kind)
		default:
			add("first", string(page.Relation(t.Deprel))+"/"+r.hang(c.Head, s.cueFirst), kind)
		}
		if s.say != nil {
			add("first-class", s.say.Class, string(page.Relation(t.Deprel)))
		}
	} else if s.say != nil {
		add("first-class", s.say.Class, r.kindOf(p.first))
	}
	add("verb", strconv.FormatBool(r.HasVerb(p.first, p.end)), kind)
	add("words", near(r.CountWords(p.first, p.end)), side)
	if s.say != nil {
		add("class", s.say.Class, strconv.FormatBool(p == rule))
		switch {
		case p.first < rule.first:
			add("start-class", s.say.Class, "earlier")
		case p.first > rule.first:
			add("start-class", s.say.Class, "later")
		}
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
