package train

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"letopis"
	"letopis/internal/linear"
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

// eventCase is the question whether a proposal is an event, with the sides that it may have.
type eventCase struct {
	read.Case
	sides []read.Candidate
}

// EventChoices are the questions of one article with the gold's answers: whether
// to keep each proposal of the rules, and which sides it has.
func EventChoices(ctx context.Context, r *read.Reader, a GoldArticle) (keep, sides []Choice, err error) {
	doc := a.Doc
	all, err := r.Cases(ctx, &doc)
	if err != nil {
		return nil, nil, err
	}
	var cases []eventCase
	for i := range all {
		if all[i].Question == read.AskSides { // it stands right after the question whether it is an event
			cases = append(cases, eventCase{all[i-1], all[i].Candidates})
		}
	}
	match := alignEvents(cases, a.Events)
	for i, c := range cases {
		k := Choice{Candidates: [][]string{c.Candidates[0].Features}, Right: []bool{match[i] >= 0}, Group: a.Group}
		keep = append(keep, k)
		if match[i] < 0 {
			continue
		}
		g := a.Events[match[i]]
		s := Choice{Group: a.Group}
		for _, p := range c.sides {
			s.Candidates = append(s.Candidates, p.Features)
			s.Right = append(s.Right, slices.Equal(countries(p.Source), g.Source) && slices.Equal(countries(p.Target), g.Target))
		}
		sides = append(sides, s)
	}
	return keep, sides, nil
}

// alignEvents gives each proposal the gold event that it is, or -1: the same code
// and trigger, else the same code in the same sentence, else the same code and sides
// anywhere, one to one.
func alignEvents(cases []eventCase, gold []GoldEvent) []int {
	out := make([]int, len(cases))
	used := make([]bool, len(gold))
	for i := range out {
		out[i] = -1
	}
	for _, fits := range []func(c *eventCase, g *GoldEvent) bool{
		func(c *eventCase, g *GoldEvent) bool {
			return overlap(c.At, g.Trigger)
		},
		func(c *eventCase, g *GoldEvent) bool {
			return slices.ContainsFunc(g.Again, func(s letopis.Span) bool { return overlap(c.At, s) })
		},
		func(c *eventCase, g *GoldEvent) bool {
			return c.Sentence.Start <= g.Trigger.Start && g.Trigger.Start < c.Sentence.End
		},
		func(c *eventCase, g *GoldEvent) bool {
			return slices.ContainsFunc(c.sides[:1], func(p read.Candidate) bool {
				return slices.Equal(countries(p.Source), g.Source) && slices.Equal(countries(p.Target), g.Target)
			})
		},
	} {
		for i := range cases {
			for j := range gold {
				if out[i] < 0 && !used[j] && cases[i].Code == gold[j].Code && fits(&cases[i], &gold[j]) {
					out[i], used[j] = j, true
				}
			}
		}
	}
	return out
}

// EventChooser learns the chooser of events.
func EventChooser(keep, sides []Choice, o EventOptions) *linear.Model {
	all := map[string]int32{}
	for f, w := range Linear(keep, o.Keep).Weights() {
		all[f] = w
	}
	all["k.bias"] += o.Bias
	for f, w := range Linear(sides, o.Sides).Weights() {
		all[f] = w
	}
	return linear.New(all)
}

// EventOptions are the parameters of [EventChooser]; Bias is added to the score of
// every proposal, in 1/linear.Scale, so that more or fewer are kept.
type EventOptions struct {
	Keep, Sides LinearOptions
	Bias        int32
}

// DefaultEventOptions were chosen by leaving out topics (one story each, all of GUM news as one) of gold/dev.
var DefaultEventOptions = EventOptions{Keep: LinearOptions{L2: 6, Seed: 1}, Sides: LinearOptions{L2: 6, Seed: 1}, Bias: 86}
