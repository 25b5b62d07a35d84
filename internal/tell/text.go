// Package tell writes for people: one record at a terminal and how it came about, entries
// of a chronicle in a table, and a brief of what is new between two sides and what came
// before. Every sentence of a brief names its sources. What an article says never steers a
// terminal or a page: [Visible], [OneLine] and the templates see to it.
package tell

import (
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"letopis"
	"letopis/internal/locale"
)

// TextOptions say how [Text] writes.
type TextOptions struct {
	Lang    string // of the interface, one of locale.Langs
	Width   int    // columns; 0 for 80
	Explain bool   // also the rule and the words behind every finding
	Color   bool   // mark headings for a terminal
	// Quotes are the quotation marks of the article's language; none for “ and ”.
	Quotes [2]string
}

// Text writes a record for a person at a terminal: the title and date, the way the
// news took, what is new and what the article recalls, and who is in it; the times that it
// tells where it tells nothing else, or with Explain. What the
// article says is shown with control characters made visible, so that no article can
// steer the terminal.
func Text(w io.Writer, rec *letopis.Record, o TextOptions) error {
	loc, err := locale.Of(o.Lang)
	if err != nil {
		return err
	}
	if o.Width <= 0 {
		o.Width = 80
	}
	if o.Quotes == [2]string{} {
		o.Quotes = [2]string{"“", "”"}
	}
	t := &textWriter{o: o, loc: loc, rec: rec, ents: map[string]*letopis.Entity{}}
	for i := range rec.Entities {
		t.ents[rec.Entities[i].ID] = &rec.Entities[i]
	}
	t.head()
	t.chain()
	t.findings()
	t.actors()
	if o.Explain || t.datesAlone() {
		t.dates()
	}
	_, err = io.WriteString(w, t.b.String())
	return err
}

type textWriter struct {
	o    TextOptions
	loc  locale.Texts
	rec  *letopis.Record
	ents map[string]*letopis.Entity
	b    strings.Builder
}

func (t *textWriter) head() {
	d := &t.rec.Document
	title := d.Title
	if strings.TrimSpace(title) == "" {
		title = shorten(firstLine(d.Text), 2*t.o.Width)
	}
	t.bold(title)
	p := d.Published
	date := t.loc.T("date.unknown")
	if p.Value != "" {
		date = string(p.Value)
		if p.Basis != "" {
			date += " (" + t.loc.T("basis."+string(p.Basis)) + ")"
		}
	}
	if p.Claimed != "" && p.Claimed != p.Value {
		date += ", " + t.loc.T("date.claimed") + " " + string(p.Claimed)
	}
	parts := []string{date, d.Lang}
	if d.URL != "" {
		parts = append(parts, host(d.URL))
	}
	if d.GivenID != "" {
		parts = append(parts, d.GivenID)
	}
	t.line("", strings.Join(append(parts, string(d.ID)), " · "))
	if len(p.Evidence) > 0 {
		var words []string
		for _, e := range p.Evidence {
			words = append(words, t.quote(e.Text))
		}
		t.line("", t.loc.T("date.evidence")+": "+strings.Join(words, ", ")+t.because(p.Rule))
	}
}

// because gives a rule where the user asked for it.
func (t *textWriter) because(rule string) string {
	if !t.o.Explain || rule == "" {
		return ""
	}
	return " [" + rule + "]"
}

func (t *textWriter) chain() {
	var links []string
	for _, s := range t.rec.Document.Provenance {
		link := s.Name + " (" + t.loc.T("role."+string(s.Role)) + ")"
		if t.o.Explain && s.End > 0 {
			link += t.at(s.Range)
		}
		links = append(links, link+t.because(s.Rule))
	}
	if len(links) == 0 {
		links = []string{t.loc.T("chain.none")}
	}
	t.line("", t.loc.T("chain")+": "+strings.Join(links, " → "))
}

// findings writes the new ones in the order of the article, then the recalled
// ones in the order of time, those without a date last.
func (t *textWriter) findings() {
	var fresh, recalled []letopis.Finding
	for f := range t.rec.Findings() {
		if f.Recalled {
			recalled = append(recalled, f)
		} else {
			fresh = append(fresh, f)
		}
	}
	byPlace := func(a, b letopis.Finding) int { return a.At.Start - b.At.Start }
	slices.SortStableFunc(fresh, byPlace)
	slices.SortStableFunc(recalled, byPlace)
	slices.SortStableFunc(recalled, func(a, b letopis.Finding) int {
		x, _, okX := a.When.Bounds()
		y, _, okY := b.When.Bounds()
		switch {
		case okX && okY:
			return x.Compare(y)
		case okX:
			return -1
		case okY:
			return 1
		}
		return 0
	})
	if len(fresh)+len(recalled) == 0 && !t.datesAlone() {
		t.b.WriteByte('\n')
		t.line("", t.loc.T("nothing"))
	}
	t.section("new", fresh)
	t.section("recalled", recalled)
}

