package read

import (
	"slices"
	"strings"

	"letopis"
	"letopis/internal/linear"
	"letopis/internal/page"
)

// This file asks who stands on the sides of an event: of all words near it that may name an actor,
// and of nobody, the likeliest for each side, by the way from the trigger to it in the tree, by what the
// trigger and the preposition are, and by what it is itself; then for which country it stands.

// party is a word or name that may stand on a side of an event.
type party struct {
	first, last int    // words, both included
	top         int    // the one that hangs on what is outside
	kind        string // PER, ORG, LOC …, nation, office, noun, pron
	ent         int    // whom the article means by it, -1 where it does not say
	far         string // how it is in sight from another sentence; "" in the sentence of the event
}

// parties asks for the sides of one event after another.
type parties struct {
	v    *evoker
	r    *done
	bag  linear.Bag
	all  []party
	k    int
	code letopis.Code
	mode string
	// What holds of the event at hand.
	how      string // v, p (passive) or n
	frame    *page.Frame
	tl       string // language and beginning of the trigger's lemma
	src, tgt []int  // entities that the rules have on the sides
	speaker  int    // who says it, or -1
	cue      bool   // the trigger is the word of saying itself
	rank     map[int]int
	named    map[int][]int // entities named in a sentence
	timed    map[int]int   // times of words
}

// Bounds of the words in sight of an event.
const (
	maxParties  = 32
	partyReach  = 60 // words
	maxOutside  = 5
	outsideSpan = 2 // sentences
)

func (r *done) newParties(v *evoker) *parties {
	p := &parties{v: v, r: r, rank: map[int]int{}, named: map[int][]int{}, timed: map[int]int{}}
	order := make([]int, 0, len(r.cast.ents))
	for e := range r.cast.ents {
		if len(r.cast.ents[e].mentions) > 0 {
			order = append(order, e)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return len(r.cast.ents[b].mentions) - len(r.cast.ents[a].mentions) })
	for i, e := range order {
		p.rank[e] = i
	}
	return p
}

// look gathers who may stand on the sides of an event of a category at word k.
func (p *parties) look(k int, code letopis.Code) {
	r := p.r
	g := r.triggerFor(k, code)
	p.k, p.code, p.mode, p.all = k, code, g.Mode, p.all[:0]
	p.how = "n"
	switch {
	case g.Verb && r.IsPassive(k):
		p.how = "p"
	case g.Verb:
		p.how = "v"
	}
	p.frame = r.Lex.Frame(&r.Words[k])
	p.tl = r.Lex.Lang + beginsWith(r.lemma(k), 6)
	p.src, p.tgt = r.parties(k, g)
	if g.Flip {
		p.src, p.tgt = p.tgt, p.src
	}
	p.speaker, p.cue = -1, false
	if s := r.said.stmtOf(k); s >= 0 {
		st := &r.said.stmts[s]
		p.speaker, p.cue = st.ent, st.cueFirst <= k && k < st.cueEnd
	}
	s := r.Sentences[r.Words[k].Sent]
	for i := max(s.First, k-partyReach); i < min(s.End, k+partyReach); i++ {
		if c, ok := p.partyAt(i); ok && len(p.all) < maxParties {
			p.all = append(p.all, c)
			i = c.last
		}
	}
	p.lookOutside(s)
}

// partyAt is the party that begins at word i.
func (p *parties) partyAt(i int) (party, bool) {
	r := p.r
	t := &r.Words[i]
	switch {
	case i == p.k && t.Name < 0 || t.Date && t.Name < 0:
		return party{}, false
	case t.Name >= 0:
		n := &r.Names[t.Name]
		c := party{first: i, last: max(n.Last, i), top: i, kind: string(n.Type), ent: r.cast.mentions[t.Name].ent}
		for j := i; j <= c.last; j++ {
			if h := r.Words[j].Head; h < i || h > c.last {
				c.top = j
				break
			}
		}
		return c, true
	case r.AdjectiveCountry(i) != "" && t.UPOS != "NOUN":
		return party{i, i, i, "nation", r.cast.state(r.AdjectiveCountry(i)), ""}, true
	case t.UPOS == "NOUN":
		kind := "noun"
		if r.IsOffice(i) {
			kind = "office"
		}
		ent := -1
		if ci := r.PhraseHeadedBy(i); ci >= 0 {
			if e, ok := r.cast.nominal[ci]; ok {
				ent = e
			}
		}
		return party{i, i, i, kind, ent, ""}, true
	case t.UPOS == "PRON" && t.Feats.Get("Reflex") != "Yes" || t.UPOS == "DET" && (t.Is(page.Poss) || t.Is(page.First)):
		ent := -1
		if t.Is(page.First) {
			ent = p.speaker
		} else if t.Is(page.Masc | page.Fem | page.Plur | page.Poss) {
			ent = r.cast.antecedent(i, r.said.stmts)
		}
		return party{i, i, i, "pron", ent, ""}, true
	}
	return party{}, false
}

