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
	d := newDrill(lessons, o)
	order := make([]int, len(lessons))
	for i := range order {
		order[i] = i
	}
	rng := rand.New(rand.NewPCG(o.Seed, 1))
	for range o.Epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, k := range order {
			d.learn(k)
		}
	}
	out := map[uint32]int8{}
	for s, x := range d.w {
		if q := math.Round(float64(x) * linear.Fine); q != 0 {
			out[uint32(s)] = int8(max(-127, min(127, q)))
		}
	}
	return linear.NewTable(out)
}

// drill is lessons laid out to be learnt: the slots of all candidates in a row, those of rare features left out.
type drill struct {
	o      DeedOptions
	count  []int32 // candidates that have a slot
	slots  []uint32
	starts []int   // of each lesson in slots
	ends   [][]int // of each candidate
	right  [][]bool
	weight []float64
	w, g2  []float32 // weights, and the sums of their squared slopes
	prob   []float64
}

func newDrill(lessons []read.Lesson, o DeedOptions) *drill {
	d := &drill{o: o, count: make([]int32, linear.Slots), w: make([]float32, linear.Slots), g2: make([]float32, linear.Slots)}
	for i := range lessons {
		l := &lessons[i]
		for c, hs := range l.Candidates {
			for _, h := range hs {
				d.count[linear.Slot(h, l.Class[c])]++
			}
		}
	}
	for i := range lessons {
		l := &lessons[i]
		d.starts = append(d.starts, len(d.slots))
		var ends []int
		for c, hs := range l.Candidates {
			for _, h := range hs {
				if s := linear.Slot(h, l.Class[c]); int(d.count[s]) >= o.MinN {
					d.slots = append(d.slots, s)
				}
			}
			ends = append(ends, len(d.slots))
		}
		d.ends, d.right = append(d.ends, ends), append(d.right, l.Right)
		d.weight = append(d.weight, l.Weight)
		if l.Weight == 0 {
			d.weight[i] = 1
		}
	}
	return d
}

// learn takes one step of AdaGrad by lesson k. The penalty falls on a feature when it is met, in the share of the
// cases that have it.
func (d *drill) learn(k int) {
	d.prob = d.prob[:0]
	first := d.starts[k]
	for _, end := range d.ends[k] {
		var s float64
		for _, f := range d.slots[first:end] {
			s += float64(d.w[f])
		}
		d.prob = append(d.prob, s)
		first = end
	}
	slopes(d.prob, d.right[k])
	first = d.starts[k]
	for c, end := range d.ends[k] {
		if slope := d.prob[c] * d.weight[k]; math.Abs(slope) >= 1e-4 {
			d.step(d.slots[first:end], float32(slope))
		}
		first = end
	}
}

func (d *drill) step(slots []uint32, slope float32) {
	for _, f := range slots {
		g := slope + float32(d.o.L2)/float32(d.count[f])*d.w[f]
		d.g2[f] += g * g
		d.w[f] -= float32(d.o.Rate) * g / (1e-3 + float32(math.Sqrt(float64(d.g2[f]))))
	}
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
