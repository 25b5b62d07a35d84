package read

import (
	"letopis/internal/kb"
	"letopis/internal/page"
	"slices"
	"sort"
	"strings"

	"letopis"
)

// This file says who is who among those the article names: names are joined into entities, each
// gets the office that stands beside it, and the knowledge base says what it knows. Who is only
// described is found in cast_find.go and enters in cast_introduce.go.

// mention is one place where an entity stands, in tokens first to last, both included: by
// name, by a description of it, or by a pronoun.
type mention struct {
	first, last int
	form        letopis.Form
	base        string // of a name
	country     string // of a name or adjective
	ent         int
}

// entity is an actor or thing of the document while it is read.
type entity struct {
	typ      letopis.Type
	name     string
	latin    string
	kb       string
	country  string
	named    gender   // what its names say, and the offices before them
	told     gender   // what its descriptions say
	many     bool     // described in the plural: experts, the two
	offices  []string // ids of its offices, or lemmas of their head nouns
	key      string   // last part of a person's name, folded
	roles    []letopis.Post
	mentions []int
	rule     string
	id       string // id made of the name where the knowledge base has none
}

// gender counts words that are grammatically masculine and feminine.
type gender struct{ masc, fem int }

// cast is who is who in the article.
type cast struct {
	*page.Page

	mentions []mention // those of the names first, with their indices
	ents     []entity
	index    map[string]int   // entities by knowledge base id, or by type and name
	byPart   map[string][]int // persons by the beginnings of their names' parts
	nominal  map[int]int      // entity of a phrase that has been asked for, -1 for nobody
}

// castOf groups the names of a page into entities by what they name, in the order of the text.
func castOf(pg *page.Page) *cast {
	r := &cast{Page: pg, index: map[string]int{}, byPart: map[string][]int{}, nominal: map[int]int{}}
	r.mentions = make([]mention, len(r.Names), len(r.Names)+16)
	for i := range r.Names {
		n := &r.Names[i]
		r.mentions[i] = mention{first: n.First, last: n.Last, form: letopis.FormName, base: n.Base, country: n.Country, ent: -1}
	}
	for i := range r.Names {
		r.resolveName(i)
	}
	r.officesOf()
	r.identify()
	return r
}

// complete lets enter who is left when all is told, and says of everybody what can be known then; told
// are the statements.
func (r *cast) complete(told []stmt) {
	r.offices(told)
	r.homes()
	r.keyed()
	r.nominative()
}

// identify links persons whose full name the knowledge base knows. A country that
// the article states contradicts a namesake from elsewhere.
func (r *cast) identify() {
	for e := range r.ents {
		en := &r.ents[e]
		if en.typ == letopis.Person && en.kb == "" && strings.Contains(en.name, " ") {
			f := r.KB.Person(en.name, r.Lex.Lang)
			if len(f) > 0 && (f[0].Full || en.country == f[0].Country) && (len(f) == 1 || f[1].Distance > f[0].Distance+0.05) && (en.country == "" || en.country == f[0].Country) {
				en.kb, en.country = f[0].ID, f[0].Country
				en.rule = "kb.person"
			} else if len(f) > 1 && f[0].Full && en.rule == "" {
				en.rule = "kb.ambiguous" // several of that name
			}
		}
		r.inOffice(en)
		if en.kb != "" && en.latin == "" {
			en.latin = r.KB.Name(en.kb, "en")
		}
	}
}

// resolveName joins a name to an entity met before or opens a new one.
func (r *cast) resolveName(i int) {
	m := &r.Names[i]
	key := nameKey(m.Base)
	if e := r.spelledOut(i); e >= 0 {
		r.index[string(m.Type)+" "+key] = e
		r.join(i, e)
		return
	}
	if e, ok := r.index["kb "+m.Kb]; ok && m.Kb != "" {
		r.join(i, e)
		return
	}
	if m.Type == letopis.Person {
		for _, e := range r.namesakes(key) {
			if samePerson(r.ents[e].name, m.Base) && !r.otherBearer(e, m) {
				r.join(i, e)
				return
			}
		}
	} else if e, ok := r.index[string(m.Type)+" "+key]; ok {
		r.join(i, e)
		return
	}
	r.ents = append(r.ents, entity{typ: m.Type, name: m.Base, kb: m.Kb, country: m.Country, key: key})
	e := len(r.ents) - 1
	if m.Type == letopis.Person {
		r.indexName(e)
	} else {
		r.index[string(m.Type)+" "+key] = e
	}
	r.join(i, e)
}

