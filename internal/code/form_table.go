package code

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
)

func readTable(r io.Reader) iter.Seq2[*Sentence, error] {
	return func(yield func(*Sentence, error) bool) {
		t := csv.NewReader(r)
		t.Comma, t.LazyQuotes, t.FieldsPerRecord = '\t', true, -1
		head, err := t.Read()
		if err != nil {
			yield(nil, invalid("table", fmt.Errorf("no header: %w", err)))
			return
		}
		head[0] = strings.TrimPrefix(head[0], "\ufeff")
		if !slices.Contains(head, "marked_sentence") && !slices.Contains(head, "sentence") {
			yield(nil, invalid("table", errors.New("the header names neither marked_sentence nor sentence; the columns are uid, sentence, marked_sentence, source, target")))
			return
		}
		for n := 2; ; n++ {
			row, err := t.Read()
			if err == io.EOF {
				return
			}
			if err != nil {
				yield(nil, invalid(fmt.Sprintf("row %d", n), err))
				return
			}
			it := &Sentence{Fields: map[string]string{}}
			for i, v := range row[:min(len(row), len(head))] {
				it.Fields[head[i]] = v
			}
			if it.ID = it.Fields["uid"]; it.ID == "" {
				it.ID = it.Fields["sentence_id"]
			}
			it.Text, it.Lang, it.Date = it.Fields["sentence"], it.Fields["lang"], it.Fields["date"]
			if err = it.actors(it.Fields["marked_sentence"], it.Fields["source"], it.Fields["target"]); err != nil {
				err = invalid(fmt.Sprintf("row %d", n), err)
			}
			if !yield(it, err) {
				return
			}
		}
	}
}
