package chronicle

import (
	"cmp"
	"slices"

	"letopis"
)

// speakerKey names who speaks, whatever the script; an office without a name is
// known by its country only.
func (m *member) speakerKey() string {
	if len(m.Source) > 0 && m.Source[0].Type != "" {
		return m.Source[0].key()
	}
	if len(m.SourceC) > 0 {
		return "of " + m.SourceC[0]
	}
	if m.Speaker == "" && m.dated() {
		return "?" + m.month()
	}
	return "?" + plain(m.Speaker)
}

// year is the year in which a statement was said, or else recalled; "" where neither is
// known. Words said on days far apart are two statements anyway, and those of one
// speaker in all years would be too many to fold together.
func (m *member) year() string {
	if m.dated() {
		return m.month()[:4]
	}
	_, day := m.doc.Published.Days()
	return day[:min(4, len(day))]
}

// Bounds of the search for the same words: of its rarest words, and of the
// statements that have one of them.
const (
	rarest   = 8
	maxFound = 200
)

// groupWords groups the statements of one speaker. The fullest wording opens a
// group, and shorter ones and translations join it.
func groupWords(block []*member, cl *claims) []group {
	slices.SortFunc(block, func(a, b *member) int {
		return cmp.Or(cmp.Compare(len(b.terms), len(a.terms)), a.doc.Published.Compare(b.doc.Published), a.item.Compare(b.item))
	})
	frequency := map[string]int{}
	for _, m := range block {
		for _, t := range m.terms {
			frequency[t]++
		}
	}
	var all []*gathering
	byWord := map[string][]*gathering{} // by the words of its members
	byStory := map[*story][]*gathering{}
	for _, m := range block {
		var best *gathering
		most := 0
		for _, g := range wordCandidates(m, frequency, byWord, byStory) {
			if s := sameWords(m, g, cl); s > most {
				best, most = g, s
			}
		}
		if best == nil {
			best = &gathering{docs: map[letopis.ID]bool{}}
			all = append(all, best)
			for _, t := range m.terms {
				byWord[t] = append(byWord[t], best)
			}
		}
		best.members = append(best.members, m)
		best.docs[m.item.Doc] = true
		byStory[m.doc.story] = append(byStory[m.doc.story], best)
	}
	groups := make([]group, len(all))
	for i, g := range all {
		groups[i] = g.members
	}
	return groups
}

// wordCandidates are the gatherings whose fullest wording has one of the rarest
// words of m, and those with a report of the same wire story.
func wordCandidates(m *member, frequency map[string]int, byWord map[string][]*gathering, byStory map[*story][]*gathering) []*gathering {
	words := slices.Clone(m.terms)
	slices.SortFunc(words, func(a, b string) int { return cmp.Or(cmp.Compare(frequency[a], frequency[b]), cmp.Compare(a, b)) })
	found := slices.Clone(byStory[m.doc.story])
	for _, w := range words[:min(rarest, len(words))] {
		if len(found) > maxFound {
			break
		}
		g := byWord[w]
		found = append(found, g[:min(len(g), maxFound)]...)
	}
	return found
}

// sameWords says how much of the wordings agrees, in percent, and 0 where they
// are not the same statement.
func sameWords(m *member, g *gathering, cl *claims) int {
	if g.docs[m.item.Doc] || cl.apart(m, g.members) {
		return 0
	}
	best := 0
	for i, o := range g.members {
		if m.dated() && o.dated() && (m.first > o.last+2 || o.first > m.last+2) {
			return 0 // said again on another occasion
		}
		if i >= 8 {
			continue
		}
		if s := wording(m, o); s > best {
			best = s
		}
	}
	return best
}

// wording compares two statements of one speaker. Words given as said may be
// quoted in part; in another language, the place in the same wire story decides.
func wording(m, o *member) int {
	if m.doc.Lang != o.doc.Lang {
		if m.doc.story == o.doc.story && m.rank == o.rank && (m.Words == letopis.Indirect) == (o.Words == letopis.Indirect) &&
			2*min(len(m.terms), len(o.terms)) >= max(len(m.terms), len(o.terms)) && slices.Equal(onlyNumbers(m.Keys), onlyNumbers(o.Keys)) {
			return 50
		}
		return 0
	}
	n := shared(m.terms, o.terms)
	shorter := min(len(m.terms), len(o.terms))
	if n == 0 {
		return 0
	}
	if contained := 100 * n / shorter; shorter >= 5 && contained >= 80 {
		return contained
	}
	if like := jaccard(m.terms, o.terms); like >= 60 && (shorter >= 3 || m.doc.story == o.doc.story) {
		return like
	}
	return 0
}
