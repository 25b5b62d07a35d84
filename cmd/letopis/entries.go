package main

import (
	"cmp"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"charm.land/lipgloss/v2"
	"charm.land/lipgloss/v2/table"

	"letopis"
	"letopis/internal/locale"
)

// entryOptions say how entries are shown.
type entryOptions struct {
	timeline bool // of two countries
	ids      bool // with the ids of entries
}

// entryFormat is a form in which entries are printed.
type entryFormat struct {
	name  string
	write func(*env, iter.Seq2[*letopis.Entry, error], entryOptions) error
}

// entryFormats is a function for the sake of those that range over it.
func entryFormats() []entryFormat {
	return []entryFormat{
		{"table", writeEntryTable},
		{"json", writeEntryJSON},
		{"jsonl", writeEntryLines},
		{"csv", writeEntryCSV},
	}
}

func entryFormatNames() []string {
	var names []string
	for _, f := range entryFormats() {
		names = append(names, f.name)
	}
	return names
}

func entryFormatOf(name string) (entryFormat, error) {
	for _, f := range entryFormats() {
		if f.name == name {
			return f, nil
		}
	}
	return entryFormat{}, &letopis.Error{Op: "--format", Kind: letopis.Unsupported,
		Err: fmt.Errorf("there is no format %q; choose one of %s", name, strings.Join(entryFormatNames(), ", "))}
}

func writeEntryLines(e *env, entries iter.Seq2[*letopis.Entry, error], _ entryOptions) error {
	enc := json.NewEncoder(e.stdout)
	enc.SetEscapeHTML(false)
	for en, err := range entries {
		if err != nil {
			return err
		}
		if err := enc.Encode(en); err != nil {
			return err
		}
	}
	return nil
}

func writeEntryJSON(e *env, entries iter.Seq2[*letopis.Entry, error], _ entryOptions) error {
	all := []*letopis.Entry{}
	for en, err := range entries {
		if err != nil {
			return err
		}
		all = append(all, en)
	}
	enc := json.NewEncoder(e.stdout)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(all)
}

// entryColumns are the columns of the CSV form; lists are joined by a space
// (codes, ids) or by "; " (names, origins).
var entryColumns = []struct {
	name string
	of   func(*letopis.Entry) string
}{
	{"id", func(e *letopis.Entry) string { return e.ID }},
	{"kind", func(e *letopis.Entry) string { return string(e.Kind) }},
	{"when", func(e *letopis.Entry) string { return string(e.When) }},
	{"code", func(e *letopis.Entry) string { return string(e.Code) }},
	{"mode", func(e *letopis.Entry) string { return e.Mode }},
	{"quad", func(e *letopis.Entry) string {
		if q := e.Code.Quad(); q != 0 {
			return strconv.Itoa(int(q))
		}
		return ""
	}},
	{"modality", func(e *letopis.Entry) string { return string(e.Modality) }},
	{"recalled", func(e *letopis.Entry) string { return strconv.FormatBool(e.Recalled) }},
	{"source_country", func(e *letopis.Entry) string { return strings.Join(e.SourceCountry, " ") }},
	{"source", func(e *letopis.Entry) string { return partyNames(e.Source) }},
	{"target_country", func(e *letopis.Entry) string { return strings.Join(e.TargetCountry, " ") }},
	{"target", func(e *letopis.Entry) string { return partyNames(e.Target) }},
	{"speaker", func(e *letopis.Entry) string { return e.Speaker }},
	{"place", func(e *letopis.Entry) string { return e.Place }},
	{"lang", func(e *letopis.Entry) string { return e.Lang }},
	{"text", func(e *letopis.Entry) string { return e.Text }},
	{"origins", func(e *letopis.Entry) string { return strconv.Itoa(e.Origins) }},
	{"origin", func(e *letopis.Entry) string { return strings.Join(originNames(e), "; ") }},
	{"reports", func(e *letopis.Entry) string { return strconv.Itoa(len(e.Reports)) }},
	{"chain", func(e *letopis.Entry) string {
		var ways []string
		for i := range e.Reports {
			if w := e.Reports[i].Way(); !slices.Contains(ways, w) {
				ways = append(ways, w)
			}
		}
		return strings.Join(ways, "; ")
	}},
	{"documents", func(e *letopis.Entry) string {
		var ids []string
		for _, r := range e.Reports {
			ids = append(ids, string(r.Doc))
		}
		return strings.Join(ids, " ")
	}},
	{"urls", func(e *letopis.Entry) string {
		var urls []string
		for _, r := range e.Reports {
			if r.URL != "" {
				urls = append(urls, r.URL)
			}
		}
		return strings.Join(urls, " ")
	}},
}

