package train

import (
	"slices"
	"strings"
	"unicode/utf8"

	"letopis/internal/model"
	"letopis/internal/nlp"
)

// lemmaRule returns the shortest edit from form to lemma.
func lemmaRule(form, lemma string) (nlp.LemmaRule, bool) {
	low := strings.ToLower(form)
	f, l := []rune(low), []rune(lemma)
	keep := false
	if c, _ := utf8.DecodeRuneInString(lemma); strings.ToLower(string(c)) != string(c) {
		keep = true
		f = []rune(form)
	}
	front := 0
	for _, p := range []string{"най-", "по-"} {
		if strings.HasPrefix(low, p) && !strings.HasPrefix(lemma, p[:len(p)-1]) {
			front = utf8.RuneCountInString(p)
			break
		}
	}
	g := f[min(front, len(f)):]
	n := 0
	for n < len(g) && n < len(l) && g[n] == l[n] {
		n++
	}
	r := nlp.LemmaRule{Front: front, Back: len(g) - n, Add: string(l[n:]), Keep: keep}
	return r, r.Back < 60 && r.Apply(form, low) == lemma
}

type lemmaKey struct {
	class uint32
	n     int // length of the ending, 0 for a form
	s     string
}

// writeLemmas gathers the edits of all known forms and the likeliest edit of
// each ending, by class and by part of speech alone.
func writeLemmas(w *model.Writer, sents []Sentence, lex []lexEntry) {
	votes := map[lemmaKey]map[string]int{}
	coarse := map[uint32]uint32{} // class → that of the part of speech alone
	add := func(form, lemma string, class uint32, n int) {
		if lemma == "" || lemma == "_" {
			return
		}
		if r, ok := lemmaRule(form, lemma); ok {
			vote(votes, lemmaKey{class, 0, strings.ToLower(form)}, r.String(), n)
		}
	}
	for _, s := range sents {
		for i := range s {
			x := &s[i]
			c, full := nlp.LemmaClass(x.UPOS, "", ""), nlp.LemmaClass(x.UPOS, x.XPOS, x.Feats)
			add(x.Form, x.Lemma, c, 3)
			if full != c {
				add(x.Form, x.Lemma, full, 3)
				coarse[full] = c
			}
		}
	}
	for _, e := range lex {
		add(e.form, e.lemma, nlp.LemmaClass(e.upos, "", ""), 1)
	}
	ends := map[lemmaKey]map[string]int{}
	ruleCount := map[string]int{}
	best := map[lemmaKey]string{}
	for k, v := range votes {
		b := top(v)
		best[k] = b
		ruleCount[b]++
		for n, e := range endings(k.s) {
			vote(ends, lemmaKey{k.class, n + 1, e}, b, 1)
		}
	}
	rules := make([]string, 0, len(ruleCount))
	for r := range ruleCount {
		rules = append(rules, r)
	}
	slices.SortFunc(rules, func(a, b string) int {
		if ruleCount[a] != ruleCount[b] {
			return ruleCount[b] - ruleCount[a]
		}
		return strings.Compare(a, b)
	})
	rules = rules[:min(len(rules), 60000)]
	id := map[string]uint16{}
	for i, r := range rules {
		id[r] = uint16(i)
	}
	out := map[uint32]uint16{}
	endBest := map[lemmaKey]string{}
	for k, v := range ends {
		total := 0
		for _, c := range v {
			total += c
		}
		if total >= 2 || k.n <= 2 {
			endBest[k] = top(v)
		}
	}
	put := func(k lemmaKey, rule string) {
		if v, ok := id[rule]; ok {
			h := nlp.LemmaKey(k.class, k.n, k.s)
			if old, ok := out[h]; !ok || v < old {
				out[h] = v
			}
		}
	}
	for k, b := range endBest {
		// An ending that says what the shorter one inside it says is left out.
		_, cut := utf8.DecodeRuneInString(k.s)
		if k.n > 1 && guessEnding(endBest, k.class, k.s[cut:]) == b {
			continue
		}
		put(k, b)
	}
	// Forms are asked for under the full class, then under the part of speech.
	for k, b := range best {
		if c, ok := coarse[k.class]; ok && best[lemmaKey{c, 0, k.s}] == b {
			continue
		}
		put(k, b)
	}
	writeTable(w, "lkeys", "lrule", out)
	w.Strings("rules", rules)
}

func vote(m map[lemmaKey]map[string]int, k lemmaKey, rule string, n int) {
	if m[k] == nil {
		m[k] = map[string]int{}
	}
	m[k][rule] += n
}

// endings returns the endings of 1 to nlp.MaxEnding runes.
func endings(s string) []string {
	var out []string
	for k := len(s); k > 0 && len(out) < nlp.MaxEnding; {
		_, n := utf8.DecodeLastRuneInString(s[:k])
		k -= n
		out = append(out, s[k:])
	}
	return out
}

func guessEnding(m map[lemmaKey]string, class uint32, s string) string {
	e := endings(s)
	for n := len(e); n > 0; n-- {
		if r, ok := m[lemmaKey{class, n, e[n-1]}]; ok {
			return r
		}
	}
	return ""
}

// top returns the key with the highest count; the smaller key wins a tie.
func top(v map[string]int) string {
	best := ""
	for k, n := range v {
		if best == "" || n > v[best] || n == v[best] && k < best {
			best = k
		}
	}
	return best
}
