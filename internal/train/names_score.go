package train

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sort"
	"strings"

	"letopis/internal/nlp"
)

// NameItem is a distinct name of a document as the SlavicNER scorer sees it:
// lower case, single spaces.
type NameItem struct{ Text, Base, Type, Entity string }

// NameScore counts what the official scorer counts: right and all, on the side of recall and of precision.
type NameScore struct{ RecallRight, PrecisionRight, Gold, System int }

// Add adds the counts of x.
func (s *NameScore) Add(x NameScore) {
	s.RecallRight += x.RecallRight
	s.PrecisionRight += x.PrecisionRight
	s.Gold += x.Gold
	s.System += x.System
}

// F1 is the harmonic mean of precision and recall, 0 where nothing is there.
func (s NameScore) F1() float64 {
	if s.Gold == 0 || s.System == 0 || s.RecallRight == 0 {
		return 0
	}
	r, p := float64(s.RecallRight)/float64(s.Gold), float64(s.PrecisionRight)/float64(s.System)
	return 2 * p * r / (p + r)
}

// NameScores are the figures of one set of documents, per type and under "" for all.
type NameScores struct{ Strict, Partial, Lemma NameScore }

// ScoreNames compares the names of a document; it counts as score_bsnlp.py does
// (strict: distinct forms by type; partial: entities that share a run of words
// with a name; lemma: base forms of the strictly matched).
func ScoreNames(gold, sys []NameItem) map[string]NameScores {
	out := map[string]NameScores{}
	for _, y := range nlp.NameTypes {
		var s NameScores
		g, b := byText(gold, y), byText(sys, y)
		s.Strict.Gold, s.Strict.System = len(g), len(b)
		for t, x := range g {
			z, ok := b[t]
			if !ok {
				continue
			}
			s.Strict.RecallRight++
			s.Strict.PrecisionRight++
			s.Lemma.Gold++
			s.Lemma.System++
			if x == z {
				s.Lemma.RecallRight++
				s.Lemma.PrecisionRight++
			}
		}
		s.Partial = partial(gold, b, y)
		out[y] = s
		all := out[""]
		all.Strict.Add(s.Strict)
		all.Partial.Add(s.Partial)
		all.Lemma.Add(s.Lemma)
		out[""] = all
	}
	return out
}

// byText maps the texts of a type to base forms; the last of equals counts.
func byText(items []NameItem, y string) map[string]string {
	out := map[string]string{}
	for _, x := range items {
		if x.Type == y {
			out[x.Text] = x.Base
			if x.Base == "" {
				out[x.Text] = x.Text
			}
		}
	}
	return out
}

func partial(gold []NameItem, sys map[string]string, y string) NameScore {
	ents := map[string]map[string]bool{}
	all := map[string]bool{}
	for i, x := range gold {
		if x.Type != y {
			continue
		}
		e := x.Entity
		if e == "" {
			e = fmt.Sprint("\x00", i)
		}
		if ents[e] == nil {
			ents[e] = map[string]bool{}
		}
		grams(x.Text, ents[e])
		grams(x.Text, all)
	}
	found := map[string]bool{}
	s := NameScore{Gold: len(ents), System: len(sys)}
	for t := range sys {
		own := map[string]bool{}
		grams(t, own)
		grams(t, found)
		if meet(own, all) {
			s.PrecisionRight++
		}
	}
	for _, g := range ents {
		if meet(g, found) {
			s.RecallRight++
		}
	}
	return s
}

func meet(a, b map[string]bool) bool {
	for x := range a {
		if b[x] {
			return true
		}
	}
	return false
}

// grams adds all runs of words of t.
func grams(t string, out map[string]bool) {
	w := strings.Split(t, " ")
	for n := 1; n <= len(w); n++ {
		for i := 0; i+n <= len(w); i++ {
			out[strings.Join(w[i:i+n], " ")] = true
		}
	}
}

// NameItems returns the distinct names of an analysed text as the scorer sees them.
func NameItems(d *NameDoc, names []GoldName) []NameItem {
	var out []NameItem
	for _, n := range names {
		out = append(out, NameItem{Text: strings.Join(strings.Fields(strings.ToLower(d.Text[n.Start:n.End])), " "), Base: strings.Join(strings.Fields(strings.ToLower(n.Base)), " "), Type: n.Type})
	}
	return out
}

