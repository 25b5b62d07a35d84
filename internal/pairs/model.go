package pairs

import (
	"errors"
	"fmt"
	"slices"

	"letopis/internal/model"
)

// Model chooses between labels by the sum of the weights of a pair's features. It is
// safe for concurrent use.
type Model struct {
	labels []string
	keys   []uint32
	weight []byte // int8, a row of len(labels) for each key
}

// Row is the weights of one feature, one number a label.
type Row struct {
	Feature uint32
	Weights []int8
}

// Write adds a model to w under a prefix of at most four bytes. Rows come in any order, a feature once.
func Write(w *model.Writer, prefix string, labels []string, rows []Row) {
	rows = slices.Clone(rows)
	slices.SortFunc(rows, func(a, b Row) int {
		switch {
		case a.Feature < b.Feature:
			return -1
		case a.Feature > b.Feature:
			return 1
		}
		return 0
	})
	keys := make([]uint32, len(rows))
	weight := make([]byte, 0, len(rows)*len(labels))
	for i, r := range rows {
		keys[i] = r.Feature
		for _, v := range r.Weights {
			weight = append(weight, byte(v))
		}
	}
	w.Strings(prefix+".lab", labels)
	w.Uint32s(prefix+".key", keys)
	w.Bytes(prefix+".wgt", weight)
}

// Open reads the model of a prefix.
func Open(f *model.File, prefix string) (*Model, error) {
	labels, err := f.Strings(prefix + ".lab")
	if err != nil {
		return nil, fmt.Errorf("labels of %s: %w", prefix, err)
	}
	m := &Model{labels: labels, keys: f.Uint32s(prefix + ".key"), weight: f.Section(prefix + ".wgt")}
	if len(labels) < 2 || len(m.weight) != len(m.keys)*len(labels) || !slices.IsSorted(m.keys) {
		return nil, errors.New("the parts of " + prefix + " do not fit together")
	}
	return m, nil
}

// Choice is what a model says of a pair.
type Choice struct {
	Label string
	// Lead is by how much the label leads the next one, in per cent of the sum of
	// the absolute weights for it, 0 to 100.
	Lead int
	Why  []Reason // the features that speak most for the label, strongest first
}

// Reason is a feature and what it adds to the label.
type Reason struct {
	Feature Feature
	Weight  int
}

// maxReasons is how many reasons a choice keeps.
const maxReasons = 5

// Choose returns the label with the highest sum, the first in the model's order of equals.
func (m *Model) Choose(features []Feature) Choice {
	sum := make([]int, len(m.labels))
	rows := make([]int, len(features))
	for i, f := range features {
		k := model.Find(m.keys, f.Hash)
		rows[i] = k
		if k < 0 {
			continue
		}
		for y, w := range m.row(k) {
			sum[y] += int(int8(w))
		}
	}
	best := 0
	for y, s := range sum {
		if s > sum[best] {
			best = y
		}
	}
	next := -1 << 30
	for y, s := range sum {
		if y != best {
			next = max(next, s)
		}
	}
	c := Choice{Label: m.labels[best]}
	total := 0
	for i, k := range rows {
		if k < 0 {
			continue
		}
		w := int(int8(m.row(k)[best]))
		total += max(w, -w)
		if w > 0 {
			c.Why = append(c.Why, Reason{features[i], w})
		}
	}
	slices.SortStableFunc(c.Why, func(a, b Reason) int { return b.Weight - a.Weight })
	c.Why = slices.Clip(c.Why[:min(len(c.Why), maxReasons)])
	if total > 0 {
		c.Lead = min(100*(sum[best]-next)/total, 100)
	}
	return c
}

func (m *Model) row(k int) []byte { return m.weight[k*len(m.labels) : (k+1)*len(m.labels)] }

// Labels returns the labels in the model's order.
func (m *Model) Labels() []string { return slices.Clone(m.labels) }
