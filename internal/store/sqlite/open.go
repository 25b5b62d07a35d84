// Package sqlite keeps records and their chronicle in one SQLite file beside the
// user. What it does with them stands in package store.
//
// The file is in WAL mode. One handle with a single connection writes, a pool
// reads, so that readers never wait for a writer. Where file or folder cannot be
// written the file is read as it is, and entries that are not folded yet go into a
// temporary file.
//
// A file of another program, of a newer letopis, or one that is no database is
// refused before anything is written to it.
package sqlite

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"

	"letopis"
	"letopis/internal/store"
)

// applicationID marks our files at byte 68 of the header ("leto").
const applicationID = 0x6c65746f

// schemaVersion is the user_version that the last migration sets.
const schemaVersion = 5

//go:embed migrations/*.sql
var migrations embed.FS

// Options are the settings of a store.
type Options struct {
	// Fold makes the entries. It must not be nil.
	Fold store.Folder
	// MustExist refuses to make a new file.
	MustExist bool
	// BusyTimeout is how long to wait for another process that writes; 0 is 30 s.
	BusyTimeout time.Duration
}

// Store is a [letopis.Store] in one SQLite file.
type Store struct {
	*store.SQL
	path string
	w, r *sql.DB
	temp string // a folder of our own, removed at the end
}

var _ letopis.Store = (*Store)(nil)

// Open opens the store in the file at path, makes it where it is missing, and
// brings a file of an older version up to date. A file that is there and cannot be
// written is opened for reading where opt.MustExist is set.
func Open(ctx context.Context, path string, opt Options) (*Store, error) {
	op := "open " + path
	state, err := inspect(ctx, path)
	if err != nil {
		return nil, wrap(op, err)
	}
	if state.missing && opt.MustExist {
		return nil, &letopis.Error{Op: op, Kind: letopis.NotFound, Err: errors.New("there is no chronicle here; make one with 'letopis add', or name another with --db")}
	}
	if _, err := os.Stat(filepath.Dir(path)); err != nil {
		return nil, &letopis.Error{Op: op, Kind: letopis.NotFound, Err: errors.New("its folder does not exist")}
	}
	busy := cmp.Or(opt.BusyTimeout, 30*time.Second)
	s := &Store{path: path}
	err = s.openWriter(ctx, state, busy)
	if opt.MustExist && cannotWrite(err) {
		s.w.Close()
		s.w = nil
		err = s.openReadOnly(ctx, state, busy)
	} else if err == nil {
		s.r, err = sql.Open("sqlite", dsn(path, busy, "_pragma=query_only(1)"))
	}
	if err != nil {
		s.Close()
		return nil, wrap(op, err)
	}
	s.r.SetMaxOpenConns(8)
	s.SQL = store.New(path, s.r, s.w, dialect{}, opt.Fold, func(ctx context.Context) (*store.SQL, error) { return s.scratch(ctx, opt.Fold) })
	return s, nil
}

// openWriter opens the handle that writes, and makes sure that it can.
func (s *Store) openWriter(ctx context.Context, state fileState, busy time.Duration) (err error) {
	if s.w, err = sql.Open("sqlite", dsn(s.path, busy, "_txlock=immediate", "_pragma=cache_size("+writerCache+")")); err != nil {
		return err
	}
	s.w.SetMaxOpenConns(1)
	if state.version < schemaVersion {
		return migrate(ctx, s.w, migrations, busy)
	}
	// A file that is only busy can be written.
	tx, err := s.w.BeginTx(ctx, nil)
	if err != nil && !cannotWrite(err) && ctx.Err() == nil {
		return nil
	}
	if err == nil {
		tx.Rollback()
	}
	return err
}

// writerCache is the page cache of the handle that writes, in KiB below zero as
// SQLite has it: a folding looks into large tables at random.
const writerCache = "-131072"

func cannotWrite(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && (e.Code()&0xff == codeReadOnly || e.Code()&0xff == codeCantOpen)
}

