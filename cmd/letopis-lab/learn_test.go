package main

import (
	"bytes"
	"encoding/json"
	"io"
	"io/fs"
	"letopis/internal/read"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"letopis/data"
	"letopis/internal/train/traintest"
)

// TestLearnAndScore learns every model that made-up data can teach, writes their cards, and
// measures how the articles are read with them; twice, into two folders that must be equal.
func TestLearnAndScore(t *testing.T) {
	shared := t.TempDir()
	if err := traintest.Write(shared); err != nil {
		t.Fatal(err)
	}
	one, two := repository(t), repository(t)
	learnAndScore(t, shared, one)
	learnAndScore(t, shared, two)
	if a, b := allFiles(t, one), allFiles(t, two); !slices.Equal(names(a), names(b)) {
		t.Errorf("files %q and %q", names(a), names(b))
	} else {
		for name := range a {
			if !bytes.Equal(a[name], b[name]) {
				t.Errorf("%s has other bytes the second time", name)
			}
		}
	}
	checkCards(t, one)
	checkFigures(t, one)
	for _, file := range []string{"corpus/choose/2/spans.tsv", "corpus/choose/5/speakers.tsv", "data/lang/und/choose/spans.tsv"} {
		if b, err := os.ReadFile(filepath.Join(one, file)); err != nil || !bytes.Contains(b, []byte("Learnt by letopis-lab train ")) {
			t.Errorf("%s: %v\n%.200s", file, err, b)
		}
	}
	for _, dir := range []string{"corpus/choose/1", "data/lang/und/choose"} {
		if x, err := read.OpenDeeds(os.DirFS(one), dir); err != nil || x == nil {
			t.Errorf("%s: the weights of the reader of events: %v", dir, err)
		}
	}
	if b, err := os.ReadFile(filepath.Join(one, "data", "lang", "und", "confidence.tsv")); err != nil || bytes.Count(b, []byte("\n")) < 5 {
		t.Errorf("the table of confidences: %v\n%s", err, b)
	}
	if _, err := os.Stat(filepath.Join(one, "corpus", "choose", "3")); err == nil {
		t.Error("there are weights without a fold that has no article")
	}
}

