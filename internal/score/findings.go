// Package score measures records against gold: the annotated articles of
// GUIDELINES.md, the names of the BSNLP shared tasks, and further sets of their own
// form. It computes the same figures as the scorers that come with the data
// (a test holds them equal), says where the errors are, and keeps the table of
// figures that gates regressions (see [Scores]).
//
// The package measures and does not read: the records come from its caller.
package score

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"letopis"
)

// Findings are what an article tells according to gold or to a record, in the
// form that the two are compared in. Spans count code points of the article's text.
type Findings struct {
	Statements []Statement
	Events     []Event
	Dates      []Date
	Agencies   []string // normalised and distinct, in the order of the source
	Sided      []SidedEvent
	HasSided   bool // the source has events of version 2, be they none
	Damaged    bool // of gold: the article's text lost digits, so that its dates cannot be asked for
}

// Statement is a statement to be compared.
type Statement struct {
	Kind     string
	Content  Place
	Speaker  Place    // the words that name the speaker there
	Phrase   Place    // the whole phrase that names the speaker; not OK where it is Speaker
	Names    []string // further names of the speaker, and the words of Speaker
	Country  string
	Cue      string
	Date     string
	Recalled bool
	Rule     string  // empty in gold
	Claimed  float64 // confidence, 0 to 1; 0 in gold
}

// Event is an event to be compared. Source and Target are distinct country codes, sorted.
type Event struct {
	Code           string
	Source, Target []string
	Trigger        Place
	Date           string
	Modality       string
	Recalled       bool
	Rule           string // empty in gold
}

// Date is a time expression to be compared.
type Date struct {
	Place
	Value string
	Rule  string // empty in gold
}

// Place is where something stands. OK is false where it is not known, or where
// the words that gold gives do not stand in the text.
type Place struct {
	letopis.Span
	Text string
	OK   bool
}

func place(r *letopis.Range) Place {
	if r == nil {
		return Place{}
	}
	return Place{Span: r.Span, Text: r.Text, OK: true}
}

// goldSpan is a span of a gold record: a substring and which occurrence of it.
type goldSpan struct {
	Text string `json:"text"`
	Occ  *int   `json:"occ"`
}

type goldRecord struct {
	Provenance struct {
		Agencies []string `json:"agencies"`
	} `json:"provenance"`
	Dates []struct {
		goldSpan
		Value string `json:"value"`
	} `json:"dates"`
	Statements []struct {
		Kind    string   `json:"kind"`
		Content goldSpan `json:"content"`
		Speaker struct {
			goldSpan
			Name    string `json:"name"`
			Country string `json:"country"`
		} `json:"speaker"`
		Cue      *goldSpan `json:"cue"`
		Date     string    `json:"date"`
		Recalled bool      `json:"recalled"`
	} `json:"statements"`
	Events []struct {
		Code     string    `json:"code"`
		Source   []string  `json:"source"`
		Target   []string  `json:"target"`
		Trigger  *goldSpan `json:"trigger"`
		Date     string    `json:"date"`
		Modality string    `json:"modality"`
		Recalled bool      `json:"recalled"`
	} `json:"events"`
	Events2 *[]goldSided `json:"events2"`
}

// ParseGold reads the gold record of an article whose text is text
// (GUIDELINES.md). The error is of kind Invalid.
func ParseGold(data []byte, text string) (*Findings, error) {
	var g goldRecord
	if err := json.Unmarshal(data, &g); err != nil {
		return nil, &letopis.Error{Op: "gold record", Kind: letopis.Invalid, Err: err}
	}
	f := &Findings{}
	for _, x := range g.Statements {
		s := Statement{
			Kind: x.Kind, Content: locate(text, x.Content), Speaker: locate(text, x.Speaker.goldSpan),
			Names: []string{x.Speaker.Name, x.Speaker.Text}, Country: x.Speaker.Country,
			Date: x.Date, Recalled: x.Recalled,
		}
		if x.Cue != nil {
			s.Cue = x.Cue.Text
		}
		f.Statements = append(f.Statements, s)
	}
	for _, x := range g.Events {
		e := Event{Code: x.Code, Source: distinct(x.Source), Target: distinct(x.Target), Date: x.Date, Modality: x.Modality, Recalled: x.Recalled}
		if x.Trigger != nil {
			e.Trigger = locate(text, *x.Trigger)
		}
		f.Events = append(f.Events, e)
	}
	for _, x := range g.Dates {
		f.Dates = append(f.Dates, Date{Place: locate(text, x.goldSpan), Value: x.Value})
	}
	f.Agencies = agencies(g.Provenance.Agencies)
	if g.Events2 != nil {
		f.HasSided = true
		for i := range *g.Events2 {
			f.Sided = append(f.Sided, (*g.Events2)[i].event(text))
		}
	}
	return f, nil
}

