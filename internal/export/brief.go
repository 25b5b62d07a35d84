package export

import (
	"cmp"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"letopis"
)

//go:embed brief/*.json
var briefFiles embed.FS

// briefTexts are the sentences of a brief in one language, a file of brief/. Texts
// are formats of package fmt with numbered arguments.
type briefTexts struct {
	Title, Lead, Empty, New, Before, Sources string
	Until, Coming, Undated, And              string
	Act, Topic, Quote                        string // an act, or who faces whom, then the words and their language
	Languages                                map[string]string
	Told, Recalled, Stopped                  [2]string                 // sentence, who, when; of one origin and of several; after a sentence that ends in a sign
	Said, Words                              string                    // speaker, words
	Someone                                  string                    // of a country
	ComingAct                                string                    `json:"coming_act"`
	PossibleAct                              string                    `json:"possible_act"`
	NegatedAct                               string                    `json:"negated_act"`
	Plain                                    []string                  // stances of statements that stand for themselves
	Then                                     [2]string                 // as Told, where it was told on the day that it happened
	ThenStopped                              string                    `json:"then_stopped"`
	Credited                                 [2]string                 // as Told, after a sentence that says itself who said so
	Crediting                                string                    // pattern of the end of such a sentence
	Opaque                                   []string                  // beginnings of sentences that point to another, which are told as words
	Openers                                  string                    // pattern of times at the beginning of a sentence, which its date makes idle
	Links                                    []string                  // beginnings that only tie to the sentence before, and are left out
	Fixes                                    [][2]string               // what follows from the words that meet: pattern, replacement
	Day, Month, Year, Range                  string                    // of day, month, year, name of month
	DayMonth                                 string                    `json:"day_month"` // in a year that was named
	Through                                  string                    // of a source: by whom the news came
	Months                                   []string                  // in a date
	MonthNames                               []string                  `json:"month_names"` // alone, where they differ
	Acts                                     map[letopis.Code][]string // by one, by several; as a noun

	fixes   []*regexp.Regexp
	openers *regexp.Regexp
	credits *regexp.Regexp
}

// BriefLanguages returns the languages in which a brief can be written.
func BriefLanguages() []string {
	files, _ := briefFiles.ReadDir("brief") // it is embedded
	var all []string
	for _, f := range files {
		all = append(all, strings.TrimSuffix(f.Name(), ".json"))
	}
	return all
}

func briefTextsOf(lang string) (*briefTexts, error) {
	b, err := briefFiles.ReadFile("brief/" + lang + ".json")
	if err != nil {
		return nil, &letopis.Error{Op: "brief", Kind: letopis.Unsupported, Err: fmt.Errorf("there is no brief in %q; choose one of %s", lang, strings.Join(BriefLanguages(), ", "))}
	}
	t := new(briefTexts)
	if err := json.Unmarshal(b, t); err != nil {
		return nil, fmt.Errorf("brief/%s.json: %w", lang, err)
	}
	if t.openers, err = regexp.Compile("(?i)^(?:" + t.Openers + ")"); err != nil {
		return nil, fmt.Errorf("brief/%s.json: %w", lang, err)
	}
	if t.credits, err = regexp.Compile("(?i)(?:" + t.Crediting + ")$"); err != nil {
		return nil, fmt.Errorf("brief/%s.json: %w", lang, err)
	}
	for _, f := range t.Fixes {
		re, err := regexp.Compile(f[0])
		if err != nil {
			return nil, fmt.Errorf("brief/%s.json: %w", lang, err)
		}
		t.fixes = append(t.fixes, re)
	}
	return t, nil
}

// BriefNames gives the names of a language. Each returns "" for what it does not know.
type BriefNames interface {
	Country(code string) string
	Actor(id string) string    // of an id of the knowledge base
	Outlet(name string) string // of a medium by any of its names
}

// BriefOptions say what a brief is about.
type BriefOptions struct {
	Lang  string
	A, B  []string     // the countries of each side; the first stands in the title
	Title [2]string    // names for the title instead of the first countries; may be empty
	At    letopis.When // what was published by then; empty: everything
	Days  int          // how old news may be to count as new
	Limit int          // how much of what came before is told
	Names BriefNames
}

