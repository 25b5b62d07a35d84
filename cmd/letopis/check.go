package main

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"golang.org/x/text/unicode/norm"

	"letopis"
	"letopis/internal/kb"
	"letopis/internal/locale"
	"letopis/internal/model"
	"letopis/internal/nlp"
	"letopis/internal/onto"
	"letopis/internal/read"
	"letopis/internal/timex"
)

// maxDataFile bounds a file of the data folder, in bytes.
const maxDataFile = 128 << 20

// packFiles are the files of a language, and whether it can be read without one.
// What degrades without it is the interface text check.lacks.FILE.
var packFiles = []struct {
	name     string
	required bool
}{
	{"lang.json", true},
	{"words.tsv", false},
	{"say.tsv", false},
	{"events.tsv", false},
	{"contexts.tsv", false},
	{"abbrev.txt", false},
	{"dates.rules", false},
	{"time.tsv", false},
	{"tense.tsv", false},
	{"tagger.bin", false},
	{"parser.bin", false},
	{"names.bin", false},
	{"names.tsv", false},
	{"MODEL.json", false},
	{"cases/segment.case", false},
	{"cases/say.case", false},
	{"cases/dates.case", false},
}

// sortedFiles are the tables of languages that are lists: one order, so that a change
// shows in one place. The others are grouped by meaning.
var sortedFiles = []string{"abbrev.txt", "hyphen.txt", "tld.txt", "names.tsv", "history.tsv", "licences.tsv"}

// checkCommand verifies a data folder.
func checkCommand(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "check data [FOLDER] | check lang/CODE",
		Short: "Verify language packs and the knowledge base",
		Long: `Verify a data folder: every file is UTF-8 in composed form with LF line ends; the
tables of every language parse; the examples of its rules do what they say; its
models open and are those of MODEL.json; the knowledge base has no doubtful terms of
office. 'check data' verifies the built-in data (or that of --data), 'check data
FOLDER' another one; 'check lang/CODE' one language, with what it lacks and what
degrades without it.

Errors and warnings are listed as FILE:LINE: MESSAGE. The exit code is 2 if there is
an error; warnings alone are no failure.`,
		Example: `  letopis check data
  letopis check data data
  letopis --data data check lang/bg`,
		Args: cobra.RangeArgs(1, 2),
		RunE: func(c *cobra.Command, args []string) error {
			fsys, lang := e.data, ""
			switch l, isLang := strings.CutPrefix(strings.TrimSuffix(args[0], "/"), "lang/"); {
			case isLang && len(args) == 1 && fs.ValidPath(l) && !strings.Contains(l, "/"):
				lang = l
			case args[0] != "data":
				return usageError(c, fmt.Errorf("cannot check %q; write check data, or check lang/CODE", args[0]))
			case len(args) == 2:
				if st, err := os.Stat(args[1]); err != nil {
					return &letopis.Error{Op: "check", Kind: letopis.NotFound, Err: err}
				} else if !st.IsDir() {
					return &letopis.Error{Op: "check " + args[1], Kind: letopis.Invalid, Err: errors.New("not a folder; name one that has lang/ and kb/")}
				}
				fsys = os.DirFS(args[1])
			}
			return e.check(c.Context(), fsys, lang)
		},
	}
}

// dataCheck gathers what is wrong with a data folder.
type dataCheck struct {
	fsys     fs.FS
	loc      locale.Texts
	files    int
	errors   []string
	warnings []string
}

func (d *dataCheck) err(format string, args ...any) {
	d.errors = append(d.errors, fmt.Sprintf(format, args...))
}

func (d *dataCheck) warn(format string, args ...any) {
	d.warnings = append(d.warnings, fmt.Sprintf(format, args...))
}

