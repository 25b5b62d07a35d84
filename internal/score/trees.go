package score

import (
	"bufio"
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"letopis"
)

// TreeMetrics are the figures of an analysis in Universal Dependencies, as the
// CoNLL 2018 shared task has them: segmentation, tags, features, lemmas, heads and
// relations, over words aligned by their characters. LemmasLoose (lower case, without
// the reflexive suffix of Bulgarian verb lemmas) and LASsub (with subtypes) are not official.
var TreeMetrics = []string{"Tokens", "Sentences", "Words", "UPOS", "XPOS", "UFeats", "Lemmas", "LemmasLoose", "UAS", "LAS", "LASsub", "CLAS", "MLAS", "BLEX"}

// TreeCount counts one metric: right, in gold, in the system, and the aligned words.
type TreeCount struct{ Right, Gold, System, Aligned int }

// TreeScores sums the counts of any number of documents, by metric.
type TreeScores map[string]TreeCount

// Add adds the counts of o.
func (s TreeScores) Add(o TreeScores) {
	for m, c := range o {
		t := s[m]
		s[m] = TreeCount{t.Right + c.Right, t.Gold + c.Gold, t.System + c.System, t.Aligned + c.Aligned}
	}
}

// Figure returns precision, recall and F1 of a metric; N counts the gold items.
func (s TreeScores) Figure(metric string) Figure {
	c := s[metric]
	f := Figure{Metric: metric, P: ratio(c.Right, c.System), R: ratio(c.Right, c.Gold), N: c.Gold}
	if c.Gold+c.System > 0 {
		f.F1 = 2 * float64(c.Right) / float64(c.Gold+c.System)
	}
	return f
}

// The columns of CoNLL-U.
const (
	colID = iota
	colForm
	colLemma
	colUPOS
	colXPOS
	colFeats
	colHead
	colDeprel
	colCount = 10
)

// The classes of relations and features that the shared task counts.
var (
	contentRels = set(`nsubj obj iobj csubj ccomp xcomp obl vocative expl dislocated advcl advmod discourse nmod appos nummod
		acl amod conj fixed flat compound list parataxis orphan goeswith reparandum root dep`)
	functionalRels = set(`aux cop mark det clf case cc`)
	universalFeats = set(`PronType NumType Poss Reflex Foreign Abbr Gender Animacy Number Case Definite Degree VerbForm Mood Tense
		Aspect Voice Evident Polarity Person Polite`)
)

func set(words string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		out[w] = true
	}
	return out
}

// treeWord is a word; its span counts the characters of the document without white space.
type treeWord struct {
	start, end int
	col        []string
	multi      bool // part of a multiword token
	rel, feats string
	root       bool
	head       *treeWord // nil for the root and where it is not given
	children   []*treeWord
	index      int // in its document
}

type treeSpan struct{ start, end int }

type treeDoc struct {
	chars             []rune
	tokens, sentences []treeSpan
	words             []*treeWord
}

