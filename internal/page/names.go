package page

import (
	"unicode"
	"unicode/utf8"

	"letopis"
	"letopis/internal/kb"
)

// Name is one place of the text that names something: a person, place, organisation, event or thing.
type Name struct {
	First, Last int          // words, both included
	Type        letopis.Type // by the recogniser, or by the knowledge base where it knows better
	Base        string       // dictionary form; as written where none is known
	Kb          string       // id of the knowledge base, or ""
	Country     string       // code of the country or body that it is or belongs to, or ""
	Stands      kb.Kind      // capital or seat where the name is one of a country, which it may stand for; or ""
}

// surname is what is known of a word as the last part of persons' names: the first
// word of the earliest such name among those seen so far.
type surname struct{ seen, first int }

// layNames takes over the names that the analysis found and lets the knowledge base
// add countries, bodies and outlets that it missed.
func (pg *Page) layNames() {
	for i := range pg.Analysis.Names {
		n := &pg.Analysis.Names[i]
		first := pg.at(n.Start)
		last := pg.barePossessive(first, pg.at(n.End)-1)
		if first >= len(pg.Words) || last < first || pg.overlapsName(first, last) {
			continue
		}
		pg.addName(Name{First: first, Last: last, Type: letopis.Type(n.Type), Base: n.Base})
	}
	pg.layKnowledge()
	if pg.Analysis.Names == nil {
		pg.properRuns()
	}
	pg.orderNames()
}

// properRuns takes runs of proper nouns as names where the analysis brought none:
// another parser's, or a language without a recogniser.
func (pg *Page) properRuns() {
	known := map[string]*surname{}
	for i := 0; i < len(pg.Words); i++ {
		if !pg.proper(i) {
			continue
		}
		last := i
		for n := pg.properNext(last); n > 0; n = pg.properNext(last) {
			last += n
		}
		pg.addName(Name{First: i, Last: last, Type: pg.typeOfRun(i, last, known), Base: pg.baseOfRun(i, last)})
		i = last
	}
}

// properNext tells how many words further the next word of the same name is, 0 for none: a proper noun,
// also behind a hyphen ("Al-Maeena") or a particle of names ("van der …").
func (pg *Page) properNext(j int) int {
	in := func(k int) bool { return k < len(pg.Words) && pg.Words[k].Sent == pg.Words[j].Sent }
	switch {
	case !in(j + 1):
		return 0
	case pg.proper(j + 1):
		return 1
	case pg.tied(j+1) && pg.proper(j+2):
		return 2
	case !pg.Words[j+1].Is(NamePart):
		return 0
	case in(j+2) && pg.proper(j+2):
		return 2
	case pg.tied(j+2) && pg.proper(j+3):
		return 3
	}
	return 0
}

// typeOfRun takes two or more capitalised words, one beside an office and a surname met
// before for a person, the rest for an organisation.
func (pg *Page) typeOfRun(first, last int, known map[string]*surname) letopis.Type {
	beside := first > 0 && pg.Words[first-1].Sent == pg.Words[first].Sent && (pg.IsOffice(first-1) || pg.Words[first-1].Is(Kin))
	if last > first && !pg.Words[first].Acronym() || beside || first == last && pg.isSurname(first, known) {
		return letopis.Person
	}
	return letopis.Organisation
}

// baseOfRun is the lemma of a single word, else what is written.
func (pg *Page) baseOfRun(first, last int) string {
	if w := &pg.Words[first]; first == last && w.Lemma != "" && !w.Acronym() {
		return Titled(w.Lemma)
	}
	return pg.Text[pg.Words[first].Start:pg.Words[last].End]
}

// tied reports whether word i is a hyphen that ties the words beside it: Al-Maeena.
func (pg *Page) tied(i int) bool {
	return i > 0 && i+1 < len(pg.Words) && pg.Words[i].Form == "-" && pg.Words[i-1].End == pg.Words[i].Start && pg.Words[i].End == pg.Words[i+1].Start && pg.Words[i+1].Sent == pg.Words[i].Sent
}

// isSurname reports whether word i is the last part of a person's name
// met before. known keeps what was found, so that each word looks at each name once.
func (pg *Page) isSurname(i int, known map[string]*surname) bool {
	s := known[pg.Words[i].Lower]
	if s == nil {
		s = &surname{first: len(pg.Words)}
		known[pg.Words[i].Lower] = s
	}
	for ; s.seen < len(pg.Names); s.seen++ {
		m := &pg.Names[s.seen]
		if m.Type == letopis.Person && m.Last > m.First && m.First < s.first && SameStem(pg.Words[m.Last].Lower, pg.Words[i].Lower) {
			s.first = m.First
		}
	}
	return s.first < i
}

// proper reports whether word i is a proper noun that nothing has named yet.
func (pg *Page) proper(i int) bool {
	t := &pg.Words[i]
	return t.UPOS == "PROPN" && t.Capital() && t.Name < 0 && t.Outlet == 0 && !pg.IsOffice(i)
}

func (pg *Page) overlapsName(first, last int) bool {
	for i := first; i <= last; i++ {
		if pg.Words[i].Name >= 0 {
			return true
		}
	}
	return false
}

func (pg *Page) addName(m Name) {
	if m.Base == "" {
		m.Base = pg.Text[pg.Words[m.First].Start:pg.Words[m.Last].End]
	}
	for i := m.First; i <= m.Last; i++ {
		pg.Words[i].Name = len(pg.Names)
	}
	pg.Names = append(pg.Names, m)
}

// orderNames sorts the names by place, keeping the words' links true.
func (pg *Page) orderNames() {
	old := pg.Names
	pg.Names = make([]Name, 0, len(old))
	for i := 0; i < len(pg.Words); i++ {
		n := pg.Words[i].Name
		if n < 0 {
			continue
		}
		m := old[n]
		for k := m.First; k <= m.Last; k++ {
			pg.Words[k].Name = len(pg.Names)
		}
		pg.Names = append(pg.Names, m)
		i = m.Last
	}
}

// Titled returns a word with a capital first letter: some treebanks write the
// lemmas of names without.
func Titled(s string) string {
	c, w := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(c)) + s[w:]
}

// SameStem reports whether two words differ at most in a short ending.
func SameStem(a, b string) bool {
	if a == b {
		return true
	}
	x, y := []rune(a), []rune(b)
	n := 0
	for n < len(x) && n < len(y) && x[n] == y[n] {
		n++
	}
	return n >= 4 && len(x)-n <= 2 && len(y)-n <= 2 || n >= 3 && len(x)-n <= 1 && len(y)-n <= 1 && n+1 >= len(x)
}
