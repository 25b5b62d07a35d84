package store

import (
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/zeebo/xxh3"

	"letopis"
	"letopis/internal/each"
)

// foldPause is how long a folding stays away from the database between two parts, so
// that a program that waits to add finds it free: SQLite knows no queue.
const foldPause = 20 * time.Millisecond

// refoldShelf brings the entries up to date with what changed, each part of the work
// in a transaction of its own: killed, it goes on where it was, and two programs
// that fold share the work. all makes everything anew.
func (s *SQL) refoldShelf(ctx context.Context, f letopis.Refolder, all bool) error {
	for {
		more := false
		err := s.d.Retry(ctx, func() (err error) {
			more, err = s.refoldPart(ctx, f, all)
			return err
		})
		if err != nil || !more {
			return err
		}
		all = false
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(foldPause):
		}
	}
}

func (s *SQL) refoldPart(ctx context.Context, f letopis.Refolder, all bool) (more bool, err error) {
	err = s.write(ctx, func(tx *sql.Tx) error {
		if err := s.d.LockFold(ctx, tx); err != nil {
			return err
		}
		changes, folded, err := s.state(ctx, tx)
		if err != nil || folded == s.mark(changes) && !all {
			return err // another process has folded it meanwhile
		}
		sh := &shelf{s: s, tx: tx, w: s.writer(ctx, tx)}
		defer sh.close()
		worked, err := s.meta(ctx, tx, "shelf")
		if err != nil {
			return err
		}
		if all || worked != f.Version() {
			if err := sh.empty(ctx, all); err != nil {
				return err
			}
			if err := errors.Join(s.setMeta(ctx, tx, "shelf", f.Version()), s.setMeta(ctx, tx, "folded", "")); err != nil {
				return err
			}
		}
		claims, err := readClaims(ctx, tx)
		if err != nil {
			return err
		}
		if more, err = f.Refold(ctx, sh, claims); err != nil {
			return err
		}
		if err := sh.flush(ctx); err != nil || more {
			return err
		}
		return s.setMeta(ctx, tx, "folded", s.mark(changes))
	})
	return more, err
}

func (s *SQL) meta(ctx context.Context, db querier, key string) (value string, err error) {
	err = db.QueryRowContext(ctx, s.d.Rebind("SELECT value FROM meta WHERE key = ?"), key).Scan(&value)
	return value, err
}

func (s *SQL) setMeta(ctx context.Context, tx *sql.Tx, key, value string) error {
	_, err := tx.ExecContext(ctx, s.d.Rebind("UPDATE meta SET value = ? WHERE key = ?"), value, key)
	return err
}

// shelf is [letopis.Shelf] in one transaction.
type shelf struct {
	s  *SQL
	tx *sql.Tx
	w  *writer

	stmts map[string]*sql.Stmt
	// Entries of blocks that wait to be written: small blocks are the rule.
	blocks  []uint64
	entries [][]*letopis.Entry
	waiting int
}

func (sh *shelf) close() {
	for _, stmt := range sh.stmts {
		stmt.Close()
	}
}

// stmt returns a statement made ready once.
func (sh *shelf) stmt(ctx context.Context, text string) (*sql.Stmt, error) {
	if stmt, ok := sh.stmts[text]; ok {
		return stmt, nil
	}
	stmt, err := sh.tx.PrepareContext(ctx, sh.s.d.Rebind(text))
	if err == nil {
		if sh.stmts == nil {
			sh.stmts = map[string]*sql.Stmt{}
		}
		sh.stmts[text] = stmt
	}
	return stmt, err
}

// empty makes the shelf as if all documents had just come; all makes their digests
// anew, also those of this version.
func (sh *shelf) empty(ctx context.Context, all bool) error {
	if err := sh.s.d.Unindex(ctx, sh.tx, nil); err != nil {
		return err
	}
	for _, text := range []string{"DELETE FROM entry", "DELETE FROM filed", "DELETE FROM changed", "DELETE FROM touched", "UPDATE document SET note = NULL, keys = NULL",
		"UPDATE meta SET value = '' WHERE key = 'memo'", "INSERT INTO changed (doc, day) SELECT doc, first FROM document ORDER BY first, doc"} {
		if _, err := sh.tx.ExecContext(ctx, text); err != nil {
			return err
		}
	}
	return sh.redigest(ctx, all)
}

