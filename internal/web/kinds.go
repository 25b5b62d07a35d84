package web

import (
	"strings"

	"letopis"
)

// kindView says how the pages show findings and entries of one kind.
type kindView struct {
	// marks are laid over the text of the article.
	marks func(f letopis.Finding, t func(string) string) []mark
	// margin fills in what stands in the margin of the article, beside what all kinds have.
	margin func(a *articlePage, of letopis.Finding, f *finding)
	// line fills in the line of the chronicle, beside what all kinds have.
	line func(p *page, e *letopis.Entry, l *line)
}

// views has a row for each kind. One of a kind without a row is shown by its words alone.
var views = map[letopis.FindingKind]kindView{
	letopis.FindingEvent:     {eventMarks, eventMargin, eventLine},
	letopis.FindingStatement: {statementMarks, statementMargin, statementLine},
}

// viewOf returns the row of a kind, or one for a kind that has none.
func viewOf(kind letopis.FindingKind) kindView {
	if v, ok := views[kind]; ok {
		return v
	}
	return kindView{
		marks: func(f letopis.Finding, _ func(string) string) []mark {
			return []mark{{f.At.Span, "", string(f.Kind), f.ID}}
		},
		margin: func(*articlePage, letopis.Finding, *finding) {},
		line:   func(*page, *letopis.Entry, *line) {},
	}
}

func statementMarks(f letopis.Finding, t func(string) string) []mark {
	s := f.Statement
	class := "st st-" + string(s.Kind)
	if s.Recalled {
		class += " old"
	}
	all := []mark{{s.Content.Span, class, t("kind." + string(s.Kind)), s.ID}}
	if s.Cue != nil {
		all = append(all, mark{s.Cue.Span, "cue", t("cue"), ""})
	}
	if s.Speaker.Mention != nil {
		all = append(all, mark{s.Speaker.Mention.Span, "speaker", t("speaker"), ""})
	}
	return all
}

func eventMarks(f letopis.Finding, t func(string) string) []mark {
	return []mark{{f.Event.Trigger.Span, "ev ev-" + quad(f.Event.Code), t("code." + string(f.Event.Code)), f.ID}}
}

func statementMargin(a *articlePage, of letopis.Finding, f *finding) {
	s := of.Statement
	f.Class, f.Label, f.Via = "st-"+string(s.Kind), a.T("kind."+string(s.Kind)), s.Via
	if s.Cue != nil {
		f.Cue = s.Cue.Text
	}
	if s.Speaker.Mention != nil {
		f.Who = s.Speaker.Mention.Text
	}
	if e := a.ents[s.Speaker.Entity]; e != nil {
		f.Who, f.Country = e.Name, e.Country
		if len(e.Roles) > 0 {
			f.Role = e.Roles[0].Text
		}
	}
}

func eventMargin(a *articlePage, of letopis.Finding, f *finding) {
	e := of.Event
	f.Class, f.Label = "ev-"+quad(e.Code), a.T("code."+string(e.Code))
	f.From, f.To = strings.Join(e.SourceCountry, ", "), strings.Join(e.TargetCountry, ", ")
	if e.Modality != letopis.Actual {
		f.Modality = a.T("modality." + string(e.Modality))
	}
}

func statementLine(p *page, e *letopis.Entry, l *line) {
	l.Class, l.Label, l.Who = "statement", p.T("statement"), e.Speaker
	if l.Who == "" && len(e.Source) > 0 {
		l.Who = e.Source[0].Name
	}
	for _, r := range e.Wordings() {
		l.Wordings = append(l.Wordings, wording{r.Text, r.Lang, nameOf(r)})
	}
}

func eventLine(p *page, e *letopis.Entry, l *line) {
	l.Class, l.Label = "ev-"+quad(e.Code), p.T("code."+string(e.Code))
	if e.Modality != letopis.Actual && e.Modality != "" {
		l.Modality = p.T("modality." + string(e.Modality))
	}
}
