package train

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"unicode"

	"letopis"
	"letopis/internal/linear"
	"letopis/internal/read"
)

// Said is an annotated statement: where its word of saying stands, who speaks and what is
// said, in code points; Speaker is empty where the annotation names nobody.
type Said struct {
	Cue, Speaker, Content letopis.Span
}

// SaidArticle is an article with what is said in it.
type SaidArticle struct {
	Doc   letopis.Document
	Group string // articles of one group are left out together
	Said  []Said
}

// cueReach is how far a word of saying may stand from the words said, in code points: the
// annotation of gold/dev gives the cue's words without their place.
const cueReach = 160

// GoldSaid opens the statements of the annotated articles of a folder, as [Gold] does its
// events. Statements without a cue are left out.
func GoldSaid(dir string, groupOf func(id string) (string, error)) ([]SaidArticle, error) {
	articles, err := Gold(dir, groupOf)
	if err != nil {
		return nil, err
	}
	out := make([]SaidArticle, len(articles))
	for i, a := range articles {
		out[i] = SaidArticle{Doc: a.Doc, Group: a.Group}
		for _, s := range a.Statements {
			cue := nearest(a.Doc.Text, s.Cue, s.Content)
			if cue.End > cue.Start {
				out[i].Said = append(out[i].Said, Said{Cue: cue, Speaker: s.Speaker, Content: s.Content})
			}
		}
	}
	return out, nil
}

// nearest returns the occurrence of words in text that is nearest to a span, within
// cueReach; an empty span for none.
func nearest(text, words string, to letopis.Span) (best letopis.Span) {
	if words == "" {
		return best
	}
	least := cueReach
	for n := 1; ; n++ {
		s := locate(text, words, n)
		if s.End == s.Start {
			return best
		}
		if d := max(to.Start-s.End, s.Start-to.End, 0); d < least {
			best, least = s, d
		}
	}
}

// PolnearSaid opens a file of PolNeAR as ../shared/data/README.md describes it: a JSON
// object a line with text and attributions of source, cue and content.
func PolnearSaid(path string) ([]SaidArticle, error) {
	file, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var out []SaidArticle
	n := 0
	for line := range strings.Lines(string(file)) {
		n++
		var d struct {
			ID, Date, Title, Text string
			Attributions          []struct{ Source, Cue, Content [][2]int }
		}
		if err := json.Unmarshal([]byte(line), &d); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, n, err)
		}
		a := SaidArticle{Doc: letopis.Document{ID: letopis.ID(d.ID), Lang: "en", Title: d.Title, Text: d.Text}, Group: "polnear"}
		for _, x := range d.Attributions {
			if len(x.Source) == 0 || len(x.Content) == 0 {
				continue
			}
			for _, c := range x.Cue {
				a.Said = append(a.Said, Said{Cue: letopis.Span{Start: c[0], End: c[1]}, Speaker: hull(x.Source), Content: hull(x.Content)})
			}
		}
		out = append(out, a)
	}
	return out, nil
}

func hull(spans [][2]int) letopis.Span {
	s := letopis.Span{Start: spans[0][0], End: spans[0][1]}
	for _, x := range spans[1:] {
		s.Start, s.End = min(s.Start, x[0]), max(s.End, x[1])
	}
	return s
}

// SpeakerChoices are the questions of one article whose word of saying the annotation has
// as well, with its answers: who speaks.
func SpeakerChoices(ctx context.Context, r *read.Reader, a SaidArticle) ([]Choice, error) {
	doc := a.Doc
	cases, err := casesOf(ctx, r, &doc, read.AskSpeaker)
	if err != nil {
		return nil, err
	}
	var out []Choice
	for _, c := range cases {
		for _, s := range a.Said {
			if !overlap(c.At, s.Cue) {
				continue
			}
			x := Choice{Group: a.Group}
			for _, p := range c.Candidates {
				x.Candidates = append(x.Candidates, p.Features)
				x.Right = append(x.Right, overlap(p.Words, s.Speaker))
			}
			if len(x.Candidates) > 1 {
				out = append(out, x)
			}
			break
		}
	}
	return out, nil
}

// casesOf are the questions of one kind that the choosers would be asked in a document.
func casesOf(ctx context.Context, r *read.Reader, doc *letopis.Document, of read.Question) ([]read.Case, error) {
	all, err := r.Cases(ctx, doc)
	return slices.DeleteFunc(all, func(c read.Case) bool { return c.Question != of }), err
}

