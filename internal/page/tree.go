package page

import (
	"slices"
	"strings"

	"letopis"
	"letopis/internal/ud"
)

// Distance returns how many words word i is from word k.
func Distance(i, k int) int { return max(i-k, k-i) }

// Tie tells how word p hangs on word k in the tree: the relation of its branch
// under their nearest common ancestor, and that of k's branch, empty where the
// ancestor is k itself, "far" where k is more than one step below it.
func (pg *Page) Tie(p, k int) (dep, up string, ok bool) {
	var above [8]int
	n := 0
	for i := k; i >= 0 && n < len(above); i = pg.Words[i].Head {
		above[n] = i
		n++
	}
	below := -1
	for i, d := p, 0; i >= 0 && d < 10; i, d = pg.Words[i].Head, d+1 {
		if j := slices.Index(above[:n], i); j >= 0 {
			dep = "self"
			if below >= 0 {
				dep = Relation(pg.Words[below].Deprel)
			}
			switch {
			case j == 1:
				up = Relation(pg.Words[k].Deprel)
			case j > 1:
				up = "far"
			}
			return dep, up, true
		}
		below = i
	}
	return "", "", false
}

// Relation returns a relation without its subtype: "acl" of "acl:relcl".
func Relation(d ud.Deprel) string {
	s, _, _ := strings.Cut(string(d), ":")
	return s
}

// Dependent returns the first word from lo to hi, half open, that hangs on word k by
// one of the relations, or -1.
func (pg *Page) Dependent(k, lo, hi int, relations ...string) int {
	for i := max(lo, 0); i < min(hi, len(pg.Words)); i++ {
		if pg.Words[i].Head == k && pg.Words[i].Rel(relations...) {
			return i
		}
	}
	return -1
}

// IsActive reports whether the tree gives verb k a subject that acts, whatever its tag says
// of the form: "called" is the past tense and the participle.
func (pg *Page) IsActive(k int) bool {
	b := pg.Sentences[pg.Words[k].Sent]
	subject := false
	for i := max(b.First, k-40); i < min(b.End, k+40); i++ {
		if t := &pg.Words[i]; t.Head == k {
			if t.Deprel == "nsubj:pass" || t.Deprel == "aux:pass" {
				return false
			}
			subject = subject || t.Deprel == "nsubj"
		}
	}
	return subject
}

// TreeSubject returns the word that the tree has as subject of word k: its own, or,
// where it shares it, that of the verb it hangs on ("left the country, saying …"); -1
// for none.
func (pg *Page) TreeSubject(k int) int {
	s := pg.Sentences[pg.Words[k].Sent]
	for n := 0; n < 3 && k >= 0; n++ {
		if i := pg.Dependent(k, max(s.First, k-40), min(s.End, k+40), "nsubj"); i >= 0 {
			return i
		}
		switch Relation(pg.Words[k].Deprel) {
		case "conj", "advcl", "xcomp", "parataxis", "advmod":
			k = pg.Words[k].Head
		default:
			return -1
		}
	}
	return -1
}

// maxClimb bounds the steps up a tree.
const maxClimb = 40

// ClauseHead returns the word that heads the clause of word k: the nearest above it that is
// the root or a clause of its own.
func (pg *Page) ClauseHead(k int) int {
	for range maxClimb {
		t := &pg.Words[k]
		if t.Head < 0 || t.Rel("ccomp", "advcl", "acl", "csubj", "parataxis") || t.Rel("conj") && (t.UPOS == "VERB" || t.UPOS == "AUX") {
			break
		}
		k = t.Head
	}
	return k
}

// ContentUnder reports whether word k stands below h in the tree, in its clause or in one
// that is the content of its act: not in one that only goes with it.
func (pg *Page) ContentUnder(k, h int) bool {
	for range maxClimb {
		if k == h {
			return true
		}
		t := &pg.Words[k]
		if t.Head < 0 || t.Deprel == "acl:relcl" || t.Rel("parataxis") || t.Rel("advcl") && pg.Kid(k, "nsubj") >= 0 || t.Rel("conj") && (t.UPOS == "VERB" || t.UPOS == "AUX") {
			return false
		}
		k = t.Head
	}
	return false
}

// Kids calls f for every word that hangs on word h, in the order of the text.
func (pg *Page) Kids(h int, f func(c int)) {
	b := pg.Sentences[pg.Words[h].Sent]
	for i := b.First; i < b.End; i++ {
		if pg.Words[i].Head == h {
			f(i)
		}
	}
}

// Kid returns the first word that hangs on h by one of the relations, subtypes included, or -1.
func (pg *Page) Kid(h int, rels ...string) int {
	b := pg.Sentences[pg.Words[h].Sent]
	return pg.Dependent(h, b.First, b.End, rels...)
}

// Adposition returns the preposition of the phrase that word h heads, or -1.
func (pg *Page) Adposition(h int) int {
	b := pg.Sentences[pg.Words[h].Sent]
	for i := h - 1; i >= b.First && i > h-12; i-- {
		if pg.Words[i].Head == h && pg.Words[i].Rel("case") && !pg.Words[i].Is(PossMark) {
			return i
		}
	}
	if c := pg.PhraseOf(h); c != nil && c.Head == h {
		return c.Adp
	}
	return -1
}

