package score

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
)

// Outcome says how a finding and gold differ.
type Outcome string

// The outcomes that are errors.
const (
	Missed   Outcome = "missed"   // gold has it, the record does not
	Spurious Outcome = "spurious" // the record has it, gold does not
	Wrong    Outcome = "wrong"    // both have it, a value differs
)

// Error is one difference between a record and gold, told for a developer.
type Error struct {
	Doc, Lang string
	Metric    string
	Outcome   Outcome
	Place     Place    // where it stands; not OK for what has no place
	What      string   // one line
	Notes     []string // what may explain it: the nearest finding of the other side, the rule
	Context   string   // the words around, the place in ⟦ ⟧
}

// Errors returns the differences between the gold and the system findings of an
// article. They are grouped by metric; the metrics that follow from others (end2end
// and the coarser ways of matching events) are left out.
func Errors(doc, lang, text string, gold, sys *Findings) []Error {
	e := &errorList{doc: doc, lang: lang, text: []rune(text)}
	e.statements(gold.Statements, sys.Statements)
	if !gold.Damaged {
		e.dates(gold.Dates, sys.Dates)
	}
	e.events(gold.Events, sys.Events, gold.Damaged)
	for _, name := range without(gold.Agencies, sys.Agencies) {
		e.add("agencies", Missed, Place{}, name)
	}
	for _, name := range without(sys.Agencies, gold.Agencies) {
		e.add("agencies", Spurious, Place{}, name)
	}
	return e.list
}

type errorList struct {
	doc, lang string
	text      []rune
	list      []Error
}

func (e *errorList) add(metric string, o Outcome, p Place, what string, notes ...string) {
	x := Error{Doc: e.doc, Lang: e.lang, Metric: metric, Outcome: o, Place: p, What: what}
	for _, n := range notes {
		if n != "" {
			x.Notes = append(x.Notes, n)
		}
	}
	if p.OK {
		x.Context = e.around(p)
	}
	e.list = append(e.list, x)
}

// around returns the words around a place, up to the ends of its paragraph.
func (e *errorList) around(p Place) string {
	const reach = 110
	if p.Start < 0 || p.End > len(e.text) || p.Start > p.End {
		return "the span lies outside of the text"
	}
	from, to := max(0, p.Start-reach), min(len(e.text), p.End+reach)
	for i := p.Start - 1; i >= from; i-- {
		if e.text[i] == '\n' {
			from = i + 1
			break
		}
	}
	for i := p.End; i < to; i++ {
		if e.text[i] == '\n' {
			to = i
			break
		}
	}
	for from > 0 && from < p.Start && unicode.IsLetter(e.text[from-1]) {
		from++
	}
	for to < len(e.text) && to > p.End && unicode.IsLetter(e.text[to]) {
		to--
	}
	s := string(e.text[from:p.Start]) + "⟦" + shorten(string(e.text[p.Start:p.End]), 240) + "⟧" + string(e.text[p.End:to])
	return strings.Join(strings.Fields(s), " ")
}

// shorten keeps the two ends of a long text.
func shorten(s string, limit int) string {
	r := []rune(s)
	if len(r) <= limit {
		return s
	}
	return string(r[:limit*2/3]) + " … " + string(r[len(r)-limit/3:])
}

func (s *Statement) describe() string {
	out := s.Kind
	if s.Recalled {
		out += ", recalled"
	}
	out += " by " + quoted(s.Speaker.Text)
	if len(s.Names) > 0 && s.Names[0] != "" && s.Names[0] != s.Speaker.Text {
		out += " = " + s.Names[0]
	}
	if s.Cue != "" {
		out += ", cue " + quoted(s.Cue)
	}
	return out
}

func quoted(s string) string {
	if s == "" {
		return "nobody"
	}
	return "«" + strings.Join(strings.Fields(s), " ") + "»"
}

func ruleNote(rule string) string {
	if rule == "" {
		return ""
	}
	return "rule " + rule
}

