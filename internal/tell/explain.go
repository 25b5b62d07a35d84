package tell

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"letopis"
	"letopis/internal/locale"
	"letopis/internal/read"
)

// ExplainOptions say how [Explain] writes.
type ExplainOptions struct {
	Lang      string // of the interface, one of locale.Langs
	Words     bool   // every word with its analysis
	Sentences []int  // the indices of those that are shown; see [ChooseSentences]
}

// Explain writes for a person how the findings of an article came about: its date and
// the way of the news, and under each sentence what was found in it, on what that rests,
// and what was left out and why.
func Explain(w io.Writer, x *read.Explanation, o ExplainOptions) error {
	loc, err := locale.Of(o.Lang)
	if err != nil {
		return err
	}
	var b strings.Builder
	p := explainer{loc: loc, x: x, words: o.Words, b: &b, ents: map[string]*letopis.Entity{}}
	for i := range x.Record.Entities {
		p.ents[x.Record.Entities[i].ID] = &x.Record.Entities[i]
	}
	p.head()
	for _, i := range o.Sentences {
		p.sentence(i)
	}
	_, err = io.WriteString(w, b.String())
	return err
}

// ChooseSentences returns the indices of the sentence of a number, from 1, or of those
// with words, whatever their case; of all for "".
func ChooseSentences(all []read.ExplainedSentence, want string) []int {
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

// head prints the title, the date and the way of the news.
func (p *explainer) head() {
	d := &p.x.Record.Document
	title := d.Title
	if title == "" {
		title = string(d.ID)
	}
	fmt.Fprintf(p.b, "%s\n", visible(title))
	date, basis := p.loc.T("date.unknown"), ""
	if d.Published.Value != "" {
		date, basis = string(d.Published.Value), p.loc.T("basis."+string(d.Published.Basis))
	}
	p.line(1, p.loc.T("why.published"), date, basis, inBrackets(d.Published.Rule))
	for _, s := range d.Provenance {
		p.line(1, p.loc.T("role."+string(s.Role)), s.Name, inBrackets(s.Rule))
	}
}

// sentence prints the sentence of an index: what was found in it, and what was decided.
func (p *explainer) sentence(i int) {
	s := &p.x.Sentences[i]
	fmt.Fprintf(p.b, "\n%d. %s\n", i+1, visible(s.Range.Text))
	if p.words {
		p.table(s)
	}
	if n := p.found(s); n == 0 && len(s.Notes) == 0 {
		p.line(1, p.loc.T("why.nothing"))
	}
	for _, n := range s.Notes {
		line := quoteWords(n.Words.Text) + ": " + p.loc.T("why."+string(n.Reason))
		if n.Detail != "" {
			line += " (" + visible(n.Detail) + ")"
		}
		p.line(1, "–", p.loc.T("why.phase."+n.Phase), line)
	}
}

// table prints the words of a sentence in columns.
func (p *explainer) table(s *read.ExplainedSentence) {
	wide := [4]int{}
	rows := make([][4]string, len(s.Words))
	for i, w := range s.Words {
		rows[i] = [4]string{fmt.Sprintf("%2d ", i+1) + visible(w.Form), visible(w.Lemma), string(w.UPOS), string(w.Deprel)}
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
		p.b.WriteString(strings.TrimRight(line+visible(strings.Join(s.Words[i].Marks, " ")), " ") + "\n")
	}
}

// found prints what was found in a sentence and returns how much.
func (p *explainer) found(s *read.ExplainedSentence) int {
	rec, n := p.x.Record, 0
	in := func(r letopis.Range) bool { return s.Range.Start <= r.Start && r.Start < s.Range.End }
	for i := range rec.Dates {
		if d := &rec.Dates[i]; in(d.Range) {
			n++
			p.line(1, "+", p.loc.T("why.phase.times"), quoteWords(d.Range.Text)+" = "+string(d.Value), inBrackets(d.Rule))
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
	p.line(1, "+", p.loc.T("why.phase.statements"), st.ID, p.loc.T("kind."+string(st.Kind)), quoteWords(st.Content.Text), inBrackets(st.Rule), percent(st.Confidence))
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
	p.line(1, "+", p.loc.T("why.phase.events"), ev.ID, code, inBrackets(ev.Rule), percent(ev.Confidence))
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
	s := visible(e.Name)
	if e.Country != "" {
		s += " (" + e.Country + ")"
	}
	return strings.TrimSpace(s + " " + inBrackets(e.Rule))
}

// line writes the parts that are not empty, indented.
func (p *explainer) line(depth int, parts ...string) {
	parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
	fmt.Fprintf(p.b, "%s%s\n", strings.Repeat("  ", depth), strings.Join(parts, " "))
}

func inBrackets(s string) string {
	if s == "" {
		return ""
	}
	return "[" + s + "]"
}

func percent(f float64) string { return strconv.Itoa(int(f*100+0.5)) + " %" }

// quoteWords puts words of the article in quotation marks, long ones cut.
func quoteWords(s string) string {
	s = visible(s)
	if utf8.RuneCountInString(s) > 90 {
		r := []rune(s)
		s = string(r[:60]) + " … " + string(r[len(r)-27:])
	}
	return "“" + s + "”"
}

// visible is words of an article on one line, harmless to a terminal.
func visible(s string) string {
	return Visible(strings.Join(strings.Fields(s), " "))
}
