package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// The example of docs/kb.md does what it says.
func TestExampleOfKB(t *testing.T) {
	text, err := os.ReadFile("../../docs/kb.md")
	if err != nil {
		t.Fatal(err)
	}
	_, script, ok := strings.Cut(string(text), "```txtar\n")
	script, _, end := strings.Cut(script, "```")
	if !ok || !end {
		t.Fatal("docs/kb.md: no example")
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "kb.txtar"), []byte(script), 0o666); err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{Dir: dir})
}