func (t *textWriter) section(key string, findings []letopis.Finding) {
	if len(findings) == 0 {
		return
	}
	t.b.WriteByte('\n')
	t.bold(t.loc.T(key))
	for _, f := range findings {
		date := string(f.When)
		switch {
		case !f.Recalled && f.When == t.rec.Document.Published.Value:
			date = ""
		case f.Recalled && date == "":
			date = t.loc.T("date.none")
		}
		switch f.Kind {
		case letopis.FindingStatement:
			t.statement(f.Statement, date)
		case letopis.FindingEvent:
			t.event(f.Event, date)
		default: // no more is known of it here than its words
			t.line("  ", strings.Join(nonEmpty(date, string(f.Kind)), " · "))
			t.line("      ", t.quote(f.At.Text))
		}
	}
}

func (t *textWriter) statement(s *letopis.Statement, date string) {
	parts := nonEmpty(date, t.who(s))
	if s.Cue != nil {
		parts = append(parts, s.Cue.Text)
	}
	parts = append(parts, t.loc.T("kind."+string(s.Kind)))
	if e := t.ents[s.Addressee]; e != nil {
		parts = append(parts, t.loc.T("to")+" "+named(e))
	}
	if len(s.Via) > 0 {
		parts = append(parts, t.loc.T("via")+" "+strings.Join(s.Via, ", "))
	}
	t.line("  ", strings.Join(parts, " · "))
	words := s.Content.Text
	if s.Kind == letopis.Direct {
		words = t.quote(words)
	}
	t.line("      ", words)
	if t.o.Explain {
		why := []string{t.rule(s.Rule, s.Confidence), t.words("speaker", s.Speaker.Mention), t.words("cue", s.Cue), t.words("occasion", s.Occasion)}
		t.line("      ", "= "+strings.Join(nonEmpty(why...), "; "))
	}
}

// who names the speaker with country and office.
func (t *textWriter) who(s *letopis.Statement) string {
	e := t.ents[s.Speaker.Entity]
	switch {
	case e == nil && s.Speaker.Mention != nil:
		return s.Speaker.Mention.Text
	case e == nil:
		return t.loc.T("speaker.unknown")
	}
	about := []string{e.Country}
	for _, r := range e.Roles {
		about = append(about, shorten(r.Text, 60))
		break
	}
	if about = nonEmpty(about...); len(about) > 0 {
		return e.Name + " (" + strings.Join(about, ", ") + ")"
	}
	return e.Name
}

func (t *textWriter) event(e *letopis.Event, date string) {
	what := t.loc.T("code."+string(e.Code)) + " (" + string(e.Code)
	if e.Mode != "" {
		what += " " + e.Mode
	}
	what += ")"
	parts := nonEmpty(date, arrow(e.SourceCountry, e.TargetCountry), what)
	if e.Modality != letopis.Actual && e.Modality != "" {
		parts = append(parts, t.loc.T("modality."+string(e.Modality)))
	}
	if p := t.ents[e.Place]; p != nil {
		parts = append(parts, p.Name)
	}
	t.line("  ", strings.Join(parts, " · "))
	t.line("      ", strings.Join(nonEmpty(arrow(t.names(e.Source), t.names(e.Target)), t.quote(e.Trigger.Text)), ": "))
	if t.o.Explain {
		t.line("      ", "= "+strings.Join(nonEmpty(t.rule(e.Rule, e.Confidence), t.words("trigger", &e.Trigger), t.words("sentence", &e.Evidence)), "; "))
	}
}

func (t *textWriter) names(ids []string) []string {
	var names []string
	for _, id := range ids {
		if e := t.ents[id]; e != nil {
			names = append(names, e.Name)
		}
	}
	return names
}

// arrow draws source → target; "" where both are empty.
func arrow(source, target []string) string {
	switch {
	case len(source)+len(target) == 0:
		return ""
	case len(target) == 0:
		return strings.Join(source, ", ")
	}
	return strings.TrimSpace(strings.Join(source, ", ") + " → " + strings.Join(target, ", "))
}

