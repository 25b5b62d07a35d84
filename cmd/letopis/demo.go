package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"letopis"
	"letopis/internal/ingest"
	"letopis/internal/locale"
	"letopis/internal/nlp"
	"letopis/internal/tell"
)

// demoArticle is the article whose record the demo prints, as its file in data/demo
// calls it: a translation, so the chain of its sources is the longest.
const demoArticle = "bg-1210-prevod"

// demoQuery asks for the timeline that the demo prints.
func demoQuery() letopis.Query {
	return letopis.Query{Pair: []string{"CHN", "RUS"}, Since: "2020-09", Until: "2020-12"}
}

// demoFlags are the flags of letopis demo.
type demoFlags struct {
	keep    string
	article string
	serve   bool
	addr    string
}

// demoCommand reads the example corpus and shows what letopis makes of it.
func demoCommand(e *env) *cobra.Command {
	var f demoFlags
	c := &cobra.Command{
		Use:   "demo",
		Short: "Read the built-in example articles and show their chronicle",
		Long: `Read the example articles that come with letopis (Bulgarian, Russian and English,
September to December 2020), build their chronicle in a temporary database, and
print the timeline of China and Russia and the record of one article.

The articles were written for this purpose: the events are real in outline, the
outlets and their words are not. Nothing is fetched, and nothing is left behind
unless --keep says so.`,
		Example: `  letopis demo
  letopis demo --ui bg --article en-1224-brexit-deal
  letopis demo --keep demo.db
  letopis demo --serve`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return e.demo(c.Context(), f)
		},
	}
	c.Flags().StringVar(&f.keep, "keep", "", "keep the chronicle in this new database `FILE`")
	c.Flags().StringVar(&f.article, "article", demoArticle, "the `ID` of the example article whose record is shown")
	c.Flags().BoolVar(&f.serve, "serve", false, "then show the chronicle in a browser, until Ctrl-C")
	c.Flags().StringVar(&f.addr, "addr", defaultAddr, "with --serve: `HOST:PORT` to listen on")
	return c
}

// demo builds the chronicle of the example articles and shows it.
func (e *env) demo(ctx context.Context, f demoFlags) (err error) {
	dir, err := demoFolder(f.keep)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()

	db := filepath.Join(dir, "demo.db")
	recs, err := e.buildDemo(ctx, db)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(recs, func(r *letopis.Record) bool { return r.Document.GivenID == f.article })
	if i < 0 {
		return &letopis.Error{Op: "--article " + f.article, Kind: letopis.NotFound,
			Err: fmt.Errorf("no example article has this id; there are %s", strings.Join(givenIDs(recs), ", "))}
	}
	if f.keep != "" {
		// It is closed and lies in the same file system: it comes there whole or not at all.
		if err := moveNew(db, f.keep); err != nil {
			return &letopis.Error{Op: "--keep " + f.keep, Kind: letopis.Internal, Err: err}
		}
		db = f.keep
	}
	return e.showDemo(ctx, db, recs, recs[i], f)
}

// demoFolder makes the folder in which the database is built: beside its later
// place where it is to be kept.
func demoFolder(keep string) (string, error) {
	if keep == "" {
		return os.MkdirTemp("", "letopis-demo-")
	}
	switch _, err := os.Lstat(keep); {
	case err == nil:
		return "", &letopis.Error{Op: "--keep " + keep, Kind: letopis.Conflict,
			Err: errors.New("this file is there already; name a new one, so that examples do not get into a chronicle of yours")}
	case !errors.Is(err, fs.ErrNotExist):
		return "", &letopis.Error{Op: "--keep " + keep, Kind: letopis.Invalid, Err: err}
	}
	dir, err := os.MkdirTemp(filepath.Dir(keep), ".letopis-demo-")
	if err != nil {
		return "", &letopis.Error{Op: "--keep " + keep, Kind: letopis.Invalid, Err: err}
	}
	return dir, nil
}

// moveNew renames a file to a name that is free. Link, unlike Rename, does not replace
// a file that came there meanwhile, but not every file system has it.
func moveNew(from, to string) error {
	if err := os.Link(from, to); err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	return os.Rename(from, to)
}

// buildDemo reads the example articles, keeps their records in a new database and
// returns them in the order of the articles.
func (e *env) buildDemo(ctx context.Context, db string) (recs []*letopis.Record, err error) {
	r, err := e.openReader()
	if err != nil {
		return nil, err
	}
	for fd, err := range inOrder(ctx, demoDocuments(ctx, e.data, r.Packs()), readWith(r, false)) {
		if err != nil {
			return nil, err
		}
		recs = append(recs, fd.rec)
	}
	store, err := e.openStore(ctx, db, false)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	_, err = store.Put(ctx, recs...)
	return recs, err
}

