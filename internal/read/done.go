package read

import (
	"slices"

	"letopis"
	"letopis/internal/linear"
	"letopis/internal/page"
)

// event is one interaction while it is read.
type event struct {
	code           letopis.Code
	mode           string
	context        []string
	trigger        int // token
	mentions       []int
	source, target []int // entities
	srcC, tgtC     []string
	stmt           int // statement that the trigger stands in or is the cue of, -1 for none
	modality       letopis.Modality
	mood           int // token that decides the modality, -1 for none
	date           letopis.When
	recalled       bool
	conf           int
	place          int // entity, -1 for none
	rule           string
	parts          []part // who stands on its sides, by words
}

// part is who stands on a side of an event: words, whom the article means by them, and for which country.
type part struct {
	target      bool
	first, last int // words, both included
	ent         int // -1 for nobody that the article speaks of elsewhere
	country     string
	basis       string
}

// proposal is a trigger that may tell of an event.
type proposal struct {
	at int // token
	*page.Trigger
}

// done is what was done: the events.
type done struct {
	*page.Page
	chooser
	cast *cast
	said *said
	back *background

	evs    []event
	lentTo map[int]*page.Trigger // triggers that verbs lend to nouns
	taken  map[int]*page.Trigger // what words evoke as it was learnt
}

// whatWasDone finds who did what to whom: triggers of the lexicon with the actors of
// their clause, and the verbal acts that statements are.
func whatWasDone(pg *page.Page, c *cast, s *said, back *background, ask chooser, deeds *linear.Table, l *lessons) *done {
	r := &done{Page: pg, chooser: ask, cast: c, said: s, back: back}
	all := r.proposals()
	switch {
	case l != nil:
		l.teach(r, r.newEvoker(nil, all), all)
	case deeds != nil && r.tagged():
		r.learnt(deeds, all)
	default:
		r.byRules(all)
	}
	r.mergeEvents()
	r.contexts()
	return r
}

// tagged reports whether the words have parts of speech: without a tagger the learnt reader sees nothing.
func (r *done) tagged() bool {
	return slices.ContainsFunc(r.Words, func(t page.Word) bool { return t.UPOS != "" && t.UPOS != "PUNCT" })
}

// byRules reads the proposals of the lexicon one by one.
func (r *done) byRules(all []proposal) {
	r.cast.introduceActors(all, r.said.stmts)
	for _, p := range all {
		r.event(p.at, p.Trigger)
	}
}

// triggerAt returns the trigger that token i is: the lexicon's, or the one that a verb lends it
// which says that it was not hindered; or nil.
func (r *done) triggerAt(i int) *page.Trigger {
	if g := r.taken[i]; g != nil {
		return g
	}
	if g := r.Words[i].Trigger; g != nil {
		return g
	}
	return r.lentTo[i]
}

// proposals lists the triggers that may tell of events, in the order in which they are told.
func (r *done) proposals() []proposal {
	r.lentTo = map[int]*page.Trigger{}
	var out []proposal
	for i := range r.Words {
		t, g := &r.Words[i], r.triggerAt(i)
		switch {
		case g == nil:
		case t.Name >= 0:
			r.trace.note(i, i+1, WhyInName, string(g.Code))
		case t.Quote >= 0 && r.IsNameQuote(&r.Quotes[t.Quote]):
			r.trace.note(i, i+1, WhyNameQuote, string(g.Code))
		case r.subsumed(i):
			r.trace.note(i, i+1, WhySubsumed, string(g.Code))
		default:
			out = r.propose(i, g, out)
		}
	}
	return out
}

// propose appends the trigger at k where its object allows it, or the noun to which it lends its place:
// "did not stop the talks" tells of the talks.
func (r *done) propose(k int, g *page.Trigger, out []proposal) []proposal {
	if g.Person && !r.PersonAfter(k) {
		r.trace.note(k, k+1, WhyNoPerson, string(g.Code))
		return out
	}
	if g.Verb && g.Code == letopis.Protest && r.ObjectAfter(k, r.Sentences[r.Words[k].Sent].End) >= 0 {
		r.trace.note(k, k+1, WhyObject, string(g.Code)) // "демонстрират сила" is no demonstration
		return out
	}
	if !g.Verb || !r.unhindered(k) {
		return append(out, proposal{k, g})
	}
	n := r.hindered(k)
	if n < 0 {
		return append(out, proposal{k, g})
	}
	r.trace.note(k, k+1, WhySubsumed, string(g.Code))
	if r.triggerAt(n) == nil {
		if lent := r.Lex.NounTrigger(&r.Words[n]); lent != nil {
			r.lentTo[n] = lent
			if n < k { // its turn is over
				return r.propose(n, lent, out)
			}
		}
	}
	return out
}

