// Package synth writes synthetic records of real shape about an invented world: for
// the tests of stores, which need a few that can be told by reading, and for
// measuring, which needs a million with many countries, many years, syndicated copies
// and recollections. Nothing in it is a real person's.
package synth

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
	"unicode/utf8"

	"letopis"
)

// person is an actor of the generated world; the people are invented.
type person struct{ kb, name, latin, country string }

var people = []person{
	{"person/li-ming", "Ли Мин", "Li Ming", "CHN"},
	{"person/sergey-volkov", "Сергей Волков", "Sergey Volkov", "RUS"},
	{"person/ivan-stoev", "Иван Стоев", "Ivan Stoev", "BGR"},
	{"person/anna-smith", "Анна Смит", "Anna Smith", "USA"},
	{"person/marc-dubois", "Марк Дюбоа", "Marc Dubois", "FRA"},
	{"person/jan-kos", "Ян Кос", "Jan Kos", "POL"},
	{"person/omer-aydin", "Омер Айдън", "Omer Aydin", "TUR"},
	{"person/petra-vogel", "Петра Фогел", "Petra Vogel", "DEU"},
}

// act is a kind of event with a verb in each language.
type act struct {
	code letopis.Code
	verb map[string]string
}

var acts = []act{
	{letopis.Consult, map[string]string{"bg": "се срещна с", "ru": "встретился с", "en": "met with"}},
	{letopis.Accuse, map[string]string{"bg": "обвини", "ru": "обвинил", "en": "accused"}},
	{letopis.Support, map[string]string{"bg": "подкрепи", "ru": "поддержал", "en": "backed"}},
	{letopis.Threaten, map[string]string{"bg": "заплаши", "ru": "пригрозил", "en": "threatened"}},
	{letopis.Aid, map[string]string{"bg": "помогна на", "ru": "помог", "en": "sent aid to"}},
	{letopis.Sanction, map[string]string{"bg": "наложи санкции на", "ru": "ввёл санкции против", "en": "imposed sanctions on"}},
}

var fillers = map[string][]string{
	"bg": strings.Fields("сигурност сътрудничество граница договор енергетика търговия война мир помощ кораб газ закон парламент избори доверие разговор отбрана спор наука култура"),
	"ru": strings.Fields("безопасность сотрудничество граница договор энергетика торговля война мир помощь корабль газ закон парламент выборы доверие разговор оборона спор наука культура"),
	"en": strings.Fields("security cooperation border treaty energy trade war peace relief ship gas law parliament election trust talks defence dispute science culture"),
}

var said = map[string]string{"bg": "заяви", "ru": "заявил", "en": "said"}

// Generator writes records of real shape about an invented world. The same seed
// gives the same records.
type Generator struct {
	rng    *rand.Rand
	n      int
	people []person
	years  int               // of publication, from 2020 on
	recent []*letopis.Record // that may be copied; nil in the small world
	past   []happened        // that may be recalled
}

// New returns a generator of a small world: eight people, one year, no copies.
func New(seed uint64) *Generator {
	return &Generator{rng: rand.New(rand.NewPCG(seed, 0x1e70)), people: people, years: 1}
}

// happened is an event that later articles may recall.
type happened struct {
	from, to person
	act      act
	day      letopis.When
}

// Sizes of what the large world remembers, and how much of it comes again.
const (
	recentRecords = 500
	pastEvents    = 2000
	copyPercent   = 25 // of records: another outlet's copy, whole or cut, of a recent one
	recallPercent = 15 // of events: a recollection of one that was reported
)

// NewWorld returns a generator of a large world: sixty countries with five people
// each, some much oftener in the news than others, over ten years.
func NewWorld(seed uint64) *Generator {
	g := New(seed)
	g.years = 10
	g.recent = []*letopis.Record{}
	g.people = nil
	for i, c := range strings.Fields(countryCodes) {
		for j := range 5 {
			first, last := firstNames[(i*5+j)%len(firstNames)], lastNames[(i*7+j*3)%len(lastNames)]
			g.people = append(g.people, person{fmt.Sprintf("person/s%d-%d", i, j), first[0] + " " + last[0], first[1] + " " + last[1], c})
		}
	}
	return g
}

