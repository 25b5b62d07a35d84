package nlp

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"path"
	"sort"
	"strings"

	"letopis/internal/tsv"

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
	Code    string   `json:"code"`
	Script  string   `json:"script"` // ISO 15924: Cyrl, Latn
	Quotes  []string `json:"quotes"` // pairs of quotation marks, those that the language writes first
	Segment struct {
		Hyphen   string   `json:"hyphen"`   // join | split
		Ranges   string   `json:"ranges"`   // join | split
		Initials string   `json:"initials"` // join | split
		Groups   bool     `json:"groups"`
		Names    bool     `json:"capitals_are_names"` // a capital inside a sentence marks a name
		Given    []string `json:"given"`              // function words that with a capital are given names too: Ван И
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

// Quotes returns the marks between which a language writes the words that it quotes: the
// first pair of "quotes" in its lang.json, and “ and ” where the data names none.
func Quotes(fsys fs.FS, lang string) (before, after string, err error) {
	if !fs.ValidPath(lang) {
		return "“", "”", nil // the code of an article's language may be anything
	}
	l, err := readLang(fsys, lang)
	switch {
	case errors.Is(err, fs.ErrNotExist) || err == nil && len(l.Quotes) == 0:
		return "“", "”", nil
	case err != nil:
		return "", "", err
	}
	marks := []rune(l.Quotes[0])
	if len(marks) != 2 {
		return "", "", invalid("read lang/"+lang+"/lang.json", fmt.Errorf("quotes: %q; a pair is two signs, as in “”", l.Quotes[0]))
	}
	return string(marks[0]), string(marks[1]), nil
}

func readSegmenter(fsys fs.FS, code string, l langFile) (*segmenter, error) {
	g := &segmenter{
		abbr: map[string]abbrFlags{}, tld: map[string]bool{}, prefix: map[string]bool{}, suffix: map[string]bool{},
		whole:     map[string][]string{},
		splitHyph: l.Segment.Hyphen == "split",
		joinRange: l.Segment.Ranges == "join",
		joinInits: l.Segment.Initials == "join",
		groups:    l.Segment.Groups,
		given:     l.Segment.Given,
	}
	dir := path.Join("lang", code)
	err := errors.Join(
		tsv.ReadIf(fsys, path.Join(dir, "abbrev.txt"), tsv.Fields("form", "flags", "..."), g.addAbbr),
		tsv.ReadIf(fsys, "lang/und/tld.txt", tsv.Fields("domain"), func(r tsv.Row) error { g.tld[r.Field(0)] = true; return nil }),
		tsv.ReadIf(fsys, path.Join(dir, "hyphen.txt"), tsv.Fields("affix"), g.addAffix),
		tsv.ReadIf(fsys, path.Join(dir, "split.tsv"), tsv.Fields("form", "parts?", "..."), g.addSplit),
	)
	if err != nil {
		return nil, err
	}
	sort.SliceStable(g.clitics, func(i, j int) bool { return len(g.clitics[i]) > len(g.clitics[j]) })
	return g, nil
}

func (g *segmenter) addAbbr(r tsv.Row) error {
	var flags abbrFlags
	for _, c := range r.Field(1) {
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
			return r.Errorf(1, "unknown flag %q of %q; known are t, e, n, d", c, r.Field(0))
		}
	}
	g.abbr[r.Field(0)] = flags
	return nil
}

func (g *segmenter) addAffix(r tsv.Row) error {
	switch affix := r.Field(0); {
	case strings.HasSuffix(affix, "-"):
		g.prefix[affix] = true
	case strings.HasPrefix(affix, "-"):
		g.suffix[affix] = true
	default:
		return r.Errorf(0, "affix %q has no hyphen at either end", affix)
	}
	return nil
}

func (g *segmenter) addSplit(r tsv.Row) error {
	if c, ok := strings.CutPrefix(r.Field(0), "*"); ok {
		g.clitics = append(g.clitics, c)
		return nil
	}
	if strings.ReplaceAll(r.Field(1), "|", "") != r.Field(0) {
		return r.Errorf(1, "%q of %q: the parts must make the whole", r.Field(1), r.Field(0))
	}
	g.whole[r.Field(0)] = strings.Split(r.Field(1), "|")
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
