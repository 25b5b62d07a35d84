package check

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"letopis/internal/kb"
	"letopis/internal/model"
	"letopis/internal/read"
)

// maxDataFile bounds a file of the data folder, in bytes.
const maxDataFile = 128 << 20

// sortedFiles are the tables of languages that are lists: one order, so that a change
// shows in one place. The others are grouped by meaning.
var sortedFiles = []string{"abbrev.txt", "hyphen.txt", "tld.txt", "names.tsv", "history.tsv", "licences.tsv"}

// texts verifies the form of every file under dir.
func (d *checker) texts(dir string) {
	d.errs(fs.WalkDir(d.fsys, dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasSuffix(name, ".go") || strings.HasPrefix(entry.Name(), ".") {
			return err
		}
		d.Files++
		if info, err := entry.Info(); err != nil || info.Size() > maxDataFile {
			d.err("%s: %v", name, cmp.Or(err, fmt.Errorf("has more than %d MB", maxDataFile>>20)))
			return nil
		}
		b, err := fs.ReadFile(d.fsys, name)
		switch {
		case err != nil:
			return err
		case name == "kb/"+kb.Compiled, name == "kb/"+kb.Packed: // knowledge opens them
		case path.Base(name) == read.DeedsFile:
			if _, err := read.OpenDeeds(d.fsys, path.Dir(name)); err != nil {
				d.err("%v", err)
			}
		case path.Ext(name) == ".bin":
			_, err := model.Open(b)
			if err != nil {
				d.err("%s: %v", name, err)
			}
		default:
			d.text(name, b)
		}
		return nil
	}))
}

// text verifies one text file: UTF-8, composed, LF, sorted where it is a list.
func (d *checker) text(name string, b []byte) {
	if path.Ext(name) == ".json" && !json.Valid(b) {
		d.err("%s: is no JSON", name)
	}
	if len(b) > 0 && b[len(b)-1] != '\n' {
		d.warn("%s: the last line does not end", name)
	}
	before, listed := "", slices.Contains(sortedFiles, path.Base(name))
	n := 0
	for line := range bytes.Lines(b) {
		n++
		line = bytes.TrimSuffix(line, []byte("\n"))
		switch {
		case !utf8.Valid(line):
			d.err("%s:%d: is not UTF-8", name, n)
		case bytes.ContainsAny(line, "\r\ufeff"):
			d.err("%s:%d: has a carriage return or a byte order mark; lines end with LF alone", name, n)
		case !norm.NFC.IsNormal(line):
			col := 1 + utf8.RuneCount(line[:norm.NFC.QuickSpan(line)])
			d.err("%s:%d:%d: is not in composed form (NFC): write the letter as one character", name, n, col)
		}
		if s := string(line); listed && s != "" && s[0] != '#' {
			if s < before {
				d.warn("%s:%d: not sorted: %.40q stands after %.40q", name, n, s, before)
				listed = false
			}
			before = s
		}
	}
}
