// Package who tells what the knowledge base knows of a name: whom or what it may mean and
// why, with names, offices and their times, and whether two names are taken for one.
//
// Its invariant: it knows nobody by itself and judges no name. Which names are alike, and on
// what ground, is said by package kb; this package asks in the languages of a name's script
// and puts the answers into words.
package who

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"letopis"
	"letopis/internal/kb"
)

// Name is what is known of one name.
type Name struct {
	Name    string   `json:"name"`
	Lang    string   `json:"lang"`
	Latin   string   `json:"latin"`
	Key     string   `json:"key"`
	Persons []Person `json:"persons"`
	Others  []Other  `json:"others"`
}

// Person is a person that a name may mean.
type Person struct {
	ID       string  `json:"id"`
	Name     string  `json:"name"` // in the language of the interface
	Country  string  `json:"country"`
	Gender   string  `json:"gender"`
	Full     bool    `json:"full"`
	Distance float64 `json:"distance"`
	Why      string  `json:"why"` // in English
	why      kb.Why
	Names    map[string][]string `json:"names"`
	Offices  []Term              `json:"offices"`
}

// Other is anything else that a name may mean.
type Other struct {
	ID      string            `json:"id"`
	Kind    kb.Kind           `json:"kind"`
	Country string            `json:"country,omitempty"`
	Often   bool              `json:"ambiguous,omitempty"`
	Names   map[string]string `json:"names"`
	Facts   string            `json:"facts,omitempty"` // ISO codes and times, sector, kind of medium
	Offices []Term            `json:"offices"`
}

// Term is an office held, with its words in the language of the interface.
type Term struct {
	Office  string `json:"office"`
	Title   string `json:"title"`
	Of      string `json:"of"`
	Person  string `json:"person"`
	Name    string `json:"name"`
	From    string `json:"from"`
	Until   string `json:"until,omitempty"`
	At      string `json:"at,omitempty"`
	ofName  string
	person  bool // the line is of a country: it names the person
	atPlace string
}

// Answer is the whole answer as JSON.
type Answer struct {
	At    string `json:"at,omitempty"`
	Names []Name `json:"names"`
	Same  *Same  `json:"same,omitempty"`
}

// Same says whether two names are taken for one.
type Same struct {
	Same   bool   `json:"one_name"`
	Why    string `json:"why"` // in English
	why    kb.Why
	Common []string `json:"persons"` // known persons that both may mean
}

// Options say how an [Asker] reads names and what it tells.
type Options struct {
	UI   string // language of the interface, in which offices and places are named
	Lang string // language that the names are written in; "" for those of their script
	At   string // 2020-12-05, 2020-12, 2020: only the offices of this time; "" for all
}

// Asker asks the knowledge base. It is safe for concurrent use.
type Asker struct {
	kb     *kb.KB
	ui     string
	at     string
	lang   string            // asked for, or ""
	script map[string]string // of each language
}

// Open opens an asker on a data folder: the knowledge base, and the scripts of its languages.
func Open(data fs.FS, o Options) (*Asker, error) {
	sub, err := fs.Sub(data, "kb")
	if err != nil {
		return nil, err
	}
	k, err := kb.Open(sub)
	if err != nil {
		return nil, err
	}
	w := &Asker{kb: k, ui: o.UI, at: o.At, lang: strings.ToLower(o.Lang), script: map[string]string{}}
	for _, lang := range k.Langs() {
		var l struct {
			Script string `json:"script"`
		}
		name := path.Join("lang", lang, "lang.json")
		b, err := fs.ReadFile(data, name)
		if err == nil {
			err = json.Unmarshal(b, &l)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, &letopis.Error{Op: name, Kind: letopis.Invalid, Err: err}
		}
		w.script[lang] = l.Script
	}
	if w.lang != "" && !slices.Contains(k.Langs(), w.lang) {
		return nil, &letopis.Error{Op: "--lang", Kind: letopis.Unsupported,
			Err: fmt.Errorf("the knowledge base has no language %q; it has %s", o.Lang, strings.Join(k.Langs(), ", "))}
	}
	return w, nil
}

