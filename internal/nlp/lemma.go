package nlp

import (
	"errors"
	"slices"
	"unicode"
	"unicode/utf8"

	"letopis/internal/model"
)

// lemmaTable gives the edit that turns a form into its lemma: the form's own
// where it is known, else that of the longest known ending.
type lemmaTable struct {
	keys  []uint32 // hash of form and class
	rule  []uint16
	rules []LemmaRule
}

// Bounds of the lemmas of a word that stands alone: of one that is known, and of one
// whose ending is all that is known.
const (
	knownLemmas   = 3
	guessedLemmas = 1
)

// Lemmas returns the dictionary forms, in lower case, that a word may have where no
// sentence decides; nil where nothing is known of it. The word may stand for a name.
func (p *Pack) Lemmas(lowerForm string) []string {
	if p.tagger == nil || len(lowerForm) > maxForm {
		return nil
	}
	return p.tagger.lemmasOf(lowerForm)
}

func (t *Tagger) lemmasOf(lowerForm string) []string {
	var all []string
	add := func(form string, tags []uint16, w *WordInfo, most int) {
		for _, g := range tags {
			l := lower(t.lemma(form, w, g))
			if !slices.Contains(all, l) && len(all) < most {
				all = append(all, l)
			}
		}
	}
	r, n := utf8.DecodeRuneInString(lowerForm)
	name := string(unicode.ToUpper(r)) + lowerForm[n:]
	w := Inspect(lowerForm, lowerForm)
	if t.dict != nil {
		w.LookUp(t.dict, nil)
	}
	if list, ok := t.forms.find(FormKey(lowerForm)); ok || len(w.Readings) > 0 {
		var b tagBuffer
		if ok {
			add(lowerForm, t.lists[list&^closedList], &w, knownLemmas)
		}
		t.candidates(&w, lowerForm, false, &b)
		add(lowerForm, w.Tags, &w, knownLemmas)
		return all
	}
	for _, form := range []string{lowerForm, name} { // an ending of words, and one of names
		var b tagBuffer
		t.guess(form, lowerForm, form == name, 0, &b)
		add(form, b.arena[:min(len(b.arena), guessedLemmas)], &w, len(all)+guessedLemmas)
	}
	return all
}

// MaxEnding is the length, in runes, of the longest ending that edits are listed under.
const MaxEnding = 7

// LemmaKey is the key of a form (n 0) or of an ending of n runes under a class.
func LemmaKey(class uint32, n int, s string) uint32 {
	return model.Hash(class+uint32(n)*0x9e37, s)
}

func (x *lemmaTable) open(f *model.File) error {
	x.keys, x.rule = f.Uint32s("lkeys"), f.Uint16s("lrule")
	rules, err := f.Strings("rules")
	if err != nil {
		return err
	}
	for _, s := range rules {
		r, ok := ParseLemmaRule(s)
		if !ok {
			return errors.New("a lemma edit is damaged")
		}
		x.rules = append(x.rules, r)
	}
	if len(x.keys) != len(x.rule) {
		return errors.New("the table of lemmas does not fit together")
	}
	for _, r := range x.rule {
		if int(r) >= len(x.rules) {
			return errors.New("the table of lemmas names an edit that is not there")
		}
	}
	return nil
}

func (x *lemmaTable) find(key uint32) *LemmaRule {
	if i := model.Find(x.keys, key); i >= 0 {
		return &x.rules[x.rule[i]]
	}
	return nil
}

// known returns the lemma of a form that was seen under a tag.
func (x *lemmaTable) known(form, lowerForm string, g *tag) (string, bool) {
	for _, class := range [2]uint32{g.lemma, LemmaClass(g.upos, "", "")} {
		if r := x.find(LemmaKey(class, 0, lowerForm)); r != nil {
			return r.Apply(form, lowerForm), true
		}
	}
	return "", false
}

// guess returns the lemma of a form under a tag by its ending.
func (x *lemmaTable) guess(form, lowerForm string, g *tag) string {
	coarse := LemmaClass(g.upos, "", "")
	var starts [MaxEnding]int
	n := 0
	for k := len(lowerForm); k > 0 && n < MaxEnding; n++ {
		_, s := utf8.DecodeLastRuneInString(lowerForm[:k])
		k -= s
		starts[n] = k
	}
	for _, class := range [2]uint32{g.lemma, coarse} {
		for k := n; k > 0; k-- {
			if r := x.find(LemmaKey(class, k, lowerForm[starts[k-1]:])); r != nil {
				return r.Apply(form, lowerForm)
			}
		}
	}
	if g.upos == "PROPN" {
		return form
	}
	return lowerForm
}

// LemmaRule is an edit of a form: cut so many runes at either end and add a
// string; Keep keeps the case of the form.
type LemmaRule struct {
	Front, Back int
	Add         string
	Keep        bool
}

// Apply returns the lemma of form, whose lower case is lowerForm.
func (r LemmaRule) Apply(form, lowerForm string) string {
	s := form
	if !r.Keep {
		s = lowerForm
	}
	for i := 0; i < r.Front && len(s) > 0; i++ {
		_, w := utf8.DecodeRuneInString(s)
		s = s[w:]
	}
	for i := 0; i < r.Back && len(s) > 0; i++ {
		_, w := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-w]
	}
	if s+r.Add == "" {
		return lowerForm
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
	f := []rune(s)
	if len(f) < 3 {
		return LemmaRule{}, false
	}
	r := LemmaRule{Front: int(f[0] - '0'), Back: int(f[1] - '0'), Keep: f[2] == '1', Add: string(f[3:])}
	return r, r.Front >= 0 && r.Back >= 0 && r.Front < 64 && r.Back < 64
}
