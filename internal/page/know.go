package page

import (
	"slices"
	"strings"

	"letopis"
	"letopis/internal/kb"
)

// layKnowledge asks the knowledge base what stands in each sentence: countries,
// bodies and outlets become names, offices and adjectives are kept for the phrases.
func (pg *Page) layKnowledge() {
	buf := make([]kb.Tok, 0, 64)
	var places []kb.Match
	for _, s := range pg.Sentences {
		buf = buf[:0]
		for i := s.First; i < s.End; i++ {
			t := kb.Tok{Form: pg.Words[i].Form, Lemma: pg.Words[i].Lemma}
			if k := strings.IndexByte(t.Form, '-'); k > 0 && pg.Words[i].Is(Former) {
				t.Form = t.Form[k+1:]
				if k = strings.IndexByte(t.Lemma, '-'); k > 0 {
					t.Lemma = t.Lemma[k+1:]
				}
			}
			buf = append(buf, t)
		}
		known := pg.KB.Scan(pg.Lex.Lang, buf)
		for i := range known {
			known[i].First += s.First
			known[i].Last += s.First
			pg.fitNames(known[i])
		}
		for i, m := range known {
			// "Chad's government" is no person's.
			if i+1 < len(known) && m.Kind == kb.KindCountry && known[i+1].Kind == kb.KindOrgan && known[i+1].First == m.Last+2 && apostrophe(pg.Words[m.Last+1].Form) {
				m.Ambiguous = false
			}
			if m.Kind == kb.KindPlace {
				places = append(places, m)
			}
			pg.learn(m)
		}
	}
	pg.settlePlaces(places)
	pg.sites()
}

// learn takes one match of the knowledge base over.
func (pg *Page) learn(m kb.Match) {
	switch m.Kind {
	case kb.KindAdjective, kb.KindDemonym, kb.KindOffice, kb.KindOrgan:
		pg.mark(m)
		if m.Kind == kb.KindDemonym && pg.Words[m.First].Capital() && m.First > pg.Sentences[pg.Words[m.First].Sent].First {
			return
		}
	case kb.KindOutlet:
		if !pg.Words[m.First].Capital() && pg.Words[m.First].Quote < 0 {
			return
		}
		if m.Ambiguous && !pg.inMarks(m.First, m.Last) && (!pg.besideReport(m.First, m.Last) || m.First == pg.Sentences[pg.Words[m.First].Sent].First) {
			return
		}
		pg.Outlets = append(pg.Outlets, m)
		for i := m.First; i <= m.Last; i++ {
			pg.Words[i].Outlet = len(pg.Outlets)
		}
		pg.nameKnown(m, pg.typeOfOutlet(m.ID))
	case kb.KindCapital:
		if i := m.First; i > pg.Sentences[pg.Words[i].Sent].First && pg.Words[i-1].Is(In) && !pg.Words[i-1].Is(GenPrep) {
			m.ID = "capital/" + m.Country // "in Beijing" is a place; "Beijing" alone a government
		}
		pg.nameKnown(m, letopis.Location)
	case kb.KindCountry, kb.KindSeat:
		pg.nameKnown(m, letopis.Location)
	case kb.KindPlace:
		pg.learnPlace(m)
	case kb.KindBody, kb.KindInstitution, kb.KindGroup:
		pg.mark(m)
		pg.nameKnown(m, letopis.Organisation)
	case kb.KindPerson:
		pg.People = append(pg.People, m)
		pg.nameKnown(m, letopis.Person)
	}
}

// learnPlace takes over a place of the gazetteer. Its name is often a surname too, so that one
// behind an office ("премиерът Орбан", "мэр Гори") stays the person that the recogniser found.
func (pg *Page) learnPlace(m kb.Match) {
	if m.Ambiguous {
		return
	}
	if n := pg.Words[m.First].Name; n >= 0 && pg.Names[n].Type == letopis.Person {
		if m.First > pg.Sentences[pg.Words[m.First].Sent].First && pg.IsOffice(m.First-1) || pg.bearsSurname(&pg.Names[n]) {
			return
		}
	}
	if p := pg.KB.Place(m.ID); p != nil && p.Kind == "disputed" {
		m.Country = "" // who acts there, or is hit there, the name does not say
	}
	pg.nameKnown(m, letopis.Location)
}

