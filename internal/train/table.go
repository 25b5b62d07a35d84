package train

import (
	"math"
	"sort"

	"letopis/internal/model"
)

// table holds the weights of hashed features while an averaged perceptron
// learns them: width numbers a feature, found by open addressing.
type table struct {
	width int
	keys  []uint32 // 0 is free
	w     []int32
	sum   []int64 // of step·change, for averaging
	n     int
	mask  uint32
}

func newTable(width int) *table {
	t := &table{width: width}
	t.resize(1 << 16)
	return t
}

func (t *table) resize(size int) {
	old := *t
	t.mask = uint32(size - 1)
	t.keys, t.w, t.sum = make([]uint32, size), make([]int32, size*t.width), make([]int64, size*t.width)
	for i, k := range old.keys {
		if k != 0 {
			j := t.slot(k)
			t.keys[j] = k
			copy(t.w[j*t.width:], old.w[i*t.width:(i+1)*t.width])
			copy(t.sum[j*t.width:], old.sum[i*t.width:(i+1)*t.width])
		}
	}
}

// slot returns where key is or would be put; 0 counts as 1.
func (t *table) slot(key uint32) int {
	i := (key * 0x9e3779b1) ^ key>>13
	for {
		i &= t.mask
		if k := t.keys[i]; k == key || k == 0 {
			return int(i)
		}
		i++
	}
}

func (t *table) find(f uint32) int {
	if f == 0 {
		f = 1
	}
	i := t.slot(f)
	if t.keys[i] == 0 {
		return -1
	}
	return i * t.width
}

// update adds d to weight k of feature f at a step.
func (t *table) update(f uint32, k int, d int32, step int64) {
	if f == 0 {
		f = 1
	}
	i := t.slot(f)
	if t.keys[i] == 0 {
		if t.n*10 > len(t.keys)*6 {
			t.resize(len(t.keys) * 2)
			i = t.slot(f)
		}
		t.keys[i] = f
		t.n++
	}
	t.w[i*t.width+k] += d
	t.sum[i*t.width+k] += step * int64(d)
}

// pack quantises the averaged weights to int8 and writes the heaviest features
// into a table of at most 4<<log slots.
func (t *table) pack(steps int64, log uint) []byte {
	type entry struct {
		key uint32
		max float64
		at  int
	}
	avg := func(i int) float64 { return float64(t.w[i]) - float64(t.sum[i])/float64(max(steps, 1)) }
	var list []entry
	for i, k := range t.keys {
		if k == 0 {
			continue
		}
		m := 0.0
		for j := range t.width {
			m = max(m, math.Abs(avg(i*t.width+j)))
		}
		if m > 0 {
			list = append(list, entry{k, m, i * t.width})
		}
	}
	sort.Slice(list, func(i, j int) bool {
		if list[i].max != list[j].max {
			return list[i].max > list[j].max
		}
		return list[i].key < list[j].key
	})
	if len(list) == 0 {
		return model.PackWeights(nil, t.width, 1)
	}
	scale := 127 * 127 / list[0].max
	var out []model.Weighted
	for _, e := range list {
		f := model.Weighted{Feature: e.key}
		zero := true
		for j := range t.width {
			a := avg(e.at + j)
			v := math.Round(math.Copysign(math.Sqrt(math.Abs(a)*scale), a))
			f.W[j] = int8(v)
			zero = zero && v == 0
		}
		if !zero {
			out = append(out, f)
		}
	}
	for log > 1 && len(out) < 2<<log {
		log--
	}
	return model.PackWeights(out, t.width, log)
}
