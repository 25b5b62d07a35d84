package nlp

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"letopis/internal/tsv"
	"letopis/internal/ud"
)

// NameRules is what a language's namerules.tsv says of names that holds whatever the model has
// learnt: what loses its article, which words announce a nickname, what a name in quotation marks is. The
// nil rules say nothing.
type NameRules struct {
	articles []baseEdit         // of definite adjectives that begin a name
	definite map[string]bool    // first words that keep their article
	capitals bool               // only names have capitals inside a sentence
	caseless bool               // names of persons have no cases
	headline bool               // headlines may give every word a capital
	sets     map[string]wordSet // words by rule
	quoted   [len(NameTypes)]wordSet
	phrases  []namePhrase
	dict     *Forms
	hidden   map[string]bool // words that neither the dictionary nor the given names have; for measuring
	keepGeo  bool            // its places apart
	senses   []nameSense     // of the dictionary's tags
	declined []declension
}

// namePhrase is a run of words that is a name of a type.
type namePhrase struct {
	typ   int
	words []string // with "*" for any ending
}

// wordRules are the rules that are sets of words: nickname, before a nickname in quotation marks; like, such
// a word's companion ("as"); particle, inside names of persons; street, places that are named after
// persons; tail, such places' words behind the name; institution, heads of names of bodies even where a
// sentence's beginning gives the capital; institutional, adjectives that begin names of bodies, and body, the
// heads after them; ministry, heads that name bodies by themselves; complement, prepositions of their complements,
// and of, the one that may come again; medium, words before names of media; direction, adjectives that begin names of places;
// surname, endings of surnames; given, given names; after, words between a street and whose name it bears; fixed, last
// letters of names that never change; womans, of women's given names; vowel, of words that end in no consonant; soft, of
// soft stems; hard, of endings that do not stand behind them.
var wordRules = []string{"nickname", "like", "particle", "street", "tail", "institution", "institutional", "body", "ministry", "complement", "of", "medium", "direction", "surname", "given", "after", "fixed", "womans", "vowel", "soft", "hard"}

// wordSet is a set of words and beginnings of words.
type wordSet struct {
	words  map[string]bool
	begins []string
}

func (s *wordSet) add(words []string) {
	if s.words == nil {
		s.words = map[string]bool{}
	}
	for _, w := range words {
		if b, ok := strings.CutSuffix(w, "*"); ok {
			s.begins = append(s.begins, b)
		} else {
			s.words[w], s.words[FoldForm(w)] = true, true
		}
	}
}

// has reports whether a word in small letters is in the set.
func (s *wordSet) has(low string) bool {
	return s.words[low] || slices.ContainsFunc(s.begins, func(b string) bool { return strings.HasPrefix(low, b) })
}

// OpenNameRules reads lang/CODE/namerules.tsv of fsys and surnames.tsv beside it; a pack may lack them. dict
// is the dictionary of forms of the language, nil for none.
func OpenNameRules(fsys fs.FS, code string, dict *Forms) (*NameRules, error) {
	g := &NameRules{definite: map[string]bool{}, sets: map[string]wordSet{}, dict: dict}
	if dict != nil {
		g.senses = sensesOf(dict.tags)
	}
	if err := tsv.ReadIf(fsys, path.Join("lang", code, "namerules.tsv"), tsv.Fields("rule", "of", "words"), g.add); err != nil {
		return nil, err
	}
	return g, tsv.ReadIf(fsys, path.Join("lang", code, "surnames.tsv"), tsv.Fields("gender", "nominative", "cases"), g.decline)
}

func (g *NameRules) add(r tsv.Row) error {
	words := strings.Fields(r.Field(2))
	switch rule := r.Field(0); {
	case rule == "article":
		edits, err := editsOf(r, words)
		g.articles = append(g.articles, edits...)
		return err
	case rule == "definite":
		for _, w := range words {
			g.definite[w] = true
		}
	case rule == "capitals":
		g.capitals = true
	case rule == "caseless":
		g.caseless = true
	case rule == "headline":
		g.headline = true
	case rule == "quoted" || rule == "phrase":
		y := slices.Index(NameTypes[:], r.Field(1))
		if y < 0 {
			return r.Errorf(1, "type %q, want %s", r.Field(1), strings.Join(NameTypes[:], ", "))
		}
		if rule == "phrase" {
			g.phrases = append(g.phrases, namePhrase{y, words})
		} else {
			g.quoted[y].add(words)
		}
	case slices.Contains(wordRules, rule):
		s := g.sets[rule]
		s.add(words)
		g.sets[rule] = s
	default:
		return r.Errorf(0, "rule %q, want article, definite, capitals, caseless, headline, quoted, phrase, %s", rule, strings.Join(wordRules, ", "))
	}
	return nil
}

// Without returns the rules as if neither the given names nor the dictionary's names had some words, in small
// letters; with places the dictionary's places stay.
func (g *NameRules) Without(words map[string]bool, places bool) *NameRules {
	out := *g
	out.hidden, out.keepGeo = words, places
	out.sets = maps.Clone(g.sets)
	given := wordSet{words: map[string]bool{}, begins: g.sets["given"].begins}
	for w := range g.sets["given"].words {
		if !words[w] {
			given.words[w] = true
		}
	}
	out.sets["given"] = given
	return &out
}

// is reports whether a word of a sentence, by its form or lemma, is in the set of a rule.
func (g *NameRules) is(rule string, w *ud.Word) bool {
	s := g.sets[rule]
	return s.has(lower(w.Form)) || w.Lemma != "" && s.has(lower(w.Lemma))
}

// tail reports whether a word, as it is written, ends names of places.
func (g *NameRules) tail(low string) bool {
	s := g.sets["tail"]
	return s.has(low)
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
	if g.definite[low] {
		return core
	}
	if w.UPOS != "ADJ" || w.Feats.Get("Definite") != "Def" || low != lower(w.Form) || strings.ToUpper(core) == core {
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
