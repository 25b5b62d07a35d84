package train

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"letopis/internal/nlp"
	"letopis/internal/ud"
)

// NameDoc is a text with gold names.
type NameDoc struct {
	Topic, Lang, Stem, ID string
	Text                  string
	Gold                  []GoldName // in order of their place, not overlapping
	Analysis              *ud.Analysis
}

// GoldName is a name of a text at a range of bytes.
type GoldName struct {
	Start, End int32
	Type, Base string
}

// BSNLPTopics are the topics of the SlavicNER corpus that have offsets.
var BSNLPTopics = []string{"asia_bibi", "brexit", "nord_stream", "ryanair"}

// NameDocs reads the documents of a topic and language of the SlavicNER corpus
// in dir and analyses them with a pack; a language without documents has none.
func NameDocs(ctx context.Context, dir, topic, lang string, pack *nlp.Pack) ([]*NameDoc, error) {
	base := filepath.Join(dir, "bsnlp", topic, lang)
	spans, err := readSpans(filepath.Join(base, "spans.tsv"))
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	names := make([]string, 0, len(spans))
	for n := range spans {
		names = append(names, n)
	}
	sort.Strings(names)
	var out []*NameDoc
	for _, n := range names {
		d, err := nameDoc(base, n, spans[n])
		if err != nil {
			return nil, err
		}
		d.Topic, d.Lang = topic, lang
		if d.Analysis, err = pack.Analyze(ctx, d.Text); err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, nil
}

type spanLine struct{ start, end, k int }

func readSpans(name string) (map[string][]spanLine, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	out := map[string][]spanLine{}
	cur := ""
	for _, l := range strings.Split(string(b), "\n") {
		if c, ok := strings.CutPrefix(l, "# "); ok {
			cur = c
			out[cur] = nil
			continue
		}
		f := strings.Split(l, "\t")
		if len(f) < 3 {
			continue
		}
		var s spanLine
		s.start, _ = strconv.Atoi(f[0])
		s.end, _ = strconv.Atoi(f[1])
		s.k, _ = strconv.Atoi(f[2])
		out[cur] = append(out[cur], s)
	}
	return out, nil
}

func nameDoc(base, name string, spans []spanLine) (*NameDoc, error) {
	raw, err := os.ReadFile(filepath.Join(base, "raw", name+".txt"))
	if err != nil {
		return nil, err
	}
	gold, err := os.ReadFile(filepath.Join(base, "gold", name+".out"))
	if err != nil {
		return nil, err
	}
	parts := strings.SplitN(string(raw), "\n", 5)
	if len(parts) < 5 {
		return nil, fmt.Errorf("%s/raw/%s.txt has fewer than five lines", base, name)
	}
	lines := strings.Split(string(gold), "\n")
	d := &NameDoc{Stem: name, ID: strings.TrimSpace(lines[0]), Text: parts[4]}
	at := byteIndex(d.Text)
	sort.Slice(spans, func(i, j int) bool {
		if spans[i].start != spans[j].start {
			return spans[i].start < spans[j].start
		}
		return spans[i].end > spans[j].end
	})
	for _, s := range spans {
		if s.k < 1 || s.k >= len(lines) || s.end >= len(at) || s.start >= s.end {
			continue
		}
		f := strings.Split(lines[s.k], "\t")
		g := GoldName{Start: at[s.start], End: at[s.end], Base: f[1], Type: f[2]}
		if n := len(d.Gold); n == 0 || d.Gold[n-1].End <= g.Start {
			d.Gold = append(d.Gold, g)
		}
	}
	return d, nil
}

// byteIndex returns the byte offset of every code point of s and of its end.
func byteIndex(s string) []int32 {
	out := make([]int32, 0, len(s)/2+1)
	for i := range s {
		out = append(out, int32(i))
	}
	return append(out, int32(len(s)))
}

// Labels returns the labels of the tokens in reading order: those that touch a gold name.
func (d *NameDoc) Labels() []int8 {
	var out []int8
	g := 0
	for i := range d.Analysis.Sentences {
		s := &d.Analysis.Sentences[i]
		last := -1
		for k := range s.Tokens {
			t := &s.Tokens[k]
			for g < len(d.Gold) && d.Gold[g].End <= t.Start {
				g++
			}
			l := int8(0)
			if g < len(d.Gold) && d.Gold[g].Start < t.End {
				for y, name := range nlp.NameTypes {
					if name == d.Gold[g].Type {
						l = int8(1 + 2*y)
					}
				}
				if l > 0 && last == g {
					l++
				}
				last = g
			}
			out = append(out, l)
		}
	}
	return out
}

// gumEntity is an entity of a GUM news document, in code points.
type gumEntity struct {
	Start, End int
	Etype      string
	Wiki       *string
	Text       string
}

// GUMNames reads English news with entities of all kinds and keeps the names:
// entities whose words, without article, title and what follows in apposition,
// are a run of proper nouns in capitals.
func GUMNames(ctx context.Context, name string, pack *nlp.Pack, cut nameCut) ([]*NameDoc, error) {
	var out []*NameDoc
	err := eachJSON(name, func(l []byte) error {
		var j struct {
			ID, Text string
			Entities []json.RawMessage
		}
		if err := json.Unmarshal(l, &j); err != nil {
			return err
		}
		d := &NameDoc{Topic: "gum", Lang: "en", Stem: j.ID, ID: j.ID, Text: j.Text}
		var err error
		if d.Analysis, err = pack.Analyze(ctx, d.Text); err != nil {
			return err
		}
		at := byteIndex(d.Text)
		var gold []GoldName
		for _, r := range j.Entities {
			var e gumEntity
			if err := json.Unmarshal(r, &e); err != nil {
				return fmt.Errorf("%s: %w", j.ID, err)
			}
			if e.End >= len(at) || e.Start >= e.End {
				continue
			}
			if g, ok := cut.properName(d.Text, at[e.Start], at[e.End], e.Etype, e.Wiki != nil); ok {
				gold = append(gold, g)
			}
		}
		d.Gold = longest(gold)
		out = append(out, d)
		return nil
	})
	return out, err
}

var gumTypes = map[string]string{"person": "PER", "place": "LOC", "organization": "ORG", "event": "EVT", "abstract": "PRO", "object": "PRO"}

// nameCut is the words by which names are cut out of noun phrases, by class: the table
// namecut.tsv of a language.
type nameCut map[string]map[string]bool

// openNameCut reads the table of a language.
func openNameCut(data, lang string) (nameCut, error) {
	name := filepath.Join(data, "lang", lang, "namecut.tsv")
	rows, err := tsvRows(name)
	if err != nil {
		return nil, err
	}
	c := nameCut{}
	for _, class := range []string{"glue", "title", "join", "article", "inside", "plain"} {
		c[class] = map[string]bool{}
	}
	for _, r := range rows {
		if len(r) != 2 || c[r[0]] == nil {
			return nil, fmt.Errorf("%s: %q is no class and words", name, r)
		}
		for _, w := range strings.Fields(r[1]) {
			c[r[0]][w] = true
		}
	}
	return c, nil
}

// properName cuts an entity down to the name in it.
func (c nameCut) properName(text string, start, end int32, etype string, linked bool) (GoldName, bool) {
	y := gumTypes[etype]
	if y == "" {
		return GoldName{}, false
	}
	s := text[start:end]
	// What comes after a comma or bracket is apposition or detail.
	if k := strings.IndexAny(s, ",(:;"); k > 0 {
		s = s[:k]
	}
	s = strings.TrimRight(s, " ")
	for _, suf := range []string{"'s", "’s", "'", "’"} {
		s = strings.TrimSuffix(s, suf)
	}
	if k := strings.IndexByte(s, '\n'); k >= 0 {
		return GoldName{}, false
	}
	for {
		w, rest, ok := strings.Cut(s, " ")
		if !ok || !c["title"][strings.ToLower(w)] || (y == "LOC" || y == "ORG") && !c["article"][strings.ToLower(w)] {
			break
		}
		start += int32(len(w) + 1)
		s = rest
	}
	if y == "PER" {
		// The name is what follows the last title; an office alone is no name.
		all := strings.Fields(s)
		cut := 0
		for i, w := range all {
			if c["title"][strings.ToLower(w)] || strings.HasSuffix(w, "'s") || strings.HasSuffix(w, "’s") {
				cut = i + 1
			}
		}
		// "Senior researcher Mu Li": the name follows the last word in small letters, unless
		// that joins ("children of Gaza").
		for i := len(all) - 1; i >= cut; i-- {
			if r, _ := utf8.DecodeRuneInString(all[i]); unicode.IsLower(r) {
				if !slices.ContainsFunc(all[cut:i+1], func(w string) bool { return c["glue"][w] || c["join"][w] }) {
					cut = i + 1
				}
				break
			}
		}
		if cut == len(all) {
			return GoldName{}, false
		}
		k := strings.LastIndex(s, strings.Join(all[cut:], " "))
		if k < 0 {
			return GoldName{}, false
		}
		start += int32(k)
		s = s[k:]
		for _, w := range all[cut:] {
			if c["inside"][w] {
				return GoldName{}, false
			}
		}
	}
	ws := strings.Fields(s)
	if len(ws) == 0 || len(ws) > 9 || c["article"][strings.ToLower(ws[0])] {
		return GoldName{}, false
	}
	caps := 0
	for _, w := range ws {
		r := []rune(w)[0]
		switch {
		case unicode.IsUpper(r):
			caps++
		case unicode.IsDigit(r) || c["glue"][w]:
		default:
			return GoldName{}, false
		}
	}
	if caps == 0 || !unicode.IsUpper([]rune(ws[0])[0]) && !unicode.IsDigit([]rune(ws[0])[0]) || !unicode.IsLetter([]rune(ws[0])[0]) && !linked {
		return GoldName{}, false
	}
	if len(ws) == 1 && c["plain"][ws[0]] {
		return GoldName{}, false
	}
	// A capital at the start of a sentence alone does not make a name.
	if !linked && len(ws) == 1 && sentenceStart(text, int(start)) && (y == "PRO" || y == "EVT") {
		return GoldName{}, false
	}
	return GoldName{Start: start, End: start + int32(len(strings.TrimRight(s, " "))), Type: y, Base: strings.Join(ws, " ")}, true
}

func sentenceStart(text string, i int) bool {
	t := strings.TrimRight(text[:i], " \n\"“‘")
	return t == "" || strings.ContainsRune(".!?:", rune(t[len(t)-1])) || strings.HasSuffix(text[:i], "\n")
}

// longest keeps the outermost of nested names, and the longer of crossing ones.
func longest(g []GoldName) []GoldName {
	sort.SliceStable(g, func(i, j int) bool {
		if g[i].Start != g[j].Start {
			return g[i].Start < g[j].Start
		}
		return g[i].End > g[j].End
	})
	var out []GoldName
	for _, x := range g {
		if n := len(out); n == 0 || out[n-1].End <= x.Start {
			out = append(out, x)
		}
	}
	return out
}

// textOf is the text of a line of JSON.
func textOf(line []byte) (string, error) {
	var j struct{ Text string }
	err := json.Unmarshal(line, &j)
	return j.Text, err
}

// eachJSON calls f with each line of a JSON Lines file.
func eachJSON(name string, f func([]byte) error) error {
	b, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	n := 0
	for l := range bytes.Lines(b) {
		n++
		if l = bytes.TrimSpace(l); len(l) == 0 {
			continue
		}
		if err := f(l); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	return nil
}

// NERELNames reads Russian news with entities as names of our five types.
func NERELNames(ctx context.Context, name string, pack *nlp.Pack) ([]*NameDoc, error) {
	types := map[string]string{"PERSON": "PER", "COUNTRY": "LOC", "CITY": "LOC", "DISTRICT": "LOC", "STATE_OR_PROVINCE": "LOC", "LOCATION": "LOC", "FACILITY": "LOC",
		"ORGANIZATION": "ORG", "PRODUCT": "PRO", "WORK_OF_ART": "PRO", "LAW": "PRO"}
	var out []*NameDoc
	err := eachJSON(name, func(l []byte) error {
		var j struct {
			ID, Text string
			Entities [][]any
		}
		if err := json.Unmarshal(l, &j); err != nil {
			return err
		}
		d := &NameDoc{Topic: "nerel", Lang: "ru", Stem: j.ID, ID: j.ID, Text: j.Text}
		var err error
		if d.Analysis, err = pack.Analyze(ctx, d.Text); err != nil {
			return err
		}
		at := byteIndex(d.Text)
		var gold []GoldName
		for _, e := range j.Entities {
			if len(e) < 4 {
				continue
			}
			y, _ := e[1].(string)
			s, _ := e[2].(float64)
			t, _ := e[3].(float64)
			if types[y] == "" || int(t) >= len(at) || s >= t {
				continue
			}
			g := GoldName{Start: at[int(s)], End: at[int(t)], Type: types[y]}
			if w := []rune(d.Text[g.Start:g.End]); unicode.IsLower(w[0]) && y != "PERSON" && !strings.ContainsFunc(string(w), unicode.IsUpper) {
				continue
			}
			gold = append(gold, g)
		}
		d.Gold = longest(gold)
		out = append(out, d)
		return nil
	})
	return out, err
}
