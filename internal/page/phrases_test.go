package page_test

import (
	"fmt"
	"strings"
	"testing"

	"letopis/internal/page"
	"letopis/internal/page/pagetest"
)

// word returns the first word of the page with a form.
func word(t testing.TB, pg *page.Page, form string) int {
	t.Helper()
	for i := range pg.Words {
		if pg.Words[i].Form == form {
			return i
		}
	}
	t.Fatalf("%s: no word %q", pg.Text, form)
	return -1
}

// form shows a word that was asked for, "-" for none.
func form(pg *page.Page, i int) string {
	if i < 0 {
		return "-"
	}
	return pg.Words[i].Form
}

// phrase shows a phrase: its text, its head, the preposition over it and the name that it bears.
func phrase(pg *page.Page, ci int) string {
	if ci < 0 {
		return "-"
	}
	c := &pg.Phrases[ci]
	s := fmt.Sprintf("%s (%s", pg.TextOf(c.First, c.End), pg.Words[c.Head].Form)
	if c.Adp >= 0 {
		s += ", " + pg.Words[c.Adp].Form
	}
	if c.Name >= 0 {
		s += fmt.Sprintf(", %s %s", pg.Names[c.Name].Type, pg.Names[c.Name].Base)
	}
	return s + ")"
}

// phrases shows the outer phrases, and behind " + " those inside others.
func phrases(pg *page.Page) string {
	var b strings.Builder
	for ci := range pg.Phrases {
		switch {
		case ci > 0 && ci < pg.Outer:
			b.WriteString("; ")
		case ci > 0:
			b.WriteString(" + ")
		}
		b.WriteString(phrase(pg, ci))
	}
	return b.String()
}

// TestRuns reads modifiers, nouns and names in a row with a lexicon of our own, in a language of each trait.
func TestRuns(t *testing.T) {
	const classes = "pron.m\the\nposs\this, mu\nmedia\tpaper\nneg\tno\n"
	const say = "called\tq\tsay\t=called\n"
	const outlets = "herald\tpaper\tDEU\tHerald\n"
	for _, c := range []struct{ traits, text, want string }{
		// A pronoun is a phrase by itself, and begins no run; a determiner of the same class does not stand alone.
		{"", "he/PRON old/ADJ man/NOUN", "he (he); old man (man)"},
		{"", "old/ADJ he/PRON", "he (he)"},
		{"", "he/DET man/NOUN", "he man (man)"},
		// Modifiers before the head.
		{"", "this/DET two/NUM old/ADJ worn/VERB[VerbForm=Part] coats/NOUN", "this two old worn coats (coats)"},
		{"", "his/PRON coat/NOUN", "his coat (coat)"},
		{"", "his coat/NOUN", "his coat (coat)"},
		{"", "old/ADJ", ""},
		{"", "worn/VERB[VerbForm=Part|Variant=Short] coats/NOUN", "coats (coats)"},
		{"", "called/VERB[VerbForm=Part] coats/NOUN", "coats (coats)"},
		// Modifiers behind the head begin the next phrase, but with compounds go on.
		{"", "coat/NOUN old/ADJ man/NOUN", "coat (coat); old man (man)"},
		{"compounds", "coat/NOUN old/ADJ man/NOUN", "coat old man (man)"},
		{"compounds", "coat/NOUN worn/VERB[VerbForm=Part] man/NOUN", "coat worn man (man)"},
		{"compounds", "coat/NOUN this/DET man/NOUN", "coat (coat); this man (man)"},
		{"", "coat/NOUN two/NUM", "coat (coat)"},
		{"compounds", "coat/NOUN old/ADJ", "coat (coat)"},
		// Possessives.
		{"", "coat/NOUN mu/PRON", "coat (coat)"},
		{"clitic-possessive", "coat/NOUN mu/PRON new/ADJ", "coat mu (coat)"},
		{"", "coat/NOUN mu", "coat mu (coat)"},
		// Nouns in a row: without cases one phrase of each, with an agreeing or genitive case one of both.
		{"", "master/NOUN tailor/NOUN", "master (master); tailor (tailor)"},
		{"", "master/NOUN[Case=Nom] tailor/NOUN[Case=Nom]", "master tailor (master)"},
		{"", "master/NOUN[Case=Nom] tailors/NOUN[Case=Gen]", "master tailors (master)"},
		{"", "master/NOUN[Case=Nom] tailor/NOUN[Case=Dat]", "master (master); tailor (tailor)"},
		{"", "master/NOUN Ivan/PROPN", "master Ivan (master, ORG Ivan)"},
		{"", "Ivan/PROPN master/NOUN", "Ivan master (master, ORG Ivan)"},
		{"compounds", "trade/NOUN envoy/NOUN", "trade envoy (envoy)"},
		// Names are taken whole, and the person's counts.
		{"", "master/NOUN [Ivan Petrov]PER came/VERB", "master Ivan Petrov (master, PER Ivan Petrov)"},
		{"", "[Varna]LOC master/NOUN [Ivan]PER", "Varna master Ivan (master, PER Ivan)"},
		{"", "[Ivan Petrov]PER old/ADJ", "Ivan Petrov (Petrov, PER Ivan Petrov)"},
		// Outlets: they end the run, and begin one unless media is their head.
		{"", "[Herald]ORG man/NOUN", "Herald (Herald, PRO Herald); man (man)"},
		{"compounds", "[Herald]ORG man/NOUN", "Herald man (man, PRO Herald)"},
		{"", "man/NOUN [Herald]ORG", "man (man); Herald (Herald, PRO Herald)"},
		{"", "paper/NOUN [Herald]ORG", "paper Herald (paper, PRO Herald)"},
		// Hyphens.
		{"", "coat/NOUN ~-~ dress/NOUN[Case=Gen]", "coat-dress (coat)"},
		{"", "coat/NOUN - dress/NOUN", "coat (coat); dress (dress)"},
		{"", "coat/NOUN ~-~ old/ADJ", "coat (coat)"},
		{"", "~-~ coat/NOUN", "coat (coat)"},
		{"", "coat/NOUN no/PART dress/NOUN", "coat (coat); dress (dress)"},
	} {
		words := classes
		if c.traits != "" {
			words += "trait\t" + c.traits + "\n"
		}
		pg := pagetest.Page(t, pagetest.Tiny(map[string]string{"lang/xx/words.tsv": words, "lang/xx/say.tsv": say,
			"kb/countries.tsv": "DEU\tDE\tstate\n", "kb/outlets.tsv": outlets, "kb/xx/outlets.tsv": "herald\tHerald\n"}), "xx", c.text)
		if got := phrases(pg); got != c.want {
			t.Errorf("%q %s\ngot  %s\nwant %s", c.traits, c.text, got, c.want)
		}
	}
}

