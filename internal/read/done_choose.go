package read

import (
	"letopis"
	"letopis/internal/linear"
	"letopis/internal/page"
	"slices"
	"strings"
)

// The rules propose an event at each trigger, with the sides that its clause
// shows. Chosen are then the countries of both sides among those in sight, and whether it is an
// event at all.

// sides is a pair of sides that an event may have.
type sides struct{ src, tgt []string }

// of returns the side of the actor, "s", or of the recipient, "t".
func (p sides) of(side string) []string {
	if side == "t" {
		return p.tgt
	}
	return p.src
}

// maxSides bounds the countries of a sentence that are tried for a side.
const maxSides = 6

// inSight is a country that may be a side of an event: where its nearest mention
// stands to the trigger, if in the sentence.
type inSight struct {
	code  string
	at    int // token, -1 for not in the sentence
	chunk int
}

// eventChooser works on the events of one reading.
type eventChooser struct {
	r       *done
	seen    map[letopis.Code]int // proposals so far
	lemmas  map[string]int
	counts  map[string]int // mentions of countries in the article
	ranked  []string       // countries by mentions
	head    map[string]bool
	total   int
	nearest []inSight

	// Sides that may be: kept to allocate once.
	groups [][]string
	tried  []sides
	single map[string][]string
}

func (r *done) newChooser() *eventChooser {
	c := &eventChooser{r: r, seen: map[letopis.Code]int{}, lemmas: map[string]int{}, counts: map[string]int{}, head: map[string]bool{}, single: map[string][]string{}}
	for i := range r.cast.mentions {
		x := &r.cast.mentions[i]
		country := x.country
		if c := r.cast.ents[x.ent].country; c != "" {
			country = c
		}
		if country == "" || i < len(r.Names) && r.IsPlace(i) {
			continue // a city is where, and no actor
		}
		if c.counts[country] == 0 {
			c.ranked = append(c.ranked, country)
		}
		c.counts[country]++
		c.total++
		if r.Words[x.first].Sent < 2 {
			c.head[country] = true
		}
	}
	slices.SortStableFunc(c.ranked, func(a, b string) int { return c.counts[b] - c.counts[a] })
	return c
}

// decide picks the sides of a proposed event and tells whether to keep it.
func (c *eventChooser) decide(ev *event, g *page.Trigger) bool {
	r, k := c.r, ev.trigger
	c.look(ev)
	all := c.pairs(ev)
	kept, learnt := r.ask(r.Page, &question{of: AskEvent, at: k, end: k + 1, code: ev.code, n: 1, see: func(_ int, v *linear.Vec) { c.seeEvent(v, ev, g) }})
	took, _ := r.ask(r.Page, &question{of: AskSides, at: k, end: k + 1, code: ev.code, n: len(all),
		see:   func(i int, v *linear.Vec) { c.seeSides(v, ev, g, all[i]) },
		sides: func(i int) sides { return all[i] },
	})
	c.seen[ev.code]++
	c.lemmas[r.Words[k].Lemma]++
	if !learnt {
		return true
	}
	if len(r.Sentences) == 1 {
		kept.score += loneBonus
	}
	keep := kept.score >= 0
	ev.conf = likely(kept.score)
	if !keep {
		r.trace.note(k, k+1, WhyUnlikely, string(ev.code)+": "+strings.Join(kept.why, ", "))
	}
	if took.best > 0 {
		p := all[took.best]
		if keep {
			r.trace.note(k, k+1, WhySides, strings.Join(p.src, ",")+" → "+strings.Join(p.tgt, ",")+": "+strings.Join(took.why, ", "))
		}
		ev.srcC, ev.tgtC = p.src, p.tgt
		ev.source, ev.target = r.bearers(ev, p.src, ev.source), r.bearers(ev, p.tgt, ev.target)
	}
	ev.source, ev.target = r.standingFor(ev.source, ev.srcC), r.standingFor(ev.target, ev.tgtC)
	if slices.Equal(ev.source, ev.target) {
		ev.target = nil // nobody acts on himself: that side is supposed
	}
	c.atHome(ev)
	return keep
}

