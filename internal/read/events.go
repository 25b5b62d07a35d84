package read

import (
	"sort"
	"strconv"
	"strings"

	"letopis"
	"letopis/internal/ud"
)

// event is one interaction while it is read.
type event struct {
	code           letopis.Code
	mode           string
	trigger        int // token
	mentions       []int
	source, target []int // entities
	srcC, tgtC     []string
	stmt           int // statement behind a verbal act, -1 for none
	modality       letopis.Modality
	date           letopis.When
	recalled       bool
	conf           int
	rule           string
}

// events finds who did what to whom: triggers of the lexicon with the actors of
// their clause, and the verbal acts that statements are.
func (r *reading) events() {
	c := r.newChooser(r.choose)
	for i := range r.toks {
		t := &r.toks[i]
		switch {
		case t.trigger == nil:
		case t.name >= 0:
			r.note(i, i+1, WhyInName, string(t.trigger.code))
		case t.quote >= 0 && r.nameQuote(&r.quotes[t.quote]):
			r.note(i, i+1, WhyNameQuote, string(t.trigger.code))
		case r.subsumed(i):
			r.note(i, i+1, WhySubsumed, string(t.trigger.code))
		default:
			r.event(i, t.trigger, c)
		}
	}
}

// event reads one trigger.
func (r *reading) event(k int, g *trigger, c *chooser) {
	if g.person && !r.personAfter(k) {
		r.note(k, k+1, WhyNoPerson, string(g.code))
		return
	}
	if g.verb && g.code == letopis.Protest && r.objectAfter(k, r.sents[r.toks[k].sent].end) >= 0 {
		r.note(k, k+1, WhyObject, string(g.code)) // "демонстрират сила" is no demonstration
		return
	}
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
	if g.code == letopis.Consult && same(ev.srcC, ev.tgtC) && r.goesOn(k, g.code) {
		return
	}
	ev.modality = r.modality(k, g)
	if c.decide(&ev, g, r.cases) {
		r.evs = append(r.evs, ev)
	}
}

// actorsIn returns the entities with a country in toks i to j, with their first tokens.
func (r *reading) actorsIn(i, j int) []placedActor {
	var out []placedActor
	for ; i < j; i++ {
		ci := r.chunkAt[i]
		if ci < 0 {
			continue
		}
		c := &r.chunks[ci]
		for k := max(i, c.first); k < c.end && k < j; k++ {
			if n := r.toks[k].name; n >= 0 && r.mentions[n].ent >= 0 {
				e := r.mentions[n].ent
				if r.ents[e].country != "" && !strings.HasPrefix(r.ents[e].kb, "outlet/") && (len(out) == 0 || out[len(out)-1].ent != e) {
					out = append(out, placedActor{e, k, ci})
				}
				k = r.mentions[n].last
			} else if ct := r.adjCountry(k); ct != "" {
				out = append(out, placedActor{r.stateOf(ct, k), k, ci})
			}
		}
		if c.pron && c.first >= i {
			if e, ok := r.nominal[ci]; ok && e >= 0 && r.ents[e].country != "" {
				out = append(out, placedActor{e, c.first, ci})
			}
		}
		i = c.end - 1
	}
	return out
}

// placedActor is an entity with a country where it stands.
type placedActor struct{ ent, tok, chunk int }

