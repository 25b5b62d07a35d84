package score

import "strings"

// alignWords aligns the words of two analyses of the same characters, as the CoNLL
// 2018 shared task does: words of the same span; and within multiword tokens, which
// have one span for several words, by the longest common subsequence of their forms.
func alignWords(gold, sys []*treeWord) [][2]*treeWord {
	var out [][2]*treeWord
	g, s := 0, 0
	for g < len(gold) && s < len(sys) {
		a, b := gold[g], sys[s]
		switch {
		case a.multi || b.multi:
			out, g, s = alignBlock(out, gold, sys, g, s)
		case a.start == b.start && a.end == b.end:
			out = append(out, [2]*treeWord{a, b})
			g, s = g+1, s+1
		case a.start <= b.start && (a.start < b.start || a.end < b.end):
			g++
		default:
			s++
		}
	}
	return out
}

// alignBlock aligns the words from gold[g] and sys[s] on, one of which belongs to a
// multiword token, to the end of the characters that multiword tokens of either side cover.
func alignBlock(out [][2]*treeWord, gold, sys []*treeWord, g, s int) ([][2]*treeWord, int, int) {
	a, b := gold[g], sys[s]
	first, other := b, a
	if a.multi && (!b.multi || a.start <= b.start) {
		first, other = a, b
	}
	if !first.multi || other.end <= first.start {
		if a.start < b.start || a.start == b.start && a.end <= b.end {
			return out, g + 1, s
		}
		return out, g, s + 1
	}
	end := first.end
	gFrom := skipTo(gold, g, first.start)
	sFrom := skipTo(sys, s, first.start)
	gTo, sTo := gFrom, sFrom
	for grown := true; grown; {
		var byGold, bySys bool
		gTo, end, byGold = extend(gold, gTo, end)
		sTo, end, bySys = extend(sys, sTo, end)
		grown = byGold || bySys
	}
	out = append(out, commonForms(gold[gFrom:gTo], sys[sFrom:sTo])...)
	if gTo == g && sTo == s {
		return out, g + 1, s + 1
	}
	return out, gTo, sTo
}

// skipTo passes over plain words that begin before start.
func skipTo(words []*treeWord, i, start int) int {
	for i < len(words) && words[i].start < start && !words[i].multi {
		i++
	}
	return i
}

// extend passes over the words that begin before end, which multiword tokens move on.
func extend(words []*treeWord, i, end int) (int, int, bool) {
	grown := false
	for i < len(words) && words[i].start < end {
		if words[i].multi && words[i].end > end {
			end, grown = words[i].end, true
		}
		i++
	}
	return i, end, grown
}

// commonForms aligns two lists of words by the longest common subsequence of their
// forms, ignoring case.
func commonForms(g, s []*treeWord) [][2]*treeWord {
	n, m := len(g), len(s)
	same := func(i, j int) bool {
		return strings.EqualFold(g[i].col[colForm], s[j].col[colForm])
	}
	best := make([][]int, n+1)
	for i := range best {
		best[i] = make([]int, m+1)
	}
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			best[i][j] = max(best[i+1][j], best[i][j+1])
			if same(i, j) {
				best[i][j] = max(best[i][j], best[i+1][j+1]+1)
			}
		}
	}
	var out [][2]*treeWord
	for i, j := 0, 0; i < n && j < m; {
		switch {
		case same(i, j) && best[i][j] == best[i+1][j+1]+1:
			out = append(out, [2]*treeWord{g[i], s[j]})
			i, j = i+1, j+1
		case best[i+1][j] >= best[i][j+1]:
			i++
		default:
			j++
		}
	}
	return out
}
