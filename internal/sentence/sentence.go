// Package sentence reads sentences that are to be coded, in the forms in which
// researchers keep them: JSON Lines, tables with marked actors, the XML of PETRARCH
// and CoNLL-U. Every reader bounds what it holds and names the place of an error.
package sentence

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"letopis"
	"letopis/internal/ud"
)

// Item is one sentence.
type Item struct {
	ID   string // as given; "" for none
	Lang string // as given; "" for none
	Date string // as given: 2008-08-06, 20080806; "" for none
	Text string // without marks
	// Source and Target are the places of the marked actors, in code points; none for an
	// actor that is only implied. Marked says that the sentence came with actors.
	Source, Target []letopis.Span
	Marked         bool
	Analysis       *ud.Analysis      // where the form has one; over Text
	Fields         map[string]string // further columns of a table
}

// Format is a form of input.
type Format string

// The forms that [Read] knows.
const (
	JSONLines Format = "jsonl"    // an object a line: text, and id, lang, date, marked_sentence, source, target
	PLV       Format = "plv"      // a tab-separated table: uid, sentence, marked_sentence, source, target
	Petrarch  Format = "petrarch" // XML of PETRARCH: Sentence elements with Text
	Conllu    Format = "conllu"   // CoNLL-U, each sentence one item
)

// Formats lists the forms.
func Formats() []Format { return []Format{JSONLines, PLV, Petrarch, Conllu} }

const (
	maxInput    = 256 << 20 // bytes of an input that is held whole or has no bound of its own
	maxSentence = 64 << 10  // bytes of a sentence
	maxLine     = 1 << 20   // bytes of a line of JSON
)

// Read reads sentences one by one. An error of one sentence comes in its place; after
// one of the whole input nothing follows. Errors name line, row or element.
func Read(r io.Reader, f Format) iter.Seq2[*Item, error] {
	read := map[Format]func(io.Reader) iter.Seq2[*Item, error]{JSONLines: readLines, PLV: readTable, Petrarch: readXML, Conllu: readConllu}[f]
	if read == nil {
		return func(yield func(*Item, error) bool) {
			yield(nil, &letopis.Error{Op: "read sentences", Kind: letopis.Unsupported, Err: fmt.Errorf("there is no format %q; there are %v", f, Formats())})
		}
	}
	return func(yield func(*Item, error) bool) {
		n := 0
		for it, err := range read(&capped{r: r, left: maxInput}) {
			n++
			if err == nil {
				err = it.check()
			}
			if err != nil {
				if !yield(nil, err) {
					return
				}
				continue
			}
			if it.ID == "" {
				it.ID = fmt.Sprintf("%d", n)
			}
			if !yield(it, nil) {
				return
			}
		}
	}
}

// check completes an item and bounds it.
func (it *Item) check() error {
	op := "sentence " + it.ID
	switch {
	case len(it.Text) > maxSentence:
		return &letopis.Error{Op: op, Kind: letopis.Invalid, Err: fmt.Errorf("has %d bytes, more than %d; give one sentence, or use letopis read for articles", len(it.Text), maxSentence)}
	case !utf8.ValidString(it.Text):
		return &letopis.Error{Op: op, Kind: letopis.Invalid, Err: errors.New("is not UTF-8")}
	case strings.TrimSpace(it.Text) == "":
		return &letopis.Error{Op: op, Kind: letopis.Invalid, Err: errors.New("has no text")}
	}
	return nil
}

// capped ends an input that is too large with an error.
type capped struct {
	r    io.Reader
	left int64
}

func (c *capped) Read(p []byte) (int, error) {
	if c.left <= 0 {
		return 0, fmt.Errorf("more than %d MB; split the file", maxInput>>20)
	}
	n, err := c.r.Read(p[:min(int64(len(p)), c.left)])
	c.left -= int64(n)
	return n, err
}

func invalid(op string, err error) error {
	return &letopis.Error{Op: op, Kind: letopis.Invalid, Err: err}
}

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

