package nlp

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"path"
	"sort"
	"strings"

	"letopis"
)

// abbrFlags say how an abbreviation behaves.
type abbrFlags uint8

const (
	abbrTitle  abbrFlags = 1 << iota // what follows belongs to it
	abbrEnd                          // may end a sentence
	abbrNumber                       // an abbreviation only beside a number
	abbrDated                        // may end a sentence after a number, and is a title elsewhere
)

// langFile is lang.json, as far as this package reads it.
type langFile struct {
	Code    string `json:"code"`
	Segment struct {
		Hyphen   string `json:"hyphen"`   // join | split
		Ranges   string `json:"ranges"`   // join | split
		Initials string `json:"initials"` // join | split
		Groups   bool   `json:"groups"`
		Names    bool   `json:"capitals_are_names"` // a capital inside a sentence marks a name
	} `json:"segment"`
}

func invalid(op string, err error) error {
	return &letopis.Error{Op: op, Kind: letopis.Invalid, Err: err}
}

func readLang(fsys fs.FS, code string) (langFile, error) {
	var l langFile
	name := path.Join("lang", code, "lang.json")
	b, err := fs.ReadFile(fsys, name)
	if err != nil {
		return l, fmt.Errorf("read %s: %w", name, err)
	}
	if err := json.Unmarshal(b, &l); err != nil {
		return l, invalid("read "+name, err)
	}
	return l, nil
}

// lines calls f for every line of the file that is neither empty nor a
// comment, with its number; an absent file has no lines.
func lines(fsys fs.FS, name string, f func(n int, line string) error) error {
	b, err := fs.ReadFile(fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	for n := 1; len(b) > 0; n++ {
		line := b
		if k := bytes.IndexByte(b, '\n'); k >= 0 {
			line, b = b[:k], b[k+1:]
		} else {
			b = nil
		}
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		if err := f(n, string(line)); err != nil {
			return invalid(fmt.Sprintf("read %s:%d:1", name, n), err)
		}
	}
	return nil
}

func readSegmenter(fsys fs.FS, code string, l langFile) (*segmenter, error) {
	g := &segmenter{
		abbr: map[string]abbrFlags{}, tld: map[string]bool{}, prefix: map[string]bool{}, suffix: map[string]bool{},
		whole:     map[string][]string{},
		splitHyph: l.Segment.Hyphen == "split",
		joinRange: l.Segment.Ranges == "join",
		joinInits: l.Segment.Initials == "join",
		groups:    l.Segment.Groups,
	}
	dir := path.Join("lang", code)
	err := errors.Join(
		lines(fsys, path.Join(dir, "abbrev.txt"), g.addAbbr),
		lines(fsys, "lang/und/tld.txt", func(_ int, s string) error { g.tld[s] = true; return nil }),
		lines(fsys, path.Join(dir, "hyphen.txt"), g.addAffix),
		lines(fsys, path.Join(dir, "split.tsv"), g.addSplit),
	)
	if err != nil {
		return nil, err
	}
	sort.SliceStable(g.clitics, func(i, j int) bool { return len(g.clitics[i]) > len(g.clitics[j]) })
	return g, nil
}

func (g *segmenter) addAbbr(_ int, line string) error {
	f := strings.Split(line, "\t")
	if len(f) < 2 {
		return fmt.Errorf("abbreviation %q has no flags; write form TAB flags", line)
	}
	var flags abbrFlags
	for _, c := range f[1] {
		switch c {
		case 't':
			flags |= abbrTitle
		case 'e':
			flags |= abbrEnd
		case 'n':
			flags |= abbrNumber
		case 'd':
			flags |= abbrDated
		default:
			return fmt.Errorf("unknown flag %q of %q; known are t, e, n, d", c, f[0])
		}
	}
	g.abbr[f[0]] = flags
	return nil
}

func (g *segmenter) addAffix(_ int, line string) error {
	switch {
	case strings.HasSuffix(line, "-"):
		g.prefix[line] = true
	case strings.HasPrefix(line, "-"):
		g.suffix[line] = true
	default:
		return fmt.Errorf("affix %q has no hyphen at either end", line)
	}
	return nil
}

func (g *segmenter) addSplit(_ int, line string) error {
	f := strings.Split(line, "\t")
	if c, ok := strings.CutPrefix(f[0], "*"); ok {
		g.clitics = append(g.clitics, c)
		return nil
	}
	if len(f) < 2 || strings.ReplaceAll(f[1], "|", "") != f[0] {
		return fmt.Errorf("%q: the parts must make the whole", line)
	}
	g.whole[f[0]] = strings.Split(f[1], "|")
	return nil
}

// version hashes the names and contents of every file of the pack's folder and
// of lang/und.
func version(fsys fs.FS, code string) (string, error) {
	h := fnv.New64a()
	for _, dir := range []string{"lang/und", path.Join("lang", code)} {
		err := fs.WalkDir(fsys, dir, func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				if name == dir && errors.Is(err, fs.ErrNotExist) {
					return nil
				}
				return err
			}
			if d.IsDir() {
				if d.Name() == "cases" {
					return fs.SkipDir
				}
				return nil
			}
			b, err := fs.ReadFile(fsys, name)
			if err != nil {
				return err
			}
			fmt.Fprintf(h, "%s\x00%d\x00", name, len(b))
			h.Write(b)
			return nil
		})
		if err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