// atHome takes back the target of a visit to a town of the visitor's own country: nobody is called on.
func (c *eventChooser) atHome(ev *event) {
	if ev.mode != modeVisit || len(ev.target) == 0 || !slices.Equal(ev.srcC, ev.tgtC) {
		return
	}
	for _, e := range ev.target {
		if !strings.HasPrefix(c.r.cast.ents[e].kb, "place/") {
			return
		}
	}
	ev.target, ev.tgtC = nil, nil
}

// loneBonus is added to the score of an event in a text of one sentence: it was not written
// around the event, and the signs of its place in an article, which the others have, are missing.
const loneBonus = linear.Scale

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

// look finds the countries in sight of an event: those of its sentence by their
// distance, those of the rules, the speaker's, the scene and the article's main one.
func (c *eventChooser) look(ev *event) {
	r, k := c.r, ev.trigger
	c.nearest = c.nearest[:0]
	add := func(code string, at, chunk int) {
		if code == "" {
			return
		}
		for i := range c.nearest {
			if x := &c.nearest[i]; x.code == code {
				if at >= 0 && (x.at < 0 || page.Distance(at, k) < page.Distance(x.at, k)) {
					x.at, x.chunk = at, chunk
				}
				return
			}
		}
		if len(c.nearest) < 3*maxSides {
			c.nearest = append(c.nearest, inSight{code, at, chunk})
		}
	}
	c.inSentenceOf(k, add)
	slices.SortStableFunc(c.nearest, func(a, b inSight) int { return page.Distance(a.at, k) - page.Distance(b.at, k) })
	c.nearest = c.nearest[:min(len(c.nearest), maxSides)]
	extra := func(code string) {
		if code != "" && !slices.ContainsFunc(c.nearest, func(x inSight) bool { return x.code == code }) {
			c.nearest = append(c.nearest, inSight{code, -1, -1})
		}
	}
	if ev.stmt >= 0 {
		if e := r.said.stmts[ev.stmt].ent; e >= 0 {
			extra(r.cast.ents[e].country)
		}
	}
	extra(r.Scene(k))
	extra(r.MainCountry)
	for _, x := range c.ranked[:min(2, len(c.ranked))] {
		extra(x)
	}
}

// inSentenceOf gives add the countries of the sentence of trigger k, with the tokens and phrases
// they stand at. Where something merely happens is of no country in sight, but of a visit.
func (c *eventChooser) inSentenceOf(k int, add func(code string, at, chunk int)) {
	r := c.r
	s, visit := r.Sentences[r.Words[k].Sent], isVisit(r.triggerAt(k))
	for _, p := range r.actorsIn(s.First, s.End) {
		if visit || !r.atVenue(p.tok) {
			add(r.cast.ents[p.ent].country, p.tok, p.chunk)
		}
	}
	for i := s.First; i < s.End; i++ {
		if n := r.Words[i].Name; n >= 0 && r.Names[n].First == i && (visit || !r.IsVenue(n)) {
			add(r.Names[n].Country, i, r.PhraseAt[i])
		}
	}
}

// pairs lists the sides that an event may have: the rules' first, then every pair of
// countries in sight, alone or as the rules group them.
func (c *eventChooser) pairs(ev *event) []sides {
	c.groups = c.groups[:0]
	for _, g := range [...][]string{ev.srcC, ev.tgtC} {
		if len(g) > 1 {
			c.groups = append(c.groups, g)
		}
	}
	for _, g := range [...][]string{ev.named.src, ev.named.tgt} {
		if len(g) > 1 && !slices.ContainsFunc(c.groups, func(x []string) bool { return slices.Equal(x, g) }) {
			c.groups = append(c.groups, g)
		}
	}
	for i := range c.nearest {
		c.groups = append(c.groups, c.alone(c.nearest[i].code))
	}
	c.groups = append(c.groups, nil) // nobody
	out := append(c.tried[:0], sides{ev.srcC, ev.tgtC})
	for _, s := range c.groups {
		for _, t := range c.groups {
			if len(s) > 1 && len(t) > 1 || slices.ContainsFunc(out, func(p sides) bool { return slices.Equal(p.src, s) && slices.Equal(p.tgt, t) }) {
				continue
			}
			out = append(out, sides{s, t})
		}
	}
	c.tried = out
	return out
}

