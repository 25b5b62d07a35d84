package kb

import (
	"fmt"
	"slices"
	"strings"
)

// Explanation is what is known of a name, and why.
type Explanation struct {
	Name    string
	Key     string // see Key
	Latin   string // see Latin
	Persons []Known
	Others  []Match // what else the whole name is: a country, a body, an outlet
}

// Known is a person that the name may mean, with all that is known of him.
type Known struct {
	Found
	Names map[string][]string // by language, "und" for Latin script
	Terms []Term
}

// Explain tells what is known of a name in the language: the persons that it may
// mean, nearest first, with their names and offices and why the names were taken
// for one; and the countries, bodies and outlets of that name.
func (k *KB) Explain(name, lang string) Explanation {
	e := Explanation{Name: name, Key: k.Key(name, lang), Latin: k.Latin(name, lang)}
	for _, f := range k.bearers(name, lang) {
		known := Known{Found: f.Found, Names: map[string][]string{}, Terms: k.person(f.row).Terms}
		for _, n := range k.named(f.row) {
			known.Names[n.lang] = append(known.Names[n.lang], n.name)
		}
		e.Persons = append(e.Persons, known)
	}
	var toks []Tok
	for _, w := range strings.Fields(separate.Replace(name)) {
		toks = append(toks, Tok{Form: w})
	}
	for _, m := range k.all(lang, toks, 0) {
		if m.Last == len(toks)-1 && m.Kind != KindPerson {
			e.Others = append(e.Others, m)
		}
	}
	return e
}

// String gives a term as a line: "president of RUS, 2008-05 to 2012-05".
func (t Term) String() string {
	s := t.Office + " of " + t.Country
	if t.At != "" {
		s += " in " + t.At
	}
	if t.Until == "" {
		return s + ", since " + t.From
	}
	return s + ", " + t.From + " to " + t.Until
}

// Check finds what is doubtful in the tables: terms of one office that overlap by
// more than two months, gaps of more than three years between holders, terms that
// are impossibly long, persons without a name in some language, names in a form
// that is not composed, tables that are not sorted. The complaints are sorted.
func (k *KB) Check() []string {
	var out []string
	for office, ts := range k.holders() {
		if o := k.Office(office); o == nil || !o.Single {
			continue
		}
		for i, t := range ts {
			if t.Until != "" && months(t.Until)-months(t.From) > 60*12 {
				out = append(out, fmt.Sprintf("terms.tsv: %s is %s: sixty years are doubtful", t.Person, t))
			}
			if i == 0 {
				continue
			}
			before := ts[i-1]
			switch gap := months(t.From) - months(before.Until); {
			case before.Until == "" || gap < -2:
				out = append(out, fmt.Sprintf("terms.tsv: overlap: %s is %s, %s is %s", before.Person, before, t.Person, t))
			case gap > 36:
				out = append(out, fmt.Sprintf("terms.tsv: gap: after %s, %s, comes %s, %s", before.Person, before, t.Person, t))
			}
		}
	}
	out = append(out, k.checkNames()...)
	out = append(out, k.checkTables()...)
	if k.stale != "" {
		out = append(out, k.stale)
	}
	slices.Sort(out)
	return out
}

func months(date string) int {
	y, _ := atoi(date[:min(4, len(date))])
	m := 6
	if len(date) >= 7 {
		m, _ = atoi(date[5:7])
	}
	return y*12 + m
}

// checkNames finds persons and countries that a language has no name for.
func (k *KB) checkNames() []string {
	var out []string
	for _, lang := range k.Langs() {
		for _, code := range k.Countries() {
			if k.called("country/"+code, lang) == "" {
				out = append(out, lang+"/countries.tsv: no name for "+code)
			}
		}
		own := false
		ids := k.ids(inPersons)
		for _, id := range ids {
			own = own || k.display("person/"+id, lang) != ""
		}
		for _, id := range ids {
			if own && k.display("person/"+id, lang) == "" {
				out = append(out, lang+"/persons.tsv: no name for "+id)
			}
		}
	}
	return out
}

// checkTables finds tables that are not sorted, and letters with a combining mark
// that Unicode has as one.
func (k *KB) checkTables() []string {
	var out []string
	ts, err := loadTables(k.fsys)
	if err != nil {
		return []string{err.Error()}
	}
	for path, text := range ts {
		before := ""
		for i, line := range strings.Split(text, "\n") {
			if line == "" || line[0] == '#' {
				continue
			}
			if line < before {
				out = append(out, fmt.Sprintf("%s:%d:1: not sorted: %q stands after %q", path, i+1, line, before))
				break
			}
			before = line
		}
		for i, line := range strings.Split(text, "\n") {
			if j := strings.IndexAny(line, "\u0306\u0308\u030c\u0327"); j > 0 && line[j-1] != '\t' {
				out = append(out, fmt.Sprintf("%s:%d:%d: a combining mark: write the letter as one character", path, i+1, len([]rune(line[:j]))+1))
			}
		}
	}
	return out
}
