package score

import (
	"strings"
	"testing"
	"time"
)

func TestBenchFigures(t *testing.T) {
	took := func(ms int) Elapsed {
		return Elapsed{Wall: 2 * time.Duration(ms) * time.Millisecond, CPU: time.Duration(ms) * time.Millisecond}
	}
	b := Bench{Corpus: "two texts", Machine: "a machine", Starts: []Elapsed{took(30), took(10), took(20)}, ShortRunes: 7,
		StartRSS: 3 << 20, Whole: took(500), Binary: 5 << 19,
		Langs: []BenchLang{
			{Lang: "bg", Articles: 30, Tokens: 3000, Best: took(100), Bytes: 2048, Allocs: 10},
			{Lang: "ru", Articles: 10, Tokens: 5000, Best: took(300), Bytes: 1024, Allocs: 50},
		}}
	tsv := b.TSV()
	for _, line := range []string{
		"articles\tall\t100\tarticles/s\n", "tokens\tall\t20000\ttokens/s\n", "articles-wall\tall\t50.0\tarticles/s\n",
		"bytes\tall\t1.75\tKiB/article\n", "allocs\tall\t20.0\tallocs/article\n", "articles\tbg\t300\tarticles/s\n",
		"start-up\tprocess\t40.0\tms\n", "start-up-cpu\tprocess\t20.0\tms\n", "start-up-memory\tprocess\t3.00\tMiB\n",
		"read-all\tprocess\t80.0\tarticles/s\n", "binary\tprocess\t2.50\tMiB\n",
	} {
		if !strings.Contains(tsv, line) {
			t.Errorf("no %q in\n%s", line, tsv)
		}
	}
	if strings.Contains(tsv, "read-all-memory") || strings.Contains(tsv, "analysis") {
		t.Errorf("figures that were not measured:\n%s", tsv)
	}
	if got := strings.Count(b.Markdown(), "\n| "); got != strings.Count(tsv, "\n")-2+1 {
		t.Errorf("%d lines in the table:\n%s", got, b.Markdown())
	}
	if f := took(3).Faster(Elapsed{Wall: time.Second, CPU: time.Millisecond}); f.Wall != 6*time.Millisecond || f.CPU != time.Millisecond {
		t.Errorf("%v", f)
	}
	if (Elapsed{Wall: 5}).busy() != 5 {
		t.Error("without processor time the clock counts")
	}
}
