package score_test

import (
	"bytes"
	"context"
	"encoding/json"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"letopis/data"
	"letopis/internal/read"
	"letopis/internal/score"
)

// shared returns the folder of the data to measure on, and skips where it is absent.
func shared(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("LETOPIS_SHARED")
	if dir == "" {
		dir = "../../../shared"
	}
	if _, err := os.Stat(filepath.Join(dir, "gold")); err != nil {
		t.Skip("no ../shared: nothing to measure on (LETOPIS_SHARED names another place)")
	}
	return dir
}

// reference runs a scorer of the data sets, and skips where there is no Python.
func reference(t *testing.T, args ...string) string {
	t.Helper()
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3 for the reference scorer")
	}
	cmd := exec.Command(python, args...)
	cmd.Env = append(os.Environ(), "PYTHONIOENCODING=utf-8")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s", args, err, stderr.Bytes())
	}
	return string(out)
}

// writeRecords reads the cases and writes their records, one a file.
func writeRecords(t *testing.T, cases []score.Case) string {
	t.Helper()
	r, err := read.Open(data.FS)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for i := range cases {
		rec, err := r.Read(context.Background(), &cases[i].Document)
		if err != nil {
			t.Fatal(err)
		}
		writeJSON(t, filepath.Join(dir, cases[i].File), rec)
	}
	return dir
}

func writeJSON(t *testing.T, path string, v any) {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
}

