package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"letopis"
	"letopis/internal/locale"
	"letopis/internal/read"
	"letopis/internal/tell"
)

// explainFlags are the flags of letopis explain.
type explainFlags struct {
	inputFlags
	sentence string
	words    bool
	format   string
}

func explainCommand(e *env) *cobra.Command {
	var f explainFlags
	c := &cobra.Command{
		Use:   "explain [FILE|FOLDER|-]...",
		Short: "Tell how each finding of an article came about, and why others did not",
		Long: `Read articles as 'letopis read' does and go through them sentence by sentence: what
each statement, event and date rests on (rule, words, actors, time, confidence), and what
was left out and why. Nothing is kept.

--sentence takes one sentence, by its number or by words that stand in it, and shows its
words as well: lemma, part of speech, place in the tree, and what the lexicons see in
each. --words shows them for every sentence. With --format json there is an object an
article: the record and its sentences with words and notes.`,
		Example: `  letopis explain article.txt
  letopis explain --sentence 3 article.txt
  letopis explain --sentence 'preparing to sign' --published 2024-05-02 article.txt
  echo 'Китай е готов да подпише договора.' | letopis explain --words --ui bg
  letopis explain --format json article.txt | jq '.sentences[].notes[]'`,
		RunE: func(c *cobra.Command, paths []string) error {
			if len(paths) == 0 {
				paths = []string{"-"}
			}
			return e.explain(c.Context(), paths, f)
		},
	}
	f.register(c)
	c.Flags().StringVar(&f.sentence, "sentence", "", "only the sentence of this number, or those that contain these words")
	c.Flags().BoolVar(&f.words, "words", false, "show every word with its analysis")
	c.Flags().StringVar(&f.format, "format", "text", "text or json")
	localize(e, c, "explain")
	return c
}

// explain reads the articles of paths and tells how.
func (e *env) explain(ctx context.Context, paths []string, f explainFlags) error {
	if f.format != "text" && f.format != "json" {
		return &letopis.Error{Op: "--format", Kind: letopis.Unsupported, Err: fmt.Errorf("there is no format %q; choose text or json", f.format)}
	}
	loc, err := locale.Of(e.ui)
	if err != nil {
		return err
	}
	r, err := e.openReader()
	if err != nil {
		return err
	}
	docs, err := e.documents(ctx, r.Packs(), paths, f.inputFlags)
	if err != nil {
		return err
	}
	enc := json.NewEncoder(e.stdout)
	enc.SetEscapeHTML(false)
	var bad failures
	good, shown := 0, 0
	for x, err := range inOrder(ctx, docs, r.Explain) {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			bad.add(err)
			continue
		}
		good++
		chosen := chooseSentences(x.Sentences, f.sentence)
		if len(chosen) == 0 && f.sentence != "" {
			continue
		}
		if f.format == "json" {
			if f.sentence != "" {
				var some []read.ExplainedSentence
				for _, i := range chosen {
					some = append(some, x.Sentences[i])
				}
				x.Sentences = some
			}
			err = enc.Encode(x)
		} else {
			var b strings.Builder
			if shown > 0 {
				b.WriteString("\n")
			}
			p := explainer{loc: loc, x: x, words: f.words || f.sentence != "", b: &b}
			p.print(chosen)
			_, err = io.WriteString(e.stdout, b.String())
		}
		if err != nil {
			return err
		}
		shown++
	}
	if good > 0 && shown == 0 {
		return &letopis.Error{Op: "--sentence", Kind: letopis.NotFound,
			Err: fmt.Errorf("no sentence has the number or the words %q; without --sentence all are shown with their numbers", f.sentence)}
	}
	return bad.report(e, good)
}

// chooseSentences returns the indices of the sentences of a number, from 1, or with words;
// of all for "".
func chooseSentences(all []read.ExplainedSentence, want string) []int {
	var out []int
	n, err := strconv.Atoi(want)
	want = strings.ToLower(want)
	for i := range all {
		if err == nil && i+1 == n || err != nil && strings.Contains(strings.ToLower(all[i].Range.Text), want) {
			out = append(out, i)
		}
	}
	return out
}