func TestPhrases(t *testing.T) {
	for _, c := range []struct{ lang, text, want string }{
		{"bg", "руският/ADJ{руски} посланик/NOUN в/ADP [Китай]LOC [Андрей Денисов]PER", "руският посланик в Китай Андрей Денисов (посланик, PER Андрей Денисов)"},
		{"bg", "с/ADP министъра/NOUN{министър} на/ADP отбраната/NOUN{отбрана} [Иван Петров]PER", "министъра на отбраната Иван Петров (министъра, с, PER Иван Петров)"},
		{"bg", "изявлението/NOUN{изявление} на/ADP посланика/NOUN{посланик} [Иванов]PER", "изявлението на посланика Иванов (изявлението, PER Иванов) + посланика Иванов (посланика, PER Иванов) + посланика Иванов (посланика, PER Иванов)"},
		{"bg", "съпругата/NOUN{съпруга} на/ADP [Петров]PER", "съпругата на Петров (съпругата)"},
		{"ru", "министр/NOUN[Case=Nom] иностранных/ADJ[Case=Gen] дел/NOUN[Case=Gen]{дело} [Германии]LOC{Германия} [Хайко Маас]PER", "министр иностранных дел Германии Хайко Маас (министр, PER Хайко Маас)"},
		{"ru", "слова/NOUN[Case=Nom]{слово} министра/NOUN[Case=Gen]{министр}", "слова министра (слова) + министра (министра) + министра (министра)"},
		{"ru", "выборы/NOUN[Case=Nom] президента/NOUN[Case=Gen]{президент} [Мали]LOC[Case=Gen]", "выборы президента Мали (выборы, LOC Мали) + президента Мали (президента, LOC Мали)"},
		{"ru", "по/ADP словам/NOUN[Case=Dat]{слово} посла/NOUN[Case=Gen]{посол}", "словам посла (словам, по) + посла (посла) + посла (посла)"},
		{"en", "the/DET country/NOUN 's/PART foreign/ADJ minister/NOUN", "the country's foreign minister (minister)"},
		{"en", "the/DET minister/NOUN for/ADP trade/NOUN of/ADP [France]LOC", "the minister for trade of France (minister)"},
		{"en", "the/DET ambassador/NOUN in/ADP [Tokyo]LOC", "the ambassador in Tokyo (ambassador)"},
		{"en", "in/ADP April/PROPN president/NOUN [Smith]PER", "April (April, in); president Smith (president, PER Smith)"},
	} {
		if got := phrases(shipped().Page(t, c.lang, c.text)); got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.text, got, c.want)
		}
	}
}

