package nlp

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"letopis/internal/model"
	"letopis/internal/ud"
)

// Tagger predicts tag, features and lemma of each word. A word can have the
// tags that its form was seen with, or those of words that end alike
// (Straková, Straka and Hajič 2014); a greedy averaged perceptron chooses among
// them by the words around, their endings and the tags to the left. It scores
// the parts of a tag (part of speech, case, agreement, verb form) apart, so that
// rare tags share what is known of their parts.
type Tagger struct {
	weights model.Weights
	tags    []tag
	parts   []uint32   // hash of every part
	forms   listTable  // tags of known forms
	ends    listTable  // tags of words by their ending
	lists   [][]uint16 // what the two tables point at
	amb     []uint32   // of a list
	lemmas  lemmaTable
	dict    *Forms // nil where the pack has none
	learnt  learntForms
}

// learntForms is what treebanks teach of a dictionary's tags.
type learntForms struct {
	tags [][]weighed // of each tag of the dictionary, ours, the likeliest first
	own  []uint32    // keys of the parts of speech whose lemma is the participle's, sorted
}

// weighed is a tag with how likely it is, 0 to 255.
type weighed struct {
	tag    uint16
	weight uint8
}

// OwnKey is the key under which a part of speech of the dictionary and one of ours
// are listed whose words have the participle for a lemma.
func OwnKey(pos uint16, upos ud.UPOS) uint32 { return model.Hash(uint32(pos)+300, string(upos)) }

// tag is a label taken apart.
type tag struct {
	upos  ud.UPOS
	xpos  string
	feats ud.Feats
	parts []uint16
	hist  Hist
	lemma uint32 // class for choosing the edit of a lemma
}

// Hist is what the features see of a word that is tagged already.
type Hist struct{ Full, Coarse, Agree uint32 }

// listTable maps a hash to a list number; the top bit marks a closed list, to
// which no guess is added.
type listTable struct {
	keys []uint32
	list []uint16
}

const closedList = 0x8000

func (t *listTable) find(key uint32) (uint16, bool) {
	if i := model.Find(t.keys, key); i >= 0 {
		return t.list[i], true
	}
	return 0, false
}

// Parts returns the hashes of the parts of a tag that are scored apart.
func Parts(upos ud.UPOS, xpos string, feats ud.Feats) []uint32 {
	full := model.Hash(model.Hash(201, string(upos)+"\t"+xpos), string(feats))
	p := model.Hash(202, string(upos))
	out := []uint32{full, p}
	add := func(seed uint32, names ...string) {
		if h := featHash(seed, feats, names); h != seed {
			out = append(out, h)
		}
	}
	add(p+1, "Case", "Definite")
	add(p+2, "VerbForm", "Tense", "Mood", "Voice", "Aspect")
	add(203, "Number", "Gender", "Person", "Animacy")
	add(204, "Case", "Number")
	slices.Sort(out)
	return slices.Compact(out)
}

// HistOf returns what later words see of a tag.
func HistOf(upos ud.UPOS, xpos string, feats ud.Feats) Hist {
	p := model.Hash(202, string(upos))
	full := model.Hash(model.Hash(201, string(upos)+"\t"+xpos), string(feats))
	coarse := featHash(p, feats, []string{"Case", "Definite", "VerbForm"})
	if feats == "" {
		coarse = model.Hash(p, xpos)
	}
	return Hist{full, coarse, featHash(p+9, feats, []string{"Case", "Number", "Gender"})}
}

// Before is the history before the first word of a sentence.
var Before = Hist{1, 2, 3}

// LemmaClass returns the hash of what decides, with the ending, on the edit from form to lemma.
func LemmaClass(upos ud.UPOS, xpos string, feats ud.Feats) uint32 {
	h := featHash(model.Hash(205, string(upos)), feats, []string{"Case", "Number", "Gender", "VerbForm", "Tense", "Degree", "Definite", "Person", "Mood", "Aspect"})
	if feats == "" {
		h = model.Hash(h, xpos)
	}
	return h
}

