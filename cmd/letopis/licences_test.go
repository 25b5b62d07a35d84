package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestLicencesOfModules compares the table with go.mod: a library whose licence
// nobody looked up fails, as does a line for one that is gone.
func TestLicencesOfModules(t *testing.T) {
	rows, err := readLicences()
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join("..", "..", "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"std"}
	for line := range strings.Lines(string(b)) {
		line = strings.TrimPrefix(strings.TrimSpace(line), "require ")
		if f := strings.Fields(line); len(f) >= 2 && strings.HasPrefix(f[1], "v") && strings.Contains(f[0], ".") {
			want = append(want, f[0])
		}
	}
	if len(want) < 10 {
		t.Fatalf("go.mod names only %v", want)
	}
	var got []string
	for _, r := range rows {
		if r.kind == "module" {
			got = append(got, r.name)
		}
		if r.licence == "" || r.kind == "data" && r.source == "" {
			t.Errorf("licences.tsv: %s has an empty field", r.name)
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	for _, m := range want {
		if !slices.Contains(got, m) {
			t.Errorf("data/licences.tsv has no line for %s of go.mod", m)
		}
	}
	for _, m := range got {
		if !slices.Contains(want, m) {
			t.Errorf("data/licences.tsv has a line for %s, which go.mod does not name", m)
		}
	}
}

// phrases are words by which the text of a licence is known.
var licencePhrases = map[string]string{
	"MIT":          "Permission is hereby granted, free of charge",
	"BSD-3-Clause": "Neither the name",
	"BSD-2-Clause": "Redistribution and use in source",
	"Apache-2.0":   "Apache License",
}

// TestLicencesOfSources compares the table with the licence files of the libraries.
func TestLicencesOfSources(t *testing.T) {
	if testing.Short() {
		t.Skip("short")
	}
	rows, err := readLicences()
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Path}}\t{{.Dir}}", "all").Output()
	if err != nil {
		t.Skipf("go list: %v", err)
	}
	dirs := map[string]string{}
	for line := range strings.Lines(string(out)) {
		p, dir, _ := strings.Cut(strings.TrimSpace(line), "\t")
		dirs[p] = dir
	}
	n := 0
	for _, r := range rows {
		files, _ := filepath.Glob(filepath.Join(dirs[r.name], "LICENSE*"))
		if r.kind != "module" || dirs[r.name] == "" || len(files) == 0 {
			continue // not downloaded on this machine
		}
		b, err := os.ReadFile(files[0])
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Join(strings.Fields(string(b)), " ")
		for _, name := range strings.Split(r.licence, " AND ") {
			if p := licencePhrases[name]; p == "" || !strings.Contains(text, p) {
				t.Errorf("%s: %s does not read like %s", r.name, files[0], name)
			}
		}
		n++
	}
	t.Logf("%d licence files compared", n)
}
