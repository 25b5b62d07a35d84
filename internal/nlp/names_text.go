package nlp

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"letopis/internal/model"
	"letopis/internal/ud"
)

// NameLists is what a language's lists say of single words and runs of words,
// by hash of their stems, so that every inflected form is found.
type NameLists struct {
	endings map[string]bool // inflectional endings that stems lose
	longest int             // of endings, in runes
	classes map[uint32]uint32
}

// MaxListed is the length in words of the longest listed name that is found.
const MaxListed = 6

// nameLonger marks in NameLists the stems with which a longer entry goes on.
const nameLonger = 1 << 31

// NewNameLists returns empty lists for a language with these endings.
func NewNameLists(endings []string) *NameLists {
	g := &NameLists{endings: map[string]bool{}, classes: map[uint32]uint32{}}
	for _, e := range endings {
		g.endings[e] = true
		g.longest = max(g.longest, utf8.RuneCountInString(e))
	}
	return g
}

// Add lists a name of class c (0 to 14).
func (g *NameLists) Add(words []string, c uint) {
	if len(words) == 0 || len(words) > MaxListed {
		return
	}
	var h uint32
	for i, w := range words {
		h = mixName(50, h, model.Hash(51, g.stem(lower(w))))
		switch {
		case i < len(words)-1:
			g.classes[h] |= nameLonger
		case len(words) == 1:
			g.classes[h] |= 1 << c
		default:
			g.classes[h] |= 1 << (c + 15)
		}
	}
}

// namesOf are the classes of lists that hold names, not words about them: given names, countries, capitals,
// demonyms, bodies, outlets, surnames.
const namesOf = 1<<0 | 1<<1 | 1<<2 | 1<<4 | 1<<8 | 1<<9 | 1<<14

// Without returns the lists without the names of which keys has the key.
func (g *NameLists) Without(keys map[uint32]bool) *NameLists {
	out := &NameLists{endings: g.endings, longest: g.longest, classes: make(map[uint32]uint32, len(g.classes))}
	for h, c := range g.classes {
		if keys[h] {
			c &^= namesOf | namesOf<<15
		}
		out.classes[h] = c
	}
	return out
}

// Key is the key of a name under which lists have it in all its forms.
func (g *NameLists) Key(words []string) uint32 {
	var h uint32
	for _, w := range words {
		h = mixName(50, h, model.Hash(51, g.stem(lower(w))))
	}
	return h
}

// stem cuts the longest listed ending that leaves at least three letters.
func (g *NameLists) stem(low string) string {
	if len(low) < 4 {
		return low
	}
	cut, k := len(low), len(low)
	for n := 0; n < g.longest; n++ {
		_, w := utf8.DecodeLastRuneInString(low[:k])
		k -= w
		if k < 3 || runesBelow(low[:k], 3) {
			break
		}
		if g.endings[low[k:]] {
			cut = k
		}
	}
	return low[:cut]
}

func runesBelow(s string, n int) bool {
	for range s {
		if n--; n <= 0 {
			return false
		}
	}
	return true
}

// nameWord is what the features say of one token in itself.
type nameWord struct {
	low, stem        uint32
	suf              [3]uint32 // endings of 2 to 4 letters
	pre              [2]uint32 // beginnings of 3 and 5 letters
	shape            uint32
	tag              uint32
	list             uint32
	seen             int32 // index into NameText.seen, -1 for words never capitalised
	cap, first, loud bool
	quoted           bool
}

// nameSeen is what the document shows of a capitalised word as a whole.
type nameSeen struct {
	mid, lower int32
	left       [4]uint32 // distinct words before it
	right      [3]uint32
	around     uint32 // list classes of the words before it
	prevCap    int32
}

// NameText is a text laid out for the recogniser.
type NameText struct {
	words []nameWord
	ends  []int32 // of the sentences, in words
	seen  []nameSeen
	index map[uint32]int32
}

