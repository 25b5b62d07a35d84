// Package check verifies a data folder: the form of its files, the tables, rules, models
// and cards of every language, the knowledge base and the ontology.
//
// Its invariant: it opens the data with the packages that read it and has no parser of
// its own for what they parse, so that what passes here is what can be read. A folder is
// looked at to the end: one defect does not hide the others.
package check

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"letopis"
	"letopis/internal/locale"
)

// Report is what is wrong with a data folder. Findings are lines "FILE:LINE: MESSAGE",
// sorted and each once, the line where there is one; errors say what cannot be read,
// warnings what degrades.
type Report struct {
	Langs    int // folders of languages that were verified
	Files    int // files whose form was verified
	Errors   []string
	Warnings []string
}

// checker gathers what is wrong with a data folder.
type checker struct {
	fsys fs.FS
	loc  locale.Texts
	Report
}

// Data verifies a whole data folder. The texts are those of warnings about what degrades.
// The error tells that nothing could be verified.
func Data(ctx context.Context, fsys fs.FS, loc locale.Texts) (*Report, error) {
	d := &checker{fsys: fsys, loc: loc}
	langs := d.langs()
	if len(langs) == 0 {
		return nil, &letopis.Error{Op: "check data", Kind: letopis.Invalid, Err: errors.New("there is no lang/CODE/lang.json; name a folder that has lang/ and kb/")}
	}
	d.texts(".")
	d.knowledge()
	d.ontology()
	return d.languages(ctx, langs)
}

// Lang verifies one language of a data folder; see [Data].
func Lang(ctx context.Context, fsys fs.FS, lang string, loc locale.Texts) (*Report, error) {
	d := &checker{fsys: fsys, loc: loc}
	if _, err := fs.Stat(fsys, "lang/"+lang); err != nil {
		return nil, &letopis.Error{Op: "check lang/" + lang, Kind: letopis.NotFound, Err: fmt.Errorf("the data has no such folder; it has %s", strings.Join(d.langs(), ", "))}
	}
	d.texts("lang/" + lang)
	return d.languages(ctx, []string{lang})
}

// Write lists the findings and sums them up, in the language of the texts.
func (r *Report) Write(w io.Writer, loc locale.Texts) error {
	var b strings.Builder
	for _, s := range r.Errors {
		fmt.Fprintf(&b, "%s: %s\n", loc.T("check.error"), s)
	}
	for _, s := range r.Warnings {
		fmt.Fprintf(&b, "%s: %s\n", loc.T("check.warning"), s)
	}
	fmt.Fprintf(&b, loc.T("check.sum")+"\n", r.Langs, r.Files, len(r.Errors), len(r.Warnings))
	_, err := io.WriteString(w, b.String())
	return err
}

// Err returns an error of kind Invalid that counts the errors; nil if there is none.
func (r *Report) Err() error {
	if len(r.Errors) == 0 {
		return nil
	}
	return &letopis.Error{Op: "check", Kind: letopis.Invalid, Err: fmt.Errorf("%d errors in the data, see above", len(r.Errors))}
}

// languages verifies languages and ends the report.
func (d *checker) languages(ctx context.Context, langs []string) (*Report, error) {
	for _, l := range langs {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		d.language(ctx, l)
	}
	d.Langs = len(langs)
	for _, list := range []*[]string{&d.Errors, &d.Warnings} {
		slices.Sort(*list)
		*list = slices.Compact(*list) // rules of und are checked in every language
	}
	return &d.Report, nil
}

// langs returns the folders of languages and und, sorted.
func (d *checker) langs() []string {
	found, _ := fs.Glob(d.fsys, "lang/*") // the pattern is good
	for i := range found {
		found[i] = path.Base(found[i])
	}
	slices.Sort(found)
	return found
}

func (d *checker) err(format string, args ...any) {
	d.Errors = append(d.Errors, fmt.Sprintf(format, args...))
}

func (d *checker) warn(format string, args ...any) {
	d.Warnings = append(d.Warnings, fmt.Sprintf(format, args...))
}

// errs takes errors apart that were joined.
func (d *checker) errs(err error) {
	var all interface{ Unwrap() []error }
	switch {
	case err == nil:
	case errors.As(err, &all):
		for _, err := range all.Unwrap() {
			d.errs(err)
		}
	default:
		d.err("%v", err)
	}
}
