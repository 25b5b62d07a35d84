package nlp

import (
	"errors"
	"fmt"

	"letopis/internal/model"
	"letopis/internal/ud"
)

// Parser finds the dependency tree of tagged words: arc-hybrid transitions
// (Kuhlmann, Gómez-Rodríguez and Satta 2011) chosen by a linear model over whole parses with
// beam search (Zhang and Clark 2008; Huang, Fayong and Guo 2012), and the relation of every arc as it is made by a second one among the
// relations seen between such parts of speech. It always gives one tree with one root.
type Parser struct {
	act    model.Weights
	lab    model.Weights
	labels []ud.Deprel
	cand   candidates
	width  int // of the beam, 1 for a parser that was learnt from single moves
}

// beamWords bounds the length of sentences parsed with a beam, whose cost grows
// with the square of the length; longer ones are parsed greedily.
const beamWords = 256

// searchWidth is how many parses are followed when parsing. Training follows more:
// on GUM dev widths of 1, 2, 3, 4 and 8 give 75.3, 77.3, 78.0, 78.1 and 78.1 LAS,
// and every parse more costs time.
const searchWidth = 3

// Move is a transition.
type Move uint8

// The transitions: push the next word; hang the top of the stack on the next
// word; hang it on the word below it.
const (
	Shift Move = iota
	Left
	Right
)

// candidates holds the relations to choose among, by a hash of the arc's ends.
type candidates struct {
	index map[uint32][]uint8
	all   []uint8 // where the ends were never seen together
}

// OpenParser reads the sections of a parser.
func OpenParser(f *model.File) (*Parser, error) {
	p := &Parser{}
	var err1, err2, err3 error
	p.act, err1 = model.OpenWeights(f.Section("act"), 3)
	p.lab, err2 = model.OpenWeights(f.Section("lab"), 1)
	names, err3 := f.Strings("deprel")
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, err
	}
	for _, n := range names {
		p.labels = append(p.labels, ud.Deprel(n))
	}
	p.width = 1
	if b := f.Uint32s("beam"); len(b) == 1 && b[0] >= 1 && b[0] <= 64 {
		p.width = min(int(b[0]), searchWidth)
	} else if len(b) > 0 {
		return nil, fmt.Errorf("the parser has a beam of %d, not of 1 to 64", b)
	}
	p.cand = candidates{index: map[uint32][]uint8{}}
	keys, list := f.Uint32s("ckeys"), f.Section("clist")
	for _, k := range keys {
		if len(list) == 0 || int(list[0]) > len(list)-1 {
			return nil, errors.New("the parser's relations are cut short")
		}
		p.cand.index[k] = list[1 : 1+list[0]]
		list = list[1+list[0]:]
	}
	p.cand.all = p.cand.index[0]
	for _, ls := range p.cand.index {
		if len(ls) == 0 {
			return nil, errors.New("the parser has an empty list of relations")
		}
		for _, l := range ls {
			if int(l) >= len(p.labels) {
				return nil, fmt.Errorf("the parser has %d relations, none of number %d", len(p.labels), l)
			}
		}
	}
	if len(p.cand.all) == 0 {
		return nil, errors.New("the parser has no relations")
	}
	return p, nil
}

// ParseToken is what the features see of a word.
type ParseToken struct{ w, l, p, t, c, x uint32 }

// ParseState is a parse under way. Words are numbered as in ud.Sentence: 0 is the root.
type ParseState struct {
	Tok    []ParseToken
	Head   []int32
	Label  []uint8
	Stack  []int32
	Next   int32 // first word that is not yet pushed
	left   [][2]int32
	right  [][2]int32
	nl, nr []uint8
	verbs  []int32 // verbs before the word
	commas []int32
	n      int32
}

func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/2)
	}
	s = s[:n]
	clear(s)
	return s
}

// keyFeats are the features by which words govern and agree.
var keyFeats = []string{"Case", "Definite", "VerbForm", "PronType", "Voice"}

var agreeFeats = []string{"Number", "Gender", "Person"}

func featHash(seed uint32, f ud.Feats, names []string) uint32 {
	h := seed
	for i, n := range names {
		if v := f.Get(n); v != "" {
			h = model.Hash(h+uint32(i), v)
		}
	}
	return h
}

