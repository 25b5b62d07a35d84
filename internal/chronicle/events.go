package chronicle

import (
	"cmp"
	"slices"
	"strings"

	"letopis"
)

// symmetric are the codes whose sides can be told either way round: who met whom.
var symmetric = map[letopis.Code]bool{letopis.Consult: true, letopis.Cooperate: true, letopis.Agree: true}

// blockKey names the block of findings that an event can be the same as.
func (m *member) blockKey() string {
	sides := strings.Join(m.SourceC, ",") + ">" + strings.Join(m.TargetC, ",")
	if symmetric[m.Code] {
		sides = strings.Join(set(slices.Concat(m.SourceC, m.TargetC)), ",")
	}
	if strings.Trim(sides, ">") == "" {
		// No countries: the names must do.
		for _, p := range slices.Concat(m.Source, m.Target) {
			sides += " " + nameKey(p)
		}
	}
	if strings.Trim(sides, "> ") == "" && m.dated() {
		sides += m.month() // nobody is known: those of one month are enough to compare with
	}
	modality := m.Modality
	if modality == "" {
		modality = letopis.Actual
	}
	return string(m.Code) + " " + string(modality) + " " + sides
}

// interstate reports whether the event lies between two states and no more.
func (m *member) interstate() bool {
	return len(set(slices.Concat(m.SourceC, m.TargetC))) == 2
}

// gathering is a group while it grows, with what its members have in common.
type gathering struct {
	members     group
	first, last int // days on which all members may lie; as a member's
	persons     []string
	keys        []string
	docs        map[letopis.ID]bool
}

func groupBlock(block []*member, cl *claims) []group {
	// News before recollections, exact days before months: what is told best opens
	// the group, the rest joins it.
	slices.SortFunc(block, func(a, b *member) int {
		return cmp.Or(
			compareBool(a.Recalled, b.Recalled), compareBool(!a.dated(), !b.dated()),
			cmp.Compare(a.last-a.first, b.last-b.first), cmp.Compare(a.first, b.first),
			a.doc.Published.Compare(b.doc.Published), a.item.Compare(b.item))
	})
	var all []*gathering
	byDay := map[int][]*gathering{} // of exact days; the others are in wide
	var wide []*gathering
	for _, m := range block {
		var best *gathering
		most := 0
		near := candidates(m, all, byDay, wide)
		only := onlyNews(m, near)
		for _, g := range near {
			s := score(m, g, cl)
			if s > 0 && g == only {
				s++
			}
			if s > most {
				best, most = g, s
			}
		}
		if most < m.enough() {
			best = &gathering{first: m.first, last: m.last, docs: map[letopis.ID]bool{}}
			all = append(all, best)
			if m.dated() && m.exact() {
				byDay[m.first] = append(byDay[m.first], best)
			} else {
				wide = append(wide, best)
			}
		}
		best.add(m)
	}
	groups := make([]group, len(all))
	for i, g := range all {
		groups[i] = g.members
	}
	return groups
}

