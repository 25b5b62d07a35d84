package main

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"letopis"
	"letopis/internal/ingest"
	"letopis/internal/nlp"
	"letopis/internal/read"
	"letopis/internal/score"
)

// benchFlags are the flags of bench.
type benchFlags struct {
	shared, root string
	data         string // folder of language data; "" for the built-in one
	program      string // the letopis that is started; "" for the one beside this program
	write        bool
	starts       int
	budget       time.Duration
	records      int
	db           string
}

// benchCommand measures the speed of reading.
func benchCommand(l *lab) *cobra.Command {
	var f benchFlags
	c := &cobra.Command{
		Use:   "bench [FILE|FOLDER]...",
		Short: "Measure the speed, memory and start-up time of reading",
		Long: `Measure the speed, memory and start-up time of reading on this machine.

The articles are those of the paths; or else the BSNLP texts of --shared in the
languages that can be read; or else the example corpus of 'letopis demo'. They are
read over and over on one processor, with the articles in memory, and the fastest
pass counts. Start-up is a process of letopis, from start to end, for one short article.

With --records the chronicle is measured instead: how fast synthetic records are added
and folded, how fast it answers, and how large it is.`,
		Example: `  letopis-lab bench articles/
  letopis-lab bench --records 1000000 --db /big/bench.db`,
		RunE: func(c *cobra.Command, paths []string) error {
			if f.records > 0 {
				return l.benchRecords(c.Context(), f.records, f.db, f.data)
			}
			return l.bench(c.Context(), paths, &f)
		},
	}
	c.Flags().StringVar(&f.shared, "shared", "../shared", "`DIR` of the data to measure on")
	c.Flags().BoolVar(&f.write, "write", false, "write corpus/bench.tsv and the section of docs/accuracy.md")
	c.Flags().IntVar(&f.records, "records", 0, "measure the chronicle instead, with `N` synthetic records")
	c.Flags().StringVar(&f.db, "db", "", "the chronicle to measure, a new `FILE` or postgres://… (default: a temporary file)")
	c.Flags().StringVar(&f.root, "root", ".", "`DIR` of the repository, for --write")
	c.Flags().StringVar(&f.program, "program", "", "the letopis `FILE` to start (default: the one beside letopis-lab)")
	dataFlag(c, &f.data)
	c.Flags().IntVar(&f.starts, "starts", 15, "how often to start a process")
	c.Flags().DurationVar(&f.budget, "time", 10*time.Second, "how long to read in all; every article is read twice at least")
	return c
}

// bench measures and prints, and writes what --write asks for.
func (l *lab) bench(ctx context.Context, paths []string, f *benchFlags) error {
	if f.starts < 1 {
		return &letopis.Error{Op: "--starts", Kind: letopis.Invalid, Err: errors.New("at least one")}
	}
	old := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(old)
	program, err := besideLab(f.program)
	if err != nil {
		return err
	}
	fsys, err := openData(f.data)
	if err != nil {
		return err
	}
	r, err := read.Open(fsys)
	if err != nil {
		return err
	}
	docs, what, err := l.benchDocuments(ctx, r, fsys, paths, f.shared)
	if err != nil {
		return err
	}
	b := &score.Bench{Corpus: what, Machine: machine()}
	if err := benchReading(ctx, r, docs, f.budget, b); err != nil {
		return err
	}
	examples, err := eachLanguage(ctx, fsys, r.Packs())
	if err != nil {
		return err
	}
	p := process{program: program, data: f.data}
	if err := p.bench(ctx, docs, examples, f.starts, b); err != nil {
		return err
	}
	if _, err := io.WriteString(l.stdout, b.Text()); err != nil {
		return err
	}
	if !f.write {
		return nil
	}
	if err := os.WriteFile(filepath.Join(f.root, "corpus", "bench.tsv"), []byte(b.TSV()), 0o644); err != nil {
		return err
	}
	path := filepath.Join(f.root, "docs", "accuracy.md")
	page, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return os.WriteFile(path, []byte(score.WithSpeedSection(string(page), b.Markdown())), 0o644)
}

