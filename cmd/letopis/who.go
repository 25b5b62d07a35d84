package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"letopis"
	"letopis/internal/kb"
	"letopis/internal/locale"
)

// maxName bounds a name that is asked for, in code points.
const maxName = 200

// whoFlags are the flags of letopis who.
type whoFlags struct {
	lang   string
	at     string
	format string
}

// whoCommand tells what the knowledge base knows of an actor.
func whoCommand(e *env) *cobra.Command {
	var f whoFlags
	c := &cobra.Command{
		Use:   "who NAME [NAME2]",
		Short: "Tell what is known of a person, country, body or medium",
		Long: `Tell what the knowledge base knows of a name: whom or what it may mean and why, the
names in each language, offices with their dates, and who holds the offices of a
country or body. With two names, tell whether they are taken for one, and why.

A name is read in the language of its script that knows it best; --lang says which.
--at gives the offices of one time: 2020-12-05, 2020-12, 2020. A name that is not
known still has its Latin form and the key by which it is found across scripts.`,
		Example: `  letopis who Путин
  letopis who --at 2010 Медведев
  letopis who 'Чън Гуопинг' 'Cheng Guoping'
  letopis who --at 2020-12 --ui bg Китай
  letopis who --kb my-tables/ 'Тадеуш Велички'
  letopis who --format json NATO`,
		Args: cobra.RangeArgs(1, 2),
		RunE: func(_ *cobra.Command, names []string) error { return e.who(names, f) },
	}
	c.Flags().StringVar(&f.lang, "lang", "", "language that the names are written in (bg, en, ru)")
	c.Flags().StringVar(&f.at, "at", "", "give the offices of this `DATE` only: 2020-12-05, 2020-12, 2020")
	c.Flags().StringVar(&f.format, "format", "text", "text or json")
	return c
}

// whoName is what is known of one name.
type whoName struct {
	Name    string      `json:"name"`
	Lang    string      `json:"lang"`
	Latin   string      `json:"latin"`
	Key     string      `json:"key"`
	Persons []whoPerson `json:"persons"`
	Others  []whoOther  `json:"others"`
}

// whoPerson is a person that a name may mean.
type whoPerson struct {
	ID       string  `json:"id"`
	Name     string  `json:"name"` // in the language of the interface
	Country  string  `json:"country"`
	Gender   string  `json:"gender"`
	Full     bool    `json:"full"`
	Distance float64 `json:"distance"`
	Why      string  `json:"why"` // in English
	why      kb.Why
	Names    map[string][]string `json:"names"`
	Offices  []whoTerm           `json:"offices"`
}

// whoOther is anything else that a name may mean.
type whoOther struct {
	ID      string            `json:"id"`
	Kind    kb.Kind           `json:"kind"`
	Country string            `json:"country,omitempty"`
	Often   bool              `json:"ambiguous,omitempty"`
	Names   map[string]string `json:"names"`
	Facts   string            `json:"facts,omitempty"` // ISO codes and times, sector, kind of medium
	Offices []whoTerm         `json:"offices"`
}

// whoTerm is an office held, with its words in the language of the interface.
type whoTerm struct {
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

// whoAnswer is the whole answer as JSON.
type whoAnswer struct {
	At    string    `json:"at,omitempty"`
	Names []whoName `json:"names"`
	Same  *whoSame  `json:"same,omitempty"`
}

// whoSame says whether two names are taken for one.
type whoSame struct {
	Same   bool   `json:"one_name"`
	Why    string `json:"why"` // in English
	why    kb.Why
	Common []string `json:"persons"` // known persons that both may mean
}

// who answers for one name or two.
func (e *env) who(names []string, f whoFlags) error {
	for i, n := range names {
		names[i] = strings.Join(strings.Fields(n), " ")
		if !utf8.ValidString(n) || !strings.ContainsFunc(n, unicode.IsLetter) || utf8.RuneCountInString(n) > maxName {
			return &letopis.Error{Op: "who", Kind: letopis.Invalid, Err: fmt.Errorf("%.40q is no name; a name has letters, and at most %d signs of UTF-8", n, maxName)}
		}
	}
	if _, err := letopis.ParseWhen(f.at); err != nil {
		return fmt.Errorf("--at: %w", err)
	}
	if f.format != "text" && f.format != "json" {
		return &letopis.Error{Op: "--format", Kind: letopis.Unsupported, Err: fmt.Errorf("there is no format %q; choose text or json", f.format)}
	}
	w, err := e.newWho(f)
	if err != nil {
		return err
	}
	answer := whoAnswer{At: f.at}
	for _, n := range names {
		answer.Names = append(answer.Names, w.name(n))
	}
	if len(names) == 2 {
		answer.Same = w.same(answer.Names[0], answer.Names[1])
	}
	if f.format == "json" {
		enc := json.NewEncoder(e.stdout)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(answer)
	}
	loc, err := locale.Of(e.ui)
	if err != nil {
		return err
	}
	var b strings.Builder
	for i, n := range answer.Names {
		if i > 0 {
			b.WriteString("\n")
		}
		w.print(&b, loc, n)
	}
	if s := answer.Same; s != nil {
		w.printSame(&b, loc, answer.Names, s)
	}
	_, err = io.WriteString(e.stdout, b.String())
	return err
}

// whoReader asks the knowledge base.
type whoReader struct {
	kb     *kb.KB
	ui     string
	at     string
	lang   string            // asked for, or ""
	script map[string]string // of each language
}

// newWho opens the knowledge base and learns the scripts of its languages.
func (e *env) newWho(f whoFlags) (*whoReader, error) {
	sub, err := fs.Sub(e.data, "kb")
	if err != nil {
		return nil, err
	}
	k, err := kb.Open(sub)
	if err != nil {
		return nil, err
	}
	w := &whoReader{kb: k, ui: e.ui, at: f.at, lang: strings.ToLower(f.lang), script: map[string]string{}}
	for _, lang := range k.Langs() {
		var l struct {
			Script string `json:"script"`
		}
		name := path.Join("lang", lang, "lang.json")
		b, err := fs.ReadFile(e.data, name)
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
			Err: fmt.Errorf("the knowledge base has no language %q; it has %s", f.lang, strings.Join(k.Langs(), ", "))}
	}
	return w, nil
}

