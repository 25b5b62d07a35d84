package read

import (
	"slices"
	"strconv"
	"strings"

	"letopis/internal/linear"
	"letopis/internal/page"
	"letopis/internal/ud"
)

// Among the phrases that may speak at a word of saying (page.ClauseSubject scores them by rule) one
// is chosen. What is seen of them is the rule's score, the tree between phrase and cue, place, kind of name,
// grammar and frames.

// speakerScore is a phrase and how well it can speak at a cue, by rule and then by what was
// learnt.
type speakerScore struct{ chunk, score int }

// subjectOf returns the phrase that speaks at cue k, looking in words lo to hi,
// or -1. Inverted cues ("…, каза X") look right first.
func (r *said) subjectOf(k, lo, hi int, inverted bool) int {
	r.asked = r.asked[:0]
	best := r.ClauseSubject(k, lo, hi, inverted, func(ci, score int) { r.asked = append(r.asked, speakerScore{ci, score}) })
	if best < 0 {
		r.noteSpeakers(k, nil)
		return -1
	}
	return r.chooseSpeaker(speaking{k: k, subject: r.TreeSubject(k), rule: best, inverted: inverted})
}

// speaking is a cue at which somebody speaks.
type speaking struct {
	k        int  // the cue
	subject  int  // the word that the tree has as its subject, -1 for none
	rule     int  // the phrase that the rules chose
	inverted bool // the cue stands behind the words reported
}

// chooseSpeaker returns the speaker that the rules chose at a cue, or the one that is
// found likelier among those in r.asked.
func (r *said) chooseSpeaker(c speaking) int {
	// Those unable count among the asked, here as in training.
	able := func(a speakerScore) bool { return a.score >= ableToSpeak || a.chunk == c.rule }
	got, ok := r.ask(r.Page, &question{of: AskSpeaker, at: c.k, end: c.k + 1, n: len(r.asked),
		see:  func(i int, v *linear.Vec) { r.seeSpeaker(v, c, i) },
		able: func(i int) bool { return able(r.asked[i]) },
		words: func(i int) ud.Span {
			w := r.NameOf(r.Apposed(r.asked[i].chunk))
			return r.Span(w[0], w[1])
		},
	})
	best := c.rule
	if ok = ok && got.knows; ok {
		best = r.asked[got.best].chunk
		for i := range r.asked {
			if able(r.asked[i]) {
				r.asked[i].score = int(r.scores[i])
			} else {
				r.asked[i].chunk = -1
			}
		}
		r.asked = slices.DeleteFunc(r.asked, func(a speakerScore) bool { return a.chunk < 0 })
	} else {
		r.asked = slices.DeleteFunc(r.asked, func(a speakerScore) bool { return !able(a) })
		got.why = nil
	}
	r.noteSpeakers(c.k, got.why)
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

// seeSpeaker adds what tells of the n-th phrase asked whether it speaks at a cue.
func (r *said) seeSpeaker(v *linear.Vec, at speaking, n int) {
	a := r.asked[n]
	c := &r.Phrases[a.chunk]
	h := &r.Words[c.Head]
	f := perLang{v, "w.", r.Analysis.Lang}
	side, dist := "left", at.k-c.End
	if c.First > at.k {
		side, dist = "right", c.First-at.k-1
	}
	order := "plain"
	if at.inverted {
		order = "inverted"
	}
	f.add("rule", strconv.Itoa(max(-80, min(80, a.score))/10), "")
	if a.chunk == at.rule {
		f.add("chosen", "rule", "")
	}
	f.add("side", side, order)
	f.add("dist", side, near(dist))
	f.add("nth", strconv.Itoa(min(n, 9)), "")
	f.add("rel", string(h.Deprel), side)
	f.add("upos", string(h.UPOS), "")
	f.add("case", h.Feats.Get("Case"), "")
	f.add("name", r.kindOfName(c), "")
	r.seeKindOfSpeaker(f, at, a.chunk, side)
	f.add("adp", r.kindOfAdposition(c), "")
	path := r.pathTo(c.Head, at.k)
	f.add("path", path, "")
	f.add("path-side", path, side)
	r.seeCue(f, at.k, h, side)
	if side == "left" && c.End < len(r.Words) {
		f.add("next", r.nextTo(c.End, at.k), "")
	}
}

// seeKindOfSpeaker adds what kind of actor phrase ci speaks of, and whether the tree has it as subject.
func (r *said) seeKindOfSpeaker(f perLang, at speaking, ci int, side string) {
	c := &r.Phrases[ci]
	h := &r.Words[c.Head]
	for _, q := range [...]struct {
		name string
		is   bool
	}{{"pron", c.Pron}, {"office", r.HoldsOffice(c)}, {"people", h.Is(page.People | page.Kin)}, {"doc", h.Is(page.DocNoun)}, {"media", r.IsMedia(ci)},
		{"time", r.IsTime(c)}, {"subject", at.subject >= 0 && r.PhraseAt[at.subject] == ci}, {"other", at.subject >= 0 && r.PhraseAt[at.subject] != ci},
		{"aside", side == "left" && r.InAside(c.Head, at.k)}, {"quoted", h.Quote >= 0 && r.Words[at.k].Quote < 0}} {
		if q.is {
			f.add(q.name, "", "")
		}
	}
}

// seeCue adds how the cue at k agrees with the head of a phrase, its form and its frames.
func (r *said) seeCue(f perLang, k int, h *page.Word, side string) {
	t := &r.Words[k]
	for _, name := range [...]string{"Number", "Gender"} {
		if x, y := h.Feats.Get(name), t.Feats.Get(name); x != "" && y != "" && x != y {
			f.add("unlike", name, "")
		}
	}
	f.add("form", t.Feats.Get("VerbForm"), side)
	if t.Say != nil {
		f.add("frames", t.Say.Frames, side)
	}
}

// kindOfName is the type of the name in a phrase, with "+" where its country is known, or "none".
func (r *said) kindOfName(c *page.Phrase) string {
	if c.Name < 0 {
		return "none"
	}
	kind := string(r.Names[c.Name].Type)
	if r.Names[c.Name].Country != "" {
		kind += "+"
	}
	return kind
}

// kindOfAdposition is what kind of preposition governs a phrase.
func (r *said) kindOfAdposition(c *page.Phrase) string {
	if c.Adp < 0 {
		return "none"
	}
	switch p := &r.Words[c.Adp]; {
	case p.Is(page.In):
		return "in"
	case p.Is(page.By):
		return "by"
	case p.Is(page.GenPrep):
		return "of"
	}
	return "other"
}

// pathTo is the way up the tree from word i to the cue at k, at most three steps, else "far".
func (r *said) pathTo(i, k int) string {
	path := ""
	for n := 0; n < 4 && i != k; n++ {
		if i < 0 || n == 3 {
			return "far"
		}
		path += ">" + page.Relation(r.Words[i].Deprel)
		i = r.Words[i].Head
	}
	return path
}

// nextTo is what stands at i, behind a phrase before the cue at k.
func (r *said) nextTo(i, k int) string {
	switch next := &r.Words[i]; {
	case i == k:
		return "cue"
	case next.Punct():
		return next.Form
	default:
		return string(next.UPOS)
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