// openReadOnly reads the file as it is. One whose log holds something, or which an
// older program made, is read in a copy.
func (s *Store) openReadOnly(ctx context.Context, state fileState, busy time.Duration) error {
	wal, err := os.Stat(s.path + "-wal")
	if (err != nil || wal.Size() == 0) && state.version == schemaVersion {
		s.r, err = sql.Open("sqlite", (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(s.path)}).EscapedPath(),
			RawQuery: "mode=ro&immutable=1&_pragma=query_only(1)&_pragma=cache_size(-32768)"}).String())
		return err
	}
	if s.temp, err = os.MkdirTemp("", "letopis-"); err != nil {
		return err
	}
	copied := filepath.Join(s.temp, "copy.db")
	for _, suffix := range []string{"", "-wal"} {
		if err := copyFile(s.path+suffix, copied+suffix); err != nil && !(suffix != "" && errors.Is(err, fs.ErrNotExist)) {
			return err
		}
	}
	up, err := sql.Open("sqlite", dsn(copied, busy, "_txlock=immediate"))
	if err != nil {
		return err
	}
	up.SetMaxOpenConns(1)
	err = migrate(ctx, up, migrations, busy)
	if err := errors.Join(err, up.Close()); err != nil {
		return err
	}
	s.r, err = sql.Open("sqlite", dsn(copied, busy, "_pragma=query_only(1)"))
	return err
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// scratch makes a store in a temporary file for entries that cannot be written here.
func (s *Store) scratch(ctx context.Context, f store.Folder) (*store.SQL, error) {
	dir, err := os.MkdirTemp(s.temp, "letopis-")
	if err != nil {
		return nil, err
	}
	if s.temp == "" {
		s.temp = dir
	}
	t, err := Open(ctx, filepath.Join(dir, "entries.db"), Options{Fold: f})
	if err != nil {
		return nil, err
	}
	t.OnClose(func() error { return errors.Join(t.r.Close(), t.w.Close()) })
	return t.SQL, nil
}

// Close closes the store. A last checkpoint folds the write-ahead log into the file.
func (s *Store) Close() error {
	var errs []error
	if s.SQL != nil {
		errs = append(errs, s.SQL.Close())
	}
	for _, db := range []*sql.DB{s.r, s.w} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	if s.temp != "" {
		errs = append(errs, os.RemoveAll(s.temp))
	}
	return wrap("close "+s.path, errors.Join(errs...))
}

// dsn is the address of the file with the settings of every connection. Full
// synchronisation costs one fsync a transaction and keeps what was said to be
// stored over a power failure.
func dsn(path string, busy time.Duration, extra ...string) string {
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()}
	u.RawQuery = strings.Join(append([]string{
		"_pragma=busy_timeout(" + strconv.FormatInt(busy.Milliseconds(), 10) + ")",
		"_pragma=journal_mode(WAL)", "_pragma=synchronous(FULL)", "_pragma=foreign_keys(1)",
		"_pragma=cache_size(-32768)", "_pragma=temp_store(MEMORY)",
	}, extra...), "&")
	return u.String()
}

type fileState struct {
	missing bool // not there, or empty
	version int
}

// inspect looks at the file without changing it, and refuses what is not ours.
func inspect(ctx context.Context, path string) (fileState, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return fileState{missing: true}, nil
	} else if err != nil {
		return fileState{}, err
	}
	defer f.Close()
	if st, err := f.Stat(); err != nil {
		return fileState{}, err
	} else if !st.Mode().IsRegular() {
		return fileState{}, conflict("it is not a file")
	}
	var head [100]byte
	wal, err := os.Stat(path + "-wal")
	logged := err == nil && wal.Size() > 0
	if n, err := io.ReadFull(f, head[:]); n == 0 && !logged {
		return fileState{missing: true}, nil
	} else if n == 0 {
		return fileState{}, nil // all that was ever written is in the log
	} else if !bytes.HasPrefix(head[:], []byte("SQLite format 3\x00")) {
		return fileState{}, conflict("it is not a chronicle of letopis, nor any SQLite database; name another file with --db")
	} else if err != nil {
		return fileState{}, conflict("it is cut short: %d bytes, less than the header of a SQLite database", n)
	}
	app, version := binary.BigEndian.Uint32(head[68:]), int(binary.BigEndian.Uint32(head[60:]))
	if logged {
		// The header may be older than what the log holds: ask SQLite.
		// Where nothing can be written it cannot read the log either: then the header must do.
		st, err := askState(ctx, path, "mode=ro")
		if !cannotWrite(err) {
			return st, err
		}
		if app == 0 && version == 0 {
			return fileState{}, nil // all that was ever written is in the log
		}
	}
	if app == 0 && version == 0 {
		// An empty database is as good as none. Without a log the file says all, and
		// SQLite must not make one beside a file that is not ours.
		return askState(ctx, path, "immutable=1")
	}
	return judge(app, version, 1)
}

