package series

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"letopis"
)

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
		if !happened(e) {
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
