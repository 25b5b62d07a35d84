package data_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"

	"letopis/data"
)

// maxModels is how many bytes the models of a language may have.
const maxModels = 6 << 20

// Every model is the one its card speaks of, has a source for every licence, and a
// language's models stay small. The cards are those of the folder, so that a model
// left out of the program is known too.
func TestModelCards(t *testing.T) {
	dir := os.DirFS(".")
	bins, err := fs.Glob(dir, "lang/*/*.bin")
	if err != nil || len(bins) < 8 {
		t.Fatalf("%d models, %v", len(bins), err)
	}
	size := map[string]int{}
	for _, bin := range bins {
		b, err := fs.ReadFile(dir, bin)
		if err != nil {
			t.Fatal(err)
		}
		lang := path.Base(path.Dir(bin))
		size[lang] += len(b)
		card, err := fs.ReadFile(dir, path.Join(path.Dir(bin), "MODEL.json"))
		if err != nil {
			t.Fatal(err)
		}
		var c struct {
			Files []struct {
				Name, SHA256, Command string
				Bytes                 int
				Sources               []struct{ Name, Licence string }
			}
		}
		if err := json.Unmarshal(card, &c); err != nil {
			t.Fatalf("%s: %v", bin, err)
		}
		sum := sha256.Sum256(b)
		found, forbids := false, false
		for _, f := range c.Files {
			if f.Name != path.Base(bin) {
				continue
			}
			found = true
			if f.SHA256 != hex.EncodeToString(sum[:]) || f.Bytes != len(b) {
				t.Errorf("%s is not the file of its card: train it anew, or write the card with 'go run ./cmd/letopis-lab train card'", bin)
			}
			if f.Command == "" || len(f.Sources) == 0 {
				t.Errorf("%s: the card has no command or no sources", bin)
			}
			for _, s := range f.Sources {
				if s.Name == "" || s.Licence == "" {
					t.Errorf("%s: the card has a source without a name or licence", bin)
				}
				forbids = forbids || strings.Contains(s.Licence, "non-commercial") || strings.Contains(s.Licence, "-NC")
			}
		}
		if !found {
			t.Errorf("%s is not in its card", bin)
		}
		_, err = fs.Stat(data.FS, bin)
		if embedded := err == nil; embedded != (!data.Commercial || !forbids) {
			t.Errorf("%s: in the program: %v; learnt from non-commercial data: %v; tag commercial: %v", bin, embedded, forbids, data.Commercial)
		}
	}
	for lang, n := range size {
		if n > maxModels {
			t.Errorf("the models of %s have %d bytes, more than %d", lang, n, maxModels)
		}
	}
}
