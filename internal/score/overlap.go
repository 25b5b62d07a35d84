package score

// Overlaps measures how far spans cover each other, as attribution of quotations
// is measured (Johansson and Moschitti 2013; Pareti 2015, and after them Citron):
// recall is the mean share of a gold span that found spans cover, precision the
// mean share of a found span that gold spans cover. Exact counts equal spans.
// The zero value is ready to use.
type Overlaps struct {
	gold, found     int
	covered, inside float64
	exact           int
}

// Add adds the spans of one article. Those without a place are left out.
func (o *Overlaps) Add(gold, found []Place) {
	gold, found = placed(gold), placed(found)
	o.gold += len(gold)
	o.found += len(found)
	used := make([]bool, len(gold))
	for _, f := range found {
		o.inside += share(f, gold)
		for i, g := range gold {
			if !used[i] && g.Start == f.Start && g.End == f.End {
				used[i] = true
				o.exact++
				break
			}
		}
	}
	for _, g := range gold {
		o.covered += share(g, found)
	}
}

func placed(all []Place) []Place {
	var out []Place
	for _, p := range all {
		if p.OK && p.End > p.Start {
			out = append(out, p)
		}
	}
	return out
}

// share is how much of p the others cover together, 0 to 1.
func share(p Place, others []Place) float64 {
	in := make([]bool, p.End-p.Start)
	for _, o := range others {
		for i := max(o.Start, p.Start); i < min(o.End, p.End); i++ {
			in[i-p.Start] = true
		}
	}
	n := 0
	for _, x := range in {
		if x {
			n++
		}
	}
	return float64(n) / float64(len(in))
}

// Figures are the overlap and the exact F1, under the name and ".overlap" and ".exact".
func (o *Overlaps) Figures(name string) []Figure {
	figure := func(metric string, tpFound, tpGold float64) Figure {
		f := Figure{Metric: metric, N: o.gold, undefP: o.found == 0, undefR: o.gold == 0}
		if o.found > 0 {
			f.P = tpFound / float64(o.found)
		}
		if o.gold > 0 {
			f.R = tpGold / float64(o.gold)
		}
		if f.P+f.R > 0 {
			f.F1 = 2 * f.P * f.R / (f.P + f.R)
		}
		return f
	}
	return []Figure{figure(name+".overlap", o.inside, o.covered), figure(name+".exact", float64(o.exact), float64(o.exact))}
}
