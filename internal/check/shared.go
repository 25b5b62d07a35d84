package check

import (
	"io/fs"
	"slices"

	"letopis/internal/kb"
	"letopis/internal/onto"
)

// knowledge verifies the knowledge base.
func (d *checker) knowledge() {
	sub, err := fs.Sub(d.fsys, "kb")
	if err != nil {
		d.errs(err)
		return
	}
	k, err := kb.Open(sub)
	if err != nil {
		below := &checker{}
		below.errs(err)
		for _, s := range below.Errors {
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
func (d *checker) ontology() {
	_, err := onto.Open(d.fsys)
	d.errs(err)
}