// lookOutside adds who was spoken of before the sentence: its speaker, and the last ones named or subject.
func (p *parties) lookOutside(s page.Sentence) {
	r := p.r
	n := 0
	stop := 0
	if si := r.Words[s.First].Sent; si > outsideSpan {
		stop = r.Sentences[si-outsideSpan].First
	}
	for i := s.First - 1; i >= stop && n < maxOutside; i-- {
		t := &r.Words[i]
		if t.Name >= 0 {
			i = r.Names[t.Name].First
		} else if !t.Rel("nsubj") || t.UPOS != "NOUN" {
			continue
		}
		c, ok := p.partyAt(i)
		if !ok {
			continue
		}
		c.far = "before"
		p.all = append(p.all, c)
		n++
	}
	if s := r.said.stmtOf(p.k); s >= 0 {
		st := &r.said.stmts[s]
		if st.mention[1] > st.mention[0] && r.Words[st.mention[0]].Sent != r.Words[p.k].Sent {
			for i := st.mention[0]; i < st.mention[1]; i++ {
				if c, ok := p.partyAt(i); ok && !slices.ContainsFunc(p.all, func(o party) bool { return o.first == c.first }) {
					c.far = "speaker"
					p.all = append(p.all, c)
					break
				}
			}
		}
	}
}

// path is the way in the tree from word i to word k: the relations up to the word over both, and down from it.
func (p *parties) path(i, k int) string {
	words := p.r.Words
	var up, down [6]int
	nu, nd := 0, 0
	for j := i; j >= 0 && nu < len(up); j = words[j].Head {
		up[nu] = j
		nu++
	}
	for j := k; j >= 0 && nd < len(down); j = words[j].Head {
		if n := slices.Index(up[:nu], j); n >= 0 {
			if n+nd > 5 {
				return "far"
			}
			out := ""
			for _, a := range up[:n] {
				out += page.Relation(words[a].Deprel) + "<"
			}
			for d := nd - 1; d >= 0; d-- {
				out += ">" + page.Relation(words[down[d]].Deprel)
			}
			return out
		}
		down[nd] = j
		nd++
	}
	return "far"
}

// see puts the features of party i, or of nobody where i is the number of parties, on a side into the bag.
func (p *parties) see(i, class int, named bool) *linear.Bag {
	r, b := p.r, &p.bag
	b.Reset(named)
	code := string(p.code)
	if i == len(p.all) {
		p.seeNobody(b, code)
		return b
	}
	c := &p.all[i]
	lang := r.Lex.Lang
	if c.far != "" {
		p.seeFar(b, c, code)
		return b
	}
	path := p.path(c.top, p.k)
	way := "R"
	if c.first < p.k {
		way = "L"
	}
	adp, where := "-", ""
	if a := r.Adposition(c.top); a >= 0 && a != p.k {
		adp = r.lemma(a)
		if r.SaysWhere(c.top, a) {
			where = "where"
		}
	}
	cs := r.Words[c.top].Feats.Get("Case")
	rel := page.Relation(r.Words[c.top].Deprel)
	b.Add("path=", p.how, path)
	b.Add("path=", p.how, path, way)
	b.Add("pathc=", code, path)
	b.Add("patha=", p.how, path, "/", lang, adp)
	b.Add("pathcase=", p.how, path, "/", cs)
	b.Add("pathk=", p.how, path, c.kind)
	b.Add("tp=", p.tl, path)
	b.Add("ta=", p.tl, rel, adp, cs)
	b.Add("ca=", code, rel, lang, adp, cs)
	b.Add("kind=", c.kind, rel, where)
	b.Add("kindc=", code, c.kind, adp)
	b.Add("far=", p.how, way, p.near(c))
	p.seeFrame(b, c, adp, cs)
	p.seeWhat(b, c, code, lang, path)
	p.seeKnown(b, c, code)
	return b
}

