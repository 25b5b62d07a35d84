package code

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"letopis"
	"letopis/internal/petrarch"
)

// Output is a form in which results are written: head comes first, once.
type Output struct {
	Name  string
	Head  string
	Write func(io.Writer, *Result) error
}

// Outputs returns the forms of output, in the order of the help text.
func Outputs() []Output {
	return []Output{
		{Name: "jsonl", Write: writeJSON},
		{Name: "plv", Head: "uid\troot\tquad\tbinary\n", Write: writeTable},
		{Name: "petrarch", Write: writePetrarch},
	}
}

func writeJSON(w io.Writer, r *Result) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	if r.dictionary {
		return enc.Encode(struct {
			ID     string           `json:"id"`
			Events []petrarch.Event `json:"events"`
		}{r.ID, append([]petrarch.Event{}, r.own...)})
	}
	return enc.Encode(r)
}

// writeTable writes a row in the terms of the PLV set. A sentence without marked
// actors has the first event's code.
func writeTable(w io.Writer, r *Result) error {
	root, quad := r.Root, r.Quad
	if !r.marked && len(r.Events) > 0 {
		root, quad = string(r.Events[0].Code), strconv.Itoa(r.Events[0].Quad)
	}
	if root == string(letopis.Concede) || root == string(letopis.Retreat) {
		root, quad = yield, "2"
	}
	_, err := fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", cell(r.ID), root, quad, r.Binary)
	return err
}

// cell keeps a value in its cell of a table.
func cell(s string) string { return strings.NewReplacer("\t", " ", "\n", " ", "\r", " ").Replace(s) }

// writePetrarch writes a line for each dyad as PETRARCH does: those of a dictionary where
// there is one, else each pair of countries of each event that happened.
func writePetrarch(w io.Writer, r *Result) error {
	date := cell(strings.ReplaceAll(r.date, "-", ""))
	line := func(source, target, code string) error {
		_, err := fmt.Fprintf(w, "%s\t%s\t%s\t%s\t\t%s\n", date, source, target, code, cell(r.ID))
		return err
	}
	if r.dictionary || r.hasCAMEO {
		dyads := r.own
		if r.hasCAMEO {
			dyads = r.CAMEO
		}
		for _, v := range dyads {
			if err := line(v.Source, v.Target, v.Code); err != nil {
				return err
			}
		}
		return nil
	}
	for _, v := range r.Events {
		if v.Modality == letopis.Negated {
			continue
		}
		for _, s := range orNone(v.SourceCountry) {
			for _, t := range orNone(v.TargetCountry) {
				if err := line(s, t, v.CAMEO); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// orNone returns the codes, or PETRARCH's sign for none.
func orNone(codes []string) []string {
	if len(codes) == 0 {
		return []string{"---"}
	}
	return codes
}
