package main

import (
	"os"
	"strings"
	"testing"
)

// What README shows of the demo is what the demo prints: the same lines in the same
// order, with some left out where a line is "…".
func TestReadmeDemo(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, shown, ok := strings.Cut(string(text), "<!-- demo:begin -->")
	shown, _, end := strings.Cut(shown, "<!-- demo:end -->")
	if !ok || !end {
		t.Fatal("README.md: no lines between demo:begin and demo:end")
	}
	t.Setenv("COLUMNS", "112")
	printed := strings.Split(output(t, "demo", "--ui", "en"), "\n")
	at, n := 0, 0
	for line := range strings.Lines(shown) {
		line = strings.TrimRight(line, "\n")
		if s := strings.TrimSpace(line); s == "" || s == "…" || strings.HasPrefix(s, "```") || strings.HasPrefix(s, "$ ") {
			continue
		}
		n++
		for at < len(printed) && strings.TrimRight(printed[at], " ") != line {
			at++
		}
		if at == len(printed) {
			t.Fatalf("README.md shows a line that the demo does not print, or not there: %q", line)
		}
	}
	if n < 10 {
		t.Errorf("README.md shows %d lines of the demo", n)
	}
}
