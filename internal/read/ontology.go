package read

import (
	"fmt"
	"hash/fnv"
	"io/fs"
	"strconv"

	"letopis"
)

// ontology is what events carry besides their PLOVER category: the CAMEO root and
// its Goldstein value, by onto/plover/codes.tsv.
type ontology struct {
	version string
	codes   map[letopis.Code]rootCode
}

type rootCode struct {
	cameo     string
	goldstein float64
}

// openOntology reads the table of categories; every category must be there once,
// in the quad class that package letopis gives it.
func openOntology(fsys fs.FS) (*ontology, error) {
	const name = "onto/plover/codes.tsv"
	o := &ontology{codes: map[letopis.Code]rootCode{}}
	err := tsv(fsys, name, 4, func(_ int, f []string) error {
		c := letopis.Code(f[0])
		if c.Quad() == 0 {
			return fmt.Errorf("field 1: %q is no PLOVER category", f[0])
		}
		if _, twice := o.codes[c]; twice {
			return fmt.Errorf("field 1: %s stands here twice", c)
		}
		if f[1] != strconv.Itoa(int(c.Quad())) {
			return fmt.Errorf("field 2: quad class %s of %s; it is %d", f[1], c, c.Quad())
		}
		g, err := strconv.ParseFloat(f[3], 64)
		if err != nil {
			return fmt.Errorf("field 4: %q is no number", f[3])
		}
		o.codes[c] = rootCode{f[2], g}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(o.codes) != len(codes) {
		return nil, &letopis.Error{Op: name, Kind: letopis.Invalid, Err: fmt.Errorf("%d categories where PLOVER has %d", len(o.codes), len(codes))}
	}
	b, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("open ontology: %w", err)
	}
	h := fnv.New64a()
	h.Write(b)
	o.version = fmt.Sprintf("plover 2.0 %016x", h.Sum64())
	return o, nil
}
