package rule

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Bounds of a pattern.
const (
	maxCaps    = 12   // captures of one rule
	maxDepth   = 16   // nesting of groups and &names
	maxProgram = 6000 // instructions of one pattern
	maxRepeat  = 16
)

// node is a part of a parsed pattern.
type node struct {
	op       nodeOp
	text     string // word, class, capture or let name
	min, max int32  // of a number or a repetition
	digits   uint8
	kids     []*node
	pos      Pos
}

type nodeOp uint8

const (
	nSeq nodeOp = iota
	nAlt
	nRepeat
	nCap
	nSpan
	nWord
	nClass
	nNum
	nAny
	nTag
	nGlue
	nBegin
	nEnd
	nNot
	nBehind
)

// patternParser reads one pattern; pos is the place of src[0] in its file.
type patternParser struct {
	src  string
	i    int
	pos  Pos
	line string
	lets map[string]*node
	err  *Error
}

func (p *patternParser) fail(format string, args ...any) *node {
	if p.err == nil {
		pos := p.pos
		pos.Col += p.i
		p.err = &Error{pos, fmt.Sprintf(format, args...), p.line}
	}
	p.i = len(p.src)
	return &node{op: nSeq}
}

func (p *patternParser) skip() byte {
	for p.i < len(p.src) && (p.src[p.i] == ' ' || p.src[p.i] == '\t') {
		p.i++
	}
	if p.i == len(p.src) {
		return 0
	}
	return p.src[p.i]
}

// alt parses alternatives up to the closing sign, which it leaves.
func (p *patternParser) alt(depth int) *node {
	if depth > maxDepth {
		return p.fail("groups are nested more than %d deep", maxDepth)
	}
	alt := &node{op: nAlt, kids: []*node{p.seq(depth)}}
	for p.skip() == '|' {
		p.i++
		alt.kids = append(alt.kids, p.seq(depth))
	}
	if len(alt.kids) == 1 {
		return alt.kids[0]
	}
	return alt
}

func (p *patternParser) seq(depth int) *node {
	n := &node{op: nSeq}
	for {
		switch c := p.skip(); c {
		case 0, '|', ')', ']':
			return n
		default:
			n.kids = append(n.kids, p.item(depth))
		}
	}
}

// item parses a primary with its repetition.
func (p *patternParser) item(depth int) *node {
	n := p.primary(depth)
	if p.i >= len(p.src) {
		return n
	}
	switch p.src[p.i] {
	case '?':
		p.i++
		return &node{op: nRepeat, min: 0, max: 1, kids: []*node{n}}
	case '{':
		end := strings.IndexByte(p.src[p.i:], '}')
		if end < 0 {
			return p.fail("a repetition is written {0,6}")
		}
		lo, hi, _ := strings.Cut(p.src[p.i+1:p.i+end], ",")
		a, err1 := strconv.Atoi(lo)
		b, err2 := strconv.Atoi(hi)
		if err1 != nil || err2 != nil || a < 0 || b < a || b < 1 || b > maxRepeat {
			return p.fail("a repetition is written {0,6}, with at most %d", maxRepeat)
		}
		p.i += end + 1
		return &node{op: nRepeat, min: int32(a), max: int32(b), kids: []*node{n}}
	}
	return n
}

