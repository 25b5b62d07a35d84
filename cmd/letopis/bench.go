package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
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
	write        bool
	starts       int
	budget       time.Duration
	records      int
	db           string
}

// newBenchCmd measures the speed of reading.
func newBenchCmd(e *env) *cobra.Command {
	var f benchFlags
	c := &cobra.Command{
		Use:   "bench [FILE|FOLDER]...",
		Short: "Measure the speed, memory and start-up time of reading",
		Long: `Measure the speed, memory and start-up time of reading on this machine.

The articles are those of the paths; or else the BSNLP texts of --shared in the
languages that can be read; or else the example corpus of 'letopis demo'. They are
read over and over on one processor, with the articles in memory, and the fastest
pass counts. Start-up is a process of its own, from start to end, for one short article.

With --records the chronicle is measured instead: how fast synthetic records are added
and folded, how fast it answers, and how large it is.`,
		Example: `  letopis bench articles/
  letopis bench --records 1000000 --db /big/bench.db`,
		RunE: func(c *cobra.Command, paths []string) error {
			if f.records > 0 {
				return e.benchRecords(c.Context(), f.records, f.db)
			}
			return e.bench(c.Context(), paths, &f)
		},
	}
	c.Flags().StringVar(&f.shared, "shared", "../shared", "`DIR` of the data to measure on")
	c.Flags().BoolVar(&f.write, "write", false, "write corpus/bench.tsv and the section of docs/accuracy.md")
	c.Flags().IntVar(&f.records, "records", 0, "measure the chronicle instead, with `N` synthetic records")
	c.Flags().StringVar(&f.db, "db", "", "the chronicle to measure, a new `FILE` or postgres://… (default: a temporary file)")
	c.Flags().StringVar(&f.root, "root", ".", "`DIR` of the repository, for --write")
	c.Flags().IntVar(&f.starts, "starts", 15, "how often to start a process")
	c.Flags().DurationVar(&f.budget, "time", 10*time.Second, "how long to read in all; every article is read twice at least")
	return c
}

