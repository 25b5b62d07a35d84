// Package postgres keeps records and their chronicle in a PostgreSQL database, where
// any number of programs work at once. What it does with them stands in package
// store.
//
// Its tables stand in a schema of their own, "letopis", or that which the address
// names as search_path. Connections that are lost are opened again for the next
// call; the call that lost one fails, and nothing of it is stored, or all of it was:
// doing it again is safe, since Put and Claim are idempotent.
package postgres

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"regexp"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"letopis"
	"letopis/internal/store"
)

//go:embed migrations/*.sql
var migrations embed.FS

// schemaVersion is the number of the last migration.
const schemaVersion = 3

// Options are the settings of a store.
type Options struct {
	// Fold makes the entries. It must not be nil.
	Fold store.Folder
	// MustExist refuses to make the tables where there are none.
	MustExist bool
	// ConnectTimeout is how long to wait for the server; 0 is 10 s.
	ConnectTimeout time.Duration
}

// Store is a [letopis.Store] in a schema of a PostgreSQL database.
type Store struct {
	*store.SQL
	pool *pgxpool.Pool
	db   *sql.DB
}

var _ letopis.Store = (*Store)(nil)

// Open opens the store at an address, postgres://user:password@host:port/database,
// or one of key=value pairs, as libpq has them; the environment (PGHOST, PGPASSWORD,
// ~/.pgpass …) fills in what it leaves out. It makes the tables where they are missing
// and brings older ones up to date.
func Open(ctx context.Context, address string, opt Options) (*Store, error) {
	cfg, err := pgxpool.ParseConfig(address)
	if err != nil {
		// The text of err may show part of the address, and so a password.
		return nil, &letopis.Error{Op: "open postgres://…", Kind: letopis.Invalid, Err: errors.New("the address is wrong; write postgres://user:password@host:port/database")}
	}
	c := cfg.ConnConfig
	name := fmt.Sprintf("postgres://%s/%s", net.JoinHostPort(c.Host, fmt.Sprint(c.Port)), c.Database)
	if strings.HasPrefix(c.Host, "/") {
		name = fmt.Sprintf("postgres:///%s (at %s)", c.Database, c.Host)
	}
	op := "open " + name
	schema := c.RuntimeParams["search_path"]
	if schema == "" {
		schema = "letopis"
	}
	if !regexp.MustCompile(`^[a-z_][a-z0-9_]{0,62}$`).MatchString(schema) {
		return nil, &letopis.Error{Op: op, Kind: letopis.Invalid, Err: fmt.Errorf("search_path=%q is not one schema; write small letters, digits and _", schema)}
	}
	c.RuntimeParams["search_path"] = schema
	c.RuntimeParams["application_name"] = "letopis"
	if c.ConnectTimeout == 0 {
		c.ConnectTimeout = 10 * time.Second
	}
	if opt.ConnectTimeout > 0 {
		c.ConnectTimeout = opt.ConnectTimeout
	}
	s := &Store{}
	if s.pool, err = pgxpool.NewWithConfig(ctx, cfg); err != nil {
		return nil, wrap(op, err)
	}
	s.db = stdlib.OpenDBFromPool(s.pool)
	readOnly, err := s.prepare(ctx, schema, opt.MustExist)
	if err != nil {
		s.Close()
		return nil, wrap(op, err)
	}
	w := s.db
	if readOnly {
		if !opt.MustExist {
			s.Close()
			return nil, &letopis.Error{Op: op, Kind: letopis.Unavailable, Err: fmt.Errorf("this user may not write into schema %s, or the server is read-only", schema)}
		}
		w = nil
	}
	s.SQL = store.New(name, s.db, w, dialect{}, opt.Fold, func(context.Context) (*store.SQL, error) {
		return nil, &letopis.Error{Kind: letopis.Unavailable, Err: errors.New("new records are not folded yet and this user may not write; let one who may run 'letopis find' first")}
	})
	return s, nil
}

// Close closes all connections.
func (s *Store) Close() error {
	err := s.db.Close()
	s.pool.Close()
	return err
}

// prepare looks at the schema and makes or migrates its tables. It reports whether
// they can only be read.
func (s *Store) prepare(ctx context.Context, schema string, mustExist bool) (readOnly bool, err error) {
	version, writable, err := s.look(ctx, schema)
	switch {
	case err != nil:
		return false, err
	case version > schemaVersion:
		return false, conflict("a newer letopis made schema %s (format %d; this one knows up to %d); use that one, or name another schema with ?search_path=…", schema, version, schemaVersion)
	case version == schemaVersion:
		return !writable, nil
	case version == 0 && mustExist:
		return false, &letopis.Error{Kind: letopis.NotFound, Err: fmt.Errorf("there is no chronicle in schema %s; make one with 'letopis add', or name another database", schema)}
	}
	return false, s.migrate(ctx, schema)
}

