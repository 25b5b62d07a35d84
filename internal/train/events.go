package train

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"letopis"
	"letopis/internal/read"
)

// GoldEvent is an event of a gold record: its code, sides and the code points of its trigger.
type GoldEvent struct {
	Code           letopis.Code
	Source, Target []string // countries; those without one are left out
	Trigger        letopis.Span
	Again          []letopis.Span // other words that evoke it

	SourceWords, TargetWords []read.TaughtSide // who stands there by words
}

// GoldArticle is an annotated article. Articles of one group may tell the same story, so
// that a fair measurement leaves out all of them at once.
type GoldArticle struct {
	Doc    letopis.Document
	Group  string
	Events []GoldEvent

	Statements []GoldStatement
}

// GoldStatement is a statement of a gold record: the words of its cue, and the code points
// of its content and its speaker.
type GoldStatement struct {
	Cue              string
	Content, Speaker letopis.Span
}

// Gold opens the annotated articles of a folder (articles/ and records/, as
// ../shared/gold/README.md describes), by name. groupOf tells the group of an article by its id.
func Gold(dir string, groupOf func(id string) (string, error)) ([]GoldArticle, error) {
	files, err := filepath.Glob(filepath.Join(dir, "articles", "*.json"))
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s: no articles/*.json there; name the folder of the gold records", dir)
	}
	var out []GoldArticle
	for _, f := range files {
		a, err := goldArticle(dir, filepath.Base(f))
		if err != nil {
			return nil, err
		}
		if a.Group, err = groupOf(string(a.Doc.ID)); err != nil {
			return nil, fmt.Errorf("%s: %w", f, err)
		}
		out = append(out, a)
	}
	return out, nil
}

func goldArticle(dir, name string) (a GoldArticle, err error) {
	var art struct {
		ID, Lang, Published, Title, Text, URL string
	}
	if err := readJSON(filepath.Join(dir, "articles", name), &art); err != nil {
		return a, err
	}
	type place struct {
		Text string
		Occ  int
	}
	type side struct {
		place
		Country string
	}
	var rec struct {
		Statements []struct {
			Cue              *place
			Content, Speaker place
		}
		Events2 []struct {
			Code           letopis.Code
			Source, Target []side
			Trigger        place
			Again          []place
		}
	}
	if err := readJSON(filepath.Join(dir, "records", name), &rec); err != nil {
		return a, err
	}
	a.Doc = letopis.Document{ID: letopis.ID(strings.TrimSuffix(name, ".json")), GivenID: art.ID, Lang: art.Lang, Title: art.Title, Text: art.Text, URL: art.URL}
	if art.Published != "" {
		a.Doc.Published = letopis.Published{Value: letopis.When(art.Published), Basis: letopis.BasisMetadata}
	}
	for _, e := range rec.Events2 {
		g := GoldEvent{Code: e.Code, Trigger: locate(art.Text, e.Trigger.Text, e.Trigger.Occ)}
		for _, w := range e.Source {
			g.Source = append(g.Source, w.Country)
			g.SourceWords = append(g.SourceWords, read.TaughtSide{Words: locate(art.Text, w.Text, w.Occ), Country: w.Country})
		}
		for _, w := range e.Target {
			g.Target = append(g.Target, w.Country)
			g.TargetWords = append(g.TargetWords, read.TaughtSide{Words: locate(art.Text, w.Text, w.Occ), Country: w.Country})
		}
		g.Source, g.Target = countries(g.Source), countries(g.Target)
		for _, w := range e.Again {
			g.Again = append(g.Again, locate(art.Text, w.Text, w.Occ))
		}
		a.Events = append(a.Events, g)
	}
	for _, s := range rec.Statements {
		g := GoldStatement{Content: locate(art.Text, s.Content.Text, s.Content.Occ), Speaker: locate(art.Text, s.Speaker.Text, s.Speaker.Occ)}
		if s.Cue != nil {
			g.Cue = s.Cue.Text
		}
		a.Statements = append(a.Statements, g)
	}
	return a, nil
}

// countries sorts countries, each once and none empty.
func countries(s []string) []string {
	return slices.Compact(slices.DeleteFunc(sorted(s), func(c string) bool { return c == "" }))
}

func sorted(s []string) []string {
	s = slices.Clone(s)
	slices.Sort(s)
	return s
}

// locate returns the code points of the occ-th occurrence of s in text, from 1; an
// empty span where there is none.
func locate(text, s string, occ int) letopis.Span {
	from := 0
	for range max(occ, 1) {
		i := strings.Index(text[from:], s)
		if i < 0 || s == "" {
			return letopis.Span{}
		}
		from += i + 1
	}
	start := len([]rune(text[:from-1]))
	return letopis.Span{Start: start, End: start + len([]rune(s))}
}

func readJSON(path string, v any) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, v); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}
