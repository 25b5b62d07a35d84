package tell

import (
	"cmp"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"unicode"

	"charm.land/lipgloss/v2"
	"charm.land/lipgloss/v2/table"

	"letopis"
	"letopis/internal/locale"
)

// writeEntryTable prints entries for a person. It is as wide as the terminal, and
// has colours only there.
func writeEntryTable(w io.Writer, entries iter.Seq2[*letopis.Entry, error], o EntryOptions) error {
	l, err := locale.Of(o.Lang)
	if err != nil {
		return err
	}
	var rows [][]string
	var faint []bool
	for en, err := range entries {
		if err != nil {
			return err
		}
		c := CellsOf(l, en)
		if o.IDs {
			c.When += "\n" + en.ID[:min(len(en.ID), 9)]
		}
		rows = append(rows, []string{c.When, c.What, c.Words, c.Source})
		faint = append(faint, en.Recalled)
	}
	if len(rows) == 0 {
		return nil
	}
	widths := tableWidths(o.Width)
	t := table.New().Border(lipgloss.NormalBorder()).
		BorderTop(false).BorderBottom(false).BorderLeft(false).BorderRight(false).BorderColumn(false).BorderRow(true).
		Headers(l.T("table.when"), l.T("table.who"), l.T("table.words"), l.T("table.source")).Rows(rows...).Wrap(true).
		StyleFunc(func(row, col int) lipgloss.Style {
			s := lipgloss.NewStyle().Width(widths[col])
			if col < len(widths)-1 {
				s = s.PaddingRight(2)
			}
			switch {
			case !o.Color:
			case row == table.HeaderRow:
				s = s.Bold(true)
			case faint[row]:
				s = s.Faint(true)
			}
			return s
		})
	text := t.Render()
	if !o.Color {
		text = stripStyles(text)
	}
	for line := range strings.Lines(text) {
		if _, err := io.WriteString(w, strings.TrimRight(line, " \n")+"\n"); err != nil {
			return err
		}
	}
	return nil
}

// tableWidths shares the width of a terminal out among the columns.
func tableWidths(width int) [4]int {
	w := [4]int{12}
	rest := max(width, 40) - w[0]
	w[1] = max(min(14, rest/3), rest*30/100)
	w[3] = max(min(12, rest/4), rest*22/100)
	w[2] = rest - w[1] - w[3]
	return w
}

// stripStyles removes terminal sequences, which a pipe or a file must not get.
func stripStyles(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\x1b' && i+1 < len(s) && s[i+1] == '[' {
			for i += 2; i < len(s) && (s[i] < '@' || s[i] > '~'); i++ {
			}
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// shownText is how much of the words the table shows, in code points.
const shownText = 220

// EntryCells are what a list says of an entry: when, who does what to whom in two
// lines, the words with what speaks against them in further lines, and according to whom.
type EntryCells struct{ When, What, Words, Source string }

// CellsOf returns what a list says of an entry, harmless to a terminal.
func CellsOf(l locale.Texts, en *letopis.Entry) EntryCells {
	words := cutWords(OneLine(en.Text), shownText)
	if d := en.Disputed(); d != "" {
		words += "\n" + l.T("entry.disputed") + " " + OneLine(d)
	}
	for _, o := range en.Against {
		words += "\n" + l.T("entry."+string(o.How)) + " " + cutWords(OneLine(o.Text), shownText) + " (" + OneLine(strings.Join(o.Origins, ", ")) + ")"
	}
	return EntryCells{
		When:   shownWhen(l, en),
		What:   OneLine(whoToWhom(en)) + "\n" + OneLine(whatDone(en, l.T("table.said"))),
		Words:  words,
		Source: OneLine(accordingTo(l, en)),
	}
}

// shownWhen is the time of an entry; of one whose time is unknown, before which day
// it lies, and of what is still to come, after which.
func shownWhen(l locale.Texts, en *letopis.Entry) string {
	if en.When != "" {
		return strings.Replace(string(en.When), "/", " – ", 1)
	}
	if _, last := en.Days(); last != "" {
		if en.Modality == letopis.Future {
			return l.T("table.after") + " " + last
		}
		return l.T("table.by") + " " + last
	}
	return "?"
}

// whoToWhom names both sides.
func whoToWhom(en *letopis.Entry) string {
	s := sideNames(en.Source, en.SourceCountry)
	if s == "" {
		s = "?"
	}
	if t := sideNames(en.Target, en.TargetCountry); t != "" {
		s += " → " + t
	}
	return s
}

// sideNames names the countries of one side with their actors: "CHN Ван И".
func sideNames(parties []letopis.Party, countries []string) string {
	var parts []string
	for _, c := range countries {
		part := c
		for _, p := range parties {
			if p.Country == c && p.Type != letopis.Location {
				part += " " + p.Name
			}
		}
		parts = append(parts, part)
	}
	for _, p := range parties {
		if !slices.Contains(countries, p.Country) {
			parts = append(parts, p.Name)
		}
	}
	return strings.Join(parts, ", ")
}

// whatDone is the cue of a statement, or said where it has none; of an event its code.
func whatDone(en *letopis.Entry, said string) string {
	switch en.Kind {
	case letopis.FindingStatement:
		return "„" + cmp.Or(en.Cue, said) + "“"
	case letopis.FindingEvent:
		s := string(en.Code)
		if en.Mode != "" {
			s += " " + en.Mode
		}
		if en.Modality != "" && en.Modality != letopis.Actual {
			s += " (" + string(en.Modality) + ")"
		}
		return s
	}
	return string(en.Kind) // no more is known of it here
}

// accordingTo names the origins; of what is only recalled, the article that recalls it.
func accordingTo(l locale.Texts, en *letopis.Entry) string {
	names := originNames(en)
	s := strings.Join(names[:min(3, len(names))], ", ")
	if len(names) == 1 && !en.Recalled { // link by link, as the first report has it
		s = cmp.Or(en.Reports[0].Way(), s)
	}
	if en.Recalled && len(en.Reports) > 0 {
		r := en.Reports[0]
		where := r.Publisher
		if where == "" {
			where = string(r.Doc)
		}
		return strings.TrimSpace(l.T("table.recalled") + " " + where + " " + string(r.Published))
	}
	if s == "" && len(en.Reports) > 0 {
		s = string(en.Reports[0].Doc)
	}
	if en.Origins > 1 {
		s += fmt.Sprintf(" (%d %s)", en.Origins, l.T("table.origins"))
	} else if len(en.Reports) > 1 {
		s += fmt.Sprintf(" ×%d", len(en.Reports))
	}
	return s
}

// OneLine makes a text of the news harmless for a terminal, and one line.
func OneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}

// cutWords cuts s to n code points, with an ellipsis where something is lost.
func cutWords(s string, n int) string {
	for i := range s {
		if n == 0 {
			return strings.TrimRight(s[:i], " ") + "…"
		}
		n--
	}
	return s
}

// CutAtSpace makes a text one line and cuts it to n code points, at a space where there is one.
func CutAtSpace(text string, n int) string {
	rs := []rune(strings.Join(strings.Fields(text), " "))
	if len(rs) <= n {
		return string(rs)
	}
	cut := string(rs[:max(n-1, 0)])
	if i := strings.LastIndexByte(cut, ' '); i > 0 {
		cut = cut[:i]
	}
	return cut + "…"
}
