package nlp

import (
	"slices"
	"strings"

	"letopis/internal/ud"
)

// This file mends the names of one sentence by what words of the language say of them: rules of
// namerules.tsv and forms of the dictionary.

// word is the first syntactic word of token k.
func (m *mender) word(k int) *ud.Word { return &m.s.Words[m.s.Tokens[k].First] }

// low is token k in small letters.
func (m *mender) low(k int) string {
	t := &m.s.Tokens[k]
	return lower(m.text[t.Start:t.End])
}

// isGiven reports whether word k can be a given name.
func (m *mender) isGiven(k int) bool {
	low := lower(m.word(k).Form)
	s := m.rules.sets["given"]
	if s.has(low) {
		return true
	}
	kinds := m.rules.kinds(low)
	return m.words[k].list&listedCountry == 0 && kinds&kindGeo == 0 && (m.words[k].list&listedGiven != 0 || kinds&kindGiven != 0)
}

func (m *mender) particle(k int) bool { return !m.words[k].cap && m.is("particle", k) }

// named reports whether a word may be part of a name: inside sentences a capital says so where
// only names have them, elsewhere the tagger.
func (m *mender) named(k int) bool {
	return m.plain(k) && !m.words[k].loud && (m.capitals && !m.words[k].first || m.labels[k] > 0 || m.word(k).UPOS == "PROPN")
}

// name makes words [i, j) one name of type y; what it cuts of other names is none.
func (m *mender) name(i, j, y int) {
	a := i
	for a > 0 && m.labels[a] > 0 && m.labels[a]%2 == 0 {
		a--
	}
	if m.labels[i] > 0 && m.labels[i]%2 == 0 {
		for k := a; k < i; k++ {
			if m.words[k].shape == shapeMark {
				m.labels[k] = 0
			}
		}
	}
	e := j
	for e < len(m.labels) && m.labels[e] > 0 && m.labels[e]%2 == 0 {
		if m.words[e].shape != shapeMark {
			break
		}
		m.labels[e] = 0
		e++
	}
	m.set(i, j, y)
}

// alone reports whether word k is outside names or a name of one word.
func (m *mender) alone(k int) bool {
	return m.labels[k] == 0 || m.labels[k]%2 == 1 && m.end(k) == k+1
}

// fullNames makes a person of a given name and the word after it that is written as a name,
// where the recogniser has neither or a name of one word: "Рената Колева", "Майя Март".
func (m *mender) fullNames() {
	for i := 0; i+1 < len(m.words); i++ {
		k := i + 1
		if !m.plain(i) || m.words[i].loud || m.words[i].quoted || !m.isGiven(i) || !m.named(k) || m.is("direction", i) {
			continue
		}
		if !m.alone(i) || !m.alone(k) || m.words[k].list&(listedPlace|listedBody|listedOrg|listedTitle) != 0 && !m.surname(k) || m.begins(i, 0) && m.begins(k, 0) {
			continue
		}
		if !m.capitals && m.word(i).UPOS != "PROPN" || !m.words[i].first && i > 0 && m.words[i].list&listedPlace != 0 && m.word(i-1).UPOS == "ADP" {
			continue
		}
		if m.labels[k] > 0 && !m.begins(k, 0) && m.isGiven(k) {
			continue
		}
		j := k + 1
		for j < len(m.words) && j < i+4 && m.labels[j] == 0 && m.named(j) && m.rules.kinds(m.low(j))&(kindSurname|kindPatronymic) != 0 {
			j++
		}
		m.set(i, j, 0)
	}
}

// surname reports whether word k ends as surnames do.
func (m *mender) surname(k int) bool {
	low := m.low(k)
	for e := range m.rules.sets["surname"].words {
		if stem, ok := strings.CutSuffix(low, e); ok && !runesBelow(stem, 3) {
			return true
		}
	}
	return false
}

