package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"letopis"
	"letopis/internal/locale"
	"letopis/internal/pairs"
	"letopis/internal/petrarch"
	"letopis/internal/read"
	"letopis/internal/sentence"
	"letopis/internal/ud"
)

// codeFlags are the flags of letopis code.
type codeFlags struct {
	format, output, lang, dictionary string
	lexicon                          bool
}

// codeCommand codes sentences one by one.
func codeCommand(e *env) *cobra.Command {
	var f codeFlags
	c := &cobra.Command{
		Use:   "code [FILE|-]...",
		Short: "Code single sentences: who did what to whom",
		Long: `Code sentences one by one, as event data programs do: each is read alone, and every event
in it is written with its PLOVER and CAMEO codes, actors and countries.

Forms of input (--format):
  jsonl     an object a line: text, and id, lang, date; marked_sentence, or source and
            target, where two actors are given
  plv       a tab-separated table with the columns uid, sentence, marked_sentence, source,
            target; in marked_sentence <s>…</s> and <t>…</t> stand around the actors
  petrarch  XML of PETRARCH: Sentence elements with the attributes id and date and a Text
  conllu    CoNLL-U; the trees of the file are used

Forms of output (--output; by default the one of the input):
  jsonl     an object a sentence, with the words and features that decided; cameo has the
            dyads of petrarch
  plv       a table: uid, root, quad (1 verbal, 2 material cooperation, 3 verbal, 4 material
            conflict), binary (1 where the source acts on the target, 0 where not). YIELD
            stands for CONCEDE and RETREAT and is of quad class 2, as in that set
  petrarch  a line a dyad: date, source, target, CAMEO code, issues, sentence; no header. By
            a dictionary of CAMEO where the language has one (en), else from the events

Where two actors are given, a model learnt from such sentences decides the category and
whether the first acts on the second; --lexicon leaves it out, and languages without
a model (bg, ru) go by the lexicon alone.

--dictionary codes with a group's own dictionaries of TABARI, PETRARCH or PETRARCH-2: the
files *.txt of a folder with verb, actor, agent or discard in their names. Codes are
those of the dictionaries. Standard error says how many entries were read, and every
line that was not understood.`,
		Example: `  letopis code sentences.jsonl
  letopis code --format plv pairs.tsv > coded.tsv
  echo '{"text": "Chile thanked Peru.", "lang": "en"}' | letopis code
  echo '{"marked_sentence": "<s>Chile</s> has refused to meet <t>Peru</t>."}' | letopis code | jq .why
  letopis code --format petrarch --output jsonl stories.xml
  letopis code --dictionary dictionaries/ --output petrarch sentences.jsonl`,
		RunE: func(c *cobra.Command, paths []string) error {
			if len(paths) == 0 {
				paths = []string{"-"}
			}
			return e.code(c.Context(), paths, f)
		},
	}
	c.Flags().StringVar(&f.format, "format", string(sentence.JSONLines), "what the files are: jsonl, plv, petrarch or conllu")
	c.Flags().StringVar(&f.output, "output", "", "what to write: jsonl, plv or petrarch (default: as the input; jsonl for conllu)")
	c.Flags().StringVar(&f.lang, "lang", "", "language of the sentences (bg, en, ru; default: as they say or read)")
	c.Flags().StringVar(&f.dictionary, "dictionary", "", "code with the PETRARCH dictionaries of this folder instead")
	c.Flags().BoolVar(&f.lexicon, "lexicon", false, "go by the lexicon alone, without the learnt model")
	localize(e, c, "code")
	return c
}

// coder codes sentences. It is safe for concurrent use.
type coder struct {
	reader   *read.Reader
	lang     string // of all sentences; "" for as they say
	choosers map[string]*pairs.Chooser
	own      *petrarch.Dictionary // instead of our lexicon; nil for ours
	cameo    *cameoCoder
}

