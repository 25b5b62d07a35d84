package train

import (
	"context"
	"math"
	"math/rand/v2"

	"letopis/internal/linear"
	"letopis/internal/read"
)

// Lessons are the questions of one article to the learnt reader of events, with the gold's answers.
func Lessons(ctx context.Context, r *read.Reader, a GoldArticle) ([]read.Lesson, error) {
	doc := a.Doc
	taught := make([]read.Taught, len(a.Events))
	for i, g := range a.Events {
		taught[i] = read.Taught{Code: g.Code, Trigger: g.Trigger, Again: g.Again, Source: g.SourceWords, Target: g.TargetWords}
	}
	return r.Lessons(ctx, &doc, taught)
}

// DeedOptions are the parameters of [Deeds].
type DeedOptions struct {
	Epochs int     // passes over the lessons
	Rate   float64 // of AdaGrad
	L2     float64 // penalty of a squared weight, shared over the cases that have the feature
	MinN   int     // features of fewer candidates are left out
	Seed   uint64
}

// DefaultDeedOptions were chosen by the folds of the gold.
var DefaultDeedOptions = DeedOptions{Epochs: 12, Rate: 0.15, L2: 1.5, MinN: 2, Seed: 1}

// Deeds learns the weights of the learnt reader of events, as [Linear] does those of named features: by
// logistic regression where a lesson has one candidate, by the conditional logit where it has several,
// rounded to 1/linear.Fine.
func Deeds(lessons []read.Lesson, o DeedOptions) *linear.Table {
	count := make([]int32, linear.Slots)
	total := 0
	for i := range lessons {
		l := &lessons[i]
		for c, hs := range l.Candidates {
			total += len(hs)
			for _, h := range hs {
				count[linear.Slot(h, l.Class[c])]++
			}
		}
	}
	// Slots of each candidate, those of rare features left out.
	slots := make([]uint32, 0, total)
	type packed struct {
		ends   []int
		right  []bool
		weight float64
	}
	data := make([]packed, 0, len(lessons))
	starts := make([]int, 0, len(lessons))
	for i := range lessons {
		l := &lessons[i]
		p := packed{right: l.Right, weight: l.Weight}
		if p.weight == 0 {
			p.weight = 1
		}
		starts = append(starts, len(slots))
		for c, hs := range l.Candidates {
			for _, h := range hs {
				if s := linear.Slot(h, l.Class[c]); int(count[s]) >= o.MinN {
					slots = append(slots, s)
				}
			}
			p.ends = append(p.ends, len(slots))
		}
		data = append(data, p)
	}
	w, g2 := make([]float32, linear.Slots), make([]float32, linear.Slots)
	order := make([]int, len(data))
	for i := range order {
		order[i] = i
	}
	rng := rand.New(rand.NewPCG(o.Seed, 1))
	var prob []float64
	for range o.Epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, k := range order {
			p := &data[k]
			prob = prob[:0]
			first := starts[k]
			for _, end := range p.ends {
				var s float64
				for _, f := range slots[first:end] {
					s += float64(w[f])
				}
				prob = append(prob, s)
				first = end
			}
			slopes(prob, p.right)
			first = starts[k]
			for c, end := range p.ends {
				d := prob[c] * p.weight
				if math.Abs(d) < 1e-4 {
					first = end
					continue
				}
				for _, f := range slots[first:end] {
					g := float32(d) + float32(o.L2)/float32(count[f])*w[f]
					g2[f] += g * g
					w[f] -= float32(o.Rate) * g / (1e-3 + float32(math.Sqrt(float64(g2[f]))))
				}
				first = end
			}
		}
	}
	out := map[uint32]int8{}
	for s, x := range w {
		if q := math.Round(float64(x) * linear.Fine); q != 0 {
			out[uint32(s)] = int8(max(-127, min(127, q)))
		}
	}
	return linear.NewTable(out)
}

// slopes turns scores of candidates into how far their probabilities are above what is right.
func slopes(prob []float64, right []bool) {
	if len(prob) == 1 {
		prob[0] = 1 / (1 + math.Exp(-prob[0]))
		if right[0] {
			prob[0]--
		}
		return
	}
	top := math.Inf(-1)
	for _, s := range prob {
		top = max(top, s)
	}
	var all, good float64
	for i := range prob {
		prob[i] = math.Exp(prob[i] - top)
		all += prob[i]
		if right[i] {
			good += prob[i]
		}
	}
	for i := range prob {
		x := prob[i] / all
		if right[i] {
			x -= prob[i] / good
		}
		prob[i] = x
	}
}
