package read

import "letopis/internal/page"

// This file answers where clauses begin and end, which phrase is the subject of
// a word of saying, and where its content lies. It reads tags, punctuation and the
// order of words; what the tree adds stands in clausetree.go.

// clauseBounds returns the token range around a cue in which its subject can stand.
func (r *said) clauseBounds(k int, b page.Sentence) (int, int) {
	lo := b.First
	for i := k - 1; i >= b.First; i-- {
		t := &r.Words[i]
		if t.Is(page.Compl) && !t.Is(page.Deictic) || t.Form == ";" || t.Form == ":" {
			lo = i + 1
			break
		}
		if t.Quote >= 0 && r.Words[k].Quote < 0 && r.Quotes[t.Quote].Depth == 0 && !r.IsNameQuote(&r.Quotes[t.Quote]) {
			lo = i + 1
			break
		}
	}
	return lo, b.End
}

// daAfter returns where the clause of what is wanted begins: its subject if one
// stands between ("поиска Германия да се откаже"), else its particle.
func (r *said) daAfter(k, end int) int {
	for i := k + 1; i < end && i < k+24; i++ {
		t := &r.Words[i]
		if t.Is(page.Da) || t.Feats.Get("VerbForm") == "Inf" && t.UPOS == "VERB" && r.Lex.Has(page.Infinitive) {
			if t.Is(page.Da) && r.Lex.Has(page.Infinitive) {
				return i + 1
			}
			return i
		}
		if t.Form == "," && !(i+1 < end && (r.Words[i+1].Is(page.Da) || r.Words[i+1].Is(page.Rel))) && !r.commaInName(i) || t.Form == ";" || t.Form == ":" || t.Is(page.Compl) || t.Say != nil && t.UPOS == "VERB" {
			return -1
		}
		if t.UPOS == "VERB" && t.Feats.Get("VerbForm") == "Fin" {
			return -1
		}
	}
	return -1
}

func (r *said) commaInName(i int) bool {
	return i+1 < len(r.Words) && r.PhraseAt[i+1] >= 0 && i > 0 && r.PhraseAt[i-1] >= 0
}

// bareClause returns where a clause without complementizer begins after a cue: "X said [on Monday] the deal was dead", or -1.
func (r *said) bareClause(k, end int) int {
	i := k + 1
	if i < end && r.Words[i].Form == "," {
		return -1
	}
	// Skip an addressee and time words.
	if r.Words[k].Is(page.Addressee) {
		if c := r.PhraseOf(i); c != nil {
			i = c.End
		}
	}
	for i < end && i < k+8 {
		c := r.PhraseOf(i)
		if c != nil && !r.IsTime(c) && (c.Adp < 0 || c.Adp <= k) {
			break
		}
		if c != nil {
			i = c.End
			continue
		}
		if r.Words[i].Form == "," || r.Words[i].Form == ":" {
			return -1
		}
		if r.Words[i].UPOS != "ADP" && r.Words[i].UPOS != "ADV" && r.Words[i].UPOS != "" {
			break
		}
		i++
	}
	if i >= end || !r.HasVerb(i, end) || r.CountWords(i, end) < 3 {
		return -1
	}
	if c := r.PhraseOf(i); c == nil && !r.Words[i].Is(page.Deictic) && r.Words[i].UPOS != "PRON" && r.Words[i].UPOS != "SCONJ" && r.Words[i].UPOS != "ADV" {
		return -1
	}
	return i
}

// prepAfter returns the preposition that opens the content of a frame p, or -1.
func (r *said) prepAfter(k, end int, preps []string) int {
	for i := k + 1; i < end && i < k+12; i++ {
		t := &r.Words[i]
		if t.Form == "," || t.Form == ":" || t.Form == ";" || t.Is(page.Compl) || t.UPOS == "VERB" {
			return -1
		}
		for _, p := range preps {
			if t.Lower == p {
				if c := r.PhraseOf(i + 1); c != nil && r.IsTime(c) {
					return -1 // "called on Tuesday"
				}
				return i
			}
		}
	}
	return -1
}

