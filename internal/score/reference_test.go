package score_test

import (
	"bytes"
	"context"
	"encoding/json"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
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
		for _, list := range []string{"statements", "events", "dates"} {
			g[list] = disturb(rnd, g[list].([]any))
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
		}
		out = append(out, m)
	}
	return out
}

func TestEqualsReferenceScorer(t *testing.T) {
	gold := filepath.Join(shared(t), "gold")
	articles, records := filepath.Join(gold, "dev", "articles"), filepath.Join(gold, "dev", "records")
	cases, err := score.OpenGold(articles, records)
	if err != nil {
		t.Fatal(err)
	}
	for name, system := range map[string]string{
		"read": writeRecords(t, cases), "disturbed": disturbed(t, records), "gold": records, "nothing": t.TempDir(),
	} {
		var board score.Board
		for i := range cases {
			f, err := score.OpenSystem(system, &cases[i])
			if err != nil {
				t.Fatal(err)
			}
			board.Add(cases[i].Document.Lang, cases[i].Gold, f)
		}
		script := filepath.Join(gold, "score_record.py")
		for _, c := range []struct {
			got  string
			args []string
		}{
			{board.Text(true), []string{"--by-lang"}},
			{board.Text(false), nil},
			{board.JSON(true), []string{"--by-lang", "--json"}},
			{board.JSON(false), []string{"--json"}},
		} {
			want := reference(t, append([]string{script, articles, records, system}, c.args...)...)
			if c.got != want {
				t.Errorf("%s %v:\n%s", name, c.args, firstDifference(c.got, want))
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
