package score

import (
	"cmp"
	"slices"

	"letopis"
)

// SidedEvent is an event of version 2 (EVENTS.md of the gold): its sides are those
// that the words show, each with the state it acts for where that is known.
type SidedEvent struct {
	Code           string
	Triggers       []Place // the best one first, then further words of the same event
	Source, Target []Actor // distinct, in the order of Actor.compare
	Date           string
	Modality       string
	Recalled       bool
	Main           bool    // the article is there to report it; in gold only
	Rule           string  // empty in gold
	Claimed        float64 // confidence, 0 to 1; 0 in gold
}

// Actor is one of those on a side: a state or body, or, where it acts for none,
// the words that stand for it.
type Actor struct {
	Country string       // ISO 3166 alpha-3, or a body such as EUR; empty for none
	Words   letopis.Span // without Country; -1 to -1 where the words do not stand in the text
}

func (a Actor) compare(b Actor) int {
	return cmp.Or(cmp.Compare(a.Country, b.Country), cmp.Compare(a.Words.Start, b.Words.Start), cmp.Compare(a.Words.End, b.Words.End))
}

// goldSided is an event of version 2 as gold has it.
type goldSided struct {
	Code     string      `json:"code"`
	Trigger  goldSpan    `json:"trigger"`
	Again    []goldSpan  `json:"again"`
	Source   []goldActor `json:"source"`
	Target   []goldActor `json:"target"`
	Date     string      `json:"date"`
	Modality string      `json:"modality"`
	Recalled bool        `json:"recalled"`
	Main     bool        `json:"main"`
}

type goldActor struct {
	goldSpan
	Country string `json:"country"`
}

// event makes the event of an article whose text is text.
func (g *goldSided) event(text string) SidedEvent {
	side := func(list []goldActor) []Actor {
		var out []Actor
		for _, a := range list {
			if a.Country != "" {
				out = append(out, Actor{Country: a.Country})
				continue
			}
			p := locate(text, a.goldSpan)
			if !p.OK {
				p.Start, p.End = -1, -1
			}
			out = append(out, Actor{Words: p.Span})
		}
		return actorSet(out)
	}
	e := SidedEvent{Code: g.Code, Triggers: []Place{locate(text, g.Trigger)}, Source: side(g.Source), Target: side(g.Target),
		Date: g.Date, Modality: g.Modality, Recalled: g.Recalled, Main: g.Main}
	for _, a := range g.Again {
		e.Triggers = append(e.Triggers, locate(text, a))
	}
	return e
}

func actorSet(list []Actor) []Actor {
	slices.SortFunc(list, Actor.compare)
	return slices.Compact(list)
}

// sidedOf makes an event of version 2 of one of a record: by the words of its sides, or by their countries
// alone where the record does not tell the words.
func sidedOf(x *letopis.Event) SidedEvent {
	side := func(name string, countries []string) []Actor {
		var out []Actor
		for _, d := range x.Sides {
			switch {
			case d.Side != name:
			case d.Country != "":
				out = append(out, Actor{Country: d.Country})
			default:
				out = append(out, Actor{Words: d.Mention.Span})
			}
		}
		if len(x.Sides) > 0 {
			return actorSet(out)
		}
		for _, c := range countries {
			out = append(out, Actor{Country: c})
		}
		return actorSet(out)
	}
	e := SidedEvent{Code: string(x.Code), Triggers: []Place{place(&x.Trigger)}, Source: side("source", x.SourceCountry), Target: side("target", x.TargetCountry),
		Date: string(x.Date), Modality: string(x.Modality), Recalled: x.Recalled, Rule: x.Rule, Claimed: x.Confidence}
	for i := range x.Mentions {
		e.Triggers = append(e.Triggers, place(&x.Mentions[i]))
	}
	if e.Modality == "" {
		e.Modality = string(letopis.Actual)
	}
	return e
}

// overlap reports whether two spans share a code point.
func overlap(a, b letopis.Span) bool { return min(a.End, b.End) > max(a.Start, b.Start) }

// inCommon counts the actors of both sides; those without a country are the same
// where their words overlap.
func inCommon(gold, sys []Actor) int {
	n := 0
	used := make([]bool, len(sys))
	for _, g := range gold {
		for i, s := range sys {
			if used[i] || g.Country != s.Country || g.Country == "" && !overlap(g.Words, s.Words) {
				continue
			}
			used[i] = true
			n++
			break
		}
	}
	return n
}

// jaccard is what two sides have in common of what either has; 1 for two empty sides.
func jaccard(gold, sys []Actor) float64 {
	if len(gold) == 0 && len(sys) == 0 {
		return 1
	}
	c := inCommon(gold, sys)
	return float64(c) / float64(len(gold)+len(sys)-c)
}

func sameSides(g, s *SidedEvent) bool {
	return jaccard(g.Source, s.Source) == 1 && jaccard(g.Target, s.Target) == 1
}

// touches reports whether a trigger of one event overlaps one of the other.
func (e *SidedEvent) touches(o *SidedEvent) bool {
	for _, a := range e.Triggers {
		for _, b := range o.Triggers {
			if a.OK && b.OK && overlap(a.Span, b.Span) {
				return true
			}
		}
	}
	return false
}

// start is where the trigger begins, -1 where it does not stand in the text.
func (e *SidedEvent) start() int {
	if len(e.Triggers) == 0 || !e.Triggers[0].OK {
		return -1
	}
	return e.Triggers[0].Start
}

// sameReach is the distance in code points below which two triggers may stand for one
// event whose code and sides are equal.
const sameReach = 200

