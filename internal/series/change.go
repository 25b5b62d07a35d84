package series

import (
	"cmp"
	"slices"

	"letopis"
)

// A Change is a period that stands out from those before it.
type Change struct {
	*Period
	Conflict bool // the conflict stands out, not the cooperation
	Count    int  // of it
	Usual    int  // median of the periods before
}

// What standing out takes: enough periods to know what is usual, enough origins to
// be more than one story, and a count far above the median by the median deviation.
const (
	changeWindow = 12
	changeLeast  = 3
	changeOver   = 3
)

// Changes returns the periods in which conflict or cooperation stands out from the
// twelve before, in order of time. A period counts as empty before the first.
func (s *Series) Changes() []Change {
	var all []Change
	for i := range s.Periods {
		for _, conflict := range []bool{false, true} {
			var before []int
			for j := i - changeWindow; j < i; j++ {
				if j < 0 {
					before = append(before, 0)
				} else {
					before = append(before, s.Periods[j].side(conflict))
				}
			}
			usual := median(before)
			var off []int
			for _, n := range before {
				off = append(off, max(n-usual, usual-n))
			}
			n := s.Periods[i].side(conflict)
			if n >= changeLeast && n > usual+changeOver*max(1, median(off)) {
				all = append(all, Change{&s.Periods[i], conflict, n, usual})
			}
		}
	}
	return all
}

func (p *Period) side(conflict bool) int {
	if conflict {
		return p.Quads[3] + p.Quads[4]
	}
	return p.Quads[1] + p.Quads[2]
}

func median(n []int) int {
	n = slices.Sorted(slices.Values(n))
	return n[len(n)/2]
}

// Behind returns the entries that make the change, those of most origins first.
func (c *Change) Behind() []*letopis.Entry {
	all := slices.DeleteFunc(slices.Clone(c.Of), func(e *letopis.Entry) bool { return (e.Code.Quad() > 2) != c.Conflict })
	slices.SortStableFunc(all, func(a, b *letopis.Entry) int { return cmp.Compare(b.Origins, a.Origins) })
	return all
}