// redigest makes the digests of another version anew, or all, a few at a time.
func (sh *shelf) redigest(ctx context.Context, all bool) error {
	const part = 512
	version := sh.s.p.folder.Version()
	known := version
	if all {
		known = "" // no digest is of this version
	}
	for after := ""; ; {
		docs, err := column[string](ctx, sh.tx, sh.s.d.Rebind("SELECT doc FROM document WHERE doc > ? AND version <> ? ORDER BY doc LIMIT ?"), after, known, part)
		if err != nil || len(docs) == 0 {
			return err
		}
		bodies, err := sh.byDoc(ctx, "SELECT document.doc, body, NULL FROM document JOIN record USING (n) WHERE document.doc IN", docs)
		if err != nil {
			return err
		}
		rows, errs := make([][]byte, len(docs)), make([]error, len(docs))
		each.Do(len(docs), func(i int) {
			var r *letopis.Record
			if r, errs[i] = sh.s.p.record(docs[i], bodies[docs[i]][0]); errs[i] == nil {
				rows[i], errs[i] = sh.s.p.folder.Digest(r)
			}
			rows[i] = sh.s.p.fast.EncodeAll(rows[i], nil)
		})
		if err := errors.Join(errs...); err != nil {
			return err
		}
		stmt, err := sh.stmt(ctx, "UPDATE document SET digest = ?, version = ? WHERE doc = ?")
		if err != nil {
			return err
		}
		for i, doc := range docs {
			if _, err := stmt.ExecContext(ctx, rows[i], version, doc); err != nil {
				return err
			}
		}
		after = docs[len(docs)-1]
	}
}