// parties finds who acts and who is acted on at trigger k.
func (r *reading) parties(k int, g *trigger) (src, tgt []int) {
	b := r.sents[r.toks[k].sent]
	lo, hi := r.clauseOf(k, b)
	left := r.actorsIn(lo, k)
	right := r.actorsIn(k+1, hi)
	if c := r.chunkOf(k); c != nil {
		left = r.actorsIn(lo, min(k, hi))
		right = r.actorsIn(k+1, hi)
	}
	passive := g.verb && r.passive(k)
	switch {
	case passive:
		for _, p := range left {
			tgt = appendNew(tgt, p.ent)
		}
		for _, p := range right {
			if c := &r.chunks[p.chunk]; c.adp >= 0 && r.toks[c.adp].is(clBy) || r.lex.has(trCases) && r.toks[c.head].feats.Get("Case") == "Ins" {
				src = appendNew(src, p.ent)
			}
		}
	case g.verb:
		for _, p := range left {
			if c := &r.chunks[p.chunk]; c.adp < 0 {
				src = appendNew(src, p.ent)
			}
		}
		if len(src) == 0 {
			for _, p := range right {
				if c := &r.chunks[p.chunk]; c.adp < 0 && r.toks[c.head].feats.Get("Case") != "Acc" && p.tok < k+5 {
					src = appendNew(src, p.ent)
					break
				}
			}
		}
		for _, p := range right {
			if len(src) == 0 || p.ent != src[0] {
				tgt = appendNew(tgt, p.ent)
			}
		}
	default: // a noun
		for _, p := range right {
			c := &r.chunks[p.chunk]
			switch {
			case c.adp >= 0 && r.toks[c.adp].is(clBy):
				src = appendNew(src, p.ent)
			case r.toks[max(p.tok-1, 0)].is(clGenPrep) || p.chunk == r.chunkAt[k]:
				if len(left) == 0 && len(src) == 0 && !g.object {
					src = appendNew(src, p.ent)
				} else {
					tgt = appendNew(tgt, p.ent)
				}
			default:
				tgt = appendNew(tgt, p.ent)
			}
		}
		for _, p := range left {
			if len(src) == 0 || src[0] != p.ent {
				src = appendNew(src, p.ent)
			}
		}
		if len(src) == 0 && len(tgt) > 1 {
			src, tgt = tgt[:1], tgt[1:]
		}
	}
	return limit(src, 4), limit(tgt, 5)
}

func limit(x []int, n int) []int {
	if len(x) > n {
		return x[:n]
	}
	return x
}

func appendNew(x []int, e int) []int {
	for _, y := range x {
		if y == e {
			return x
		}
	}
	return append(x, e)
}

// fillSides supplies a side that the clause leaves open: the speaker of the
// statement that performs the act, the subject of the clause, and for acts that a
// state does to its own people the same country.
func (r *reading) fillSides(ev *event, k int, g *trigger) {
	if len(ev.srcC) == 0 && ev.stmt >= 0 {
		s := &r.stmts[ev.stmt]
		if s.ent >= 0 && r.ents[s.ent].country != "" {
			ev.source = []int{s.ent}
			ev.srcC = r.countriesOf(ev.source)
		}
	}
	// A country on both sides of one act belongs to the side named first, unless alone.
	if len(ev.tgtC) > 1 || len(ev.tgtC) == 1 && len(ev.srcC) == 1 && ev.tgtC[0] != ev.srcC[0] {
		ev.tgtC = without(ev.tgtC, ev.srcC)
	}
	if len(ev.srcC) > 1 && same(ev.srcC, ev.tgtC) {
		// Both on both sides: who is named first acts.
		ev.srcC, ev.tgtC = ev.srcC[:1], ev.tgtC[1:]
	}
	if len(ev.tgtC) == 0 && len(ev.srcC) > 1 {
		ev.tgtC, ev.srcC = ev.srcC[1:], ev.srcC[:1]
		ev.target, ev.source = ev.source[1:], ev.source[:1]
	}
	if len(ev.tgtC) == 0 && len(ev.srcC) == 1 {
		ev.tgtC = ev.srcC
	}
	if len(ev.srcC) == 0 && len(ev.tgtC) > 1 {
		if c := r.mainCountry(); c != "" {
			ev.srcC = []string{c}
		}
	}
	if len(ev.srcC) == 0 && len(ev.tgtC) == 1 {
		ev.srcC = ev.tgtC
	}
}

func without(a, b []string) []string {
	out := a[:0:0]
	for _, x := range a {
		found := false
		for _, y := range b {
			found = found || x == y
		}
		if !found {
			out = append(out, x)
		}
	}
	if len(out) == 0 {
		return a
	}
	return out
}

func (r *reading) countriesOf(ents []int) []string {
	out := []string{}
	for _, e := range ents {
		c := r.ents[e].country
		dup := c == ""
		for _, x := range out {
			dup = dup || x == c
		}
		if !dup {
			out = append(out, c)
		}
	}
	return out
}