func (p *patternParser) primary(depth int) *node {
	if depth > maxDepth {
		return p.fail("the pattern is nested more than %d deep", maxDepth)
	}
	c := p.src[p.i]
	switch c {
	case '~', '^', '$':
		p.i++
		return &node{op: map[byte]nodeOp{'~': nGlue, '^': nBegin, '$': nEnd}[c]}
	case '"', '\'':
		end := strings.IndexByte(p.src[p.i+1:], c)
		if end < 1 {
			return p.fail("a word needs its closing %c", c)
		}
		n := &node{op: nWord, text: p.src[p.i+1 : p.i+1+end]}
		p.i += end + 2
		return n
	case '<':
		end := strings.IndexByte(p.src[p.i:], '>')
		if end < 0 || !isName(p.src[p.i+1:p.i+end]) {
			return p.fail("a class is written <name>")
		}
		pos := p.pos
		pos.Col += p.i
		n := &node{op: nClass, text: p.src[p.i+1 : p.i+end], pos: pos}
		p.i += end + 1
		return n
	case '#':
		return p.number()
	case '\\':
		if p.i+1 < len(p.src) && strings.IndexByte("wWAp", p.src[p.i+1]) >= 0 {
			p.i += 2
			return &node{op: nAny, text: p.src[p.i-1 : p.i]}
		}
		return p.fail(`after \ stands w, W, A or p`)
	case '=':
		p.i++
		name := p.name()
		if Tag(name) == 0 {
			return p.fail("after = stands a universal part of speech, such as NOUN")
		}
		return &node{op: nTag, min: int32(Tag(name))}
	case '(', '[':
		p.i++
		n := p.alt(depth + 1)
		if p.err != nil {
			return n
		}
		if want := map[byte]byte{'(': ')', '[': ']'}[c]; p.skip() != want {
			return p.fail("%c is not closed", c)
		}
		p.i++
		if c == '[' {
			return &node{op: nSpan, kids: []*node{n}}
		}
		return n
	case '!', '-':
		p.i++
		if p.skip() == 0 {
			return p.fail("nothing stands after %c", c)
		}
		kid := p.primary(depth + 1)
		if p.err == nil && !single(kid) {
			return p.fail("%c takes a single atom or alternatives of them", c)
		}
		return &node{op: map[byte]nodeOp{'!': nNot, '-': nBehind}[c], kids: []*node{kid}}
	case '&':
		p.i++
		name := p.name()
		n, ok := p.lets[name]
		if !ok {
			return p.fail("no let named %q stands before this", name)
		}
		return n
	}
	name := p.name()
	if name == "" || p.i >= len(p.src) || p.src[p.i] != ':' {
		return p.fail("%q begins no part of a pattern", string(c))
	}
	p.i++
	if p.skip() == 0 {
		return p.fail("nothing stands after %s:", name)
	}
	return &node{op: nCap, text: name, kids: []*node{p.primary(depth + 1)}}
}

func (p *patternParser) name() string {
	i := p.i
	for p.i < len(p.src) && nameByte(p.src[p.i]) {
		p.i++
	}
	return p.src[i:p.i]
}

// number parses #0000 (so many digits), #7, #1-31 and #01-31 (two digits).
func (p *patternParser) number() *node {
	i := p.i + 1
	for p.i++; p.i < len(p.src) && (p.src[p.i] >= '0' && p.src[p.i] <= '9' || p.src[p.i] == '-'); p.i++ {
	}
	text := p.src[i:p.i]
	if text != "" && strings.Trim(text, "0") == "" && len(text) < 9 {
		return &node{op: nNum, digits: uint8(len(text)), max: 999999999}
	}
	lo, hi, isRange := strings.Cut(text, "-")
	if !isRange {
		hi = lo
	}
	a, err1 := strconv.Atoi(lo)
	b, err2 := strconv.Atoi(hi)
	if err1 != nil || err2 != nil || b < a || b > 999999999 {
		return p.fail("a number is written #1-31, #7 or #0000")
	}
	n := &node{op: nNum, min: int32(a), max: int32(b)}
	if isRange && lo[0] == '0' && len(lo) == len(hi) && len(lo) > 1 {
		n.digits = uint8(len(lo))
	}
	return n
}

// single reports whether a node always fits exactly one atom.
func single(n *node) bool {
	switch n.op {
	case nWord:
		return utf8.ValidString(n.text) && !strings.ContainsAny(n.text, " \t")
	case nClass, nNum, nAny, nTag:
		return true
	case nAlt, nSeq:
		for _, k := range n.kids {
			if !single(k) {
				return false
			}
		}
		return n.op == nAlt || len(n.kids) == 1
	}
	return false
}

// inst is an instruction of a compiled pattern.
type inst struct {
	op     instOp
	cap    int8 // -1 for none
	digits uint8
	a, b   int32
}

type instOp uint8

const (
	iWord   instOp = iota // a: word
	iClass                // a: class
	iNum                  // a to b, digits
	iAny                  // a: one of wWAp
	iTag                  // a: tag
	iGlue                 //
	iBegin                //
	iEnd                  //
	iNot                  // alternatives follow, up to b
	iBehind               // the same
	iSplit                // to a, else to b
	iJump                 // to a
	iOpen                 //
	iClose                //
	iAccept               //
)

