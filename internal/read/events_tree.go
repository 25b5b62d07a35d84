package read

import (
	"slices"
	"strings"

	"letopis"
)

// This file finds who acts and who is acted on in the tree of a sentence: the
// subject, the objects and the prepositional phrases of a verb; the complements of a
// noun and what its verb adds.

// kids calls f for every child of token h in the order of the text.
func (r *reading) kids(h int, f func(c int)) {
	b := r.sents[r.toks[h].sent]
	for i := b.first; i < b.end; i++ {
		if r.toks[i].head == h {
			f(i)
		}
	}
}

// kid returns the first child of h that has one of the relations, subtypes included, or -1.
func (r *reading) kid(h int, rels ...string) int {
	b := r.sents[r.toks[h].sent]
	return r.dependent(h, b.first, b.end, rels...)
}

// rel reports whether the token has one of the relations, in any subtype.
func (t *tok) rel(rels ...string) bool {
	return slices.Contains(rels, base(t.deprel)) || slices.Contains(rels, string(t.deprel))
}

// adpOf returns the preposition of the phrase that token h heads, or -1.
func (r *reading) adpOf(h int) int {
	b := r.sents[r.toks[h].sent]
	for i := h - 1; i >= b.first && i > h-12; i-- {
		if r.toks[i].head == h && r.toks[i].rel("case") && !r.toks[i].is(clPossMark) {
			return i
		}
	}
	if c := r.chunkOf(h); c != nil && c.head == h {
		return c.adp
	}
	return -1
}

// maxDepth bounds the way down a tree and up from it.
const maxDepth = 4

// actorsOf appends the actors that the phrase headed by token h names: itself,
// those beside it, and where it is none, whose it is.
func (r *reading) actorsOf(h int, out []int, depth int) []int {
	if depth > maxDepth || r.toks[h].date {
		return out
	}
	if e := r.actorAt(h); e >= 0 {
		out = addNew(out, e)
	} else {
		b := r.sents[r.toks[h].sent]
		for i := b.first; i < b.end; i++ {
			if r.toks[i].head != h {
				continue
			}
			t := &r.toks[i]
			switch {
			case t.rel("conj"):
			case t.rel("amod", "det", "compound", "flat", "appos", "nummod"):
				if e := r.stateAt(i); e >= 0 {
					out = addNew(out, e)
				} else if t.upos != "ADJ" && t.upos != "VERB" && t.upos != "DET" {
					out = r.actorsOf(i, out, depth+1)
				}
			case t.rel("nmod"):
				if p := r.adpOf(i); p < 0 || p == i-1 && r.toks[p].is(clGenPrep) || r.toks[p].is(clGenPrep) {
					out = r.actorsOf(i, out, depth+1)
				}
			}
		}
	}
	b := r.sents[r.toks[h].sent]
	for i := h + 1; i < b.end; i++ {
		if r.toks[i].head == h && r.toks[i].rel("conj") && r.toks[i].upos != "VERB" && r.toks[i].upos != "AUX" {
			out = r.actorsOf(i, out, depth+1)
		}
	}
	return out
}

// addNew appends an entity that is not there yet.
func addNew(x []int, e int) []int {
	if slices.Contains(x, e) {
		return x
	}
	return append(x, e)
}

// actorAt returns the actor with a country that the word at token h names, or -1: a
// name's, a pronoun's, that of an office's holder, or the state of a phrase with its adjective.
func (r *reading) actorAt(h int) int {
	t := &r.toks[h]
	if t.name >= 0 {
		if e := r.mentions[t.name].ent; r.ents[e].country != "" && !strings.HasPrefix(r.ents[e].kb, "outlet/") {
			return e
		}
		return -1
	}
	if e := r.stateAt(h); e >= 0 {
		return e
	}
	ci := r.chunkAt[h]
	if ci < 0 {
		return -1
	}
	c := &r.chunks[ci]
	if c.head != h {
		return -1
	}
	if e, ok := r.nominal[ci]; ok && e >= 0 && r.ents[e].country != "" {
		return e
	}
	if c.name >= 0 && r.names[c.name].typ == letopis.Person {
		if e := r.mentions[c.name].ent; r.ents[e].country != "" {
			return e
		}
	}
	if c.pron {
		return r.ofCountry(r.antecedent(h, r.stmts))
	}
	if e := r.namedBeside(h); e >= 0 {
		return e
	}
	if r.office(c) && !r.bodyNoun(h) && t.feats.Get("Number") != "Plur" {
		if r.countryIn(c.first, c.end) != "" {
			return r.ofCountry(r.find(ci, r.stmts).ent)
		}
		return r.ofCountry(r.holderOf(c, ""))
	}
	return -1
}

