package read_test

import (
	"bytes"
	"context"
	"encoding/json"
	"path/filepath"
	"testing"
)

// TestExplainSameRecord checks that explaining an article changes nothing in its
// record, and that every note and word stands in its sentence.
func TestExplainSameRecord(t *testing.T) {
	r := reader(t)
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no articles in testdata: %v", err)
	}
	notes := 0
	for _, f := range files {
		doc := article(t, f)
		rec, err := r.Read(context.Background(), doc)
		if err != nil {
			t.Fatal(err)
		}
		x, err := r.Explain(context.Background(), doc)
		if err != nil {
			t.Fatal(err)
		}
		a, _ := json.Marshal(rec)
		b, _ := json.Marshal(x.Record)
		if !bytes.Equal(a, b) {
			t.Errorf("%s: Explain and Read give different records", f)
		}
		for i, s := range x.Sentences {
			if len(s.Words) == 0 {
				t.Errorf("%s: sentence %d has no words", f, i+1)
			}
			for _, n := range s.Notes {
				notes++
				if n.Words.Start < s.Range.Start || n.Words.Start >= s.Range.End {
					t.Errorf("%s: note %q of sentence %d stands outside it", f, n.Words.Text, i+1)
				}
			}
		}
	}
	if notes == 0 {
		t.Error("no article has a note")
	}
}
