package page

import (
	"letopis"
	"strings"
	"unicode"
	"unicode/utf8"
)

// This file settles who bears a name, once all names and times are laid out: a month is no
// person and a person no month, a name of several holders is the latest one's, and a surname that
// commonly means somebody known does not mean him where the article has another bearer of it.

// settleNames decides between names and times and between bearers of one name.
func (pg *Page) settleNames() {
	pg.partMonths()
	for i := range pg.Names {
		n := &pg.Names[i]
		if n.Type == letopis.Person && strings.HasPrefix(n.Kb, "person/") {
			pg.latestHolder(n)
		}
	}
	pg.nearestBearers()
}

// partMonths drops times that lie in a person's full name ("June Osei") and persons that
// are nothing but part of a time ("in May").
func (pg *Page) partMonths() {
	kept := pg.Times[:0]
	dropped := false
	for _, x := range pg.Times {
		n := pg.Words[x.First].Name
		if n >= 0 && pg.Names[n].Type == letopis.Person && pg.Names[n].First <= x.First && x.Last <= pg.Names[n].Last && pg.CountWords(pg.Names[n].First, pg.Names[n].Last+1) > 1 {
			for k := x.First; k <= x.Last; k++ {
				pg.Words[k].Date = false
			}
			continue
		}
		for k := x.First; k <= x.Last; k++ {
			if n := pg.Words[k].Name; n >= 0 && pg.Names[n].Type == letopis.Person && pg.Names[n].First == pg.Names[n].Last {
				pg.Words[k].Name, dropped = -1, true
			}
		}
		kept = append(kept, x)
	}
	pg.Times = kept
	if dropped {
		pg.orderNames()
	}
}

// latestHolder gives a name that several known persons bear to the one who last came to an
// office before the article's day: of two presidents of one name, the present or last one.
func (pg *Page) latestHolder(n *Name) {
	best := ""
	for _, m := range pg.People {
		if m.First < n.First || m.Last > n.Last || m.Last < n.Last {
			continue
		}
		p := pg.KB.PersonByID(m.ID)
		if p == nil {
			continue
		}
		for _, t := range p.Terms {
			if t.From > best && (pg.Published.Value == "" || t.From <= string(pg.Published.Value)) {
				best, n.Kb, n.Country = t.From, m.ID, m.Country
			}
		}
	}
}

// nearestBearers gives a surname that the knowledge base links by itself to whom the article
// calls so in full: the last one before it, whether he is known or a stranger.
func (pg *Page) nearestBearers() {
	strange := map[string]bool{} // surnames that somebody bears whose given name is no part of the name found
	full := map[string][]int{}   // persons' full names by the beginning of the last word
	for i := range pg.Names {
		if n := &pg.Names[i]; n.Type == letopis.Person && pg.CountWords(n.First, n.Last+1) > 1 {
			key := stemKey(pg.Words[n.Last].Lower)
			full[key] = append(full[key], i)
		}
	}
	for i := range pg.Names {
		n := &pg.Names[i]
		if n.Type != letopis.Person || n.First != n.Last || !strings.HasPrefix(n.Kb, "person/") {
			continue
		}
		key := stemKey(pg.Words[n.Last].Lower)
		if pg.givenBefore(n.First) {
			n.Kb, n.Country = "", ""
			strange[key] = true
			continue
		}
		before, known := -1, false
		for _, b := range full[key] {
			if b > i || !SameStem(pg.Words[pg.Names[b].Last].Lower, pg.Words[n.Last].Lower) {
				continue
			}
			before = b
			switch {
			case known:
			case pg.Names[b].Kb == n.Kb:
				known = true
			default:
				_, known = pg.KB.Bears(pg.Names[b].Base, pg.Lex.Lang, n.Kb)
			}
		}
		switch {
		case before < 0 && strange[key]:
			n.Kb, n.Country = "", ""
		case before < 0:
		case pg.Names[before].Kb != "":
			n.Kb, n.Country = pg.Names[before].Kb, pg.Names[before].Country
		case !known:
			n.Kb, n.Country = "", ""
		}
	}
}

// givenBefore reports whether an initial, or a word that only a name would capitalise there, stands before the
// surname at word i, outside all names: somebody else's given name that the analysis missed.
func (pg *Page) givenBefore(i int) bool {
	k := i - 1
	if k < pg.Sentences[pg.Words[i].Sent].First || !pg.Words[k].Capital() || pg.Words[k].Name >= 0 {
		return false
	}
	form := pg.Words[k].Form
	c, w := utf8.DecodeRuneInString(form)
	if form[w:] == "." || form[w:] == "" && pg.Words[k].UPOS == "PROPN" {
		return true
	}
	// Titles have capitals in Latin script: Mr Trump, Secretary Clinton.
	return unicode.Is(unicode.Cyrillic, c) && len(form) > w && k > pg.Sentences[pg.Words[i].Sent].First &&
		!pg.Words[k].Acronym() && pg.Words[k].Known == 0 && pg.Words[k].Outlet == 0 && !pg.Words[k].Is(Kin|Former)
}

// stemKey is the first letters of a word, which all its forms share.
func stemKey(low string) string {
	n := 0
	for i := range low {
		if n == 3 {
			return low[:i]
		}
		n++
	}
	return low
}
