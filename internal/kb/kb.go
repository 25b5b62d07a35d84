package kb

import (
	"io/fs"
	"slices"
	"strings"
	"sync"
)

// Country is a country or territory, present or former.
type Country struct {
	Code   string // ISO 3166-1 alpha-3, withdrawn codes of former states, XKX for Kosovo
	Alpha2 string
	Status string // state, territory, former, other
	Owner  string // code of the state a territory belongs to
	From   string // a former or new state: first and last month or year; else empty
	Until  string
}

// Body is an international body or one of its organs, a national institution, or
// a group without a state.
type Body struct {
	ID      string
	Kind    Kind   // KindBody, KindInstitution or KindGroup
	Country string // EUR, NAT, UNO, WHO, IGO, NGO, or the alpha-3 of a national one
	Sector  string // PLOVER sector: IGO, GOV, LEG, JUD, MIL, REB, …
	Parent  string // id of the body it is an organ of
}

// Outlet is a news agency or medium.
type Outlet struct {
	ID      string
	Kind    string // agency, paper, broadcaster, site, magazine
	Country string
	Name    string // canonical name in its usual Latin form
}

// Office is a kind of post or organ, whoever holds it.
type Office struct {
	ID       string
	Kind     Kind   // KindOffice or KindOrgan
	Sector   string // PLOVER sector
	National bool   // implies a person or organ of one country (or body)
	Single   bool   // one person holds it at a time
}

// KB is a loaded knowledge base. See the package comment.
type KB struct {
	rules
	facts
	version string
	langs   []string
	fsys    fs.FS  // the tables, for Check
	stale   string // what is wrong with the compiled form, for Check
	shelves shelves
	packs   map[string]*pack
	index   index
	chinese func() chinese
}

// pack is the names of a language. Where they were not compiled, make does it when they are
// first asked for.
type pack struct {
	dict
	once sync.Once
	make func() string
}

// und is the folder of what all languages share.
const und = "und"

// LangTables returns the names of the tables that a language may have. A folder with any
// of them is a language; without decline.tsv its names are found as they stand there.
func LangTables() []string {
	return []string{"countries.tsv", "bodies.tsv", "offices.tsv", "outlets.tsv", "persons.tsv", "places.tsv", "gazetteer.tsv", "decline.tsv"}
}

// Version names the data; it changes when any table changes.
func (k *KB) Version() string { return k.version }

// Langs returns the languages with a folder, sorted, without "und".
func (k *KB) Langs() []string {
	return slices.DeleteFunc(slices.Clone(k.langs), func(l string) bool { return l == und })
}

// Country returns the country of a code, or nil.
func (k *KB) Country(code string) *Country {
	if row, ok := k.lookup(inCountries, code); ok {
		return k.shelves.countries.get(row, k.country)
	}
	return nil
}

// Countries returns all codes of countries and territories, sorted.
func (k *KB) Countries() []string { return k.ids(inCountries) }

// Body returns the body of an id ("nato" or "body/nato"), or nil.
func (k *KB) Body(id string) *Body {
	if row, ok := k.lookup(inBodies, last(id)); ok {
		return k.shelves.bodies.get(row, k.body)
	}
	return nil
}

// Outlet returns the outlet of an id ("tass" or "outlet/tass"), or nil.
func (k *KB) Outlet(id string) *Outlet {
	if row, ok := k.lookup(inOutlets, last(id)); ok {
		return k.shelves.outlets.get(row, k.outlet)
	}
	return nil
}

// Office returns the office of an id ("president" or "office/president"), or nil.
func (k *KB) Office(id string) *Office {
	if row, ok := k.lookup(inOffices, last(id)); ok {
		return k.shelves.offices.get(row, k.office)
	}
	return nil
}

// last is an id without the kind before it.
func last(id string) string { return id[strings.IndexByte(id, '/')+1:] }

// Name returns the name of an id ("country/CHN", "capital/CHN", "body/un", "outlet/tass") for
// display in the language; failing that in English, failing that the id's last part.
func (k *KB) Name(id, lang string) string {
	for _, l := range []string{lang, und, "en"} {
		if s := k.display(id, l); s != "" {
			return s
		}
	}
	if o := k.Outlet(id); o != nil && strings.HasPrefix(id, "outlet/") {
		return o.Name
	}
	return last(id)
}

// display returns the first name of an id in one language, or "".
func (k *KB) display(id, lang string) string {
	if p := k.PersonByID(id); p != nil && strings.HasPrefix(id, "person/") {
		for _, f := range p.forms {
			if f.lang == lang {
				name, _, _ := strings.Cut(f.name, "|")
				return name
			}
		}
		return ""
	}
	return k.called(id, lang)
}

// CountryName returns the name of a country or body code for display in the
// language: CHN → Китай, EUR → ЕС. An unknown code comes back as it is.
func (k *KB) CountryName(code, lang string) string {
	if k.Country(code) != nil {
		return k.Name("country/"+code, lang)
	}
	if id := k.codeBody(code); id != "" {
		return k.Name("body/"+id, lang)
	}
	return code
}

// Members returns the codes of a group ("eu", "nato", "g7") at a time (ISO 8601;
// empty for now and ever), sorted.
func (k *KB) Members(group, when string) []string {
	var codes []string
	for _, m := range k.groups {
		if m.group == group && within(when, m.from, m.until) {
			codes = append(codes, m.code)
		}
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// within reports whether the time may lie in from..until, at the precision that
// both have; an empty bound is open, an empty time is within all that is not over.
func within(when, from, until string) bool {
	if until == "-" {
		until = ""
	}
	if when == "" {
		return until == ""
	}
	if i := strings.IndexByte(when, '/'); i >= 0 {
		when = when[:i]
	}
	cut := func(a, b string) (string, string) { n := min(len(a), len(b)); return a[:n], b[:n] }
	if from != "" && from != "-" {
		if w, f := cut(when, from); w < f {
			return false
		}
	}
	if until != "" {
		if w, u := cut(when, until); w > u {
			return false
		}
	}
	return true
}
