package read

import (
	"letopis/internal/page"
	"strings"
	"unicode"
	"unicode/utf8"

	"letopis"
)

// maxSpelled is how many words before an acronym in brackets are asked for its letters.
const maxSpelled = 12

// spelledOut returns the organisation that name i, an acronym in brackets right behind it, is short
// for: "Държавна агенция „Национална сигурност“ (ДАНС)"; -1 for none. Its letters must begin words
// before the bracket, in their order.
func (r *cast) spelledOut(i int) int {
	if i == 0 {
		return -1
	}
	n, long := &r.Names[i], &r.Names[i-1]
	if n.First != n.Last || !r.Words[n.First].Acronym() || n.First < 2 || r.Words[n.First-1].Form != "(" || long.Type != letopis.Organisation || n.Type == letopis.Person || n.Type == letopis.Location {
		return -1
	}
	if n.Last+1 >= len(r.Words) || r.Words[n.Last+1].Form != ")" || n.Kb != "" && long.Kb != "" && n.Kb != long.Kb {
		return -1
	}
	end := n.First - 2
	if end > long.Last && r.Words[end].Punct() {
		end-- // the quotation mark that closes the name
	}
	if end != long.Last || !lettersBegin(r.Words[max(end+1-maxSpelled, r.Sentences[r.Words[end].Sent].First):end+1], r.Words[n.First].Form) {
		return -1
	}
	return r.mentions[i-1].ent
}

// lettersBegin reports whether the letters of an acronym begin words in their order, the last of
// them the last word, each word at most once.
func lettersBegin(words []page.Word, acronym string) bool {
	letters := []rune(strings.ToLower(acronym))
	k := len(letters) - 1
	last := true
	for i := len(words) - 1; i >= 0 && k >= 0; i-- {
		if words[i].Punct() {
			continue
		}
		c, _ := utf8.DecodeRuneInString(words[i].Form)
		if unicode.ToLower(c) == letters[k] {
			k--
		} else if last {
			return false
		}
		last = false
	}
	return k < 0
}
