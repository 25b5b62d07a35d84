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

	"github.com/zeebo/xxh3"

	"letopis"
	"letopis/internal/chronicle"
	"letopis/internal/each"
)

// blocks are [chronicle.Blocks] in one transaction. The names of its tables are older than
// those of its methods: filed are the keys, touched the dirty blocks, note is a state, and
// in meta memo is the cursor and shelf the version of the folder that worked.
type blocks struct {
	s  *SQL
	tx *sql.Tx
	w  *writer

	stmts map[string]*sql.Stmt
	// Entries of blocks that wait to be written: small blocks are the rule.
	numbers []uint64
	entries [][]*letopis.Entry
	waiting int
}

func (x *blocks) close() {
	for _, stmt := range x.stmts {
		stmt.Close()
	}
}

// stmt returns a statement made ready once.
func (x *blocks) stmt(ctx context.Context, text string) (*sql.Stmt, error) {
	if stmt, ok := x.stmts[text]; ok {
		return stmt, nil
	}
	stmt, err := x.tx.PrepareContext(ctx, x.s.d.Rebind(text))
	if err == nil {
		if x.stmts == nil {
			x.stmts = map[string]*sql.Stmt{}
		}
		x.stmts[text] = stmt
	}
	return stmt, err
}

// ready empties what another version of the folder has worked on, or everything where all is set.
func (x *blocks) ready(ctx context.Context, all bool) error {
	version := x.s.p.folder.Version()
	worked, err := x.s.meta(ctx, x.tx, "shelf")
	if err != nil || worked == version && !all {
		return err
	}
	if err := x.empty(ctx, all); err != nil {
		return err
	}
	return errors.Join(x.s.setMeta(ctx, x.tx, "shelf", version), x.s.setMeta(ctx, x.tx, "folded", ""))
}

// empty makes everything as if all documents had just come; all makes their digests
// anew, also those of this version.
func (x *blocks) empty(ctx context.Context, all bool) error {
	if err := x.s.d.Unindex(ctx, x.tx, nil); err != nil {
		return err
	}
	for _, text := range []string{"DELETE FROM entry", "DELETE FROM filed", "DELETE FROM changed", "DELETE FROM touched", "UPDATE document SET note = NULL, keys = NULL",
		"UPDATE meta SET value = '' WHERE key = 'memo'", "INSERT INTO changed (doc, day) SELECT doc, first FROM document ORDER BY first, doc"} {
		if _, err := x.tx.ExecContext(ctx, text); err != nil {
			return err
		}
	}
	return x.redigest(ctx, all)
}

