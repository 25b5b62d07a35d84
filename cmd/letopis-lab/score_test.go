package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"letopis/data"
)

// sharedDir returns the folder of the data to measure on, and skips where it is absent.
func sharedDir(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("LETOPIS_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	if _, err := os.Stat(filepath.Join(dir, "gold")); err != nil {
		t.Skip("no ../shared: nothing to measure on (LETOPIS_SHARED names another place)")
	}
	return dir
}

// testSuite is a suite on the built-in data and the repository; notices go to stderr.
func testSuite(t testing.TB, stderr io.Writer) *suite {
	t.Helper()
	l := &lab{stdout: io.Discard, stderr: stderr}
	s, err := l.newSuite(data.FS, sharedDir(t), filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestScoresHold is the gate: no figure of the annotated articles falls below
// corpus/scores.tsv by more than its tolerance. 'letopis-lab score --all --check' holds
// the other data sets too.
func TestScoresHold(t *testing.T) {
	var stderr bytes.Buffer
	s := testSuite(t, &stderr)
	rows, err := s.measure(context.Background(), func(t *task) bool { return t.quick })
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) < 60 {
		t.Errorf("only %d figures: %s", len(rows), stderr.String())
	}
	table := filepath.Join("..", "..", "corpus", "scores.tsv")
	if err := checkRows(table, rows); err != nil {
		t.Error(err)
	}
	// The gate must be able to close.
	for i := range rows {
		rows[i].Value -= 0.5
	}
	if err := checkRows(table, rows); err == nil || !strings.Contains(err.Error(), "gold.dev all statements") {
		t.Errorf("figures lower by a half pass the gate: %v", err)
	}
}
