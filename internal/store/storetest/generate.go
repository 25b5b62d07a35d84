package storetest

import (
	"fmt"
	"math/rand/v2"
	"strings"
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
	rng *rand.Rand
	n   int
}

// NewGenerator returns a generator.
func NewGenerator(seed uint64) *Generator {
	return &Generator{rng: rand.New(rand.NewPCG(seed, 0x1e70))}
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
	lang := []string{"bg", "ru", "en"}[g.rng.IntN(3)]
	day := letopis.When(fmt.Sprintf("2020-%02d-%02d", 1+g.rng.IntN(12), 1+g.rng.IntN(28)))
	w := &writer{g: g, lang: lang, ents: map[string]int{}}
	w.rec = &letopis.Record{
		Schema:  letopis.Schema,
		Reading: letopis.Reading{Program: "synthetic 1", Packs: map[string]string{lang: "1"}, Ontology: "plover 1", KB: "1"},
		Document: letopis.Document{
			ID: letopis.ID(fmt.Sprintf("gen%08d", g.n)), URL: fmt.Sprintf("https://example.org/%s/%d", lang, g.n), Lang: lang,
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
		words[i] = fillers[lang][g.rng.IntN(len(fillers[lang]))]
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
	i := w.g.rng.IntN(len(people))
	j := (i + 1 + w.g.rng.IntN(len(people)-1)) % len(people)
	return people[i], people[j]
}

func (w *writer) event(day letopis.When) {
	from, to := w.pick()
	a := acts[w.g.rng.IntN(len(acts))]
	start := w.pos
	src, _ := w.name(from)
	w.put(" ")
	trigger := w.put(a.verb[w.lang])
	w.put(" ")
	dst, _ := w.name(to)
	w.put(" " + w.g.filler(w.lang, 6) + ".")
	sentence := w.text.String()
	recalled := w.g.rng.IntN(5) == 0
	when := day
	if recalled {
		when = letopis.When(fmt.Sprintf("2019-%02d", 1+w.g.rng.IntN(12)))
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
