package nlp

import (
	"slices"

	"letopis/internal/ud"
)

// This file mends the names that the labels make where their neighbours tell more than the weights: marks
// at the edges pair, a given name begins a person, initials stay with their surname, and a
// nickname is a person's.

// Bits of the list classes of a word, as training numbers them (names_lists.go of package train).
const (
	listedGiven   = 1 << 0
	listedCountry = 1<<1 | 1<<2
	listedPlace   = listedCountry | 1<<7
	listedTitle   = 1 << 5
	listedOrg     = 1 << 6
	listedBody    = 1<<8 | 1<<9
	listedSurname = 1 << 14
)

// Labels of persons.
const (
	beginsPerson = 1
	insidePerson = 2
)

// mender mends the labels of one sentence, whose tokens are the words [from, to) of the text.
type mender struct {
	text     string
	s        *ud.Sentence
	words    []nameWord
	labels   []int8
	rules    *NameRules
	capitals bool // only names have capitals inside a sentence
}

// mend mends the labels of all sentences.
func (n *Names) mend(text string, a *ud.Analysis, b *nameBuffer) {
	if n.rules == nil {
		return
	}
	si := 0
	b.text.Sentences(func(from, to int) {
		m := &mender{text: text, s: &a.Sentences[si], words: b.text.words[from:to], labels: b.labels[from:to], rules: n.rules, capitals: n.rules.capitals}
		si++
		if !slices.ContainsFunc(m.words, func(w nameWord) bool { return w.cap }) {
			return
		}
		m.headline()
		m.initials()
		m.given()
		m.fullNames()
		m.particles()
		m.surnameFirst()
		m.holders()
		m.geographic()
		m.joined()
		m.coordination()
		m.directions()
		m.bodies()
		m.beforePerson()
		m.phrases()
		m.inQuotes()
		m.media()
		m.streets()
		m.nicknames()
		m.edges()
	})
}

// end returns where the name that begins at word i ends, half open.
func (m *mender) end(i int) int {
	j := i + 1
	for j < len(m.labels) && m.labels[j] > 0 && m.labels[j]%2 == 0 {
		j++
	}
	return j
}

// begins reports whether a name of type y begins at word i.
func (m *mender) begins(i, y int) bool { return m.labels[i] == int8(1+2*y) }

// set makes words [i, j) one name of type y.
func (m *mender) set(i, j, y int) {
	for k := i; k < j; k++ {
		m.labels[k] = int8(2 + 2*y)
	}
	m.labels[i] = int8(1 + 2*y)
	// What went on from a name that is now cut short begins anew.
	if j < len(m.labels) && m.labels[j] > 0 && m.labels[j]%2 == 0 {
		m.labels[j]--
	}
}

// plain reports whether word k is written as a name is: with a capital and small letters.
func (m *mender) plain(k int) bool {
	switch m.words[k].shape &^ shapeLatin {
	case shapeTitle, shapeHyphen:
		return m.words[k].cap
	}
	return false
}

func (m *mender) initial(k int) bool {
	return k < len(m.words) && m.words[k].shape&^shapeLatin == shapeInitial
}

// initials keeps two initials with the surname before them: "Иванова И. И."
func (m *mender) initials() {
	if !m.capitals {
		return
	}
	for i := 0; i+2 < len(m.words); i++ {
		if !m.plain(i) || m.words[i].first && !m.begins(i, 0) || !m.initial(i+1) || !m.initial(i+2) || !m.properly(i) {
			continue
		}
		if m.labels[i] > 0 && m.labels[i]%2 == 0 && i > 0 && m.plain(i-1) {
			continue // a given name stands before: "Иван Петров"
		}
		m.set(i, i+3, 0)
		for k := i + 3; k < len(m.labels) && m.labels[k] > 0 && m.labels[k] <= insidePerson; k++ {
			m.labels[k] = 0
		}
	}
}

// properly reports whether the tagger takes word k for a name, or the recogniser did.
func (m *mender) properly(k int) bool {
	return m.labels[k] > 0 || m.s.Words[m.s.Tokens[k].First].UPOS == "PROPN"
}

