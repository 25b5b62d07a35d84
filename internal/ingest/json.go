package ingest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"path/filepath"
	"strings"

	"letopis"
)

// An article in JSON is an object {"id", "lang", "published", "title", "text", "url"};
// only text is needed, and fields of other names are ignored.

// maxDepth is how deep the values of an article may nest.
const maxDepth = 64

func isJSON(name string, head []byte) bool {
	head = bytes.TrimLeft(head, " \t\r\n")
	return len(head) > 0 && head[0] == '{' || bytes.HasPrefix(head, []byte(`"{\"`)) || isNamedJSON(name)
}

func isNamedJSON(name string) bool { return strings.EqualFold(filepath.Ext(name), ".json") }

// isJSONArray wants an object in the array, because a text may begin with a bracket too.
func isJSONArray(name string, head []byte) bool {
	head = bytes.TrimLeft(head, " \t\r\n")
	if len(head) == 0 || head[0] != '[' {
		return false
	}
	if isNamedJSON(name) {
		return true
	}
	head = bytes.TrimLeft(head[1:], " \t\r\n")
	return len(head) > 0 && (head[0] == '{' || head[0] == ']')
}

// isJSONLines reports whether head has an object on its first line, and not only
// the beginning of one: an object written over several lines has a key on its second.
func isJSONLines(name string, head []byte) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".jsonl", ".ndjson":
		return true
	}
	if !isJSON("", head) {
		return false
	}
	first, rest, more := bytes.Cut(bytes.TrimLeft(head, " \t\r\n"), []byte{'\n'})
	if !more {
		return len(head) >= headSize-1
	}
	rest = bytes.TrimLeft(rest, " \t\r\n")
	return len(rest) > 0 && rest[0] == '{' || bytes.HasSuffix(bytes.TrimSpace(first), []byte{'}'}) && json.Valid(first)
}

// readJSON reads one object that is the whole input.
func readJSON(in *input) iter.Seq2[*letopis.Document, error] {
	b, err := in.whole()
	if err != nil {
		return one(nil, err)
	}
	return one(in.object(b, place{1, 1}))
}

// readJSONLines reads an object a line. A line that is too long is passed over
// without being held.
func readJSONLines(in *input) iter.Seq2[*letopis.Document, error] {
	return func(yield func(*letopis.Document, error) bool) {
		var buf []byte
		for line := 1; ; line++ {
			b, long, err := in.line(buf[:0])
			buf = b
			if err != nil && err != io.EOF {
				yield(nil, in.failed(err))
				return
			}
			at := place{line, 1}
			switch {
			case long:
				if !yield(nil, in.errorAt(at, letopis.Invalid, "", "this line is larger than %s, the most that one article may have", size(in.o.MaxArticle))) {
					return
				}
			case len(bytes.TrimSpace(b)) > 0:
				if !yield(in.object(b, at)) {
					return
				}
			}
			if err == io.EOF {
				return
			}
		}
	}
}

// line appends the next line to buf; long says that it had more than MaxArticle
// bytes, of which the rest was passed over.
func (in *input) line(buf []byte) (b []byte, long bool, err error) {
	for {
		part, err := in.r.ReadSlice('\n')
		if int64(len(buf)+len(part)) > in.o.MaxArticle {
			long = true
		}
		if !long {
			buf = append(buf, part...)
		}
		if err != bufio.ErrBufferFull {
			return buf, long, err
		}
		if err := in.ctx.Err(); err != nil {
			return buf, long, err
		}
	}
}

// readJSONArray reads an array of objects, one after the other.
func readJSONArray(in *input) iter.Seq2[*letopis.Document, error] {
	return func(yield func(*letopis.Document, error) bool) {
		c := &cutter{in: in, at: place{1, 1}}
		for {
			b, at, err := c.next()
			if err == io.EOF {
				return
			}
			if err != nil && !errors.Is(err, errTooLong) {
				yield(nil, err)
				return
			}
			var doc *letopis.Document
			if err != nil {
				err = in.errorAt(at, letopis.Invalid, "", "this article is larger than %s, the most that one may have", size(in.o.MaxArticle))
			} else {
				doc, err = in.object(b, at)
			}
			if !yield(doc, err) {
				return
			}
		}
	}
}

