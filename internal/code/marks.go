package code

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"letopis"
)

// actors places the actors: by the marks of a marked sentence, else by their first
// place in the text.
func (it *Sentence) actors(marked, source, target string) error {
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

// marks of actors in a marked sentence; one that opens stands before the one that closes it.
var marks = []string{"<s>", "</s>", "<t>", "</t>"}

// unmarked is a marked sentence on its way to one without marks.
type unmarked struct {
	text   strings.Builder
	n      int                     // code points of text
	open   map[byte]int            // by the letter of the mark, where it was opened; -1 for not open
	actors map[byte][]letopis.Span // by the letter of the mark
}

// unmark takes the marks out of a sentence.
func unmark(s string) (text string, source, target []letopis.Span, err error) {
	if len(s) > maxSentence {
		return "", nil, nil, fmt.Errorf("the marked sentence has more than %d bytes", maxSentence)
	}
	u := unmarked{open: map[byte]int{'s': -1, 't': -1}, actors: map[byte][]letopis.Span{}}
	for len(s) > 0 {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			i = len(s)
		}
		u.put(s[:i])
		s = s[i:]
		k := slices.IndexFunc(marks, func(m string) bool { return len(s) >= len(m) && strings.EqualFold(s[:len(m)], m) })
		switch {
		case k >= 0:
			if err := u.mark(k); err != nil {
				return "", nil, nil, err
			}
			s = s[len(marks[k]):]
		case len(s) > 0:
			u.put(s[:1]) // a sign of less than
			s = s[1:]
		}
	}
	if u.open['s'] >= 0 || u.open['t'] >= 0 {
		return "", nil, nil, errors.New("a mark <s> or <t> is not closed")
	}
	source, target = u.actors['s'], u.actors['t']
	if len(source)+len(target) == 0 {
		return "", nil, nil, errors.New("no actor is marked with <s> and </s> or <t> and </t>")
	}
	return u.text.String(), source, target, nil
}

// put adds words without marks.
func (u *unmarked) put(s string) {
	u.text.WriteString(s)
	u.n += utf8.RuneCountInString(s)
}

// mark opens or closes an actor by the mark of a number.
func (u *unmarked) mark(k int) error {
	m := marks[k]
	who := m[len(m)-2]
	if k%2 == 0 {
		u.open[who] = u.n
		return nil
	}
	if u.open[who] < 0 {
		return fmt.Errorf("%s closes what %s has not opened", m, marks[k-1])
	}
	u.actors[who] = append(u.actors[who], letopis.Span{Start: u.open[who], End: u.n})
	u.open[who] = -1
	return nil
}
