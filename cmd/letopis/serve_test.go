package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
)

// TestServe keeps the demo's chronicle, serves it on a free port, and reads its pages.
func TestServe(t *testing.T) {
	db := filepath.Join(t.TempDir(), "demo.db")
	getenv := func(string) string { return "" }
	quiet := &env{stdin: strings.NewReader(""), stdout: io.Discard, stderr: io.Discard, getenv: getenv}
	if code := run(t.Context(), quiet, []string{"demo", "--keep", db}); code != 0 {
		t.Fatalf("demo --keep: exit code %d", code)
	}
	ctx, cancel := context.WithCancel(t.Context())
	out, in := io.Pipe()
	done := make(chan int, 1)
	go func() {
		e := &env{stdin: strings.NewReader(""), stdout: io.Discard, stderr: in, getenv: getenv}
		done <- run(ctx, e, []string{"serve", "--db", db, "--addr", "localhost:0"})
		in.Close()
	}()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	go io.Copy(io.Discard, out)
	_, rest, _ := strings.Cut(line, "http://")
	addr, _, _ := strings.Cut(rest, "/")
	for path, want := range map[string]string{
		"/?a=CHN&b=RUS&ui=bg": "Китай",
		"/articles?ui=en":     "severny-kurier",
	} {
		resp, err := http.Get("http://" + addr + path)
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil || resp.StatusCode != 200 {
			t.Errorf("%s: status %d, %v", path, resp.StatusCode, err)
		}
		if path != "/articles?ui=en" && !strings.Contains(string(b), want) {
			t.Errorf("%s: no %q in the page", path, want)
		}
	}
	cancel()
	if code := <-done; code != 0 && code != exitInterrupted {
		t.Errorf("serve ended with exit code %d", code)
	}
}

func TestServeRefuses(t *testing.T) {
	var errs strings.Builder
	e := &env{stdin: strings.NewReader(""), stdout: io.Discard, stderr: &errs, getenv: func(string) string { return "" }}
	if code := run(t.Context(), e, []string{"serve", "--db", filepath.Join(t.TempDir(), "none.db")}); code != 3 {
		t.Errorf("serve without a database: exit code %d, want 3: %s", code, errs.String())
	}
}
