package web

import (
	"sort"
	"strings"

	"letopis"
)

// piece is a stretch of the article between two boundaries of findings: the page
// shows text cut by the server, so the browser never counts characters.
type piece struct {
	Text  string
	Class string
	Title string
	ID    string // anchor, where a finding begins
}

// mark is one finding laid over the text.
type mark struct {
	letopis.Span
	class, title, id string
}

// articlePage is what the article template shows.
type articlePage struct {
	page
	Rec        *letopis.Record
	Headline   string
	Paragraphs [][]piece
	Chain      []letopis.Source
	New, Old   []finding
	People     []person
	Evidence   []string
	ents       map[string]*letopis.Entity
}

// finding is a finding in the margin.
type finding struct {
	Anchor, Kind, Class, When, Who, Role, Country, Text, Cue, Label, Rule string
	From, To                                                              string
	Confidence                                                            int
	Via                                                                   []string
	Modality                                                              string
	start                                                                 int
}

type person struct {
	Anchor, Name, Latin, Country, Type string
	Roles                              []string
	Mentions                           int
}

// pieces cuts the text of a record at every boundary of a finding.
func pieces(rec *letopis.Record, t func(string) string) [][]piece {
	text := []rune(rec.Document.Text)
	marks := marksOf(rec, t)
	at := boundaries(text, marks)
	var out [][]piece
	var para []piece
	open := []mark{}
	next := 0
	for i := 0; i+1 < len(at); i++ {
		a, b := at[i], at[i+1]
		if text[a] == '\n' {
			if len(para) > 0 {
				out = append(out, para)
			}
			para = nil
			continue
		}
		keep := open[:0]
		for _, m := range open {
			if m.End > a {
				keep = append(keep, m)
			}
		}
		open = keep
		p := piece{Text: string(text[a:b])}
		for next < len(marks) && marks[next].Start <= a {
			if marks[next].Start == a && p.ID == "" {
				p.ID = marks[next].id
			}
			open = append(open, marks[next])
			next++
		}
		var class, title []string
		for _, m := range open {
			class = append(class, m.class)
			if m.title != "" {
				title = append(title, m.title)
			}
		}
		p.Class, p.Title = strings.Join(class, " "), strings.Join(title, " · ")
		para = append(para, p)
	}
	if len(para) > 0 {
		out = append(out, para)
	}
	return out
}

// boundaries are the places at which a text is cut, in order: its ends, those of the
// marks, and the ends of lines.
func boundaries(text []rune, marks []mark) []int {
	cuts := map[int]bool{0: true, len(text): true}
	for _, m := range marks {
		cuts[m.Start], cuts[m.End] = true, true
	}
	for i, c := range text {
		if c == '\n' {
			cuts[i], cuts[i+1] = true, true
		}
	}
	at := make([]int, 0, len(cuts))
	for c := range cuts {
		if c >= 0 && c <= len(text) {
			at = append(at, c)
		}
	}
	sort.Ints(at)
	return at
}

// marksOf lists the findings of a record by start, wider ones first.
func marksOf(rec *letopis.Record, t func(string) string) []mark {
	var out []mark
	for f := range rec.Findings() {
		out = append(out, viewOf(f.Kind).marks(f, t)...)
	}
	for _, d := range rec.Dates {
		out = append(out, mark{d.Span, "date", string(d.Value), ""})
	}
	for _, p := range rec.Document.Provenance {
		if p.End > p.Start {
			out = append(out, mark{p.Span, "source", t("role." + string(p.Role)), ""})
		}
	}
	for _, e := range rec.Entities {
		for _, m := range e.Mentions {
			if m.Form == letopis.FormName {
				title := e.Name
				if e.Country != "" {
					title += " (" + e.Country + ")"
				}
				out = append(out, mark{m.Span, "ent", title, ""})
			}
		}
	}
	sort.SliceStable(out, func(i, j int) bool {
		if out[i].Start != out[j].Start {
			return out[i].Start < out[j].Start
		}
		return out[i].End > out[j].End
	})
	return out
}

// quad returns the quad class of a PLOVER category: vc, mc, vk or mk.
func quad(c letopis.Code) string {
	switch c.Quad() {
	case letopis.VerbalCooperation:
		return "vc"
	case letopis.MaterialCooperation:
		return "mc"
	case letopis.VerbalConflict:
		return "vk"
	}
	return "mk"
}

// newArticle prepares the page of a record.
func newArticle(p page, rec *letopis.Record) *articlePage {
	a := &articlePage{page: p, Rec: rec, Chain: rec.Document.Provenance, ents: map[string]*letopis.Entity{}}
	a.Paragraphs = pieces(rec, p.T)
	a.Headline = headline(rec)
	a.page.Title = a.Headline
	for _, e := range rec.Document.Published.Evidence {
		a.Evidence = append(a.Evidence, e.Text)
	}
	for i := range rec.Entities {
		a.ents[rec.Entities[i].ID] = &rec.Entities[i]
	}
	a.findings()
	a.people()
	return a
}

// findings lists what is new and what is recalled, each in the order of the text
// or of its own date.
func (a *articlePage) findings() {
	for of := range a.Rec.Findings() {
		f := finding{Anchor: of.ID, Kind: string(of.Kind), When: string(of.When), Text: of.At.Text, Label: string(of.Kind),
			Rule: of.Rule, Confidence: int(100*of.Confidence + .5), start: of.At.Start}
		viewOf(of.Kind).margin(a, of, &f)
		a.put(f, of.Recalled)
	}
	sort.SliceStable(a.New, func(i, j int) bool { return a.New[i].start < a.New[j].start })
	sort.SliceStable(a.Old, func(i, j int) bool {
		if a.Old[i].When != a.Old[j].When {
			return a.Old[i].When > a.Old[j].When
		}
		return a.Old[i].start < a.Old[j].start
	})
}

func (a *articlePage) put(f finding, recalled bool) {
	if recalled {
		a.Old = append(a.Old, f)
	} else {
		a.New = append(a.New, f)
	}
}

func (a *articlePage) people() {
	for _, e := range a.Rec.Entities {
		p := person{Name: e.Name, Latin: e.Latin, Country: e.Country, Type: a.T("type." + string(e.Type)), Mentions: len(e.Mentions)}
		for _, r := range e.Roles {
			p.Roles = append(p.Roles, r.Text)
		}
		a.People = append(a.People, p)
	}
}

// headline returns the title of an article, or the beginning of its text.
func headline(rec *letopis.Record) string {
	if rec.Document.Title != "" {
		return rec.Document.Title
	}
	h, _, _ := strings.Cut(strings.TrimSpace(rec.Document.Text), "\n")
	if r := []rune(h); len(r) > 140 {
		h = string(r[:140]) + "…"
	}
	return h
}
