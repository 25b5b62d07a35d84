package read

import (
	"slices"

	"letopis"
	"letopis/internal/linear"
	"letopis/internal/page"
)

// This file asks whether two words of an article evoke one event: headline, lead and body tell one act
// again and again, and each telling names only some of who took part.

// maxTellings bounds the earlier tellings that one is compared with.
const maxTellings = 60

// seeSame puts what tells whether the words at i and j, i before j, evoke one event of a category into the bag.
func (p *parties) seeSame(i, j int, code string, named bool) *linear.Bag {
	r, b := p.r, &p.bag
	b.Reset(named)
	s, t := &r.Words[i], &r.Words[j]
	word := "other"
	switch {
	case r.lemma(i) == r.lemma(j):
		word = "lemma"
	case beginsWith(r.lemma(i), 5) == beginsWith(r.lemma(j), 5):
		word = "stem5"
	case beginsWith(r.lemma(i), 4) == beginsWith(r.lemma(j), 4):
		word = "stem4"
	}
	far := farApart(t.Sent - s.Sent)
	pos := string(s.UPOS) + string(t.UPOS)
	b.Add("bias")
	b.Add("code=", code)
	b.Add("word=", word)
	b.Add("word=", word, code)
	b.Add("word=", word, far)
	b.Add("word=", word, pos)
	b.Add("far=", far)
	b.Add("far=", far, code)
	b.Add("pair=", r.Lex.Lang, beginsWith(r.lemma(i), 5), "/", beginsWith(r.lemma(j), 5))
	b.Add("next=", code, r.Lex.Lang, beginsWith(r.lemma(j), 5))
	if s.Sent == 0 {
		b.Add("title")
		b.Add("title=", word)
		b.Add("title=", code)
		if t.Sent < 3 {
			b.Add("lead")
			b.Add("lead=", word)
		}
	}
	if s.Head == j || t.Head == i {
		b.Add("hangs=", page.Relation(t.Deprel), page.Relation(s.Deprel))
	}
	b.Add("shared=", p.shared(i, j), word)
	b.Add("shared=", p.shared(i, j), code)
	b.Add("shared=", p.shared(i, j), far)
	b.Add("times=", p.times(i, j))
	b.Add("times=", p.times(i, j), word)
	b.Add("plural=", s.Feats.Get("Number"), t.Feats.Get("Number"), pos)
	si, sj := r.said.stmtOf(i), r.said.stmtOf(j)
	switch {
	case si == sj && si >= 0:
		b.Add("said=one")
	case si >= 0 && sj >= 0 && r.said.stmts[si].ent == r.said.stmts[sj].ent:
		b.Add("said=speaker", code)
	case si >= 0 && sj >= 0:
		b.Add("said=others", code)
	case si >= 0 || sj >= 0:
		b.Add("said=half")
	}
	return b
}

func farApart(n int) string {
	switch {
	case n < 3:
		return [...]string{"0", "1", "2"}[n]
	case n < 6:
		return "5"
	case n < 12:
		return "11"
	}
	return "more"
}

// shared tells who is named in the sentences of both words: countries and others, and whether either names none.
func (p *parties) shared(i, j int) string {
	a, b := p.namedIn(p.r.Words[i].Sent), p.namedIn(p.r.Words[j].Sent)
	states, others := 0, 0
	for _, e := range a {
		if slices.Contains(b, e) {
			if c := p.r.cast.ents[e].kb; len(c) > 8 && c[:8] == "country/" {
				states++
			} else {
				others++
			}
		}
	}
	if states+others == 0 {
		if len(a) == 0 || len(b) == 0 {
			return "empty"
		}
		return "none"
	}
	return smallCount(states) + smallCount(others)
}

// namedIn are the entities that a sentence names, asked once.
func (p *parties) namedIn(sent int) []int {
	if out, ok := p.named[sent]; ok {
		return out
	}
	var out []int
	r := p.r
	for i := r.Sentences[sent].First; i < r.Sentences[sent].End; i++ {
		if n := r.Words[i].Name; n >= 0 && r.Names[n].First == i {
			out = addNew(out, r.cast.mentions[n].ent)
		} else if e := r.cast.stateAt(i); e >= 0 {
			out = addNew(out, e)
		}
	}
	p.named[sent] = out
	return out
}

// times tells whether the times of two words agree.
func (p *parties) times(i, j int) string {
	a, b := p.timeOf(i), p.timeOf(j)
	if a < 0 || b < 0 {
		return "-" + yes(a >= 0) + yes(b >= 0)
	}
	if p.r.apart(a, b) {
		return "apart"
	}
	return "agree"
}

func (p *parties) timeOf(k int) int {
	if t, ok := p.timed[k]; ok {
		return t
	}
	t := p.r.TimeOf(k, -1, -1)
	p.timed[k] = t
	return t
}

// tellings groups the words that evoke events by the event: each joins the likeliest earlier one of its
// category, or begins anew. It returns the group of each.
func (p *parties) tellings(found []evoked, sides [][2]standing, t *linear.Table) []int {
	of := make([]int, len(found))
	n := 0
	for j := range found {
		best, top := -1, int32(0)
		for i := max(0, j-maxTellings); i < j; i++ {
			if found[i].code != found[j].code {
				continue
			}
			if p.hang(found[i].at, found[j].at) {
				best = of[i]
				break
			}
			if p.contradict(&found[i], &found[j]) {
				continue
			}
			sides, ok := agreement(sides[i], sides[j])
			if !ok {
				continue
			}
			if s := t.Score(p.seeSame(found[i].at, found[j].at, string(found[j].code), false), classSame) + sameBias + sides; s > top {
				best, top = of[i], s
			}
		}
		if best < 0 {
			best = n
			n++
		}
		of[j] = best
	}
	return of
}

// agreement is what the sides of two tellings say for their being one event's, in 1/linear.Fine; ok is false where they
// name others on a side.
func agreement(a, b [2]standing) (sum int32, ok bool) {
	for s := range a {
		x, y := a[s].countries, b[s].countries
		if len(x) == 0 || len(y) == 0 {
			continue
		}
		if !slices.ContainsFunc(x, func(c string) bool { return slices.Contains(y, c) }) {
			return 0, false
		}
		sum += agreeBias
	}
	return sum, true
}

// hang reports whether one of two words is the object or subject of the other: "signed the agreement" tells one act.
func (p *parties) hang(i, j int) bool {
	s, t := &p.r.Words[i], &p.r.Words[j]
	return t.Head == i && t.Rel("obj", "nsubj:pass", "nsubj") || s.Head == j && s.Rel("obj", "nsubj:pass", "nsubj")
}

// contradict reports whether two words cannot evoke one event: what happened is not what did not, and
// times tell them apart.
func (p *parties) contradict(a, b *evoked) bool {
	return (a.mood.m == letopis.Negated) != (b.mood.m == letopis.Negated) || p.times(a.at, b.at) == "apart"
}

// countries are those that parties stand for.
func (p *parties) countries(who []party, t *linear.Table) []string {
	var out []string
	for i := range who {
		if c, _ := p.homeOf(&who[i], t); c != "" && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}