// OpenTagger reads the sections of a tagger; dict is the dictionary that it learnt
// with, nil for none.
func OpenTagger(f *model.File, dict *Forms) (*Tagger, error) {
	t := &Tagger{dict: dict}
	var err error
	if t.weights, err = model.OpenWeights(f.Section("w"), 1); err != nil {
		return nil, err
	}
	labels, err := f.Strings("tags")
	if err != nil {
		return nil, err
	}
	index := map[uint32]uint16{}
	for _, l := range labels {
		c := strings.Split(l, "\t")
		if len(c) != 3 {
			return nil, fmt.Errorf("tag %q has not three parts", l)
		}
		g := tag{upos: ud.UPOS(c[0]), xpos: c[1], feats: ud.Feats(c[2])}
		g.hist, g.lemma = HistOf(g.upos, g.xpos, g.feats), LemmaClass(g.upos, g.xpos, g.feats)
		for _, h := range Parts(g.upos, g.xpos, g.feats) {
			id, ok := index[h]
			if !ok {
				id = uint16(len(t.parts))
				index[h] = id
				t.parts = append(t.parts, h)
			}
			g.parts = append(g.parts, id)
		}
		t.tags = append(t.tags, g)
	}
	cur := []uint16{}
	for _, v := range f.Uint16s("lists") {
		if v == 0xffff {
			t.lists, t.amb = append(t.lists, cur), append(t.amb, AmbHash(cur))
			cur = []uint16{}
			continue
		}
		if int(v) >= len(t.tags) {
			return nil, fmt.Errorf("there is no tag %d", v)
		}
		cur = append(cur, v)
	}
	t.forms = listTable{f.Uint32s("fkeys"), f.Uint16s("flist")}
	t.ends = listTable{f.Uint32s("ekeys"), f.Uint16s("elist")}
	for _, l := range []listTable{t.forms, t.ends} {
		if len(l.keys) != len(l.list) {
			return nil, errors.New("the tables of forms do not fit together")
		}
		for _, v := range l.list {
			if int(v&^closedList) >= len(t.lists) || len(t.lists[v&^closedList]) == 0 {
				return nil, fmt.Errorf("there is no list %d of tags", v)
			}
		}
	}
	if len(t.tags) == 0 {
		return nil, errors.New("no tags")
	}
	if err := t.openLearnt(f); err != nil {
		return nil, err
	}
	return t, t.lemmas.open(f)
}

// openLearnt reads the tags of the dictionary's tags: "dsum" is its sum, "dtags" for
// each of its tags the number of ours and then tag and weight of each, "down" the keys of own.
func (t *Tagger) openLearnt(f *model.File) error {
	sum := f.Uint32s("dsum")
	if len(sum) == 0 && t.dict == nil {
		return nil
	}
	if len(sum) != 1 || t.dict == nil || sum[0] != t.dict.Sum() {
		return errors.New("the tagger was not trained with the dictionary forms.bin beside it")
	}
	v := f.Uint16s("dtags")
	for len(v) > 0 {
		n := int(v[0])
		if len(v) < 1+2*n {
			return errors.New("the tags of the dictionary are damaged")
		}
		var list []weighed
		for i := 1; i <= 2*n; i += 2 {
			if int(v[i]) >= len(t.tags) || v[i+1] > 255 {
				return fmt.Errorf("there is no tag %d", v[i])
			}
			list = append(list, weighed{v[i], uint8(v[i+1])})
		}
		t.learnt.tags = append(t.learnt.tags, list)
		v = v[1+2*n:]
	}
	if len(t.learnt.tags) != t.dict.Tags() {
		return errors.New("the tagger does not know all tags of the dictionary")
	}
	t.learnt.own = f.Uint32s("down")
	return nil
}

// AmbHash is the hash of a set of tags, whatever their order.
func AmbHash(tags []uint16) uint32 {
	h := uint32(0)
	for _, g := range tags {
		h += model.Mix(uint32(g) + 1)
	}
	return h | 1
}

