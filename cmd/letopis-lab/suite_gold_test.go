package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"letopis/internal/score"
	"letopis/internal/tsv"
)

// TestGoldSetIsReadWithoutItsFold reads the annotated articles in which weights were learnt:
// left out they are other findings than those of the shipped weights, of the same articles.
func TestGoldSetIsReadWithoutItsFold(t *testing.T) {
	s := testSuite(t, &bytes.Buffer{})
	ctx := context.Background()
	out, err := s.goldSet(ctx, "dev")
	if err != nil {
		t.Fatal(err)
	}
	seen, err := s.goldSet(ctx, "dev.insample")
	if err != nil {
		t.Fatal(err)
	}
	if again, err := s.goldSet(ctx, "dev"); again != out || err != nil {
		t.Error("the set was read twice")
	}
	if len(out.cases) != len(seen.cases) || len(out.cases) != len(out.folds) || len(out.found) != len(out.folds) || len(seen.folds) > 0 {
		t.Fatalf("%d and %d cases, %d findings, %d folds", len(out.cases), len(seen.cases), len(out.found), len(out.folds))
	}
	folds, err := score.OpenFolds(filepath.Join(s.shared, "gold", "folds.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	differ := 0
	for i, c := range out.cases {
		if k, ok := folds.Of("dev", string(c.Document.ID)); !ok || k != out.folds[i] {
			t.Errorf("%s was read in fold %d, is of fold %d", c.File, out.folds[i], k)
		}
		j := slices.IndexFunc(seen.cases, func(x score.Case) bool { return x.File == c.File })
		if j < 0 {
			t.Fatalf("%s was not read with the shipped weights", c.File)
		}
		if len(out.found[i].Sided) != len(seen.found[j].Sided) || len(out.found[i].Statements) != len(seen.found[j].Statements) {
			differ++
		}
	}
	if differ == 0 {
		t.Error("weights without the fold find what the shipped ones do in every article")
	}
	s.root = t.TempDir()
	if _, err := s.leftOut(ctx, "dev", out.cases); err == nil {
		t.Error("left out without weights that have not seen the fold")
	}
}

// TestConfidenceTable writes the table of confidences: what is in it can be looked up, adds up,
// and is the same when it is written again.
func TestConfidenceTable(t *testing.T) {
	s := testSuite(t, &bytes.Buffer{})
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "confidence.tsv")
	var texts []string
	for range 2 {
		if err := s.writeConfidence(ctx, path); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(b))
	}
	if texts[0] != texts[1] {
		t.Error("the table differs when it is written again")
	}
	families, last := 0, ""
	total := map[string]int{}
	err := tsv.Parse(path, texts[0], tsv.Fields("rule", "lang", "confidence", "n", "right"), func(r tsv.Row) error {
		conf, err := strconv.ParseFloat(r.Field(2), 64)
		if err != nil || conf < 0.01 || conf > 0.99 || len(r.Field(2)) != len("0.50") {
			return r.Errorf(2, "no confidence of two digits")
		}
		n, err := strconv.Atoi(r.Field(3))
		right, err2 := strconv.Atoi(r.Field(4))
		if err != nil || err2 != nil || right < 0 || right > n || n == 0 {
			return r.Errorf(3, "%s of %s", r.Field(4), r.Field(3))
		}
		rule, lang := r.Field(0), r.Field(1)
		if key := rule + "\x00" + strings.TrimPrefix(lang, "und"); key <= last {
			return r.Errorf(0, "not in order")
		} else {
			last = key
		}
		if rule == "*" {
			total[lang] = n
		} else if lang == "und" && !strings.Contains(rule, ".") && rule != "event" { // events are counted apart
			families += n
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	if total["und"] < 1000 || families != total["und"] || total["bg"]+total["ru"]+total["en"] != total["und"] {
		t.Errorf("%d statements in families, %v in all", families, total)
	}
}