// A BriefDoc is a brief: what is new between two sides, and what came before. Every
// sentence names its sources.
type BriefDoc struct {
	Lang     string
	Title    string
	Lead     string
	Sections []BriefSection
	Heading  string // of the sources
	Sources  []BriefSource
}

// BriefSection is a heading with its items in order of time.
type BriefSection struct {
	Title string
	Items []BriefItem
}

// BriefItem is one event or statement.
type BriefItem struct {
	When    string // for reading
	Text    string
	Sources []int  // numbers in BriefDoc.Sources
	Entry   string // id
}

// BriefSource is an article.
type BriefSource struct {
	N         int
	Doc       letopis.ID
	Text, URL string
}

// NewBrief writes a brief from entries alone, which are those between the two
// sides, in order of time.
func NewBrief(entries []*letopis.Entry, o BriefOptions) (*BriefDoc, error) {
	t, err := briefTextsOf(o.Lang)
	if err != nil {
		return nil, err
	}
	w := &briefWriter{t: t, o: o, numbers: map[letopis.ID]int{}, opaques: map[string][]string{}}
	for _, lang := range BriefLanguages() {
		other, err := briefTextsOf(lang)
		if err != nil {
			return nil, err
		}
		w.opaques[lang] = other.Opaque
	}
	return w.write(entries), nil
}

type briefWriter struct {
	t       *briefTexts
	o       BriefOptions
	doc     *BriefDoc
	numbers map[letopis.ID]int
	opaques map[string][]string // of all languages
}

// known is an entry with those of its reports that were published by the day of the brief.
type known struct {
	*letopis.Entry
	reports []letopis.Report
	shown   *letopis.Report // whose words are told
	text    string          // its sentence or words
	item    string          // sentence as it will stand, "" where it cannot
	news    bool
}

func (w *briefWriter) write(entries []*letopis.Entry) *BriefDoc {
	_, at := w.o.At.Days()
	var all []*known
	latest, origins := "", map[string]bool{}
	for _, e := range entries {
		k := &known{Entry: e}
		for _, r := range e.Reports {
			_, day := r.Published.Days()
			if at != "" && (day == "" || day > at) {
				continue
			}
			latest = max(latest, day)
			k.reports = append(k.reports, r)
			origins[r.Origin] = true
		}
		if len(k.reports) > 0 {
			all = append(all, k)
		}
	}
	until := w.when(letopis.When(cmp.Or(at, latest)))
	names := [2]string{cmp.Or(w.o.Title[0], w.country(w.o.A[0])), cmp.Or(w.o.Title[1], w.country(w.o.B[0]))}
	w.doc = &BriefDoc{Lang: w.o.Lang, Title: fmt.Sprintf(w.t.Title, names[0], names[1]), Heading: w.t.Sources}
	if len(all) == 0 {
		w.doc.Lead = w.fix(fmt.Sprintf(w.t.Empty, names[0], names[1], cmp.Or(until, "…")))
		return w.doc
	}
	// A date may end in a full stop of its own.
	w.doc.Lead = strings.ReplaceAll(fmt.Sprintf(w.t.Lead, until, len(all), len(origins)), "..", ".")
	for _, k := range all {
		w.choose(k)
		k.news = w.isNews(k, cmp.Or(at, latest))
	}
	all = w.firsthand(w.once(all))
	var fresh, before []*known
	for _, k := range all {
		if k.news {
			fresh = append(fresh, k)
		} else {
			before = append(before, k)
		}
	}
	w.section(w.t.New, w.best(fresh))
	w.section(w.t.Before, w.best(before))
	return w.doc
}

// isNews reports whether an entry was first told, as news, in the last days.
func (w *briefWriter) isNews(k *known, at string) bool {
	day, err := time.Parse(time.DateOnly, at)
	if err != nil {
		return false
	}
	since := day.AddDate(0, 0, -w.o.Days).Format(time.DateOnly)
	for _, r := range k.reports {
		if first, _ := r.Published.Days(); first == "" || first <= since || r.Recalled {
			return false
		}
	}
	return true
}