// event reads one proposal.
func (r *done) event(k int, g *page.Trigger) {
	ev := event{code: g.Code, mode: g.Mode, trigger: k, stmt: r.said.stmtOf(k), rule: "event." + g.Key, conf: 50}
	src, tgt := r.parties(k, g)
	if g.Flip {
		src, tgt = tgt, src
	}
	ev.source, ev.target = src, tgt
	ev.srcC, ev.tgtC = r.countriesOf(src), r.countriesOf(tgt)
	r.fillSides(&ev, k, g)
	if len(ev.srcC) == 0 && len(ev.tgtC) == 0 {
		if r.goesOn(k, g.Code) {
			return
		}
		where := r.Scene(k)
		if where == "" || g.Code == letopis.Consult && g.Verb { // whoever gathered there is no state
			r.trace.note(k, k+1, WhyNoActor, string(g.Code))
			return
		}
		r.trace.note(k, k+1, WhyScene, where)
		ev.srcC, ev.tgtC = []string{where}, []string{where}
		ev.conf -= 15
	}
	if g.Code == letopis.Consult && slices.Equal(ev.srcC, ev.tgtC) && r.goesOn(k, g.Code) {
		return
	}
	m := r.modality(k, g)
	ev.modality, ev.mood = m.m, m.why
	if (g.Verb || r.lent(k)) && m.why >= 0 && (r.contentOf(m.why) || cooperative(g.Code) && r.accord(m.why)) {
		r.trace.note(k, k+1, WhySubsumed, string(g.Code))
		return // what is asked for or threatened is no event beside the asking
	}
	if g.Weak && slices.Equal(ev.srcC, ev.tgtC) {
		r.trace.note(k, k+1, WhyWeak, string(g.Code))
		return
	}
	if m.why >= 0 {
		r.trace.note(k, k+1, WhyMood, r.Words[m.why].Form)
	}
	ev.place = r.placeOf(k)
	r.evs = append(r.evs, ev)
}

// subsumed reports whether the trigger at k is only what another trigger is about:
// the noun object of a trigger verb ("отхвърли проекта на договора", "поиска
// убежище"), or a readiness for an act that is a trigger itself.
func (r *done) subsumed(k int) bool {
	t := &r.Words[k]
	if t.UPOS == "NOUN" {
		if v, _ := r.VerbOver(k); v >= 0 && r.triggerAt(v) == nil && r.Words[v].Head >= 0 && r.Words[v].Rel("xcomp", "csubj", "acl", "ccomp") {
			if g := r.triggerAt(r.Words[v].Head); g != nil && g.Code == letopis.Agree {
				return true // what one is ready for or promises is the accord
			}
		}
		if c := r.PhraseOf(k); c != nil && c.Head != k && c.Head < k && r.triggerAt(c.Head) == nil && r.Words[c.Head].UPOS == "NOUN" && c.Adp < 0 && !r.Words[c.Head].Is(page.MoodPoss|page.MoodFut) {
			return true // "система предупреждения о нападении" is a thing, no event
		}
		for i := k - 1; i >= 0 && i > k-6 && r.Words[i].Sent == t.Sent; i-- {
			w := &r.Words[i]
			if g := r.triggerAt(i); g != nil && g.Verb && g.Code != letopis.Consult {
				return !r.unhindered(i)
			}
			if w.Punct() || w.UPOS == "VERB" || w.Is(page.Compl|page.Da) {
				break
			}
		}
		return false
	}
	if r.goesOnUnder(k) {
		for i := k + 1; i < len(r.Words) && i < k+6 && r.Words[i].Sent == t.Sent; i++ {
			if g := r.triggerAt(i); g != nil && !g.Verb {
				return true // "did not stop the talks" tells of the talks
			}
		}
	}
	if t.UPOS == "ADJ" && r.triggerAt(k).Code == letopis.Agree {
		for i := k + 1; i < len(r.Words) && i < k+4 && r.Words[i].Sent == t.Sent; i++ {
			if g := r.triggerAt(i); g != nil && g.Verb && g.Code != letopis.Agree && !cooperative(g.Code) {
				return true
			}
		}
	}
	return false
}

