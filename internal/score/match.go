package score

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"letopis"
)

// distinct returns the values of list once each, sorted.
func distinct(list []string) []string {
	out := slices.Clone(list)
	slices.Sort(out)
	return slices.Compact(out)
}

// iou is the intersection of two places over their union, 0 where one is not known.
func iou(a, b Place) float64 {
	if !a.OK || !b.OK {
		return 0
	}
	i := min(a.End, b.End) - max(a.Start, b.Start)
	if i <= 0 {
		return 0
	}
	return float64(i) / float64(max(a.End, b.End)-min(a.Start, b.Start))
}

// matched is a pair of a gold finding and a system finding, by index.
type matched struct{ gold, sys int }

// pair matches one to one and greedily, the best first, where f > 0. Of equal
// values the later gold finding goes first, then the later system finding: the
// order of the reference scorer, which the figures depend on.
func pair(gold, sys int, f func(g, s int) float64) []matched {
	type candidate struct {
		v float64
		matched
	}
	var all []candidate
	for g := range gold {
		for s := range sys {
			if v := f(g, s); v > 0 {
				all = append(all, candidate{v, matched{g, s}})
			}
		}
	}
	slices.SortFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.v, a.v), cmp.Compare(b.gold, a.gold), cmp.Compare(b.sys, a.sys))
	})
	usedGold, usedSys := make([]bool, gold), make([]bool, sys)
	var out []matched
	for _, c := range all {
		if !usedGold[c.gold] && !usedSys[c.sys] {
			usedGold[c.gold], usedSys[c.sys] = true, true
			out = append(out, c.matched)
		}
	}
	return out
}

// pairStatements matches statements whose contents overlap by half or more.
func pairStatements(gold, sys []Statement) []matched {
	return pair(len(gold), len(sys), func(g, s int) float64 {
		if v := iou(gold[g].Content, sys[s].Content); v >= 0.5 {
			return v
		}
		return 0
	})
}

func pairDates(gold, sys []Date) []matched {
	return pair(len(gold), len(sys), func(g, s int) float64 { return iou(gold[g].Place, sys[s].Place) })
}

// sameSpeaker reports whether two statements have the same speaker: the words
// overlap, or two names are equal or share a last word of more than three letters.
func sameSpeaker(g, s *Statement) bool {
	if iou(g.Speaker, s.Speaker) > 0 {
		return true
	}
	for _, a := range g.Names {
		x := words(a)
		if len(x) == 0 {
			continue
		}
		last := x[len(x)-1]
		for _, b := range s.Names {
			y := words(b)
			if len(y) == 0 {
				continue
			}
			if slices.Equal(x, y) || last == y[len(y)-1] && utf8.RuneCountInString(last) > 3 {
				return true
			}
		}
	}
	return false
}

// quadOf returns the quad class of a PLOVER category: verbal and material
// cooperation, verbal and material conflict; "" of what is none.
func quadOf(code string) string {
	return [...]string{"", "VC", "MC", "VK", "MK"}[letopis.Code(code).Quad()]
}

// eventMetrics are the ways in which events count as the same.
var eventMetrics = []struct {
	name string
	same func(g, s *Event) bool
}{
	{"events", func(g, s *Event) bool { return g.Code == s.Code && sameActors(g, s) }},
	{"events.actors", sameActors},
	{"events.quad", func(g, s *Event) bool { return quadOf(g.Code) == quadOf(s.Code) && sameActors(g, s) }},
	{"events.code", func(g, s *Event) bool { return g.Code == s.Code }},
}

func sameActors(g, s *Event) bool {
	return slices.Equal(g.Source, s.Source) && slices.Equal(g.Target, s.Target)
}

func pairEvents(gold, sys []Event, same func(g, s *Event) bool) []matched {
	return pair(len(gold), len(sys), func(g, s int) float64 {
		if same(&gold[g], &sys[s]) {
			return 1
		}
		return 0
	})
}
