package main

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// The program without the models learnt from non-commercial data still reads.
func TestCommercialBuild(t *testing.T) {
	if testing.Short() {
		t.Skip("short")
	}
	program := filepath.Join(t.TempDir(), "letopis")
	if runtime.GOOS == "windows" {
		program += ".exe"
	}
	if out, err := exec.Command("go", "build", "-tags", "commercial", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	if out, err := exec.Command("go", "test", "-tags", "commercial", "-run", "TestModelCards", "../../data").CombinedOutput(); err != nil {
		t.Errorf("what is embedded: %v\n%s", err, out)
	}
	out, err := exec.Command(program, "licences", "--ui", "en").Output()
	if err != nil || bytes.Contains(out, []byte("forbid COMMERCIAL USE")) || !bytes.Contains(out, []byte("lang/ru/tagger.bin")) {
		t.Errorf("licences: %v\n%s", err, out)
	}
	demo := filepath.Join("..", "..", "data", "demo")
	out, err = exec.Command(program, "read", "--format", "jsonl", demo).Output()
	if err != nil {
		t.Fatal(err)
	}
	statements := map[string]int{}
	for line := range strings.Lines(string(out)) {
		var r struct {
			Document   struct{ Lang string }
			Statements []json.RawMessage
		}
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatal(err)
		}
		statements[r.Document.Lang] += len(r.Statements)
	}
	for _, lang := range []string{"bg", "ru", "en"} {
		if statements[lang] < 5 {
			t.Errorf("%d statements in the articles in %s", statements[lang], lang)
		}
	}
}