// Reset begins the parse of words (Words of a sentence, with the root).
func (s *ParseState) Reset(words []ud.Word) {
	n := len(words)
	s.n = int32(n)
	s.Tok = resize(s.Tok, n)
	s.Head, s.Label = resize(s.Head, n), resize(s.Label, n)
	s.left, s.right = resize(s.left, n), resize(s.right, n)
	s.nl, s.nr = resize(s.nl, n), resize(s.nr, n)
	s.verbs, s.commas = resize(s.verbs, n+1), resize(s.commas, n+1)
	s.Stack = append(s.Stack[:0], 0)
	s.Next = 1
	s.Tok[0] = ParseToken{1, 1, 1, 1, 1, 1}
	for i := 1; i < n; i++ {
		w := &words[i]
		p := model.Hash(3, string(w.UPOS))
		key := featHash(p, w.Feats, keyFeats)
		if w.Feats == "" && w.XPOS != "" {
			key = model.Hash(p, w.XPOS)
		}
		s.Tok[i] = ParseToken{
			w: model.Hash(5, lower(w.Form)), l: model.Hash(7, w.Lemma), p: p,
			t: model.Hash(model.Hash(p, w.XPOS), string(w.Feats)), c: key, x: featHash(9, w.Feats, agreeFeats),
		}
		s.verbs[i+1], s.commas[i+1] = s.verbs[i], s.commas[i]
		switch {
		case w.UPOS == "VERB" || w.UPOS == "AUX" && w.Feats.Get("VerbForm") == "Fin":
			s.verbs[i+1]++
		case w.UPOS == "PUNCT":
			s.commas[i+1]++
		}
	}
}

// Done reports whether only the root is left.
func (s *ParseState) Done() bool { return s.Next == s.n && len(s.Stack) == 1 }

// Allowed reports which moves are possible. The root takes its one word last.
func (s *ParseState) Allowed() (ok [3]bool) {
	k := len(s.Stack)
	ok[Shift] = s.Next < s.n
	ok[Left] = s.Next < s.n && k > 1
	ok[Right] = k > 2 || k == 2 && s.Next == s.n
	return ok
}

// Arc returns the head and the word that a move would join.
func (s *ParseState) Arc(m Move) (head, dep int32) {
	dep = s.Stack[len(s.Stack)-1]
	if m == Left {
		return s.Next, dep
	}
	return s.Stack[len(s.Stack)-2], dep
}

// Apply makes the move; label is that of the arc of Left and Right.
func (s *ParseState) Apply(m Move, label uint8) {
	if m == Shift {
		s.Stack = append(s.Stack, s.Next)
		s.Next++
		return
	}
	h, d := s.Arc(m)
	s.Head[d], s.Label[d] = h, label
	if d < h {
		s.left[h] = [2]int32{d, s.left[h][0]} // the latest is the outermost
		s.nl[h] = min(s.nl[h]+1, 7)
	} else {
		s.right[h] = [2]int32{d, s.right[h][0]}
		s.nr[h] = min(s.nr[h]+1, 7)
	}
	s.Stack = s.Stack[:len(s.Stack)-1]
}

func bucket(d int32) uint32 {
	switch {
	case d < 0:
		return bucket(-d) + 16
	case d <= 5:
		return uint32(d)
	case d <= 8:
		return 6
	case d <= 12:
		return 7
	case d <= 20:
		return 8
	}
	return 9
}

var noToken ParseToken

func (s *ParseState) at(i int32) *ParseToken {
	if i < 0 || i >= s.n {
		return &noToken
	}
	return &s.Tok[i]
}

// child returns the token and label of a child, the empty one for 0.
func (s *ParseState) child(i int32) (*ParseToken, uint32) {
	if i == 0 {
		return &noToken, 0
	}
	return &s.Tok[i], uint32(s.Label[i]) + 1
}

func mix2(id, a, b uint32) uint32 {
	h := a*0x85ebca6b ^ id*0x9e3779b1
	h = (h ^ h>>15) + b
	h *= 0xc2b2ae35
	return h ^ h>>13
}

func mix3(id, a, b, c uint32) uint32 { return mix2(id, mix2(id, a, b), c) }