// benchDocuments takes in the articles to measure on, and says what they are.
func (l *lab) benchDocuments(ctx context.Context, r *read.Reader, fsys fs.FS, paths []string, shared string) ([]*letopis.Document, string, error) {
	what := strings.Join(paths, ", ")
	if len(paths) == 0 {
		paths = bsnlpRaw(shared, r.Packs().FullLangs())
		what = "the BSNLP texts of data/bsnlp"
	}
	var docs iter.Seq2[*letopis.Document, error]
	if len(paths) > 0 {
		docs = ingest.Read(ctx, paths, ingest.Options{Langs: r.Packs().Langs(), Identify: r.Packs().Identify, Stdin: l.stdin})
	} else {
		what = "the example corpus"
		docs = demoDocuments(ctx, fsys, r.Packs())
	}
	var out []*letopis.Document
	var first error
	for doc, err := range docs {
		switch {
		case ctx.Err() != nil:
			return nil, "", ctx.Err()
		case err == nil:
			out = append(out, doc)
		case first == nil:
			first = err
			fallthrough
		default:
			l.notice(err.Error())
		}
	}
	if len(out) == 0 {
		return nil, "", cmp.Or(first, error(&letopis.Error{Op: "bench", Kind: letopis.NotFound, Err: errors.New("there is no article to measure on")}))
	}
	return out, what, nil
}

// demoDocuments yields the example articles of a data folder.
func demoDocuments(ctx context.Context, fsys fs.FS, packs *nlp.Set) iter.Seq2[*letopis.Document, error] {
	names, err := fs.Glob(fsys, "demo/*.json")
	if err != nil {
		return func(yield func(*letopis.Document, error) bool) { yield(nil, err) }
	}
	return ingest.Files(ctx, fsys, names, ingest.Options{Langs: packs.Langs(), Identify: packs.Identify})
}

// bsnlpRaw returns the folders of raw texts in the languages langs.
func bsnlpRaw(shared string, langs []string) []string {
	var out []string
	for _, lang := range langs {
		dirs, err := filepath.Glob(filepath.Join(shared, "data", "bsnlp", "*", lang, "raw"))
		if err == nil {
			out = append(out, dirs...)
		}
	}
	slices.Sort(out)
	return out
}

// benchReading reads the documents of each language over and over within the budget.
func benchReading(ctx context.Context, r *read.Reader, docs []*letopis.Document, budget time.Duration, b *score.Bench) error {
	byLang := map[string][]*letopis.Document{}
	for _, d := range docs {
		byLang[d.Lang] = append(byLang[d.Lang], d)
	}
	var langs []string
	for lang := range byLang {
		langs = append(langs, lang)
	}
	slices.Sort(langs)
	for _, lang := range langs {
		x := score.BenchLang{Lang: lang, Articles: len(byLang[lang])}
		share := time.Duration(int64(budget) * int64(x.Articles) / int64(max(1, len(docs))))
		if err := benchLang(ctx, r, byLang[lang], share, &x); err != nil {
			return err
		}
		b.Langs = append(b.Langs, x)
	}
	return nil
}

