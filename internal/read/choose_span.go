package read

import (
	"context"
	"fmt"
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
func (r *reading) chooseSpans() {
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
		if s.kind == letopis.Direct || s.cueFirst < 0 || r.toks[s.first].sent != r.toks[s.cueFirst].sent {
			continue
		}
		if b := r.sents[r.toks[s.first].sent]; b.end-b.first <= longSentence {
			r.chooseSpan(s, cues)
		}
	}
}

// chooseSpan gives statement s the range that the chooser finds likeliest; cues are the speakers of
// all statements by their words of saying.
func (r *reading) chooseSpan(s *stmt, cues map[int]int) {
	all := r.spansOf(s, cues)
	if len(all) < 2 {
		return
	}
	if r.cases != nil {
		x := newRunes(r.text)
		place := func(i, j int) letopis.Span {
			b := r.span(i, j)
			return letopis.Span{Start: x.at(b.Start), End: x.at(b.End)}
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
		r.note(s.cueFirst, s.cueEnd, WhyRange, r.words(p.first, p.end)+": "+strings.Join(why, ", "))
	}
	s.first, s.end = p.first, p.end
	s.kind = letopis.Indirect
	if r.hasQuote(s.first, s.end) {
		s.kind = letopis.Mixed
	}
}

// spanMargin is by how much a range must be likelier than that of the rules, in 1/linear.Scale of
// log-odds; chosen on topics left out of gold/dev (docs/decisions.md).
const spanMargin = 96

// spansOf returns the ranges in which the words reported by s may lie, that of the rules
// first: those with another end, then those with another beginning.
func (r *reading) spansOf(s *stmt, cues map[int]int) []spanRange {
	b := r.sents[r.toks[s.cueFirst].sent]
	rule := spanRange{s.first, s.end}
	all := append(r.ranges[:0], rule)
	add := func(i, j int) {
		if i < b.first || j > b.end {
			return
		}
		i, j = r.trim(i, j)
		if j <= i || i <= s.cueFirst && j > s.cueFirst && !(rule.first <= s.cueFirst && rule.end > s.cueFirst) || len(all) >= maxSpans || r.wordsIn(i, j) < 2 {
			return
		}
		if s.mention[1] > s.mention[0] && i < s.mention[1] && s.mention[0] < j && !(rule.first < s.mention[1] && s.mention[0] < rule.end) {
			return // nobody is in what he says
		}
		if t := &r.toks[i]; i != rule.first && t.is(clCompl) && t.upos != "PRON" && t.upos != "DET" {
			return // the word that opens the clause is not in it
		}
		if r.another(s, i, rule.first, cues) || r.another(s, rule.end, j, cues) {
			return
		}
		if p := (spanRange{i, j}); !slices.Contains(all, p) {
			all = append(all, p)
		}
	}
	if rule.end > b.end { // a quotation carries it over the sentence
		r.ranges = all
		return all[:1]
	}
	after := rule.first > s.cueFirst
	last := b.end
	if !after {
		last = rule.end
	}
	for j := rule.first + 2; j < last; j++ {
		if r.edge(j) {
			add(rule.first, j)
		}
	}
	add(rule.first, last)
	from := b.first
	if after {
		from = s.cueEnd
	}
	for i := from; i < rule.end-1; i++ {
		if i == from || r.edge(i) || r.toks[i-1].punct() || r.toks[i-1].is(clCompl|clDa|clAnd) {
			add(i, rule.end)
		}
	}
	r.ranges = all
	return all
}

// another reports whether in the range stands what is coordinated with the word of saying of s:
// a verb of the same subject, which he does and does not say.
func (r *reading) another(s *stmt, i, j int, cues map[int]int) bool {
	for ; i < j; i++ {
		if t := &r.toks[i]; t.rel("conj") && t.head == s.cueFirst {
			return true
		}
		if who, ok := cues[i]; ok && i != s.cueFirst && who == s.speaker {
			return true
		}
	}
	return false
}

// edge reports whether reported words may end before token j or begin with it.
func (r *reading) edge(j int) bool {
	t := &r.toks[j]
	if q := t.quote; q >= 0 && r.quotes[q].open < j && r.quotes[q].depth == 0 && t.closes < 0 {
		return false // not within a quotation
	}
	return t.punct() || t.is(clAnd|clRel|clCompl|clSubord|clDa|clAttrib|clCite|clBeside|clAs) || t.upos == "ADP" || t.upos == "SCONJ" || t.upos == "CCONJ" || t.date && !r.toks[j-1].date || t.upos == "ADV"
}

// spanFeatures puts into r.vec what tells of range p whether s reports it; rule is that of the rules.
func (r *reading) spanFeatures(s *stmt, p, rule spanRange) {
	v := &r.vec
	v.Reset()
	add := func(name, value, more string) {
		v.Add("c.", name, "=", value, more)
		v.Add("c.", r.a.Lang, ".", name, "=", value, more)
	}
	b := r.sents[r.toks[s.cueFirst].sent]
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
		add("end-verb", strconv.FormatBool(r.hasVerb(lo, hi)), way)
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
		add("start-verb", strconv.FormatBool(r.hasVerb(lo, hi)), way)
	}
	// What stays out behind the range, and how it hangs on what is in.
	if rest := r.wordsIn(p.end, b.end); rest == 0 {
		add("rest", "none", kind)
	} else {
		k := p.end
		mark := ""
		for k < b.end-1 && r.toks[k].punct() {
			if mark == "" {
				mark = r.toks[k].form
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
		add("rest-verb", strconv.FormatBool(r.hasVerb(p.end, b.end)), mark)
		add("rest-say", strconv.FormatBool(r.says(p.end, b.end)), mark)
	}
	add("last", string(r.toks[p.end-1].upos), "")
	// The same before it.
	if p.first > b.first {
		k := p.first - 1
		mark := ""
		for k > b.first && r.toks[k].punct() {
			mark = r.toks[k].form
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
		t := &r.toks[top]
		hang := r.hang(top, s.cueFirst)
		add("top", string(base(t.deprel)), hang)
		add("top-upos", string(t.upos), kind)
	}
	tops, last := r.topsOf(p)
	add("tops", strconv.Itoa(min(4, tops)), side)
	if last != top && last >= 0 {
		t := &r.toks[last]
		add("last-top", string(base(t.deprel))+"/"+string(t.upos), r.hang(last, s.cueFirst))
	}
	cross := 0
	for i := b.first; i < b.end; i++ {
		if t := &r.toks[i]; (i < p.first || i >= p.end) && t.head >= p.first && t.head < p.end && !t.punct() && i != s.cueFirst {
			cross++
		}
	}
	whole := strconv.Itoa(min(3, cross)) + "," + strconv.Itoa(min(3, tops))
	add("whole", whole, kind)
	// What the first word is in the clause, or to the cue.
	if c := r.chunkOf(p.first); c != nil {
		t := &r.toks[c.head]
		switch {
		case t.head >= p.first && t.head < p.end:
			add("first", string(base(t.deprel))+"/in", kind)
		default:
			add("first", string(base(t.deprel))+"/"+r.hang(c.head, s.cueFirst), kind)
		}
		if s.say != nil {
			add("first-class", s.say.class, string(base(t.deprel)))
		}
	} else if s.say != nil {
		add("first-class", s.say.class, r.kindOf(p.first))
	}
	add("verb", strconv.FormatBool(r.hasVerb(p.first, p.end)), kind)
	add("words", near(r.wordsIn(p.first, p.end)), side)
	if s.say != nil {
		add("class", s.say.class, strconv.FormatBool(p == rule))
		switch {
		case p.first < rule.first:
			add("start-class", s.say.class, "earlier")
		case p.first > rule.first:
			add("start-class", s.say.class, "later")
		}
	}
}

// says reports whether a word of saying stands in the range.
func (r *reading) says(i, j int) bool {
	for ; i < j; i++ {
		if r.toks[i].say != nil {
			return true
		}
	}
	return false
}

// kindOf is what token k is to the chooser of ranges: its class or its tag.
func (r *reading) kindOf(k int) string {
	t := &r.toks[k]
	switch {
	case t.punct():
		return "."
	case t.say != nil && t.upos == "VERB":
		return "say:" + t.feats.Get("VerbForm")
	case t.is(clAttrib | clAttribPoss | clCite):
		return "attrib"
	case t.date:
		return "date"
	case t.is(clRel) && !t.is(clCompl):
		return "rel"
	case t.is(clCompl) && t.upos != "PRON" && t.upos != "DET":
		return "compl"
	case t.is(clSubord):
		return "subord"
	case t.is(clDa):
		return "da"
	case t.is(clAs):
		return "as"
	case t.is(clAnd):
		return "and"
	case t.upos == "VERB" || t.upos == "AUX":
		return string(t.upos) + ":" + t.feats.Get("VerbForm")
	}
	return string(t.upos)
}

// tie says how token k, which stays out of range p, hangs on it: by its topmost head before
// that enters the range or meets the cue.
func (r *reading) tie(p spanRange, k, cue int) string {
	sent := r.toks[k].sent
	for n := 0; n < 40; n++ {
		t := &r.toks[k]
		h := t.head
		switch {
		case k == cue:
			return "cue"
		case h < 0:
			return "root"
		case h >= p.first && h < p.end:
			in := "deep"
			if g := r.toks[h].head; g < p.first || g >= p.end {
				in = "top"
			}
			return "in:" + string(base(t.deprel)) + ":" + in
		case h == cue:
			return "of-cue:" + string(base(t.deprel))
		case r.toks[h].sent != sent:
			return "else"
		}
		k = h
	}
	return "else"
}

// topOf returns the first token of range p that hangs on something outside it and is no
// punctuation, or -1.
func (r *reading) topOf(p spanRange) int {
	for i := p.first; i < p.end; i++ {
		if t := &r.toks[i]; (t.head < p.first || t.head >= p.end) && !t.punct() {
			return i
		}
	}
	return -1
}

// hang says how token k, the top of a range, stands to the cue in the tree.
func (r *reading) hang(k, cue int) string {
	switch h := r.toks[k].head; {
	case h == cue:
		return "cue"
	case r.toks[cue].head == k:
		return "over"
	case h < 0:
		return "root"
	case h == r.toks[cue].head:
		return "beside"
	}
	return "else"
}

// topsOf counts the tokens of range p that hang on something outside it, and returns the last.
func (r *reading) topsOf(p spanRange) (n, last int) {
	last = -1
	for i := p.first; i < p.end; i++ {
		if t := &r.toks[i]; (t.head < p.first || t.head >= p.end) && !t.punct() {
			n++
			last = i
		}
	}
	return n, last
}
