package kb

import (
	"errors"
	"strings"

	"letopis"
	"letopis/internal/tsv"
)

// maxErrors bounds the complaints collected from one table.
const maxErrors = 50

// readTable reads a table; a file that is not there is an empty one. The complaints about
// its lines are joined, up to maxErrors of them.
func readTable(ts tables, name string, l tsv.Layout) ([]tsv.Row, error) {
	rows := make([]tsv.Row, 0, strings.Count(ts[name], "\n")+1)
	var errs []error
	for r, err := range tsv.Rows(name, ts[name], l) {
		if err == nil {
			rows = append(rows, r)
		} else if errs = append(errs, err); len(errs) == maxErrors {
			break
		}
	}
	return rows, errors.Join(errs...)
}

// invalid wraps the complaints about tables.
func invalid(op string, errs ...error) error {
	err := errors.Join(errs...)
	if err == nil {
		return nil
	}
	return &letopis.Error{Op: op, Kind: letopis.Invalid, Err: err}
}