// invertedAt reports whether cue k stands after the words that it reports:
// a comma, dash or closing mark stands before it and its clitics.
func (r *said) invertedAt(k int, b page.Sentence) bool {
	if r.Words[k].Feats.Get("VerbForm") == "Conv" {
		return false
	}
	c := r.beforeCue(k)
	for i := c; i < k; i++ {
		if r.Words[i].Is(page.Da|page.Subord|page.Rel|page.Compl) && !r.Words[i].Is(page.As) {
			return false // a clause of its own: "…, за да отговори на …"
		}
	}
	return c > b.First && c < len(r.Words) && (r.Words[c].Form == "," || r.Words[c].Dash()) && r.HasVerb(b.First, c)
}

// beforeCue returns the index of the comma or dash that ends the words reported
// by an inverted cue, or k.
func (r *said) beforeCue(k int) int {
	for i := k - 1; i >= 0 && i > k-8 && r.Words[i].Sent == r.Words[k].Sent; i-- {
		t := &r.Words[i]
		if t.Form == "," || t.Dash() && !r.Tight(i) {
			if i > 0 && r.Words[i-1].Form == "," {
				i--
			}
			return i
		}
		c := r.PhraseOf(i)
		if c != nil && c.Adp < 0 { // "…, the ministry said"
			i = c.First
			continue
		}
		if !(t.Is(page.Refl|page.Aux|page.And) || t.UPOS == "ADV" || t.UPOS == "AUX" || t.UPOS == "PART" || t.UPOS == "ADP" || t.UPOS == "PRON" || c != nil) {
			break
		}
	}
	return k
}

// leadStart skips a dateline or credit that opens a sentence: "/ТАСС/", "МОСКВА, 12 марта. —".
func (r *said) leadStart(i int) int {
	if r.way.skipTo != nil {
		if j, ok := r.way.skipTo[i]; ok {
			return j
		}
	}
	return i
}

// contentEnd returns where reported words that begin at i end: at the sentence's
// end, or before what reports them ("…, предаде Ройтерс", "…, добави той") or
// another report of the same subject ("…, и обвини …").
func (r *said) contentEnd(i, end int) int {
	depth := 0
	for j := i; j < end; j++ {
		t := &r.Words[j]
		switch t.Form {
		case "(":
			depth++
		case ")":
			depth--
			if depth < 0 {
				return j
			}
		}
		if t.Quote >= 0 && r.Words[i].Quote != t.Quote {
			continue
		}
		if j > i && (t.Form == "," || t.Dash() && !r.Tight(j)) && r.reportTail(j+1, end) {
			return j
		}
		if t.Is(page.And) && j > i+2 && r.newReport(j+1, end) {
			return j
		}
		if t.Form == "," && j > i+2 && j+1 < end && r.Words[j+1].Say != nil && r.Words[j+1].Feats.Get("VerbForm") == "Conv" {
			return j // "…, добавив, что …"
		}
		if t.Form == ";" {
			return j
		}
	}
	return end
}

// reportTail reports whether the rest of a sentence says who reported it.
func (r *said) reportTail(j, end int) bool {
	if j >= end || end-j > 48 || r.CountWords(j, end) > 24 {
		return false
	}
	if r.Lex.PhraseLen(r.Words, j, page.Cite) > 0 || r.Lex.PhraseLen(r.Words, j, page.Attrib|page.AttribPoss) > 0 {
		return true
	}
	for k := j; k < end && k < j+6; k++ {
		t := &r.Words[k]
		if t.Is(page.Compl|page.Da|page.Rel) || t.Punct() {
			return false
		}
		if t.Say != nil && (t.Say.Has('i') || t.Say.Has('m')) {
			// "…, каза той" yes; "…, заявиха, че" begins a report of its own.
			return r.ComplementizerAfter(k, end) < 0
		}
		if !(t.Is(page.Refl|page.Aux) || t.UPOS == "ADV" || t.UPOS == "SCONJ" || t.UPOS == "AUX" || r.PhraseAt[k] >= 0 && r.Lex.Has(page.FixedOrder) || t.UPOS == "ADP") {
			return false
		}
	}
	return false
}

