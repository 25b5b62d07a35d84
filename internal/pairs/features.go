// Package pairs decides what a marked source does to a marked target in one
// sentence: the PLOVER category, and whether the source acts on the target at all.
// Its models are linear with integer weights, over words, the tree between the two
// actors and what the lexicon sees in the words, so a decision can be told in terms
// of features, and is the same on every processor.
package pairs

import (
	"slices"
	"strings"

	"letopis"
	"letopis/internal/model"
	"letopis/internal/ud"
)

// Mark says whose words a word belongs to.
type Mark uint8

// The marks of a word; a word of both actors is of the source.
const (
	Plain Mark = iota
	Source
	Target
)

// Cue is what the lexicon of the language sees in a word.
type Cue struct {
	Code                      string // PLOVER category that the word evokes; "" for none
	Says                      string // stance of the word of saying that it is; "" for none
	Negates, Future, Possible bool
}

// Pair is a sentence with its two actors. All slices are as long as Words, whose
// first element is the artificial root. Cues may be nil.
type Pair struct {
	Words []ud.Word
	Marks []Mark
	Cues  []Cue
}

// NewPair lays the sentences of an analysis out as one list of words and marks those
// whose surface token touches a span of bytes of the source or the target.
func NewPair(a *ud.Analysis, source, target []ud.Span) Pair {
	n := 1
	for i := range a.Sentences {
		n += max(len(a.Sentences[i].Words)-1, 0)
	}
	p := Pair{Words: make([]ud.Word, 1, n), Marks: make([]Mark, 1, n)}
	touches := func(t ud.Span, spans []ud.Span) bool {
		return slices.ContainsFunc(spans, func(s ud.Span) bool { return t.Start < s.End && s.Start < t.End })
	}
	for i := range a.Sentences {
		s := &a.Sentences[i]
		base := int32(len(p.Words)) - 1
		for k := 1; k < len(s.Words); k++ {
			w := s.Words[k]
			if w.Head > 0 {
				w.Head += base
			}
			mark := Plain
			if w.Token >= 0 && int(w.Token) < len(s.Tokens) {
				switch t := s.Tokens[w.Token].Span; {
				case touches(t, source):
					mark = Source
				case touches(t, target):
					mark = Target
				}
			}
			p.Words, p.Marks = append(p.Words, w), append(p.Marks, mark)
		}
	}
	return p
}

// ByteSpans turns spans of code points into spans of bytes, as [NewPair] takes them.
func ByteSpans(text string, spans []letopis.Span) []ud.Span {
	at := make([]int32, 0, len(text)+1)
	for i := range text {
		at = append(at, int32(i))
	}
	at = append(at, int32(len(text)))
	var out []ud.Span
	for _, s := range spans {
		out = append(out, ud.Span{Start: at[s.Start], End: at[s.End]})
	}
	return out
}

// maxWords bounds the words of a sentence that are looked at.
const maxWords = 400

// kind is the template of a feature; the numbers are part of the models.
type kind uint32

const (
	fWord kind = iota + 1
	_
	fOrder
	fBetween
	fAfterFirst
	fBeforeSecond
	fNearSource
	fNearTarget
	fRelation
	fGovernor
	fGovernorRelation
	fGovernorChild
	fChild
	fGrandchild
	fTargetGovernor
	fTargetGovernorAny
	fTargetGovernorRelation
	fTargetCase
	fTargetGovernorCase
	fPath
	fPathTwo
	fPathWords
	fPathRelations
	fPathLength
	fCue
	fActorWord
	fModal
	fPathCue
	fBias
	fStem
	fPathStem
	fSays
	fPathSays
	fCueModal
	fGovernorModal
	fRoot
)

var kindNames = map[kind]string{
	fWord: "word", fOrder: "order", fBetween: "between", fAfterFirst: "after the first", fBeforeSecond: "before the second",
	fNearSource: "near source", fNearTarget: "near target", fRelation: "relation", fGovernor: "verb of source", fGovernorRelation: "verb of source, relation",
	fGovernorChild: "verb of source with", fChild: "beside source", fGrandchild: "below the verb", fTargetGovernor: "over target", fTargetGovernorAny: "over target",
	fTargetGovernorRelation: "over target, relation", fTargetCase: "preposition of target", fTargetGovernorCase: "over target, preposition",
	fPath: "between in the tree", fPathTwo: "between in the tree", fPathWords: "way in the tree", fPathRelations: "relations", fPathLength: "distance",
	fCue: "trigger", fActorWord: "word of actor", fModal: "modality", fPathCue: "trigger between in the tree", fBias: "always",
	fStem: "word beginning", fPathStem: "between in the tree, beginning", fSays: "word of saying", fPathSays: "word of saying between in the tree",
	fCueModal: "trigger, modality", fGovernorModal: "verb of source, modality", fRoot: "category",
}

// Feature is one feature of a pair; Hash is what the models know.
type Feature struct {
	Hash uint32
	kind kind
	a, b string
}

