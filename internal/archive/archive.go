// Package archive opens the chronicle as programs use it: the database that a name means,
// folded by package chronicle, asked for words in any of their forms, and filled from
// streams and files of records.
//
// Its invariant: whichever database keeps a chronicle, the same records give the same answers.
package archive

import (
	"context"
	"errors"
	"io/fs"
	"strings"

	"letopis"
	"letopis/internal/chronicle"
	"letopis/internal/store"
	"letopis/internal/store/postgres"
	"letopis/internal/store/sqlite"
)

// Open opens the chronicle db, a file or the address of a PostgreSQL database
// (postgres://user@host/database), with the dictionary forms of the language packs in data.
// mustExist refuses to make a new one.
func Open(ctx context.Context, db string, data fs.FS, mustExist bool) (letopis.Store, error) {
	lemmas, err := newLemmatizer(data)
	if err != nil {
		return nil, err
	}
	s, err := openDB(ctx, db, chronicle.Folder{Lemmas: lemmas}, mustExist)
	if err != nil {
		return nil, err
	}
	return &lemmaStore{s, lemmas}, nil
}

func openDB(ctx context.Context, db string, f store.Folder, mustExist bool) (letopis.Store, error) {
	switch scheme, _, ok := strings.Cut(db, "://"); {
	case ok && (scheme == "postgres" || scheme == "postgresql"):
		return postgres.Open(ctx, db, postgres.Options{Fold: f, MustExist: mustExist})
	case ok:
		return nil, &letopis.Error{Op: "--db " + scheme + "://…", Kind: letopis.Unsupported, Err: errors.New("there is no store of this kind; name a file, or postgres://user@host/database")}
	default:
		return sqlite.Open(ctx, db, sqlite.Options{Fold: f, MustExist: mustExist})
	}
}
