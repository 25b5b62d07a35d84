package chronicle

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"letopis"
)

// reversible are the codes of which it is disputed who began: told the other way round
// by another origin, the same may be meant.
var reversible = map[letopis.Code]bool{letopis.Assault: true}

// blockKey names the block of findings that an event is compared with: those that it can
// be the same as, and those that can contradict it.
func (m *member) blockKey() string {
	key := m.sameKey()
	if m.Modality == letopis.Negated {
		key = strings.Replace(key, string(letopis.Negated), string(letopis.Actual), 1)
	}
	if reversible[m.Code] && m.interstate() && len(m.SourceC) == 1 && m.SourceC[0] > m.TargetC[0] {
		key = strings.Replace(key, m.SourceC[0]+">"+m.TargetC[0], m.TargetC[0]+">"+m.SourceC[0], 1)
	}
	return key
}

// sameKey names the findings that an event can be the same as.
func (m *member) sameKey() string {
	sides := strings.Join(m.SourceC, ",") + ">" + strings.Join(m.TargetC, ",")
	if m.Code.Symmetric() {
		sides = strings.Join(set(slices.Concat(m.SourceC, m.TargetC)), ",")
	}
	if strings.Trim(sides, ">") == "" {
		// No countries: the names must do.
		for _, p := range slices.Concat(m.Source, m.Target) {
			sides += " " + p.key()
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
	named       map[string]int  // persons, and how many members name them
	naming      int             // members that name persons
	cues        map[string]bool // what the members call the event, by language and stem
}

// Bounds of a name that comes up all the time: on so many days of publication in a
// block, and on no less than this share of its days.
const (
	commonDays  = 15
	commonShare = 16
)

// findNames finds whom each finding of a block names beside its sides, and which names
// come up all the time in the block: those tell no event from another.
func findNames(block []*member) {
	persons := map[string]bool{}
	days, all := map[string]map[letopis.When]bool{}, map[letopis.When]bool{}
	for _, m := range block {
		for _, p := range m.persons {
			persons[p] = true
		}
		all[m.doc.Published] = true
		for _, k := range m.keysAndPersons() {
			if days[k] == nil {
				days[k] = map[letopis.When]bool{}
			}
			days[k][m.doc.Published] = true
		}
	}
	for _, m := range block {
		m.named = slices.Clone(m.persons)
		for _, k := range m.Keys {
			if name, ok := strings.CutPrefix(k, "n:"); ok && persons[name] {
				m.named = append(m.named, name)
			}
		}
		m.named = set(m.named)
		m.common = map[string]bool{}
		for _, k := range m.keysAndPersons() {
			if n := len(days[k]); n >= commonDays && n*commonShare >= len(all) {
				m.common[k] = true
			}
		}
	}
}

// keysAndPersons are the keys of a finding, persons as they stand among keys.
func (m *member) keysAndPersons() []string {
	all := slices.Clone(m.Keys)
	for _, p := range m.persons {
		all = append(all, "n:"+p)
	}
	return set(all)
}

// cueStem is what a finding calls its event: the longest word of its trigger without
// its ending, and the language.
func (m *member) cueStem() string {
	longest := []rune{}
	for _, t := range letopis.Terms(m.Cue) {
		if r := []rune(t); len(r) > len(longest) {
			longest = r
		}
	}
	if len(longest) == 0 {
		return ""
	}
	return m.doc.Lang + " " + string(longest[:min(len(longest), cueRunes)])
}

// cueRunes is how much of the beginning of two triggers must agree.
const cueRunes = 5

// about reports whether m may be about the persons of g: it names nobody, or one of
// those whom at least half of the members that name anybody do.
func (g *gathering) about(m *member) bool {
	if len(m.named) == 0 || g.naming == 0 {
		return true
	}
	return slices.ContainsFunc(m.named, func(p string) bool { return 2*g.named[p] >= g.naming })
}

// groupBlock groups the events of a block, and finds those that contradict each other.
func groupBlock(block []*member, cl *claims) ([]group, []contradiction) {
	findNames(block)
	parts := map[string][]*member{}
	for _, m := range block {
		k := m.sameKey()
		parts[k] = append(parts[k], m)
	}
	var all []*gathering
	for _, k := range slices.Sorted(maps.Keys(parts)) {
		all = append(all, gather(parts[k], cl)...)
	}
	groups := make([]group, len(all))
	for i, g := range all {
		groups[i] = g.members
	}
	if len(parts) < 2 {
		return groups, nil
	}
	return groups, contradictions(all, cl)
}

// gather groups events that can be the same.
func gather(block []*member, cl *claims) []*gathering {
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
			best = &gathering{first: m.first, last: m.last, docs: map[letopis.ID]bool{}, named: map[string]int{}, cues: map[string]bool{}}
			all = append(all, best)
			if m.dated() && m.exact() {
				byDay[m.first] = append(byDay[m.first], best)
			} else {
				wide = append(wide, best)
			}
		}
		best.add(m)
	}
	return all
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
	g.cues[m.cueStem()] = true
	for _, p := range m.named {
		g.named[p]++
	}
	g.naming += b2i(len(m.named) > 0)
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
//	3  a person that both name, 4 several; 2 where they are named all the time
//	4  reports of the same wire story
//	2  the same day; 1 days that overlap or touch
//	2  the same two states meet or agree; 1 other acts between two states
//	2  each name or number that both sentences have (two at most), beside the persons
//	3  sentences that share a third of their words
//	1  the same word for what happened
//	1  the same country as the place
//	1  a recollection for which there is one event only in its time
//	1  two recollections of the same month or other time
//
// So two states that meet on one day are one meeting; an act needs a day and a
// person, name or number; and what is only known to the month needs two of them.
// Names and numbers that come up all the time in what two countries do say nothing. A
// finding without a date of its own needs the same word for it, or several persons.
const enough = 4

// domestic is what an event inside one country needs beside enough: the same persons
// act there every day, so a person and a day do not make one event yet.
const domestic = 2

// enough is the score that joins m to an event.
func (m *member) enough() int {
	n := enough
	if len(set(slices.Concat(m.SourceC, m.TargetC))) == 1 {
		n += domestic
	}
	return n
}

// likeness is what a finding has in common with the members of a gathering.
type likeness struct {
	story   bool // a report of the same wire story has the sentence
	words   bool // some member shares a third of its words
	place   bool // the same country as the place
	persons int  // whom both name
	telling int  // those of them who do not come up all the time
}

// known reports whether the words or the persons say by themselves that it is one event.
func (l *likeness) known() bool { return l.story || l.words || l.telling > 0 || l.persons > 1 }

// like compares m with the members of g; ok is false where m contradicts one of them.
func (g *gathering) like(m *member) (l likeness, ok bool) {
	for i, o := range g.members {
		if m.contradicts(o) {
			return l, false
		}
		if o.doc.story == m.doc.story {
			// A copy has the sentence too; another of its sentences is another event.
			l.story = l.story || o.doc.Lang != m.doc.Lang || jaccard(o.terms, m.terms) >= 33
		}
		l.place = l.place || o.PlaceCountry != "" && o.PlaceCountry == m.PlaceCountry
		if i < 8 && !l.words && o.doc.Lang == m.doc.Lang {
			l.words = jaccard(o.terms, m.terms) >= 33
		}
	}
	l.persons = shared(m.persons, g.persons)
	for _, p := range m.persons {
		if _, ok := slices.BinarySearch(g.persons, p); ok && !m.common["n:"+p] {
			l.telling++
		}
	}
	return l, g.about(m)
}

// contradicts reports whether two findings cannot be one event: other people did it, or
// had it done to them, or it was elsewhere or of another mode.
func (m *member) contradicts(o *member) bool {
	if (o.doc.story != m.doc.story || o.doc.Lang == m.doc.Lang) && (others(m.agents, o.agents) || others(m.patients, o.patients)) {
		return true
	}
	return o.PlaceCountry != "" && m.PlaceCountry != "" && o.PlaceCountry != m.PlaceCountry ||
		o.Mode != "" && m.Mode != "" && o.Mode != m.Mode
}

// score says how much speaks for m being the event of g; 0 where anything contradicts.
func score(m *member, g *gathering, cl *claims) int {
	if g.docs[m.item.Doc] || cl.apart(m, g.members) {
		return 0 // one record tells an event once
	}
	l, ok := g.like(m)
	if !ok {
		return 0
	}
	points := 0
	if cue := m.cueStem(); cue != "" && g.cues[cue] {
		points++
	} else if m.When == "" && !l.story && l.telling < 2 && m.doc.Lang == g.members[0].doc.Lang {
		return 0
	}
	t := timePoints(m, g, l.known())
	if t == 0 {
		return 0
	}
	if t == 2 || m.Recalled || !m.dated() || m.last-m.first <= 7 {
		points += t // that news lies in the same month or year says nothing
	}
	if l.persons > 0 {
		points += 2 + min(2, l.telling)
	}
	points += 4*b2i(l.story) + 3*b2i(l.words) + b2i(l.place)
	if m.Recalled && g.members[0].Recalled && m.dated() && !m.exact() && m.first == g.first && m.last == g.last {
		points++
	}
	points += 2 * min(2, m.sharedBeside(g.keys))
	if t == 2 && m.interstate() {
		points += 1 + b2i(m.Code.Symmetric())
	}
	return points
}

// others reports whether two sets of people are known and have nobody in common.
func others(a, b []string) bool { return len(a) > 0 && len(b) > 0 && shared(a, b) == 0 }

// timePoints compares times. Neighbouring days are one only where who took part or the
// words say so (known): evening news is dated by the next morning.
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

// sharedBeside counts the keys of m among others that are none of its persons and do
// not come up all the time.
func (m *member) sharedBeside(others []string) int {
	n := 0
	for _, k := range m.Keys {
		if _, ok := slices.BinarySearch(others, k); !ok || m.common[k] {
			continue
		}
		if name, ok := strings.CutPrefix(k, "n:"); ok {
			if _, ok := slices.BinarySearch(m.persons, name); ok {
				continue
			}
		}
		n++
	}
	return n
}
