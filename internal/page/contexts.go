package page

import (
	"io/fs"
	"slices"
	"strings"

	"letopis/internal/onto"
	"letopis/internal/tsv"
)

// ContextTable is contexts.tsv of a language: the words that tell the contexts of an event (PLOVER: military, economic …).
type ContextTable struct {
	Names []string                 // of the contexts, in the order of the ontology
	words map[string][]contextWord // by the first word: a lemma or a form in small letters
	stems map[string][]contextWord // by what the first word begins with
	long  int                      // bytes of the longest stem
	short int                      // bytes of the shortest
}

// contextWord is what follows a first word, and the context that all together tell.
type contextWord struct {
	rest []pattern
	of   int // index of names
}

// openContexts reads contexts.tsv of a language. One that has none tells no contexts.
func openContexts(fsys fs.FS, lang string) (*ContextTable, error) {
	o, err := onto.Open(fsys)
	if err != nil {
		return nil, err
	}
	x := &ContextTable{Names: o.Contexts(), words: map[string][]contextWord{}, stems: map[string][]contextWord{}}
	return x, tsv.ReadIf(fsys, "lang/"+lang+"/contexts.tsv", tsv.Fields("context", "words"), x.add)
}

func (x *ContextTable) add(row tsv.Row) error {
	of := slices.Index(x.Names, row.Field(0))
	if of < 0 {
		return row.Errorf(0, "%q is no context of onto/plover/contexts.tsv", row.Field(0))
	}
	for _, w := range strings.Split(row.Field(1), ",") {
		var parts []pattern
		for _, p := range strings.Fields(w) {
			stem, isStem := strings.CutSuffix(p, "*")
			if stem == "" || strings.ToLower(stem) != stem || mixed(stem) {
				return row.Errorf(1, "%q in %q; words stand in small letters of one script", p, strings.TrimSpace(w))
			}
			parts = append(parts, pattern{stem, isStem})
		}
		if len(parts) == 0 {
			return row.Errorf(1, "an empty word between commas")
		}
		to := x.words
		if parts[0].stem {
			to = x.stems
			if n := len(parts[0].text); x.long == 0 || n < x.short {
				x.short = n
			}
			x.long = max(x.long, len(parts[0].text))
		}
		to[parts[0].text] = append(to[parts[0].text], contextWord{parts[1:], of})
	}
	return nil
}

// Empty reports whether the language tells no contexts.
func (x *ContextTable) Empty() bool { return len(x.words)+len(x.stems) == 0 }

// At calls f with every context, as index of Names, that the words from k on tell, and how many words do.
func (x *ContextTable) At(words []Word, k int, f func(of, words int)) {
	t := &words[k]
	try := func(all []contextWord) {
		for _, w := range all {
			if k+len(w.rest) >= len(words) {
				continue
			}
			fits := true
			for i, p := range w.rest {
				fits = fits && words[k+1+i].Sent == t.Sent && p.fits(&words[k+1+i])
			}
			if fits {
				f(w.of, 1+len(w.rest))
			}
		}
	}
	try(x.words[t.Lemma])
	if t.Lower != t.Lemma {
		try(x.words[t.Lower])
	}
	for n := min(len(t.Lower), x.long); n >= x.short && n > 0; n-- {
		try(x.stems[t.Lower[:n]])
	}
}
