package postgres

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"

	"letopis"
	"letopis/internal/chronicle"
	"letopis/internal/store"
	"letopis/internal/store/storetest"
)

func schemaOf(place string) string {
	sum := sha256.Sum256([]byte(place))
	return "t" + hex.EncodeToString(sum[:8])
}

func open(t testing.TB, address string, f store.Folder) *Store {
	t.Helper()
	s, err := Open(context.Background(), address, Options{Fold: f})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestPostgres holds everything against one server.
func TestPostgres(t *testing.T) {
	server := storetest.Postgres(t)
	t.Run("Contract", func(t *testing.T) {
		storetest.Run(t, func(t testing.TB, place string, f store.Folder) letopis.Store {
			return open(t, server.Address(schemaOf(place)), f)
		}, true)
	})
	t.Run("Refused", func(t *testing.T) { refused(t, server) })
	t.Run("Rights", func(t *testing.T) { rights(t, server) })
	t.Run("ManyOpenAtOnce", func(t *testing.T) { manyOpen(t, server) })
	t.Run("Rebuild", func(t *testing.T) { rebuild(t, server) })
	t.Run("LostConnection", func(t *testing.T) { lostConnection(t, server) })
}

func admin(t *testing.T, server *storetest.Server, statements ...string) {
	t.Helper()
	pool, err := pgxpool.New(context.Background(), server.Address("public"))
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	for _, text := range statements {
		if _, err := pool.Exec(context.Background(), text); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
	}
}

// What is wrong with an address or a schema is said in words that help, without the password.
func refused(t *testing.T, server *storetest.Server) {
	dir := strings.TrimPrefix(strings.Split(strings.Split(server.Address("x"), "host=")[1], "&")[0], "")
	open(t, server.Address("newer"), storetest.Plain{}).Close()
	admin(t, server, "INSERT INTO newer.letopis_format (version_id, is_applied) VALUES (99, true)",
		"CREATE SCHEMA foreign_tables", "CREATE TABLE foreign_tables.notes (a int)")
	for _, x := range []struct {
		name, address string
		kind          letopis.ErrorKind
		says          string
	}{
		{"newer", server.Address("newer"), letopis.Conflict, "newer letopis"},
		{"another program", server.Address("foreign_tables"), letopis.Conflict, "another program"},
		{"no server", "postgres://u:geheim@127.0.0.1:1/x", letopis.Unavailable, "no server answers"},
		{"no database", "postgres://letopis:geheim@/nope?host=" + dir, letopis.NotFound, "no such database"},
		{"no user", "postgres://nobody_here:geheim@/postgres?host=" + dir, letopis.Unavailable, "refuses this user"},
		{"not an address", "postgres://u:geheim@[::1/x", letopis.Invalid, "address is wrong"},
		{"several schemas", server.Address("a,b"), letopis.Invalid, "not one schema"},
	} {
		s, err := Open(context.Background(), x.address, Options{Fold: storetest.Plain{}})
		if err == nil {
			s.Close()
		}
		if letopis.KindOf(err) != x.kind || !strings.Contains(fmt.Sprint(err), x.says) || strings.Contains(fmt.Sprint(err), "geheim") {
			t.Errorf("%s: %v (kind %s), want kind %s and %q, without the password", x.name, err, letopis.KindOf(err), x.kind, x.says)
		}
	}
	if _, err := Open(context.Background(), server.Address("none"), Options{Fold: storetest.Plain{}, MustExist: true}); letopis.KindOf(err) != letopis.NotFound {
		t.Errorf("MustExist: %v", err)
	}
}

// A user who may only read reads; who may nothing is told so.
func rights(t *testing.T, server *storetest.Server) {
	ctx := context.Background()
	s := open(t, server.Address("shared"), storetest.Plain{})
	defer s.Close()
	recs := storetest.NewGenerator(1).Records(20)
	if _, err := s.Put(ctx, recs[:10]...); err != nil {
		t.Fatal(err)
	}
	want := storetest.Dump(t, s, letopis.Query{})
	admin(t, server, "CREATE ROLE reader LOGIN", "GRANT USAGE ON SCHEMA shared TO reader", "GRANT SELECT ON ALL TABLES IN SCHEMA shared TO reader", "CREATE ROLE stranger LOGIN")
	as := func(user string) string { return strings.Replace(server.Address("shared"), "letopis@", user+"@", 1) }
	r, err := Open(ctx, as("reader"), Options{Fold: storetest.Plain{}, MustExist: true})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if storetest.Dump(t, r, letopis.Query{}) != want {
		t.Error("the reader reads something else")
	}
	if _, err := r.Put(ctx, recs[11]); letopis.KindOf(err) != letopis.Unavailable {
		t.Errorf("the reader puts: %v", err)
	}
	if _, err := s.Put(ctx, recs[10:]...); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Count(ctx, letopis.Query{}); letopis.KindOf(err) != letopis.Unavailable || !strings.Contains(fmt.Sprint(err), "not folded") {
		t.Errorf("the reader asks before the fold: %v", err)
	}
	if _, err := Open(ctx, as("reader"), Options{Fold: storetest.Plain{}}); letopis.KindOf(err) != letopis.Unavailable {
		t.Errorf("the reader opens to write: %v", err)
	}
	if _, err := Open(ctx, as("stranger"), Options{Fold: storetest.Plain{}, MustExist: true}); letopis.KindOf(err) != letopis.Unavailable && letopis.KindOf(err) != letopis.NotFound {
		t.Errorf("the stranger: %v (kind %s)", err, letopis.KindOf(err))
	}
}

// Programs that open a new schema at once, and put the same documents in other
// orders, do not get into each other's way.
func manyOpen(t *testing.T, server *storetest.Server) {
	ctx := context.Background()
	recs := storetest.NewGenerator(2).Records(100)
	var mu sync.Mutex
	added := 0
	var wg sync.WaitGroup
	for i := range 6 {
		wg.Go(func() {
			s, err := Open(ctx, server.Address("many"), Options{Fold: storetest.Plain{}})
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Close()
			for j := range 10 {
				from := (j*10 + i*30) % 100
				out, err := s.Put(ctx, recs[from:from+10]...)
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				for _, o := range out {
					if o == letopis.Added {
						added++
					}
				}
				mu.Unlock()
				if _, err := s.Count(ctx, letopis.Query{}); err != nil { // folds against the others
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	s, m := open(t, server.Address("many"), storetest.Plain{}), storetest.NewMemory(storetest.Plain{})
	defer s.Close()
	m.Put(ctx, recs...)
	if added != 100 || storetest.Dump(t, s, letopis.Query{}) != storetest.Dump(t, m, letopis.Query{}) {
		t.Errorf("%d documents added by all, want 100; or other entries than alone", added)
	}
}

// With the program's own folder: step by step and in a rebuild the same bytes.
func rebuild(t *testing.T, server *storetest.Server) {
	ctx := context.Background()
	s := open(t, server.Address("rebuilt"), chronicle.Folder{})
	defer s.Close()
	recs := storetest.NewGenerator(3).Records(100)
	for i := 0; i < len(recs); i += 25 {
		if _, err := s.Put(ctx, recs[i:i+25]...); err != nil {
			t.Fatal(err)
		}
		storetest.Dump(t, s, letopis.Query{Limit: 1})
	}
	want := storetest.Dump(t, s, letopis.Query{})
	if err := s.Rebuild(ctx); err != nil {
		t.Fatal(err)
	}
	if got := storetest.Dump(t, s, letopis.Query{}); got != want || got == "" {
		t.Error("a rebuild gives other entries")
	}
}

// A connection that is cut in a transaction loses that transaction and nothing else;
// a server that is gone is said to be gone, and used again when it is back.
func lostConnection(t *testing.T, server *storetest.Server) {
	ctx := context.Background()
	s := open(t, server.Address("lost"), storetest.Plain{})
	defer s.Close()
	recs := storetest.NewGenerator(4).Records(30)
	if _, err := s.Put(ctx, recs[:10]...); err != nil {
		t.Fatal(err)
	}
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM meta"); err != nil {
		t.Fatal(err)
	}
	admin(t, server, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'letopis' AND pid <> pg_backend_pid()")
	if err := wrap("commit", tx.Commit()); letopis.KindOf(err) != letopis.Unavailable {
		t.Errorf("a commit on a cut connection: %v (kind %s)", err, letopis.KindOf(err))
	}
	retry := func(what string, recs []*letopis.Record) {
		for range 3 { // the pool may hand out a dead connection first
			if _, err = s.Put(ctx, recs...); err == nil {
				return
			}
			if letopis.KindOf(err) != letopis.Unavailable {
				t.Fatalf("%s: %v (kind %s)", what, err, letopis.KindOf(err))
			}
		}
		t.Fatalf("%s: %v", what, err)
	}
	retry("after cut connections", recs[10:20])
	server.Stop()
	if _, err := s.Put(ctx, recs[20:]...); letopis.KindOf(err) != letopis.Unavailable {
		t.Errorf("without a server: %v (kind %s)", err, letopis.KindOf(err))
	}
	if _, err := s.Count(ctx, letopis.Query{}); letopis.KindOf(err) != letopis.Unavailable {
		t.Errorf("a question without a server: %v (kind %s)", err, letopis.KindOf(err))
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	retry("after the server is back", recs[20:])
	m := storetest.NewMemory(storetest.Plain{})
	m.Put(ctx, recs...)
	if storetest.Dump(t, s, letopis.Query{}) != storetest.Dump(t, m, letopis.Query{}) {
		t.Error("another chronicle than without losses")
	}
}