// FromRecord makes findings of a record.
func FromRecord(r *letopis.Record) *Findings {
	ents := make(map[string]*letopis.Entity, len(r.Entities))
	for i := range r.Entities {
		ents[r.Entities[i].ID] = &r.Entities[i]
	}
	f := &Findings{HasSided: true}
	for i := range r.Statements {
		x := &r.Statements[i]
		content := x.Content
		s := Statement{Kind: string(x.Kind), Content: place(&content), Speaker: place(x.Speaker.Mention), Phrase: place(x.Speaker.Phrase),
			Date: string(x.Date), Recalled: x.Recalled, Rule: x.Rule, Claimed: x.Confidence}
		if e := ents[x.Speaker.Entity]; e != nil {
			s.Names = append(s.Names, e.Name)
			for _, m := range e.Mentions {
				s.Names = append(s.Names, m.Text)
			}
			s.Country = e.Country
		}
		if x.Speaker.Mention != nil {
			s.Names = append(s.Names, x.Speaker.Mention.Text)
		}
		if x.Cue != nil {
			s.Cue = x.Cue.Text
		}
		f.Statements = append(f.Statements, s)
	}
	for i := range r.Events {
		x := &r.Events[i]
		e := Event{Code: string(x.Code), Source: distinct(x.SourceCountry), Target: distinct(x.TargetCountry), Trigger: place(&x.Trigger),
			Date: string(x.Date), Modality: string(x.Modality), Recalled: x.Recalled, Rule: x.Rule}
		if e.Modality == "" {
			e.Modality = string(letopis.Actual)
		}
		f.Events = append(f.Events, e)
		f.Sided = append(f.Sided, sidedOf(x))
	}
	for i := range r.Dates {
		x := &r.Dates[i]
		f.Dates = append(f.Dates, Date{Place: place(&x.Range), Value: string(x.Value), Rule: x.Rule})
	}
	var names []string
	for _, p := range r.Document.Provenance {
		if p.Role == letopis.RoleAgency {
			names = append(names, p.Name)
		}
	}
	f.Agencies = agencies(names)
	return f
}

// ParseSystem reads the record of an article whose text is text: in the format of
// records, or in that of gold. The error is of kind Invalid.
func ParseSystem(data []byte, text string) (*Findings, error) {
	var form struct {
		Document *json.RawMessage `json:"document"`
	}
	if err := json.Unmarshal(data, &form); err != nil {
		return nil, &letopis.Error{Op: "record", Kind: letopis.Invalid, Err: err}
	}
	if form.Document == nil {
		return ParseGold(data, text)
	}
	var r letopis.Record
	if err := json.Unmarshal(data, &r); err != nil {
		return nil, &letopis.Error{Op: "record", Kind: letopis.Invalid, Err: err}
	}
	return FromRecord(&r), nil
}

// locate finds the Occ-th occurrence of s in text; occurrences may overlap.
func locate(text string, s goldSpan) Place {
	p := Place{Text: s.Text}
	occ := 1
	if s.Occ != nil {
		occ = *s.Occ
	}
	at, next := -1, 0
	for range occ {
		i := -1
		if next <= len(text) {
			i = strings.Index(text[next:], s.Text)
		}
		if i < 0 {
			return p
		}
		at = next + i
		_, w := utf8.DecodeRuneInString(text[at:])
		next = at + max(w, 1)
	}
	if at < 0 {
		return p
	}
	p.Start = utf8.RuneCountInString(text[:at])
	p.End = p.Start + utf8.RuneCountInString(s.Text)
	p.OK = true
	return p
}

// words splits a name into its words for comparison: lower case, ё as е, without punctuation.
func words(s string) []string {
	var b strings.Builder
	for _, upper := range s {
		switch r := unicode.ToLower(upper); {
		case r == 'ё':
			b.WriteRune('е')
		case upper == 'İ': // its full lower case is i and a combining dot, which is no letter
			b.WriteString("i ")
		case r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r):
			b.WriteRune(r)
		default:
			b.WriteByte(' ')
		}
	}
	return strings.Fields(b.String())
}

func agencies(names []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, n := range names {
		if k := strings.Join(words(n), " "); !seen[k] {
			seen[k] = true
			out = append(out, k)
		}
	}
	return out
}

// describe gives an event in one line: CODE SRC → TGT.
func (e Event) describe() string {
	return fmt.Sprintf("%s %s → %s", e.Code, actors(e.Source), actors(e.Target))
}

func actors(list []string) string {
	if len(list) == 0 {
		return "–"
	}
	return strings.Join(list, "+")
}
