package traintest

import (
	"fmt"
	"path/filepath"
	"strings"
)

// The treebanks are templates of sentences with slots that are filled in turn. A word is
// form/lemma/UPOS/features/head/relation; a slot is @name/head/relation, and its fillers
// are the first four fields.

type grammar struct {
	slots     map[string][]string
	templates []string
}

// times is how often each template is filled; the fillers differ.
const times = 8

var bulgarian = grammar{
	slots: map[string][]string{
		"who": {"Министърът/министър/NOUN/Definite=Def|Gender=Masc|Number=Sing", "Президентът/президент/NOUN/Definite=Def|Gender=Masc|Number=Sing",
			"Кметицата/кметица/NOUN/Definite=Def|Gender=Fem|Number=Sing"},
		"name": {"Петров/Петров/PROPN/Gender=Masc|Number=Sing", "Колева/Колева/PROPN/Gender=Fem|Number=Sing", "Димов/Димов/PROPN/Gender=Masc|Number=Sing", "Янева/Янева/PROPN/Gender=Fem|Number=Sing"},
		"city": {"София/София/PROPN/Gender=Fem|Number=Sing", "Русе/Русе/PROPN/Gender=Neut|Number=Sing", "Варна/Варна/PROPN/Gender=Fem|Number=Sing"},
		"thing": {"договор/договор/NOUN/Definite=Ind|Gender=Masc|Number=Sing", "план/план/NOUN/Definite=Ind|Gender=Masc|Number=Sing",
			"наредба/наредба/NOUN/Definite=Ind|Gender=Fem|Number=Sing", "мост/мост/NOUN/Definite=Ind|Gender=Masc|Number=Sing"},
		"did":  {"подписа/подпиша/VERB/" + bgPast, "одобри/одобря/VERB/" + bgPast, "отхвърли/отхвърля/VERB/" + bgPast},
		"does": {"строи/строя/VERB/" + bgPresent, "пази/пазя/VERB/" + bgPresent},
	},
	templates: []string{
		"@who/2/nsubj пристигна/пристигна/VERB/" + bgPast + "/0/root в/в/ADP/_/4/case @city/2/obl ././PUNCT/_/2/punct",
		"@name/2/nsubj @did/0/root @thing/2/obj ././PUNCT/_/2/punct",
		"@who/2/nsubj заяви/заявя/VERB/" + bgPast + "/0/root ,/,/PUNCT/_/6/punct че/че/SCONJ/_/6/mark ще/ще/AUX/_/6/aux @does/2/ccomp @thing/6/obj ././PUNCT/_/2/punct",
		"Вчера/вчера/ADV/_/3/advmod @name/3/nsubj @did/0/root нов/нов/ADJ/Definite=Ind|Gender=Masc|Number=Sing/5/amod @thing/3/obj в/в/ADP/_/7/case @city/3/obl ././PUNCT/_/3/punct",
		"@name/3/nsubj и/и/CCONJ/_/3/cc @name/1/conj не/не/PART/Polarity=Neg/5/advmod @did/0/root @thing/5/obj ././PUNCT/_/5/punct",
	},
}

const (
	bgPast    = "Aspect=Perf|Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin"
	bgPresent = "Aspect=Imp|Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"
)

var russian = grammar{
	slots: map[string][]string{
		"who":   {"Министр/министр/NOUN/Case=Nom|Gender=Masc|Number=Sing", "Посол/посол/NOUN/Case=Nom|Gender=Masc|Number=Sing"},
		"name":  {"Белов/Белов/PROPN/Case=Nom|Gender=Masc|Number=Sing", "Орлов/Орлов/PROPN/Case=Nom|Gender=Masc|Number=Sing", "Зимин/Зимин/PROPN/Case=Nom|Gender=Masc|Number=Sing"},
		"city":  {"Москве/Москва/PROPN/Case=Loc|Gender=Fem|Number=Sing", "Твери/Тверь/PROPN/Case=Loc|Gender=Fem|Number=Sing"},
		"thing": {"договор/договор/NOUN/Case=Acc|Gender=Masc|Number=Sing", "закон/закон/NOUN/Case=Acc|Gender=Masc|Number=Sing", "мост/мост/NOUN/Case=Acc|Gender=Masc|Number=Sing"},
		"did":   {"подписал/подписать/VERB/" + ruPast, "одобрил/одобрить/VERB/" + ruPast, "построил/построить/VERB/" + ruPast},
	},
	templates: []string{
		"@who/2/nsubj @did/0/root @thing/2/obj в/в/ADP/_/5/case @city/2/obl ././PUNCT/_/2/punct",
		"@name/2/nsubj заявил/заявить/VERB/" + ruPast + "/0/root ,/,/PUNCT/_/6/punct что/что/SCONJ/_/6/mark @name/6/nsubj @did/2/ccomp @thing/6/obj ././PUNCT/_/2/punct",
		"Вчера/вчера/ADV/_/3/advmod @name/3/nsubj @did/0/root @thing/3/obj ././PUNCT/_/3/punct",
		"@who/3/nsubj не/не/PART/Polarity=Neg/3/advmod @did/0/root новый/новый/ADJ/Case=Acc|Gender=Masc|Number=Sing/5/amod @thing/3/obj ././PUNCT/_/3/punct",
	},
}

const ruPast = "Aspect=Perf|Gender=Masc|Mood=Ind|Number=Sing|Tense=Past|VerbForm=Fin|Voice=Act"