func (e *errorList) statements(gold, sys []Statement) {
	m := pairStatements(gold, sys)
	for _, x := range sorted(m) {
		g, s := &gold[x.gold], &sys[x.sys]
		if !sameSpeaker(g, s) {
			e.add("speaker", Wrong, g.Content, fmt.Sprintf("is %s = %s, read as %s", quoted(g.Speaker.Text), g.Names[0], who(s)), ruleNote(s.Rule))
		}
		if g.Kind != s.Kind {
			e.add("kind", Wrong, s.Content, "is "+g.Kind+", read as "+s.Kind, "gold content: "+shorten(g.Content.Text, 160), ruleNote(s.Rule))
		}
		if g.Recalled != s.Recalled {
			e.add("recalled", Wrong, g.Content, recalledNote(g.Recalled, g.Date, s.Date), ruleNote(s.Rule))
		}
	}
	hitG, hitS := hits(m, len(gold), len(sys))
	for i := range gold {
		if !hitG[i] {
			e.add("statements", Missed, gold[i].Content, gold[i].describe(), nearest(&gold[i], sys, "read here"))
		}
	}
	for i := range sys {
		if !hitS[i] {
			e.add("statements", Spurious, sys[i].Content, sys[i].describe(), ruleNote(sys[i].Rule), nearest(&sys[i], gold, "gold here"))
		}
	}
}

func who(s *Statement) string {
	if s.Speaker.Text == "" && len(s.Names) == 0 {
		return "nobody"
	}
	out := quoted(s.Speaker.Text)
	if len(s.Names) > 0 && s.Names[0] != "" {
		out += " = " + s.Names[0]
	}
	return out
}

func recalledNote(gold bool, goldDate, sysDate string) string {
	is, as := "news", "recalled"
	if gold {
		is, as = as, is
	}
	return fmt.Sprintf("is %s (%s), read as %s (%s)", is, orUnknown(goldDate), as, orUnknown(sysDate))
}

func orUnknown(s string) string {
	if s == "" {
		return "no date"
	}
	return s
}

// nearest describes the statement of the other side that overlaps s most.
func nearest(s *Statement, others []Statement, label string) string {
	best, at := 0.0, -1
	for i := range others {
		if v := iou(s.Content, others[i].Content); v > best {
			best, at = v, i
		}
	}
	if at < 0 {
		return ""
	}
	o := &others[at]
	note := fmt.Sprintf("%s (IoU %.2f): %s: %s", label, best, o.describe(), shorten(o.Content.Text, 160))
	if o.Rule != "" {
		note += " [" + o.Rule + "]"
	}
	return note
}

func (e *errorList) dates(gold, sys []Date) {
	m := pairDates(gold, sys)
	for _, x := range sorted(m) {
		if g, s := gold[x.gold], sys[x.sys]; g.Value != s.Value {
			extent := ""
			if g.Text != s.Text {
				extent = "gold " + quoted(g.Text) + ", read " + quoted(s.Text)
			}
			e.add("dates.value", Wrong, s.Place, fmt.Sprintf("%s is %s, read as %s", quoted(s.Text), g.Value, s.Value), extent, ruleNote(s.Rule))
		}
	}
	hitG, hitS := hits(m, len(gold), len(sys))
	for i, d := range gold {
		if !hitG[i] {
			e.add("dates", Missed, d.Place, quoted(d.Text)+" = "+d.Value)
		}
	}
	for i, d := range sys {
		if !hitS[i] {
			e.add("dates", Spurious, d.Place, quoted(d.Text)+" = "+d.Value, ruleNote(d.Rule))
		}
	}
}

