package read

import (
	"slices"
	"strings"

	"letopis"
)

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
			if n := r.toks[k].name; n >= 0 {
				e := r.mentions[n].ent
				if r.ents[e].country != "" && !strings.HasPrefix(r.ents[e].kb, "outlet/") && (len(out) == 0 || out[len(out)-1].ent != e) {
					out = append(out, placedActor{e, k, ci})
				}
				k = r.names[n].last
			} else if e := r.stateAt(k); e >= 0 {
				out = append(out, placedActor{e, k, ci})
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

// parties finds who acts and who is acted on at trigger k: by the tree, and what that
// leaves open by the order of words.
func (r *reading) parties(k int, g *trigger) (src, tgt []int) {
	p := r.treeParties(k, g)
	src, tgt = p.src, p.tgt
	nearSrc, nearTgt := r.nearParties(k, g)
	switch {
	case len(src) == 0 && len(tgt) == 0 && !p.acted && !p.suffered:
		src, tgt = nearSrc, nearTgt
	case len(src) == 0 && !p.acted:
		src = except(nearSrc, tgt)
	case len(tgt) == 0 && !p.suffered:
		tgt = except(nearTgt, src)
	}
	return limit(src, 4), limit(tgt, 5)
}

// nearParties supposes the sides of trigger k from the order of words in its clause.
func (r *reading) nearParties(k int, g *trigger) (src, tgt []int) {
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
			tgt = addNew(tgt, p.ent)
		}
		for _, p := range right {
			if c := &r.chunks[p.chunk]; c.adp >= 0 && r.toks[c.adp].is(clBy) || r.lex.has(trCases) && r.toks[c.head].feats.Get("Case") == "Ins" {
				src = addNew(src, p.ent)
			}
		}
	case g.verb:
		for _, p := range left {
			if c := &r.chunks[p.chunk]; c.adp < 0 {
				src = addNew(src, p.ent)
			}
		}
		if len(src) == 0 {
			for _, p := range right {
				if c := &r.chunks[p.chunk]; c.adp < 0 && r.toks[c.head].feats.Get("Case") != "Acc" && p.tok < k+5 {
					src = addNew(src, p.ent)
					break
				}
			}
		}
		for _, p := range right {
			if c := &r.chunks[p.chunk]; g.code != letopis.Request && g.code != letopis.Consult && c.adp >= 0 && c.adp == p.tok-1 && r.inPlace(p.tok, c.adp) {
				continue // "in Berlin"
			}
			if len(src) == 0 || p.ent != src[0] {
				tgt = addNew(tgt, p.ent)
			}
		}
	default: // a noun
		for _, p := range right {
			c := &r.chunks[p.chunk]
			switch {
			case c.adp >= 0 && r.toks[c.adp].is(clBy):
				src = addNew(src, p.ent)
			case r.toks[max(p.tok-1, 0)].is(clGenPrep) || p.chunk == r.chunkAt[k]:
				if len(left) == 0 && len(src) == 0 && !g.object {
					src = addNew(src, p.ent)
				} else {
					tgt = addNew(tgt, p.ent)
				}
			default:
				tgt = addNew(tgt, p.ent)
			}
		}
		for _, p := range left {
			if r.chunks[p.chunk].adp < 0 && (len(src) == 0 || src[0] != p.ent) {
				src = addNew(src, p.ent)
			}
		}
		if len(src) == 0 && len(tgt) > 1 {
			src, tgt = tgt[:1], tgt[1:]
		}
	}
	return src, tgt
}

func limit(x []int, n int) []int {
	if len(x) > n {
		return x[:n]
	}
	return x
}

// fillSides supplies a side that the clause leaves open: the speaker of the
// statement that performs the act, the subject of the clause, and for acts that a
// state does to its own people the same country.
func (r *reading) fillSides(ev *event, k int, g *trigger) {
	if len(ev.srcC) == 0 && ev.stmt >= 0 {
		s := &r.stmts[ev.stmt]
		if s.ent >= 0 && r.speakersOwn(k, s) && r.ents[s.ent].country != "" {
			ev.source = []int{s.ent}
			ev.srcC = r.countriesOf(ev.source)
		}
	}
	switch ev.code {
	case letopis.Consult:
		// Who comes or meets in a country meets those of it.
		if len(ev.tgtC) == 0 && len(ev.srcC) == 1 {
			if c := r.sceneIn(k); c != "" && c != ev.srcC[0] {
				ev.tgtC = []string{c}
			}
		}
	case letopis.Coerce, letopis.Concede, letopis.Accuse, letopis.Assault:
		// A state arrests, frees and tries whom it has, its own or not.
		if len(ev.srcC) == 0 && len(ev.tgtC) == 1 {
			if c := r.sceneIn(k); c != "" {
				ev.srcC = []string{c}
			}
		}
	}
	// A country on both sides of one act belongs to the side named first, unless alone.
	if len(ev.tgtC) > 1 || len(ev.tgtC) == 1 && len(ev.srcC) == 1 && ev.tgtC[0] != ev.srcC[0] {
		ev.tgtC = without(ev.tgtC, ev.srcC)
	}
	if len(ev.srcC) > 1 && slices.Equal(ev.srcC, ev.tgtC) {
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
		if c := r.main; c != "" {
			ev.srcC = []string{c}
		}
	}
	if len(ev.srcC) == 0 && len(ev.tgtC) == 1 {
		ev.srcC = ev.tgtC
	}
}