// repository is a folder with the language data, without any model and weights, and room for figures.
func repository(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, d := range []string{"corpus", "docs"} {
		if err := os.Mkdir(filepath.Join(dir, d), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	err := fs.WalkDir(data.FS, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(name, ".bin") || strings.HasSuffix(name, "MODEL.json") ||
			strings.HasPrefix(name, "demo/") || strings.HasPrefix(name, "lang/und/choose/") {
			return err
		}
		b, err := fs.ReadFile(data.FS, name)
		if err != nil {
			return err
		}
		path := filepath.Join(dir, "data", filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return err
		}
		return os.WriteFile(path, b, 0o666)
	})
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// learnAndScore gives the commands of 'make models' and 'make score', in their order.
func learnAndScore(t *testing.T, shared, root string) {
	t.Helper()
	packs := filepath.Join(root, "data")
	l := &lab{stdout: io.Discard, stderr: io.Discard}
	lab := func(args ...string) {
		t.Helper()
		if err := l.run(t.Context(), args); err != nil {
			t.Fatalf("letopis-lab %s: %v", strings.Join(args, " "), err)
		}
	}
	out := filepath.Join(packs, "lang")
	lab("train", "--lang", "und", "--shared", shared, "--out", out)
	lab("train", "--lang", "bg", "--shared", shared, "--out", out)
	lab("train", "--lang", "ru", "--shared", shared, "--out", out)
	// 'train --lang en' would go on to names, which cannot be learnt from made-up texts.
	if err := l.trainTrees(shared, out, "en"); err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"bg", "ru"} {
		lab("train", "names", "--shared", shared, "--data", packs, "--lang", lang, "--leave", "all", "--write", filepath.Join(root, "corpus", "names-loo.tsv"))
	}
	lab("train", "code", "--shared", shared, "--data", packs)
	lab("train", "code", "--shared", shared, "--data", packs, "--cv", "--seeds", "2", "--write", filepath.Join(root, "corpus", "chooser.tsv"))
	lab("train", "events", "--gold", filepath.Join(shared, "gold", "dev"), "--data", packs, "--root", root)
	lab("train", "statements", "--shared", shared, "--data", packs, "--root", root)
	answers := filepath.Join(root, "corpus", "records")
	lab("train", "events", "--gold", filepath.Join(shared, "gold", "dev"), "--data", packs, "--root", root, "--cv", answers)
	if files, err := filepath.Glob(filepath.Join(answers, "made-*.json")); err != nil || len(files) != 5 {
		t.Errorf("records of articles left out: %q, %v", files, err)
	}
	lab("score", "--all", "--shared", shared, "--data", packs, "--root", root, "--write")
	lab("score", "--task", "gold.", "--shared", shared, "--data", packs, "--root", root, "--check")
}

// checkCards looks whether every model that was learnt stands in its card, with the command
// that makes it, its sources and its figures.
func checkCards(t *testing.T, root string) {
	t.Helper()
	want := map[string]string{
		"und/langid.bin": "go run ./cmd/letopis-lab train --lang und",
		"bg/tagger.bin":  "go run ./cmd/letopis-lab train --lang bg", "bg/parser.bin": "go run ./cmd/letopis-lab train --lang bg",
		"bg/segment.bin": "go run ./cmd/letopis-lab train segment --lang bg", "bg/names.bin": "go run ./cmd/letopis-lab train names --lang bg",
		"ru/tagger.bin": "go run ./cmd/letopis-lab train --lang ru", "ru/parser.bin": "go run ./cmd/letopis-lab train --lang ru",
		"ru/names.bin":  "go run ./cmd/letopis-lab train names --lang ru",
		"en/tagger.bin": "go run ./cmd/letopis-lab train --lang en", "en/parser.bin": "go run ./cmd/letopis-lab train --lang en",
		"en/code.bin": "go run ./cmd/letopis-lab train code",
	}
	found := 0
	for _, lang := range []string{"und", "bg", "ru", "en"} {
		b, err := os.ReadFile(cardName(filepath.Join(root, "data", "lang"), lang))
		if err != nil {
			t.Fatal(err)
		}
		var c card
		if err := json.Unmarshal(b, &c); err != nil {
			t.Fatal(err)
		}
		for _, f := range c.Files {
			found++
			if name := lang + "/" + f.Name; want[name] == "" || f.Command != want[name] || len(f.Sources) == 0 || f.Bytes == 0 {
				t.Errorf("%s: %+v", name, f)
			}
		}
		if lang != "und" && (c.Scores["upos"] < 90 || c.Scores["las"] < 75 || c.Test == "") {
			t.Errorf("%s: scores %v on %q", lang, c.Scores, c.Test)
		}
	}
	if found != len(want) {
		t.Errorf("%d models in the cards, want %d", found, len(want))
	}
}

// checkFigures looks whether the tables have what was measured, and the page a section of it.
func checkFigures(t *testing.T, root string) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(root, "corpus", "scores.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []string{"gold.dev\tall\tstatements\t", "events2.dev\tbg\tfound\t", "gold.dev.insample\tall\tdates.value\t", "gold.news\tbg\tstatements\t", "events2.news\tall\tevent\t", "claims.statements\tall\t", "ud.raw\tbg\tLAS\t", "ud.raw\ten\tLemmas\t",
		"names.seen\tbg\t", "names.loo\tru\tbrexit\t", "events.plv\ten\troot\t", "events.aw\ten\tacts\t", "events.pairs\ten\tacts\t", "quotes.polnear\ten\tspeaker\t", "who.names_slavic\tall\trecall\t"} {
		if !bytes.Contains(b, []byte("\n"+row)) {
			t.Errorf("no figure %q", row)
		}
	}
	page, err := os.ReadFile(filepath.Join(root, "docs", "accuracy.md"))
	if err != nil || !bytes.Contains(page, []byte("Task `gold.dev`")) || !bytes.Contains(page, []byte("Task `ud.raw`")) {
		t.Errorf("the page: %v\n%.300s", err, page)
	}
	if t.Failed() {
		t.Logf("figures:\n%s", b)
	}
}

// allFiles are the files below a folder by their names there.
func allFiles(t *testing.T, root string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		out[filepath.ToSlash(name)], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func names(files map[string][]byte) []string {
	var out []string
	for name := range files {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}