// bearsSurname reports whether a person met before in full has a name of one word as surname: Houston
// after Whitney Houston.
func (pg *Page) bearsSurname(n *Name) bool {
	if n.First != n.Last || n.First > pg.Sentences[pg.Words[n.First].Sent].First && pg.Words[n.First-1].Is(In) {
		return false // "Whitney Houston sang in Houston"
	}
	return slices.ContainsFunc(pg.Names, func(o Name) bool {
		return o.Type == letopis.Person && o.First < o.Last && o.Last < n.First && SameStem(pg.Words[o.Last].Lower, pg.Words[n.First].Lower)
	})
}

// inMarks reports whether quotation marks enclose words i to j and nothing else, as
// they enclose names.
func (pg *Page) inMarks(i, j int) bool {
	q := pg.Words[i].Quote
	return q >= 0 && pg.Quotes[q].Open == i-1 && pg.Quotes[q].Close == j+1
}

// mark keeps a match; a word keeps the first that covers it.
func (pg *Page) mark(m kb.Match) {
	pg.Known = append(pg.Known, m)
	for i := m.First; i <= m.Last; i++ {
		if pg.Words[i].Known == 0 {
			pg.Words[i].Known = len(pg.Known)
		}
	}
}

// besideReport reports whether a word of media report stands beside words i to j.
func (pg *Page) besideReport(i, j int) bool {
	for k := max(i-3, 0); k < i; k++ {
		if pg.Words[k].Say.Has('m') || pg.Words[k].Is(Cite|Media) {
			return true
		}
	}
	for k := j + 1; k < len(pg.Words) && k < j+3; k++ {
		if pg.Words[k].Say.Has('m') {
			return true
		}
	}
	return false
}

// nameKnown gives a name its entry of the knowledge base, or adds the name where
// the recogniser had none.
func (pg *Page) nameKnown(m kb.Match, typ letopis.Type) {
	for i := m.First; i <= m.Last; i++ {
		if n := pg.Words[i].Name; n >= 0 {
			if pg.Words[m.First].UPOS == "DET" && m.First+1 == pg.Names[n].First {
				m.First, m.Base = pg.Names[n].First, pg.Names[n].Base // "The Guardian" where "Guardian" was found
			}
			pg.Names[n].know(m, typ)
			return
		}
	}
	if !pg.Words[m.First].Capital() && m.Kind != kb.KindOutlet || m.Ambiguous && m.Kind == kb.KindPerson {
		return
	}
	pg.addName(Name{First: m.First, Last: m.Last, Type: typ, Base: m.Base, Kb: m.ID, Country: m.Country, Stands: stands(m.Kind)})
}

// stands is a kind of place that may stand for the government which sits there, or "".
func stands(k kb.Kind) kb.Kind {
	if k == kb.KindCapital || k == kb.KindSeat {
		return k
	}
	return ""
}

// know takes over what the knowledge base says of a name, or of words in it or around it. A longer name keeps its
// own meaning: the country in "Bank of China" is not the name, but the bank's.
func (n *Name) know(m kb.Match, typ letopis.Type) {
	person := m.Kind == kb.KindPerson
	same := n.First == m.First && n.Last == m.Last || n.Type == letopis.Person && person && n.First >= m.First && n.Last <= m.Last
	switch {
	case !same:
		if n.Country == "" && n.Type == letopis.Organisation {
			n.Country = m.Country
		}
		return
	case n.Type == letopis.Person && !person && m.Ambiguous:
		return
	case n.Type == letopis.Product && m.Kind == kb.KindInstitution:
		return // a medium that is called like a body: "вестник Дума"
	case n.Kb != "" && n.Kb != m.ID:
		return // the first meaning of several is the likelier: Brussels is the Union's seat before it is a city
	}
	if n.Kb == "" {
		n.Stands = stands(m.Kind)
	}
	n.Kb, n.Country = m.ID, m.Country
	if !person {
		n.Type = typ
	}
	if m.Base != "" && !indefinite(n.Base, m.Base) {
		n.Base = m.Base
	}
}

// indefinite reports whether a dictionary form differs from the one of the knowledge base in its first word alone, which
// begins alike and is shorter: it has lost the article that the table has.
func indefinite(base, known string) bool {
	first, rest, ok := strings.Cut(base, " ")
	other, tail, _ := strings.Cut(known, " ")
	return ok && rest == tail && first != other && len(first) < len(other) && stemKey(first) == stemKey(other)
}

