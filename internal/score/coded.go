package score

import (
	"encoding/json"
	"slices"
	"strings"
)

// Triple is an event as PETRARCH writes it: codes of source, target and event.
type Triple struct {
	Source string `json:"source"`
	Target string `json:"target"`
	Code   string `json:"code"`
}

// Coded is a sentence with the events that a coder has to find in it; none where it
// must find nothing.
type Coded struct {
	ID       string   `json:"id"`
	Date     string   `json:"date"`
	Text     string   `json:"text"`
	Note     string   `json:"note"`
	Expected []Triple `json:"expected"`
}

// OpenCoded reads records in JSON Lines. Those that the old coder had to refuse because
// of their parse (note "error=") are left out: here there is no parse to refuse.
func OpenCoded(path string) ([]Coded, error) {
	var out []Coded
	err := eachLine(path, func(line []byte) error {
		var c Coded
		if err := json.Unmarshal(line, &c); err != nil {
			return err
		}
		if !strings.Contains(c.Note, "error=") {
			out = append(out, c)
		}
		return nil
	})
	return out, err
}

// Roots cuts the codes to what is compared between two codings: three letters of a
// country, two digits of an event.
func (c *Coded) Roots() {
	for i := range c.Expected {
		e := &c.Expected[i]
		e.Source, e.Target, e.Code = e.Source[:min(3, len(e.Source))], e.Target[:min(3, len(e.Target))], e.Code[:min(2, len(e.Code))]
	}
}

// ScoreCoded gives the share of records with every expected event (found; one without
// expected events is right where nothing was coded), and of those with no other
// event besides (exact).
func ScoreCoded(records []Coded, answers [][]Triple) []Figure {
	found, exact := 0, 0
	for i, r := range records {
		missing := slices.ContainsFunc(r.Expected, func(t Triple) bool { return !slices.Contains(answers[i], t) })
		extra := slices.ContainsFunc(answers[i], func(t Triple) bool { return !slices.Contains(r.Expected, t) })
		if !missing && (len(r.Expected) > 0 || !extra) {
			found++
		}
		if !missing && !extra {
			exact++
		}
	}
	return []Figure{{Metric: "found", IsShare: true, Accuracy: ratio(found, len(records)), N: len(records)},
		{Metric: "exact", IsShare: true, Accuracy: ratio(exact, len(records)), N: len(records)}}
}
