package main

import (
	"bytes"
	"context"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"letopis"
)

// The brief of the demo corpus invents nothing: what it quotes or tells stands in
// an article, and every sentence has a source.
func TestBriefOfDemo(t *testing.T) {
	db := filepath.Join(t.TempDir(), "demo.db")
	letopisOf := func(args ...string) string {
		t.Helper()
		var out, errs bytes.Buffer
		e := &env{stdin: strings.NewReader(""), stdout: &out, stderr: &errs, getenv: func(string) string { return "" }}
		if code := run(context.Background(), e, args); code != 0 {
			t.Fatalf("letopis %s: exit code %d: %s", strings.Join(args, " "), code, &errs)
		}
		return out.String()
	}
	letopisOf("add", "--db", db, "../../data/demo")
	e := &env{getenv: func(string) string { return "" }}
	if err := e.settle(); err != nil {
		t.Fatal(err)
	}
	store, err := e.openStore(context.Background(), db, true)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	var articles strings.Builder
	for r, err := range store.Records(context.Background(), letopis.Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		articles.WriteString(strings.ToLower(strings.Join(strings.Fields(r.Document.Text), " ")) + "\n")
	}
	quoted := regexp.MustCompile(`[„“«]([^„“”«»]{20,})[“”»]`)
	ends := regexp.MustCompile(`(\[\d+\] ?)+$`)
	for _, lang := range []string{"bg", "en", "ru"} {
		text := letopisOf("brief", "CHN", "RUS", "--db", db, "--lang", lang, "--limit", "0")
		items := 0
		lines := strings.Split(text, "\n")
		for i, line := range lines {
			sentence, ok := strings.CutPrefix(line, "  ")
			if !ok || strings.HasPrefix(line, "    ") {
				continue
			}
			items++
			if !ends.MatchString(line) || lines[i-1] == "" {
				t.Errorf("%s: no source or no date: %q", lang, line)
			}
			for _, q := range quoted.FindAllStringSubmatch(sentence, -1) {
				if !strings.Contains(articles.String(), strings.ToLower(strings.TrimRight(q[1], ",."))) {
					t.Errorf("%s: no article says %q", lang, q[1])
				}
			}
		}
		if items < 15 {
			t.Errorf("%s: only %d sentences", lang, items)
		}
	}
	// What was published later is not known then.
	if early := letopisOf("brief", "CHN", "RUS", "--db", db, "--lang", "bg", "--at", "2020-11-01"); strings.Contains(early, "рамо до рамо") || !slices.Contains(strings.Fields(early), "Валдай“,") && !strings.Contains(early, "октомври") {
		t.Errorf("the brief of 1 November:\n%s", early)
	}
}