// pairSided pairs events that can be the same one to one: those of the same code first,
// then those with most of their sides in common, then the nearest, then the first.
func pairSided(gold, sys []SidedEvent) []matched {
	type candidate struct {
		matched
		code     int // 1 for the same code
		sides    float64
		distance int
	}
	var all []candidate
	for i := range gold {
		for j := range sys {
			g, s := &gold[i], &sys[j]
			c := candidate{matched: matched{i, j}, sides: jaccard(g.Source, s.Source) + jaccard(g.Target, s.Target), distance: g.start() - s.start()}
			c.distance = max(c.distance, -c.distance)
			if g.Code == s.Code {
				c.code = 1
			}
			if g.touches(s) || c.code == 1 && sameSides(g, s) && c.distance < sameReach {
				all = append(all, c)
			}
		}
	}
	slices.SortFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.code, a.code), cmp.Compare(b.sides, a.sides), cmp.Compare(a.distance, b.distance),
			cmp.Compare(a.gold, b.gold), cmp.Compare(a.sys, b.sys))
	})
	usedGold, usedSys := make([]bool, len(gold)), make([]bool, len(sys))
	var out []matched
	for _, c := range all {
		if !usedGold[c.gold] && !usedSys[c.sys] {
			usedGold[c.gold], usedSys[c.sys] = true, true
			out = append(out, c.matched)
		}
	}
	return out
}

// dyad is a line of a chronicle: which state acts on which, in what class.
type dyad struct{ source, target, quad string }

// dyads are the distinct dyads of events that are not denied.
func dyads(events []SidedEvent) map[dyad]bool {
	out := map[dyad]bool{}
	for _, e := range events {
		if e.Modality == string(letopis.Negated) {
			continue
		}
		for _, a := range e.Source {
			for _, b := range e.Target {
				if a.Country != "" && b.Country != "" {
					out[dyad{a.Country, b.Country, quadOf(e.Code)}] = true
				}
			}
		}
	}
	return out
}

// AddSided scores the events of version 2 of one article; one without them in gold is
// passed over. sys is nil where there is no record.
func (b *Board) AddSided(lang string, gold, sys *Findings) {
	if !gold.HasSided {
		return
	}
	if sys == nil {
		b.Missing++
		sys = &Findings{}
	}
	for _, t := range []*Tally{&b.all, b.in(lang)} {
		t.Articles++
		t.sided(gold.Sided, sys.Sided, gold.Damaged)
	}
}

// sided adds the figures of score_events2.py, in its order.
func (t *Tally) sided(gold, sys []SidedEvent, damaged bool) {
	m := pairSided(gold, sys)
	var coded, exact []matched
	soft, common := 0.0, 0
	for _, x := range m {
		g, s := &gold[x.gold], &sys[x.sys]
		if g.Code == s.Code {
			coded = append(coded, x)
			soft += 0.4
			if sameSides(g, s) {
				exact = append(exact, x)
			}
		}
		soft += float64(0.3 * (jaccard(g.Source, s.Source) + jaccard(g.Target, s.Target))) // rounded here: the same on every machine
		common += inCommon(g.Source, s.Source) + inCommon(g.Target, s.Target)
	}
	t.add("found", float64(len(m)), len(sys), len(gold))
	t.add("code", float64(len(coded)), len(sys), len(gold))
	t.add("event", float64(len(exact)), len(sys), len(gold))
	t.add("soft", soft, len(sys), len(gold))
	t.dyads(dyads(gold), dyads(sys))
	t.add("sides", float64(common), items(sys), items(gold))
	t.invented(gold, sys, m)
	t.main(gold, exact)
	for _, x := range coded {
		g, s := &gold[x.gold], &sys[x.sys]
		t.AddShare("recalled", g.Recalled == s.Recalled)
		t.AddShare("modality", g.Modality == s.Modality)
		if !damaged {
			t.AddShare("date", month(g.Date) == month(s.Date))
		}
	}
}

// dyads counts the dyads of an article, and those of two different states.
func (t *Tally) dyads(gold, sys map[dyad]bool) {
	var found, right, inGold [2]int
	count := func(to *[2]int, d dyad) {
		to[0]++
		if d.source != d.target {
			to[1]++
		}
	}
	for d := range gold {
		count(&inGold, d)
	}
	for d := range sys {
		count(&found, d)
		if gold[d] {
			count(&right, d)
		}
	}
	for i, metric := range []string{"dyads", "interstate"} {
		t.add(metric, float64(right[i]), found[i], inGold[i])
	}
}

// items counts the actors on all sides.
func items(events []SidedEvent) int {
	n := 0
	for _, e := range events {
		n += len(e.Source) + len(e.Target)
	}
	return n
}

// invented counts the actors that stand on a side which gold leaves empty: of all
// events, those that are paired with nothing among them (invented), and of the
// paired ones (filled).
func (t *Tally) invented(gold, sys []SidedEvent, m []matched) {
	of := map[int]*SidedEvent{}
	var paired []SidedEvent
	for _, x := range m {
		of[x.sys] = &gold[x.gold]
		paired = append(paired, sys[x.sys])
	}
	made, filled := 0, 0
	for i := range sys {
		s := &sys[i]
		g := of[i]
		if g == nil {
			made += len(s.Source) + len(s.Target)
			continue
		}
		if len(g.Source) == 0 {
			filled += len(s.Source)
		}
		if len(g.Target) == 0 {
			filled += len(s.Target)
		}
	}
	t.addShares("invented", made+filled, items(sys))
	t.addShares("filled", filled, items(paired))
}

// main counts the events that the article is there to report, and those that are right.
func (t *Tally) main(gold []SidedEvent, exact []matched) {
	n, right := 0, 0
	for i := range gold {
		if gold[i].Main {
			n++
		}
	}
	for _, x := range exact {
		if gold[x.gold].Main {
			right++
		}
	}
	t.addShares("main", right, n)
}