// KnownAt returns what the knowledge base knows of word i, an adjective, a demonym, an office or a body; or nil.
func (pg *Page) KnownAt(i int) *kb.Match {
	if k := pg.Words[i].Known; k > 0 {
		return &pg.Known[k-1]
	}
	return nil
}

// AdjectiveCountry returns the code of the country of an adjective or demonym at word i, or "". A
// surname tells none: "Мария Полска".
func (pg *Page) AdjectiveCountry(i int) string {
	if n := pg.Words[i].Name; n >= 0 && pg.Names[n].Type == letopis.Person && pg.Names[n].First < i {
		return ""
	}
	if m := pg.KnownAt(i); m != nil && (m.Kind == kb.KindAdjective || m.Kind == kb.KindDemonym) {
		return m.Country
	}
	return ""
}

// HoldsOffice reports whether the head of a phrase is an office or function.
func (pg *Page) HoldsOffice(c *Phrase) bool { return pg.IsOffice(c.Head) }

// IsOffice reports whether word i is part of an office, function or organ: president, government.
func (pg *Page) IsOffice(i int) bool {
	m := pg.KnownAt(i)
	return m != nil && (m.Kind == kb.KindOffice || m.Kind == kb.KindOrgan)
}

// OfficeAt returns the office of a person that word i is part of, or nil.
func (pg *Page) OfficeAt(i int) *kb.Match {
	if m := pg.KnownAt(i); m != nil && m.Kind == kb.KindOffice {
		return m
	}
	return nil
}

// Sector returns the PLOVER sector of the office at word i, or "".
func (pg *Page) Sector(i int) string {
	if m := pg.KnownAt(i); m != nil {
		if o := pg.KB.Office(m.ID); o != nil {
			return o.Sector
		}
	}
	return ""
}

// IsBody reports whether word i is part of an organ, institution or international body.
func (pg *Page) IsBody(i int) bool {
	m := pg.KnownAt(i)
	return m != nil && (m.Kind == kb.KindOrgan || m.Kind == kb.KindInstitution || m.Kind == kb.KindBody)
}

// officePrep reports whether a preposition may continue an office: "министр по делам".
func (pg *Page) officePrep(j int, c *Phrase) bool {
	return pg.Words[j].Is(OfficePrep) && pg.HoldsOffice(c) && pg.Lex.PhraseLen(pg.Words, j, Subord) < 2 // "по време на" goes on with something else
}

// KindOfOutlet returns what outlet i, as in [Word.Outlet] and not 0, is: agency, paper, broadcaster, site, magazine; or "".
func (pg *Page) KindOfOutlet(i int) string {
	if o := pg.KB.Outlet(pg.Outlets[i-1].ID); o != nil {
		return o.Kind
	}
	return ""
}

// typeOfOutlet is the type of a medium's name: an agency is an organisation, any other medium what it
// publishes, as the annotation guidelines of BSNLP have it.
func (pg *Page) typeOfOutlet(id string) letopis.Type {
	if o := pg.KB.Outlet(id); o != nil && o.Kind != "agency" {
		return letopis.Product
	}
	return letopis.Organisation
}

// layOutlets marks names that end as media are named ("The Harbour Herald"), which
// the knowledge base need not know.
func (pg *Page) layOutlets() {
	for i := range pg.Words {
		if !pg.Words[i].Is(Outlet) || !pg.Words[i].Capital() || pg.Words[i].Outlet > 0 {
			continue
		}
		j := i
		for j > pg.Sentences[pg.Words[i].Sent].First && pg.Words[j-1].Capital() && pg.Words[j-1].Outlet == 0 && !pg.Words[j-1].Punct() && pg.Words[j-1].UPOS != "DET" && pg.Words[j-1].UPOS != "ADP" && i-j < 4 {
			j--
		}
		if j == i || pg.Words[j].UPOS == "PRON" {
			continue
		}
		pg.Outlets = append(pg.Outlets, kb.Match{Kind: kb.KindOutlet, First: j, Last: i})
		for k := j; k <= i; k++ {
			pg.Words[k].Outlet = len(pg.Outlets)
		}
	}
}
