package ingest

import (
	"bytes"
	"iter"
	"strings"

	"letopis"
)

// The layout of the BSNLP shared tasks: line 1 is the id, 2 the language, 3 the
// date, 4 the address, 5 the title, and then the body. The text of the article is
// line 5 to the end as it stands, because the annotations count from line 5.

func isBSNLP(_ string, head []byte) bool {
	l, _ := bsnlpHeader(head)
	if len(l) < 4 || l[0] == "" || len(l[0]) > 200 || strings.ContainsAny(l[0], " \t") && len(l[0]) > 60 {
		return false
	}
	if n := len(l[1]); n < 2 || n > 3 || strings.Trim(l[1], "abcdefghijklmnopqrstuvwxyz") != "" {
		return false
	}
	_, date := parsePublished(l[2])
	url := isURL(l[3])
	return date && (url || l[3] == "") || url && len(l[2]) <= 64
}

func isURL(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "www.")
}

// bsnlpHeader returns the first four lines, trimmed, and the offset of the fifth.
func bsnlpHeader(b []byte) (lines []string, body int) {
	for len(lines) < 4 {
		i := bytes.IndexByte(b[body:], '\n')
		if i < 0 {
			return nil, 0
		}
		lines = append(lines, strings.TrimSpace(string(b[body:body+i])))
		body += i + 1
	}
	return lines, body
}

func readBSNLP(in *input) iter.Seq2[*letopis.Document, error] {
	b, err := in.whole()
	if err != nil {
		return one(nil, err)
	}
	if b, err = in.decode(b, place{1, 1}); err != nil {
		return one(nil, err)
	}
	l, body := bsnlpHeader(b)
	text := string(b[body:])
	title, _, _ := strings.Cut(text, "\n")
	return one(in.document(article{
		at: place{1, 1}, id: l[0], lang: l[1], langAt: place{2, 1}, published: l[2], dateAt: place{3, 1}, url: l[3],
		title: strings.TrimSpace(title), text: text, textAt: place{5, 1},
	}))
}
