package rule

import (
	"cmp"
	"slices"
)

// maxSteps bounds the work for one pattern at one atom.
const maxSteps = 1000

// Capture is what a named part of a pattern fitted. Value indexes [Set.Values]
// and is -1 where the part is no list's; Num is the number, of digits or of the list.
type Capture struct {
	Set   bool
	Atom  int32 // the first atom of the part
	Value int32
	Num   int32
	IsNum bool
}

// Match is one finding: atoms Start to End (exclusive) are the finding, From to To
// all that the pattern fitted. Caps are in the order of Rule.Caps.
type Match struct {
	Rule       *Rule
	Start, End int32
	From, To   int32
	Caps       [maxCaps]Capture
	order      int
}

// matcher is the state of one pattern at one place.
type matcher struct {
	set        *Set
	atoms      []Atom
	code       []inst
	caps       [maxCaps]Capture
	start, end int32
	from, to   int32
	steps      int
}

// Match appends to dst every rule's match at every atom, in the order of atoms
// and rules. A pattern matches at most once at an atom.
func (s *Set) Match(dst []Match, atoms []Atom) []Match {
	m := matcher{set: s, atoms: atoms}
	for i := range atoms {
		a := &atoms[i]
		if a.Word >= 0 {
			dst = m.try(dst, s.byWord[a.Word], int32(i))
		}
		if a.Num >= 0 {
			dst = m.try(dst, s.byNumber, int32(i))
		}
		if a.Line {
			dst = m.try(dst, s.byLine, int32(i))
		}
		dst = m.try(dst, s.everywhere, int32(i))
	}
	return dst
}

func (m *matcher) try(dst []Match, programs []int32, i int32) []Match {
	for _, id := range programs {
		p := m.set.programs[id]
		m.code, m.steps = p.code, 0
		m.start, m.end, m.from = -1, -1, i
		clear(m.caps[:len(p.rule.Caps)])
		if !m.run(0, i) {
			continue
		}
		dst = append(dst, Match{Rule: p.rule, Start: m.start, End: m.end, From: m.from, To: m.to, order: p.order})
		copy(dst[len(dst)-1].Caps[:], m.caps[:len(p.rule.Caps)])
	}
	return dst
}

// run executes the program from pc at atom i: greedy, the first way wins.
func (m *matcher) run(pc, i int32) bool {
	for {
		if m.steps++; m.steps > maxSteps {
			return false
		}
		in := &m.code[pc]
		switch in.op {
		case iWord, iNum, iAny, iTag:
			if !m.atom(in, i) {
				return false
			}
			if in.cap >= 0 {
				m.keep(in.cap, i, -1)
			}
			i++
			pc++
		case iClass:
			return m.class(in, pc, i)
		case iGlue:
			if int(i) >= len(m.atoms) || m.atoms[i].Space {
				return false
			}
			pc++
		case iBegin:
			if int(i) >= len(m.atoms) || !m.atoms[i].Line {
				return false
			}
			pc++
		case iEnd:
			if int(i) < len(m.atoms) && !m.atoms[i].Line {
				return false
			}
			pc++
		case iNot:
			if m.anyOf(pc+1, in.b, i) {
				return false
			}
			pc = in.b
		case iBehind:
			if i > 0 && int(i) < len(m.atoms) && !m.atoms[i].Para && m.anyOf(pc+1, in.b, i-1) {
				return false
			}
			pc = in.b
		case iSplit:
			start, end, caps := m.start, m.end, m.caps
			if m.run(in.a, i) {
				return true
			}
			m.start, m.end, m.caps = start, end, caps
			pc = in.b
		case iJump:
			pc = in.a
		case iOpen:
			m.start = i
			pc++
		case iClose:
			m.end = i
			pc++
		case iAccept:
			return m.accept(i)
		}
	}
}

// class tries the phrases and words of a class, longest first.
func (m *matcher) class(in *inst, pc, i int32) bool {
	if int(i) >= len(m.atoms) || m.atoms[i].Word < 0 || i > m.from && m.atoms[i].Para {
		return false
	}
	a := &m.atoms[i]
	entries := m.set.words[a.Word].entries
	for k := range entries {
		e := &entries[k]
		if e.class != in.a || e.capital && !a.Capital || !m.rest(e, i) {
			continue
		}
		if in.cap >= 0 {
			m.keep(in.cap, i, e.value)
		}
		if m.run(pc+1, i+1+int32(len(e.rest))) {
			return true
		}
	}
	return false
}