// WordInfo is what the features see of a word in itself; it is computed once.
type WordInfo struct {
	Hash  uint32
	Suf   [5]uint32 // endings of 1 to 5 runes
	Pre   [3]uint32
	Shape uint32
	Amb   uint32   // hash of the tags that the form can have, 0 if unknown
	Dict  uint32   // hash of the tags that the dictionary has for it, 0 if none
	Kinds uint32   // the same of their parts of speech
	Tags  []uint16 // candidates
	Lower string

	Readings []Reading // of the dictionary
}

// LookUp fills what the dictionary says of a word; the readings are appended to arena.
func (w *WordInfo) LookUp(d *Forms, arena []Reading) []Reading {
	from := len(arena)
	if arena = d.Find(w.Lower, arena); len(arena) > from {
		w.Readings = arena[from:len(arena):len(arena)]
		w.Dict, w.Kinds = d.classes(w.Readings)
	}
	return arena
}

// Inspect computes all but Amb and Tags.
func Inspect(form, lowerForm string) WordInfo {
	w := WordInfo{Lower: lowerForm, Hash: model.Hash(1, lowerForm)}
	k := len(lowerForm)
	for n := range w.Suf {
		if k > 0 {
			_, s := utf8.DecodeLastRuneInString(lowerForm[:k])
			k -= s
			w.Suf[n] = model.Hash(uint32(10+n), lowerForm[k:])
		} else if n > 0 {
			w.Suf[n] = w.Suf[n-1]
		}
	}
	k = 0
	for n := range w.Pre {
		if k < len(lowerForm) {
			_, s := utf8.DecodeRuneInString(lowerForm[k:])
			k += s
		}
		w.Pre[n] = model.Hash(uint32(20+n), lowerForm[:k])
	}
	w.Shape = shape(form)
	return w
}

// shape classes a form by capitals, digits, hyphens and signs.
func shape(form string) uint32 {
	var s uint32
	n, up := 0, 0
	for i, c := range form {
		letter := isLetter(c)
		switch {
		case letter && unicode.IsUpper(c):
			up++
			if i == 0 {
				s |= 1
			}
		case isDigit(c):
			s |= 2
		case isHyphen(c):
			s |= 4
		case c == '.':
			s |= 8
		case !letter:
			s |= 16
		}
		if c >= 0x400 && c < 0x530 {
			s |= 32
		} else if letter {
			s |= 128
		}
		n++
		if n > 64 {
			break
		}
	}
	if up == n && n > 1 {
		s |= 64
	}
	return s
}

// EndKeys appends the keys under which the tags of words like form are listed,
// the longest ending first. A capital is part of the key. Forms without letters
// have one key, their pattern of digits and signs.
func EndKeys(form, lowerForm string, capital bool, out []uint32) []uint32 {
	letters := false
	for _, c := range form {
		if isLetter(c) {
			letters = true
			break
		}
	}
	if !letters {
		h, last := uint32(90), rune(0)
		for i, c := range form {
			if isDigit(c) {
				c = '0'
			}
			if c != last {
				h = model.Mix(h*31 + uint32(c))
			}
			last = c
			if i > 32 {
				break
			}
		}
		return append(out, h)
	}
	seed := uint32(100)
	if capital {
		seed = 150
	}
	n := len(out)
	k := len(lowerForm)
	for i := uint32(1); i <= 6 && k > 0; i++ {
		_, s := utf8.DecodeLastRuneInString(lowerForm[:k])
		k -= s
		out = append(out, model.Hash(seed+i, lowerForm[k:]))
	}
	slices.Reverse(out[n:])
	return out
}

// FormKey is the key of a known form.
func FormKey(lowerForm string) uint32 { return model.Hash(3, lowerForm) }

// Capital reports whether a form begins with a capital letter.
func Capital(form string) bool {
	r, _ := utf8.DecodeRuneInString(form)
	return unicode.IsUpper(r)
}

// functionWord reports whether a form is frequent and was seen only as a word
// that names do not begin with.
func (t *Tagger) functionWord(lowerForm string) bool {
	list, ok := t.forms.find(FormKey(lowerForm))
	if !ok || list&closedList == 0 {
		return false
	}
	for _, g := range t.lists[list&^closedList] {
		switch x := &t.tags[g]; x.upos {
		case "ADP", "ADV", "AUX", "CCONJ", "PART", "SCONJ", "VERB":
		case "PRON":
			if x.feats.Get("Person") == "2" || x.feats.Get("Poss") != "" { // polite: "Вы", "Ваш"
				return false
			}
		default:
			return false
		}
	}
	return true
}