// benchLang measures one language. The first pass loads the models and is not counted;
// the second counts allocations and is not timed; the fastest of those after it counts for speed.
func benchLang(ctx context.Context, r *read.Reader, docs []*letopis.Document, budget time.Duration, x *score.BenchLang) error {
	pack, err := r.Packs().Pack(docs[0].Lang)
	if err != nil {
		return err
	}
	analyse := func() error {
		x.Tokens = 0
		for _, d := range docs {
			a, err := pack.Analyze(ctx, d.Text)
			if err != nil {
				return err
			}
			for i := range a.Sentences {
				x.Tokens += len(a.Sentences[i].Tokens)
			}
		}
		return nil
	}
	if err := analyse(); err != nil {
		return err
	}
	if x.Analysis, err = timed(analyse); err != nil {
		return err
	}
	pass := func() error {
		for _, d := range docs {
			if _, err := r.Read(ctx, d); err != nil {
				return err
			}
		}
		return nil
	}
	if err := pass(); err != nil {
		return err
	}
	if err := countAllocations(pass, len(docs), x); err != nil {
		return err
	}
	first, err := timed(pass)
	if err != nil {
		return err
	}
	x.Best, x.Passes = first, 1
	if x.Times, err = benchPhases(ctx, r, pack, docs, timePhases); err != nil {
		return err
	}
	if x.Statements, err = benchPhases(ctx, r, pack, docs, statementPhases); err != nil {
		return err
	}
	for spent := first.Wall; spent < budget; x.Passes++ {
		t, err := timed(pass)
		if err != nil {
			return err
		}
		spent += t.Wall
		x.Best = x.Best.Faster(t)
	}
	return nil
}

// countLimit is how much memory a pass that counts allocations may take before garbage is
// collected; the articles of BSNLP take a third of it.
const countLimit = 2 << 30

// countAllocations counts what a pass over n articles allocates. No garbage is collected
// meanwhile, which would empty the pools and let the count depend on when it happens.
func countAllocations(pass func() error, n int, x *score.BenchLang) error {
	limit := debug.SetMemoryLimit(countLimit)
	percent := debug.SetGCPercent(-1)
	defer func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	}()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	err := pass()
	runtime.ReadMemStats(&after)
	x.Bytes = int64(after.TotalAlloc-before.TotalAlloc) / int64(n)
	x.Allocs = int64(after.Mallocs-before.Mallocs) / int64(n)
	return err
}

// statementPhases are the phases that find who said what and how the news came.
var statementPhases = []string{"quotes", "provenance", "statements"}

// timePhases are the phases that find when.
var timePhases = []string{"times", "recall"}

// benchPhases measures some phases alone: the fastest of three passes.
func benchPhases(ctx context.Context, r *read.Reader, pack *nlp.Pack, docs []*letopis.Document, phases []string) (best score.Elapsed, err error) {
	for n := range 3 {
		var spent score.Elapsed
		for _, d := range docs {
			a, err := pack.Analyze(ctx, d.Text)
			if err != nil {
				return best, err
			}
			var wall time.Time
			var cpu time.Duration
			on := false
			_, err = r.ReadPhases(ctx, d, a, func(phase string) {
				if on {
					spent.Wall, spent.CPU = spent.Wall+time.Since(wall), spent.CPU+processorTime()-cpu
				}
				if on = slices.Contains(phases, phase); on {
					wall, cpu = time.Now(), processorTime()
				}
			})
			if err != nil {
				return best, err
			}
		}
		if n == 0 {
			best = spent
		}
		best = best.Faster(spent)
	}
	return best, nil
}

// timed measures f on the clock and, where the system tells it, in processor time.
func timed(f func() error) (score.Elapsed, error) {
	start, cpu := time.Now(), processorTime()
	err := f()
	return score.Elapsed{Wall: time.Since(start), CPU: processorTime() - cpu}, err
}

// eachLanguage returns an article of the example corpus in each language.
func eachLanguage(ctx context.Context, fsys fs.FS, packs *nlp.Set) ([]*letopis.Document, error) {
	var out []*letopis.Document
	for doc, err := range demoDocuments(ctx, fsys, packs) {
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(out, func(d *letopis.Document) bool { return d.Lang == doc.Lang }) {
			out = append(out, doc)
		}
	}
	return out, nil
}

// machine describes what the figures were measured on.
func machine() string {
	out := runtime.GOOS + "/" + runtime.GOARCH + ", " + runtime.Version()
	if info, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(info)) {
			if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
				return strings.TrimSpace(value) + ", " + out
			}
		}
	}
	return out
}
