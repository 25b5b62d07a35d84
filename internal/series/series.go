// Package series counts what two sides did to each other over time: periods, those that
// stand out, and a matrix of who acts on whom, with their pictures for a terminal, as SVG and as
// CSV. It counts origins, and only what happened: the same entries give the same bytes.
package series

import (
	"encoding/csv"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"time"

	"letopis"
	"letopis/internal/onto"
)

// A Period is one month, or one week from its Monday, of a series. What it counts
// is origins: an event that three agencies tell counts three, however many
// newspapers print them.
type Period struct {
	First   string // day
	Quads   [5]int // by letopis.Quad; 0 is not used
	Entries int    // events
	Sum     int    // of the intensities, in tenths, times the origins
	Of      []*letopis.Entry
}

// Total is all origins of the period.
func (p *Period) Total() int { return p.Quads[1] + p.Quads[2] + p.Quads[3] + p.Quads[4] }

// Intensity is the mean of the events on Goldstein's scale (-10 conflict to 10
// cooperation), in tenths; ok is false where there is none.
func (p *Period) Intensity() (tenths int, ok bool) {
	n := p.Total()
	if n == 0 {
		return 0, false
	}
	if p.Sum < 0 {
		return -((-p.Sum + n/2) / n), true
	}
	return (p.Sum + n/2) / n, true
}

// Series is what two sides did to each other, period by period, without gaps.
type Series struct {
	Weekly  bool
	Periods []Period
	Undated int // events that no period can hold: their time is unknown, or longer than it
}

// New counts events by the day on which they begin. Statements, and what did not happen
// or not yet, are no events; o gives each category its value on Goldstein's scale.
// weekly makes weeks of the periods.
func New(entries []*letopis.Entry, o *onto.Ontology, weekly bool) *Series {
	s := &Series{Weekly: weekly}
	by := map[string]*Period{}
	for _, e := range entries {
		if !happened(e) {
			continue
		}
		first, last := e.Days()
		key, end := s.period(first), s.period(last)
		if key == "" || key != end {
			s.Undated++
			continue
		}
		p := by[key]
		if p == nil {
			p = &Period{First: key}
			by[key] = p
		}
		p.Quads[e.Code.Quad()] += e.Origins
		p.Sum += e.Origins * intensity(o, e.Code)
		p.Entries++
		p.Of = append(p.Of, e)
	}
	keys := slices.Sorted(maps.Keys(by))
	const most = 10000 // periods; a year of fantasy must not make a giant
	for i, key := range keys {
		for at := key; i > 0 && len(s.Periods) < most; {
			// The empty ones since the one before.
			at = s.next(s.Periods[len(s.Periods)-1].First)
			if at >= key {
				break
			}
			s.Periods = append(s.Periods, Period{First: at})
		}
		s.Periods = append(s.Periods, *by[key])
	}
	return s
}

// happened reports whether an entry is an event that took place.
func happened(e *letopis.Entry) bool {
	return e.Code.Quad() != 0 && (e.Modality == "" || e.Modality == letopis.Actual)
}

// intensity is the value of a category on Goldstein's scale, in tenths.
func intensity(o *onto.Ontology, c letopis.Code) int {
	k, _ := o.Category(c)
	return int(math.Round(k.Goldstein * 10))
}

// period is the first day of the period in which a day lies.
func (s *Series) period(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return ""
	}
	if s.Weekly {
		t = t.AddDate(0, 0, -(int(t.Weekday())+6)%7)
	} else {
		t = t.AddDate(0, 0, 1-t.Day())
	}
	return t.Format(time.DateOnly)
}

func (s *Series) next(day string) string {
	t, _ := time.Parse(time.DateOnly, day) // we formatted it
	if s.Weekly {
		t = t.AddDate(0, 0, 7)
	} else {
		t = t.AddDate(0, 1, 0)
	}
	return t.Format(time.DateOnly)
}

// Name is how a period is called: 2020-12, or the day of a week's Monday.
func (s *Series) Name(p *Period) string {
	if s.Weekly {
		return p.First
	}
	return p.First[:7]
}

func tenths(n int) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	return fmt.Sprintf("%s%d.%d", sign, n/10, n%10)
}

// CSV writes a row a period.
func (s *Series) CSV(w io.Writer) error {
	c := csv.NewWriter(w)
	first := "month"
	if s.Weekly {
		first = "week"
	}
	if err := c.Write([]string{first, "verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict", "entries", "intensity"}); err != nil {
		return err
	}
	for i := range s.Periods {
		p := &s.Periods[i]
		row := []string{s.Name(p)}
		for _, q := range p.Quads[1:] {
			row = append(row, strconv.Itoa(q))
		}
		row = append(row, strconv.Itoa(p.Entries), "")
		if n, ok := p.Intensity(); ok {
			row[len(row)-1] = tenths(n)
		}
		if err := c.Write(row); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}
