package model

import "sort"

// Hash is the 32-bit FNV-1a hash of s continued from seed, finished so that the
// high bits are as good as the low ones: the tables search by interpolation.
func Hash(seed uint32, s string) uint32 {
	h := seed ^ 2166136261
	for i := 0; i < len(s); i++ {
		h ^= uint32(s[i])
		h *= 16777619
	}
	return Mix(h)
}

// Mix spreads the bits of a hash (the finaliser of MurmurHash3).
func Mix(h uint32) uint32 {
	h ^= h >> 16
	h *= 0x85ebca6b
	h ^= h >> 13
	h *= 0xc2b2ae35
	return h ^ h>>16
}

// Find returns the index of key in sorted keys, or -1. The keys are hashes and so
// evenly spread: interpolation finds them in a few steps.
func Find(keys []uint32, key uint32) int {
	lo, hi := 0, len(keys)-1
	for n := 0; lo <= hi; n++ {
		a, b := keys[lo], keys[hi]
		if key < a || key > b {
			return -1
		}
		m := lo
		if b > a {
			if n < 6 {
				m = lo + int(uint64(key-a)*uint64(hi-lo)/uint64(b-a))
			} else {
				m = (lo + hi) / 2
			}
		}
		switch k := keys[m]; {
		case k == key:
			return m
		case k < key:
			lo = m + 1
		default:
			hi = m - 1
		}
	}
	return -1
}

// Linear is a sparse linear model: for each feature hash a row of (label, weight).
type Linear struct {
	Labels []string
	keys   []uint32
	start  []uint32 // of the row, one more than keys
	label  []uint16
	weight []int16
}

// Cell is one weight of a feature row.
type Cell struct {
	Label  uint16
	Weight int16
}

// WriteLinear adds the sections of a linear model under a prefix of one byte.
// Rows come in any order; equal features must come once.
func WriteLinear(w *Writer, prefix string, labels []string, rows map[uint32][]Cell) {
	keys := make([]uint32, 0, len(rows))
	for k := range rows {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool { return keys[i] < keys[j] })
	var start []uint32
	var label, weight []uint16
	for _, k := range keys {
		start = append(start, uint32(len(label)))
		row := rows[k]
		sort.Slice(row, func(i, j int) bool { return row[i].Label < row[j].Label })
		for _, c := range row {
			label = append(label, c.Label)
			weight = append(weight, uint16(c.Weight))
		}
	}
	start = append(start, uint32(len(label)))
	w.Strings(prefix+"labels", labels)
	w.Uint32s(prefix+"keys", keys)
	w.Uint32s(prefix+"start", start)
	w.Uint16s(prefix+"label", label)
	w.Uint16s(prefix+"weight", weight)
}

// OpenLinear reads a linear model; ok is false if its sections are absent or do not fit together.
func OpenLinear(f *File, prefix string) (m *Linear, ok bool) {
	labels, err := f.Strings(prefix + "labels")
	if err != nil || len(labels) == 0 {
		return nil, false
	}
	m = &Linear{Labels: labels, keys: f.Uint32s(prefix + "keys"), start: f.Uint32s(prefix + "start"), label: f.Uint16s(prefix + "label")}
	for _, w := range f.Uint16s(prefix + "weight") {
		m.weight = append(m.weight, int16(w))
	}
	if len(m.start) != len(m.keys)+1 || len(m.label) != len(m.weight) {
		return nil, false
	}
	for i := 1; i < len(m.start); i++ {
		if m.start[i] < m.start[i-1] || int(m.start[i]) > len(m.label) {
			return nil, false
		}
	}
	for _, l := range m.label {
		if int(l) >= len(labels) {
			return nil, false
		}
	}
	return m, true
}

// Add adds the weights of a feature to scores, which has one number a label.
func (m *Linear) Add(feature uint32, scores []int32) {
	i := Find(m.keys, feature)
	if i < 0 {
		return
	}
	for k := m.start[i]; k < m.start[i+1]; k++ {
		scores[m.label[k]] += int32(m.weight[k])
	}
}
