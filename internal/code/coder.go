package code

import (
	"context"
	"fmt"
	"io/fs"
	"iter"
	"strconv"
	"strings"

	"letopis"
	"letopis/internal/pairs"
	"letopis/internal/petrarch"
	"letopis/internal/pipe"
	"letopis/internal/read"
	"letopis/internal/ud"
)

// Options say how a [Coder] codes.
type Options struct {
	Lang    string // language of all sentences, a code in lower case; "" for as they say or read
	Lexicon bool   // leave the learnt models out
	// Notice is told of lines of the shipped dictionaries that were not understood; nil for nobody.
	Notice func(string)
}

// Coder codes sentences. It is safe for concurrent use.
type Coder struct {
	reader   *read.Reader
	lang     string // of all sentences; "" for as they say
	choosers map[string]*pairs.Chooser
	own      *petrarch.Dictionary // instead of our lexicon; nil for ours
	cameo    *cameo
}

// Open opens a coder on a reader and the data folder that the reader was opened on: the
// dictionaries of CAMEO, the knowledge base and the models of pairs.
func Open(data fs.FS, r *read.Reader, o Options) (*Coder, error) {
	if o.Lang != "" {
		if _, err := r.Packs().Pack(o.Lang); err != nil {
			return nil, err
		}
	}
	if o.Notice == nil {
		o.Notice = func(string) {}
	}
	c := &Coder{reader: r, lang: o.Lang, choosers: map[string]*pairs.Chooser{}}
	var err error
	if c.cameo, err = openCameo(data, r.Packs().Langs(), o.Notice); err != nil || o.Lexicon {
		return c, err
	}
	for _, l := range r.Packs().Langs() {
		if c.choosers[l], err = pairs.OpenChooser(data, l); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// By returns a coder that codes by a group's own dictionaries instead.
func (c *Coder) By(d *petrarch.Dictionary) *Coder {
	own := *c
	own.own = d
	return &own
}

// All codes sentences on all processors; what is said of them comes in their order, an
// error of one in its place.
func (c *Coder) All(ctx context.Context, in iter.Seq2[*Sentence, error]) iter.Seq2[*Result, error] {
	return pipe.InOrder(ctx, in, func(s *Sentence) string { return s.ID }, c.Code)
}

// Result is what a sentence says.
type Result struct {
	ID string `json:"id"`
	// Root, Quad and Binary are of the marked pair: PLOVER category, class 1 to 4, and 1
	// where the source acts on the target; empty where no actors are marked. By is what
	// decided, model or lexicon, Lead by how much in the units of the model, and Why by
	// which features, the weightiest first.
	Root   string   `json:"root,omitempty"`
	Quad   string   `json:"quad,omitempty"`
	Binary string   `json:"binary,omitempty"`
	By     string   `json:"by,omitempty"`
	Lead   int      `json:"lead,omitempty"`
	Why    []string `json:"why,omitempty"`
	Events []Event  `json:"events"`
	// CAMEO is the sentence in the terms of PETRARCH, dyad by dyad, where the language has a dictionary of CAMEO.
	CAMEO []petrarch.Event `json:"cameo,omitempty"`

	marked bool
	date   string           // as the sentence has it
	own    []petrarch.Event // by a group's own dictionaries
	// dictionary says that own is what there is; hasCAMEO that CAMEO is, for petrarch output.
	dictionary, hasCAMEO bool
}

// Event is an event of a sentence in the terms of PLOVER, with names in place of ids.
type Event struct {
	Code          letopis.Code     `json:"code"`
	Mode          string           `json:"mode,omitempty"`
	Quad          int              `json:"quad"`
	CAMEO         string           `json:"cameo"`
	Source        []string         `json:"source"`
	Target        []string         `json:"target"`
	SourceCountry []string         `json:"source_country"`
	TargetCountry []string         `json:"target_country"`
	Trigger       string           `json:"trigger"`
	Modality      letopis.Modality `json:"modality"`
	Confidence    float64          `json:"confidence"`
	Rule          string           `json:"rule"`
}

// yield is what the PLV set calls CONCEDE and RETREAT together.
const yield = "YIELD"

// Code codes one sentence.
func (c *Coder) Code(ctx context.Context, s *Sentence) (*Result, error) {
	doc := c.document(s)
	a, err := c.analysis(ctx, s, doc.Lang)
	if err != nil {
		return nil, err
	}
	day := strings.ReplaceAll(string(doc.Published.Value), "-", "")
	if c.own != nil {
		own := c.own.Code(a, petrarch.Options{Grammar: c.cameo.words[a.Lang], Day: day})
		return &Result{ID: s.ID, date: s.Date, dictionary: true, own: own}, nil
	}
	rec, err := c.reader.ReadAnalysis(ctx, doc, a)
	if err != nil {
		return nil, err
	}
	out := &Result{ID: s.ID, Events: eventsOf(rec), marked: s.Marked, date: s.Date}
	out.CAMEO = c.cameo.code(a, s.Text, day, rec)
	out.hasCAMEO = c.cameo.langs[a.Lang] != nil
	if s.Marked {
		return out, c.pair(out, s, a)
	}
	return out, nil
}

// document makes an article of a sentence, in the language of the coder, else of the
// sentence, else in the one that its words show.
func (c *Coder) document(s *Sentence) *letopis.Document {
	doc := &letopis.Document{GivenID: s.ID, Lang: strings.ToLower(s.Lang), Text: s.Text}
	if c.lang != "" {
		doc.Lang = c.lang
	}
	if doc.Lang == "" {
		doc.Lang = c.reader.Packs().IdentifyRead(s.Text)
	}
	doc.ID = letopis.NewID(doc.Text, doc.URL)
	if when, ok := day(s.Date); ok {
		doc.Published = letopis.Published{Value: when, Basis: letopis.BasisGiven}
	}
	return doc
}

// analysis returns the analysis of a sentence, its own where it came with one.
func (c *Coder) analysis(ctx context.Context, s *Sentence, lang string) (*ud.Analysis, error) {
	pack, err := c.reader.Packs().Pack(lang)
	if err != nil {
		return nil, fmt.Errorf("sentence %s: %w; name the language with --lang", s.ID, err)
	}
	a := s.Analysis
	if a == nil {
		if a, err = pack.Analyze(ctx, s.Text); err != nil {
			return nil, fmt.Errorf("sentence %s: %w", s.ID, err)
		}
	}
	a.Lang = lang
	return a, nil
}

// pair decides what the marked source does to the marked target.
func (c *Coder) pair(out *Result, s *Sentence, a *ud.Analysis) error {
	marked := pairs.NewPair(a, pairs.ByteSpans(s.Text, s.Source), pairs.ByteSpans(s.Text, s.Target))
	var err error
	if marked.Cues, err = c.reader.Cues(s.Text, a); err != nil {
		return fmt.Errorf("sentence %s: %w", s.ID, err)
	}
	root, acts := pairs.Frames(&marked)
	out.Root, out.By, out.Binary = root, "lexicon", "0"
	if acts {
		out.Binary = "1"
	}
	if chooser := c.choosers[a.Lang]; chooser != nil {
		d := chooser.Decide(&marked)
		lexicon := out.Root
		out.Root, out.By, out.Binary, out.Lead = d.Root.Label, "model", d.Acts.Label, d.Root.Lead
		if out.Root == yield {
			// The model does not tell them apart; the lexicon may.
			out.Root = string(letopis.Concede)
			if lexicon == string(letopis.Retreat) {
				out.Root = lexicon
			}
		}
		for _, r := range d.Root.Why {
			out.Why = append(out.Why, r.Feature.String())
		}
	}
	if q := letopis.Code(out.Root).Quad(); q != 0 {
		out.Quad = strconv.Itoa(int(q))
	}
	return nil
}

// day reads a date as event data has it, 2008-08-06 or 20080806.
func day(s string) (letopis.When, bool) {
	if len(s) == 8 && strings.Trim(s, "0123456789") == "" {
		s = s[:4] + "-" + s[4:6] + "-" + s[6:]
	}
	when, err := letopis.ParseWhen(s)
	return when, err == nil && when != ""
}

// eventsOf returns the events of a record with the names of their parties.
func eventsOf(rec *letopis.Record) []Event {
	name := map[string]string{}
	for _, x := range rec.Entities {
		name[x.ID] = x.Name
	}
	names := func(ids []string) []string {
		out := []string{}
		for _, id := range ids {
			out = append(out, name[id])
		}
		return out
	}
	out := []Event{}
	for _, v := range rec.Events {
		out = append(out, Event{Code: v.Code, Mode: v.Mode, Quad: int(v.Code.Quad()), CAMEO: v.CAMEO, Source: names(v.Source), Target: names(v.Target),
			SourceCountry: v.SourceCountry, TargetCountry: v.TargetCountry, Trigger: v.Trigger.Text, Modality: v.Modality, Confidence: v.Confidence, Rule: v.Rule})
	}
	return out
}
