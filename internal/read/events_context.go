package read

import (
	"io/fs"
	"slices"
	"strings"

	"letopis"
	"letopis/internal/onto"
	"letopis/internal/tsv"
)

// This file finds what an event is about beside its category: the contexts of PLOVER.
// The manual gives them to whole texts and warns that they are then read as those of
// each event; here an event has those whose words stand in its own clause.

// contexts are the words that tell them in one language.
type contexts struct {
	names []string                 // in the order of the ontology
	words map[string][]contextWord // by the first word
	stems map[string][]contextWord
	long  int // bytes of the longest stem
	short int
}

// contextWord is what follows a first word, and the context that all together tell.
type contextWord struct {
	rest []pattern
	of   int // index of names
}

// Bounds of the contexts of an event, and of the clause in which they are looked for.
const (
	maxContexts = 4
	maxClause   = 60 // words on each side of the trigger
)

// maxClimb bounds the steps up a tree.
const maxClimb = 40

// openContexts reads contexts.tsv of a language. One that has none tells no contexts.
func openContexts(fsys fs.FS, lang string) (*contexts, error) {
	o, err := onto.Open(fsys)
	if err != nil {
		return nil, err
	}
	x := &contexts{names: o.Contexts(), words: map[string][]contextWord{}, stems: map[string][]contextWord{}}
	return x, tsv.ReadIf(fsys, "lang/"+lang+"/contexts.tsv", tsv.Fields("context", "words"), x.add)
}

func (x *contexts) add(row tsv.Row) error {
	of := slices.Index(x.names, row.Field(0))
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

// at calls f with every context that the words from token k on tell, and how many words do.
func (x *contexts) at(toks []tok, k int, f func(of, words int)) {
	t := &toks[k]
	try := func(all []contextWord) {
		for _, w := range all {
			if k+len(w.rest) >= len(toks) {
				continue
			}
			fits := true
			for i, p := range w.rest {
				fits = fits && toks[k+1+i].sent == t.sent && p.fits(&toks[k+1+i])
			}
			if fits {
				f(w.of, 1+len(w.rest))
			}
		}
	}
	try(x.words[t.lemma])
	if t.lower != t.lemma {
		try(x.words[t.lower])
	}
	for n := min(len(t.lower), x.long); n >= x.short && n > 0; n-- {
		try(x.stems[t.lower[:n]])
	}
}

// clauseHead is the word that heads the clause of token k: the nearest above it that is
// the root or a clause of its own.
func (r *reading) clauseHead(k int) int {
	for range maxClimb {
		t := &r.toks[k]
		if t.head < 0 || t.rel("ccomp", "advcl", "acl", "csubj", "parataxis") || t.rel("conj") && (t.upos == "VERB" || t.upos == "AUX") {
			break
		}
		k = t.head
	}
	return k
}

// contentUnder reports whether token k stands below h in the tree, in its clause or in one
// that is the content of its act: not in one that only goes with it.
func (r *reading) contentUnder(k, h int) bool {
	for range maxClimb {
		if k == h {
			return true
		}
		t := &r.toks[k]
		if t.head < 0 || t.deprel == "acl:relcl" || t.rel("parataxis") || t.rel("advcl") && r.kid(k, "nsubj") >= 0 || t.rel("conj") && (t.upos == "VERB" || t.upos == "AUX") {
			return false
		}
		k = t.head
	}
	return false
}

// contexts tells what each event is about.
func (r *reading) contexts() {
	for i := range r.evs {
		r.evs[i].context = r.contextsOf(&r.evs[i])
	}
}

// contextsOf returns the contexts of an event by name, in the order of the ontology: those
// told by the words of its clause and by what hangs on its trigger. Names of persons and
// places tell none.
func (r *reading) contextsOf(ev *event) []string {
	x := r.lex.contexts
	if len(x.words) == 0 && len(x.stems) == 0 {
		return nil
	}
	k := ev.trigger
	b := r.sents[r.toks[k].sent]
	head := r.clauseHead(k)
	var told []int
	for i := max(b.first, k-maxClause); i < min(b.end, k+maxClause); i++ {
		t := &r.toks[i]
		switch t.upos {
		case "NOUN", "ADJ", "VERB", "PROPN", "X":
		default:
			continue
		}
		if t.name >= 0 && r.names[t.name].typ != letopis.Organisation || r.clauseHead(i) != head && !r.contentUnder(i, k) {
			continue
		}
		x.at(r.toks, i, func(of, words int) {
			if !slices.Contains(told, of) {
				told = append(told, of)
				if r.trace.notes() {
					r.note(i, i+words, WhyContext, x.names[of])
				}
			}
		})
	}
	slices.Sort(told)
	var names []string
	for _, of := range told[:min(len(told), maxContexts)] {
		names = append(names, x.names[of])
	}
	return names
}
