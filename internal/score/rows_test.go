package score

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"letopis"
)

func TestFallsGateByTolerance(t *testing.T) {
	rows := []Row{
		{Task: "gold", Lang: "bg", Metric: "events", Value: 0.5, N: 100},
		{Task: "gold", Lang: "bg", Metric: "kind", Value: 0.9, N: 50, Share: true},
		{Task: "gold", Lang: "en", Metric: "agencies", Value: 0.9, N: 7},
		{Task: "other", Lang: "en", Metric: "root", Value: 0.9, N: 1000},
	}
	table := FormatRows(rows)
	if falls, err := Falls(table, rows); err != nil || len(falls) > 0 {
		t.Fatalf("against itself: %v, %v", falls, err)
	}
	change := func(f func([]Row) []Row) []string {
		falls, err := Falls(table, f(slices.Clone(rows[:3])))
		if err != nil {
			t.Fatal(err)
		}
		return falls
	}
	if got := change(func(r []Row) []Row { r[0].Value, r[1].Value, r[2].Value = 0.477, 0.84, 0; return r }); len(got) > 0 {
		t.Errorf("falls within the tolerance, and of too few items, do not gate: %v", got)
	}
	if got := change(func(r []Row) []Row { r[0].Value, r[1].Value = 0.476, 0.839; return r }); len(got) != 2 || !strings.HasPrefix(got[0], "gold bg events: 0.476, was 0.500") {
		t.Errorf("%v", got)
	}
	if got := change(func(r []Row) []Row { return r[1:] }); len(got) != 1 || !strings.Contains(got[0], "not measured now") {
		t.Errorf("a figure that is gone: %v", got)
	}
	for _, bad := range []string{"a\tb\n", "a\tb\tc\tx\t1\t-\n", "a\tb\tc\t1\tx\t-\n", "a\tb\tc\t1\t1\tx\n"} {
		if _, err := Falls(bad, rows); letopis.KindOf(err) != letopis.Invalid || !strings.Contains(err.Error(), "scores.tsv:1") {
			t.Errorf("%q: error %v", bad, err)
		}
	}
}

func TestRowsAreSortedAndRounded(t *testing.T) {
	var b Board
	b.Add("ru", parse(t, ParseGold, gold), FromRecord(record(t)))
	b.Add("bg", parse(t, ParseGold, gold), nil)
	table := FormatRows(b.Rows("x"))
	for _, line := range []string{"x\tall\tdates\t0.333\t4\t-\n", "x\tru\tdates\t0.500\t2\t-\n", "x\tbg\tdates\t0.000\t2\t-\n"} {
		if !strings.Contains(table, line) {
			t.Errorf("no %q in\n%s", line, table)
		}
	}
	if b.Missing != 1 || strings.Index(table, "x\tall") > strings.Index(table, "x\tbg") {
		t.Errorf("%d missing\n%s", b.Missing, table)
	}
}

func TestSpeedSectionStays(t *testing.T) {
	p := Page{Program: "p", Sets: []Set{{Task: "x", Title: "T", About: "A."}}}
	rows := []Row{{Task: "x", Lang: "bg", Metric: "zeta", Value: 0.5, N: 3}, {Task: "x", Lang: "bg", Metric: "events", Value: 0.25, N: 3}}
	page := WithSpeedSection(p.Markdown(rows), "## Speed\n\nfast\n")
	if SpeedSection(page) != "## Speed\n\nfast\n" {
		t.Fatalf("%q", SpeedSection(page))
	}
	p.Speed = SpeedSection(page)
	if again := p.Markdown(rows); again != page {
		t.Errorf("%s\n--\n%s", again, page)
	}
	if !strings.Contains(page, "| events | 0.250 | 3 | code and both sides' countries, F1 |\n| zeta | 0.500 | 3 |") {
		t.Error(page)
	}
	if got := WithSpeedSection("text\n", "s\n"); got != "text\n\n"+SpeedBegin+"\ns\n"+SpeedEnd+"\n" {
		t.Errorf("%q", got)
	}
}

