package letopis_test

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// shapes are the packages whose functions and files stay short, in lines; tests do not
// count, nor do the comments above a function. 0 is no limit. A package that is not there
// is passed over. How tangled a function may be is for 'make cognit'.
var shapes = []shape{
	{dir: "internal/page", function: 60, file: 700},
	{dir: "internal/read", function: 60, file: 700},
	{dir: "internal/code", function: 60, file: 700},
	{dir: "internal/check", function: 60, file: 700},
	{dir: "internal/tell", function: 60, file: 700},
	{dir: "internal/series", function: 60, file: 700},
	{dir: "internal/who", function: 60, file: 700},
	{dir: "internal/archive", function: 60, file: 700},
	{dir: "internal/measure", function: 60, file: 700},
	{dir: "internal/chronicle", function: 60, file: 700},
	{dir: "cmd/letopis", function: 60, file: 700, all: 5000},
}

// longer are what may be over its limit, as "FOLDER FUNCTION" or a file, and why.
var longer = map[string]string{
	"internal/read nearParties": "the issue of events replaces it",
	"internal/read nounParties": "the issue of events replaces it",
}

// shape is how many lines a function, a file and all files of a package may have.
type shape struct {
	dir                 string
	function, file, all int
}

func TestShape(t *testing.T) {
	used := map[string]bool{}
	for _, s := range shapes {
		over, err := s.over()
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range over {
			used[o.what] = true
			if longer[o.what] == "" {
				t.Errorf("%s: %s has %d lines, more than %d: part it, or say in longer why not", o.at, o.what, o.lines, o.most)
			}
		}
	}
	for what := range longer {
		if !used[what] {
			t.Errorf("%s is within its limit: take it out of longer", what)
		}
	}
}

// overLimit is something that is too long.
type overLimit struct {
	what, at    string
	lines, most int
}

// over returns what of a package is too long.
func (s shape) over() (out []overLimit, err error) {
	files, err := filepath.Glob(filepath.Join(filepath.FromSlash(s.dir), "*.go"))
	if err != nil {
		return nil, err
	}
	add := func(what, at string, lines, most int) {
		if most > 0 && lines > most {
			out = append(out, overLimit{what, at, lines, most})
		}
	}
	all := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		src, err := os.ReadFile(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue // removed meanwhile
		}
		if err != nil {
			return nil, err
		}
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, name, src, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		lines := bytes.Count(src, []byte("\n"))
		all += lines
		add(filepath.ToSlash(name), name, lines, s.file)
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok {
				at := set.Position(fn.Pos())
				add(s.dir+" "+fn.Name.Name, at.String(), set.Position(fn.End()).Line-at.Line+1, s.function)
			}
		}
	}
	add(s.dir, s.dir, all, s.all)
	return out, nil
}

// What is too long is seen: a function, a file, a package.
func TestShapeSeesLength(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("a.go", "package x\n\nfunc f() {\n\tprintln()\n}\n\n// Long is long\n// to describe.\nfunc g() {}\n")
	write("a_test.go", "package x\n\nfunc h() {\n\n\n\n\n}\n")
	for _, c := range []struct {
		s    shape
		want string
	}{
		{shape{function: 3, file: 9, all: 9}, ""},
		{shape{function: 2, file: 9, all: 9}, " f;"},
		{shape{function: 3, file: 8}, "a.go;"},
		{shape{all: 8}, ";"},
	} {
		c.s.dir = dir
		over, err := c.s.over()
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, o := range over {
			got += strings.TrimPrefix(strings.TrimPrefix(o.what, filepath.ToSlash(dir)), "/") + ";"
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", fmt.Sprintf("%+v", c.s), got, c.want)
		}
	}
}
