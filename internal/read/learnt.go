package read

import (
	"slices"
	"strconv"
	"strings"

	"letopis"
	"letopis/internal/linear"
	"letopis/internal/page"
)

// This file makes events of what words evoke: those that are no act of their own are left out, tellings of one event
// are joined, and who stands on its sides is asked.

// triggerFor is the trigger that the word at k is for a category: the lexicon's where it has one, else one
// of the word alone.
func (r *done) triggerFor(k int, code letopis.Code) *page.Trigger {
	if g := r.Words[k].Trigger; g != nil && g.Code == code {
		return g
	}
	if g := r.lentTo[k]; g != nil && g.Code == code {
		return g
	}
	t := &r.Words[k]
	return &page.Trigger{Key: r.lemma(k), Code: code, Verb: t.UPOS == "VERB" || t.UPOS == "ADJ"}
}

// learnt reads the events of a page as was learnt.
func (r *done) learnt(table *linear.Table, proposed []proposal) {
	v := r.newEvoker(table, proposed)
	found := v.find()
	r.taken = make(map[int]*page.Trigger, len(found))
	all := make([]proposal, len(found))
	for i, x := range found {
		g := r.triggerFor(x.at, x.code)
		r.taken[x.at], all[i] = g, proposal{x.at, g}
	}
	for i := range found {
		found[i].mood = r.modality(found[i].at, all[i].Trigger)
	}
	found, all = r.ownActs(found, all)
	r.cast.introduceActors(all, r.said.stmts)
	p := r.newParties(v)
	sides := make([][2]standing, len(found))
	for i, x := range found {
		if r.trace.notes() {
			r.trace.note(x.at, x.at+1, WhyEvokes, string(x.code)+": "+strings.Join(x.why, ", "))
		}
		p.look(x.at, x.code)
		sides[i][0], sides[i][1] = p.sidesOf(table)
		for s := range sides[i] {
			sides[i][s].countries = p.countries(sides[i][s].who, table)
		}
	}
	of := p.tellings(found, sides, table)
	for i := range found {
		if n := of[i]; slices.Index(of, n) == i {
			r.tell(p, found, all, sides, of, n, table)
		}
	}
}

// ownActs leaves out what is no act beside what governs it: what is asked for, threatened or refused, and a verb
// that says that something was not ended or ruled out, which tells of that alone. What hangs on such an act goes
// with it.
func (r *done) ownActs(found []evoked, all []proposal) ([]evoked, []proposal) {
	dropped, gone := map[int]bool{}, map[int]bool{} // gone: what hangs on it goes too
	for i := range found {
		k, m, g := found[i].at, found[i].mood, all[i].Trigger
		content := (g.Verb || r.lent(k)) && m.why >= 0 && (r.contentOf(m.why) || cooperative(g.Code) && r.accord(m.why))
		if content || r.underContent(k, g, gone) {
			gone[k] = true
		}
		if gone[k] || g.Verb && (r.unhindered(k) || r.Words[k].Is(page.MoodNeg) && m.m == letopis.Negated) || r.harmless(k, g.Code, found) {
			dropped[k] = true
			delete(r.taken, k)
			r.trace.note(k, k+1, WhySubsumed, string(g.Code))
		}
	}
	keptFound, kept := found[:0], all[:0]
	for i := range found {
		if !dropped[found[i].at] {
			keptFound, kept = append(keptFound, found[i]), append(kept, all[i])
		}
	}
	return keptFound, kept
}

// underContent reports whether a noun is the object of what is only asked for, threatened or refused.
func (r *done) underContent(k int, g *page.Trigger, gone map[int]bool) bool {
	h := r.Words[k].Head
	if g.Verb || h < 0 || !r.Words[k].Rel("obj", "nmod", "nsubj:pass") {
		return false
	}
	if gone[h] {
		return true
	}
	if r.Words[h].UPOS != "VERB" || !r.Words[k].Rel("obj") {
		return false
	}
	m := r.moodOf(h, page.MaxDepth)
	return m.why >= 0 && r.contentOf(m.why)
}

// harmless reports whether the object of the verb at k makes it no event of a category, as its frame has it: "signed a
// decree"; or is the event itself: "signed a death sentence".
func (r *done) harmless(k int, is letopis.Code, found []evoked) bool {
	f := r.Lex.Frame(&r.Words[k])
	if f == nil {
		return false
	}
	o := r.Kid(k, "obj", "nsubj:pass")
	if o < 0 {
		return false
	}
	code, ok := f.Object(r.lemma(o))
	return ok && code == "" || ok && code != is && slices.ContainsFunc(found, func(x evoked) bool { return x.at == o && x.code == code })
}