// errs takes errors apart that were joined.
func (d *dataCheck) errs(err error) {
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

// check verifies one language, or everything where lang is empty, and prints what it finds.
func (e *env) check(ctx context.Context, fsys fs.FS, lang string) error {
	loc, err := locale.Of(e.ui)
	if err != nil {
		return err
	}
	d := &dataCheck{fsys: fsys, loc: loc}
	langs := []string{lang}
	if lang != "" {
		if _, err := fs.Stat(fsys, "lang/"+lang); err != nil {
			return &letopis.Error{Op: "check lang/" + lang, Kind: letopis.NotFound, Err: fmt.Errorf("the data has no such folder; it has %s", strings.Join(d.langs(), ", "))}
		}
		d.texts("lang/" + lang)
	} else {
		if langs = d.langs(); len(langs) == 0 {
			return &letopis.Error{Op: "check data", Kind: letopis.Invalid, Err: errors.New("there is no lang/CODE/lang.json; name a folder that has lang/ and kb/")}
		}
		d.texts(".")
		d.knowledge()
		d.ontology()
	}
	for _, l := range langs {
		if err := ctx.Err(); err != nil {
			return err
		}
		d.language(ctx, l)
	}
	return d.report(e.stdout, len(langs))
}

// langs returns the folders of languages and und, sorted.
func (d *dataCheck) langs() []string {
	found, _ := fs.Glob(d.fsys, "lang/*") // the pattern is good
	for i := range found {
		found[i] = path.Base(found[i])
	}
	slices.Sort(found)
	return found
}

// report prints the findings; the error counts the errors.
func (d *dataCheck) report(w io.Writer, langs int) error {
	slices.Sort(d.errors)
	d.errors = slices.Compact(d.errors) // rules of und are checked in every language
	slices.Sort(d.warnings)
	var b strings.Builder
	for _, s := range d.errors {
		fmt.Fprintf(&b, "%s: %s\n", d.loc.T("check.error"), s)
	}
	for _, s := range slices.Compact(d.warnings) {
		fmt.Fprintf(&b, "%s: %s\n", d.loc.T("check.warning"), s)
	}
	fmt.Fprintf(&b, d.loc.T("check.sum")+"\n", langs, d.files, len(d.errors), len(d.warnings))
	if _, err := io.WriteString(w, b.String()); err != nil || len(d.errors) == 0 {
		return err
	}
	return &letopis.Error{Op: "check", Kind: letopis.Invalid, Err: fmt.Errorf("%d errors in the data, see above", len(d.errors))}
}

// texts verifies the form of every file under dir.
func (d *dataCheck) texts(dir string) {
	d.errs(fs.WalkDir(d.fsys, dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasSuffix(name, ".go") || strings.HasPrefix(entry.Name(), ".") {
			return err
		}
		d.files++
		if info, err := entry.Info(); err != nil || info.Size() > maxDataFile {
			d.err("%s: %v", name, cmp.Or(err, fmt.Errorf("has more than %d MB", maxDataFile>>20)))
			return nil
		}
		b, err := fs.ReadFile(d.fsys, name)
		switch {
		case err != nil:
			return err
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
func (d *dataCheck) text(name string, b []byte) {
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

// knowledge verifies the knowledge base.
func (d *dataCheck) knowledge() {
	sub, err := fs.Sub(d.fsys, "kb")
	if err != nil {
		d.errs(err)
		return
	}
	k, err := kb.Open(sub)
	if err != nil {
		below := &dataCheck{}
		below.errs(err)
		for _, s := range below.errors {
			d.err("kb/%s", s)
		}
		return
	}
	for _, s := range k.Check() {
		d.warn("kb/%s", s)
	}
	for _, lang := range k.Langs() {
		if !slices.Contains(d.langs(), lang) { // it has names and no pack
			d.names(lang, false)
		}
	}
}

// ontology verifies the tables of the ontology.
func (d *dataCheck) ontology() {
	_, err := onto.Open(d.fsys)
	d.errs(err)
}

// language verifies one language. und is what all share: it has rules and no pack.
func (d *dataCheck) language(ctx context.Context, lang string) {
	if lang != "und" {
		d.missing(lang)
		for _, err := range read.CheckLexicon(d.fsys, lang) {
			d.errs(err)
		}
		d.pack(ctx, lang)
	}
	d.card(lang)
	times, err := timex.Open(d.fsys)
	if err != nil {
		d.errs(err)
		return
	}
	f, err := times.Lang(lang)
	if err != nil {
		d.errs(err)
		return
	}
	for _, err := range f.Check() {
		d.errs(err)
	}
}

// missing lists the files that a language lacks, and what degrades.
func (d *dataCheck) missing(lang string) {
	for _, f := range packFiles {
		name := "lang/" + lang + "/" + f.name
		switch _, err := fs.Stat(d.fsys, name); {
		case err == nil:
		case f.required:
			d.err("%s: %s: %s", name, d.loc.T("check.missing"), d.loc.T("check.lacks."+f.name))
		default:
			d.warn("%s: %s: %s", name, d.loc.T("check.missing"), d.loc.T("check.lacks."+f.name))
		}
	}
	var l struct {
		Script string `json:"script"`
	}
	if b, err := fs.ReadFile(d.fsys, "lang/"+lang+"/lang.json"); err == nil && json.Unmarshal(b, &l) != nil {
		d.err("lang/%s/lang.json: is no JSON object with a script", lang)
	}
	d.names(lang, l.Script == "Latn")
}

// names lists the tables of the knowledge base that a language lacks, and what degrades.
func (d *dataCheck) names(lang string, latin bool) {
	for _, f := range kb.LangTables() {
		if latin && (f == "outlets.tsv" || f == "persons.tsv") {
			continue // und has these names in Latin script
		}
		if _, err := fs.Stat(d.fsys, "kb/"+lang+"/"+f); err != nil {
			lacks := "check.lacks.kb"
			if f == "decline.tsv" {
				lacks = "check.lacks.kb.decline"
			}
			d.warn("kb/%s/%s: %s: %s", lang, f, d.loc.T("check.missing"), d.loc.T(lacks))
		}
	}
}

// pack opens the pack with its models by analysing a word.
func (d *dataCheck) pack(ctx context.Context, lang string) {
	set, err := nlp.Open(d.fsys)
	if err == nil {
		var p *nlp.Pack
		if p, err = set.Pack(lang); err == nil {
			_, err = p.Analyze(ctx, "1.")
		}
	}
	if err != nil && letopis.KindOf(err) != letopis.Unsupported { // without lang.json there is no pack, which is told
		d.errs(err)
	}
}

// card verifies that the models are those of MODEL.json.
func (d *dataCheck) card(lang string) {
	name := "lang/" + lang + "/MODEL.json"
	b, err := fs.ReadFile(d.fsys, name)
	if err != nil {
		return // that it is missing is told
	}
	var card struct {
		Files []struct {
			Name   string `json:"name"`
			SHA256 string `json:"sha256"`
		} `json:"files"`
	}
	if err := json.Unmarshal(b, &card); err != nil {
		d.err("%s: %v", name, err)
		return
	}
	named := map[string]bool{}
	for _, f := range card.Files {
		named[f.Name] = true
		b, err := fs.ReadFile(d.fsys, path.Join("lang", lang, f.Name))
		sum := sha256.Sum256(b)
		switch {
		case err != nil:
			d.err("%s: names %s, which is not there", name, f.Name)
		case hex.EncodeToString(sum[:]) != f.SHA256:
			d.err("lang/%s/%s: is not the file whose SHA-256 is in MODEL.json; run make models, or take the card that belongs to it", lang, f.Name)
		}
	}
	bins, _ := fs.Glob(d.fsys, "lang/"+lang+"/*.bin") // the pattern is good
	for _, bin := range bins {
		if !named[path.Base(bin)] {
			d.warn("%s: MODEL.json does not name it", bin)
		}
	}
}
