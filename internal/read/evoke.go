package read

import (
	"slices"
	"strings"
	"unicode/utf8"

	"letopis"
	"letopis/internal/linear"
	"letopis/internal/page"
)

// This file asks of every word of content whether it evokes an event, and of which category: a
// logistic model over the word, its neighbours in the tree and in the row, and what the lexicon of
// triggers says of it (Li, Ji and Huang 2013 and the linear models before them). The lexicon no longer
// decides: it is one voice among the features.

// Classes of the table of events: what is asked of a bag of features.
const (
	classEvoke  = 0  // whether a word evokes an event
	classCode   = 1  // and following: of which category, by its index in codes
	classSource = 32 // whether a word stands on the side of the source
	classTarget = 33
	classHome   = 34 // whether a country is the one that a side stands for
	classSame   = 35 // whether two words evoke one event
)

// codes are the categories in the order of their classes.
var codes = [...]letopis.Code{letopis.Agree, letopis.Consult, letopis.Support, letopis.Cooperate, letopis.Aid, letopis.Concede, letopis.Retreat, letopis.Request,
	letopis.Accuse, letopis.Reject, letopis.Threaten, letopis.Protest, letopis.Sanction, letopis.Mobilize, letopis.Coerce, letopis.Assault}

// evoker asks words what they evoke.
type evoker struct {
	r     *done
	table *linear.Table
	bag   linear.Bag
	tree  kids
	rules []letopis.Code // what the rules propose at a word, "" for nothing
	dense []int          // countries that a sentence names
}

// kids are the words that hang on each word, as a list in each: the first, then the next of each.
type kids struct{ first, next []int }

func kidsOf(words []page.Word) kids {
	k := kids{make([]int, len(words)), make([]int, len(words))}
	for i := range words {
		k.first[i], k.next[i] = -1, -1
	}
	for i := len(words) - 1; i >= 0; i-- {
		if h := words[i].Head; h >= 0 {
			k.next[i], k.first[h] = k.first[h], i
		}
	}
	return k
}

// newEvoker prepares for a page; proposed is what the rules propose there.
func (r *done) newEvoker(t *linear.Table, proposed []proposal) *evoker {
	v := &evoker{r: r, table: t, tree: kidsOf(r.Words), rules: make([]letopis.Code, len(r.Words)), dense: make([]int, len(r.Sentences))}
	for _, p := range proposed {
		v.rules[p.at] = p.Code
	}
	for si, s := range r.Sentences {
		seen := map[string]bool{}
		for i := s.First; i < s.End; i++ {
			c := r.AdjectiveCountry(i)
			if n := r.Words[i].Name; n >= 0 && r.Names[n].First == i {
				c = r.cast.ents[r.cast.mentions[n].ent].country
			}
			if c != "" {
				seen[c] = true
			}
		}
		v.dense[si] = len(seen)
	}
	return v
}

// asks reports whether the word at i may evoke an event at all.
func (v *evoker) asks(i int) bool {
	t := &v.r.Words[i]
	if t.Name >= 0 || t.Date {
		return false
	}
	switch t.UPOS {
	case "VERB", "NOUN", "ADJ", "PROPN":
		return utf8.RuneCountInString(t.Form) > 2
	}
	return false
}