// newCoder opens a coder; lexicon leaves the learnt models out.
func (e *env) newCoder(lang string, lexicon bool) (*coder, error) {
	r, err := e.openReader()
	if err != nil {
		return nil, err
	}
	if lang != "" {
		if _, err := r.Packs().Pack(lang); err != nil {
			return nil, err
		}
	}
	c := &coder{reader: r, lang: lang, choosers: map[string]*pairs.Chooser{}}
	if c.cameo, err = e.newCameo(r.Packs().Langs()); err != nil || lexicon {
		return c, err
	}
	for _, l := range r.Packs().Langs() {
		if c.choosers[l], err = pairs.OpenChooser(e.data, l); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// coded is what is written of a sentence.
type coded struct {
	ID     string       `json:"id"`
	Root   string       `json:"root,omitempty"` // of the marked pair
	Quad   string       `json:"quad,omitempty"`
	Binary string       `json:"binary,omitempty"`
	By     string       `json:"by,omitempty"` // model or lexicon
	Lead   int          `json:"lead,omitempty"`
	Why    []string     `json:"why,omitempty"`
	Events []codedEvent `json:"events"`
	// CAMEO is the sentence in the terms of PETRARCH, dyad by dyad, where the language has a dictionary of CAMEO.
	CAMEO []petrarch.Event `json:"cameo,omitempty"`

	marked bool
	date   string
	own    []petrarch.Event // by a group's own dictionaries
	// dictionary says that own is what there is; hasCAMEO that CAMEO is, for petrarch output.
	dictionary, hasCAMEO bool
}

// codedEvent is an event of a sentence.
type codedEvent struct {
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

// code codes one sentence.
func (c *coder) code(ctx context.Context, it *sentence.Item) (*coded, error) {
	doc := &letopis.Document{GivenID: it.ID, Lang: strings.ToLower(it.Lang), Text: it.Text}
	if c.lang != "" {
		doc.Lang = c.lang
	}
	if doc.Lang == "" {
		doc.Lang = c.reader.Packs().IdentifyRead(it.Text)
	}
	doc.ID = letopis.NewID(doc.Text, doc.URL)
	if when, ok := day(it.Date); ok {
		doc.Published = letopis.Published{Value: when, Basis: letopis.BasisGiven}
	}
	pack, err := c.reader.Packs().Pack(doc.Lang)
	if err != nil {
		return nil, fmt.Errorf("sentence %s: %w; name the language with --lang", it.ID, err)
	}
	a := it.Analysis
	if a == nil {
		if a, err = pack.Analyze(ctx, it.Text); err != nil {
			return nil, fmt.Errorf("sentence %s: %w", it.ID, err)
		}
	}
	a.Lang = doc.Lang
	if c.own != nil {
		date, _ := day(it.Date)
		out := &coded{ID: it.ID, date: it.Date, dictionary: true, own: c.own.Code(a, petrarch.Options{Grammar: c.cameo.words[a.Lang], Day: strings.ReplaceAll(string(date), "-", "")})}
		return out, nil
	}
	rec, err := c.reader.ReadAnalysis(ctx, doc, a)
	if err != nil {
		return nil, err
	}
	out := &coded{ID: it.ID, Events: eventsOf(rec), marked: it.Marked, date: it.Date}
	date, _ := day(it.Date)
	out.CAMEO = c.cameo.code(a, it.Text, strings.ReplaceAll(string(date), "-", ""), rec)
	out.hasCAMEO = c.cameo.langs[a.Lang] != nil
	if it.Marked {
		return out, c.pair(out, it, a)
	}
	return out, nil
}

// pair decides what the marked source does to the marked target.
func (c *coder) pair(out *coded, it *sentence.Item, a *ud.Analysis) error {
	marked := pairs.NewPair(a, pairs.ByteSpans(it.Text, it.Source), pairs.ByteSpans(it.Text, it.Target))
	var err error
	if marked.Cues, err = c.reader.Cues(it.Text, a); err != nil {
		return fmt.Errorf("sentence %s: %w", it.ID, err)
	}
	root, acts := pairs.Frames(&marked)
	out.Root, out.By, out.Binary = root, "lexicon", strconv.Itoa(bit(acts))
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

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// day reads a date as event data has it, 2008-08-06 or 20080806.
func day(s string) (letopis.When, bool) {
	if len(s) == 8 && strings.Trim(s, "0123456789") == "" {
		s = s[:4] + "-" + s[4:6] + "-" + s[6:]
	}
	when, err := letopis.ParseWhen(s)
	return when, err == nil && when != ""
}

func eventsOf(rec *letopis.Record) []codedEvent {
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
	out := []codedEvent{}
	for _, v := range rec.Events {
		out = append(out, codedEvent{Code: v.Code, Mode: v.Mode, Quad: int(v.Code.Quad()), CAMEO: v.CAMEO, Source: names(v.Source), Target: names(v.Target),
			SourceCountry: v.SourceCountry, TargetCountry: v.TargetCountry, Trigger: v.Trigger.Text, Modality: v.Modality, Confidence: v.Confidence, Rule: v.Rule})
	}
	return out
}

// codeWriters write sentences in the forms of output; head comes first.
var codeWriters = map[string]struct {
	head  string
	write func(io.Writer, *coded) error
}{
	"jsonl":    {"", writeCodedJSON},
	"plv":      {"uid\troot\tquad\tbinary\n", writeCodedTable},
	"petrarch": {"", writeCodedPetrarch},
}

func writeCodedJSON(w io.Writer, c *coded) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	if c.dictionary {
		return enc.Encode(struct {
			ID     string           `json:"id"`
			Events []petrarch.Event `json:"events"`
		}{c.ID, append([]petrarch.Event{}, c.own...)})
	}
	return enc.Encode(c)
}

// writeCodedTable writes a row in the terms of the PLV set. A sentence without marked
// actors has the first event's code.
func writeCodedTable(w io.Writer, c *coded) error {
	root, quad := c.Root, c.Quad
	if !c.marked && len(c.Events) > 0 {
		root, quad = string(c.Events[0].Code), strconv.Itoa(c.Events[0].Quad)
	}
	if root == string(letopis.Concede) || root == string(letopis.Retreat) {
		root, quad = yield, "2"
	}
	_, err := fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", tsvCell(c.ID), root, quad, c.Binary)
	return err
}

// tsvCell keeps a value in its cell.
func tsvCell(s string) string { return strings.NewReplacer("\t", " ", "\n", " ", "\r", " ").Replace(s) }

// writeCodedPetrarch writes a line for each pair of countries of each event that happened,
// as PETRARCH does.
func writeCodedPetrarch(w io.Writer, c *coded) error {
	date := strings.ReplaceAll(c.date, "-", "")
	if c.hasCAMEO {
		c.own, c.Events = c.CAMEO, nil
	}
	for _, v := range c.own {
		if _, err := fmt.Fprintf(w, "%s\t%s\t%s\t%s\t\t%s\n", tsvCell(date), v.Source, v.Target, v.Code, tsvCell(c.ID)); err != nil {
			return err
		}
	}
	for _, v := range c.Events {
		if v.Modality == letopis.Negated {
			continue
		}
		for _, s := range orNone(v.SourceCountry) {
			for _, t := range orNone(v.TargetCountry) {
				if _, err := fmt.Fprintf(w, "%s\t%s\t%s\t%s\t\t%s\n", tsvCell(date), s, t, v.CAMEO, tsvCell(c.ID)); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// orNone returns the codes, or PETRARCH's sign for none.
func orNone(codes []string) []string {
	if len(codes) == 0 {
		return []string{"---"}
	}
	return codes
}

// code codes the sentences of paths.
func (e *env) code(ctx context.Context, paths []string, f codeFlags) error {
	format := sentence.Format(f.format)
	if !slices.Contains(sentence.Formats(), format) {
		return &letopis.Error{Op: "--format", Kind: letopis.Unsupported, Err: fmt.Errorf("there is no format %q; choose jsonl, plv, petrarch or conllu", f.format)}
	}
	if f.output == "" {
		f.output = f.format
		if format == sentence.Conllu {
			f.output = string(sentence.JSONLines)
		}
	}
	out, ok := codeWriters[f.output]
	if !ok {
		return &letopis.Error{Op: "--output", Kind: letopis.Unsupported, Err: fmt.Errorf("there is no output %q; choose jsonl, plv or petrarch", f.output)}
	}
	c, err := e.newCoder(strings.ToLower(f.lang), f.lexicon)
	if err != nil {
		return err
	}
	if f.dictionary != "" {
		if f.output == string(sentence.PLV) {
			return &letopis.Error{Op: "--output", Kind: letopis.Unsupported, Err: errors.New("plv is a table of PLOVER categories, which the codes of a dictionary are not; choose jsonl or petrarch")}
		}
		if c.own, err = e.dictionary(f.dictionary); err != nil {
			return err
		}
	}
	w := bufio.NewWriter(e.stdout)
	if _, err := w.WriteString(out.head); err != nil {
		return err
	}
	var bad failures
	good := 0
	for x, err := range codeAll(ctx, e.sentences(paths, format), c.code) {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			bad.add(err)
			continue
		}
		if err := out.write(w, x); err != nil {
			return err
		}
		good++
	}
	return errors.Join(w.Flush(), bad.report(e, good))
}

// dictionary opens a group's own dictionaries and tells what was not understood.
func (e *env) dictionary(dir string) (*petrarch.Dictionary, error) {
	if _, err := os.Stat(dir); err != nil {
		return nil, &letopis.Error{Op: "--dictionary", Kind: letopis.NotFound, Err: err}
	}
	d, r, err := petrarch.Open(os.DirFS(dir))
	if err != nil {
		return nil, err
	}
	loc, err := locale.Of(e.ui)
	if err != nil {
		return nil, err
	}
	e.notice(fmt.Sprintf(loc.T("code.dictionary"), r.Actors, r.Agents, r.Verbs, r.Patterns, r.Synsets, r.Discards, len(r.Problems)+r.More))
	for _, p := range r.Problems {
		e.notice(p.String())
	}
	return d, nil
}

// sentences reads the sentences of files; "-" is standard input.
func (e *env) sentences(paths []string, f sentence.Format) iter.Seq2[*sentence.Item, error] {
	return func(yield func(*sentence.Item, error) bool) {
		for _, p := range paths {
			in := e.stdin
			if p != "-" {
				file, err := os.Open(p)
				if err != nil {
					if !yield(nil, &letopis.Error{Op: "code", Kind: letopis.NotFound, Err: err}) {
						return
					}
					continue
				}
				defer file.Close() // only read
				in = file
			}
			for it, err := range sentence.Read(in, f) {
				if err != nil {
					err = fmt.Errorf("%s: %w", p, err)
				}
				if !yield(it, err) {
					return
				}
			}
		}
	}
}

// codeAll does work on every sentence on all processors, in order.
func codeAll[T any](ctx context.Context, items iter.Seq2[*sentence.Item, error], work func(context.Context, *sentence.Item) (T, error)) iter.Seq2[T, error] {
	var of sync.Map // of *letopis.Document, which is what inOrder hands on
	docs := func(yield func(*letopis.Document, error) bool) {
		for it, err := range items {
			if err != nil {
				if !yield(nil, err) {
					return
				}
				continue
			}
			doc := &letopis.Document{GivenID: it.ID}
			of.Store(doc, it)
			if !yield(doc, nil) {
				return
			}
		}
	}
	return inOrder(ctx, docs, func(ctx context.Context, doc *letopis.Document) (T, error) {
		it, _ := of.LoadAndDelete(doc)
		return work(ctx, it.(*sentence.Item))
	})
}
