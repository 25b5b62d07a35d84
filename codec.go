package letopis

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
)

// The JSON of a record: UTF-8 as it is and not escaped, fields in the order of the
// types, unknown ones left out, lists always lists and never null. Equal
// records give equal bytes.

// AppendJSON appends the record to dst as JSON on one line, without a newline.
func (r *Record) AppendJSON(dst []byte) ([]byte, error) {
	b := bytes.NewBuffer(dst)
	if err := encodeRecord(b, r, ""); err != nil {
		return dst, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte{'\n'}), nil
}

// WriteJSON writes the record as indented JSON with a newline at its end.
func (r *Record) WriteJSON(w io.Writer) error { return encodeRecord(w, r, "  ") }

func encodeRecord(w io.Writer, r *Record, indent string) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	if err := e.Encode(r.listed()); err != nil {
		return fmt.Errorf("encode record %s: %w", r.Document.ID, err)
	}
	return nil
}

// DecodeRecord reads a record from its JSON, on one line or indented. The error is
// of kind Conflict for a record of another schema and of kind Invalid for all else;
// what the record says is left to [Record.Validate].
func DecodeRecord(b []byte) (*Record, error) {
	var head struct {
		Schema string `json:"schema"`
	}
	if err := json.Unmarshal(b, &head); err != nil {
		return nil, &Error{Op: "decode record", Kind: Invalid, Err: jsonPlace(b, err)}
	}
	if head.Schema != Schema {
		return nil, &Error{Op: "decode record", Kind: Conflict, Err: fmt.Errorf("its schema is %.40q; this program reads %s", head.Schema, Schema)}
	}
	r := new(Record)
	if err := json.Unmarshal(b, r); err != nil {
		return nil, &Error{Op: "decode record", Kind: Invalid, Err: jsonPlace(b, err)}
	}
	return r.listed(), nil
}

// jsonPlace gives an error of package json its line and column.
func jsonPlace(b []byte, err error) error {
	off := int64(-1)
	var se *json.SyntaxError
	var te *json.UnmarshalTypeError
	switch {
	case errors.As(err, &se):
		off = se.Offset - 1
	case errors.As(err, &te):
		off = te.Offset - 1
	}
	if off < 0 || off > int64(len(b)) {
		return err
	}
	line := bytes.Count(b[:off], []byte{'\n'}) + 1
	col := int(off) - bytes.LastIndexByte(b[:off], '\n')
	return fmt.Errorf("line %d, column %d: %w", line, col, err)
}

// listed returns r with every list that the contract asks for present. r is not
// changed; it is returned itself if it has them all.
func (r *Record) listed() *Record {
	if r.complete() {
		return r
	}
	c := *r
	c.Document.Provenance = orEmpty(c.Document.Provenance)
	c.Entities, c.Dates = slices.Clone(orEmpty(c.Entities)), orEmpty(c.Dates)
	c.Statements, c.Events = slices.Clone(orEmpty(c.Statements)), slices.Clone(orEmpty(c.Events))
	if c.Reading.Packs == nil {
		c.Reading.Packs = map[string]string{}
	}
	for i := range c.Entities {
		c.Entities[i].Mentions = orEmpty(c.Entities[i].Mentions)
	}
	for i := range c.Statements {
		c.Statements[i].Via = orEmpty(c.Statements[i].Via)
	}
	for i := range c.Events {
		e := &c.Events[i]
		e.Source, e.Target = orEmpty(e.Source), orEmpty(e.Target)
		e.SourceCountry, e.TargetCountry = orEmpty(e.SourceCountry), orEmpty(e.TargetCountry)
	}
	return &c
}

func (r *Record) complete() bool {
	return r.Document.Provenance != nil && r.Entities != nil && r.Dates != nil && r.Statements != nil && r.Events != nil && r.Reading.Packs != nil &&
		!slices.ContainsFunc(r.Entities, func(e Entity) bool { return e.Mentions == nil }) &&
		!slices.ContainsFunc(r.Statements, func(s Statement) bool { return s.Via == nil }) &&
		!slices.ContainsFunc(r.Events, func(e Event) bool {
			return e.Source == nil || e.Target == nil || e.SourceCountry == nil || e.TargetCountry == nil
		})
}

func orEmpty[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