// EnoughTags is the number of candidates at which shorter endings are no longer asked.
const EnoughTags = 8

// candidates fills the tags that a word can have; first says that it opens the sentence.
func (t *Tagger) candidates(w *WordInfo, form string, first bool, b *tagBuffer) {
	list, known := t.forms.find(FormKey(w.Lower))
	if known {
		own := t.lists[list&^closedList]
		if list&closedList != 0 {
			w.Tags, w.Amb = own, t.amb[list&^closedList]
			return
		}
		b.arena = append(b.arena, own...)
		w.Amb = 0
	}
	from := len(b.arena)
	if known {
		from -= len(t.lists[list&^closedList])
	}
	capital := Capital(form)
	for _, r := range w.Readings {
		for _, x := range t.learnt.tags[r.Tag] {
			if (capital || t.tags[x.tag].upos != "PROPN") && !slices.Contains(b.arena[from:], x.tag) {
				b.arena = append(b.arena, x.tag)
			}
		}
	}
	// Words of the dictionary that are no names can be nothing else.
	if capital || len(w.Readings) == 0 || len(b.arena) == from {
		t.guess(form, w.Lower, capital, from, b)
		if capital && first {
			t.guess(form, w.Lower, false, from, b)
		}
	}
	if len(b.arena) == from {
		for i := range min(len(t.tags), EnoughTags) {
			b.arena = append(b.arena, uint16(i))
		}
	}
	w.Tags = b.arena[from:len(b.arena):len(b.arena)]
}

// guess adds the tags of words with the same endings to the candidates that begin at from.
func (t *Tagger) guess(form, lowerForm string, capital bool, from int, b *tagBuffer) {
	b.keys = EndKeys(form, lowerForm, capital, b.keys[:0])
	start := len(b.arena)
	for _, k := range b.keys {
		list, ok := t.ends.find(k)
		if !ok {
			continue
		}
		for _, l := range t.lists[list&^closedList] {
			if !slices.Contains(b.arena[from:], l) {
				b.arena = append(b.arena, l)
			}
		}
		if len(b.arena)-start >= EnoughTags {
			return
		}
	}
}

var edge = Inspect("", "")