// byDoc returns two blobs for each document, by its id.
func (sh *shelf) byDoc(ctx context.Context, text string, docs []string) (map[string][2][]byte, error) {
	all := make(map[string][2][]byte, len(docs))
	for part := range slices.Chunk(docs, chunkBodies) {
		args := make([]any, len(part))
		for i, d := range part {
			args[i] = d
		}
		rows, err := sh.tx.QueryContext(ctx, sh.s.d.Rebind(text+" (?"+strings.Repeat(", ?", len(part)-1)+")"), args...)
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			var doc string
			var a, b []byte
			if err := rows.Scan(&doc, &a, &b); err != nil {
				rows.Close()
				return nil, err
			}
			all[doc] = [2][]byte{a, b}
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Changed takes documents that changed. One that came twice is in the table twice.
func (sh *shelf) Changed(ctx context.Context, limit int) ([]letopis.ID, error) {
	var docs []letopis.ID
	seen := map[letopis.ID]bool{}
	for len(docs) < limit {
		rows, err := sh.tx.QueryContext(ctx, sh.s.d.Rebind("SELECT n, doc FROM changed ORDER BY day, doc LIMIT ?"), limit-len(docs))
		if err != nil {
			return nil, err
		}
		var ns []any
		for rows.Next() {
			var n int64
			var doc letopis.ID
			if err := rows.Scan(&n, &doc); err != nil {
				rows.Close()
				return nil, err
			}
			ns = append(ns, n)
			if !seen[doc] {
				seen[doc] = true
				docs = append(docs, doc)
			}
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil || len(ns) == 0 {
			return docs, err
		}
		for part := range slices.Chunk(ns, chunkBodies) {
			if err := sh.exec(ctx, "DELETE FROM changed WHERE n IN", part); err != nil {
				return nil, err
			}
		}
	}
	return docs, nil
}

// exec runs a statement that ends in a list of values.
func (sh *shelf) exec(ctx context.Context, text string, values []any) error {
	_, err := sh.tx.ExecContext(ctx, sh.s.d.Rebind(text+" (?"+strings.Repeat(", ?", len(values)-1)+")"), values...)
	return err
}

// Notes returns notes.
func (sh *shelf) Notes(ctx context.Context, docs []letopis.ID) ([][]byte, error) {
	names := make([]string, len(docs))
	for i, d := range docs {
		names[i] = string(d)
	}
	found, err := sh.byDoc(ctx, "SELECT doc, note, NULL FROM document WHERE doc IN", names)
	if err != nil {
		return nil, err
	}
	notes, errs := make([][]byte, len(docs)), make([]error, len(docs))
	each.Do(len(docs), func(i int) {
		if b := found[names[i]][0]; len(b) > 0 {
			notes[i], errs[i] = sh.s.p.dec.DecodeAll(b, nil)
		}
	})
	return notes, errors.Join(errs...)
}

// Touch marks blocks.
func (sh *shelf) Touch(ctx context.Context, blocks []uint64) error {
	stmt, err := sh.stmt(ctx, "INSERT INTO touched (block) VALUES (?) ON CONFLICT DO NOTHING")
	if err != nil {
		return err
	}
	for _, b := range blocks {
		if _, err := stmt.ExecContext(ctx, int64(b)); err != nil {
			return err
		}
	}
	return nil
}

// Touched returns marked blocks.
func (sh *shelf) Touched(ctx context.Context, limit int) ([]uint64, error) {
	blocks, err := column[int64](ctx, sh.tx, sh.s.d.Rebind("SELECT block FROM touched ORDER BY block LIMIT ?"), limit)
	all := make([]uint64, len(blocks))
	for i, b := range blocks {
		all[i] = uint64(b)
	}
	return all, err
}

// Leaves returns digests and notes.
func (sh *shelf) Leaves(ctx context.Context, docs []letopis.ID) ([]letopis.Leaf, error) {
	names := make([]string, len(docs))
	for i, d := range docs {
		names[i] = string(d)
	}
	found, err := sh.byDoc(ctx, "SELECT doc, digest, note FROM document WHERE doc IN", names)
	if err != nil {
		return nil, err
	}
	leaves, errs := make([]letopis.Leaf, len(docs)), make([]error, len(docs))
	each.Do(len(docs), func(i int) {
		b, ok := found[names[i]]
		if !ok {
			return
		}
		if leaves[i].Digest, errs[i] = sh.s.p.dec.DecodeAll(b[0], nil); errs[i] == nil && len(b[1]) > 0 {
			leaves[i].Note, errs[i] = sh.s.p.dec.DecodeAll(b[1], nil)
		}
	})
	return leaves, errors.Join(errs...)
}

// Under returns the documents under keys.
func (sh *shelf) Under(ctx context.Context, keys []uint64, limit int) ([]letopis.ID, error) {
	text := "SELECT doc FROM filed WHERE key = ? ORDER BY doc"
	if limit > 0 {
		text += " LIMIT ?"
	}
	stmt, err := sh.stmt(ctx, text)
	if err != nil {
		return nil, err
	}
	var all []letopis.ID
	for _, k := range keys {
		args := []any{int64(k)}
		if limit > 0 {
			args = append(args, limit)
		}
		rows, err := stmt.QueryContext(ctx, args...)
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			var doc string
			if err := rows.Scan(&doc); err != nil {
				rows.Close()
				return nil, err
			}
			all = append(all, letopis.ID(doc))
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return nil, err
		}
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}

// File sets the keys and the note of a document.
func (sh *shelf) File(ctx context.Context, doc letopis.ID, keys []uint64, note []byte) error {
	old, err := sh.stmt(ctx, "SELECT keys FROM document WHERE doc = ?")
	if err != nil {
		return err
	}
	var had []byte
	if err := old.QueryRowContext(ctx, string(doc)).Scan(&had); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	keys = slices.Clone(keys)
	slices.Sort(keys)
	keys = slices.Compact(keys)
	for _, k := range uints(had) {
		if _, still := slices.BinarySearch(keys, k); still {
			continue
		}
		drop, err := sh.stmt(ctx, "DELETE FROM filed WHERE key = ? AND doc = ?")
		if err != nil {
			return err
		}
		if _, err := drop.ExecContext(ctx, int64(k), string(doc)); err != nil {
			return err
		}
	}
	was := uints(had)
	var rows [][]any
	var packed []byte
	for _, k := range keys {
		packed = binary.BigEndian.AppendUint64(packed, k)
		if _, there := slices.BinarySearch(was, k); !there {
			rows = append(rows, []any{int64(k), string(doc)})
		}
	}
	if err := sh.s.d.Insert(ctx, sh.tx, "filed", []string{"key", "doc"}, rows); err != nil {
		return err
	}
	set, err := sh.stmt(ctx, "UPDATE document SET note = ?, keys = ? WHERE doc = ?")
	if err == nil {
		_, err = set.ExecContext(ctx, sh.s.p.fast.EncodeAll(note, nil), packed, string(doc))
	}
	return err
}

// uints are the keys of a document as they are kept.
func uints(b []byte) []uint64 {
	all := make([]uint64, 0, len(b)/8)
	for ; len(b) >= 8; b = b[8:] {
		all = append(all, binary.BigEndian.Uint64(b))
	}
	return all
}

// Memo returns what SetMemo left.
func (sh *shelf) Memo(ctx context.Context) ([]byte, error) {
	value, err := sh.s.meta(ctx, sh.tx, "memo")
	if err != nil || value == "" {
		return nil, err
	}
	return base64.StdEncoding.DecodeString(value)
}

// SetMemo leaves something for the next folding.
func (sh *shelf) SetMemo(ctx context.Context, memo []byte) error {
	return sh.s.setMeta(ctx, sh.tx, "memo", base64.StdEncoding.EncodeToString(memo))
}

// flushEntries is how many entries wait at most before they are written.
const flushEntries = 2048

// Replace makes these the entries of a block. They are written with those of other
// blocks, in the order of the calls; a block that comes again is written before.
func (sh *shelf) Replace(ctx context.Context, block uint64, entries []*letopis.Entry) error {
	if slices.Contains(sh.blocks, block) {
		if err := sh.flush(ctx); err != nil {
			return err
		}
	}
	stmt, err := sh.stmt(ctx, "DELETE FROM touched WHERE block = ?")
	if err == nil {
		_, err = stmt.ExecContext(ctx, int64(block))
	}
	if err != nil {
		return err
	}
	sh.blocks, sh.entries = append(sh.blocks, block), append(sh.entries, entries)
	if sh.waiting += 1 + len(entries); sh.waiting < flushEntries {
		return nil
	}
	return sh.flush(ctx)
}

// An entry may move from one block to another that is written before: whoever
// writes it last has it.
func (sh *shelf) flush(ctx context.Context) error {
	if len(sh.blocks) == 0 {
		return nil
	}
	old := map[string]oldEntry{}
	for part := range slices.Chunk(sh.blocks, chunkBodies) {
		args := make([]any, len(part))
		for i, b := range part {
			args[i] = int64(b)
		}
		if err := sh.oldEntries(ctx, "block", args, old); err != nil {
			return err
		}
	}
	all := make([]*letopis.Entry, 0, sh.waiting)
	var blocks []int64
	for i, entries := range sh.entries {
		for _, e := range entries {
			all, blocks = append(all, e), append(blocks, int64(sh.blocks[i]))
		}
	}
	bodies, errs := make([][]byte, len(all)), make([]error, len(all))
	each.Do(len(all), func(i int) { bodies[i], errs[i] = json.Marshal(all[i]) })
	if err := errors.Join(errs...); err != nil {
		return err
	}
	var unknown []any
	for _, e := range all {
		if _, there := old[e.ID]; !there {
			unknown = append(unknown, e.ID)
		}
	}
	for part := range slices.Chunk(unknown, chunkBodies) { // those that stand in other blocks
		if err := sh.oldEntries(ctx, "id", part, old); err != nil {
			return err
		}
	}
	var add adding
	var gone []int64
	for i, e := range all {
		was, there := old[e.ID]
		delete(old, e.ID)
		if there && was.sum == int64(xxh3.Hash(bodies[i])) && was.block == blocks[i] {
			continue
		}
		if there {
			gone = append(gone, was.n)
		}
		add.entries, add.bodies, add.blocks = append(add.entries, e), append(add.bodies, bodies[i]), append(add.blocks, blocks[i])
	}
	for _, was := range old {
		gone = append(gone, was.n)
	}
	slices.Sort(gone)
	sh.blocks, sh.entries, sh.waiting = sh.blocks[:0], sh.entries[:0], 0
	if err := sh.w.drop(gone); err != nil {
		return err
	}
	return sh.w.add(add)
}

// oldEntries adds the entries whose column is one of values.
func (sh *shelf) oldEntries(ctx context.Context, column string, values []any, old map[string]oldEntry) error {
	rows, err := sh.tx.QueryContext(ctx, sh.s.d.Rebind("SELECT id, n, sum, block FROM entry WHERE "+column+" IN (?"+strings.Repeat(", ?", len(values)-1)+")"), values...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		var e oldEntry
		if err := rows.Scan(&id, &e.n, &e.sum, &e.block); err != nil {
			return err
		}
		old[id] = e
	}
	return rows.Err()
}

// adding are entries to write, with their JSON and blocks.
type adding struct {
	entries []*letopis.Entry
	bodies  [][]byte
	blocks  []int64
}
