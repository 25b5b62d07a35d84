package page

import (
	"letopis"
	"letopis/internal/kb"
	"strings"
	"unicode/utf8"
)

// fitNames makes the names that the analysis found fit a longer one that the knowledge base knows by its
// exact words: "Bosnia" and "Herzegovina" become one, "Ван" goes on to "Ван И", and a name that runs
// into it ends before it.
func (pg *Page) fitNames(m kb.Match) {
	person := m.Kind == kb.KindPerson
	typ := letopis.Location
	switch m.Kind {
	case kb.KindPerson:
		typ = letopis.Person
	case kb.KindCountry:
	case kb.KindBody, kb.KindInstitution:
		typ = letopis.Organisation
	default:
		return
	}
	if m.Last == m.First || m.Ambiguous || pg.inMarks(m.First, m.Last) {
		return
	}
	head := -1 // the name that is to be the known one
	for i := m.First; i <= m.Last; i++ {
		k := pg.Words[i].Name
		if k < 0 || k == head {
			continue
		}
		n := &pg.Names[k]
		switch {
		case n.Last > m.Last || n.First < m.First && !person:
			return // part of a longer name
		case n.First < m.First:
			if n.Type != letopis.Person || !pg.cutName(n, m.First) {
				return
			}
		case head < 0 && (!person || n.First == m.First):
			head = k
		case head < 0:
			return // "Mrs May": the title is no part of the name
		default:
			for j := n.First; j <= n.Last; j++ {
				pg.Words[j].Name = head
			}
		}
	}
	if head < 0 {
		return
	}
	n := &pg.Names[head]
	n.First, n.Last, n.Type = m.First, m.Last, typ
	for i := m.First; i <= m.Last; i++ {
		pg.Words[i].Name = head
	}
}

// cutName ends a name before word i, and its dictionary form with it; false where the form has other words.
func (pg *Page) cutName(n *Name, i int) bool {
	base := strings.Fields(n.Base)
	if len(base) != n.Last-n.First+1 {
		return false
	}
	n.Base = strings.Join(base[:i-n.First], " ")
	for k := i; k <= n.Last; k++ {
		pg.Words[k].Name = -1
	}
	n.Last = i - 1
	return true
}

// barePossessive returns the last word of a name without the possessive ending that its token has: Turkey 's.
func (pg *Page) barePossessive(first, last int) int {
	if last > first && pg.Words[last].Start == pg.Words[last-1].End && apostrophe(pg.Words[last].Form) && (pg.Words[last].UPOS == "PART" || utf8.RuneCountInString(pg.Words[last].Form) == 1) {
		return last - 1
	}
	return last
}

// apostrophe reports whether a word begins with one.
func apostrophe(form string) bool {
	return strings.HasPrefix(form, "'") || strings.HasPrefix(form, "’")
}