// explainer prints the explanation of one article.
type explainer struct {
	loc   locale.Texts
	x     *read.Explanation
	words bool
	b     *strings.Builder
	ents  map[string]*letopis.Entity
}

func (p *explainer) print(chosen []int) {
	rec := p.x.Record
	p.ents = map[string]*letopis.Entity{}
	for i := range rec.Entities {
		p.ents[rec.Entities[i].ID] = &rec.Entities[i]
	}
	d := &rec.Document
	title := d.Title
	if title == "" {
		title = string(d.ID)
	}
	fmt.Fprintf(p.b, "%s\n", visibleLine(title))
	date, basis := p.loc.T("date.unknown"), ""
	if d.Published.Value != "" {
		date, basis = string(d.Published.Value), p.loc.T("basis."+string(d.Published.Basis))
	}
	p.line(1, p.loc.T("why.published"), date, basis, rule(d.Published.Rule))
	for _, s := range d.Provenance {
		p.line(1, p.loc.T("role."+string(s.Role)), s.Name, rule(s.Rule))
	}
	for _, i := range chosen {
		s := &p.x.Sentences[i]
		fmt.Fprintf(p.b, "\n%d. %s\n", i+1, visibleLine(s.Range.Text))
		if p.words {
			p.table(s)
		}
		if n := p.found(s); n == 0 && len(s.Notes) == 0 {
			p.line(1, p.loc.T("why.nothing"))
		}
		for _, n := range s.Notes {
			line := quoteWords(n.Words.Text) + ": " + p.loc.T("why."+string(n.Reason))
			if n.Detail != "" {
				line += " (" + visibleLine(n.Detail) + ")"
			}
			p.line(1, "–", p.loc.T("why.phase."+n.Phase), line)
		}
	}
}

// table prints the words of a sentence in columns.
func (p *explainer) table(s *read.ExplainedSentence) {
	wide := [4]int{}
	rows := make([][4]string, len(s.Words))
	for i, w := range s.Words {
		rows[i] = [4]string{fmt.Sprintf("%2d ", i+1) + visibleLine(w.Form), visibleLine(w.Lemma), string(w.UPOS), string(w.Deprel)}
		if w.Head > 0 {
			rows[i][3] += " → " + strconv.Itoa(w.Head)
		}
		for k := range rows[i] {
			wide[k] = max(wide[k], utf8.RuneCountInString(rows[i][k]))
		}
	}
	for i, row := range rows {
		p.b.WriteString("     ")
		for k, cell := range row {
			p.b.WriteString(cell + strings.Repeat(" ", wide[k]-utf8.RuneCountInString(cell)+2))
		}
		line := p.b.String()
		p.b.Reset()
		p.b.WriteString(strings.TrimRight(line+visibleLine(strings.Join(s.Words[i].Marks, " ")), " ") + "\n")
	}
}

// found prints what was found in a sentence and returns how much.
func (p *explainer) found(s *read.ExplainedSentence) int {
	rec, n := p.x.Record, 0
	in := func(r letopis.Range) bool { return s.Range.Start <= r.Start && r.Start < s.Range.End }
	for i := range rec.Dates {
		if d := &rec.Dates[i]; in(d.Range) {
			n++
			p.line(1, "+", p.loc.T("why.phase.times"), quoteWords(d.Range.Text)+" = "+string(d.Value), rule(d.Rule))
		}
	}
	for f := range rec.Findings() {
		switch f.Kind {
		case letopis.FindingStatement:
			n += p.statement(f.Statement, in)
		case letopis.FindingEvent:
			n += p.event(f.Event, in)
		}
	}
	return n
}

