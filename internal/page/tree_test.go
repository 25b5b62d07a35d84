package page_test

import (
	"fmt"
	"testing"

	"letopis/internal/page"
)

func TestTie(t *testing.T) {
	const text = "Ministers/NOUN/nsubj@3 today/ADV/advmod@3 accused/VERB/root neighbours/NOUN/obj@3 of/ADP/case@6 spying/NOUN/obl@3 in/ADP/case@8 ports/NOUN/nmod@6"
	pg := shipped().Page(t, "en", text)
	for _, c := range []struct{ p, k, want string }{
		{"Ministers", "accused", "nsubj  true"},
		{"accused", "accused", "self  true"},
		{"ports", "accused", "obl  true"},
		{"ports", "spying", "nmod  true"},
		{"Ministers", "spying", "nsubj obl true"},
		{"Ministers", "ports", "nsubj far true"},
		{"accused", "spying", "self obl true"},
	} {
		dep, up, ok := pg.Tie(word(t, pg, c.p), word(t, pg, c.k))
		if got := fmt.Sprint(dep, " ", up, " ", ok); got != c.want {
			t.Errorf("%s to %s: %q, want %q", c.p, c.k, got, c.want)
		}
	}
	two := shipped().Page(t, "en", "a/VERB | b/VERB")
	if _, _, ok := two.Tie(0, 1); ok {
		t.Error("words of two sentences are tied")
	}
}

// TestSubject asks for the subject by the tree, and by tree and phrases.
func TestSubject(t *testing.T) {
	ask(t, "subject", []question{
		{"en", "Ana/PROPN/nsubj@2 came/VERB", "came", "Ana"},
		{"en", "Ana/PROPN/nsubj@2 came/VERB and/CCONJ left/VERB/conj@2", "left", "Ana"},
		{"en", "the/DET man/NOUN who/PRON/nsubj@4 came/VERB/acl:relcl@2", "came", "man"},
		{"en", "the/DET man/NOUN who/PRON/nsubj@4 came/VERB/acl:relcl@2 and/CCONJ left/VERB/conj@4", "left", "man"},
		{"en", "Ana/PROPN/nsubj@2 wants/VERB to/PART/mark@4 leave/VERB/xcomp@2", "leave", "Ana"},
		{"en", "Ana/PROPN/nsubj@2 asked/VERB{ask} Bob/PROPN/obj@2 to/PART/mark@5 leave/VERB/xcomp@2", "leave", "Bob"},
		{"en", "Ana/PROPN/nsubj@2 urged/VERB{urge} Bob/PROPN/obj@2 to/PART/mark@5 leave/VERB/xcomp@2", "leave", "Bob"},
		{"en", "Ana/PROPN/nsubj@2 demanded/VERB{demand} to/PART/mark@4 leave/VERB/xcomp@2[VerbForm=Inf]", "leave", "-"},
		{"bg", "Ана/PROPN/nsubj@2 мисли/VERB да/AUX/mark@4 дойде/VERB/ccomp@2", "дойде", "Ана"},
		{"en", "Ana/PROPN/nsubj@2 left/VERB , smiling/VERB/advcl@2", "smiling", "Ana"},
		{"en", "Ana/PROPN/nsubj@2 left/VERB , smiled/VERB/advcl@2[VerbForm=Part]", "smiled", "-"},
		{"ru", "Анна/PROPN/nsubj@2 ушла/VERB , улыбаясь/VERB/advcl@2[VerbForm=Conv]", "улыбаясь", "Анна"},
		{"bg", "Ана/PROPN/nsubj@2 взе/VERB решение/NOUN/obj@2 да/AUX/mark@5 дойде/VERB/acl@3", "дойде", "Ана"},
		{"en", "tired/VERB/amod@2[VerbForm=Part] Ana/PROPN/nsubj@3 left/VERB", "tired", "-"},
		{"en", "broken/VERB/amod@4[VerbForm=Part] and/CCONJ worn/VERB/conj@1[VerbForm=Part] coats/NOUN", "worn", "-"},
		// No subject in the tree: the likeliest phrase before a finite verb.
		{"bg", "министърът/NOUN/obl@2{министър} каза/VERB[VerbForm=Fin]", "каза", "министърът"},
		{"bg", "министърът/NOUN/obl@2{министър} казвам/VERB[Person=1|VerbForm=Fin]", "казвам", "-"},
		{"bg", "за/ADP министъра/NOUN/obl@3{министър} каза/VERB[VerbForm=Fin]", "каза", "-"},
		{"bg", "каза/VERB[VerbForm=Fin] министърът/NOUN/obl@1{министър}", "каза", "-"},
	}, func(pg *page.Page, k int) any { return form(pg, pg.SubjectNear(k)) })
	ask(t, "subject of the tree", []question{
		{"en", "Ana/PROPN/nsubj@2 left/VERB , saying/VERB/advcl@2", "saying", "Ana"},
		{"en", "Ana/PROPN/nsubj@2 left/VERB , saying/VERB/obl@2", "saying", "-"},
		{"en", "left/VERB", "left", "-"},
	}, func(pg *page.Page, k int) any { return form(pg, pg.TreeSubject(k)) })
}

