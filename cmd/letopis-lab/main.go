// Command letopis-lab is the workbench of those who develop letopis: it learns the models
// that the program ships, and measures how well and how fast the program reads.
//
//	letopis-lab train   the models of data/lang from the data sets of ../shared
//	letopis-lab score   every figure of docs/accuracy.md
//	letopis-lab bench   speed, memory and start-up
//	letopis-lab race    the speed of two versions, one against the other
//
// It knows the folders of the repository (corpus/, docs/, data/) and the data sets beside
// it; cmd/letopis, the program of users, knows neither. A subcommand is a file here and its
// line in commands.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"letopis"
	"letopis/data"
	"letopis/internal/kb"
)

// commands are the subcommands, in the order of the help text.
var commands = []func(*lab) *cobra.Command{
	trainCommand,
	kbCommand,
	scoreCommand,
	benchCommand,
	raceCommand,
}

// lab is what a command sees of the world. main fills it from the process, tests from buffers.
type lab struct {
	stdin          io.Reader
	stdout, stderr io.Writer
}

func main() {
	cobra.EnableCommandSorting = false
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second interrupt ends the program at once
	l := &lab{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr}
	err := l.run(ctx, os.Args[1:])
	stop()
	if err != nil {
		fmt.Fprintf(l.stderr, "letopis-lab: %v\n", err)
		os.Exit(1)
	}
}

// run executes one command line.
func (l *lab) run(ctx context.Context, args []string) error {
	root := &cobra.Command{
		Use:           "letopis-lab",
		Short:         "Train the models of letopis and measure how it reads",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },

		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
	}
	root.SetIn(l.stdin)
	root.SetOut(l.stdout)
	root.SetErr(l.stderr)
	for _, command := range commands {
		root.AddCommand(command(l))
	}
	root.SetArgs(args)
	return root.ExecuteContext(ctx)
}

// notice tells the user something on standard error.
func (l *lab) notice(s string) { fmt.Fprintf(l.stderr, "letopis-lab: %s\n", s) }

// dataFlag gives a command the flag that names another data folder than the built-in one.
func dataFlag(c *cobra.Command, dir *string) {
	c.Flags().StringVar(dir, "data", "", "`DIR` of the language data, such as data/ (default: the built-in data)")
}

// openData opens the folder that --data names.
func openData(dir string) (fs.FS, error) {
	if dir == "" {
		return data.FS, nil
	}
	switch st, err := os.Stat(dir); {
	case err != nil:
		return nil, &letopis.Error{Op: "--data", Kind: letopis.NotFound, Err: err}
	case !st.IsDir():
		return nil, &letopis.Error{Op: "--data " + dir, Kind: letopis.Invalid, Err: errors.New("not a folder; name one that has lang/, onto/ and kb/")}
	}
	return os.DirFS(dir), nil
}

// openKB opens the knowledge base of a data folder.
func openKB(data fs.FS) (*kb.KB, error) {
	sub, err := fs.Sub(data, "kb")
	if err != nil {
		return nil, err
	}
	return kb.Open(sub)
}
