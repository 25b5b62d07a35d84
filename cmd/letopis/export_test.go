package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"letopis/internal/export"
	"letopis/internal/ud"
)

// The example corpus in every format: the same bytes each time, and of the same
// entries that find chooses.
func TestExport(t *testing.T) {
	dir := t.TempDir()
	db := filepath.Join(dir, "a.db")
	articles := filepath.Join(dir, "articles.jsonl")
	text := `{"id":"a","lang":"bg","url":"https://a.example/1","published":"2020-12-04","text":"Президентът на Русия Владимир Путин се срещна в Москва с министъра на външните работи на Китай Ван И. „Ще работим заедно“, каза Путин."}
{"id":"b","lang":"en","published":"2020-12-05","text":"The United States accused China of breaking the treaty on Friday. China rejected the accusation."}
`
	if err := os.WriteFile(articles, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	output(t, "add", "--db", db, articles)
	entries := strings.Count(output(t, "find", "--db", db, "--limit", "0", "--format", "jsonl"), "\n")
	events := strings.Count(output(t, "find", "--db", db, "--limit", "0", "--kind", "event", "--format", "jsonl"), "\n")
	if events == 0 || entries == events {
		t.Fatalf("%d entries, %d events: the test shows little", entries, events)
	}
	for _, f := range export.Formats() {
		got := output(t, "export", "--db", db, "--format", f.Name)
		out := filepath.Join(dir, f.Name)
		output(t, "export", "--db", db, "--format", f.Name, "--out", out)
		file, err := os.ReadFile(out)
		if err != nil || got != string(file) || got == "" {
			t.Errorf("%s: standard output and file differ, or are empty: %v", f.Name, err)
		}
		switch f.Name {
		case "parquet":
			rows, err := parquet.Read[export.Row](bytes.NewReader(file), int64(len(file)))
			if err != nil || len(rows) != entries {
				t.Errorf("parquet: %d rows, %v; want %d", len(rows), err, entries)
			}
		case "plover-jsonl", "polecat":
			n := strings.Count(got, "\n")
			if f.Name == "polecat" {
				n-- // the header
			}
			if n != events {
				t.Errorf("%s: %d lines, want %d", f.Name, n, events)
			}
		case "conllu":
			c, err := ud.ReadConllu(bytes.NewReader(file), "")
			if err != nil || !strings.Contains(got, "Путин") || !strings.Contains(got, "accusation") {
				t.Errorf("conllu: %v, %d bytes", err, len(got))
			} else if len(c.Analysis.Sentences) < 2 {
				t.Errorf("conllu: %d sentences", len(c.Analysis.Sentences))
			}
		}
	}
	some := output(t, "export", "--db", db, "--format", "csv", "--pair", "USA,CHN")
	if n := strings.Count(some, "\n"); n < 2 || n >= entries+1 {
		t.Errorf("--pair chooses %d lines of %d", n, entries+1)
	}
}
