package main

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"

	"letopis"
	"letopis/internal/read"
)

// personsRead reads a text and returns the known persons in it.
func personsRead(t *testing.T, r *read.Reader, lang, published, text string) string {
	t.Helper()
	doc := &letopis.Document{ID: "x", Lang: lang, Text: text, Published: letopis.Published{Value: letopis.When(published), Basis: letopis.BasisMetadata}}
	rec, err := r.Read(context.Background(), doc)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, e := range rec.Entities {
		if p, ok := strings.CutPrefix(e.KB, "person/"); ok {
			ids = append(ids, p)
		}
	}
	return strings.Join(ids, " ")
}

// tableOf returns the rows of a table of corpus/names.
func tableOf(t *testing.T, name string) [][]string {
	t.Helper()
	b, err := os.ReadFile("../../corpus/names/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for line := range strings.Lines(string(b)) {
		if !strings.HasPrefix(line, "#") {
			rows = append(rows, strings.Split(strings.TrimSpace(line), "\t"))
		}
	}
	return rows
}

// TestStrangers reads invented persons in sentences where a leader might be meant: none is linked.
func TestStrangers(t *testing.T) {
	r := testSuite(t, &bytes.Buffer{}).reader
	frames := map[string]string{
		"en": "The engineer NAME criticised the plan. Later SURNAME left.",
		"bg": "Инженерът NAME критикува плана. По-късно SURNAME замина.",
		"ru": "Инженер NAME раскритиковал план. Позже SURNAME уехал.",
	}
	rows := tableOf(t, "strangers.tsv")
	if len(rows) < 100 {
		t.Fatalf("%d strangers, want 100", len(rows))
	}
	for _, row := range rows {
		words := strings.Fields(row[1])
		surname := words[len(words)-1]
		if strings.HasSuffix(surname, ".") {
			surname = words[0]
		}
		text := strings.NewReplacer("SURNAME", surname, "NAME", row[1]).Replace(frames[row[0]])
		if got := personsRead(t, r, row[0], "2020-10-12", text); got != "" {
			t.Errorf("%s: %s is linked to %s", row[0], row[1], got)
		}
	}
}

// TestKnownMentions reads mentions of leaders: all are linked.
func TestKnownMentions(t *testing.T) {
	r := testSuite(t, &bytes.Buffer{}).reader
	rows := tableOf(t, "known.tsv")
	if len(rows) < 60 {
		t.Fatalf("%d mentions, want 60", len(rows))
	}
	for _, row := range rows {
		if got := personsRead(t, r, row[0], row[1], row[2]); got != row[3] {
			t.Errorf("%s %s %q: linked to %q, want %q", row[0], row[1], row[2], got, row[3])
		}
	}
}