// seeFrame adds whether a party stands where the frame of the trigger, or of the verb that bears it, has the sides.
func (p *parties) seeFrame(b *linear.Bag, c *party, adp, cs string) {
	r := p.r
	h := r.Words[c.top].Head
	at := "own"
	f := p.frame
	if h != p.k {
		if h < 0 || r.Words[p.k].Head != h {
			return
		}
		at = "verb"
	}
	if f == nil {
		return
	}
	mark := r.markOf(c.top, adp, cs)
	if mark == "subj" && at == "own" && p.how == "p" {
		mark = "obj"
	}
	s, t := slices.Index(f.Source, mark), slices.Index(f.Target, mark)
	where := "other"
	switch {
	case s >= 0 && t >= 0 && s < t:
		where = "src+"
	case s >= 0 && t >= 0:
		where = "tgt+"
	case s >= 0:
		where = "src"
	case t >= 0:
		where = "tgt"
	}
	b.Add("frame=", at, where)
	b.Add("frame=", at, where, p.how)
	b.Add("frame=", at, where, c.kind)
}

// markOf is how the word at i is marked as a part of what it hangs on, in the terms of frames.tsv.
func (r *done) markOf(i int, adp, cs string) string {
	t := &r.Words[i]
	if adp != "-" {
		if r.Words[r.Adposition(i)].Is(page.GenPrep) {
			return "gen"
		}
		return adp
	}
	switch page.Relation(t.Deprel) {
	case "nsubj":
		if t.Deprel == "nsubj:pass" {
			return "obj"
		}
		return "subj"
	case "obj":
		return "obj"
	case "iobj":
		return "iobj"
	case "amod", "compound":
		return "adj"
	case "nmod", "det":
		return "gen"
	}
	switch cs {
	case "Dat":
		return "iobj"
	case "Ins":
		return "ins"
	case "Gen":
		return "gen"
	}
	return "-"
}

// near tells how many words lie between a party and the trigger, and how many other parties.
func (p *parties) near(c *party) string {
	n := 0
	for i := range p.all {
		o := &p.all[i]
		if o.far == "" && (o.kind == "PER" || o.kind == "ORG" || o.kind == "LOC" || o.kind == "nation" || o.kind == "office") &&
			(c.first < o.first && o.first < p.k || p.k < o.first && o.first < c.first) {
			n++
		}
	}
	d := page.Distance(c.first, p.k)
	switch {
	case d < 3:
		return "0" + smallCount(n)
	case d < 6:
		return "1" + smallCount(n)
	case d < 12:
		return "2" + smallCount(n)
	}
	return "3" + smallCount(n)
}

func smallCount(n int) string { return [...]string{"0", "1", "2", "+"}[min(n, 3)] }

// seeWhat adds what a party is.
func (p *parties) seeWhat(b *linear.Bag, c *party, code, lang, path string) {
	r := p.r
	short := path
	if strings.Count(path, "<")+strings.Count(path, ">") > 2 {
		short = "long"
	}
	if c.kind == "noun" || c.kind == "office" || c.kind == "pron" {
		l := r.lemma(c.first)
		b.Add("w=", lang, l)
		b.Add("w4=", lang, beginsWith(l, 5))
		b.Add("wc=", code, lang, l)
		b.Add("wp=", lang, l, p.how, short)
		if r.Words[c.first].Feats.Get("Animacy") == "Anim" {
			b.Add("anim=", short)
		}
	}
	h := r.Words[c.top].Head
	if h >= 0 && h != p.k {
		b.Add("h=", lang, beginsWith(r.lemma(h), clipped), page.Relation(r.Words[c.top].Deprel))
		if p.v.rules[h] != "" {
			b.Add("hc=", code, string(p.v.rules[h]))
		}
	}
	if c.kind == "nation" && h >= 0 {
		over := "thing"
		if r.IsOffice(h) || r.Words[h].Feats.Get("Animacy") == "Anim" {
			over = "who"
		}
		if h == p.k {
			over = "trigger"
		}
		b.Add("nation=", over)
		b.Add("nation=", over, p.how, code)
	}
	if c.kind != "nation" {
		for d := p.v.tree.first[c.top]; d >= 0; d = p.v.tree.next[d] {
			if r.AdjectiveCountry(d) != "" {
				b.Add("national=", c.kind)
			}
		}
	}
}

