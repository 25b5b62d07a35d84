package read

import (
	"context"
	"fmt"
	"letopis/internal/linear"
	"letopis/internal/page"
	"slices"
	"strconv"
	"strings"

	"letopis"
)

// Among the phrases that may speak at a word of saying (clauses.go scores them by rule), a
// learnt chooser (package linear; `letopis-train statements`) picks one. It sees the rule's
// score, the tree between phrase and cue, place, kind of name, grammar and frames, never
// words; each feature counts once for all languages and once for the language read.

// SpeakerCase is a question to the chooser of speakers: a word of saying in code points
// and who may speak there.
type SpeakerCase struct {
	Cue        letopis.Span
	Candidates []SpeakerCandidate
}

// SpeakerCandidate is a phrase that may speak: the words that would name the speaker.
type SpeakerCandidate struct {
	Mention  letopis.Span
	Features []string
}

// SpeakerCases reads a document with the rules alone and returns what the chooser of
// speakers would be asked, for its training.
func (r *Reader) SpeakerCases(ctx context.Context, doc *letopis.Document) ([]SpeakerCase, error) {
	a, err := r.analyze(ctx, doc)
	if err != nil {
		return nil, err
	}
	var q questions
	if _, err := r.WithChooser(nil).read(ctx, doc, a, nil, &q); err != nil {
		return nil, fmt.Errorf("speakers of %s: %w", doc.ID, err)
	}
	return q.speakers, nil
}

// chooser is what the phases that choose are given: the weights, nil for the rules alone, where what
// is asked is gathered, and where it is told why.
type chooser struct {
	choose *linear.Model
	cases  *questions // nil where nobody gathers them
	trace  *trace     // nil where nobody asked
}

// questions are what the choosers are asked in one reading, where somebody gathers them.
type questions struct {
	events   []EventCase
	speakers []SpeakerCase
	spans    []SpanCase
	// wantSpans asks for the ranges of statements, which are asked for beside the chosen speakers.
	wantSpans bool
}

// speakerScore is a phrase and how well it can speak at a cue, by rule and then by what was
// learnt.
type speakerScore struct{ chunk, score int }

// chooseSpeaker returns the speaker that the rules chose at cue k, or the one that the chooser
// finds likelier among those in r.asked.
func (r *said) chooseSpeaker(k, subject, rule int, inverted bool) int {
	if r.cases != nil {
		x := page.NewRunes(r.Text)
		cue := r.Words[k].Span
		c := SpeakerCase{Cue: letopis.Span{Start: x.At(cue.Start), End: x.At(cue.End)}}
		for n := range r.asked {
			r.speakerFeatures(k, n, subject, rule, inverted)
			w := r.NameOf(r.Apposed(r.asked[n].chunk))
			s := r.Span(w[0], w[1])
			c.Candidates = append(c.Candidates, SpeakerCandidate{Mention: letopis.Span{Start: x.At(s.Start), End: x.At(s.End)}, Features: r.vec.Names()})
		}
		r.cases.speakers = append(r.cases.speakers, c)
	}
	able := func(a speakerScore) bool { return a.score >= ableToSpeak || a.chunk == rule }
	if r.choose == nil || !slices.ContainsFunc(r.asked, able) {
		r.asked = slices.DeleteFunc(r.asked, func(a speakerScore) bool { return !able(a) })
		r.noteSpeakers(k, nil)
		return rule
	}
	best, top, knows := rule, int32(-1<<30), false
	var why []string
	kept := 0
	for n := range r.asked {
		if !able(r.asked[n]) {
			continue // it counts as one of those asked, as in training
		}
		r.speakerFeatures(k, n, subject, rule, inverted)
		s := r.choose.Score(&r.vec)
		knows = knows || s != 0
		if s > top {
			best, top = r.asked[n].chunk, s
			if r.trace.notes() {
				why = r.choose.Deciding(&r.vec, 4)
			}
		}
		r.learnt = append(r.learnt[:kept], int(s))
		kept++
	}
	r.asked = slices.DeleteFunc(r.asked, func(a speakerScore) bool { return !able(a) })
	if !knows {
		r.noteSpeakers(k, nil)
		return rule // weights of other things alone
	}
	for n := range r.asked {
		r.asked[n].score = r.learnt[n]
	}
	r.noteSpeakers(k, why)
	return best
}

// ableToSpeak is the least score of the rules with which a phrase is considered: what a
// preposition governs or another case marks is below it. The trainer sees the others too: most
// of what it learns is what does not speak.
const ableToSpeak = 0