func TestTree(t *testing.T) {
	const text = "Ana/PROPN/nsubj@2 said/VERB/root that/SCONJ/mark@6 old/ADJ/amod@5 Bob/PROPN/nsubj@6 met/VERB/ccomp@2 friends/NOUN/obj@6 of/ADP/case@9 Cleo/PROPN/nmod@7 while/SCONJ/mark@11 Dan/PROPN/advcl@6"
	ask(t, "head of the clause", []question{{"en", text, "Cleo", "met"}, {"en", text, "Ana", "said"}, {"en", "a/NOUN and/CCONJ came/VERB/conj@1", "came", "came"}},
		func(pg *page.Page, k int) any { return form(pg, pg.ClauseHead(k)) })
	ask(t, "kids", []question{{"en", text, "met", "that Bob friends Dan "}, {"en", text, "old", ""}}, func(pg *page.Page, k int) any {
		s := ""
		pg.Kids(k, func(c int) { s += form(pg, c) + " " })
		return s
	})
	ask(t, "verb over, own", []question{
		{"en", text, "friends", "met true"}, {"en", text, "Cleo", "met false"}, {"en", text, "said", "- false"}, {"en", text, "old", "- false"},
		{"en", "a/VERB b/NOUN/obj@1 c/NOUN/conj@2 d/NOUN/nmod@3 e/NOUN/nmod@4 f/NOUN/nmod@5", "f", "- false"},
	}, func(pg *page.Page, k int) any {
		v, own := pg.VerbOver(k)
		return fmt.Sprint(form(pg, v), " ", own)
	})
	ask(t, "predicate", []question{{"en", text, "Cleo", "met"}, {"en", text, "said", "said"}, {"en", "a/NOUN b/NOUN", "b", "-"}},
		func(pg *page.Page, k int) any { return form(pg, pg.Predicate(k)) })
	ask(t, "preposition", []question{{"en", text, "Cleo", "of"}, {"en", text, "Ana", "-"}, {"en", "in/ADP/dep town/NOUN", "town", "in"}, {"en", "the/DET country/NOUN/nmod@4 's/PART/case@2 coast/NOUN", "coast", "-"}},
		func(pg *page.Page, k int) any { return form(pg, pg.Adposition(k)) })
	ask(t, "kid, in its content, under", []question{
		{"en", text, "said", "Ana true true"}, {"en", text, "Cleo", "- true true"}, {"en", text, "Dan", "- true true"},
		{"en", "said/VERB while/SCONJ Ana/PROPN/nsubj@4 slept/VERB/advcl@1", "slept", "Ana false true"},
		{"en", "Ana/NOUN came/VERB/acl:relcl@1", "came", "- false true"},
		{"en", "said/VERB Ana/NOUN/parataxis@1", "Ana", "- false true"},
		{"en", "said/VERB left/VERB/conj@1", "left", "- false true"},
	}, func(pg *page.Page, k int) any {
		root := 0
		for pg.Words[root].Head >= 0 {
			root++
		}
		return fmt.Sprint(form(pg, pg.Kid(k, "nsubj")), " ", pg.ContentUnder(k, root), pg.Under(k, root))
	})
	ask(t, "active, wanted", []question{
		{"en", "Ana/PROPN/nsubj@2 called/VERB", "called", "true false"},
		{"en", "Ana/PROPN/nsubj:pass@3 was/AUX/aux:pass@3 called/VERB", "called", "false false"},
		{"en", "called/VERB", "called", "false false"},
		{"bg", "иска/VERB да/AUX/aux@3 дойде/VERB/ccomp@1", "дойде", "false true"},
	}, func(pg *page.Page, k int) any { return fmt.Sprint(pg.IsActive(k), " ", pg.IsWanted(k)) })
	pg := shipped().Page(t, "en", text)
	if pg.Under(0, 5) || page.Distance(7, 3) != 4 || page.Relation("acl:relcl") != "acl" || pg.Dependent(5, -3, 99, "obj") != 6 {
		t.Error("under, distance, relation or dependent")
	}
}