// seeKnown adds what the article and the rules say of a party.
func (p *parties) seeKnown(b *linear.Bag, c *party, code string) {
	r := p.r
	if c.ent < 0 {
		b.Add("who=?", c.kind)
		return
	}
	en := &r.cast.ents[c.ent]
	if en.country != "" {
		b.Add("who=+", c.kind)
	} else {
		b.Add("who=-", c.kind)
	}
	if strings.HasPrefix(en.kb, "outlet/") {
		b.Add("outlet")
	}
	if n, ok := p.rank[c.ent]; ok {
		b.Num("rank=", n, 4)
	}
	in := func(ents []int) bool {
		return slices.Contains(ents, c.ent) || en.country != "" && slices.ContainsFunc(ents, func(e int) bool { return r.cast.ents[e].country == en.country })
	}
	switch s, t := in(p.src), in(p.tgt); {
	case s && t:
		b.Add("rule=both")
	case s:
		b.Add("rule=src", c.kind)
		b.Add("rule=src", code)
		b.Add("rule=src", p.how)
	case t:
		b.Add("rule=tgt", c.kind)
		b.Add("rule=tgt", code)
		b.Add("rule=tgt", p.how)
	default:
		b.Add("rule=no")
	}
	if c.ent == p.speaker {
		b.Add("speaker=", yes(p.cue), code)
		b.Add("speaker=", yes(p.cue))
	}
}

func yes(b bool) string {
	if b {
		return "1"
	}
	return "0"
}

// seeFar adds what tells of a party from another sentence.
func (p *parties) seeFar(b *linear.Bag, c *party, code string) {
	r := p.r
	back := r.Words[p.k].Sent - r.Words[c.first].Sent
	b.Add("out=", c.far)
	b.Add("out=", c.far, p.how)
	b.Add("out=", c.far, code)
	b.Add("outk=", c.far, c.kind, page.Relation(r.Words[c.top].Deprel))
	b.Num("outd=", max(back, 0), 3)
	b.Add("outsubj=", p.how, yes(p.v.has(p.k, "nsubj")))
	nth := 0
	for i := range p.all {
		if o := &p.all[i]; o.far == c.far && o.first > c.first {
			nth++
		}
	}
	b.Num("outn="+c.far, nth, 4)
	p.seeKnown(b, c, code)
}

// has reports whether something hangs on word i by a relation.
func (v *evoker) has(i int, rel string) bool {
	for c := v.tree.first[i]; c >= 0; c = v.tree.next[c] {
		if page.Relation(v.r.Words[c].Deprel) == rel {
			return true
		}
	}
	return false
}

// seeNobody adds what tells of a side on which nobody stands.
func (p *parties) seeNobody(b *linear.Bag, code string) {
	b.Add("nobody")
	b.Add("nobody=", code)
	b.Add("nobody=", code, p.how)
	b.Add("nobody=", p.tl)
	rel := page.Relation(p.r.Words[p.k].Deprel)
	b.Add("nobody=", p.how, rel)
	for _, of := range [...]string{"nsubj", "obj", "obl", "nmod", "iobj", "amod", "ccomp", "xcomp"} {
		b.Add("nobody=", p.how, of, yes(p.v.has(p.k, of)))
	}
	b.Add("nobody=rule", smallCount(len(p.src)), smallCount(len(p.tgt)))
	b.Add("nobody=rule", code, yes(len(p.src) > 0), yes(len(p.tgt) > 0))
	b.Num("nobody=in", p.v.dense[p.r.Words[p.k].Sent], 4)
	who := 0
	for i := range p.all {
		if o := &p.all[i]; o.far == "" && o.kind != "noun" && o.kind != "pron" {
			who++
		}
	}
	b.Num("nobody=who", who, 4)
}

// standing is who stands on a side: parties, and how far they are above nobody.
type standing struct {
	who       []party
	over      int32
	countries []string
}

// sidesOf chooses who stands on the sides: the best two that are not the same, and who is coordinate with them.
func (p *parties) sidesOf(t *linear.Table) (src, tgt standing) {
	n := len(p.all)
	s, u := make([]int32, n+1), make([]int32, n+1)
	for i := range n + 1 {
		s[i] = t.Score(p.see(i, classSource, false), classSource)
		u[i] = t.Score(p.see(i, classTarget, false), classTarget)
	}
	if len(p.r.Sentences) == 1 {
		s[n] -= loneBonus
		u[n] -= loneBonus
	}
	for i := range p.all {
		if p.venue(&p.all[i]) {
			s[i], u[i] = s[n]-1, u[n]-1
		}
	}
	bs, bu, top, any := n, n, int32(0), false
	for i := range n + 1 {
		for j := range n + 1 {
			if i < n && j < n && (i == j || p.all[i].ent >= 0 && p.all[i].ent == p.all[j].ent) {
				continue
			}
			if x := s[i] + u[j]; !any || x > top {
				bs, bu, top, any = i, j, x, true
			}
		}
	}
	p.explain(t, bs, bu)
	return standing{who: p.withOthers(bs, bu), over: s[bs] - s[n]}, standing{who: p.withOthers(bu, bs), over: u[bu] - u[n]}
}

