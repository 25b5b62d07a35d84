package archive

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"

	"letopis"
	"letopis/internal/each"
)

// Head is how many bytes of a file tell whether it holds records.
const Head = 4096

// IsRecord reports whether the first bytes of a file are those of a record, alone
// or in an array: the schema is its first field, whatever its version.
func IsRecord(head []byte) bool {
	head = bytes.TrimLeft(head, " \t\r\n[")
	rest, ok := bytes.CutPrefix(head, []byte("{"))
	if !ok {
		return false
	}
	rest, ok = bytes.CutPrefix(bytes.TrimLeft(rest, " \t\r\n"), []byte(`"schema"`))
	if !ok {
		return false
	}
	rest, ok = bytes.CutPrefix(bytes.TrimLeft(rest, " \t\r\n"), []byte(":"))
	return ok && bytes.HasPrefix(bytes.TrimLeft(rest, " \t\r\n"), []byte(`"letopis/record/`))
}

// IsRecordFile reports whether a file begins with a record; not where it cannot be read.
func IsRecordFile(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, Head)
	n, _ := io.ReadFull(f, head)
	return IsRecord(head[:n])
}

// Records yields the records of one file ("-" is stdin): one, several one after another, or
// an array. They are valid ([letopis.Record.Validate]). A bad record is an error in its place
// that names the file and its number, and those after it follow where they can be found.
func Records(path string, stdin io.Reader) iter.Seq2[*letopis.Record, error] {
	return func(yield func(*letopis.Record, error) bool) {
		src, name := stdin, "standard input"
		if path != "-" {
			f, err := os.Open(path)
			if err != nil {
				yield(nil, err)
				return
			}
			defer f.Close()
			src, name = f, path
		}
		b := bufio.NewReaderSize(src, 1<<16)
		dec := json.NewDecoder(b)
		if head, _ := b.Peek(Head); bytes.HasPrefix(bytes.TrimLeft(head, " \t\r\n"), []byte("[")) {
			if _, err := dec.Token(); err != nil {
				yield(nil, recordError(name, 1, err))
				return
			}
		}
		for n := 1; dec.More(); {
			raws, end := nextRaws(dec)
			if !decodeAll(raws, name, n, yield) {
				return
			}
			if n += len(raws); end != nil {
				yield(nil, recordError(name, n, end)) // what follows cannot be found
				return
			}
		}
		if _, err := dec.Token(); err != nil && !errors.Is(err, io.EOF) {
			yield(nil, recordError(name, 0, err))
		}
	}
}

// decodeAll yields the records of raws, the first of which is the n-th of its file, and
// reports whether to go on.
func decodeAll(raws []json.RawMessage, name string, n int, yield func(*letopis.Record, error) bool) bool {
	recs, errs := make([]*letopis.Record, len(raws)), make([]error, len(raws))
	each.Do(len(raws), func(i int) {
		recs[i], errs[i] = letopis.DecodeRecord(raws[i])
		if errs[i] == nil {
			errs[i] = recs[i].Validate()
		}
	})
	for i := range raws {
		if errs[i] != nil {
			recs[i], errs[i] = nil, recordError(name, n+i, errs[i])
		}
		if !yield(recs[i], errs[i]) {
			return false
		}
	}
	return true
}

// Records are taken from a file so many, or so many bytes, at a time, and decoded on
// all processors.
const (
	rawRecords = 128
	rawBytes   = 4 << 20
)

func nextRaws(dec *json.Decoder) (raws []json.RawMessage, err error) {
	size := 0
	for len(raws) < rawRecords && size < rawBytes && dec.More() {
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return raws, err
		}
		raws = append(raws, raw)
		size += len(raw)
	}
	return raws, nil
}

func recordError(name string, n int, err error) error {
	kind := letopis.KindOf(err)
	if !slices.Contains([]letopis.ErrorKind{letopis.Conflict, letopis.Unsupported}, kind) {
		kind = letopis.Invalid
	}
	op := name
	if n > 1 {
		op = fmt.Sprintf("%s: record %d", name, n)
	}
	return &letopis.Error{Op: op, Kind: kind, Err: err}
}
