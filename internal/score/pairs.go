package score

import (
	"strconv"

	"letopis"
)

// Pair is a sentence with two marked actors and what one does to the other.
type Pair struct {
	Document       letopis.Document
	Source, Target []letopis.Span // every place where the actor is marked; none for an actor that is only implied
	Root           string         // PLOVER category; YIELD for CONCEDE and RETREAT; empty if the set has none
	Quad           string         // quad class 1 to 4; empty if the set has none
	Group          string         // the document of the sentence, where the set says it
	Acts           string         // "1" where the source acts on the target, "0" where not; empty if the set has none
}

// PairAnswer is what a coder says about a pair.
type PairAnswer struct {
	Root string // category; empty for none
	Acts bool   // the source acts on the target
}

// quadNumber is the quad class of a category as the PLV set numbers it: verbal and
// material cooperation, verbal and material conflict; empty for no category.
func quadNumber(root string) string {
	if q := letopis.Code(root).Quad(); q != 0 {
		return strconv.Itoa(int(q))
	}
	if root == "YIELD" {
		return "2" // as the PLV set has it, whichever of CONCEDE and RETREAT it stands for
	}
	return ""
}

// ScorePairs gives macro-averaged F1 over the classes of gold: of the category (root),
// the quad class (quad), and cooperation or conflict, or acting or not (binary). Where
// the record says nothing the class counts as missed. answered is the share of pairs
// with an event at all.
func ScorePairs(pairs []Pair, answers []PairAnswer) []Figure {
	var root, quad, binary, acts classes
	answered := 0
	for i, p := range pairs {
		a := answers[i]
		if a.Root != "" {
			answered++
		}
		if p.Acts != "" {
			acts.add(p.Acts, map[bool]string{false: "0", true: "1"}[a.Acts])
		}
		if p.Root == "" {
			continue
		}
		name := a.Root
		if name == string(letopis.Concede) || name == string(letopis.Retreat) {
			name = "YIELD"
		}
		root.add(p.Root, name)
		quad.add(p.Quad, quadNumber(name))
		binary.add(side(p.Quad), side(quadNumber(name)))
	}
	out := []Figure{{Metric: "answered", IsShare: true, Accuracy: ratio(answered, len(pairs)), N: len(pairs)}}
	for _, c := range []struct {
		name string
		*classes
	}{{"root", &root}, {"quad", &quad}, {"binary", &binary}, {"acts", &acts}} {
		if c.n > 0 {
			out = append(out, Figure{Metric: c.name, F1: c.macro(), N: c.n})
		}
	}
	return out
}

// side is cooperation or conflict.
func side(quad string) string {
	switch quad {
	case "1", "2":
		return "cooperation"
	case "3", "4":
		return "conflict"
	}
	return ""
}

// classes counts a classification; an empty answer is of no class.
type classes struct {
	n              int
	names          []string // of gold
	right, of, got map[string]int
}

func (c *classes) add(gold, answer string) {
	if c.right == nil {
		c.right, c.of, c.got = map[string]int{}, map[string]int{}, map[string]int{}
	}
	c.n++
	if c.of[gold] == 0 {
		c.names = append(c.names, gold)
	}
	c.of[gold]++
	c.got[answer]++
	if gold == answer {
		c.right[gold]++
	}
}

// macro is the mean over the classes of gold of their F1.
func (c *classes) macro() float64 {
	sum := 0.0
	for _, name := range c.names {
		sum += 2 * float64(c.right[name]) / float64(c.of[name]+c.got[name])
	}
	return sum / float64(len(c.names))
}