// given gives a person of one word the given name before it that stands outside names, or alone as
// a place: "Август Вебер", "Йордан Меркел".
func (m *mender) given() {
	if !m.capitals {
		return
	}
	for i := 1; i < len(m.words); i++ {
		k := i - 1
		if !m.begins(i, 0) || !m.plain(k) || m.words[k].loud || !m.properly(k) && !m.isGiven(k) {
			continue
		}
		alone := m.labels[k] == 0 || m.labels[k]%2 == 1 && m.labels[k] != beginsPerson
		if !alone || m.isGiven(i) || m.words[k].first && !m.isGiven(k) {
			continue
		}
		if m.labels[k] > 0 && !m.isGiven(k) {
			continue
		}
		m.set(k, m.end(i), 0)
	}
}

// joined lets a given name inside a name of something else begin a person, and a place
// before a given name end before it: "Европейской палаты Анна Белкина", "Аляска Том Белинг".
func (m *mender) joined() {
	for i := 0; i < len(m.words); i++ {
		if m.labels[i]%2 != 1 {
			continue
		}
		j, y := m.end(i), int(m.labels[i]-1)/2
		for k := i + 1; k < j; k++ {
			if !m.isGiven(k) || m.words[k].quoted || !m.plain(k) || m.words[k-1].shape == shapeMark || !m.goesOn(k, j) {
				continue
			}
			switch {
			case y == 0 && k == i+1 && m.placeBefore(i):
				m.set(i, k, 1)
			case y == 0 && k == i+1 && m.rules.dict == nil && m.capitals && i > 0 && m.word(i-1).UPOS == "ADP" && !m.isGiven(i):
				m.labels[i] = 0 // "министърът за Брекзит Доминик Белинг"
			case y == 1 || y == 2:
			default:
				continue
			}
			m.set(k, j, 0)
			break
		}
	}
}

// goesOn reports whether a given name at word k goes on with a surname, in a name that ends before word j.
func (m *mender) goesOn(k, j int) bool {
	if k+1 < j {
		return m.plain(k+1) || m.particle(k+1)
	}
	return j < len(m.words) && (m.begins(j, 0) || m.particle(j) && j+1 < len(m.words))
}

// placeBefore reports whether the first word of a person's name is rather a place: listed as one, or after a
// preposition in a language in which the surname stands last.
func (m *mender) placeBefore(i int) bool {
	if m.isGiven(i) {
		return false
	}
	return m.words[i].list&listedPlace != 0 || m.rules.dict == nil && i > 0 && m.is("of", i-1)
}

// nicknames makes persons of names in quotation marks that a word of nicknames announces, and one
// person of a name with its nickname inside: Стоян „Вълка“ Петков.
func (m *mender) nicknames() {
	for o := 1; o+2 < len(m.words); o++ {
		c := m.closing(o, 3)
		if c < 0 || !m.words[o+1].cap && !m.words[c-1].cap {
			continue
		}
		switch {
		case m.announced(o - 1):
			m.name(o+1, c, 0)
		case m.plain(o-1) && (m.begins(o-1, 0) || m.isGiven(o-1)) && m.end(o-1) <= o+1 && c+1 < len(m.words) && m.plain(c+1):
			m.set(o-1, max(c+2, m.end(c+1)), 0)
		}
	}
}

// announced reports whether word k announces a nickname: "nicknamed", "known as".
func (m *mender) announced(k int) bool {
	return m.is("nickname", k) || k > 0 && m.is("like", k) && m.is("nickname", k-1)
}

// is reports whether word k is in the set of a rule.
func (m *mender) is(rule string, k int) bool {
	return m.rules.is(rule, &m.s.Words[m.s.Tokens[k].First])
}

func (m *mender) quote(k int) bool {
	t := m.s.Tokens[k]
	return m.words[k].shape == shapeMark && quoteMark(m.text[t.Start:t.End])
}

// edges cuts or completes marks of quotation that do not pair inside a name.
func (m *mender) edges() {
	for i := 0; i < len(m.words); i++ {
		if m.labels[i]%2 != 1 {
			continue
		}
		j := m.end(i)
		marks := 0
		for k := i; k < j; k++ {
			if m.quote(k) {
				marks++
			}
		}
		if marks%2 == 0 {
			continue
		}
		y := int(m.labels[i]-1) / 2
		switch {
		case m.quote(j-1) && j-1 > i:
			m.labels[j-1] = 0
		case m.quote(i) && i+1 < j:
			m.labels[i] = 0
			m.set(i+1, j, y)
		case j < len(m.words) && m.quote(j) && m.labels[j] == 0:
			m.labels[j] = int8(2 + 2*y)
		}
	}
}
