package read

import (
	"slices"
	"sort"
	"strconv"

	"letopis"
	"letopis/internal/ud"
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
}

// proposal is a trigger that may tell of an event.
type proposal struct {
	at int // token
	*trigger
}

// events finds who did what to whom: triggers of the lexicon with the actors of
// their clause, and the verbal acts that statements are.
func (r *reading) events() {
	c := r.newChooser(r.choose)
	all := r.proposals()
	r.introduceActors(all, r.stmts)
	for _, p := range all {
		r.event(p.at, p.trigger, c)
	}
}

// triggerAt returns the trigger that token i is: the lexicon's, or the one that a verb lends it
// which says that it was not hindered; or nil.
func (r *reading) triggerAt(i int) *trigger {
	if g := r.toks[i].trigger; g != nil {
		return g
	}
	return r.lentTo[i]
}

// proposals lists the triggers that may tell of events, in the order in which they are told.
func (r *reading) proposals() []proposal {
	r.lentTo = map[int]*trigger{}
	var out []proposal
	for i := range r.toks {
		t, g := &r.toks[i], r.triggerAt(i)
		switch {
		case g == nil:
		case t.name >= 0:
			r.note(i, i+1, WhyInName, string(g.code))
		case t.quote >= 0 && r.nameQuote(&r.quotes[t.quote]):
			r.note(i, i+1, WhyNameQuote, string(g.code))
		case r.subsumed(i):
			r.note(i, i+1, WhySubsumed, string(g.code))
		default:
			out = r.propose(i, g, out)
		}
	}
	return out
}

// propose appends the trigger at k where its object allows it, or the noun to which it lends its place:
// "did not stop the talks" tells of the talks.
func (r *reading) propose(k int, g *trigger, out []proposal) []proposal {
	if g.person && !r.personAfter(k) {
		r.note(k, k+1, WhyNoPerson, string(g.code))
		return out
	}
	if g.verb && g.code == letopis.Protest && r.objectAfter(k, r.sents[r.toks[k].sent].end) >= 0 {
		r.note(k, k+1, WhyObject, string(g.code)) // "демонстрират сила" is no demonstration
		return out
	}
	if !g.verb || !r.unhindered(k) {
		return append(out, proposal{k, g})
	}
	n := r.hindered(k)
	if n < 0 {
		return append(out, proposal{k, g})
	}
	r.note(k, k+1, WhySubsumed, string(g.code))
	if r.triggerAt(n) == nil {
		if lent := r.lex.events.find(0, &r.toks[n], true); lent != nil {
			r.lentTo[n] = lent
			if n < k { // its turn is over
				return r.propose(n, lent, out)
			}
		}
	}
	return out
}

// event reads one proposal.
func (r *reading) event(k int, g *trigger, c *chooser) {
	ev := event{code: g.code, mode: g.mode, trigger: k, stmt: r.stmtOf(k), rule: "event." + g.key, conf: 50}
	src, tgt := r.parties(k, g)
	if g.flip {
		src, tgt = tgt, src
	}
	ev.source, ev.target = src, tgt
	ev.srcC, ev.tgtC = r.countriesOf(src), r.countriesOf(tgt)
	r.fillSides(&ev, k, g)
	if len(ev.srcC) == 0 && len(ev.tgtC) == 0 {
		if r.goesOn(k, g.code) {
			return
		}
		where := r.scene(k)
		if where == "" {
			r.note(k, k+1, WhyNoActor, string(g.code))
			return
		}
		r.note(k, k+1, WhyScene, where)
		ev.srcC, ev.tgtC = []string{where}, []string{where}
		ev.conf -= 15
	}
	if g.code == letopis.Consult && slices.Equal(ev.srcC, ev.tgtC) && r.goesOn(k, g.code) {
		return
	}
	m := r.modality(k, g)
	ev.modality, ev.mood = m.m, m.why
	if (g.verb || r.lent(k)) && m.why >= 0 && (r.contentOf(m.why) || cooperative(g.code) && r.accord(m.why)) {
		r.note(k, k+1, WhySubsumed, string(g.code))
		return // what is asked for or threatened is no event beside the asking
	}
	if g.weak && slices.Equal(ev.srcC, ev.tgtC) {
		r.note(k, k+1, WhyWeak, string(g.code))
		return
	}
	if c.decide(&ev, g, r.cases) {
		if m.why >= 0 {
			r.note(k, k+1, WhyMood, r.toks[m.why].form)
		}
		ev.place = r.placeOf(k)
		r.evs = append(r.evs, ev)
	}
}