// namedBeside returns the person whose name stands in apposition to the noun at token
// h, or -1.
func (r *reading) namedBeside(h int) int {
	b := r.sents[r.toks[h].sent]
	for i := h + 1; i < b.end && i < h+25; i++ {
		if r.toks[i].head != h || !r.toks[i].rel("appos", "flat", "nmod") || r.toks[i].name < 0 || r.adpOf(i) >= 0 {
			continue
		}
		e := r.mentions[r.toks[i].name].ent
		if r.names[r.toks[i].name].typ == letopis.Person && r.ents[e].country != "" && r.toks[h].upos == "NOUN" {
			return e
		}
	}
	return -1
}

// ofCountry returns the entity e if it has a country, else -1.
func (r *reading) ofCountry(e int) int {
	if e >= 0 && r.ents[e].country != "" {
		return e
	}
	return -1
}

// stateAt returns the country that the adjective at token i tells, as an entity, or -1.
func (r *reading) stateAt(i int) int {
	if c := r.adjCountry(i); c != "" {
		return r.state(c)
	}
	return -1
}

// bySides is who stands on the two sides of a trigger, as far as its clause says.
type bySides struct {
	src, tgt []int
	// acted, suffered: the clause has somebody on that side, even of no known country.
	acted, suffered bool
}

// treeParties finds the sides of trigger k in the tree.
func (r *reading) treeParties(k int, g *trigger) bySides {
	var p bySides
	if g.verb {
		r.verbParties(k, g, &p)
	} else {
		r.nounParties(k, g, &p)
	}
	if len(p.tgt) == 0 && !p.suffered {
		switch g.code {
		case letopis.Request, letopis.Support, letopis.Reject, letopis.Agree, letopis.Accuse:
			h := k
			if !g.verb {
				if v, sub := r.verbOver(k); v >= 0 && sub && r.triggerAt(v) == nil {
					h = v
				}
			}
			p.tgt = except(r.deep(h, nil), p.src)
		}
	}
	return p
}

// verbParties reads the sides of a verb.
func (r *reading) verbParties(k int, g *trigger, p *bySides) {
	t := &r.toks[k]
	passive := r.passive(k) || r.kid(k, "nsubj:pass", "aux:pass") >= 0
	if t.rel("amod", "acl") && (t.feats.Get("VerbForm") == "Part" || t.upos == "ADJ" || r.lex.participle(t.lower)) && t.head >= 0 && r.kid(k, "nsubj") < 0 {
		// A participle beside its noun: "осъдената християнка", "the party demanding …".
		who := r.actorsOf(t.head, nil, 1)
		if t.feats.Get("Voice") == "Act" || r.lex.has(trCompounds) && strings.HasSuffix(t.lower, "ing") {
			p.src, p.acted = who, true
		} else {
			p.tgt, p.suffered = who, true
			passive = true
		}
	} else if s := r.subjectNear(k); s >= 0 {
		who := r.actorsOf(s, nil, 1)
		if passive {
			p.tgt, p.suffered = who, true
		} else {
			p.src, p.acted = who, true
		}
	}
	r.complements(k, k, g, passive, p)
	r.kids(k, func(c int) {
		t := &r.toks[c]
		switch {
		case t.rel("xcomp", "ccomp", "advcl", "csubj") && (g.code == letopis.Request || g.code == letopis.Accuse) && len(p.tgt) == 0 && !passive:
			// Who is to do it: "Тръмп иска Берлин да се откаже".
			if s := r.kid(c, "nsubj"); s >= 0 && t.upos == "VERB" {
				p.tgt = except(r.actorsOf(s, nil, 1), p.src)
			}
		}
	})
}

