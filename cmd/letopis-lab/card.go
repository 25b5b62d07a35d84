package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// source is one data set that a model was learnt from.
type source struct {
	Name    string `json:"name"`
	Licence string `json:"licence"`
}

// recipe is what a card says of how a model is made.
type recipe struct {
	Command    string         `json:"command"`
	Parameters map[string]any `json:"parameters"`
	Sources    []source       `json:"sources"`
}

// modelFile is one file of a card.
type modelFile struct {
	Name   string `json:"name"`
	Bytes  int    `json:"bytes"`
	SHA256 string `json:"sha256"`
	recipe
}

// card is MODEL.json: the models of a language, and what they score.
type card struct {
	Files  []modelFile        `json:"files"`
	Test   string             `json:"test,omitempty"`
	Scores map[string]float64 `json:"scores,omitempty"`
}

const noLicence = "no licence file"

var (
	btb = source{"UD_Bulgarian-BTB: dev, and the first 80 % of test-first80", "CC BY-NC-SA 3.0 (non-commercial)"}
	// btbMorpho is taken without the sentences of the treebank.
	btbMorpho = source{"BulTreeBank-Morpho (bgospodinov/bulgarian_morphological_analyser)", noLicence + "; BulTreeBank is for research, non-commercial"}
	ruTrees   = []source{
		{"UD_Russian-Taiga: dev and test", "CC BY-SA 4.0"},
		{"UD_Russian-PUD", "CC BY-SA 3.0"},
		{"GramEval2020 Lenta.ru news", noLicence},
	}
	enTrees = []source{
		{"GUM train (news interview speech bio court essay letter)", "annotations CC BY 4.0, texts per genre"},
		{"UD_English-EWT: dev, 12,000 words", "CC BY-SA 4.0"},
		{"UD_English-ParTUT: dev", "CC BY-NC-SA 4.0 (non-commercial)"},
		{"UD_English-PUD: news", "CC BY-SA 3.0"},
	}
	wordNet     = source{"WordNet 3.0 of Princeton University (Debian wordnet-base 3.0-37)", "WordNet licence: free for any purpose, with its notice"}
	openCorpora = source{"dictionary of OpenCorpora, revision 417150 (PyPI pymorphy3-dicts-ru 2.4.417150.4580142)", "CC BY-SA 3.0"}
	slavicNER   = source{"SlavicNER / BSNLP bg, ru, uk (asia_bibi, brexit, nord_stream, ryanair)", noLicence}
	slavicLists = source{"names of fortvivlan/SlavicNER as word lists", noLicence}
)

// sources are what the models are learnt from, by language and file; the words are
// those of the README.md beside the data sets.
var sources = map[string][]source{
	"bg/tagger.bin": {btb, btbMorpho, {"unimorph/bul", "CC BY-SA 3.0"}},
	"bg/parser.bin": {btb, btbMorpho, {"PARSEME 1.1 bg, trees by UDPipe bulgarian-ud-2.0 (shivaat/VMWE-Identification)", "CC BY 4.0"}},
	"bg/segment.bin": {btb, btbMorpho,
		{"SlavicNER / BSNLP bg, raw news without nord_stream", noLicence}},
	"bg/names.bin":  {slavicNER, slavicLists},
	"ru/forms.bin":  {openCorpora},
	"ru/tagger.bin": append(slices.Clone(ruTrees), openCorpora),
	"ru/parser.bin": append(slices.Clone(ruTrees),
		source{"UD_Belarusian-HSE: dev and test", "CC BY-SA 4.0"},
		source{"UD_Ukrainian-ParlaMint: dev and test", "CC BY-SA 4.0"},
		source{"UD_Ukrainian-IU: dev", "CC BY-NC-SA 4.0 (non-commercial)"}),
	"ru/names.bin":  {slavicNER, slavicLists, {"NEREL v1.1 dev", noLicence + "; text CC BY 2.5"}},
	"en/forms.bin":  {wordNet},
	"en/tagger.bin": append(slices.Clone(enTrees), wordNet),
	"en/parser.bin": enTrees,
	"en/names.bin": {{"GUM news train", "annotations CC BY 4.0, text CC BY 2.5"},
		{"SlavicNER / BSNLP pl (asia_bibi, brexit, nord_stream, ryanair)", noLicence}, slavicLists,
		{"PolNeAR train (290 documents), names by spaCy en_core_web_sm 3.8.0 (MIT)", noLicence}},
	"en/code.bin": {{"PLV train of Zero-Shot-PLOVER (snowood1/Zero-Shot-PLOVER), 1,050 pairs", noLicence},
		{"A/W train of the same, 802 pairs; contains ACE 2005 and WikiEvents sentences", noLicence + "; ACE 2005 is of the LDC for its members, so taken as non-commercial"}},
	"und/langid.bin": {{"texts of the Universal Dependencies treebanks but the non-commercial ones", "CC BY-SA 3.0 and 4.0, CC BY 4.0"},
		{"SlavicNER / BSNLP raw news without nord_stream", noLicence}},
}

