// Command letopis reads news in Bulgarian, Russian and English and keeps a
// sourced chronicle of international relations.
//
// This package knows all the others but those of learning, and with cmd/letopis-lab it
// is the only importer of package data besides tests. A subcommand is a file here and its
// line in commands.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"

	"github.com/spf13/cobra"

	"letopis"
	"letopis/internal/locale"
)

// commands are the subcommands, in the order of the help text.
var commands = []func(*env) *cobra.Command{
	readCommand,
	explainCommand,
	analyzeCommand,
	codeCommand,
	addCommand,
	findCommand,
	timelineCommand,
	briefCommand,
	seriesCommand,
	claimCommand,
	rebuildCommand,
	whoCommand,
	exportCommand,
	serveCommand,
	demoCommand,
	newScoreCmd,
	checkCommand,
	licencesCommand,
	versionCommand,
}

// exitCodes gives each kind of error its exit code. Codes are only ever added.
var exitCodes = []struct {
	kind  letopis.ErrorKind
	code  int
	means string
}{
	{letopis.Internal, 1, "a defect of letopis, or an error of the system"},
	{letopis.Invalid, 2, "the input or the command line is wrong"},
	{letopis.NotFound, 3, "a file, record or entry is not there"},
	{letopis.Conflict, 4, "a store of another program or a newer version"},
	{letopis.Unsupported, 5, "a language or format that letopis does not know"},
	{letopis.Unavailable, 6, "not reachable now; try again later"},
}

// exitInterrupted is the exit code after SIGINT or SIGTERM, as shells have it.
const exitInterrupted = 130

func main() {
	cobra.EnableCommandSorting = false
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second interrupt ends the program at once
	code := run(ctx, &env{
		stdin:  os.Stdin,
		stdout: os.Stdout,
		stderr: os.Stderr,
		getenv: os.Getenv,
	}, os.Args[1:])
	stop()
	os.Exit(code)
}

// run executes one command line and returns its exit code. An error is printed
// here and nowhere else, once.
func run(ctx context.Context, e *env, args []string) int {
	e.stderr = &lockedWriter{w: e.stderr}
	root := rootCommand(e)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err == nil || errors.Is(err, syscall.EPIPE) {
		return 0 // the reader of our output has enough
	}
	if ctx.Err() != nil {
		fmt.Fprintln(e.stderr, "letopis: interrupted")
		return exitInterrupted
	}
	fmt.Fprintf(e.stderr, "letopis: %v\n", err)
	return exitCode(err)
}

func exitCode(err error) int {
	kind := letopis.KindOf(err)
	if errors.Is(err, os.ErrNotExist) {
		kind = letopis.NotFound
	}
	for _, x := range exitCodes {
		if x.kind == kind {
			return x.code
		}
	}
	return 1
}

func rootCommand(e *env) *cobra.Command {
	root := &cobra.Command{
		Use:   "letopis",
		Short: "Read news into a sourced chronicle of international relations",
		Long: `letopis reads news in Bulgarian, Russian and English and keeps a sourced
chronicle of international relations: who said and did what to whom, when, and
according to whom.

` + exitHelp(),
		SilenceErrors:              true,
		SuggestionsMinimumDistance: 2,
		SilenceUsage:               true,
		Args:                       cobra.NoArgs,
		CompletionOptions:          cobra.CompletionOptions{HiddenDefaultCmd: true},
		PersistentPreRunE:          func(*cobra.Command, []string) error { return e.settle() },
		RunE: func(c *cobra.Command, _ []string) error {
			return c.Help()
		},
	}
	root.PersistentFlags().StringVar(&e.dataDir, "data", "", "read language data from this folder instead of the built-in data")
	root.PersistentFlags().StringVar(&e.kbDir, "kb", "", "lay the tables of this folder over the knowledge base: your own persons, offices, names")
	root.PersistentFlags().StringVar(&e.ui, "ui", "", "language of the interface: "+strings.Join(locale.Langs(), " or ")+" (default: from LANG)")
	root.SetIn(e.stdin)
	root.SetOut(e.stdout)
	root.SetErr(e.stderr)
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error { return usageError(c, err) })
	for _, command := range commands {
		c := command(e)
		if check := c.Args; check != nil {
			c.Args = func(c *cobra.Command, args []string) error {
				if err := check(c, args); err != nil {
					return usageError(c, err)
				}
				return nil
			}
		}
		root.AddCommand(c)
	}
	root.Args = func(c *cobra.Command, args []string) error {
		if len(args) == 0 {
			return nil
		}
		hint := ""
		if s := c.SuggestionsFor(args[0]); len(s) > 0 {
			hint = fmt.Sprintf("; did you mean %q?", s[0])
		}
		return usageError(c, fmt.Errorf("unknown command %q%s", args[0], hint))
	}
	return root
}

// usageError makes err an error of the command line that says where help is.
func usageError(c *cobra.Command, err error) error {
	return &letopis.Error{Kind: letopis.Invalid, Err: fmt.Errorf("%w (see '%s --help')", err, c.CommandPath())}
}

func exitHelp() string {
	var b strings.Builder
	b.WriteString("Exit codes:\n    0  done\n")
	for _, x := range exitCodes {
		fmt.Fprintf(&b, "  %3d  %s: %s\n", x.code, x.kind, x.means)
	}
	fmt.Fprintf(&b, "  %3d  interrupted", exitInterrupted)
	return b.String()
}

// lockedWriter lets goroutines write whole messages.
type lockedWriter struct {
	mu sync.Mutex
	w  io.Writer
}

func (l *lockedWriter) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(p)
}