var errTooLong = errors.New("too long")

// cutter cuts an array into its elements without holding more than one.
type cutter struct {
	in   *input
	at   place // of the next byte
	open bool
	n    int
	buf  []byte
}

func (c *cutter) byte() (byte, error) {
	b, err := c.in.r.ReadByte()
	switch {
	case err != nil:
	case b == '\n':
		c.at = place{c.at.line + 1, 1}
	case b&0xc0 != 0x80: // not inside a code point
		c.at.col++
	}
	return b, err
}

// skip returns the first byte that is no space, and its place.
func (c *cutter) skip() (byte, place, error) {
	for {
		at := c.at
		b, err := c.byte()
		if err != nil || b != ' ' && b != '\t' && b != '\r' && b != '\n' {
			return b, at, err
		}
	}
}

// next returns the next element and its place; io.EOF after the last.
func (c *cutter) next() ([]byte, place, error) {
	b, at, err := c.skip()
	if err == nil && !c.open {
		c.open = true // the '[' that the detector saw
		b, at, err = c.skip()
	}
	if err == nil && b == ']' {
		if _, at, err = c.skip(); err == io.EOF {
			return nil, at, io.EOF
		}
		return nil, at, c.in.errorAt(at, letopis.Invalid, "", "there is more after the end of the array; write one array, or one JSON object a line")
	}
	if err == nil && c.n > 0 {
		if b != ',' {
			return nil, at, c.in.errorAt(at, letopis.Invalid, "", "a comma or ] must stand here, not %q; the rest of the array is not read", b)
		}
		b, at, err = c.skip()
	}
	c.n++
	if err != nil {
		return nil, at, c.cut(err)
	}
	if b == ',' || b == ']' || b == '}' || b == ':' {
		return nil, at, c.in.errorAt(at, letopis.Invalid, "", "an article must stand here, not %q; the rest of the array is not read", b)
	}
	err = c.element(b)
	return c.buf, at, err
}

// element reads a value whose first byte is read, into buf: to the bracket that
// closes it, or to the comma or bracket after a bare one.
func (c *cutter) element(b byte) error {
	c.buf = c.buf[:0]
	depth, quoted, escaped, long := 0, false, false, false
	for {
		if long = long || int64(len(c.buf)) >= c.in.o.MaxArticle; !long {
			c.buf = append(c.buf, b)
		}
		switch {
		case escaped:
			escaped = false
		case quoted && b == '\\':
			escaped = true
		case b == '"':
			quoted = !quoted
		case quoted:
		case b == '{' || b == '[':
			depth++
		case b == '}' || b == ']':
			depth--
		}
		next, err := c.in.r.Peek(1)
		if !quoted && depth == 0 && (b == '}' || b == ']' || len(next) > 0 && (next[0] == ',' || next[0] == ']')) {
			if long {
				return errTooLong
			}
			return nil
		}
		if err != nil {
			return c.cut(err)
		}
		if b, err = c.byte(); err != nil {
			return c.cut(err)
		}
	}
}

// cut is the error of an array that ends too early.
func (c *cutter) cut(err error) error {
	if err == io.EOF {
		return c.in.errorAt(c.at, letopis.Invalid, "", "the array ends in the middle; the file was cut off")
	}
	return c.in.failed(err)
}

// object reads one article from b, whose first byte stands at base.
func (in *input) object(b []byte, base place) (*letopis.Document, error) {
	b, err := in.decode(b, base)
	if err != nil {
		return nil, err
	}
	o := objectReader{in: in, b: b, base: base, a: article{at: base, textAt: base}}
	if err := o.read(); err != nil {
		return nil, err
	}
	return in.document(o.a)
}

// objectReader reads the fields of an article and knows where they stand.
type objectReader struct {
	in   *input
	b    []byte
	base place
	a    article
}

func (o *objectReader) errorAt(off int, field, format string, args ...any) error {
	return o.in.errorAt(placeAt(o.b, off, o.base), letopis.Invalid, field, format, args...)
}