// MoveFeatures appends the features of the state for choosing a move.
func (s *ParseState) MoveFeatures(out []uint32) []uint32 {
	k := len(s.Stack)
	i0 := s.Stack[k-1]
	i1, i2 := int32(-1), int32(-1)
	if k > 1 {
		i1 = s.Stack[k-2]
	}
	if k > 2 {
		i2 = s.Stack[k-3]
	}
	ib := s.Next
	s0, s1, s2 := s.at(i0), s.at(i1), s.at(i2)
	b0, b1, b2 := s.at(ib), s.at(ib+1), s.at(ib+2)
	l0, l0l := s.child(s.left[i0][0])
	r0, r0l := s.child(s.right[i0][0])
	_, r0l2 := s.child(s.right[i0][1])
	_, l0l2 := s.child(s.left[i0][1])
	l1, l1l, r1, r1l, v1 := &noToken, uint32(0), &noToken, uint32(0), uint32(0)
	if i1 >= 0 {
		l1, l1l = s.child(s.left[i1][0])
		r1, r1l = s.child(s.right[i1][0])
		v1 = uint32(s.nl[i1])<<4 | uint32(s.nr[i1])
	}
	lb, lbl, vb := &noToken, uint32(0), uint32(0)
	if ib < s.n {
		lb, lbl = s.child(s.left[ib][0])
		vb = uint32(s.nl[ib])
	}
	v0 := uint32(s.nl[i0])<<4 | uint32(s.nr[i0])
	d0 := bucket(ib - i0)
	d1 := bucket(i0 - i1)
	var between uint32
	if ib <= s.n && i0 < ib {
		between = uint32(min(s.verbs[ib]-s.verbs[i0+1], 3)) | uint32(min(s.commas[ib]-s.commas[i0+1], 3))<<2
	}
	var between1 uint32
	if i1 >= 0 {
		between1 = uint32(min(s.verbs[i0]-s.verbs[i1+1], 3)) | uint32(min(s.commas[i0]-s.commas[i1+1], 3))<<2
	}
	n0 := s.at(i0 + 1) // the word after the top of the stack
	m0 := s.at(i0 - 1)
	pb := s.at(ib - 1)
	return append(out,
		mix2(1, s0.w, s0.p), mix2(2, s0.l, s0.t), mix2(3, s0.t, 0), mix2(4, s0.c, 0),
		mix2(5, s1.w, s1.p), mix2(6, s1.l, s1.t), mix2(7, s1.t, 0), mix2(8, s1.c, 0),
		mix2(9, s2.l, s2.p), mix2(10, s2.c, 0),
		mix2(11, b0.w, b0.p), mix2(12, b0.l, b0.t), mix2(13, b0.t, 0), mix2(14, b0.c, 0),
		mix2(15, b1.w, b1.p), mix2(16, b1.l, b1.c), mix2(17, b1.t, 0),
		mix2(18, b2.l, b2.p), mix2(19, b2.t, 0),
		// top of the stack and next word
		mix3(20, s0.l, s0.p, b0.l), mix3(21, s0.l, b0.c, d0), mix3(22, s0.c, b0.l, d0), mix3(23, s0.t, b0.t, 0),
		mix3(24, s0.p, b0.p, d0), mix3(25, s0.c, b0.c, between), mix3(26, s0.w, b0.p, 0), mix3(27, s0.p, b0.w, 0),
		mix3(28, s0.x, b0.x, s0.p^b0.c),
		// the two topmost of the stack
		mix3(30, s1.l, s1.p, s0.l), mix3(31, s1.l, s0.c, d1), mix3(32, s1.c, s0.l, d1), mix3(33, s1.t, s0.t, 0),
		mix3(34, s1.p, s0.p, d1), mix3(35, s1.c, s0.c, between1), mix3(36, s1.x, s0.x, s1.p^s0.c),
		// second of the stack and next word
		mix3(37, s1.c, b0.c, 0), mix3(38, s1.l, b0.l, 0), mix3(39, s1.l, b0.c, s0.p),
		// three words
		mix3(40, s0.c, b0.c, b1.c), mix3(41, s1.c, s0.c, b0.c), mix3(42, s0.p, b0.p, b1.p), mix3(43, s1.p, s0.p, b0.p),
		mix3(44, s2.p, s1.p, s0.p), mix3(45, s0.l, b0.p, b1.p), mix3(46, s0.p, b0.l, b1.p), mix3(47, s1.l, s0.p, b0.p),
		mix3(48, s1.p, s0.l, b0.p), mix3(49, s1.p, s0.p, b0.l), mix3(50, b0.p, b1.p, b2.p), mix3(51, s2.c, s1.c, b0.c),
		// children
		mix3(52, s0.c, l0l, r0l), mix3(53, s0.c, l0.c, b0.c), mix3(54, s0.c, r0.c, b0.c), mix3(55, s0.p, l0.l, b0.p), mix3(56, s0.p, r0.l, b0.p),
		mix3(57, s1.c, s0.c, l0.l), mix3(58, s1.c, s0.c, r0l), mix3(59, s1.c, r1l, s0.c), mix3(60, s1.c, r1.l, s0.c), mix3(61, s1.p, l1l, s0.p),
		mix3(62, b0.c, lbl, s0.c), mix3(63, b0.p, lb.l, s0.c), mix3(64, s0.c, v0, b0.c), mix3(65, s1.c, v1, s0.c), mix3(66, b0.c, vb, s0.p),
		mix3(67, r0l, r0l2, s0.p), mix3(68, l0l, l0l2, s0.p), mix3(69, s1.p, l1.l, s0.p), mix3(70, r1.p, s0.p, b0.p),
		mix3(71, l0l, s0.p, b0.l), mix3(72, r1l, s1.p, s0.l),
		// neighbours in the text
		mix3(73, s0.p, n0.p, b0.p), mix3(74, m0.c, s0.c, b0.p), mix3(75, pb.p, b0.p, s0.p), mix3(76, pb.l, b0.c, s0.c), mix3(77, m0.l, s0.c, s1.c),
		mix3(78, between, d0, s0.p), mix3(79, s0.c, between, b0.l),
		mix3(80, s0.l, l0l, b0.p), mix3(81, s1.l, r1l, s0.p), mix3(82, s0.w, s1.w, 0), mix3(83, b1.c, b0.c, s1.c),
	)
}