// stmtOf returns the statement whose cue is token k or that covers it, or -1.
func (r *reading) stmtOf(k int) int {
	if len(r.reach) != len(r.stmts) {
		r.reach = r.reach[:0]
		far := 0
		for i := range r.stmts {
			far = max(far, r.stmts[i].end, r.stmts[i].cueEnd)
			r.reach = append(r.reach, far)
		}
	}
	for i := sort.SearchInts(r.reach, k+1); i < len(r.stmts); i++ {
		s := &r.stmts[i]
		if s.cueFirst <= k && k < s.cueEnd {
			return i
		}
		if s.first <= k && k < s.end {
			return i
		}
		if s.first > k+60 {
			break
		}
	}
	return -1
}

func (r *reading) finishEvents(rec *letopis.Record, rng func(ud.Span) letopis.Range, ids []string) {
	names := func(ents []int) []string {
		out := []string{}
		for _, e := range ents {
			if ids[e] != "" {
				out = append(out, ids[e])
			}
		}
		return out
	}
	cues := r.cues()
	for i := range r.evs {
		ev := &r.evs[i]
		root, _ := r.onto.Category(ev.code)
		out := letopis.Event{ID: "v" + strconv.Itoa(i+1), CAMEO: root.CAMEO, Goldstein: root.Goldstein, Code: ev.code, Mode: ev.mode, Context: ev.context, Source: names(ev.source), Target: names(ev.target),
			SourceCountry: ev.srcC, TargetCountry: ev.tgtC, Trigger: rng(r.toks[ev.trigger].Span), Evidence: rng(r.sents[r.toks[ev.trigger].sent].bytes),
			Date: ev.date, Modality: ev.modality, Recalled: ev.recalled, Confidence: float64(ev.conf) / 100, Rule: ev.rule}
		if ev.place >= 0 {
			out.Place = ids[ev.place]
		}
		if s := r.actOf(ev, cues); s >= 0 {
			out.Statement = rec.Statements[s].ID
		}
		for _, m := range ev.mentions {
			out.Mentions = append(out.Mentions, rng(r.toks[m].Span))
		}
		rec.Events = append(rec.Events, out)
	}
}

// subsumed reports whether the trigger at k is only what another trigger is about:
// the noun object of a trigger verb ("отхвърли проекта на договора", "поиска
// убежище"), or a readiness for an act that is a trigger itself.
func (r *reading) subsumed(k int) bool {
	t := &r.toks[k]
	if t.upos == "NOUN" {
		if v, _ := r.verbOver(k); v >= 0 && r.triggerAt(v) == nil && r.toks[v].head >= 0 && r.toks[v].rel("xcomp", "csubj", "acl", "ccomp") {
			if g := r.triggerAt(r.toks[v].head); g != nil && g.code == letopis.Agree {
				return true // what one is ready for or promises is the accord
			}
		}
		if c := r.chunkOf(k); c != nil && c.head != k && c.head < k && r.triggerAt(c.head) == nil && r.toks[c.head].upos == "NOUN" && c.adp < 0 && !r.toks[c.head].is(clMoodPoss|clMoodFut) {
			return true // "система предупреждения о нападении" is a thing, no event
		}
		for i := k - 1; i >= 0 && i > k-6 && r.toks[i].sent == t.sent; i-- {
			w := &r.toks[i]
			if g := r.triggerAt(i); g != nil && g.verb && g.code != letopis.Consult {
				return !r.unhindered(i)
			}
			if w.punct() || w.upos == "VERB" || w.is(clCompl|clDa) {
				break
			}
		}
		return false
	}
	if r.goesOnUnder(k) {
		for i := k + 1; i < len(r.toks) && i < k+6 && r.toks[i].sent == t.sent; i++ {
			if g := r.triggerAt(i); g != nil && !g.verb {
				return true // "did not stop the talks" tells of the talks
			}
		}
	}
	if t.upos == "ADJ" && r.triggerAt(k).code == letopis.Agree {
		for i := k + 1; i < len(r.toks) && i < k+4 && r.toks[i].sent == t.sent; i++ {
			if g := r.triggerAt(i); g != nil && g.verb && g.code != letopis.Agree && !cooperative(g.code) {
				return true
			}
		}
	}
	return false
}