// begin and end of a word, in letters.
func beginsWith(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

func endsWith(s string, n int) string {
	i := len(s)
	for ; n > 0 && i > 0; n-- {
		_, k := utf8.DecodeLastRuneInString(s[:i])
		i -= k
	}
	return s[i:]
}

// lemma is the lemma of a word in small letters, or its form.
func (r *done) lemma(i int) string {
	if l := r.Words[i].Lemma; l != "" {
		return strings.ToLower(l)
	}
	return r.Words[i].Lower
}

// clipped is the beginning of a lemma by which neighbours are known.
const clipped = 7

// see puts the features of the word at i into the bag.
func (v *evoker) see(i int, named bool) *linear.Bag {
	r, b := v.r, &v.bag
	b.Reset(named)
	t := &r.Words[i]
	lang, lem, pos := r.Lex.Lang, r.lemma(i), string(t.UPOS)
	stem := beginsWith(lem, 6)
	b.Add("bias")
	b.Add("l=", lang, lem)
	b.Add("l=", lang, lem, "/", pos)
	b.Add("p5=", lang, beginsWith(lem, 5))
	b.Add("p4=", lang, beginsWith(lem, 4))
	b.Add("e3=", lang, endsWith(t.Lower, 3))
	b.Add("u=", pos)
	rel := page.Relation(t.Deprel)
	b.Add("r=", pos, rel)
	b.Add("form=", pos, t.Feats.Get("VerbForm"), t.Feats.Get("Voice"), t.Feats.Get("Number"))
	for c := v.tree.first[i]; c >= 0; c = v.tree.next[c] {
		v.seeKid(b, i, c, stem)
	}
	if h := t.Head; h >= 0 {
		b.Add("h=", lang, beginsWith(r.lemma(h), clipped))
		b.Add("hr=", lang, beginsWith(r.lemma(h), clipped), "/", rel)
		b.Add("hu=", string(r.Words[h].UPOS), rel)
		if c := v.rules[h]; c != "" {
			b.Add("hc=", string(c))
			b.Add("hc=", string(c), pos, rel)
		}
		if r.Words[h].Say != nil {
			b.Add("hsay=", rel)
		}
	} else {
		b.Add("root", pos)
	}
	s := r.Sentences[t.Sent]
	for d, name := range [...]string{"-2=", "-1=", "", "+1=", "+2="} {
		if j := i + d - 2; name != "" && j >= s.First && j < s.End {
			b.Add(name, lang, beginsWith(r.lemma(j), clipped))
		}
	}
	v.seeLexicon(b, i, stem)
	v.seeFrame(b, i, pos)
	v.seeParties(b, i, pos)
	v.seePlace(b, i, pos)
	return b
}

// seeKid adds what the word at c tells of the word at i that it hangs on.
func (v *evoker) seeKid(b *linear.Bag, i, c int, stem string) {
	r := v.r
	lang, w := r.Lex.Lang, &r.Words[c]
	rel := page.Relation(w.Deprel)
	b.Add("k=", rel)
	switch rel {
	case "nsubj", "obj", "iobj", "obl", "nmod", "advmod", "xcomp", "ccomp", "amod", "compound", "expl", "aux", "det":
	default:
		return
	}
	kind := "w"
	switch {
	case w.Name >= 0:
		kind = string(r.Names[w.Name].Type)
		if r.cast.ents[r.cast.mentions[w.Name].ent].country != "" {
			kind += "+"
		}
	case w.Date:
		kind = "date"
	case r.AdjectiveCountry(c) != "":
		kind = "nation"
	case r.IsOffice(c):
		kind = "office"
	case w.UPOS == "PRON":
		kind = "pron"
	}
	b.Add("kk=", rel, kind)
	b.Add("lk=", lang, stem, rel)
	if kind == "w" || kind == "office" {
		b.Add("kw=", rel, lang, beginsWith(r.lemma(c), clipped))
		b.Add("lkw=", lang, stem, rel, beginsWith(r.lemma(c), clipped))
	} else {
		b.Add("lkk=", lang, stem, rel, kind)
	}
	if a := r.Adposition(c); a >= 0 {
		b.Add("kc=", rel, lang, r.lemma(a))
		b.Add("lkc=", lang, stem, r.lemma(a))
	}
	if x := v.rules[c]; x != "" {
		b.Add("kr=", rel, string(x))
	}
}

// seeLexicon adds what the lexicon of triggers and of saying says of the word at i.
func (v *evoker) seeLexicon(b *linear.Bag, i int, stem string) {
	r := v.r
	t := &r.Words[i]
	if c := v.rules[i]; c != "" {
		b.Add("rule=", string(c))
		b.Add("rule=", r.Lex.Lang, string(c))
		b.Add("rulel=", string(c), r.Lex.Lang, stem)
	}
	g := r.triggerAt(i)
	switch {
	case g == nil && t.Spent:
		b.Add("lex=spent")
	case g == nil:
		b.Add("lex=no")
	case g.Weak:
		b.Add("lex=weak", string(g.Code))
	case g.Phrase:
		b.Add("lex=phrase", string(g.Code))
	default:
		b.Add("lex=", string(g.Code))
	}
	if t.Say != nil {
		b.Add("say")
		b.Add("say=", string(t.Say.Class))
	}
}

// seeFrame adds what the frame of the word at i says, and that of the word it hangs on.
func (v *evoker) seeFrame(b *linear.Bag, i int, pos string) {
	r := v.r
	t := &r.Words[i]
	f := r.Lex.Frame(t)
	if f == nil {
		b.Add("fr=?", pos)
	} else {
		best := "-"
		for n, c := range f.Codes {
			b.Add("fr=", string(c.Code))
			b.Add("fr=", string(c.Code), tenths[c.Tenths])
			if n == 0 {
				best = string(c.Code)
			}
		}
		b.Add("frbest=", best, pos)
		for _, c := range f.Traits {
			b.Add("frt=", string(c), pos)
			b.Add("frt=", string(c), best)
		}
		v.seeObjects(b, f, i, best)
		s := r.Sentences[t.Sent]
		for j := max(s.First, i-5); j < min(s.End, i+6); j++ {
			if j != i && slices.Contains(f.Not, r.lemma(j)) {
				b.Add("frnot")
				b.Add("frnot=", best)
			}
		}
	}
	if h := t.Head; h >= 0 {
		if g := r.Lex.Frame(&r.Words[h]); g != nil {
			if c, ok := g.Object(r.lemma(i)); ok {
				b.Add("frunder=", string(c))
				b.Add("frunder=", string(c), page.Relation(t.Deprel))
			}
			for _, c := range g.Traits {
				b.Add("frh=", string(c), pos, page.Relation(t.Deprel))
			}
			if len(g.Codes) > 0 {
				b.Add("frhc=", string(g.Codes[0].Code), pos, page.Relation(t.Deprel))
			}
		}
	}
}

var tenths = [...]string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}