func askState(ctx context.Context, path, mode string) (fileState, error) {
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath(), RawQuery: mode + "&_pragma=busy_timeout(5000)"}
	db, err := sql.Open("sqlite", u.String())
	if err != nil {
		return fileState{}, err
	}
	defer db.Close()
	var app uint32
	var version, objects int
	if err := db.QueryRowContext(ctx, "SELECT (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM sqlite_schema)").Scan(&app, &version, &objects); err != nil {
		return fileState{}, err
	}
	return judge(app, version, objects)
}

func judge(app uint32, version, objects int) (fileState, error) {
	switch {
	case app == 0 && version == 0 && objects == 0:
		return fileState{missing: true}, nil
	case app != applicationID:
		return fileState{}, conflict("it is a database of another program; name another file with --db")
	case version > schemaVersion:
		return fileState{}, conflict("a newer letopis made it (format %d; this one knows up to %d); use that one, or name another file with --db", version, schemaVersion)
	}
	return fileState{version: version}, nil
}

func conflict(format string, args ...any) error {
	return &letopis.Error{Kind: letopis.Conflict, Err: fmt.Errorf(format, args...)}
}

// migrate brings the schema up to date. Several processes may do so at once: who
// comes second finds a table that is there or a locked file, and looks again.
func migrate(ctx context.Context, db *sql.DB, fsys fs.FS, busy time.Duration) error {
	sub, err := fs.Sub(fsys, "migrations")
	if err != nil {
		return err
	}
	const tries = 20
	for i := range tries {
		err = migrateOnce(ctx, db, sub)
		if err == nil || i == tries-1 || ctx.Err() != nil || letopis.KindOf(wrap("", err)) == letopis.Conflict || isFull(err) {
			break
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(min(busy/tries, time.Duration(10*(i+1))*time.Millisecond)):
		}
	}
	return err
}

func migrateOnce(ctx context.Context, db *sql.DB, sub fs.FS) error {
	var app uint32
	var version, objects int
	mark := func() error {
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer tx.Rollback()
		if err := tx.QueryRowContext(ctx, "SELECT (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM sqlite_schema)").Scan(&app, &version, &objects); err != nil {
			return err
		}
		if _, err := judge(app, version, objects); err != nil {
			return err
		}
		// The mark comes before any table, so that a process killed in between
		// leaves a file that is ours.
		if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d", applicationID)); err != nil {
			return err
		}
		return tx.Commit()
	}
	if err := mark(); err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, sub)
	if err != nil {
		return err
	}
	_, err = p.Up(ctx)
	return err
}

// The result codes of SQLite that we tell apart (sqlite3.h).
const (
	codeBusy, codeLocked, codeNoMem, codeReadOnly, codeIOErr = 5, 6, 7, 8, 10
	codeCorrupt, codeFull, codeCantOpen, codeNotADB          = 11, 13, 14, 26
)

func isFull(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code()&0xff == codeFull
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
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("%s: %w", op, err)
	}
	kind, say := letopis.Internal, ""
	var e *sqlite.Error
	switch {
	case errors.As(err, &e):
		kind, say = explain(e.Code() & 0xff)
	case errors.Is(err, fs.ErrPermission):
		kind, say = letopis.Unavailable, "no permission"
	}
	if say != "" {
		err = fmt.Errorf("%s: %w", say, err)
	}
	return &letopis.Error{Op: op, Kind: kind, Err: err}
}

func explain(code int) (letopis.ErrorKind, string) {
	switch code {
	case codeBusy, codeLocked:
		return letopis.Unavailable, "another program is writing to it; try again when it is done"
	case codeFull:
		return letopis.Unavailable, "the disk is full; nothing of this batch was stored, make room and run again"
	case codeNoMem, codeIOErr:
		return letopis.Unavailable, "the disk cannot be read or written"
	case codeReadOnly:
		return letopis.Unavailable, "the file or its folder cannot be written"
	case codeCantOpen:
		return letopis.Unavailable, "the file cannot be opened"
	case codeCorrupt, codeNotADB:
		return letopis.Conflict, "the file is damaged or no database"
	}
	return letopis.Internal, ""
}
