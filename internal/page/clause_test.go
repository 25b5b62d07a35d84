package page_test

import (
	"fmt"
	"testing"

	"letopis/internal/page"
)

// question is one question of the word with a form; the answer is a word by its form, a range by its text, or plain.
type question struct {
	lang, text, form string
	want             any
}

func ask(t *testing.T, what string, cases []question, f func(pg *page.Page, k int) any) {
	t.Helper()
	for _, c := range cases {
		pg := shipped().Page(t, c.lang, c.text)
		if got := f(pg, word(t, pg, c.form)); got != c.want {
			t.Errorf("%s of %s: %v, want %v: %s", what, c.form, got, c.want, pg.Text)
		}
	}
}

func TestComplementizerAfter(t *testing.T) {
	ask(t, "complementizer", []question{
		{"bg", "Той/PRON каза/VERB{кажа} вчера/ADV на/ADP журналисти/NOUN , че/SCONJ идва/VERB", "каза", "че"},
		{"ru", "Он/PRON сказал/VERB{сказать} , что/SCONJ придёт/VERB", "сказал", "что"},
		{"en", "He/PRON said/VERB{say} that/SCONJ he/PRON came/VERB", "said", "that"},
		{"en", "He/PRON told/VERB{tell} the/DET man/NOUN that/PRON came/VERB", "told", "-"},
		{"en", "He/PRON said/VERB{say} that/DET man/NOUN came/VERB", "said", "-"},
		{"bg", "Той/PRON попита/VERB{попитам} , защо/ADV идва/VERB", "попита", ","},
		{"bg", "Той/PRON каза/VERB{кажа} , защо/ADV идва/VERB", "каза", "-"},
		{"bg", "Той/PRON каза/VERB{кажа} и/CCONJ добави/VERB{добавя} , че/SCONJ идва/VERB", "каза", "-"},
		{"bg", "Той/PRON каза/VERB{кажа} : идва/VERB , че/SCONJ може/VERB", "каза", "-"},
		{"bg", "Той/PRON каза/VERB{кажа} да/PART идва/VERB , че/SCONJ може/VERB", "каза", "че"},
		{"bg", "Той/PRON каза/VERB{кажа} да/SCONJ идва/VERB , че/SCONJ може/VERB", "каза", "-"},
		{"bg", "Той/PRON каза/VERB{кажа} на/ADP хора/NOUN , които/PRON идват/VERB , че/SCONJ може/VERB", "каза", "-"},
		{"bg", "Той/PRON каза/VERB{кажа} и/CCONJ дойде/VERB , че/SCONJ може/VERB", "каза", "-"},
		{"en", "He/PRON said/VERB{say} there/PRON is/AUX/cop@debate a/DET debate/NOUN that/SCONJ lasts/VERB", "said", "-"},
		{"bg", "Той/PRON каза/VERB{кажа} пак/ADV и/CCONJ пак/ADV и/CCONJ пак/ADV пак/ADV ~“ , че/SCONJ идва/VERB", "каза", "-"},
		{"bg", "Той/PRON каза/VERB{кажа}", "каза", "-"},
	}, func(pg *page.Page, k int) any { return form(pg, pg.ComplementizerAfter(k, len(pg.Words))) })
}

func TestObjectAfter(t *testing.T) {
	ask(t, "object", []question{
		{"bg", "Той/PRON подчерта/VERB{подчертая} отново/ADV важността/NOUN на/ADP мира/NOUN", "подчерта", "важността"},
		{"ru", "Он/PRON попросил/VERB{попросить} для/ADP семьи/NOUN[Case=Gen] убежище/NOUN[Case=Acc]", "попросил", "для"},
		{"ru", "Он/PRON попросил/VERB{попросить} для/ADP семьи/NOUN[Case=Gen]", "попросил", "-"},
		{"en", "He/PRON stressed/VERB{stress} \" peace/NOUN \"", "stressed", "peace"},
		{"en", "He/PRON stressed/VERB{stress} , peace/NOUN", "stressed", "-"},
		{"en", "He/PRON stressed/VERB{stress} loudly/ADV never/ADV again/ADV peace/NOUN", "stressed", "-"},
		{"en", "He/PRON stressed/VERB{stress} at/ADP peace/NOUN", "stressed", "-"},
		{"en", "He/PRON stressed/VERB{stress} on/ADP Monday/PROPN", "stressed", "-"},
		{"en", "He/PRON stressed/VERB{stress} came/VERB peace/NOUN", "stressed", "-"},
	}, func(pg *page.Page, k int) any { return form(pg, pg.ObjectAfter(k, len(pg.Words))) })
}