// maxName bounds a name that is asked for, in code points.
const maxName = 200

// Spaced returns a name with one space between its words; the error is of kind Invalid
// where it has no letter, is too long or no UTF-8.
func Spaced(name string) (string, error) {
	if !utf8.ValidString(name) || !strings.ContainsFunc(name, unicode.IsLetter) || utf8.RuneCountInString(name) > maxName {
		return "", &letopis.Error{Op: "who", Kind: letopis.Invalid, Err: fmt.Errorf("%.40q is no name; a name has letters, and at most %d signs of UTF-8", name, maxName)}
	}
	return strings.Join(strings.Fields(name), " "), nil
}

// Ask tells what is known of names that are spaced (see [Spaced]); of two, also whether they
// are taken for one.
func (w *Asker) Ask(names ...string) *Answer {
	answer := &Answer{At: w.at}
	for _, n := range names {
		answer.Names = append(answer.Names, w.name(n))
	}
	if len(names) == 2 {
		answer.Same = w.same(answer.Names[0], answer.Names[1])
	}
	return answer
}

// scripts are the scripts that languages of the knowledge base may have, by their
// ISO 15924 codes.
var scripts = map[string]*unicode.RangeTable{"Arab": unicode.Arabic, "Cyrl": unicode.Cyrillic, "Grek": unicode.Greek, "Hebr": unicode.Hebrew, "Latn": unicode.Latin}

// langs returns the languages that a name may be written in: those of its script,
// that of the interface first.
func (w *Asker) langs(name string) []string {
	if w.lang != "" {
		return []string{w.lang}
	}
	var langs []string
	for _, lang := range w.kb.Langs() {
		if t := scripts[w.script[lang]]; t != nil && strings.ContainsFunc(name, func(r rune) bool { return unicode.Is(t, r) }) {
			langs = append(langs, lang)
		}
	}
	if langs == nil {
		langs = w.kb.Langs()
	}
	slices.SortStableFunc(langs, func(a, b string) int {
		return cmp.Compare(after(a != w.ui), after(b != w.ui))
	})
	return langs
}

// after is where what is not first stands.
func after(b bool) int {
	if b {
		return 1
	}
	return 0
}

// name tells what is known of a name in the language that knows it best.
func (w *Asker) name(name string) Name {
	var best kb.Explanation
	bestLang, bestScore := "", 3.0
	for _, lang := range w.langs(name) {
		x := w.explain(name, lang)
		score := 2.0
		if len(x.Persons) > 0 {
			score = x.Persons[0].Distance
		}
		if len(x.Others) > 0 {
			score = min(score, 0)
		}
		if score < bestScore {
			best, bestLang, bestScore = x, lang, score
		}
	}
	n := Name{Name: name, Lang: bestLang, Latin: best.Latin, Key: best.Key, Persons: []Person{}, Others: []Other{}}
	for _, p := range best.Persons {
		n.Persons = append(n.Persons, w.person(p))
	}
	for _, m := range best.Others {
		n.Others = append(n.Others, w.other(m))
	}
	return n
}

// explain explains a name, or the dictionary form of an inflected name.
func (w *Asker) explain(name, lang string) kb.Explanation {
	x := w.kb.Explain(name, lang)
	if len(x.Persons) > 0 {
		return x
	}
	var toks []kb.Tok
	for _, word := range strings.Fields(name) {
		toks = append(toks, kb.Tok{Form: word})
	}
	for _, m := range w.kb.Match(lang, toks, 0) {
		if m.Kind != kb.KindPerson || m.Last != len(toks)-1 {
			continue
		}
		for _, p := range w.kb.Explain(m.Base, lang).Persons {
			if p.ID == m.ID {
				p.Why = kb.Why{Reason: kb.Inflected, Form: m.Base}
				x.Persons = append(x.Persons, p)
			}
		}
	}
	return x
}

