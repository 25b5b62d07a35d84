package read_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"letopis"
)

// TestRoles reads sentences of our own: each has an event of the category with these sides.
func TestRoles(t *testing.T) {
	r := reader(t)
	for _, c := range []struct{ lang, text, code, src, tgt string }{
		{"en", "Germany accused Russia of spying, the ministry in Berlin said.", "ACCUSE", "DEU", "RUS"},                            // active
		{"en", "Russia was accused of spying by Germany.", "ACCUSE", "DEU", "RUS"},                                                  // passive
		{"en", "The talks between France and Japan lasted two hours.", "CONSULT", "FRA", "JPN"},                                     // between X and Y
		{"bg", "Бяха водени преговори между Франция и Япония.", "CONSULT", "FRA", "JPN"},                                            // between X and Y
		{"bg", "Посещението на президента на Франция в Япония продължи два дни.", "CONSULT", "FRA", "JPN"},                          // agent noun, host
		{"ru", "Германия обвинила Россию в шпионаже.", "ACCUSE", "DEU", "RUS"},                                                      // active
		{"bg", "Латвия, Литва и Полша осъдиха Русия за нападението.", "ACCUSE", "LVA LTU POL", "RUS"},                               // coordination
		{"en", "Latvia, Lithuania and Poland condemned Russia over the attack.", "ACCUSE", "LVA LTU POL", "RUS"},                    // coordination
		{"ru", "Берлин предупредил Москву о новых санкциях.", "THREATEN", "DEU", "RUS"},                                             // capitals for governments
		{"en", "The French foreign minister visited Tokyo on Monday and met the Japanese prime minister.", "CONSULT", "FRA", "JPN"}, // host
		{"ru", "Визит президента Франции в Японию продлился два дня.", "CONSULT", "FRA", "JPN"},                                     // agent noun
		{"ru", "Переговоры между Францией и Японией продлились два часа.", "CONSULT", "FRA", "JPN"},                                 // between X and Y
		{"bg", "Русия беше обвинена в шпионаж от Германия.", "ACCUSE", "DEU", "RUS"},                                                // passive
		{"en", "The presidents of France and Japan met in Munich.", "CONSULT", "FRA", "JPN"},                                        // a venue is no party
		{"bg", "Президентите на Франция и Япония се срещнаха в Мюнхен.", "CONSULT", "FRA", "JPN"},                                   // a venue is no party
		{"ru", "Французские и японские дипломаты провели переговоры в Стамбуле и Женеве.", "CONSULT", "FRA", "JPN"},                 // two venues
		{"ru", "Макрон прибыл с визитом в Мюнхен.", "CONSULT", "FRA", "DEU"},                                                        // who is visited is one
		{"bg", "Русия атакува Одеса.", "ASSAULT", "RUS", "UKR"},                                                                     // who is hit is one
	} {
		rec, err := r.Read(context.Background(), &letopis.Document{ID: "t", Lang: c.lang, Text: c.text})
		if err != nil {
			t.Fatal(err)
		}
		ok := slices.ContainsFunc(rec.Events, func(e letopis.Event) bool {
			return string(e.Code) == c.code && strings.Join(e.SourceCountry, " ") == c.src && strings.Join(e.TargetCountry, " ") == c.tgt
		})
		if !ok {
			t.Errorf("%s: no %s %s → %s", c.text, c.code, c.src, c.tgt)
			for _, e := range rec.Events {
				t.Logf("\t%s %v → %v «%s»", e.Code, e.SourceCountry, e.TargetCountry, e.Trigger.Text)
			}
		}
	}
}

// TestMerge tells an event of an article once however often it is told, with all its
// mentions; other sides, another day and what did not happen are events of their own.
func TestMerge(t *testing.T) {
	r := reader(t)
	for _, c := range []struct {
		lang, text string
		code       letopis.Code
		want       []int // mentions of each event of the category beside its trigger
	}{
		{"en", "Norway accused Sweden of spying. Norway's accusation against Sweden surprised everybody.", letopis.Accuse, []int{1}},
		{"bg", "Норвегия обвини Швеция в шпионаж. Обвинението на Норвегия срещу Швеция учуди всички.", letopis.Accuse, []int{1}},
		{"ru", "Норвегия обвинила Швецию в шпионаже. Обвинение Норвегии против Швеции удивило всех.", letopis.Accuse, []int{1}},
		{"en", "Norway accused Sweden of spying. Finland accused Sweden of spying too.", letopis.Accuse, []int{0, 0}},
		{"bg", "Норвегия обвини Швеция в шпионаж. Финландия също обвини Швеция в шпионаж.", letopis.Accuse, []int{0, 0}},
		{"ru", "Норвегия обвинила Швецию в шпионаже. Финляндия тоже обвинила Швецию в шпионаже.", letopis.Accuse, []int{0, 0}},
		{"bg", "На 4 март 2019 г. Норвегия обвини Швеция. На 9 април 2019 г. Норвегия отново обвини Швеция.", letopis.Accuse, []int{0, 0}},
		{"ru", "4 марта 2019 года Норвегия обвинила Швецию. 9 апреля 2019 года Норвегия снова обвинила Швецию.", letopis.Accuse, []int{0, 0}},
		{"en", "Norway did not sanction Sweden in 2018. Norway sanctioned Sweden on Monday.", letopis.Sanction, []int{0, 0}},
	} {
		doc := &letopis.Document{ID: "t", Lang: c.lang, Text: c.text, Published: letopis.Published{Value: "2020-03-05", Basis: letopis.BasisMetadata}}
		rec, err := r.Read(context.Background(), doc)
		if err != nil {
			t.Fatal(err)
		}
		var got []int
		for _, e := range rec.Events {
			if e.Code == c.code {
				got = append(got, len(e.Mentions))
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: mentions of the events %v, want %v", c.text, got, c.want)
			for _, e := range rec.Events {
				t.Logf("\t%s %v → %v «%s» %s %s %v", e.Code, e.SourceCountry, e.TargetCountry, e.Trigger.Text, e.Modality, e.Date, e.Mentions)
			}
		}
	}
}

// TestObjects reads what the object makes of an act: a treaty is an accord, a death warrant
// force, and a decree no act toward anybody.
func TestObjects(t *testing.T) {
	for _, c := range []struct {
		lang, text string
		want       []string
	}{
		{"en", "The president of Norway signed a decree.", nil},
		{"en", "Norway signed a treaty with Sweden.", []string{"AGREE NOR SWE"}},
		{"en", "The president of Iran signed the death warrant of two men.", []string{"COERCE IRN IRN"}},
		{"bg", "Президентът на Русия подписа указ.", nil},
		{"bg", "Президентите на Русия и Иран подписаха договор.", []string{"AGREE RUS IRN"}},
		{"bg", "Президентът на Иран подписа смъртната присъда на двама мъже.", []string{"COERCE IRN IRN"}},
		{"ru", "Президент России подписал указ.", nil},
		{"ru", "Президенты России и Ирана подписали договор.", []string{"AGREE RUS IRN"}},
		{"ru", "Президент Ирана подписал смертный приговор двум мужчинам.", []string{"COERCE IRN "}},
	} {
		rec, err := reader(t).Read(context.Background(), &letopis.Document{ID: "t", Lang: c.lang, Text: c.text})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, e := range rec.Events {
			got = append(got, string(e.Code)+" "+strings.Join(e.SourceCountry, ",")+" "+strings.Join(e.TargetCountry, ","))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.text, got, c.want)
		}
	}
}
