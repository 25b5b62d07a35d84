package chronicle

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"letopis"
)

// count is a number in the words of an event and what it counts: the word after it.
type count struct {
	Number string `json:"n"`
	Of     string `json:"of"`
}

// Bounds of counts: of an event, and of the word's beginning that must agree, so that
// "killed" in two cases is one thing that is counted.
const (
	maxCounts = 8
	stemRunes = 4
)

// counts are the numbers in a range that stand before a word and belong to no date.
func (x *digester) counts(r letopis.Range) []count {
	text := []rune(r.Text)
	for _, t := range x.rec.Dates {
		if r.Contains(t.Span) {
			for i := t.Start - r.Start; i < t.End-r.Start && i < len(text); i++ {
				text[i] = '.'
			}
		}
	}
	var all []count
	terms := letopis.Terms(string(text))
	for i := 0; i < len(terms) && len(all) < maxCounts; i++ {
		n := ""
		for ; i < len(terms) && isDigits(terms[i]) && (n == "" || len(terms[i]) == 3); i++ {
			n += terms[i] // 12 000
		}
		if n == "" || len(n) > 9 || i == len(terms) || isDigits(terms[i]) || utf8.RuneCountInString(terms[i]) < stemRunes {
			continue
		}
		all = append(all, count{n, terms[i]})
	}
	return all
}

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// versions are the numbers that different origins of an event give for the same thing.
// What one origin gives twice otherwise is its latest word. Languages are not compared.
func versions(g group) []letopis.Version {
	type telling struct {
		about, number, origin, key string
		at                         letopis.When
	}
	told := map[string][]telling{} // by language and the beginning of the word
	for _, m := range g {
		for _, c := range m.Counts {
			runes := []rune(c.Of)
			k := m.doc.Lang + " " + string(runes[:min(stemRunes, len(runes))])
			told[k] = append(told[k], telling{c.Of, c.Number, m.doc.story.Origin, m.doc.story.Key, m.doc.Published})
		}
	}
	var all []letopis.Version
	keys := make([]string, 0, len(told))
	for k := range told {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		last := map[string]telling{}
		for _, t := range told[k] {
			if was, ok := last[t.key]; !ok || cmp.Or(t.at.Compare(was.at), strings.Compare(t.number, was.number)) > 0 {
				last[t.key] = t
			}
		}
		numbers := map[string][]string{}
		for _, t := range last {
			numbers[t.number] = append(numbers[t.number], cmp.Or(t.origin, t.key))
		}
		if len(numbers) < 2 {
			continue
		}
		about := told[k][0].about
		var some []letopis.Version
		for n, origins := range numbers {
			some = append(some, letopis.Version{About: about, Number: n, Origins: set(origins)})
		}
		slices.SortFunc(some, func(a, b letopis.Version) int {
			return cmp.Or(cmp.Compare(len(a.Number), len(b.Number)), strings.Compare(a.Number, b.Number))
		})
		all = append(all, some...)
	}
	return all
}

// contradiction is two events, by one report of each, of which one says the contrary.
type contradiction struct {
	a, b letopis.Item
	how  letopis.Contrary
}

// maxOpposites bounds the entries that one entry is said to contradict.
const maxOpposites = 8

// contradictions finds, among the events of a block, those of one day that would be one
// if the one were not negated, or did not name the sides the other way round. Both must
// have an origin of their own: who tells both himself means two things.
func contradictions(all []*gathering, cl *claims) []contradiction {
	byDay, keys := map[int][]*gathering{}, map[*gathering]string{}
	for _, g := range all {
		if g.first == g.last {
			byDay[g.first] = append(byDay[g.first], g)
			keys[g] = g.members[0].sameKey()
		}
	}
	var found []contradiction
	for _, g := range all {
		if g.first != g.last {
			continue
		}
		m := g.members[0]
		n := 0
		for _, o := range byDay[g.first] {
			top := o.members[0]
			how := letopis.ContraryDenied
			x := m
			switch negated := (m.Modality == letopis.Negated) != (top.Modality == letopis.Negated); {
			case n == maxOpposites, keys[g] == keys[o], m.item.Compare(top.item) > 0:
				continue
			case reversible[m.Code] && !slices.Equal(m.SourceC, top.SourceC):
				if negated {
					continue
				}
				how = letopis.ContraryReversed
				turned := *m
				turned.agents, turned.patients = m.patients, m.agents
				x = &turned
			}
			if ownOrigins(g.members, o.members) && score(x, o, cl) >= x.enough() {
				found = append(found, contradiction{m.item, top.item, how})
				n++
			}
		}
	}
	return found
}

// ownOrigins reports whether each of two groups has an origin that the other has not.
func ownOrigins(a, b group) bool {
	lacks := func(a, b group) bool {
		return slices.ContainsFunc(a, func(m *member) bool {
			return !slices.ContainsFunc(b, func(o *member) bool { return o.doc.story.Key == m.doc.story.Key })
		})
	}
	return lacks(a, b) && lacks(b, a)
}

// oppose writes contradictions into the entries of groups, which are in the same order.
func oppose(entries []*letopis.Entry, groups []group, found []contradiction) {
	if len(found) == 0 {
		return
	}
	at := map[letopis.Item]int{}
	for i, g := range groups {
		for _, m := range g {
			at[m.item] = i
		}
	}
	add := func(to, from int, how letopis.Contrary) {
		e, o := entries[to], entries[from]
		if len(e.Against) == maxOpposites || slices.ContainsFunc(e.Against, func(x letopis.Opposite) bool { return x.Entry == o.ID }) {
			return
		}
		var origins []string
		for _, m := range groups[from] {
			origins = append(origins, cmp.Or(m.doc.story.Origin, m.doc.story.Key))
		}
		e.Against = append(e.Against, letopis.Opposite{Entry: o.ID, How: how, Text: o.Text, Origins: set(origins)})
	}
	for _, c := range found {
		if a, b := at[c.a], at[c.b]; a != b { // a claim may have made them one
			add(a, b, c.how)
			add(b, a, c.how)
		}
	}
}
