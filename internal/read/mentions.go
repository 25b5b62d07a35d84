package read

import (
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"letopis"
	"letopis/internal/kb"
	"letopis/internal/ud"
)

// mention is one place that names an entity, in tokens first to last, both included.
type mention struct {
	first, last int
	typ         letopis.Type
	form        letopis.Form
	base        string
	kb          string
	country     string
	ent         int // -1 until resolved
}

// entity is an actor or thing of the document while it is read.
type entity struct {
	typ      letopis.Type
	name     string
	latin    string
	kb       string
	country  string
	gender   string   // Masc, Fem or ""
	offices  []string // ids of its offices, or lemmas of their head nouns
	key      string   // last part of a person's name, folded
	roles    []letopis.Post
	mentions []int
	rule     string
	id       string // id made of the name where the knowledge base has none
}

// names takes over the names that the analysis found and lets the knowledge base
// add countries, bodies and outlets that it missed.
func (r *reading) names() {
	for i := range r.a.Names {
		n := &r.a.Names[i]
		first := r.at(n.Start)
		last := r.at(n.End) - 1
		if first >= len(r.toks) || last < first || r.overlapsName(first, last) {
			continue
		}
		r.addName(mention{first: first, last: last, typ: letopis.Type(n.Type), form: letopis.FormName, base: n.Base, ent: -1})
	}
	r.knowledge()
	if len(r.a.Names) == 0 {
		r.properRuns()
	}
	r.orderMentions()
}

// properRuns takes runs of proper nouns as names where the analysis brought none:
// another parser's, or a language without a recogniser. Two or more capitalised
// words, or one beside an office, are a person; the rest an organisation.
func (r *reading) properRuns() {
	known := map[string]*surname{}
	for i := 0; i < len(r.toks); i++ {
		if !r.proper(i) {
			continue
		}
		j := i
		for j+1 < len(r.toks) && r.toks[j+1].sent == r.toks[i].sent {
			switch {
			case r.proper(j + 1):
				j++
				continue
			case r.tied(j+1) && r.proper(j+2):
				j += 2
				continue
			case r.toks[j+1].is(clNamePart) && j+2 < len(r.toks) && r.toks[j+2].sent == r.toks[i].sent && r.proper(j+2):
				j += 2
				continue
			case r.toks[j+1].is(clNamePart) && r.tied(j+2) && r.proper(j+3):
				j += 3
				continue
			}
			break
		}
		typ := letopis.Organisation
		beside := i > 0 && r.toks[i-1].sent == r.toks[i].sent && (r.isOffice(i-1) || r.toks[i-1].is(clKin))
		if j > i && !r.toks[i].acronym() || beside {
			typ = letopis.Person
		}
		if i == j && typ == letopis.Organisation && r.isSurname(i, known) {
			typ = letopis.Person
		}
		base := r.text[r.toks[i].Start:r.toks[j].End]
		if i == j && r.toks[i].lemma != "" && !r.toks[i].acronym() {
			base = titled(r.toks[i].lemma)
		}
		r.addName(mention{first: i, last: j, typ: typ, form: letopis.FormName, base: base, ent: -1})
		i = j
	}
}

// tied reports whether token i is a hyphen that ties the words beside it: Al-Maeena.
func (r *reading) tied(i int) bool {
	return i > 0 && i+1 < len(r.toks) && r.toks[i].form == "-" && r.toks[i-1].End == r.toks[i].Start && r.toks[i].End == r.toks[i+1].Start && r.toks[i+1].sent == r.toks[i].sent
}

// surname is what is known of a word as the last part of persons' names: the first
// token of the earliest such name among the mentions seen so far.
type surname struct{ seen, first int }