// demoDocuments yields the example articles in the order of their file names.
func demoDocuments(ctx context.Context, fsys fs.FS, packs *nlp.Set) iter.Seq2[*letopis.Document, error] {
	names, err := fs.Glob(fsys, "demo/*.json")
	if err == nil && len(names) == 0 {
		err = &letopis.Error{Op: "demo", Kind: letopis.NotFound, Err: errors.New("the data folder has no demo/*.json; leave out --data")}
	}
	if err != nil {
		return func(yield func(*letopis.Document, error) bool) { yield(nil, err) }
	}
	return ingest.Files(ctx, fsys, names, ingest.Options{Langs: packs.Langs(), Identify: packs.Identify})
}

// showDemo prints the timeline and one record, and says what to do next.
func (e *env) showDemo(ctx context.Context, db string, recs []*letopis.Record, one *letopis.Record, f demoFlags) (err error) {
	store, err := e.openStore(ctx, db, true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()

	var b strings.Builder
	l, err := locale.Of(e.ui)
	if err != nil {
		return err
	}
	if err := e.countDemo(ctx, &b, store, recs, l.T("demo.read")); err != nil {
		return err
	}
	fmt.Fprintf(&b, "\n== %s ==\n", l.T("demo.timeline"))
	if err := e.demoTimeline(ctx, &b, store); err != nil {
		return err
	}
	fmt.Fprintf(&b, "\n== %s ==\n\n", l.T("demo.article"))
	if err := e.text(&b, one, tell.TextOptions{}); err != nil {
		return err
	}
	next := [][2]string{{"letopis read FILE", l.T("demo.own")}, {"letopis add FILE...", l.T("demo.add")}}
	if !f.serve {
		next = append(next, [2]string{"letopis demo --serve", l.T("demo.serve")})
	}
	if f.keep == "" {
		next = append(next, [2]string{"letopis demo --keep demo.db", l.T("demo.kept")})
	} else {
		next = append(next, [2]string{"letopis find --db " + shellWord(f.keep) + " Denisov", l.T("demo.more")})
	}
	fmt.Fprintf(&b, "\n== %s ==\n\n", l.T("demo.next"))
	for _, n := range next {
		fmt.Fprintf(&b, "  %-38s %s\n", n[0], n[1])
	}
	if _, err = io.WriteString(e.stdout, b.String()); err != nil || !f.serve {
		return err
	}
	return e.serve(ctx, store, f.addr)
}

// shellWord quotes an argument for a shell where it has anything but what every
// shell takes as it is.
func shellWord(s string) string {
	plain := func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("_-./:@%+=,", r)
	}
	if s != "" && !strings.ContainsFunc(s, func(r rune) bool { return !plain(r) }) {
		return s
	}
	if runtime.GOOS == "windows" {
		return `"` + s + `"` // a name there holds no quotation mark
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

func givenIDs(recs []*letopis.Record) []string {
	var ids []string
	for _, r := range recs {
		ids = append(ids, r.Document.GivenID)
	}
	return ids
}

// countDemo writes one line about what was read.
func (e *env) countDemo(ctx context.Context, w io.Writer, store letopis.Store, recs []*letopis.Record, form string) error {
	lines, err := store.Count(ctx, letopis.Query{})
	if err != nil {
		return err
	}
	langs := map[string]int{}
	statements, events := 0, 0
	for _, r := range recs {
		langs[r.Document.Lang]++
		statements += len(r.Statements)
		events += len(r.Events)
	}
	var each []string
	for _, l := range slices.Sorted(maps.Keys(langs)) {
		each = append(each, fmt.Sprintf("%s %d", l, langs[l]))
	}
	_, err = fmt.Fprintf(w, form+"\n", len(recs), strings.Join(each, ", "), statements, events, lines)
	return err
}

// demoTimeline writes the entries of demoQuery, two lines each: the rows of letopis
// timeline, with the words cut to one line.
func (e *env) demoTimeline(ctx context.Context, w io.Writer, store letopis.Store) error {
	const indent = 12
	l, err := locale.Of(e.ui)
	if err != nil {
		return err
	}
	for en, err := range store.Entries(ctx, demoQuery()) {
		if err != nil {
			return err
		}
		c := tell.CellsOf(l, en)
		if _, err := fmt.Fprintf(w, "%-*s%s · %s\n%*s%s\n", indent, c.When+" ", strings.ReplaceAll(c.What, "\n", " · "), c.Source, indent, "", tell.CutAtSpace(c.Words, e.width-indent)); err != nil {
			return err
		}
	}
	return nil
}
