package read

import (
	"strings"

	"letopis"
	"letopis/internal/kb"
)

// knowledge asks the knowledge base what stands in each sentence: countries,
// bodies and outlets become names, offices and adjectives are kept for the phrases.
func (r *reading) knowledge() {
	buf := make([]kb.Tok, 0, 64)
	for _, s := range r.sents {
		buf = buf[:0]
		for i := s.first; i < s.end; i++ {
			t := kb.Tok{Form: r.toks[i].form, Lemma: r.toks[i].lemma}
			if k := strings.IndexByte(t.Form, '-'); k > 0 && r.toks[i].is(clFormer) {
				t.Form = t.Form[k+1:]
				if k = strings.IndexByte(t.Lemma, '-'); k > 0 {
					t.Lemma = t.Lemma[k+1:]
				}
			}
			buf = append(buf, t)
		}
		for _, m := range r.kb.Scan(r.lex.lang, buf) {
			m.First += s.first
			m.Last += s.first
			r.learn(m)
		}
	}
}

// learn takes one match of the knowledge base over.
func (r *reading) learn(m kb.Match) {
	switch m.Kind {
	case kb.KindAdjective, kb.KindDemonym, kb.KindOffice, kb.KindOrgan:
		r.mark(m)
		if m.Kind == kb.KindDemonym && r.toks[m.First].capital() && m.First > r.sents[r.toks[m.First].sent].first {
			return
		}
	case kb.KindOutlet:
		if !r.toks[m.First].capital() && r.toks[m.First].quote < 0 {
			return
		}
		if m.Ambiguous && !r.inMarks(m.First, m.Last) && (!r.besideReport(m.First, m.Last) || m.First == r.sents[r.toks[m.First].sent].first) {
			return
		}
		r.outlets = append(r.outlets, m)
		for i := m.First; i <= m.Last; i++ {
			r.toks[i].outlet = len(r.outlets)
		}
		r.nameKnown(m, letopis.Organisation)
	case kb.KindCapital:
		if i := m.First; i > r.sents[r.toks[i].sent].first && r.toks[i-1].is(clIn) && !r.toks[i-1].is(clGenPrep) {
			m.ID = "capital/" + m.Country // "in Beijing" is a place; "Beijing" alone a government
		}
		r.nameKnown(m, letopis.Location)
	case kb.KindCountry, kb.KindSeat:
		r.nameKnown(m, letopis.Location)
	case kb.KindBody, kb.KindInstitution, kb.KindGroup:
		r.mark(m)
		r.nameKnown(m, letopis.Organisation)
	case kb.KindPerson:
		r.people = append(r.people, m)
		r.nameKnown(m, letopis.Person)
	}
}

// inMarks reports whether quotation marks enclose tokens i to j and nothing else, as
// they enclose names.
func (r *reading) inMarks(i, j int) bool {
	q := r.toks[i].quote
	return q >= 0 && r.quotes[q].open == i-1 && r.quotes[q].close == j+1
}

func (r *reading) mark(m kb.Match) {
	r.known = append(r.known, m)
	for i := m.First; i <= m.Last; i++ {
		if r.toks[i].known == 0 {
			r.toks[i].known = len(r.known)
		}
	}
}

// besideReport reports whether a word of media report stands beside tokens i to j.
func (r *reading) besideReport(i, j int) bool {
	for k := max(i-3, 0); k < i; k++ {
		if r.toks[k].say.has('m') || r.toks[k].is(clCite|clMedia) {
			return true
		}
	}
	for k := j + 1; k < len(r.toks) && k < j+3; k++ {
		if r.toks[k].say.has('m') {
			return true
		}
	}
	return false
}