// parseTrees reads a CoNLL-U file for scoring. The error is of kind Invalid and names the line.
func parseTrees(data []byte) (*treeDoc, error) {
	p := treeParser{doc: &treeDoc{}, start: -1}
	sc := bufio.NewScanner(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	sc.Buffer(nil, 1<<20)
	n := 0
	for sc.Scan() {
		n++
		if err := p.line(strings.TrimRight(sc.Text(), "\r")); err != nil {
			return nil, &letopis.Error{Op: "CoNLL-U, line " + strconv.Itoa(n), Kind: letopis.Invalid, Err: err}
		}
	}
	err := sc.Err()
	if err == nil {
		err = p.close()
	}
	if err != nil {
		return nil, &letopis.Error{Op: "CoNLL-U, line " + strconv.Itoa(n), Kind: letopis.Invalid, Err: err}
	}
	return p.doc, nil
}

type treeParser struct {
	doc      *treeDoc
	sent     []*treeWord
	start    int // of the sentence, -1 before its first token
	multiEnd int // last word of the multiword token
	multi    treeSpan
}

func (p *treeParser) line(line string) error {
	switch {
	case line == "":
		return p.close()
	case line[0] == '#':
		return nil
	}
	c := strings.Split(line, "\t")
	if len(c) != colCount {
		return fmt.Errorf("%d columns, not %d", len(c), colCount)
	}
	if strings.Contains(c[colID], ".") {
		return nil
	}
	if p.start < 0 {
		p.start = len(p.doc.chars)
	}
	if _, last, ok := strings.Cut(c[colID], "-"); ok {
		n, err := strconv.Atoi(last)
		if err != nil {
			return fmt.Errorf("id %q: %w", c[colID], err)
		}
		p.multi, p.multiEnd = p.chars(c[colForm]), n
		return nil
	}
	id, err := strconv.Atoi(c[colID])
	if err != nil {
		return fmt.Errorf("id %q: %w", c[colID], err)
	}
	at := p.multi
	if id > p.multiEnd {
		at = p.chars(c[colForm])
	}
	rel, _, _ := strings.Cut(c[colDeprel], ":")
	w := &treeWord{start: at.start, end: at.end, col: c, multi: id <= p.multiEnd, rel: rel, feats: universal(c[colFeats]), index: len(p.doc.words)}
	p.doc.words = append(p.doc.words, w)
	p.sent = append(p.sent, w)
	return nil
}

// chars adds the characters of a form and the token that they make.
func (p *treeParser) chars(form string) treeSpan {
	s := treeSpan{start: len(p.doc.chars)}
	for _, r := range form {
		if !unicode.IsSpace(r) && !unicode.Is(unicode.Zs, r) {
			p.doc.chars = append(p.doc.chars, r)
		}
	}
	s.end = len(p.doc.chars)
	p.doc.tokens = append(p.doc.tokens, s)
	return s
}

// close ends the sentence, if one is open, and links its words.
func (p *treeParser) close() error {
	if len(p.sent) == 0 {
		return nil
	}
	byID := make(map[string]*treeWord, len(p.sent))
	for _, w := range p.sent {
		byID[w.col[colID]] = w
	}
	for _, w := range p.sent {
		switch h := w.col[colHead]; h {
		case "_", "":
		case "0":
			w.root = true
		default:
			if w.head = byID[h]; w.head == nil {
				return fmt.Errorf("head %s is not in the sentence", h)
			}
			w.head.children = append(w.head.children, w)
		}
	}
	p.doc.sentences = append(p.doc.sentences, treeSpan{p.start, len(p.doc.chars)})
	p.sent, p.start, p.multiEnd = nil, -1, 0
	return nil
}

func universal(feats string) string {
	list := strings.Split(feats, "|")
	list = slices.DeleteFunc(list, func(f string) bool {
		name, _, _ := strings.Cut(f, "=")
		return !universalFeats[name]
	})
	slices.Sort(list)
	return strings.Join(list, "|")
}

// ScoreTrees compares two analyses of the same text, both in CoNLL-U. The texts must be
// the same without white space; otherwise, or where a file is malformed, the error is of kind Invalid.
func ScoreTrees(gold, system []byte) (TreeScores, error) {
	g, err := parseTrees(gold)
	if err != nil {
		return nil, fmt.Errorf("gold: %w", err)
	}
	s, err := parseTrees(system)
	if err != nil {
		return nil, fmt.Errorf("system: %w", err)
	}
	if !slices.Equal(g.chars, s.chars) {
		k := 0
		for k < len(g.chars) && k < len(s.chars) && g.chars[k] == s.chars[k] {
			k++
		}
		some := func(r []rune) string { return string(r[k:min(k+30, len(r))]) }
		return nil, &letopis.Error{Op: "score trees", Kind: letopis.Invalid,
			Err: fmt.Errorf("the texts differ at character %d: gold %q, system %q", k, some(g.chars), some(s.chars))}
	}
	return newTreeComparison(g, s).scores(), nil
}

// treeComparison is two documents with their words aligned.
type treeComparison struct {
	gold, sys *treeDoc
	pairs     [][2]*treeWord          // gold, system
	goldOf    map[*treeWord]*treeWord // by system word
}

func newTreeComparison(gold, sys *treeDoc) *treeComparison {
	c := &treeComparison{gold: gold, sys: sys, pairs: alignWords(gold.words, sys.words), goldOf: map[*treeWord]*treeWord{}}
	for _, p := range c.pairs {
		c.goldOf[p[1]] = p[0]
	}
	return c
}

func (c *treeComparison) scores() TreeScores {
	out := TreeScores{
		"Tokens":    spans(c.gold.tokens, c.sys.tokens),
		"Sentences": spans(c.gold.sentences, c.sys.sentences),
		"Words":     {Right: len(c.pairs), Gold: len(c.gold.words), System: len(c.sys.words)},
	}
	same := func(col int) func(g, s *treeWord) bool {
		return func(g, s *treeWord) bool { return g.col[col] == s.col[col] }
	}
	lemma := func(g, s *treeWord) bool { return g.col[colLemma] == "_" || g.col[colLemma] == s.col[colLemma] }
	las := func(g, s *treeWord) bool { return c.sameHead(g, s) && g.rel == s.rel }
	all := func(*treeWord) bool { return true }
	content := func(w *treeWord) bool { return contentRels[w.rel] }
	for _, m := range []struct {
		name string
		of   func(*treeWord) bool
		ok   func(g, s *treeWord) bool
	}{
		{"UPOS", all, same(colUPOS)},
		{"XPOS", all, same(colXPOS)},
		{"UFeats", all, func(g, s *treeWord) bool { return g.feats == s.feats }},
		{"Lemmas", all, lemma},
		{"LemmasLoose", all, func(g, s *treeWord) bool {
			return g.col[colLemma] == "_" || looseLemma(g.col[colLemma]) == looseLemma(s.col[colLemma])
		}},
		{"UAS", all, c.sameHead},
		{"LAS", all, las},
		{"LASsub", all, func(g, s *treeWord) bool { return c.sameHead(g, s) && g.col[colDeprel] == s.col[colDeprel] }},
		{"CLAS", content, las},
		{"MLAS", content, func(g, s *treeWord) bool {
			return las(g, s) && g.col[colUPOS] == s.col[colUPOS] && g.feats == s.feats && c.sameFunction(g, s)
		}},
		{"BLEX", content, func(g, s *treeWord) bool { return las(g, s) && lemma(g, s) }},
	} {
		out[m.name] = c.count(m.of, m.ok)
	}
	return out
}

func spans(gold, sys []treeSpan) TreeCount {
	in := map[treeSpan]bool{}
	for _, s := range sys {
		in[s] = true
	}
	n := 0
	seen := map[treeSpan]bool{}
	for _, g := range gold {
		if in[g] && !seen[g] {
			seen[g] = true
			n++
		}
	}
	return TreeCount{Right: n, Gold: len(gold), System: len(sys)}
}

func (c *treeComparison) count(of func(*treeWord) bool, ok func(g, s *treeWord) bool) TreeCount {
	var out TreeCount
	for _, w := range c.gold.words {
		if of(w) {
			out.Gold++
		}
	}
	for _, w := range c.sys.words {
		if of(w) {
			out.System++
		}
	}
	for _, p := range c.pairs {
		if of(p[0]) {
			out.Aligned++
			if ok(p[0], p[1]) {
				out.Right++
			}
		}
	}
	return out
}

// sameHead reports whether the heads are aligned, or both words are roots.
func (c *treeComparison) sameHead(g, s *treeWord) bool {
	switch {
	case g.root || s.root:
		return g.root && s.root
	case g.head == nil || s.head == nil:
		return false
	}
	return c.goldOf[s.head] == g.head
}

// sameFunction reports whether the function words below both words are the same.
func (c *treeComparison) sameFunction(g, s *treeWord) bool {
	functions := func(w *treeWord, index func(*treeWord) int) []string {
		var out []string
		for _, x := range w.children {
			if functionalRels[x.rel] {
				out = append(out, strconv.Itoa(index(x))+"\t"+x.rel+"\t"+x.col[colUPOS]+"\t"+x.feats)
			}
		}
		slices.Sort(out)
		return out
	}
	return slices.Equal(
		functions(g, func(w *treeWord) int { return w.index }),
		functions(s, func(w *treeWord) int {
			if k := c.goldOf[w]; k != nil {
				return k.index
			}
			return -1
		}))
}

// looseLemma is a lemma in lower case and without the reflexive suffix of BulTreeBank.
func looseLemma(lemma string) string {
	l := strings.ToLower(lemma)
	if i := strings.LastIndexByte(l, '-'); i >= 0 {
		switch strings.TrimSuffix(strings.TrimPrefix(l[i+1:], "("), ")") {
		case "се", "си", "ми", "ме", "ти", "му":
			return l[:i]
		}
	}
	return l
}