// TagFeatures appends the features of word i given the two words before it.
func TagFeatures(ws []WordInfo, i int, prev, prev2 Hist, out []uint32) []uint32 {
	w := &ws[i]
	l1, l2, r1, r2 := &edge, &edge, &edge, &edge
	if i > 0 {
		l1 = &ws[i-1]
	}
	if i > 1 {
		l2 = &ws[i-2]
	}
	if i+1 < len(ws) {
		r1 = &ws[i+1]
	}
	if i+2 < len(ws) {
		r2 = &ws[i+2]
	}
	first := uint32(0)
	if i == 0 {
		first = 1
	}
	// The features that tell most come first: best narrows the candidates by them.
	if w.Dict != 0 {
		out = append(out, mix2(1000+40, w.Dict, 0), mix2(1000+41, w.Dict, prev.Full), mix2(1000+42, w.Dict, r1.Dict), mix2(1000+43, w.Kinds, w.Shape),
			mix2(1000+44, w.Dict, prev.Agree), mix2(1000+45, w.Kinds, r1.Kinds))
	}
	return append(out,
		mix2(1000+1, 0, 0), mix2(1000+2, w.Hash, 0), mix2(1000+5, w.Suf[2], 0), mix2(1000+6, w.Suf[3], 0), mix2(1000+7, w.Suf[4], 0),
		mix2(1000+23, w.Amb, 0), mix2(1000+12, prev.Full, 0), mix2(1000+18, prev.Coarse, w.Hash), mix2(1000+19, prev.Coarse, w.Suf[2]),
		mix2(1000+25, prev.Full, w.Amb), mix2(1000+24, r1.Amb, w.Amb), mix2(1000+34, prev.Agree, w.Suf[1]), mix2(1000+31, prev.Full, w.Suf[1]),
		mix2(1000+14, l1.Hash, 0), mix2(1000+21, r1.Suf[2], 0), mix2(1000+11, w.Shape, first),

		mix2(1000+3, w.Suf[0], 0), mix2(1000+4, w.Suf[1], 0),
		mix2(1000+8, w.Pre[0], 0), mix2(1000+9, w.Pre[1], 0), mix2(1000+10, w.Pre[2], 0), mix2(1000+32, w.Shape, w.Suf[2]),
		mix2(1000+13, prev.Coarse, prev2.Coarse), mix2(1000+33, prev.Coarse, 0), mix2(1000+35, prev2.Full, 0),
		mix2(1000+15, r1.Hash, 0), mix2(1000+16, l2.Hash, 0), mix2(1000+17, r2.Hash, 0),
		mix2(1000+20, l1.Suf[2], 0), mix2(1000+22, r1.Suf[1], w.Suf[1]), mix2(1000+36, r1.Suf[2], w.Suf[2]),
		mix2(1000+26, prev.Coarse, r1.Amb), mix2(1000+27, r1.Amb, r2.Amb),
		mix2(1000+28, l1.Hash, w.Hash), mix2(1000+29, w.Hash, r1.Hash), mix2(1000+30, r1.Shape, w.Shape), mix2(1000+37, l1.Shape, w.Shape),
		mix2(1000+38, prev.Agree, r1.Suf[1]), mix2(1000+39, l1.Hash, r1.Hash),
	)
}

// tagBuffer is the working memory of Tag.
type tagBuffer struct {
	ws     []WordInfo
	feats  []uint32
	arena  []uint16
	reads  []Reading
	keys   []uint32
	score  []int32 // of a part
	known  []int32 // the word for which score is filled, by part
	shared []int32 // how many candidates have a part; all 0 between words
	word   int32
	lead   []scored
}

// Tag fills the tags, features and lemmas of words, Words[0] being the root.
func (t *Tagger) Tag(words []ud.Word, b *tagBuffer) {
	if len(b.score) != len(t.parts) {
		b.score, b.known, b.shared, b.word = make([]int32, len(t.parts)), make([]int32, len(t.parts)), make([]int32, len(t.parts)), 0
	}
	b.ws, b.arena, b.reads = b.ws[:0], b.arena[:0], b.reads[:0]
	for i := 1; i < len(words); i++ {
		b.ws = append(b.ws, Inspect(words[i].Form, lower(words[i].Form)))
		if t.dict != nil {
			b.reads = b.ws[i-1].LookUp(t.dict, b.reads)
		}
		t.candidates(&b.ws[i-1], words[i].Form, i == 1, b)
	}
	prev, prev2 := Before, Before
	for i := range b.ws {
		w, info := &words[i+1], &b.ws[i]
		best := info.Tags[0]
		if len(info.Tags) > 1 {
			b.feats = TagFeatures(b.ws, i, prev, prev2, b.feats[:0])
			best = t.best(info.Tags, b)
		}
		g := &t.tags[best]
		prev2, prev = prev, g.hist
		if quoteMark(w.Form) {
			// Marks that the treebanks do not know, such as ´´, are still marks.
			w.UPOS, w.Lemma = "PUNCT", w.Form
			continue
		}
		w.UPOS, w.XPOS, w.Feats = g.upos, g.xpos, g.feats
		w.Lemma = t.lemma(w.Form, info, best)
	}
}

// lemma returns the lemma of a form under a tag: as it was seen, else as the
// dictionary has it, else by its ending.
func (t *Tagger) lemma(form string, w *WordInfo, best uint16) string {
	g := &t.tags[best]
	if l, ok := t.lemmas.known(form, w.Lower, g); ok {
		return l
	}
	if r := t.reading(w.Readings, best); r != nil {
		base := w.Lower
		if g.upos == "PROPN" {
			base = form
		}
		return t.dict.Lemma(*r, base, model.Find(t.learnt.own, OwnKey(t.dict.POS(r.Tag), g.upos)) >= 0)
	}
	return t.lemmas.guess(form, w.Lower, g)
}

