package page_test

import (
	"fmt"
	"strings"
	"testing"

	"letopis/internal/page"
	"letopis/internal/page/pagetest"
)

const lexWords = "ending\tst\nending\tti\nparticiple\ted\ngerund\ting\nlemma.clitic\tse\ntrait\tcases\nposs\this\nformer\tex\n" +
	"attrib.poss\tin _ view\nattrib\tsays so\nrecall\tlong ago, ago\nneg\t~not\n"

const lexSay = "utter\tcz\tsay\nshout\tq\tdemand\tshou,=yelled\nask for\tp\task\t=askfor\tfor,to\nhope\tucd\tsay\n"

const lexEvents = "CONSULT\tmeet\tv\t-\tmeet,convene*\t041\n" +
	"CONSULT\tmeet\tn\to\ttalk|parley\n" +
	"AGREE\t-\tv\tx\tshake hand|hands*\n" +
	"AGREE\t-\tv\tm\tmust settle\n" +
	"NONE\t-\tv\t-\tmeet need\n" +
	"NONE\t-\tn\t-\tshow\n" +
	"COERCE\t-\tv\tpw\ttake*\n" +
	"REQUEST\t-\tv\t-\tannounce request\n" +
	"REQUEST\t-\tn\t-\trequest\n" +
	"CONSULT\t-\tv\t-\tsit* down*\n"

const lexContexts = "military\tarmy, tank*, air force*\neconomic\ttrade\n"

func lexWorld() *pagetest.Tables {
	return pagetest.Open(new(opener), pagetest.Tiny(map[string]string{
		"lang/xx/words.tsv": lexWords, "lang/xx/say.tsv": lexSay, "lang/xx/events.tsv": lexEvents, "lang/xx/contexts.tsv": lexContexts,
		"onto/plover/contexts.tsv": "military\tarmed forces\neconomic\ttrade\n",
	}))
}

func TestClasses(t *testing.T) {
	tables := lexWorld()
	for _, c := range []struct {
		text  string
		class page.Class
		n     int // words of the longest phrase of the class at the first word
	}{
		{"in his view", page.AttribPoss, 3},
		{"in her view", page.AttribPoss, 0},
		{"in his | view", page.AttribPoss, 0},
		{"in his", page.AttribPoss, 0},
		{"long ago", page.Recall, 2},
		{"ago long", page.Recall, 1},
		{"Ago", page.Recall, 1},
		{"n't{not}", page.Neg, 1},
		{"not{nicht}", page.Neg, 0},
	} {
		pg := tables.Page(t, "xx", c.text)
		if n := pg.Lex.PhraseLen(pg.Words, 0, c.class); n != c.n || pg.Words[0].Is(c.class) != (n > 0) {
			t.Errorf("%s: %d words, class %b", c.text, n, pg.Words[0].Class)
		}
	}
	pg := tables.Page(t, "xx", "ex-chief/NOUN exchief/NOUN agreed/VERB{agree-se}")
	if !pg.Words[0].Is(page.Former) || pg.Words[1].Is(page.Former) || pg.Words[2].Lemma != "agree" {
		t.Errorf("%+v", pg.Words)
	}
	if x := pg.Lex; !x.Participle("asked") || x.Participle("ed") || !x.Gerund("asking") || x.Gerund("ing") || !x.Has(page.Cases) || x.Has(page.Compounds) {
		t.Error("endings or traits")
	}
}