func overlap(a, b letopis.Span) bool { return a.Start < b.End && b.Start < a.End }

// StatementOptions are the parameters of [StatementChooser].
type StatementOptions struct {
	Linear LinearOptions
	Gold   float64 // weight of a case of the gold articles, where one of another set weighs 1
}

// DefaultStatementOptions were chosen by leaving out topics (one story each, all of GUM news as one) of gold/dev.
var DefaultStatementOptions = StatementOptions{Linear: LinearOptions{L2: 2, MinN: 8, Epochs: 20, Seed: 1}, Gold: 3}

// StatementChooser learns the chooser of speakers or that of ranges from the choices of the gold
// articles and of others.
func StatementChooser(gold, others []Choice, o StatementOptions) *linear.Model {
	all := make([]Choice, 0, len(gold)+len(others))
	all = append(all, others...)
	for _, c := range gold {
		c.Weight = o.Gold
		all = append(all, c)
	}
	return Linear(all, o.Linear)
}

// AdaqSaid opens a file of sentences of the ADAQ sets as ../shared/data/README.md describes
// them: a JSON object a line with text and spans of source, cue and content, which do not say
// which of them belong together. Of one sentence with several cues each takes the nearest
// content. Sentences without a cue or without content are left out.
func AdaqSaid(path string) ([]SaidArticle, error) {
	file, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var out []SaidArticle
	n := 0
	for line := range strings.Lines(string(file)) {
		n++
		var d struct {
			ID, Lang, Text string
			Spans          []struct {
				Role       string
				Start, End int
			}
		}
		if err := json.Unmarshal([]byte(line), &d); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, n, err)
		}
		a := SaidArticle{Doc: letopis.Document{ID: letopis.ID(d.ID), Lang: d.Lang, Text: d.Text}, Group: "adaq"}
		for _, c := range d.Spans {
			if c.Role != "cue" {
				continue
			}
			said := Said{Cue: letopis.Span{Start: c.Start, End: c.End}}
			least := 1 << 30
			for _, x := range d.Spans {
				if gap := max(x.Start-c.End, c.Start-x.End, 0); x.Role == "content" && gap < least {
					least, said.Content = gap, letopis.Span{Start: x.Start, End: x.End}
				}
			}
			if said.Content.End > said.Content.Start {
				a.Said = append(a.Said, said)
			}
		}
		if len(a.Said) > 0 {
			out = append(out, a)
		}
	}
	return out, nil
}

// SpanChoices are the ranges that the reader would choose from in one article, for each word of
// saying that the annotation has as well, with its answers: the range that shares most with
// the annotated one, edges of marks aside. Cases in which none shares half are left out.
func SpanChoices(ctx context.Context, r *read.Reader, a SaidArticle) ([]Choice, error) {
	doc := a.Doc
	cases, err := casesOf(ctx, r, &doc, read.AskRange)
	if err != nil {
		return nil, err
	}
	text := []rune(doc.Text)
	var out []Choice
	for _, c := range cases {
		for _, s := range a.Said {
			if !overlap(c.At, s.Cue) {
				continue
			}
			want, best := bare(text, s.Content), 0.5
			x := Choice{Group: a.Group}
			var shares []float64
			for _, p := range c.Candidates {
				share := sharedPart(bare(text, p.Words), want)
				best = max(best, share)
				shares = append(shares, share)
				x.Candidates = append(x.Candidates, p.Features)
			}
			for _, share := range shares {
				x.Right = append(x.Right, share == best)
			}
			if slices.Contains(x.Right, true) {
				out = append(out, x)
			}
			break
		}
	}
	return out, nil
}

// bare is a span without the marks and spaces at its edges.
func bare(text []rune, s letopis.Span) letopis.Span {
	word := func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }
	for s.Start < s.End && s.Start < len(text) && !word(text[s.Start]) {
		s.Start++
	}
	for s.End > s.Start && s.End <= len(text) && !word(text[s.End-1]) {
		s.End--
	}
	return s
}

// sharedPart is the intersection of two spans over their union.
func sharedPart(a, b letopis.Span) float64 {
	in := min(a.End, b.End) - max(a.Start, b.Start)
	if in <= 0 {
		return 0
	}
	return float64(in) / float64(max(a.End, b.End)-min(a.Start, b.Start))
}
