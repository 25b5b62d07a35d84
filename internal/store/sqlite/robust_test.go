package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"letopis"
	"letopis/internal/chronicle"
	"letopis/internal/store/storetest"
)

func tryOpen(path string) error {
	s, err := Open(context.Background(), path, Options{Fold: storetest.Plain{}})
	if err == nil {
		s.Close()
	}
	return err
}

func raw(t *testing.T, path string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, text := range statements {
		if _, err := db.Exec(text); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
	}
}

// What is not ours is refused as a conflict, in words that help, and left as it was.
func TestForeignFiles(t *testing.T) {
	for _, x := range []struct {
		name string
		make func(path string)
		says string
	}{
		{"text", func(p string) { os.WriteFile(p, []byte("бележки\n"), 0o644) }, "not a chronicle"},
		{"image", func(p string) { os.WriteFile(p, bytes.Repeat([]byte("\x89PNG\r\n\x1a\n"), 999), 0o644) }, "not a chronicle"},
		{"cut", func(p string) { os.WriteFile(p, []byte("SQLite format 3\x00abc"), 0o644) }, "cut short"},
		{"another program", func(p string) { raw(t, p, "CREATE TABLE notes (a)", "INSERT INTO notes VALUES (1)") }, "another program"},
		{"another program with a mark", func(p string) { raw(t, p, "PRAGMA application_id = 77", "CREATE TABLE notes (a)") }, "another program"},
		{"another program in WAL mode", func(p string) { raw(t, p, "PRAGMA journal_mode = WAL", "CREATE TABLE notes (a)") }, "another program"},
		{"newer", func(p string) {
			raw(t, p, fmt.Sprintf("PRAGMA application_id = %d", applicationID), fmt.Sprintf("PRAGMA user_version = %d", schemaVersion+1), "CREATE TABLE future (a)")
		}, "newer letopis"},
		{"folder", func(p string) { os.Mkdir(p, 0o755) }, "not a file"},
	} {
		t.Run(x.name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "x.db")
			x.make(path)
			before, _ := os.ReadFile(path)
			err := tryOpen(path)
			if letopis.KindOf(err) != letopis.Conflict || !strings.Contains(fmt.Sprint(err), x.says) {
				t.Errorf("Open: %v (kind %s), want a conflict that says %q", err, letopis.KindOf(err), x.says)
			}
			if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
				t.Error("the file was changed")
			}
			if files, _ := os.ReadDir(dir); len(files) != 1 {
				t.Errorf("files were left beside it: %v", files)
			}
		})
	}
}

func TestNewFiles(t *testing.T) {
	dir := t.TempDir()
	empty := filepath.Join(dir, "empty.db")
	os.WriteFile(empty, nil, 0o644)
	started := filepath.Join(dir, "started.db") // as a process killed early leaves it
	raw(t, started, "PRAGMA journal_mode = WAL", fmt.Sprintf("PRAGMA application_id = %d", applicationID))
	odd := filepath.Join(dir, "хроника %41 ?a=b#c&d.db")
	for _, path := range []string{empty, started, odd} {
		if err := tryOpen(path); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		if err := tryOpen(path); err != nil {
			t.Errorf("%s, again: %v", path, err)
		}
		if st, err := os.Stat(path); err != nil || st.Size() == 0 {
			t.Errorf("%s is not there: %v", path, err)
		}
	}
	if err := tryOpen(filepath.Join(dir, "no", "x.db")); letopis.KindOf(err) != letopis.NotFound {
		t.Errorf("a folder that is not there: %v", err)
	}
	_, err := Open(context.Background(), filepath.Join(dir, "none.db"), Options{Fold: storetest.Plain{}, MustExist: true})
	if letopis.KindOf(err) != letopis.NotFound {
		t.Errorf("MustExist: %v", err)
	}
}