// isSurname reports whether the word at token i is the last part of a person's name
// met before. known keeps what was found, so that each word looks at each mention once.
func (r *reading) isSurname(i int, known map[string]*surname) bool {
	s := known[r.toks[i].lower]
	if s == nil {
		s = &surname{first: len(r.toks)}
		known[r.toks[i].lower] = s
	}
	for ; s.seen < len(r.mentions); s.seen++ {
		m := &r.mentions[s.seen]
		if m.typ == letopis.Person && m.last > m.first && m.first < s.first && sameStem(r.toks[m.last].lower, r.toks[i].lower) {
			s.first = m.first
		}
	}
	return s.first < i
}

func (r *reading) proper(i int) bool {
	t := &r.toks[i]
	return t.upos == "PROPN" && t.capital() && t.name < 0 && t.outlet == 0 && !r.isOffice(i)
}

func (t *tok) acronym() bool { return len(t.form) > 2 && strings.ToUpper(t.form) == t.form }

func (r *reading) overlapsName(first, last int) bool {
	for i := first; i <= last; i++ {
		if r.toks[i].name >= 0 {
			return true
		}
	}
	return false
}

func (r *reading) addName(m mention) {
	if m.base == "" {
		m.base = r.text[r.toks[m.first].Start:r.toks[m.last].End]
	}
	for i := m.first; i <= m.last; i++ {
		r.toks[i].name = len(r.mentions)
	}
	r.mentions = append(r.mentions, m)
}

// orderMentions sorts the mentions by place, keeping the tokens' links true.
func (r *reading) orderMentions() {
	old := r.mentions
	r.mentions = make([]mention, 0, len(old)+16)
	for i := 0; i < len(r.toks); i++ {
		n := r.toks[i].name
		if n < 0 {
			continue
		}
		m := old[n]
		for k := m.first; k <= m.last; k++ {
			r.toks[k].name = len(r.mentions)
		}
		r.mentions = append(r.mentions, m)
		i = m.last
	}
}

// resolve groups the mentions into entities: names by what they name, then
// offices, then pronouns, in the order of the text.
func (r *reading) resolve() {
	for i := range r.mentions {
		if r.mentions[i].ent < 0 {
			r.resolveName(i)
		}
	}
	r.officesOf()
	r.identify()
}

// identify links persons whose full name the knowledge base knows. A country that
// the article states contradicts a namesake from elsewhere.
func (r *reading) identify() {
	for e := range r.ents {
		en := &r.ents[e]
		if en.typ == letopis.Person && en.kb == "" && strings.Contains(en.name, " ") {
			f := r.kb.Person(en.name, r.lex.lang)
			if len(f) > 0 && (f[0].Full || r.kb.PersonByID(f[0].ID).Bare) && (len(f) == 1 || f[1].Distance > f[0].Distance+0.05) && (en.country == "" || en.country == f[0].Country) {
				en.kb, en.country = f[0].ID, f[0].Country
				en.rule = "kb.person"
			} else if len(f) > 1 && f[0].Full && en.rule == "" {
				en.rule = "kb.ambiguous" // several of that name
			}
		}
		r.inOffice(en)
		if en.kb != "" && en.latin == "" {
			en.latin = r.kb.Name(en.kb, "en")
		}
	}
}

// resolveName joins a name to an entity met before or opens a new one.
func (r *reading) resolveName(i int) {
	m := &r.mentions[i]
	key := nameKey(m.base, m.typ)
	if e, ok := r.index["kb "+m.kb]; ok && m.kb != "" {
		r.join(i, e)
		return
	}
	if m.typ == letopis.Person {
		for _, e := range r.namesakes(key) {
			if samePerson(r.ents[e].name, m.base) {
				r.join(i, e)
				return
			}
		}
	} else if e, ok := r.index[string(m.typ)+" "+key]; ok {
		r.join(i, e)
		return
	}
	r.ents = append(r.ents, entity{typ: m.typ, name: m.base, kb: m.kb, country: m.country, key: key})
	e := len(r.ents) - 1
	if m.typ == letopis.Person {
		r.indexName(e)
	} else {
		r.index[string(m.typ)+" "+key] = e
	}
	r.join(i, e)
}