const (
	shapeLower = iota
	shapeTitle
	shapeUpper
	shapeLetter
	shapeMixed
	shapeNumber
	shapeCode
	shapeMark
	shapeHyphen
	shapeInitial
	shapeLatin = 16 // added for words in Latin letters
)

// nameShape classes a token by its capitals, digits and script.
func nameShape(s string) uint32 {
	var up, low, dig, other, latin, n int
	hyphen, stop := false, false
	first := false
	for i, r := range s {
		n++
		switch {
		case unicode.IsUpper(r):
			up++
			first = first || i == 0
			if r < 0x250 {
				latin++
			}
		case unicode.IsLetter(r):
			low++
			if r < 0x250 {
				latin++
			}
		case unicode.IsDigit(r):
			dig++
		case isHyphen(r):
			hyphen = true
		case r == '.':
			stop = true
		default:
			other++
		}
	}
	x := uint32(0)
	if latin > 0 {
		x = shapeLatin
	}
	switch {
	case up+low+dig == 0:
		return shapeMark
	case up+low == 0:
		return shapeNumber
	case dig > 0:
		return x + shapeCode
	case up == 1 && low == 0 && stop:
		return x + shapeInitial
	case up == 1 && low == 0:
		return x + shapeLetter
	case up > 0 && low == 0:
		return x + shapeUpper
	case hyphen && first:
		return x + shapeHyphen
	case up == 0:
		return x + shapeLower
	case up == 1 && first:
		return x + shapeTitle
	}
	return x + shapeMixed
}

// ReadNames lays a text out for the recogniser; t is reused where given.
func (g *NameLists) ReadNames(text string, a *ud.Analysis, t *NameText) *NameText {
	if t == nil {
		t = &NameText{index: map[uint32]int32{}}
	}
	t.words, t.ends, t.seen = t.words[:0], t.ends[:0], t.seen[:0]
	clear(t.index)
	for i := range a.Sentences {
		s := &a.Sentences[i]
		from := len(t.words)
		open := false
		for k := range s.Tokens {
			tok := &s.Tokens[k]
			w := g.inspect(text[tok.Start:tok.End])
			w.first = k == 0
			if w.shape == shapeMark {
				if quoteMark(text[tok.Start:tok.End]) {
					open = !open
				}
			}
			w.quoted = open
			if int(tok.First) < len(s.Words) {
				d := &s.Words[tok.First]
				w.tag = model.Hash(52, string(d.UPOS)+d.Feats.Get("Case")+d.Feats.Get("Number"))
			}
			t.words = append(t.words, w)
		}
		t.loud(from)
		t.ends = append(t.ends, int32(len(t.words)))
		g.match(t.words[from:])
	}
	t.document()
	return t
}

func (g *NameLists) inspect(form string) nameWord {
	low := lower(form)
	w := nameWord{shape: nameShape(form), seen: -1, low: model.Hash(53, low)}
	stem := g.stem(low)
	w.stem = model.Hash(51, stem)
	k := len(low)
	for n := 1; n <= 4; n++ {
		if k > 0 {
			_, z := utf8.DecodeLastRuneInString(low[:k])
			k -= z
		}
		if n >= 2 {
			w.suf[n-2] = model.Hash(uint32(54+n), low[k:])
		}
	}
	k = 0
	for n := 1; n <= 5 && k < len(low); n++ {
		_, z := utf8.DecodeRuneInString(low[k:])
		k += z
		if n == 3 {
			w.pre[0] = model.Hash(60, low[:k])
		}
	}
	w.pre[1] = model.Hash(61, low[:k])
	if r, _ := utf8.DecodeRuneInString(form); unicode.IsUpper(r) {
		w.cap = true
	}
	return w
}