// A file of format 1 is brought up to date with what it holds.
func TestOldFileMigrates(t *testing.T) {
	path := filepath.Join(t.TempDir(), "old.db")
	first, err := migrations.ReadFile("migrations/00001_records.sql")
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", dsn(path, time.Second, "_txlock=immediate"))
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	old := fstest.MapFS{"migrations/00001_records.sql": {Data: first}}
	if err := migrate(context.Background(), db, old, time.Second); err != nil {
		t.Fatal(err)
	}
	r := storetest.NewGenerator(1).Record()
	calm := open(t, t.TempDir(), storetest.Plain{})
	defer calm.Close()
	if _, err := calm.Put(context.Background(), r); err != nil {
		t.Fatal(err)
	}
	p := calm.pack(r)
	for _, x := range []struct {
		text string
		args []any
	}{
		{"INSERT INTO record (n, doc, reading, body) VALUES (1, ?, ?, ?)", []any{p.doc, p.reading, p.body}},
		{"INSERT INTO document (doc, n, lang, first, last, digest, version) VALUES (?, 1, ?, ?, ?, x'', 'none')", []any{p.doc, p.lang, p.first, p.last}},
		{"UPDATE meta SET value = 1 WHERE key = 'changes'", nil},
	} {
		if _, err := db.Exec(x.text, x.args...); err != nil {
			t.Fatal(err)
		}
	}
	db.Close()

	s, err := Open(context.Background(), path, Options{Fold: storetest.Plain{}})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	got, want := storetest.Dump(t, s, letopis.Query{}), storetest.Dump(t, calm, letopis.Query{})
	if got != want || got == "" {
		t.Errorf("the old file gives other entries:\n%s\nwant\n%s", got, want)
	}
}

func TestManyOpenAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new.db")
	var wg sync.WaitGroup
	for i := range 12 {
		wg.Go(func() {
			s, err := Open(context.Background(), path, Options{Fold: storetest.Plain{}})
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Close()
			r := storetest.NewGenerator(uint64(i % 3)).Record()
			r.Document.ID = letopis.ID(fmt.Sprint("doc", i%3))
			if _, err := s.Put(context.Background(), r); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	s := open(t, filepath.Dir(path), storetest.Plain{})
	s.Close()
	s, err := Open(context.Background(), path, Options{Fold: storetest.Plain{}})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	st, err := s.Stats(context.Background())
	if err != nil || st.Documents != 3 || st.Records != 3 {
		t.Errorf("%+v, %v; want 3 documents with a record each", st, err)
	}
}

// A full disk is said clearly; the batch is not there, and what was there before is.
func TestFullDisk(t *testing.T) {
	ctx := context.Background()
	s := open(t, t.TempDir(), storetest.Plain{})
	defer s.Close()
	recs := storetest.NewGenerator(1).Records(400)
	if _, err := s.Put(ctx, recs[:20]...); err != nil {
		t.Fatal(err)
	}
	before := storetest.Dump(t, s, letopis.Query{})
	var pages int
	if err := s.w.QueryRow("PRAGMA page_count").Scan(&pages); err != nil {
		t.Fatal(err)
	}
	limit := func(n int) {
		if err := s.w.QueryRow(fmt.Sprintf("PRAGMA max_page_count = %d", n)).Scan(&n); err != nil {
			t.Fatal(err)
		}
	}
	limit(pages + 5)
	_, err := s.Put(ctx, recs...)
	if letopis.KindOf(err) != letopis.Unavailable || !strings.Contains(fmt.Sprint(err), "disk is full") {
		t.Fatalf("Put on a full disk: %v (kind %s)", err, letopis.KindOf(err))
	}
	if storetest.Dump(t, s, letopis.Query{}) != before {
		t.Error("a refused batch changed the chronicle")
	}
	limit(1 << 30)
	if _, err := s.Put(ctx, recs...); err != nil {
		t.Errorf("after room was made: %v", err)
	}
	if st, _ := s.Stats(ctx); st.Documents != 400 {
		t.Errorf("%d documents, want 400", st.Documents)
	}
}

// A file that another program holds is said to be busy, and nothing is half-stored.
func TestLocked(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	s, err := Open(ctx, filepath.Join(dir, "letopis.db"), Options{Fold: storetest.Plain{}, BusyTimeout: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	other := open(t, dir, storetest.Plain{})
	defer other.Close()
	tx, err := other.w.BeginTx(ctx, nil) // immediate: it holds the lock
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Put(ctx, storetest.NewGenerator(1).Records(3)...)
	if letopis.KindOf(err) != letopis.Unavailable || !strings.Contains(fmt.Sprint(err), "another program") {
		t.Errorf("Put into a locked file: %v (kind %s)", err, letopis.KindOf(err))
	}
	if _, err := s.Get(ctx, "x"); letopis.KindOf(err) != letopis.NotFound {
		t.Errorf("a reader waits for the writer: %v", err)
	}
	tx.Rollback()
	if st, err := s.Stats(ctx); err != nil || st.Documents != 0 {
		t.Errorf("%+v, %v; want nothing stored", st, err)
	}
}

func TestDamagedRecord(t *testing.T) {
	s := open(t, t.TempDir(), storetest.Plain{})
	defer s.Close()
	r := storetest.NewGenerator(1).Record()
	if _, err := s.Put(context.Background(), r); err != nil {
		t.Fatal(err)
	}
	if _, err := s.w.Exec("UPDATE record SET body = x'00'"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Get(context.Background(), r.Document.ID); letopis.KindOf(err) != letopis.Conflict {
		t.Errorf("a damaged record: %v", err)
	}
}

// With the program's own folder: folding step by step, at once, and in a rebuild
// gives the same bytes.
func TestChronicleRebuild(t *testing.T) {
	ctx := context.Background()
	recs := storetest.NewGenerator(3).Records(300)
	step, once := open(t, t.TempDir(), chronicle.Folder{}), open(t, t.TempDir(), chronicle.Folder{})
	defer step.Close()
	defer once.Close()
	for i := 0; i < len(recs); i += 50 {
		if _, err := step.Put(ctx, recs[i:i+50]...); err != nil {
			t.Fatal(err)
		}
		storetest.Dump(t, step, letopis.Query{Limit: 1})
	}
	if _, err := once.Put(ctx, recs...); err != nil {
		t.Fatal(err)
	}
	want := storetest.Dump(t, once, letopis.Query{})
	if storetest.Dump(t, step, letopis.Query{}) != want {
		t.Error("folding step by step gives other entries")
	}
	for range 2 {
		if err := step.Rebuild(ctx); err != nil {
			t.Fatal(err)
		}
		if storetest.Dump(t, step, letopis.Query{}) != want {
			t.Error("a rebuild gives other entries")
		}
	}
}

func BenchmarkPut(b *testing.B) {
	s := open(b, b.TempDir(), chronicle.Folder{})
	defer s.Close()
	g := storetest.NewGenerator(1)
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		batch := g.Records(256)
		b.StartTimer()
		if _, err := s.Put(context.Background(), batch...); err != nil {
			b.Fatal(err)
		}
		n += len(batch)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "records/s")
}

// filled returns a store of n records, folded.
func filled(b *testing.B, n int) *Store {
	s := open(b, b.TempDir(), chronicle.Folder{})
	g := storetest.NewGenerator(1)
	for i := 0; i < n; i += 500 {
		if _, err := s.Put(context.Background(), g.Records(500)...); err != nil {
			b.Fatal(err)
		}
	}
	if _, err := s.Count(context.Background(), letopis.Query{}); err != nil {
		b.Fatal(err)
	}
	return s
}

func BenchmarkQueries(b *testing.B) {
	s := filled(b, 10000)
	defer s.Close()
	for name, q := range map[string]letopis.Query{
		"timeline": {Pair: []string{"CHN", "RUS"}, Since: "2020-03", Until: "2020-04"},
		"words":    {Words: "санкции граница", Limit: 50},
		"actor":    {Actors: []string{"Volkov"}, Limit: 50},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				storetest.Dump(b, s, q)
			}
		})
	}
}

// BenchmarkAddOne is one article more and a question after it.
func BenchmarkAddOne(b *testing.B) {
	s := filled(b, 10000)
	defer s.Close()
	g := storetest.NewGenerator(77)
	for i := 0; b.Loop(); i++ {
		r := g.Record()
		r.Document.ID = letopis.ID(fmt.Sprint("more", i))
		if _, err := s.Put(context.Background(), r); err != nil {
			b.Fatal(err)
		}
		if _, err := s.Count(context.Background(), letopis.Query{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRebuild(b *testing.B) {
	s := filled(b, 10000)
	defer s.Close()
	for b.Loop() {
		if err := s.Rebuild(context.Background()); err != nil {
			b.Fatal(err)
		}
	}
}
