package data_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"testing"
	"time"

	"letopis/data"
)

type article struct {
	ID        string `json:"id"`
	Lang      string `json:"lang"`
	Published string `json:"published"`
	Title     string `json:"title"`
	Text      string `json:"text"`
	URL       string `json:"url"`
}

func demo(t *testing.T) map[string]article {
	t.Helper()
	names, err := fs.Glob(data.FS, "demo/*.json")
	if err != nil || len(names) == 0 {
		t.Fatalf("demo corpus: %d files, %v", len(names), err)
	}
	all := map[string]article{}
	for _, name := range names {
		raw, err := fs.ReadFile(data.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		var a article
		dec := json.NewDecoder(bytes.NewReader(raw))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&a); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if a.ID+".json" != path.Base(name) {
			t.Errorf("%s: id %q is not the name of the file", name, a.ID)
		}
		all[a.ID] = a
	}
	return all
}

// The corpus is what a newcomer sees first, so its form is held.
func TestDemoCorpus(t *testing.T) {
	langs := map[string]int{}
	first, last := time.Date(2020, 9, 1, 0, 0, 0, 0, time.UTC), time.Date(2020, 12, 31, 0, 0, 0, 0, time.UTC)
	for id, a := range demo(t) {
		langs[a.Lang]++
		if !strings.HasPrefix(id, a.Lang+"-") {
			t.Errorf("%s: lang is %q", id, a.Lang)
		}
		if day, err := time.Parse(time.DateOnly, a.Published); err != nil || day.Before(first) || day.After(last) {
			t.Errorf("%s: published %q", id, a.Published)
		}
		if n := len(strings.Fields(a.Text)); n < 120 || n > 300 {
			t.Errorf("%s: %d words, want 120 to 300", id, n)
		}
		if a.Title == "" || !regexp.MustCompile(`^https://[a-z-]+\.example/`).MatchString(a.URL) {
			t.Errorf("%s: title %q, url %q", id, a.Title, a.URL)
		}
		for _, bad := range []string{"\r", "\t", "  ", "\u0306", "\u00a0"} {
			if strings.Contains(a.Text, bad) {
				t.Errorf("%s: text has %q", id, bad)
			}
		}
	}
	for lang, atLeast := range map[string]int{"bg": 8, "ru": 7, "en": 6} {
		if langs[lang] < atLeast {
			t.Errorf("%d articles in %s, want %d", langs[lang], lang, atLeast)
		}
	}
}

// shingles are the runs of three words of a text.
func shingles(text string) map[string]bool {
	words := strings.Fields(strings.ToLower(text))
	set := map[string]bool{}
	for i := 0; i+3 <= len(words); i++ {
		set[strings.Join(words[i:i+3], " ")] = true
	}
	return set
}

// The reprint must stay a reprint and nothing else may become one, or the
// corpus shows no syndication.
func TestDemoReprint(t *testing.T) {
	all := demo(t)
	for id, a := range all {
		sa := shingles(a.Text)
		for other, b := range all {
			if other <= id || a.Lang != b.Lang {
				continue
			}
			both := 0
			for s := range shingles(b.Text) {
				if sa[s] {
					both++
				}
			}
			share := float64(both) / float64(min(len(sa), len(shingles(b.Text))))
			reprint := id == "bg-1023-valdai" && other == "bg-1023-valdai-prepechatka"
			if reprint && share < 0.8 || !reprint && share > 0.2 {
				t.Errorf("%s and %s share %.2f of their word triples", id, other, share)
			}
		}
	}
}
