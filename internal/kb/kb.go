package kb

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"time"

	"letopis/internal/tsv"
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
	version   string
	countries map[string]*Country
	codes     []string
	bodies    map[string]*Body
	codeBody  map[string]string // actor code → the only body of its own that has it
	outlets   map[string]*Outlet
	offices   map[string]*Office
	places    map[string]*Place
	groups    []membership
	names     map[string]map[string]string // lang → id → display name
	packs     map[string]*pack
	langs     []string

	persons     map[string]*Person
	holders     map[string][]Term // office and country → terms, by beginning
	familyFirst map[string]bool   // countries where the family name comes first
	sounds      *sounds
	later       tables // what is read when first needed, and checked
	learned     sync.Once
	chinese     chinese
	indexed     sync.Once
	byWord      map[string][]string // coarse key of a word of a name → persons
}

// pack is one language's tables, compiled to a dict when first asked for.
type pack struct {
	ends    *endings
	pending []pendingName
	once    sync.Once
	dict    *dict
}

type pendingName struct {
	item  item
	forms string
}

type membership struct{ group, code, from, until string }

// und is the folder of what all languages share.
const und = "und"

// Open reads the knowledge base in the root of fsys. The error is of kind
// Invalid and lists what is wrong as file:line:col.
func Open(fsys fs.FS) (*KB, error) {
	const op = "open knowledge base"
	k := &KB{
		countries: map[string]*Country{}, bodies: map[string]*Body{}, codeBody: map[string]string{}, outlets: map[string]*Outlet{},
		offices: map[string]*Office{}, places: map[string]*Place{}, names: map[string]map[string]string{}, packs: map[string]*pack{},
		persons: map[string]*Person{}, holders: map[string][]Term{}, familyFirst: map[string]bool{}, sounds: newSounds(),
	}
	ts, err := k.load(fsys)
	if err != nil {
		return nil, invalid(op, err)
	}
	k.later = ts
	errs := []error{k.readCountries(ts), k.readBodies(ts), k.readOffices(ts), k.readOutlets(ts), k.readPlaces(ts), k.readGroups(ts),
		k.readSounds(ts), k.readPersons(ts), k.readTerms(ts)}
	for _, lang := range k.langs {
		errs = append(errs, k.readLang(ts, lang))
	}
	if len(k.langs) == 0 {
		errs = append(errs, fmt.Errorf("no folder of a language in the knowledge base: one with any of %s", strings.Join(LangTables(), ", ")))
	}
	if err := invalid(op, errs...); err != nil {
		return nil, err
	}
	return k, nil
}

// dict returns the names of a language, or those of all where it has no folder.
func (k *KB) dict(lang string) *dict {
	p, ok := k.packs[lang]
	if !ok {
		if p, ok = k.packs[und]; !ok {
			p = k.packs[k.langs[0]]
		}
	}
	p.once.Do(func() {
		d := newDict(p.ends, len(p.pending)+len(p.pending)/2)
		own := false
		for i := range p.pending {
			own = own || p.pending[i].item.kind == KindPerson
			k.enter(d, &p.pending[i])
		}
		// What stands for all languages, but of persons only where the language has
		// no names of its own: those are found by Person in any script.
		if common := k.packs[und]; common != nil && common != p {
			for i := range common.pending {
				if common.pending[i].item.kind != KindPerson || !own {
					k.enter(d, &common.pending[i])
				}
			}
		}
		p.dict = d
	})
	return p.dict
}

// enter enters the forms of a name into the dict, and the surname of a person who
// is commonly called by it alone.
func (k *KB) enter(d *dict, n *pendingName) {
	bare := n.item.kind == KindPerson && k.PersonByID(n.item.id).Bare
	for forms, more := n.forms, true; more; {
		var f string
		f, forms, more = strings.Cut(forms, "|")
		d.add(n.item, f)
		if bare {
			if s := k.short(f, k.familyFirst[n.item.country]); s != "" {
				d.add(n.item, s)
			}
		}
	}
}

// LangTables returns the names of the tables that a language may have. A folder with any
// of them is a language; without decline.tsv its names are found as they stand there.
func LangTables() []string {
	return []string{"countries.tsv", "bodies.tsv", "offices.tsv", "outlets.tsv", "persons.tsv", "places.tsv", "gazetteer.tsv", "decline.tsv"}
}

