package nlp

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"letopis/internal/model"
	"letopis/internal/ud"
)

// Tagger predicts tag, features and lemma of each word: a greedy averaged
// perceptron (Collins 2002) over the words, their endings and the tags to the
// left, and for lemmas the suffix edit that the lexicon or the longest known ending gives.
type Tagger struct {
	lin    *model.Linear
	tags   []tag
	amb    ambTable
	lemmas lemmaTable
}

// tag is a label taken apart.
type tag struct {
	upos  ud.UPOS
	xpos  string
	feats ud.Feats
	class uint32 // hash of the part of speech, for features
}

// ambTable gives for a known form the labels that it was seen with.
type ambTable struct {
	keys   []uint32
	class  []uint16
	labels [][]uint16 // by class
}

// lemmaTable gives the edit that turns a form into its lemma.
type lemmaTable struct {
	keys   []uint32 // hash of form and part of speech
	rule   []uint16
	suf    []uint32 // hash of ending and part of speech
	sufVal []uint16
	rules  []LemmaRule
}

// LemmaRule is an edit of a form: cut so many runes at either end and add a
// string; Keep keeps the case of the form.
type LemmaRule struct {
	Front, Back int
	Add         string
	Keep        bool
}

// Apply returns the lemma of form.
func (r LemmaRule) Apply(form string) string {
	s := form
	if !r.Keep {
		s = lower(s)
	}
	for i := 0; i < r.Front && len(s) > 0; i++ {
		_, w := utf8.DecodeRuneInString(s)
		s = s[w:]
	}
	for i := 0; i < r.Back && len(s) > 0; i++ {
		_, w := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-w]
	}
	if r.Add == "" {
		return s
	}
	return s + r.Add
}

// String and ParseLemmaRule write and read a rule as "front back keep add".
func (r LemmaRule) String() string {
	k := "0"
	if r.Keep {
		k = "1"
	}
	return string(rune('0'+r.Front)) + string(rune('0'+r.Back)) + k + r.Add
}

// ParseLemmaRule reads what String writes.
func ParseLemmaRule(s string) (LemmaRule, bool) {
	if len(s) < 3 {
		return LemmaRule{}, false
	}
	f := []rune(s)
	if len(f) < 3 {
		return LemmaRule{}, false
	}
	r := LemmaRule{Front: int(f[0] - '0'), Back: int(f[1] - '0'), Keep: f[2] == '1', Add: string(f[3:])}
	return r, r.Front >= 0 && r.Back >= 0 && r.Front < 64 && r.Back < 64
}

// OpenTagger reads the sections of a tagger, nil if the file has none.
func OpenTagger(f *model.File) *Tagger {
	lin, ok := model.OpenLinear(f, "t")
	if !ok {
		return nil
	}
	t := &Tagger{lin: lin}
	for _, l := range lin.Labels {
		p := strings.Split(l, "\t")
		for len(p) < 3 {
			p = append(p, "")
		}
		t.tags = append(t.tags, tag{ud.UPOS(p[0]), p[1], ud.Feats(p[2]), model.Hash(77, p[0])})
	}
	t.amb.keys, t.amb.class = f.Uint32s("akeys"), f.Uint16s("aclass")
	var cur []uint16
	for _, v := range f.Uint16s("alabels") {
		if v == 0xffff {
			t.amb.labels = append(t.amb.labels, cur)
			cur = nil
			continue
		}
		if int(v) < len(t.tags) {
			cur = append(cur, v)
		}
	}
	t.lemmas.keys, t.lemmas.rule = f.Uint32s("lkeys"), f.Uint16s("lrule")
	t.lemmas.suf, t.lemmas.sufVal = f.Uint32s("skeys"), f.Uint16s("srule")
	rules, _ := f.Strings("rules")
	for _, s := range rules {
		r, _ := ParseLemmaRule(s)
		t.lemmas.rules = append(t.lemmas.rules, r)
	}
	if len(t.amb.keys) != len(t.amb.class) || len(t.lemmas.keys) != len(t.lemmas.rule) || len(t.lemmas.suf) != len(t.lemmas.sufVal) {
		return nil
	}
	return t
}