// onlyNews returns the one gathering with news that a recollection may mean; nil
// where there is none or a choice.
func onlyNews(m *member, near []*gathering) *gathering {
	if !m.Recalled || !m.dated() {
		return nil
	}
	var only *gathering
	for _, g := range near {
		if g.members[0].Recalled || g.first > m.last || m.first > g.last {
			continue // news comes first in a gathering
		}
		if only != nil {
			return nil
		}
		only = g
	}
	return only
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// candidates are the gatherings that lie near enough in time.
func candidates(m *member, all []*gathering, byDay map[int][]*gathering, wide []*gathering) []*gathering {
	if !m.dated() || m.last-m.first > 40 {
		return all
	}
	var near []*gathering
	for day := m.first - 1; day <= m.last+1; day++ {
		near = append(near, byDay[day]...)
	}
	return append(near, wide...)
}

func (g *gathering) add(m *member) {
	g.members = append(g.members, m)
	g.docs[m.item.Doc] = true
	g.persons = set(append(g.persons, m.persons...))
	g.keys = set(append(g.keys, m.Keys...))
	if !m.dated() {
		return
	}
	if g.first > g.last {
		g.first, g.last = m.first, m.last
	} else if f, l := max(g.first, m.first), min(g.last, m.last); f <= l {
		g.first, g.last = f, l
	}
}

// enough is the score from which a finding is the same event. What counts:
//
//	3  a person that both name
//	4  reports of the same wire story
//	2  the same day; 1 days that overlap or touch
//	2  the same two states meet or agree; 1 other acts between two states
//	2  each name or number that both sentences have (two at most), beside the persons
//	3  sentences that share a third of their words
//	1  the same country as the place
//	1  a recollection for which there is one event only in its time
//	1  two recollections of the same month or other time
//
// So two states that meet on one day are one meeting; an act needs a day and a
// person, name or number; and what is only known to the month needs two of them.
const enough = 4

// domestic is what an event inside one country needs beside enough: the same persons
// act there every day, so a person and a day do not make one event yet.
const domestic = 2

// enough is the score that joins m to an event.
func (m *member) enough() int {
	if len(set(slices.Concat(m.SourceC, m.TargetC))) == 1 {
		return enough + domestic
	}
	return enough
}

// score says how much speaks for m being the event of g; 0 where anything contradicts.
func score(m *member, g *gathering, cl *claims) int {
	if g.docs[m.item.Doc] || cl.apart(m, g.members) {
		return 0 // one record tells an event once
	}
	points := 0
	sameStory, alike, samePlace := false, false, false
	for i, o := range g.members {
		if o.doc.story == m.doc.story {
			// A copy has the sentence too; another of its sentences is another event.
			sameStory = sameStory || o.doc.Lang != m.doc.Lang || jaccard(o.terms, m.terms) >= 33
		} else if others(m.agents, o.agents) || others(m.patients, o.patients) {
			return 0 // other people did it, or had it done to them
		}
		if o.PlaceCountry != "" && m.PlaceCountry != "" {
			if o.PlaceCountry != m.PlaceCountry {
				return 0
			}
			samePlace = true
		}
		if o.Mode != "" && m.Mode != "" && o.Mode != m.Mode {
			return 0
		}
		if i < 8 && !alike && o.doc.Lang == m.doc.Lang {
			alike = jaccard(o.terms, m.terms) >= 33
		}
	}
	common := shared(m.persons, g.persons)
	if common > 0 {
		points += 3
	}
	t := timePoints(m, g, common > 0 || sameStory)
	if t == 0 {
		return 0
	}
	if t == 2 || m.Recalled || !m.dated() || m.last-m.first <= 7 {
		points += t // that news lies in the same month or year says nothing
	}
	if sameStory {
		points += 4
	}
	if alike {
		points += 3
	}
	if samePlace {
		points++
	}
	if m.Recalled && g.members[0].Recalled && m.dated() && !m.exact() && m.first == g.first && m.last == g.last {
		points++
	}
	points += 2 * min(2, sharedBeside(m.Keys, g.keys, m.persons))
	if t == 2 && m.interstate() {
		points++
		if symmetric[m.Code] {
			points++
		}
	}
	return points
}

// others reports whether two sets of people are known and have nobody in common.
func others(a, b []string) bool { return len(a) > 0 && len(b) > 0 && shared(a, b) == 0 }

// timePoints compares times. Neighbouring days are one only where who took part
// says so: evening news is dated by the next morning.
func timePoints(m *member, g *gathering, known bool) int {
	switch {
	case !m.dated() || g.first > g.last:
		if _, told, ok := dayNumbers(m.doc.Published); ok && m.Recalled && g.first <= g.last && g.first > told {
			return 0 // nobody recalls what is to come
		}
		if known {
			return 1
		}
		return 0
	case m.exact() && g.first == g.last && m.first == g.first:
		return 2
	case m.first <= g.last && g.first <= m.last:
		return 1
	case known && m.exact() && g.first == g.last && (m.first == g.first+1 || m.first == g.first-1):
		return 1
	}
	return 0
}

// sharedBeside counts the keys of both that are none of the persons.
func sharedBeside(a, b, persons []string) int {
	n := 0
	for _, k := range a {
		if _, ok := slices.BinarySearch(b, k); !ok {
			continue
		}
		if name, ok := strings.CutPrefix(k, "n:"); ok {
			if _, ok := slices.BinarySearch(persons, name); ok {
				continue
			}
		}
		n++
	}
	return n
}
