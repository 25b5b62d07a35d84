package nlp

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"letopis/internal/model"
	"letopis/internal/ud"
)

// NameTypes are the types of names in the order of the model's labels: label 0
// is no name, 1+2k begins a name of type k and 2+2k goes on with it.
var NameTypes = [...]string{"PER", "LOC", "ORG", "EVT", "PRO"}

// NameLabels is the number of labels.
const NameLabels = 1 + 2*len(NameTypes)

// NameScale is the number of weight units in one natural unit of a score.
const NameScale = 16

// Names recognises proper names: a linear-chain conditional random field
// (Lafferty et al. 2001) with integer weights, decoded by Viterbi, over features
// of the words, their neighbours, lists, and what the document as a whole shows
// of each capitalised word.
type Names struct {
	lists   *NameLists
	slots   []uint32 // open addressing: 1 + row, by the high bits of the key
	shift   uint
	keys    []uint32
	weights []int8 // NameLabels a row
	trans   [NameLabels + 1][NameLabels]int32
	base    *NameBase
	rules   *NameRules // nil: none
}

// Use makes the recogniser follow the rules of a language.
func (n *Names) Use(rules *NameRules) { n.rules = rules }

// NamesModel is the trained parameters as the file holds them.
type NamesModel struct {
	Keys    []uint32 // sorted
	Weights []int8   // NameLabels for each key
	Trans   [NameLabels + 1][NameLabels]int32
	Lists   *NameLists
	Base    *BaseModel // nil: names keep the form they have
}

// Write returns the model file.
func (m *NamesModel) Write() []byte {
	w := &model.Writer{}
	w.Uint32s("nkeys", m.Keys)
	b := make([]byte, len(m.Weights))
	for i, x := range m.Weights {
		b[i] = byte(x)
	}
	w.Bytes("nweights", b)
	var tr []uint32
	for _, r := range m.Trans {
		for _, x := range r {
			tr = append(tr, uint32(x))
		}
	}
	w.Uint32s("ntrans", tr)
	m.Lists.write(w)
	if m.Base != nil {
		m.Base.write(w)
	}
	return w.Finish()
}