func TestClauseSubject(t *testing.T) {
	ask(t, "likeliest before, behind", []question{
		{"bg", "министърът/NOUN{министър} вчера/ADV каза/VERB{кажа}", "каза", "министърът; министърът"},
		{"bg", "каза/VERB{кажа} министърът/NOUN{министър}", "каза", "министърът; министърът"},
		{"bg", "[Иванов]PER , който/PRON е/AUX министър/NOUN , каза/VERB{кажа}", "каза", "Иванов; Иванов"},
		{"bg", "[Иванов]PER ( министър/NOUN ) каза/VERB{кажа}", "каза", "Иванов; Иванов"},
		{"bg", "[Иванов]PER ( министър/NOUN каза/VERB{кажа}", "каза", "министър; министър"},
		{"bg", "„ министърът/NOUN{министър} идва/VERB “ , каза/VERB{кажа} [Петров]PER", "каза", "Петров; Петров"},
		{"bg", "каза/VERB{кажа} той/PRON , министърът/NOUN{министър}", "каза", "той; той"},
		{"bg", "[Иванов]PER каза/VERB{кажа} [Петров]PER", "каза", "Иванов; Петров"},
		{"bg", "каза/VERB{кажа} : [Петров]PER", "каза", "-; -"},
		{"bg", "в/ADP понеделник/NOUN каза/VERB{кажа}", "каза", "-; -"},
		{"ru", "министру/NOUN[Case=Dat]{министр} сказал/VERB{сказать} [Петров]PER[Case=Nom]", "сказал", "Петров; Петров"},
		{"ru", "в/ADP [Берлине]LOC{Берлин} подчеркнули/VERB[Number=Plur]{подчеркнуть}", "подчеркнули", "Берлине; Берлине"},
		{"bg", "каза/VERB{кажа} се/PRON в/ADP изявлението/NOUN{изявление}", "каза", "изявлението; изявлението"},
		{"en", "[Ana]PER/obl came/VERB and/CCONJ [Bob]PER/nsubj@6 today/ADV said/VERB{say}", "said", "Bob; Bob"},
		{"en", "they/PRON said/VERB[Number=Plur]{say} it/PRON[Number=Sing]", "said", "they; they"},
	}, func(pg *page.Page, k int) any {
		show := func(ci int) string {
			if ci < 0 {
				return "-"
			}
			return form(pg, pg.Phrases[ci].Head)
		}
		n := 0
		before := pg.ClauseSubject(k, 0, len(pg.Words), false, func(int, int) { n++ })
		return show(before) + "; " + show(pg.ClauseSubject(k, 0, len(pg.Words), true, nil))
	})
}
