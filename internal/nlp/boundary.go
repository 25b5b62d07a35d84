package nlp

// Sentences that end without a stop. Headlines, captions and lists run into the
// next sentence where a text has lost its line breaks, and the marks alone do not
// show it. Such a text only is given to a linear classifier: in one that has its
// line breaks it would find a false boundary in every fiftieth sentence, so a text
// of which it would change little stays as it is. The classifier decides
// on the gaps at which something could begin, by the words on both sides, the parts
// of speech that they can be, and what stands before and after, within a bounded
// stretch on both sides.

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"letopis/internal/model"
)

// boundaries is the classifier of one language.
type boundaries struct {
	weights model.Weights
	bias    int32 // what the sum of the weights must exceed
	class   classes
}

// openBoundaries reads the sections of a classifier; the parts of speech come from
// the tagger beside which it was learnt.
func openBoundaries(f *model.File, t *Tagger) (*boundaries, error) {
	if t == nil {
		return nil, errors.New("sentence boundaries need the tagger")
	}
	w, err := model.OpenWeights(f.Section("w"), 1)
	if err != nil {
		return nil, err
	}
	b := &boundaries{weights: w, class: newClasses(t)}
	if v := f.Uint32s("bias"); len(v) == 1 {
		b.bias = int32(v[0])
	}
	return b, nil
}

// Classes of words: the parts of speech that a form can have, as a set.
const (
	classNoun = 1 << iota
	classProper
	classAdj
	classFinite // finite verb, participle in -л or auxiliary
	classVerb   // any other form of a verb
	classAdv
	classPron
	classPrep
	classConj
	classPart
	classNumber
	classOther
	classUnknown // not a known form: by its ending
)

// classes knows the class of every list of tags of a tagger.
type classes struct {
	tagger *Tagger
	lists  []uint16
}

func newClasses(t *Tagger) classes {
	c := classes{tagger: t, lists: make([]uint16, len(t.lists))}
	for i, list := range t.lists {
		for _, g := range list {
			c.lists[i] |= classOf(&t.tags[g])
		}
	}
	return c
}

func classOf(g *tag) uint16 {
	switch g.upos {
	case "NOUN":
		return classNoun
	case "PROPN":
		return classProper
	case "ADJ":
		return classAdj
	case "VERB", "AUX":
		if f := g.feats.Get("VerbForm"); f == "Inf" || f == "Conv" || f == "Ger" || f == "Part" && g.feats.Get("Case") != "" {
			return classVerb
		}
		return classFinite
	case "ADV":
		return classAdv
	case "PRON", "DET":
		return classPron
	case "ADP":
		return classPrep
	case "CCONJ", "SCONJ":
		return classConj
	case "PART", "INTJ":
		return classPart
	case "NUM":
		return classNumber
	}
	return classOther
}

// of returns the class of a form in lower case.
func (c *classes) of(lowerForm string, keys []uint32) (uint16, []uint32) {
	t := c.tagger
	if l, ok := t.forms.find(FormKey(lowerForm)); ok {
		return c.lists[l&^closedList], keys
	}
	keys = EndKeys(lowerForm, lowerForm, false, keys[:0])
	for _, k := range keys {
		if l, ok := t.ends.find(k); ok {
			return c.lists[l&^closedList] | classUnknown, keys
		}
	}
	return classUnknown, keys
}

// gapWord is what the features see of a piece.
type gapWord struct {
	hash, suf uint32
	class     uint32 // with the kind and the capitals
	bare      uint16 // the class alone
}

// gapBuffer holds what is known of the pieces of one text.
type gapBuffer struct {
	words []gapWord // class 0: not looked at yet
	lined bool      // the text has its line breaks: the classifier is not asked
	feats []uint32
	keys  []uint32
}

// longLine is how many bytes the lines of a text must have on average for it to
// have lost its line breaks: paragraphs of news have 200 to 700.
const longLine = 1000

func (b *gapBuffer) reset(pieces []piece) {
	b.words = slices.Grow(b.words[:0], len(pieces))[:len(pieces)]
	clear(b.words)
	lines, size := 0, 0
	for i := range pieces {
		if pieces[i].newline {
			lines++
		}
	}
	if len(pieces) > 0 {
		size = int(pieces[len(pieces)-1].end - pieces[0].start)
	}
	b.lined = size < longLine*lines
}

// gapView is one gap: after piece i of the sentence that began at piece from.
type gapView struct {
	text    string
	pieces  []piece
	from, i int
	class   *classes
	buf     *gapBuffer
}

// longWord is where a word is cut for the features, in bytes.
const longWord = 48

