// Package train learns the models that ship with letopis from treebanks and
// other annotated text. Only cmd/letopis-lab links it. Training is seeded and
// gives the same bytes on every run.
package train

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"letopis/internal/ud"
)

// Sentence is one training sentence: words from index 0, without the root.
type Sentence []ud.Word

// Treebank reads the CoNLL-U files that match a pattern, in sorted order. Features
// that the treebanks of lang do not share are dropped.
func Treebank(pattern, lang string) ([]Sentence, error) {
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("no treebank at %s", pattern)
	}
	sort.Strings(files)
	var out []Sentence
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		c, err := ud.ReadConllu(f, lang)
		f.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		a := c.Analysis
		for i := range a.Sentences {
			s := Sentence(a.Sentences[i].Words[1:])
			for k := range s {
				s[k].Feats = sharedFeats(lang, s[k].Feats)
			}
			out = append(out, s)
		}
	}
	return out, nil
}

// Morpho reads tab-separated form, lemma and tag lines with blank lines between
// sentences, turning tags into UD by a table of (tag, UPOS, FEATS, gold count, silver count).
func Morpho(pattern, table string) ([]Sentence, error) {
	conv, err := readConversion(table)
	if err != nil {
		return nil, err
	}
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("no tagged text at %s", pattern)
	}
	sort.Strings(files)
	var out []Sentence
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		var cur Sentence
		known := true
		for _, l := range append(strings.Split(string(b), "\n"), "") {
			f := strings.Split(l, "\t")
			if len(f) < 3 {
				if len(cur) > 0 && known {
					out = append(out, cur)
				}
				cur, known = nil, true
				continue
			}
			c, ok := conv[f[2]]
			if !ok {
				known = false
			}
			cur = append(cur, ud.Word{Form: f[0], Lemma: f[1], UPOS: c.upos, Feats: c.feats, XPOS: f[2]})
		}
	}
	return out, nil
}

type converted struct {
	upos  ud.UPOS
	feats ud.Feats
	score int
}

func readConversion(table string) (map[string]converted, error) {
	f, err := os.Open(table)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	out := map[string]converted{}
	sc := bufio.NewScanner(f)
	for sc.Scan() {
		p := strings.Split(sc.Text(), "\t")
		if len(p) < 5 || strings.HasPrefix(p[0], "#") {
			continue
		}
		var gold, silver int
		fmt.Sscan(p[3], &gold)
		fmt.Sscan(p[4], &silver)
		feats := p[2]
		if feats == "_" {
			feats = ""
		}
		if s := gold*1000 + silver; s > out[p[0]].score {
			out[p[0]] = converted{ud.UPOS(p[1]), ud.Feats(feats), s}
		}
	}
	return out, sc.Err()
}

// dropped are the features, by language, that only some of its treebanks have;
// "*" is all of them.
var dropped = map[string]map[string]bool{
	"en": {"*": true},
	"ru": {"NameType": true, "NumForm": true, "InflClass": true, "Typo": true, "ExtPos": true, "Abbr": true,
		"PronType": true, "Poss": true, "NumType": true, "Reflex": true},
}

func sharedFeats(lang string, f ud.Feats) ud.Feats {
	drop := dropped[lang]
	if f == "" || drop == nil {
		return f
	}
	if drop["*"] {
		return ""
	}
	keep := strings.Split(string(f), "|")
	keep = slices.DeleteFunc(keep, func(kv string) bool {
		name, _, _ := strings.Cut(kv, "=")
		return drop[name]
	})
	return ud.Feats(strings.Join(keep, "|"))
}