var english = grammar{
	slots: map[string][]string{
		"who":   {"minister/minister/NOUN/_", "ambassador/ambassador/NOUN/_", "mayor/mayor/NOUN/_"},
		"name":  {"Smith/Smith/PROPN/_", "Miller/Miller/PROPN/_", "Carter/Carter/PROPN/_"},
		"land":  {"Norway/Norway/PROPN/_", "Chile/Chile/PROPN/_", "Peru/Peru/PROPN/_"},
		"thing": {"treaty/treaty/NOUN/_", "bridge/bridge/NOUN/_", "plan/plan/NOUN/_"},
		"did":   {"signed/sign/VERB/_", "rejected/reject/VERB/_", "praised/praise/VERB/_"},
	},
	templates: []string{
		"The/the/DET/_/2/det @who/3/nsubj @did/0/root a/a/DET/_/5/det @thing/3/obj ././PUNCT/_/3/punct",
		"@name/2/nsubj said/say/VERB/_/0/root that/that/SCONJ/_/5/mark @land/5/nsubj @did/2/ccomp the/the/DET/_/7/det @thing/5/obj ././PUNCT/_/2/punct",
		"@land/2/nsubj @did/0/root the/the/DET/_/4/det @thing/2/obj with/with/ADP/_/6/case @land/2/obl ././PUNCT/_/2/punct",
		"Yesterday/yesterday/ADV/_/3/advmod @name/3/nsubj @did/0/root the/the/DET/_/6/det new/new/ADJ/_/6/amod @thing/3/obj ././PUNCT/_/3/punct",
	},
}

// sentence is a filled template: ten columns of CoNLL-U a word.
type sentence [][]string

// sentences fills the templates of a grammar in a fixed order; from shifts the fillers.
func (g grammar) sentences(from int) []sentence {
	next := map[string]int{}
	var out []sentence
	for n := range times {
		for _, t := range g.templates {
			var s sentence
			for i, w := range strings.Fields(t) {
				f := strings.Split(w, "/")
				if slot, ok := strings.CutPrefix(f[0], "@"); ok {
					fillers := g.slots[slot]
					f = append(strings.Split(fillers[(from+n+next[slot])%len(fillers)], "/"), f[1:]...)
					next[slot]++
				}
				s = append(s, []string{fmt.Sprint(i + 1), f[0], f[1], f[2], "_", f[3], f[4], f[5], "_", "_"})
			}
			for i := range s[:len(s)-1] {
				if s[i+1][3] == "PUNCT" {
					s[i][9] = "SpaceAfter=No"
				}
			}
			out = append(out, s)
		}
	}
	return out
}

func (s sentence) text() string {
	var b strings.Builder
	for i, w := range s {
		b.WriteString(w[1])
		if i < len(s)-1 && w[9] == "_" {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

func conllu(sents []sentence) string {
	var b strings.Builder
	for i, s := range sents {
		fmt.Fprintf(&b, "# sent_id = %d\n# text = %s\n", i+1, s.text())
		for _, w := range s {
			b.WriteString(strings.Join(w, "\t") + "\n")
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// trees writes the treebanks, the tagged text and the list of forms.
func (w *writer) trees() {
	bg, ru, en := bulgarian.sentences(0), russian.sentences(0), english.sentences(0)
	for file, text := range map[string]string{
		"ud/bg/bg_btb-ud-test-first80.conllu": conllu(bg), "ud/bg/bg_btb-ud-dev.conllu": conllu(bulgarian.sentences(1)),
		"ud/ru/ru_gsd-ud-dev.conllu": conllu(ru[:12]), "ud/ru/ru_taiga-ud-dev.conllu": conllu(ru[12:]), "ud/ru/ru_pud-ud-test.conllu": conllu(russian.sentences(1)),
		"ud/ru/ru_lenta-train.conllu": conllu(russian.sentences(2)[:8]), "ud/be/be_hse-ud-dev.conllu": conllu(ru[:4]), "ud/uk/uk_iu-ud-dev.conllu": conllu(ru[4:8]),
		"ud/en/gum/dev/a.conllu": conllu(en[:8]), "ud/en/gum/train/a.conllu": conllu(en[8:]), "ud/en/en_ewt-ud-dev.conllu": conllu(english.sentences(1)),
		"ud/en/en_partut-ud-dev.conllu": conllu(english.sentences(2)), "ud/en/en_pud-news.conllu": conllu(english.sentences(3)[:6]),
		"bg_morpho/parseme_silver/a.conllu": conllu(bulgarian.sentences(2)),
		"unimorph/bul.tsv":                  "град\tN\tград|SG;INDF\tградът|SG;DEF\nпея\tV\tпея|PRS;1;SG\tпее|PRS;3;SG\n",
	} {
		w.file(filepath.FromSlash(file), text)
	}
	var tagged, tags strings.Builder
	tags.WriteString("# tag\tUPOS\tFEATS\tgold\tsilver\n")
	seen := map[string]bool{}
	for _, s := range bulgarian.sentences(3) {
		for _, x := range s {
			tag := x[3] + ":" + x[5]
			fmt.Fprintf(&tagged, "%s\t%s\t%s\n", x[1], x[2], tag)
			if !seen[tag] {
				fmt.Fprintf(&tags, "%s\t%s\t%s\t%d\t%d\n", tag, x[3], x[5], 2, 1)
				seen[tag] = true
			}
		}
		tagged.WriteByte('\n')
	}
	w.file("bg_morpho/btb_morpho/a.tsv", tagged.String())
	w.file("bg_morpho/msd2ud.tsv", tags.String())
}