// heldOutParts name the part that the scores are measured on; no tagger or parser has seen it.
var heldOutParts = map[string]string{
	"bg": "last 20 % of bg_btb-ud-test-first80, given tokens, predicted tags",
	"ru": "ru_gsd-ud-dev, given tokens, predicted tags",
	"en": "gum/dev, given tokens, predicted tags",
}

// save writes a model beside its pack and says so in the card.
func save(out, lang, name, command string, model []byte, parameters map[string]any, scores map[string]float64) error {
	if err := os.WriteFile(filepath.Join(out, lang, name), model, 0o644); err != nil {
		return err
	}
	c, err := readCard(out, lang)
	if err != nil {
		return err
	}
	c.put(modelFile{Name: name, recipe: recipe{command, parameters, sources[lang+"/"+name]}}, model)
	if c.Scores == nil {
		c.Scores = map[string]float64{}
	}
	maps.Copy(c.Scores, scores)
	c.Test = heldOutParts[lang]
	return c.write(out, lang)
}

// put replaces the entry of a file, keeping the order of names.
func (c *card) put(f modelFile, model []byte) {
	h := sha256.Sum256(model)
	f.Bytes, f.SHA256 = len(model), hex.EncodeToString(h[:])
	c.Files = append(slices.DeleteFunc(c.Files, func(x modelFile) bool { return x.Name == f.Name }), f)
	slices.SortFunc(c.Files, func(a, b modelFile) int { return strings.Compare(a.Name, b.Name) })
}

func cardName(out, lang string) string { return filepath.Join(out, lang, "MODEL.json") }

// readCard reads the card of a language; an empty one where there is none.
func readCard(out, lang string) (*card, error) {
	c := &card{}
	b, err := os.ReadFile(cardName(out, lang))
	if errors.Is(err, fs.ErrNotExist) {
		return c, nil
	}
	if err == nil {
		err = json.Unmarshal(b, c)
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", cardName(out, lang), err)
	}
	return c, nil
}

func (c *card) write(out, lang string) error {
	b, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		return fmt.Errorf("write %s: %w", cardName(out, lang), err)
	}
	return os.WriteFile(cardName(out, lang), append(b, '\n'), 0o644)
}

func trainCardCommand(*lab) *cobra.Command {
	var out string
	c := &cobra.Command{
		Use:   "card",
		Short: "Write checksums and sources of the models that are there (MODEL.json)",
		Args:  cobra.NoArgs,
		RunE:  func(*cobra.Command, []string) error { return refresh(out) },
	}
	c.Flags().StringVar(&out, "out", "data/lang", "`DIR` of the language packs")
	return c
}

// refresh writes the cards anew for the models in out, with the sources of this program;
// what it cannot know, the parameters and scores, stays.
func refresh(out string) error {
	bins, err := filepath.Glob(filepath.Join(out, "*", "*.bin"))
	if err != nil {
		return err
	}
	slices.Sort(bins)
	cards := map[string]*card{}
	for _, bin := range bins {
		lang, name := filepath.Base(filepath.Dir(bin)), filepath.Base(bin)
		old, err := readCard(out, lang)
		if err != nil {
			return err
		}
		if cards[lang] == nil {
			cards[lang] = &card{Test: old.Test, Scores: old.Scores}
		}
		model, err := os.ReadFile(bin)
		if err != nil {
			return err
		}
		f := modelFile{Name: name}
		if i := slices.IndexFunc(old.Files, func(x modelFile) bool { return x.Name == name }); i >= 0 {
			f = old.Files[i]
		}
		f.Sources = sources[lang+"/"+name]
		if len(f.Sources) == 0 {
			return fmt.Errorf("%s: cmd/letopis-lab/card.go does not say what it is learnt from", bin)
		}
		if f.Command == "" {
			f.Command = commandOf(name, lang)
		}
		cards[lang].put(f, model)
	}
	for _, lang := range slices.Sorted(maps.Keys(cards)) {
		if err := cards[lang].write(out, lang); err != nil {
			return err
		}
	}
	return nil
}

// modelCommands train each model, with --lang and the language where there are several.
var modelCommands = map[string]string{
	"tagger.bin":  "go run ./cmd/letopis-lab train",
	"parser.bin":  "go run ./cmd/letopis-lab train",
	"langid.bin":  "go run ./cmd/letopis-lab train",
	"forms.bin":   "go run ./cmd/letopis-lab train forms",
	"segment.bin": "go run ./cmd/letopis-lab train segment",
	"names.bin":   "go run ./cmd/letopis-lab train names",
	"code.bin":    "go run ./cmd/letopis-lab train code",
}

// commandOf is the command that trains a model of a language, as the card tells it.
func commandOf(name, lang string) string {
	if name == "code.bin" {
		return modelCommands[name]
	}
	return modelCommands[name] + " --lang " + lang
}
