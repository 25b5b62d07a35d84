package score

import (
	"math"
	"testing"
)

func TestOverlaps(t *testing.T) {
	at := func(a, b int) Place {
		var p Place
		p.Start, p.End, p.OK = a, b, true
		return p
	}
	var o Overlaps
	o.Add([]Place{at(0, 10), at(20, 30), at(40, 50)}, []Place{at(0, 10), at(25, 35), {}})
	f := o.Figures("content")
	// Covered: 1 + 0.5 + 0 of three; inside: 1 + 0.5 of two.
	if math.Abs(f[0].P-0.75) > 1e-9 || math.Abs(f[0].R-0.5) > 1e-9 || math.Abs(f[0].F1-0.6) > 1e-9 {
		t.Errorf("overlap: P %v R %v F1 %v", f[0].P, f[0].R, f[0].F1)
	}
	if math.Abs(f[1].P-0.5) > 1e-9 || math.Abs(f[1].R-1.0/3) > 1e-9 {
		t.Errorf("exact: P %v R %v", f[1].P, f[1].R)
	}
}
