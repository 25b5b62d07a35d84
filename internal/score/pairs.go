package score

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"letopis"
)

// Pair is a sentence with two marked actors and what one does to the other.
type Pair struct {
	Document       letopis.Document
	Source, Target []letopis.Span // every place where the actor is marked; none for an actor that is only implied
	Root           string         // PLOVER category; YIELD for CONCEDE and RETREAT; empty if the set has none
	Quad           string         // quad class 1 to 4; empty if the set has none
	Acts           string         // "1" where the source acts on the target, "0" where not; empty if the set has none
}

// OpenPairs reads a table of marked sentences as the PLV and AW sets have it: tab
// separated, with the columns marked_sentence and gold_root and gold_penta, or gold_binary.
func OpenPairs(path, lang string) ([]Pair, error) {
	data, err := readFile(path)
	if err != nil {
		return nil, err
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = '\t', true, -1
	lines, err := r.ReadAll()
	if err != nil || len(lines) == 0 {
		return nil, &letopis.Error{Op: "read " + path, Kind: letopis.Invalid, Err: fmt.Errorf("no table: %w", err)}
	}
	column := func(line []string, name string) string {
		if i := slices.Index(lines[0], name); i >= 0 && i < len(line) {
			return line[i]
		}
		return ""
	}
	var out []Pair
	for i, line := range lines[1:] {
		p, ok := unmark(column(line, "marked_sentence"))
		if !ok {
			return nil, &letopis.Error{Op: fmt.Sprintf("%s: row %d", path, i+2), Kind: letopis.Invalid, Err: fmt.Errorf("no actor is marked, or a mark is not closed")}
		}
		p.Document.ID, p.Document.Lang = letopis.ID(fmt.Sprintf("pair-%d", i+1)), lang
		p.Root, p.Quad, p.Acts = column(line, "gold_root"), column(line, "gold_penta"), column(line, "gold_binary")
		out = append(out, p)
	}
	return out, nil
}

// unmark takes the marks <s> </s> <t> </t> out of a sentence.
func unmark(s string) (p Pair, ok bool) {
	var b strings.Builder
	n := 0
	open := map[byte]int{'s': -1, 't': -1}
	for len(s) > 0 {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			b.WriteString(s)
			break
		}
		b.WriteString(s[:i])
		n += utf8.RuneCountInString(s[:i])
		s = s[i:]
		who, closes, width := mark(s)
		if width == 0 {
			b.WriteByte('<')
			n++
			s = s[1:]
			continue
		}
		s = s[width:]
		if !closes {
			open[who] = n
			continue
		}
		if open[who] < 0 {
			return p, false
		}
		span := letopis.Span{Start: open[who], End: n}
		open[who] = -1
		if who == 's' {
			p.Source = append(p.Source, span)
		} else {
			p.Target = append(p.Target, span)
		}
	}
	p.Document.Text = b.String()
	return p, len(p.Source)+len(p.Target) > 0 && open['s'] < 0 && open['t'] < 0
}

// mark reads the mark that s begins with; width is 0 where there is none.
func mark(s string) (who byte, closes bool, width int) {
	for _, m := range []string{"<s>", "</s>", "<t>", "</t>"} {
		if strings.HasPrefix(s, m) {
			return m[len(m)-2], len(m) == 4, len(m)
		}
	}
	return 0, false, 0
}

// PairAnswer is what a record says about a pair.
type PairAnswer struct {
	Root string // of the best event; empty for none
	Acts bool   // an event has the source as its source and the target as its target
}

// AnswerPair takes the answer out of the record of a pair's sentence: the event whose
// actors are the marked ones; or else one of them; or else the first event.
func AnswerPair(p *Pair, r *letopis.Record) PairAnswer {
	at := map[string][]letopis.Span{}
	for _, e := range r.Entities {
		for _, m := range e.Mentions {
			at[e.ID] = append(at[e.ID], m.Span)
		}
	}
	hit := func(ids []string, want []letopis.Span) int {
		for _, id := range ids {
			for _, s := range at[id] {
				if slices.ContainsFunc(want, s.Overlaps) {
					return 1
				}
			}
		}
		return 0
	}
	var a PairAnswer
	best := -1
	for _, e := range r.Events {
		rank := hit(e.Source, p.Source) + hit(e.Target, p.Target)
		if rank > best {
			best, a.Root = rank, string(e.Code)
		}
		a.Acts = a.Acts || rank == 2 && e.Modality != letopis.Negated
	}
	return a
}

// quadNumber is the quad class of a category as the PLV set numbers it: verbal and
// material cooperation, verbal and material conflict; empty for no category.
func quadNumber(root string) string {
	switch quads[root] {
	case "VC":
		return "1"
	case "MC":
		return "2"
	case "VK":
		return "3"
	case "MK":
		return "4"
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
		quad.add(p.Quad, quadNumber(a.Root))
		binary.add(side(p.Quad), side(quadNumber(a.Root)))
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