// loud marks the words of a sentence written in capitals throughout.
func (t *NameText) loud(from int) {
	up, all := 0, 0
	for _, w := range t.words[from:] {
		switch w.shape &^ shapeLatin {
		case shapeUpper:
			up++
			all++
		case shapeLower, shapeTitle, shapeHyphen, shapeMixed:
			all++
		}
	}
	if up >= 3 && up*10 >= all*7 {
		for i := range t.words[from:] {
			t.words[from+i].loud = true
		}
	}
}

// match sets the list classes of the words of a sentence.
func (g *NameLists) match(ws []nameWord) {
	for i := range ws {
		h := uint32(0)
		for j := i; j < len(ws) && j < i+MaxListed; j++ {
			h = mixName(50, h, ws[j].stem)
			c, ok := g.classes[h]
			if !ok {
				break
			}
			if c&^nameLonger != 0 {
				for k := i; k <= j; k++ {
					ws[k].list |= c &^ nameLonger
				}
			}
			if c&nameLonger == 0 {
				break
			}
		}
	}
}

// document gathers what the whole text shows of its capitalised words.
func (t *NameText) document() {
	for i := range t.words {
		w := &t.words[i]
		if !w.cap || w.loud {
			continue
		}
		k, ok := t.index[w.stem]
		if !ok {
			k = int32(len(t.seen))
			t.index[w.stem] = k
			t.seen = append(t.seen, nameSeen{})
		}
		s := &t.seen[k]
		if !w.first && t.words[i-1].shape != shapeMark {
			s.mid++
			l := &t.words[i-1]
			remember(s.left[:], l.stem)
			s.around |= l.list
			if l.cap {
				s.prevCap++
			}
		}
		if i+1 < len(t.words) && !t.words[i+1].first {
			remember(s.right[:], t.words[i+1].stem)
		}
	}
	for i := range t.words {
		w := &t.words[i]
		if w.shape == shapeMark || w.shape == shapeNumber {
			continue
		}
		if k, ok := t.index[w.stem]; ok {
			w.seen = k
			if !w.cap {
				t.seen[k].lower++
			}
		}
	}
}

// remember puts h into the first free place unless it is there.
func remember(list []uint32, h uint32) {
	for i, x := range list {
		if x == h {
			return
		}
		if x == 0 {
			list[i] = h
			return
		}
	}
}

var nameEdge = nameWord{low: 1, stem: 1, shape: 31, seen: -1}

// at returns word i of the sentence [from, to), or the edge.
func (t *NameText) at(i, from, to int) *nameWord {
	if i < from || i >= to {
		return &nameEdge
	}
	return &t.words[i]
}

// Sentences calls f with the range of words of each sentence.
func (t *NameText) Sentences(f func(from, to int)) {
	from := 0
	for _, e := range t.ends {
		f(from, int(e))
		from = int(e)
	}
}