// choose finds the report whose words are told: in the language of the brief if
// there is one, news before recollections, a sentence that stands alone before others.
func (w *briefWriter) choose(k *known) {
	best := -1
	for i := range k.reports {
		r := &k.reports[i]
		text := w.plainText(k, r)
		rank := 0
		if r.Lang == w.o.Lang {
			rank += 8
		}
		if !w.opaque(text, r.Lang) {
			rank += 4
		}
		if !r.Recalled {
			rank += 2
		}
		if rank > best {
			best, k.shown, k.text = rank, r, text
		}
	}
	k.item = w.sentence(k)
}

// plainText is what a report says, without the place, day and agency before it.
func (w *briefWriter) plainText(k *known, r *letopis.Report) string {
	text := strings.Join(strings.Fields(cmp.Or(r.Text, k.Text)), " ")
	if k.Kind == letopis.EntryStatement {
		return text
	}
	for range 2 { // a place and day, then an agency
		text = strings.TrimSpace(dateline.ReplaceAllString(text, ""))
	}
	// A sentence out of a quotation brings only one of its marks.
	for _, marks := range []string{"„“", "“”", "«»"} {
		m := []rune(marks)
		body := strings.TrimSuffix(text, string(m[1]))
		if body != text && !strings.ContainsRune(text, m[0]) {
			text = body
		}
	}
	if r.Lang == w.o.Lang {
		if len(w.t.Openers) > 0 && k.When.Precision() >= letopis.PrecisionDay {
			if at := w.t.openers.FindStringIndex(text); at != nil && at[1] < len(text) {
				return upperFirst(text[at[1]:])
			}
		}
		for _, l := range w.t.Links {
			if len(text) > len(l) && strings.EqualFold(text[:len(l)], l) && text[len(l)] == ' ' {
				return upperFirst(strings.TrimSpace(text[len(l):]))
			}
		}
	}
	return text
}

// dateline is how agencies begin: a place in capitals and a day, an agency between
// brackets or strokes, a dash.
var dateline = regexp.MustCompile(`^(?:[^.!?()/]{0,60}[(/]\s*\p{Lu}[\p{L} -]{1,25}\s*[)/][\s.:–—-]*|\p{Lu}{3,}(?:[ -]\p{Lu}{2,})*,[^.!?()/–—]{2,25}(?:\. |\s[–—-]\s)(?:\p{Lu}[\p{L}]{1,15}\. )?)`)

// opaque reports whether a sentence begins with a word that points to the one before it.
func (w *briefWriter) opaque(text, lang string) bool {
	low := strings.ToLower(strings.TrimLeft(text, "„“\"«"))
	return slices.ContainsFunc(w.opaques[lang], func(s string) bool {
		rest, ok := strings.CutPrefix(low, s)
		r, _ := utf8.DecodeRuneInString(rest)
		return ok && !unicode.IsLetter(r)
	})
}

// sentence is how the entry is told, without its sources; empty where it cannot be
// told so that it stands alone and true.
func (w *briefWriter) sentence(k *known) string {
	own := k.shown.Lang == w.o.Lang
	if k.Kind == letopis.EntryStatement {
		return w.statement(k, own)
	}
	words := fmt.Sprintf(w.t.Quote, strings.TrimRight(k.text, "."))
	if own {
		if w.opaque(k.text, k.shown.Lang) {
			return words
		}
		return k.text
	}
	// Our words for an act of which one origin tells would be a guess at its meaning.
	lang := cmp.Or(w.t.Languages[k.shown.Lang], k.shown.Lang)
	if act := w.act(k); act != "" && w.origins(k) > 1 {
		return fmt.Sprintf(w.t.Act, act, words, lang)
	}
	if w.opaque(k.text, k.shown.Lang) {
		return "" // who is meant stands in a sentence that is not told
	}
	return fmt.Sprintf(w.t.Topic, w.topic(k), words, lang)
}

