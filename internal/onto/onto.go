// Package onto is the ontology of events: the categories of PLOVER with the CAMEO root,
// Goldstein value and intensity of each, its contexts, and what an act becomes when it is
// announced or does not happen. The names of the categories, their quad classes, and which of them
// are symmetric are vocabulary and stand in package letopis; what is said of them stands in the
// folder onto/plover of the data, and is read here and nowhere else.
//
// An [Ontology] is immutable and safe for concurrent use. Those of a nil one know nothing.
package onto

import (
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"math"
	"slices"
	"strconv"
	"strings"

	"letopis"
	"letopis/internal/tsv"
)

// dir is the folder of the tables.
const dir = "onto/plover/"

// Category is what the ontology says of a PLOVER category.
type Category struct {
	CAMEO     string  // root code, three digits
	Goldstein float64 // value of that root, -10 to 10
	Intensity string  // on the scale of the PLOVER manual, as it is printed; "" where unknown
}

// act is a category in a modality.
type act struct {
	code     letopis.Code
	modality letopis.Modality
}

// Ontology is the loaded ontology.
type Ontology struct {
	version    string
	categories map[letopis.Code]Category
	contexts   []string
	flips      map[act]letopis.Code
}

// Open reads onto/plover of a data folder: codes.tsv, in which every category must stand
// once and in its quad class, contexts.tsv, and where they are there intensity.tsv and
// flips.tsv. The errors of one table come together, of kind Invalid, with file:line:column.
func Open(fsys fs.FS) (*Ontology, error) {
	o := &Ontology{categories: map[letopis.Code]Category{}, flips: map[act]letopis.Code{}}
	if err := o.readCodes(fsys); err != nil {
		return nil, err
	}
	err := errors.Join(
		tsv.Read(fsys, dir+"contexts.tsv", tsv.Fields("context", "meaning"), o.addContext),
		tsv.ReadIf(fsys, dir+"intensity.tsv", tsv.Fields("category", "intensity"), o.addIntensity),
		tsv.ReadIf(fsys, dir+"flips.tsv", tsv.Fields("category", "modality", "becomes", "ground"), o.addFlip),
	)
	if err != nil {
		return nil, err
	}
	return o, nil
}

// readCodes reads codes.tsv, whose content gives the ontology its version.
func (o *Ontology) readCodes(fsys fs.FS) error {
	const name = dir + "codes.tsv"
	b, err := fs.ReadFile(fsys, name)
	if err != nil {
		return fmt.Errorf("open ontology: %w", err)
	}
	if err := tsv.Parse(name, string(b), tsv.Fields("category", "quad class", "CAMEO root", "Goldstein value"), o.addCode); err != nil {
		return err
	}
	for _, c := range letopis.Codes() {
		if _, ok := o.categories[c]; !ok {
			return &letopis.Error{Op: name, Kind: letopis.Invalid, Err: fmt.Errorf("there is no line of %s; every PLOVER category needs one", c)}
		}
	}
	h := fnv.New64a()
	h.Write(b)
	o.version = fmt.Sprintf("plover 2.0 %016x", h.Sum64())
	return nil
}

func (o *Ontology) addCode(r tsv.Row) error {
	c := letopis.Code(r.Field(0))
	if c.Quad() == 0 {
		return r.Errorf(0, "%q is no PLOVER category", c)
	}
	if _, twice := o.categories[c]; twice {
		return r.Errorf(0, "%s stands here twice", c)
	}
	if r.Field(1) != strconv.Itoa(int(c.Quad())) {
		return r.Errorf(1, "quad class %s of %s; it is %d", r.Field(1), c, c.Quad())
	}
	g, err := value(r, 3)
	if err != nil {
		return err
	}
	o.categories[c] = Category{CAMEO: r.Field(2), Goldstein: g}
	return nil
}

func (o *Ontology) addIntensity(r tsv.Row) error {
	c := letopis.Code(r.Field(0))
	k, known := o.categories[c]
	switch {
	case !known:
		return r.Errorf(0, "%q is no PLOVER category", c)
	case k.Intensity != "":
		return r.Errorf(0, "%s stands here twice", c)
	}
	if _, err := value(r, 1); err != nil {
		return err
	}
	k.Intensity = r.Field(1)
	o.categories[c] = k
	return nil
}

// value reads field i as a number of a scale of -10 to 10.
func value(r tsv.Row, i int) (float64, error) {
	v, err := strconv.ParseFloat(r.Field(i), 64)
	if err != nil || !(math.Abs(v) <= 10) {
		return 0, r.Errorf(i, "%q is no value from -10 to 10", r.Field(i))
	}
	return v, nil
}

func (o *Ontology) addContext(r tsv.Row) error {
	name := r.Field(0)
	if strings.Trim(name, "abcdefghijklmnopqrstuvwxyz_") != "" || slices.Contains(o.contexts, name) {
		return r.Errorf(0, "%q is no name of a context, or stands here twice", name)
	}
	o.contexts = append(o.contexts, name)
	return nil
}

func (o *Ontology) addFlip(r tsv.Row) error {
	from, to := act{letopis.Code(r.Field(0)), letopis.Modality(r.Field(1))}, letopis.Code(r.Field(2))
	switch {
	case from.code.Quad() == 0 || to.Quad() == 0 || from.code == to:
		return r.Errorf(2, "%s and %s are not two PLOVER categories", from.code, to)
	case from.modality != letopis.Future && from.modality != letopis.Negated && from.modality != letopis.Possible:
		return r.Errorf(1, "%q is no modality that changes an act; use future, possible or negated", from.modality)
	case o.flips[from] != "":
		return r.Errorf(0, "%s %s stands here twice", from.code, from.modality)
	}
	o.flips[from] = to
	return nil
}

// Version names the ontology; it changes when codes.tsv does.
func (o *Ontology) Version() string {
	if o == nil {
		return ""
	}
	return o.version
}

// Category returns what is said of a category; ok is false for what is none.
func (o *Ontology) Category(c letopis.Code) (k Category, ok bool) {
	if o == nil {
		return Category{}, false
	}
	k, ok = o.categories[c]
	return k, ok
}

// Contexts returns the names of the contexts, in the order of the ontology.
func (o *Ontology) Contexts() []string {
	if o == nil {
		return nil
	}
	return slices.Clone(o.contexts)
}

// Flip returns the category that an act is by its modality: announced aid is AGREE. ok is
// false where the category stays and the modality says the rest.
func (o *Ontology) Flip(c letopis.Code, m letopis.Modality) (to letopis.Code, ok bool) {
	if o == nil {
		return "", false
	}
	to, ok = o.flips[act{c, m}]
	return to, ok
}