func partyNames(all []letopis.Party) string {
	var names []string
	for _, p := range all {
		names = append(names, p.Name)
	}
	return strings.Join(names, "; ")
}

// originNames are the origins of the reports, each once, as they stand.
func originNames(e *letopis.Entry) []string {
	var names []string
	for _, r := range e.Reports {
		if r.Origin != "" && !slices.Contains(names, r.Origin) {
			names = append(names, r.Origin)
		}
	}
	return names
}

func writeEntryCSV(e *env, entries iter.Seq2[*letopis.Entry, error], _ entryOptions) error {
	w := csv.NewWriter(e.stdout)
	row := make([]string, len(entryColumns))
	for i, c := range entryColumns {
		row[i] = c.name
	}
	if err := w.Write(row); err != nil {
		return err
	}
	for en, err := range entries {
		if err != nil {
			return err
		}
		for i, c := range entryColumns {
			row[i] = c.of(en)
		}
		if err := w.Write(row); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

// writeEntryTable prints entries for a person. It is as wide as the terminal, and
// has colours only there.
func writeEntryTable(e *env, entries iter.Seq2[*letopis.Entry, error], opt entryOptions) error {
	l, err := locale.Of(e.ui)
	if err != nil {
		return err
	}
	var rows [][]string
	var faint []bool
	for en, err := range entries {
		if err != nil {
			return err
		}
		rows = append(rows, entryRow(l, en, opt))
		faint = append(faint, en.Recalled)
	}
	if len(rows) == 0 {
		return nil
	}
	widths := e.tableWidths()
	t := table.New().Border(lipgloss.NormalBorder()).
		BorderTop(false).BorderBottom(false).BorderLeft(false).BorderRight(false).BorderColumn(false).BorderRow(true).
		Headers(l.T("table.when"), l.T("table.who"), l.T("table.words"), l.T("table.source")).Rows(rows...).Wrap(true).
		StyleFunc(func(row, col int) lipgloss.Style {
			s := lipgloss.NewStyle().Width(widths[col])
			if col < len(widths)-1 {
				s = s.PaddingRight(2)
			}
			switch {
			case !e.tty:
			case row == table.HeaderRow:
				s = s.Bold(true)
			case faint[row]:
				s = s.Faint(true)
			}
			return s
		})
	text := t.Render()
	if !e.tty {
		text = stripStyles(text)
	}
	for line := range strings.Lines(text) {
		if _, err := io.WriteString(e.stdout, strings.TrimRight(line, " \n")+"\n"); err != nil {
			return err
		}
	}
	return nil
}

// tableWidths shares the width of the terminal out among the columns.
func (e *env) tableWidths() [4]int {
	w := [4]int{12}
	rest := max(e.width, 40) - w[0]
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

func entryRow(l locale.Texts, en *letopis.Entry, opt entryOptions) []string {
	when := shownWhen(l, en)
	if opt.ids {
		when += "\n" + en.ID[:min(len(en.ID), 9)]
	}
	words := shorten(clean(en.Text), shownText)
	if d := en.Disputed(); d != "" {
		words += "\n" + l.T("entry.disputed") + " " + clean(d)
	}
	for _, o := range en.Against {
		words += "\n" + l.T("entry."+string(o.How)) + " " + shorten(clean(o.Text), shownText) + " (" + clean(strings.Join(o.Origins, ", ")) + ")"
	}
	return []string{
		when,
		clean(whoToWhom(en)) + "\n" + clean(whatDone(en, l.T("table.said"))),
		words,
		clean(accordingTo(l, en)),
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

func whoToWhom(en *letopis.Entry) string {
	s := side(en.Source, en.SourceCountry)
	if s == "" {
		s = "?"
	}
	if t := side(en.Target, en.TargetCountry); t != "" {
		s += " → " + t
	}
	return s
}

// side names the countries of one side with their actors: "CHN Ван И".
func side(parties []letopis.Party, countries []string) string {
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

// clean makes a text of the news harmless for a terminal, and one line.
func clean(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}

func shorten(s string, n int) string {
	for i := range s {
		if n == 0 {
			return strings.TrimRight(s[:i], " ") + "…"
		}
		n--
	}
	return s
}
