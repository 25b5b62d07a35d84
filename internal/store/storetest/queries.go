package storetest

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"letopis"
)

// hand is a small chronicle whose answers can be told by reading.
func hand() []*letopis.Record {
	doc := func(id, lang, published string) *letopis.Record {
		return &letopis.Record{
			Schema: letopis.Schema,
			Document: letopis.Document{ID: letopis.ID(id), Lang: lang, Text: "…", Published: letopis.Published{Value: letopis.When(published)},
				Provenance: []letopis.Source{{Role: letopis.RoleAgency, Name: "ТАСС"}}},
			Entities: []letopis.Entity{
				{ID: "e1", KB: "person/wang-yi", Type: letopis.Person, Name: "Ван И", Latin: "Wang Yi", Country: "CHN"},
				{ID: "e2", Type: letopis.Person, Name: "Сергей Лавров", Latin: "Sergey Lavrov", Country: "RUS"},
				{ID: "e3", Type: letopis.Organisation, Name: "Държавен департамент", Country: "USA"},
				{ID: "e4", KB: "capital/RUS", Type: letopis.Location, Name: "Москва", Country: "RUS", Place: &letopis.Place{ID: "capital/RUS", Unit: "RU-MOW"}},
			},
		}
	}
	event := func(r *letopis.Record, code letopis.Code, src, dst, srcC, dstC, when, text string, recalled bool) {
		v := letopis.Event{ID: fmt.Sprintf("v%d", len(r.Events)+1), Code: code, SourceCountry: strings.Fields(srcC), TargetCountry: strings.Fields(dstC),
			Source: strings.Fields(src), Target: strings.Fields(dst), Evidence: letopis.Range{Text: text}, Date: letopis.When(when), Modality: letopis.Actual, Recalled: recalled}
		r.Events = append(r.Events, v)
	}
	a := doc("a", "bg", "2020-12-03")
	event(a, letopis.Consult, "e1", "e2", "CHN", "RUS", "2020-12-03", "Ван И се срещна с Лавров в Пеки́н", false)
	a.Events[0].Place = "e4"
	event(a, letopis.Support, "e1", "", "CHN", "RUS", "2020-11", "През ноември Китай подкрепи Русия", true)
	event(a, letopis.Accuse, "e3", "e1", "USA", "CHN", "2020-12-01", "САЩ обвиниха Китай", false)
	b := doc("b", "en", "2020-10-22")
	event(b, letopis.Consult, "e1 e2", "", "CHN RUS", "", "2020-10-20/2020-10-22", "Wang Yi and Lavrov met", false)
	event(b, letopis.Assault, "", "", "RUS", "RUS", "", "A blast in Russia", false)
	event(b, letopis.Sanction, "e3", "", "USA", "RUS", "", "Sanctions were imposed years ago", true)
	b.Statements = []letopis.Statement{{ID: "s1", Kind: letopis.Direct, Content: letopis.Range{Text: "Ёлка security-first"}, Speaker: letopis.Speaker{Entity: "e2"}, Date: "2020-10-21"}}
	return []*letopis.Record{b, a}
}

func yes(b bool) *bool { return &b }

