package check

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"path"
)

// card verifies that the models are those of MODEL.json.
func (d *checker) card(lang string) {
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