// holders makes a person of the surname after an office that looks like a place: "посол Иванова".
func (m *mender) holders() {
	for k := 1; k < len(m.words); k++ {
		if m.labels[k] == 3 && m.end(k) == k+1 && m.words[k-1].list&listedTitle != 0 && m.words[k].list&listedCountry == 0 &&
			m.rules.kinds(m.low(k))&kindSurname != 0 && m.feminine(k) {
			m.set(k, k+1, 0)
		}
	}
}

// feminine reports whether a word in the past feminine follows word k, as after a woman who does something.
func (m *mender) feminine(k int) bool {
	return k+1 < len(m.words) && m.word(k+1).UPOS == "VERB" && m.word(k+1).Feats.Get("Gender") == "Fem"
}

// particles lets a person's name go on behind its small words: "Том фон дер Берг".
func (m *mender) particles() {
	for p := 1; p < len(m.words); p++ {
		if !m.particle(p) || m.labels[p-1] == 0 && !m.isGiven(p-1) || !m.plain(p-1) {
			continue
		}
		q := p
		for q < len(m.words) && q < p+3 && m.particle(q) {
			q++
		}
		if q == len(m.words) || !m.plain(q) {
			continue
		}
		a := p - 1
		for a > 0 && m.labels[a] > 0 && m.labels[a] == insidePerson {
			a--
		}
		switch {
		case m.begins(a, 0):
		case m.isGiven(p - 1):
			a = p - 1
		default:
			continue
		}
		j := q + 1
		if m.labels[q] > 0 && m.labels[q] <= insidePerson {
			j = m.end(q)
		}
		m.set(a, j, 0)
	}
}

// surnameFirst lets a surname before a given name and a patronymic begin the name: "Петрова Анна Сергеевна".
func (m *mender) surnameFirst() {
	for i := 1; i+1 < len(m.words); i++ {
		if !m.plain(i) || !m.plain(i-1) || !m.isGiven(i) || m.rules.kinds(m.low(i+1))&kindPatronymic == 0 {
			continue
		}
		kinds := m.rules.kinds(m.low(i - 1))
		if kinds&kindGiven != 0 && kinds&kindSurname == 0 || kinds&kindSurname == 0 && !m.rules.surnameLike(m.low(i-1)) || !m.alone(i-1) {
			continue
		}
		m.set(i-1, i+2, 0)
	}
}

// coordination parts two bodies that a conjunction joins: "Минздрав России и Министерство здравоохранения".
func (m *mender) coordination() {
	for i := 0; i < len(m.words); i++ {
		if !m.begins(i, 2) {
			continue
		}
		j := m.end(i)
		for k := i + 1; k+1 < j; k++ {
			if m.word(k).UPOS == "CCONJ" && m.words[k+1].cap && m.is("institution", k+1) {
				m.labels[k] = 0
				m.set(k+1, j, 2)
				break
			}
		}
	}
}

// directions lets an adjective begin the name of a place: "Северна Каролина".
func (m *mender) directions() {
	for i := 0; i+1 < len(m.words); i++ {
		k := i + 1
		if !m.plain(i) || !m.is("direction", i) || m.labels[i] != 0 || m.labels[k]%2 != 1 || m.labels[k] > 4 || !m.plain(k) || m.isGiven(k) && m.end(k) < len(m.words) && m.words[m.end(k)].cap {
			continue
		}
		if m.begins(k, 0) && m.end(k) > k+1 {
			continue
		}
		m.set(i, m.end(k), 1)
	}
}

// bodies makes names of bodies whose head and its complements say so, where only the beginning of the
// sentence would give a capital: "Банката на Гърция", "Национальный банк Сербии".
func (m *mender) bodies() {
	for i := 0; i < len(m.words); i++ {
		if !m.plain(i) || m.words[i].loud || m.words[i].quoted || m.labels[i] > 0 && m.labels[i]%2 == 0 {
			continue
		}
		if m.is("institutional", i) {
			// Inside the sentence the capital tells the recogniser enough.
			if head := m.bodyHead(i); head > 0 && (m.words[i].first || !m.capitals) {
				m.body(i, head)
			}
			continue
		}
		if !m.capitals || !m.is("institution", i) {
			continue
		}
		j, capital := m.complements(i)
		if j == i+1 || m.labels[i] == 5 && m.end(i) >= j || m.words[i].first && !capital && !m.is("ministry", i) {
			continue
		}
		m.set(i, j, 2)
	}
}

