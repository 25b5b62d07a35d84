package read

import (
	"slices"

	"letopis"
)

// This file finds what an event is about beside its category: the contexts of PLOVER.
// The manual gives them to whole texts and warns that they are then read as those of
// each event; here an event has those whose words stand in its own clause.

// Bounds of the contexts of an event, and of the clause in which they are looked for.
const (
	maxContexts = 4
	maxClause   = 60 // words on each side of the trigger
)

// contexts tells what each event is about.
func (r *done) contexts() {
	for i := range r.evs {
		r.evs[i].context = r.contextsOf(&r.evs[i])
	}
}

// contextsOf returns the contexts of an event by name, in the order of the ontology: those
// told by the words of its clause and by what hangs on its trigger. Names of persons and
// places tell none.
func (r *done) contextsOf(ev *event) []string {
	x := r.Lex.Contexts
	if x.Empty() {
		return nil
	}
	k := ev.trigger
	b := r.Sentences[r.Words[k].Sent]
	head := r.ClauseHead(k)
	var told []int
	for i := max(b.First, k-maxClause); i < min(b.End, k+maxClause); i++ {
		t := &r.Words[i]
		switch t.UPOS {
		case "NOUN", "ADJ", "VERB", "PROPN", "X":
		default:
			continue
		}
		if t.Name >= 0 && r.Names[t.Name].Type != letopis.Organisation || r.ClauseHead(i) != head && !r.ContentUnder(i, k) {
			continue
		}
		x.At(r.Words, i, func(of, words int) {
			if !slices.Contains(told, of) {
				told = append(told, of)
				if r.trace.notes() {
					r.trace.note(i, i+words, WhyContext, x.Names[of])
				}
			}
		})
	}
	slices.Sort(told)
	var names []string
	for _, of := range told[:min(len(told), maxContexts)] {
		names = append(names, x.Names[of])
	}
	return names
}
