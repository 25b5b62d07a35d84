package kb

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"letopis"
)

// maxFile bounds a table of the knowledge base, in bytes.
const maxFile = 64 << 20

// maxErrors bounds the complaints collected from one table.
const maxErrors = 50

// row is one line of a table. cells has at least the columns the table declares
// as required; cell gives "" for what is not there.
type row struct {
	file  string
	line  int
	cells []string
}

func (r *row) cell(i int) string {
	if i < len(r.cells) {
		return r.cells[i]
	}
	return ""
}

// errorf complains about column i (0-based) of the row, as file:line:col, where
// col counts code points from 1.
func (r *row) errorf(i int, format string, args ...any) error {
	col := 1
	for j := 0; j < i && j < len(r.cells); j++ {
		col += utf8.RuneCountInString(r.cells[j]) + 1
	}
	return fmt.Errorf("%s:%d:%d: %w", r.file, r.line, col, fmt.Errorf(format, args...))
}

// readTSV reads a table: lines of tab-separated cells, '#' beginning a comment
// line, empty lines skipped. Every row has between min and max cells. A file that
// is not there is an empty table. All errors of the table are joined, up to
// maxErrors of them.
func readTSV(ts tables, name string, min, max int) ([]row, error) {
	return parseTSV(name, ts[name], min, max)
}

func parseTSV(name, text string, min, max int) ([]row, error) {
	if len(text) > maxFile {
		return nil, fmt.Errorf("%s: %d bytes; a table may have %d", name, len(text), maxFile)
	}
	rows := make([]row, 0, strings.Count(text, "\n")+1)
	cells := make([]string, 0, strings.Count(text, "\t")+len(text)/32+1)
	var errs []error
	for line := 1; text != "" && len(errs) < maxErrors; line++ {
		var s string
		s, text, _ = strings.Cut(text, "\n")
		if s == "" || s[0] == '#' {
			continue
		}
		r := row{file: name, line: line}
		first := len(cells)
		for more := true; more; {
			var c string
			c, s, more = strings.Cut(s, "\t")
			cells = append(cells, c)
		}
		r.cells = cells[first:len(cells):len(cells)]
		if err := checkRow(&r, min, max); err != nil {
			errs = append(errs, err)
			continue
		}
		rows = append(rows, r)
	}
	return rows, errors.Join(errs...)
}

// checkRow finds what no table may hold.
func checkRow(r *row, min, max int) error {
	if len(r.cells) < min || len(r.cells) > max {
		return r.errorf(len(r.cells)-1, "%d columns, want %d to %d (separated by tabs)", len(r.cells), min, max)
	}
	for i, c := range r.cells {
		if !utf8.ValidString(c) {
			return r.errorf(i, "not UTF-8")
		}
		if c != "" && (c[0] == ' ' || c[len(c)-1] == ' ' || c[len(c)-1] == '\r') {
			return r.errorf(i, "%q begins or ends with a space or carriage return", c)
		}
	}
	if r.cells[0] == "" {
		return r.errorf(0, "the first column is empty")
	}
	return nil
}

// invalid wraps the complaints about tables.
func invalid(op string, errs ...error) error {
	err := errors.Join(errs...)
	if err == nil {
		return nil
	}
	return &letopis.Error{Op: op, Kind: letopis.Invalid, Err: err}
}
