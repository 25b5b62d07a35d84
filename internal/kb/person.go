package kb

import (
	"cmp"
	"slices"
	"strings"
)

// Person is a known person.
type Person struct {
	ID      string       // "vladimir-putin"
	Country string       // the country they belong to
	Gender  string       // "m" or "f"
	Bare    bool         // the surname alone commonly means this person
	Terms   []Term       // by From
	forms   []personName // as in the tables: names split by "|"
}

type personName struct {
	lang, name string
	taken      personal
}

// Term is an office held. Until is empty where no end is known here.
type Term struct {
	Person  string // id
	Office  string // id of an office: "president"
	Country string // code of the country or body, or id of the body
	From    string // YYYY, YYYY-MM or YYYY-MM-DD
	Until   string
	At      string // where an ambassador is accredited
}

// Found is a person that a name may mean.
type Found struct {
	ID       string  // "person/vladimir-putin"
	Country  string  //
	Distance float64 // of the names: 0 the same, at most 0.10
	Full     bool    // the name has more than a surname: a given name, or a ruler's number
	Why      Why
}

// later reports whether date a is after date b at the precision that both have.
func later(a, b string) bool {
	n := min(len(a), len(b))
	return a[:n] > b[:n]
}

// short returns what a person is called without the given name: the last word of
// a name with its particles. It returns "" for one word, for names of rulers
// ("Карл III") and for names that begin with the family name.
func (u *rules) short(name string, familyFirst bool) string {
	words := strings.Fields(name)
	if len(words) < 2 || familyFirst {
		return ""
	}
	last := words[len(words)-1]
	if roman(strings.ToLower(last)) != "" || strings.HasSuffix(last, ".") || len([]rune(last)) < 3 {
		return ""
	}
	i := len(words) - 1
	for i > 1 {
		if p := u.sounds.part[strings.ToLower(words[i-1])]; p != partSurname && p != partArticle {
			break
		}
		i--
	}
	if u.sounds.part[strings.ToLower(words[0])] == partTitle {
		return ""
	}
	return strings.Join(words[i:], " ")
}

// Person returns the known persons that a name in the language may mean, nearest
// first: by full name, or by surname alone (then Full is false, and there may be
// several). Of equally near ones those come first whose surname alone commonly means them.
// An initial stands for a given name in its own place, never for a surname, and beside a
// surname it leaves Full false. Inflected forms should be brought to the dictionary form before.
func (k *KB) Person(name, lang string) []Found {
	var found []Found
	for _, b := range k.bearers(name, lang) {
		found = append(found, b.Found)
	}
	return found
}

// bearer is a person that a name may mean, with the row.
type bearer struct {
	Found
	row int
}

// bearers is Person with the rows.
func (k *KB) bearers(name, lang string) []bearer {
	q := k.personal(name, lang).givenFirst()
	if len(q.words) == 0 {
		return nil
	}
	var found []bearer
	seen := map[int]bool{}
	for _, s := range q.sound {
		for row := range k.sounding(coarse(s)) {
			if seen[row] {
				continue
			}
			seen[row] = true
			if best := k.asPerson(q, row); best.Distance <= link.name {
				found = append(found, bearer{best, row})
			}
		}
	}
	slices.SortFunc(found, func(a, b bearer) int {
		return cmp.Or(cmp.Compare(a.Distance, b.Distance), k.bareFirst(a.row, b.row), cmp.Compare(a.ID, b.ID))
	})
	return found
}

// bareFirst orders those whose surname alone commonly means them before others, so that
// nobody takes the surname from the one whom everybody means by it.
func (k *KB) bareFirst(a, b int) int {
	switch is, other := k.person(a).Bare, k.person(b).Bare; {
	case is && !other:
		return -1
	case other && !is:
		return 1
	}
	return 0
}

// asPerson returns how far name q is from the nearest name of the known person of a row.
func (k *KB) asPerson(q personal, row int) Found {
	p := k.person(row)
	best := Found{ID: k.ent(k.base[inPersons] + row), Country: p.Country, Distance: 2, Full: len(q.words) > 1 && !q.initial[0] || q.number != ""}
	names := k.named(row)
	for i := range names {
		n := &names[i]
		if len(q.words) == 1 && len(n.taken.words) > 1 && !k.surnameOf(q, n.taken, p.Country) {
			continue
		}
		if len(q.words) > 1 && len(n.taken.words) == 1 {
			continue // a ruler's name is no surname
		}
		if d, why := k.nameDistance(q, n.taken, link); d < best.Distance {
			best.Distance, best.Why = d, why
			best.Why.Form = n.name
		}
	}
	return best
}

// Bears reports whether a name in the language may be that of a known person
// ("person/theresa-may"), and whether it tells the given name: an initial may be many a one's.
func (k *KB) Bears(name, lang, id string) (may, full bool) {
	row, ok := k.lookup(inPersons, strings.TrimPrefix(id, "person/"))
	q := k.personal(name, lang).givenFirst()
	if len(q.words) == 0 || !ok || !slices.ContainsFunc(q.sound, func(s string) bool { return k.soundsSo(coarse(s), row) }) {
		return false, false
	}
	f := k.asPerson(q, row)
	return f.Distance <= link.name, f.Distance <= link.name && f.Full
}

// surnameOf reports whether the one word of q is the surname in n, not the given name.
func (k *KB) surnameOf(q, n personal, country string) bool {
	i := len(n.words) - 1
	if k.familyFirst[country] {
		i = 0
	}
	return k.wordDistance(q, 0, n, i) <= link.one
}

// PersonByID returns the person of an id ("vladimir-putin" or with "person/"), or nil.
func (k *KB) PersonByID(id string) *Person {
	if row, ok := k.lookup(inPersons, strings.TrimPrefix(id, "person/")); ok {
		return k.person(row)
	}
	return nil
}

// OfficeHolder returns who held an office ("president", "office/president") of a
// country or body (alpha-3, code, or id of a body) at a time (ISO 8601, an interval
// or empty for today as far as known here), by beginning. Where the time is less
// precise than a change of holders, all who held it then come back.
func (k *KB) OfficeHolder(office, country, when string) []Term {
	var ts []Term
	for _, t := range k.held(strings.TrimPrefix(office, "office/"), country) {
		if k.during(when, t) {
			ts = append(ts, t)
		}
	}
	return ts
}

// OfficesAt returns the offices that a person held at a time, by beginning.
func (k *KB) OfficesAt(person, when string) []Term {
	p := k.PersonByID(person)
	if p == nil {
		return nil
	}
	var ts []Term
	for _, t := range p.Terms {
		if k.during(when, t) {
			ts = append(ts, t)
		}
	}
	return ts
}

// during reports whether a term may overlap a time or interval.
func (k *KB) during(when string, t Term) bool {
	from, until, ok := strings.Cut(when, "/")
	if !ok {
		return within(calendar(when), t.From, t.Until)
	}
	if until != "" && later(t.From, calendar(until)) {
		return false
	}
	return t.Until == "" || from == "" || !later(calendar(from), t.Until)
}

// calendar brings weeks, quarters and seasons to their year, and clock times to their day.
func calendar(when string) string {
	if len(when) > 10 {
		when = when[:10]
	}
	if len(when) > 4 && !isDate(when) {
		return when[:4]
	}
	return when
}
