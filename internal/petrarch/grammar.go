package petrarch

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

// Grammar is the words of a language that matching goes by besides the dictionaries,
// in capitals. The zero Grammar knows none: a language without a list has no
// passive and no "police of Peru".
type Grammar struct {
	be, by, of, and map[string]bool // forms of the passive's verb; its agent; what makes a part; what joins
	participle      []string        // endings of participles
	tags            map[string]bool // language-specific tags of participles
	verbal          []string        // endings by which an adjective may be a verb
}

// maxGrammar bounds a list of words, in bytes.
const maxGrammar = 1 << 16

// OpenGrammar reads a list of words: a class, a tab, and words between commas a line;
// # opens a comment line. Without the file the grammar is empty.
func OpenGrammar(fsys fs.FS, name string) (*Grammar, error) {
	g := &Grammar{be: map[string]bool{}, by: map[string]bool{}, of: map[string]bool{}, and: map[string]bool{}, tags: map[string]bool{}}
	b, err := fs.ReadFile(fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		return g, nil
	}
	if err != nil {
		return nil, err
	}
	if len(b) > maxGrammar {
		return nil, fmt.Errorf("%s: %d bytes where at most %d are read", name, len(b), maxGrammar)
	}
	sets := map[string]map[string]bool{"be": g.be, "by": g.by, "of": g.of, "and": g.and, "participle.tag": g.tags}
	lists := map[string]*[]string{"participle": &g.participle, "verbal": &g.verbal}
	for i, l := range strings.Split(string(b), "\n") {
		if l = strings.TrimRight(l, "\r"); l == "" || l[0] == '#' {
			continue
		}
		class, words, ok := strings.Cut(l, "\t")
		set, list := sets[class], lists[class]
		if !ok || set == nil && list == nil {
			return nil, fmt.Errorf("%s:%d: %q is no class of words; there are be, by, of, and, participle, participle.tag and verbal, each with a tab after it", name, i+1, class)
		}
		for _, w := range strings.Split(words, ",") {
			switch w = strings.TrimSpace(w); {
			case w == "" || w != strings.ToUpper(w):
				return nil, fmt.Errorf("%s:%d: %q; words stand in capitals, between commas", name, i+1, w)
			case set != nil:
				set[w] = true
			default:
				*list = append(*list, w)
			}
		}
	}
	return g, nil
}

// ends reports whether a word has one of the endings.
func ends(word string, endings []string) bool {
	for _, e := range endings {
		if strings.HasSuffix(word, e) {
			return true
		}
	}
	return false
}
