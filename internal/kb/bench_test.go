package kb

import (
	"fmt"
	"io/fs"
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"letopis/data"
)

// shipped is the tables as the program has them.
func shipped(tb testing.TB) fs.FS {
	tb.Helper()
	fsys, err := fs.Sub(data.FS, "kb")
	if err != nil {
		tb.Fatal(err)
	}
	return fsys
}

// large is the tables that ship with their persons and places over again, under other names,
// until they are so many, and a fourth language with the names of Russian.
func large(tb testing.TB, persons, places int) fstest.MapFS {
	tb.Helper()
	m := copyTables(tb, shipped(tb))
	morePersons, morePlaces := persons/strings.Count(string(m["persons.tsv"].Data), "\n"), places/strings.Count(string(m["places.tsv"].Data), "\n")
	for _, path := range slices.Sorted(maps.Keys(m)) {
		if lang, table, _ := strings.Cut(path, "/"); lang == "ru" {
			m["uk/"+table] = &fstest.MapFile{Data: m[path].Data}
		}
	}
	for path, f := range m {
		of, named := 0, strings.Contains(path, "/")
		switch {
		case strings.HasSuffix(path, "persons.tsv"), path == "terms.tsv":
			of = morePersons
		case strings.HasSuffix(path, "places.tsv"):
			of = morePlaces
		}
		rows := string(f.Data)
		var b strings.Builder
		for n := range of {
			for line := range strings.Lines(rows) {
				if id, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t"); line[0] != '#' {
					if tail := string(rune('a'+n/26)) + string(rune('a'+n%26)); named {
						rest = strings.ReplaceAll(rest, "|", tail+"|") + tail
					}
					fmt.Fprintf(&b, "%s-%d\t%s\n", id, n, rest)
				}
			}
		}
		m[path] = &fstest.MapFile{Data: []byte(rows + b.String())}
	}
	return m
}

// compiledIn puts the compiled form beside tables.
func compiledIn(tb testing.TB, m fstest.MapFS) fstest.MapFS {
	tb.Helper()
	b, err := Compile(m)
	if err != nil {
		tb.Fatal(err)
	}
	m[Compiled] = &fstest.MapFile{Data: b}
	return m
}

// BenchmarkOpen is the load as the program does it, from the embedded file, from the tables
// alone, and with 10,000 persons and 40,000 places.
func BenchmarkOpen(b *testing.B) {
	for _, c := range []struct {
		name string
		fsys func() fs.FS
	}{
		{"shipped", func() fs.FS { return shipped(b) }},
		{"tables", func() fs.FS { return copyTables(b, shipped(b)) }},
		{"large", func() fs.FS { return compiledIn(b, large(b, 10000, 40000)) }},
		{"large tables", func() fs.FS { return large(b, 10000, 40000) }},
	} {
		b.Run(c.name, func(b *testing.B) {
			fsys := c.fsys()
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Open(fsys); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkFirst is opening and the first question: the names of a language, and persons.
func BenchmarkFirst(b *testing.B) {
	for name, fsys := range map[string]fs.FS{"shipped": shipped(b), "tables": copyTables(b, shipped(b))} {
		for _, lang := range []string{"bg", "ru", "en", "person"} {
			b.Run(name+" "+lang, func(b *testing.B) {
				for b.Loop() {
					k, err := Open(fsys)
					if err != nil {
						b.Fatal(err)
					}
					if lang == "person" {
						k.Person("Владимир Путин", "ru")
					} else {
						k.Match(lang, toks("Reuters"), 0)
					}
				}
			})
		}
	}
}

// BenchmarkMemory reports what an opened knowledge base keeps when three languages and the
// persons were asked for.
func BenchmarkMemory(b *testing.B) {
	for name, fsys := range map[string]fs.FS{"shipped": shipped(b), "tables": copyTables(b, shipped(b))} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				var before, after runtime.MemStats
				runtime.GC()
				runtime.ReadMemStats(&before)
				k, err := Open(fsys)
				if err != nil {
					b.Fatal(err)
				}
				for _, lang := range k.Langs() {
					k.Match(lang, toks("Reuters"), 0)
				}
				k.Person("Владимир Путин", "ru")
				runtime.GC()
				runtime.ReadMemStats(&after)
				b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1024, "KiB-kept")
				runtime.KeepAlive(k)
			}
		})
	}
}

// BenchmarkPerson is a name that many are near, asked again and again.
func BenchmarkPerson(b *testing.B) {
	k := dataKB(b)
	k.Person("Александр Иванов", "ru")
	b.ReportAllocs()
	for b.Loop() {
		k.Person("Александр Иванов", "ru")
	}
}