// bench measures and prints, and writes what --write asks for.
func (e *env) bench(ctx context.Context, paths []string, f *benchFlags) error {
	if f.starts < 1 {
		return &letopis.Error{Op: "--starts", Kind: letopis.Invalid, Err: errors.New("at least one")}
	}
	old := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(old)
	r, err := e.openReader()
	if err != nil {
		return err
	}
	docs, what, err := e.benchDocuments(ctx, r, paths, f.shared)
	if err != nil {
		return err
	}
	b := &score.Bench{Corpus: what, Machine: machine()}
	if err := benchReading(ctx, r, docs, f.budget, b); err != nil {
		return err
	}
	if err := e.benchProcess(ctx, docs, f.starts, b); err != nil {
		return err
	}
	if _, err := io.WriteString(e.stdout, b.Text()); err != nil {
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
func (e *env) benchDocuments(ctx context.Context, r *read.Reader, paths []string, shared string) ([]*letopis.Document, string, error) {
	what := strings.Join(paths, ", ")
	if len(paths) == 0 {
		paths = bsnlpRaw(shared, withModels(r.Packs()))
		what = "the BSNLP texts of data/bsnlp"
	}
	var docs iter.Seq2[*letopis.Document, error]
	if len(paths) > 0 {
		docs = ingest.Read(ctx, paths, ingest.Options{Langs: r.Packs().Langs(), Identify: r.Packs().Identify, Stdin: e.stdin})
	} else {
		what = "the example corpus"
		docs = demoDocuments(ctx, e.data, r.Packs())
	}
	var out []*letopis.Document
	var bad failures
	for doc, err := range docs {
		if ctx.Err() != nil {
			return nil, "", ctx.Err()
		}
		if err != nil {
			bad.add(err)
			continue
		}
		out = append(out, doc)
	}
	return out, what, bad.report(e, len(out))
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

// withModels lists the languages that are read in full: one with rules of dates alone is many times
// as fast and would flatter the figures.
func withModels(packs *nlp.Set) []string {
	return slices.DeleteFunc(packs.Langs(), func(lang string) bool {
		p, err := packs.Pack(lang)
		return err != nil || !p.HasNames()
	})
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
// the second counts allocations; the fastest of those after it counts for speed.
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
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	first, err := timed(pass)
	if err != nil {
		return err
	}
	runtime.ReadMemStats(&after)
	x.Bytes = int64(after.TotalAlloc-before.TotalAlloc) / int64(len(docs))
	x.Allocs = int64(after.Mallocs-before.Mallocs) / int64(len(docs))
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

// benchProcess measures processes of this program: many that read one short article,
// and one that reads all.
func (e *env) benchProcess(ctx context.Context, docs []*letopis.Document, starts int, b *score.Bench) error {
	program, err := os.Executable()
	if err != nil {
		return err
	}
	if st, err := os.Stat(program); err == nil {
		b.Binary = st.Size()
	}
	dir, err := os.MkdirTemp("", "letopis-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	short := shortArticle(docs)
	one := filepath.Join(dir, "one.jsonl")
	if err := writeArticles(one, []*letopis.Document{short}); err != nil {
		return err
	}
	b.ShortRunes = len([]rune(short.Text))
	for range starts {
		took, _, err := e.readProcess(ctx, program, one, false)
		if err != nil {
			return err
		}
		b.Starts = append(b.Starts, took)
	}
	if _, b.StartRSS, err = e.readProcess(ctx, program, one, true); err != nil {
		return err
	}
	each, err := e.eachLanguage(ctx)
	if err != nil {
		return err
	}
	three := filepath.Join(dir, "each.jsonl")
	if err := writeArticles(three, each); err != nil {
		return err
	}
	if _, b.LoadedRSS, err = e.readProcess(ctx, program, three, true); err != nil {
		return err
	}
	all := filepath.Join(dir, "all.jsonl")
	if err := writeArticles(all, docs); err != nil {
		return err
	}
	b.Whole, b.WholeRSS, err = e.readProcess(ctx, program, all, true)
	return err
}

// eachLanguage returns an article of the example corpus in each language.
func (e *env) eachLanguage(ctx context.Context) ([]*letopis.Document, error) {
	packs, err := nlp.Open(e.data)
	if err != nil {
		return nil, err
	}
	var out []*letopis.Document
	for doc, err := range demoDocuments(ctx, e.data, packs) {
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(out, func(d *letopis.Document) bool { return d.Lang == doc.Lang }) {
			out = append(out, doc)
		}
	}
	return out, nil
}

// shortArticle is the article whose length is at the first tenth of all.
func shortArticle(docs []*letopis.Document) *letopis.Document {
	byLength := slices.Clone(docs)
	slices.SortStableFunc(byLength, func(a, b *letopis.Document) int { return len(a.Text) - len(b.Text) })
	return byLength[len(byLength)/10]
}

func writeArticles(path string, docs []*letopis.Document) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	enc := json.NewEncoder(f)
	for _, d := range docs {
		id := d.GivenID
		if id == "" {
			id = string(d.ID)
		}
		if err := enc.Encode(map[string]any{"id": id, "lang": d.Lang, "published": d.Published.Value, "title": d.Title, "text": d.Text}); err != nil {
			return err
		}
	}
	return nil
}

// readProcess runs letopis read on one processor and throws the records away. With
// watch it also gives the peak of the resident memory in bytes, 0 where the system does not tell it.
func (e *env) readProcess(ctx context.Context, program, path string, watch bool) (took score.Elapsed, rss int64, err error) {
	args := []string{"read", "--format", "jsonl", path}
	if e.dataDir != "" {
		args = append(args, "--data", e.dataDir)
	}
	if e.kbDir != "" {
		args = append(args, "--kb", e.kbDir)
	}
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env = append(os.Environ(), "GOMAXPROCS=1")
	var stderr strings.Builder
	cmd.Stderr = &stderr
	start := time.Now()
	if err = cmd.Start(); err == nil {
		peak := make(chan int64, 1)
		over := make(chan struct{})
		if watch {
			go func() { peak <- peakMemory(cmd.Process.Pid, over) }()
		} else {
			peak <- 0
		}
		err = cmd.Wait()
		took.Wall = time.Since(start)
		close(over)
		rss = <-peak
	}
	if err != nil {
		return took, 0, &letopis.Error{Op: "bench: " + strings.Join(args, " "), Kind: letopis.Internal, Err: fmt.Errorf("%w: %s", err, strings.TrimSpace(stderr.String()))}
	}
	took.CPU = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	return took, rss, nil
}

// peakMemory asks again and again for the peak of a process's resident memory until it
// is over. The usage that the system reports at the end will not do: on Linux it
// counts the memory of the process that started this one.
func peakMemory(pid int, over <-chan struct{}) int64 {
	peak := int64(0)
	for {
		if status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid)); err == nil {
			for line := range strings.Lines(string(status)) {
				var kib int64
				if _, err := fmt.Sscanf(line, "VmHWM: %d kB", &kib); err == nil {
					peak = max(peak, kib<<10)
				}
			}
		}
		select {
		case <-over:
			return peak
		case <-time.After(2 * time.Millisecond):
		}
	}
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