// indexName enters a person under the beginnings of its name's parts: what
// sameStem takes for one word begins alike.
func (r *reading) indexName(e int) {
	for _, p := range strings.Fields(nameKey(r.ents[e].name, letopis.Person)) {
		k := beginning(p)
		if l := r.byPart[k]; len(l) == 0 || l[len(l)-1] != e {
			r.byPart[k] = append(l, e)
		}
	}
}

// namesakes returns the persons that share the beginning of a part of the name,
// in the order in which they were met.
func (r *reading) namesakes(key string) []int {
	var out []int
	for _, p := range strings.Fields(key) {
		for _, e := range r.byPart[beginning(p)] {
			if len(out) < 200 {
				out = append(out, e)
			}
		}
	}
	sort.Ints(out)
	return out
}

// beginning returns the first three letters of a word.
func beginning(w string) string {
	n := 0
	for i := range w {
		if n == 3 {
			return w[:i]
		}
		n++
	}
	return w
}

// inOffice gives a known person the office of the article's time: the same man is
// another actor in 2010 than in 2020, and whoever speaks for a body is the body's.
func (r *reading) inOffice(en *entity) {
	if en.typ != letopis.Person || en.kb == "" || r.published.Value == "" {
		return
	}
	terms := r.kb.OfficesAt(en.kb, string(r.published.Value))
	if len(terms) == 0 {
		return
	}
	for _, t := range terms {
		en.offices = append(en.offices, "office/"+strings.TrimPrefix(t.Office, "office/"))
	}
	t := terms[len(terms)-1]
	if r.kb.Country(t.Country) == nil {
		if c := r.bodyCode(t.Country); c != "" {
			en.country, en.rule = c, "kb.office"
		}
	}
	if len(en.roles) == 0 {
		if o := r.kb.Office(t.Office); o != nil {
			en.roles = []letopis.Post{{Text: r.kb.Name("office/"+strings.TrimPrefix(t.Office, "office/"), r.lex.lang), Sector: o.Sector}}
		}
	}
}

// bodyCode returns the code of an international body given by code or id.
func (r *reading) bodyCode(id string) string {
	if b := r.kb.Body(id); b != nil {
		return b.Country
	}
	if len(id) == 3 {
		return id
	}
	return ""
}

func (r *reading) join(i, e int) {
	m, en := &r.mentions[i], &r.ents[e]
	m.ent = e
	en.mentions = append(en.mentions, i)
	if m.typ == letopis.Person && len(strings.Fields(m.base)) > len(strings.Fields(en.name)) {
		en.name = m.base
		r.indexName(e)
	}
	if en.country == "" {
		en.country = m.country
	}
	if en.kb == "" && m.kb != "" {
		en.kb = m.kb
	}
	if en.kb != "" {
		if _, ok := r.index["kb "+en.kb]; !ok {
			r.index["kb "+en.kb] = e
		}
	}
}

// nameKey folds a name for comparison inside one document.
func nameKey(s string, typ letopis.Type) string {
	s = strings.ToLower(strings.Trim(s, "\"«»„“”'’ "))
	return strings.ReplaceAll(s, "ё", "е")
}

// samePerson reports whether two names inside one document name one person: the
// last parts agree, up to an inflection, and the first parts do not contradict.
func samePerson(a, b string) bool {
	x, y := strings.Fields(nameKey(a, letopis.Person)), strings.Fields(nameKey(b, letopis.Person))
	if len(x) == 0 || len(y) == 0 {
		return false
	}
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) == 1 {
		// A single word is a surname, or in many cultures a given name.
		for _, p := range y {
			if sameStem(x[0], p) {
				return true
			}
		}
		return false
	}
	return sameStem(x[len(x)-1], y[len(y)-1]) && (sameStem(x[0], y[0]) || initial(x[0], y[0]))
}