// disturbed writes gold records with findings dropped, doubled and changed, and
// some records left out: what a real reading never quite reaches, ties included.
func disturbed(t *testing.T, goldDir string) string {
	t.Helper()
	rnd := rand.New(rand.NewSource(1))
	dir := t.TempDir()
	entries, err := os.ReadDir(goldDir)
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range entries {
		if i%9 == 4 {
			continue
		}
		raw, err := os.ReadFile(filepath.Join(goldDir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		var g map[string]any
		if err := json.Unmarshal(raw, &g); err != nil {
			t.Fatal(err)
		}
		for _, list := range []string{"statements", "events", "dates", "events2"} {
			if all, ok := g[list].([]any); ok {
				g[list] = disturb(rnd, all)
			}
		}
		writeJSON(t, filepath.Join(dir, e.Name()), g)
	}
	return dir
}

func disturb(rnd *rand.Rand, list []any) []any {
	out := []any{}
	for _, x := range list {
		m := x.(map[string]any)
		switch rnd.Intn(6) {
		case 0:
			continue
		case 1:
			out = append(out, m)
		case 2:
			m["recalled"], m["kind"], m["code"], m["value"] = true, "direct", "ACCUSE", "2020"
		case 3:
			if c, ok := m["content"].(map[string]any); ok {
				r := []rune(c["text"].(string))
				c["text"], c["occ"] = string(r[:(len(r)+1)/2]), 1
			}
		case 4:
			if s, ok := m["speaker"].(map[string]any); ok {
				s["text"], s["occ"], s["name"] = "Никой", 1, "Ёлкин-İkinci, "+s["text"].(string)
			}
		case 5:
			if target, ok := m["target"].([]any); ok && m["again"] != nil {
				disturbSides(m, target)
			}
		}
		out = append(out, m)
	}
	return out
}

// disturbSides turns an event of version 2 round, moves it to another of its words,
// takes a country away, and forgets its date and modality.
func disturbSides(m map[string]any, target []any) {
	m["source"], m["target"] = target, m["source"]
	if again := m["again"].([]any); len(again) > 0 {
		m["trigger"], m["again"] = again[0], []any{m["trigger"]}
	}
	if len(target) > 0 {
		target[0].(map[string]any)["country"] = nil
	}
	m["date"], m["modality"] = nil, "negated"
}

func TestEqualsReferenceScorer(t *testing.T) {
	gold := filepath.Join(shared(t), "gold")
	for _, set := range []string{"dev", "news"} {
		articles, records := filepath.Join(gold, set, "articles"), filepath.Join(gold, set, "records")
		cases, err := score.OpenGold(articles, records)
		if err != nil {
			t.Fatal(err)
		}
		for name, system := range map[string]string{
			"read": writeRecords(t, cases), "disturbed": disturbed(t, records), "gold": records, "nothing": t.TempDir(),
		} {
			t.Run(set+"/"+name, func(t *testing.T) { compareScores(t, gold, set, system, cases) })
		}
	}
}

// compareScores scores the records of folder system as the scorers of the gold do.
func compareScores(t *testing.T, gold, set, system string, cases []score.Case) {
	var board, sided score.Board
	for i := range cases {
		f, err := score.OpenSystem(system, &cases[i])
		if err != nil {
			t.Fatal(err)
		}
		board.Add(cases[i].Document.Lang, cases[i].Gold, f)
		sided.AddSided(cases[i].Document.Lang, cases[i].Gold, f)
	}
	folders := []string{filepath.Join(gold, set, "articles"), filepath.Join(gold, set, "records"), system}
	run := func(script string, flags ...string) string {
		return reference(t, append(append([]string{filepath.Join(gold, script)}, folders...), flags...)...)
	}
	for _, c := range []struct {
		got   string
		flags []string
	}{
		{board.Text(true), []string{"--by-lang"}},
		{board.JSON(true), []string{"--by-lang", "--json"}},
	} {
		if want := run("score_record.py", c.flags...); c.got != want {
			t.Errorf("%v:\n%s", c.flags, firstDifference(c.got, want))
		}
	}
	if set == "dev" { // the two shorter forms are parts of the others
		if got, want := board.Text(false)+board.JSON(false), run("score_record.py")+run("score_record.py", "--json"); got != want {
			t.Errorf("without languages:\n%s", firstDifference(got, want))
		}
	}
	var want map[string]map[string]map[string]*float64
	if err := json.Unmarshal([]byte(run("score_events2.py", "--by-lang", "--json")), &want); err != nil {
		t.Fatal(err)
	}
	if len(want) != 4 {
		t.Errorf("the reference measures %d scopes, want all, bg, en, ru", len(want))
	}
	for scope, figures := range want {
		tally := sided.All()
		if scope != "all" {
			tally = sided.Lang(scope)
		}
		if n := len(tally.Figures()); n != len(figures) {
			t.Errorf("%s: %d figures, the reference has %d", scope, n, len(figures))
		}
		for metric, w := range figures {
			f, ok := tally.Figure(metric)
			if !ok {
				t.Errorf("%s %s: no figure", scope, metric)
				continue
			}
			for field, got := range map[string]float64{"p": f.P, "r": f.R, "f1": f.F1, "share": f.Accuracy, "n": float64(f.N)} {
				if v, ok := w[field]; ok && v != nil && strconv.FormatFloat(got, 'f', 3, 64) != strconv.FormatFloat(*v, 'f', 3, 64) {
					t.Errorf("%s %s %s: %.4f, the reference has %.3f", scope, metric, field, got, *v)
				}
			}
		}
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(g), len(w)) {
		a, b := "(end)", "(end)"
		if i < len(g) {
			a = g[i]
		}
		if i < len(w) {
			b = w[i]
		}
		if a != b {
			return "got  " + a + "\nwant " + b
		}
	}
	return "equal"
}

// TestFoldsCoverTheGold opens the folds that come with the gold: every article of dev and news
// stands in one.
func TestFoldsCoverTheGold(t *testing.T) {
	gold := filepath.Join(shared(t), "gold")
	folds, err := score.OpenFolds(filepath.Join(gold, "folds.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	for set, want := range map[string]int{"dev": 47, "news": 163, "train": 457} {
		cases, err := score.OpenGold(filepath.Join(gold, set, "articles"), filepath.Join(gold, set, "records"))
		if err != nil {
			t.Fatal(err)
		}
		split, err := folds.Split(set, cases)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, fold := range split {
			n += len(fold)
		}
		if n != want {
			t.Errorf("%s: %d articles in folds, want %d", set, n, want)
		}
	}
}