func TestSaying(t *testing.T) {
	tables := lexWorld()
	for _, c := range []struct{ text, want string }{
		{"uttered/VERB{utter}", "utter cz"},
		{"uttered{utter}", "utter cz"},
		{"utter/NOUN", "-"},
		{"utter/ADJ", "-"},
		{"shoust/VERB{x}", "shout q"}, // stem and ending
		{"shouti/ADJ{x}", "shout q"},
		{"shouxy/VERB{x}", "-"},
		{"shou/VERB{x}", "-"},
		{"yelled/ADJ{x}", "shout q"},
		{"yell/VERB", "-"},
		{"askfor/VERB", "ask for p"},
	} {
		pg := tables.Page(t, "xx", c.text)
		got := "-"
		if e := pg.Words[0].Say; e != nil {
			got = e.Lemma + " " + e.Frames
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.text, got, c.want)
		}
	}
	lex := tables.Lexicon(t, "xx")
	var none *page.Saying
	if lex.Announcement(&page.Word{Lower: "hope"}) == nil || lex.Announcement(&page.Word{Lemma: "hope"}) == nil || lex.Announcement(&page.Word{Lemma: "utter"}) != nil || none.Has('q') || none.Denies() || !(&page.Saying{Class: "deny"}).Denies() {
		t.Error("nouns that announce, or what is asked of nil")
	}
}

func TestTriggers(t *testing.T) {
	tables := lexWorld()
	for _, c := range []struct{ text, want string }{
		{"they/PRON met/VERB{meet}", "met CONSULT meet 041"},
		{"they/PRON convened/VERB", "convened CONSULT meet 041"},
		{"met/ADJ{meet} convened/ADJ convened/ADJ[VerbForm=Part]", "met CONSULT meet 041; convened CONSULT meet 041"}, // the second is a participle
		{"their/PRON parley/NOUN", "parley CONSULT meet "},
		{"their/PRON parley/VERB", ""},
		{"parley", "parley CONSULT meet "},
		{"shake/VERB old/ADJ handle/NOUN", ""},
		{"shake/VERB firm/ADJ hands/NOUN", "shake AGREE  "},
		{"shake/VERB a b c d hands/NOUN@2", ""},
		{"shake/VERB , hands/NOUN", "shake AGREE  "}, // it hangs on the verb
		{"hands/NOUN/obj@2 shaken/VERB{shake}", "shaken AGREE  "},
		{"meets/VERB{meet} the/DET need/NOUN", ""},
		{"show/NOUN", ""},
		{"must/AUX settle/VERB", "must AGREE  "},
		{"taken/VERB", "taken COERCE  "},
		{"announced/VERB{announce} their/PRON request/NOUN", "request REQUEST  "}, // the noun tells whose
		{"sitting/VERB x downwards/ADV", "sitting CONSULT  "},
	} {
		pg := tables.Page(t, "xx", c.text)
		var all []string
		for i := range pg.Words {
			if g := pg.Words[i].Trigger; g != nil {
				all = append(all, fmt.Sprintf("%s %s %s %s", pg.Words[i].Form, g.Code, g.Mode, g.CAMEO))
			}
		}
		if got := strings.Join(all, "; "); got != c.want {
			t.Errorf("%s: %q, want %q", c.text, got, c.want)
		}
	}
}

func TestContexts(t *testing.T) {
	tables := lexWorld()
	for _, c := range []struct{ text, want string }{
		{"armies/NOUN{army}", "military 1"},
		{"army/NOUN{x}", "military 1"},
		{"tanks/NOUN", "military 1"},
		{"tan/NOUN", ""},
		{"air/NOUN forces/NOUN", "military 2"},
		{"air/NOUN | forces/NOUN", ""},
		{"air/NOUN", ""},
		{"trade/NOUN", "economic 1"},
	} {
		pg := tables.Page(t, "xx", c.text)
		got := ""
		if pg.Lex.Contexts.Empty() {
			t.Error("the table is empty")
		}
		pg.Lex.Contexts.At(pg.Words, 0, func(of, n int) { got = fmt.Sprintf("%s %d", pg.Lex.Contexts.Names[of], n) })
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.text, got, c.want)
		}
	}
}

