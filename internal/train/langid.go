package train

import (
	"math"
	"os"
	"path/filepath"
	"slices"
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

// nonCommercial are the treebanks that forbid commercial use; language
// identification does without them.
var nonCommercial = []string{"bg_btb", "en_partut", "uk_iu", "pl_pdb", "el_gdt"}

// LangID learns the table of language identification from the treebanks and raw
// texts of every language under the folder of the data sets. The languages are the
// folders of ud/ that have a text; what held-out skips is left for measuring.
// Serbian is learnt in both of its scripts.
func LangID(dir string, heldOut func(path string) bool) ([]byte, error) {
	texts, err := languageTexts(dir, heldOut)
	if err != nil {
		return nil, err
	}
	if t := texts["sr"]; t != "" {
		texts["sr "] = serbianCyrillic.Replace(t)
	}
	var langs []string
	for l := range texts {
		if texts[l] != "" {
			langs = append(langs, l)
		}
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
	for i := range langs {
		langs[i] = strings.TrimSpace(langs[i])
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
				if slices.ContainsFunc(nonCommercial, func(t string) bool { return strings.Contains(name, t) }) {
					continue
				}
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

// serbianCyrillic writes Serbian in its other alphabet (the two are officially equal,
// letter for letter; a few words in which n and j or d and ž are two letters come
// out wrong, which does not matter here).
var serbianCyrillic = strings.NewReplacer(
	"Dž", "Џ", "DŽ", "Џ", "dž", "џ", "Lj", "Љ", "LJ", "Љ", "lj", "љ", "Nj", "Њ", "NJ", "Њ", "nj", "њ",
	"A", "А", "B", "Б", "V", "В", "G", "Г", "D", "Д", "Đ", "Ђ", "E", "Е", "Ž", "Ж", "Z", "З", "I", "И", "J", "Ј", "K", "К",
	"L", "Л", "M", "М", "N", "Н", "O", "О", "P", "П", "R", "Р", "S", "С", "T", "Т", "Ć", "Ћ", "U", "У", "F", "Ф", "H", "Х",
	"C", "Ц", "Č", "Ч", "Š", "Ш",
	"a", "а", "b", "б", "v", "в", "g", "г", "d", "д", "đ", "ђ", "e", "е", "ž", "ж", "z", "з", "i", "и", "j", "ј", "k", "к",
	"l", "л", "m", "м", "n", "н", "o", "о", "p", "п", "r", "р", "s", "с", "t", "т", "ć", "ћ", "u", "у", "f", "ф", "h", "х",
	"c", "ц", "č", "ч", "š", "ш",
)