// tables is the files of the knowledge base, by path.
type tables map[string]string

// load reads all tables and sets the version to a hash of them.
func (k *KB) load(fsys fs.FS) (tables, error) {
	ts := tables{}
	h := sha256.New()
	err := fs.WalkDir(fsys, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, ".tsv") {
			return err
		}
		b, err := fs.ReadFile(fsys, path)
		if err != nil {
			return err
		}
		h.Write([]byte(path))
		h.Write([]byte{0})
		h.Write(b)
		ts[path] = string(b)
		lang, table, _ := strings.Cut(path, "/")
		if slices.Contains(LangTables(), table) && !slices.Contains(k.langs, lang) {
			k.langs = append(k.langs, lang)
		}
		return nil
	})
	k.version = hex.EncodeToString(h.Sum(nil)[:8])
	return ts, err
}

// Version names the data; it changes when any table changes.
func (k *KB) Version() string { return k.version }

// Langs returns the languages with a folder, sorted, without "und".
func (k *KB) Langs() []string {
	return slices.DeleteFunc(slices.Clone(k.langs), func(l string) bool { return l == und })
}

func (k *KB) readCountries(ts tables) error {
	rows, err := readTable(ts, "countries.tsv", tsv.Fields("code", "alpha-2", "status", "owner?", "from?", "until?"))
	errs := []error{err}
	for _, r := range rows {
		c := &Country{Code: r.Field(0), Alpha2: r.Field(1), Status: r.Field(2), Owner: r.Field(3), From: r.Field(4), Until: r.Field(5)}
		if _, twice := k.countries[c.Code]; twice {
			errs = append(errs, r.Errorf(0, "country %s stands here twice", c.Code))
			continue
		}
		switch c.Status {
		case "state", "territory", "former", "other":
		default:
			errs = append(errs, r.Errorf(2, "status %q, want state, territory, former or other", c.Status))
		}
		errs = append(errs, checkDate(r, 4), checkDate(r, 5))
		k.countries[c.Code] = c
		k.codes = append(k.codes, c.Code)
	}
	slices.Sort(k.codes)
	return errors.Join(errs...)
}

func (k *KB) readBodies(ts tables) error {
	rows, err := readTable(ts, "bodies.tsv", tsv.Fields("id", "kind", "country", "sector", "parent?"))
	errs := []error{err}
	for _, r := range rows {
		b := &Body{ID: r.Field(0), Kind: Kind(r.Field(1)), Country: r.Field(2), Sector: r.Field(3), Parent: r.Field(4)}
		if b.Kind != KindBody && b.Kind != KindInstitution && b.Kind != KindGroup {
			errs = append(errs, r.Errorf(1, "kind %q, want body, institution or group", b.Kind))
		}
		if b.Kind == KindInstitution && k.countries[b.Country] == nil {
			errs = append(errs, r.Errorf(2, "no country %q in countries.tsv", b.Country))
		}
		if k.bodies[b.ID] != nil {
			errs = append(errs, r.Errorf(0, "%q stands here twice", b.ID))
		}
		k.bodies[b.ID] = b
		if b.Kind == KindBody && b.Parent == "" {
			if _, more := k.codeBody[b.Country]; more {
				k.codeBody[b.Country] = ""
			} else {
				k.codeBody[b.Country] = b.ID
			}
		}
	}
	for i := range rows {
		if p := rows[i].Field(4); p != "" && k.bodies[p] == nil {
			errs = append(errs, rows[i].Errorf(4, "no body %q in this table", p))
		}
	}
	return errors.Join(errs...)
}

func (k *KB) readOffices(ts tables) error {
	rows, err := readTable(ts, "offices.tsv", tsv.Fields("id", "kind", "sector", "marks"))
	errs := []error{err}
	for _, r := range rows {
		o := &Office{ID: r.Field(0), Kind: Kind(r.Field(1)), Sector: r.Field(2)}
		if o.Kind != KindOffice && o.Kind != KindOrgan {
			errs = append(errs, r.Errorf(1, "kind %q, want office or organ", o.Kind))
		}
		for _, f := range strings.Fields(noDash(r.Field(3))) {
			switch f {
			case "national":
				o.National = true
			case "single":
				o.Single = true
			default:
				errs = append(errs, r.Errorf(3, "%q, want national, single or -", f))
			}
		}
		if k.offices[o.ID] != nil {
			errs = append(errs, r.Errorf(0, "%q stands here twice", o.ID))
		}
		k.offices[o.ID] = o
	}
	return errors.Join(errs...)
}