// LabelFeatures appends the features of the arc for choosing its relation.
func (s *ParseState) LabelFeatures(head, dep int32, out []uint32) []uint32 {
	h, d := s.at(head), s.at(dep)
	dir := bucket(dep - head)
	side := uint32(0)
	if dep > head {
		side = 1
	}
	l0, l0l := s.child(s.left[dep][0])
	l2, l2l := s.child(s.left[dep][1])
	r0, r0l := s.child(s.right[dep][0])
	hl, hll := s.child(s.left[head][0])
	hl2, hll2 := s.child(s.left[head][1])
	hr, hrl := s.child(s.right[head][0])
	_, hrl2 := s.child(s.right[head][1])
	p1, n1 := s.at(dep-1), s.at(dep+1)
	hp, hn := s.at(head-1), s.at(head+1)
	var between uint32
	lo, hi := min(head, dep), max(head, dep)
	between = uint32(min(s.verbs[hi]-s.verbs[min(lo+1, hi)], 2)) | uint32(min(s.commas[hi]-s.commas[min(lo+1, hi)], 2))<<2
	return append(out,
		mix2(1, h.p, side), mix2(2, d.p, side), mix2(3, h.l, side), mix2(4, d.l, side), mix2(5, h.t, side), mix2(6, d.t, side), mix2(7, d.w, side),
		mix3(8, h.p, d.p, dir), mix3(9, h.c, d.c, side), mix3(10, h.t, d.t, side), mix3(11, h.l, d.c, side), mix3(12, h.c, d.l, side), mix3(13, h.l, d.l, 0),
		mix3(14, h.x, d.x, h.p^d.c), mix3(15, h.p, d.t, side), mix3(16, h.l, d.t, side),
		mix3(17, h.p, d.p, l0.l), mix3(18, h.c, d.c, l0l), mix3(19, h.l, d.p, l0.l), mix3(20, d.c, l0l, r0l), mix3(21, h.p, d.c, l2.l), mix3(22, d.p, l0.p, h.p),
		mix3(23, h.p, d.c, r0l), mix3(24, d.l, l0.l, h.p), mix3(25, h.p, d.p, l2l),
		mix3(26, h.c, hll, d.c), mix3(27, h.c, hrl, d.c), mix3(28, h.p, hll2, d.p), mix3(29, h.p, hrl2, d.p), mix3(30, h.c, hl.l, d.c), mix3(31, h.c, hr.l, d.c),
		mix3(32, h.p, hl2.l, d.c), mix3(33, hrl, hll, mix2(1, h.p, d.p)),
		mix3(34, p1.p, d.p, n1.p), mix3(35, p1.l, d.c, h.p), mix3(36, n1.l, d.c, h.p), mix3(37, hp.p, h.p, hn.p), mix3(38, hp.l, h.p, d.p), mix3(39, hn.l, h.p, d.p),
		mix3(40, between, h.p, d.p), mix3(41, between, h.c, d.c), mix3(42, r0.l, d.p, h.p), mix3(43, h.w, d.w, side), mix3(44, h.p, d.w, dir),
	)
}

