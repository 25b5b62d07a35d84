package train

import (
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"sort"

	"letopis/internal/nlp"
)

// NamesOptions are the parameters of training a name recogniser.
type NamesOptions struct {
	Epochs  int
	Seed    uint64
	Rate    float64 // of AdaGrad
	L1      float64
	Hide    float64 // share of words whose own letters are hidden
	MinSeen int     // a feature must be seen so often
	Rows    int     // features kept
	Log     io.Writer
}

// DefaultNamesOptions are the options of the shipped models.
var DefaultNamesOptions = NamesOptions{Epochs: 6, Seed: 1, Rate: 0.1, L1: 0.0002, Hide: 0.2, MinSeen: 3, Rows: 84000}

const nL = nlp.NameLabels

// nameSent is a training sentence: row numbers of each word's features.
type nameSent struct {
	feats   [][]int32
	lexical []int
	gold    []int8
	weight  float32
}

type namesTrainer struct {
	o     NamesOptions
	keys  []uint32
	sents []nameSent
	w, g  [][nL]float32 // weights and sums of squared gradients
	tr    [nL + 1][nL]float32
	tg    [nL + 1][nL]float32
	rng   *rand.Rand
}

// NameSet is a share of the training documents and how much it counts.
type NameSet struct {
	Docs   []*NameDoc
	Weight float32
	Skip   func(d *NameDoc, sentence int) bool // sentences that are not learnt from; nil for none
}

// Names trains a recogniser: a conditional random field by stochastic gradients
// (AdaGrad with L1), in float32, in a fixed order, so that a seed gives the same bytes.
func Names(sets []NameSet, lists *nlp.NameLists, o NamesOptions) *nlp.NamesModel {
	t := &namesTrainer{o: o, rng: rand.New(rand.NewPCG(o.Seed, 2))}
	t.load(sets, lists)
	t.w, t.g = make([][nL]float32, len(t.keys)), make([][nL]float32, len(t.keys))
	order := make([]int, len(t.sents))
	for i := range order {
		order[i] = i
	}
	for e := range o.Epochs {
		if e == o.Epochs/2 {
			t.prune()
		}
		t.rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		loss := 0.0
		for _, i := range order {
			loss += t.step(&t.sents[i])
		}
		if o.Log != nil {
			fmt.Fprintf(o.Log, "names epoch %d: loss %.0f, %d sentences, %d features\n", e+1, loss, len(order), len(t.keys))
		}
	}
	return t.model(lists)
}

// load numbers the features that are seen often enough.
func (t *namesTrainer) load(sets []NameSet, lists *nlp.NameLists) {
	count := map[uint32]int32{}
	type raw struct {
		sent nameSent
		keys [][]uint32
	}
	var rs []raw
	var text *nlp.NameText
	for _, set := range sets {
		for _, d := range set.Docs {
			labels := d.Labels()
			text = lists.ReadNames(d.Text, d.Analysis, text)
			at := -1
			text.Sentences(func(from, to int) {
				if at++; set.Skip != nil && set.Skip(d, at) {
					return
				}
				r := raw{sent: nameSent{gold: labels[from:to], weight: set.Weight}}
				for i := from; i < to; i++ {
					f, lex := text.Features(i, from, to, nil)
					for _, k := range f {
						count[k]++
					}
					r.keys = append(r.keys, f)
					r.sent.lexical = append(r.sent.lexical, lex)
				}
				rs = append(rs, r)
			})
		}
	}
	for k, n := range count {
		if int(n) >= t.o.MinSeen {
			t.keys = append(t.keys, k)
		}
	}
	slices.Sort(t.keys)
	id := make(map[uint32]int32, len(t.keys))
	for i, k := range t.keys {
		id[k] = int32(i)
	}
	for _, r := range rs {
		for i, f := range r.keys {
			rows := make([]int32, 0, len(f))
			lex := 0
			for j, k := range f {
				if n, ok := id[k]; ok {
					rows = append(rows, n)
					if j < r.sent.lexical[i] {
						lex++
					}
				}
			}
			r.sent.lexical[i] = lex
			r.sent.feats = append(r.sent.feats, rows)
		}
		t.sents = append(t.sents, r.sent)
	}
}

// allowed tells whether label b may follow a; nL is the sentence's start.
func allowed(a, b int) bool { return b == 0 || b%2 == 1 || a != nL && (a == b || a == b-1) }

// step takes one gradient step on a sentence and returns its loss.
func (t *namesTrainer) step(s *nameSent) float64 {
	n := len(s.feats)
	if n == 0 {
		return 0
	}
	skip := make([]int, n)
	em := make([][nL]float64, n)
	for i := range s.feats {
		if t.rng.Float64() < t.o.Hide {
			skip[i] = s.lexical[i]
		}
		for _, f := range s.feats[i][skip[i]:] {
			for l, x := range t.w[f] {
				em[i][l] += float64(x)
			}
		}
	}
	var tr [nL + 1][nL]float64
	for a := range tr {
		for b := range tr[a] {
			if allowed(a, b) {
				tr[a][b] = math.Exp(float64(t.tr[a][b]))
			}
		}
	}
	gold := 0.0
	alpha, beta, ex := make([][nL]float64, n), make([][nL]float64, n), make([][nL]float64, n)
	scale := make([]float64, n)
	logz := 0.0
	prev := nL
	for i := range em {
		top := slices.Max(em[i][:])
		for l, x := range em[i] {
			ex[i][l] = math.Exp(x - top)
		}
		sum := 0.0
		for b := range nL {
			x := tr[nL][b]
			if i > 0 {
				x = 0
				for a := range nL {
					x += alpha[i-1][a] * tr[a][b]
				}
			}
			alpha[i][b] = x * ex[i][b]
			sum += alpha[i][b]
		}
		for b := range alpha[i] {
			alpha[i][b] /= sum
		}
		scale[i] = sum
		logz += math.Log(sum) + top
		gold += em[i][s.gold[i]] + float64(t.tr[prev][s.gold[i]])
		prev = int(s.gold[i])
	}
	for l := range beta[n-1] {
		beta[n-1][l] = 1
	}
	for i := n - 2; i >= 0; i-- {
		for a := range nL {
			x := 0.0
			for b := range nL {
				x += tr[a][b] * ex[i+1][b] * beta[i+1][b]
			}
			beta[i][a] = x / scale[i+1]
		}
	}
	t.update(s, skip, alpha, beta, ex, scale, &tr)
	return logz - gold
}

