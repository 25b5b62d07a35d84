package series

import (
	"fmt"
	"io"
	"strings"

	"letopis/internal/locale"
	"letopis/internal/tell"
)

// quadKeys are the texts of the classes in the locales, by class.
var quadKeys = [5]string{"", "quad.vc", "quad.mc", "quad.vk", "quad.mk"}

// quadMarks draw the classes on a terminal, cooperation full and conflict shaded.
var quadMarks = [5]string{"", "█", "▓", "▒", "░"}

// Plot draws the series for a terminal of a width.
func (s *Series) Plot(w io.Writer, l locale.Texts, title string, width int) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n\n", tell.Visible(title), l.T("series.unit"))
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
