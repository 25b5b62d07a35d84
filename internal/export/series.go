package export

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"html"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"letopis"
	"letopis/internal/locale"
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

// NewSeries counts events by the day on which they begin. Statements, and what
// did not happen or not yet, are no events; values gives each code its intensity in
// tenths. weekly makes weeks of the periods.
func NewSeries(entries []*letopis.Entry, values map[letopis.Code]int, weekly bool) *Series {
	s := &Series{Weekly: weekly}
	by := map[string]*Period{}
	for _, e := range entries {
		if e.Code.Quad() == 0 || e.Modality != "" && e.Modality != letopis.Actual {
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
		p.Sum += e.Origins * values[e.Code]
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

// quadKeys are the texts of the classes in the locales, by class.
var quadKeys = [5]string{"", "quad.vc", "quad.mc", "quad.vk", "quad.mk"}

// quadMarks draw the classes on a terminal, cooperation full and conflict shaded.
var quadMarks = [5]string{"", "█", "▓", "▒", "░"}

// Plot draws the series for a terminal of a width.
func (s *Series) Plot(w io.Writer, l locale.Texts, title string, width int) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n\n", Visible(title), l.T("series.unit"))
	for q := 1; q <= 4; q++ {
		fmt.Fprintf(&b, "  %s %s", quadMarks[q], l.T(quadKeys[q]))
	}
	b.WriteString("\n\n")
	most := 1
	for i := range s.Periods {
		most = max(most, s.Periods[i].Total())
	}
	room := max(width-30, 10)
	for i := range s.Periods {
		p := &s.Periods[i]
		fmt.Fprintf(&b, "%-10s ", s.Name(p))
		drawn := 0
		if total := p.Total(); total > 0 {
			// The ends of the parts are rounded, not the parts, so that they add up.
			end, sum := max(1, (total*room+most/2)/most), 0
			for q := 1; q <= 4; q++ {
				sum += p.Quads[q]
				to := (sum*end + total/2) / total
				b.WriteString(strings.Repeat(quadMarks[q], to-drawn))
				drawn = to
			}
			n, _ := p.Intensity()
			fmt.Fprintf(&b, "%s %4d  %5s", strings.Repeat(" ", room-drawn), total, signed(n))
		}
		b.WriteString("\n")
	}
	if s.Undated > 0 {
		fmt.Fprintf(&b, "\n"+l.T("series.undated")+"\n", s.Undated)
	}
	text := ""
	for line := range strings.Lines(b.String()) {
		text += strings.TrimRight(line, " \n") + "\n"
	}
	_, err := io.WriteString(w, text)
	return err
}

func signed(n int) string {
	if n > 0 {
		return "+" + tenths(n)
	}
	return tenths(n)
}

// quadColors stay apart for the colour-blind (Okabe and Ito 2008).
var quadColors = [5]string{"", "#56b4e9", "#0072b2", "#e69f00", "#d55e00"}

// SVG draws the series: cooperation upwards, conflict downwards, and the mean
// intensity as a line.
func (s *Series) SVG(w io.Writer, l locale.Texts, title string) error {
	const (
		left, right, top, bottom = 56, 56, 96, 64
		height                   = 300
	)
	n := max(len(s.Periods), 1)
	step := min(max(640/n, 6), 64)
	plot := max(n*step, 640)
	step10 := plot * 10 / n // tenths of a pixel, so that the bars fill the width
	up, down := 1, 1
	for i := range s.Periods {
		q := &s.Periods[i].Quads
		up, down = max(up, q[1]+q[2]), max(down, q[3]+q[4])
	}
	unit := float64(height) / float64(up+down)
	zero := float64(top) + unit*float64(up)
	x := func(i int) float64 { return left + float64(i*step10)/10 }
	var b strings.Builder
	width, high := left+plot+right, top+height+bottom
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" font-family="sans-serif" font-size="12" role="img">`+"\n", width, high, width, high)
	fmt.Fprintf(&b, "<title>%s</title>\n<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n", html.EscapeString(Visible(title)))
	fmt.Fprintf(&b, "<text x=\"%d\" y=\"24\" font-size=\"16\" font-weight=\"bold\">%s</text>\n<text x=\"%d\" y=\"42\" fill=\"#555\">%s</text>\n", left, html.EscapeString(Visible(title)), left, html.EscapeString(l.T("series.unit")))
	for q := 1; q <= 4; q++ {
		lx, ly := left+(q-1)%2*plot/2, 62+(q-1)/2*18
		fmt.Fprintf(&b, "<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" fill=\"%s\"/><text x=\"%d\" y=\"%d\">%s</text>\n", lx, ly-10, quadColors[q], lx+18, ly, html.EscapeString(l.T(quadKeys[q])))
	}
	// Axis of counts, with round steps.
	tick := 1
	for _, t := range []int{1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000} {
		if tick = t; (up+down)/t <= 8 {
			break
		}
	}
	for v := -down / tick * tick; v <= up; v += tick {
		y := zero - unit*float64(v)
		fmt.Fprintf(&b, "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/><text x=\"%d\" y=\"%.1f\" text-anchor=\"end\" fill=\"#555\">%d</text>\n", left, left+plot, y, y, left-6, y+4, max(v, -v))
	}
	var line []string
	labels := max(1, (len(s.Periods)*48+plot-1)/plot) // every how manieth period has room for its name
	for i := range s.Periods {
		p := &s.Periods[i]
		wide := min(float64(step10)/10-2, 56)
		at := x(i) + (float64(step10)/10-wide)/2
		y := zero
		for _, q := range []int{1, 2} {
			h := unit * float64(p.Quads[q])
			y -= h
			bar(&b, at, y, wide, h, q)
		}
		y = zero
		for _, q := range []int{3, 4} {
			h := unit * float64(p.Quads[q])
			bar(&b, at, y, wide, h, q)
			y += h
		}
		if v, ok := p.Intensity(); ok {
			line = append(line, fmt.Sprintf("%.1f,%.1f", at+wide/2, float64(top)+height/2-float64(v)*height/200))
		}
		if i%labels == 0 {
			fmt.Fprintf(&b, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"#555\" font-size=\"11\">%s</text>\n", at+wide/2, top+height+16, s.Name(p))
		}
	}
	fmt.Fprintf(&b, "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#222\"/>\n", left, left+plot, zero, zero)
	if len(line) > 0 {
		fmt.Fprintf(&b, "<polyline points=\"%s\" fill=\"none\" stroke=\"#222\" stroke-width=\"1.5\" stroke-dasharray=\"4 3\"/>\n", strings.Join(line, " "))
	}
	for _, p := range line {
		px, py, _ := strings.Cut(p, ",")
		fmt.Fprintf(&b, "<circle cx=\"%s\" cy=\"%s\" r=\"3\" fill=\"#222\"/>\n", px, py)
	}
	for _, v := range []int{-10, -5, 0, 5, 10} {
		y := float64(top) + height/2 - float64(v)*height/20
		fmt.Fprintf(&b, "<text x=\"%d\" y=\"%.1f\" fill=\"#222\">%s</text>\n", left+plot+8, y+4, strings.Replace(signed(v*10), ".0", "", 1))
	}
	fmt.Fprintf(&b, "<text x=\"%d\" y=\"%d\" fill=\"#555\">%s</text>\n</svg>\n", left, high-16, html.EscapeString(l.T("series.line")))
	_, err := io.WriteString(w, b.String())
	return err
}

func bar(b *strings.Builder, x, y, w, h float64, quad int) {
	if h > 0 {
		fmt.Fprintf(b, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>\n", x, y, w, h, quadColors[quad])
	}
}

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

// Matrix counts the origins of the events between countries, from rows to columns.
type Matrix struct {
	Countries []string
	Cells     [][]int
}

// NewMatrix counts the entries between the countries; where there are none given,
// between the most active ones, no more than most.
func NewMatrix(entries []*letopis.Entry, countries []string, most int) *Matrix {
	type pair struct{ from, to string }
	cells, activity := map[pair]int{}, map[string]int{}
	for _, e := range entries {
		if e.Code.Quad() == 0 || e.Modality != "" && e.Modality != letopis.Actual {
			continue
		}
		to := e.TargetCountry
		if len(to) == 0 {
			to = e.SourceCountry // they act together
		}
		for _, a := range e.SourceCountry {
			for _, b := range to {
				if a != b {
					cells[pair{a, b}] += e.Origins
					activity[a] += e.Origins
					activity[b] += e.Origins
				}
			}
		}
	}
	if len(countries) == 0 {
		countries = slices.SortedFunc(maps.Keys(activity), func(a, b string) int {
			return cmp.Or(cmp.Compare(activity[b], activity[a]), cmp.Compare(a, b))
		})
		countries = countries[:min(most, len(countries))]
	}
	m := &Matrix{Countries: countries}
	for _, a := range countries {
		row := make([]int, len(countries))
		for i, b := range countries {
			row[i] = cells[pair{a, b}]
		}
		m.Cells = append(m.Cells, row)
	}
	return m
}

// Table writes the matrix for a person, with rows that act and columns acted upon.
func (m *Matrix) Table(w io.Writer) error {
	var b strings.Builder
	b.WriteString("   →")
	for _, c := range m.Countries {
		fmt.Fprintf(&b, "%6s", c)
	}
	b.WriteString("\n")
	for i, c := range m.Countries {
		fmt.Fprintf(&b, "%-4s", c)
		for j, n := range m.Cells[i] {
			switch {
			case i == j:
				fmt.Fprintf(&b, "%6s", "·")
			case n == 0:
				fmt.Fprintf(&b, "%6s", "")
			default:
				fmt.Fprintf(&b, "%6d", n)
			}
		}
		b.WriteString("\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// CSV writes the matrix with the codes as first row and column.
func (m *Matrix) CSV(w io.Writer) error {
	c := csv.NewWriter(w)
	if err := c.Write(append([]string{"source"}, m.Countries...)); err != nil {
		return err
	}
	for i, name := range m.Countries {
		row := []string{name}
		for _, n := range m.Cells[i] {
			row = append(row, strconv.Itoa(n))
		}
		if err := c.Write(row); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}