// TestTableErrors holds that a complaint about a table says file:line:column and the field.
func TestTableErrors(t *testing.T) {
	for _, c := range []struct{ file, text, want string }{
		{"words", "# x\nnoclass\ta", `lang/xx/words.tsv:2:1: unknown word class "noclass"`},
		{"words", "trait\tcases, old", `lang/xx/words.tsv:1:7: unknown trait "old"`},
		{"words", "and\ta,,b", `lang/xx/words.tsv:1:5: empty word in class "and"`},
		{"words", "and", `lang/xx/words.tsv:1:`},
		{"say", "say\tcy\tsay", `lang/xx/say.tsv:1:5: unknown frame "y" of "say"`},
		{"say", "hope\tuq\tsay", `lang/xx/say.tsv:1:6: noun "hope"`},
		{"say", "hope\tu\tsay\thop", `lang/xx/say.tsv:1:6: noun "hope"`},
		{"events", "MEET\t-\tv\t-\tmeet", `lang/xx/events.tsv:1:1: "MEET" is no PLOVER category`},
		{"events", "AID\t-\ta\t-\thelp", `lang/xx/events.tsv:1:7: part of speech "a"`},
		{"events", "AID\t-\tv\tz\thelp", `lang/xx/events.tsv:1:9: unknown flag "z"`},
		{"events", "AID\t-\tv\t-\thelp\t1", `lang/xx/events.tsv:1:16: "1" is no CAMEO code`},
		{"events", "AID\t-\tv\t-\thelp,,aid", `lang/xx/events.tsv:1:11: an empty word between commas`},
		{"events", "AID\t-\tv\t-\tHelp", `lang/xx/events.tsv:1:11: "Help" in "Help"; words stand in small letters`},
		{"events", "AID\t-\tv\t-\thеlp", `mixes letters of two scripts`},
		{"events", "AID\t-\tv\t-\t" + strings.Repeat("a|b|c|d ", 7), `spells more than 4000 phrases`},
		{"contexts", "naval\tship", `lang/xx/contexts.tsv:1:1: "naval" is no context`},
		{"contexts", "military\tArmy", `lang/xx/contexts.tsv:1:10: "Army" in "Army"`},
		{"contexts", "military\ta,,b", `lang/xx/contexts.tsv:1:10: an empty word between commas`},
	} {
		_, err := page.OpenLexicon(pagetest.Tiny(map[string]string{"lang/xx/" + c.file + ".tsv": c.text + "\n", "onto/plover/contexts.tsv": "military\tarmed forces\n"}), "xx")
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s %q:\n%v, want %s", c.file, c.text, err, c.want)
		}
	}
	if _, err := page.OpenLexicon(pagetest.Tiny(map[string]string{"onto/plover/codes.tsv": "x\n"}), "xx"); err == nil {
		t.Error("a broken ontology is no error")
	}
}

// FuzzLexicon opens tables of any content, and where they open sets out a page with them.
func FuzzLexicon(f *testing.F) {
	f.Add(lexWords, lexSay, lexEvents, lexContexts)
	f.Add("and\t_ _, a _ b", "a\tq\tx\t,=,a=", "AID\t-\tn\t-xopmw\ta* b*|c* d*,*", "military\ta* *")
	f.Fuzz(func(t *testing.T, words, say, events, contexts string) {
		fsys := pagetest.Tiny(map[string]string{"lang/xx/words.tsv": words, "lang/xx/say.tsv": say, "lang/xx/events.tsv": events, "lang/xx/contexts.tsv": contexts,
			"onto/plover/contexts.tsv": "military\tarmed forces\neconomic\ttrade\n"})
		if _, err := page.OpenLexicon(fsys, "xx"); err != nil {
			if !strings.Contains(err.Error(), "lang/xx/") {
				t.Errorf("%v names no table", err)
			}
			return
		}
		answers(pagetest.Page(t, fsys, "xx", "they/PRON met/VERB{meet} in his view , shaking/VERB{shake} hands/NOUN | a b c d air/NOUN forces/NOUN : \" ex-chief/NOUN shoust \""), false)
	})
}
