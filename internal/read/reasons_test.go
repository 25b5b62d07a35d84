package read

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"testing"
)

// TestReasonsAreWhole holds the list of reasons to their constants.
func TestReasonsAreWhole(t *testing.T) {
	f, err := parser.ParseFile(token.NewFileSet(), "explain.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	ast.Inspect(f, func(x ast.Node) bool {
		v, ok := x.(*ast.ValueSpec)
		if !ok || len(v.Values) != 1 {
			return true
		}
		if typ, ok := v.Type.(*ast.Ident); !ok || typ.Name != "Reason" {
			return true
		}
		n++
		why, err := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
		if err != nil || !slices.Contains(Reasons(), Reason(why)) {
			t.Errorf("%s is not in Reasons", v.Names[0].Name)
		}
		return true
	})
	if n == 0 || n != len(Reasons()) {
		t.Errorf("%d constants, %d reasons", n, len(Reasons()))
	}
}
