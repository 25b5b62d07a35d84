package train

import (
	"fmt"
	"io"
	"math/rand/v2"
	"slices"

	"letopis/internal/model"
	"letopis/internal/nlp"
	"letopis/internal/ud"
)

// ParserOptions are the parameters of parser training.
type ParserOptions struct {
	Epochs  int
	Seed    uint64
	Explore float64 // how often a wrong move is followed, from the second epoch on
	Margin  int32   // by which a right move must lead
	ActLog  uint    // log2 of the buckets of the table of moves
	LabLog  uint
	// Beam is how many parses are followed side by side; with more than one the
	// weights are learnt from whole parses after Greedy epochs of single moves.
	Beam, Greedy int
	Log          io.Writer
}

// Tree is a training tree: Words as in ud.Sentence, with predicted tags and
// gold heads and relations.
type Tree struct {
	Words []ud.Word
	Head  []int32
	Label []uint8
}

// Projective lifts arcs that cross others to the head's head until none does
// (the smallest first); it changes head in place.
func Projective(head []int32) {
	for {
		best, span := -1, int32(1<<30)
		for d := 1; d < len(head); d++ {
			h := head[d]
			if h == 0 {
				continue
			}
			lo, hi := min(h, int32(d)), max(h, int32(d))
			if hi-lo >= span {
				continue
			}
			for k := lo + 1; k < hi; k++ {
				if !under(head, k, h) {
					best, span = d, hi-lo
					break
				}
			}
		}
		if best < 0 {
			return
		}
		head[best] = head[head[best]]
	}
}

func under(head []int32, k, h int32) bool {
	for steps := 0; k != 0 && steps <= len(head); steps++ {
		if k == h {
			return true
		}
		k = head[k]
	}
	return false
}

// Trees makes training trees of sentences whose tags are tagged and whose
// heads and relations are those of gold; sentences that are no tree are left out.
func trees(gold, tagged []Sentence, labelID map[ud.Deprel]uint8) []Tree {
	var out []Tree
	for i, g := range gold {
		t := Tree{Words: make([]ud.Word, len(g)+1), Head: make([]int32, len(g)+1), Label: make([]uint8, len(g)+1)}
		ok := len(g) > 0
		for k := range g {
			w := &g[k]
			t.Words[k+1] = tagged[i][k]
			id, known := labelID[w.Deprel]
			ok = ok && known && w.Head >= 0 && int(w.Head) <= len(g)
			t.Head[k+1], t.Label[k+1] = w.Head, id
		}
		if !ok || !oneTree(t.Head) {
			continue
		}
		Projective(t.Head)
		out = append(out, t)
	}
	return out
}

func oneTree(head []int32) bool {
	roots := 0
	for d := 1; d < len(head); d++ {
		if head[d] == 0 {
			roots++
		}
		k := int32(d)
		for steps := 0; k != 0; steps++ {
			if steps > len(head) {
				return false
			}
			k = head[k]
		}
	}
	return roots == 1
}

type parserTrainer struct {
	o        ParserOptions
	act, lab *table
	cand     map[uint32][]uint8
	all      []uint8
	step     int64
	rng      *rand.Rand
	state    nlp.ParseState
	mf, lf   []uint32
	beam     nlp.Beam
	cache    nlp.LabelCache
	gold     nlp.ParseState
}