// bodyHead returns the head of the body's name that the adjective at word i begins; 0 for none.
func (m *mender) bodyHead(i int) int {
	k := i + 1
	for k < len(m.words) && k < i+4 && (m.word(k).UPOS == "ADJ" || !m.capitals && m.plain(k)) && !m.is("body", k) {
		k++
	}
	if k == len(m.words) || !m.is("body", k) || !m.capitals && !m.plain(k) {
		return 0
	}
	return k
}

// body makes a body of an adjective and its head, and of the place whose it is; what the recogniser has as one stays.
func (m *mender) body(i, head int) {
	if m.labels[i] > 0 && m.end(i) > head {
		return
	}
	j := head + 1
	if j < len(m.words) && m.labels[j] == 3 && m.word(j).Feats.Get("Case") == "Gen" {
		j = m.end(j)
	} else if j+1 < len(m.words) && m.is("of", j) && m.rules.dict == nil && m.labels[j+1] == 3 {
		j = m.end(j + 1)
	}
	m.set(i, j, 2)
}

// complements returns where the complements of a head end, half open, and whether a word among them has a
// capital: nouns in the genitive, and those behind the prepositions of the rule.
func (m *mender) complements(head int) (end int, capital bool) {
	end = head + 1
	for k := head + 1; k < len(m.words) && k < head+9; k++ {
		w := m.word(k)
		if m.begins(k, 0) || m.words[k].shape == shapeMark {
			break
		}
		genitive := w.Feats.Get("Case") == "Gen"
		switch {
		case w.UPOS == "ADP" && m.is("complement", k):
			if k+1 == len(m.words) || k > head+1 && m.rules.dict == nil && !m.is("of", k) && end != k {
				return end, capital
			}
			continue
		case (w.UPOS == "NOUN" || w.UPOS == "PROPN") && (genitive || m.word(k-1).UPOS == "ADP" || m.word(k-1).UPOS == "ADJ" && k-1 > head && m.word(k-1).Feats.Get("Case") == w.Feats.Get("Case")):
			end = k + 1
			capital = capital || m.words[k].cap
			continue
		case w.UPOS == "ADJ" && (genitive || m.word(k-1).UPOS == "ADP"):
			continue
		case w.UPOS == "CCONJ" && k == end && m.words[k-1].cap && k+1 < len(m.words) && m.words[k+1].cap && m.word(k+1).Feats.Get("Case") == "Gen" && !m.is("institution", k+1):
			continue
		}
		break
	}
	return end, capital
}

// geographic makes a place of a word that the dictionary has as nothing else; of a person only beside another place.
func (m *mender) geographic() {
	for k := range m.words {
		if m.words[k].shape == shapeTitle && m.words[k].cap && !m.words[k].loud && !m.words[k].quoted && m.alone(k) && m.labels[k] != 3 && m.word(k).UPOS != "ADJ" &&
			m.rules.kinds(m.low(k)) == kindGeo && m.words[k].list&(listedGiven|listedBody) == 0 && (m.labels[k] != beginsPerson || m.besidePlace(k)) {
			m.set(k, k+1, 1)
		}
	}
}

// besidePlace reports whether a conjunction joins word k to a place.
func (m *mender) besidePlace(k int) bool {
	return k > 1 && m.word(k-1).UPOS == "CCONJ" && (m.labels[k-2] == 3 || m.labels[k-2] == 4)
}

