package nlp

import (
	"strings"

	"letopis/internal/ud"
)

// maxDateline is how many words a dateline has at most: "BEIJING, Dec 9 (Xinhua) -".
const maxDateline = 14

// dateline returns the number of words before the sentence proper where it opens with a
// place, a day and an agency in brackets and then a dash; 0 without one. words has the root.
func dateline(words []ud.Word) int {
	open, closed := 0, 0
	for i := 1; i < len(words)-2 && i <= maxDateline; i++ {
		switch words[i].Form {
		case "(", "/":
			if words[i].Form == "/" && open > 0 {
				closed = i
			} else if open == 0 {
				open = i
			}
		case ")":
			closed = i
		case "-", "–", "—", "--", "―":
			if open > 1 && closed == i-1 && closed > open+1 && closed-open <= 6 && Capital(words[1].Form) {
				return i
			}
			return 0
		}
	}
	return 0
}

// parse finds the tree of a sentence. What follows a dateline is parsed by itself: the
// treebanks have few datelines, and a place before the subject misleads. The dateline hangs on the root as
// a parataxis of its own.
func (p *Pack) parse(words []ud.Word, b *buffers) {
	k := dateline(words)
	if k == 0 {
		p.parser.Parse(words, &b.parse)
		return
	}
	b.rest = append(append(b.rest[:0], words[0]), words[k+1:]...)
	p.parser.Parse(b.rest, &b.parse)
	root := int32(0)
	for i := 1; i < len(b.rest); i++ {
		w := &words[k+i]
		w.Head, w.Deprel = b.rest[i].Head, b.rest[i].Deprel
		if w.Head == 0 {
			root = int32(k + i)
		} else {
			w.Head += int32(k)
		}
	}
	for i := 1; i <= k; i++ {
		w := &words[i]
		w.Head, w.Deprel = 1, "dep"
		switch {
		case i == 1:
			w.Head, w.Deprel = root, "parataxis"
		case w.UPOS == "PUNCT" || strings.Trim(w.Form, "/-–—―") == "":
			w.Deprel = "punct"
		}
	}
	clear(b.rest)
}