// clauseOf returns the clause of trigger k: to the sentence's edges or the
// nearest boundary that has a verb of its own beyond it.
func (r *reading) clauseOf(k int, b sent) (int, int) {
	lo, hi := b.first, b.end
	for i := k - 1; i >= b.first; i-- {
		t := &r.toks[i]
		if t.form == ";" || t.is(clCompl) && t.upos != "PRON" || t.form == "," && i+1 < k && (r.toks[i+1].is(clRel|clSubord) || r.finiteSoon(i+1, k)) {
			lo = i + 1
			break
		}
	}
	for i := k + 1; i < b.end; i++ {
		t := &r.toks[i]
		if t.form == ";" || t.is(clCompl) && t.upos != "PRON" || t.form == "," && i+1 < b.end && (r.toks[i+1].is(clRel|clSubord|clDa) || r.finiteSoon(i+1, min(b.end, i+6))) {
			hi = i
			break
		}
	}
	return lo, hi
}

func (r *reading) finiteSoon(i, j int) bool {
	for ; i < j && i < len(r.toks); i++ {
		if r.toks[i].form == "," {
			return false
		}
		if r.toks[i].upos == "VERB" && r.toks[i].feats.Get("VerbForm") != "Part" {
			return true
		}
	}
	return false
}

// passive reports whether the verb at k stands in the passive.
func (r *reading) passive(k int) bool {
	t := &r.toks[k]
	if t.feats.Get("Voice") == "Pass" {
		return true
	}
	if t.feats.Get("VerbForm") != "Part" && !r.lex.participle(t.lower) {
		return false
	}
	for i := k - 1; i >= 0 && i > k-4 && r.toks[i].sent == t.sent; i-- {
		switch {
		case r.toks[i].is(clBe):
			return true
		case r.toks[i].is(clHave):
			return false
		}
	}
	return false
}