// word returns what the features see of piece j.
func (v *gapView) word(j int) gapWord {
	if j < 0 || j >= len(v.pieces) {
		return gapWord{hash: 1, suf: 1, class: 1}
	}
	w := &v.buf.words[j]
	if w.class != 0 {
		return *w
	}
	p := &v.pieces[j]
	form := v.text[p.start:min(p.end, p.start+longWord)]
	w.class = uint32(p.kind)<<4 | 1<<20
	switch p.kind {
	case kindWord, kindAbbr, kindInitial:
		low := lower(form)
		w.hash = model.Hash(401, low)
		k := len(low)
		for n := 0; n < 3 && k > 0; n++ {
			_, s := utf8.DecodeLastRuneInString(low[:k])
			k -= s
		}
		w.suf = model.Hash(402, low[k:])
		w.bare, v.buf.keys = v.class.of(low, v.buf.keys)
		if p.upper {
			w.class |= 1
			if len(form) > 2 && form == strings.ToUpper(form) {
				w.class |= 2
			}
		}
		w.class |= uint32(w.bare) << 8
	case kindNumber:
		n := min(len(form), 5)
		w.hash, w.suf = uint32(900+n), 900
	default:
		w.hash = model.Hash(403, form)
		w.suf = w.hash
	}
	w.class = model.Mix(w.class) | 1
	return *w
}

// WordGapFeature reports whether feature i of a gap knows a word by its letters,
// and not by its class, capitals and marks alone.
func WordGapFeature(i int) bool { return wordGap>>i&1 != 0 }

// wordGap is a bit for every such feature, in the order of gapView.features.
const wordGap = 1<<1 | 1<<3 | 1<<4 | 1<<6 | 1<<10 | 1<<11 | 1<<12 | 1<<13 | 1<<28 | 1<<29 | 1<<30 | 1<<31 | 1<<32 | 1<<35 | 1<<36

// reach is how many pieces on either side are looked at.
const reach = 40

// features appends the features of the gap.
func (v *gapView) features(out []uint32) []uint32 {
	pieces, i := v.pieces, v.i
	p1, p2, p3 := v.word(i), v.word(i-1), v.word(i-2)
	if i-1 < v.from {
		p2 = gapWord{hash: 2, suf: 2, class: 2}
	}
	if i-2 < v.from {
		p3 = gapWord{hash: 2, suf: 2, class: 2}
	}
	// What opens the next sentence, behind a mark that stands before it.
	h := i + 1
	for h < len(pieces)-1 && h < i+3 && (pieces[h].kind == kindQuote || pieces[h].kind == kindOpen || pieces[h].kind == kindDash) {
		h++
	}
	lead := uint32(h - i - 1)
	if lead > 0 {
		lead += 4*uint32(pieces[i+1].kind) + 64*(v.word(i+1).hash&0xffff)
	}
	q1, q2, q3 := v.word(h), v.word(h+1), v.word(h+2)
	if h+1 < len(pieces) && pieces[h+1].newline {
		q2, q3 = gapWord{hash: 3, suf: 3, class: 3}, gapWord{hash: 3, suf: 3, class: 3}
	}

	// Backwards: verbs, length, open quotations and brackets, capitals.
	finite, quotes, open, caps, commas := uint32(0), uint32(0), 0, uint32(0), uint32(0)
	low := max(v.from, i-reach)
	for j := i; j >= low; j-- {
		switch p := &pieces[j]; p.kind {
		case kindQuote:
			quotes++
		case kindOpen:
			open++
		case kindClose:
			open--
		case kindWord:
			if p.upper && j > v.from {
				caps++
			}
			if !p.upper && v.word(j).bare&classFinite != 0 && finite < 2 {
				finite++
			}
		case kindOther:
			commas++
		}
	}
	// Forwards: the same up to where the sentence or line ends.
	after, next, end := uint32(0), uint32(0), uint32(0)
	for j := h; j < len(pieces) && j < h+reach; j++ {
		p := &pieces[j]
		if p.newline && j > h {
			end = 1
			break
		}
		if p.kind == kindStop {
			end = 2
			break
		}
		if p.kind == kindOther && next == 0 {
			next = 1 + after
		}
		if p.kind == kindWord && v.word(j).bare&classFinite != 0 && after < 2 {
			after++
		}
	}
	inside := lengthClass(i - v.from + 1)
	line := uint32(0)
	if pieces[v.from].newline {
		line = 1
	}
	if open > 0 {
		open = 1
	} else {
		open = 0
	}
	state := finite*3 + after
	q1bare, p1bare := uint32(q1.bare), uint32(p1.bare)
	rule := uint32(pieces[i].kind)
	glue := uint32(0)
	if !pieces[i+1].space {
		glue = 1
	}
	return append(out,
		mix2(500, rule, lead), mix2(501, p1.hash, 0), mix2(502, p1.class, 0), mix2(503, p1.suf, q1.class),
		mix2(504, q1.hash, lead), mix2(505, q1.class, lead), mix2(506, q1.suf, p1.class), mix2(507, p1.class, q1.class),
		mix2(508, p2.class, mix2(0, p1.class, q1.class)), mix2(509, p1.class, mix2(0, q1.class, q2.class)),
		mix2(510, p1.hash, q1.class), mix2(511, p1.class, q1.hash), mix2(512, q1.hash, q2.class), mix2(513, q2.hash, q1.class),
		mix2(514, q2.class, q3.class), mix2(515, q1.class, mix2(0, q2.class, q3.class)), mix2(516, p3.class, mix2(0, p2.class, p1.class)),
		mix2(517, state, q1bare), mix2(518, state, p1bare), mix2(519, state, inside), mix2(520, quotes&1, uint32(open)), mix2(521, min(caps, 6), inside),
		mix2(522, line, inside), mix2(523, end, state), mix2(524, next, state), mix2(525, min(commas, 3), inside), mix2(526, glue, rule),
		mix2(527, line, mix2(0, end, state)), mix2(528, p2.hash, p1.hash), mix2(529, q1.hash, q2.hash), mix2(530, p2.hash, q1.class),
		mix2(531, q1.suf, q2.suf), mix2(532, p1.suf, q1.suf), mix2(533, state, mix2(0, p1.class, q1.class)), mix2(534, quotes&1, q1.class),
		mix2(535, p1.suf, mix2(0, p2.suf, q1bare)), mix2(536, q2.suf, q1bare),
	)
}

