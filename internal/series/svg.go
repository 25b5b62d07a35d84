package series

import (
	"fmt"
	"html"
	"io"
	"strings"

	"letopis/internal/locale"
	"letopis/internal/tell"
)

// quadColors stay apart for the colour-blind (Okabe and Ito 2008).
var quadColors = [5]string{"", "#56b4e9", "#0072b2", "#e69f00", "#d55e00"}

// The size of a drawing in pixels: its margins, the height of the plot and its least width.
const (
	left, right, top, bottom = 56, 56, 96, 64
	height, least            = 300, 640
)

// drawing is a series as it is drawn.
type drawing struct {
	strings.Builder
	s      *Series
	l      locale.Texts
	plot   int     // width of the plot
	step10 int     // width of a period in tenths of a pixel, so that the bars fill the plot
	up     int     // most origins of cooperation in a period
	down   int     // the same of conflict
	unit   float64 // pixels of an origin
	zero   float64 // where the bars begin
}

// SVG draws the series: cooperation upwards, conflict downwards, and the mean
// intensity as a line.
func (s *Series) SVG(w io.Writer, l locale.Texts, title string) error {
	n := max(len(s.Periods), 1)
	d := &drawing{s: s, l: l, up: 1, down: 1}
	d.plot = max(n*min(max(least/n, 6), 64), least)
	d.step10 = d.plot * 10 / n
	for i := range s.Periods {
		q := &s.Periods[i].Quads
		d.up, d.down = max(d.up, q[1]+q[2]), max(d.down, q[3]+q[4])
	}
	d.unit = float64(height) / float64(d.up+d.down)
	d.zero = float64(top) + d.unit*float64(d.up)
	d.head(title)
	d.counts()
	d.means(d.bars())
	fmt.Fprintf(d, "<text x=\"%d\" y=\"%d\" fill=\"#555\">%s</text>\n</svg>\n", left, top+height+bottom-16, html.EscapeString(l.T("series.line")))
	_, err := io.WriteString(w, d.String())
	return err
}

// head draws the title and what the colours mean.
func (d *drawing) head(title string) {
	title = html.EscapeString(tell.Visible(title))
	width, high := left+d.plot+right, top+height+bottom
	fmt.Fprintf(d, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" font-family="sans-serif" font-size="12" role="img">`+"\n", width, high, width, high)
	fmt.Fprintf(d, "<title>%s</title>\n<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n", title)
	fmt.Fprintf(d, "<text x=\"%d\" y=\"24\" font-size=\"16\" font-weight=\"bold\">%s</text>\n<text x=\"%d\" y=\"42\" fill=\"#555\">%s</text>\n", left, title, left, html.EscapeString(d.l.T("series.unit")))
	for q := 1; q <= 4; q++ {
		x, y := left+(q-1)%2*d.plot/2, 62+(q-1)/2*18
		fmt.Fprintf(d, "<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" fill=\"%s\"/><text x=\"%d\" y=\"%d\">%s</text>\n", x, y-10, quadColors[q], x+18, y, html.EscapeString(d.l.T(quadKeys[q])))
	}
}

// counts draws the axis of origins, with round steps.
func (d *drawing) counts() {
	tick := 1
	for _, t := range []int{1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000} {
		if tick = t; (d.up+d.down)/t <= 8 {
			break
		}
	}
	for v := -d.down / tick * tick; v <= d.up; v += tick {
		y := d.zero - d.unit*float64(v)
		fmt.Fprintf(d, "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/><text x=\"%d\" y=\"%.1f\" text-anchor=\"end\" fill=\"#555\">%d</text>\n", left, left+d.plot, y, y, left-6, y+4, max(v, -v))
	}
}

// bars draws the periods with their names, and returns the points of the mean intensity.
func (d *drawing) bars() (line []string) {
	labels := max(1, (len(d.s.Periods)*48+d.plot-1)/d.plot) // one period in so many has room for its name
	wide := min(float64(d.step10)/10-2, 56)
	for i := range d.s.Periods {
		p := &d.s.Periods[i]
		at := left + float64(i*d.step10)/10 + (float64(d.step10)/10-wide)/2
		y := d.zero
		for _, q := range []int{1, 2} {
			h := d.unit * float64(p.Quads[q])
			y -= h
			d.bar(at, y, wide, h, q)
		}
		y = d.zero
		for _, q := range []int{3, 4} {
			h := d.unit * float64(p.Quads[q])
			d.bar(at, y, wide, h, q)
			y += h
		}
		if v, ok := p.Intensity(); ok {
			line = append(line, fmt.Sprintf("%.1f,%.1f", at+wide/2, float64(top)+height/2-float64(v)*height/200))
		}
		if i%labels == 0 {
			fmt.Fprintf(d, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"#555\" font-size=\"11\">%s</text>\n", at+wide/2, top+height+16, d.s.Name(p))
		}
	}
	fmt.Fprintf(d, "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#222\"/>\n", left, left+d.plot, d.zero, d.zero)
	return line
}

// means draws the line of the mean intensity with its axis.
func (d *drawing) means(line []string) {
	if len(line) > 0 {
		fmt.Fprintf(d, "<polyline points=\"%s\" fill=\"none\" stroke=\"#222\" stroke-width=\"1.5\" stroke-dasharray=\"4 3\"/>\n", strings.Join(line, " "))
	}
	for _, p := range line {
		x, y, _ := strings.Cut(p, ",")
		fmt.Fprintf(d, "<circle cx=\"%s\" cy=\"%s\" r=\"3\" fill=\"#222\"/>\n", x, y)
	}
	for _, v := range []int{-10, -5, 0, 5, 10} {
		y := float64(top) + height/2 - float64(v)*height/20
		fmt.Fprintf(d, "<text x=\"%d\" y=\"%.1f\" fill=\"#222\">%s</text>\n", left+d.plot+8, y+4, strings.Replace(signed(v*10), ".0", "", 1))
	}
}

func (d *drawing) bar(x, y, w, h float64, quad int) {
	if h > 0 {
		fmt.Fprintf(d, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>\n", x, y, w, h, quadColors[quad])
	}
}