// seeObjects adds what the complements of the word at i turn its frame into.
func (v *evoker) seeObjects(b *linear.Bag, f *page.Frame, i int, best string) {
	r := v.r
	any := false
	for c := v.tree.first[i]; c >= 0; c = v.tree.next[c] {
		w := &r.Words[c]
		lem := r.lemma(c)
		if w.Rel("ccomp", "xcomp", "csubj") {
			lem = "clause"
		} else if !w.Rel("obj", "nsubj", "obl", "nmod", "iobj", "compound", "amod", "advmod") {
			continue
		}
		if code, ok := f.Object(lem); ok {
			b.Add("fro=", string(code), best)
			b.Add("fro=", string(code))
			any = true
		}
	}
	if len(f.Objects) > 0 && !any {
		b.Add("fro=no", best)
	}
}

// seeParties adds whether the rules find two countries beside the word at i, one or none, where the lexicon or a
// frame has it evoke an event.
func (v *evoker) seeParties(b *linear.Bag, i int, pos string) {
	r := v.r
	code := v.rules[i]
	if code == "" {
		f := r.Lex.Frame(&r.Words[i])
		if f == nil || len(f.Codes) == 0 {
			return
		}
		code = f.Codes[0].Code
	}
	src, tgt := r.parties(i, r.triggerFor(i, code))
	s, t := r.countriesOf(src), r.countriesOf(tgt)
	told := yes(len(s) > 0) + yes(len(t) > 0)
	if len(s) > 0 && len(t) > 0 && slices.Equal(s, t) {
		told = "one"
	}
	b.Add("told=", told)
	b.Add("told=", told, pos)
	b.Add("told=", told, string(code))
	b.Add("told=", told, yes(v.rules[i] != ""))
}