// scripts are the scripts that languages of the knowledge base may have, by their
// ISO 15924 codes.
var scripts = map[string]*unicode.RangeTable{"Arab": unicode.Arabic, "Cyrl": unicode.Cyrillic, "Grek": unicode.Greek, "Hebr": unicode.Hebrew, "Latn": unicode.Latin}

// langs returns the languages that a name may be written in: those of its script,
// that of the interface first.
func (w *whoReader) langs(name string) []string {
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
		return cmp.Compare(boolRank(a == w.ui), boolRank(b == w.ui))
	})
	return langs
}

func boolRank(first bool) int {
	if first {
		return 0
	}
	return 1
}

// name tells what is known of a name in the language that knows it best.
func (w *whoReader) name(name string) whoName {
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
	n := whoName{Name: name, Lang: bestLang, Latin: best.Latin, Key: best.Key, Persons: []whoPerson{}, Others: []whoOther{}}
	for _, p := range best.Persons {
		n.Persons = append(n.Persons, w.person(p))
	}
	for _, m := range best.Others {
		n.Others = append(n.Others, w.other(m))
	}
	return n
}

// explain explains a name, or the dictionary form of an inflected name.
func (w *whoReader) explain(name, lang string) kb.Explanation {
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
func (w *whoReader) person(p kb.Known) whoPerson {
	out := whoPerson{ID: p.ID, Name: w.kb.Name(p.ID, w.ui), Country: p.Country, Full: p.Full, Distance: p.Distance, Why: p.Why.String(), why: p.Why, Names: p.Names, Offices: []whoTerm{}}
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
func (w *whoReader) other(m kb.Match) whoOther {
	out := whoOther{ID: m.ID, Kind: m.Kind, Country: m.Country, Often: m.Ambiguous, Names: map[string]string{}, Offices: []whoTerm{}}
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

// words joins what is not empty.
func words(s ...string) string {
	return strings.Join(slices.DeleteFunc(s, func(s string) bool { return s == "" }), " ")
}

// place names a country, code or body.
func (w *whoReader) place(id string) string {
	if id == "" {
		return ""
	}
	if s := w.kb.CountryName(id, w.ui); s != id {
		return s
	}
	return w.kb.Name("body/"+id, w.ui)
}

// term gives an office held its words.
func (w *whoReader) term(t kb.Term, person bool) whoTerm {
	return whoTerm{Office: t.Office, Title: w.kb.Name("office/"+t.Office, w.ui), Of: t.Country, Person: "person/" + t.Person,
		Name: w.kb.Name("person/"+t.Person, w.ui), From: t.From, Until: t.Until, At: t.At,
		ofName: w.place(t.Country), atPlace: w.place(t.At), person: person}
}

// same tells whether two names are taken for one: as the languages read them that
// know them best, else as any languages of their scripts.
func (w *whoReader) same(a, b whoName) *whoSame {
	s := &whoSame{Common: []string{}}
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
		if slices.ContainsFunc(b.Persons, func(q whoPerson) bool { return q.ID == p.ID }) {
			s.Common = append(s.Common, p.ID)
		}
	}
	return s
}

// print writes what is known of a name for a person to read.
func (w *whoReader) print(b *strings.Builder, loc locale.Texts, n whoName) {
	fmt.Fprintf(b, "%s\n", n.Name)
	whoLine(b, loc.T("who.lang"), n.Lang)
	whoLine(b, loc.T("who.latin"), n.Latin)
	whoLine(b, loc.T("who.key"), n.Key)
	if len(n.Persons)+len(n.Others) == 0 {
		fmt.Fprintf(b, "\n%s\n", loc.T("who.none"))
	}
	// What the name is exactly comes before the persons whose names only sound like it.
	if len(n.Persons) > 0 && n.Persons[0].Distance > 0 {
		w.printOthers(b, loc, n.Others)
		w.printPersons(b, loc, n.Persons)
		return
	}
	w.printPersons(b, loc, n.Persons)
	w.printOthers(b, loc, n.Others)
}

// printPersons writes the persons that a name may mean.
func (w *whoReader) printPersons(b *strings.Builder, loc locale.Texts, persons []whoPerson) {
	for _, p := range persons {
		fmt.Fprintf(b, "\n%s · %s · %s\n", p.Name, w.place(p.Country), p.ID)
		whoLine(b, loc.T("who.why"), whoWhy(loc, p.why))
		if !p.Full {
			whoLine(b, "", loc.T("who.surname"))
		}
		for _, lang := range append(w.kb.Langs(), "und") {
			if names := p.Names[lang]; len(names) > 0 {
				whoLine(b, loc.T("who.names")+" "+strings.Replace(lang, "und", "Latn", 1), strings.Join(names, ", "))
			}
		}
		w.printTerms(b, loc, p.Offices)
	}
}

// printOthers writes the countries, bodies, offices and media that a name may mean.
func (w *whoReader) printOthers(b *strings.Builder, loc locale.Texts, others []whoOther) {
	for _, o := range others {
		head := []string{o.Names[w.ui], loc.T("who.kind." + string(o.Kind))}
		if o.Kind != kb.KindCountry && o.Country != "" {
			head = append(head, w.place(o.Country))
		}
		fmt.Fprintf(b, "\n%s\n", strings.Join(append(head, o.ID), " · "))
		whoLine(b, loc.T("who.facts"), o.Facts)
		if o.Often {
			whoLine(b, "", loc.T("who.ambiguous"))
		}
		for _, lang := range w.kb.Langs() {
			whoLine(b, loc.T("who.names")+" "+lang, o.Names[lang])
		}
		w.printTerms(b, loc, o.Offices)
	}
}

// printTerms writes offices, the earliest first.
func (w *whoReader) printTerms(b *strings.Builder, loc locale.Texts, terms []whoTerm) {
	label := loc.T("who.offices")
	switch {
	case w.at != "" && len(terms) == 0:
		whoLine(b, label, fmt.Sprintf(loc.T("who.offices.none"), w.at))
	case w.at != "":
		label += " " + w.at
	}
	for i, t := range terms {
		if i > 0 {
			label = ""
		}
		what := []string{t.Title, t.ofName}
		if t.person {
			what[1] = t.Name
		}
		if t.atPlace != "" {
			what = append(what, loc.T("who.accredited")+" "+t.atPlace)
		}
		whoLine(b, label, fmt.Sprintf("%-10s – %-10s  %s", t.From, t.Until, strings.Join(what, ", ")))
	}
}

// whoWhy tells a ground in the language of the interface.
func whoWhy(loc locale.Texts, w kb.Why) string {
	s := loc.T("who.why." + string(w.Reason))
	switch w.Reason {
	case kb.NumbersDiffer, kb.GivenDiffer:
		s = fmt.Sprintf(s, w.A, w.B)
	case kb.Together:
		s = fmt.Sprintf(s, w.Distance)
	case kb.WordsAlike:
		s = fmt.Sprintf(s, w.Distance, w.A, w.B, w.Worst)
	}
	if w.Form != "" {
		return w.Form + ": " + s
	}
	return s
}

// printSame writes whether two names are one.
func (w *whoReader) printSame(b *strings.Builder, loc locale.Texts, n []whoName, s *whoSame) {
	key := "who.different"
	if s.Same {
		key = "who.same"
	}
	fmt.Fprintf(b, "\n%s, %s: %s\n", n[0].Name, n[1].Name, loc.T(key))
	whoLine(b, loc.T("who.why"), whoWhy(loc, s.why))
	if len(s.Common) > 0 {
		whoLine(b, loc.T("who.common"), strings.Join(s.Common, ", "))
	}
}

// whoLine writes a line of label and value, nothing where the value is empty.
func whoLine(b *strings.Builder, label, value string) {
	if value != "" {
		fmt.Fprintf(b, "  %-13s %s\n", label, strings.TrimRight(value, " "))
	}
}
