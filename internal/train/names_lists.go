package train

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"letopis/internal/nlp"
)

// Classes of the name lists; the numbers stand in trained models.
const (
	listFirst = iota
	listCountry
	listCapital
	listAdjective
	listDemonym
	listTitle
	listOrg
	listPlace
	listBody
	listOutlet
	listEvent
	listProduct
	listTime
	listSay
	listSurname
)

var listClasses = map[string]uint{"first": listFirst, "title": listTitle, "org": listOrg, "place": listPlace, "event": listEvent, "product": listProduct, "time": listTime}

// NameLists gathers what the files of a language under data (lang/LANG/names.tsv,
// lang/LANG/say.tsv, kb/LANG/*.tsv) say of words in names.
func NameLists(data, lang string) (*nlp.NameLists, error) {
	rows, err := tsvRows(filepath.Join(data, "lang", lang, "names.tsv"))
	if err != nil {
		return nil, err
	}
	var endings []string
	for _, r := range rows {
		if len(r) > 1 && r[0] == "ending" {
			endings = append(endings, r[1])
		}
	}
	g := nlp.NewNameLists(endings)
	for _, r := range rows {
		if len(r) < 2 || r[0] == "ending" {
			continue
		}
		c, ok := listClasses[r[0]]
		if !ok {
			return nil, fmt.Errorf("%s/lang/%s/names.tsv: unknown class %q", data, lang, r[0])
		}
		g.Add(strings.Fields(r[1]), c)
	}
	columns := []struct {
		file  string
		col   int
		class uint
	}{
		{"kb/" + lang + "/countries.tsv", 1, listCountry}, {"kb/" + lang + "/countries.tsv", 2, listCapital},
		{"kb/" + lang + "/countries.tsv", 3, listAdjective}, {"kb/" + lang + "/countries.tsv", 4, listDemonym},
		{"kb/" + lang + "/bodies.tsv", 1, listBody}, {"kb/" + lang + "/outlets.tsv", 1, listOutlet}, {"kb/und/outlets.tsv", 1, listOutlet},
	}
	for _, c := range columns {
		rows, err := tsvRows(filepath.Join(data, c.file))
		if os.IsNotExist(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if len(r) > c.col {
				addForms(g, r[c.col], c.class)
			}
		}
	}
	say, err := tsvRows(filepath.Join(data, "lang", lang, "say.tsv"))
	if err != nil && !os.IsNotExist(err) {
		return nil, err
	}
	for _, r := range say {
		for _, w := range strings.Split(r[min(3, len(r)-1)], ",") {
			g.Add([]string{strings.TrimPrefix(w, "=")}, listSay)
		}
	}
	return g, nil
}

// addWorld lists the given names, surnames and places of the cross-lingual tables
// in dir, from the column of the language; words of two letters stay out.
func addWorld(g *nlp.NameLists, dir, lang string) error {
	for _, f := range []string{"persons", "locations"} {
		rows, err := tsvRows(filepath.Join(dir, "names", f+"_slavic.tsv"))
		if err != nil {
			return err
		}
		col := slices.Index(rows[0], lang)
		for _, r := range rows[1:] {
			if col < 0 || col >= len(r) {
				continue
			}
			ws := strings.Fields(r[col])
			if len(ws) == 0 || !unicode.IsUpper([]rune(ws[0])[0]) {
				continue
			}
			if f == "locations" {
				g.Add(ws, listCapital)
				continue
			}
			if n := len(ws); n >= 2 && n <= 3 && utf8.RuneCountInString(ws[n-1]) > 2 && unicode.IsUpper([]rune(ws[n-1])[0]) {
				g.Add(ws[n-1:], listSurname)
			}
		}
	}
	return nil
}

// addGazetteer lists the places of the knowledge base in a language, where it has a table of them.
func addGazetteer(g *nlp.NameLists, data, lang string) error {
	rows, err := tsvRows(filepath.Join(data, "kb", lang, "places.tsv"))
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, r := range rows {
		if len(r) > 1 {
			addForms(g, r[1], listCapital)
		}
	}
	return nil
}

// addForms lists forms split by "|", each choice of {one,other}; those with "?" are often something else and stay out.
func addForms(g *nlp.NameLists, cell string, class uint) {
	for _, f := range alternatives(cell) {
		if f == "-" || f == "" || strings.HasSuffix(f, "?") {
			continue
		}
		var ws []string
		for _, w := range strings.Fields(f) {
			w, _, _ = strings.Cut(w, "~")
			ws = append(ws, w)
		}
		g.Add(ws, class)
	}
}

// alternatives writes out the forms of a cell of the knowledge base, which checks
// its braces itself: "a {b,c}|d" is a b, a c and d. What does not close stays as it is.
func alternatives(cell string) []string {
	var out []string
	for _, f := range strings.Split(cell, "|") {
		left, rest, opens := strings.Cut(f, "{")
		choice, right, closes := strings.Cut(rest, "}")
		if !opens || !closes {
			out = append(out, f)
			continue
		}
		for _, r := range alternatives(right) {
			for _, c := range strings.Split(choice, ",") {
				out = append(out, left+c+r)
			}
		}
	}
	return out
}

func tsvRows(name string) ([][]string, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var out [][]string
	for _, l := range strings.Split(string(b), "\n") {
		if l == "" || l[0] == '#' {
			continue
		}
		out = append(out, strings.Split(l, "\t"))
	}
	return out, nil
}

// knownWords returns the words of names in dictionary form that the lists and
// the knowledge base have.
func knownWords(data, lang string) ([]string, error) {
	rows, err := tsvRows(filepath.Join(data, "lang", lang, "names.tsv"))
	if err != nil {
		return nil, err
	}
	var out []string
	for _, r := range rows {
		if len(r) > 1 && r[0] != "ending" {
			out = append(out, r[1])
		}
	}
	for _, file := range []string{"countries", "bodies", "outlets"} {
		rows, err := tsvRows(filepath.Join(data, "kb", lang, file+".tsv"))
		if os.IsNotExist(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			for _, cell := range r[1:] {
				out = append(out, strings.FieldsFunc(cell, func(c rune) bool { return strings.ContainsRune("| ?~0-{},", c) })...)
			}
		}
	}
	return out, nil
}
