package train

import (
	"os"
	"strings"

	"letopis/internal/ud"
)

// Lexicon reads "lemma, part of speech, form|features …" lines (UniMorph, regrouped).
func Lexicon(path string) ([]lexEntry, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	pos := map[string]ud.UPOS{"N": "NOUN", "V": "VERB", "ADJ": "ADJ", "ADV": "ADV"}
	var out []lexEntry
	for _, l := range strings.Split(string(b), "\n") {
		f := strings.Split(l, "\t")
		if len(f) < 3 || pos[f[1]] == "" {
			continue
		}
		for _, x := range f[2:] {
			form, _, _ := strings.Cut(x, "|")
			if form != "" && !strings.Contains(form, " ") {
				out = append(out, lexEntry{form, f[0], pos[f[1]]})
			}
		}
	}
	return out, nil
}
