package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"letopis"
	"letopis/internal/each"
	"letopis/internal/locale"
)

// Articles go into the chronicle in batches: a transaction costs one wait for the
// disk. A batch is closed early where articles come slowly, so that little is lost
// when the program is killed; what was stored is there when it is run again.
const (
	batchRecords = 512
	batchTime    = time.Second
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
	a := &adder{store: store, progress: newProgress(e)}
	err = a.all(ctx, recs)
	a.progress.done()
	if err == nil || a.stored() > 0 {
		a.summary(e)
	}
	if err != nil {
		return err
	}
	return a.bad.verdict(a.stored())
}

// adder puts a stream of records into a store.
type adder struct {
	store    letopis.Store
	batch    []*letopis.Record
	since    time.Time
	counts   map[letopis.Outcome]int
	bad      failures
	progress *progress
}

func (a *adder) stored() int {
	n := 0
	for _, c := range a.counts {
		n += c
	}
	return n
}

func (a *adder) all(ctx context.Context, recs iter.Seq2[*letopis.Record, error]) error {
	a.counts = map[letopis.Outcome]int{}
	a.since = time.Now()
	for r, err := range recs {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			a.bad.add(err)
			continue
		}
		a.batch = append(a.batch, r)
		if len(a.batch) == batchRecords || time.Since(a.since) > batchTime {
			if err := a.flush(ctx); err != nil {
				return err
			}
		}
	}
	return a.flush(ctx)
}

// flush stores the batch. A record that the store refuses is left out and listed,
// and the others of its batch go in; an error of the store itself ends the adding.
func (a *adder) flush(ctx context.Context) error {
	batch := a.batch
	a.batch = nil
	outcomes, err := a.store.Put(ctx, batch...)
	if letopis.KindOf(err) == letopis.Invalid && len(batch) > 1 {
		for _, r := range batch {
			a.batch = []*letopis.Record{r}
			if err := a.flush(ctx); err != nil {
				return err
			}
		}
		return nil
	}
	if letopis.KindOf(err) == letopis.Invalid {
		a.bad.add(err)
		err = nil
	}
	if err != nil {
		return err
	}
	for _, o := range outcomes {
		a.counts[o]++
	}
	a.since = time.Now()
	a.progress.show(a.stored(), a.bad.n)
	return nil
}

// summary lists what was refused, and ends with one line of counts.
func (a *adder) summary(e *env) {
	for _, l := range a.bad.list {
		e.notice(l)
	}
	if more := a.bad.n - len(a.bad.list); more > 0 {
		e.notice(fmt.Sprintf("… and %d more", more))
	}
	l, err := locale.Of(e.ui)
	if err != nil {
		l = nil // the keys say it in English
	}
	fmt.Fprintf(e.stdout, "%d %s, ", a.counts[letopis.Added], l.T("add.added"))
	if n := a.counts[letopis.Replaced]; n > 0 {
		fmt.Fprintf(e.stdout, "%d %s, ", n, l.T("add.replaced"))
	}
	fmt.Fprintf(e.stdout, "%d %s, %d %s\n", a.counts[letopis.Present], l.T("add.present"), a.bad.n, l.T("add.refused"))
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
			for r, err := range e.recordsOf(p) {
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
			b := bufio.NewReaderSize(e.stdin, recordHead)
			e.stdin = b
			head, _ := b.Peek(recordHead)
			if isRecord(head) {
				records = append(records, p)
			} else {
				articles = append(articles, p)
			}
			continue
		}
		if st, err := os.Stat(p); err != nil || !st.IsDir() {
			if err == nil && isRecordFile(p) {
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
			if isRecordFile(p) {
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

// recordHead is how much of a file tells whether it holds records.
const recordHead = 4096

// isRecord reports whether the first bytes of a file are those of a record, alone
// or in an array: the schema is its first field, whatever its version.
func isRecord(head []byte) bool {
	head = bytes.TrimLeft(head, " \t\r\n[")
	rest, ok := bytes.CutPrefix(head, []byte("{"))
	if !ok {
		return false
	}
	rest, ok = bytes.CutPrefix(bytes.TrimLeft(rest, " \t\r\n"), []byte(`"schema"`))
	if !ok {
		return false
	}
	rest, ok = bytes.CutPrefix(bytes.TrimLeft(rest, " \t\r\n"), []byte(":"))
	return ok && bytes.HasPrefix(bytes.TrimLeft(rest, " \t\r\n"), []byte(`"letopis/record/`))
}

func isRecordFile(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, recordHead)
	n, _ := io.ReadFull(f, head)
	return isRecord(head[:n])
}

// recordsOf yields the records of one file: one, several one after another, or an array.
func (e *env) recordsOf(path string) iter.Seq2[*letopis.Record, error] {
	return func(yield func(*letopis.Record, error) bool) {
		src, name := e.stdin, "standard input"
		if path != "-" {
			f, err := os.Open(path)
			if err != nil {
				yield(nil, err)
				return
			}
			defer f.Close()
			src, name = f, path
		}
		b := bufio.NewReaderSize(src, 1<<16)
		dec := json.NewDecoder(b)
		if head, _ := b.Peek(recordHead); bytes.HasPrefix(bytes.TrimLeft(head, " \t\r\n"), []byte("[")) {
			if _, err := dec.Token(); err != nil {
				yield(nil, recordError(name, 1, err))
				return
			}
		}
		for n := 1; dec.More(); {
			raws, end := nextRaws(dec)
			recs, errs := make([]*letopis.Record, len(raws)), make([]error, len(raws))
			each.Do(len(raws), func(i int) {
				recs[i], errs[i] = letopis.DecodeRecord(raws[i])
				if errs[i] == nil {
					errs[i] = recs[i].Validate()
				}
			})
			for i := range raws {
				if errs[i] != nil {
					recs[i], errs[i] = nil, recordError(name, n, errs[i])
				}
				if !yield(recs[i], errs[i]) {
					return
				}
				n++
			}
			if end != nil {
				yield(nil, recordError(name, n, end)) // what follows cannot be found
				return
			}
		}
		if _, err := dec.Token(); err != nil && !errors.Is(err, io.EOF) {
			yield(nil, recordError(name, 0, err))
		}
	}
}

// Records are taken from a file so many, or so many bytes, at a time, and decoded on
// all processors.
const (
	rawRecords = 128
	rawBytes   = 4 << 20
)

func nextRaws(dec *json.Decoder) (raws []json.RawMessage, err error) {
	size := 0
	for len(raws) < rawRecords && size < rawBytes && dec.More() {
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return raws, err
		}
		raws = append(raws, raw)
		size += len(raw)
	}
	return raws, nil
}

func recordError(name string, n int, err error) error {
	kind := letopis.KindOf(err)
	if !slices.Contains([]letopis.ErrorKind{letopis.Conflict, letopis.Unsupported}, kind) {
		kind = letopis.Invalid
	}
	op := name
	if n > 1 {
		op = fmt.Sprintf("%s: record %d", name, n)
	}
	return &letopis.Error{Op: op, Kind: kind, Err: err}
}