func (o *objectReader) read() error {
	if off := tooDeep(o.b); off >= 0 {
		return o.errorAt(off, "", "values nest deeper than %d; this is not an article", maxDepth)
	}
	var raw json.RawMessage
	if err := json.Unmarshal(o.b, &raw); err != nil {
		return o.syntax(err)
	}
	start := bytes.IndexFunc(o.b, func(r rune) bool { return !strings.ContainsRune(" \t\r\n", r) })
	if o.b[start] != '{' {
		return o.errorAt(start, "", "an article must be an object {\"text\": …}, not %s", kindOf(o.b[start]))
	}
	d := json.NewDecoder(bytes.NewReader(o.b))
	d.Token() // {
	seen := map[string]bool{}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return o.syntax(err)
		}
		off := int(d.InputOffset())
		for off < len(o.b) && strings.IndexByte(" \t\r\n:", o.b[off]) >= 0 {
			off++
		}
		raw = raw[:0]
		if err := d.Decode(&raw); err != nil {
			return o.syntax(err)
		}
		if err := o.field(key.(string), raw, off, seen); err != nil {
			return err
		}
	}
	if !seen["text"] {
		return o.errorAt(start, "text", "is missing; an article needs {\"text\": \"…\"}")
	}
	return nil
}

// field takes one field; off is where its value stands.
func (o *objectReader) field(key string, raw []byte, off int, seen map[string]bool) error {
	at := placeAt(o.b, off, o.base)
	var to *string
	switch key {
	case "id":
		to = &o.a.id
	case "lang":
		to, o.a.langAt = &o.a.lang, at
	case "published":
		to, o.a.dateAt = &o.a.published, at
	case "title":
		to = &o.a.title
	case "url":
		to = &o.a.url
	case "text":
		to, o.a.textAt = &o.a.text, at
	default:
		return nil
	}
	if seen[key] {
		return o.errorAt(off, key, "stands here for the second time; leave one")
	}
	seen[key] = true
	switch {
	case raw[0] == '"':
		if err := json.Unmarshal(raw, to); err != nil {
			return o.errorAt(off, key, "is not a string: %v", err)
		}
	case key == "id" && (raw[0] == '-' || raw[0] >= '0' && raw[0] <= '9'):
		*to = string(raw)
	case raw[0] == 'n' && key != "text":
	default:
		return o.errorAt(off, key, "is %s; it must be a string", kindOf(raw[0]))
	}
	return nil
}

// kindOf names the JSON value that begins with c.
func kindOf(c byte) string {
	switch c {
	case '{':
		return "an object"
	case '[':
		return "an array"
	case '"':
		return "a string"
	case 't', 'f':
		return "true or false"
	case 'n':
		return "null"
	}
	return "a number"
}

// syntax gives an error of package json its place.
func (o *objectReader) syntax(err error) error {
	var se *json.SyntaxError
	if !errors.As(err, &se) {
		return o.errorAt(0, "", "is not JSON: %v", err)
	}
	off := int(se.Offset)
	if msg := se.Error(); msg == "unexpected end of JSON input" {
		return o.errorAt(len(bytes.TrimRight(o.b, "\r\n")), "", "the JSON ends in the middle: a bracket or a quotation mark is not closed")
	} else if strings.Contains(msg, "after top-level value") {
		return o.errorAt(off-1, "", "there is more after the article; for several write one object a line, or an array")
	}
	if off > 0 && off <= len(o.b) && o.b[off-1] == '\n' && strings.Contains(se.Error(), "string literal") {
		return o.errorAt(off-1, "", "the line breaks inside a string: close its quotation mark, or write \\n")
	}
	if off >= 2 && bytes.HasPrefix(o.b[off-1:], []byte(`\"`)) && (o.b[off-2] == '{' || o.b[off-2] == '[' || o.b[off-2] == ',') {
		return o.errorAt(off-1, "", `is JSON whose quotation marks are escaped (\"), a string inside another document; give the inner JSON itself`)
	}
	return o.errorAt(off-1, "", "is not JSON: %w", se)
}

// tooDeep returns the offset at which b nests deeper than maxDepth, or -1. It
// looks at brackets only, so it is cheap and needs no valid JSON.
func tooDeep(b []byte) int {
	depth, quoted, escaped := 0, false, false
	for i, c := range b {
		switch {
		case escaped:
			escaped = false
		case quoted && c == '\\':
			escaped = true
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			if depth++; depth > maxDepth {
				return i
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return -1
}