// beforePerson makes a place of the word between an office and a person's full name: "мэр Самары Ирина Велева".
func (m *mender) beforePerson() {
	for k := 1; k+1 < len(m.words); k++ {
		if m.labels[k] != 0 || !m.plain(k) || m.words[k].first || !m.begins(k+1, 0) || !m.isGiven(k+1) || m.isGiven(k) || m.end(k+1) < k+3 {
			continue
		}
		if m.words[k-1].list&listedTitle != 0 && (!m.words[k-1].cap || m.words[k-1].first) && (m.word(k).Feats.Get("Case") != "Nom" || m.rules.kinds(m.low(k)) == kindGeo) || m.is("of", k-1) && m.rules.dict == nil {
			m.set(k, k+1, 1)
		}
	}
}

// phrases makes names of the phrases of the rules, where their first word has a capital.
func (m *mender) phrases() {
	for i := range m.words {
		if !m.words[i].cap {
			continue
		}
		for _, p := range m.rules.phrases {
			n := len(p.words)
			if i+n > len(m.words) {
				continue
			}
			match := true
			for k, w := range p.words {
				s := wordSet{}
				s.add([]string{w})
				if !s.has(m.low(i + k)) {
					match = false
					break
				}
			}
			if match {
				m.set(i, i+n, p.typ)
			}
		}
	}
}

// closing returns the mark that closes what the mark o opens, at most n words on; -1 for none.
func (m *mender) closing(o, n int) int {
	if !m.quote(o) {
		return -1
	}
	for c := o + 2; c < len(m.words) && c <= o+1+n; c++ {
		if m.quote(c) {
			return c
		}
	}
	return -1
}

// inQuotes gives a name in quotation marks the type that the word before them says: „Тиха вода“ after a film.
func (m *mender) inQuotes() {
	for o := 1; o+2 < len(m.words); o++ {
		c := m.closing(o, 5)
		if c < 0 || !m.words[o+1].cap || m.quote(o-1) {
			continue
		}
		w := m.word(o - 1)
		y := slices.IndexFunc(m.rules.quoted[:], func(s wordSet) bool { return s.has(lower(w.Form)) || s.has(lower(w.Lemma)) })
		if y < 0 || m.labels[o-1] > 0 && m.labels[o-1]%2 == 0 && m.labels[o] > 0 {
			continue
		}
		if m.labels[o-1] > 0 && m.end(o-1) > o {
			m.labels[o-1] = 0
		}
		for k := o; k <= c; k++ {
			if k == c && m.labels[k]%2 == 1 {
				break
			}
			m.labels[k] = 0
		}
		if c+1 < len(m.labels) && m.labels[c+1] > 0 && m.labels[c+1]%2 == 0 {
			m.labels[c+1]--
		}
		// The head is part of the name where an adjective before it has a capital: Държавна агенция „Национална сигурност“.
		if y == 2 && o > 1 && m.words[o-2].cap && m.is("institutional", o-2) && m.capitals {
			m.set(o-2, c+1, y)
			continue
		}
		m.set(o+1, c, y)
	}
}

// media makes a medium of a name after a word for one: "вестник Дума".
func (m *mender) media() {
	for k := 1; k < len(m.words); k++ {
		if m.labels[k] == 0 && m.named(k) && !m.words[k].quoted && m.words[k].shape&shapeLatin == 0 && m.words[k].list&listedCountry == 0 && m.is("medium", k-1) {
			m.set(k, k+1, 4)
		}
		if (m.labels[k] == beginsPerson || m.labels[k] == 3) && !m.words[k].quoted && m.is("medium", k-1) && m.end(k) <= k+4 && m.words[k].list&listedCountry == 0 {
			m.set(k, m.end(k), 4)
		}
	}
}

// streets makes places of persons after whom a street, square or airport is called: "площадь Гагарина",
// "King Alexander Square".
func (m *mender) streets() {
	for k := range m.words {
		switch {
		case m.words[k].cap && k > 0 && m.rules.tail(m.low(k)) && m.plain(k-1) && !m.words[k-1].loud:
			m.streetBefore(k)
		case m.is("street", k) && k+1 < len(m.words):
			m.streetAfter(k)
		}
	}
}

