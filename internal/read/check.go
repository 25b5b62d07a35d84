package read

import (
	"errors"
	"io/fs"
	"letopis/internal/page"
	"slices"
)

// CheckLexicon reads the tables of a language that the reading rules use (words.tsv,
// say.tsv, events.tsv, contexts.tsv) and returns every complaint about them, with
// file:line:column. A table that is not there is no complaint.
func CheckLexicon(fsys fs.FS, lang string) []error {
	_, err := page.OpenLexicon(fsys, lang)
	return slices.DeleteFunc(flat(err), func(err error) bool { return errors.Is(err, fs.ErrNotExist) })
}

// flat returns the errors that are joined in err, however deep.
func flat(err error) []error {
	if err == nil {
		return nil
	}
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{err}
	}
	var out []error
	for _, e := range joined.Unwrap() {
		out = append(out, flat(e)...)
	}
	return out
}
