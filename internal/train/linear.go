package train

import (
	"math"
	"math/rand/v2"
	"slices"

	"letopis/internal/linear"
)

// Choice is a case to learn from: the features of each candidate, and which of
// them are right. A case with one candidate is a question of yes or no.
type Choice struct {
	Candidates [][]string
	Right      []bool
	Group      string  // cases of one group are never on both sides of a cross-validation
	Weight     float64 // 0 for 1
}

// LinearOptions are the parameters of [Linear].
type LinearOptions struct {
	Epochs int     // passes over the cases; 0 for 40
	Rate   float64 // of AdaGrad; 0 for 0.3
	L2     float64 // penalty of a squared weight, shared over the cases; 0 for 1
	MinN   int     // features of fewer candidates are left out; 0 for 2
	Seed   uint64
}

// Linear learns the weights of features: by logistic regression where the cases
// have one candidate, by the conditional logit (McFadden 1974) where they have
// several, of which one or more are right. It is learnt by AdaGrad (Duchi et al.
// 2011) in an order that the seed gives, then rounded to 1/linear.Scale. Cases of
// several candidates of which none or all are right teach nothing and are left out.
func Linear(cases []Choice, o LinearOptions) *linear.Model {
	if o.Epochs == 0 {
		o.Epochs = 40
	}
	if o.Rate == 0 {
		o.Rate = 0.3
	}
	if o.L2 == 0 {
		o.L2 = 1
	}
	if o.MinN == 0 {
		o.MinN = 2
	}
	count := map[string]int{}
	for _, c := range cases {
		for _, fs := range c.Candidates {
			for _, f := range fs {
				count[f]++
			}
		}
	}
	index := map[string]int{}
	var names []string
	type packed struct {
		cands  [][]int32
		right  []bool
		weight float64
	}
	var data []packed
	for _, c := range cases {
		if len(c.Candidates) != 1 && (!slices.Contains(c.Right, true) || !slices.Contains(c.Right, false)) {
			continue
		}
		p := packed{right: c.Right, weight: c.Weight}
		if p.weight == 0 {
			p.weight = 1
		}
		for _, fs := range c.Candidates {
			var ids []int32
			for _, f := range fs {
				if count[f] < o.MinN {
					continue
				}
				k, ok := index[f]
				if !ok {
					k = len(names)
					index[f] = k
					names = append(names, f)
				}
				ids = append(ids, int32(k))
			}
			p.cands = append(p.cands, ids)
		}
		data = append(data, p)
	}
	w, g2 := make([]float64, len(names)), make([]float64, len(names))
	order := make([]int, len(data))
	for i := range order {
		order[i] = i
	}
	// The penalty falls on a feature when it is met, in the share of the cases that have it.
	decay := make([]float64, len(names))
	for i, f := range names {
		decay[i] = o.L2 / float64(count[f])
	}
	rng := rand.New(rand.NewPCG(o.Seed, 1))
	for range o.Epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, k := range order {
			p := &data[k]
			n := len(p.cands)
			prob := make([]float64, n)
			top := math.Inf(-1)
			for i, c := range p.cands {
				for _, f := range c {
					prob[i] += w[f]
				}
				top = max(top, prob[i])
			}
			want := make([]float64, n)
			if n == 1 {
				prob[0] = 1 / (1 + math.Exp(-prob[0]))
				if p.right[0] {
					want[0] = 1
				}
			} else {
				var all, good float64
				for i := range prob {
					prob[i] = math.Exp(prob[i] - top)
					all += prob[i]
					if p.right[i] {
						good += prob[i]
					}
				}
				for i := range prob {
					if p.right[i] {
						want[i] = prob[i] / good
					}
					prob[i] /= all
				}
			}
			for i, c := range p.cands {
				d := (prob[i] - want[i]) * p.weight
				for _, f := range c {
					g := d + decay[f]*w[f]
					g2[f] += g * g
					w[f] -= o.Rate * g / (1e-3 + math.Sqrt(g2[f]))
				}
			}
		}
	}
	out := map[string]int32{}
	for i, f := range names {
		out[f] = int32(math.Round(w[i] * linear.Scale))
	}
	return linear.New(out)
}
