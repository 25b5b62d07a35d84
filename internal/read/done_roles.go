package read

import (
	"letopis/internal/page"
	"slices"
	"strings"

	"letopis"
)

// actorsIn returns the entities with a country in toks i to j, with their first tokens.
func (r *done) actorsIn(i, j int) []placedActor {
	var out []placedActor
	for ; i < j; i++ {
		ci := r.PhraseAt[i]
		if ci < 0 {
			continue
		}
		c := &r.Phrases[ci]
		for k := max(i, c.First); k < c.End && k < j; k++ {
			if n := r.Words[k].Name; n >= 0 {
				e := r.cast.mentions[n].ent
				if r.cast.ents[e].country != "" && !strings.HasPrefix(r.cast.ents[e].kb, "outlet/") && (len(out) == 0 || out[len(out)-1].ent != e) {
					out = append(out, placedActor{e, k, ci})
				}
				k = r.Names[n].Last
			} else if e := r.cast.stateAt(k); e >= 0 {
				out = append(out, placedActor{e, k, ci})
			}
		}
		if c.Pron && c.First >= i {
			if e, ok := r.cast.nominal[ci]; ok && e >= 0 && r.cast.ents[e].country != "" {
				out = append(out, placedActor{e, c.First, ci})
			}
		}
		i = c.End - 1
	}
	return out
}

// placedActor is an entity with a country where it stands.
type placedActor struct{ ent, tok, chunk int }

// atVenue reports whether the actor at token i is a place where something happens: "they met in
// Munich" tells nothing of Germany.
func (r *done) atVenue(i int) bool {
	n := r.Words[i].Name
	return n >= 0 && r.IsVenue(n)
}

// modeVisit is the mode of triggers that tell of a visit.
const modeVisit = "visit"

// isVisit reports whether a trigger tells of a visit, whose place is who is visited.
func isVisit(g *page.Trigger) bool { return g != nil && g.Mode == modeVisit }

// parties finds who acts and who is acted on at trigger k: by the tree, and what that
// leaves open by the order of words.
func (r *done) parties(k int, g *page.Trigger) (src, tgt []int) {
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
func (r *done) nearParties(k int, g *page.Trigger) (src, tgt []int) {
	b := r.Sentences[r.Words[k].Sent]
	lo, hi := r.ClauseOf(k, b)
	left := r.actorsIn(lo, k)
	right := r.actorsIn(k+1, hi)
	if c := r.PhraseOf(k); c != nil {
		left = r.actorsIn(lo, min(k, hi))
		right = r.actorsIn(k+1, hi)
	}
	if !isVisit(g) {
		venue := func(p placedActor) bool { return r.atVenue(p.tok) }
		left, right = slices.DeleteFunc(left, venue), slices.DeleteFunc(right, venue)
	}
	passive := g.Verb && r.IsPassive(k)
	switch {
	case passive:
		for _, p := range left {
			tgt = addNew(tgt, p.ent)
		}
		for _, p := range right {
			if c := &r.Phrases[p.chunk]; c.Adp >= 0 && r.Words[c.Adp].Is(page.By) || r.Lex.Has(page.Cases) && r.Words[c.Head].Feats.Get("Case") == "Ins" {
				src = addNew(src, p.ent)
			}
		}
	case g.Verb:
		for _, p := range left {
			if c := &r.Phrases[p.chunk]; c.Adp < 0 {
				src = addNew(src, p.ent)
			}
		}
		if len(src) == 0 {
			for _, p := range right {
				if c := &r.Phrases[p.chunk]; c.Adp < 0 && r.Words[c.Head].Feats.Get("Case") != "Acc" && p.tok < k+5 {
					src = addNew(src, p.ent)
					break
				}
			}
		}
		for _, p := range right {
			if c := &r.Phrases[p.chunk]; g.Code != letopis.Request && g.Code != letopis.Consult && c.Adp >= 0 && c.Adp == p.tok-1 && r.SaysWhere(p.tok, c.Adp) {
				continue // "in Berlin"
			}
			if len(src) == 0 || p.ent != src[0] {
				tgt = addNew(tgt, p.ent)
			}
		}
	default: // a noun
		for _, p := range right {
			c := &r.Phrases[p.chunk]
			switch {
			case c.Adp >= 0 && r.Words[c.Adp].Is(page.By):
				src = addNew(src, p.ent)
			case r.Words[max(p.tok-1, 0)].Is(page.GenPrep) || p.chunk == r.PhraseAt[k]:
				if len(left) == 0 && len(src) == 0 && !g.Object {
					src = addNew(src, p.ent)
				} else {
					tgt = addNew(tgt, p.ent)
				}
			default:
				tgt = addNew(tgt, p.ent)
			}
		}
		for _, p := range left {
			if r.Phrases[p.chunk].Adp < 0 && (len(src) == 0 || src[0] != p.ent) {
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
func (r *done) fillSides(ev *event, k int, g *page.Trigger) {
	if len(ev.srcC) == 0 && ev.stmt >= 0 {
		s := &r.said.stmts[ev.stmt]
		if s.ent >= 0 && r.speakersOwn(k, s) && r.cast.ents[s.ent].country != "" {
			ev.source = []int{s.ent}
			ev.srcC = r.countriesOf(ev.source)
		}
	}
	switch ev.code {
	case letopis.Consult:
		// Who comes or meets in a country meets those of it; who comes to a town, too.
		if len(ev.tgtC) == 0 && len(ev.srcC) == 1 {
			where := r.HostIn
			if isVisit(g) {
				where = r.SceneIn
			}
			if c := where(k); c != "" && c != ev.srcC[0] {
				ev.tgtC = []string{c}
			}
		}
	case letopis.Coerce, letopis.Concede, letopis.Accuse, letopis.Assault:
		// A state arrests, frees and tries whom it has, its own or not.
		if len(ev.srcC) == 0 && len(ev.tgtC) == 1 {
			if c := r.SceneIn(k); c != "" {
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
		if c := r.MainCountry; c != "" {
			ev.srcC = []string{c}
		}
	}
	if len(ev.srcC) == 0 && len(ev.tgtC) == 1 {
		ev.srcC = ev.tgtC
	}
}

// speakersOwn reports whether a statement's speaker does what the trigger at k says:
// it is the word of saying itself, or is said in the first person.
func (r *done) speakersOwn(k int, s *stmt) bool {
	if s.cueFirst <= k && k < s.cueEnd || r.Words[k].Feats.Get("Person") == "1" {
		return true
	}
	own := false
	r.Kids(k, func(c int) { own = own || r.Words[c].Is(page.First) && r.Words[c].Rel("nsubj", "nmod", "det", "amod") })
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
func (r *done) countriesOf(ents []int) []string {
	out := []string{}
	for _, e := range ents {
		if c := r.cast.ents[e].country; c != "" && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}
