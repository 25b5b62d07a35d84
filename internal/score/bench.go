package score

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Bench is the speed of reading on one machine.
type Bench struct {
	Corpus, Machine    string
	Langs              []BenchLang
	Starts             []Elapsed // processes that read one short article
	ShortRunes         int       // its length in code points
	StartRSS, WholeRSS int64     // peak resident memory in bytes, of one start and of the process that read all
	LoadedRSS          int64     // the same of a process that read a short article in every language
	Whole              Elapsed   // a process that reads all articles and writes their records
	Binary             int64     // bytes of the program
}

// BenchLang is the speed of one language on one processor, articles in memory.
type BenchLang struct {
	Lang             string
	Articles, Tokens int
	Passes           int
	Analysis         Elapsed // the linguistic analysis alone, models being loaded
	Times            Elapsed // time expressions, the article's date, dates of statements and events, recollections, alone
	Statements       Elapsed // quotation marks, statements and provenance alone, the analysis being given
	Best             Elapsed // the fastest pass over all articles
	Bytes, Allocs    int64   // per article
}

// Elapsed is a time by the clock and in processor time; CPU is 0 where the system does not tell it.
type Elapsed struct{ Wall, CPU time.Duration }

// Faster returns the smaller of both times.
func (e Elapsed) Faster(o Elapsed) Elapsed {
	return Elapsed{min(e.Wall, o.Wall), min(e.CPU, o.CPU)}
}

// busy is the processor time, or else the time by the clock: what another program
// on the machine does not lengthen.
func (e Elapsed) busy() time.Duration {
	if e.CPU > 0 {
		return e.CPU
	}
	return e.Wall
}

func perSecond(n int, d time.Duration) float64 {
	if d <= 0 {
		return 0
	}
	return float64(n) / d.Seconds()
}

// benchRow is one figure of a bench.
type benchRow struct {
	what, scope, unit string
	value             float64
	means             string
}

func (b *Bench) rows() []benchRow {
	var out []benchRow
	total := BenchLang{Lang: "all"}
	for _, l := range b.Langs {
		total.Articles += l.Articles
		total.Tokens += l.Tokens
		total.Best.Wall += l.Best.Wall
		total.Best.CPU += l.Best.CPU
		total.Analysis.Wall += l.Analysis.Wall
		total.Analysis.CPU += l.Analysis.CPU
		total.Times.Wall += l.Times.Wall
		total.Times.CPU += l.Times.CPU
		total.Statements.Wall += l.Statements.Wall
		total.Statements.CPU += l.Statements.CPU
		total.Bytes += l.Bytes * int64(l.Articles)
		total.Allocs += l.Allocs * int64(l.Articles)
		out = append(out, l.rows()...)
	}
	if n := int64(total.Articles); n > 0 && len(b.Langs) > 1 {
		total.Bytes, total.Allocs = total.Bytes/n, total.Allocs/n
		out = append(total.rows(), out...)
	}
	add := func(what, scope, unit string, value float64, means string) {
		out = append(out, benchRow{what, scope, unit, value, means})
	}
	if len(b.Starts) > 0 {
		wall, cpu := medians(b.Starts)
		add("start-up", "process", "ms", ms(wall), fmt.Sprintf("from start to end for one article of %d signs, median of %d", b.ShortRunes, len(b.Starts)))
		add("start-up-cpu", "process", "ms", ms(cpu), "the same in processor time")
		if b.StartRSS > 0 {
			add("start-up-memory", "process", "MiB", mib(b.StartRSS), "peak resident memory for one short article")
		}
	}
	if b.LoadedRSS > 0 {
		add("all-languages-memory", "process", "MiB", mib(b.LoadedRSS), "peak resident memory with the models of all languages loaded, one short article in each")
	}
	if b.Whole.Wall > 0 {
		add("read-all", "process", "articles/s", perSecond(total.Articles, b.Whole.busy()), "`letopis read --format jsonl` on all articles, with start-up, input and output")
		if b.WholeRSS > 0 {
			add("read-all-memory", "process", "MiB", mib(b.WholeRSS), "peak resident memory of that process")
		}
	}
	add("binary", "process", "MiB", mib(b.Binary), "size of the program")
	return out
}

