package check

import (
	"context"
	"encoding/json"
	"io/fs"

	"letopis"
	"letopis/internal/kb"
	"letopis/internal/nlp"
	"letopis/internal/read"
	"letopis/internal/timex"
)

// packFiles are the files of a language, and whether it cannot be read without one.
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

// language verifies one language. und is what all share: it has rules and no pack.
func (d *checker) language(ctx context.Context, lang string) {
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
func (d *checker) missing(lang string) {
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
func (d *checker) names(lang string, latin bool) {
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
func (d *checker) pack(ctx context.Context, lang string) {
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
