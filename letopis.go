// Package letopis is the vocabulary of a sourced chronicle of international
// relations: documents as they were published, the records that are read out
// of them (who said and did what to whom, when, and according to whom), and the
// chronicle that is folded out of the records.
//
// The JSON form of these types is the record contract, schema
// "letopis/record/v1" (docs/formats/record.md). The package imports only the
// standard library, knows no database and no parser, and does no input or
// output of its own.
//
// One invariant holds everywhere: for every [Range] r of a record,
// the code points r.Start to r.End of Document.Text are exactly r.Text.
package letopis

// Schema is the version of the record format that this package writes.
const Schema = "letopis/record/v1"

// ID names a document. It is made from the content and the address alone, so
// the same article has the same ID on every machine.
type ID string

// Span is a half-open range of Unicode code points of Document.Text.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Len returns the number of code points in the span.
func (s Span) Len() int { return s.End - s.Start }

// Contains reports whether t lies wholly inside s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Overlaps reports whether s and t share at least one code point.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// Range is a span together with the characters that stand in it.
type Range struct {
	Span
	Text string `json:"text"`
}