func (t *namesTrainer) update(s *nameSent, skip []int, alpha, beta, ex [][nL]float64, scale []float64, tr *[nL + 1][nL]float64) {
	var gt [nL + 1][nL]float64
	prev := nL
	for i := range s.feats {
		var grad [nL]float32
		big := false
		for l := range nL {
			p := alpha[i][l] * beta[i][l]
			if int(s.gold[i]) == l {
				p--
			}
			grad[l] = float32(p) * s.weight
			big = big || p > 0.002 || p < -0.002
		}
		if i == 0 {
			for b := range nL {
				gt[nL][b] += alpha[0][b] * beta[0][b]
			}
		} else if big {
			for a := range nL {
				for b := range nL {
					gt[a][b] += alpha[i-1][a] * tr[a][b] * ex[i][b] * beta[i][b] / scale[i]
				}
			}
		} else {
			gt[prev][s.gold[i]]++
		}
		gt[prev][s.gold[i]]--
		prev = int(s.gold[i])
		if !big {
			continue
		}
		for _, f := range s.feats[i][skip[i]:] {
			w, g := &t.w[f], &t.g[f]
			for l, d := range grad {
				if d > 0.001 || d < -0.001 {
					t.adapt(&w[l], &g[l], d, float32(t.o.L1))
				}
			}
		}
	}
	for a := range gt {
		for b := range gt[a] {
			if gt[a][b] != 0 && allowed(a, b) {
				t.adapt(&t.tr[a][b], &t.tg[a][b], float32(gt[a][b]), 0)
			}
		}
	}
}

// adapt is one step of AdaGrad with L1 on one weight.
func (t *namesTrainer) adapt(w, g *float32, d, l1 float32) {
	*g += d * d
	rate := float32(t.o.Rate) / float32(math.Sqrt(float64(*g)+1e-4))
	x := *w - rate*d
	cut := rate * l1
	switch {
	case x > cut:
		x -= cut
	case x < -cut:
		x += cut
	default:
		x = 0
	}
	*w = x
}

// prune keeps the rows that matter most.
func (t *namesTrainer) prune() {
	if len(t.keys) <= t.o.Rows {
		return
	}
	idx := make([]int, len(t.keys))
	norm := make([]float32, len(t.keys))
	for i := range idx {
		idx[i] = i
		lo, hi := slices.Min(t.w[i][:]), slices.Max(t.w[i][:])
		norm[i] = hi - lo
	}
	sort.Slice(idx, func(a, b int) bool {
		if norm[idx[a]] != norm[idx[b]] {
			return norm[idx[a]] > norm[idx[b]]
		}
		return idx[a] < idx[b]
	})
	idx = idx[:t.o.Rows]
	slices.Sort(idx)
	to := make([]int32, len(t.keys))
	for i := range to {
		to[i] = -1
	}
	keys, w, g := make([]uint32, 0, len(idx)), make([][nL]float32, 0, len(idx)), make([][nL]float32, 0, len(idx))
	for i, x := range idx {
		to[x] = int32(i)
		keys, w, g = append(keys, t.keys[x]), append(w, t.w[x]), append(g, t.g[x])
	}
	t.keys, t.w, t.g = keys, w, g
	for i := range t.sents {
		s := &t.sents[i]
		for k, f := range s.feats {
			out := f[:0]
			lex := 0
			for j, r := range f {
				if to[r] >= 0 {
					out = append(out, to[r])
					if j < s.lexical[k] {
						lex++
					}
				}
			}
			s.feats[k], s.lexical[k] = out, lex
		}
	}
}

// model rounds the weights to integers.
func (t *namesTrainer) model(lists *nlp.NameLists) *nlp.NamesModel {
	m := &nlp.NamesModel{Lists: lists}
	for i, k := range t.keys {
		var row [nL]int8
		any := false
		for l, x := range t.w[i] {
			v := math.Round(float64(x) * nlp.NameScale)
			row[l] = int8(min(max(v, -127), 127))
			any = any || row[l] != 0
		}
		if any {
			m.Keys = append(m.Keys, k)
			m.Weights = append(m.Weights, row[:]...)
		}
	}
	for a := range m.Trans {
		for b := range m.Trans[a] {
			if !allowed(a, b) {
				m.Trans[a][b] = -1 << 20
				continue
			}
			m.Trans[a][b] = int32(math.Round(float64(t.tr[a][b]) * nlp.NameScale))
		}
	}
	return m
}