// streetBefore makes a place of the names before word k, the word for what it is.
func (m *mender) streetBefore(k int) {
	a := k - 1
	for a > 0 && m.plain(a-1) && m.word(a-1).UPOS == "PROPN" {
		a--
	}
	if (m.labels[a] == 0 || m.labels[a]%2 == 1) && m.words[a].list&listedBody == 0 {
		m.set(a, k+1, 1)
	}
}

// streetAfter makes a place of the person after word k, the word for what it is; that belongs to the name
// where the person stands in the genitive: "площадь Гагарина".
func (m *mender) streetAfter(k int) {
	n := k + 1
	if m.is("after", n) {
		for n++; n < len(m.words) && m.words[n].shape == shapeMark; n++ {
		}
	}
	switch {
	case n == len(m.words) || !m.begins(n, 0):
	case n > k+1 || m.word(n).Feats.Get("Case") == "Gen":
		m.set(k, m.end(n), 1)
	default:
		m.set(n, m.end(n), 1)
	}
}

// headline drops what a headline makes look like names: words that the dictionary has as common ones, in a sentence
// in capitals or one that gives every word a capital.
func (m *mender) headline() {
	if m.rules.dict == nil || !m.isHeadline() {
		return
	}
	for k := range m.words {
		if m.words[0].loud && m.labels[k] == 0 && m.rules.kinds(m.low(k))&(kindGeo|kindCommon) == kindGeo {
			m.set(k, k+1, 1)
		}
	}
	for i := 0; i < len(m.words); i++ {
		if m.labels[i]%2 != 1 {
			continue
		}
		j, y := m.end(i), int(m.labels[i]-1)/2
		if j == i+1 && m.proper(i) || m.listedWhole(i, j) {
			m.retype(i, j, y, false)
			continue
		}
		for k := i; k < j; k++ {
			m.labels[k] = 0
		}
		for k := i; k < j; {
			if !m.proper(k) {
				k++
				continue
			}
			e := k + 1
			for e < j && m.proper(e) {
				e++
			}
			m.set(k, e, y)
			m.retype(k, e, y, true)
			k = e
		}
		i = j - 1
	}
}

// listedWhole reports whether every word of a name is listed as part of a longer one.
func (m *mender) listedWhole(i, j int) bool {
	for k := i; k < j; k++ {
		if m.words[k].list>>15 == 0 {
			return false
		}
	}
	return j > i+1
}

// retype gives a name in a headline the type of a list or of the dictionary; split where it was part of a longer one.
func (m *mender) retype(i, j, y int, split bool) {
	low := m.low(i)
	switch kinds := m.rules.kinds(low); {
	case m.words[i].list&listedCountry != 0 || j == i+1 && kinds&kindGeo != 0 && y != 0:
		y = 1
	case m.words[i].list&listedBody != 0:
		y = 2
	case m.words[i].list&listedSurname != 0 || y > 2 && split:
		y = 0
	}
	m.set(i, j, y)
}

// proper reports whether word k of a headline can be a name: it is listed, or the dictionary does not have it as a common word.
func (m *mender) proper(k int) bool {
	if m.words[k].list&(listedGiven|listedCountry|listedBody) != 0 {
		return true
	}
	switch m.word(k).UPOS {
	case "ADP", "DET", "CCONJ", "SCONJ", "PRON", "AUX", "PART":
		return false
	}
	kinds := m.rules.kinds(m.low(k))
	return m.words[k].shape != shapeMark && (kinds&kindCommon == 0 || kinds&^kindCommon != 0)
}

// isHeadline reports whether a sentence is written in capitals, or gives all longer words capitals though common words are among them.
func (m *mender) isHeadline() bool {
	if m.words[0].loud {
		return true
	}
	if !m.rules.headline {
		return false
	}
	long, caps, common := 0, 0, 0
	for k := range m.words {
		low := m.low(k)
		if len(low) < 4 || m.words[k].shape == shapeMark || m.words[k].shape == shapeNumber {
			continue
		}
		long++
		if m.words[k].cap {
			caps++
			if k > 0 && !m.proper(k) {
				common++
			}
		}
	}
	return caps == long && long >= 4 && common >= 2
}