func (k *KB) readOutlets(ts tables) error {
	rows, err := readTable(ts, "outlets.tsv", tsv.Fields("id", "kind", "country", "name"))
	errs := []error{err}
	for _, r := range rows {
		o := &Outlet{ID: r.Field(0), Kind: r.Field(1), Country: r.Field(2), Name: r.Field(3)}
		if o.Country != "" && k.countries[o.Country] == nil {
			errs = append(errs, r.Errorf(2, "no country %q in countries.tsv", o.Country))
		}
		if k.outlets[o.ID] != nil {
			errs = append(errs, r.Errorf(0, "%q stands here twice", o.ID))
		}
		k.outlets[o.ID] = o
	}
	return errors.Join(errs...)
}

func (k *KB) readGroups(ts tables) error {
	rows, err := readTable(ts, "groups.tsv", tsv.Fields("group", "countries", "from?", "until?"))
	errs := []error{err}
	for _, r := range rows {
		for _, code := range strings.Fields(r.Field(1)) {
			if k.countries[code] == nil {
				errs = append(errs, r.Errorf(1, "no country %q in countries.tsv", code))
			}
			k.groups = append(k.groups, membership{r.Field(0), code, r.Field(2), r.Field(3)})
			if r.Field(0) == "family-name-first" {
				k.familyFirst[code] = true
			}
		}
		errs = append(errs, checkDate(r, 2), checkDate(r, 3))
	}
	return errors.Join(errs...)
}

// readSounds reads the tables of translit/.
func (k *KB) readSounds(ts tables) error {
	sound, err1 := readTable(ts, "translit/sound.tsv", tsv.Fields("language", "spelling", "sounds"))
	near, err2 := readTable(ts, "translit/near.tsv", tsv.Fields("sounds", "cost"))
	part, err3 := readTable(ts, "translit/particles.tsv", tsv.Fields("word", "kind"))
	differ, err4 := readTable(ts, "translit/differ.tsv", tsv.Fields("names", "others"))
	latin, err5 := readTable(ts, "translit/latin.tsv", tsv.Fields("language", "spelling", "Latin"))
	scripts, err6 := readTable(ts, "translit/scripts.tsv", tsv.Fields("script", "language"))
	errs := append(k.sounds.readSound(sound), err1, err2, err3, err4, err5, err6)
	for i := range latin {
		lang, spelling, letters := latin[i].Field(0), latin[i].Field(1), noDash(latin[i].Field(2))
		if k.sounds.latin[lang] == nil {
			k.sounds.latin[lang] = map[string]string{}
		}
		k.sounds.latin[lang][spelling] = letters
	}
	for _, r := range scripts {
		if k.sounds.latin[r.Field(1)] == nil {
			errs = append(errs, r.Errorf(1, "latin.tsv has no letters of %q", r.Field(1)))
		}
		k.sounds.letters[r.Field(0)] = r.Field(1)
	}
	errs = append(errs, k.sounds.readNear(near)...)
	for i := range part {
		switch c := part[i].Field(1); c {
		case partSurname, partArticle, partTitle:
		default:
			errs = append(errs, part[i].Errorf(1, "%q, want %s, %s or %s", c, partSurname, partArticle, partTitle))
		}
		k.sounds.part[part[i].Field(0)] = part[i].Field(1)
	}
	k.sounds.sets = map[string][]map[string]bool{}
	for i := range differ {
		for _, c := range [2][2]int{{0, 1}, {1, 0}} {
			others := map[string]bool{}
			for _, w := range strings.Fields(differ[i].Field(c[1])) {
				others[w] = true
			}
			for _, w := range strings.Fields(differ[i].Field(c[0])) {
				k.sounds.sets[w] = append(k.sounds.sets[w], others)
			}
		}
	}
	return errors.Join(errs...)
}