func (w *briefWriter) origins(k *known) int {
	origins := map[string]bool{}
	for _, r := range k.reports {
		origins[r.Origin] = true
	}
	return len(origins)
}

// topic names the countries of an entry, those that act first.
func (w *briefWriter) topic(k *known) string {
	var all []string
	for _, c := range w.ofPair(slices.Concat(k.SourceCountry, k.TargetCountry)) {
		if n := w.country(c); !slices.Contains(all, n) {
			all = append(all, n)
		}
	}
	return w.list(all)
}

const leastWords = 4

func (w *briefWriter) statement(k *known, own bool) string {
	direct := k.Words == letopis.Direct
	if len(strings.Fields(k.text)) < leastWords || !direct && !slices.Contains(w.t.Plain, k.Stance) || len(k.Source) == 0 {
		return ""
	}
	who := w.speaker(k)
	if who == "" {
		return ""
	}
	text := strings.TrimRight(k.text, ".,; ")
	if r, _ := utf8.DecodeRuneInString(text); !direct && !unicode.IsUpper(r) {
		return "" // hardly a clause of its own
	}
	switch {
	case direct && own:
		return fmt.Sprintf(w.t.Said, who, text)
	case own:
		return fmt.Sprintf(w.t.Words, who, text)
	}
	return fmt.Sprintf(w.t.Words, who, fmt.Sprintf(w.t.Quote, text)) + " (" + cmp.Or(w.t.Languages[k.shown.Lang], k.shown.Lang) + ")"
}

// speaker names who speaks in the language of the brief.
func (w *briefWriter) speaker(k *known) string {
	p := &k.Source[0]
	if name := w.name(p); name != "" {
		return name
	}
	if p.Latin == "" && len(strings.Fields(p.Name)) < 2 {
		return "" // one common word: any of many
	}
	if p.Type == letopis.Person && (k.Lang == w.o.Lang || isName(p.Name)) {
		return cmp.Or(p.Name, p.Latin)
	}
	if c := w.country(cmp.Or(p.Country, first(k.SourceCountry))); c != "" {
		return fmt.Sprintf(w.t.Someone, c)
	}
	return ""
}

