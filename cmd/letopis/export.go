package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"letopis"
	"letopis/internal/export"
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
	if o, ok := e.stdout.(*os.File); ok && f.Binary && out == "" {
		if _, tty := terminalWidth(o); tty {
			return &letopis.Error{Op: "export " + format, Kind: letopis.Invalid, Err: errors.New("this is not for a terminal; name a file with --out")}
		}
	}
	if flip && !f.Events {
		return &letopis.Error{Op: "export --flip", Kind: letopis.Invalid, Err: fmt.Errorf("%s says category and modality side by side; flips are for formats that have no modality", format)}
	}
	codes, err := categories(e.data)
	if err != nil {
		return err
	}
	var flipped map[export.Flip]letopis.Code
	if flip {
		if flipped, err = flips(e.data); err != nil {
			return err
		}
	}
	store, err := e.openStore(ctx, db, true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	c := &export.Chronicle{Entries: store.Entries(ctx, q), Record: store.Get, Codes: codes, Flips: flipped}
	if f.Name == "conllu" {
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

// writeWhole writes a file beside its place and moves it there when it is whole.
func writeWhole(path string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	w := bufio.NewWriterSize(f, 1<<20)
	err = write(w)
	if err == nil {
		err = w.Flush()
	}
	if err == nil {
		err = f.Chmod(0o644)
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// categories reads what the ontology says of its categories.
func categories(data fs.FS) (map[letopis.Code]export.Category, error) {
	codes, err := ontologyTable(data, "onto/plover/codes.tsv", 4)
	if err != nil {
		return nil, err
	}
	intensity, err := ontologyTable(data, "onto/plover/intensity.tsv", 2)
	if err != nil {
		return nil, err
	}
	all := map[letopis.Code]export.Category{}
	for code, row := range codes {
		g, err := strconv.ParseFloat(row[3], 64)
		if err != nil {
			return nil, fmt.Errorf("onto/plover/codes.tsv: %s: %w", code, err)
		}
		k := export.Category{CAMEO: row[2], Goldstein: g}
		if row := intensity[code]; row != nil {
			k.Intensity = row[1]
		}
		all[letopis.Code(code)] = k
	}
	return all, nil
}

// flips reads which acts are others by their modality.
func flips(data fs.FS) (map[export.Flip]letopis.Code, error) {
	const name = "onto/plover/flips.tsv"
	b, err := fs.ReadFile(data, name)
	if err != nil {
		return nil, err
	}
	all := map[export.Flip]letopis.Code{}
	n := 0
	for line := range strings.Lines(string(b)) {
		n++
		if line = strings.TrimRight(line, "\r\n"); line == "" || line[0] == '#' {
			continue
		}
		bad := func(format string, args ...any) error {
			return &letopis.Error{Op: fmt.Sprintf("%s:%d", name, n), Kind: letopis.Invalid, Err: fmt.Errorf(format, args...)}
		}
		f := strings.Split(line, "\t")
		if len(f) != 4 {
			return nil, bad("%d columns, want category, modality, category, ground", len(f))
		}
		from, to := export.Flip{Code: letopis.Code(f[0]), Modality: letopis.Modality(f[1])}, letopis.Code(f[2])
		switch {
		case from.Code.Quad() == 0 || to.Quad() == 0 || from.Code == to:
			return nil, bad("%s and %s are not two PLOVER categories", f[0], f[2])
		case from.Modality != letopis.Future && from.Modality != letopis.Negated && from.Modality != letopis.Possible:
			return nil, bad("%q is no modality that changes an act; use future, possible or negated", f[1])
		case all[from] != "":
			return nil, bad("%s %s stands here twice", f[0], f[1])
		}
		all[from] = to
	}
	return all, nil
}

// ontologyTable reads the rows of a table by their first column.
func ontologyTable(data fs.FS, name string, columns int) (map[string][]string, error) {
	b, err := fs.ReadFile(data, name)
	if err != nil {
		return nil, err
	}
	all := map[string][]string{}
	for line := range strings.Lines(string(b)) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		row := strings.Split(line, "\t")
		if len(row) < columns {
			return nil, &letopis.Error{Op: name, Kind: letopis.Invalid, Err: fmt.Errorf("%q has %d columns, want %d", line, len(row), columns)}
		}
		all[row[0]] = row
	}
	return all, nil
}