// person tells what is known of a person.
func (w *Asker) person(p kb.Known) Person {
	out := Person{ID: p.ID, Name: w.kb.Name(p.ID, w.ui), Country: p.Country, Full: p.Full, Distance: p.Distance, Why: p.Why.String(), why: p.Why, Names: p.Names, Offices: []Term{}}
	if known := w.kb.PersonByID(p.ID); known != nil {
		out.Gender = known.Gender
	}
	terms := p.Terms
	if w.at != "" {
		terms = w.kb.OfficesAt(p.ID, w.at)
	}
	for _, t := range terms {
		out.Offices = append(out.Offices, w.term(t, false))
	}
	return out
}

// other tells what is known of a country, body, office or medium.
func (w *Asker) other(m kb.Match) Other {
	out := Other{ID: m.ID, Kind: m.Kind, Country: m.Country, Often: m.Ambiguous, Names: map[string]string{}, Offices: []Term{}}
	for _, lang := range w.kb.Langs() {
		out.Names[lang] = w.kb.Name(m.ID, lang)
	}
	of := []string{m.ID[strings.IndexByte(m.ID, '/')+1:]}
	switch m.Kind {
	case kb.KindCountry:
		if c := w.kb.Country(m.Country); c != nil {
			out.Facts = words(c.Code, c.Alpha2, c.Status, c.Owner, c.From, c.Until)
		}
	case kb.KindBody, kb.KindInstitution, kb.KindGroup:
		if b := w.kb.Body(m.ID); b != nil {
			out.Facts = words(b.Sector, b.Parent)
		}
		if m.Country != "" && w.kb.CountryName(m.Country, "en") == w.kb.Name(m.ID, "en") {
			of = append(of, m.Country) // the code that stands for this body
		}
	case kb.KindPlace:
		if p := w.kb.Place(m.ID); p != nil {
			out.Facts = words(p.Kind, strings.Join(p.Said, " "), degrees(p), p.GeoNames)
		}
		of = nil
	case kb.KindOutlet:
		if o := w.kb.Outlet(m.ID); o != nil {
			out.Facts = words(o.Kind, o.Name)
		}
		of = nil
	default:
		of = nil
	}
	for _, office := range w.kb.Offices() {
		for _, country := range of {
			for _, t := range w.kb.OfficeHolder(office, country, w.at) {
				out.Offices = append(out.Offices, w.term(t, true))
			}
		}
	}
	return out
}

// degrees gives where a place is, as "46.48,30.73", or "" where that is not known.
func degrees(p *kb.Place) string {
	if p.Lat == 0 && p.Lon == 0 {
		return ""
	}
	return fmt.Sprintf("%.2f,%.2f", p.Lat, p.Lon)
}

// words joins what is not empty.
func words(s ...string) string {
	return strings.Join(slices.DeleteFunc(s, func(s string) bool { return s == "" }), " ")
}

// place names a country, code or body.
func (w *Asker) place(id string) string {
	if id == "" {
		return ""
	}
	if s := w.kb.CountryName(id, w.ui); s != id {
		return s
	}
	return w.kb.Name("body/"+id, w.ui)
}

// term gives an office held its words.
func (w *Asker) term(t kb.Term, person bool) Term {
	return Term{Office: t.Office, Title: w.kb.Name("office/"+t.Office, w.ui), Of: t.Country, Person: "person/" + t.Person,
		Name: w.kb.Name("person/"+t.Person, w.ui), From: t.From, Until: t.Until, At: t.At,
		ofName: w.place(t.Country), atPlace: w.place(t.At), person: person}
}

// same tells whether two names are taken for one: as the languages read them that
// know them best, else as any languages of their scripts.
func (w *Asker) same(a, b Name) *Same {
	s := &Same{Common: []string{}}
	s.Same, s.why = w.kb.SameName(a.Name, a.Lang, b.Name, b.Lang)
	for _, la := range w.langs(a.Name) {
		for _, lb := range w.langs(b.Name) {
			if s.Same {
				break
			}
			if ok, why := w.kb.SameName(a.Name, la, b.Name, lb); ok {
				s.Same, s.why = true, why
			}
		}
	}
	s.Why = s.why.String()
	for _, p := range a.Persons {
		if slices.ContainsFunc(b.Persons, func(q Person) bool { return q.ID == p.ID }) {
			s.Common = append(s.Common, p.ID)
		}
	}
	return s
}