// explain notes who was taken for the sides, and what decided.
func (p *parties) explain(t *linear.Table, src, tgt int) {
	if !p.r.trace.notes() {
		return
	}
	for _, side := range [...]struct {
		name      string
		class, at int
	}{{"source", classSource, src}, {"target", classTarget, tgt}} {
		if side.at < len(p.all) {
			c := &p.all[side.at]
			p.r.trace.note(p.k, p.k+1, WhySides, side.name+" "+p.r.TextOf(c.first, c.last+1)+": "+strings.Join(t.Deciding(p.see(side.at, side.class, true), side.class, maxReasons), ", "))
		}
	}
}

// venue reports whether a party is but the place where one meets or agrees.
func (p *parties) venue(c *party) bool {
	if p.code != letopis.Consult && p.code != letopis.Agree && p.code != letopis.Cooperate || p.mode == "visit" || c.kind != string(letopis.Location) || c.far != "" {
		return false
	}
	top := c.top
	if p.r.Words[top].Rel("conj") && p.r.Words[top].Head >= 0 {
		top = p.r.Words[top].Head
	}
	a := p.r.Adposition(top)
	return a >= 0 && p.r.SaysWhere(top, a)
}

// withOthers are a party and those coordinate with it but for one; none for nobody.
func (p *parties) withOthers(i, but int) []party {
	if i == len(p.all) {
		return nil
	}
	out := []party{p.all[i]}
	words := p.r.Words
	for j := range p.all {
		if j == i || j == but || p.all[j].far != "" || p.all[i].far != "" {
			continue
		}
		for a, n := p.all[j].top, 0; a >= 0 && n < 6 && words[a].Rel("conj"); n++ {
			a = words[a].Head
			if a == p.all[i].top {
				out = append(out, p.all[j])
			}
		}
	}
	return out
}

// home is a country that a side may stand for, and how that is known.
type home struct {
	country string
	via     []string
}

// Ways in which the country of a party may be known.
const (
	viaNamed   = "named"   // by its own phrase
	viaKnown   = "known"   // by the knowledge base
	viaTold    = "told"    // by another place of the article
	viaSpeaker = "speaker" // it is the speaker's own side
	viaAlike   = "alike"   // the same word had it before
	viaScene   = "scene"   // it is the place spoken of
	viaMain    = "main"    // it is the country that the article is about
	viaNone    = "none"
)

// basisOf is the ground of a side whose country is known so.
func basisOf(via []string) string {
	for _, x := range [...]struct{ via, basis string }{{viaNamed, "named"}, {viaKnown, "known"}, {viaTold, "told"}, {viaSpeaker, "told"}, {viaAlike, "told"}, {viaScene, "place"}, {viaMain, "place"}} {
		if slices.Contains(via, x.via) {
			return x.basis
		}
	}
	return ""
}

// homes lists the countries that a party may stand for.
func (p *parties) homes(c *party) []home {
	r := p.r
	var out []home
	add := func(country, via string) {
		if country == "" && via != viaNone {
			return
		}
		for i := range out {
			if out[i].country == country {
				if !slices.Contains(out[i].via, via) {
					out[i].via = append(out[i].via, via)
				}
				return
			}
		}
		out = append(out, home{country, []string{via}})
	}
	switch c.kind {
	case "nation":
		add(r.AdjectiveCountry(c.first), viaNamed)
	case "noun", "office":
		p.nominalHomes(c, add)
	case "pron":
		if r.Words[c.first].Is(page.First) && p.speaker >= 0 {
			add(r.cast.ents[p.speaker].country, viaSpeaker)
		}
	default:
		n := &r.Names[r.Words[c.first].Name]
		if n.Type == letopis.Location {
			add(n.Country, viaNamed)
		} else {
			add(n.Country, viaKnown)
		}
	}
	if c.ent >= 0 {
		en := &r.cast.ents[c.ent]
		if en.kb != "" {
			add(en.country, viaKnown)
		} else {
			add(en.country, viaTold)
		}
	}
	add(r.Scene(c.first), viaScene)
	add(r.MainCountry, viaMain)
	add("", viaNone)
	return out
}

