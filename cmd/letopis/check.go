package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"letopis"
	"letopis/internal/check"
	"letopis/internal/locale"
)

// checkCommand verifies a data folder.
func checkCommand(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "check data [FOLDER] | check lang/CODE",
		Short: "Verify language packs and the knowledge base",
		Long: `Verify a data folder: every file is UTF-8 in composed form with LF line ends; the
tables of every language parse; the examples of its rules do what they say; its
models open and are those of MODEL.json; the knowledge base has no doubtful terms of
office. 'check data' verifies the built-in data (or that of --data), 'check data
FOLDER' another one; 'check lang/CODE' one language, with what it lacks and what
degrades without it.

Errors and warnings are listed as FILE:LINE: MESSAGE. The exit code is 2 if there is
an error; warnings alone are no failure.`,
		Example: `  letopis check data
  letopis check data data
  letopis --data data check lang/bg`,
		Args: cobra.RangeArgs(1, 2),
		RunE: func(c *cobra.Command, args []string) error {
			fsys, lang := e.data, ""
			switch l, isLang := strings.CutPrefix(strings.TrimSuffix(args[0], "/"), "lang/"); {
			case isLang && len(args) == 1 && fs.ValidPath(l) && !strings.Contains(l, "/"):
				lang = l
			case args[0] != "data":
				return usageError(c, fmt.Errorf("cannot check %q; write check data, or check lang/CODE", args[0]))
			case len(args) == 2:
				if st, err := os.Stat(args[1]); err != nil {
					return &letopis.Error{Op: "check", Kind: letopis.NotFound, Err: err}
				} else if !st.IsDir() {
					return &letopis.Error{Op: "check " + args[1], Kind: letopis.Invalid, Err: errors.New("not a folder; name one that has lang/ and kb/")}
				}
				fsys = os.DirFS(args[1])
			}
			return e.check(c.Context(), fsys, lang)
		},
	}
}

// check verifies one language, or everything where lang is empty, and prints what it finds.
func (e *env) check(ctx context.Context, fsys fs.FS, lang string) error {
	loc, err := locale.Of(e.ui)
	if err != nil {
		return err
	}
	var r *check.Report
	if lang != "" {
		r, err = check.Lang(ctx, fsys, lang, loc)
	} else {
		r, err = check.Data(ctx, fsys, loc)
	}
	if err != nil {
		return err
	}
	if err := r.Write(e.stdout, loc); err != nil {
		return err
	}
	return r.Err()
}
