package letopis_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// layers is the import graph of docs/ARCHITECTURE.md. A line is a package and the
// packages of this module that it may import; "." is the root. A package that
// stands on no line fails the test, so that a new one is a decision
// (docs/decisions.md) and not an accident. Test files may import more.
const layers = `
.:
data:

internal/ud:              .
internal/each:
internal/tsv:             .
internal/onto:            . internal/tsv
internal/locale:
internal/choice:          .
internal/linear:          . internal/tsv
internal/pipe:            .
internal/model:           .
internal/kb:              . internal/tsv
internal/rule:            . internal/ud internal/tsv
internal/timex:           . internal/rule internal/ud internal/tsv
internal/nlp:             . internal/ud internal/model internal/tsv
internal/pairs:           . internal/ud internal/model
internal/petrarch:        . internal/ud internal/tsv
internal/page:            . internal/ud internal/kb internal/rule internal/timex internal/onto internal/tsv
internal/page/pagetest:   . internal/page internal/ud internal/kb internal/timex
internal/read:            . internal/page internal/ud internal/model internal/linear internal/nlp internal/rule internal/timex internal/kb internal/pairs internal/onto internal/tsv
internal/code:            . internal/ud internal/read internal/pairs internal/petrarch internal/kb internal/pipe
internal/check:           . internal/locale internal/kb internal/model internal/nlp internal/onto internal/read internal/timex

internal/ingest:          .
internal/chronicle:       . internal/each
internal/export:          . internal/choice internal/onto
internal/tell:            . internal/locale internal/read
internal/series:          . internal/onto internal/locale internal/tell
internal/who:             . internal/kb internal/locale
internal/score:           . internal/tsv
internal/store:           . internal/each internal/chronicle
internal/store/sqlite:    . internal/store
internal/store/postgres:  . internal/store
internal/store/storetest: . internal/store internal/chronicle internal/synth
internal/archive:         . internal/nlp internal/chronicle internal/each internal/store internal/store/sqlite internal/store/postgres
internal/measure:         . internal/ud internal/nlp internal/read internal/ingest internal/pipe internal/score internal/code
internal/synth:           .
internal/web:             . internal/locale

internal/train/traintest:
internal/train:           . internal/ud internal/model internal/nlp internal/linear internal/read internal/pairs

cmd/letopis:              . data internal/choice internal/onto internal/locale internal/tell internal/series internal/tsv internal/ud internal/kb internal/nlp internal/read internal/ingest internal/export internal/score internal/web internal/who internal/code internal/check internal/petrarch internal/pipe internal/measure internal/archive
cmd/letopis-lab:          . data internal/code internal/model internal/linear internal/kb internal/ud internal/nlp internal/read internal/ingest internal/score internal/measure internal/archive internal/synth internal/pairs internal/petrarch internal/train
`

// pure is what makes the reading a function of its input: these packages may not
// reach, through any import, the network or a database, and may not read the clock.
var pure = []string{".", "internal/ud", "internal/tsv", "internal/onto", "internal/linear", "internal/model", "internal/kb", "internal/rule", "internal/timex", "internal/nlp", "internal/page", "internal/read", "internal/chronicle"}

// unclean is what a pure package may not depend on.
var unclean = []string{"net", "net/http", "database/sql", "os/exec", "log/slog", "math/rand", "math/rand/v2"}

const module = "letopis"

func path(name string) string {
	if name == "." {
		return module
	}
	return module + "/" + name
}

type listed struct {
	ImportPath string
	Dir        string
	GoFiles    []string
	Imports    []string
	Deps       []string
}

func list(t *testing.T) map[string]listed {
	t.Helper()
	if testing.Short() {
		t.Skip("short")
	}
	cmd := exec.Command("go", "list", "-json=ImportPath,Dir,GoFiles,Imports,Deps", "./...")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.Bytes())
	}
	all := map[string]listed{}
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all[p.ImportPath] = p
	}
}

func parseLayers(text string) (map[string][]string, error) {
	may := map[string][]string{}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		name, rest, ok := strings.Cut(line, ":")
		if !ok {
			return nil, fmt.Errorf("no colon in %q", line)
		}
		deps := []string{}
		for dep := range strings.FieldsSeq(rest) {
			deps = append(deps, path(dep))
		}
		may[path(name)] = deps
	}
	return may, nil
}

func TestImports(t *testing.T) {
	may, err := parseLayers(layers)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range list(t) {
		if len(p.GoFiles) == 0 {
			continue // a folder of tests only
		}
		allowed, known := may[p.ImportPath]
		if !known {
			t.Errorf("%s stands in no layer: say in docs/decisions.md why it is a package, and add its line to layers", p.ImportPath)
			continue
		}
		for _, imp := range p.Imports {
			if (imp == module || strings.HasPrefix(imp, module+"/")) && !slices.Contains(allowed, imp) {
				t.Errorf("%s imports %s, which its layer does not allow", p.ImportPath, imp)
			}
		}
	}
}

// The root package is what every other program part speaks; it must cost nothing to import.
func TestRootImportsStandardLibraryOnly(t *testing.T) {
	for _, imp := range list(t)[module].Deps {
		if strings.Contains(strings.SplitN(imp, "/", 2)[0], ".") {
			t.Errorf("the root package depends on %s", imp)
		}
	}
}

func TestReadingIsPure(t *testing.T) {
	all := list(t)
	for _, name := range pure {
		p, ok := all[path(name)]
		if !ok {
			continue // not written yet
		}
		for _, dep := range p.Deps {
			if slices.Contains(unclean, dep) {
				t.Errorf("%s depends on %s", p.ImportPath, dep)
			}
		}
		for _, file := range p.GoFiles {
			for _, call := range clockCalls(t, filepath.Join(p.Dir, file)) {
				t.Errorf("%s: a pure package reads the clock", call)
			}
		}
	}
}

// clockCalls returns where a file calls time.Now, time.Since or time.Until.
func clockCalls(t *testing.T, file string) []string {
	t.Helper()
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, file, src, 0)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	ast.Inspect(f, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := sel.X.(*ast.Ident); ok && x.Name == "time" && slices.Contains([]string{"Now", "Since", "Until"}, sel.Sel.Name) {
				found = append(found, fset.Position(sel.Pos()).String())
			}
		}
		return true
	})
	return found
}

// The program that people run links no learner.
func TestProgramLinksNoTraining(t *testing.T) {
	all := list(t)
	p, ok := all[path("cmd/letopis")]
	if !ok {
		t.Skip("cmd/letopis is not there")
	}
	for _, dep := range p.Deps {
		if strings.HasPrefix(dep, path("internal/train")) {
			t.Errorf("cmd/letopis links %s", dep)
		}
	}
	for _, name := range []string{"internal/model", "internal/nlp", "internal/read"} {
		if slices.Contains(all[path(name)].Deps, path("internal/train")) {
			t.Errorf("%s depends on internal/train", name)
		}
	}
}

// Only the commands know the embedded data: everything else takes an fs.FS.
func TestOnlyCommandsEmbedData(t *testing.T) {
	for _, p := range list(t) {
		if !strings.HasPrefix(p.ImportPath, path("cmd/")) && slices.Contains(p.Deps, path("data")) {
			t.Errorf("%s depends on package data; take an fs.FS", p.ImportPath)
		}
	}
}

func TestClockCallsAreSeen(t *testing.T) {
	file := filepath.Join(t.TempDir(), "x.go")
	if err := os.WriteFile(file, []byte("package x\nimport \"time\"\nvar f = time.Now\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if got := clockCalls(t, file); len(got) != 1 {
		t.Errorf("clockCalls = %q, want one", got)
	}
}
