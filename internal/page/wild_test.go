package page_test

import (
	"context"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"letopis"
	"letopis/internal/page"
	"letopis/internal/page/pagetest"
	"letopis/internal/ud"
)

// wildForms are words that the rules look at, of each language and of none.
var wildForms = map[string][]string{
	"bg": strings.Fields("президентът на Франция Иванов каза че да по-рано който в бившият министър се заяви срещу Берлин изявление вестник Труд понеделник му според думите преговори обвини и те френският След посланик ще"),
	"ru": strings.Fields("президент Франции Петров сказал что чтобы ранее который в бывший министр с заявил против Берлин заявление газета Правда понедельник его по словам переговоры обвинил и они французский После посол будет"),
	"en": strings.Fields("president of France Smith said that to earlier who in former minister with told against Berlin statement newspaper Herald Monday his according to talks accused and they French After ambassador will was have saying 's ex-minister"),
	"xx": strings.Fields("« » „ “ ” \" ' , . : ; - – ( ) 2019 5 А"),
}

var (
	wildUPOS  = strings.Fields("NOUN NOUN PROPN PROPN VERB VERB AUX ADJ ADP DET NUM PRON ADV PUNCT SCONJ CCONJ PART X INTJ")
	wildRel   = strings.Fields("nsubj obj obl nmod amod case mark conj ccomp xcomp advcl acl acl:relcl appos flat det punct aux aux:pass nsubj:pass cop parataxis iobj compound dep")
	wildFeats = strings.Fields("Case=Nom Case=Gen Case=Gen|Number=Plur VerbForm=Part VerbForm=Inf VerbForm=Conv VerbForm=Fin|Number=Sing Voice=Pass PronType=Rel Number=Plur Case=Dat Animacy=Anim|Case=Nom Case=Loc Variant=Short|VerbForm=Part")
	wildNames = []string{"PER", "ORG", "LOC", "EVT", "PRO"}
)

// wild makes an analysis that no parser would: five bytes are a word, and every tree, tag
// and name may come beside every other. Only the promises of package ud are kept.
func wild(lang string, shape []byte) (string, *ud.Analysis) {
	a := &ud.Analysis{Lang: lang}
	var text strings.Builder
	for len(shape) >= 5 {
		n := min(1+int(shape[0])%24, len(shape)/5)
		s := ud.Sentence{Words: []ud.Word{{Token: -1}}}
		for i := range n {
			b := shape[i*5 : i*5+5]
			w := wildWord(lang, b, n)
			w.Token = int32(i)
			if text.Len() > 0 && b[0]&32 == 0 {
				text.WriteByte(" \n"[b[0]&64>>6*b[1]&1])
			}
			start := int32(text.Len())
			text.WriteString(w.Form)
			s.Words = append(s.Words, w)
			s.Tokens = append(s.Tokens, ud.Token{Span: ud.Span{Start: start, End: int32(text.Len())}, First: int32(i + 1), Last: int32(i + 1)})
			if b[3]%7 == 0 { // one or two words are a name
				first := max(0, i-int(b[3]+1)%2)
				a.Names = append(a.Names, ud.Name{Span: ud.Span{Start: s.Tokens[first].Start, End: s.Tokens[i].End},
					Sentence: int32(len(a.Sentences)), First: int32(first), Last: int32(i), Type: wildNames[int(b[2])%len(wildNames)]})
			}
		}
		s.Span = ud.Span{Start: s.Tokens[0].Start, End: s.Tokens[n-1].End}
		a.Sentences = append(a.Sentences, s)
		shape = shape[n*5:]
	}
	return text.String(), a
}

// wildWord is the word of five bytes in a sentence of n words.
func wildWord(lang string, b []byte, n int) ud.Word {
	forms := wildForms[lang]
	if b[0]%5 == 0 {
		forms = wildForms["xx"]
	}
	w := ud.Word{Form: forms[int(b[1])%len(forms)], Head: int32(int(b[2]) % (n + 1))}
	w.Lemma = strings.ToLower(w.Form)
	if b[3] >= 16 {
		w.UPOS, w.Deprel = ud.UPOS(wildUPOS[int(b[3])%len(wildUPOS)]), ud.Deprel(wildRel[int(b[4])%len(wildRel)])
	}
	if b[4]&64 != 0 {
		w.Feats = ud.Feats(wildFeats[int(b[2]^b[4])%len(wildFeats)])
	}
	return w
}

// FuzzBuild sets out what any parser may say: there is no panic, whatever is asked, and
// whoever asks again, in another order, is told the same.
func FuzzBuild(f *testing.F) {
	r := rand.New(rand.NewPCG(1, 2))
	for lang := range uint8(3) {
		shape := make([]byte, 500)
		for i := range shape {
			shape[i] = byte(r.Uint32())
		}
		f.Add(lang, shape)
	}
	f.Fuzz(func(t *testing.T, lang uint8, shape []byte) {
		if len(shape) > 500 {
			return
		}
		check(t, []string{"bg", "ru", "en"}[lang%3], shape)
	})
}

func check(t *testing.T, lang string, shape []byte) string {
	t.Helper()
	text, a := wild(lang, shape)
	doc := &letopis.Document{ID: "test", Lang: lang, Text: text}
	pg, err := page.Build(context.Background(), shipped().Source(t, doc, a), nil)
	if err != nil {
		t.Fatal(err)
	}
	once := answers(pg, true)
	if answers(pg, false) != once {
		t.Fatal("asked again, the page answers otherwise")
	}
	return once
}

// FuzzText does the same with what stands in the notation or in CoNLL-U.
func FuzzText(f *testing.F) {
	f.Add(uint8(0), "[Иванов]PER/nsubj заяви/VERB/root[Tense=Past] , че/SCONJ/mark ще/AUX/aux пътува/VERB/ccomp@заяви . | „ Да/INTJ “ ¶ Край/NOUN")
	f.Add(uint8(2), "1\tA\ta\tVERB\t_\t_\t2\tacl\t_\tner=B-PER\n2\tB\tb\tVERB\t_\t_\t1\tconj\t_\tner=I-PER\n\n")
	for i, x := range articles {
		text, err := os.ReadFile(x.file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(uint8(i), string(text[:4000]))
	}
	f.Fuzz(func(t *testing.T, lang uint8, text string) {
		plain, a, err := pagetest.Parse([]string{"bg", "ru", "en", "xx"}[lang%4], text)
		if err != nil || len(plain) > 2000 {
			return
		}
		pg, err := page.Build(context.Background(), shipped().Source(t, pagetest.DocumentOf(plain, a), a), nil)
		if err != nil {
			t.Fatal(err)
		}
		answers(pg, false)
	})
}
