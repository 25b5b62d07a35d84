// Package linear is the small learned chooser behind the rules: named sparse
// features with integer weights, kept as text so that a person can read what
// was learnt and an explanation can name what decided. Sums are integers, so
// every machine decides alike.
package linear

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"letopis/internal/tsv"
)

// Scale is the weight of one unit of log-odds: a sum of Scale means odds of e to 1.
const Scale = 64

// Model is the weights of features by name. A nil Model knows no feature.
// It is safe for concurrent use as long as nobody changes it.
type Model struct {
	weights map[string]int32
}

// New makes a model of the weights, which are in units of 1/[Scale]; zeros are left out.
func New(weights map[string]int32) *Model {
	m := &Model{weights: make(map[string]int32, len(weights))}
	for k, w := range weights {
		if w != 0 {
			m.weights[k] = w
		}
	}
	return m
}

// Read reads a file of weights: a feature and its integer weight a line, with a tab
// between; # opens a comment line. name is the file's, for errors.
func Read(r io.Reader, name string) (*Model, error) {
	text, err := io.ReadAll(io.LimitReader(r, tsv.MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	m := &Model{weights: map[string]int32{}}
	err = tsv.Parse(name, string(text), tsv.Fields("feature", "weight"), func(r tsv.Row) error {
		w, err := strconv.ParseInt(r.Field(1), 10, 32)
		if err != nil {
			return r.Errorf(1, "weight %.20q is no integer of 32 bits", r.Field(1))
		}
		if _, twice := m.weights[r.Field(0)]; twice {
			return r.Errorf(0, "feature %.60q stands twice", r.Field(0))
		}
		m.weights[r.Field(0)] = int32(w)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return m, nil
}

// Write writes the weights by name, after a comment line for each line of head.
func (m *Model) Write(w io.Writer, head string) error {
	b := bufio.NewWriter(w)
	for l := range strings.Lines(strings.TrimSpace(head)) {
		b.WriteString("# " + strings.TrimSuffix(l, "\n") + "\n")
	}
	for _, k := range slices.Sorted(maps.Keys(m.weights)) {
		b.WriteString(k + "\t" + strconv.Itoa(int(m.weights[k])) + "\n")
	}
	return b.Flush()
}

// Len returns the number of weights.
func (m *Model) Len() int {
	if m == nil {
		return 0
	}
	return len(m.weights)
}

// Score returns the sum of the weights of the features of v.
func (m *Model) Score(v *Vec) int32 {
	if m == nil {
		return 0
	}
	var sum int32
	first := 0
	for _, end := range v.ends {
		sum += m.weights[string(v.buf[first:end])]
		first = end
	}
	return sum
}

// Deciding returns at most n features of v that weigh most, as "feature weight",
// the heaviest first.
func (m *Model) Deciding(v *Vec, n int) []string {
	if m == nil {
		return nil
	}
	type weighed struct {
		name string
		w    int32
	}
	var all []weighed
	for _, f := range v.Names() {
		if w := m.weights[f]; w != 0 {
			all = append(all, weighed{f, w})
		}
	}
	slices.SortStableFunc(all, func(a, b weighed) int { return int(max(b.w, -b.w)) - int(max(a.w, -a.w)) })
	var out []string
	for _, f := range all[:min(n, len(all))] {
		out = append(out, fmt.Sprintf("%s %+d", f.name, f.w))
	}
	return out
}

// Vec is the features of one case, in one buffer so that making them allocates
// nothing once it has grown. The zero Vec is empty and ready.
type Vec struct {
	buf  []byte
	ends []int
}

// Reset empties v.
func (v *Vec) Reset() { v.buf, v.ends = v.buf[:0], v.ends[:0] }

// Add adds the feature whose name is the parts in a row.
func (v *Vec) Add(parts ...string) {
	for _, p := range parts {
		v.buf = append(v.buf, p...)
	}
	v.ends = append(v.ends, len(v.buf))
}

// Num adds the feature name with a number after it, at most limit.
func (v *Vec) Num(name string, n, limit int) {
	v.buf = strconv.AppendInt(append(v.buf, name...), int64(min(n, limit)), 10)
	v.ends = append(v.ends, len(v.buf))
}

// Names returns the features of v, in order.
func (v *Vec) Names() []string {
	out := make([]string, 0, len(v.ends))
	first := 0
	for _, end := range v.ends {
		out = append(out, string(v.buf[first:end]))
		first = end
	}
	return out
}

// Weights returns a copy of the weights by feature.
func (m *Model) Weights() map[string]int32 { return maps.Clone(m.weights) }