func TestDigestSeesNamesAndBytes(t *testing.T) {
	dir := t.TempDir()
	write := func(name, data string) string {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
		d, err := Digest(dir)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	a, b, c := write("a", "1"), write("b", "2"), write("b", "3")
	if a == b || b == c || write("b", "2") != b || len(a) != 12 {
		t.Errorf("%s %s %s", a, b, c)
	}
}

func TestPairs(t *testing.T) {
	pairs := []Pair{{Root: "CONSULT", Quad: "1"}, {Root: "YIELD", Quad: "2"}, {Root: "ASSAULT", Quad: "4"}}
	figures := ScorePairs(pairs, []PairAnswer{{Root: "CONSULT"}, {Root: "CONCEDE"}, {}})
	want := map[string]float64{"answered": 2.0 / 3, "root": 2.0 / 3, "quad": 2.0 / 3, "binary": 0.5}
	for _, f := range figures {
		if d := f.Value() - want[f.Metric]; d > 1e-9 || d < -1e-9 {
			t.Errorf("%s: %v, want %v", f.Metric, f.Value(), want[f.Metric])
		}
		delete(want, f.Metric)
	}
	if len(want) > 0 {
		t.Errorf("no %v", want)
	}
}

func TestCorporaOfJSONLines(t *testing.T) {
	dir := t.TempDir()
	file := func(data string) string {
		p := filepath.Join(dir, "x.jsonl")
		if err := os.WriteFile(p, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
		return p
	}
	cases, err := OpenTimeML(file(`{"id":"a","lang":"en","dct":"2020-05-04T10:00","text":"é on Monday for days","timex":[{"start":5,"end":11,"type":"DATE","value":"2020-05-04"},{"start":16,"end":20,"type":"DURATION","value":"PXD"}]}` + "\n\n"))
	if err != nil || len(cases) != 1 || len(cases[0].Gold.Dates) != 1 || cases[0].Gold.Dates[0].Text != "Monday" || cases[0].Document.Published.Value != "2020-05-04" {
		t.Errorf("%+v, %v", cases, err)
	}
	cases, err = OpenAttributions(file(`{"id":"a","date":"2016-01-02","text":"We will, said Ann, win","attributions":[{"source":[[14,17]],"cue":[[9,13]],"content":[[0,7],[19,22]]},{"source":[],"cue":[[0,1]],"content":[[0,2]]}]}`), "en")
	if err != nil || len(cases) != 1 || len(cases[0].Gold.Statements) != 1 {
		t.Fatalf("%+v, %v", cases, err)
	}
	if s := cases[0].Gold.Statements[0]; s.Content.Text != "We will, said Ann, win" || s.Speaker.Text != "Ann" || s.Cue != "said" {
		t.Errorf("%+v", s)
	}
	if _, err := OpenTimeML(file("{}\n{")); letopis.KindOf(err) != letopis.Invalid || !strings.Contains(err.Error(), "x.jsonl:2") {
		t.Errorf("error %v", err)
	}
}

// TestPageHasBothTables shows what was learnt from beside what was left out, with the meanings
// of its own task, and does not gate it.
func TestPageHasBothTables(t *testing.T) {
	rows := []Row{
		{"events2.dev", "all", "event", 0.25, 259, false}, {"events2.dev", "bg", "event", 0.2, 100, false}, {"events2.dev", "all", "date", 0.7, 90, true},
		{"events2.dev.insample", "all", "event", 0.28, 259, false}, {"events2.dev.insample", "bg", "event", 0.3, 100, false},
		{"claims.statements", "bg", "claimed.8", 0.7, 30, true}, {"names.seen", "bg", "strict", 0.9, 1000, false},
	}
	p := Page{Sets: []Set{{Task: "events2.dev", Title: "Left out"}, {Task: "events2.dev.insample", Title: "Learnt from"}, {Task: "claims.statements", Title: "Claims"}}}
	page := p.Markdown(rows)
	for _, want := range []string{
		"| metric | all | n | in-sample | n | bg | n | |\n",
		"| event | 0.250 | 259 | 0.280 | 259 | 0.200 | 100 | and both sides right, F1 |\n| date | 0.700 | 90 | – | | – | | month of the event, share |\n",
		"| claimed.8 | 0.700 | 30 | right among those that claim .80 to .89 |\n",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q in\n%s", want, page)
		}
	}
	if strings.Contains(page, "Learnt from") {
		t.Error("what was learnt from has a section of its own")
	}
	if p.Sets = p.Sets[1:]; !strings.Contains(p.Markdown(rows), "Learnt from") {
		t.Error("alone it has none")
	}
	if table := FormatRows(rows); !strings.Contains(table, "events2.dev.insample\tall\tevent\t0.280\t259\t-\n") {
		t.Errorf("what was learnt from gates:\n%s", table)
	} else if !strings.Contains(table, "names.seen\tbg\tstrict\t0.900\t1000\t0.005\n") {
		t.Errorf("the rest does not gate:\n%s", table)
	}
}
