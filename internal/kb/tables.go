package kb

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"maps"
	"slices"
	"strings"
)

// tables is the files of the knowledge base, by path.
type tables map[string]string

// loadTables reads all tables of a folder, and those packed that it does not list.
func loadTables(fsys fs.FS) (tables, error) {
	ts, err := readTables(fsys)
	if err != nil {
		return ts, err
	}
	packed, err := readPacked(fsys)
	for path := range packed {
		if _, ok := ts[path]; !ok && err == nil {
			ts[path], err = unlisted(fsys, packed, path)
		}
	}
	return ts, err
}

// readTables reads all tables that a folder lists.
func readTables(fsys fs.FS) (tables, error) {
	ts := tables{}
	err := walkTables(fsys, func(path string) error {
		b, err := fs.ReadFile(fsys, path)
		ts[path] = string(b)
		return err
	})
	return ts, err
}

// walkTables calls found for each table of a folder.
func walkTables(fsys fs.FS, found func(path string) error) error {
	return fs.WalkDir(fsys, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, ".tsv") {
			return err
		}
		return found(path)
	})
}

// version is a hash of all tables, in the order of a walk.
func (ts tables) version() string {
	h := sha256.New()
	for _, path := range walkOrder(slices.Collect(maps.Keys(ts))) {
		h.Write([]byte(path))
		h.Write([]byte{0})
		h.Write([]byte(ts[path]))
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// walkOrder sorts paths as a walk of the folder meets them: by each part, not by the bytes.
func walkOrder(paths []string) []string {
	slices.SortFunc(paths, func(a, b string) int { return slices.Compare(strings.Split(a, "/"), strings.Split(b, "/")) })
	return paths
}

// langs is the languages with a table, in the order of a walk.
func (ts tables) langs() []string { return langsOf(slices.Collect(maps.Keys(ts))) }

// langsOf is the languages that any of the paths is a table of.
func langsOf(paths []string) []string {
	var langs []string
	for _, path := range walkOrder(paths) {
		lang, table, _ := strings.Cut(path, "/")
		if slices.Contains(LangTables(), table) && !slices.Contains(langs, lang) {
			langs = append(langs, lang)
		}
	}
	return langs
}
