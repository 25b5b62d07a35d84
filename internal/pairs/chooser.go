package pairs

import (
	"errors"
	"fmt"
	"io/fs"
	"path"

	"letopis"
	"letopis/internal/model"
)

// Chooser decides the category of a pair and whether the source acts on the target.
// It is safe for concurrent use.
type Chooser struct{ root, acts *Model }

// Prefixes of the two models in code.bin.
const (
	rootPrefix = "root"
	actsPrefix = "acts"
)

// OpenChooser opens lang/<code>/code.bin of a data folder; nil without an error where
// the language has none.
func OpenChooser(fsys fs.FS, lang string) (*Chooser, error) {
	name := path.Join("lang", lang, "code.bin")
	b, err := fs.ReadFile(fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	f, err := model.Open(b)
	var c Chooser
	if err == nil {
		c.root, err = Open(f, rootPrefix)
	}
	if err == nil {
		c.acts, err = Open(f, actsPrefix)
	}
	if err != nil {
		return nil, &letopis.Error{Op: "read " + name, Kind: letopis.Invalid, Err: fmt.Errorf("%w; train it anew with go run ./cmd/letopis-lab train code", err)}
	}
	return &c, nil
}

// Decision is what the chooser says of a pair.
type Decision struct {
	Root Choice // a PLOVER category, or YIELD for CONCEDE and RETREAT
	Acts Choice // "1" where the source acts on the target, "0" where not
}

// Decide chooses for a pair.
func (c *Chooser) Decide(p *Pair) Decision {
	f := Features(p)
	d := Decision{Root: c.root.Choose(f)}
	d.Acts = c.acts.Choose(append(f, Root(d.Root.Label)))
	return d
}