// redigest makes the digests of another version anew, or all, a few at a time.
func (x *blocks) redigest(ctx context.Context, all bool) error {
	const part = 512
	version := x.s.p.folder.Version()
	known := version
	if all {
		known = "" // no digest is of this version
	}
	for after := ""; ; {
		docs, err := column[string](ctx, x.tx, x.s.d.Rebind("SELECT doc FROM document WHERE doc > ? AND version <> ? ORDER BY doc LIMIT ?"), after, known, part)
		if err != nil || len(docs) == 0 {
			return err
		}
		bodies, err := x.byDoc(ctx, "SELECT document.doc, body, NULL FROM document JOIN record USING (n) WHERE document.doc IN", docs)
		if err != nil {
			return err
		}
		rows, errs := make([][]byte, len(docs)), make([]error, len(docs))
		each.Do(len(docs), func(i int) {
			var r *letopis.Record
			if r, errs[i] = x.s.p.record(docs[i], bodies[docs[i]][0]); errs[i] == nil {
				rows[i], errs[i] = x.s.p.digest(r)
			}
		})
		if err := errors.Join(errs...); err != nil {
			return err
		}
		stmt, err := x.stmt(ctx, "UPDATE document SET digest = ?, version = ? WHERE doc = ?")
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
func (x *blocks) byDoc(ctx context.Context, text string, docs []string) (map[string][2][]byte, error) {
	all := make(map[string][2][]byte, len(docs))
	for part := range slices.Chunk(docs, chunkBodies) {
		args := make([]any, len(part))
		for i, d := range part {
			args[i] = d
		}
		rows, err := x.tx.QueryContext(ctx, x.s.d.Rebind(text+" (?"+strings.Repeat(", ?", len(part)-1)+")"), args...)
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

// Pending takes documents. One that came twice is in the table twice.
func (x *blocks) Pending(ctx context.Context, limit int) ([]letopis.ID, error) {
	var docs []letopis.ID
	seen := map[letopis.ID]bool{}
	for len(docs) < limit {
		rows, err := x.tx.QueryContext(ctx, x.s.d.Rebind("SELECT n, doc FROM changed ORDER BY day, doc LIMIT ?"), limit-len(docs))
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
			if err := x.exec(ctx, "DELETE FROM changed WHERE n IN", part); err != nil {
				return nil, err
			}
		}
	}
	return docs, nil
}

// exec runs a statement that ends in a list of values.
func (x *blocks) exec(ctx context.Context, text string, values []any) error {
	_, err := x.tx.ExecContext(ctx, x.s.d.Rebind(text+" (?"+strings.Repeat(", ?", len(values)-1)+")"), values...)
	return err
}

// States returns states.
func (x *blocks) States(ctx context.Context, docs []letopis.ID) ([][]byte, error) {
	names := make([]string, len(docs))
	for i, d := range docs {
		names[i] = string(d)
	}
	found, err := x.byDoc(ctx, "SELECT doc, note, NULL FROM document WHERE doc IN", names)
	if err != nil {
		return nil, err
	}
	states, errs := make([][]byte, len(docs)), make([]error, len(docs))
	each.Do(len(docs), func(i int) {
		if b := found[names[i]][0]; len(b) > 0 {
			states[i], errs[i] = x.s.p.dec.DecodeAll(b, nil)
		}
	})
	return states, errors.Join(errs...)
}

// MarkDirty marks blocks.
func (x *blocks) MarkDirty(ctx context.Context, blocks []uint64) error {
	stmt, err := x.stmt(ctx, "INSERT INTO touched (block) VALUES (?) ON CONFLICT DO NOTHING")
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

// Dirty returns marked blocks.
func (x *blocks) Dirty(ctx context.Context, limit int) ([]uint64, error) {
	blocks, err := column[int64](ctx, x.tx, x.s.d.Rebind("SELECT block FROM touched ORDER BY block LIMIT ?"), limit)
	all := make([]uint64, len(blocks))
	for i, b := range blocks {
		all[i] = uint64(b)
	}
	return all, err
}

// Documents returns digests and states.
func (x *blocks) Documents(ctx context.Context, docs []letopis.ID) ([]chronicle.Document, error) {
	names := make([]string, len(docs))
	for i, d := range docs {
		names[i] = string(d)
	}
	found, err := x.byDoc(ctx, "SELECT doc, digest, note FROM document WHERE doc IN", names)
	if err != nil {
		return nil, err
	}
	all, errs := make([]chronicle.Document, len(docs)), make([]error, len(docs))
	each.Do(len(docs), func(i int) {
		b, ok := found[names[i]]
		if !ok {
			return
		}
		if all[i].Digest, errs[i] = x.s.p.dec.DecodeAll(b[0], nil); errs[i] == nil && len(b[1]) > 0 {
			all[i].State, errs[i] = x.s.p.dec.DecodeAll(b[1], nil)
		}
	})
	return all, errors.Join(errs...)
}

// WithKeys returns the documents with keys.
func (x *blocks) WithKeys(ctx context.Context, keys []uint64, limit int) ([]letopis.ID, error) {
	text := "SELECT doc FROM filed WHERE key = ? ORDER BY doc"
	if limit > 0 {
		text += " LIMIT ?"
	}
	stmt, err := x.stmt(ctx, text)
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

// SetState sets the keys and the state of a document.
func (x *blocks) SetState(ctx context.Context, doc letopis.ID, keys []uint64, state []byte) error {
	old, err := x.stmt(ctx, "SELECT keys FROM document WHERE doc = ?")
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
		drop, err := x.stmt(ctx, "DELETE FROM filed WHERE key = ? AND doc = ?")
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
	if err := x.s.d.Insert(ctx, x.tx, "filed", []string{"key", "doc"}, rows); err != nil {
		return err
	}
	set, err := x.stmt(ctx, "UPDATE document SET note = ?, keys = ? WHERE doc = ?")
	if err == nil {
		_, err = set.ExecContext(ctx, x.s.p.fast.EncodeAll(state, nil), packed, string(doc))
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

// Cursor returns what SetCursor left.
func (x *blocks) Cursor(ctx context.Context) ([]byte, error) {
	value, err := x.s.meta(ctx, x.tx, "memo")
	if err != nil || value == "" {
		return nil, err
	}
	return base64.StdEncoding.DecodeString(value)
}

// SetCursor leaves something for the next folding.
func (x *blocks) SetCursor(ctx context.Context, cursor []byte) error {
	return x.s.setMeta(ctx, x.tx, "memo", base64.StdEncoding.EncodeToString(cursor))
}

// flushEntries is how many entries wait at most before they are written.
const flushEntries = 2048

// SetEntries makes these the entries of a block. They are written with those of other
// blocks, in the order of the calls; a block that comes again is written before.
func (x *blocks) SetEntries(ctx context.Context, block uint64, entries []*letopis.Entry) error {
	if slices.Contains(x.numbers, block) {
		if err := x.flush(ctx); err != nil {
			return err
		}
	}
	stmt, err := x.stmt(ctx, "DELETE FROM touched WHERE block = ?")
	if err == nil {
		_, err = stmt.ExecContext(ctx, int64(block))
	}
	if err != nil {
		return err
	}
	x.numbers, x.entries = append(x.numbers, block), append(x.entries, entries)
	if x.waiting += 1 + len(entries); x.waiting < flushEntries {
		return nil
	}
	return x.flush(ctx)
}

// An entry may move from one block to another that is written before: whoever
// writes it last has it.
func (x *blocks) flush(ctx context.Context) error {
	if len(x.numbers) == 0 {
		return nil
	}
	old := map[string]oldEntry{}
	for part := range slices.Chunk(x.numbers, chunkBodies) {
		args := make([]any, len(part))
		for i, b := range part {
			args[i] = int64(b)
		}
		if err := x.oldEntries(ctx, "block", args, old); err != nil {
			return err
		}
	}
	all := make([]*letopis.Entry, 0, x.waiting)
	var blocks []int64
	for i, entries := range x.entries {
		for _, e := range entries {
			all, blocks = append(all, e), append(blocks, int64(x.numbers[i]))
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
		if err := x.oldEntries(ctx, "id", part, old); err != nil {
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
	x.numbers, x.entries, x.waiting = x.numbers[:0], x.entries[:0], 0
	if err := x.w.drop(gone); err != nil {
		return err
	}
	return x.w.add(add)
}

// oldEntries adds the entries whose column is one of values.
func (x *blocks) oldEntries(ctx context.Context, column string, values []any, old map[string]oldEntry) error {
	rows, err := x.tx.QueryContext(ctx, x.s.d.Rebind("SELECT id, n, sum, block FROM entry WHERE "+column+" IN (?"+strings.Repeat(", ?", len(values)-1)+")"), values...)
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
