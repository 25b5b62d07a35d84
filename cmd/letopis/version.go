package main

import (
	"io"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"letopis"
	"letopis/internal/read"
)

// programVersion names the program, the source it was built from and the toolchain.
func programVersion() string {
	v := read.Program
	if bi, ok := debug.ReadBuildInfo(); ok {
		for _, s := range bi.Settings {
			if s.Key == "vcs.revision" && len(s.Value) >= 12 {
				v += " (" + s.Value[:12] + ")"
			}
		}
	}
	return v + ", " + runtime.Version() + ", " + runtime.GOOS + "/" + runtime.GOARCH
}

// versionCommand prints the version of the program.
func versionCommand(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version of the program and of the record format",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := io.WriteString(e.stdout, programVersion()+"\nrecords: "+letopis.Schema+"\n")
			return err
		},
	}
}
