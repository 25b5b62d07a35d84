package train

import (
	"fmt"
	"path/filepath"

	"letopis/internal/nlp"
)

// Sets is what the models of a language are learnt from and measured on. Test
// is never trained on: the shipped weights have not seen it.
type Sets struct {
	Tagged  []Sentence // with tags, features and lemmas
	Trees   []Sentence
	Lemmas  []Sentence // lemmas only
	Lexicon []lexEntry
	Forms   *nlp.Forms // dictionary beside the models, nil for none
	Test    []Sentence
	Silver  [][]Sentence // trees of another parser; their tags are not used
	Sisters [][]Sentence // trees of sister languages, taken with their own tags
	Parser  ParserOptions
}

// Data reads the sets of a language from the folder of the data sets; its
// README.md says what they are and under which licence.
func Data(dir, lang string) (*Sets, error) {
	// Where most trees are silver, whole parses teach no better than single moves
	// (Bulgarian: 84.9 LAS either way), so the small and fast parser stays.
	d := &Sets{Parser: ParserOptions{Epochs: 10, Seed: 1, Explore: 0.9, Margin: 20, ActLog: 16, LabLog: 16}}
	tb := func(p string) []Sentence {
		s, err := Treebank(filepath.Join(dir, "ud", lang, p), lang)
		if err != nil {
			panic(err)
		}
		return s
	}
	var err error
	func() {
		defer func() {
			if p := recover(); p != nil {
				err = fmt.Errorf("training data of %s: %v", lang, p)
			}
		}()
		switch lang {
		case "bg":
			first := tb("bg_btb-ud-test-first80.conllu")
			cut := len(first) * 4 / 5
			d.Test = first[cut:]
			d.Trees = append(tb("bg_btb-ud-dev.conllu"), first[:cut]...)
			m, merr := Morpho(filepath.Join(dir, "bg_morpho/btb_morpho/*.tsv"), filepath.Join(dir, "bg_morpho/msd2ud.tsv"))
			if merr != nil {
				panic(merr)
			}
			d.Tagged = append(append([]Sentence{}, d.Trees...), m...)
			silver, serr := Treebank(filepath.Join(dir, "bg_morpho", "parseme_silver", "*.conllu"), lang)
			if serr != nil {
				panic(serr)
			}
			d.Silver = [][]Sentence{silver}
			if d.Lexicon, merr = Lexicon(filepath.Join(dir, "unimorph/bul.tsv")); merr != nil {
				panic(merr)
			}
		case "ru":
			d.Test = tb("ru_gsd-ud-dev.conllu")
			d.Parser.Epochs, d.Parser.Beam, d.Parser.Greedy = 14, 8, 4
			d.Trees = append(append(tb("ru_taiga-ud-*.conllu"), tb("ru_pud-ud-test.conllu")...), tb("ru_lenta-train.conllu")...)
			d.Tagged = d.Trees
			for _, f := range []string{"be/be_hse-ud-*.conllu", "uk/uk_*-ud-*.conllu"} {
				sister, serr := Treebank(filepath.Join(dir, "ud", f), lang)
				if serr != nil {
					panic(serr)
				}
				d.Sisters = append(d.Sisters, sister)
			}
		case "en":
			d.Test = tb("gum/dev/*.conllu")
			d.Parser.Epochs, d.Parser.Beam, d.Parser.Greedy, d.Parser.ActLog = 14, 8, 4, 17
			d.Trees = append(append(append(tb("gum/train/*.conllu"), tb("en_ewt-ud-dev.conllu")...), tb("en_partut-ud-dev.conllu")...), tb("en_pud-news.conllu")...)
			d.Tagged = d.Trees
		default:
			panic("no recipe for it")
		}
	}()
	return d, err
}