func initial(a, b string) bool {
	ra, rb := []rune(strings.TrimSuffix(a, ".")), []rune(strings.TrimSuffix(b, "."))
	return len(ra) > 0 && len(rb) > 0 && ra[0] == rb[0] && (len(ra) == 1 || len(rb) == 1)
}

// sameStem reports whether two words differ at most in a short ending.
func sameStem(a, b string) bool {
	if a == b {
		return true
	}
	x, y := []rune(a), []rune(b)
	n := 0
	for n < len(x) && n < len(y) && x[n] == y[n] {
		n++
	}
	return n >= 4 && len(x)-n <= 2 && len(y)-n <= 2 || n >= 3 && len(x)-n <= 1 && len(y)-n <= 1 && n+1 >= len(x)
}

// officesOf gives persons the office that stands beside their name.
func (r *reading) officesOf() {
	for ci := range r.chunks {
		c := &r.chunks[ci]
		if c.name < 0 || r.mentions[c.name].typ != letopis.Person {
			continue
		}
		m := &r.mentions[c.name]
		if c.first >= m.first {
			// "Хайко Маас, министър на …": the office follows in apposition.
			r.apposition(ci)
			continue
		}
		r.giveOffice(m.ent, c, c.first, m.first)
	}
}

// apposition reads ", министър на …" after a name.
func (r *reading) apposition(ci int) {
	c := &r.chunks[ci]
	j := c.end
	if j+1 >= len(r.toks) || r.toks[j].form != "," && !r.toks[j].dash() || r.chunkAt[j+1] < 0 {
		return
	}
	o := &r.chunks[r.chunkAt[j+1]]
	if o.adp >= 0 || o.name >= 0 && r.mentions[o.name].typ == letopis.Person || !r.office(o) || o.sent != c.sent {
		return
	}
	r.giveOffice(r.mentions[c.name].ent, o, o.first, o.end)
	r.nominal[r.chunkAt[j+1]] = r.mentions[c.name].ent
}

// giveOffice notes the office in tokens i to j of phrase c on an entity.
func (r *reading) giveOffice(e int, c *chunk, i, j int) {
	en := &r.ents[e]
	head := -1
	for k := i; k < j; k++ {
		if r.toks[k].name < 0 && (r.isOffice(k) || r.toks[k].is(clKin)) {
			head = k
			break
		}
	}
	if ct := r.countryIn(i, j); ct != "" && en.country == "" {
		en.country = ct
		en.rule = "country.office"
	}
	if head < 0 {
		// A function that no table has: "руски боксьор Иван Петров".
		if h := c.head; h < i || h >= j || r.toks[h].name >= 0 || r.toks[h].upos != "NOUN" {
			return
		}
		head = c.head
	}
	p := letopis.Post{Text: r.text[r.toks[i].Start:r.toks[j-1].End], Sector: r.sector(head), Former: r.former(i, head+1)}
	en.offices = append(en.offices, r.headKey(head))
	for _, q := range en.roles {
		if q.Text == p.Text {
			return
		}
	}
	en.roles = append(en.roles, p)
}

func (r *reading) headKey(i int) string {
	if m := r.knownAt(i); m != nil && m.Kind == kb.KindOffice {
		return m.ID // "държавният глава" is the president
	}
	if l := r.toks[i].lemma; l != "" {
		return strings.ToLower(l)
	}
	return r.toks[i].lower
}

// entityOf returns the entity that a phrase names, at the place of the phrase:
// its name's, that of a matching office, or that of the last fitting person for a
// pronoun. It opens a new entity for an office or group that is only described.
func (r *reading) entityOf(ci int) int {
	if ci < 0 {
		return -1
	}
	if e, ok := r.nominal[ci]; ok {
		return e
	}
	c := &r.chunks[ci]
	e := r.describe(ci, c)
	r.nominal[ci] = e
	return e
}

