package read_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"letopis"
)

// entities reads a short text of our own and returns its entities.
func entities(t *testing.T, lang, when, text string) []letopis.Entity {
	t.Helper()
	doc := &letopis.Document{ID: "t", Lang: lang, Text: text}
	if when != "" {
		doc.Published = letopis.Published{Value: letopis.When(when), Basis: letopis.BasisMetadata}
	}
	rec, err := reader(t).Read(context.Background(), doc)
	if err != nil {
		t.Fatal(err)
	}
	return rec.Entities
}

// of returns the entity with a mention of these words.
func of(list []letopis.Entity, words string) *letopis.Entity {
	for i := range list {
		if slices.ContainsFunc(list[i].Mentions, func(m letopis.Mention) bool { return strings.EqualFold(m.Text, words) }) {
			return &list[i]
		}
	}
	return &letopis.Entity{}
}

func TestOfficeAtTheTime(t *testing.T) {
	for _, c := range []struct{ lang, when, text, words, kb, country string }{
		{"bg", "2010-05-12", "Руският президент пристигна в София.", "Руският президент", "person/dmitry-medvedev", "RUS"},
		{"bg", "2020-12-05", "Руският президент пристигна в София.", "Руският президент", "person/vladimir-putin", "RUS"},
		{"ru", "2019-03-01", "В порту побывал президент Франции.", "президент Франции", "person/emmanuel-macron", "FRA"},
		{"en", "2006-03-01", "The German chancellor visited the harbour.", "The German chancellor", "person/angela-merkel", "DEU"},
		{"bg", "2020-12-05", "Бившият руски президент пристигна в София.", "Бившият руски президент", "", "RUS"},
		{"bg", "", "Руският президент пристигна в София.", "Руският президент", "", "RUS"},
		{"ru", "2020-12-05", "В порту побывал польский дипломат.", "польский дипломат", "", "POL"},
	} {
		e := of(entities(t, c.lang, c.when, c.text), c.words)
		if e.KB != c.kb || e.Country != c.country || c.kb != "" && (e.Rule != "kb.holder" || e.Latin == "") {
			t.Errorf("%s (%s): %+v, want %s of %s", c.words, c.when, e, c.kb, c.country)
		}
	}
}

// TestDateByOffices takes an article's date from who holds which office in it.
func TestDateByOffices(t *testing.T) {
	for _, c := range []struct {
		lang, text string
		want       letopis.When
	}{
		{"bg", "Германският канцлер Ангела Меркел писа през април на британския премиер Тереза Мей. Американският президент Доналд Тръмп и британският външен министър Борис Джонсън разговаряха през март.", ""},
		{"bg", "Германският канцлер Ангела Меркел писа през април на британския премиер Тереза Мей. Френският президент Еманюел Макрон и британският външен министър Борис Джонсън разговаряха през март.", "2018-05"},
		{"bg", "Бившият германски канцлер Ангела Меркел писа през април на кмета. Бившият френски президент Еманюел Макрон отговори през март.", ""},
	} {
		rec, err := reader(t).Read(context.Background(), &letopis.Document{ID: "t", Lang: c.lang, Text: c.text})
		if err != nil {
			t.Fatal(err)
		}
		if p := rec.Document.Published; p.Value != c.want || c.want != "" && (p.Basis != letopis.BasisInferred || p.Rule != "offices" || len(p.Evidence) < 4) {
			t.Errorf("%s: %+v, want %q by offices", c.text, p, c.want)
		}
	}
}

func TestFormerOffice(t *testing.T) {
	for _, c := range []struct{ lang, text string }{
		{"ru", "Экс-президент Перу Тадеуш Вельский прибыл в Варшаву."},
		{"bg", "Бившият премиер на Перу Тадеуш Велски пристигна във Варшава."},
	} {
		found := false
		for _, e := range entities(t, c.lang, "2020-12-05", c.text) {
			for _, r := range e.Roles {
				found = found || r.Former && r.Sector == "GOV" && e.Type == letopis.Person && e.Country == "PER"
			}
		}
		if !found {
			t.Errorf("%s: no former office", c.text)
		}
	}
}

// TestKeys holds that an unknown person has one id in several scripts, and that
// another has another.
func TestKeys(t *testing.T) {
	keys := map[string]string{}
	for _, c := range [][3]string{
		{"bg", "Тадеуш Велички", "Вчера Тадеуш Велички заяви, че мостът е готов."},
		{"ru", "Тадеуш Величкий", "Вчера Тадеуш Величкий заявил, что мост готов."},
		{"en", "Tadeusz Welicki", "Tadeusz Welicki said on Monday that the bridge was ready."},
		{"bg", "Тадеуш Марцинкевич", "Вчера Тадеуш Марцинкевич заяви, че мостът е готов."},
	} {
		e := of(entities(t, c[0], "2020-12-05", c[2]), c[1])
		if e.KB != "" || e.Key == "" || e.Latin == "" {
			t.Errorf("%s: %+v", c[1], e)
		}
		keys[c[1]] = e.Key
	}
	if keys["Тадеуш Велички"] == keys["Тадеуш Марцинкевич"] {
		t.Errorf("one key for two names: %v", keys)
	}
	if keys["Тадеуш Велички"] != keys["Тадеуш Величкий"] {
		t.Errorf("two keys for one name: %v", keys)
	}
}

func TestCompoundCountries(t *testing.T) {
	list := entities(t, "bg", "2020-12-05", "Руско-китайските преговори започнаха в София. Според Москва и Пекин няма да има съюз, заяви Русия.")
	seen := map[string]bool{}
	for _, e := range list {
		seen[e.KB] = true
	}
	if !seen["country/RUS"] || !seen["country/CHN"] {
		t.Errorf("%v", list)
	}
}

// TestCapitals holds that a capital stands for its government unless it is where
// something is.
func TestCapitals(t *testing.T) {
	for _, c := range []struct{ lang, text, words, kb string }{
		{"bg", "Пекин отхвърли искането на Варшава.", "Пекин", "country/CHN"},
		{"bg", "Пекин отхвърли искането на Варшава.", "Варшава", "country/POL"},
		{"bg", "Срещата започна в Пекин.", "Пекин", "capital/CHN"},
		{"ru", "Встреча прошла в Варшаве.", "Варшаве", "capital/POL"},
		{"en", "The talks began in Beijing.", "Beijing", "capital/CHN"},
	} {
		e := of(entities(t, c.lang, "2020-12-05", c.text), c.words)
		if e.KB != c.kb || e.Country != c.kb[len(c.kb)-3:] {
			t.Errorf("%s in %q is %s of %s, want %s", c.words, c.text, e.KB, e.Country, c.kb)
		}
		if c.kb == "capital/CHN" && e.Latin != "Beijing" {
			t.Errorf("latin %q", e.Latin)
		}
	}
}
