package pagetest_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"letopis/internal/page"
	"letopis/internal/page/pagetest"
	"letopis/internal/ud"
)

// rows shows an analysis, a word in a field: form, lemma, part of speech, relation, head, features.
func rows(a *ud.Analysis) string {
	var b strings.Builder
	for i, s := range a.Sentences {
		if i > 0 {
			b.WriteString(" | ")
		}
		for k, w := range s.Words[1:] {
			if k > 0 {
				b.WriteByte(' ')
			}
			fmt.Fprintf(&b, "%s/%s/%s/%s/%d", w.Form, w.Lemma, w.UPOS, w.Deprel, w.Head)
			if w.Feats != "" {
				fmt.Fprintf(&b, "[%s]", w.Feats)
			}
		}
	}
	for _, n := range a.Names {
		fmt.Fprintf(&b, " · %s %d:%d-%d %s", n.Type, n.Sentence, n.First, n.Last, n.Base)
	}
	return b.String()
}

func TestNotation(t *testing.T) {
	for _, c := range []struct{ text, plain, want string }{
		{"[Иванов]PER/nsubj заяви/VERB/root[Tense=Past] , че/SCONJ/mark ще/AUX/aux пътува/VERB/ccomp@заяви{пътувам} .", "Иванов заяви, че ще пътува.",
			"Иванов/Иванов/PROPN/nsubj/2 заяви/заяви/VERB/root/0[Tense=Past] ,/,/PUNCT/punct/2 че/че/SCONJ/mark/6 ще/ще/AUX/aux/6 пътува/пътувам/VERB/ccomp/2 ././PUNCT/punct/2 · PER 0:0-0 "},
		{"talks/NOUN with/ADP/case the/DET/det [Bank of/ADP/case@6 Chile]ORG/nmod{Bank of Chile}", "talks with the Bank of Chile",
			"talks/talks/NOUN/root/0 with/with/ADP/case/4 the/the/DET/det/4 Bank/Bank/PROPN/nmod/1 of/of/ADP/case/6 Chile/Chile/PROPN/flat/4 · ORG 0:3-5 Bank of Chile"},
		{"Да/INTJ . | „ Не/PART “ ¶ Край/NOUN[Number=Sing|Case=Nom]", "Да. „Не“\nКрай",
			"Да/да/INTJ/root/0 ././PUNCT/punct/1 | „/„/PUNCT/punct/2 Не/не/PART/root/0 “/“/PUNCT/punct/2 | Край/край/NOUN/root/0[Case=Nom|Number=Sing]"},
		{`x/NOUN@2 y/VERB@0 \~z a\/b`, "x y ~z a/b", "x/x/NOUN/dep/2 y/y/VERB/root/0 ~z/~z//dep/2 a/b/a/b//dep/2"},
		{"\" a \" “ b “ ( c )", "\"a\" “b“ (c)", "\"/\"/PUNCT/punct/2 a/a//root/0 \"/\"/PUNCT/punct/2 “/“/PUNCT/punct/2 b/b//dep/2 “/“/PUNCT/punct/2 (/(/PUNCT/punct/2 c/c//dep/2 )/)/PUNCT/punct/2"},
		{"Al ~-~ Maeena 12", "Al-Maeena 12", "Al/al//root/0 -/-/PUNCT/punct/1 Maeena/maeena//dep/1 12/12/NUM/dep/1"},
		{"man/NOUN came/VERB who/PRON/nsubj@4 knew/VERB/acl:relcl old/ADJ/amod friend/NOUN/appos", "man came who knew old friend",
			"man/man/NOUN/dep/2 came/came/VERB/root/0 who/who/PRON/nsubj/4 knew/knew/VERB/acl:relcl/3 old/old/ADJ/amod/6 friend/friend/NOUN/appos/3"},
		{"", "", ""},
		{"1\tA\ta\tNOUN\t_\t_\t0\troot\t_\tner=S-LOC\n\n", "A", "A/a/NOUN/root/0 · LOC 0:0-0 "},
	} {
		doc, a := pagetest.Document(t, "xx", c.text)
		if got := rows(a); doc.Text != c.plain || got != c.want {
			t.Errorf("%s\ntext %q, want %q\ngot  %s\nwant %s", c.text, doc.Text, c.plain, got, c.want)
		}
	}
}