// seePlace adds where the word at i stands: in the article, in quotation marks, in a statement.
func (v *evoker) seePlace(b *linear.Bag, i int, pos string) {
	r := v.r
	t := &r.Words[i]
	if len(r.Sentences) > 1 {
		b.Num("sent=", t.Sent/2, 5)
		if t.Sent == 0 {
			b.Add("title")
		}
	}
	b.Num("in=", v.dense[t.Sent], 4)
	b.Num("in="+pos, v.dense[t.Sent], 3)
	if t.Quote >= 0 {
		b.Add("quoted")
	}
	if s := r.said.stmtOf(i); s >= 0 {
		st := &r.said.stmts[s]
		if st.cueFirst <= i && i < st.cueEnd {
			b.Add("cue")
			b.Add("cue=", string(st.kind))
		} else {
			b.Add("inside=", string(st.kind), pos)
		}
		if st.ent >= 0 && r.cast.ents[st.ent].country != "" {
			b.Add("spoken+")
		}
	}
	g := page.Trigger{Verb: t.UPOS == "VERB" || t.UPOS == "ADJ"}
	b.Add("mood=", pos, string(r.modality(i, &g).m))
}

// evoked is a word that evokes an event.
type evoked struct {
	at    int
	code  letopis.Code
	score int32 // in 1/linear.Fine of log-odds that it evokes any
	mood  mood
	why   []string
}

// knownBonus is what a category gains, in 1/linear.Fine, that the lexicon or a frame has for the word: what was
// learnt of other words must be surer to overrule what is known of this one. Chosen by the folds of the gold.
const knownBonus = 16

// best returns the index of the likeliest category of the word at i with the features b.
func (v *evoker) best(i int, b *linear.Bag) int {
	r := v.r
	f := r.Lex.Frame(&r.Words[i])
	g := r.triggerAt(i)
	knows := func(c letopis.Code) bool {
		return v.rules[i] == c || g != nil && g.Code == c || f != nil && slices.ContainsFunc(f.Codes, func(x page.FrameCode) bool { return x.Code == c })
	}
	best, top := 0, int32(0)
	for c := range codes {
		x := v.table.Score(b, classCode+c)
		if knows(codes[c]) {
			x += knownBonus
		}
		if v.rules[i] == codes[c] {
			x += knownBonus / 2
		}
		if c == 0 || x > top {
			best, top = c, x
		}
	}
	return best
}

// find asks every word, in the order of the text.
func (v *evoker) find() []evoked {
	var out []evoked
	bonus := int32(0)
	if len(v.r.Sentences) == 1 {
		bonus = loneBonus
	}
	for i := range v.r.Words {
		if !v.asks(i) {
			continue
		}
		b := v.see(i, v.r.trace.notes())
		s := v.table.Score(b, classEvoke) + bonus
		if s < 0 {
			if c := v.rules[i]; c != "" && v.r.trace.notes() {
				v.r.trace.note(i, i+1, WhyUnlikely, string(c)+": "+strings.Join(v.table.Deciding(b, classEvoke, maxReasons), ", "))
			}
			continue
		}
		best := v.best(i, b)
		code := codes[best]
		if code == letopis.Reject && (v.rules[i] == letopis.Agree || v.accords(i)) {
			code = letopis.Agree // "did not sign" is an accord that did not come, not a refusal
		}
		out = append(out, evoked{i, code, s, mood{}, v.table.Deciding(b, classCode+best, maxReasons)})
	}
	return out
}

// accords reports whether the frame of the word at i has it agree more often than anything else.
func (v *evoker) accords(i int) bool {
	f := v.r.Lex.Frame(&v.r.Words[i])
	return f != nil && len(f.Codes) > 0 && f.Codes[0].Code == letopis.Agree
}
