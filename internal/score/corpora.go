package score

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"letopis"
)

// OpenTimeML reads documents with TIMEX3 annotations, a JSON object a line: id, lang,
// dct (date of creation), text, timex. Gold holds those of type DATE and TIME.
func OpenTimeML(path string) ([]Case, error) {
	var out []Case
	err := eachLine(path, func(line []byte) error {
		var d struct {
			ID, Lang, DCT, Text string
			Timex               []struct {
				Start, End  int
				Type, Value string
			}
		}
		if err := json.Unmarshal(line, &d); err != nil {
			return err
		}
		c := Case{File: d.ID, Document: letopis.Document{ID: letopis.ID(d.ID), Lang: d.Lang, Text: d.Text}, Gold: &Findings{}}
		if when, err := letopis.ParseWhen(d.DCT[:min(len(d.DCT), 10)]); err == nil && when != "" {
			c.Document.Published = letopis.Published{Value: when, Basis: letopis.BasisMetadata}
		}
		at := newSlicer(d.Text)
		for _, x := range d.Timex {
			if x.Type == "DATE" || x.Type == "TIME" {
				c.Gold.Dates = append(c.Gold.Dates, Date{Place: at.place(x.Start, x.End), Value: x.Value})
			}
		}
		out = append(out, c)
		return nil
	})
	return out, err
}

// OpenAttributions reads documents with attributions, a JSON object a line: id, date,
// text, attributions of source, cue and content as lists of [start, end]. A list of
// several spans becomes the span from the first to the last.
func OpenAttributions(path, lang string) ([]Case, error) {
	var out []Case
	err := eachLine(path, func(line []byte) error {
		var d struct {
			ID, Date, Title, Text string
			Attributions          []struct{ Source, Cue, Content [][2]int }
		}
		if err := json.Unmarshal(line, &d); err != nil {
			return err
		}
		c := Case{File: d.ID, Document: letopis.Document{ID: letopis.ID(d.ID), Lang: lang, Title: d.Title, Text: d.Text}, Gold: &Findings{}}
		if when, err := letopis.ParseWhen(d.Date); err == nil && when != "" {
			c.Document.Published = letopis.Published{Value: when, Basis: letopis.BasisMetadata}
		}
		at := newSlicer(d.Text)
		for _, a := range d.Attributions {
			if len(a.Source) == 0 || len(a.Content) == 0 {
				continue // nobody's words, or nothing said
			}
			s := Statement{Content: at.hull(a.Content), Speaker: at.hull(a.Source)}
			s.Names = []string{s.Speaker.Text}
			if len(a.Cue) > 0 {
				s.Cue = at.hull(a.Cue).Text
			}
			c.Gold.Statements = append(c.Gold.Statements, s)
		}
		out = append(out, c)
		return nil
	})
	return out, err
}

// eachLine calls f with each line of a JSON Lines file. An error names the line.
func eachLine(path string, f func([]byte) error) error {
	data, err := readFile(path)
	if err != nil {
		return err
	}
	sc := bufio.NewScanner(bytes.NewReader(data))
	sc.Buffer(nil, 64<<20)
	n := 0
	for sc.Scan() {
		n++
		if len(bytes.TrimSpace(sc.Bytes())) == 0 {
			continue
		}
		if err := f(sc.Bytes()); err != nil {
			return &letopis.Error{Op: fmt.Sprintf("%s:%d", path, n), Kind: letopis.Invalid, Err: err}
		}
	}
	if err := sc.Err(); err != nil {
		return &letopis.Error{Op: "read " + path, Kind: letopis.Invalid, Err: err}
	}
	return nil
}

// slicer cuts a text by code points.
type slicer struct {
	text string
	at   []int // byte offset of each code point and of the end
}

func newSlicer(text string) *slicer {
	s := &slicer{text: text, at: make([]int, 0, utf8.RuneCountInString(text)+1)}
	for i := range text {
		s.at = append(s.at, i)
	}
	s.at = append(s.at, len(text))
	return s
}

// place makes the place of a span; not OK where the span does not lie in the text.
func (s *slicer) place(start, end int) Place {
	p := Place{Span: letopis.Span{Start: start, End: end}}
	if start < 0 || end < start || end >= len(s.at) {
		return p
	}
	p.Text, p.OK = s.text[s.at[start]:s.at[end]], true
	return p
}

func (s *slicer) hull(spans [][2]int) Place {
	start, end := spans[0][0], spans[0][1]
	for _, x := range spans[1:] {
		start, end = min(start, x[0]), max(end, x[1])
	}
	return s.place(start, end)
}
