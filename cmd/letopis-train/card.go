package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"slices"
	"strings"

	"letopis/internal/train"
)

// source is one data set that a model was learnt from.
type source struct {
	Name    string `json:"name"`
	Licence string `json:"licence"`
}

// sources are, by language, what the tagger and the parser are learnt from; the
// words are those of the README.md beside the data sets.
var sources = map[string][]source{
	"bg": {
		{"UD_Bulgarian-BTB: dev, and the first 80 % of test-first80", "CC BY-NC-SA 3.0 (non-commercial)"},
		{"BulTreeBank-Morpho (bgospodinov/bulgarian_morphological_analyser)", "no licence file; BulTreeBank is for research, non-commercial"},
		{"PARSEME 1.1 bg, trees by UDPipe bulgarian-ud-2.0 (shivaat/VMWE-Identification)", "CC BY 4.0"},
		{"unimorph/bul", "CC BY-SA 3.0"},
	},
	"ru": {
		{"UD_Russian-Taiga: dev and test", "CC BY-SA 4.0"},
		{"UD_Russian-PUD", "CC BY-SA 3.0"},
		{"GramEval2020 Lenta.ru news", "no licence file"},
		{"UD_Belarusian-HSE: dev and test (trees only)", "CC BY-SA 4.0"},
		{"UD_Ukrainian-ParlaMint: dev and test (trees only)", "CC BY-SA 4.0"},
		{"UD_Ukrainian-IU: dev (trees only)", "CC BY-NC-SA 4.0 (non-commercial)"},
	},
	"en": {
		{"GUM train (news interview speech bio court essay letter)", "annotations CC BY 4.0, texts per genre"},
		{"UD_English-EWT: dev, 12,000 words", "CC BY-SA 4.0"},
		{"UD_English-ParTUT: dev", "CC BY-NC-SA 4.0 (non-commercial)"},
		{"UD_English-PUD: news", "CC BY-SA 3.0"},
	},
}

// heldOut names the part that the scores are measured on; no model has seen it.
var heldOutParts = map[string]string{
	"bg": "last 20 % of bg_btb-ud-test-first80",
	"ru": "ru_gsd-ud-dev",
	"en": "gum/dev",
}

// modelFile is one file of a card.
type modelFile struct {
	Name   string `json:"name"`
	Bytes  int    `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// keepNames takes over from the card that is there what it says of names.bin,
// which "letopis-train names" trains and writes.
func keepNames(name string, files *[]modelFile, from *[]source, scores map[string]float64) error {
	b, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var old struct {
		Files   []modelFile
		Sources []source
		Scores  map[string]float64
	}
	if err := json.Unmarshal(b, &old); err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	for _, f := range old.Files {
		if f.Name == "names.bin" {
			*files = append(*files, f)
		}
	}
	*from = slices.Clone(*from)
	for _, s := range old.Sources {
		if strings.HasPrefix(s.Name, "names.bin") {
			*from = append(*from, s)
		}
	}
	for k, v := range old.Scores {
		if strings.HasPrefix(k, "names") {
			scores[k] = v
		}
	}
	return nil
}

// card writes MODEL.json beside the models of a language.
func card(name, lang string, m *train.Models) error {
	sum := func(name string, b []byte) modelFile {
		h := sha256.Sum256(b)
		return modelFile{name, len(b), hex.EncodeToString(h[:])}
	}
	pct := func(n, of int) float64 { return math.Round(10000*float64(n)/float64(max(of, 1))) / 100 }
	c := struct {
		Command string             `json:"command"`
		Seed    int                `json:"seed"`
		Files   []modelFile        `json:"files"`
		Sources []source           `json:"sources"`
		Test    string             `json:"test"`
		Scores  map[string]float64 `json:"scores"`
	}{
		Command: "go run ./cmd/letopis-train -shared ../shared -out data/lang -lang " + lang,
		Seed:    1,
		Files:   []modelFile{sum("tagger.bin", m.Tagger), sum("parser.bin", m.Parser)},
		Sources: sources[lang],
		Test:    heldOutParts[lang] + ", given tokens, predicted tags",
		Scores: map[string]float64{
			"upos": pct(m.Tags.UPOS, m.Tags.Words), "feats": pct(m.Tags.Feats, m.Tags.Words), "lemma": pct(m.Tags.Lemma, m.Tags.Words),
			"uas": pct(m.Trees.Heads, m.Trees.Words), "las": pct(m.Trees.Arcs, m.Trees.Words),
		},
	}
	if err := keepNames(name, &c.Files, &c.Sources, c.Scores); err != nil {
		return err
	}
	b, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return os.WriteFile(name, append(b, '\n'), 0o644)
}