// ArcKey is the hash under which the relations between two words are listed.
func (s *ParseState) ArcKey(head, dep int32) uint32 {
	side := uint32(2)
	if dep > head {
		side = 3
	}
	return max(1, mix3(side, s.Tok[head].p, s.Tok[dep].p, 0))
}

// WithLabel joins a feature of an arc with a relation.
func WithLabel(f uint32, label uint8) uint32 { return f ^ (uint32(label)+1)*0x2545f491 }

// parseBuffer is the working memory of Parse.
type parseBuffer struct {
	state ParseState
	feats []uint32
	beam  Beam
	cache LabelCache
}

// Parse fills Head and Deprel of words, Words[0] being the root.
func (p *Parser) Parse(words []ud.Word, b *parseBuffer) {
	if p.width > 1 && len(words) <= beamWords {
		p.search(words, b)
		return
	}
	s := &b.state
	s.Reset(words)
	for !s.Done() {
		b.feats = s.MoveFeatures(b.feats[:0])
		sum := p.act.Threes(b.feats)
		m := BestMove(s.Allowed(), &sum)
		var label uint8
		if m != Shift {
			h, d := s.Arc(m)
			label = p.label(s, h, d, b)
		}
		s.Apply(m, label)
	}
	p.fill(words, s)
}

// search parses with a beam.
func (p *Parser) search(words []ud.Word, b *parseBuffer) {
	b.cache.Reset()
	b.beam.Reset(words, p.width)
	for !b.beam.Top().State.Done() {
		b.beam.Step(p.width, func(s *ParseState, sum *[3]int32) {
			b.feats = s.MoveFeatures(b.feats[:0])
			*sum = p.act.Threes(b.feats)
		}, func(s *ParseState, h, d int32) uint8 {
			k := s.ArcContext(h, d)
			l, ok := b.cache.Find(k)
			if !ok {
				l = p.label(s, h, d, b)
				b.cache.Put(k, l)
			}
			return l
		})
	}
	p.fill(words, &b.beam.Top().State)
}

func (p *Parser) fill(words []ud.Word, s *ParseState) {
	for i := 1; i < len(words); i++ {
		words[i].Head = s.Head[i]
		words[i].Deprel = p.labels[s.Label[i]]
	}
}

// BestMove returns the allowed move with the highest score; the lowest wins a tie.
func BestMove(ok [3]bool, sum *[3]int32) Move {
	best := -1
	for m := range sum {
		if ok[m] && (best < 0 || sum[m] > sum[best]) {
			best = m
		}
	}
	return Move(best)
}

func (p *Parser) label(s *ParseState, h, d int32, b *parseBuffer) uint8 {
	list, ok := p.cand.index[s.ArcKey(h, d)]
	if !ok {
		list = p.cand.all
	}
	if len(list) == 1 {
		return list[0]
	}
	b.feats = s.LabelFeatures(h, d, b.feats[:0])
	best, top := list[0], int32(-1<<31)
	for _, l := range list {
		if sum := p.lab.Ones(b.feats, WithLabel(0, l)); sum > top {
			best, top = l, sum
		}
	}
	return best
}

// ParseWords parses one sentence with working memory of its own.
func (p *Parser) ParseWords(words []ud.Word) { p.Parse(words, &parseBuffer{}) }
