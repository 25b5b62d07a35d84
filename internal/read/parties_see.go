package read

import (
	"slices"
	"strings"

	"letopis/internal/linear"
	"letopis/internal/page"
)

// This file says of a party, or of nobody, what tells whether it stands on a side of an event.

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
