package train

import (
	"bufio"
	"compress/gzip"
	"context"
	"embed"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"letopis/internal/nlp"
)

// silver is what other programs say of texts of the data sets, as offsets without the
// texts; silver.py there makes them and says how.
//
//go:embed silver/*.gz
var silver embed.FS

// silverLines calls f with each line of a file of silver labels.
func silverLines(name string, f func(line string) error) error {
	in, err := silver.Open("silver/" + name)
	if err != nil {
		return err
	}
	defer in.Close() // only read
	z, err := gzip.NewReader(in)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		if err := f(lines.Text()); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	return lines.Err()
}

// silverNames reads the English names of spaCy, whose texts are under dir.
func silverNames(ctx context.Context, dir string, pack *nlp.Pack, cut nameCut) ([]*NameDoc, error) {
	texts := map[string][]string{}
	var out []*NameDoc
	err := silverLines("names-en.tsv.gz", func(line string) error {
		f := strings.Split(line, "\t")
		if len(f) != 3 {
			return fmt.Errorf("%d fields, want file, place and names", len(f))
		}
		if texts[f[0]] == nil {
			err := eachJSON(filepath.Join(dir, filepath.FromSlash(f[0])), func(l []byte) error {
				t, err := textOf(l)
				texts[f[0]] = append(texts[f[0]], t)
				return err
			})
			if err != nil {
				return err
			}
		}
		i, err := strconv.Atoi(f[1])
		if err != nil || i < 0 || i >= len(texts[f[0]]) {
			return fmt.Errorf("%s has no document %q", f[0], f[1])
		}
		d := &NameDoc{Topic: "silver", Lang: "en", Stem: f[0] + "/" + f[1], ID: f[1], Text: texts[f[0]][i]}
		if d.Analysis, err = pack.Analyze(ctx, d.Text); err != nil {
			return err
		}
		at := byteIndex(d.Text)
		var gold []GoldName
		for _, c := range strings.Fields(f[2]) {
			x := strings.SplitN(c, ".", 3)
			if len(x) < 3 {
				return fmt.Errorf("%q is not start.length.type", c)
			}
			start, err := strconv.Atoi(x[0])
			if err != nil {
				return err
			}
			n, err := strconv.Atoi(x[1])
			if err != nil || start < 0 || n < 1 || start+n >= len(at) {
				return fmt.Errorf("%q is outside its text: the labels are of another edition of the data set", c)
			}
			if g, ok := cut.properName(d.Text, at[start], at[start+n], x[2], false); ok {
				gold = append(gold, g)
			}
		}
		d.Gold = longest(gold)
		out = append(out, d)
		return nil
	})
	return out, err
}
