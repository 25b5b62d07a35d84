package train

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"letopis/internal/model"
	"letopis/internal/pairs"
)

// PairOptions are the parameters of training a chooser.
type PairOptions struct {
	Seed   uint64
	Cost   float64 // of an error, against the size of the weights
	Epochs int     // passes at most
	Rows   int     // features kept, those with the largest weights
}

// DefaultPairOptions are the options of the shipped models.
var DefaultPairOptions = PairOptions{Seed: 1, Cost: 3, Epochs: 60, Rows: 24000}

// PairExample is a training example of a chooser: the features of a pair and its label.
// Group is what must not stand on both sides of a split.
type PairExample struct {
	Features []pairs.Feature
	Label    string
	Group    string
}

// Pairs learns a linear model, one label against the others, each a support vector
// machine with squared hinge loss solved in the dual by coordinate descent (Hsieh et
// al. 2008, the solver of LIBLINEAR); errors on rare labels cost more, in
// inverse proportion. The result is rounded to integers of eight bits.
func Pairs(examples []*PairExample, o PairOptions) ([]string, []pairs.Row, error) {
	labels := chooseLabels(examples)
	if len(labels) < 2 {
		return nil, nil, fmt.Errorf("%d examples with %d labels; two labels are needed", len(examples), len(labels))
	}
	index := map[uint32]int32{}
	var keys []uint32
	vectors := make([][]int32, len(examples))
	for i, e := range examples {
		for _, f := range e.Features {
			k, ok := index[f.Hash]
			if !ok {
				k = int32(len(keys))
				index[f.Hash] = k
				keys = append(keys, f.Hash)
			}
			vectors[i] = append(vectors[i], k)
		}
	}
	count := map[string]int{}
	for _, e := range examples {
		count[e.Label]++
	}
	weights := make([][]float64, len(labels))
	for y, label := range labels {
		positive := o.Cost * float64(len(examples)) / float64(len(labels)*count[label])
		negative := o.Cost
		if len(labels) == 2 {
			negative = o.Cost * float64(len(examples)) / float64(2*(len(examples)-count[label]))
		}
		sides := make([]bool, len(examples))
		for i, e := range examples {
			sides[i] = e.Label == label
		}
		weights[y] = dual(vectors, sides, len(keys), positive, negative, o)
	}
	return labels, roundRows(keys, weights, o.Rows), nil
}

func chooseLabels(examples []*PairExample) []string {
	var labels []string
	for _, e := range examples {
		labels = append(labels, e.Label)
	}
	slices.Sort(labels)
	return slices.Compact(labels)
}

// dual solves one two-class problem over binary vectors of length one.
func dual(vectors [][]int32, positive []bool, width int, costPos, costNeg float64, o PairOptions) []float64 {
	w := make([]float64, width)
	alpha := make([]float64, len(vectors))
	order := make([]int, len(vectors))
	for i := range order {
		order[i] = i
	}
	rng := rand.New(rand.NewPCG(o.Seed, 11))
	for range o.Epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		worst := 0.0
		for _, i := range order {
			x := vectors[i]
			if len(x) == 0 {
				continue
			}
			value := 1 / math.Sqrt(float64(len(x)))
			side, cost := -1.0, costNeg
			if positive[i] {
				side, cost = 1, costPos
			}
			sum := 0.0
			for _, k := range x {
				sum += w[k]
			}
			diagonal := 1 / (2 * cost)
			gradient := side*sum*value - 1 + diagonal*alpha[i]
			if alpha[i] == 0 && gradient > 0 {
				continue
			}
			worst = max(worst, math.Abs(gradient))
			old := alpha[i]
			alpha[i] = max(old-gradient/(1+diagonal), 0)
			if step := (alpha[i] - old) * side * value; step != 0 {
				for _, k := range x {
					w[k] += step
				}
			}
		}
		if worst < 0.01 {
			break
		}
	}
	return w
}

// roundRows keeps the features with the largest weights and rounds them so that the
// largest of all is 127.
func roundRows(keys []uint32, weights [][]float64, rows int) []pairs.Row {
	size := make([]float64, len(keys))
	largest := 0.0
	for _, w := range weights {
		for k, v := range w {
			size[k] = max(size[k], math.Abs(v))
			largest = max(largest, math.Abs(v))
		}
	}
	order := make([]int, len(keys))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(size[b], size[a]), cmp.Compare(keys[a], keys[b]))
	})
	var out []pairs.Row
	for _, k := range order[:min(rows, len(order))] {
		r := pairs.Row{Feature: keys[k], Weights: make([]int8, len(weights))}
		any := false
		for y, w := range weights {
			r.Weights[y] = int8(math.Round(w[k] / largest * 127))
			any = any || r.Weights[y] != 0
		}
		if any {
			out = append(out, r)
		}
	}
	return out
}

// PairFolds splits examples into n parts by group, each label spread evenly over the
// parts; it returns the part of each example.
func PairFolds(examples []*PairExample, n int, seed uint64) []int {
	type group struct {
		label   string
		members []int
	}
	byName := map[string]int{}
	var groups []group
	for i, e := range examples {
		k, ok := byName[e.Group]
		if !ok {
			k = len(groups)
			byName[e.Group] = k
			groups = append(groups, group{label: e.Label})
		}
		groups[k].members = append(groups[k].members, i)
	}
	rng := rand.New(rand.NewPCG(seed, 13))
	rng.Shuffle(len(groups), func(i, j int) { groups[i], groups[j] = groups[j], groups[i] })
	slices.SortStableFunc(groups, func(a, b group) int {
		return cmp.Or(cmp.Compare(len(b.members), len(a.members)), cmp.Compare(a.label, b.label))
	})
	out := make([]int, len(examples))
	size := make([]int, n)
	have := map[string][]int{}
	for _, g := range groups {
		if have[g.label] == nil {
			have[g.label] = make([]int, n)
		}
		best := 0
		for f := 1; f < n; f++ {
			if cmp.Or(cmp.Compare(have[g.label][f], have[g.label][best]), cmp.Compare(size[f], size[best])) < 0 {
				best = f
			}
		}
		have[g.label][best] += len(g.members)
		size[best] += len(g.members)
		for _, i := range g.members {
			out[i] = best
		}
	}
	return out
}

// CrossValidatePairs learns on all parts but one and answers on that one, for every part,
// with the models as they would be shipped.
func CrossValidatePairs(examples []*PairExample, parts int, o PairOptions) ([]string, error) {
	fold := PairFolds(examples, parts, o.Seed)
	answers := make([]string, len(examples))
	for f := range parts {
		var some []*PairExample
		for i, e := range examples {
			if fold[i] != f {
				some = append(some, e)
			}
		}
		labels, rows, err := Pairs(some, o)
		if err != nil {
			return nil, err
		}
		w := &model.Writer{}
		pairs.Write(w, "x", labels, rows)
		file, err := model.Open(w.Finish())
		if err != nil {
			return nil, err
		}
		m, err := pairs.Open(file, "x")
		if err != nil {
			return nil, err
		}
		for i, e := range examples {
			if fold[i] == f {
				answers[i] = m.Choose(e.Features).Label
			}
		}
	}
	return answers, nil
}