// String names a feature for people: "verb of source: accuse".
func (f Feature) String() string {
	words := f.a
	if f.b != "" {
		words += " " + f.b
	}
	return strings.TrimSpace(kindNames[f.kind] + ": " + words)
}

// Root is the feature that says which category was chosen, for the model that
// decides whether the source acts.
func Root(label string) Feature {
	return Feature{hash(fRoot, label, ""), fRoot, label, ""}
}

// hash is what a model knows of a feature; changing it makes models anew.
func hash(k kind, a, b string) uint32 {
	return model.Hash(model.Hash(uint32(k)*0x9e3779b1, a), b)
}

// extractor gathers features. The step of each hash is the same in training and use.
type extractor struct {
	p     *Pair
	lemma []string
	kids  [][]int32
	out   []Feature
	seen  map[uint32]bool
}

func (x *extractor) add(k kind, a, b string) {
	h := hash(k, a, b)
	if !x.seen[h] {
		x.seen[h] = true
		x.out = append(x.out, Feature{h, k, a, b})
	}
}

const (
	sourceSign = "<s>"
	targetSign = "<t>"
	edgeSign   = "<>"
)

// Features returns the features of a pair, each once, in a fixed order.
func Features(p *Pair) []Feature {
	n := min(len(p.Words), maxWords)
	q := Pair{Words: p.Words[:n], Marks: p.Marks[:n]}
	if p.Cues != nil {
		q.Cues = p.Cues[:n]
	}
	x := &extractor{p: &q, seen: make(map[uint32]bool, 256), kids: make([][]int32, n), lemma: make([]string, n)}
	for i := 1; i < n; i++ {
		w := &q.Words[i]
		x.lemma[i] = strings.ToLower(w.Lemma)
		if h := x.head(int32(i)); h >= 0 {
			x.kids[h] = append(x.kids[h], int32(i))
		}
	}
	x.add(fBias, "", "")
	x.line()
	x.tree()
	x.cues()
	return x.out
}

// head returns the head of a word; 0 for a root and for heads cut off.
func (x *extractor) head(i int32) int32 {
	if h := x.p.Words[i].Head; h > 0 && int(h) < len(x.p.Words) {
		return h
	}
	return 0
}

// line adds what stands in the line of words, the actors each one sign.
func (x *extractor) line() {
	signs := []string{edgeSign}
	s, t := -1, -1
	last := Plain
	for i := 1; i < len(x.lemma); i++ {
		m := x.p.Marks[i]
		switch {
		case m == Plain:
			signs = append(signs, x.lemma[i])
			x.add(fStem, stem(x.lemma[i]), "")
		case m == last:
		case m == Source:
			if s < 0 {
				s = len(signs)
			}
			signs = append(signs, sourceSign)
		default:
			if t < 0 {
				t = len(signs)
			}
			signs = append(signs, targetSign)
		}
		last = m
	}
	signs = append(signs, edgeSign)
	for i := 1; i+1 < len(signs); i++ {
		x.add(fWord, signs[i], "")
	}
	near := func(k kind, at int, offsets ...int) {
		for _, d := range offsets {
			if i := at + d; at >= 0 && i >= 0 && i < len(signs) {
				x.add(k, digit(d+5), signs[i])
			}
		}
	}
	near(fNearSource, s, -2, -1, 1, 2, 3)
	near(fNearTarget, t, -3, -2, -1, 1, 2)
	if s < 0 || t < 0 {
		return
	}
	lo, hi := min(s, t), max(s, t)
	x.add(fOrder, digit(bit(s < t)), "")
	for i := lo + 1; i < hi; i++ {
		x.add(fBetween, signs[i], "")
		if i-lo <= 5 {
			x.add(fAfterFirst, digit(min(i-lo, 3)), signs[i])
		}
		if hi-i <= 5 {
			x.add(fBeforeSecond, digit(min(hi-i, 3)), signs[i])
		}
	}
}

func digit(n int) string { return string(rune('0' + n)) }

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// top returns the word of an actor that stands highest in the tree; 0 for none.
func (x *extractor) top(m Mark) int32 {
	first := int32(0)
	for i := 1; i < len(x.lemma); i++ {
		if x.p.Marks[i] != m {
			continue
		}
		if first == 0 {
			first = int32(i)
		}
		if x.p.Marks[x.head(int32(i))] != m {
			return int32(i)
		}
	}
	return first
}

// stem returns the beginning of a word, by which a verb and its noun meet.
func stem(word string) string {
	n := 0
	for i := range word {
		if n++; n > 5 {
			return word[:i]
		}
	}
	return word
}

// maxUp bounds the way up a tree, which may have a loop in foreign analyses.
const maxUp = 40

// up returns the words from i to the root.
func (x *extractor) up(i int32) []int32 {
	var out []int32
	for ; i > 0 && len(out) < maxUp; i = x.head(i) {
		out = append(out, i)
	}
	return out
}

