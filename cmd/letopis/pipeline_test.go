package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"letopis"
)

// Standard input that gives nothing must not hold up an interrupt.
func TestInterrupt(t *testing.T) {
	r, w := io.Pipe()
	defer w.Close()
	ctx, cancel := context.WithCancel(t.Context())
	var stdout, stderr bytes.Buffer
	done := make(chan int)
	go func() {
		done <- run(ctx, &env{stdin: r, stdout: &stdout, stderr: &stderr, getenv: func(string) string { return "" }}, []string{"read", "--lang", "bg", "-"})
	}()
	if _, err := io.WriteString(w, "{"); err != nil { // it is reading now
		t.Fatal(err)
	}
	cancel()
	if code := <-done; code != exitInterrupted || stdout.Len() > 0 || !strings.Contains(stderr.String(), "letopis: interrupted") {
		t.Errorf("exit code %d, %q, %q", code, stdout.String(), stderr.String())
	}
}

func TestWriteFileIsWholeOrNot(t *testing.T) {
	dir := t.TempDir()
	p := filepath.Join(dir, "a.json")
	write := func(s string, err error) error {
		return writeWhole(p, func(w io.Writer) error {
			io.WriteString(w, s)
			return err
		})
	}
	if err := write("old", nil); err != nil {
		t.Fatal(err)
	}
	full := errors.New("the disk is full")
	if err := write("new and never whole", full); !errors.Is(err, full) {
		t.Errorf("got %v", err)
	}
	b, err := os.ReadFile(p)
	if string(b) != "old" || err != nil {
		t.Errorf("the file has %q (%v)", b, err)
	}
	if list, _ := os.ReadDir(dir); len(list) != 1 {
		t.Errorf("left behind: %v", list)
	}
}

func TestFileName(t *testing.T) {
	names := map[string]string{}
	for _, id := range []string{"a", "brexit_bg.txt_file_10", "a b", "a/b", "a\\b", "../a", ".", "..", "", "-", "a\x00b", "a\nb", strings.Repeat("я", 300), strings.Repeat("я", 301), "новина-1"} {
		name := fileName(id)
		if name == "" || len(name) > 200 || strings.ContainsAny(name, "/\\\x00\n") || strings.HasPrefix(name, ".") || filepath.Base(name) != name {
			t.Errorf("%q becomes %q", id, name)
		}
		if other, taken := names[name]; taken {
			t.Errorf("%q and %q both become %q", id, other, name)
		}
		names[name] = id
	}
	for _, id := range []string{"a", "a b", "brexit_bg.txt_file_10", "новина-1"} {
		if fileName(id) != id {
			t.Errorf("%q becomes %q", id, fileName(id))
		}
	}
}

func TestExitCodes(t *testing.T) {
	seen := map[int]bool{0: true, exitInterrupted: true}
	for _, x := range exitCodes {
		if seen[x.code] {
			t.Errorf("code %d stands twice", x.code)
		}
		seen[x.code] = true
		if got := exitCode(fmt.Errorf("read: %w", &letopis.Error{Kind: x.kind, Err: errors.New("x")})); got != x.code {
			t.Errorf("%s ends with %d, not %d", x.kind, got, x.code)
		}
	}
	for _, k := range []letopis.ErrorKind{letopis.Invalid, letopis.NotFound, letopis.Conflict, letopis.Unsupported, letopis.Unavailable, letopis.Internal} {
		if got := exitCode(&letopis.Error{Kind: k, Err: errors.New("x")}); k != letopis.Internal && got == 1 {
			t.Errorf("%s has no code", k)
		}
	}
	if got := exitCode(errors.New("x")); got != 1 {
		t.Errorf("an error without a kind ends with %d", got)
	}
}