func (l *BenchLang) rows() []benchRow {
	out := []benchRow{
		{"articles", l.Lang, "articles/s", perSecond(l.Articles, l.Best.busy()), fmt.Sprintf("%d articles of %d tokens on average", l.Articles, l.Tokens/max(1, l.Articles))},
		{"tokens", l.Lang, "tokens/s", perSecond(l.Tokens, l.Best.busy()), ""},
		{"articles-wall", l.Lang, "articles/s", perSecond(l.Articles, l.Best.Wall), "by the clock, whatever else the machine did"},
		{"bytes", l.Lang, "KiB/article", float64(l.Bytes) / 1024, "allocated"},
		{"allocs", l.Lang, "allocs/article", float64(l.Allocs), ""},
	}
	if l.Analysis.Wall > 0 {
		out = append(out, benchRow{"analysis", l.Lang, "articles/s", perSecond(l.Articles, l.Analysis.busy()), "sentences, tokens, tags, lemmas, trees and names alone"},
			benchRow{"analysis-tokens", l.Lang, "tokens/s", perSecond(l.Tokens, l.Analysis.busy()), "the same"})
	}
	if l.Times.Wall > 0 {
		out = append(out, benchRow{"times", l.Lang, "articles/s", perSecond(l.Articles, l.Times.busy()), "when, alone: time expressions, the article's date, what is recalled"})
	}
	if l.Statements.Wall > 0 {
		out = append(out, benchRow{"statements", l.Lang, "articles/s", perSecond(l.Articles, l.Statements.busy()), "who said what and how the news came, alone: quotation marks, statements, provenance"})
	}
	return out
}

func medians(list []Elapsed) (wall, cpu time.Duration) {
	w, c := make([]time.Duration, 0, len(list)), make([]time.Duration, 0, len(list))
	for _, e := range list {
		w, c = append(w, e.Wall), append(c, e.CPU)
	}
	slices.Sort(w)
	slices.Sort(c)
	return w[len(w)/2], c[len(c)/2]
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
func mib(n int64) float64        { return float64(n) / (1 << 20) }

// significant writes a value with three digits that matter.
func significant(v float64) string {
	switch {
	case v >= 100:
		return fmt.Sprintf("%.0f", v)
	case v >= 10:
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.2f", v)
}

// Text writes the figures for a terminal.
func (b *Bench) Text() string {
	var w strings.Builder
	fmt.Fprintf(&w, "%s; one processor of %s\n", b.Corpus, b.Machine)
	for _, r := range b.rows() {
		fmt.Fprintf(&w, "%-21s %-8s %10s %-15s %s\n", r.what, r.scope, significant(r.value), r.unit, strings.ReplaceAll(r.means, "`", ""))
	}
	return w.String()
}

// TSV writes corpus/bench.tsv.
func (b *Bench) TSV() string {
	var w strings.Builder
	fmt.Fprintf(&w, "# Speed of letopis, written by 'make bench': %s; one processor of %s\n# figure\tscope\tvalue\tunit\n", b.Corpus, b.Machine)
	for _, r := range b.rows() {
		fmt.Fprintf(&w, "%s\t%s\t%s\t%s\n", r.what, r.scope, significant(r.value), r.unit)
	}
	return w.String()
}

// Markdown writes the section of docs/accuracy.md.
func (b *Bench) Markdown() string {
	var w strings.Builder
	fmt.Fprintf(&w, "## Speed\n\nWritten by `make bench`: %s, one processor of %s. Articles lie in memory and models are\n"+
		"loaded; the fastest pass counts, in processor time unless it says clock.\n\n| figure | | value | unit | |\n|---|---|---:|---|---|\n", b.Corpus, b.Machine)
	for _, r := range b.rows() {
		fmt.Fprintf(&w, "| %s | %s | %s | %s | %s |\n", r.what, r.scope, significant(r.value), r.unit, r.means)
	}
	return w.String()
}
