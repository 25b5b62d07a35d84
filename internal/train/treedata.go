package train

import (
	"errors"
	"io"
	"slices"
	"strings"
	"sync"

	"letopis/internal/model"
	"letopis/internal/nlp"
	"letopis/internal/ud"
)

const folds = 4

// sisterEvery is in one of how many epochs a tree of a sister language is learnt from.
const sisterEvery = 2

// Models are the trained files of a language and what they score on its
// held-out part: tags and lemmas on given tokens, trees on predicted tags.
type Models struct {
	Tagger, Parser []byte
	// TaggerParameters and ParserParameters are what the cards say of the training.
	TaggerParameters, ParserParameters map[string]any

	Tags  TagScore
	Trees TreeScore
}

// Build trains the tagger and the parser of a language, with the dictionary of forms
// that its folder in packs has. The parser learns from
// tags as the tagger gives them to text it has not seen: each quarter of the
// trees is tagged by a tagger trained without it.
func Build(dir, packs, lang string, log io.Writer) (*Models, error) {
	d, err := Data(dir, lang)
	if err != nil {
		return nil, err
	}
	if d.Forms, err = openForms(packs, lang); err != nil {
		return nil, err
	}
	opts := TaggerOptions{Epochs: 6, Seed: 1, Closed: 6, Margin: 10, Log2: 18, Dict: d.Forms}
	if d.Forms != nil {
		opts.Log2 = 17 // the dictionary takes the room
	}
	part := TreePart{Gold: d.Trees, Tagged: make([]Sentence, len(d.Trees)), Every: 1}
	m := &Models{
		TaggerParameters: map[string]any{"seed": opts.Seed, "epochs": opts.Epochs, "closed": opts.Closed, "margin": opts.Margin, "log2": opts.Log2},
		ParserParameters: map[string]any{"seed": d.Parser.Seed, "epochs": d.Parser.Epochs, "explore": d.Parser.Explore, "margin": d.Parser.Margin,
			"beam": d.Parser.Beam, "greedy": d.Parser.Greedy, "actlog": d.Parser.ActLog, "lablog": d.Parser.LabLog, "folds": folds},
	}
	var full *nlp.Tagger
	errs := make([]error, folds+1)
	slots := make(chan struct{}, 2)
	var wg sync.WaitGroup
	for f := range folds + 1 {
		wg.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			if f == folds {
				full, m.Tagger, errs[f] = trainTagger(d.Tagged, d, opts)
				return
			}
			short := opts
			short.Epochs = 4
			errs[f] = tagFold(d, part, f, short)
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	m.Tags = EvaluateTagger(full, d.Test)
	parts := []TreePart{part}
	for _, s := range d.Silver {
		parts = append(parts, tagPart(full, s))
	}
	for _, s := range d.Sisters {
		parts = append(parts, TreePart{Gold: s, Tagged: s, Every: sisterEvery})
	}
	po := d.Parser
	po.Log = log
	m.Parser, err = Parser(parts, po)
	if err != nil {
		return nil, err
	}
	f, err := model.Open(m.Parser)
	if err != nil {
		return nil, err
	}
	p, err := nlp.OpenParser(f)
	if err != nil {
		return nil, err
	}
	m.Trees = EvaluateParser(p, tagPart(full, d.Test))
	return m, nil
}

// tagFold tags the trees of one fold with a tagger trained on all else.
func tagFold(d *Sets, part TreePart, f int, o TaggerOptions) error {
	learn := slices.Clone(d.Tagged[len(d.Trees):]) // Tagged begins with Trees
	for i, s := range d.Trees {
		if i%folds != f {
			learn = append(learn, s)
		}
	}
	t, _, err := trainTagger(learn, d, o)
	if err != nil {
		return err
	}
	for i := f; i < len(d.Trees); i += folds {
		part.Tagged[i] = tagSentence(t, d.Trees[i])
	}
	return nil
}

func tagPart(t *nlp.Tagger, gold []Sentence) TreePart {
	p := TreePart{Gold: gold, Every: 1}
	for _, s := range gold {
		p.Tagged = append(p.Tagged, tagSentence(t, s))
	}
	return p
}

func tagSentence(t *nlp.Tagger, s Sentence) Sentence {
	words := make([]ud.Word, len(s)+1)
	for i := range s {
		words[i+1].Form = s[i].Form
	}
	t.TagWords(words)
	return words[1:]
}

func trainTagger(sents []Sentence, d *Sets, o TaggerOptions) (*nlp.Tagger, []byte, error) {
	b, err := Tagger(sents, d.Lemmas, d.Lexicon, o)
	if err != nil {
		return nil, nil, err
	}
	f, err := model.Open(b)
	if err != nil {
		return nil, nil, err
	}
	t, err := nlp.OpenTagger(f, o.Dict)
	return t, b, err
}

// TreeScore counts the words of an evaluation, those with the right head, and
// those with the right relation (without its subtype) too.
type TreeScore struct{ Words, Heads, Arcs int }

// UAS and LAS are in per cent.
func (s TreeScore) UAS() float64 { return 100 * float64(s.Heads) / float64(max(s.Words, 1)) }

// LAS is the labelled attachment score.
func (s TreeScore) LAS() float64 { return 100 * float64(s.Arcs) / float64(max(s.Words, 1)) }

// EvaluateParser parses the tagged words of p and compares with its trees.
func EvaluateParser(parser *nlp.Parser, p TreePart) TreeScore {
	var s TreeScore
	for i, g := range p.Gold {
		words := append([]ud.Word{{Token: -1}}, p.Tagged[i]...)
		parser.ParseWords(words)
		for k := range g {
			s.Words++
			if words[k+1].Head == g[k].Head {
				s.Heads++
				if universal(words[k+1].Deprel) == universal(g[k].Deprel) {
					s.Arcs++
				}
			}
		}
	}
	return s
}

func universal(d ud.Deprel) string {
	u, _, _ := strings.Cut(string(d), ":")
	return u
}