// ambClass returns the class of a known form, 0 for an unknown one.
func (a *ambTable) of(lowerForm string) uint16 {
	if i := model.Find(a.keys, model.Hash(3, lowerForm)); i >= 0 && int(a.class[i]) < len(a.labels) {
		return a.class[i] + 1
	}
	return 0
}

// WordInfo is what the features say of a word in itself; it is computed once.
type WordInfo struct {
	Hash   uint32
	Suf    [5]uint32 // endings of 1 to 5 runes
	Pre    [3]uint32
	Shape  uint32
	Amb    uint16
	Lower  string
	Form   string
	Digits bool
}

// Inspect fills the information of a word.
func Inspect(form string, amb uint16, lowerForm string) WordInfo {
	w := WordInfo{Form: form, Lower: lowerForm, Hash: model.Hash(1, lowerForm), Amb: amb}
	k := len(lowerForm)
	for n := 0; n < 5; n++ {
		if k > 0 {
			_, s := utf8.DecodeLastRuneInString(lowerForm[:k])
			k -= s
			w.Suf[n] = model.Hash(uint32(10+n), lowerForm[k:])
		} else {
			w.Suf[n] = w.Suf[n-1+boolInt(n == 0)]
		}
	}
	k = 0
	for n := 0; n < 3; n++ {
		if k < len(lowerForm) {
			_, s := utf8.DecodeRuneInString(lowerForm[k:])
			k += s
		}
		w.Pre[n] = model.Hash(uint32(20+n), lowerForm[:k])
	}
	w.Shape, w.Digits = shape(form)
	return w
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// shape classes a form by capitals, digits, hyphens and signs.
func shape(form string) (uint32, bool) {
	var s uint32
	n, up := 0, 0
	for i, c := range form {
		switch {
		case unicode.IsUpper(c):
			up++
			if i == 0 {
				s |= 1
			}
		case unicode.IsDigit(c):
			s |= 2
		case c == '-':
			s |= 4
		case c == '.':
			s |= 8
		case !unicode.IsLetter(c):
			s |= 16
		}
		if c >= 0x400 && c < 0x500 {
			s |= 32
		} else if unicode.IsLetter(c) {
			s |= 128
		}
		n++
	}
	if up == n && n > 1 {
		s |= 64
	}
	return s, s&2 != 0
}

func combine(id, a, b uint32) uint32 { return model.Mix(id*0x9e3779b1 ^ a*31 ^ model.Mix(b+id)) }

// Features appends the features of word i given the classes and labels of the
// two words before it. First tells whether the word opens the sentence.
func (t *Tagger) Features(ws []WordInfo, i int, prev, prev2 tagged, out []uint32) []uint32 {
	w := &ws[i]
	var l1, l2, r1, r2 *WordInfo
	l1, l2, r1, r2 = &edge, &edge, &edge, &edge
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
	first := uint32(boolInt(i == 0))
	a := uint32(w.Amb)
	return append(out,
		combine(1, 0, 0),
		combine(2, w.Hash, 0),
		combine(3, w.Suf[0], 0), combine(4, w.Suf[1], 0), combine(5, w.Suf[2], 0), combine(6, w.Suf[3], 0), combine(7, w.Suf[4], 0),
		combine(8, w.Pre[0], 0), combine(9, w.Pre[1], 0), combine(10, w.Pre[2], 0),
		combine(11, w.Shape, first),
		combine(12, prev.label, 0), combine(13, prev.label, prev2.label),
		combine(14, l1.Hash, 0), combine(15, r1.Hash, 0), combine(16, l2.Hash, 0), combine(17, r2.Hash, 0),
		combine(18, prev.label, w.Hash), combine(19, prev.class, w.Suf[2]),
		combine(20, l1.Suf[2], 0), combine(21, r1.Suf[2], 0), combine(22, r1.Suf[1], w.Suf[1]),
		combine(23, a, 0), combine(24, uint32(r1.Amb), a), combine(25, prev.label, a),
		combine(26, prev.label, uint32(r1.Amb)), combine(27, uint32(r1.Amb), uint32(r2.Amb)),
		combine(28, l1.Hash, w.Hash), combine(29, w.Hash, r1.Hash), combine(30, r1.Shape, w.Shape),
		combine(31, prev.label, w.Suf[1]),
	)
}

var edge = Inspect("", 0, "")

type tagged struct{ label, class uint32 }

// Tag fills the tags, features and lemmas of words, Words[0] being the root.
func (t *Tagger) Tag(words []ud.Word, b *tagBuffer) {
	n := len(words) - 1
	b.ws = b.ws[:0]
	for i := 1; i <= n; i++ {
		l := lower(words[i].Form)
		b.ws = append(b.ws, Inspect(words[i].Form, t.amb.of(l), l))
	}
	if len(b.scores) < len(t.tags) {
		b.scores = make([]int32, len(t.tags))
	}
	prev, prev2 := Start()
	for i := 0; i < n; i++ {
		b.feats = t.Features(b.ws, i, prev, prev2, b.feats[:0])
		best := t.best(&b.ws[i], b.feats, b.scores)
		g := &t.tags[best]
		w := &words[i+1]
		if quoteMark(w.Form) {
			// Marks that the treebanks do not know, such as ´´, are still marks.
			w.UPOS, w.Lemma = "PUNCT", w.Form
			prev2, prev = prev, Tagged(best, g.class)
			continue
		}
		w.UPOS, w.XPOS, w.Feats = g.upos, g.xpos, g.feats
		w.Lemma = t.lemma(w.Form, b.ws[i].Lower, g.upos)
		prev2, prev = prev, Tagged(best, g.class)
	}
}

// best returns the label with the highest score: among those that a known form
// was seen with, else among all. The lower label wins a tie.
func (t *Tagger) best(w *WordInfo, feats []uint32, scores []int32) int {
	scores = scores[:len(t.tags)]
	if w.Amb > 0 {
		if l := t.amb.labels[w.Amb-1]; len(l) == 1 {
			return int(l[0])
		}
	}
	clear(scores)
	for _, f := range feats {
		t.lin.Add(f, scores)
	}
	best := -1
	if w.Amb > 0 {
		for _, l := range t.amb.labels[w.Amb-1] {
			if best < 0 || scores[l] > scores[best] {
				best = int(l)
			}
		}
		return best
	}
	for l := range scores {
		if best < 0 || scores[l] > scores[best] {
			best = l
		}
	}
	return best
}

// lemma returns the lemma of a form under a part of speech.
func (t *Tagger) lemma(form, lowerForm string, upos ud.UPOS) string {
	x := &t.lemmas
	seed := model.Hash(5, string(upos))
	if i := model.Find(x.keys, model.Hash(seed, lowerForm)); i >= 0 && int(x.rule[i]) < len(x.rules) {
		return x.rules[x.rule[i]].Apply(form)
	}
	starts := [8]int{}
	n := 0
	for k := len(lowerForm); k > 0 && n < 7; n++ {
		_, s := utf8.DecodeLastRuneInString(lowerForm[:k])
		k -= s
		starts[n] = k
	}
	for ; n > 0; n-- {
		if i := model.Find(x.suf, model.Hash(seed+1, lowerForm[starts[n-1]:])); i >= 0 && int(x.sufVal[i]) < len(x.rules) {
			return x.rules[x.sufVal[i]].Apply(form)
		}
	}
	if upos == "PROPN" {
		return form
	}
	return lowerForm
}

// tagBuffer is the working memory of one tagging goroutine.
type tagBuffer struct {
	ws     []WordInfo
	feats  []uint32
	scores []int32
}

// Start returns the history before the first word of a sentence.
func Start() (prev, prev2 tagged) { return tagged{1, 1}, tagged{2, 2} }

// Tagged returns the history of a word that got a label of a class.
func Tagged(label int, class uint32) tagged { return tagged{uint32(label) + 10, class} }

// TagWords tags one sentence with working memory of its own.
func (t *Tagger) TagWords(words []ud.Word) { t.Tag(words, &tagBuffer{}) }

// quoteMark reports whether a form is made of quotation marks alone.
func quoteMark(form string) bool {
	return form != "" && strings.Trim(form, "\"'`´«»„“”‘’‚‹›") == ""
}

// lower returns s in lower case; it allocates only where a letter changes.
func lower(s string) string { return strings.ToLower(s) }