// alone returns a side of one country, the same slice each time.
func (c *eventChooser) alone(country string) []string {
	if c.single[country] == nil {
		c.single[country] = []string{country}
	}
	return c.single[country]
}

// seeEvent says of a proposal what tells events from what only looks like one.
func (c *eventChooser) seeEvent(v *linear.Vec, ev *event, g *page.Trigger) {
	r, k := c.r, ev.trigger
	t := &r.Words[k]
	s := r.Sentences[t.Sent]
	code, pos := string(ev.code), "n"
	if g.Verb {
		pos = "v"
	}
	v.Add("k.bias")
	v.Add("k.code=", code)
	v.Add("k.pos=", code, pos)
	v.Add("k.dep=", pos, page.Relation(t.Deprel))
	v.Add("k.mood=", pos, t.Feats.Get("VerbForm"), string(ev.modality))
	sure := "sure"
	switch {
	case g.Weak:
		sure = "weak"
	case g.Phrase:
		sure = "phrase"
	}
	v.Add("k.", sure)
	v.Add("k.", sure, pos, page.Relation(t.Deprel))
	if t.Feats.Get("Number") == "Plur" && !g.Verb {
		v.Add("k.plural")
	}
	if t.Feats.Get("Tense") != "" {
		v.Add("k.tense=", t.Feats.Get("Tense"))
	}
	if t.Head >= 0 {
		h := &r.Words[t.Head]
		v.Add("k.head=", pos, string(h.UPOS))
		if g := r.triggerAt(t.Head); g != nil {
			v.Add("k.under=", pos, string(g.Code))
		}
		if h.Say != nil {
			v.Add("k.said=", pos, page.Relation(t.Deprel))
		}
	}
	deps := 0
	for i := max(s.First, k-12); i < min(s.End, k+13); i++ {
		if r.Words[i].Head != k {
			continue
		}
		switch d := page.Relation(r.Words[i].Deprel); d {
		case "nsubj", "obj", "obl", "nmod", "amod", "iobj", "det", "cop", "advcl", "ccomp", "xcomp", "conj":
			v.Add("k.has=", pos, d)
			deps++
		}
		if g := r.triggerAt(i); g != nil {
			v.Add("k.over=", pos, string(g.Code))
		}
	}
	v.Num("k.deps=", deps, 4)
	in, actors := 0, 0
	for i := range c.nearest {
		if c.nearest[i].at >= 0 {
			in++
			if page.Distance(c.nearest[i].at, k) < 6 {
				actors++
			}
		}
	}
	v.Num("k.in=", in, 4)
	v.Num("k.near=", actors, 2)
	lone := len(r.Sentences) == 1 // no article, so no title either
	if !lone {
		v.Num("k.sent=", t.Sent/2, 6)
	}
	v.Num("k.before=", c.seen[ev.code], 3)
	v.Num("k.lemma=", c.lemmas[t.Lemma], 2)
	if t.Sent == 0 && !lone {
		v.Add("k.title")
	}
	if t.Quote >= 0 {
		v.Add("k.quoted")
	}
	if ev.stmt >= 0 {
		st := &r.said.stmts[ev.stmt]
		if st.cueFirst <= k && k < st.cueEnd {
			v.Add("k.cue=", code)
		} else {
			v.Add("k.inside=", string(st.kind))
			v.Add("k.content=", code)
		}
	}
	v.Num("k.told=", min(len(ev.named.src), 1)+2*min(len(ev.named.tgt), 1), 3)
	same := slices.Equal(ev.srcC, ev.tgtC)
	switch {
	case same && in == 0:
		v.Add("k.sides=supposed")
		v.Add("k.supposed=", sure)
	case same:
		v.Add("k.sides=one")
		v.Add("k.one=", sure)
	default:
		v.Add("k.sides=two")
		v.Add("k.two=", code)
		v.Add("k.two=", sure)
	}
	hang := 0
	for i := range c.nearest {
		if x := &c.nearest[i]; x.at >= 0 {
			if dep, up, ok := r.Tie(x.at, k); ok && up == "" && (dep == "nmod" || dep == "obl" || dep == "nsubj" || dep == "obj" || dep == "iobj") {
				hang++
			}
		}
	}
	v.Num("k.hang=", hang, 2)
	if hang >= 2 {
		v.Add("k.hang2", pos)
	}
	person := false
	lo, hi := r.ClauseOf(k, s)
	for i := lo; i < hi; i++ {
		if n := r.Words[i].Name; n >= 0 && r.Names[n].Type == letopis.Person {
			person = true
		}
	}
	if person {
		v.Add("k.person")
	}
	switch n := 100 * c.total / max(len(r.Words), 1); {
	case n < 3:
		v.Add("k.dense=0")
	case n < 6:
		v.Add("k.dense=1")
	default:
		v.Add("k.dense=2")
	}
}