// nameKnown gives a name its entry of the knowledge base, or adds the name where
// the recogniser had none. A longer name keeps its own meaning: the country in
// "Bank of China" is not the name.
func (r *reading) nameKnown(m kb.Match, typ letopis.Type) {
	for i := m.First; i <= m.Last; i++ {
		n := r.toks[i].name
		if n < 0 {
			continue
		}
		have := &r.names[n]
		if have.first == m.First && have.last == m.Last || have.typ == letopis.Person && m.Kind == kb.KindPerson && have.first >= m.First && have.last <= m.Last {
			if have.typ == letopis.Person && m.Kind != kb.KindPerson && m.Ambiguous {
				return
			}
			if have.kb != "" && have.kb != m.ID {
				return // the first meaning of several is the likelier: Brussels is the Union's seat before it is a city
			}
			have.kb, have.country = m.ID, m.Country
			if m.Kind != kb.KindPerson {
				have.typ = typ
			}
			if m.Base != "" {
				have.base = m.Base
			}
		} else if have.country == "" && have.typ == letopis.Organisation {
			have.country = m.Country
		}
		return
	}
	if !r.toks[m.First].capital() && m.Kind != kb.KindOutlet || m.Ambiguous && m.Kind == kb.KindPerson {
		return
	}
	r.addName(name{first: m.First, last: m.Last, typ: typ, base: m.Base, kb: m.ID, country: m.Country})
}

// countryIn returns the country that toks i to j stand for: an adjective's
// ("руският посланик"), else a name's that no "in" governs ("посланик в Китай").
func (r *reading) countryIn(i, j int) string {
	for k := i; k < j; k++ {
		if c := r.adjCountry(k); c != "" {
			return c
		}
	}
	for k := i; k < j; k++ {
		if n := r.toks[k].name; n >= 0 && r.names[n].country != "" {
			if k > 0 && r.toks[k-1].is(clIn) && !r.toks[k-1].is(clGenPrep) && k > i {
				continue
			}
			return r.names[n].country
		}
		if m := r.knownAt(k); m != nil && m.Country != "" {
			return m.Country
		}
	}
	return ""
}

func (r *reading) knownAt(i int) *kb.Match {
	if k := r.toks[i].known; k > 0 {
		return &r.known[k-1]
	}
	return nil
}

// adjCountry returns the country of an adjective or demonym at token i, or "".
func (r *reading) adjCountry(i int) string {
	if m := r.knownAt(i); m != nil && (m.Kind == kb.KindAdjective || m.Kind == kb.KindDemonym) {
		return m.Country
	}
	return ""
}

// office reports whether the head of a phrase is an office or function.
func (r *reading) office(c *chunk) bool { return r.isOffice(c.head) }

func (r *reading) isOffice(i int) bool {
	m := r.knownAt(i)
	return m != nil && (m.Kind == kb.KindOffice || m.Kind == kb.KindOrgan)
}

// officeAt returns the office that token i names, or nil.
func (r *reading) officeAt(i int) *kb.Match {
	if m := r.knownAt(i); m != nil && m.Kind == kb.KindOffice {
		return m
	}
	return nil
}

// sector returns the PLOVER sector of the office at token i, or "".
func (r *reading) sector(i int) string {
	if m := r.knownAt(i); m != nil {
		if o := r.kb.Office(m.ID); o != nil {
			return o.Sector
		}
	}
	return ""
}

// bodyNoun reports whether token i heads the phrase of an organisation.
func (r *reading) bodyNoun(i int) bool {
	m := r.knownAt(i)
	return m != nil && (m.Kind == kb.KindOrgan || m.Kind == kb.KindInstitution || m.Kind == kb.KindBody)
}

// officePrep reports whether a preposition may continue an office: "министр по делам".
func (r *reading) officePrep(j int, c *chunk) bool {
	return r.toks[j].is(clOfficePrep) && r.office(c) && r.lex.phraseLen(r.toks, j, clSubord) < 2 // "по време на" goes on with something else
}

// kindOfOutlet returns what an outlet is: agency, paper, broadcaster, site, magazine.
func (r *reading) kindOfOutlet(i int) string {
	if o := r.kb.Outlet(r.outlets[i-1].ID); o != nil {
		return o.Kind
	}
	return ""
}
