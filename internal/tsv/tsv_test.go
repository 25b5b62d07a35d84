package tsv

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"letopis"
)

// written writes rows as "line: field|field", for comparison.
func written(name, text string, l Layout) (string, error) {
	var b strings.Builder
	err := Parse(name, text, l, func(r Row) error {
		fmt.Fprintf(&b, "%d: %s\n", r.Line(), strings.Join(r.Fields(), "|"))
		return nil
	})
	return b.String(), err
}

func TestRows(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"# head\n\na\tb\n", "3: a|b\n"},
		{"a\tb\r\nб\tв  \n#\tx\n", "1: a|b\n2: б|в\n"},
		{"a\tb\tc", "1: a|b|c\n"},
		{"a\t\n", "1: a|\n"},
		{"a\t\tc\n", "1: a||c\n"},
	} {
		got, err := written("t.tsv", c.text, Fields("key", "value", "note?"))
		if err != nil || got != c.want {
			t.Errorf("%q: rows %q, %v; want %q", c.text, got, err, c.want)
		}
	}
}

func TestComplaints(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"a\n", "t.tsv:1:1: 1 fields, separated by tabs; want key, value, note (of which 2 are needed)"},
		{"\nа\tб\tв\tг\n", "t.tsv:2:7: 4 fields, separated by tabs; want key, value, note (of which 2 are needed)"},
		{"ключ\t стойност\n", `t.tsv:1:6: " стойност" begins or ends with a space or carriage return (field 2, value)`},
		{"a \tb\n", `t.tsv:1:1: "a " begins or ends with a space or carriage return (field 1, key)`},
		{"\tb\n", "t.tsv:1:1: the first field is empty (field 1, key)"},
		{"a\t\xff\n", "t.tsv:1:3: not UTF-8 (field 2, value)"},
		{strings.Repeat("a", MaxLine+1) + "\n", fmt.Sprintf("t.tsv:1:1: a line of %d bytes; it may have %d", MaxLine+1, MaxLine)},
		{"a\nb\n", "t.tsv:1:1: 1 fields, separated by tabs; want key, value, note (of which 2 are needed)\n" +
			"t.tsv:2:1: 1 fields, separated by tabs; want key, value, note (of which 2 are needed)"},
	} {
		_, err := written("t.tsv", c.text, Fields("key", "value", "note?"))
		if err == nil || err.Error() != c.want {
			t.Errorf("%.40q: %v\nwant %s", c.text, err, c.want)
		}
		if letopis.KindOf(err) != letopis.Invalid {
			t.Errorf("%.40q: kind %q, want invalid", c.text, letopis.KindOf(err))
		}
	}
}

func TestRowErrorf(t *testing.T) {
	cause := errors.New("no number")
	err := Parse("t.tsv", "да\tне\tx\n", Fields("key", "value", "..."), func(r Row) error {
		return errors.Join(r.Errorf(1, "%q: %w", r.Field(1), cause), r.Errorf(2, "unused"), r.Errorf(-1, "the row"))
	})
	want := "t.tsv:1:4: \"не\": no number (field 2, value)\nt.tsv:1:7: unused (field 3)\nt.tsv:1:1: the row"
	if err == nil || err.Error() != want || !errors.Is(err, cause) {
		t.Errorf("complaints\n%v\nwant\n%s", err, want)
	}
}

func TestComplaintsAreBounded(t *testing.T) {
	_, err := written("t.tsv", strings.Repeat("a\n", 3*maxComplaints), Fields("key", "value"))
	if n := strings.Count(err.Error(), "\n") + 1; n != maxComplaints {
		t.Errorf("%d complaints, want %d", n, maxComplaints)
	}
}

func TestBounds(t *testing.T) {
	if _, err := written("t.tsv", strings.Repeat("a\n", MaxRows+1), Fields("key")); err == nil || !strings.Contains(err.Error(), fmt.Sprintf("t.tsv:%d:1: more than", MaxRows+1)) {
		t.Errorf("a table of too many rows: %v", err)
	}
	if _, err := written("t.tsv", strings.Repeat("\n", MaxBytes+1), Fields("key")); err == nil || !strings.Contains(err.Error(), "bytes; a table may have") {
		t.Errorf("a table too long: %v", err)
	}
}

func TestRead(t *testing.T) {
	fsys := fstest.MapFS{"dir/t.tsv": {Data: []byte("a\tb\n")}}
	rows := 0
	count := func(Row) error { rows++; return nil }
	if err := Read(fsys, "dir/t.tsv", Fields("key", "value"), count); err != nil || rows != 1 {
		t.Errorf("read %d rows, %v; want 1", rows, err)
	}
	if err := Read(fsys, "dir/none.tsv", Fields("key"), count); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that is not there: %v, want fs.ErrNotExist", err)
	}
	if err := ReadIf(fsys, "dir/none.tsv", Fields("key"), count); err != nil {
		t.Errorf("ReadIf: %v", err)
	}
}

// A row that was kept is not written over by later ones.
func TestRowsStay(t *testing.T) {
	var text strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&text, "k%d\tv%d\n", i, i)
	}
	var kept []Row
	for r, err := range Rows("t.tsv", text.String(), Fields("key", "value")) {
		if err != nil {
			t.Fatal(err)
		}
		kept = append(kept, r)
	}
	for i, r := range kept {
		if r.Field(0) != fmt.Sprint("k", i) || r.Field(1) != fmt.Sprint("v", i) || r.Field(2) != "" || r.Field(-1) != "" {
			t.Fatalf("row %d: %q", i, r.Fields())
		}
	}
}

func FuzzRows(f *testing.F) {
	f.Add("# head\na\tb\n\nв\t\tг\r\n", true)
	f.Add("\t\n a\t\xff", false)
	f.Fuzz(func(t *testing.T, text string, more bool) {
		l := Fields("key", "value", "note?")
		if more {
			l = Fields("key", "...")
		}
		before := 0
		for r, err := range Rows("t.tsv", text, l) {
			if err != nil {
				if letopis.KindOf(err) != letopis.Invalid || !strings.HasPrefix(err.Error(), "t.tsv:") {
					t.Fatalf("a complaint that does not say where: %v", err)
				}
				continue
			}
			if r.Len() < l.required || !more && r.Len() > 3 || r.Field(0) == "" || r.Line() <= before {
				t.Fatalf("line %d after %d: %q is no row", r.Line(), before, r.Fields())
			}
			before = r.Line()
			if line := strings.TrimRight(strings.Split(text, "\n")[r.Line()-1], " \r"); strings.Join(r.Fields(), "\t") != line {
				t.Fatalf("line %d is %q, read as %q", r.Line(), line, r.Fields())
			}
		}
	})
}
