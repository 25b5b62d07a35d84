package read

import (
	"errors"
	"io/fs"

	"letopis"
)

// CheckLexicon reads the tables of a language that the reading rules use (words.tsv,
// say.tsv, events.tsv, contexts.tsv) and returns every complaint about them, with file:line. A
// table that is not there is no complaint.
func CheckLexicon(fsys fs.FS, lang string) []error {
	x := newLexicon(lang)
	_, events := openTriggers(fsys, lang)
	_, about := openContexts(fsys, lang)
	var errs []error
	for _, err := range []error{
		tsv(fsys, "lang/"+lang+"/words.tsv", 2, func(_ int, f []string) error { return x.addWord(f) }),
		tsv(fsys, "lang/"+lang+"/say.tsv", 3, x.addSay),
		events, about,
	} {
		var all interface{ Unwrap() []error }
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case errors.As(err, &all):
			errs = append(errs, all.Unwrap()...)
		case err != nil:
			errs = append(errs, &letopis.Error{Op: "check language " + lang, Kind: letopis.Invalid, Err: err})
		}
	}
	return errs
}