// lengthClass classes a number of pieces.
func lengthClass(n int) uint32 {
	switch {
	case n < 8:
		return uint32(n)
	case n < 12:
		return 8
	case n < 20:
		return 9
	}
	return 10
}

// gapOpen reports whether a sentence without a stop could end after piece i: the
// gaps that the classifier is asked about.
func gapOpen(pieces []piece, from, i int) bool {
	p, q := &pieces[i], &pieces[i+1]
	if q.newline || i < from {
		return false
	}
	switch p.kind {
	case kindWord, kindNumber, kindAbbr, kindClose, kindQuote, kindStop, kindOther, kindDash:
	default:
		return false
	}
	if !q.space && p.kind != kindStop || p.kind == kindClose && q.kind == kindDash { // "(БТА) – " opens the text
		return false
	}
	switch q.kind {
	case kindWord, kindAbbr, kindInitial:
		return q.upper || p.kind == kindStop || p.kind == kindDash
	case kindNumber, kindQuote, kindOpen, kindDash:
		return true
	case kindOther:
		return p.kind == kindStop
	}
	return false
}

// runsOn reports whether the classifier ends a sentence after piece i, where the
// marks do not.
func (g *segmenter) runsOn(text string, pieces []piece, from, i int, buf *gapBuffer) bool {
	if g.bounds == nil || buf.lined || !gapOpen(pieces, from, i) {
		return false
	}
	return g.bounds.ends(&gapView{text: text, pieces: pieces, from: from, i: i, buf: buf})
}

// A text has lost its line breaks where the classifier finds several sentences
// without a stop, and one among so many: in news that is whole it errs once in a while.
const (
	lostAtLeast = 3
	lostOneIn   = 25
)

// lostBreaks reports whether the text has lost its line breaks.
func (g *segmenter) lostBreaks(text string, pieces []piece, buf *gapBuffer) bool {
	if g.bounds == nil || buf.lined {
		return false
	}
	from, sentences, found := 0, 1, 0
	for i := range len(pieces) - 1 {
		switch {
		case g.endsSentence(text, pieces, from, i, buf):
		case g.runsOn(text, pieces, from, i, buf):
			found++
		case i-from+1 >= maxSentence:
		default:
			continue
		}
		from = i + 1
		sentences++
	}
	return found >= lostAtLeast && found*lostOneIn >= sentences
}

// Gaps calls visit for every gap of text on which the classifier of sentence
// boundaries is asked, with its features (valid until visit returns) and whether a
// sentence ends there: ends holds the byte offsets at which sentences end. It is
// what the classifier is learnt from.
func (p *Pack) Gaps(text string, ends map[int32]bool, visit func(features []uint32, ends bool)) error {
	if p.tagger == nil {
		return errors.New("sentence boundaries need the tagger")
	}
	pieces := p.seg.scan(text, nil)
	c := newClasses(p.tagger)
	v := gapView{text: text, pieces: pieces, class: &c, buf: &gapBuffer{}}
	v.buf.reset(pieces)
	for i := range len(pieces) - 1 {
		end := ends[pieces[i].end]
		if gapOpen(pieces, v.from, i) && !p.seg.endsSentence(text, pieces, v.from, i, &gapBuffer{}) {
			v.i = i
			v.buf.feats = v.features(v.buf.feats[:0])
			visit(v.buf.feats, end)
		}
		if end || pieces[i+1].newline {
			v.from = i + 1
		}
	}
	return nil
}

// ends decides on an open gap.
func (b *boundaries) ends(v *gapView) bool {
	v.class = &b.class
	v.buf.feats = v.features(v.buf.feats[:0])
	return b.weights.Ones(v.buf.feats, 0) > b.bias
}