// MaxDepth bounds the steps down a tree and up from a word, for questions that follow what governs what.
const MaxDepth = 4

// subjectOf returns the head of the subject of the verb at k: its own, that of the
// verb it stands beside or depends on, or what its relative clause describes; or -1.
func (pg *Page) subjectOf(k, depth int) int {
	if depth == 0 {
		return -1
	}
	if s := pg.Kid(k, "nsubj"); s >= 0 {
		if pg.relative(s) {
			if a := pg.antecedentOfClause(k); a >= 0 {
				return a
			}
		}
		return s
	}
	t := &pg.Words[k]
	if t.Head < 0 {
		return -1
	}
	if !pg.predicates(t.Head) {
		return pg.subjectOfNounClause(k, depth)
	}
	shares := false // the subject with the verb that it hangs on
	switch Relation(t.Deprel) {
	case "conj":
		shares = !pg.Words[t.Head].Rel("amod", "acl") || pg.isRelative(t.Head)
	case "xcomp", "ccomp":
		if pg.asksFor(t.Head) {
			return pg.Kid(t.Head, "obj", "iobj") // who is asked to, who helps to
		}
		shares = t.Rel("xcomp") || t.Feats.Get("VerbForm") == "Inf" || pg.IsWanted(k)
	case "advcl":
		form := t.Feats.Get("VerbForm")
		shares = form == "Conv" || form == "Inf" || form == "Ger" || pg.Lex.Gerund(t.Lower)
	}
	if !shares {
		return -1
	}
	return pg.subjectOf(t.Head, depth-1)
}

// predicates reports whether word h is a verb or has a subject or copula as one.
func (pg *Page) predicates(h int) bool {
	u := pg.Words[h].UPOS
	return u == "VERB" || u == "AUX" || pg.Kid(h, "nsubj", "cop") >= 0
}

// asksFor reports whether verb h wants somebody else to act.
func (pg *Page) asksFor(h int) bool {
	t := &pg.Words[h]
	return t.Say.wants() || t.Trigger != nil && t.Trigger.Code == letopis.Request
}

// subjectOfNounClause returns the subject of the verb over the noun whose clause of what is wanted verb k heads
// ("взе решение да …"), or -1.
func (pg *Page) subjectOfNounClause(k, depth int) int {
	t := &pg.Words[k]
	up := &pg.Words[t.Head]
	if !t.Rel("acl") || pg.isRelative(k) || up.UPOS != "NOUN" || up.Head < 0 || pg.Words[up.Head].UPOS != "VERB" {
		return -1
	}
	return pg.subjectOf(up.Head, depth-1)
}

// relative reports whether word i is a relative word.
func (pg *Page) relative(i int) bool {
	return pg.Words[i].Is(Rel) || pg.Words[i].Feats.Get("PronType") == "Rel"
}

// IsWanted reports whether verb k stands in a clause of what is wanted: after "да".
func (pg *Page) IsWanted(k int) bool {
	found := false
	pg.Kids(k, func(c int) { found = found || c < k && pg.Words[c].Is(Da) })
	return found
}

// isRelative reports whether the clause of verb k has a relative word.
func (pg *Page) isRelative(k int) bool {
	found := false
	pg.Kids(k, func(c int) { found = found || pg.relative(c) })
	return found || pg.Words[k].Deprel == "acl:relcl"
}

// antecedentOfClause returns the head of the noun that the relative clause of verb
// k describes, also where k only stands beside the clause's first verb; or -1.
func (pg *Page) antecedentOfClause(k int) int {
	for range MaxDepth {
		t := &pg.Words[k]
		if t.Head < 0 {
			return -1
		}
		if t.Rel("acl") {
			return t.Head
		}
		if !t.Rel("conj", "xcomp", "cop", "aux") {
			return -1
		}
		k = t.Head
	}
	return -1
}

// VerbOver returns the verb that governs noun k, and whether k is its object or
// subject or stands right below one that is; or -1.
func (pg *Page) VerbOver(k int) (int, bool) {
	i := k
	for range MaxDepth {
		t := &pg.Words[i]
		if t.Head < 0 {
			return -1, false
		}
		h := &pg.Words[t.Head]
		if h.UPOS == "VERB" || h.UPOS == "AUX" {
			return t.Head, i == k && t.Rel("obj", "obl", "iobj", "nsubj", "xcomp")
		}
		if !t.Rel("nmod", "conj", "obl", "obj", "appos", "compound") {
			return -1, false
		}
		i = t.Head
	}
	return -1, false
}

// Under reports whether word i stands in the subtree of h.
func (pg *Page) Under(i, h int) bool {
	for n := 0; i >= 0 && n < 40; n++ {
		if i == h {
			return true
		}
		i = pg.Words[i].Head
	}
	return false
}

// Predicate returns the verb that word k is or hangs on, or -1.
func (pg *Page) Predicate(k int) int {
	for n := 0; k >= 0 && n < 12; n++ {
		if pg.Words[k].UPOS == "VERB" {
			return k
		}
		k = pg.Words[k].Head
	}
	return -1
}