func (r *reading) describe(ci int, c *chunk) int {
	if c.name >= 0 {
		m := &r.mentions[c.name]
		if m.typ == letopis.Person || c.head >= m.first && c.head <= m.last {
			return m.ent
		}
	}
	if c.pron || r.toks[c.head].is(clMasc|clFem|clPlur) && c.end == c.first+1 {
		return r.antecedent(c.head)
	}
	h := &r.toks[c.head]
	country := r.countryIn(c.first, c.end)
	if h.is(clDocNoun) {
		if e := r.docOwner(c); e >= 0 {
			return e
		}
	}
	if (r.office(c) || h.is(clKin)) && !r.bodyNoun(c.head) {
		if e := r.holder(c, country); e >= 0 {
			return e
		}
		if e := r.heldBy(c, country); e >= 0 {
			return e
		}
	}
	if country == "" {
		country = r.homeOf(c)
	}
	text := r.text[r.toks[c.first].Start:r.toks[c.end-1].End]
	key := strings.ToLower(text)
	if e, ok := r.index["phrase "+key]; ok {
		r.ents[e].mentions = append(r.ents[e].mentions, r.addNominal(c, e))
		return e
	}
	typ := letopis.Person
	if r.bodyNoun(c.head) {
		typ = letopis.Organisation
	}
	en := entity{typ: typ, name: text, country: country, key: key, offices: []string{r.headKey(c.head)}}
	if r.office(c) {
		en.roles = []letopis.Post{{Text: text, Sector: r.sector(c.head)}}
	}
	r.ents = append(r.ents, en)
	e := len(r.ents) - 1
	r.index["phrase "+key] = e
	r.ents[e].mentions = append(r.ents[e].mentions, r.addNominal(c, e))
	return e
}

func (r *reading) addNominal(c *chunk, e int) int {
	r.mentions = append(r.mentions, mention{first: c.first, last: c.end - 1, typ: r.ents[e].typ, form: letopis.FormNominal, ent: e})
	return len(r.mentions) - 1
}

// holder finds the person met so far who holds the office of phrase c, and notes
// the mention.
func (r *reading) holder(c *chunk, country string) int {
	e := r.holderOf(c, country)
	if e >= 0 {
		r.ents[e].mentions = append(r.ents[e].mentions, r.addNominal(c, e))
	}
	return e
}

// holderOf finds the person met so far who holds the office of phrase c, or -1. A
// former office is held by whom the article calls so.
func (r *reading) holderOf(c *chunk, country string) int {
	key, lemma := r.headKey(c.head), strings.ToLower(r.toks[c.head].lemma)
	former := r.former(c.first, c.end)
	best, bestAt := -1, -1
	for e := range r.ents {
		en := &r.ents[e]
		if en.typ != letopis.Person || len(en.mentions) == 0 {
			continue
		}
		same := !former && slices.Contains(en.offices, key)
		for _, p := range en.roles {
			// "министърът" of the foreign minister
			same = same || p.Former == former && lemma != "" && strings.Contains(strings.ToLower(p.Text), lemma)
		}
		if !same || country != "" && en.country != "" && country != en.country {
			continue
		}
		at := r.lastMentionBefore(e, c.first)
		if at > bestAt {
			best, bestAt = e, at
		}
	}
	return best
}

// lastMentionBefore returns the token of the entity's last mention before token i,
// or of its first one where all come later, negated.
func (r *reading) lastMentionBefore(e, i int) int {
	at := -1
	for _, m := range r.ents[e].mentions {
		if f := r.mentions[m].first; f < i && f > at {
			at = f
		}
	}
	if at < 0 && len(r.ents[e].mentions) > 0 {
		return 0 // named only later: a headline or lead may name the office first
	}
	return at
}

