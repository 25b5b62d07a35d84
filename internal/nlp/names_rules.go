package nlp

import (
	"io/fs"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"letopis/internal/tsv"
	"letopis/internal/ud"
)

// NameRules is what a language's namerules.tsv says of names that holds whatever the model has
// learnt: what loses its article, which words announce a nickname. The nil rules say nothing.
type NameRules struct {
	articles []baseEdit      // of definite adjectives that begin a name
	definite map[string]bool // first words that keep their article
	capitals bool            // only names have capitals inside a sentence
	nickname map[string]bool // words before a nickname in quotation marks, by lemma or form
}

// OpenNameRules reads lang/CODE/namerules.tsv of fsys; a pack may lack it.
func OpenNameRules(fsys fs.FS, code string) (*NameRules, error) {
	g := &NameRules{definite: map[string]bool{}, nickname: map[string]bool{}}
	return g, tsv.ReadIf(fsys, path.Join("lang", code, "namerules.tsv"), tsv.Fields("rule", "of", "words"), g.add)
}

func (g *NameRules) add(r tsv.Row) error {
	words := strings.Fields(r.Field(2))
	switch r.Field(0) {
	case "article":
		edits, err := editsOf(r, words)
		g.articles = append(g.articles, edits...)
		return err
	case "definite":
		for _, w := range words {
			g.definite[w] = true
		}
	case "capitals":
		g.capitals = true
	case "nickname":
		for _, w := range words {
			g.nickname[w] = true
		}
	default:
		return r.Errorf(0, "rule %q, want article, definite, capitals or nickname", r.Field(0))
	}
	return nil
}

// editsOf reads edits of endings: "ого>ий", an empty side for nothing.
func editsOf(r tsv.Row, words []string) ([]baseEdit, error) {
	var out []baseEdit
	for _, w := range words {
		cut, add, ok := strings.Cut(w, ">")
		if !ok {
			return nil, r.Errorf(2, "%q is no edit of an ending, such as ого>ий", w)
		}
		out = append(out, baseEdit{cut, add})
	}
	return out, nil
}

// indefinite returns a definite adjective that begins a name of several words without its
// article, "" where it is none or keeps it.
func (g *NameRules) indefinite(s *ud.Sentence, first, last int32, core, typ string) string {
	if g == nil || len(g.articles) == 0 || first == last || typ == "PER" {
		return ""
	}
	w := &s.Words[s.Tokens[first].First]
	low := lower(core)
	if w.UPOS != "ADJ" || w.Feats.Get("Definite") != "Def" || g.definite[low] || low != lower(w.Form) || strings.ToUpper(core) == core {
		return ""
	}
	if w.Feats.Get("Gender") == "Masc" && w.Feats.Get("Number") != "Plur" {
		c, n := utf8.DecodeRuneInString(w.Lemma)
		first, _ := utf8.DecodeRuneInString(core)
		if unicode.ToLower(c) != unicode.ToLower(first) {
			return ""
		}
		return string(first) + w.Lemma[n:]
	}
	for _, e := range g.articles {
		if strings.HasSuffix(low, e.cut) {
			return e.apply(core)
		}
	}
	return ""
}