func (c contract) queries(t *testing.T) {
	s := c.fresh(t)
	put(t, s, hand()...)
	// In time: bv1 20–22 Oct, bs1 21 Oct, bv2 (undated: published 22 Oct), av2 Nov, av3 1 Dec, av1 3 Dec, bv3 unknown.
	for _, x := range []struct {
		name string
		q    letopis.Query
		want string
	}{
		{"all, in time, unknown last", letopis.Query{}, "bv1 bs1 bv2 av2 av3 av1 bv3"},
		{"newest first, unknown last", letopis.Query{Newest: true}, "av1 av3 av2 bv2 bs1 bv1 bv3"},
		{"page", letopis.Query{Limit: 2, Offset: 1}, "bs1 bv2"},
		{"offset alone", letopis.Query{Offset: 5}, "av1 bv3"},
		{"past the end", letopis.Query{Offset: 50, Limit: 3}, ""},
		{"pair both ways", letopis.Query{Pair: []string{"RUS", "CHN"}}, "bv1 av2 av1"},
		{"pair, other order", letopis.Query{Pair: []string{"CHN", "RUS"}}, "bv1 av2 av1"},
		{"domestic", letopis.Query{Pair: []string{"RUS", "RUS"}}, "bv2"},
		{"no such pair", letopis.Query{Pair: []string{"FRA", "DEU"}}, ""},
		{"between two groups", letopis.Query{Between: [][]string{{"FRA", "CHN"}, {"USA", "RUS"}}}, "bv1 av2 av3 av1"},
		{"between a group and itself", letopis.Query{Between: [][]string{{"RUS", "USA"}, {"RUS", "USA"}}}, "bv2 bv3"},
		{"one of a group", letopis.Query{Members: [][]string{{"FRA", "USA"}}}, "av3 bv3"},
		{"one of each of two groups", letopis.Query{Members: [][]string{{"FRA", "USA"}, {"CHN"}}}, "av3"},
		{"country", letopis.Query{Actors: []string{"USA"}}, "av3 bv3"},
		{"name", letopis.Query{Actors: []string{"лавров"}}, "bv1 bs1 av1"},
		{"latin name, case", letopis.Query{Actors: []string{"WANG yi"}}, "bv1 av2 av3 av1"},
		{"no phrase over two names", letopis.Query{Actors: []string{"и wang"}}, ""},
		{"knowledge base id", letopis.Query{Actors: []string{"person/wang-yi"}}, "bv1 av2 av3 av1"},
		{"two actors", letopis.Query{Actors: []string{"Wang", "Lavrov"}}, "bv1 av1"},
		{"since", letopis.Query{Since: "2020-11-15"}, "av2 av3 av1"},
		{"until", letopis.Query{Until: "2020-10"}, "bv1 bs1 bv2"},
		{"one day in a span", letopis.Query{Since: "2020-10-20", Until: "2020-10-20"}, "bv1"},
		{"interval", letopis.Query{Since: "2020-10/2020-11", Until: "2020-11"}, "bv1 bs1 bv2 av2"},
		{"code", letopis.Query{Codes: []letopis.Code{letopis.Consult, letopis.Accuse}}, "bv1 av3 av1"},
		{"quad", letopis.Query{Quads: []letopis.Quad{letopis.MaterialConflict}}, "bv2 bv3"},
		{"modality", letopis.Query{Modality: []letopis.Modality{letopis.Future}}, ""},
		{"kind", letopis.Query{Kind: letopis.FindingStatement}, "bs1"},
		{"recalled", letopis.Query{Recalled: yes(true)}, "av2 bv3"},
		{"not recalled", letopis.Query{Recalled: yes(false), Lang: "bg"}, "av3 av1"},
		{"language", letopis.Query{Lang: "en"}, "bv1 bs1 bv2 bv3"},
		{"place", letopis.Query{Place: "мОСКВА"}, "av1"},
		{"place, all words", letopis.Query{Place: "Москва река"}, ""},
		{"place, by id", letopis.Query{Within: []string{"place/rome", "capital/RUS"}}, "av1"},
		{"place, by unit", letopis.Query{Within: []string{"RU-MOW"}}, "av1"},
		{"place, by country", letopis.Query{Within: []string{"RUS"}}, "av1"},
		{"place, another", letopis.Query{Within: []string{"CHN"}}, ""},
		{"place, by name or id", letopis.Query{Place: "Рим", Within: []string{"RUS"}}, "av1"},
		{"document", letopis.Query{Doc: "a"}, "av2 av3 av1"},
		{"origins", letopis.Query{Origins: 2}, ""},
		{"word, case", letopis.Query{Words: "КИТАЙ"}, "av2 av3"},
		{"words, all", letopis.Query{Words: "китай подкрепи"}, "av2"},
		{"beginning", letopis.Query{Words: "обвин*"}, "av3"},
		{"no beginning without a star", letopis.Query{Words: "обвин"}, ""},
		{"a lemma", letopis.Query{Words: "обвиня"}, "av3"},
		{"another form, by its lemma", letopis.Query{Words: "обвинил", Lemmas: map[string][]string{"обвинил": {"обвинить", "обвиня"}}}, "av3"},
		{"forms of two words", letopis.Query{Words: "китай обвинил", Lemmas: map[string][]string{"обвинил": {"обвиня"}, "китай": {"китаец"}}}, "av3"},
		{"no lemma of a beginning", letopis.Query{Words: "обвинил*", Lemmas: map[string][]string{"обвинил": {"обвиня"}}}, ""},
		{"stress mark", letopis.Query{Words: "пекин"}, "av1"},
		{"ё is е", letopis.Query{Words: "елка"}, "bs1"},
		{"hyphen", letopis.Query{Words: "security-first"}, "bs1"},
		{"signs of the query language", letopis.Query{Words: `"blast" OR (names:`}, ""},
		{"all together", letopis.Query{Pair: []string{"CHN", "RUS"}, Actors: []string{"CHN"}, Since: "2020-12", Codes: []letopis.Code{letopis.Consult}, Words: "срещна", Lang: "bg"}, "av1"},
	} {
		var got []string
		for e, err := range s.Entries(context.Background(), x.q) {
			if err != nil {
				t.Fatalf("%s: %v", x.name, err)
			}
			got = append(got, e.ID)
		}
		equal(t, x.name, strings.Join(got, " "), x.want)
		all := x.q
		all.Limit, all.Offset = 0, 0
		n, err := s.Count(context.Background(), x.q)
		if err != nil {
			t.Fatal(err)
		}
		equal(t, x.name+": count", n, strings.Count(Dump(t, s, all), "\n"))
	}
	e, err := s.Entry(context.Background(), "av1")
	if err != nil || e.Code != letopis.Consult || len(e.Reports) != 1 {
		t.Errorf("Entry = %+v, %v", e, err)
	}
}

