// Package sqlite keeps records and their chronicle in one SQLite file beside the
// user.
//
// The file is in WAL mode. One handle with a single connection writes, a pool
// reads, so that readers never wait for a writer. Everything that one call stores
// stands in one transaction: a process that is killed leaves all of it or nothing.
// Entries are derived: a Put only counts a change, and the next question for
// entries folds them again (see [Store.Entries]).
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
	"sync"
	"time"

	"github.com/klauspost/compress/zstd"
	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"

	"letopis"
)

// applicationID marks our files at byte 68 of the header ("leto").
const applicationID = 0x6c65746f

// schemaVersion is the user_version that the last migration sets.
const schemaVersion = 2

//go:embed migrations/*.sql
var migrations embed.FS

// Options are the settings of a store.
type Options struct {
	// Fold makes the entries. It must not be nil.
	Fold letopis.Folder
	// MustExist refuses to make a new file.
	MustExist bool
	// BusyTimeout is how long to wait for another process that writes; 0 is 30 s.
	BusyTimeout time.Duration
}

// Store is a [letopis.Store] in one SQLite file.
type Store struct {
	path   string
	w, r   *sql.DB
	folder letopis.Folder
	fold   sync.Mutex // one fold at a time in this process
	enc    *zstd.Encoder
	dec    *zstd.Decoder
}

var _ letopis.Store = (*Store)(nil)

// Open opens the store in the file at path, makes it where it is missing, and
// brings a file of an older version up to date.
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
	s := &Store{path: path, folder: opt.Fold}
	if s.w, err = sql.Open("sqlite", dsn(path, busy, "_txlock=immediate")); err != nil {
		return nil, wrap(op, err)
	}
	s.w.SetMaxOpenConns(1)
	if state.version < schemaVersion {
		if err := migrate(ctx, s.w, migrations, busy); err != nil {
			s.w.Close()
			return nil, wrap(op, err)
		}
	}
	if s.r, err = sql.Open("sqlite", dsn(path, busy, "_pragma=query_only(1)")); err != nil {
		s.w.Close()
		return nil, wrap(op, err)
	}
	s.r.SetMaxOpenConns(8)
	s.enc, _ = zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedDefault)) // errs on bad options only
	s.dec, _ = zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(maxRecord))
	return s, nil
}

// Close closes the store. A last checkpoint folds the write-ahead log into the file.
func (s *Store) Close() error {
	return wrap("close "+s.path, errors.Join(s.r.Close(), s.w.Close()))
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
	if n, err := io.ReadFull(f, head[:]); n == 0 {
		return fileState{missing: true}, nil
	} else if !bytes.HasPrefix(head[:], []byte("SQLite format 3\x00")) {
		return fileState{}, conflict("it is not a chronicle of letopis, nor any SQLite database; name another file with --db")
	} else if err != nil {
		return fileState{}, conflict("it is cut short: %d bytes, less than the header of a SQLite database", n)
	}
	app, version := binary.BigEndian.Uint32(head[68:]), int(binary.BigEndian.Uint32(head[60:]))
	if wal, err := os.Stat(path + "-wal"); err == nil && wal.Size() > 0 {
		// The header may be older than what the log holds: ask SQLite.
		return askState(ctx, path, "mode=ro")
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
