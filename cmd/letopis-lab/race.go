package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"letopis"
	"letopis/internal/read"
)

// raceFlags are the flags of race.
type raceFlags struct {
	pairs, most int
	articles    []string
	shared      string
	json        bool
}

// raceCommand compares the speed of two letopis.
func raceCommand(l *lab) *cobra.Command {
	var f raceFlags
	c := &cobra.Command{
		Use:   "race OLD NEW",
		Short: "Compare the speed of two versions of letopis",
		Long: `Run two letopis programs in turn over the same articles and print how long NEW takes as a
share of OLD, pair by pair, and the median with its interval. Each run is 'letopis read' on
one processor, from start to end, with the records thrown away; the programs take turns in
being first, so that whatever else the machine does falls on both. A first run of each is
not counted.

The interval is that in which the median of all such pairs lies at least 95 times in 100,
by order alone (the ranks of the binomial distribution); with five pairs or fewer it is the whole
range and says less. Both programs differ in speed where the interval does not hold 1.

The articles are those of --articles, or the BSNLP texts of --shared, or else the example
corpus; of many some are taken, evenly. For the allocations of an article see
'letopis-lab bench'.`,
		Example: `  letopis-lab race letopis-3c6b7b2 bin/letopis
  letopis-lab race --pairs 40 --articles archive.jsonl old new`,
		Args: cobra.ExactArgs(2),
		RunE: func(c *cobra.Command, args []string) error { return l.race(c.Context(), args[0], args[1], f) },
	}
	c.Flags().IntVar(&f.pairs, "pairs", 20, "how often each program runs")
	c.Flags().StringSliceVar(&f.articles, "articles", nil, "`FILE` or folder of the articles to read")
	c.Flags().IntVar(&f.most, "max", 300, "how many articles are read at most; 0 for all")
	c.Flags().StringVar(&f.shared, "shared", "../shared", "`DIR` of the data sets")
	c.Flags().BoolVar(&f.json, "json", false, "figures as JSON")
	return c
}

// race is what the comparison of two programs gave. Times are in milliseconds, shares those of
// the new program in the time of the old one.
type race struct {
	Corpus   string     `json:"corpus"`
	Articles int        `json:"articles"`
	Machine  string     `json:"machine"`
	Pairs    []racePair `json:"pairs"`
	Wall     raceShare  `json:"wall"` // by the clock
	User     raceShare  `json:"user"` // processor time in the programs
}

type racePair struct {
	NewFirst bool    `json:"new_first"`
	OldWall  float64 `json:"old_wall"`
	NewWall  float64 `json:"new_wall"`
	OldUser  float64 `json:"old_user"`
	NewUser  float64 `json:"new_user"`
}

// A run below the measure of the clock counts as its smallest unit.
func (p racePair) wall() float64 { return max(p.NewWall, 0.01) / max(p.OldWall, 0.01) }
func (p racePair) user() float64 { return max(p.NewUser, 0.01) / max(p.OldUser, 0.01) }

// raceShare is the median of the shares of all pairs and an interval for it.
type raceShare struct {
	Median float64 `json:"median"`
	Low    float64 `json:"low"`
	High   float64 `json:"high"`
}