// Parser trains a parser. gold has the trees, tagged the same words as the
// tagger sees them; the parts are trained on weight times each epoch.
func Parser(parts []TreePart, o ParserOptions) ([]byte, error) {
	labels, id := relations(parts)
	if len(labels) > 250 {
		return nil, fmt.Errorf("%d relations, at most 250", len(labels))
	}
	p := &parserTrainer{o: o, act: newTable(3), lab: newTable(1), cand: map[uint32][]uint8{}, rng: rand.New(rand.NewPCG(o.Seed, 7))}
	var list []Tree
	weight := []int{}
	for _, part := range parts {
		for _, t := range trees(part.Gold, part.Tagged, id) {
			list = append(list, t)
			weight = append(weight, part.Every)
		}
	}
	p.candidates(list)
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	for e := range o.Epochs {
		p.rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		wrong, moves := 0, 0
		for _, i := range order {
			if w := weight[i]; w > 1 && (e+i)%w != 0 {
				continue
			}
			learn := p.learn
			if o.Beam > 1 && e >= o.Greedy && len(list[i].Words) <= 128 {
				learn = p.learnWhole
			}
			a, b := learn(&list[i], e > 0)
			wrong, moves = wrong+a, moves+b
		}
		if o.Log != nil {
			fmt.Fprintf(o.Log, "parser epoch %d: %d trees, %d features, %.2f %% of moves wrong\n", e+1, len(list), p.act.n+p.lab.n, 100*float64(wrong)/float64(max(moves, 1)))
		}
	}
	w := &model.Writer{}
	w.Bytes("act", p.act.pack(p.step, o.ActLog))
	w.Bytes("lab", p.lab.pack(p.step, o.LabLog))
	if o.Beam > 1 {
		w.Uint32s("beam", []uint32{uint32(o.Beam)})
	}
	names := make([]string, len(labels))
	for i, l := range labels {
		names[i] = string(l)
	}
	w.Strings("deprel", names)
	p.cand[0] = p.all
	keys := make([]uint32, 0, len(p.cand))
	for k := range p.cand {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	var lists []byte
	for _, k := range keys {
		lists = append(lists, byte(len(p.cand[k])))
		lists = append(lists, p.cand[k]...)
	}
	w.Uint32s("ckeys", keys)
	w.Bytes("clist", lists)
	return w.Finish(), nil
}

// TreePart is trees from one source; they are trained on in one of Every epochs.
type TreePart struct {
	Gold, Tagged []Sentence
	Every        int
}

// relations numbers the relations, the most frequent first; those seen once only are left out.
func relations(parts []TreePart) ([]ud.Deprel, map[ud.Deprel]uint8) {
	count := map[ud.Deprel]int{}
	for _, p := range parts {
		for _, s := range p.Gold {
			for i := range s {
				count[s[i].Deprel]++
			}
		}
	}
	var labels []ud.Deprel
	for l, n := range count {
		if n > 1 && l != "" {
			labels = append(labels, l)
		}
	}
	slices.SortFunc(labels, func(a, b ud.Deprel) int {
		if count[a] != count[b] {
			return count[b] - count[a]
		}
		if a < b {
			return -1
		}
		return 1
	})
	id := map[ud.Deprel]uint8{}
	for i, l := range labels {
		id[l] = uint8(i)
	}
	return labels, id
}

// candidates lists the relations seen between two parts of speech, commonest
// first, without those that make less than one in a thousand of a frequent pair.
func (p *parserTrainer) candidates(list []Tree) {
	count := map[uint32]*[256]int{}
	for i := range list {
		t := &list[i]
		p.state.Reset(t.Words)
		for d := 1; d < len(t.Head); d++ {
			for _, k := range []uint32{0, p.state.ArcKey(t.Head[d], int32(d))} {
				if count[k] == nil {
					count[k] = &[256]int{}
				}
				count[k][t.Label[d]]++
			}
		}
	}
	for k, c := range count {
		var ls []uint8
		n := 0
		for l, x := range c {
			n += x
			if x > 0 {
				ls = append(ls, uint8(l))
			}
		}
		slices.SortStableFunc(ls, func(a, b uint8) int { return c[b] - c[a] })
		for len(ls) > 1 && c[ls[len(ls)-1]]*1000 < n {
			ls = ls[:len(ls)-1]
		}
		if len(ls) > 12 && k != 0 {
			ls = ls[:12]
		}
		p.cand[k] = ls
	}
	p.all = p.cand[0][:min(len(p.cand[0]), 16)]
}

// free returns which moves lose no arc of the gold tree (the dynamic oracle of
// Goldberg and Nivre 2013 for arc-hybrid).
func (p *parserTrainer) free(t *Tree, ok [3]bool) (free [3]bool) {
	s := &p.state
	k := len(s.Stack)
	s0 := s.Stack[k-1]
	b0, n := s.Next, int32(len(t.Head))
	free = ok
	if ok[nlp.Shift] {
		h := t.Head[b0]
		for i, d := range s.Stack {
			if i < k-1 && d == h || d != 0 && t.Head[d] == b0 {
				free[nlp.Shift] = false
			}
		}
	}
	if ok[nlp.Left] || ok[nlp.Right] {
		laterHead := t.Head[s0] >= b0
		laterDep := false
		for d := b0; d < n; d++ {
			laterDep = laterDep || t.Head[d] == s0
		}
		if laterDep {
			free[nlp.Left], free[nlp.Right] = false, false
		}
		if laterHead {
			free[nlp.Right] = false
			if t.Head[s0] != b0 {
				free[nlp.Left] = false
			}
		}
		if k > 1 && t.Head[s0] == s.Stack[k-2] {
			free[nlp.Left] = false
		}
	}
	return free
}

// learn parses one tree, correcting the weights on the way; it returns how many moves were wrong.
func (p *parserTrainer) learn(t *Tree, explore bool) (wrong, moves int) {
	s := &p.state
	s.Reset(t.Words)
	for !s.Done() {
		p.step++
		moves++
		var sum [3]int32
		p.moves(s, &sum)
		ok := s.Allowed()
		free := p.free(t, ok)
		if !free[0] && !free[1] && !free[2] {
			free = ok
		}
		good := nlp.BestMove(free, &sum)
		m := nlp.BestMove(ok, &sum)
		if !free[m] {
			wrong++
		}
		worst := -1
		for x := range sum {
			if ok[x] && !free[x] && (worst < 0 || sum[x] > sum[worst]) {
				worst = x
			}
		}
		if worst >= 0 && sum[worst]+p.o.Margin >= sum[good] {
			for _, f := range p.mf {
				p.act.update(f, int(good), 1, p.step)
				p.act.update(f, worst, -1, p.step)
			}
		}
		if !free[m] && !(explore && p.rng.Float64() < p.o.Explore) {
			m = good
		}
		var label uint8
		if m != nlp.Shift {
			h, d := s.Arc(m)
			label = p.label(s, t, h, d)
		}
		s.Apply(m, label)
	}
	return wrong, moves
}

// moves scores the moves of a state, leaving its features in mf.
func (p *parserTrainer) moves(s *nlp.ParseState, sum *[3]int32) {
	p.mf = s.MoveFeatures(p.mf[:0])
	for _, f := range p.mf {
		if i := p.act.find(f); i >= 0 {
			sum[0] += p.act.w[i]
			sum[1] += p.act.w[i+1]
			sum[2] += p.act.w[i+2]
		}
	}
}

// oracle returns the moves that make the gold tree.
func (p *parserTrainer) oracle(t *Tree) []nlp.Move {
	s := &p.state
	s.Reset(t.Words)
	n := int32(len(t.Head))
	waits := make([]int32, n) // the last dependent of each word
	for d := int32(1); d < n; d++ {
		waits[t.Head[d]] = d
	}
	out := make([]nlp.Move, 0, 2*n)
	for !s.Done() {
		k := len(s.Stack)
		s0 := s.Stack[k-1]
		m := nlp.Shift
		switch {
		case k > 1 && s.Next < n && t.Head[s0] == s.Next:
			m = nlp.Left
		case k > 1 && t.Head[s0] == s.Stack[k-2] && waits[s0] < s.Next && s.Allowed()[nlp.Right]:
			m = nlp.Right
		}
		if !s.Allowed()[m] {
			return nil
		}
		out = append(out, m)
		s.Apply(m, 0)
	}
	return out
}

// learnWhole parses a tree with the beam and corrects the weights where the leading
// parse is furthest ahead of the gold one (max-violation, Huang, Fayong and Guo
// 2012); relations are learnt along both. It returns how many words hang wrongly.
func (p *parserTrainer) learnWhole(t *Tree, _ bool) (wrong, words int) {
	gold := p.oracle(t)
	if gold == nil {
		return 0, 0
	}
	p.cache.Reset()
	p.beam.Reset(t.Words, p.o.Beam)
	p.gold.Reset(t.Words)
	goldScore, most := int64(0), int64(-1)
	var lead []nlp.Move
	for k, m := range gold {
		p.beam.Step(p.o.Beam, p.moves, p.guess)
		var sum [3]int32
		p.moves(&p.gold, &sum)
		goldScore += int64(sum[m])
		p.follow(&p.gold, m, p.guess)
		top := p.beam.Top()
		if v := top.Score - goldScore; v > most && !slices.Equal(top.Moves, gold[:k+1]) {
			most, lead = v, append(lead[:0], top.Moves...)
		}
	}
	p.step += int64(len(gold)) // the average weighs every move alike
	last := slices.Clone(p.beam.Top().Moves)
	for d, h := range p.beam.Top().State.Head {
		if d > 0 && h != t.Head[d] {
			wrong++
		}
	}
	if most >= 0 {
		p.correct(t, gold[:len(lead)], lead, 1)
		p.correct(t, lead, gold, -1)
	}
	learn := func(s *nlp.ParseState, h, d int32) uint8 { return p.label(s, t, h, d) }
	for _, moves := range [][]nlp.Move{gold, last} {
		p.state.Reset(t.Words)
		for _, m := range moves {
			p.follow(&p.state, m, learn)
		}
		if slices.Equal(gold, last) {
			break
		}
	}
	return wrong, len(t.Words) - 1
}

// correct adds by to the weights of moves from where they leave other.
func (p *parserTrainer) correct(t *Tree, moves, other []nlp.Move, by int32) {
	s := &p.state
	s.Reset(t.Words)
	apart := false
	for k, m := range moves {
		apart = apart || m != other[k]
		if apart {
			p.mf = s.MoveFeatures(p.mf[:0])
			for _, f := range p.mf {
				p.act.update(f, int(m), by, p.step)
			}
		}
		p.follow(s, m, p.guess)
	}
}

// follow makes a move, with the relation that label gives.
func (p *parserTrainer) follow(s *nlp.ParseState, m nlp.Move, label func(*nlp.ParseState, int32, int32) uint8) {
	var l uint8
	if m != nlp.Shift {
		h, d := s.Arc(m)
		l = label(s, h, d)
	}
	s.Apply(m, l)
}

// guess chooses a relation as the parser will, learning nothing.
func (p *parserTrainer) guess(s *nlp.ParseState, h, d int32) uint8 {
	k := s.ArcContext(h, d)
	if l, ok := p.cache.Find(k); ok {
		return l
	}
	list, ok := p.cand[s.ArcKey(h, d)]
	if !ok {
		list = p.all
	}
	best, top := list[0], int32(-1<<31)
	if len(list) > 1 {
		p.lf = s.LabelFeatures(h, d, p.lf[:0])
		for _, l := range list {
			sum := int32(0)
			for _, f := range p.lf {
				if i := p.lab.find(nlp.WithLabel(f, l)); i >= 0 {
					sum += p.lab.w[i]
				}
			}
			if sum > top {
				best, top = l, sum
			}
		}
	}
	p.cache.Put(k, best)
	return best
}

// label chooses a relation, learning where the arc is right, and returns it.
func (p *parserTrainer) label(s *nlp.ParseState, t *Tree, h, d int32) uint8 {
	list, ok := p.cand[s.ArcKey(h, d)]
	if !ok {
		list = p.all
	}
	gold := t.Label[d]
	if len(list) == 1 {
		return list[0]
	}
	p.lf = s.LabelFeatures(h, d, p.lf[:0])
	best, second, top, goldSum := list[0], -1, int32(-1<<31), int32(-1<<31)
	var secondSum int32
	for _, l := range list {
		sum := int32(0)
		for _, f := range p.lf {
			if i := p.lab.find(nlp.WithLabel(f, l)); i >= 0 {
				sum += p.lab.w[i]
			}
		}
		if sum > top {
			best, top = l, sum
		}
		if l == gold {
			goldSum = sum
		} else if second < 0 || sum > secondSum {
			second, secondSum = int(l), sum
		}
	}
	if t.Head[d] == h && goldSum > -1<<31 && second >= 0 && secondSum+p.o.Margin >= goldSum {
		for _, f := range p.lf {
			p.lab.update(nlp.WithLabel(f, gold), 0, 1, p.step)
			p.lab.update(nlp.WithLabel(f, uint8(second)), 0, -1, p.step)
		}
	}
	if t.Head[d] == h && p.o.Explore < 0 {
		return gold
	}
	return best
}