// isName reports whether all words of a name begin with a capital: what is none is
// words of its language.
func isName(s string) bool {
	words := strings.Fields(s)
	return len(words) > 1 && !slices.ContainsFunc(words, func(f string) bool {
		r, _ := utf8.DecodeRuneInString(f)
		return !unicode.IsUpper(r)
	})
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

func (w *briefWriter) name(p *letopis.Party) string {
	if p.KB == "" {
		return ""
	}
	return w.o.Names.Actor(p.KB)
}

func (w *briefWriter) country(code string) string {
	if code == "" {
		return ""
	}
	return cmp.Or(w.o.Names.Country(code), code)
}

// act tells the event from its code and sides.
func (w *briefWriter) act(k *known) string {
	forms := w.t.Acts[k.Code]
	if len(forms) != 3 {
		return ""
	}
	from, to := k.SourceCountry, k.TargetCountry
	target := k.Target
	source := k.Source
	if len(to) == 0 && len(from) > 1 { // both act together
		a := slices.IndexFunc(from, func(c string) bool { return slices.Contains(w.o.A, c) })
		if a < 0 {
			a = 0
		}
		first := from[a]
		to = slices.DeleteFunc(slices.Clone(from), func(c string) bool { return c == first })
		from = []string{first}
		target = slices.DeleteFunc(slices.Clone(source), func(p letopis.Party) bool { return p.Country == first })
		source = slices.DeleteFunc(slices.Clone(source), func(p letopis.Party) bool { return p.Country != first })
	}
	s, several := w.side(source, w.ofPair(from))
	t, _ := w.side(target, w.ofPair(to))
	if s == "" || t == "" {
		return ""
	}
	form := forms[0]
	if several {
		form = forms[1]
	}
	noun := w.fix(fmt.Sprintf(forms[2], s, t))
	switch k.Modality {
	case letopis.Future:
		return fmt.Sprintf(w.t.ComingAct, noun)
	case letopis.Possible:
		return fmt.Sprintf(w.t.PossibleAct, noun)
	case letopis.Negated:
		return fmt.Sprintf(w.t.NegatedAct, noun)
	}
	return w.fix(fmt.Sprintf(form, s, t))
}

// ofPair leaves those of the countries that the brief is about.
func (w *briefWriter) ofPair(codes []string) []string {
	return slices.DeleteFunc(slices.Clone(codes), func(c string) bool { return !slices.Contains(w.o.A, c) && !slices.Contains(w.o.B, c) })
}

// side names one side: its persons that have a name in the language, or its countries.
func (w *briefWriter) side(parties []letopis.Party, countries []string) (names string, several bool) {
	var all []string
	for _, c := range countries {
		var persons []string
		for i := range parties {
			if p := &parties[i]; p.Country == c && p.Type == letopis.Person {
				if n := w.name(p); n != "" && !slices.Contains(persons, n) {
					persons = append(persons, n)
				}
			}
		}
		if len(persons) == 0 || len(persons) > 3 {
			all = append(all, w.country(c))
			continue
		}
		persons[len(persons)-1] += " (" + w.country(c) + ")"
		all = append(all, persons...)
	}
	return w.list(all), len(all) > 1
}

func (w *briefWriter) list(all []string) string {
	if len(all) < 2 {
		return strings.Join(all, "")
	}
	return strings.Join(all[:len(all)-1], ", ") + w.t.And + all[len(all)-1]
}

func (w *briefWriter) fix(s string) string {
	for i, re := range w.t.fixes {
		s = re.ReplaceAllString(s, w.t.Fixes[i][1])
	}
	return s
}

// once leaves out what cannot be told, and what another entry from the same sentence tells.
func (w *briefWriter) once(all []*known) []*known {
	type place struct {
		doc  letopis.ID
		text string
	}
	told := map[place]bool{}
	var sentences []*known
	for _, pass := range []letopis.EntryKind{letopis.EntryEvent, letopis.EntryStatement} {
		for _, k := range all {
			if k.Kind != pass || k.item == "" {
				continue
			}
			if pass == letopis.EntryStatement && slices.ContainsFunc(sentences, func(o *known) bool {
				return o.Kind == letopis.EntryEvent && o.shown.Doc == k.shown.Doc && strings.Contains(o.text, strings.TrimRight(k.text, ".")) && !w.weak(o)
			}) {
				continue
			}
			p := place{k.shown.Doc, k.text}
			if told[p] {
				continue
			}
			told[p] = true
			sentences = append(sentences, k)
		}
	}
	// An event told by its code only gives way to the words of its sentence.
	return slices.DeleteFunc(slices.Clone(all), func(k *known) bool {
		if !slices.Contains(sentences, k) {
			return true
		}
		return k.Kind == letopis.EntryEvent && w.weak(k) && slices.ContainsFunc(sentences, func(o *known) bool {
			return o.Kind == letopis.EntryStatement && o.shown.Doc == k.shown.Doc && strings.Contains(k.text, strings.TrimRight(o.text, "."))
		})
	})
}

// firsthand leaves out what is known from recollection to the month or less, where
// news of the same kind from that time is told.
func (w *briefWriter) firsthand(all []*known) []*known {
	return slices.DeleteFunc(slices.Clone(all), func(k *known) bool {
		if !w.recalled(k) || k.When.Precision() >= letopis.PrecisionWeek && k.When != "" {
			return false
		}
		first, last := k.When.Days()
		return slices.ContainsFunc(all, func(o *known) bool {
			day, _ := o.Days()
			return !w.recalled(o) && o.Code.Quad() == k.Code.Quad() && first <= day && day <= last
		})
	})
}

// recalled reports whether nobody told the entry as news.
func (w *briefWriter) recalled(k *known) bool {
	return !slices.ContainsFunc(k.reports, func(r letopis.Report) bool { return !r.Recalled })
}

// weak reports whether the sentence of an event does not stand alone.
func (w *briefWriter) weak(k *known) bool {
	return k.shown.Lang == w.o.Lang && w.opaque(k.text, k.shown.Lang)
}

// best chooses what matters most: what several origins tell and what is recalled
// later. The order of time stays.
func (w *briefWriter) best(all []*known) []*known {
	if w.o.Limit <= 0 || len(all) <= w.o.Limit {
		return all
	}
	weight := func(k *known) int {
		n := 0
		for _, r := range k.reports {
			n += b2i(r.Recalled)
		}
		n += 3 * w.origins(k)
		if k.shown.Lang == w.o.Lang {
			n += 2
		}
		if k.When.Precision() >= letopis.PrecisionDay {
			n++
		}
		if k.Kind == letopis.EntryEvent {
			n++
		}
		return n
	}
	ranked := slices.Clone(all)
	slices.SortStableFunc(ranked, func(a, b *known) int { return cmp.Compare(weight(b), weight(a)) })
	chosen := map[*known]bool{}
	for _, k := range ranked[:w.o.Limit] {
		chosen[k] = true
	}
	return slices.DeleteFunc(slices.Clone(all), func(k *known) bool { return !chosen[k] })
}

func (w *briefWriter) section(title string, all []*known) {
	if len(all) == 0 {
		return
	}
	s := BriefSection{Title: title}
	for _, k := range all {
		item := BriefItem{When: w.date(k), Entry: k.ID}
		text, refs := w.attribute(k)
		item.Text, item.Sources = text, refs
		s.Items = append(s.Items, item)
	}
	w.doc.Sections = append(w.doc.Sections, s)
}

// maxOrigins bounds the origins that one sentence names.
const maxOrigins = 3

// attribute ends a sentence with who told it and when, and numbers the articles.
func (w *briefWriter) attribute(k *known) (string, []int) {
	// What is told as news is attributed to those that told it as news.
	recalled := w.recalled(k)
	var names []string
	var refs []int
	var earliest letopis.When
	seen := map[string]bool{}
	reports := slices.Clone(k.reports)
	slices.SortStableFunc(reports, func(a, b letopis.Report) int { // that whose words stand first
		return cmp.Compare(b2i(a.Item != k.shown.Item), b2i(b.Item != k.shown.Item))
	})
	for _, r := range reports {
		if r.Recalled != recalled && r.Item != k.shown.Item || seen[r.Origin] || len(refs) == maxOrigins {
			continue
		}
		seen[r.Origin] = true
		name := cmp.Or(w.o.Names.Outlet(r.Origin), r.Origin)
		if recalled { // it is the article that recalls
			name = cmp.Or(w.o.Names.Outlet(r.Publisher), r.Publisher, name)
		}
		if name == "" {
			name = cmp.Or(r.Title, string(r.Doc))
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
		refs = append(refs, w.number(r))
		if r.Published != "" && (earliest == "" || r.Published.Compare(earliest) < 0) {
			earliest = r.Published
		}
	}
	slices.Sort(refs)
	several := b2i(len(names) > 1)
	text := strings.TrimSpace(k.item)
	form := w.t.Told[several]
	if recalled {
		form = w.t.Recalled[several]
	}
	// Who reads the date of the item need not read it again.
	sameDay := !recalled && k.When.Precision() >= letopis.PrecisionDay && w.when(earliest) == w.date(k)
	if sameDay {
		form = w.t.Then[several]
	}
	if last, _ := utf8.DecodeLastRuneInString(text); strings.ContainsRune("!?…", last) {
		form = w.t.Stopped[several]
		if sameDay {
			form = w.t.ThenStopped
		}
	}
	if k.Kind == letopis.EntryEvent && k.shown.Lang == w.o.Lang && w.t.Crediting != "" && w.t.credits.MatchString(strings.TrimRight(text, ". ")) {
		form = w.t.Credited[several]
		if sameDay {
			form = w.t.ThenStopped
		}
	}
	told := w.when(earliest)
	if from, _, ok := earliest.Bounds(); ok && !sameDay && earliest.Precision() >= letopis.PrecisionDay {
		if first, _ := k.Days(); strings.HasPrefix(first, fmt.Sprintf("%04d-", from.Year())) {
			told = w.form(w.t.DayMonth, from)
		}
	}
	args := []any{strings.TrimRight(text, ". "), w.list(names)}
	if !sameDay {
		args = append(args, told)
	}
	text = fmt.Sprintf(form, args...)
	if !strings.HasSuffix(text, ".") {
		text += "."
	}
	return upperFirst(text), slices.Compact(refs)
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func upperFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

func (w *briefWriter) number(r letopis.Report) int {
	if n := w.numbers[r.Doc]; n > 0 {
		return n
	}
	n := len(w.doc.Sources) + 1
	w.numbers[r.Doc] = n
	var parts []string
	var before letopis.Report // from whom the publisher has it
	for _, l := range r.Chain {
		if l.Role != letopis.RolePublisher {
			before.Chain = append(before.Chain, letopis.Link{Role: l.Role, Name: cmp.Or(w.o.Names.Outlet(l.Name), l.Name)})
		}
	}
	through := before.Way()
	if through != "" {
		through = fmt.Sprintf(w.t.Through, through)
	}
	for _, s := range []string{r.Title, cmp.Or(w.o.Names.Outlet(r.Publisher), r.Publisher), through, w.when(r.Published)} {
		if s != "" {
			parts = append(parts, strings.Join(strings.Fields(s), " "))
		}
	}
	if len(parts) == 0 {
		parts = []string{string(r.Doc)}
	}
	w.doc.Sources = append(w.doc.Sources, BriefSource{N: n, Doc: r.Doc, Text: strings.Join(parts, " · "), URL: safeURL(r.URL)})
	return n
}

// safeURL returns an address that may stand in a link, and nothing for others.
func safeURL(s string) string {
	if strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://") {
		return s
	}
	return ""
}

// date is the time of an entry for reading.
func (w *briefWriter) date(k *known) string {
	if k.When != "" {
		return w.when(k.When)
	}
	if k.Modality == letopis.Future {
		return w.t.Coming
	}
	if _, last := k.Days(); last != "" {
		return fmt.Sprintf(w.t.Until, w.when(letopis.When(last)))
	}
	return w.t.Undated
}

func (w *briefWriter) when(when letopis.When) string {
	from, to, ok := when.Bounds()
	if !ok {
		return ""
	}
	form := w.form
	switch when.Precision() {
	case letopis.PrecisionDay, letopis.PrecisionMinute:
		return form(w.t.Day, from)
	case letopis.PrecisionMonth:
		return form(w.t.Month, from)
	case letopis.PrecisionYear:
		return form(w.t.Year, from)
	}
	if from.Year() <= 1 || to.Year() >= 9999 {
		return string(when)
	}
	return fmt.Sprintf(w.t.Range, form(w.t.Day, from), form(w.t.Day, to))
}

// form writes a date in one of the forms of the language.
func (w *briefWriter) form(f string, t time.Time) string {
	m := w.t.Months[t.Month()-1]
	alone := m
	if len(w.t.MonthNames) == 12 {
		alone = w.t.MonthNames[t.Month()-1]
	}
	return strings.NewReplacer("%[1]d", fmt.Sprint(t.Day()), "%[2]s", m, "%[3]d", fmt.Sprint(t.Year()), "%[4]s", alone).Replace(f)
}

// Write writes the brief as "text", "markdown" or "html".
func (d *BriefDoc) Write(w io.Writer, format string) error {
	switch format {
	case "text":
		return d.text(w)
	case "markdown":
		return d.markdown(w)
	case "html":
		return briefPage.Execute(w, d)
	}
	return &letopis.Error{Op: "brief", Kind: letopis.Unsupported, Err: fmt.Errorf("there is no format %q; choose text, markdown or html", format)}
}

func (d *BriefDoc) text(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n\n%s\n", Visible(d.Title), strings.Repeat("=", columns(d.Title)), Visible(d.Lead))
	for _, s := range d.Sections {
		fmt.Fprintf(&b, "\n%s\n%s\n", s.Title, strings.Repeat("-", columns(s.Title)))
		for _, it := range s.Items {
			fmt.Fprintf(&b, "\n%s\n  %s", it.When, Visible(it.Text))
			for _, n := range it.Sources {
				fmt.Fprintf(&b, " [%d]", n)
			}
			b.WriteString("\n")
		}
	}
	if len(d.Sources) > 0 {
		fmt.Fprintf(&b, "\n%s\n%s\n", d.Heading, strings.Repeat("-", columns(d.Heading)))
	}
	for _, s := range d.Sources {
		fmt.Fprintf(&b, "[%d] %s", s.N, Visible(s.Text))
		if s.URL != "" {
			fmt.Fprintf(&b, "\n    %s", Visible(s.URL))
		}
		b.WriteString("\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// markdownSigns are those that mean something inside a line of Markdown.
var markdownSigns = regexp.MustCompile("[\\\\`*_\\[\\]<>#|]")

func markdown(s string) string { return markdownSigns.ReplaceAllString(Visible(s), `\$0`) }

func (d *BriefDoc) markdown(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s\n", markdown(d.Title), markdown(d.Lead))
	urls := map[int]string{}
	for _, s := range d.Sources {
		urls[s.N] = linkTarget.Replace(s.URL)
	}
	for _, s := range d.Sections {
		fmt.Fprintf(&b, "\n## %s\n\n", markdown(s.Title))
		for _, it := range s.Items {
			fmt.Fprintf(&b, "- **%s** %s", markdown(it.When), markdown(it.Text))
			for _, n := range it.Sources {
				if urls[n] != "" {
					fmt.Fprintf(&b, " [\\[%d\\]](%s)", n, urls[n])
				} else {
					fmt.Fprintf(&b, " \\[%d\\]", n)
				}
			}
			b.WriteString("\n")
		}
	}
	if len(d.Sources) > 0 {
		fmt.Fprintf(&b, "\n## %s\n\n", markdown(d.Heading))
	}
	for _, s := range d.Sources {
		text := markdown(s.Text)
		if s.URL != "" {
			text = "[" + text + "](" + urls[s.N] + ")"
		}
		fmt.Fprintf(&b, "%d. %s\n", s.N, text)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

var linkTarget = strings.NewReplacer(" ", "%20", "(", "%28", ")", "%29", "<", "%3C", ">", "%3E", "\n", "", "\r", "")

var briefPage = template.Must(template.New("brief").Funcs(template.FuncMap{"visible": Visible}).Parse(`<!doctype html>
<html lang="{{.Lang}}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{{visible .Title}}</title>
<style>
body { font: 1rem/1.5 Georgia, "Times New Roman", serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; color: #222; background: #fff }
h1 { font-size: 1.6rem; line-height: 1.2 } h2 { font-size: 1.15rem; margin-top: 2rem; border-bottom: 1px solid #ccc }
dt { font-weight: bold; margin-top: .8rem } dd { margin: 0 } a { color: #0645ad } .n { font-size: .8rem } ol { font-size: .9rem }
</style>
<h1>{{visible .Title}}</h1>
<p>{{visible .Lead}}</p>
{{range .Sections}}<h2>{{.Title}}</h2>
<dl>
{{range .Items}}<dt>{{.When}}</dt>
<dd id="{{.Entry}}">{{visible .Text}}{{range .Sources}} <a class="n" href="#s{{.}}">[{{.}}]</a>{{end}}</dd>
{{end}}</dl>
{{end}}{{if .Sources}}<h2>{{.Heading}}</h2>
<ol>
{{range .Sources}}<li id="s{{.N}}">{{if .URL}}<a href="{{.URL}}">{{visible .Text}}</a>{{else}}{{visible .Text}}{{end}}</li>
{{end}}</ol>
{{end}}</html>
`))