// race runs two programs in turn.
func (l *lab) race(ctx context.Context, before, after string, f raceFlags) error {
	if f.pairs < 1 {
		return &letopis.Error{Op: "--pairs", Kind: letopis.Invalid, Err: errors.New("at least one")}
	}
	for _, p := range []string{before, after} {
		if _, err := os.Stat(p); err != nil {
			return &letopis.Error{Op: "race", Kind: letopis.NotFound, Err: err}
		}
	}
	dir, err := os.MkdirTemp("", "letopis-race-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	r := race{Machine: machine()}
	articles := filepath.Join(dir, "articles.jsonl")
	if r.Corpus, r.Articles, err = l.raceArticles(ctx, articles, f); err != nil {
		return err
	}
	if err := r.run(ctx, before, after, articles, f.pairs); err != nil {
		return err
	}
	if f.json {
		enc := json.NewEncoder(l.stdout)
		enc.SetIndent("", "  ")
		return enc.Encode(r)
	}
	return r.print(l.stdout)
}

// raceArticles writes the articles to read to a file, and says what and how many they are.
func (l *lab) raceArticles(ctx context.Context, path string, f raceFlags) (what string, n int, err error) {
	fsys, err := openData("")
	if err != nil {
		return "", 0, err
	}
	r, err := read.Open(fsys)
	if err != nil {
		return "", 0, err
	}
	docs, what, err := l.benchDocuments(ctx, r, fsys, f.articles, f.shared)
	if err != nil {
		return "", 0, err
	}
	docs = thinned(docs, f.most)
	return what, len(docs), writeArticles(path, docs)
}

// thinned takes most of the items, evenly; all where there are no more or most is 0.
func thinned[T any](items []T, most int) []T {
	if most <= 0 || len(items) <= most {
		return items
	}
	out := make([]T, most)
	for i := range out {
		out[i] = items[i*len(items)/most]
	}
	return out
}

// run lets the programs read the articles in turn; before the first pair each reads them once,
// so that both files lie in memory.
func (r *race) run(ctx context.Context, before, after, articles string, pairs int) error {
	programs := []process{{program: absolute(before)}, {program: absolute(after)}}
	for _, p := range programs {
		if _, err := p.read(ctx, articles, false); err != nil {
			return err
		}
	}
	for i := range pairs {
		first := i % 2
		var took [2]run
		for _, k := range []int{first, 1 - first} {
			var err error
			if took[k], err = programs[k].read(ctx, articles, false); err != nil {
				return err
			}
		}
		ms := func(d time.Duration) float64 { return math.Round(float64(d.Microseconds())/10) / 100 }
		r.Pairs = append(r.Pairs, racePair{first == 1, ms(took[0].Wall), ms(took[1].Wall), ms(took[0].User), ms(took[1].User)})
	}
	r.Wall, r.User = shareOfPairs(r.Pairs, racePair.wall), shareOfPairs(r.Pairs, racePair.user)
	return nil
}

// absolute keeps a name without a folder from being looked for in PATH.
func absolute(name string) string {
	if abs, err := filepath.Abs(name); err == nil {
		return abs
	}
	return name
}

// shareOfPairs is the median share of some pairs, with its interval.
func shareOfPairs(pairs []racePair, of func(racePair) float64) raceShare {
	var x []float64
	for _, p := range pairs {
		x = append(x, of(p))
	}
	slices.Sort(x)
	n := len(x)
	k := medianRank(n)
	return raceShare{Median: (x[(n-1)/2] + x[n/2]) / 2, Low: x[k], High: x[n-1-k]}
}

// medianRank is the greatest k for which the k-th smallest and the k-th greatest of n values,
// from 0, hold the median between them 95 times in 100; 0 where no k does.
func medianRank(n int) int {
	k, below, term := 0, 0.0, math.Pow(0.5, float64(n)) // term: k of n values lie below the median
	for {
		below += term
		if below > 0.025 {
			return max(0, k-1)
		}
		term *= float64(n-k) / float64(k+1)
		k++
	}
}

func (r *race) print(w io.Writer) error {
	_, err := fmt.Fprintf(w, "%s, %d articles; %s\n%-6s %-6s %10s %10s %7s %10s %10s %7s\n", r.Corpus, r.Articles, r.Machine,
		"pair", "first", "old ms", "new ms", "share", "old user", "new user", "share")
	for i, p := range r.Pairs {
		first := "old"
		if p.NewFirst {
			first = "new"
		}
		if err == nil {
			_, err = fmt.Fprintf(w, "%-6d %-6s %10.1f %10.1f %7.3f %10.1f %10.1f %7.3f\n", i+1, first, p.OldWall, p.NewWall, p.wall(), p.OldUser, p.NewUser, p.user())
		}
	}
	for _, x := range []struct {
		name string
		raceShare
	}{{"by the clock", r.Wall}, {"user time", r.User}} {
		if err == nil {
			_, err = fmt.Fprintf(w, "%-13s new/old %.3f, between %.3f and %.3f\n", x.name, x.Median, x.Low, x.High)
		}
	}
	return err
}
