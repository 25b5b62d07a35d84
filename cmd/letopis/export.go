package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"letopis"
	"letopis/internal/export"
	"letopis/internal/onto"
	"letopis/internal/read"
	"letopis/internal/ud"
)

func exportCommand(e *env) *cobra.Command {
	var f queryFlags
	var out string
	var flip bool
	c := &cobra.Command{
		Use: "export [WORD]...",
		RunE: func(c *cobra.Command, words []string) error {
			q, err := f.query(c)
			if err != nil {
				return err
			}
			if err := f.parties(e, &q); err != nil {
				return err
			}
			q.Words = strings.Join(words, " ")
			return e.export(c.Context(), q, f.db, f.format, out, flip)
		},
	}
	f.registerCommon(c, 0)
	c.Flags().StringSliceVar(&f.actors, "actor", nil, "")
	c.Flags().StringVar(&f.pair, "pair", "", "")
	c.Flags().StringSliceVar(&f.groups, "group", nil, "")
	c.Flags().StringVar(&f.doc, "doc", "", "")
	c.Flags().StringVar(&out, "out", "", "")
	c.Flags().BoolVar(&flip, "flip", false, "")
	format := c.Flags().Lookup("format")
	f.format, format.DefValue = "csv", "csv"
	localize(e, c, "export")
	return c
}

// export writes the entries of q. A file is complete or not there: it gets its name
// when it is written.
func (e *env) export(ctx context.Context, q letopis.Query, db, format, out string, flip bool) (err error) {
	f, err := export.FormatOf(format)
	if err != nil {
		return err
	}
	if err := q.Check(); err != nil {
		return err
	}
	if to, ok := e.stdout.(*os.File); ok && f.Binary && out == "" {
		if _, tty := terminalWidth(to); tty {
			return &letopis.Error{Op: "export " + format, Kind: letopis.Invalid, Err: errors.New("this is not for a terminal; name a file with --out")}
		}
	}
	if flip && !f.Events {
		return &letopis.Error{Op: "export --flip", Kind: letopis.Invalid, Err: fmt.Errorf("%s says category and modality side by side; flips are for formats that have no modality", format)}
	}
	o, err := onto.Open(e.data)
	if err != nil {
		return err
	}
	store, err := e.openStore(ctx, db, true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	c := &export.Chronicle{Entries: store.Entries(ctx, q), Record: store.Get, Onto: o, Flip: flip}
	if f.Analysed {
		r, err := e.openReader()
		if err != nil {
			return err
		}
		c.Conllu = analysisWriter(r)
	}
	if out == "" {
		return f.Write(ctx, e.stdout, c)
	}
	return writeWhole(out, func(w io.Writer) error { return f.Write(ctx, w, c) })
}

func analysisWriter(r *read.Reader) func(context.Context, io.Writer, *letopis.Document) error {
	return func(ctx context.Context, w io.Writer, doc *letopis.Document) error {
		pack, err := r.Packs().Pack(doc.Lang)
		if err != nil {
			return err
		}
		a, err := pack.Analyze(ctx, doc.Text)
		if err != nil {
			return err
		}
		return ud.WriteConllu(w, a, doc.Text, string(doc.ID))
	}
}
