package kb

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"time"

	"letopis/internal/tsv"

	"letopis"
)

// Overlay returns data with the tables of own laid over those in its folder dir
// ("kb"): a row of own stands in place of the row with the same key, or beside the
// others. The key of a row is its first column; of terms.tsv the person, office,
// country and beginning; of decline.tsv, groups.tsv and translit/ the first two. own has
// the same layout (persons.tsv, bg/persons.tsv, …). Its rows stand first, so that a
// complaint names their lines. The error is of kind Invalid where own has a table that
// data has not.
func Overlay(data fs.FS, dir string, own fs.FS) (fs.FS, error) {
	o := &overlay{FS: data, files: map[string][]byte{}}
	err := fs.WalkDir(own, ".", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(p, ".tsv") {
			return err
		}
		mine, err := fs.ReadFile(own, p)
		if err != nil {
			return err
		}
		if len(mine) > tsv.MaxBytes {
			return &letopis.Error{Op: "overlay " + p, Kind: letopis.Invalid, Err: fmt.Errorf("%d bytes; a table may have %d", len(mine), tsv.MaxBytes)}
		}
		name := path.Join(dir, p)
		base, err := baseTable(data, dir, p)
		if err != nil {
			return &letopis.Error{Op: "overlay " + p, Kind: letopis.Invalid, Err: fmt.Errorf("the knowledge base has no table %s; tables are named and laid out as in data/kb: %w", p, err)}
		}
		o.files[name] = merge(mine, base, keyColumns(p))
		return nil
	})
	if err != nil {
		return nil, err
	}
	return o, nil
}

// baseTable reads a table of the folder dir, which may be packed.
func baseTable(data fs.FS, dir, p string) ([]byte, error) {
	b, err := fs.ReadFile(data, path.Join(dir, p))
	if !errors.Is(err, fs.ErrNotExist) || !isGenerated(p) {
		return b, err
	}
	sub, subErr := fs.Sub(data, dir)
	if subErr != nil {
		return nil, subErr
	}
	packed, packErr := readPacked(sub)
	if text, ok := packed[p]; ok || packErr != nil {
		return []byte(text), packErr
	}
	return nil, err
}

// keyColumns is the number of columns that tell the rows of a table apart.
func keyColumns(p string) int {
	switch base := path.Base(p); {
	case base == "terms.tsv":
		return 4
	case base == "decline.tsv", base == "groups.tsv", strings.HasPrefix(p, "translit/"):
		return 2
	}
	return 1
}

// merge returns own with those rows of base after it whose keys own has not.
func merge(own, base []byte, columns int) []byte {
	seen := map[string]bool{}
	out := bytes.TrimRight(bytes.Clone(own), "\n")
	out = append(out, '\n')
	for line := range strings.SplitSeq(string(own), "\n") {
		seen[rowKey(line, columns)] = true
	}
	for line := range strings.SplitSeq(string(base), "\n") {
		if line != "" && line[0] != '#' && !seen[rowKey(line, columns)] {
			out = append(append(out, line...), '\n')
		}
	}
	return out
}

func rowKey(line string, columns int) string {
	end := 0
	for range columns {
		i := strings.IndexByte(line[end:], '\t')
		if i < 0 {
			return line
		}
		end += i + 1
	}
	return line[:end]
}

// overlay is a file system some of whose files are others.
type overlay struct {
	fs.FS
	files map[string][]byte
}

// Open opens a file of either.
func (o *overlay) Open(name string) (fs.File, error) {
	if b, ok := o.files[name]; ok {
		return &memFile{Reader: bytes.NewReader(b), name: path.Base(name), size: int64(len(b))}, nil
	}
	return o.FS.Open(name)
}

// memFile is a file in memory, and its own description.
type memFile struct {
	io.Reader
	name string
	size int64
}

func (f *memFile) Stat() (fs.FileInfo, error) { return f, nil }
func (f *memFile) Close() error               { return nil }
func (f *memFile) Name() string               { return f.name }
func (f *memFile) Size() int64                { return f.size }
func (f *memFile) Mode() fs.FileMode          { return 0o444 }
func (f *memFile) ModTime() time.Time         { return time.Time{} }
func (f *memFile) IsDir() bool                { return false }
func (f *memFile) Sys() any                   { return nil }
