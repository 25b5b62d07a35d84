package main

import (
	"context"
	"path/filepath"
	"time"

	"letopis"
	"letopis/internal/measure"
	"letopis/internal/score"
)

// undatedWidth is the widest interval that still tells when an article is of: three months.
const undatedWidth = 93 * 24 * time.Hour

// undated takes the date from annotated articles and asks what the text alone tells:
// dated counts where the true day lies in what is read and that is three months wide at
// most; honest also where nothing is read.
func (s *suite) undated(ctx context.Context, t *task) ([]score.Row, error) {
	cases, err := score.OpenGold(filepath.Join(s.path(t), "articles"), filepath.Join(s.path(t), "records"))
	if err != nil {
		return nil, err
	}
	var docs []*letopis.Document
	var dates []letopis.When
	for i := range cases {
		d := cases[i].Document
		if d.Published.Value == "" || !s.reads(d.Lang) {
			continue
		}
		dates = append(dates, d.Published.Value)
		d.Published = letopis.Published{}
		docs = append(docs, &d)
	}
	found, err := measure.Records(ctx, s.reader, docs, func(r *letopis.Record) letopis.When { return r.Document.Published.Value })
	if err != nil {
		return nil, err
	}
	dated, honest := 0, 0
	for i, w := range found {
		first, last, ok := w.Bounds()
		switch {
		case w == "":
			honest++
		case ok && w.Contains(dates[i]) && last.Sub(first) <= undatedWidth:
			dated, honest = dated+1, honest+1
		}
	}
	return []score.Row{
		score.RowOf(t.name, "all", shareOf("dated", dated, len(docs))),
		score.RowOf(t.name, "all", shareOf("honest", honest, len(docs))),
	}, nil
}
