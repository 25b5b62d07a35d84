package page_test

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"letopis"
	"letopis/internal/page"
	"letopis/internal/page/pagetest"
	"letopis/internal/timex"
)

// when shows a time that was asked for.
func when(pg *page.Page, t int) string {
	if t < 0 || t >= len(pg.Times) {
		return "-"
	}
	return string(pg.Times[t].Value)
}

func TestTimes(t *testing.T) {
	for _, c := range []struct{ lang, text, want string }{
		{"bg", "На/ADP 5/NUM март/NOUN 2019/NUM г./NOUN дойде/VERB", "5 март 2019 г. = 2019-03-05"},
		{"ru", "5/NUM марта/NOUN 2019/NUM года/NOUN он/PRON пришёл/VERB", "5 марта 2019 года = 2019-03-05"},
		{"en", "On/ADP 5/NUM March/PROPN 2019/NUM she/PRON came/VERB in/ADP May/PROPN 2018/NUM", "5 March 2019 = 2019-03-05; May 2018 = 2018-05"},
		{"bg", "на/ADP 29.03.2019г./NUM дойде/VERB", "29.03.2019г. = 2019-03-29"},
		{"en", "she/PRON came/VERB on/ADP Monday/PROPN", ""}, // no date anchors it: it is a time without a place
	} {
		pg := shipped().Page(t, c.lang, c.text)
		var all []string
		for _, x := range pg.Times {
			all = append(all, pg.TextOf(x.First, x.Last+1)+" = "+string(x.Value))
			for k := x.First; k <= x.Last; k++ {
				if !pg.Words[k].Date {
					t.Errorf("%s: word %d is no time", pg.Text, k)
				}
			}
		}
		if got := strings.Join(all, "; "); got != c.want {
			t.Errorf("%s: %q, want %q", pg.Text, got, c.want)
		}
	}
	if pg := shipped().Page(t, "en", "she/PRON came/VERB on/ADP Monday/PROPN"); !pg.Words[3].Date || !pg.OpensDated(0) {
		t.Error("a weekday is no time")
	}
}

func TestTimeOf(t *testing.T) {
	ask(t, "time", []question{
		{"en", "On/ADP 5/NUM March/PROPN/obl@5 2019/NUM met/VERB Ana/PROPN/nsubj@5 Bob/PROPN/obj@5 and/CCONJ they/PRON/nsubj@10 left/VERB/conj@5 on/ADP 7/NUM March/PROPN/obl@10 2019/NUM", "met", "2019-03-05"},
		{"en", "On/ADP 5/NUM March/PROPN/obl@5 2019/NUM met/VERB Ana/PROPN/nsubj@5 Bob/PROPN/obj@5 and/CCONJ they/PRON/nsubj@10 left/VERB/conj@5 on/ADP 7/NUM March/PROPN/obl@10 2019/NUM", "left", "2019-03-07"},
		// "After the verdict in May 2018 riots broke out": the riots have no day.
		{"en", "After/ADP/case@3 the/DET verdict/NOUN in/ADP/case@5 May/PROPN/nmod@3 2018/NUM riots/NOUN/nsubj@8 broke/VERB", "broke", "-"},
		// "their 2001 treaty": the year is the treaty's.
		{"en", "They/PRON broke/VERB their/PRON 2001/NUM/nummod@5 treaty/NOUN/obj@2", "broke", "-"},
		{"en", "They/PRON broke/VERB in/ADP/case@4 2001/NUM/obl@2", "broke", "2001"},
		{"en", "They/PRON broke/VERB it/PRON", "broke", "-"},
	}, func(pg *page.Page, k int) any { return when(pg, pg.TimeOf(k, 0, 0)) })
	pg := shipped().Page(t, "en", "They/PRON broke/VERB in/ADP/case@4 2001/NUM/obl@2")
	if got := pg.TimeOf(1, 3, 4); got != -1 {
		t.Errorf("a time inside the words left out: %d", got)
	}
	if pg.TimeFrom(0) != 0 || pg.TimeFrom(3) != 0 || pg.TimeFrom(4) != 1 {
		t.Error("TimeFrom")
	}
}