// sceneIn returns the country that the sentence of token k says something happens in
// ("в Турция"), the nearest one to k, or else an earlier sentence of the paragraph;
// or "".
func (r *reading) sceneIn(k int) string {
	for si := r.toks[k].sent; si >= 0 && r.sents[si].para == r.sents[r.toks[k].sent].para && r.toks[k].sent-si < 3; si-- {
		best, at := "", 1<<30
		for i := r.sents[si].first + 1; i < r.sents[si].end; i++ {
			n := r.toks[i].name
			if n < 0 || r.names[n].first != i || r.names[n].typ != letopis.Location || r.kb.Country(r.names[n].country) == nil {
				continue
			}
			if r.toks[i-1].is(clIn) && r.inPlace(i, i-1) && !r.ofOffice(i) && far(i, k) < at {
				best, at = r.names[n].country, far(i, k)
			}
		}
		if best != "" {
			return best
		}
	}
	return ""
}

// ofOffice reports whether the place at token i tells of an office where it is: "посланикът в Китай".
func (r *reading) ofOffice(i int) bool {
	h := r.toks[i].head
	return h >= 0 && (r.isOffice(h) || i > 1 && r.isOffice(i-2))
}

// speakersOwn reports whether a statement's speaker does what the trigger at k says:
// it is the word of saying itself, or is said in the first person.
func (r *reading) speakersOwn(k int, s *stmt) bool {
	if s.cueFirst <= k && k < s.cueEnd || r.toks[k].feats.Get("Person") == "1" {
		return true
	}
	own := false
	r.kids(k, func(c int) { own = own || r.toks[c].is(clFirst) && r.toks[c].rel("nsubj", "nmod", "det", "amod") })
	return own
}

// without returns a without what is in b, or a where nothing would be left.
func without(a, b []string) []string {
	var out []string
	for _, x := range a {
		if !slices.Contains(b, x) {
			out = append(out, x)
		}
	}
	if len(out) == 0 {
		return a
	}
	return out
}

// countriesOf returns the countries of entities, each once, in their order.
func (r *reading) countriesOf(ents []int) []string {
	out := []string{}
	for _, e := range ents {
		if c := r.ents[e].country; c != "" && !slices.Contains(out, c) {
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
		// "to discuss": the particle that marks an infinitive.
		infinitive := i > 0 && r.toks[i-1].upos == "PART" && r.toks[i-1].rel("mark")
		if f := r.toks[i].feats.Get("VerbForm"); r.toks[i].upos == "VERB" && f != "Part" && f != "Inf" && !infinitive {
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
	return r.main
}

// placeAt returns the country that token i names, by name or adjective.
func (r *reading) placeAt(i int) string {
	if n := r.toks[i].name; n >= 0 && r.names[n].typ == letopis.Location {
		return r.names[n].country
	}
	return r.adjCountry(i)
}

// countMain finds the country that the article names most, the first of equals.
func (r *reading) countMain() {
	count, order := map[string]int{}, []string{}
	for i := range r.toks {
		if n := r.toks[i].name; n >= 0 && r.names[n].first != i {
			continue
		}
		if c := r.placeAt(i); len(c) == 3 && c != "IGO" && c != "EUR" {
			if count[c] == 0 {
				order = append(order, c)
			}
			count[c]++
		}
	}
	for _, c := range order {
		if r.main == "" || count[c] > count[r.main] {
			r.main = c
		}
	}
}

// personAfter reports whether a person or the holder of an office follows verb k
// in its clause, as its object.
func (r *reading) personAfter(k int) bool {
	for i := k + 1; i < len(r.toks) && i < k+8 && r.toks[i].sent == r.toks[k].sent; i++ {
		t := &r.toks[i]
		if n := t.name; n >= 0 && r.names[n].typ == letopis.Person || r.isOffice(i) {
			return true
		}
		if t.punct() || t.is(clCompl|clDa|clRel) {
			return false
		}
	}
	return false
}
