package kb

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"letopis/internal/tsv"
)

// Person is a known person.
type Person struct {
	ID      string       // "vladimir-putin"
	Country string       // the country they belong to
	Gender  string       // "m" or "f"
	Bare    bool         // the surname alone commonly means this person
	Terms   []Term       // by From
	forms   []personName // as in the tables: names split by "|"
	names   []personName // made of forms when first asked for
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

func (k *KB) readPersons(ts tables) error {
	rows, err := readTable(ts, "persons.tsv", tsv.Fields("id", "country", "gender?", "bare?"))
	errs := []error{err}
	for _, r := range rows {
		p := &Person{ID: r.Field(0), Country: r.Field(1), Gender: r.Field(2), Bare: r.Field(3) == "bare"}
		if k.countries[p.Country] == nil {
			errs = append(errs, r.Errorf(1, "no country %q in countries.tsv", p.Country))
		}
		if p.Gender != "m" && p.Gender != "f" && p.Gender != "" {
			errs = append(errs, r.Errorf(2, "gender %q, want m or f", p.Gender))
		}
		if s := r.Field(3); s != "" && s != "bare" {
			errs = append(errs, r.Errorf(3, "%q, want bare or nothing", s))
		}
		if k.persons[p.ID] != nil {
			errs = append(errs, r.Errorf(0, "%q stands here twice", p.ID))
		}
		k.persons[p.ID] = p
	}
	return errors.Join(errs...)
}

func (k *KB) readTerms(ts tables) error {
	rows, err := readTable(ts, "terms.tsv", tsv.Fields("person", "office", "country", "from", "until?", "accredited at?"))
	errs := []error{err}
	for _, r := range rows {
		t := Term{Person: r.Field(0), Office: r.Field(1), Country: r.Field(2), From: r.Field(3), Until: r.Field(4), At: r.Field(5)}
		p := k.persons[t.Person]
		if p == nil {
			errs = append(errs, r.Errorf(0, "no person %q in persons.tsv", t.Person))
			continue
		}
		if k.offices[t.Office] == nil {
			errs = append(errs, r.Errorf(1, "no office %q in offices.tsv", t.Office))
		}
		if k.countries[t.Country] == nil && k.bodies[t.Country] == nil && k.codeBody[t.Country] == "" {
			errs = append(errs, r.Errorf(2, "no country, code or body %q", t.Country))
		}
		errs = append(errs, checkDate(r, 3), checkDate(r, 4))
		if t.Until != "" && later(t.From, t.Until) {
			errs = append(errs, r.Errorf(4, "ends in %s before it begins in %s", t.Until, t.From))
		}
		p.Terms = append(p.Terms, t)
		key := t.Office + " " + t.Country
		k.holders[key] = append(k.holders[key], t)
	}
	byFrom := func(a, b Term) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.Person, b.Person), cmp.Compare(a.Office, b.Office))
	}
	for _, p := range k.persons {
		slices.SortFunc(p.Terms, byFrom)
	}
	for _, held := range k.holders {
		slices.SortFunc(held, byFrom)
	}
	return errors.Join(errs...)
}

// later reports whether date a is after date b at the precision that both have.
func later(a, b string) bool {
	n := min(len(a), len(b))
	return a[:n] > b[:n]
}

// readPersonNames reads LANG/persons.tsv: id, names.
func (k *KB) readPersonNames(ts tables, lang string) error {
	rows, err := readTable(ts, lang+"/persons.tsv", tsv.Fields("id", "names"))
	errs := []error{err}
	for _, r := range rows {
		p := k.persons[r.Field(0)]
		if p == nil {
			errs = append(errs, r.Errorf(0, "no person %q in persons.tsv", r.Field(0)))
			continue
		}
		forms, err := formsIn(r, 1)
		if forms == "" {
			errs = append(errs, err)
			continue
		}
		k.pend(lang, forms, item{kind: KindPerson, id: "person/" + p.ID, country: p.Country})
		if p.forms == nil {
			p.forms = make([]personName, 0, 3)
		}
		p.forms = append(p.forms, personName{lang: lang, name: forms})
	}
	return errors.Join(errs...)
}

