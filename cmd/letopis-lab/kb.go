package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"letopis/internal/kb"
)

func kbCommand(l *lab) *cobra.Command {
	dir := "data/kb"
	c := &cobra.Command{
		Use:     "kb",
		Short:   "Compile the tables of the knowledge base (kb.bin), pack the generated ones (generated.gz)",
		Long:    "Compile the tables of the knowledge base, so that the program lays nothing out when it starts. To be run when a table has changed.",
		Example: "  letopis-lab kb --kb data/kb",
		Args:    cobra.NoArgs,
		RunE:    func(*cobra.Command, []string) error { return l.compileKB(dir) },
	}
	c.Flags().StringVar(&dir, "kb", dir, "`DIR` of the knowledge base")
	return c
}

// compileKB writes the compiled form of the tables of a folder, and the generated ones packed, beside them.
func (l *lab) compileKB(dir string) error {
	b, err := kb.Compile(os.DirFS(dir))
	if err != nil {
		return err
	}
	packed, err := kb.Pack(os.DirFS(dir))
	if err != nil {
		return err
	}
	return errors.Join(l.writeMade(dir, kb.Compiled, b), l.writeMade(dir, kb.Packed, packed))
}

func (l *lab) writeMade(dir, name string, b []byte) error {
	path := filepath.Join(dir, name)
	fmt.Fprintf(l.stdout, "%s: %d bytes\n", path, len(b))
	return os.WriteFile(path, b, 0o644)
}
