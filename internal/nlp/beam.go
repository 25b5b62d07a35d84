package nlp

import "letopis/internal/ud"

// Beam follows several parses of a sentence side by side. Every parse of n words
// takes 2n moves, so parses are compared after equal numbers of moves.
type Beam struct {
	items, next []BeamItem
	n           int // of items that are in use
	cands       []beamMove
}

// BeamItem is one parse under way: Score is the sum over its Moves.
type BeamItem struct {
	State ParseState
	Score int64
	Moves []Move
}

type beamMove struct {
	from  int
	move  Move
	score int64
}

// Reset begins the parses of words, of which at most width go on at a time.
func (b *Beam) Reset(words []ud.Word, width int) {
	for len(b.items) < width {
		b.items = append(b.items, BeamItem{})
		b.next = append(b.next, BeamItem{})
	}
	b.n = 1
	b.items[0].State.Reset(words)
	b.items[0].Score, b.items[0].Moves = 0, b.items[0].Moves[:0]
}

// Top returns the leading parse.
func (b *Beam) Top() *BeamItem { return &b.items[0] }

// Step makes one move in every parse and keeps the best width of what arises; of
// equals, the earlier parse and the lower move lead. score fills the scores of the
// three moves, label chooses the relation of an arc.
func (b *Beam) Step(width int, score func(*ParseState, *[3]int32), label func(s *ParseState, head, dep int32) uint8) {
	b.cands = b.cands[:0]
	for i := range b.n {
		it := &b.items[i]
		var sum [3]int32
		score(&it.State, &sum)
		ok := it.State.Allowed()
		for m := range sum {
			if ok[m] {
				b.insert(beamMove{i, Move(m), it.Score + int64(sum[m])}, width)
			}
		}
	}
	for j, c := range b.cands {
		from, to := &b.items[c.from], &b.next[j]
		to.State.copyFrom(&from.State)
		to.Score = c.score
		to.Moves = append(append(to.Moves[:0], from.Moves...), c.move)
		var l uint8
		if c.move != Shift {
			h, d := to.State.Arc(c.move)
			l = label(&to.State, h, d)
		}
		to.State.Apply(c.move, l)
	}
	b.n = len(b.cands)
	b.items, b.next = b.next, b.items
}

func (b *Beam) insert(c beamMove, width int) {
	i := len(b.cands)
	for i > 0 && b.cands[i-1].score < c.score {
		i--
	}
	if i == width {
		return
	}
	if len(b.cands) < width {
		b.cands = append(b.cands, beamMove{})
	}
	copy(b.cands[i+1:], b.cands[i:])
	b.cands[i] = c
}

// copyFrom makes s the same parse as o; the words are shared, for no parse changes them.
func (s *ParseState) copyFrom(o *ParseState) {
	s.Tok, s.verbs, s.commas, s.n, s.Next = o.Tok, o.verbs, o.commas, o.n, o.Next
	s.Head = append(s.Head[:0], o.Head...)
	s.Label = append(s.Label[:0], o.Label...)
	s.Stack = append(s.Stack[:0], o.Stack...)
	s.left = append(s.left[:0], o.left...)
	s.right = append(s.right[:0], o.right...)
	s.nl = append(s.nl[:0], o.nl...)
	s.nr = append(s.nr[:0], o.nr...)
}

// ArcContext is a hash of all that LabelFeatures sees of an arc within one sentence.
func (s *ParseState) ArcContext(head, dep int32) uint64 {
	h := uint64(head)<<32 | uint64(uint32(dep))
	for _, c := range [4][2]int32{s.left[dep], s.right[dep], s.left[head], s.right[head]} {
		for _, k := range c {
			h = (h ^ uint64(k)<<8 ^ uint64(s.Label[k])) * 0x9e3779b97f4a7c15
			h ^= h >> 29
		}
	}
	return h | 1
}

// LabelCache remembers the relations chosen in one sentence: the parses of a beam
// ask for the same arcs over and over.
type LabelCache struct {
	key   [1 << 10]uint64
	label [1 << 10]uint8
}

// Reset forgets all.
func (c *LabelCache) Reset() { clear(c.key[:]) }

// Find returns the relation remembered under an [ParseState.ArcContext].
func (c *LabelCache) Find(k uint64) (uint8, bool) {
	i := k >> 54
	return c.label[i], c.key[i] == k
}

// Put remembers a relation.
func (c *LabelCache) Put(k uint64, label uint8) {
	i := k >> 54
	c.key[i], c.label[i] = k, label
}
