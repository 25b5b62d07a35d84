package read

import (
	"slices"
	"strings"

	"letopis"
	"letopis/internal/linear"
	"letopis/internal/page"
)

// This file asks for which country or body a party stands, and how that is known.

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

// several are the countries that a noun tells of itself in a list: "the presidents of France and Japan".
func (p *parties) several(c *party) []string {
	r := p.r
	if c.kind != "noun" && c.kind != "office" || r.Words[c.first].Feats.Get("Number") == "Sing" {
		return nil
	}
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
		out := []string{tells(d)}
		for e := p.v.tree.first[d]; e >= 0; e = p.v.tree.next[e] {
			if ct := tells(e); r.Words[e].Rel("conj") && ct != "" && !slices.Contains(out, ct) {
				out = append(out, ct)
			}
		}
		if len(out) > 1 {
			return out
		}
	}
	return nil
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