// unhindered reports whether the verb at k says that something was not ended, prevented or
// ruled out: it tells of that, and is no act itself.
func (r *done) unhindered(k int) bool {
	t := &r.Words[k]
	g := r.triggerAt(k)
	return r.goesOnUnder(k) || g != nil && g.Code == letopis.Reject && g.Verb && t.Say != nil && t.Say.Has('c') && r.ownMood(k).m == letopis.Negated
}

// hindered returns the noun of an event that is the object of the verb at k, or its subject in
// the passive; or -1.
func (r *done) hindered(k int) int {
	found := -1
	r.Kids(k, func(c int) {
		t := &r.Words[c]
		if found < 0 && t.UPOS == "NOUN" && t.Rel("obj", "iobj", "obl", "nsubj:pass") && t.Name < 0 {
			if g := r.Lex.NounTrigger(t); g != nil && g.Code != "" {
				found = c
			}
		}
	})
	return found
}

// lent reports whether the noun at k is the trigger of a phrase whose verb lends it a subject.
func (r *done) lent(k int) bool {
	h := r.Words[k].Head
	return h >= 0 && r.Words[h].Spent && r.triggerAt(h) == nil && r.Words[k].Rel("obj", "nsubj:pass")
}

// goesOnUnder reports whether the verb at k is a negated one of ending or preventing.
func (r *done) goesOnUnder(k int) bool {
	return r.Words[k].Is(page.MoodStop) && r.ownMood(k).m == letopis.Negated
}

// cooperative reports whether acts of a category are cooperation, in words or deeds.
func cooperative(c letopis.Code) bool {
	return c.Quad() == letopis.VerbalCooperation || c.Quad() == letopis.MaterialCooperation
}

// accord reports whether the word at h tells readiness or agreement to do something: future
// cooperation is AGREE (PLOVER manual), "готов да сътрудничи".
func (r *done) accord(h int) bool {
	g := r.triggerAt(h)
	return g != nil && (!g.Verb || r.Words[h].UPOS == "ADJ") && g.Code == letopis.Agree
}

// contentOf reports whether the word at h that decides an event's mood is itself the
// trigger of an act in words, whose content the event then is.
func (r *done) contentOf(h int) bool {
	g := r.triggerAt(h)
	if g == nil || !g.Verb {
		return false
	}
	switch g.Code {
	case letopis.Request, letopis.Threaten, letopis.Reject:
		return true
	}
	return false
}

// actOf returns the statement that performs an event told by its word of saying, or by
// the noun that this has as object ("отправи апел"), in any of its mentions; or -1.
func (r *done) actOf(ev *event, cues map[int]int) int {
	for _, k := range append([]int{ev.trigger}, ev.mentions...) {
		v := -1
		if g := r.triggerAt(k); g != nil && !g.Verb {
			if h, sub := r.VerbOver(k); sub && r.Words[k].Rel("obj", "nsubj:pass") {
				v = h
			}
		}
		own, is := cues[k]
		over, under := cues[v]
		switch {
		case is && under:
			return min(own, over)
		case is:
			return own
		case under:
			return over
		}
	}
	return -1
}

// cues gives each token of a word of saying the first statement that it is the cue of.
func (r *done) cues() map[int]int {
	out := make(map[int]int, len(r.said.stmts))
	for i := range r.said.stmts {
		for k := r.said.stmts[i].cueFirst; k >= 0 && k < r.said.stmts[i].cueEnd; k++ {
			if _, told := out[k]; !told {
				out[k] = i
			}
		}
	}
	return out
}

// placeOf returns the entity of the place that the clause of trigger k says ("в
// Берлин"), the nearest one, or -1.
func (r *done) placeOf(k int) int {
	lo, hi := r.ClauseOf(k, r.Sentences[r.Words[k].Sent])
	best, at := -1, 1<<30
	for i := max(lo, 1); i < hi; i++ {
		n := r.Words[i].Name
		if n < 0 || r.Names[n].First != i || r.Names[n].Type != letopis.Location {
			continue
		}
		if p := r.Adposition(i); p >= 0 && p < i && r.SaysWhere(i, p) && !r.PlaceOfOffice(i) && page.Distance(i, k) < at {
			best, at = r.cast.mentions[n].ent, page.Distance(i, k)
		}
	}
	return best
}
