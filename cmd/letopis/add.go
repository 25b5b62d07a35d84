package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"letopis"
	"letopis/internal/archive"
	"letopis/internal/locale"
)

func addCommand(e *env) *cobra.Command {
	var in inputFlags
	var db string
	c := &cobra.Command{
		Use:   "add [FILE|FOLDER|-]...",
		Short: "Read articles and keep their records in the chronicle",
		Long: `Read articles and keep what they say in the chronicle, a file. Each article is kept
once: adding it again changes nothing, and a newer reading of it takes the place of
the older, which is kept too. If the program is stopped at any moment, run it again.

Input is that of 'letopis read', and records that 'letopis read' has written, as
JSON or JSON Lines. A bad article does not stop the others: it is left out, and
listed with its reason.`,
		Example: `  letopis add articles/
  letopis read --format jsonl archive.jsonl.gz | letopis add --db archive.db -`,
		RunE: func(c *cobra.Command, paths []string) error {
			if len(paths) == 0 {
				if f, ok := e.stdin.(*os.File); ok {
					if _, tty := terminalWidth(f); tty {
						return usageError(c, errors.New("name a file, a folder, or - for standard input"))
					}
				}
				paths = []string{"-"}
			}
			return e.add(c.Context(), paths, in, db)
		},
	}
	in.register(c)
	registerDB(c, &db)
	return c
}

func (e *env) add(ctx context.Context, paths []string, in inputFlags, db string) (err error) {
	recs, err := e.records(ctx, paths, in)
	if err != nil {
		return err
	}
	store, err := e.openStore(ctx, db, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	var bad failures
	p := newProgress(e)
	a := &archive.Adder{Store: store, Refused: bad.add}
	a.Stored = func(n int) { p.show(n, bad.n) }
	err = a.Add(ctx, recs)
	p.done()
	if err == nil || a.Total() > 0 {
		e.added(a, &bad)
	}
	if err != nil {
		return err
	}
	return bad.verdict(a.Total())
}

// added lists what was refused, and ends with one line of counts.
func (e *env) added(a *archive.Adder, bad *failures) {
	for _, l := range bad.list {
		e.notice(l)
	}
	if more := bad.n - len(bad.list); more > 0 {
		e.notice(fmt.Sprintf("… and %d more", more))
	}
	l, err := locale.Of(e.ui)
	if err != nil {
		l = nil // the keys say it in English
	}
	fmt.Fprintf(e.stdout, "%d %s, ", a.Outcomes[letopis.Added], l.T("add.added"))
	if n := a.Outcomes[letopis.Replaced]; n > 0 {
		fmt.Fprintf(e.stdout, "%d %s, ", n, l.T("add.replaced"))
	}
	fmt.Fprintf(e.stdout, "%d %s, %d %s\n", a.Outcomes[letopis.Present], l.T("add.present"), bad.n, l.T("add.refused"))
}

// verdict is the error of a stream whose failures are listed already: there is one
// only where nothing went well.
func (f *failures) verdict(good int) error {
	if f.n == 0 || good > 0 {
		return nil
	}
	return &letopis.Error{Kind: letopis.KindOf(f.first), Err: errors.New("nothing could be added, see above")}
}

// progress shows on a terminal how far the adding is.
type progress struct {
	w     io.Writer
	text  string // a format for the articles stored, those refused, and how many a second
	start time.Time
	on    bool
}

func newProgress(e *env) *progress {
	l, _ := locale.Of(e.ui) // without it the key is shown
	p := &progress{w: e.stderr, text: l.T("add.progress"), start: time.Now()}
	if f, ok := e.stderr.(*os.File); ok {
		_, p.on = terminalWidth(f)
	}
	return p
}

func (p *progress) show(stored, bad int) {
	if p.on {
		s := time.Since(p.start).Seconds()
		fmt.Fprintf(p.w, "\r\x1b[K"+p.text, stored, bad, float64(stored)/max(s, 0.001))
	}
}

func (p *progress) done() {
	if p.on {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}

// records yields the records of paths: those that stand in files of records, and
// those of all articles, read on all processors.
func (e *env) records(ctx context.Context, paths []string, in inputFlags) (iter.Seq2[*letopis.Record, error], error) {
	recordFiles, articles, err := e.sortPaths(paths)
	if err != nil {
		return nil, err
	}
	var read iter.Seq2[finding, error]
	if len(articles) > 0 {
		r, err := e.openReader()
		if err != nil {
			return nil, err
		}
		docs, err := e.documents(ctx, r.Packs(), articles, in)
		if err != nil {
			return nil, err
		}
		read = inOrder(ctx, docs, readWith(r, false))
	}
	return func(yield func(*letopis.Record, error) bool) {
		for _, p := range recordFiles {
			for r, err := range archive.Records(p, e.stdin) {
				if !yield(r, err) {
					return
				}
			}
		}
		if read == nil {
			return
		}
		for fd, err := range read {
			if !yield(fd.rec, err) {
				return
			}
		}
	}, nil
}

// sortPaths parts files of records from articles. A folder with a file of records
// in it is taken apart; any other goes to the reader of articles as it is.
func (e *env) sortPaths(paths []string) (records, articles []string, err error) {
	for _, p := range paths {
		if p == "-" {
			b := bufio.NewReaderSize(e.stdin, archive.Head)
			e.stdin = b
			head, _ := b.Peek(archive.Head)
			if archive.IsRecord(head) {
				records = append(records, p)
			} else {
				articles = append(articles, p)
			}
			continue
		}
		if st, err := os.Stat(p); err != nil || !st.IsDir() {
			if err == nil && archive.IsRecordFile(p) {
				records = append(records, p)
			} else {
				articles = append(articles, p) // what is not there is refused by name there
			}
			continue
		}
		found, rest, err := sortFolder(p)
		if err != nil {
			return nil, nil, err
		}
		switch {
		case len(found) == 0:
			articles = append(articles, p)
		default:
			records = append(records, found...)
			articles = append(articles, rest...)
		}
	}
	return records, articles, nil
}

func sortFolder(dir string) (records, rest []string, err error) {
	err = filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), ".") {
			return err
		}
		switch strings.TrimSuffix(strings.ToLower(filepath.Ext(strings.TrimSuffix(p, ".gz"))), ".gz") {
		case ".json", ".jsonl", ".ndjson":
			if archive.IsRecordFile(p) {
				records = append(records, p)
				return nil
			}
		case ".txt", ".text":
		default:
			return nil
		}
		rest = append(rest, p)
		return nil
	})
	return records, rest, err
}