// nominalHomes adds the countries of a noun: its phrase's, that of whom it describes, that of the same word before.
func (p *parties) nominalHomes(c *party, add func(country, via string)) {
	r := p.r
	if ph := r.PhraseOf(c.first); ph != nil && ph.Head == c.first {
		add(r.CountryIn(ph.First, ph.End), viaNamed)
	}
	for d := p.v.tree.first[c.first]; d >= 0; d = p.v.tree.next[d] {
		if r.Words[d].Rel("amod", "nmod", "appos", "compound", "flat") {
			if ct := r.AdjectiveCountry(d); ct != "" {
				add(ct, viaNamed)
			} else if n := r.Words[d].Name; n >= 0 {
				add(r.cast.ents[r.cast.mentions[n].ent].country, viaNamed)
			}
		}
	}
	if ci := r.PhraseHeadedBy(c.first); ci >= 0 && c.ent < 0 {
		if f := r.cast.find(ci, r.said.stmts); f.ent >= 0 {
			add(r.cast.ents[f.ent].country, viaTold)
		} else if f.open != nil {
			add(f.open.country, viaTold)
		}
	}
	l := r.lemma(c.first)
	for i := c.first - 1; i >= 0 && i > c.first-2000; i-- {
		if r.Words[i].UPOS == "NOUN" && r.lemma(i) == l {
			if ph := r.PhraseOf(i); ph != nil && ph.Head == i {
				if ct := r.CountryIn(ph.First, ph.End); ct != "" {
					add(ct, viaAlike)
					break
				}
			}
		}
	}
}

// several are the countries that a noun in the plural tells of itself in a list: "the presidents of France and Japan".
func (p *parties) several(c *party) []string {
	r := p.r
	if c.kind != "noun" && c.kind != "office" || r.Words[c.first].Feats.Get("Number") == "Sing" {
		return nil
	}
	var out []string
	tells := func(i int) string {
		if n := r.Words[i].Name; n >= 0 && r.Names[n].Type == letopis.Location {
			return r.Names[n].Country
		}
		return r.AdjectiveCountry(i)
	}
	for d := p.v.tree.first[c.first]; d >= 0; d = p.v.tree.next[d] {
		if !r.Words[d].Rel("nmod", "amod") || tells(d) == "" {
			continue
		}
		out = append(out, tells(d))
		for e := p.v.tree.first[d]; e >= 0; e = p.v.tree.next[e] {
			if ct := tells(e); r.Words[e].Rel("conj") && ct != "" && !slices.Contains(out, ct) {
				out = append(out, ct)
			}
		}
	}
	return out
}

// seeHome puts what tells whether home i of a party is the one that it stands for into the bag.
func (p *parties) seeHome(c *party, homes []home, i int, named bool) *linear.Bag {
	b := &p.bag
	b.Reset(named)
	h := &homes[i]
	via := strings.Join(h.via, "+")
	first := h.via[0]
	best := homes[0].via[0] // the best ground that there is
	b.Add("via=", via)
	b.Add("via=", via, c.kind)
	b.Add("first=", first, c.kind)
	b.Add("first=", first, "/", best, c.kind)
	b.Add("viac=", via, string(p.code))
	b.Add("far=", via, c.far)
	for _, x := range h.via {
		b.Add("has=", x, c.kind)
	}
	if c.kind == "noun" || c.kind == "office" || c.kind == "pron" {
		l := p.r.Lex.Lang + p.r.lemma(c.first)
		b.Add("w=", l, first)
		b.Add("w=", l, via)
		b.Add("plural=", p.r.Words[c.first].Feats.Get("Number"), first)
	} else if n := p.r.Words[c.first].Name; n >= 0 {
		b.Add("kb=", first, yes(p.r.Names[n].Kb != ""), string(p.r.Names[n].Type))
	}
	b.Num("homes="+first, len(homes), 5)
	if h.country != "" && len(h.country) == 3 && p.r.KB.Country(h.country) == nil {
		b.Add("body=", first)
	}
	return b
}

// homeOf chooses the country that a party stands for, "" for none, and its ground.
func (p *parties) homeOf(c *party, t *linear.Table) (country, basis string) {
	homes := p.homes(c)
	best, top := 0, int32(0)
	for i := range homes {
		if s := t.Score(p.seeHome(c, homes, i, false), classHome); i == 0 || s > top {
			best, top = i, s
		}
	}
	return homes[best].country, basisOf(homes[best].via)
}