// rest reports whether the further atoms of a phrase follow atom i.
func (m *matcher) rest(e *entry, i int32) bool {
	if int(i)+len(e.rest) >= len(m.atoms) {
		return false
	}
	for k, key := range e.rest {
		b := &m.atoms[int(i)+1+k]
		if b.Word != key.word || key.glue && b.Space || b.Para {
			return false
		}
	}
	return true
}

func (m *matcher) keep(cap int8, i, value int32) {
	c := Capture{Set: true, Atom: i, Value: value}
	switch {
	case value >= 0:
		v := &m.set.Values[value]
		c.Num, c.IsNum = int32(v.Num), v.IsNum
	case m.atoms[i].Num >= 0:
		c.Num, c.IsNum = m.atoms[i].Num, true
	}
	m.caps[cap] = c
}

// atom reports whether atom i fits a single-atom instruction.
func (m *matcher) atom(in *inst, i int32) bool {
	if i < 0 || int(i) >= len(m.atoms) {
		return false
	}
	a := &m.atoms[i]
	if i > m.from && a.Para {
		return false
	}
	switch in.op {
	case iWord:
		return a.Word == in.a
	case iTag:
		return a.Tag == uint8(in.a)
	case iNum:
		return a.Num >= in.a && a.Num <= in.b && (in.digits == 0 && a.Digits <= 9 || a.Digits == in.digits) && a.Digits > 0
	case iClass:
		if a.Word < 0 {
			return false
		}
		for k := range m.set.words[a.Word].entries {
			e := &m.set.words[a.Word].entries[k]
			if e.class == in.a && len(e.rest) == 0 && (!e.capital || a.Capital) {
				return true
			}
		}
		return false
	}
	switch in.a {
	case 'w':
		return a.Letter
	case 'W':
		return a.Letter && a.Capital
	case 'A':
		return a.Letter && a.AllCaps
	}
	return !a.Letter && a.Digits == 0
}

// anyOf reports whether atom i fits one of the instructions from..to.
func (m *matcher) anyOf(from, to, i int32) bool {
	for pc := from; pc < to; pc++ {
		if m.code[pc].op != iGlue && m.atom(&m.code[pc], i) {
			return true
		}
	}
	return false
}

// accept checks that the finding is not cut out of a larger number or word.
func (m *matcher) accept(i int32) bool {
	m.to = i
	if m.start < 0 || m.end < 0 {
		m.start, m.end = m.from, i
	}
	if m.start >= m.end || m.atoms[m.start].Inside && m.start == m.from {
		return false
	}
	last := &m.atoms[m.end-1]
	if int(m.end) >= len(m.atoms) || m.atoms[m.end].Space || last.Digits == 0 {
		return true
	}
	// The finding ends in a number and something is glued to it.
	next := &m.atoms[m.end]
	if next.Letter || next.Digits > 0 {
		return false
	}
	if int(m.end)+1 >= len(m.atoms) || m.atoms[m.end+1].Space {
		return !m.set.isSign(next, "%", "°", "€", "$")
	}
	after := &m.atoms[m.end+1]
	if m.set.isSign(next, ".", ",", ":", "/", "%") {
		return after.Digits == 0 && !m.set.isSign(next, "%")
	}
	return !m.set.isSign(next, "-") || !after.Letter && after.Digits == 0
}

// isSign reports whether an atom is one of the signs. Signs that no list or
// pattern has are unknown to the set and never fit.
func (s *Set) isSign(a *Atom, signs ...string) bool {
	if a.Word < 0 {
		return false
	}
	return slices.Contains(signs, s.words[a.Word].text)
}

// Select returns, in place and in order, the matches that win where findings
// overlap: the one that begins first, then the longest finding, then the longest
// match, then the rule that stands first.
func Select(ms []Match) []Match {
	slices.SortFunc(ms, func(a, b Match) int {
		if c := cmp.Compare(a.Start, b.Start); c != 0 {
			return c
		}
		if c := cmp.Compare(b.End, a.End); c != 0 {
			return c
		}
		if c := cmp.Compare(b.To-b.From, a.To-a.From); c != 0 {
			return c
		}
		return cmp.Compare(a.order, b.order)
	})
	out := ms[:0]
	end := int32(-1)
	for _, m := range ms {
		if m.Start >= end {
			out = append(out, m)
			end = m.End
		}
	}
	return out
}