func (x *extractor) plain(list []int32) []int32 {
	return slices.DeleteFunc(slices.Clone(list), func(i int32) bool { return x.p.Marks[i] != Plain })
}

// tree adds what governs the actors and what stands between them in the tree.
func (x *extractor) tree() {
	s, t := x.top(Source), x.top(Target)
	rel := func(i int32) string { return string(x.p.Words[i].Deprel) }
	if s > 0 {
		x.add(fRelation, sourceSign, rel(s))
		if over := x.plain(x.up(s)[1:]); len(over) > 0 {
			x.governor(over[0], rel(s))
		}
	}
	if t > 0 {
		x.add(fRelation, targetSign, rel(t))
		over := x.plain(x.up(t)[1:])
		for d, i := range over[:min(len(over), 3)] {
			x.add(fTargetGovernor, digit(d), x.lemma[i])
			x.add(fTargetGovernorAny, x.lemma[i], "")
		}
		if len(over) > 0 {
			x.add(fTargetGovernorRelation, x.lemma[over[0]], rel(t))
		}
		first := true
		for _, k := range x.kids[t] {
			if rel(k) != "case" {
				continue
			}
			x.add(fTargetCase, x.lemma[k], "")
			if first && len(over) > 0 {
				x.add(fTargetGovernorCase, x.lemma[over[0]], x.lemma[k])
			}
			first = false
		}
	}
	if s > 0 && t > 0 {
		x.path(s, t)
	}
}

// governor adds the word that governs the source, with what else it governs.
func (x *extractor) governor(v int32, relation string) {
	x.add(fGovernor, x.lemma[v], "")
	x.add(fGovernorRelation, x.lemma[v], relation)
	for _, k := range x.kids[v] {
		if x.p.Marks[k] != Plain {
			continue
		}
		d := x.p.Words[k].Deprel
		x.add(fGovernorChild, x.lemma[v], x.lemma[k])
		x.add(fChild, string(d), x.lemma[k])
		switch d {
		case "xcomp", "ccomp", "advcl", "obj", "obl", "conj":
			for _, g := range x.kids[k] {
				if x.p.Marks[g] == Plain {
					x.add(fGrandchild, x.lemma[k], x.lemma[g])
				}
			}
		}
	}
}

// path adds the words and relations between the two actors in the tree.
func (x *extractor) path(s, t int32) {
	a, b := x.up(s), x.up(t)
	common := slices.IndexFunc(a, func(i int32) bool { return slices.Contains(b, i) })
	if common < 0 {
		return
	}
	var way []int32
	if common > 0 {
		way = append(way, a[1:common+1]...)
	}
	down := slices.Index(b, a[common])
	for i := down - 1; i > 0; i-- {
		way = append(way, b[i])
	}
	way = x.plain(way)
	words, relations := "", string(x.p.Words[s].Deprel)
	for n, i := range way {
		x.add(fPath, x.lemma[i], "")
		if n > 0 {
			x.add(fPathTwo, x.lemma[way[n-1]], x.lemma[i])
		}
		if n < 4 {
			words += "_" + x.lemma[i]
		}
		if n < 5 {
			relations += "_" + string(x.p.Words[i].Deprel)
		}
		x.add(fPathStem, stem(x.lemma[i]), "")
		if x.p.Cues != nil {
			if c := &x.p.Cues[i]; c.Code != "" {
				x.add(fPathCue, c.Code, "")
			}
			if c := &x.p.Cues[i]; c.Says != "" {
				x.add(fPathSays, c.Says, "")
			}
		}
	}
	x.add(fPathWords, words, "")
	x.add(fPathRelations, relations, string(x.p.Words[t].Deprel))
	x.add(fPathLength, digit(min(len(way), 5)), "")
}

// cues adds what the lexicon sees outside the actors.
func (x *extractor) cues() {
	if x.p.Cues == nil {
		return
	}
	var neg, future, possible bool
	for i := 1; i < len(x.lemma); i++ {
		if x.p.Marks[i] != Plain {
			continue
		}
		c := &x.p.Cues[i]
		if c.Code != "" {
			x.add(fCue, c.Code, "")
		}
		if c.Says != "" {
			x.add(fSays, c.Says, "")
		}
		neg, future, possible = neg || c.Negates, future || c.Future, possible || c.Possible
	}
	x.add(fModal, "negated", digit(bit(neg)))
	x.add(fModal, "future", digit(bit(future || possible)))
	mood := "actual"
	switch {
	case neg:
		mood = "negated"
	case future || possible:
		mood = "future"
	}
	for i := 1; i < len(x.lemma); i++ {
		if c := x.p.Cues[i].Code; c != "" && x.p.Marks[i] == Plain {
			x.add(fCueModal, c, mood)
		}
	}
	if s := x.top(Source); s > 0 {
		if over := x.plain(x.up(s)[1:]); len(over) > 0 {
			x.add(fGovernorModal, x.lemma[over[0]], mood)
		}
	}
}
