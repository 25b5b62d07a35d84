package score

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"

	"letopis"
)

// SpeakerCountries adds to a tally, for each matched statement whose speaker has a
// country in gold, whether the record gives that country.
// The guidelines of gold write IGO for every international body, records the body's
// code: international says which codes are such.
func SpeakerCountries(t *Tally, gold, sys *Findings, international func(code string) bool) {
	if sys == nil {
		return
	}
	for _, m := range pairStatements(gold.Statements, sys.Statements) {
		if want := gold.Statements[m.gold].Country; want != "" {
			got := sys.Statements[m.sys].Country
			t.AddShare("country", got == want || want == "IGO" && international(got))
		}
	}
}

// Stated is a person or an office in a text and the countries that it is stated to
// be of, each in the words of the text.
type Stated struct {
	Place     Place
	Office    bool // the place is an office, not a name
	Countries []string
}

// OpenStated reads Russian documents with entities and relations, a JSON object a
// line: id, text, entities of [id, type, start, end, …], relations of [type, from,
// to]. A person or profession is of the country that it works for or comes from.
func OpenStated(path string) ([]letopis.Document, [][]Stated, error) {
	var docs []letopis.Document
	var all [][]Stated
	err := eachLine(path, func(line []byte) error {
		var d struct {
			ID, Lang, Text string
			Entities       [][]any
			Relations      [][]string
		}
		if err := json.Unmarshal(line, &d); err != nil {
			return err
		}
		at := newSlicer(d.Text)
		type entity struct {
			typ   string
			place Place
		}
		ents := map[string]entity{}
		var ids []string
		for _, e := range d.Entities {
			if len(e) < 4 {
				return fmt.Errorf("entity %v of %s: want id, type, start, end", e, d.ID)
			}
			id, _ := e[0].(string)
			typ, _ := e[1].(string)
			start, _ := e[2].(float64)
			end, _ := e[3].(float64)
			ents[id] = entity{typ, at.place(int(start), int(end))}
			ids = append(ids, id)
		}
		countries := map[string][]string{}
		for _, r := range d.Relations {
			if len(r) != 3 || r[0] != "WORKPLACE" && r[0] != "ORIGINS_FROM" {
				continue
			}
			from, to := ents[r[1]], ents[r[2]]
			if (from.typ == "PERSON" || from.typ == "PROFESSION") && (to.typ == "COUNTRY" || to.typ == "NATIONALITY") && from.place.OK {
				countries[r[1]] = append(countries[r[1]], to.place.Text)
			}
		}
		var out []Stated
		for _, id := range ids {
			if c := countries[id]; c != nil {
				out = append(out, Stated{ents[id].place, ents[id].typ == "PROFESSION", c})
			}
		}
		docs = append(docs, letopis.Document{ID: letopis.ID(d.ID), Lang: d.Lang, Text: d.Text})
		all = append(all, out)
		return nil
	})
	return docs, all, err
}

// OpenCountryForms returns the words of a set in the form of OpenStated that name a
// country as running text has them.
func OpenCountryForms(path string) ([]string, error) {
	var out []string
	err := eachLine(path, func(line []byte) error {
		var d struct {
			Text     string
			Entities [][]any
		}
		if err := json.Unmarshal(line, &d); err != nil {
			return err
		}
		at := newSlicer(d.Text)
		for _, e := range d.Entities {
			if len(e) < 4 || e[1] != "COUNTRY" {
				continue
			}
			start, _ := e[2].(float64)
			end, _ := e[3].(float64)
			if p := at.place(int(start), int(end)); p.OK {
				out = append(out, p.Text)
			}
		}
		return nil
	})
	return out, err
}

// CountryOf returns the country that a record gives to the person or office at a
// place: that of the shortest mention that overlaps it, else that of an entity
// beside which the place stands as its office.
func CountryOf(r *letopis.Record, p Place) string {
	country, length := "", -1
	for i := range r.Entities {
		e := &r.Entities[i]
		if e.Type == letopis.Location {
			continue
		}
		for _, m := range e.Mentions {
			n := m.End - m.Start
			if m.Start < p.End && p.Start < m.End && (length < 0 || n < length) && e.Country != "" && holds(p.Text, m.Text) {
				country, length = e.Country, n
			}
		}
	}
	if length >= 0 {
		return country
	}
	for i := range r.Entities {
		e := &r.Entities[i]
		for _, role := range e.Roles {
			if !holds(role.Text, p.Text) {
				continue
			}
			for _, m := range e.Mentions {
				if near := m.Start - p.End; near >= 0 && near <= 2 || p.Start-m.End >= 0 && p.Start-m.End <= 4 {
					return e.Country
				}
			}
		}
	}
	return ""
}

