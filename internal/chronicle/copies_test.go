package chronicle

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"letopis"
)

// bsnlpRecord is an article of BSNLP with its text alone: what copies are found by.
func bsnlpRecord(t *testing.T, name string) *letopis.Record {
	t.Helper()
	parts := strings.Split(name, "/")
	b, err := os.ReadFile(filepath.Join("../../../shared/data/bsnlp", parts[0], parts[1], "raw", parts[2]+".txt"))
	if os.IsNotExist(err) {
		t.Skip("no ../shared: ", err)
	} else if err != nil {
		t.Fatal(err)
	}
	// Five lines of heading: id, language, day, address, title.
	lines := strings.SplitN(strings.ReplaceAll(string(b), "\r\n", "\n"), "\n", 6)
	if len(lines) < 6 {
		t.Fatalf("%s has %d lines", name, len(lines))
	}
	return &letopis.Record{Schema: letopis.Schema, Document: letopis.Document{ID: letopis.ID(name), Lang: lines[1], URL: lines[3], Title: lines[4],
		Text: lines[5], Published: letopis.Published{Value: letopis.When(strings.TrimSpace(lines[2]))}}}
}

// Copies are found among the pairs of corpus/copies.tsv, which were judged by
// reading, as the whole fold finds them.
func TestCopiesOfBSNLP(t *testing.T) {
	table, err := os.ReadFile("../../corpus/copies.tsv")
	if err != nil {
		t.Fatal(err)
	}
	type pair struct {
		a, b letopis.ID
		same bool
	}
	var pairs []pair
	s := newTestBlocks()
	for line := range strings.Lines(string(table)) {
		cells := strings.Split(strings.TrimSpace(line), "\t")
		if strings.HasPrefix(line, "#") || len(cells) != 3 {
			continue
		}
		pairs = append(pairs, pair{letopis.ID(cells[0]), letopis.ID(cells[1]), cells[2] == "yes"})
		for _, name := range cells[:2] {
			if s.digests[letopis.ID(name)] == nil {
				s.put(t, bsnlpRecord(t, name))
			}
		}
	}
	if len(pairs) < 60 {
		t.Fatalf("%d pairs", len(pairs))
	}
	s.fold(t, nil)
	found, right, all := 0, 0, 0
	for _, p := range pairs {
		var n state
		if err := json.Unmarshal(s.states[p.a], &n); err != nil {
			t.Fatal(err)
		}
		docs, err := s.WithKeys(context.Background(), []uint64{storyKey(n.Story.ID)}, 0) // none where it stands alone
		if err != nil {
			t.Fatal(err)
		}
		got := slices.Contains(docs, p.b)
		if got != p.same {
			t.Logf("%s %s: one text %v, judged %v", p.a, p.b, got, p.same)
		}
		found, all, right = found+one(got), all+one(p.same), right+one(got && p.same)
	}
	precision, recall := float64(right)/float64(found), float64(right)/float64(all)
	t.Logf("precision %.3f, recall %.3f of %d pairs", precision, recall, len(pairs))
	if precision < 0.9 || recall < 0.9 {
		t.Errorf("precision %.3f, recall %.3f; both must be 0.9", precision, recall)
	}
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}