// actors lists the entities with their types and countries; --explain adds where they stand.
func (t *textWriter) actors() {
	if len(t.rec.Entities) == 0 {
		return
	}
	t.b.WriteByte('\n')
	t.bold(t.loc.T("actors"))
	if !t.o.Explain {
		var names []string
		for i := range t.rec.Entities {
			if e := &t.rec.Entities[i]; slices.ContainsFunc(e.Mentions, func(m letopis.Mention) bool { return m.Form == letopis.FormName }) {
				names = append(names, named(e))
			}
		}
		t.line("  ", strings.Join(names, ", "))
		return
	}
	for i := range t.rec.Entities {
		e := &t.rec.Entities[i]
		parts := []string{named(e), t.loc.T("type." + string(e.Type)), e.Latin, e.KB}
		for _, r := range e.Roles {
			parts = append(parts, r.Text)
		}
		t.line("  ", strings.Join(nonEmpty(parts...), " · ")+t.because(e.Rule))
		var at []string
		for _, m := range e.Mentions {
			at = append(at, m.Text+t.at(m.Range))
		}
		t.line("      ", strings.Join(at, ", "))
	}
}

// datesAlone reports whether times are all that was found, as in a language whose pack
// has time expressions only: then they are the answer.
func (t *textWriter) datesAlone() bool {
	for range t.rec.Findings() {
		return false
	}
	return len(t.rec.Dates) > 0
}

// dates lists the times that the text tells; --explain adds where they stand.
func (t *textWriter) dates() {
	if len(t.rec.Dates) == 0 {
		return
	}
	t.b.WriteByte('\n')
	t.bold(t.loc.T("dates"))
	for _, d := range t.rec.Dates {
		value := string(d.Value)
		if value == "" {
			value = "?"
		}
		at := ""
		if t.o.Explain {
			at = t.at(d.Range)
		}
		t.line("  ", t.quote(d.Text)+at+" = "+value+t.because(d.Rule))
	}
}

// named is an entity with its country.
func named(e *letopis.Entity) string {
	if e.Country == "" {
		return e.Name
	}
	return e.Name + " (" + e.Country + ")"
}

func (t *textWriter) rule(rule string, confidence float64) string {
	return fmt.Sprintf("%s %s, %s %.2f", t.loc.T("rule"), rule, t.loc.T("confidence"), confidence)
}

// words gives the words of a part of a finding with their place.
func (t *textWriter) words(key string, r *letopis.Range) string {
	if r == nil {
		return ""
	}
	return t.loc.T(key) + " " + t.quote(shorten(r.Text, 100)) + t.at(*r)
}

func (t *textWriter) at(r letopis.Range) string { return fmt.Sprintf(" %d–%d", r.Start, r.End) }

// quote puts words between quotation marks.
func (t *textWriter) quote(s string) string { return t.o.Quotes[0] + s + t.o.Quotes[1] }

func (t *textWriter) bold(s string) {
	if !t.o.Color {
		t.line("", s)
		return
	}
	t.b.WriteString("\x1b[1m")
	t.line("", s)
	t.b.WriteString("\x1b[0m")
}

// line writes s wrapped to the width, every line after indent. White space of the
// article becomes single spaces.
func (t *textWriter) line(indent, s string) {
	room := max(t.o.Width-len(indent), 20)
	col := 0
	words := strings.Fields(s)
	for i, word := range words {
		if word == "·" && i > 0 {
			continue // stays with the word before it
		}
		word = Visible(word)
		if i+1 < len(words) && words[i+1] == "·" {
			word += " ·"
		}
		n := columns(word)
		switch {
		case col == 0:
			t.b.WriteString(indent)
		case col+1+n > room:
			t.b.WriteString("\n" + indent)
			col = 0
		default:
			t.b.WriteByte(' ')
			col++
		}
		t.b.WriteString(word)
		col += n
	}
	t.b.WriteByte('\n')
}

// Visible replaces what would steer a terminal or turn the direction of writing.
func Visible(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\u00ad' || r >= '\u200b' && r <= '\u200f':
			return -1
		case unicode.IsControl(r), r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
			return '\ufffd'
		}
		return r
	}, s)
}

// columns is the number of terminal columns that s takes: none for combining
// marks, two for the wide letters of East Asia.
func columns(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me):
		case unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana), r >= 0xff01 && r <= 0xff60, r >= 0x1f300 && r <= 0x1faff:
			n += 2
		default:
			n++
		}
	}
	return n
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), "\n")
	return s
}

// shorten cuts s to n code points, with an ellipsis where something is lost.
func shorten(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return strings.TrimRightFunc(s[:i], func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) + "…"
		}
	}
	return s
}

func nonEmpty(list ...string) []string {
	return slices.DeleteFunc(list, func(s string) bool { return s == "" })
}

func host(address string) string {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		return u.Host
	}
	return address
}