const countryCodes = "USA CHN RUS UKR GBR FRA DEU TUR IRN ISR IND JPN BGR SRB POL SYR SAU EGY KOR PRK ITA ESP GRC ROU HUN MKD ALB BIH HRV AUT CZE SVK " +
	"SWE NOR FIN DNK NLD BEL CHE PRT MDA GEO ARM AZE KAZ UZB AFG PAK IRQ LBN JOR QAT ARE LBY DZA MAR BRA ARG MEX CAN"

var firstNames = [][2]string{{"Иван", "Ivan"}, {"Ли", "Li"}, {"Сергей", "Sergey"}, {"Анна", "Anna"}, {"Марк", "Marc"}, {"Ян", "Jan"}, {"Омер", "Omer"}, {"Петра", "Petra"},
	{"Карим", "Karim"}, {"Лена", "Lena"}, {"Томас", "Thomas"}, {"Юки", "Yuki"}, {"Раул", "Raul"}, {"Мина", "Mina"}, {"Давид", "David"}, {"Нора", "Nora"}, {"Симон", "Simon"}}

var lastNames = [][2]string{{"Стоев", "Stoev"}, {"Волков", "Volkov"}, {"Смит", "Smith"}, {"Дюбоа", "Dubois"}, {"Кос", "Kos"}, {"Айдън", "Aydin"}, {"Фогел", "Vogel"}, {"Танака", "Tanaka"},
	{"Росо", "Rosso"}, {"Хан", "Khan"}, {"Линд", "Lind"}, {"Мендес", "Mendes"}, {"Каплан", "Kaplan"}, {"Дуда", "Duda"}, {"Павлос", "Pavlos"}, {"Барзан", "Barzan"}, {"Ортега", "Ortega"},
	{"Шабо", "Chabot"}, {"Ковач", "Kovacs"}, {"Йенсен", "Jensen"}, {"Новак", "Novak"}, {"Перич", "Peric"}, {"Салех", "Saleh"}}

// copied is a recent record as another outlet carries it: at its own address, a few
// days later at most, whole or without its last words.
func (g *Generator) copied() *letopis.Record {
	old := g.recent[g.rng.IntN(len(g.recent))]
	r := *old
	d := &r.Document
	d.ID = g.id()
	d.URL = fmt.Sprintf("https://copies.example/%d", g.n)
	d.Provenance = []letopis.Source{old.Document.Provenance[0], {Role: letopis.RolePublisher, Name: fmt.Sprintf("Вестник %d", g.rng.IntN(200))}}
	if t, err := time.Parse(time.DateOnly, string(d.Published.Value)); err == nil {
		d.Published.Value = letopis.When(t.AddDate(0, 0, g.rng.IntN(3)).Format(time.DateOnly))
	}
	if g.rng.IntN(2) == 0 { // nothing points into the last words
		if cut := strings.LastIndex(d.Text, "\n\n") + 2; cut > 1 {
			tail := d.Text[cut:]
			if i := strings.IndexByte(tail[len(tail)/2:], ' '); i >= 0 {
				d.Text = d.Text[:cut+len(tail)/2+i]
			}
		}
	}
	return &r
}

// id names a document as [letopis.NewID] does, without order.
func (g *Generator) id() letopis.ID {
	if g.recent == nil {
		return letopis.ID(fmt.Sprintf("gen%08d", g.n))
	}
	return letopis.NewID(fmt.Sprint(g.n), "synth")
}

func (g *Generator) year() int {
	if g.years < 2 {
		return 0
	}
	return g.rng.IntN(g.years)
}

// rareWords is how many words a language of the large world has beside its common ones.
const rareWords = 30000