// actorsUnder appends the actors that stand anywhere in the subtree of token h.
func (r *reading) actorsUnder(h int, out []int) []int {
	b := r.sents[r.toks[h].sent]
	for i := b.first; i < b.end; i++ {
		if e := r.actorAt(i); e >= 0 && !r.toks[i].date && r.under(i, h) {
			out = addNew(out, e)
		}
	}
	return out
}

// deep appends the actors in what a verb has as its object or content: with whom lies
// what is asked for ("поиска убежище в Италия"), whose a thing is that is approved.
func (r *reading) deep(k int, out []int) []int {
	r.kids(k, func(c int) {
		if t := &r.toks[c]; c > k && !t.date && (t.rel("obj", "ccomp", "xcomp") || t.rel("obl", "iobj") && !t.rel("obl:tmod")) {
			if p := r.adpOf(c); p >= 0 && r.inPlace(c, p) && !t.rel("obj") {
				return
			}
			out = r.actorsUnder(c, out)
		}
	})
	return out
}

// complements adds to the sides what stands beside token h, the trigger k or its verb.
func (r *reading) complements(h, k int, g *trigger, passive bool, p *bySides) {
	b := r.sents[r.toks[h].sent]
	for c := b.first; c < b.end; c++ {
		t := &r.toks[c]
		if t.head != h || c == k || !t.rel("obj", "iobj", "obl", "nmod") || t.date {
			continue
		}
		adp := r.adpOf(c)
		if adp > 0 && r.isOffice(adp-1) && t.name >= 0 && r.names[t.name].typ == letopis.Location {
			continue // "the ambassador to Beijing"
		}
		to := &p.tgt
		switch {
		case adp < 0:
			if passive && r.lex.has(trCases) && t.feats.Get("Case") == "Ins" {
				to = &p.src
				p.acted = true
			} else if r.lex.has(trCases) && t.feats.Get("Case") == "Ins" {
				continue
			}
		case r.toks[adp].is(clBy) && (passive || t.rel("agent") || t.deprel == "obl:agent"):
			to = &p.src
			p.acted = true
		case r.inPlace(c, adp):
			if g.mode != "visit" {
				continue
			}
		case r.toks[adp].is(clBetween):
			who := r.actorsOf(c, nil, 1)
			if len(who) > 1 {
				p.src, p.tgt = who[:1], who[1:]
				return
			}
			continue
		case r.toks[adp].is(clBy) && g.code != letopis.Request, !r.toks[adp].is(clWith | clToward | clGenPrep | clBy):
			continue
		}
		who := r.actorsOf(c, nil, 1)
		for _, e := range who {
			if to == &p.tgt && slices.Contains(p.src, e) {
				continue
			}
			*to = addNew(*to, e)
		}
		if to == &p.tgt {
			p.suffered = p.suffered || t.rel("obj", "iobj") && (len(who) > 0 || r.animate(c))
		}
	}
}

// inPlace reports whether the phrase of head c with the preposition adp says where:
// "в Берлине", "на Украине", "in Berlin".
func (r *reading) inPlace(c, adp int) bool {
	if !r.toks[adp].is(clToward) {
		return r.toks[adp].is(clIn)
	}
	return r.lex.has(trCases) && r.toks[c].feats.Get("Case") == "Loc"
}

// animate reports whether token c heads a phrase of people.
func (r *reading) animate(c int) bool {
	t := &r.toks[c]
	return t.name >= 0 && r.names[t.name].typ == letopis.Person || r.isOffice(c) || t.is(clPeople|clKin|clMasc|clFem|clPlur) || t.feats.Get("Animacy") == "Anim"
}

// except returns a without what is in b; a itself is not changed.
func except(a, b []int) []int {
	return slices.DeleteFunc(slices.Clone(a), func(e int) bool { return slices.Contains(b, e) })
}