// Features appends the features of word i of the sentence [from, to). The first
// lexical ones are about the word's own letters: training hides them now and
// then, so that the context learns to stand alone.
func (t *NameText) Features(i, from, to int, out []uint32) (feats []uint32, lexical int) {
	w := &t.words[i]
	l1, l2 := t.at(i-1, from, to), t.at(i-2, from, to)
	r1, r2 := t.at(i+1, from, to), t.at(i+2, from, to)
	start := len(out)
	shape := w.shape
	if w.first {
		shape |= 64
	}
	if w.loud {
		shape |= 128
	}
	out = append(out,
		mixName(101, w.low, 0), mixName(102, w.stem, 0), mixName(103, w.low, shape),
		mixName(104, w.suf[2], 0), mixName(105, w.suf[1], shape), mixName(106, w.pre[0], shape), mixName(107, w.pre[1], 0),
		mixName(108, l1.stem, w.stem), mixName(109, w.stem, r1.stem),
	)
	lexical = len(out) - start
	out = append(out,
		mixName(1, 0, 0),
		mixName(2, shape, 0), mixName(3, shape, l1.shape), mixName(4, shape, r1.shape),
		mixName(5, l1.shape, mixName(1, shape, r1.shape)),
		mixName(6, mixName(1, l2.shape, l1.shape), mixName(1, shape, r1.shape)),
		mixName(7, mixName(1, r2.shape, r1.shape), mixName(1, shape, l1.shape)),
		mixName(8, w.suf[0], shape), mixName(9, w.suf[1], 0),
		mixName(10, l1.low, 0), mixName(11, l1.low, shape), mixName(12, r1.low, 0), mixName(13, r1.low, shape),
		mixName(14, l2.stem, shape), mixName(15, r2.stem, shape),
		mixName(16, l1.suf[1], shape), mixName(17, r1.suf[1], shape),
		mixName(18, l1.stem, r1.stem),
		mixName(19, w.tag, shape), mixName(20, l1.tag, w.tag), mixName(21, w.tag, r1.tag), mixName(22, l1.tag, r1.tag),
		mixName(23, l2.low, l1.low), mixName(24, r1.low, r2.low),
	)
	if w.quoted {
		out = append(out, mixName(25, shape, 0), mixName(26, l1.low, 0))
	}
	if l1.shape == shapeMark && w.cap {
		// The word that a quoted name stands beside says what it is.
		h := l2
		if h.shape == shapeMark {
			h = t.at(i-3, from, to)
		}
		out = append(out, mixName(27, h.stem, shape), mixName(28, h.list, shape), mixName(29, l1.low, h.stem))
		for b := uint32(0); b < 15; b++ {
			if h.list>>b&1 != 0 {
				out = append(out, mixName(37, b, shape))
			}
		}
	}
	out = t.lists(w, l1, r1, shape, out)
	if w.seen >= 0 {
		out = t.docFeatures(w, shape, out)
	}
	return out, lexical
}

func (t *NameText) lists(w, l1, r1 *nameWord, shape uint32, out []uint32) []uint32 {
	if w.list|l1.list|r1.list == 0 {
		return append(out, mixName(30, shape, 0))
	}
	out = append(out, mixName(31, w.list, shape), mixName(32, l1.list, mixName(1, w.list, shape)), mixName(33, r1.list, mixName(1, w.list, shape)))
	for b := uint32(0); b < 31; b++ {
		if w.list>>b&1 != 0 {
			out = append(out, mixName(34, b, shape))
		}
		if l1.list>>b&1 != 0 {
			out = append(out, mixName(35, b, shape))
		}
		if r1.list>>b&1 != 0 {
			out = append(out, mixName(36, b, shape))
		}
	}
	return out
}

func (t *NameText) docFeatures(w *nameWord, shape uint32, out []uint32) []uint32 {
	s := &t.seen[w.seen]
	out = append(out, mixName(40, uint32(min(s.mid, 2)*4+min(s.lower, 2)), shape),
		mixName(41, uint32(min(s.mid, 2)*8+min(s.prevCap, 2)*2+int32(nameBit(s.lower > 0))), shape))
	for _, h := range s.left {
		if h != 0 {
			out = append(out, mixName(42, h, uint32(nameBit(w.cap))))
		}
	}
	for _, h := range s.right {
		if h != 0 {
			out = append(out, mixName(43, h, uint32(nameBit(w.cap))))
		}
	}
	for b := uint32(0); b < 15; b++ {
		if s.around>>b&1 != 0 {
			out = append(out, mixName(44, b, uint32(nameBit(w.cap))))
		}
	}
	return out
}

// nameText returns the words of a name as they are written, with single spaces.
func nameText(s string) string { return strings.Join(strings.Fields(s), " ") }

// mixName hashes a feature from its kind and two values. Trained models depend
// on it: a change needs them trained anew.
func mixName(id, a, b uint32) uint32 { return model.Mix(id*0x9e3779b1 ^ a*31 ^ model.Mix(b+id)) }

func nameBit(b bool) int {
	if b {
		return 1
	}
	return 0
}
