package export

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"letopis"
)

// Annotation is a report as a W3C Web Annotation (Web Annotation Data Model, W3C
// Recommendation of 2017): positions are code points, as there.
type Annotation struct {
	ID         string           `json:"id"`
	Type       string           `json:"type"`
	Motivation string           `json:"motivation"`
	Body       []annotationBody `json:"body"`
	Target     annotationTarget `json:"target"`
}

type annotationBody struct {
	Type    string `json:"type"`
	Purpose string `json:"purpose"`
	Value   string `json:"value"`
}

type annotationTarget struct {
	Source   string               `json:"source"`
	Selector []annotationSelector `json:"selector"`
}

type annotationSelector struct {
	Type   string `json:"type"`
	Start  *int   `json:"start,omitempty"`
	End    *int   `json:"end,omitempty"`
	Exact  string `json:"exact,omitempty"`
	Prefix string `json:"prefix,omitempty"`
	Suffix string `json:"suffix,omitempty"`
}

// contextRunes is how many code points of the text stand before and after a quotation.
const contextRunes = 32

// writeWebAnnotations writes one AnnotationPage with an annotation for each report.
func writeWebAnnotations(ctx context.Context, w io.Writer, c *Chronicle) error {
	b := bufio.NewWriterSize(w, 1<<16)
	b.WriteString(`{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": [`)
	r := newReader(c)
	sep := "\n"
	for e, err := range c.Entries {
		if err != nil {
			return err
		}
		for i := range e.Reports {
			t, err := r.tell(ctx, e, &e.Reports[i])
			if err != nil {
				return err
			}
			a, ok := annotation(t)
			if !ok {
				continue
			}
			text, err := json.Marshal(a)
			if err != nil {
				return err
			}
			b.WriteString(sep)
			b.Write(text)
			sep = ",\n"
		}
	}
	b.WriteString("\n]}\n")
	return b.Flush()
}

func annotation(t *told) (Annotation, bool) {
	f, _ := t.rec.Finding(t.report.Item.Item)
	at := f.Words
	runes := []rune(t.rec.Document.Text)
	if at.End <= at.Start || at.End > len(runes) {
		return Annotation{}, false
	}
	source := t.report.URL
	if source == "" {
		source = "urn:letopis:document:" + string(t.report.Doc)
	}
	a := Annotation{
		ID: "urn:letopis:report:" + string(t.report.Doc) + ":" + t.report.Item.Item, Type: "Annotation", Motivation: "tagging",
		Body: []annotationBody{{"TextualBody", "identifying", "urn:letopis:entry:" + t.ID}},
		Target: annotationTarget{source, []annotationSelector{
			{Type: "TextPositionSelector", Start: &at.Start, End: &at.End},
			{Type: "TextQuoteSelector", Exact: at.Text, Prefix: string(runes[max(0, at.Start-contextRunes):at.Start]), Suffix: string(runes[at.End:min(len(runes), at.End+contextRunes)])},
		}},
	}
	tag := func(v string) {
		if v != "" {
			a.Body = append(a.Body, annotationBody{"TextualBody", "tagging", v})
		}
	}
	tag(string(t.Kind))
	tag(string(t.Code))
	tag(t.Mode)
	tag(string(t.Modality))
	if t.report.Recalled {
		tag("recalled")
	}
	for _, p := range t.Source {
		tag("source:" + p.Name)
	}
	for _, p := range t.Target {
		tag("target:" + p.Name)
	}
	return a, utf8.ValidString(at.Text)
}

// writeConllu writes the articles that the entries stand on, each once, in the order
// in which the entries name them.
func writeConllu(ctx context.Context, w io.Writer, c *Chronicle) error {
	if c.Conllu == nil {
		return &letopis.Error{Op: "export conllu", Kind: letopis.Unsupported, Err: errors.New("there is no analyser here")}
	}
	b := bufio.NewWriterSize(w, 1<<16)
	r := newReader(c)
	done := map[letopis.ID]bool{}
	for e, err := range c.Entries {
		if err != nil {
			return err
		}
		for _, rep := range e.Reports {
			if done[rep.Doc] {
				continue
			}
			done[rep.Doc] = true
			rec, err := r.record(ctx, rep.Doc)
			if err == nil {
				err = c.Conllu(ctx, b, &rec.Document)
			}
			if err != nil {
				return fmt.Errorf("article %s: %w", rep.Doc, err)
			}
		}
	}
	return b.Flush()
}
