package read

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"letopis"
	"letopis/internal/linear"
	"letopis/internal/page"
)

// Taught is an event as an annotator has it, for training.
type Taught struct {
	Code           letopis.Code
	Trigger        letopis.Span // code points
	Again          []letopis.Span
	Source, Target []TaughtSide
}

// TaughtSide is who stands on a side: the words, and the country or body, "" for none.
type TaughtSide struct {
	Words   letopis.Span
	Country string
}

// Lesson is a question to learn from: the features of each candidate, hashed as a [linear.Bag] does and
// for a class of the table each, and which are right. One candidate makes a question of yes or no.
type Lesson struct {
	Candidates [][]uint32
	Class      []int
	Right      []bool
	Weight     float64 // 0 for 1
}

// Question is what a lesson asks, for reports: evoke, code, source, target, home or same; a no of evoke is apart.
func (l *Lesson) Question() string {
	switch c := l.Class[0]; {
	case c == classEvoke && l.Right[0]:
		return "evoke"
	case c == classEvoke:
		return "evoke not"
	case c == classSource && l.Right[len(l.Right)-1]:
		return "source nobody"
	case c == classTarget && l.Right[len(l.Right)-1]:
		return "target nobody"
	case c == classSource:
		return "source"
	case c == classTarget:
		return "target"
	case c == classHome:
		return "home"
	case c == classSame && l.Right[0]:
		return "same"
	case c == classSame:
		return "same not"
	}
	return "code"
}

// Answer is the candidate that a table chooses; a question of yes or no is answered by 0 for right.
func (l *Lesson) Answer(t *linear.Table) int {
	best, top := 0, int32(0)
	for i, hs := range l.Candidates {
		if s := t.ScoreOf(hs, l.Class[i]); i == 0 || s > top {
			best, top = i, s
		}
	}
	return best
}

// Yes reports whether a table says yes to a lesson of one candidate.
func (l *Lesson) Yes(t *linear.Table) bool { return t.ScoreOf(l.Candidates[0], l.Class[0]) >= 0 }

// Lessons reads a document by the rules and asks what the learnt reader of events would be asked, with the
// answers of an annotator.
func (r *Reader) Lessons(ctx context.Context, doc *letopis.Document, gold []Taught) ([]Lesson, error) {
	a, err := r.analyze(ctx, doc)
	if err != nil {
		return nil, err
	}
	l := &lessons{gold: gold}
	src, err := r.source(doc, a)
	if err != nil {
		return nil, fmt.Errorf("lessons of %s: %w", doc.ID, err)
	}
	if _, err := r.phases(ctx, src, nil, nil, l); err != nil {
		return nil, fmt.Errorf("lessons of %s: %w", doc.ID, err)
	}
	return l.all, nil
}

// lessons gathers lessons while an article is read.
type lessons struct {
	gold []Taught
	all  []Lesson
}

// words returns the words that a range of code points touches, half open.
func (l *lessons) words(pg *page.Page, at func(i int) letopis.Span, s letopis.Span) (int, int) {
	first, end := -1, -1
	for i := range pg.Words {
		if x := at(i); min(x.End, s.End) > max(x.Start, s.Start) {
			if first < 0 {
				first = i
			}
			end = i + 1
		}
	}
	return first, end
}

// teach asks what is to be learnt of a page.
func (l *lessons) teach(r *done, v *evoker, all []proposal) {
	x := page.NewRunes(r.Text)
	spans := make([]letopis.Span, len(r.Words))
	for i := range r.Words {
		spans[i] = letopis.Span{Start: x.At(r.Words[i].Start), End: x.At(r.Words[i].End)}
	}
	at := func(i int) letopis.Span { return spans[i] }
	code := make([]letopis.Code, len(r.Words))
	mark := func(s letopis.Span, c letopis.Code) int {
		first, end := l.words(r.Page, at, s)
		for i := first; i >= 0 && i < end; i++ {
			if v.asks(i) {
				code[i] = c
				return i
			}
		}
		return first
	}
	trig := make([]int, len(l.gold))
	of := map[int]int{}
	for n, g := range l.gold {
		for _, a := range g.Again {
			if i := mark(a, g.Code); i >= 0 {
				of[i] = n
			}
		}
	}
	for n, g := range l.gold {
		trig[n] = mark(g.Trigger, g.Code)
		of[trig[n]] = n
	}
	for i := range r.Words {
		if !v.asks(i) {
			continue
		}
		hs := v.see(i, false).Hashes()
		l.all = append(l.all, Lesson{Candidates: [][]uint32{hs}, Class: []int{classEvoke}, Right: []bool{code[i] != ""}})
		if code[i] == "" {
			continue
		}
		c := Lesson{}
		for k := range codes {
			c.Candidates, c.Class, c.Right = append(c.Candidates, hs), append(c.Class, classCode+k), append(c.Right, codes[k] == code[i])
		}
		l.all = append(l.all, c)
	}
	for n := range l.gold {
		if trig[n] >= 0 {
			all = append(all, proposal{trig[n], r.triggerFor(trig[n], l.gold[n].Code)})
		}
	}
	r.cast.introduceActors(all, r.said.stmts)
	p := r.newParties(v)
	l.teachSame(p, of)
	for n, g := range l.gold {
		if trig[n] >= 0 {
			l.teachSides(r, p, trig[n], g, at)
		}
	}
}

// teachSame asks which words that evoke events of a category evoke one; of gives each its event.
func (l *lessons) teachSame(p *parties, of map[int]int) {
	words := slices.Sorted(maps.Keys(of))
	for b, j := range words {
		for _, i := range words[max(0, b-maxTellings):b] {
			if i < 0 || l.gold[of[i]].Code != l.gold[of[j]].Code {
				continue
			}
			l.all = append(l.all, Lesson{Candidates: [][]uint32{p.seeSame(i, j, string(l.gold[of[j]].Code), false).Hashes()}, Class: []int{classSame}, Right: []bool{of[i] == of[j]}})
		}
	}
}

// teachSides asks who stands on the sides of an event, and for which country.
func (l *lessons) teachSides(r *done, p *parties, k int, g Taught, at func(int) letopis.Span) {
	p.look(k, g.Code)
	for _, side := range [...]struct {
		class int
		gold  []TaughtSide
	}{{classSource, g.Source}, {classTarget, g.Target}} {
		right := make([]bool, len(p.all)+1)
		found := false
		for _, w := range side.gold {
			for i := range p.all {
				c := &p.all[i]
				if min(at(c.last).End, w.Words.End) > max(at(c.first).Start, w.Words.Start) {
					right[i], found = true, true
					l.teachHome(r, p, c, w.Country)
				}
			}
		}
		if !found && len(side.gold) > 0 {
			continue // who stands there is no candidate
		}
		right[len(p.all)] = !found
		q := Lesson{Right: right}
		for i := range right {
			q.Candidates = append(q.Candidates, slices.Clone(p.see(i, side.class, false).Hashes()))
			q.Class = append(q.Class, side.class)
		}
		l.all = append(l.all, q)
	}
}

// teachHome asks for which country a side stands.
func (l *lessons) teachHome(r *done, p *parties, c *party, country string) {
	homes := p.homes(c)
	if len(homes) < 2 {
		return
	}
	q := Lesson{}
	for i := range homes {
		q.Candidates = append(q.Candidates, p.seeHome(c, homes, i, false).Hashes())
		q.Class, q.Right = append(q.Class, classHome), append(q.Right, homes[i].country == country)
	}
	if slices.Contains(q.Right, true) {
		l.all = append(l.all, q)
	}
}
