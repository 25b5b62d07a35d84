package ingest

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"letopis"
)

// place is a position in an input: line and column count from 1, the column in
// code points. The zero place stands for the input as a whole.
type place struct{ line, col int }

func (p place) prefix() string {
	if p.line == 0 {
		return ""
	}
	return fmt.Sprintf("line %d, ", p.line)
}

// placeAt returns the place of byte off of b, whose first byte stands at base.
func placeAt(b []byte, off int, base place) place {
	off = min(max(off, 0), len(b))
	b = b[:off]
	n := bytes.Count(b, []byte{'\n'})
	if n == 0 {
		return place{base.line, base.col + utf8.RuneCount(b)}
	}
	return place{base.line + n, 1 + utf8.RuneCount(b[bytes.LastIndexByte(b, '\n')+1:])}
}

// errorAt is an error about an article or one of its fields.
func (in *input) errorAt(p place, kind letopis.ErrorKind, field, format string, args ...any) error {
	op := in.name
	if p.line > 0 {
		op = fmt.Sprintf("%s:%d:%d", op, p.line, p.col)
	}
	err := fmt.Errorf(format, args...)
	if field != "" {
		err = fmt.Errorf("field %q %w", field, err)
	}
	return &letopis.Error{Op: op, Kind: kind, Err: err}
}

// unsupported is an error about the whole input: a form that is not read.
func (in *input) unsupported(format string, args ...any) error {
	return &letopis.Error{Op: in.name, Kind: letopis.Unsupported, Err: fmt.Errorf(format, args...)}
}