// reading returns the likeliest reading of the dictionary under a tag, nil if none
// fits its part of speech.
func (t *Tagger) reading(rs []Reading, tag uint16) *Reading {
	best, top := -1, 0
	for i, r := range rs {
		sum := 0
		for _, x := range t.learnt.tags[r.Tag] {
			if x.tag == tag {
				sum += 1000 * (1 + int(x.weight))
			} else if t.tags[x.tag].upos == t.tags[tag].upos {
				sum += 1 + int(x.weight)
			}
		}
		if sum > top {
			best, top = i, sum
		}
	}
	if best < 0 {
		return nil
	}
	return &rs[best]
}

// best returns the tag with the highest score; the earlier wins a tie.
func (t *Tagger) best(tags []uint16, b *tagBuffer) uint16 {
	if b.word++; b.word < 0 {
		clear(b.known)
		b.word = 1
	}
	for _, l := range tags {
		for _, p := range t.tags[l].parts {
			b.shared[p]++
		}
	}
	// Most candidates are out after the strongest features: the rest are asked
	// of the few that lead.
	b.lead = b.lead[:0]
	if len(tags) > leading {
		for _, l := range tags {
			b.insert(l, t.sum(l, len(tags), 0, strongest, b))
		}
		if b.word++; b.word < 0 {
			clear(b.known)
			b.word = 1
		}
	} else {
		for _, l := range tags {
			b.lead = append(b.lead, scored{tag: l})
		}
	}
	from := 0
	if len(tags) > leading {
		from = strongest
	}
	best, top := b.lead[0].tag, int32(-1<<31)
	for _, c := range b.lead {
		if sum := c.score + t.sum(c.tag, len(tags), from, len(b.feats), b); sum > top {
			best, top = c.tag, sum
		}
	}
	for _, l := range tags {
		for _, p := range t.tags[l].parts {
			b.shared[p] = 0
		}
	}
	return best
}

const (
	strongest = 24 // features that narrow the candidates
	leading   = 5  // candidates that go on
)

// scored is a candidate with its score by the strongest features.
type scored struct {
	tag   uint16
	score int32
}

// insert keeps a candidate if it is among the leading ones; of equals the earlier leads.
func (b *tagBuffer) insert(tag uint16, score int32) {
	i := len(b.lead)
	for i > 0 && b.lead[i-1].score < score {
		i--
	}
	if i == leading {
		return
	}
	if len(b.lead) < leading {
		b.lead = append(b.lead, scored{})
	}
	copy(b.lead[i+1:], b.lead[i:])
	b.lead[i] = scored{tag, score}
}

// sum adds up the weights of features from to end over the parts that tell the
// candidates apart.
func (t *Tagger) sum(tag uint16, candidates, from, end int, b *tagBuffer) int32 {
	sum := int32(0)
	for _, p := range t.tags[tag].parts {
		if int(b.shared[p]) == candidates {
			continue // what all candidates have decides nothing
		}
		if b.known[p] != b.word {
			b.known[p] = b.word
			b.score[p] = t.weights.Ones(b.feats[from:end], t.parts[p])
		}
		sum += b.score[p]
	}
	return sum
}

// TagWords tags one sentence with working memory of its own.
func (t *Tagger) TagWords(words []ud.Word) { t.Tag(words, &tagBuffer{}) }

// quoteMark reports whether a form is made of quotation marks only, also as
// HTML writes them.
func quoteMark(form string) bool {
	if strings.HasPrefix(form, "&") {
		form = strings.NewReplacer("&#39;", "'", "&#34;", "'", "&quot;", "'", "&laquo;", "'", "&raquo;", "'").Replace(form)
	}
	return form != "" && strings.Trim(form, "\"'`´«»„“”‘’‚‹›") == ""
}

// lower returns s in lower case; it allocates only where a letter changes.
func lower(s string) string { return strings.ToLower(s) }