func (g *NameLists) write(w *model.Writer) {
	keys := make([]uint32, 0, len(g.classes))
	for k := range g.classes {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	vals := make([]uint32, len(keys))
	for i, k := range keys {
		vals[i] = g.classes[k]
	}
	ends := make([]string, 0, len(g.endings))
	for e := range g.endings {
		ends = append(ends, e)
	}
	slices.Sort(ends)
	w.Uint32s("gkeys", keys)
	w.Uint32s("gclass", vals)
	w.Strings("gend", ends)
}

// OpenNames reads the sections of a recogniser.
func OpenNames(f *model.File) (*Names, error) {
	n := &Names{keys: f.Uint32s("nkeys")}
	b := f.Section("nweights")
	tr := f.Uint32s("ntrans")
	gk, gc := f.Uint32s("gkeys"), f.Uint32s("gclass")
	ends, err := f.Strings("gend")
	if err != nil || len(b) != len(n.keys)*NameLabels || len(tr) != (NameLabels+1)*NameLabels || len(gk) != len(gc) {
		return nil, errors.New("the sections of the name model do not fit together; train it anew with make models")
	}
	n.weights = make([]int8, len(b))
	for i, x := range b {
		n.weights[i] = int8(x)
	}
	for i, x := range tr {
		n.trans[i/NameLabels][i%NameLabels] = int32(x)
	}
	n.lists = NewNameLists(ends)
	n.lists.classes = make(map[uint32]uint32, len(gk))
	for i, k := range gk {
		n.lists.classes[k] = gc[i]
	}
	n.fill()
	if n.base, err = openNameBase(f); err != nil {
		return nil, err
	}
	return n, nil
}

// readNames reads the recogniser of a language; nil if its pack has none.
func readNames(fsys fs.FS, code string, dict *Forms) (*Names, error) {
	name := path.Join("lang", code, "names.bin")
	b, err := fs.ReadFile(fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	f, err := model.Open(b)
	if err != nil {
		return nil, invalid("read "+name, err)
	}
	n, err := OpenNames(f)
	if err != nil {
		return nil, invalid("read "+name, err)
	}
	rules, err := OpenNameRules(fsys, code, dict)
	if err != nil {
		return nil, err
	}
	n.Use(rules)
	return n, nil
}

// fill builds the table in which rows are looked up.
func (n *Names) fill() {
	bits := uint(4)
	for 1<<bits < 2*len(n.keys) {
		bits++
	}
	n.shift = 32 - bits
	n.slots = make([]uint32, 1<<bits)
	for i, k := range n.keys {
		p := k >> n.shift
		for n.slots[p] != 0 {
			p = (p + 1) & uint32(len(n.slots)-1)
		}
		n.slots[p] = uint32(i) + 1
	}
}

// add adds the weights of a feature to the scores.
func (n *Names) add(key uint32, scores *[NameLabels]int32) {
	p := key >> n.shift
	for {
		r := n.slots[p]
		if r == 0 {
			return
		}
		if n.keys[r-1] == key {
			row := n.weights[int(r-1)*NameLabels:][:NameLabels]
			for l, x := range row {
				scores[l] += int32(x)
			}
			return
		}
		p = (p + 1) & uint32(len(n.slots)-1)
	}
}

// nameBuffer is the working memory of one recognition.
type nameBuffer struct {
	text   *NameText
	feats  []uint32
	scores [][NameLabels]int32
	back   [][NameLabels]int8
	labels []int8
	votes  nameVotes
	edit   []int32
	base   []BaseWord
	forms  map[uint32]bool // words of names in the document
}

const nameNever = -1 << 28

// decode finds the best labels of the words [from, to) of the text into labels[from:to].
func (n *Names) decode(b *nameBuffer, from, to int) {
	var v, next [NameLabels]int32
	for i := from; i < to; i++ {
		s := &b.scores[i]
		*s = [NameLabels]int32{}
		b.feats, _ = b.text.Features(i, from, to, b.feats[:0])
		for _, f := range b.feats {
			n.add(f, s)
		}
		for l := range next {
			best, arg := int32(nameNever), 0
			switch {
			case i == from:
				best, arg = n.trans[NameLabels][l], 0
			case l > 0 && l%2 == 0:
				// A name goes on only where one of its type stands before.
				for _, p := range [2]int{l - 1, l} {
					if x := v[p] + n.trans[p][l]; x > best {
						best, arg = x, p
					}
				}
			default:
				for p := range v {
					if x := v[p] + n.trans[p][l]; x > best {
						best, arg = x, p
					}
				}
			}
			next[l] = max(best+s[l], nameNever)
			b.back[i][l] = int8(arg)
		}
		v = next
	}
	best := 0
	for l := range v {
		if v[l] > v[best] {
			best = l
		}
	}
	for i := to - 1; i >= from; i-- {
		b.labels[i] = int8(best)
		best = int(b.back[i][best])
	}
}

// Recognize fills a.Names.
func (n *Names) Recognize(text string, a *ud.Analysis) { n.recognize(text, a, &nameBuffer{}) }

func (n *Names) recognize(text string, a *ud.Analysis, b *nameBuffer) {
	b.text = n.lists.ReadNames(text, a, b.text)
	k := len(b.text.words)
	b.scores = slices.Grow(b.scores[:0], k)[:k]
	b.back = slices.Grow(b.back[:0], k)[:k]
	b.labels = slices.Grow(b.labels[:0], k)[:k]
	b.text.Sentences(func(from, to int) { n.decode(b, from, to) })
	n.agree(b)
	n.mend(text, a, b)
	if a.Names == nil {
		a.Names = []ud.Name{} // none were found, other than where nobody looked
	}
	a.Names = a.Names[:0]
	si := 0
	b.text.Sentences(func(from, to int) {
		for i := from; i < to; i++ {
			if b.labels[i] == 0 {
				continue
			}
			j := i + 1
			for j < to && b.labels[j] > 0 && b.labels[j]%2 == 0 {
				j++
			}
			s := &a.Sentences[si]
			a.Names = append(a.Names, ud.Name{
				Span:     ud.Span{Start: s.Tokens[i-from].Start, End: nameEnd(text, s, j-1-from)},
				Sentence: int32(si), First: int32(i - from), Last: int32(j - 1 - from),
				Type:  NameTypes[(b.labels[i]-1)/2],
				Score: b.confidence(i, j),
			})
			i = j - 1
		}
		si++
	})
	n.bases(text, a, b)
}

// nameEnd returns where a name ends whose last token is k: before a possessive
// ending that is a word of its own in the token.
func nameEnd(text string, s *ud.Sentence, k int) int32 {
	t := &s.Tokens[k]
	if t.Last > t.First && int(t.Last) < len(s.Words) {
		f := s.Words[t.Last].Form
		if r, _ := utf8.DecodeRuneInString(f); isApos(r) && strings.HasSuffix(text[t.Start:t.End], f) {
			return t.End - int32(len(f))
		}
	}
	return t.End
}

// confidence turns the smallest lead of a name's labels over other types and
// none into 0 to 100.
func (b *nameBuffer) confidence(i, j int) int32 {
	low := int32(100)
	for k := i; k < j; k++ {
		own := (b.labels[k] - 1) / 2
		chosen := max(b.scores[k][1+2*own], b.scores[k][2+2*own])
		other := b.scores[k][0]
		for t := range NameTypes {
			if int8(t) != own {
				other = max(other, b.scores[k][1+2*t], b.scores[k][2+2*t])
			}
		}
		low = min(low, max(0, 50+(chosen-other)*50/(4*NameScale)))
	}
	return low
}