func TestPointsBack(t *testing.T) {
	ask(t, "pointing back", []question{
		{"bg", "Мир/NOUN . | Това/PRON заяви/VERB{заявя} министърът/NOUN", "заяви", true},
		{"bg", "Мир/NOUN . | За/ADP това/PRON настоя/VERB{настоявам} министърът/NOUN", "настоя", true},
		{"ru", "Мир/NOUN . | Об/ADP этом/PRON сообщил/VERB{сообщить} министр/NOUN", "сообщил", true},
		{"bg", "Това/PRON заяви/VERB{заявя} министърът/NOUN", "заяви", false},
		{"bg", "Мир/NOUN . | Това/PRON заяви/VERB{заявя} министърът/NOUN , че/SCONJ иска/VERB", "заяви", false},
		{"bg", "Мир/NOUN . | Министърът/NOUN заяви/VERB{заявя} това/PRON", "заяви", false},
	}, func(pg *page.Page, k int) any { return pg.PointsBack(pg.Sentences[pg.Words[k].Sent], k) })
}

func TestClauseOf(t *testing.T) {
	ask(t, "clause", []question{
		{"bg", "Иван/PROPN дойде/VERB , а/CCONJ Петър/PROPN каза/VERB{кажа} , че/SCONJ идва/VERB , защото/SCONJ може/VERB .", "каза", "Иван дойде, а Петър каза"},
		{"bg", "Иван/PROPN дойде/VERB ; Петър/PROPN замина/VERB ; Мария/PROPN остана/VERB", "замина", "Петър замина"},
		{"bg", "Човекът/NOUN , който/PRON дойде/VERB , замина/VERB", "дойде", "който дойде"},
		{"en", "They/PRON met/VERB , Ana/PROPN sat/VERB and/CCONJ left/VERB", "left", "Ana sat and left"},
		{"en", "They/PRON met/VERB , planned/VERB[VerbForm=Part] to/PART/mark@sit sit/VERB , left/VERB", "met", "They met, planned to sit"},
	}, func(pg *page.Page, k int) any {
		lo, hi := pg.ClauseOf(k, pg.Sentences[pg.Words[k].Sent])
		return pg.TextOf(lo, hi)
	})
}

func TestVoice(t *testing.T) {
	ask(t, "passive and perfect", []question{
		{"en", "He/PRON was/AUX accused/VERB{accuse}", "accused", "passive"},
		{"en", "He/PRON has/AUX accused/VERB{accuse}", "accused", "perfect"},
		{"en", "He/PRON accused/VERB{accuse}", "accused", "-"},
		{"en", "He/PRON has/AUX , they/PRON accused/VERB{accuse}", "accused", "-"},
		{"en", "He/PRON was/AUX here/ADV . | Accused/VERB{accuse}", "Accused", "-"},
		{"en", "They/PRON come/VERB", "come", "-"},
		{"bg", "Той/PRON беше/AUX обвинен/VERB[VerbForm=Part|Voice=Pass]", "обвинен", "passive"},
		{"ru", "Он/PRON обвинён/VERB[VerbForm=Part|Voice=Pass]", "обвинён", "passive"},
	}, func(pg *page.Page, k int) any {
		switch {
		case pg.IsPassive(k):
			return "passive"
		case pg.IsPerfect(k):
			return "perfect"
		}
		return "-"
	})
}

func TestWhoIsThere(t *testing.T) {
	ask(t, "person after, somebody from here, verb from here, animate", []question{
		{"bg", "прие/VERB посланика/NOUN{посланик}", "прие", "true true true false"},
		{"bg", "прие/VERB [Иванов]PER", "Иванов", "false true false true"},
		{"bg", "прие/VERB , [Иванов]PER", "прие", "false true true false"},
		{"bg", "прие/VERB закона/NOUN{закон}", "закона", "false true false false"},
		{"bg", "прие/VERB , че/SCONJ", "прие", "false false true false"},
		{"bg", "дойдоха/VERB с/ADP експерти/NOUN{експерт}", "експерти", "false false false true"},
		{"ru", "ждал/VERB гостя/NOUN[Animacy=Anim]", "гостя", "false true false true"},
		{"en", "came/VERB on/ADP Monday/PROPN", "on", "false false false false"},
		{"en", "will/AUX", "will", "false false true false"},
	}, func(pg *page.Page, k int) any {
		return fmt.Sprint(pg.PersonAfter(k), pg.NamesSomeone(k, len(pg.Words)), pg.HasVerb(k, len(pg.Words)), pg.IsAnimate(k))
	})
}