// word is a word of a language. In the large world the common ones are common, and a
// long tail of rare ones, made of syllables, gives the texts their difference.
func (g *Generator) word(lang string) string {
	common := fillers[lang]
	if g.recent == nil || g.rng.IntN(3) == 0 {
		return common[g.rng.IntN(len(common))]
	}
	u := g.rng.Float64()
	n := int(u * u * u * rareWords)
	syllables := syllablesOf[lang]
	var b strings.Builder
	for n += len(syllables); n > 0; n /= len(syllables) {
		b.WriteString(syllables[n%len(syllables)])
	}
	return b.String()
}

var syllablesOf = map[string][]string{
	"bg": strings.Fields("ба ве го ди жа зе ки ло му не по ра се ту фи ха ця чо ша щу"),
	"ru": strings.Fields("бы вя го де жи зю кой ле мы нё пу рю сы те фя хо ций че шу эй"),
	"en": strings.Fields("ba ver go din ja zel ki lo mur ne po rath se tu fi har cy cho sha thu"),
}

// someone is a person of the world; in a large one the first countries are in most news.
func (g *Generator) someone() int {
	if g.recent == nil {
		return g.rng.IntN(len(g.people))
	}
	u := g.rng.Float64()
	return int(u * u * float64(len(g.people)))
}

// Records returns n records of n different documents.
func (g *Generator) Records(n int) []*letopis.Record {
	recs := make([]*letopis.Record, n)
	for i := range recs {
		recs[i] = g.Record()
	}
	return recs
}

// Record returns the next record.
func (g *Generator) Record() *letopis.Record {
	g.n++
	if len(g.recent) > 0 && g.rng.IntN(100) < copyPercent {
		return g.copied()
	}
	r := g.fresh()
	switch {
	case g.recent == nil:
	case len(g.recent) < recentRecords:
		g.recent = append(g.recent, r)
	default:
		g.recent[g.n%recentRecords] = r
	}
	return r
}

func (g *Generator) fresh() *letopis.Record {
	lang := []string{"bg", "ru", "en"}[g.rng.IntN(3)]
	day := letopis.When(fmt.Sprintf("%d-%02d-%02d", 2020+g.year(), 1+g.rng.IntN(12), 1+g.rng.IntN(28)))
	w := &writer{g: g, lang: lang, ents: map[string]int{}}
	w.rec = &letopis.Record{
		Schema:  letopis.Schema,
		Reading: letopis.Reading{Program: "synthetic 1", Packs: map[string]string{lang: "1"}, Ontology: "plover 1", KB: "1"},
		Document: letopis.Document{
			ID: g.id(), URL: fmt.Sprintf("https://example.org/%s/%d", lang, g.n), Lang: lang,
			Title:     fmt.Sprintf("%s %d", g.filler(lang, 3), g.n),
			Published: letopis.Published{Value: day, Basis: letopis.BasisMetadata},
			Provenance: []letopis.Source{
				{Role: letopis.RoleAgency, Name: []string{"Агенция Север", "Агенция Юг", "West Wire"}[g.rng.IntN(3)]},
				{Role: letopis.RolePublisher, Name: fmt.Sprintf("Вестник %d", g.rng.IntN(9))},
			},
		},
		Entities: []letopis.Entity{}, Dates: []letopis.Date{}, Statements: []letopis.Statement{}, Events: []letopis.Event{},
	}
	for range 1 + g.rng.IntN(3) {
		w.event(day)
	}
	for range g.rng.IntN(3) {
		w.statement(day)
	}
	w.text.WriteString(g.filler(lang, 60))
	w.rec.Document.Text = w.text.String()
	return w.rec
}

func (g *Generator) filler(lang string, n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = g.word(lang)
	}
	return strings.Join(words, " ")
}

// writer builds one record while it writes the text, so that every range is true.
type writer struct {
	g    *Generator
	rec  *letopis.Record
	lang string
	text strings.Builder
	pos  int // code points written
	ents map[string]int
}

func (w *writer) put(s string) letopis.Range {
	start := w.pos
	w.text.WriteString(s)
	w.pos += utf8.RuneCountInString(s)
	return letopis.Range{Span: letopis.Span{Start: start, End: w.pos}, Text: s}
}