func (e *errorList) events(gold, sys []Event, damaged bool) {
	m := pairEvents(gold, sys, eventMetrics[0].same)
	for _, x := range sorted(m) {
		g, s := &gold[x.gold], &sys[x.sys]
		if g.Recalled != s.Recalled {
			e.add("event.recalled", Wrong, g.Trigger, g.describe()+" "+recalledNote(g.Recalled, g.Date, s.Date), ruleNote(s.Rule))
		}
		if g.Modality != s.Modality {
			e.add("event.modality", Wrong, g.Trigger, fmt.Sprintf("%s is %s, read as %s", g.describe(), g.Modality, s.Modality), ruleNote(s.Rule))
		}
		if !damaged && month(g.Date) != month(s.Date) {
			e.add("event.date", Wrong, g.Trigger, fmt.Sprintf("%s is of %s, read as %s", g.describe(), orUnknown(g.Date), orUnknown(s.Date)), ruleNote(s.Rule))
		}
	}
	hitG, hitS := hits(m, len(gold), len(sys))
	for i := range gold {
		if !hitG[i] {
			e.add("events", Missed, gold[i].Trigger, gold[i].describe()+", "+gold[i].Modality, atTrigger(&gold[i], sys, hitS, "read here"))
		}
	}
	for i := range sys {
		if !hitS[i] {
			e.add("events", Spurious, sys[i].Trigger, sys[i].describe()+", "+sys[i].Modality, ruleNote(sys[i].Rule), atTrigger(&sys[i], gold, hitG, "gold here"))
		}
	}
}

// atTrigger describes the unmatched event of the other side at the same trigger,
// or else the next one with the same code.
func atTrigger(ev *Event, others []Event, hit []bool, label string) string {
	at := -1
	for i := range others {
		if iou(ev.Trigger, others[i].Trigger) > 0 {
			at = i
			break
		}
		if at < 0 && !hit[i] && others[i].Code == ev.Code {
			at = i
		}
	}
	if at < 0 {
		return ""
	}
	o := &others[at]
	if iou(ev.Trigger, o.Trigger) == 0 {
		label = "same code elsewhere"
	}
	note := label + ": " + o.describe() + ", trigger " + quoted(o.Trigger.Text)
	if o.Rule != "" {
		note += " [" + o.Rule + "]"
	}
	return note
}

// sorted returns the pairs in the order of the gold.
func sorted(m []matched) []matched {
	out := slices.Clone(m)
	slices.SortFunc(out, func(a, b matched) int { return a.gold - b.gold })
	return out
}

// hits returns what is matched of the gold and of the system findings.
func hits(m []matched, golds, systems int) (gold, sys []bool) {
	gold, sys = make([]bool, golds), make([]bool, systems)
	for _, x := range m {
		gold[x.gold], sys[x.sys] = true, true
	}
	return gold, sys
}

func without(a, b []string) []string {
	in := common(a, b)
	var out []string
	for _, x := range a {
		if !slices.Contains(in, x) {
			out = append(out, x)
		}
	}
	return out
}

// Sample returns at most n of list, spread evenly over it; all of it where n is 0.
func Sample(list []Error, n int) []Error {
	if n <= 0 || len(list) <= n {
		return list
	}
	out := make([]Error, 0, n)
	for i := range n {
		out = append(out, list[i*len(list)/n])
	}
	return out
}

// WriteErrors prints errors, grouped by metric and outcome, at most n of each
// group (0 for all), spread over the articles.
func WriteErrors(w io.Writer, list []Error, n int) error {
	type group struct {
		metric  string
		outcome Outcome
	}
	var order []group
	groups := map[group][]Error{}
	for _, x := range list {
		k := group{x.Metric, x.Outcome}
		if groups[k] == nil {
			order = append(order, k)
		}
		groups[k] = append(groups[k], x)
	}
	slices.SortFunc(order, func(a, b group) int {
		return strings.Compare(a.metric+" "+string(a.outcome), b.metric+" "+string(b.outcome))
	})
	for _, k := range order {
		all := groups[k]
		some := Sample(all, n)
		if _, err := fmt.Fprintf(w, "\n== %s %s: %d of %d\n", k.metric, k.outcome, len(some), len(all)); err != nil {
			return err
		}
		for _, x := range some {
			if _, err := io.WriteString(w, x.text()); err != nil {
				return err
			}
		}
	}
	return nil
}

func (x *Error) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s  %s", x.Lang, x.Doc, x.What)
	if x.Place.OK {
		fmt.Fprintf(&b, "  @%d", x.Place.Start)
	}
	b.WriteByte('\n')
	if x.Context != "" {
		b.WriteString("    " + x.Context + "\n")
	} else if x.Place.Text != "" {
		b.WriteString("    not in the text: " + quoted(x.Place.Text) + "\n")
	}
	for _, n := range x.Notes {
		b.WriteString("    · " + n + "\n")
	}
	return b.String()
}
