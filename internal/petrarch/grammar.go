package petrarch

import (
	"io/fs"
	"strings"

	"letopis/internal/tsv"
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

// OpenGrammar reads a list of words: a class, a tab, and words between commas a line;
// # opens a comment line. Without the file the grammar is empty.
func OpenGrammar(fsys fs.FS, name string) (*Grammar, error) {
	g := &Grammar{be: map[string]bool{}, by: map[string]bool{}, of: map[string]bool{}, and: map[string]bool{}, tags: map[string]bool{}}
	sets := map[string]map[string]bool{"be": g.be, "by": g.by, "of": g.of, "and": g.and, "participle.tag": g.tags}
	lists := map[string]*[]string{"participle": &g.participle, "verbal": &g.verbal}
	err := tsv.ReadIf(fsys, name, tsv.Fields("class", "words"), func(r tsv.Row) error {
		set, list := sets[r.Field(0)], lists[r.Field(0)]
		if set == nil && list == nil {
			return r.Errorf(0, "%q is no class of words; there are be, by, of, and, participle, participle.tag and verbal", r.Field(0))
		}
		for w := range strings.SplitSeq(r.Field(1), ",") {
			switch w = strings.TrimSpace(w); {
			case w == "" || w != strings.ToUpper(w):
				return r.Errorf(1, "%q; words stand in capitals, between commas", w)
			case set != nil:
				set[w] = true
			default:
				*list = append(*list, w)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
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
