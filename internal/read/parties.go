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

// credited reports whether a party is a medium: one that stands in a dateline beside its town acts in nothing.
func (p *parties) credited(c *party) bool {
	return c.ent >= 0 && strings.HasPrefix(p.r.cast.ents[c.ent].kb, "outlet/")
}

// withOthers are a party and those coordinate with it but for one; none for nobody.
func (p *parties) withOthers(i, but int) []party {
	if i == len(p.all) {
		return nil
	}
	out := []party{p.all[i]}
	words := p.r.Words
	for j := range p.all {
		if j == i || j == but || p.all[j].far != "" || p.all[i].far != "" || p.credited(&p.all[j]) {
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