// otherBearer reports whether a full name is not that of the known person whom an entity met by surname is:
// "Mary Trump" after "Trump".
func (r *cast) otherBearer(e int, n *page.Name) bool {
	if n.Kb != "" || !strings.HasPrefix(r.ents[e].kb, "person/") || !strings.Contains(n.Base, " ") || n.Base == r.ents[e].name {
		return false
	}
	may, _ := r.KB.Bears(n.Base, r.Lex.Lang, r.ents[e].kb)
	return !may
}

// indexName enters a person under the beginnings of its name's parts: what
// sameStem takes for one word begins alike.
func (r *cast) indexName(e int) {
	for _, p := range strings.Fields(nameKey(r.ents[e].name)) {
		k := beginning(p)
		if l := r.byPart[k]; len(l) == 0 || l[len(l)-1] != e {
			r.byPart[k] = append(l, e)
		}
	}
}

// namesakes returns the persons that share the beginning of a part of the name,
// in the order in which they were met.
func (r *cast) namesakes(key string) []int {
	var out []int
	for _, p := range strings.Fields(key) {
		for _, e := range r.byPart[beginning(p)] {
			if len(out) < maxNamesakes {
				out = append(out, e)
			}
		}
	}
	sort.Ints(out)
	return out
}

// maxNamesakes bounds the persons that a name is compared with.
const maxNamesakes = 200

// beginning returns the first three letters of a word.
func beginning(w string) string { return beginsWith(w, 3) }

// inOffice gives a known person the office of the article's time: the same man is
// another actor in 2010 than in 2020, and whoever speaks for a body is the body's.
func (r *cast) inOffice(en *entity) {
	if en.typ != letopis.Person || en.kb == "" || r.Published.Value == "" {
		return
	}
	terms := r.KB.OfficesAt(en.kb, string(r.Published.Value))
	if len(terms) == 0 {
		return
	}
	for _, t := range terms {
		en.offices = append(en.offices, "office/"+strings.TrimPrefix(t.Office, "office/"))
	}
	t := terms[len(terms)-1]
	if r.KB.Country(t.Country) == nil {
		if c := r.bodyCode(t.Country); c != "" {
			en.country, en.rule = c, "kb.office"
		}
	}
	if len(en.roles) == 0 {
		if o := r.KB.Office(t.Office); o != nil {
			en.roles = []letopis.Post{{Text: r.KB.Name("office/"+strings.TrimPrefix(t.Office, "office/"), r.Lex.Lang), Sector: o.Sector}}
		}
	}
}

// bodyCode returns the code of an international body given by code or id.
func (r *cast) bodyCode(id string) string {
	if b := r.KB.Body(id); b != nil {
		return b.Country
	}
	if len(id) == 3 {
		return id
	}
	return ""
}

// join makes name i a mention of entity e.
func (r *cast) join(i, e int) {
	n, en := &r.Names[i], &r.ents[e]
	r.mentions[i].ent = e
	en.mentions = append(en.mentions, i)
	r.weighGender(en, &r.mentions[i])
	if n.Type == letopis.Person && len(strings.Fields(n.Base)) > len(strings.Fields(en.name)) {
		en.name = n.Base
		r.indexName(e)
	}
	if en.country == "" {
		en.country = n.Country
	}
	if en.kb == "" && n.Kb != "" {
		en.kb = n.Kb
	}
	if en.kb != "" {
		if _, ok := r.index["kb "+en.kb]; !ok {
			r.index["kb "+en.kb] = e
		}
	}
}

// nameKey folds a name for comparison inside one document.
func nameKey(s string) string {
	s = strings.ToLower(strings.Trim(s, "\"«»„“”'’ "))
	return strings.ReplaceAll(s, "ё", "е")
}