// subjectsOf returns the head of the subject of the verb at k: its own, that of the
// verb it stands beside or depends on, or what its relative clause describes; or -1.
func (r *reading) subjectsOf(k, depth int) int {
	if depth == 0 {
		return -1
	}
	t := &r.toks[k]
	if s := r.kid(k, "nsubj"); s >= 0 {
		if r.toks[s].is(clRel) || r.toks[s].feats.Get("PronType") == "Rel" {
			if a := r.antecedentOfClause(k); a >= 0 {
				return a
			}
		}
		return s
	}
	if t.head < 0 {
		return -1
	}
	h := t.head
	up := &r.toks[h]
	verbal := up.upos == "VERB" || up.upos == "AUX" || r.kid(h, "nsubj", "cop") >= 0
	switch {
	case t.rel("conj") && verbal:
		if up.rel("amod", "acl") && !r.relative(h) {
			return -1
		}
		return r.subjectsOf(h, depth-1)
	case t.rel("xcomp", "ccomp") && verbal:
		// Who is asked to, who helps to: the object of a verb of wanting.
		if up.say.wants() || up.trigger != nil && up.trigger.code == letopis.Request {
			if o := r.kid(h, "obj", "iobj"); o >= 0 {
				return o
			}
			return -1
		}
		if t.rel("xcomp") || t.feats.Get("VerbForm") == "Inf" || r.wanted(k) {
			return r.subjectsOf(h, depth-1)
		}
	case t.rel("advcl") && verbal:
		if t.feats.Get("VerbForm") == "Conv" || t.feats.Get("VerbForm") == "Inf" || t.feats.Get("VerbForm") == "Ger" || r.lex.has(trCompounds) && strings.HasSuffix(t.lower, "ing") {
			return r.subjectsOf(h, depth-1)
		}
	case t.rel("acl") && r.relative(k):
		return -1 // the relative word is not the subject
	case t.rel("acl") && !verbal && (up.upos == "NOUN"):
		if up.head >= 0 && r.toks[up.head].upos == "VERB" {
			return r.subjectsOf(up.head, depth-1) // "взе решение да …"
		}
	}
	return -1
}

// subjectNear returns the head of the subject of verb k: by the tree, else the
// likeliest phrase before a finite verb in its clause, or -1.
func (r *reading) subjectNear(k int) int {
	if s := r.subjectsOf(k, maxDepth); s >= 0 {
		return s
	}
	f := &r.toks[k].feats
	if v := f.Get("VerbForm"); v != "Fin" && v != "" || f.Get("Mood") == "Imp" || f.Get("Person") == "1" || f.Get("Person") == "2" || r.toks[k].rel("amod", "acl") {
		return -1
	}
	b := r.sents[r.toks[k].sent]
	lo, hi := r.clauseOf(k, b)
	if ci := r.clauseSubject(k, lo, hi, false, nil); ci >= 0 {
		if c := &r.chunks[ci]; c.adp < 0 && c.first < k {
			return c.head
		}
	}
	return -1
}

// wanted reports whether verb k stands in a clause of what is wanted: after "да".
func (r *reading) wanted(k int) bool {
	found := false
	r.kids(k, func(c int) { found = found || c < k && r.toks[c].is(clDa) })
	return found
}

// relative reports whether the clause of verb k has a relative word.
func (r *reading) relative(k int) bool {
	found := false
	r.kids(k, func(c int) { found = found || r.toks[c].is(clRel) || r.toks[c].feats.Get("PronType") == "Rel" })
	return found || r.toks[k].deprel == "acl:relcl"
}

// antecedentOfClause returns the head of the noun that the relative clause of verb
// k describes, also where k only stands beside the clause's first verb; or -1.
func (r *reading) antecedentOfClause(k int) int {
	for range maxDepth {
		t := &r.toks[k]
		if t.head < 0 {
			return -1
		}
		if t.rel("acl") {
			return t.head
		}
		if !t.rel("conj", "xcomp", "cop", "aux") {
			return -1
		}
		k = t.head
	}
	return -1
}

