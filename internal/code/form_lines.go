package code

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"strings"
)

// line is an object of JSON Lines.
type line struct {
	ID       any    `json:"id"`
	UID      any    `json:"uid"`
	Lang     string `json:"lang"`
	Date     string `json:"date"`
	Text     string `json:"text"`
	Sentence string `json:"sentence"`
	Marked   string `json:"marked_sentence"`
	Source   any    `json:"source"`
	Target   any    `json:"target"`
}

func readLines(r io.Reader) iter.Seq2[*Sentence, error] {
	return func(yield func(*Sentence, error) bool) {
		br := bufio.NewReaderSize(r, 1<<16)
		for n := 1; ; n++ {
			b, long, err := nextLine(br)
			if err != nil && err != io.EOF {
				yield(nil, invalid(fmt.Sprintf("line %d", n), err))
				return
			}
			end := err == io.EOF
			switch b = bytes.TrimSpace(b); {
			case long:
				if !yield(nil, invalid(fmt.Sprintf("line %d", n), fmt.Errorf("longer than %d bytes", maxLine))) {
					return
				}
			case len(b) > 0:
				it, err := object(b)
				if err != nil {
					err = invalid(fmt.Sprintf("line %d", n), err)
				}
				if !yield(it, err) {
					return
				}
			}
			if end {
				return
			}
		}
	}
}

// nextLine reads a line; one that is too long is passed over.
func nextLine(br *bufio.Reader) (b []byte, long bool, err error) {
	for {
		part, err := br.ReadSlice('\n')
		if !long {
			b = append(b, part...)
			long = len(b) > maxLine
		}
		if err != bufio.ErrBufferFull {
			return b, long, err
		}
	}
}

func object(b []byte) (*Sentence, error) {
	var l line
	if err := json.Unmarshal(b, &l); err != nil {
		return nil, fmt.Errorf("no object with a text: %w", err)
	}
	it := &Sentence{ID: scalar(l.ID), Lang: l.Lang, Date: l.Date, Text: l.Text}
	if it.ID == "" {
		it.ID = scalar(l.UID)
	}
	if it.Text == "" {
		it.Text = l.Sentence
	}
	return it, it.actors(l.Marked, scalar(l.Source), scalar(l.Target))
}

// scalar is a string or number of JSON as a string, "" for anything else.
func scalar(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return strings.TrimSuffix(fmt.Sprintf("%.6f", v), ".000000")
	}
	return ""
}