// antecedent returns the person that a third-person pronoun at token i stands
// for: the last one that agrees and was spoken of as a subject, or -1.
func (r *reading) antecedent(i int) int {
	t := &r.toks[i]
	want := ""
	switch {
	case t.is(clMasc):
		want = "Masc"
	case t.is(clFem):
		want = "Fem"
	}
	plural := t.is(clPlur) && !t.is(clMasc|clFem)
	// The last speaker in the paragraph is the likeliest.
	for k := len(r.stmts) - 1; k >= 0; k-- {
		s := &r.stmts[k]
		if s.first < i && s.ent >= 0 && s.mention[0] < i && r.toks[i].sent-r.toks[s.mention[0]].sent <= 3 && r.agrees(s.ent, want, plural) {
			return r.pronoun(i, s.ent)
		}
	}
	for k := i - 1; k >= 0 && r.toks[i].sent-r.toks[k].sent <= 3; k-- {
		n := r.toks[k].name
		if n < 0 || r.mentions[n].ent < 0 || r.mentions[n].form != letopis.FormName {
			continue
		}
		e := r.mentions[n].ent
		if r.ents[e].typ == letopis.Person && r.agrees(e, want, plural) {
			return r.pronoun(i, e)
		}
	}
	return -1
}

func (r *reading) pronoun(i, e int) int {
	r.mentions = append(r.mentions, mention{first: i, last: i, typ: r.ents[e].typ, form: letopis.FormPronoun, ent: e})
	r.ents[e].mentions = append(r.ents[e].mentions, len(r.mentions)-1)
	return e
}

func (r *reading) agrees(e int, gender string, plural bool) bool {
	en := &r.ents[e]
	if plural {
		return en.typ != letopis.Person || en.gender == ""
	}
	g := r.genderOf(e)
	return gender == "" || g == "" || g == gender
}

// genderOf reads the grammatical gender of a person from the tags of its mentions
// and of the words that agree with them.
func (r *reading) genderOf(e int) string {
	en := &r.ents[e]
	if en.gender != "" {
		return strings.TrimPrefix(en.gender, "?")
	}
	m, f := 0, 0
	for _, i := range en.mentions {
		mm := &r.mentions[i]
		if mm.form == letopis.FormPronoun {
			continue
		}
		for k := mm.first; k <= mm.last; k++ {
			switch r.toks[k].feats.Get("Gender") {
			case "Masc":
				m++
			case "Fem":
				f++
			}
		}
		if ci := r.chunkAt[mm.first]; ci >= 0 && r.chunks[ci].head < mm.first {
			switch r.toks[r.chunks[ci].head].feats.Get("Gender") {
			case "Masc":
				m += 2
			case "Fem":
				f += 2
			}
		}
	}
	en.gender = "?"
	if m > f {
		en.gender = "Masc"
	} else if f > m {
		en.gender = "Fem"
	}
	return strings.TrimPrefix(en.gender, "?")
}

// docOwner returns the entity that a document speaks for: "изявление на
// Агенцията" its author, "изявлението" the last speaker.
func (r *reading) docOwner(c *chunk) int {
	for k := c.head + 1; k < c.end; k++ {
		if n := r.toks[k].name; n >= 0 && r.mentions[n].ent >= 0 && r.mentions[n].typ != letopis.Location {
			return r.mentions[n].ent
		}
	}
	if c.end-c.first > 2 {
		return -1
	}
	for k := len(r.stmts) - 1; k >= 0; k-- {
		if s := &r.stmts[k]; s.ent >= 0 && s.first < c.first && r.toks[c.first].sent-r.toks[s.first].sent <= 4 {
			return s.ent
		}
	}
	return -1
}

// homeOf concludes the country of a phrase from the person it relates to
// ("съпругът на Биби") or from the country the article is about.
func (r *reading) homeOf(c *chunk) string {
	for k := c.first; k < c.end; k++ {
		if n := r.toks[k].name; n >= 0 && r.mentions[n].ent >= 0 {
			if ct := r.ents[r.mentions[n].ent].country; ct != "" {
				return ct
			}
		}
	}
	return ""
}

func (r *reading) mentionSpan(m *mention) ud.Span { return r.span(m.first, m.last+1) }

// titled returns a word with a capital first letter: some treebanks write the
// lemmas of names without.
func titled(s string) string {
	c, w := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(c)) + s[w:]
}
