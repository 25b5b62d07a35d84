package score

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"letopis"
)

// Row is one figure of the table that is kept in corpus/scores.tsv.
type Row struct {
	Task   string  // what was measured: gold.dev
	Lang   string  // ISO 639-1, or all
	Metric string  //
	Value  float64 // 0 to 1, rounded to three digits
	N      int     // gold items, or the cases of a share
	Share  bool    // an accuracy and not an F1
}

// RowOf makes a row of a figure.
func RowOf(task, lang string, f Figure) Row {
	return Row{Task: task, Lang: lang, Metric: f.Metric, Value: math.Round(f.Value()*1000) / 1000, N: f.N, Share: f.IsShare}
}

// Rows are the figures of a board: of all articles and of each language, or of the
// one language where there is only one.
func (b *Board) Rows(task string) []Row {
	var out []Row
	b.each(true, func(name string, t *Tally) {
		if name == "all" && len(b.langs) == 1 {
			return
		}
		for _, f := range t.Figures() {
			out = append(out, RowOf(task, name, f))
		}
	})
	return out
}

// Rows are the figures of names: of each language in all topics, and between languages.
func (s *NameScores) Rows(task string, langs []string) []Row {
	var out []Row
	add := func(metric, name, lang, as, category string) {
		f, ok := s.Figure(metric, "", lang, category)
		if !ok {
			return
		}
		f.Metric = name
		if metric == "lemma" {
			f.IsShare, f.Accuracy = true, f.R
		}
		out = append(out, RowOf(task, as, f))
	}
	for _, m := range NameMetrics {
		if strings.HasSuffix(m, "-cross") {
			if len(langs) > 1 {
				add(m, m, "", acrossLangs, "")
			}
			continue
		}
		for _, lang := range langs {
			add(m, m, lang, lang, "")
			if m == "strict" {
				for _, c := range NameCategories {
					add(m, m+"."+c, lang, lang, c)
				}
			}
		}
	}
	return out
}

// minGated is the number of items below which a figure does not gate: one item
// more or less moves it too far.
const minGated = 20

// faults are the metrics of which less is better: their rise is a fall.
var faults = []string{"invented", "filled", claimError}

// fall returns how much worse the figure is than it was.
func (r Row) fall(was float64) float64 {
	if slices.Contains(faults, r.Metric) {
		return r.Value - was
	}
	return was - r.Value
}

// Tolerance is how far a figure may fall (or rise, where less is better) before the gate
// closes; ok is false where it does not gate at all: with few items, on articles that were learnt
// from, and in the steps of the calibration, which move with what is claimed. It is two items of the gold and 0.003; 0.02 and two items for
// a share, whose cases change with what is found.
func (r Row) Tolerance() (t float64, ok bool) {
	if r.N < minGated || strings.HasSuffix(r.Task, InSampleSuffix) || slices.ContainsFunc(claimBins, func(b claimBin) bool { return b.metric == r.Metric }) {
		return 0, false
	}
	t = 0.003
	if r.Share {
		t = 0.02
	}
	return math.Ceil((t+2/float64(r.N))*1000-1e-6) / 1000, true
}

const rowsHeader = `# Figures of letopis, written by 'make score'. A fall by more than the tolerance (a rise of
# invented, filled and claimed.error) fails the gate ('letopis-lab score --all --check'); '-' does not gate.
# task	lang	metric	value	n	tolerance
`

// SortRows puts rows into the order of the table.
func SortRows(rows []Row) {
	slices.SortFunc(rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(a.Task, b.Task), cmp.Compare(a.Lang, b.Lang), cmp.Compare(a.Metric, b.Metric))
	})
}

// FormatRows writes the table, sorted.
func FormatRows(rows []Row) string {
	rows = slices.Clone(rows)
	SortRows(rows)
	var b strings.Builder
	b.WriteString(rowsHeader)
	for _, r := range rows {
		tolerance := "-"
		if t, ok := r.Tolerance(); ok {
			tolerance = strconv.FormatFloat(t, 'f', 3, 64)
		}
		fmt.Fprintf(&b, "%s\t%s\t%s\t%.3f\t%d\t%s\n", r.Task, r.Lang, r.Metric, r.Value, r.N, tolerance)
	}
	return b.String()
}

// gated is a row of a kept table with the tolerance that stands there.
type gated struct {
	Row
	tolerance float64
	gates     bool
}

func parseRows(table string) ([]gated, error) {
	var out []gated
	sc := bufio.NewScanner(strings.NewReader(table))
	for n := 1; sc.Scan(); n++ {
		line := sc.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		c := strings.Split(line, "\t")
		bad := func(err error) error {
			return &letopis.Error{Op: fmt.Sprintf("scores.tsv:%d", n), Kind: letopis.Invalid, Err: err}
		}
		if len(c) != 6 {
			return nil, bad(fmt.Errorf("%d columns, want task, lang, metric, value, n, tolerance", len(c)))
		}
		g := gated{Row: Row{Task: c[0], Lang: c[1], Metric: c[2]}}
		var err error
		if g.Value, err = strconv.ParseFloat(c[3], 64); err != nil {
			return nil, bad(err)
		}
		if g.N, err = strconv.Atoi(c[4]); err != nil {
			return nil, bad(err)
		}
		if c[5] != "-" {
			if g.tolerance, err = strconv.ParseFloat(c[5], 64); err != nil {
				return nil, bad(err)
			}
			g.gates = true
		}
		out = append(out, g)
	}
	return out, sc.Err()
}

// Falls compares rows with a kept table and returns, a line each, the figures that
// fell by more than their tolerance, or rose where less is better. Tasks that were not measured now are passed over;
// a figure that is missing from a measured task is a fall.
func Falls(table string, rows []Row) ([]string, error) {
	kept, err := parseRows(table)
	if err != nil {
		return nil, err
	}
	type key struct{ task, lang, metric string }
	now := map[key]Row{}
	measured := map[string]bool{}
	for _, r := range rows {
		now[key{r.Task, r.Lang, r.Metric}] = r
		measured[r.Task] = true
	}
	var out []string
	for _, k := range kept {
		if !k.gates || !measured[k.Task] {
			continue
		}
		name := k.Task + " " + k.Lang + " " + k.Metric
		r, ok := now[key{k.Task, k.Lang, k.Metric}]
		switch {
		case !ok:
			out = append(out, fmt.Sprintf("%s: was %.3f, is not measured now", name, k.Value))
		case r.fall(k.Value) > k.tolerance+1e-9:
			out = append(out, fmt.Sprintf("%s: %.3f, was %.3f (tolerance %.3f, n %d)", name, r.Value, k.Value, k.tolerance, r.N))
		}
	}
	return out, nil
}

// Digest is a short fingerprint of all files below the folders, names and bytes: it
// says on which version of the data a figure was measured.
func Digest(dirs ...string) (string, error) {
	h := sha256.New()
	for _, dir := range dirs {
		err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile(p)
			if err != nil {
				return err
			}
			rel, err := filepath.Rel(dir, p)
			if err != nil {
				return err
			}
			fmt.Fprintf(h, "%s\x00%d\x00", filepath.ToSlash(rel), len(data))
			h.Write(data)
			return nil
		})
		if err != nil {
			return "", &letopis.Error{Op: "digest of " + dir, Kind: letopis.NotFound, Err: err}
		}
	}
	return hex.EncodeToString(h.Sum(nil))[:12], nil
}