func TestPast(t *testing.T) {
	pg := shipped().Page(t, "en", "5/NUM March/PROPN 2019/NUM and/CCONJ May/PROPN 2018/NUM")
	day, month := &pg.Times[0], &pg.Times[1]
	at := func(s string) time.Time {
		x, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	for _, c := range []struct {
		x      *page.Moment
		anchor string
		want   bool
	}{{day, "2019-03-05", false}, {day, "2019-03-07", false}, {day, "2019-03-10", true}, {day, "2019-01-01", false}, {month, "2018-05-31", false}, {month, "2018-06-03", true}} {
		if got := c.x.Past(at(c.anchor)); got != c.want {
			t.Errorf("%s is past on %s: %v", c.x.Value, c.anchor, got)
		}
	}
	if (&page.Moment{}).Past(at("2019-03-05")) {
		t.Error("a time without bounds is past")
	}
}

func TestTimeWords(t *testing.T) {
	ask(t, "opens with recollection, dated, recurs, earlier before", []question{
		{"bg", "Припомняме/VERB , че/SCONJ каза/VERB", "каза", "true false false true"},
		{"bg", "Той/PRON по-рано/ADV каза/VERB", "каза", "true false false true"},
		{"ru", "Он/PRON и/CCONJ она/PRON тогда/ADV ранее/ADV сказал/VERB", "сказал", "false false false true"},
		{"bg", "Те/PRON провеждат/VERB учения/NOUN всяка/DET година/NOUN", "провеждат", "false false true false"},
		{"en", "weekly/ADJ talks/NOUN began/VERB", "talks", "false false false false"},
		{"en", "In/ADP May/PROPN 2018/NUM talks/NOUN began/VERB", "talks", "false true false false"},
		{"bg", "„ по-рано/ADV “ е/AUX ясно/ADJ", "ясно", "false false false true"},
	}, func(pg *page.Page, k int) any {
		s := pg.Words[k].Sent
		return fmt.Sprint(pg.StartsWith(s, page.Recall), pg.OpensDated(s), pg.Recurs(k), pg.EarlierAt(k))
	})
	ask(t, "tense", []question{
		{"bg", "ще/AUX/aux@2 дойде/VERB[Aspect=Perf|Tense=Pres|VerbForm=Fin]", "дойде", timex.Future},
		{"en", "he/PRON came/VERB[Tense=Past|VerbForm=Fin]", "came", timex.Past},
	}, func(pg *page.Page, k int) any { return pg.Tense(k) })
}

// TestHeld holds a claimed date against the offices that the text gives to people, in a made-up world where
// they were chiefs up to 2014 and there must be several to witness it.
func TestHeld(t *testing.T) {
	files := maps.Clone(world)
	files["lang/xx/words.tsv"] += "former\told\npast\tonce\n"
	for _, name := range []string{"Jan Novak", "Eva Mala", "Tom Berg", "Ida Lund"} {
		id := strings.ReplaceAll(strings.ToLower(name), " ", "-")
		if id != "jan-novak" {
			files["kb/persons.tsv"] += id + "\tDEU\tf\n"
			files["kb/xx/persons.tsv"] += id + "\t" + name + "\n"
		}
		files["kb/terms.tsv"] += id + "\tchief\tDEU\t2011-03\t2014-05\n"
	}
	tables := pagetest.Open(t, pagetest.Tiny(files))
	const others = "chief/NOUN of/ADP Tysko/PROPN [Eva Mala]PER | tyskish/ADJ chief/NOUN [Tom Berg]PER | "
	for _, c := range []struct{ text, published string }{
		{others + "the/DET high/ADJ chief/NOUN [Jan Novak]PER", ""},
		{others + "old/ADJ chief/NOUN [Jan Novak]PER", "2019-06-01"},
		{others + "once/ADV chief/NOUN [Jan Novak]PER", "2019-06-01"},
		{others + "chief/NOUN , [Jan Novak]PER", "2019-06-01"},
		{others + "council/NOUN [Jan Novak]PER", "2019-06-01"},
		{others + "chief/NOUN [Eva Mala]PER", "2019-06-01"}, // each counts once
	} {
		doc, a := pagetest.Document(t, "xx", c.text)
		doc.Published = letopis.Published{Value: "2019-06-01", Basis: letopis.BasisMetadata}
		pg, err := page.Build(context.Background(), tables.Source(t, doc, a), nil)
		if err != nil {
			t.Fatal(err)
		}
		if string(pg.Published.Value) != c.published {
			t.Errorf("%s: published %+v, want %q", c.text, pg.Published, c.published)
		}
	}
}

func TestPlaces(t *testing.T) {
	const two = "В/ADP [Берлин]LOC се/PRON събраха/VERB . | Те/PRON говориха/VERB . | Те/PRON спориха/VERB . | Те/PRON мълчаха/VERB . ¶ Край/NOUN дойде/VERB ."
	ask(t, "scene", []question{
		{"bg", two, "събраха", "DEU DEU DEU"},
		{"bg", two, "говориха", "DEU DEU "},
		{"bg", two, "спориха", "DEU DEU "},
		{"bg", two, "мълчаха", " DEU "},
		{"bg", two, "дойде", " DEU "},
		{"bg", "Посланикът/NOUN{посланик} в/ADP [Китай]LOC/nmod@1 говори/VERB", "говори", " CHN CHN"},
		{"bg", "Германският/ADJ{германски} посланик/NOUN в/ADP [Китай]LOC/nmod@2 говори/VERB", "говори", " CHN "},
		{"bg", "Дъждът/NOUN вали/VERB", "вали", "  "},
		{"ru", "На/ADP/case [Украине]LOC/obl@3[Case=Loc]{Украина} говорят/VERB", "говорят", " UKR UKR"},
		{"ru", "На/ADP/case [Украину]LOC/obl@3[Case=Acc]{Украина} напали/VERB", "напали", " UKR UKR"},
	}, func(pg *page.Page, k int) any {
		return pg.SceneIn(k) + " " + pg.Scene(k) + " " + pg.OnlyCountry(pg.Words[k].Sent)
	})
	ask(t, "host and venue", []question{
		{"bg", "В/ADP/case@2 [Мюнхен]LOC/obl@3 говориха/VERB", "Мюнхен", " true"},
		{"bg", "В/ADP/case@2 [Германия]LOC/obl@3 говориха/VERB", "Германия", "DEU false"},
		{"bg", "В/ADP/case@2 [Мюнхен]LOC/obl@5 и/CCONJ [Женева]LOC/conj@2 говориха/VERB", "Женева", " true"},
		{"bg", "Удариха/VERB [Мюнхен]LOC/obj@1", "Мюнхен", " false"},
		{"ru", "В/ADP/case@2 [Мюнхен]LOC/obl@3[Case=Acc] прибыли/VERB", "Мюнхен", " false"},
	}, func(pg *page.Page, k int) any {
		return fmt.Sprint(pg.HostIn(k), " ", pg.IsVenue(pg.Words[k].Name))
	})
	ask(t, "country", []question{
		{"bg", "руският/ADJ{руски} посланик/NOUN в/ADP [Китай]LOC", "руският", "RUS"},
		{"bg", "посланик/NOUN в/ADP [Китай]LOC", "посланик", ""},
		{"bg", "посланик/NOUN на/ADP [Китай]LOC", "посланик", "CHN"},
		{"bg", "сграда/NOUN", "сграда", ""},
	}, func(pg *page.Page, k int) any { return pg.CountryIn(k, len(pg.Words)) })
	ask(t, "where", []question{
		{"ru", "На/ADP [Украине]LOC[Case=Loc]{Украина}", "Украине", true}, // what is said behind a name is said of its first word
		{"ru", "На/ADP столе/NOUN[Case=Loc]", "столе", true},
		{"ru", "На/ADP стол/NOUN[Case=Acc]", "стол", false},
		{"bg", "в/ADP града/NOUN", "града", true},
		{"bg", "с/ADP града/NOUN", "града", false},
	}, func(pg *page.Page, k int) any { return pg.SaysWhere(k, k-1) })
	if pg := shipped().Page(t, "en", "[China]LOC , [France]LOC and/CCONJ French/ADJ{french} towns/NOUN"); pg.MainCountry != "FRA" {
		t.Errorf("main country %q", pg.MainCountry)
	}
}

// TestMendTimes hangs people on the verb that a parser has hung on the day before them, and leaves what
// belongs to a day.
func TestMendTimes(t *testing.T) {
	for _, c := range []struct{ lang, text, rel string }{
		{"ru", "Министр/NOUN/nsubj принял/VERB/root во/ADP/case@4 вторник/NOUN/obl@2 посла/NOUN/nmod@4[Animacy=Anim|Case=Acc]", "obj"},
		{"ru", "Министр/NOUN/nsubj принял/VERB/root во/ADP/case@4 вторник/NOUN/obl@2 вечера/NOUN/nmod@4[Animacy=Inan|Case=Gen]", "nmod"},
		{"ru", "Министр/NOUN/nsubj принял/VERB/root во/ADP/case@4 вторник/NOUN/obl@2 в/ADP/case@6 посольстве/NOUN/nmod@4", "nmod"},
	} {
		pg := shipped().Page(t, c.lang, c.text)
		last := &pg.Words[len(pg.Words)-1]
		if got := string(last.Deprel); got != c.rel || (c.rel == "obj") != (last.Head == 1) {
			t.Errorf("%s: %s of word %d, want %s", pg.Text, got, last.Head, c.rel)
		}
	}
}