// name writes the name of a person and returns the id of the entity.
func (w *writer) name(p person) (string, letopis.Range) {
	form := p.name
	if w.lang == "en" {
		form = p.latin
	}
	r := w.put(form)
	i, ok := w.ents[p.kb]
	if !ok {
		i = len(w.rec.Entities)
		w.ents[p.kb] = i
		w.rec.Entities = append(w.rec.Entities, letopis.Entity{ID: fmt.Sprintf("e%d", i+1), KB: p.kb, Type: letopis.Person, Name: form, Latin: p.latin, Country: p.country})
	}
	e := &w.rec.Entities[i]
	e.Mentions = append(e.Mentions, letopis.Mention{Range: r, Form: letopis.FormName, Base: form})
	return e.ID, r
}

func (w *writer) pick() (person, person) {
	i, all := w.g.someone(), w.g.people
	if w.g.recent == nil {
		return all[i], all[(i+1+w.g.rng.IntN(len(all)-1))%len(all)]
	}
	j := w.g.someone()
	if j == i {
		j = (i + 7) % len(all)
	}
	return all[i], all[j]
}

func (w *writer) event(day letopis.When) {
	from, to := w.pick()
	a := acts[w.g.rng.IntN(len(acts))]
	var known *happened
	if g := w.g; len(g.past) > 0 && g.rng.IntN(100) < recallPercent {
		known = &g.past[g.rng.IntN(len(g.past))]
		from, to, a = known.from, known.to, known.act
	}
	start := w.pos
	src, _ := w.name(from)
	w.put(" ")
	trigger := w.put(a.verb[w.lang])
	w.put(" ")
	dst, _ := w.name(to)
	w.put(" " + w.g.filler(w.lang, 6) + ".")
	sentence := w.text.String()
	when, recalled := day, known != nil
	switch {
	case known != nil:
		when = known.day
	case w.g.recent == nil:
		if recalled = w.g.rng.IntN(5) == 0; recalled {
			when = letopis.When(fmt.Sprintf("2019-%02d", 1+w.g.rng.IntN(12)))
		}
	case len(w.g.past) < pastEvents:
		w.g.past = append(w.g.past, happened{from, to, a, day})
	default:
		w.g.past[w.g.rng.IntN(pastEvents)] = happened{from, to, a, day}
	}
	w.rec.Events = append(w.rec.Events, letopis.Event{
		ID: fmt.Sprintf("v%d", len(w.rec.Events)+1), Code: a.code,
		Source: []string{src}, Target: []string{dst}, SourceCountry: []string{from.country}, TargetCountry: []string{to.country},
		Trigger: trigger, Evidence: cut(sentence, start, w.pos),
		Date: when, Modality: []letopis.Modality{letopis.Actual, letopis.Actual, letopis.Future}[w.g.rng.IntN(3)],
		Recalled: recalled, Confidence: 0.8, Rule: "generated",
	})
	w.put("\n\n")
}

func cut(text string, start, end int) letopis.Range {
	r := []rune(text)
	return letopis.Range{Span: letopis.Span{Start: start, End: end}, Text: string(r[start:end])}
}

func (w *writer) statement(day letopis.When) {
	who, about := w.pick()
	w.put("«")
	start := w.pos
	w.put(w.g.filler(w.lang, 5) + " ")
	w.name(about)
	w.put(" " + w.g.filler(w.lang, 3))
	content := cut(w.text.String(), start, w.pos)
	w.put("», ")
	cue := w.put(said[w.lang])
	w.put(" ")
	id, at := w.name(who)
	w.put(".\n\n")
	w.rec.Statements = append(w.rec.Statements, letopis.Statement{
		ID: fmt.Sprintf("s%d", len(w.rec.Statements)+1), Kind: letopis.Direct, Content: content,
		Speaker: letopis.Speaker{Entity: id, Mention: &at}, Cue: &cue, Via: []string{}, Date: day, Confidence: 0.9, Rule: "generated",
	})
}