// newReport reports whether a coordinate clause at j has its own word of saying
// with its own content.
func (r *said) newReport(j, end int) bool {
	for k := j; k < end && k < j+4; k++ {
		t := &r.Words[k]
		if t.Punct() || t.Is(page.Compl) {
			return false
		}
		if t.Say != nil && (t.UPOS == "VERB" || t.UPOS == "") {
			if t.UPOS == "VERB" && t.Feats.Get("VerbForm") == "Fin" && (t.Say.Has('d') || t.Say.Has('n')) && k <= j+1 {
				return true
			}
			return r.ComplementizerAfter(k, end) >= 0 || t.Say.Has('q') && k+2 < end && r.Words[k+1].Form == ":" || t.Say.Has('d') && r.daAfter(k, end) >= 0 || t.Say.Has('a') || t.Say.Has('p') && r.prepAfter(k, end, t.Say.Preps) >= 0 || t.Say.Has('n') && r.ObjectAfter(k, end) >= 0
		}
	}
	return false
}

// impersonal finds the speaker of a subjectless report: the last speaker of the
// paragraph, or the document that is spoken of.
func (r *said) impersonal(k int, s *stmt) bool {
	f := r.Words[k].Feats
	if f.Get("Number") == "Plur" || f.Get("Person") == "1" || f.Get("VerbForm") == "Inf" || !(s.say.Has('c') || s.say.Has('i')) {
		return false
	}
	for i := len(r.stmts) - 1; i >= 0 && i > len(r.stmts)-3; i-- {
		p := &r.stmts[i]
		if p.mention[1] <= p.mention[0] || r.Sentences[r.Words[p.first].Sent].Para != r.Sentences[r.Words[k].Sent].Para {
			continue
		}
		s.speaker, s.mention = p.speaker, p.mention
		s.rule, s.found = s.rule+".same", s.found+".same"
		return true
	}
	return false
}

// phraseEnd returns where the content of a noun frame ends: like contentEnd, and
// before a verb that the same subject has next ("… и връчи нота").
func (r *said) phraseEnd(i, end int) int {
	end = r.contentEnd(i, end)
	for j := i + 1; j < end; j++ {
		t := &r.Words[j]
		if t.Quote >= 0 {
			continue
		}
		if t.Form == "," && j+1 < end && r.Words[j+1].Is(page.And) && r.HasVerb(j+1, end) {
			return j
		}
		next := j + 1
		for next < end && (r.Words[next].Is(page.Refl|page.Aux|page.Future) || r.Words[next].UPOS == "ADV") {
			next++
		}
		if next < end && r.Words[next].UPOS == "VERB" && r.Words[next].Feats.Get("VerbForm") != "Part" && r.Words[next].Feats.Get("VerbForm") != "Inf" &&
			(t.Is(page.And) || t.Form == ",") {
			return j
		}
	}
	return end
}

// passiveCue reports whether a word of saying says nothing of its subject: a
// passive participle ("обвинен в"), or the reflexive passive ("очаква се").
func (r *said) passiveCue(k int) bool {
	t := &r.Words[k]
	if t.Say.Has('s') || t.Say.Has('r') {
		return false
	}
	if t.Feats.Get("Voice") == "Pass" && (t.Feats.Get("VerbForm") == "Part" || t.UPOS == "ADJ") {
		return true
	}
	if t.XPOS == "VBN" && !r.IsPerfect(k) && !r.IsActive(k) {
		return true
	}
	for _, j := range [2]int{k - 1, k + 1} {
		if j >= 0 && j < len(r.Words) && r.Words[j].Is(page.ReflPass) && r.Words[j].Sent == t.Sent {
			return true
		}
	}
	return false
}

// asClause returns where the words begin that an opening clause attributes
// ("Както отбеляза посланикът, …"), or -1.
func (r *said) asClause(k int, b page.Sentence) int {
	i := k - 1
	for i > b.First && i > k-4 && !r.Words[i].Is(page.As) {
		i--
	}
	if i < b.First || !r.Words[i].Is(page.As) || i > b.First && r.Words[i-1].Form != "," {
		return -1
	}
	for j := k + 1; j < b.End; j++ {
		if c := r.PhraseOf(j); c != nil && c.End-1 > j {
			j = c.End - 1
			continue
		}
		if r.Words[j].Form == "," && r.CountWords(j, b.End) > 3 {
			return j + 1
		}
		if r.Words[j].Is(page.Compl) {
			return -1
		}
	}
	return -1
}