// modality reads whether the event at k happened, from the words before it in its clause.
func (r *reading) modality(k int, g *trigger) letopis.Modality {
	b := r.sents[r.toks[k].sent]
	lo, _ := r.clauseOf(k, b)
	m := letopis.Actual
	for i := k - 1; i >= lo && i > k-5; i-- {
		t := &r.toks[i]
		if !g.verb && t.upos == "VERB" {
			break // "не спря контактите": the verb is negated, not the contacts
		}
		switch {
		case t.is(clNeg):
			return letopis.Negated
		case t.is(clFuture):
			m = letopis.Future
		case t.is(clPossible) && m == letopis.Actual:
			m = letopis.Possible
		}
	}
	if m == letopis.Actual && (r.toks[k].feats.Get("Tense") == "Fut" || r.toks[k].feats.Get("Mood") == "Cnd") {
		m = letopis.Future
	}
	if m == letopis.Actual && g.verb && k > lo && r.toks[k-1].is(clDa) {
		m = letopis.Possible
	}
	return m
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

// mergeEvents keeps one event of each code, pair of sides and date, with the
// triggers of the others as mentions: an event told several times is one.
func (r *reading) mergeEvents() {
	sort.SliceStable(r.evs, func(i, j int) bool { return r.evs[i].trigger < r.evs[j].trigger })
	keep := r.evs[:0]
	for _, ev := range r.evs {
		dup := false
		for k := range keep {
			o := &keep[k]
			if o.code == ev.code && same(o.srcC, ev.srcC) && same(o.tgtC, ev.tgtC) && o.modality == ev.modality && o.recalled == ev.recalled && (o.date == ev.date || ev.date == "") {
				o.mentions = append(o.mentions, ev.trigger)
				r.note(ev.trigger, ev.trigger+1, WhyMerged, r.toks[o.trigger].form)
				dup = true
				break
			}
		}
		if !dup {
			keep = append(keep, ev)
		}
	}
	r.evs = keep
}

func same(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
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
	for i := range r.evs {
		ev := &r.evs[i]
		root := r.onto.codes[ev.code]
		out := letopis.Event{ID: "v" + strconv.Itoa(i+1), CAMEO: root.cameo, Goldstein: root.goldstein, Code: ev.code, Mode: ev.mode, Source: names(ev.source), Target: names(ev.target),
			SourceCountry: ev.srcC, TargetCountry: ev.tgtC, Trigger: rng(r.toks[ev.trigger].Span), Evidence: rng(r.sents[r.toks[ev.trigger].sent].Span),
			Date: ev.date, Modality: ev.modality, Recalled: ev.recalled, Confidence: float64(ev.conf) / 100, Rule: ev.rule}
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
		if c := r.chunkOf(k); c != nil && c.head != k && c.head < k && r.toks[c.head].trigger == nil && r.toks[c.head].upos == "NOUN" && c.adp < 0 {
			return true // "система предупреждения о нападении" is a thing, no event
		}
		for i := k - 1; i >= 0 && i > k-6 && r.toks[i].sent == t.sent; i-- {
			w := &r.toks[i]
			if w.trigger != nil && w.trigger.verb && w.trigger.code != letopis.Consult {
				return true
			}
			if w.punct() || w.upos == "VERB" || w.is(clCompl|clDa) {
				break
			}
		}
		return false
	}
	if t.upos == "ADJ" && t.trigger.code == letopis.Agree {
		for i := k + 1; i < len(r.toks) && i < k+4 && r.toks[i].sent == t.sent; i++ {
			if g := r.toks[i].trigger; g != nil && g.verb && g.code != letopis.Agree {
				return true
			}
		}
	}
	return false
}

// scene returns the country where something happens to people of no stated
// country: the last one named in the paragraph up to token k, else the one that the
// article names most.
func (r *reading) scene(k int) string {
	s := r.toks[k].sent
	for i := k; i >= 0 && r.sents[r.toks[i].sent].para == r.sents[s].para && s-r.toks[i].sent < 2; i-- {
		if c := r.placeAt(i); c != "" {
			return c
		}
	}
	return r.mainCountry()
}

// placeAt returns the country that token i names, by name or adjective.
func (r *reading) placeAt(i int) string {
	if n := r.toks[i].name; n >= 0 && r.mentions[n].typ == letopis.Location {
		return r.mentions[n].country
	}
	return r.adjCountry(i)
}

// mainCountry returns the country that the article names most, the first of equals.
func (r *reading) mainCountry() string {
	if r.main != nil {
		return *r.main
	}
	count, order := map[string]int{}, []string{}
	for i := range r.toks {
		if n := r.toks[i].name; n >= 0 && r.mentions[n].first != i {
			continue
		}
		if c := r.placeAt(i); len(c) == 3 && c != "IGO" && c != "EUR" {
			if count[c] == 0 {
				order = append(order, c)
			}
			count[c]++
		}
	}
	best := ""
	for _, c := range order {
		if best == "" || count[c] > count[best] {
			best = c
		}
	}
	r.main = &best
	return best
}

// personAfter reports whether a person or the holder of an office follows verb k
// in its clause, as its object.
func (r *reading) personAfter(k int) bool {
	for i := k + 1; i < len(r.toks) && i < k+8 && r.toks[i].sent == r.toks[k].sent; i++ {
		t := &r.toks[i]
		if n := t.name; n >= 0 && r.mentions[n].typ == letopis.Person || r.isOffice(i) {
			return true
		}
		if t.punct() || t.is(clCompl|clDa|clRel) {
			return false
		}
	}
	return false
}

// goesOn reports whether a trigger without actors of its own tells more of an
// event just before ("Двамата обсъдиха …" after a meeting), and joins it.
func (r *reading) goesOn(k int, code letopis.Code) bool {
	for i := len(r.evs) - 1; i >= 0 && i > len(r.evs)-4; i-- {
		ev := &r.evs[i]
		if ev.code == code && len(ev.srcC) > 0 && len(ev.tgtC) > 0 && !same(ev.srcC, ev.tgtC) && r.toks[k].sent-r.toks[ev.trigger].sent <= 2 {
			ev.mentions = append(ev.mentions, k)
			r.note(k, k+1, WhyGoesOn, r.toks[ev.trigger].form)
			return true
		}
	}
	return false
}