// seeSides says of a pair of sides what shows who acts on whom.
func (c *eventChooser) seeSides(v *linear.Vec, ev *event, g *page.Trigger, p sides) {
	r := c.r
	kind := "n"
	switch {
	case g.Verb && r.IsPassive(ev.trigger):
		kind = "p"
	case g.Verb:
		kind = "v"
	case g.Object:
		kind = "o"
	}
	code := string(ev.code)
	same := slices.Equal(p.src, p.tgt) && len(p.src) > 0
	shape := "two"
	switch {
	case len(p.src) == 0 && len(p.tgt) == 0:
		shape = "nobody"
	case len(p.src) == 0:
		shape = "target"
	case len(p.tgt) == 0:
		shape = "source"
	case same:
		shape = "same"
	}
	v.Add("p.shape=", shape, kind)
	v.Add("p.shape=", shape, code)
	if len(p.src) == 0 && len(p.tgt) == 0 {
		v.Add("p.nobody")
		v.Add("p.nobody=", code)
	} else if same {
		v.Add("p.same")
		v.Add("p.same=", code)
		v.Num("p.samein=", c.inSentence(), 3)
	} else {
		v.Add("p.two=", code)
	}
	rs, rt := slices.Equal(p.src, ev.srcC), slices.Equal(p.tgt, ev.tgtC)
	switch {
	case rs && rt:
		v.Add("p.rule=both")
		v.Add("p.rule=both", kind)
	case rs:
		v.Add("p.rule=src")
	case rt:
		v.Add("p.rule=tgt")
	case slices.Equal(p.src, ev.tgtC) && slices.Equal(p.tgt, ev.srcC):
		v.Add("p.rule=turned")
	}
	if len(p.src) > 1 {
		v.Add("p.many=s")
	}
	if len(p.tgt) > 1 {
		v.Add("p.many=t")
	}
	c.seeLeft(v, code, shape, p, ev.trigger)
	c.seeSide(v, "s", kind, code, p.src, ev)
	c.seeSide(v, "t", kind, code, p.tgt, ev)
}

func (c *eventChooser) inSentence() int {
	n := 0
	for i := range c.nearest {
		if c.nearest[i].at >= 0 {
			n++
		}
	}
	return n
}