// readLang reads one language's folder.
func (k *KB) readLang(ts tables, lang string) error {
	rows, err := readTable(ts, lang+"/decline.tsv", tsv.Fields("kind", "ending", "forms"))
	ends, errs := readEndings(rows)
	errs = append(errs, err)
	k.packs[lang] = &pack{ends: ends}
	k.names[lang] = make(map[string]string, 1024)
	errs = append(errs,
		k.readCountryNames(ts, lang),
		k.readPersonNames(ts, lang),
		k.readNames(ts, lang, "bodies", func(r tsv.Row, id string) (item, error) {
			b := k.bodies[id]
			if b == nil {
				return item{}, r.Errorf(0, "no body %q in bodies.tsv", id)
			}
			return item{kind: b.Kind, id: string(b.Kind) + "/" + id, country: b.Country}, nil
		}),
		k.readNames(ts, lang, "offices", func(r tsv.Row, id string) (item, error) {
			o := k.offices[id]
			if o == nil {
				return item{}, r.Errorf(0, "no office %q in offices.tsv", id)
			}
			return item{kind: o.Kind, id: string(o.Kind) + "/" + id}, nil
		}),
		k.readNames(ts, lang, "outlets", func(r tsv.Row, id string) (item, error) {
			o := k.outlets[id]
			if o == nil {
				return item{}, r.Errorf(0, "no outlet %q in outlets.tsv", id)
			}
			return item{kind: KindOutlet, id: "outlet/" + id, country: o.Country}, nil
		}),
		k.readNames(ts, lang, "places", k.placeOf),
		k.readNames(ts, lang, "gazetteer", k.placeOf),
	)
	return errors.Join(errs...)
}

// countryKinds are the columns of LANG/countries.tsv after the code.
var countryKinds = [...]Kind{KindCountry, KindCapital, KindAdjective, KindDemonym, KindSeat}

// readCountryNames reads LANG/countries.tsv: code, names, capitals, adjectives,
// demonyms, seats of government; forms split by "|", the first of the names the
// one for display; "-" for none.
func (k *KB) readCountryNames(ts tables, lang string) error {
	rows, err := readTable(ts, lang+"/countries.tsv", tsv.Fields("code", "names", "capitals?", "adjectives?", "demonyms?", "seats?"))
	errs := []error{err}
	for _, r := range rows {
		code := r.Field(0)
		if k.countries[code] == nil {
			errs = append(errs, r.Errorf(0, "no country %q in countries.tsv", code))
			continue
		}
		for j, kind := range countryKinds {
			errs = append(errs, k.pendField(r, lang, j+1, item{kind: kind, id: "country/" + code, country: code}))
		}
	}
	return errors.Join(errs...)
}

// readNames reads a table of names: id, names, adjectives.
func (k *KB) readNames(ts tables, lang, table string, entry func(r tsv.Row, id string) (item, error)) error {
	rows, err := readTable(ts, lang+"/"+table+".tsv", tsv.Fields("id", "names", "adjectives?"))
	errs := []error{err}
	for _, r := range rows {
		it, err := entry(r, r.Field(0))
		if err != nil {
			errs = append(errs, err)
			continue
		}
		errs = append(errs, k.pendField(r, lang, 1, it))
		it.kind = KindAdjective
		errs = append(errs, k.pendField(r, lang, 2, it))
	}
	return errors.Join(errs...)
}

// formsIn returns the forms in a column, split by "|", without braces; "" for none.
func formsIn(r tsv.Row, col int) (string, error) {
	forms := r.Field(col)
	if forms == "-" {
		return "", nil
	}
	if strings.ContainsAny(forms, "{}") {
		var err error
		if forms, err = expand(forms); err != nil {
			return "", r.Errorf(col, "%w", err)
		}
	}
	if strings.HasPrefix(forms, "|") || strings.HasSuffix(forms, "|") || strings.Contains(forms, "||") {
		return "", r.Errorf(col, "an empty form in %q", forms)
	}
	return forms, nil
}

// pendField keeps the forms in a column for the language's dict.
func (k *KB) pendField(r tsv.Row, lang string, col int, it item) error {
	forms, err := formsIn(r, col)
	if forms != "" {
		k.pend(lang, forms, it)
	}
	return err
}