// statement prints a statement whose cue, or else its content, stands in the sentence,
// and returns how many that are.
func (p *explainer) statement(st *letopis.Statement, in func(letopis.Range) bool) int {
	at := st.Content
	if st.Cue != nil {
		at = *st.Cue
	}
	if !in(at) {
		return 0
	}
	p.line(1, "+", p.loc.T("why.phase.statements"), st.ID, p.loc.T("kind."+string(st.Kind)), quoteWords(st.Content.Text), rule(st.Rule), share(st.Confidence))
	who := p.actor(st.Speaker.Entity)
	if st.Speaker.Mention != nil {
		named := st.Speaker.Mention
		if st.Speaker.Phrase != nil {
			named = st.Speaker.Phrase
		}
		who = strings.TrimSpace(who + " " + quoteWords(named.Text))
	}
	p.line(3, p.loc.T("why.speaker"), who)
	if st.Cue != nil {
		p.line(3, p.loc.T("why.cue"), quoteWords(st.Cue.Text), st.Stance)
	}
	if len(st.Via) > 0 {
		p.line(3, p.loc.T("why.via"), strings.Join(st.Via, " → "))
	}
	p.line(3, p.loc.T("why.when"), p.when(st.Date, st.Recalled))
	return 1
}

// event prints an event that the sentence tells, and returns how many that are.
func (p *explainer) event(ev *letopis.Event, in func(letopis.Range) bool) int {
	if !in(ev.Trigger) && !slices.ContainsFunc(ev.Mentions, in) {
		return 0
	}
	code := string(ev.Code)
	if ev.Mode != "" {
		code += "/" + ev.Mode
	}
	p.line(1, "+", p.loc.T("why.phase.events"), ev.ID, code, rule(ev.Rule), share(ev.Confidence))
	if !in(ev.Trigger) {
		p.line(3, p.loc.T("why.toldmore"), quoteWords(ev.Trigger.Text))
		return 1
	}
	p.line(3, p.loc.T("why.trigger"), quoteWords(ev.Trigger.Text))
	p.line(3, p.loc.T("why.from"), strings.Join(ev.SourceCountry, ", "), p.actors(ev.Source))
	p.line(3, p.loc.T("why.to"), strings.Join(ev.TargetCountry, ", "), p.actors(ev.Target))
	p.line(3, p.loc.T("why.when"), p.when(ev.Date, ev.Recalled), p.loc.T("modality."+string(ev.Modality)))
	if ev.Statement != "" {
		p.line(3, p.loc.T("why.act"), ev.Statement)
	}
	return 1
}

// when tells a date and whether it is news or recollection.
func (p *explainer) when(d letopis.When, recalled bool) string {
	s := string(d)
	if s == "" {
		s = p.loc.T("date.unknown")
	}
	if recalled {
		return s + ", " + p.loc.T("why.recalled")
	}
	return s + ", " + p.loc.T("why.new")
}

func (p *explainer) actors(ids []string) string {
	var out []string
	for _, id := range ids {
		out = append(out, p.actor(id))
	}
	return strings.Join(out, "; ")
}

// actor tells an entity with its country and the rule that gave it.
func (p *explainer) actor(id string) string {
	e := p.ents[id]
	if e == nil {
		return ""
	}
	s := visibleLine(e.Name)
	if e.Country != "" {
		s += " (" + e.Country + ")"
	}
	return strings.TrimSpace(s + " " + rule(e.Rule))
}

// line writes the parts that are not empty, indented.
func (p *explainer) line(depth int, parts ...string) {
	parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
	fmt.Fprintf(p.b, "%s%s\n", strings.Repeat("  ", depth), strings.Join(parts, " "))
}

func rule(s string) string {
	if s == "" {
		return ""
	}
	return "[" + s + "]"
}

func share(f float64) string { return strconv.Itoa(int(f*100+0.5)) + " %" }

// quoteWords puts words of the article in quotation marks, long ones cut.
func quoteWords(s string) string {
	s = visibleLine(s)
	if utf8.RuneCountInString(s) > 90 {
		r := []rune(s)
		s = string(r[:60]) + " … " + string(r[len(r)-27:])
	}
	return "“" + s + "”"
}

// visibleLine is words of an article on one line, harmless to a terminal.
func visibleLine(s string) string {
	return tell.Visible(strings.Join(strings.Fields(s), " "))
}
