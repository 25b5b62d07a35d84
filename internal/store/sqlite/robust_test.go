package sqlite

import (
	"bytes"
	"compress/gzip"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"letopis"
	"letopis/internal/chronicle"
	"letopis/internal/store"
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

// A file that letopis made when the format was 2 is brought up to date with what it holds.
func TestOldFileMigrates(t *testing.T) {
	path := filepath.Join(t.TempDir(), "old.db")
	oldFile(t, path)
	if v := inspectVersion(path); v != 2 {
		t.Fatalf("the fixture is of format %d, want 2", v)
	}
	checkOld(t, path)
	if v := inspectVersion(path); v != schemaVersion {
		t.Errorf("after opening the format is %d, want %d", v, schemaVersion)
	}
	checkOld(t, path)
}

// oldFile writes testdata/format2.db.gz, two articles that letopis added when the
// format was 2, to path.
func oldFile(t *testing.T, path string) { unpack(t, "testdata/format2.db.gz", path) }

func unpack(t *testing.T, fixture, path string) {
	t.Helper()
	f, err := os.Open(fixture)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
}

// A file whose digests and states an older chronicle made, with a claim and documents
// that were not folded yet, is folded anew from its records. testdata/format5.db.gz was
// made by letopis 3c6b7b2 (chronicle 13) of ten synthetic records.
func TestOlderChronicle(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "old.db")
	unpack(t, "testdata/format5.db.gz", path)
	s, err := Open(ctx, path, Options{Fold: chronicle.Folder{}, MustExist: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var recs []*letopis.Record
	for r, err := range s.Records(ctx, letopis.Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		recs = append(recs, r)
	}
	var claims []letopis.Claim
	for c, err := range s.Claims(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		claims = append(claims, c)
	}
	if len(recs) != 10 || len(claims) != 1 {
		t.Fatalf("%d records and %d claims, want 10 and 1", len(recs), len(claims))
	}
	entries, err := chronicle.Entries(ctx, recs, claims)
	if err != nil {
		t.Fatal(err)
	}
	want := ""
	for _, e := range entries {
		b, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		want += string(b) + "\n"
	}
	if got := storetest.Dump(t, s, letopis.Query{}); got != want || want == "" {
		t.Errorf("entries are\n%s\nwant\n%s", got, want)
	}
}

func inspectVersion(path string) int {
	st, err := inspect(context.Background(), path)
	if err != nil {
		return -1
	}
	return st.version
}

// checkOld opens the fixture and asks it for what it holds.
func checkOld(t *testing.T, path string) {
	t.Helper()
	ctx := context.Background()
	s, err := Open(ctx, path, Options{Fold: chronicle.Folder{}, MustExist: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	st, err := s.Stats(ctx)
	if err != nil || st.Documents != 2 || st.Records != 2 || st.Entries == 0 {
		t.Errorf("%+v, %v; want 2 documents and their entries", st, err)
	}
	n := 0
	for r, err := range s.Records(ctx, letopis.Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Validate(); err != nil {
			t.Error(err)
		}
		n++
	}
	if got := storetest.Dump(t, s, letopis.Query{Pair: []string{"POL", "RUS"}}); n != 2 || !strings.Contains(got, "ACCUSE") {
		t.Errorf("%d records; Poland and Russia:\n%s", n, got)
	}
}

// Where neither the file nor its folder can be written, reading goes on: folded or
// not, of an older format, or left by a process that was killed.
func TestReadOnly(t *testing.T) {
	if os.Getenv("LETOPIS_READONLY") != "" {
		readOnlyChild(t)
		return
	}
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "letopis-ro-") // nobody may look into t.TempDir
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chmod(dir, 0o755); os.RemoveAll(dir) })
	fill := func(name string, fold bool) *Store {
		s, err := Open(ctx, filepath.Join(dir, name), Options{Fold: storetest.Plain{}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Put(ctx, storetest.NewGenerator(5).Records(20)...); err != nil {
			t.Fatal(err)
		}
		if fold {
			storetest.Dump(t, s, letopis.Query{Limit: 1})
		}
		return s
	}
	fill("folded.db", true).Close()
	fill("stale.db", false).Close()
	killed := fill("killing.db", true) // its log is not written back while it is open
	for _, suffix := range []string{"", "-wal"} {
		if err := copyFile(filepath.Join(dir, "killing.db"+suffix), filepath.Join(dir, "killed.db"+suffix)); err != nil {
			t.Fatal(err)
		}
	}
	killed.Close()
	oldFile(t, filepath.Join(dir, "old.db"))
	files, _ := os.ReadDir(dir)
	for _, f := range files {
		os.Chmod(filepath.Join(dir, f.Name()), 0o444)
	}
	os.Chmod(dir, 0o555)
	cmd := exec.Command(os.Args[0], "-test.run=^TestReadOnly$", "-test.v")
	cmd.Env = append(os.Environ(), "LETOPIS_READONLY="+dir)
	cmd.Dir = "/"
	if os.Getuid() == 0 { // root may write anything: be nobody
		exe := filepath.Join(os.TempDir(), filepath.Base(dir)+".test")
		if err := copyFile(os.Args[0], exe); err != nil {
			t.Fatal(err)
		}
		defer os.Remove(exe)
		os.Chmod(exe, 0o755)
		cmd.Path = exe
		asNobody(cmd)
	}
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if !bytes.Contains(out, []byte("all read")) {
		t.Errorf("the child did nothing:\n%s", out)
	}
}

func readOnlyChild(t *testing.T) {
	ctx := context.Background()
	dir := os.Getenv("LETOPIS_READONLY")
	m := storetest.NewMemory(storetest.Plain{})
	m.Put(ctx, storetest.NewGenerator(5).Records(20)...)
	if err := os.WriteFile(filepath.Join(dir, "x"), nil, 0o644); err == nil {
		t.Fatal("the folder can be written; the test shows nothing")
	}
	for _, name := range []string{"folded.db", "stale.db", "killed.db", "old.db"} {
		var fold store.Folder = storetest.Plain{}
		if name == "old.db" {
			fold = chronicle.Folder{} // its records are not generated
		}
		s, err := Open(ctx, filepath.Join(dir, name), Options{Fold: fold, MustExist: true})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, q := range []letopis.Query{{}, {Pair: []string{"CHN", "RUS"}}, {Words: "мир*"}} {
			got, want := storetest.Dump(t, s, q), storetest.Dump(t, m, q)
			if name == "old.db" {
				continue // other records
			}
			if got != want {
				t.Errorf("%s, %+v: got\n%s\nwant\n%s", name, q, got, want)
			}
		}
		if n, err := s.Count(ctx, letopis.Query{}); err != nil || n == 0 {
			t.Errorf("%s: %d entries, %v", name, n, err)
		}
		if _, err := s.Put(ctx, storetest.NewGenerator(6).Record()); letopis.KindOf(err) != letopis.Unavailable {
			t.Errorf("%s: Put: %v, want kind unavailable", name, err)
		}
		if err := s.Close(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Open(ctx, filepath.Join(dir, "folded.db"), Options{Fold: storetest.Plain{}}); letopis.KindOf(err) != letopis.Unavailable {
		t.Errorf("open to add: %v, want kind unavailable", err)
	}
	if left, _ := filepath.Glob(filepath.Join(os.TempDir(), "letopis-*", "entries.db")); len(left) > 0 {
		t.Logf("left behind: %v", left)
	}
	fmt.Println("all read")
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