// holds reports whether one of two strings holds the other.
func holds(a, b string) bool { return strings.Contains(a, b) || strings.Contains(b, a) }

// NamePlace is an occurrence of a gold name in a document: Start and End count code
// points of its text, Name is an index of the gold names.
type NamePlace struct{ Start, End, Name int }

// OpenNamePlaces reads the documents of a folder TOPIC/LANG whose raw files have
// id, language, date, address and title before the text, with the places of the
// gold names (spans.tsv), by file name without its ending. The text of a document
// begins with the title.
func OpenNamePlaces(dir, lang string) (map[string]letopis.Document, map[string][]NamePlace, error) {
	data, err := readFile(filepath.Join(dir, "spans.tsv"))
	if err != nil {
		return nil, nil, err
	}
	docs, places := map[string]letopis.Document{}, map[string][]NamePlace{}
	name := ""
	for n, line := range strings.Split(string(data), "\n") {
		if line == "" {
			continue
		}
		if s, ok := strings.CutPrefix(line, "# "); ok {
			name = s
			continue
		}
		var p [3]int
		c := strings.Split(line, "\t")
		for i := range p {
			if len(c) == 3 {
				p[i], err = strconv.Atoi(c[i])
			}
			if len(c) != 3 || err != nil {
				return nil, nil, &letopis.Error{Op: fmt.Sprintf("%s:%d", filepath.Join(dir, "spans.tsv"), n+1), Kind: letopis.Invalid, Err: fmt.Errorf("%q, want start, end, number", line)}
			}
		}
		places[name] = append(places[name], NamePlace{p[0], p[1], p[2] - 1})
	}
	files, err := os.ReadDir(filepath.Join(dir, "raw"))
	if err != nil {
		return nil, nil, &letopis.Error{Op: "names", Kind: letopis.NotFound, Err: err}
	}
	for _, f := range files {
		data, err := readFile(filepath.Join(dir, "raw", f.Name()))
		if err != nil {
			return nil, nil, err
		}
		head := strings.SplitN(string(data), "\n", 5)
		if len(head) < 5 {
			continue
		}
		d := letopis.Document{ID: letopis.ID(head[0]), Lang: lang, Text: head[4]}
		if when, err := letopis.ParseWhen(strings.TrimSpace(head[2])); err == nil && when != "" {
			d.Published = letopis.Published{Value: when, Basis: letopis.BasisMetadata}
		}
		docs[strings.TrimSuffix(f.Name(), ".txt")] = d
	}
	return docs, places, nil
}

// LinkedNames answers the gold names of a document with the ids that a record gives
// at their places: that of the mention which overlaps most. The record must have
// been read with these names given. Forms, bases and categories are those of gold,
// so that only the links are measured.
func LinkedNames(gold []Name, places []NamePlace, r *letopis.Record) []Name {
	type key struct {
		name int
		id   string
	}
	var out []Name
	seen := map[key]bool{}
	for _, p := range places {
		if p.Name < 0 || p.Name >= len(gold) {
			continue
		}
		best, id := 0, ""
		for i := range r.Entities {
			e := &r.Entities[i]
			for _, m := range e.Mentions {
				if o := 2*(min(m.End, p.End)-max(m.Start, p.Start)) - (m.End - m.Start); m.Form == letopis.FormName && min(m.End, p.End) > max(m.Start, p.Start) && (best == 0 || o > best) {
					best, id = o, EntityID(e)
				}
			}
		}
		if k := (key{p.Name, id}); !seen[k] {
			seen[k] = true
			n := gold[p.Name]
			n.ID = id
			out = append(out, n)
		}
	}
	return out
}

// EntityID is the id by which an entity is one in all documents and languages: that
// of the knowledge base or the one made of its name.
func EntityID(e *letopis.Entity) string {
	if e.KB != "" {
		return e.KB
	}
	if e.Key != "" {
		return e.Key
	}
	name := e.Latin
	if name == "" {
		name = e.Name
	}
	return string(e.Type) + ":" + nameForm(name)
}

// ByteSpan gives the byte offsets of a span of code points of text; ok is false
// where it does not lie in the text.
func ByteSpan(text string, start, end int) (from, to int, ok bool) {
	at, n := 0, 0
	for n < start && at < len(text) {
		_, w := utf8.DecodeRuneInString(text[at:])
		at, n = at+w, n+1
	}
	from = at
	for n < end && at < len(text) {
		_, w := utf8.DecodeRuneInString(text[at:])
		at, n = at+w, n+1
	}
	return from, at, n == end && start <= end
}
