package read

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"letopis"
)

// name is one place that names something, in tokens first to last, both included.
type name struct {
	first, last int
	typ         letopis.Type
	base        string
	kb          string
	country     string
}

// findNames takes over the names that the analysis found and lets the knowledge base
// add countries, bodies and outlets that it missed.
func (r *reading) findNames() {
	for i := range r.a.Names {
		n := &r.a.Names[i]
		first := r.at(n.Start)
		last := r.at(n.End) - 1
		if first >= len(r.toks) || last < first || r.overlapsName(first, last) {
			continue
		}
		r.addName(name{first: first, last: last, typ: letopis.Type(n.Type), base: n.Base})
	}
	r.knowledge()
	if len(r.a.Names) == 0 {
		r.properRuns()
	}
	r.orderMentions()
}

// properRuns takes runs of proper nouns as names where the analysis brought none:
// another parser's, or a language without a recogniser. Two or more capitalised
// words, or one beside an office, are a person; the rest an organisation.
func (r *reading) properRuns() {
	known := map[string]*surname{}
	for i := 0; i < len(r.toks); i++ {
		if !r.proper(i) {
			continue
		}
		j := i
		for j+1 < len(r.toks) && r.toks[j+1].sent == r.toks[i].sent {
			switch {
			case r.proper(j + 1):
				j++
				continue
			case r.tied(j+1) && r.proper(j+2):
				j += 2
				continue
			case r.toks[j+1].is(clNamePart) && j+2 < len(r.toks) && r.toks[j+2].sent == r.toks[i].sent && r.proper(j+2):
				j += 2
				continue
			case r.toks[j+1].is(clNamePart) && r.tied(j+2) && r.proper(j+3):
				j += 3
				continue
			}
			break
		}
		typ := letopis.Organisation
		beside := i > 0 && r.toks[i-1].sent == r.toks[i].sent && (r.isOffice(i-1) || r.toks[i-1].is(clKin))
		if j > i && !r.toks[i].acronym() || beside {
			typ = letopis.Person
		}
		if i == j && typ == letopis.Organisation && r.isSurname(i, known) {
			typ = letopis.Person
		}
		base := r.text[r.toks[i].Start:r.toks[j].End]
		if i == j && r.toks[i].lemma != "" && !r.toks[i].acronym() {
			base = titled(r.toks[i].lemma)
		}
		r.addName(name{first: i, last: j, typ: typ, base: base})
		i = j
	}
}

// tied reports whether token i is a hyphen that ties the words beside it: Al-Maeena.
func (r *reading) tied(i int) bool {
	return i > 0 && i+1 < len(r.toks) && r.toks[i].form == "-" && r.toks[i-1].End == r.toks[i].Start && r.toks[i].End == r.toks[i+1].Start && r.toks[i+1].sent == r.toks[i].sent
}

// surname is what is known of a word as the last part of persons' names: the first
// token of the earliest such name among the mentions seen so far.
type surname struct{ seen, first int }

// isSurname reports whether the word at token i is the last part of a person's name
// met before. known keeps what was found, so that each word looks at each mention once.
func (r *reading) isSurname(i int, known map[string]*surname) bool {
	s := known[r.toks[i].lower]
	if s == nil {
		s = &surname{first: len(r.toks)}
		known[r.toks[i].lower] = s
	}
	for ; s.seen < len(r.names); s.seen++ {
		m := &r.names[s.seen]
		if m.typ == letopis.Person && m.last > m.first && m.first < s.first && sameStem(r.toks[m.last].lower, r.toks[i].lower) {
			s.first = m.first
		}
	}
	return s.first < i
}

func (r *reading) proper(i int) bool {
	t := &r.toks[i]
	return t.upos == "PROPN" && t.capital() && t.name < 0 && t.outlet == 0 && !r.isOffice(i)
}

func (t *tok) acronym() bool { return len(t.form) > 2 && strings.ToUpper(t.form) == t.form }

func (r *reading) overlapsName(first, last int) bool {
	for i := first; i <= last; i++ {
		if r.toks[i].name >= 0 {
			return true
		}
	}
	return false
}

func (r *reading) addName(m name) {
	if m.base == "" {
		m.base = r.text[r.toks[m.first].Start:r.toks[m.last].End]
	}
	for i := m.first; i <= m.last; i++ {
		r.toks[i].name = len(r.names)
	}
	r.names = append(r.names, m)
}

// orderMentions sorts the mentions by place, keeping the tokens' links true.
func (r *reading) orderMentions() {
	old := r.names
	r.names = make([]name, 0, len(old))
	for i := 0; i < len(r.toks); i++ {
		n := r.toks[i].name
		if n < 0 {
			continue
		}
		m := old[n]
		for k := m.first; k <= m.last; k++ {
			r.toks[k].name = len(r.names)
		}
		r.names = append(r.names, m)
		i = m.last
	}
}

// titled returns a word with a capital first letter: some treebanks write the
// lemmas of names without.
func titled(s string) string {
	c, w := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(c)) + s[w:]
}

// sameStem reports whether two words differ at most in a short ending.
func sameStem(a, b string) bool {
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
