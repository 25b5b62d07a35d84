package score

import (
	"strconv"
	"strings"

	"letopis"
)

// Tally sums the figures of any number of articles. The zero value is ready to use.
type Tally struct {
	Articles int
	order    []string
	counts   map[string]*counts
}

type counts struct {
	right       float64 // parts of an item count too
	found, gold int     // what the records have and what gold has; the same for a share
	share       bool    // an accuracy: right of gold
}

// Figure is one line of a score: precision, recall and F1 over N gold items, or,
// where IsShare, Accuracy over N. The values lie in 0 to 1 and are not rounded.
type Figure struct {
	Metric         string
	IsShare        bool
	P, R, F1       float64
	Accuracy       float64
	N              int
	undefP, undefR bool // nothing found, nothing to be found
}

// Value is the figure that a table shows: F1, or the accuracy.
func (f Figure) Value() float64 {
	if f.IsShare {
		return f.Accuracy
	}
	return f.F1
}

func (t *Tally) at(metric string, share bool) *counts {
	c := t.counts[metric]
	if c == nil {
		if t.counts == nil {
			t.counts = map[string]*counts{}
		}
		c = &counts{share: share}
		t.counts[metric] = c
		t.order = append(t.order, metric)
	}
	return c
}

// AddCounts adds true positives, false positives and false negatives to a metric.
func (t *Tally) AddCounts(metric string, tp, fp, fn int) {
	t.add(metric, float64(tp), tp+fp, tp+fn)
}

// add adds to a metric what is right of what was found and of what gold has.
func (t *Tally) add(metric string, right float64, found, gold int) {
	c := t.at(metric, false)
	c.right += right
	c.found += found
	c.gold += gold
}

// AddShare adds one case to the accuracy of a metric.
func (t *Tally) AddShare(metric string, ok bool) {
	right := 0
	if ok {
		right = 1
	}
	t.addShares(metric, right, 1)
}

// addShares adds n cases, right of which are right, to the accuracy of a metric.
func (t *Tally) addShares(metric string, right, n int) {
	c := t.at(metric, true)
	c.right += float64(right)
	c.found += n
	c.gold += n
}

// Figures returns the figures in the order in which their metrics first came.
func (t *Tally) Figures() []Figure {
	out := make([]Figure, 0, len(t.order))
	for _, m := range t.order {
		c := t.counts[m]
		f := Figure{Metric: m, IsShare: c.share, N: c.gold, undefP: c.found == 0, undefR: c.gold == 0}
		if c.found > 0 {
			f.P = c.right / float64(c.found)
		}
		if c.gold > 0 {
			f.R = c.right / float64(c.gold)
		}
		f.Accuracy = f.R
		if f.P+f.R > 0 {
			f.F1 = 2 * f.P * f.R / (f.P + f.R)
		}
		out = append(out, f)
	}
	return out
}

