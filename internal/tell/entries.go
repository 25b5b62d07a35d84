package tell

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"

	"letopis"
)

// EntryOptions say how entries of a chronicle are written. Only the table heeds them.
type EntryOptions struct {
	Lang  string // of the interface, one of locale.Langs
	Width int    // columns of the terminal
	Color bool   // for a terminal
	IDs   bool   // with the beginnings of the ids of entries
}

// EntryFormat is a form in which entries are listed.
type EntryFormat struct {
	Name  string
	Write func(io.Writer, iter.Seq2[*letopis.Entry, error], EntryOptions) error
}

// FormatName is the name of the format on the command line.
func (f EntryFormat) FormatName() string { return f.Name }

// EntryFormats returns all of them, in the order of the help text.
func EntryFormats() []EntryFormat {
	return []EntryFormat{
		{"table", writeEntryTable},
		{"json", writeEntryJSON},
		{"jsonl", writeEntryLines},
		{"csv", writeEntryCSV},
	}
}

func writeEntryLines(w io.Writer, entries iter.Seq2[*letopis.Entry, error], _ EntryOptions) error {
	enc := json.NewEncoder(w)
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

func writeEntryJSON(w io.Writer, entries iter.Seq2[*letopis.Entry, error], _ EntryOptions) error {
	all := []*letopis.Entry{}
	for en, err := range entries {
		if err != nil {
			return err
		}
		all = append(all, en)
	}
	enc := json.NewEncoder(w)
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

func writeEntryCSV(w io.Writer, entries iter.Seq2[*letopis.Entry, error], _ EntryOptions) error {
	table := csv.NewWriter(w)
	row := make([]string, len(entryColumns))
	for i, c := range entryColumns {
		row[i] = c.name
	}
	if err := table.Write(row); err != nil {
		return err
	}
	for en, err := range entries {
		if err != nil {
			return err
		}
		for i, c := range entryColumns {
			row[i] = c.of(en)
		}
		if err := table.Write(row); err != nil {
			return err
		}
	}
	table.Flush()
	return table.Error()
}