// tell makes an event of all words that evoke it: its trigger is the one whose sentence names most of its sides,
// each side is as the telling that is surest of it has it.
func (r *done) tell(p *parties, found []evoked, all []proposal, sides [][2]standing, of []int, n int, table *linear.Table) {
	main, most := -1, -1
	for i := range found {
		if of[i] != n {
			continue
		}
		named := min(len(sides[i][0].who), 1) + min(len(sides[i][1].who), 1)
		if named > most {
			main, most = i, named
		}
	}
	best := [2]int{main, main}
	for i := range found {
		for s := range best {
			if of[i] == n && len(sides[main][s].who) == 0 && sides[i][s].over > sides[best[s]][s].over {
				best[s] = i
			}
		}
	}
	x, g := found[main], all[main].Trigger
	ev := event{code: g.Code, mode: g.Mode, trigger: x.at, stmt: r.said.stmtOf(x.at), rule: "event." + g.Key, conf: likely(x.score * linear.Scale / linear.Fine)}
	for s := range best {
		p.code = x.code
		for _, c := range sides[best[s]][s].who {
			r.stand(&ev, p, &c, s == 1, table)
		}
	}
	for i := range found {
		if of[i] == n && i != main {
			ev.mentions = append(ev.mentions, found[i].at)
		}
	}
	ev.modality, ev.mood, ev.place = x.mood.m, x.mood.why, r.placeOf(x.at)
	if ev.mood >= 0 {
		r.trace.note(x.at, x.at+1, WhyMood, r.Words[ev.mood].Form)
	}
	r.all(&ev)
	told := [...]string{"none", "one", "two"}[min(len(ev.srcC), 1)+min(len(ev.tgtC), 1)]
	ev.rule = "event." + told + "." + strconv.Itoa(ev.conf) + "." + g.Key
	r.evs = append(r.evs, ev)
}

// Leanings of the learnt reader, in 1/linear.Fine, chosen by the folds of the gold: to join two tellings, and
// for each side on which they have the same countries. loneBonus is added in a text of one sentence: it was not
// written around the event, and the signs of its place in an article, which the others have, are missing.
const (
	sameBias  = -16
	agreeBias = 8
	loneBonus = linear.Fine
)

// stand puts a party on a side of an event.
func (r *done) stand(ev *event, p *parties, c *party, target bool, table *linear.Table) {
	ents, countries := &ev.source, &ev.srcC
	if target {
		ents, countries = &ev.target, &ev.tgtC
	}
	if c.ent >= 0 {
		*ents = addNew(*ents, c.ent)
	}
	add := func(country, basis string) {
		ev.parts = append(ev.parts, part{target, c.first, c.last, c.ent, country, basis})
		if country != "" && !slices.Contains(*countries, country) {
			*countries = append(*countries, country)
		}
	}
	if many := p.several(c); len(many) > 1 {
		for _, country := range many {
			add(country, "named")
		}
		return
	}
	add(p.homeOf(c, table))
}

// all spreads over both sides those who act together, where nobody else is told: who is named first is the
// source, the others are the targets.
func (r *done) all(ev *event) {
	if ev.code != letopis.Consult && ev.code != letopis.Agree && ev.code != letopis.Cooperate || len(ev.srcC) < 2 ||
		slices.ContainsFunc(ev.parts, func(p part) bool { return p.target && !slices.Contains(ev.srcC, p.country) }) {
		return
	}
	ev.parts = slices.DeleteFunc(ev.parts, func(p part) bool { return p.target })
	for i := range ev.parts {
		ev.parts[i].target = ev.parts[i].country != ev.srcC[0]
	}
	ev.srcC, ev.tgtC = ev.srcC[:1], ev.srcC[1:]
	of := func(countries []string) (out []int) {
		for _, e := range ev.source {
			if slices.Contains(countries, r.cast.ents[e].country) {
				out = append(out, e)
			}
		}
		return out
	}
	ev.source, ev.target = of(ev.srcC), of(ev.tgtC)
}

// likely turns a score into a confidence in per cent, by the logistic function in
// steps that need no floating point.
func likely(score int32) int {
	for i, edge := range []int32{-4 * linear.Scale, -2 * linear.Scale, -linear.Scale, -linear.Scale / 2, 0, linear.Scale / 2, linear.Scale, 2 * linear.Scale, 4 * linear.Scale} {
		if score < edge {
			return []int{2, 7, 19, 32, 44, 56, 68, 81, 93}[i]
		}
	}
	return 98
}
