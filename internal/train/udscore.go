package train

import (
	"fmt"
	"strings"
	"unicode"

	"letopis/internal/ud"
)

// F1 is one row of the CoNLL 2018 evaluation, as counts.
type F1 struct{ Gold, System, Right int }

// Precision, recall and F1 in per cent.
func (f F1) Precision() float64 { return 100 * float64(f.Right) / float64(max(f.System, 1)) }

// Recall is the share of the gold units that were found.
func (f F1) Recall() float64 { return 100 * float64(f.Right) / float64(max(f.Gold, 1)) }

// F is the harmonic mean of precision and recall.
func (f F1) F() float64 { return 200 * float64(f.Right) / float64(max(f.Gold+f.System, 1)) }

// UDScore has the rows of the CoNLL 2018 evaluation (Zeman et al. 2018) that
// need no table of relations: words are aligned by their characters, inside
// multiword tokens by the longest common subsequence of forms.
type UDScore struct {
	Tokens, Sentences, Words, UPOS, Feats, Lemmas, UAS, LAS F1
}

// scoreWord is a word with its range in the characters of the text without white space.
type scoreWord struct {
	start, end int
	mwt        bool
	w          *ud.Word
	head       int // index in the words, -1 for the root
}

type scoreDoc struct {
	chars     []rune
	tokens    [][2]int
	sentences [][2]int
	words     []scoreWord
}

func squeeze(s string) []rune {
	var out []rune
	for _, r := range s {
		if !unicode.IsSpace(r) && !unicode.Is(unicode.Zs, r) {
			out = append(out, r)
		}
	}
	return out
}

func newScoreDoc(c *ud.Conllu) *scoreDoc {
	d := &scoreDoc{}
	for i := range c.Analysis.Sentences {
		s := &c.Analysis.Sentences[i]
		base, begin := len(d.words)-1, len(d.chars)
		for _, t := range s.Tokens {
			from := len(d.chars)
			d.chars = append(d.chars, squeeze(c.Text[t.Start:t.End])...)
			d.tokens = append(d.tokens, [2]int{from, len(d.chars)})
			for w := t.First; w <= t.Last; w++ {
				head := -1
				if h := s.Words[w].Head; h > 0 {
					head = base + int(h)
				}
				d.words = append(d.words, scoreWord{from, len(d.chars), t.Last > t.First, &s.Words[w], head})
			}
		}
		d.sentences = append(d.sentences, [2]int{begin, len(d.chars)})
	}
	return d
}

// ScoreUD compares an analysis with gold; the two must have the same
// characters, white space apart.
func ScoreUD(gold, system *ud.Conllu) (UDScore, error) {
	g, s := newScoreDoc(gold), newScoreDoc(system)
	if string(g.chars) != string(s.chars) {
		n := 0
		for n < len(g.chars) && n < len(s.chars) && g.chars[n] == s.chars[n] {
			n++
		}
		return UDScore{}, fmt.Errorf("the texts differ from character %d on", n)
	}
	var out UDScore
	out.Tokens = spanScore(g.tokens, s.tokens)
	out.Sentences = spanScore(g.sentences, s.sentences)
	pairs := align(g.words, s.words)
	toGold := map[int]int{}
	for _, p := range pairs {
		toGold[p[1]] = p[0]
	}
	row := func(same func(a, b *ud.Word, p [2]int) bool) F1 {
		f := F1{Gold: len(g.words), System: len(s.words)}
		for _, p := range pairs {
			if same(g.words[p[0]].w, s.words[p[1]].w, p) {
				f.Right++
			}
		}
		return f
	}
	head := func(p [2]int) bool {
		h := s.words[p[1]].head
		if h < 0 {
			return g.words[p[0]].head < 0
		}
		k, ok := toGold[h]
		return ok && k == g.words[p[0]].head
	}
	out.Words = row(func(_, _ *ud.Word, _ [2]int) bool { return true })
	out.UPOS = row(func(a, b *ud.Word, _ [2]int) bool { return a.UPOS == b.UPOS })
	out.Feats = row(func(a, b *ud.Word, _ [2]int) bool { return a.Feats == b.Feats })
	out.Lemmas = row(func(a, b *ud.Word, _ [2]int) bool { return a.Lemma == b.Lemma || a.Lemma == "" })
	out.UAS = row(func(_, _ *ud.Word, p [2]int) bool { return head(p) })
	out.LAS = row(func(a, b *ud.Word, p [2]int) bool { return head(p) && universal(a.Deprel) == universal(b.Deprel) })
	return out, nil
}

func spanScore(g, s [][2]int) F1 {
	f := F1{Gold: len(g), System: len(s)}
	for i, j := 0, 0; i < len(g) && j < len(s); {
		switch {
		case g[i] == s[j]:
			f.Right++
			i, j = i+1, j+1
		case g[i][0] < s[j][0] || g[i][0] == s[j][0] && g[i][1] < s[j][1]:
			i++
		default:
			j++
		}
	}
	return f
}

// align pairs the words of two analyses of the same characters.
func align(g, s []scoreWord) [][2]int {
	var out [][2]int
	for i, j := 0, 0; i < len(g) && j < len(s); {
		if !g[i].mwt && !s[j].mwt {
			switch {
			case g[i].start == s[j].start && g[i].end == s[j].end:
				out = append(out, [2]int{i, j})
				i, j = i+1, j+1
			case g[i].start <= s[j].start:
				i++
			default:
				j++
			}
			continue
		}
		// A stretch that begins and ends together and has a multiword token in it.
		if g[i].mwt && s[j].start < g[i].start || s[j].mwt && g[i].start < s[j].start {
			if g[i].start < s[j].start {
				i++
			} else {
				j++
			}
			continue
		}
		end := g[i].end
		if s[j].mwt && (!g[i].mwt || s[j].end > end) {
			end = s[j].end
		}
		ii, jj := i, j
		for ii < len(g) && g[ii].start < end || jj < len(s) && s[jj].start < end {
			if ii < len(g) && g[ii].start < end {
				if g[ii].mwt {
					end = max(end, g[ii].end)
				}
				ii++
				continue
			}
			if s[jj].mwt {
				end = max(end, s[jj].end)
			}
			jj++
		}
		out = append(out, common(g[i:ii], s[j:jj], i, j)...)
		i, j = ii, jj
	}
	return out
}

// common is the longest common subsequence of the forms.
func common(g, s []scoreWord, i0, j0 int) [][2]int {
	n := make([][]int, len(g)+1)
	for i := range n {
		n[i] = make([]int, len(s)+1)
	}
	same := func(i, j int) bool { return strings.EqualFold(g[i].w.Form, s[j].w.Form) }
	for i := len(g) - 1; i >= 0; i-- {
		for j := len(s) - 1; j >= 0; j-- {
			n[i][j] = max(n[i+1][j], n[i][j+1])
			if same(i, j) {
				n[i][j] = n[i+1][j+1] + 1
			}
		}
	}
	var out [][2]int
	for i, j := 0, 0; i < len(g) && j < len(s); {
		switch {
		case same(i, j):
			out = append(out, [2]int{i0 + i, j0 + j})
			i, j = i+1, j+1
		case n[i+1][j] >= n[i][j+1]:
			i++
		default:
			j++
		}
	}
	return out
}