// noteSpeakers notes the three phrases that may speak at cue k best, and what decided.
func (r *said) noteSpeakers(k int, why []string) {
	if !r.trace.notes() {
		return
	}
	asked := slices.Clone(r.asked)
	slices.SortStableFunc(asked, func(a, b speakerScore) int { return b.score - a.score })
	var detail []string
	for _, a := range asked[:min(3, len(asked))] {
		c := &r.Phrases[a.chunk]
		detail = append(detail, r.TextOf(c.First, c.End)+" "+strconv.Itoa(a.score))
	}
	line := strings.Join(detail, " · ")
	if len(why) > 0 {
		line += ": " + strings.Join(why, ", ")
	}
	r.trace.note(k, k+1, WhySpeakers, line)
}

// speakerFeatures puts into r.vec what tells of the n-th phrase asked whether it speaks at
// cue k.
func (r *said) speakerFeatures(k, n, subject, rule int, inverted bool) {
	a := r.asked[n]
	c, t := &r.Phrases[a.chunk], &r.Words[k]
	h := &r.Words[c.Head]
	v := &r.vec
	v.Reset()
	add := func(name, value, more string) {
		v.Add("w.", name, "=", value, more)
		v.Add("w.", r.Analysis.Lang, ".", name, "=", value, more)
	}
	side, dist := "left", k-c.End
	if c.First > k {
		side, dist = "right", c.First-k-1
	}
	order := "plain"
	if inverted {
		order = "inverted"
	}
	add("rule", strconv.Itoa(max(-80, min(80, a.score))/10), "")
	if a.chunk == rule {
		add("chosen", "rule", "")
	}
	add("side", side, order)
	add("dist", side, near(dist))
	add("nth", strconv.Itoa(min(n, 9)), "")
	add("rel", string(h.Deprel), side)
	add("upos", string(h.UPOS), "")
	add("case", h.Feats.Get("Case"), "")
	kind := "none"
	if c.Name >= 0 {
		kind = string(r.Names[c.Name].Typ)
		if r.Names[c.Name].Country != "" {
			kind += "+"
		}
	}
	add("name", kind, "")
	for _, q := range [...]struct {
		name string
		is   bool
	}{{"pron", c.Pron}, {"office", r.HoldsOffice(c)}, {"people", h.Is(page.People | page.Kin)}, {"doc", h.Is(page.DocNoun)}, {"media", r.IsMedia(a.chunk)},
		{"time", r.IsTime(c)}, {"subject", subject >= 0 && r.PhraseAt[subject] == a.chunk}, {"other", subject >= 0 && r.PhraseAt[subject] != a.chunk},
		{"aside", side == "left" && r.InAside(c.Head, k)}, {"quoted", h.Quote >= 0 && t.Quote < 0}} {
		if q.is {
			add(q.name, "", "")
		}
	}
	adp := "none"
	if c.Adp >= 0 {
		switch p := &r.Words[c.Adp]; {
		case p.Is(page.In):
			adp = "in"
		case p.Is(page.By):
			adp = "by"
		case p.Is(page.GenPrep):
			adp = "of"
		default:
			adp = "other"
		}
	}
	add("adp", adp, "")
	path, p := "", c.Head
	for i := 0; i < 4 && p != k; i++ {
		if p < 0 || i == 3 {
			path = "far"
			break
		}
		path += ">" + string(page.Relation(r.Words[p].Deprel))
		p = r.Words[p].Head
	}
	add("path", path, "")
	add("path-side", path, side)
	for _, f := range [...]string{"Number", "Gender"} {
		if x, y := h.Feats.Get(f), t.Feats.Get(f); x != "" && y != "" && x != y {
			add("unlike", f, "")
		}
	}
	add("form", t.Feats.Get("VerbForm"), side)
	if t.Say != nil {
		add("frames", t.Say.Frames, side)
	}
	if side == "left" && c.End < len(r.Words) {
		switch next := &r.Words[c.End]; {
		case c.End == k:
			add("next", "cue", "")
		case next.Punct():
			add("next", next.Form, "")
		default:
			add("next", string(next.UPOS), "")
		}
	}
}

// near is a distance in a few steps.
func near(n int) string {
	for _, edge := range [...]int{0, 1, 2, 3, 5, 8, 14} {
		if n <= edge {
			return strconv.Itoa(edge)
		}
	}
	return "far"
}