func readLines(r io.Reader) iter.Seq2[*Item, error] {
	return func(yield func(*Item, error) bool) {
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

func object(b []byte) (*Item, error) {
	var l line
	if err := json.Unmarshal(b, &l); err != nil {
		return nil, fmt.Errorf("no object with a text: %w", err)
	}
	it := &Item{ID: scalar(l.ID), Lang: l.Lang, Date: l.Date, Text: l.Text}
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

func readTable(r io.Reader) iter.Seq2[*Item, error] {
	return func(yield func(*Item, error) bool) {
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
			it := &Item{Fields: map[string]string{}}
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

// actors places the actors: by the marks of a marked sentence, else by their first
// place in the text.
func (it *Item) actors(marked, source, target string) error {
	if marked != "" {
		text, s, t, err := unmark(marked)
		if err != nil {
			return err
		}
		it.Text, it.Source, it.Target, it.Marked = text, s, t, true
		return nil
	}
	if source == "" && target == "" {
		return nil
	}
	it.Marked = true
	it.Source = find(it.Text, source, nil)
	it.Target = find(it.Text, target, it.Source)
	return nil
}

// find returns the first place of words in text that does not touch taken.
func find(text, words string, taken []letopis.Span) []letopis.Span {
	words = strings.TrimSpace(words)
	for from := 0; words != "" && from < len(text); {
		i := strings.Index(text[from:], words)
		if i < 0 {
			return nil
		}
		start := utf8.RuneCountInString(text[:from+i])
		s := letopis.Span{Start: start, End: start + utf8.RuneCountInString(words)}
		if !slices.ContainsFunc(taken, s.Overlaps) {
			return []letopis.Span{s}
		}
		from += i + len(words)
	}
	return nil
}

// marks of actors in a marked sentence.
var marks = []string{"<s>", "</s>", "<t>", "</t>"}

// unmark takes the marks out of a sentence.
func unmark(s string) (text string, source, target []letopis.Span, err error) {
	if len(s) > maxSentence {
		return "", nil, nil, fmt.Errorf("the marked sentence has more than %d bytes", maxSentence)
	}
	var b strings.Builder
	n := 0
	open := map[byte]int{'s': -1, 't': -1}
	for len(s) > 0 {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			b.WriteString(s)
			break
		}
		b.WriteString(s[:i])
		n += utf8.RuneCountInString(s[:i])
		s = s[i:]
		k := slices.IndexFunc(marks, func(m string) bool { return len(s) >= len(m) && strings.EqualFold(s[:len(m)], m) })
		if k < 0 {
			b.WriteByte('<')
			n++
			s = s[1:]
			continue
		}
		m := marks[k]
		who := m[len(m)-2]
		s = s[len(m):]
		if k%2 == 0 {
			open[who] = n
			continue
		}
		if open[who] < 0 {
			return "", nil, nil, fmt.Errorf("%s closes what %s has not opened", m, marks[k-1])
		}
		span := letopis.Span{Start: open[who], End: n}
		open[who] = -1
		if who == 's' {
			source = append(source, span)
		} else {
			target = append(target, span)
		}
	}
	if open['s'] >= 0 || open['t'] >= 0 {
		return "", nil, nil, errors.New("a mark <s> or <t> is not closed")
	}
	if len(source)+len(target) == 0 {
		return "", nil, nil, errors.New("no actor is marked with <s> and </s> or <t> and </t>")
	}
	return b.String(), source, target, nil
}

// maxXMLDepth is how deep elements may nest.
const maxXMLDepth = 32

// readXML reads the Sentence elements of PETRARCH: its attributes id and date, and the
// element Text, or the words of Parse where there is no text.
func readXML(r io.Reader) iter.Seq2[*Item, error] {
	return func(yield func(*Item, error) bool) {
		d := xml.NewDecoder(r)
		d.Strict = false
		d.Entity = xml.HTMLEntity
		var it *Item
		var text, parse strings.Builder
		var into *strings.Builder
		depth := 0
		fail := func(err error) {
			line, _ := d.InputPos()
			yield(nil, invalid(fmt.Sprintf("XML line %d", line), err))
		}
		for {
			tok, err := d.Token()
			if err == io.EOF {
				return
			}
			if err != nil {
				fail(err)
				return
			}
			switch x := tok.(type) {
			case xml.StartElement:
				if depth++; depth > maxXMLDepth {
					fail(fmt.Errorf("elements nest deeper than %d", maxXMLDepth))
					return
				}
				switch x.Name.Local {
				case "Sentence":
					it = &Item{}
					text.Reset()
					parse.Reset()
					for _, a := range x.Attr {
						switch a.Name.Local {
						case "id":
							it.ID = a.Value
						case "date":
							it.Date = a.Value
						case "lang":
							it.Lang = a.Value
						}
					}
				case "Text":
					into = &text
				case "Parse":
					into = &parse
				}
			case xml.CharData:
				if into != nil && it != nil {
					if into.Len()+len(x) > maxLine {
						fail(fmt.Errorf("an element has more than %d bytes", maxLine))
						return
					}
					into.Write(x)
				}
			case xml.EndElement:
				depth--
				switch x.Name.Local {
				case "Text", "Parse":
					into = nil
				case "Sentence":
					if it == nil {
						continue
					}
					it.Text = strings.Join(strings.Fields(text.String()), " ")
					if it.Text == "" {
						it.Text = leaves(parse.String())
					}
					if !yield(it, nil) {
						return
					}
					it = nil
				}
			}
		}
	}
}

// leaves returns the words of a bracketed tree.
func leaves(tree string) string {
	var words []string
	rest := tree
	for {
		end := strings.IndexByte(rest, ')')
		if end < 0 {
			break
		}
		part := rest[:end]
		rest = rest[end+1:]
		if i := strings.LastIndexByte(part, '('); i >= 0 {
			if f := strings.Fields(part[i+1:]); len(f) == 2 {
				words = append(words, f[1])
			}
		}
	}
	return strings.NewReplacer(" ,", ",", " .", ".", " '", "'", " n't", "n't", "-LRB- ", "(", " -RRB-", ")").Replace(strings.Join(words, " "))
}

func readConllu(r io.Reader) iter.Seq2[*Item, error] {
	return func(yield func(*Item, error) bool) {
		c, err := ud.ReadConllu(r, "")
		if err != nil {
			yield(nil, invalid("read sentences", err))
			return
		}
		for i := range c.Analysis.Sentences {
			s := c.Analysis.Sentences[i]
			it := &Item{Text: c.Text[s.Start:s.End]}
			for _, comment := range c.Extra[i].Comments {
				key, value, ok := strings.Cut(strings.TrimLeft(comment, "# "), "=")
				if !ok {
					continue
				}
				switch value = strings.TrimSpace(value); strings.TrimSpace(key) {
				case "sent_id":
					it.ID = value
				case "date":
					it.Date = value
				case "lang":
					it.Lang = value
				}
			}
			from := s.Start
			s.Span = ud.Span{Start: 0, End: s.End - from}
			s.Tokens = slices.Clone(s.Tokens)
			for k := range s.Tokens {
				s.Tokens[k].Start -= from
				s.Tokens[k].End -= from
			}
			it.Analysis = &ud.Analysis{Sentences: []ud.Sentence{s}}
			if !yield(it, nil) {
				return
			}
		}
	}
}
