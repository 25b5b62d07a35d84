package read

import (
	"letopis/internal/page"
	"slices"
	"strings"

	"letopis"
)

// This file finds who acts and who is acted on in the tree of a sentence: the
// subject, the objects and the prepositional phrases of a verb; the complements of a
// noun and what its verb adds.

// actorsOf appends the actors that the phrase headed by token h names: itself,
// those beside it, and where it is none, whose it is.
func (r *done) actorsOf(h int, out []int, depth int) []int {
	if depth > page.MaxDepth || r.Words[h].Date {
		return out
	}
	if e := r.actorAt(h); e >= 0 {
		out = addNew(out, e)
	} else {
		b := r.Sentences[r.Words[h].Sent]
		for i := b.First; i < b.End; i++ {
			if r.Words[i].Head != h {
				continue
			}
			t := &r.Words[i]
			switch {
			case t.Rel("conj"):
			case t.Rel("amod", "det", "compound", "flat", "appos", "nummod"):
				if e := r.cast.stateAt(i); e >= 0 {
					out = addNew(out, e)
				} else if t.UPOS != "ADJ" && t.UPOS != "VERB" && t.UPOS != "DET" {
					out = r.actorsOf(i, out, depth+1)
				}
			case t.Rel("nmod"):
				if p := r.Adposition(i); p < 0 || p == i-1 && r.Words[p].Is(page.GenPrep) || r.Words[p].Is(page.GenPrep) {
					out = r.actorsOf(i, out, depth+1)
				}
			}
		}
	}
	b := r.Sentences[r.Words[h].Sent]
	for i := h + 1; i < b.End; i++ {
		if r.Words[i].Head == h && r.Words[i].Rel("conj") && r.Words[i].UPOS != "VERB" && r.Words[i].UPOS != "AUX" {
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
func (r *done) actorAt(h int) int {
	t := &r.Words[h]
	if t.Name >= 0 {
		if e := r.cast.mentions[t.Name].ent; r.cast.ents[e].country != "" && !strings.HasPrefix(r.cast.ents[e].kb, "outlet/") {
			return e
		}
		return -1
	}
	if e := r.cast.stateAt(h); e >= 0 {
		return e
	}
	ci := r.PhraseAt[h]
	if ci < 0 {
		return -1
	}
	c := &r.Phrases[ci]
	if c.Head != h {
		return -1
	}
	if e, ok := r.cast.nominal[ci]; ok && e >= 0 && r.cast.ents[e].country != "" {
		return e
	}
	if c.Name >= 0 && r.Names[c.Name].Type == letopis.Person {
		if e := r.cast.mentions[c.Name].ent; r.cast.ents[e].country != "" {
			return e
		}
	}
	if c.Pron {
		return r.cast.ofCountry(r.cast.antecedent(h, r.said.stmts))
	}
	if e := r.cast.namedBeside(h); e >= 0 {
		return e
	}
	if r.HoldsOffice(c) && !r.IsBody(h) && t.Feats.Get("Number") != "Plur" {
		if r.CountryIn(c.First, c.End) != "" {
			return r.cast.ofCountry(r.cast.find(ci, r.said.stmts).ent)
		}
		return r.cast.ofCountry(r.cast.holderOf(c, ""))
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
func (r *done) treeParties(k int, g *page.Trigger) bySides {
	var p bySides
	if g.Verb {
		r.verbParties(k, g, &p)
	} else {
		r.nounParties(k, g, &p)
	}
	if len(p.tgt) == 0 && !p.suffered {
		switch g.Code {
		case letopis.Request, letopis.Support, letopis.Reject, letopis.Agree, letopis.Accuse:
			h := k
			if !g.Verb {
				if v, sub := r.VerbOver(k); v >= 0 && sub && r.triggerAt(v) == nil {
					h = v
				}
			}
			p.tgt = except(r.deep(h, nil), p.src)
		}
	}
	return p
}

// verbParties reads the sides of a verb.
func (r *done) verbParties(k int, g *page.Trigger, p *bySides) {
	t := &r.Words[k]
	passive := r.IsPassive(k) || r.Kid(k, "nsubj:pass", "aux:pass") >= 0
	if t.Rel("amod", "acl") && (t.Feats.Get("VerbForm") == "Part" || t.UPOS == "ADJ" || r.Lex.Participle(t.Lower)) && t.Head >= 0 && r.Kid(k, "nsubj") < 0 {
		// A participle beside its noun: "осъдената християнка", "the party demanding …".
		who := r.actorsOf(t.Head, nil, 1)
		if t.Feats.Get("Voice") == "Act" || r.Lex.Gerund(t.Lower) {
			p.src, p.acted = who, true
		} else {
			p.tgt, p.suffered = who, true
			passive = true
		}
	} else if s := r.SubjectNear(k); s >= 0 {
		who := r.actorsOf(s, nil, 1)
		if passive {
			p.tgt, p.suffered = who, true
		} else {
			p.src, p.acted = who, true
		}
	}
	r.complements(k, k, g, passive, p)
	r.Kids(k, func(c int) {
		t := &r.Words[c]
		switch {
		case t.Rel("xcomp", "ccomp", "advcl", "csubj") && (g.Code == letopis.Request || g.Code == letopis.Accuse) && len(p.tgt) == 0 && !passive:
			// Who is to do it: "Тръмп иска Берлин да се откаже".
			if s := r.Kid(c, "nsubj"); s >= 0 && t.UPOS == "VERB" {
				p.tgt = except(r.actorsOf(s, nil, 1), p.src)
			}
		}
	})
}

// actorsUnder appends the actors that stand anywhere in the subtree of token h.
func (r *done) actorsUnder(h int, out []int) []int {
	b := r.Sentences[r.Words[h].Sent]
	for i := b.First; i < b.End; i++ {
		if e := r.actorAt(i); e >= 0 && !r.Words[i].Date && r.Under(i, h) {
			out = addNew(out, e)
		}
	}
	return out
}

// deep appends the actors in what a verb has as its object or content: with whom lies
// what is asked for ("поиска убежище в Италия"), whose a thing is that is approved.
func (r *done) deep(k int, out []int) []int {
	r.Kids(k, func(c int) {
		if t := &r.Words[c]; c > k && !t.Date && (t.Rel("obj", "ccomp", "xcomp") || t.Rel("obl", "iobj") && !t.Rel("obl:tmod")) {
			if p := r.Adposition(c); p >= 0 && r.SaysWhere(c, p) && !t.Rel("obj") {
				return
			}
			out = r.actorsUnder(c, out)
		}
	})
	return out
}

// complements adds to the sides what stands beside token h, the trigger k or its verb.
func (r *done) complements(h, k int, g *page.Trigger, passive bool, p *bySides) {
	b := r.Sentences[r.Words[h].Sent]
	for c := b.First; c < b.End; c++ {
		t := &r.Words[c]
		if t.Head != h || c == k || !t.Rel("obj", "iobj", "obl", "nmod") || t.Date {
			continue
		}
		adp := r.Adposition(c)
		if adp > 0 && r.IsOffice(adp-1) && t.Name >= 0 && r.Names[t.Name].Type == letopis.Location {
			continue // "the ambassador to Beijing"
		}
		to := &p.tgt
		switch {
		case adp < 0:
			if passive && r.Lex.Has(page.Cases) && t.Feats.Get("Case") == "Ins" {
				to = &p.src
				p.acted = true
			} else if r.Lex.Has(page.Cases) && t.Feats.Get("Case") == "Ins" {
				continue
			}
		case r.Words[adp].Is(page.By) && (passive || t.Rel("agent") || t.Deprel == "obl:agent"):
			to = &p.src
			p.acted = true
		case r.SaysWhere(c, adp):
			if !isVisit(g) {
				continue
			}
		case r.Words[adp].Is(page.Between):
			who := r.actorsOf(c, nil, 1)
			if len(who) > 1 {
				p.src, p.tgt = who[:1], who[1:]
				return
			}
			continue
		case r.Words[adp].Is(page.By) && g.Code != letopis.Request, !r.Words[adp].Is(page.With | page.Toward | page.GenPrep | page.By):
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
			p.suffered = p.suffered || t.Rel("obj", "iobj") && (len(who) > 0 || r.IsAnimate(c))
		}
	}
}

// except returns a without what is in b; a itself is not changed.
func except(a, b []int) []int {
	return slices.DeleteFunc(slices.Clone(a), func(e int) bool { return slices.Contains(b, e) })
}

// nounParties reads the sides of a noun: its own complements, then those of the verb
// whose object or subject it is.
func (r *done) nounParties(k int, g *page.Trigger, p *bySides) {
	var gen, of []int
	b := r.Sentences[r.Words[k].Sent]
	for c := b.First; c < b.End; c++ {
		t := &r.Words[c]
		if t.Head != k || t.Date {
			continue
		}
		switch {
		case t.Rel("amod", "compound", "det"):
			if e := r.cast.stateAt(c); e >= 0 {
				of = addNew(of, e)
			} else if t.Name >= 0 {
				of = r.actorsOf(c, of, 1)
			}
			if t.Is(page.Poss) {
				gen = r.possessor(c, gen)
			}
		case t.Is(page.Poss):
			gen = r.possessor(c, gen)
		case t.Rel("nmod", "obl", "obj", "iobj"):
			adp := r.Adposition(c)
			who := r.actorsOf(c, nil, 1)
			switch {
			case adp < 0 || r.Words[adp].Is(page.GenPrep):
				if adp < 0 && r.Lex.Has(page.Cases) && t.Feats.Get("Case") == "Ins" {
					p.src = append(p.src, who...)
				} else if adp < 0 && r.Lex.Has(page.Cases) && t.Feats.Get("Case") == "Dat" {
					p.tgt = append(p.tgt, who...)
				} else {
					gen = append(gen, who...)
				}
			case r.Words[adp].Is(page.Between):
				if len(who) > 1 {
					p.src, p.tgt = append(p.src, who[0]), append(p.tgt, who[1:]...)
				}
			case r.Words[adp].Is(page.By):
				p.src = append(p.src, who...)
			case r.SaysWhere(c, adp):
				if isVisit(g) {
					p.tgt = append(p.tgt, who...)
				}
			case r.Words[adp].Is(page.With | page.Toward):
				p.tgt = append(p.tgt, who...)
			}
		}
	}
	p.src = append(p.src, of...)
	directed := len(p.tgt) > 0 // "обвинението на Норвегия срещу Швеция": the genitive acts
	v, sub := r.VerbOver(k)
	var subj []int
	if v >= 0 {
		passive := r.IsPassive(v) || r.Kid(v, "nsubj:pass", "aux:pass") >= 0
		if s := r.SubjectNear(v); s >= 0 && s != k && !r.Under(k, s) {
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
	case g.Object && !directed:
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
func (r *done) possessor(c int, out []int) []int {
	if e := r.cast.ofCountry(r.cast.antecedent(c, r.said.stmts)); e >= 0 {
		return addNew(out, e)
	}
	return out
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