// program is a compiled pattern.
type program struct {
	rule  *Rule
	order int // of the rule, then of the pattern in it
	code  []inst
}

// compiler turns nodes into a program.
type compiler struct {
	set  *Set
	rule *Rule
	code []inst
	err  string
}

func (c *compiler) emit(in inst) int {
	if len(c.code) >= maxProgram {
		c.err = fmt.Sprintf("the pattern has more than %d steps", maxProgram)
		return 0
	}
	c.code = append(c.code, in)
	return len(c.code) - 1
}

func (c *compiler) capture(name string) int8 {
	if i := c.rule.Cap(name); i >= 0 {
		return int8(i)
	}
	if len(c.rule.Caps) == maxCaps {
		c.err = fmt.Sprintf("a rule keeps at most %d captures", maxCaps)
		return -1
	}
	c.rule.Caps = append(c.rule.Caps, name)
	return int8(len(c.rule.Caps) - 1)
}

// node compiles n; cap is the capture that its first atoms belong to.
func (c *compiler) node(n *node, cap int8) {
	if c.err != "" {
		return
	}
	switch n.op {
	case nSeq:
		for _, k := range n.kids {
			c.node(k, cap)
		}
	case nAlt:
		var ends []int
		for i, k := range n.kids {
			if i == len(n.kids)-1 {
				c.node(k, cap)
				break
			}
			split := c.emit(inst{op: iSplit, a: int32(len(c.code) + 1)})
			c.node(k, cap)
			ends = append(ends, c.emit(inst{op: iJump}))
			c.set1(split, false)
		}
		for _, e := range ends {
			c.set1(e, true)
		}
	case nRepeat:
		for range n.min {
			c.node(n.kids[0], cap)
		}
		var splits []int
		for range n.max - n.min {
			splits = append(splits, c.emit(inst{op: iSplit, a: int32(len(c.code) + 1)}))
			c.node(n.kids[0], cap)
		}
		for _, s := range splits {
			c.set1(s, false)
		}
	case nCap:
		c.node(n.kids[0], c.capture(n.text))
	case nSpan:
		c.emit(inst{op: iOpen, cap: -1})
		c.node(n.kids[0], cap)
		c.emit(inst{op: iClose, cap: -1})
	case nNot, nBehind:
		op := iNot
		if n.op == nBehind {
			op = iBehind
		}
		at := c.emit(inst{op: op, cap: -1})
		c.alternatives(n.kids[0])
		c.set1(at, false)
	default:
		c.primary(n, cap)
	}
}

// set1 points an instruction at the next one to come.
func (c *compiler) set1(at int, jump bool) {
	if c.err != "" {
		return
	}
	if jump {
		c.code[at].a = int32(len(c.code))
	} else {
		c.code[at].b = int32(len(c.code))
	}
}

// alternatives emits the single atoms of a look-around one after another.
func (c *compiler) alternatives(n *node) {
	switch n.op {
	case nAlt, nSeq:
		for _, k := range n.kids {
			c.alternatives(k)
		}
	default:
		c.primary(n, -1)
	}
}

func (c *compiler) primary(n *node, cap int8) {
	switch n.op {
	case nWord:
		atoms := c.set.atomize(nil, n.text, true)
		for i, a := range atoms {
			if i > 0 && !a.Space {
				c.emit(inst{op: iGlue, cap: -1})
			}
			c.emit(inst{op: iWord, cap: cap, a: a.Word})
			cap = -1
		}
	case nClass:
		id, ok := c.set.classes[n.text]
		if !ok {
			c.err = "no list has the class <" + n.text + ">"
			return
		}
		c.emit(inst{op: iClass, cap: cap, a: id})
	case nNum:
		c.emit(inst{op: iNum, cap: cap, a: n.min, b: n.max, digits: n.digits})
	case nAny:
		c.emit(inst{op: iAny, cap: cap, a: int32(n.text[0])})
	case nTag:
		c.emit(inst{op: iTag, cap: cap, a: n.min})
	case nGlue:
		c.emit(inst{op: iGlue, cap: -1})
	case nBegin:
		c.emit(inst{op: iBegin, cap: -1})
	case nEnd:
		c.emit(inst{op: iEnd, cap: -1})
	}
}
