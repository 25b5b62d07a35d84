package score

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"letopis"
)

// Name is one line of a BSNLP answer: a name as it stands in a document, with its
// dictionary form, its category and the id that it has in all languages.
type Name struct {
	Form, Base string // lower case, single spaces
	Category   string // one of NameCategories
	ID         string // empty: linked to nothing
}

// NameDoc is a document with its distinct names.
type NameDoc struct {
	ID    string // the first line of the file
	File  string // the file name without .out
	Stem  string // the file name without .out and .txt
	Names []Name
}

// NameGroup is the documents of one topic in one language.
type NameGroup struct {
	Topic, Lang string
	Docs        []NameDoc
}

// NameCategories are the categories of the BSNLP shared tasks, in the order of their tables.
var NameCategories = []string{"PER", "ORG", "LOC", "EVT", "PRO", "MISC"}

// OpenNames reads the answers of a folder: ROOT/TOPIC/LANG/*.out, or
// ROOT/TOPIC/LANG/gold/*.out. keep, if not nil, chooses among topics and languages.
func OpenNames(root string, keep func(topic, lang string) bool) ([]NameGroup, error) {
	topics, err := os.ReadDir(root)
	if err != nil {
		return nil, &letopis.Error{Op: "names", Kind: letopis.NotFound, Err: err}
	}
	var out []NameGroup
	for _, topic := range topics {
		if !topic.IsDir() {
			continue
		}
		langs, err := os.ReadDir(filepath.Join(root, topic.Name()))
		if err != nil {
			return nil, &letopis.Error{Op: "names", Kind: letopis.NotFound, Err: err}
		}
		for _, lang := range langs {
			if !lang.IsDir() || keep != nil && !keep(topic.Name(), lang.Name()) {
				continue
			}
			docs, err := openNameDocs(filepath.Join(root, topic.Name(), lang.Name()))
			if err != nil {
				return nil, err
			}
			if len(docs) > 0 {
				out = append(out, NameGroup{topic.Name(), lang.Name(), docs})
			}
		}
	}
	return out, nil
}

func openNameDocs(dir string) ([]NameDoc, error) {
	files, err := outFiles(dir)
	if err == nil && len(files) == 0 {
		files, err = outFiles(filepath.Join(dir, "gold"))
	}
	if err != nil {
		return nil, err
	}
	var docs []NameDoc
	seen := map[string]bool{}
	for _, path := range files {
		data, err := readFile(path)
		if err != nil {
			return nil, err
		}
		doc, err := ParseNames(data, filepath.Base(path))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		if seen[doc.ID] {
			doc.ID += "|" + doc.Stem
		}
		seen[doc.ID] = true
		docs = append(docs, doc)
	}
	return docs, nil
}

func outFiles(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, &letopis.Error{Op: "names", Kind: letopis.Internal, Err: err}
	}
	var out []string
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".out") && !strings.HasPrefix(e.Name(), ".") {
			out = append(out, filepath.Join(dir, e.Name()))
		}
	}
	return out, nil
}

// ParseNames reads a BSNLP answer: the document's id, then lines of mention, base
// form, category and cross-lingual id with tabs between. Lines with fewer than three
// columns or of an unknown category are left out, as the reference scorer does.
func ParseNames(data []byte, file string) (NameDoc, error) {
	doc := NameDoc{File: strings.TrimSuffix(file, ".out")}
	doc.Stem = strings.TrimSuffix(doc.File, ".txt")
	doc.ID = doc.Stem
	first := true
	sc := bufio.NewScanner(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		line := strings.TrimRight(sc.Text(), "\r")
		if strings.TrimSpace(line) == "" {
			continue
		}
		if first {
			first = false
			doc.ID = strings.TrimSpace(line)
			continue
		}
		c := strings.Split(line, "\t")
		if len(c) < 3 {
			continue
		}
		n := Name{Form: nameForm(c[0]), Base: nameForm(c[1]), Category: strings.ToUpper(strings.TrimSpace(c[2]))}
		if len(c) > 3 {
			n.ID = strings.TrimSpace(c[3])
		}
		if slices.Contains(NameCategories, n.Category) {
			doc.Names = append(doc.Names, n)
		}
	}
	if err := sc.Err(); err != nil {
		return doc, &letopis.Error{Op: "names", Kind: letopis.Invalid, Err: err}
	}
	return doc, nil
}

// nameForm is the form in which names are compared: lower case, single spaces.
func nameForm(s string) string { return strings.Join(strings.Fields(strings.ToLower(s)), " ") }

// RecordNames gives the names of a record as a BSNLP answer has them: each
// distinct form of an entity once, with its EntityID.
func RecordNames(r *letopis.Record) []Name {
	var out []Name
	seen := map[Name]bool{}
	for i := range r.Entities {
		e := &r.Entities[i]
		if !slices.Contains(NameCategories, string(e.Type)) {
			continue
		}
		id := EntityID(e)
		for _, m := range e.Mentions {
			if m.Form != letopis.FormName {
				continue
			}
			n := Name{Form: nameForm(m.Text), Base: nameForm(m.Base), Category: string(e.Type), ID: id}
			if n.Form != "" && !seen[n] {
				seen[n] = true
				out = append(out, n)
			}
		}
	}
	return out
}

// FormatNames writes a BSNLP answer.
func FormatNames(d *NameDoc) string {
	var b strings.Builder
	b.WriteString(d.ID + "\n")
	for _, n := range d.Names {
		fmt.Fprintf(&b, "%s\t%s\t%s\t%s\n", n.Form, n.Base, n.Category, n.ID)
	}
	return b.String()
}