func TestNotationErrors(t *testing.T) {
	for text, want := range map[string]string{
		"a /NOUN":                  "column 3: a word must begin here",
		"a/NOUN/VERB":              "column 7: \"VERB\"",
		"a/":                       "column 2: no part of speech",
		"a@":                       "column 2: a head",
		"a@1@1":                    "column 4: a head",
		"a@1":                      "hangs on 1",
		"a@b b b":                  "which is 2 words",
		"[a]":                      "no type of names",
		"[a]PER~":                  "a space ends a name",
		"[a | b]PER":               "column 2: a name that is not closed",
		"[a [b]PER]PER":            "a name inside a name",
		"a]PER":                    "a bracket that nothing opens",
		"a[b]":                     "no feature",
		"a[A=b|A=c]":               "the feature \"A\" twice",
		"a[A=b][B=c]":              "features twice",
		"a{b}{c}":                  "the lemma twice",
		"[a]PER{b}{c}":             "the base form of the name twice",
		"a{}":                      "an empty bracket",
		"a{b":                      "an empty bracket",
		"a|\\":                     "a backslash",
		"|a":                       "a space must follow",
		"a}b":                      "a space ends a word",
		"\xff":                     "not UTF-8",
		"1\tA\n":                   "10",
		strings.Repeat("a ", 5000): "more than 4096 words",
	} {
		_, _, err := pagetest.Parse("xx", text)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: %v, want %s", text, err, want)
		}
	}
}

func TestPage(t *testing.T) {
	pg := pagetest.Page(t, pagetest.Tiny(map[string]string{
		"lang/xx/words.tsv":   "trait\tcases\nmedia\tpaper\n",
		"kb/countries.tsv":    "DEU\tDE\tstate\n",
		"kb/xx/countries.tsv": "DEU\tTysko\n",
	}), "xx", "paper/NOUN told/VERB [Tysko]LOC")
	if !pg.Words[0].Is(page.Media) || !pg.Lex.Has(page.Cases) || len(pg.Names) != 1 || pg.Names[0].Country != "DEU" {
		t.Errorf("words %+v, names %+v", pg.Words, pg.Names)
	}
	shipped := pagetest.Open(t, os.DirFS("../../../data"))
	if pg := shipped.Page(t, "bg", "Каза/VERB{кажа} го/PRON"); pg.Words[0].Say == nil || pg.Lex != shipped.Lexicon(t, "bg") {
		t.Errorf("no word of saying: %+v", pg.Words[0])
	}
	if a := pagetest.Analysis(t, "bg", "а | б"); len(a.Sentences) != 2 || a.Lang != "bg" {
		t.Errorf("%+v", a)
	}
}

// FuzzParse holds that what is read is an analysis as package ud promises it.
func FuzzParse(f *testing.F) {
	f.Add("[Иванов]PER/nsubj заяви/VERB/root[Tense=Past] , че/SCONJ/mark \\| пътува@заяви{пътувам} . | „ а “ ¶ x ~-~ y")
	f.Add("\" [a b/X@1 c]ORG{a b c} \" 1 2")
	f.Fuzz(func(t *testing.T, text string) {
		plain, a, err := pagetest.Parse("xx", text)
		if err != nil {
			return
		}
		last := int32(0)
		for _, s := range a.Sentences {
			last = soundTokens(t, s.Tokens, last, len(plain))
			soundHeads(t, s.Words)
		}
		for _, n := range a.Names {
			if toks := a.Sentences[n.Sentence].Tokens; toks[n.First].Start != n.Start || toks[n.Last].End != n.End {
				t.Fatalf("name %+v", n)
			}
		}
	})
}

func soundTokens(t *testing.T, toks []ud.Token, last int32, size int) int32 {
	for _, tok := range toks {
		if tok.Start < last || tok.End <= tok.Start || int(tok.End) > size {
			t.Fatalf("token %+v after %d", tok, last)
		}
		last = tok.End
	}
	return last
}

func soundHeads(t *testing.T, words []ud.Word) {
	for i, w := range words[1:] {
		if w.Head < 0 || int(w.Head) >= len(words) || int(w.Head) == i+1 {
			t.Fatalf("word %d hangs on %d", i+1, w.Head)
		}
	}
}