// short returns what a person is called without the given name: the last word of
// a name with its particles. It returns "" for one word, for names of rulers
// ("Карл III") and for names that begin with the family name.
func (k *KB) short(name string, familyFirst bool) string {
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
		if p := k.sounds.part[strings.ToLower(words[i-1])]; p != partSurname && p != partArticle {
			break
		}
		i--
	}
	if k.sounds.part[strings.ToLower(words[0])] == partTitle {
		return ""
	}
	return strings.Join(words[i:], " ")
}

// index makes the persons findable by the coarse key of each word of their names.
func (k *KB) index() {
	k.byWord = make(map[string][]string, 2*len(k.persons))
	ids := make([]string, 0, len(k.persons))
	for id := range k.persons {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		p := k.persons[id]
		for _, f := range p.forms {
			for names, more := f.name, true; more; {
				var n string
				n, names, more = strings.Cut(names, "|")
				p.names = append(p.names, personName{lang: f.lang, name: n})
			}
		}
		for i := range p.names {
			n := &p.names[i]
			n.taken = k.personal(n.name, n.lang)
			for _, s := range n.taken.sound {
				c := coarse(s)
				if list := k.byWord[c]; len(list) == 0 || list[len(list)-1] != id {
					k.byWord[c] = append(list, id)
				}
			}
		}
	}
}

// Person returns the known persons that a name in the language may mean, nearest
// first: by full name, or by surname alone (then Full is false, and there may be
// several). An initial stands for a given name in its own place, never for a surname, and beside a
// surname it leaves Full false. Inflected forms should be brought to the dictionary form before.
func (k *KB) Person(name, lang string) []Found {
	k.indexed.Do(k.index)
	q := k.personal(name, lang).givenFirst()
	if len(q.words) == 0 {
		return nil
	}
	var found []Found
	seen := map[string]bool{}
	for _, s := range q.sound {
		for _, id := range k.byWord[coarse(s)] {
			if seen[id] {
				continue
			}
			seen[id] = true
			if best := k.asPerson(q, id); best.Distance <= link.name {
				found = append(found, best)
			}
		}
	}
	slices.SortFunc(found, func(a, b Found) int {
		return cmp.Or(cmp.Compare(a.Distance, b.Distance), cmp.Compare(a.ID, b.ID))
	})
	return found
}

// asPerson returns how far name q is from the nearest name of the known person id.
func (k *KB) asPerson(q personal, id string) Found {
	p := k.persons[id]
	best := Found{ID: "person/" + id, Country: p.Country, Distance: 2, Full: len(q.words) > 1 && !q.initial[0] || q.number != ""}
	for i := range p.names {
		n := &p.names[i]
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
	k.indexed.Do(k.index)
	id = strings.TrimPrefix(id, "person/")
	q := k.personal(name, lang).givenFirst()
	if len(q.words) == 0 || k.persons[id] == nil || !slices.ContainsFunc(q.sound, func(s string) bool { return slices.Contains(k.byWord[coarse(s)], id) }) {
		return false, false
	}
	f := k.asPerson(q, id)
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
func (k *KB) PersonByID(id string) *Person { return k.persons[strings.TrimPrefix(id, "person/")] }

// OfficeHolder returns who held an office ("president", "office/president") of a
// country or body (alpha-3, code, or id of a body) at a time (ISO 8601, an interval
// or empty for today as far as known here), by beginning. Where the time is less
// precise than a change of holders, all who held it then come back.
func (k *KB) OfficeHolder(office, country, when string) []Term {
	var ts []Term
	for _, t := range k.holders[strings.TrimPrefix(office, "office/")+" "+country] {
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