// againstMemory asks a larger generated chronicle, and holds the answers against
// Query.Match, which the map-backed store uses.
func (c contract) againstMemory(t *testing.T) {
	s, m := c.fresh(t), NewMemory(Plain{})
	recs := NewGenerator(20).Records(300)
	put(t, s, recs...)
	put(t, m, recs...)
	found := 0
	for _, q := range []letopis.Query{
		{}, {Newest: true, Limit: 17}, {Pair: []string{"CHN", "RUS"}}, {Actors: []string{"Volkov", "BGR"}},
		{Actors: []string{"Волков"}, Since: "2020-05-10", Until: "2020-W30"}, {Words: "энерг* мир", Lang: "ru"},
		{Words: "смит обвини"}, {Quads: []letopis.Quad{1, 4}, Modality: []letopis.Modality{letopis.Future}, Offset: 10, Limit: 5},
		{Recalled: yes(true), Since: "2019-06", Until: "2019-08"}, {Kind: letopis.FindingStatement, Actors: []string{"person/jan-kos"}},
	} {
		want := Dump(t, m, q)
		if got := Dump(t, s, q); got != want {
			t.Errorf("%+v:\ngot\n%s\nwant\n%s", q, got, want)
		}
		if want != "" {
			found++
		}
	}
	if found < 8 {
		t.Errorf("only %d queries find anything; the test shows little", found)
	}
}

func (c contract) badQueries(t *testing.T) {
	s := c.fresh(t)
	for name, q := range map[string]letopis.Query{
		"time":     {Since: "yesterday"},
		"period":   {Since: "2020-12", Until: "2020-11"},
		"pair":     {Pair: []string{"CHN"}},
		"country":  {Pair: []string{"CHN", "Russia"}},
		"code":     {Codes: []letopis.Code{"MEET"}},
		"quad":     {Quads: []letopis.Quad{5}},
		"limit":    {Limit: -1},
		"actor":    {Actors: []string{"…"}},
		"no words": {Words: "***"},
	} {
		for _, err := range s.Entries(context.Background(), q) {
			if letopis.KindOf(err) != letopis.Invalid {
				t.Errorf("%s: %v, want kind invalid", name, err)
			}
		}
		if _, err := s.Count(context.Background(), q); letopis.KindOf(err) != letopis.Invalid {
			t.Errorf("%s: Count: %v, want kind invalid", name, err)
		}
	}
}
