// Package tsv reads the tables of the data folder: lines of fields with tabs between.
//
// A line that is empty or begins with '#' is no row. A carriage return or spaces at the
// end of a line are passed over; a field that begins or ends with a space, is not UTF-8,
// or is empty where it names the row (the first), is refused, and so is a row with fewer
// or more fields than the table has. Every complaint is a [letopis.Error] of kind Invalid
// that says file:line:column, where the column counts code points from 1, and the
// field by number and name.
//
// Bounds: [MaxBytes], [MaxLine], [MaxRows], and fifty complaints about one table.
package tsv

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"strings"
	"unicode/utf8"

	"letopis"
)

// The bounds of a table.
const (
	MaxBytes = 64 << 20 // bytes of the file
	MaxLine  = 64 << 10 // bytes of a line
	MaxRows  = 1 << 20  // rows
)

// maxComplaints bounds the complaints about one table.
const maxComplaints = 50

// Layout is the fields that a row has.
type Layout struct {
	names    []string
	required int
	more     bool
}

// Fields returns the layout of the named fields, in order. A row may end before a field
// whose name ends with "?"; after a last name "..." it may have any number of others.
func Fields(names ...string) Layout {
	l := Layout{required: len(names)}
	for i, n := range names {
		if n == "..." && i == len(names)-1 {
			l.more, l.required = true, min(l.required, i)
			break
		}
		plain, optional := strings.CutSuffix(n, "?")
		if optional {
			l.required = min(l.required, i)
		}
		l.names = append(l.names, plain)
	}
	return l
}

// Row is one line of a table. It stays valid, and equal, for ever.
type Row struct {
	table  *table
	line   int
	fields []string
}

// table is what all rows of a table share.
type table struct {
	Layout
	file string
}

// Len returns the number of fields that the row has.
func (r Row) Len() int { return len(r.fields) }

// Line returns the number of the row's line in its file, from 1.
func (r Row) Line() int { return r.line }

// Field returns field i, from 0; "" where the row ended before it.
func (r Row) Field(i int) string {
	if i < 0 || i >= len(r.fields) {
		return ""
	}
	return r.fields[i]
}

// Fields returns all fields of the row. The caller must not change them.
func (r Row) Fields() []string { return r.fields }

// Errorf returns a complaint about field i, from 0, or about the row as a whole where i is -1.
func (r Row) Errorf(i int, format string, args ...any) error {
	err := fmt.Errorf(format, args...)
	switch {
	case i >= 0 && i < len(r.table.names):
		err = fmt.Errorf("%w (field %d, %s)", err, i+1, r.table.names[i])
	case i >= 0:
		err = fmt.Errorf("%w (field %d)", err, i+1)
	}
	return invalid(r.place(i), err)
}

// place is where field i begins, as file:line:column.
func (r Row) place(i int) string {
	col := 1
	for j := 0; j < i && j < len(r.fields); j++ {
		col += utf8.RuneCountInString(r.fields[j]) + 1
	}
	return fmt.Sprintf("%s:%d:%d", r.table.file, r.line, col)
}

func invalid(op string, err error) error {
	return &letopis.Error{Op: op, Kind: letopis.Invalid, Err: err}
}

// check finds what no table may hold.
func (r Row) check() error {
	l := &r.table.Layout
	if n := len(r.fields); n < l.required || n > len(l.names) && !l.more {
		want := strings.Join(l.names, ", ")
		if l.required < len(l.names) {
			want += fmt.Sprintf(" (of which %d are needed)", l.required)
		}
		if l.more {
			want += " and more"
		}
		return invalid(r.place(n-1), fmt.Errorf("%d fields, separated by tabs; want %s", n, want))
	}
	for i, f := range r.fields {
		if !utf8.ValidString(f) {
			return r.Errorf(i, "not UTF-8")
		}
		if f != "" && (f[0] == ' ' || f[len(f)-1] == ' ' || f[len(f)-1] == '\r') {
			return r.Errorf(i, "%.60q begins or ends with a space or carriage return", f)
		}
	}
	if r.fields[0] == "" {
		return r.Errorf(0, "the first field is empty")
	}
	return nil
}

// slab is how many fields are held in one piece of memory.
const slab = 1 << 10

// Rows yields the rows of a table in the order of its lines: each with no error, or an
// empty row with the complaint about a line that is none. name is the file's, for
// complaints.
func Rows(name, text string, l Layout) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		if len(text) > MaxBytes {
			yield(Row{}, invalid(name, fmt.Errorf("%d bytes; a table may have %d", len(text), MaxBytes)))
			return
		}
		t := &table{l, name}
		var fields []string
		rows := 0
		for line := 1; text != ""; line++ {
			var s string
			s, text, _ = strings.Cut(text, "\n")
			if s = strings.TrimRight(s, " \r"); s == "" || s[0] == '#' {
				continue
			}
			if rows++; rows > MaxRows {
				yield(Row{}, invalid(fmt.Sprintf("%s:%d:1", name, line), fmt.Errorf("more than %d rows; split the table", MaxRows)))
				return
			}
			r := Row{table: t, line: line}
			if len(s) > MaxLine {
				if !yield(Row{}, r.Errorf(-1, "a line of %d bytes; it may have %d", len(s), MaxLine)) {
					return
				}
				continue
			}
			if n := strings.Count(s, "\t") + 1; cap(fields)-len(fields) < n {
				fields = make([]string, 0, max(n, min(slab, n+len(text)/8)))
			}
			first := len(fields)
			for more := true; more; {
				var f string
				f, s, more = strings.Cut(s, "\t")
				fields = append(fields, f)
			}
			r.fields = fields[first:len(fields):len(fields)]
			err := r.check()
			if err != nil {
				r = Row{}
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

// Parse calls row for each row of a table, and returns its complaints and those about
// lines that are no rows, joined in the order of lines, the first fifty of them.
func Parse(name, text string, l Layout, row func(Row) error) error {
	var errs []error
	for r, err := range Rows(name, text, l) {
		if err == nil {
			err = row(r)
		}
		if err != nil {
			if errs = append(errs, err); len(errs) == maxComplaints {
				break
			}
		}
	}
	return errors.Join(errs...)
}

// Read is [Parse] of a file. The error of one that is not there is [fs.ErrNotExist].
func Read(fsys fs.FS, name string, l Layout, row func(Row) error) error {
	text, err := load(fsys, name)
	if err != nil {
		return err
	}
	return Parse(name, text, l, row)
}

// ReadIf is [Read], and a file that is not there is a table without rows.
func ReadIf(fsys fs.FS, name string, l Layout, row func(Row) error) error {
	text, err := load(fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return Parse(name, text, l, row)
}

// load reads a file, one byte beyond the bound at most.
func load(fsys fs.FS, name string) (text string, err error) {
	f, err := fsys.Open(name)
	if err != nil {
		return "", fmt.Errorf("open table: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	var b strings.Builder
	if st, err := f.Stat(); err == nil && st.Size() <= MaxBytes {
		b.Grow(int(st.Size()))
	}
	if _, err := io.Copy(&b, io.LimitReader(f, MaxBytes+1)); err != nil {
		return "", fmt.Errorf("read table: %w", err)
	}
	return b.String(), nil
}
