package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(cleaned{m}, map[string]func(){"letopis-lab": main})
}

// cleaned runs the tests and then removes the program that they built.
type cleaned struct{ *testing.M }

func (c cleaned) Run() int {
	defer func() {
		if builtDir != "" {
			os.RemoveAll(builtDir)
		}
	}()
	return c.M.Run()
}

// builtDir is where builtLetopis put the program.
var builtDir string

// builtLetopis builds the program of users, once, and returns its file.
var builtLetopis = sync.OnceValues(func() (file string, err error) {
	if builtDir, err = os.MkdirTemp("", "letopis-lab-test-"); err != nil {
		return "", err
	}
	file = filepath.Join(builtDir, "letopis")
	if runtime.GOOS == "windows" {
		file += ".exe"
	}
	cmd := exec.Command("go", "build", "-o", file, "letopis/cmd/letopis")
	cmd.Stderr = os.Stderr
	return file, cmd.Run()
})

// program returns the file of the program of users.
func program(t testing.TB) string {
	t.Helper()
	if testing.Short() {
		t.Skip("short: this test builds letopis")
	}
	file, err := builtLetopis()
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// TestScripts runs testdata/*.txtar: commands, what they print, and how they end.
func TestScripts(t *testing.T) {
	letopis := program(t)
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(env *testscript.Env) error {
			env.Setenv("LETOPIS", letopis)
			return nil
		},
	})
}
