package rule

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Set is rules together with the words they name. Fill it with AddWords and then
// AddRules, call Compile, and it is ready and safe for concurrent use.
type Set struct {
	Rules  []*Rule
	Values []Value // of the lists; captures index it

	words    []word
	ids      map[string]int32
	classes  map[string]int32
	valueIDs map[string]int32
	lets     map[string]*node

	programs   []*program
	byWord     [][]int32 // programs that may begin with a word
	byNumber   []int32
	byLine     []int32 // programs that begin with ^
	everywhere []int32
}

// NewSet returns an empty set.
func NewSet() *Set {
	s := &Set{ids: map[string]int32{}, classes: map[string]int32{}, valueIDs: map[string]int32{}, lets: map[string]*node{}}
	for _, sign := range []string{".", ",", ":", "/", "-", "%", "°", "€", "$"} {
		s.intern([]byte(sign)) // what accept looks at
	}
	return s
}

// Class is a class of words of one set; the zero value holds no word.
type Class struct{ id int32 }

// Class returns a class by name; a class that no list has holds no word.
func (s *Set) Class(name string) Class {
	if id, ok := s.classes[name]; ok {
		return Class{id + 1}
	}
	return Class{}
}

// Is reports whether an atom is a word of the class, alone or as the begin of a
// phrase that atoms goes on with. atoms[0] is the atom.
func (s *Set) Is(atoms []Atom, c Class) bool {
	if c.id == 0 || atoms[0].Word < 0 {
		return false
	}
	m := matcher{set: s, atoms: atoms}
	for k := range s.words[atoms[0].Word].entries {
		e := &s.words[atoms[0].Word].entries[k]
		if e.class == c.id-1 && (!e.capital || atoms[0].Capital) && m.rest(e, 0) {
			return true
		}
	}
	return false
}

// AddRules reads a file of rules. It returns every complaint; a rule that has one
// is left out.
func (s *Set) AddRules(file, src string) []error {
	p := &fileParser{set: s, file: file, lets: s.lets}
	for n, line := range strings.Split(src, "\n") {
		p.line(n+1, strings.TrimRight(line, " \t\r"))
	}
	p.end()
	return p.errs
}

// fileParser reads a file of rules line by line.
type fileParser struct {
	set  *Set
	file string
	lets map[string]*node
	cur  *Rule
	bad  bool
	errs []error
}

func (p *fileParser) line(n int, line string) {
	body := strings.TrimLeft(line, " \t")
	if body == "" || body[0] == '#' {
		return
	}
	pos := Pos{p.file, n, len(line) - len(body) + 1}
	fail := func(msg string) {
		p.errs = append(p.errs, &Error{pos, msg, line})
		p.bad = true
	}
	if !utf8.ValidString(line) {
		fail("the line is not UTF-8")
		return
	}
	word, rest, _ := strings.Cut(body, " ")
	rest = strings.TrimLeft(rest, " \t")
	at := pos
	at.Col = len(line) - len(rest) + 1
	switch word {
	case "let":
		p.let(rest, at, line, fail)
		return
	case "rule":
		p.end()
		if !isName(rest) {
			fail("a rule is named with letters, digits, '_' and '.'")
			return
		}
		p.cur, p.bad = &Rule{Name: rest, Pos: pos}, false
		return
	}
	if p.cur == nil {
		fail("this stands before the first rule")
		return
	}
	switch word {
	case "kind":
		p.cur.Kind = rest
	case "why":
		p.cur.Why = rest
	case "value":
		p.cur.Value, p.cur.ValuePos = rest, at
	case "yes":
		p.cur.Yes = append(p.cur.Yes, Example{rest, at})
	case "no":
		p.cur.No = append(p.cur.No, Example{rest, at})
	case "match":
		root, err := p.pattern(rest, at, line)
		if err != nil {
			p.errs, p.bad = append(p.errs, err), true
			return
		}
		c := &compiler{set: p.set, rule: p.cur}
		c.node(root, -1)
		c.emit(inst{op: iAccept, cap: -1})
		if c.err != "" {
			pos = at
			fail(c.err)
			return
		}
		p.cur.patterns = append(p.cur.patterns, &program{rule: p.cur, code: c.code})
	default:
		fail("a line begins with let, rule, kind, why, match, value, yes or no, not with " + word)
	}
}

func (p *fileParser) let(rest string, at Pos, line string, fail func(string)) {
	name, pat, ok := strings.Cut(rest, "=")
	name = strings.TrimSpace(name)
	if !ok || !isName(name) {
		fail("a part is written: let NAME = PATTERN")
		return
	}
	at.Col += len(rest) - len(pat)
	n, err := p.pattern(pat, at, line)
	if err != nil {
		p.errs = append(p.errs, err)
		return
	}
	p.lets[name] = n
}

func (p *fileParser) pattern(src string, at Pos, line string) (*node, error) {
	pp := &patternParser{src: src, pos: at, line: line, lets: p.lets}
	n := pp.alt(0)
	if pp.err == nil && pp.skip() != 0 {
		pp.fail("%q closes nothing", string(pp.src[pp.i]))
	}
	if pp.err != nil {
		return nil, pp.err
	}
	return n, nil
}

// end finishes the rule at hand.
func (p *fileParser) end() {
	r := p.cur
	p.cur = nil
	if r == nil || p.bad {
		return
	}
	if len(r.patterns) == 0 {
		p.errs = append(p.errs, &Error{r.Pos, "rule " + r.Name + " has no match line", ""})
		return
	}
	p.set.Rules = append(p.set.Rules, r)
}

// Compile makes the index of first words. No word or rule may be added after it.
func (s *Set) Compile() {
	s.programs, s.byNumber, s.byLine, s.everywhere = nil, nil, nil, nil
	s.byWord = make([][]int32, len(s.words))
	for i := range s.words {
		// Phrases before single words, so that the longest is tried first.
		slices.SortStableFunc(s.words[i].entries, func(a, b entry) int { return cmp.Compare(len(b.rest), len(a.rest)) })
	}
	for _, r := range s.Rules {
		for _, p := range r.patterns {
			id := int32(len(s.programs))
			p.order = int(id)
			s.programs = append(s.programs, p)
			s.index(id, p)
		}
	}
}

// index files a program under everything that it may begin with.
func (s *Set) index(id int32, p *program) {
	if p.code[0].op == iBegin {
		s.byLine = append(s.byLine, id)
		return
	}
	add := func(list []int32) []int32 {
		if len(list) > 0 && list[len(list)-1] == id {
			return list
		}
		return append(list, id)
	}
	seen := make([]bool, len(p.code))
	var walk func(pc int32)
	walk = func(pc int32) {
		for !seen[pc] {
			seen[pc] = true
			switch in := p.code[pc]; in.op {
			case iWord:
				s.byWord[in.a] = add(s.byWord[in.a])
				return
			case iClass:
				for w := range s.words {
					if slices.ContainsFunc(s.words[w].entries, func(e entry) bool { return e.class == in.a }) {
						s.byWord[w] = add(s.byWord[w])
					}
				}
				return
			case iNum:
				s.byNumber = add(s.byNumber)
				return
			case iAny, iTag, iAccept:
				s.everywhere = add(s.everywhere)
				return
			case iSplit:
				walk(in.a)
				pc = in.b
			case iJump:
				pc = in.a
			case iNot, iBehind:
				pc = in.b
			default:
				pc++
			}
		}
	}
	walk(0)
}
