package read_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"letopis"
	"letopis/internal/ingest"
)

// unchanged holds what the records of many articles were when they were last looked at:
// set, language, articles, the hash of all records without "reading", and the same
// without "confidence". A change of structure leaves it as it is. A change of what is read
// re-makes it with -update, after the differences were read (LETOPIS_RECORDS=DIR writes
// the records there, before and after).
const unchanged = "testdata/unchanged.tsv"

// articleSets lists the articles by name of the set: the example corpus, which is ours,
// and those of ../shared, which a checkout may lack.
func articleSets(t *testing.T) map[string]iter.Seq2[*letopis.Document, error] {
	t.Helper()
	packs := reader(t).Packs()
	o := ingest.Options{Langs: packs.Langs(), Identify: packs.Identify}
	out := map[string]iter.Seq2[*letopis.Document, error]{}
	add := func(name, pattern string) {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		if len(paths) > 0 {
			slices.Sort(paths)
			out[name] = ingest.Read(context.Background(), paths, o)
		}
	}
	add("demo", "../../data/demo/*.json")
	for _, set := range []string{"seed", "dev", "news", "train"} {
		add("gold/"+set, "../../../shared/gold/"+set+"/articles/*.json")
	}
	for _, lang := range []string{"bg", "ru"} {
		add("bsnlp/"+lang, "../../../shared/data/bsnlp/*/"+lang+"/raw/*")
	}
	return out
}

// confidences matches what a record says of how sure it is.
var confidences = regexp.MustCompile(`(?m)^\s*"confidence": [0-9.]+,?\n`)

// TestRecordsUnchanged reads some 2,200 articles and compares the hash of their records.
func TestRecordsUnchanged(t *testing.T) {
	if testing.Short() {
		t.Skip("reads thousands of articles")
	}
	want, err := os.ReadFile(unchanged)
	if err != nil && !*update {
		t.Fatal(err)
	}
	kept := map[string]string{}
	for line := range strings.Lines(string(want)) {
		if set, rest, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok && !strings.HasPrefix(line, "#") {
			kept[set] = rest
		}
	}
	sets := articleSets(t)
	for set, docs := range sets {
		got := hashRecords(t, set, docs)
		if got != kept[set] && !*update {
			t.Errorf("the records of %s changed:\ngot  %s\nwant %s", set, got, kept[set])
		}
		kept[set] = got
	}
	for set := range kept {
		if sets[set] == nil {
			t.Logf("%s: no articles here; not compared", set)
		}
	}
	if !*update {
		return
	}
	var b strings.Builder
	b.WriteString("# Records of many articles by their hashes; see unchanged_test.go.\n# set\tarticles\twithout reading\twithout confidence too\n")
	for _, set := range slices.Sorted(func(yield func(string) bool) {
		for s := range kept {
			if !yield(s) {
				return
			}
		}
	}) {
		fmt.Fprintf(&b, "%s\t%s\n", set, kept[set])
	}
	if err := os.WriteFile(unchanged, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// hashRecords reads the documents on all processors and returns how many they are and the two
// hashes of their records in the documents' order.
func hashRecords(t *testing.T, set string, docs iter.Seq2[*letopis.Document, error]) string {
	t.Helper()
	var all []*letopis.Document
	for doc, err := range docs {
		if err != nil {
			t.Fatalf("%s: %v", set, err)
		}
		all = append(all, doc)
	}
	records := make([][]byte, len(all))
	var wg sync.WaitGroup
	todo := make(chan int)
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := range todo {
				records[i] = recordBytes(t, all[i])
			}
		})
	}
	for i := range all {
		todo <- i
	}
	close(todo)
	wg.Wait()
	whole, bare := sha256.New(), sha256.New()
	for i, b := range records {
		whole.Write(b)
		bare.Write(confidences.ReplaceAll(b, nil))
		if dir := os.Getenv("LETOPIS_RECORDS"); dir != "" {
			name := filepath.Join(dir, strings.ReplaceAll(set, "/", "-"), fmt.Sprintf("%04d.json", i))
			if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, b, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	return fmt.Sprintf("%d\t%s\t%s", len(all), hex.EncodeToString(whole.Sum(nil)), hex.EncodeToString(bare.Sum(nil)))
}

// recordBytes reads one document into the bytes of its record, without its reading.
func recordBytes(t *testing.T, doc *letopis.Document) []byte {
	rec, err := reader(t).Read(context.Background(), doc)
	if err != nil {
		t.Errorf("%s: %v", doc.ID, err)
		return nil
	}
	rec.Reading = letopis.Reading{}
	b, err := json.MarshalIndent(rec, "", " ")
	if err != nil {
		t.Error(err)
	}
	return b
}