// unhindered reports whether the verb at k says that something was not ended, prevented or
// ruled out: it tells of that, and is no act itself.
func (r *reading) unhindered(k int) bool {
	t := &r.toks[k]
	g := r.triggerAt(k)
	return r.goesOnUnder(k) || g != nil && g.code == letopis.Reject && g.verb && t.say != nil && t.say.has('c') && r.ownMood(k).m == letopis.Negated
}

// hindered returns the noun of an event that is the object of the verb at k, or its subject in
// the passive; or -1.
func (r *reading) hindered(k int) int {
	found := -1
	r.kids(k, func(c int) {
		t := &r.toks[c]
		if found < 0 && t.upos == "NOUN" && t.rel("obj", "iobj", "obl", "nsubj:pass") && t.name < 0 {
			if g := r.lex.events.find(0, t, true); g != nil && g.code != "" {
				found = c
			}
		}
	})
	return found
}

// lent reports whether the noun at k is the trigger of a phrase whose verb lends it a subject.
func (r *reading) lent(k int) bool {
	h := r.toks[k].head
	return h >= 0 && r.toks[h].spent && r.triggerAt(h) == nil && r.toks[k].rel("obj", "nsubj:pass")
}

// goesOnUnder reports whether the verb at k is a negated one of ending or preventing.
func (r *reading) goesOnUnder(k int) bool {
	return r.toks[k].is(clMoodStop) && r.ownMood(k).m == letopis.Negated
}

// cooperative reports whether acts of a category are cooperation, in words or deeds.
func cooperative(c letopis.Code) bool {
	return c.Quad() == letopis.VerbalCooperation || c.Quad() == letopis.MaterialCooperation
}

// accord reports whether the word at h tells readiness or agreement to do something: future
// cooperation is AGREE (PLOVER manual), "готов да сътрудничи".
func (r *reading) accord(h int) bool {
	g := r.triggerAt(h)
	return g != nil && (!g.verb || r.toks[h].upos == "ADJ") && g.code == letopis.Agree
}

// contentOf reports whether the word at h that decides an event's mood is itself the
// trigger of an act in words, whose content the event then is.
func (r *reading) contentOf(h int) bool {
	g := r.triggerAt(h)
	if g == nil || !g.verb {
		return false
	}
	switch g.code {
	case letopis.Request, letopis.Threaten, letopis.Reject:
		return true
	}
	return false
}

// actOf returns the statement that performs an event told by its word of saying, or by
// the noun that this has as object ("отправи апел"), in any of its mentions; or -1.
func (r *reading) actOf(ev *event, cues map[int]int) int {
	for _, k := range append([]int{ev.trigger}, ev.mentions...) {
		v := -1
		if g := r.triggerAt(k); g != nil && !g.verb {
			if h, sub := r.verbOver(k); sub && r.toks[k].rel("obj", "nsubj:pass") {
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
func (r *reading) cues() map[int]int {
	out := make(map[int]int, len(r.stmts))
	for i := range r.stmts {
		for k := r.stmts[i].cueFirst; k >= 0 && k < r.stmts[i].cueEnd; k++ {
			if _, told := out[k]; !told {
				out[k] = i
			}
		}
	}
	return out
}

// placeOf returns the entity of the place that the clause of trigger k says ("в
// Берлин"), the nearest one, or -1.
func (r *reading) placeOf(k int) int {
	lo, hi := r.clauseOf(k, r.sents[r.toks[k].sent])
	best, at := -1, 1<<30
	for i := max(lo, 1); i < hi; i++ {
		n := r.toks[i].name
		if n < 0 || r.names[n].first != i || r.names[n].typ != letopis.Location {
			continue
		}
		if p := r.adpOf(i); p >= 0 && p < i && r.inPlace(i, p) && !r.ofOffice(i) && far(i, k) < at {
			best, at = r.mentions[n].ent, far(i, k)
		}
	}
	return best
}
