package kb

import (
	"cmp"
	"slices"
	"strings"
)

// Tok is a token of a sentence. Lemma may be empty.
type Tok struct{ Form, Lemma string }

// Kind says what a match is.
type Kind string

// The kinds of matches.
const (
	KindCountry     Kind = "country"     // Китай, the United States
	KindAdjective   Kind = "adjective"   // китайски, American; of bodies too (натовски)
	KindDemonym     Kind = "demonym"     // китаец, Americans
	KindCapital     Kind = "capital"     // Пекин: the place, or its government
	KindSeat        Kind = "seat"        // Кремъл, the White House, Foggy Bottom
	KindBody        Kind = "body"        // EU, NATO, and their organs
	KindInstitution Kind = "institution" // Bundestag, State Duma, Pentagon: of one country
	KindGroup       Kind = "group"       // parties to conflicts without a state: Hamas, Taliban
	KindOutlet      Kind = "outlet"      // TASS, Reuters, Гардиън
	KindOffice      Kind = "office"      // president, министър на външните работи
	KindOrgan       Kind = "organ"       // ministry, parliament, court: of the country beside it
	KindPlace       Kind = "place"       // Одеса, Donbas, Бавария: of a country, or across borders
	KindPerson      Kind = "person"      // a known person by full name, or by a surname that commonly means one person
)

// pos is the kind of declension that names of the kind take in decline.tsv.
func (k Kind) pos() string {
	switch k {
	case KindCountry, KindCapital, KindSeat, KindPlace:
		return "place"
	case KindAdjective:
		return "adj"
	case KindPerson:
		return "person"
	case KindDemonym, KindOffice, KindOrgan:
		return "noun"
	}
	return "org"
}

// Match is a name found in a sentence.
type Match struct {
	First, Last int    // tokens, both included
	Kind        Kind   //
	ID          string // "country/CHN", "body/un", "outlet/tass", "office/president", "person/…"
	Country     string // alpha-3 of the country, or code of the body, it stands for; may be empty
	Base        string // dictionary form of the words matched, as in the tables
	Exact       bool   // the text has the dictionary form itself
	Ambiguous   bool   // the same words are often something else: Georgia, Jordan, Чад
}

// Match returns the longest names that begin at token i of a sentence in the
// language, more than one where the words name more than one thing, in the order
// of Kind and ID. It returns nil where none begins there. A language without a
// folder has only the names that all languages share. A hyphenated token that is
// no name itself gives those of its parts, in their order: "руско-китайски" is two
// adjectives, both on that one token.
func (k *KB) Match(lang string, toks []Tok, i int) []Match {
	all := k.all(lang, toks, i)
	if len(all) == 0 {
		return nil
	}
	last := all[0].Last
	n := 1
	for n < len(all) && all[n].Last == last {
		n++
	}
	return all[:n:n]
}

// MatchAll is Match with the shorter names that begin there too, longest first.
func (k *KB) MatchAll(lang string, toks []Tok, i int) []Match { return k.all(lang, toks, i) }

// Scan returns the names of a sentence from left to right: at each token the
// longest, going on after it.
func (k *KB) Scan(lang string, toks []Tok) []Match {
	var ms []Match
	for i := 0; i < len(toks); {
		found := k.Match(lang, toks, i)
		if len(found) == 0 {
			i++
			continue
		}
		ms = append(ms, found...)
		i = found[0].Last + 1
	}
	return ms
}

func (k *KB) all(lang string, toks []Tok, i int) []Match {
	if i < 0 || i >= len(toks) {
		return nil
	}
	d := k.dict(lang)
	var ms []Match
	d.match(toks, i, func(last, node, row int, exact bool) {
		it := k.item(d, row, node)
		m := Match{First: i, Last: last, Kind: it.kind, ID: it.id, Country: it.country,
			Base: it.form, Exact: exact, Ambiguous: it.ambiguous}
		for j := range ms {
			o := &ms[j]
			if o.Last == m.Last && o.Kind == m.Kind && o.ID == m.ID {
				if m.Exact && !o.Exact || m.Exact == o.Exact && m.Base < o.Base {
					*o = m
				}
				return
			}
		}
		ms = append(ms, m)
	})
	if len(ms) == 0 {
		return k.compound(d, toks[i].Form, i)
	}
	if len(ms) > 1 {
		slices.SortFunc(ms, func(a, b Match) int {
			return cmp.Or(cmp.Compare(b.Last, a.Last), cmp.Compare(rank[a.Kind], rank[b.Kind]), cmp.Compare(a.ID, b.ID))
		})
	}
	return ms
}

// compound returns the adjectives and countries that a hyphenated token i is made
// of, in their order: "руско-китайски", "американо-китайский", "US-China",
// "Russian-backed". The first part must be one of them. A part that stands only
// in compounds ("американо-", "Sino-") is in the tables with its hyphen.
func (k *KB) compound(d *dict, form string, i int) []Match {
	if !strings.Contains(form, "-") || len(form) > maxName {
		return nil
	}
	var ms []Match
	first := true
	for part := range strings.SplitSeq(form, "-") {
		n := len(ms)
		for _, f := range [2]string{part, part + "-"} {
			d.match([]Tok{{Form: f}}, 0, func(_, node, row int, _ bool) {
				it := k.item(d, row, node)
				if (it.kind == KindAdjective || it.kind == KindCountry) && len(ms) == n {
					ms = append(ms, Match{First: i, Last: i, Kind: it.kind, ID: it.id, Country: it.country, Base: strings.TrimSuffix(it.form, "-"), Ambiguous: it.ambiguous})
				}
			})
		}
		if first && len(ms) == 0 || len(ms) > 3 {
			return nil
		}
		first = false
	}
	return ms
}

// rank orders the kinds that the same words may have.
var rank = map[Kind]int{
	KindCountry: 0, KindBody: 1, KindInstitution: 2, KindGroup: 3, KindSeat: 4, KindCapital: 5, KindAdjective: 6,
	KindDemonym: 7, KindPerson: 8, KindOutlet: 9, KindOffice: 10, KindOrgan: 11, KindPlace: 12,
}
