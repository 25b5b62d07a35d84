package ingest

import (
	"bytes"
	"iter"

	"letopis"
)

func isText(string, []byte) bool { return true }

// readText reads plain text: the whole input is the article's text.
func readText(in *input) iter.Seq2[*letopis.Document, error] {
	b, err := in.whole()
	if err != nil {
		return one(nil, err)
	}
	if b, err = in.decode(b, place{1, 1}); err != nil {
		return one(nil, err)
	}
	return one(in.document(article{text: string(b)}))
}

// magics are the first bytes of what people hand over for an article by mistake.
var magics = []struct{ bytes, name string }{
	{"%PDF-", "a PDF document"},
	{"PK\x03\x04", "a ZIP archive or an office document"},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"},
	{"SQLite format 3\x00", "a SQLite database"},
	{"\x89PNG\r\n", "a PNG image"},
	{"\xff\xd8\xff", "a JPEG image"},
	{"GIF8", "a GIF image"},
	{"\x7fELF", "a program"},
	{"BZh", "a bzip2 archive"},
	{"\xfd7zXZ\x00", "an xz archive"},
	{"\x28\xb5\x2f\xfd", "a zstd archive"},
	{"{\\rtf", "an RTF document"},
}

func magicOf(head []byte) string {
	for _, m := range magics {
		if bytes.HasPrefix(head, []byte(m.bytes)) {
			return m.name
		}
	}
	return ""
}

// isBinary reports whether head cannot be the beginning of a text: a known magic,
// a NUL, or more control characters than any text has.
func isBinary(_ string, head []byte) bool {
	if magicOf(head) != "" {
		return true
	}
	control := 0
	for _, c := range head {
		if c == 0 {
			return true
		}
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1b {
			control++
		}
	}
	return control*20 > len(head)
}

func refuseBinary(in *input) iter.Seq2[*letopis.Document, error] {
	head, _ := in.r.Peek(headSize)
	if name := magicOf(head); name != "" {
		return one(nil, in.unsupported("is %s; give the article as plain text, JSON or JSON Lines", name))
	}
	return one(nil, in.invalid("is a binary file, or UTF-16 without a byte order mark; give plain text in UTF-8, JSON or JSON Lines"))
}

// isMarkup reports whether head is the beginning of an HTML page or of XML.
func isMarkup(_ string, head []byte) bool {
	head = bytes.TrimSpace(head)
	for _, p := range []string{"<!doctype", "<html", "<?xml", "<rss", "<feed", "<head", "<body", "<!--"} {
		if len(head) >= len(p) && bytes.EqualFold(head[:len(p)], []byte(p)) {
			return true
		}
	}
	return false
}

func refuseMarkup(in *input) iter.Seq2[*letopis.Document, error] {
	return one(nil, in.unsupported("is an HTML or XML page, which letopis does not read yet; give the article's text, or JSON with \"title\" and \"text\""))
}