// nounParties reads the sides of a noun: its own complements, then those of the verb
// whose object or subject it is.
func (r *reading) nounParties(k int, g *trigger, p *bySides) {
	var gen, of []int
	b := r.sents[r.toks[k].sent]
	for c := b.first; c < b.end; c++ {
		t := &r.toks[c]
		if t.head != k || t.date {
			continue
		}
		switch {
		case t.rel("amod", "compound", "det"):
			if e := r.stateAt(c); e >= 0 {
				of = addNew(of, e)
			} else if t.name >= 0 {
				of = r.actorsOf(c, of, 1)
			}
			if t.is(clPoss) {
				gen = r.possessor(c, gen)
			}
		case t.is(clPoss):
			gen = r.possessor(c, gen)
		case t.rel("nmod", "obl", "obj", "iobj"):
			adp := r.adpOf(c)
			who := r.actorsOf(c, nil, 1)
			switch {
			case adp < 0 || r.toks[adp].is(clGenPrep):
				if adp < 0 && r.lex.has(trCases) && t.feats.Get("Case") == "Ins" {
					p.src = append(p.src, who...)
				} else if adp < 0 && r.lex.has(trCases) && t.feats.Get("Case") == "Dat" {
					p.tgt = append(p.tgt, who...)
				} else {
					gen = append(gen, who...)
				}
			case r.toks[adp].is(clBetween):
				if len(who) > 1 {
					p.src, p.tgt = append(p.src, who[0]), append(p.tgt, who[1:]...)
				}
			case r.toks[adp].is(clBy):
				p.src = append(p.src, who...)
			case r.inPlace(c, adp):
				if g.mode == "visit" {
					p.tgt = append(p.tgt, who...)
				}
			case r.toks[adp].is(clWith | clToward):
				p.tgt = append(p.tgt, who...)
			}
		}
	}
	p.src = append(p.src, of...)
	directed := len(p.tgt) > 0 // "обвинението на Норвегия срещу Швеция": the genitive acts
	v, sub := r.verbOver(k)
	var subj []int
	if v >= 0 {
		passive := r.passive(v) || r.kid(v, "nsubj:pass", "aux:pass") >= 0
		if s := r.subjectNear(v); s >= 0 && s != k && !r.under(k, s) {
			who := r.actorsOf(s, nil, 1)
			if passive {
				p.tgt = append(p.tgt, except(who, p.tgt)...)
			} else {
				subj = who
			}
		}
		if sub {
			var q bySides
			r.complements(v, k, g, passive, &q)
			if len(p.src) == 0 {
				p.src = append(p.src, q.src...)
			}
			if len(p.tgt) == 0 {
				p.tgt = append(p.tgt, except(q.tgt, p.src)...)
			}
		}
	}
	switch {
	case g.object && !directed:
		p.tgt = append(p.tgt, gen...)
		if len(p.src) == 0 {
			p.src = except(subj, p.tgt)
		}
	case len(subj) > 0 && len(p.src) == 0 && len(except(gen, subj)) > 0 && sub:
		p.src, p.tgt = subj, append(except(gen, subj), p.tgt...)
	default:
		p.src = append(p.src, gen...)
		if len(p.src) == 0 {
			p.src = except(subj, p.tgt)
		} else if len(p.tgt) == 0 && sub {
			p.tgt = except(subj, p.src)
			if len(p.tgt) > 0 && len(of) == 0 {
				p.src, p.tgt = p.tgt, p.src
			}
		}
	}
	p.src, p.tgt = unique(p.src), unique(p.tgt)
	p.acted, p.suffered = len(p.src) > 0, len(p.tgt) > 0
}

// possessor appends whom a possessive pronoun at token c stands for: the subject for
// a reflexive one, else the last person that agrees.
func (r *reading) possessor(c int, out []int) []int {
	if e := r.ofCountry(r.antecedent(c, r.stmts)); e >= 0 {
		return addNew(out, e)
	}
	return out
}

// verbOver returns the verb that governs noun k, and whether k is its object or
// subject or stands right below one that is; or -1.
func (r *reading) verbOver(k int) (int, bool) {
	i := k
	for range maxDepth {
		t := &r.toks[i]
		if t.head < 0 {
			return -1, false
		}
		h := &r.toks[t.head]
		if h.upos == "VERB" || h.upos == "AUX" {
			return t.head, i == k && t.rel("obj", "obl", "iobj", "nsubj", "xcomp")
		}
		if !t.rel("nmod", "conj", "obl", "obj", "appos", "compound") {
			return -1, false
		}
		i = t.head
	}
	return -1, false
}

// under reports whether token i stands in the subtree of h.
func (r *reading) under(i, h int) bool {
	for n := 0; i >= 0 && n < 40; n++ {
		if i == h {
			return true
		}
		i = r.toks[i].head
	}
	return false
}

// unique drops repeated entities in place.
func unique(x []int) []int {
	out := x[:0]
	for _, e := range x {
		if !slices.Contains(out, e) {
			out = append(out, e)
		}
	}
	return out
}
