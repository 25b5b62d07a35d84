package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"letopis"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"letopis": main})
}

// TestScripts runs testdata/*.txtar: commands, what they print, and how they end.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(env *testscript.Env) error {
			env.Setenv("LANG", "en_US.UTF-8")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":    exits,
			"bytes":    writeBytes,
			"validate": validate,
		},
	})
}

// exits CODE COMMAND ARGS... runs a command that must end with the code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND ARGS...")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := "exit status 0"
	if err != nil {
		got = err.Error()
	}
	if got != "exit status "+args[0] {
		ts.Fatalf("%s, want %s", got, args[0])
	}
}

// bytes FILE HEX|*N... writes bytes that a script cannot hold; *N repeats the last byte N times.
func writeBytes(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: bytes FILE HEX...")
	}
	var b []byte
	for _, a := range args[1:] {
		if n, ok := strings.CutPrefix(a, "*"); ok {
			b = append(b, []byte(strings.Repeat(string(b[len(b)-1:]), atoi(ts, n, 10)))...)
			continue
		}
		for ; len(a) >= 2; a = a[2:] {
			b = append(b, byte(atoi(ts, a[:2], 16)))
		}
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b, 0o666))
}

// validate FILE... checks records against their contract.
func validate(ts *testscript.TestScript, neg bool, args []string) {
	var files []string
	for _, a := range args {
		m, err := filepath.Glob(ts.MkAbs(a))
		ts.Check(err)
		if len(m) == 0 {
			ts.Fatalf("no file is %s", a)
		}
		files = append(files, m...)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		ts.Check(err)
		for line := range strings.Lines(string(b)) {
			if strings.HasPrefix(line, "{\n") { // indented: one record in the file
				line = string(b)
			}
			rec, err := letopis.DecodeRecord([]byte(line))
			ts.Check(err)
			ts.Check(rec.Validate())
			if line == string(b) {
				break
			}
		}
	}
}

func atoi(ts *testscript.TestScript, s string, base int) int {
	n, err := strconv.ParseInt(s, base, 64)
	ts.Check(err)
	return int(n)
}
