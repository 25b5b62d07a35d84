package kb

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Packed is the file in the folder of the tables that has those which are generated, in short,
// see [Pack]. The program is built with it and without them: they are only read where another
// table is not the one that was compiled. In a folder that has both, the tables count.
const Packed = "generated.gz"

// isGenerated reports whether a table is one of those.
func isGenerated(path string) bool { return baseOf(path) == "gazetteer.tsv" }

func baseOf(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

// Pack returns the generated tables in the root of fsys, to be kept beside the others as [Packed].
func Pack(fsys fs.FS) ([]byte, error) {
	ts, err := readTables(fsys)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	for _, path := range slices.Sorted(maps.Keys(ts)) {
		if isGenerated(path) {
			fmt.Fprintf(w, "%s\t%d\n%s", path, len(ts[path]), ts[path])
		}
	}
	err = w.Close()
	return b.Bytes(), err
}

// readPacked returns the tables of the packed file; none where there is no such file.
func readPacked(fsys fs.FS) (tables, error) {
	f, err := fsys.Open(Packed)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	ts, err := unpack(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", Packed, err)
	}
	return ts, nil
}

// unpack takes a packed file apart.
func unpack(r io.Reader) (tables, error) {
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, err
	}
	b, err := io.ReadAll(io.LimitReader(z, maxCompiled))
	if err != nil {
		return nil, err
	}
	ts := tables{}
	for rest := string(b); rest != ""; {
		head, after, _ := strings.Cut(rest, "\n")
		path, size, _ := strings.Cut(head, "\t")
		n, err := strconv.Atoi(size)
		if err != nil || n < 0 || n > len(after) || !isGenerated(path) {
			return nil, errDamaged
		}
		ts[path], rest = after[:n], after[n:]
	}
	return ts, nil
}

// unlisted returns a generated table that a folder need not list: as it is there, else as it was
// packed.
func unlisted(fsys fs.FS, packed tables, path string) (string, error) {
	b, err := fs.ReadFile(fsys, path)
	if errors.Is(err, fs.ErrNotExist) {
		return packed[path], nil
	}
	return string(b), err
}