// seeSide adds the features of one side: s for the actor, t for the recipient.
func (c *eventChooser) seeSide(v *linear.Vec, side, kind, code string, countries []string, ev *event) {
	r, k := c.r, ev.trigger
	if len(countries) == 0 {
		seeNobody(v, side, kind, code, ev)
		return
	}
	country := countries[0]
	switch told := ev.named.of(side); {
	case slices.Equal(countries, told):
		v.Add(side, ".told=all")
		v.Add(side, ".told=all", kind)
		v.Add(side, ".told=all", code)
	case slices.Contains(told, country):
		v.Add(side, ".told=part")
	case len(told) > 0:
		v.Add(side, ".told=other")
	default:
		v.Add(side, ".told=no")
		v.Add(side, ".told=no", code)
	}
	var x *inSight
	for i := range c.nearest {
		if c.nearest[i].code == country {
			x = &c.nearest[i]
		}
	}
	if len(c.ranked) > 0 {
		switch slices.Index(c.ranked, country) {
		case 0:
			v.Add(side, ".rank=0")
			v.Add(side, ".rank=0", code)
		case 1:
			v.Add(side, ".rank=1")
		case 2, 3:
			v.Add(side, ".rank=2")
		default:
			v.Add(side, ".rank=low")
		}
	}
	if c.head[country] {
		v.Add(side, ".head")
	}
	if ev.stmt >= 0 {
		st := &r.said.stmts[ev.stmt]
		if st.ent >= 0 && r.cast.ents[st.ent].country == country {
			if st.cueFirst <= k && k < st.cueEnd {
				v.Add(side, ".speaker=cue")
			} else {
				v.Add(side, ".speaker=in")
			}
		}
	}
	if c.r.Scene(k) == country {
		v.Add(side, ".scene")
	}
	if x == nil || x.at < 0 {
		v.Add(side, ".absent")
		v.Add(side, ".absent", kind)
		return
	}
	way := "L"
	if x.at > k {
		way = "R"
	}
	d := page.Distance(x.at, k)
	dist := "3"
	switch {
	case d < 3:
		dist = "0"
	case d < 6:
		dist = "1"
	case d < 12:
		dist = "2"
	}
	v.Add(side, ".side=", kind, way)
	v.Add(side, ".dist=", kind, way, dist)
	dep, up, ok := r.Tie(x.at, k)
	mark := "-"
	if x.chunk >= 0 {
		ch := &r.Phrases[x.chunk]
		if ch.Adp >= 0 {
			a := &r.Words[ch.Adp]
			switch {
			case a.Is(page.By):
				mark = "by"
			case a.Is(page.GenPrep):
				mark = "of"
			case a.Is(page.In):
				mark = "in"
			default:
				mark = "adp"
			}
		}
		if cs := r.Words[ch.Head].Feats.Get("Case"); cs != "" && ch.Adp < 0 {
			mark = cs
		}
		if ch.Head != x.at {
			v.Add(side, ".part=", mark)
		}
	}
	what := "adj"
	if n := r.Words[x.at].Name; n >= 0 {
		what = string(r.Names[n].Type)
	} else if r.Words[x.at].UPOS == "PRON" {
		what = "pron"
	}
	v.Add(side, ".what=", what, mark)
	if ok {
		v.Add(side, ".dep=", kind, dep)
		v.Add(side, ".path=", kind, dep, "/", up)
		v.Add(side, ".mark=", kind, dep, mark)
		if up == "" {
			v.Add(side, ".direct=", what)
		}
	}
}

// bearers returns the entities of an event's sentence that stand for the countries:
// those of before that do, else the nearest others.
func (r *done) bearers(ev *event, countries []string, before []int) []int {
	var out []int
	for _, e := range before {
		if slices.Contains(countries, r.cast.ents[e].country) {
			out = append(out, e)
		}
	}
	if len(out) > 0 {
		return out
	}
	s := r.Sentences[r.Words[ev.trigger].Sent]
	placed := r.actorsIn(s.First, s.End)
	slices.SortStableFunc(placed, func(a, b placedActor) int { return page.Distance(a.tok, ev.trigger) - page.Distance(b.tok, ev.trigger) })
	for _, c := range countries {
		for _, p := range placed {
			if r.cast.ents[p.ent].country == c {
				out = append(out, p.ent)
				break
			}
		}
	}
	return out
}

// standingFor returns the entities that are of one of the countries.
func (r *done) standingFor(ents []int, countries []string) []int {
	var out []int
	for _, e := range ents {
		if slices.Contains(countries, r.cast.ents[e].country) {
			out = append(out, e)
		}
	}
	return out
}

// seeNobody adds what tells of a side on which nobody stands.
func seeNobody(v *linear.Vec, side, kind, code string, ev *event) {
	v.Add(side, ".none")
	v.Add(side, ".none=", code)
	v.Add(side, ".none=", kind)
	if len(ev.named.of(side)) > 0 {
		v.Add(side, ".none=told")
		v.Add(side, ".none=told", kind)
	}
}

// seeLeft adds how many countries of the sentence, and how many beside the trigger, stand on neither side.
func (c *eventChooser) seeLeft(v *linear.Vec, code, shape string, p sides, k int) {
	left, near := 0, 0
	for i := range c.nearest {
		x := &c.nearest[i]
		if x.at < 0 || slices.Contains(p.src, x.code) || slices.Contains(p.tgt, x.code) {
			continue
		}
		left++
		if far := page.Distance(x.at, k); far < 8 {
			near++
		}
	}
	v.Num("p.left="+shape, left, 3)
	v.Num("p.near="+shape, near, 3)
	v.Num("p.left="+code, left, 3)
	v.Num("p.near="+code, near, 3)
}