// samePerson reports whether two names inside one document name one person: the
// last parts agree, up to an inflection, and the first parts do not contradict.
func samePerson(a, b string) bool {
	x, y := strings.Fields(nameKey(a)), strings.Fields(nameKey(b))
	if len(x) == 0 || len(y) == 0 {
		return false
	}
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) == 1 {
		// A single word is a surname, or in many cultures a given name.
		for _, p := range y {
			if page.SameStem(x[0], p) {
				return true
			}
		}
		return false
	}
	return page.SameStem(x[len(x)-1], y[len(y)-1]) && (page.SameStem(x[0], y[0]) || initial(x[0], y[0]))
}

// initial reports whether one of two given names is the initial of the other.
func initial(a, b string) bool {
	ra, rb := []rune(strings.TrimSuffix(a, ".")), []rune(strings.TrimSuffix(b, "."))
	return len(ra) > 0 && len(rb) > 0 && ra[0] == rb[0] && (len(ra) == 1 || len(rb) == 1)
}

// officesOf gives persons the office that stands beside their name.
func (r *cast) officesOf() {
	for ci := range r.Outer {
		c := &r.Phrases[ci]
		if c.Name < 0 || r.Names[c.Name].Type != letopis.Person {
			continue
		}
		m := &r.mentions[c.Name]
		if c.First >= m.first {
			// "Хайко Маас, министър на …": the office follows in apposition.
			r.apposition(ci)
			continue
		}
		r.giveOffice(m.ent, c, c.First, m.first)
	}
}

// apposition reads ", министър на …" after a name.
func (r *cast) apposition(ci int) {
	c := &r.Phrases[ci]
	j := c.End
	if j+1 >= len(r.Words) || r.Words[j].Form != "," && !r.Words[j].Dash() || r.PhraseAt[j+1] < 0 {
		return
	}
	o := &r.Phrases[r.PhraseAt[j+1]]
	if o.Adp >= 0 || o.Name >= 0 && r.Names[o.Name].Type == letopis.Person || !r.HoldsOffice(o) || o.Sent != c.Sent {
		return
	}
	r.giveOffice(r.mentions[c.Name].ent, o, o.First, o.End)
	r.nominal[r.PhraseAt[j+1]] = r.mentions[c.Name].ent
}

// giveOffice notes the office in tokens i to j of phrase c on an entity.
func (r *cast) giveOffice(e int, c *page.Phrase, i, j int) {
	en := &r.ents[e]
	head := -1
	for k := i; k < j; k++ {
		if r.Words[k].Name < 0 && (r.IsOffice(k) || r.Words[k].Is(page.Kin)) {
			head = k
			break
		}
	}
	if ct := r.CountryIn(i, j); ct != "" && (en.country == "" || head >= 0 && r.onlyNamesake(en, ct)) {
		en.country, en.kb = ct, ""
		en.rule = "country.office"
	}
	if head < 0 {
		// A function that no table has: "руски боксьор Иван Петров".
		if h := c.Head; h < i || h >= j || r.Words[h].Name >= 0 || r.Words[h].UPOS != "NOUN" {
			return
		}
		head = c.Head
	}
	p := letopis.Post{Text: r.TextOf(i, j), Sector: r.Sector(head), Former: r.IsFormer(i, head+1)}
	en.offices = append(en.offices, r.headKey(head))
	for _, q := range en.roles {
		if q.Text == p.Text {
			return
		}
	}
	en.roles = append(en.roles, p)
}

// onlyNamesake reports whether an entity that the knowledge base links by a surname alone holds, as the text
// has it, an office of a country that the known person never served.
func (r *cast) onlyNamesake(en *entity, country string) bool {
	p := r.KB.PersonByID(en.kb)
	if p == nil || !strings.HasPrefix(en.kb, "person/") || strings.Contains(en.name, " ") || p.Country == country {
		return false
	}
	return !slices.ContainsFunc(p.Terms, func(t kb.Term) bool { return t.Country == country || t.At == country })
}

// headKey is the office that token i names: its id, or its lemma.
func (r *cast) headKey(i int) string {
	if m := r.OfficeAt(i); m != nil {
		return m.ID // "държавният глава" is the president
	}
	if l := r.Words[i].Lemma; l != "" {
		return strings.ToLower(l)
	}
	return r.Words[i].Lower
}
