package train

import (
	"math"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"letopis/internal/model"
	"letopis/internal/nlp"
)

const (
	langidBytes = 1 << 20 // of text a language
	langidGrams = 6000    // most frequent runs a language
	langidScale = 100     // of a natural logarithm
)

// LangID learns the table of language identification from the treebanks and raw
// texts of every language under the folder of the data sets. The languages are the
// folders of ud/; what held-out skips is left for measuring.
func LangID(dir string, heldOut func(path string) bool) ([]byte, error) {
	texts, err := languageTexts(dir, heldOut)
	if err != nil {
		return nil, err
	}
	var langs []string
	for l := range texts {
		langs = append(langs, l)
	}
	sort.Strings(langs)
	rows := map[uint32][]model.Cell{}
	for li, l := range langs {
		count := map[uint32]int{}
		total := 0
		nlp.Grams(texts[l], func(h uint32) {
			count[h]++
			total++
		})
		keys := make([]uint32, 0, len(count))
		for k := range count {
			keys = append(keys, k)
		}
		sort.Slice(keys, func(i, j int) bool {
			if count[keys[i]] != count[keys[j]] {
				return count[keys[i]] > count[keys[j]]
			}
			return keys[i] < keys[j]
		})
		for _, k := range keys[:min(len(keys), langidGrams)] {
			// Over a floor that all languages share: one in a million.
			v := math.Log(float64(count[k])/float64(total)) - math.Log(1e-6)
			if v > 0 {
				rows[k] = append(rows[k], model.Cell{Label: uint16(li), Weight: int16(math.Round(v * langidScale))})
			}
		}
	}
	w := &model.Writer{}
	model.WriteLinear(w, "i", langs, rows)
	return w.Finish(), nil
}

// languageTexts gathers the forms of the treebanks and, where there are any, raw news.
func languageTexts(dir string, heldOut func(string) bool) (map[string]string, error) {
	out := map[string]string{}
	folders, err := filepath.Glob(filepath.Join(dir, "ud", "*"))
	if err != nil {
		return nil, err
	}
	for _, f := range folders {
		l := filepath.Base(f)
		var b strings.Builder
		for _, p := range []string{"*.conllu", "*/*/*.conllu"} {
			files, _ := filepath.Glob(filepath.Join(f, p))
			for _, name := range files {
				if b.Len() > langidBytes || heldOut(name) {
					continue
				}
				data, err := os.ReadFile(name)
				if err != nil {
					return nil, err
				}
				for line := range strings.SplitSeq(string(data), "\n") {
					if t, ok := strings.CutPrefix(line, "# text = "); ok {
						b.WriteString(t + "\n")
					}
				}
			}
		}
		raw, _ := filepath.Glob(filepath.Join(dir, "bsnlp", "*", l, "raw", "*.txt"))
		for _, name := range raw {
			if b.Len() > 2*langidBytes || heldOut(name) {
				continue
			}
			data, err := os.ReadFile(name)
			if err != nil {
				return nil, err
			}
			if p := strings.SplitN(string(data), "\n", 5); len(p) == 5 {
				b.WriteString(p[4] + "\n")
			}
		}
		out[l] = b.String()
	}
	return out, nil
}