// TestPhraseQuestions asks of the phrase, or of the word, with a form.
func TestPhraseQuestions(t *testing.T) {
	for _, c := range []struct {
		lang, text, form string
		ask              func(pg *page.Page, k int) any
		want             any
	}{
		{"bg", "изявлението/NOUN{изявление} на/ADP посланика/NOUN{посланик} [Иванов]PER", "изявлението", saidIn, "посланика Иванов (посланика, PER Иванов)"},
		{"bg", "посланика/NOUN{посланик} [Иванов]PER", "посланика", saidIn, "-"},
		{"bg", "според/ADP думите/NOUN{дума} посланика/NOUN{посланик}", "посланика", headed, "посланика (посланика)"},
		{"ru", "выборы/NOUN[Case=Nom] президента/NOUN[Case=Gen]{президент} страны/NOUN[Case=Gen]", "президента", headed, "президента страны (президента)"},
		{"ru", "выборы/NOUN[Case=Nom] президента/NOUN[Case=Gen]{президент} страны/NOUN[Case=Gen]", "страны", headed, "-"},
		{"ru", "выборы/NOUN[Case=Nom] президента/NOUN[Case=Gen]{президент} [Хайко Мааса]PER", "президента", headed, "-"},
		{"ru", "сообщил/VERB{сообщить} дом/NOUN[Case=Nom] со/ADP слов/NOUN[Case=Gen]", "сообщил", headed, "-"},
		{"en", "said/VERB{say} aide/NOUN of/ADP him/PRON [Chris Gregoire]PER", "aide", apposed, "Chris Gregoire (Gregoire, PER Chris Gregoire)"},
		{"en", "said/VERB{say} aide/NOUN of/ADP yesterday/ADV [Chris Gregoire]PER", "aide", apposed, "aide (aide)"},
		{"bg", "експертът/NOUN{експерт} от/ADP банката/NOUN{банка} [Вирадж Пател]PER", "експертът", apposed, "експертът (експертът)"},
		{"bg", "експертът/NOUN{експерт} “ [Вирадж Пател]PER", "експертът", apposed, "Вирадж Пател (Пател, PER Вирадж Пател)"},
		{"bg", "експертът/NOUN{експерт} заяви/VERB", "експертът", apposed, "експертът (експертът)"},
		{"bg", "къщата/NOUN “ [Вирадж Пател]PER", "къщата", apposed, "къщата (къщата)"},
		{"bg", "министърът/NOUN{министър} [Петров]PER каза/VERB", "министърът", nameOf, "Петров"},
		{"bg", "старата/ADJ къща/NOUN каза/VERB", "къща", nameOf, "старата къща"},
		{"bg", "агенцията/NOUN{агенция} каза/VERB", "агенцията", isMedia, true},
		{"bg", "агенция/NOUN [ТАСС]ORG каза/VERB", "ТАСС", isMedia, true},
		{"bg", "къщата/NOUN каза/VERB", "къщата", isMedia, false},
		{"bg", "къщата/NOUN каза/VERB", "каза", isMedia, false},
		{"en", "the/DET president/NOUN[Number=Sing]", "president", single, true},
		{"en", "the/DET presidents/NOUN[Number=Plur]{president}", "presidents", single, false},
		{"en", "the/DET house/NOUN", "house", single, false},
		{"en", "the/DET government/NOUN", "government", alone, true},
		{"en", "two/NUM government/NOUN", "government", alone, false},
		{"en", "both/DET governments/NOUN[Number=Plur]", "governments", alone, false},
		{"en", "came/VERB", "came", alone, false},
		{"en", "the/DET former/ADJ president/NOUN", "the", former, true},
		{"en", "the/DET old/ADJ president/NOUN", "the", former, false},
		{"en", "the/DET ex-president/NOUN", "the", former, true},
	} {
		pg := shipped().Page(t, c.lang, c.text)
		if got := c.ask(pg, word(t, pg, c.form)); got != c.want {
			t.Errorf("%s: of %s %v, want %v", pg.Text, c.form, got, c.want)
		}
	}
}

func saidIn(pg *page.Page, k int) any  { return phrase(pg, pg.SaidIn(pg.PhraseAt[k])) }
func headed(pg *page.Page, k int) any  { return phrase(pg, pg.PhraseHeadedBy(k)) }
func apposed(pg *page.Page, k int) any { return phrase(pg, pg.Apposed(pg.PhraseAt[k])) }
func isMedia(pg *page.Page, k int) any { return pg.IsMedia(pg.PhraseAt[k]) }
func single(pg *page.Page, k int) any  { return pg.IsSingleOffice(pg.PhraseOf(k)) }
func alone(pg *page.Page, k int) any   { return pg.IsAlone(pg.PhraseOf(k)) }
func former(pg *page.Page, k int) any  { return pg.IsFormer(k, len(pg.Words)) }
func nameOf(pg *page.Page, k int) any {
	n := pg.NameOf(pg.PhraseAt[k])
	return pg.TextOf(n[0], n[1])
}