// ReadNameItems reads an .out file of the SlavicNER layout.
func ReadNameItems(b []byte) []NameItem {
	var out []NameItem
	first := true
	for _, l := range strings.Split(string(bytes.TrimPrefix(b, []byte("\ufeff"))), "\n") {
		l = strings.TrimRight(l, "\r")
		if strings.TrimSpace(l) == "" {
			continue
		}
		if first {
			first = false
			continue
		}
		c := strings.Split(l, "\t")
		if len(c) < 3 {
			continue
		}
		x := NameItem{Text: strings.Join(strings.Fields(strings.ToLower(c[0])), " "), Base: strings.Join(strings.Fields(strings.ToLower(c[1])), " "), Type: strings.ToUpper(strings.TrimSpace(c[2]))}
		if len(c) > 3 {
			x.Entity = strings.TrimSpace(c[3])
		}
		out = append(out, x)
	}
	return out
}

// WriteNames returns the names of a document in the SlavicNER layout: distinct
// by text and type, with the most frequent base form.
func WriteNames(d *NameDoc) []byte {
	type key struct{ text, typ string }
	votes := map[key]map[string]int{}
	form := map[key]string{}
	var order []key
	for _, n := range d.Analysis.Names {
		s := strings.Join(strings.Fields(d.Text[n.Start:n.End]), " ")
		k := key{strings.ToLower(s), n.Type}
		if votes[k] == nil {
			votes[k] = map[string]int{}
			form[k] = s
			order = append(order, k)
		}
		votes[k][n.Base]++
	}
	var b bytes.Buffer
	fmt.Fprintln(&b, d.ID)
	for _, k := range order {
		fmt.Fprintf(&b, "%s\t%s\t%s\t\n", form[k], mostVoted(votes[k]), k.typ)
	}
	return b.Bytes()
}

// NamesTable renders figures of sets of documents, a line each, sorted by name.
func NamesTable(sets map[string]NameScores) string {
	names := make([]string, 0, len(sets))
	for n := range sets {
		names = append(names, n)
	}
	sort.Strings(names)
	var b strings.Builder
	fmt.Fprintf(&b, "%-24s %8s %8s %8s %8s %8s\n", "", "strict", "P", "R", "partial", "lemma")
	for _, n := range names {
		s := sets[n]
		fmt.Fprintf(&b, "%-24s %8.4f %8.4f %8.4f %8.4f %8.4f\n", n, s.Strict.F1(), ratio(s.Strict.PrecisionRight, s.Strict.System), ratio(s.Strict.RecallRight, s.Strict.Gold), s.Partial.F1(), s.Lemma.F1())
	}
	return b.String()
}

func ratio(a, b int) float64 { return float64(a) / float64(max(b, 1)) }

// mostVoted returns the key with the highest count; the smaller key wins a tie.
func mostVoted(v map[string]int) string {
	best := ""
	for k, n := range v {
		if best == "" || n > v[best] || n == v[best] && k < best {
			best = k
		}
	}
	return best
}

// UpdateNamesFigures replaces the lines of the topics of a language in a table of figures on
// topics left out (tabs: language, topic, type or all, strict F1, partial F1, base forms, names).
func UpdateNamesFigures(name string, table map[string]NameScores) error {
	b, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	topics := map[string]bool{}
	for k := range table {
		if f := strings.SplitN(k, " ", 3); len(f) == 3 {
			topics[f[0]+"\t"+f[1]] = true
		}
	}
	var rows []string
	for _, l := range strings.Split(string(b), "\n") {
		f := strings.SplitN(l, "\t", 3)
		if l != "" && l[0] != '#' && (len(f) < 3 || !topics[f[0]+"\t"+f[1]]) {
			rows = append(rows, l)
		}
	}
	for k, s := range table {
		f := strings.SplitN(k, " ", 3)
		if len(f) < 3 {
			return fmt.Errorf("figures of %q: want language, topic and type", k)
		}
		if f[2] == "" {
			f[2] = "all"
		}
		rows = append(rows, fmt.Sprintf("%s\t%s\t%s\t%.3f\t%.3f\t%.3f\t%d", f[0], f[1], f[2], s.Strict.F1(), s.Partial.F1(), s.Lemma.F1(), s.Strict.Gold))
	}
	sort.Strings(rows)
	head := "# Names on a topic that training did not see: letopis-lab train names --lang CODE --leave all --write FILE;\n# topic-names and topic-places with --unseen names and --unseen places\n# lang\ttopic\ttype\tstrict\tpartial\tlemma\tn\n"
	return os.WriteFile(name, []byte(head+strings.Join(rows, "\n")+"\n"), 0o644)
}
