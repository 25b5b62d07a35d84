package read

import (
	"letopis"
	"letopis/internal/ud"
)

// dates finds the time expressions and decides the article's own date.
func (r *reading) dates() { r.published = r.doc.Published }

func (r *reading) finishDates(rec *letopis.Record, rng func(ud.Span) letopis.Range) {}

// chunkTime reports whether a phrase is a time expression.
func (r *reading) chunkTime(c *chunk) bool { return r.toks[c.head].date }

var _ letopis.When
