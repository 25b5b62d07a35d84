package export

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"strings"

	"letopis"
)

// ploverEntity is an actor as the PLOVER manual 2.0 has it (section 7).
type ploverEntity struct {
	Code   string `json:"code,omitempty"`
	Sector string `json:"sector,omitempty"`
	Text   string `json:"entity_text,omitempty"`
	ID     string `json:"identifier_id,omitempty"`
	Name   string `json:"identifier_text,omitempty"`
	Office string `json:"office,omitempty"`
}

type ploverText struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Story string `json:"text_story,omitempty"`
}

type ploverCite struct {
	Corpus    string `json:"corpus,omitempty"`
	Citation  string `json:"citation,omitempty"`
	URL       string `json:"url,omitempty"`
	Title     string `json:"title,omitempty"`
	Language  string `json:"language,omitempty"`
	Publisher string `json:"publication,omitempty"`
	Coder     string `json:"coder,omitempty"`
	Version   string `json:"version,omitempty"`
}

// ploverEvent has the fields of the manual. What letopis knows beyond it stands in
// comment: the modality, and whether it is known from recollection only.
type ploverEvent struct {
	ID         string         `json:"id"`
	HasEvent   bool           `json:"has_event"`
	Date       string         `json:"date,omitempty"`
	EndDate    string         `json:"enddate,omitempty"`
	Actor      []ploverEntity `json:"actor"`
	Recipient  []ploverEntity `json:"recipient"`
	Event      []string       `json:"event"`
	EventLoc   string         `json:"event_loc,omitempty"`
	EventText  []string       `json:"event_text,omitempty"`
	QuadCode   int            `json:"quad_code"`
	EventScale json.Number    `json:"event_scale,omitempty"`
	Mode       []string       `json:"mode"`
	Context    []string       `json:"context"`
	Text       string         `json:"text"`
	TextInfo   *ploverText    `json:"text_info,omitempty"`
	CiteInfo   ploverCite     `json:"cite_info"`
	Coder      string         `json:"coder"`
	Comment    string         `json:"comment,omitempty"`
}

func ploverEntities(all []side) []ploverEntity {
	out := []ploverEntity{}
	for _, s := range all {
		e := ploverEntity{Code: s.country, Text: s.name}
		if len(s.sectors) > 0 {
			e.Sector = s.sectors[0]
		}
		if len(s.titles) > 0 {
			e.Office = s.titles[0]
		}
		if s.entity != nil && s.entity.KB != "" {
			e.ID, e.Name = s.entity.KB, s.inLatin()
		}
		out = append(out, e)
	}
	return out
}

func writePLOVER(ctx context.Context, w io.Writer, c *Chronicle) error {
	b := bufio.NewWriterSize(w, 1<<16)
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	for t, err := range c.events(ctx) {
		if err != nil {
			return err
		}
		first, last := t.Days()
		e := ploverEvent{
			ID: t.ID, HasEvent: true, Date: first, Actor: ploverEntities(t.sides(t.Source, t.SourceCountry)), Recipient: ploverEntities(t.sides(t.Target, t.TargetCountry)),
			Event: []string{string(t.Code)}, EventLoc: t.Place, QuadCode: int(t.Code.Quad()), EventScale: json.Number(c.intensity(t)), Mode: []string{}, Context: []string{}, Text: t.Text,
			CiteInfo: ploverCite{Corpus: "letopis", Citation: string(t.report.Doc), URL: t.report.URL, Title: t.report.Title, Language: t.report.Lang, Publisher: t.report.Publisher,
				Coder: "letopis", Version: t.rec.Reading.Program},
			Coder: "letopis",
		}
		if last != first {
			e.EndDate = last
		}
		if t.Mode != "" {
			e.Mode = append(e.Mode, t.Mode)
		}
		if t.event != nil {
			e.Context = append(e.Context, t.event.Context...)
			e.EventText = []string{t.event.Trigger.Text}
			e.TextInfo = &ploverText{Start: t.event.Evidence.Start, End: t.event.Evidence.End, Story: string(t.report.Doc)}
		}
		var notes []string
		if t.Modality != "" && t.Modality != letopis.Actual {
			notes = append(notes, strings.TrimSpace(string(t.flipped)+" "+string(t.Modality)))
		}
		if t.Recalled {
			notes = append(notes, "historical")
		}
		e.Comment = strings.Join(notes, ", ")
		if err := enc.Encode(e); err != nil {
			return err
		}
	}
	return b.Flush()
}