// look returns the format of the tables in the schema, 0 where there are none, and
// whether they can be written. A schema with other tables is refused.
func (s *Store) look(ctx context.Context, schema string) (version int, writable bool, err error) {
	var ours, others, recovery bool
	if err := s.db.QueryRowContext(ctx, `SELECT to_regclass($1 || '.letopis_format') IS NOT NULL,
		EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace WHERE s.nspname = $1 AND c.relkind IN ('r', 'p', 'v')),
		pg_is_in_recovery() OR current_setting('default_transaction_read_only')::bool`, schema).Scan(&ours, &others, &recovery); err != nil {
		return 0, false, err
	}
	if !ours && others {
		return 0, false, conflict("schema %s has tables of another program; name another schema with ?search_path=…", schema)
	}
	if !ours {
		return 0, true, nil
	}
	err = s.db.QueryRowContext(ctx, `SELECT coalesce(max(version_id), 0), coalesce(bool_and(has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE')), true)
		FROM letopis_format, pg_class c WHERE c.oid = ANY (ARRAY[to_regclass($1 || '.record'), to_regclass($1 || '.entry'), to_regclass($1 || '.meta')]) AND is_applied`, schema).Scan(&version, &writable)
	return version, writable && !recovery, err
}

// migrate makes the schema and its tables. A lock lets one program do so at a time.
func (s *Store) migrate(ctx context.Context, schema string) error {
	if err := s.createSchema(ctx, schema); err != nil {
		return err
	}
	sub, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockID(0x6c65746f), lock.WithLockTimeout(1, 60))
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectPostgres, s.db, sub, goose.WithTableName("letopis_format"), goose.WithSessionLocker(locker))
	if err != nil {
		return err
	}
	_, err = p.Up(ctx)
	return err
}

func (s *Store) createSchema(ctx context.Context, schema string) error {
	var there bool
	if err := s.db.QueryRowContext(ctx, "SELECT to_regnamespace($1) IS NOT NULL", schema).Scan(&there); err != nil || there {
		return err
	}
	_, err := s.db.ExecContext(ctx, "CREATE SCHEMA IF NOT EXISTS "+pgx.Identifier{schema}.Sanitize())
	if e := (*pgconn.PgError)(nil); errors.As(err, &e) && (e.Code == "23505" || e.Code == "42P06") {
		return nil // another program made it just now
	}
	return err
}

func conflict(format string, args ...any) error {
	return &letopis.Error{Kind: letopis.Conflict, Err: fmt.Errorf(format, args...)}
}

// states are the SQLSTATE codes, or classes of two signs, that we tell apart
// (PostgreSQL manual, appendix A).
var states = []struct {
	code string
	kind letopis.ErrorKind
	say  string
}{
	{"28", letopis.Unavailable, "the server refuses this user or password"},
	{"3D000", letopis.NotFound, "there is no such database on the server; make it with 'createdb'"},
	{"42501", letopis.Unavailable, "this user lacks the right; grant CREATE on the database, or on the tables what is missing"},
	{"25006", letopis.Unavailable, "the server is read-only"},
	{"53100", letopis.Unavailable, "the disk of the server is full; nothing of this batch was stored, make room and run again"},
	{"53", letopis.Unavailable, "the server has no room for it now; try again later"},
	{"57", letopis.Unavailable, "the server is stopping or starting, or ended the command; try again later"},
	{"40", letopis.Unavailable, "another program wrote at the same time; run again"},
	{"55P03", letopis.Unavailable, "another program holds the tables; try again when it is done"},
	{"08", letopis.Unavailable, "the connection was lost; run again, nothing is stored twice"},
	{"22021", letopis.Invalid, "a text holds a sign that the database cannot keep"},
	{"XX001", letopis.Conflict, "the database is damaged"},
}

// wrap gives an error its operation and kind. It keeps the kind of an error that has one.
func wrap(op string, err error) error {
	if err == nil {
		return nil
	}
	var ours *letopis.Error
	if errors.As(err, &ours) {
		if ours.Op == "" {
			return &letopis.Error{Op: op, Kind: ours.Kind, Err: ours.Err}
		}
		return err
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) && !isNet(err) {
		return fmt.Errorf("%s: %w", op, err)
	}
	var e *pgconn.PgError
	if errors.As(err, &e) {
		for _, x := range states {
			if strings.HasPrefix(e.Code, x.code) {
				return &letopis.Error{Op: op, Kind: x.kind, Err: fmt.Errorf("%s: %s (%s)", x.say, e.Message, e.Code)}
			}
		}
		return &letopis.Error{Op: op, Kind: letopis.Internal, Err: err}
	}
	var connect *pgconn.ConnectError
	if errors.As(err, &connect) {
		first, _, _ := strings.Cut(connect.Unwrap().Error(), "\n") // one line for each address tried
		return &letopis.Error{Op: op, Kind: letopis.Unavailable, Err: fmt.Errorf("no server answers there: %s", first)}
	}
	if isNet(err) || strings.Contains(err.Error(), "conn closed") || strings.Contains(err.Error(), "unexpected EOF") {
		return &letopis.Error{Op: op, Kind: letopis.Unavailable, Err: fmt.Errorf("the connection was lost; run again, nothing is stored twice: %w", err)}
	}
	return &letopis.Error{Op: op, Kind: letopis.Internal, Err: err}
}

func isNet(err error) bool {
	var n net.Error
	return errors.As(err, &n) || pgconn.Timeout(err)
}