// pend keeps the forms of a name for the language's dict.
func (k *KB) pend(lang, forms string, it item) {
	p := k.packs[lang]
	if p.pending == nil {
		p.pending = make([]pendingName, 0, 4096)
	}
	p.pending = append(p.pending, pendingName{it, forms})
	if it.kind == KindCapital {
		first, _, _ := strings.Cut(forms, "|")
		k.names[lang]["capital/"+it.country] = plain(first)
	}
	if it.kind != KindPerson && it.kind != KindAdjective && it.kind != KindDemonym && it.kind != KindCapital && it.kind != KindSeat {
		if _, ok := k.names[lang][it.id]; !ok {
			first, _, _ := strings.Cut(forms, "|")
			k.names[lang][it.id] = plain(first)
		}
	}
}

// maxForms bounds the forms that the braces of one cell may make.
const maxForms = 64

// expand writes out the alternatives of a cell's forms: "a {b,c} d|e" is
// "a b d|a c d|e". Braces do not nest.
func expand(cell string) (string, error) {
	var out []string
	for form := range strings.SplitSeq(cell, "|") {
		made := []string{""}
		for form != "" {
			i := strings.IndexAny(form, "{}")
			if i < 0 {
				i = len(form)
			}
			choices := []string{""}
			rest := ""
			if i < len(form) {
				end := strings.IndexAny(form[i+1:], "{}")
				if form[i] == '}' || end < 0 || form[i+1+end] == '{' {
					return "", fmt.Errorf("unbalanced braces in %q; write {one,other}, not one inside another", cell)
				}
				choices, rest = strings.Split(form[i+1:i+1+end], ","), form[i+2+end:]
			}
			if len(out)+len(made)*len(choices) > maxForms {
				return "", fmt.Errorf("the braces in %q make more than %d forms", cell, maxForms)
			}
			next := make([]string, 0, len(made)*len(choices))
			for _, m := range made {
				for _, c := range choices {
					next = append(next, m+form[:i]+c)
				}
			}
			made, form = next, rest
		}
		out = append(out, made...)
	}
	return strings.Join(out, "|"), nil
}

// checkDate complains about a cell that is not empty, YYYY, YYYY-MM or YYYY-MM-DD.
func checkDate(r tsv.Row, col int) error {
	s := r.Field(col)
	if s == "" || s == "-" || isDate(s) {
		return nil
	}
	return r.Errorf(col, "date %q, want YYYY, YYYY-MM or YYYY-MM-DD", s)
}

func isDate(s string) bool {
	switch len(s) {
	case 4, 7, 10:
	default:
		return false
	}
	num := func(a, b, lo, hi int) bool {
		n := 0
		for _, c := range []byte(s[a:b]) {
			if c < '0' || c > '9' {
				return false
			}
			n = n*10 + int(c-'0')
		}
		return n >= lo && n <= hi
	}
	if !num(0, 4, 1000, 2999) || len(s) >= 7 && (s[4] != '-' || !num(5, 7, 1, 12)) {
		return false
	}
	if len(s) < 10 {
		return true
	}
	_, err := time.Parse(time.DateOnly, s) // the 31st of February is none
	return err == nil
}

// Country returns the country of a code, or nil.
func (k *KB) Country(code string) *Country { return k.countries[code] }

// Countries returns all codes of countries and territories, sorted.
func (k *KB) Countries() []string { return slices.Clone(k.codes) }

// Body returns the body of an id ("nato" or "body/nato"), or nil.
func (k *KB) Body(id string) *Body { return k.bodies[id[strings.IndexByte(id, '/')+1:]] }

// Outlet returns the outlet of an id ("tass" or "outlet/tass"), or nil.
func (k *KB) Outlet(id string) *Outlet { return k.outlets[id[strings.IndexByte(id, '/')+1:]] }

// Office returns the office of an id ("president" or "office/president"), or nil.
func (k *KB) Office(id string) *Office { return k.offices[id[strings.IndexByte(id, '/')+1:]] }

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
	return id[strings.IndexByte(id, '/')+1:]
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
	return k.names[lang][id]
}

// CountryName returns the name of a country or body code for display in the
// language: CHN → Китай, EUR → ЕС. An unknown code comes back as it is.
func (k *KB) CountryName(code, lang string) string {
	if k.countries[code] != nil {
		return k.Name("country/"+code, lang)
	}
	if id := k.codeBody[code]; id != "" {
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