// Figure returns the figure of one metric; ok is false where there is none.
func (t *Tally) Figure(metric string) (f Figure, ok bool) {
	for _, f := range t.Figures() {
		if f.Metric == metric {
			return f, true
		}
	}
	return Figure{}, false
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// number writes a value in three digits as the reference scorer prints it: 0.5,
// 1.0, and 0 where there was nothing to divide by.
func number(v float64, undefined bool) string {
	if undefined {
		return "0"
	}
	s := strconv.FormatFloat(v, 'f', 3, 64)
	s = strings.TrimRight(s, "0")
	if strings.HasSuffix(s, ".") {
		s += "0"
	}
	return s
}

// fields are the names and values of a figure, in the order of the reference scorer.
func (f Figure) fields() [][2]string {
	n := strconv.Itoa(f.N)
	if f.IsShare {
		return [][2]string{{"acc", number(f.Accuracy, false)}, {"n", n}}
	}
	return [][2]string{
		{"p", number(f.P, f.undefP)}, {"r", number(f.R, f.undefR)},
		{"f1", number(f.F1, f.P+f.R == 0)}, {"n", n},
	}
}

// Board holds the tallies of all articles and of each language. The zero value is ready to use.
type Board struct {
	Missing int // gold records without a system record
	all     Tally
	langs   []string
	byLang  map[string]*Tally
}

// All returns the tally of all articles.
func (b *Board) All() *Tally { return &b.all }

// Langs returns the languages in the order in which they first came.
func (b *Board) Langs() []string { return b.langs }

// Lang returns the tally of a language, nil where no article is in it.
func (b *Board) Lang(lang string) *Tally { return b.byLang[lang] }

// Add scores one article. sys is nil where there is no record.
func (b *Board) Add(lang string, gold, sys *Findings) {
	if sys == nil {
		b.Missing++
		sys = &Findings{}
	}
	t := b.in(lang)
	b.all.Add(gold, sys)
	t.Add(gold, sys)
}

// in is the tally of a language.
func (b *Board) in(lang string) *Tally {
	t := b.byLang[lang]
	if t == nil {
		if b.byLang == nil {
			b.byLang = map[string]*Tally{}
		}
		t = &Tally{}
		b.byLang[lang] = t
		b.langs = append(b.langs, lang)
	}
	return t
}

// Text writes the board as the reference scorer prints it.
func (b *Board) Text(byLang bool) string {
	var w strings.Builder
	b.each(byLang, func(name string, t *Tally) {
		w.WriteString("== " + name)
		if b.Missing > 0 && name == "all" {
			w.WriteString(" (" + strconv.Itoa(b.Missing) + " records missing)")
		}
		w.WriteByte('\n')
		for _, f := range t.Figures() {
			w.WriteString(f.Metric + strings.Repeat(" ", max(0, 22-len(f.Metric))))
			for _, x := range f.fields() {
				w.WriteString(" " + x[0] + "=" + x[1])
			}
			w.WriteByte('\n')
		}
	})
	return w.String()
}

// JSON writes the board as the reference scorer does: scope, metric, values.
func (b *Board) JSON(byLang bool) string {
	var w strings.Builder
	w.WriteString("{")
	first := true
	b.each(byLang, func(name string, t *Tally) {
		if !first {
			w.WriteString(",")
		}
		first = false
		w.WriteString("\n " + strconv.Quote(name) + ": {")
		figures := t.Figures()
		for i, f := range figures {
			if i > 0 {
				w.WriteString(",")
			}
			w.WriteString("\n  " + strconv.Quote(f.Metric) + ": {")
			for j, x := range f.fields() {
				if j > 0 {
					w.WriteString(",")
				}
				w.WriteString("\n   " + strconv.Quote(x[0]) + ": " + x[1])
			}
			w.WriteString("\n  }")
		}
		if len(figures) > 0 {
			w.WriteString("\n ")
		}
		w.WriteString("}")
	})
	w.WriteString("\n}\n")
	return w.String()
}

func (b *Board) each(byLang bool, f func(name string, t *Tally)) {
	f("all", &b.all)
	if byLang {
		for _, lang := range b.langs {
			f(lang, b.byLang[lang])
		}
	}
}

// Add scores one article against gold. Dates of a damaged article are left out.
func (t *Tally) Add(gold, sys *Findings) {
	t.Articles++
	t.statements(gold.Statements, sys.Statements)
	if !gold.Damaged {
		t.dates(gold.Dates, sys.Dates)
	}
	t.events(gold.Events, sys.Events, gold.Damaged)
	both := len(common(gold.Agencies, sys.Agencies))
	t.AddCounts("agencies", both, len(sys.Agencies)-both, len(gold.Agencies)-both)
}

func (t *Tally) dates(gold, sys []Date) {
	m := pairDates(gold, sys)
	t.AddCounts("dates", len(m), len(sys)-len(m), len(gold)-len(m))
	same := 0
	for _, x := range m {
		if gold[x.gold].Value == sys[x.sys].Value {
			same++
		}
	}
	t.AddCounts("dates.value", same, len(sys)-same, len(gold)-same)
}

func (t *Tally) statements(gold, sys []Statement) {
	m := pairStatements(gold, sys)
	t.AddCounts("statements", len(m), len(sys)-len(m), len(gold)-len(m))
	right := 0
	for _, x := range m {
		g, s := &gold[x.gold], &sys[x.sys]
		ok := sameSpeaker(g, s)
		if ok {
			right++
		}
		t.AddShare("speaker", ok)
		t.AddShare("kind", g.Kind == s.Kind)
		t.AddShare("recalled", g.Recalled == s.Recalled)
	}
	t.AddCounts("quote.end2end", right, len(sys)-right, len(gold)-right)
	gd, sd := directs(gold), directs(sys)
	m = pairStatements(gd, sd)
	t.AddCounts("statements.direct", len(m), len(sd)-len(m), len(gd)-len(m))
	right = 0
	for _, x := range m {
		if sameSpeaker(&gd[x.gold], &sd[x.sys]) {
			right++
		}
	}
	t.AddCounts("quote.direct.end2end", right, len(sd)-right, len(gd)-right)
}

func (t *Tally) events(gold, sys []Event, damaged bool) {
	for _, metric := range eventMetrics {
		m := pairEvents(gold, sys, metric.same)
		t.AddCounts(metric.name, len(m), len(sys)-len(m), len(gold)-len(m))
		if metric.name != "events" {
			continue
		}
		for _, x := range m {
			g, s := &gold[x.gold], &sys[x.sys]
			t.AddShare("event.recalled", g.Recalled == s.Recalled)
			t.AddShare("event.modality", g.Modality == s.Modality)
			if !damaged {
				t.AddShare("event.date", month(g.Date) == month(s.Date))
			}
		}
	}
}

// month is the first seven signs of a time: its month, quarter, season or interval's begin.
func month(date string) string { return date[:min(len(date), 7)] }

func directs(list []Statement) []Statement {
	var out []Statement
	for _, s := range list {
		if s.Kind == string(letopis.Direct) {
			out = append(out, s)
		}
	}
	return out
}

// common returns what stands in both lists, in the order of a.
func common(a, b []string) []string {
	in := map[string]bool{}
	for _, x := range b {
		in[x] = true
	}
	var out []string
	for _, x := range a {
		if in[x] {
			out = append(out, x)
		}
	}
	return out
}
