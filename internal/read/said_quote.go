package read

import (
	"letopis"
	"letopis/internal/page"
)

// This file finds whose words stand in quotation marks: a cue behind them or before them, a
// signature, a colon, or the speaker of the quotation before.

// directQuotes attributes the outermost quotations.
func (r *said) directQuotes() {
	for qi := range r.Quotes {
		q := &r.Quotes[qi]
		a, b := q.Content()
		if q.Depth > 0 || a >= b {
			continue
		}
		s := stmt{kind: letopis.Direct, first: a, end: b, cueFirst: -1, speaker: -1}
		n := r.CountWords(a, b)
		switch {
		case r.quoteThenCue(q, &s):
		case r.cueThenQuote(q, &s):
		case n >= 4 && r.carriedBack(qi, &s):
		case n >= 5 && r.OwnSentence(q) && r.carriedOn(q, &s):
		case r.IsNameQuote(q):
			r.trace.note(a, b, WhyTitle, "")
			continue
		default:
			r.trace.note(a, b, WhyScare, "")
			continue
		}
		if n < 2 && s.rule != "quote.colon" || r.IsNameQuote(q) {
			r.trace.note(a, b, WhyTitle, "")
			continue
		}
		r.tell(s)
	}
}

// quoteThenCue: «…», заявил X · "…", he said · "…", се казва в изявлението.
func (r *said) quoteThenCue(q *page.Quote, s *stmt) bool {
	j := r.pastQuotation(q)
	if j < 0 {
		return false
	}
	end := r.Sentences[r.Words[j].Sent].End
	if n := r.Lex.PhraseLen(r.Words, j, page.Attrib|page.AttribPoss); n > 0 && r.Lex.Has(page.FixedOrder) {
		return r.attribution(j, n, end, s, "quote.attrib")
	}
	if r.signed(j, end) {
		s.speaker, s.rule, s.found = r.PhraseAt[j], "quote.signed", "quote.signed"
		return s.speaker >= 0
	}
	k := r.cueBehind(j, end)
	if k < 0 {
		return r.verbBehind(j, end, s)
	}
	say := r.Words[k].Say
	s.cueFirst, s.cueEnd, s.say = k, k+1, say
	s.speaker = r.subjectOf(k, j, end, true)
	s.rule, s.found = "quote.cue."+say.Lemma, "quote.cue"
	if w := r.citedBy(s.speaker, end); w >= 0 {
		s.speaker, s.rule = w, "quote.cited."+say.Lemma
	}
	if s.speaker < 0 {
		s.found = "guessed"
		return r.fallbackSpeaker(q.Open, s)
	}
	return true
}

// pastQuotation returns the word after a quotation and what sets it off, in its paragraph; -1 where
// nothing sets it off, or nothing follows.
func (r *said) pastQuotation(q *page.Quote) int {
	j := q.Close + 1
	if q.Lost || j >= len(r.Words) {
		return -1
	}
	if a, b := &r.Words[q.Close], &r.Words[j]; a.Form == b.Form && a.End == b.Start && j+1 < len(r.Words) {
		j++ // the mark is written twice: ""So it is"", he said
	}
	sep := false
	if q.Close > 0 {
		switch r.Words[q.Close-1].Form {
		case ",", "!", "?", ".", "…", "...", "?!":
			sep = true
		}
	}
	for j < len(r.Words) && (r.Words[j].Form == "," || r.Words[j].Dash() || r.Words[j].Form == "." && sep) {
		sep = true
		j++
	}
	if !sep || j >= len(r.Words) || r.Sentences[r.Words[j].Sent].Para != r.Sentences[r.Words[q.Close].Sent].Para {
		return -1
	}
	return j
}

// signed reports whether a person's name alone stands at j, behind a dash: "…" – Name.
func (r *said) signed(j, end int) bool {
	n := r.Words[j].Name
	if n < 0 || j != r.Names[n].First || !r.Words[j-1].Dash() || r.Names[n].Type != letopis.Person {
		return false
	}
	last := r.Names[n].Last
	return last+1 >= end || r.Words[last+1].Form == "," || r.Words[last+1].Form == "."
}

// Bounds of the words in which the cue of a quotation is looked for: behind it, and of a cue
// without a comma before it; before it.
const (
	maxBehind     = 18
	maxBehindNear = 10
	maxBefore     = 25
)

// cueBehind returns the word of saying of a quotation that ends before j, or -1: it stands first, after
// clitics, or after its subject.
func (r *said) cueBehind(j, end int) int {
	for k := j; k < end && k < j+maxBehind; k++ {
		t := &r.Words[k]
		if r.endsBehind(k, j) || t.Say != nil && t.Feats.Get("VerbForm") == "Conv" && r.ComplementizerAfter(k, end) >= 0 {
			return -1 // "…", добавив, что …: a report of its own
		}
		if t.Say.Has('q') && (k < j+maxBehindNear || r.Words[k-1].Form == ",") || t.Say.Has('i') && k <= j+2 {
			return k
		}
	}
	return -1
}

// verbBehind takes a verb that no table knows as a word of saying for one where it stands right behind a quotation
// and whoever may speak right behind it: "…", избухна министърът. That order makes any verb one of saying.
func (r *said) verbBehind(j, end int, s *stmt) bool {
	k := j
	for k < end && k < j+2 && r.Words[k].Is(page.Refl|page.Aux) {
		k++
	}
	if k+1 >= end {
		return false
	}
	t := &r.Words[k]
	if t.UPOS != "VERB" || t.Feats.Get("VerbForm") != "Fin" || t.Say != nil || t.Is(page.Neg) || r.passiveCue(k) {
		return false
	}
	ci := r.PhraseAt[k+1]
	if ci < 0 || r.Phrases[ci].First != k+1 || !r.maySpeak(ci, k) {
		return false
	}
	s.cueFirst, s.cueEnd, s.speaker = k, k+1, ci
	s.rule, s.found = "quote.verb."+t.Lemma, "quote.verb"
	return true
}

// maySpeak reports whether phrase ci, behind the verb at k, is its subject and speaks of one who can speak.
func (r *said) maySpeak(ci, k int) bool {
	c := &r.Phrases[ci]
	h := &r.Words[c.Head]
	if cs := h.Feats.Get("Case"); c.Adp >= 0 || r.IsTime(c) || r.IsMedia(ci) || cs != "" && cs != "Nom" {
		return false
	}
	if n, m := h.Feats.Get("Number"), r.Words[k].Feats.Get("Number"); n != "" && m != "" && n != m {
		return false
	}
	return c.Name >= 0 && r.Names[c.Name].Type == letopis.Person || c.Pron && !h.Is(page.Neut) || r.HoldsOffice(c) || h.Is(page.People|page.Kin)
}

// endsBehind reports whether what follows a quotation at j no longer belongs to it from word k on.
func (r *said) endsBehind(k, j int) bool {
	t := &r.Words[k]
	switch {
	case t.Punct() && !t.Dash() && k > j && (t.Form != "," || k > j+maxBehindNear):
		return true
	case t.Is(page.And) && k == j:
		return true
	}
	return t.Is(page.Rel | page.Compl)
}

// citedBy returns whose words a medium cites: "…", цитира ТАСС текста на изявлението на X; or -1.
func (r *said) citedBy(medium, end int) int {
	if !r.IsMedia(medium) {
		return -1
	}
	if n := r.Phrases[medium].End; n < end && r.PhraseAt[n] >= 0 {
		return r.SaidIn(r.PhraseAt[n])
	}
	return -1
}

// before is what stands before a quotation.
type before struct {
	last, first int  // the last word of it, its sentence's first
	colon       bool // a colon sets it off
	comma       bool // a comma does
	compl       bool // a complementizer opens the quotation: he wrote that "…"
}

// beforeQuotation returns what stands before a quotation in its paragraph.
func (r *said) beforeQuotation(q *page.Quote) (b before, ok bool) {
	i := q.Open - 1
	if i < 0 || r.Sentences[r.Words[i].Sent].Para != r.Sentences[r.Words[q.Open].Sent].Para {
		return b, false
	}
	b = before{last: i, first: r.Sentences[r.Words[i].Sent].First, colon: r.Words[i].Form == ":", comma: r.Words[i].Form == ","}
	if r.Words[q.Open].Sent != r.Words[i].Sent && !b.colon {
		return b, false
	}
	if b.colon || b.comma || r.Words[i].Dash() {
		b.last--
	}
	b.compl = b.last >= b.first && b.last >= 0 && r.Words[b.last].Is(page.Compl)
	return b, true
}

// introduces reports whether a colon or complementizer ties the quotation to its cue.
func (b *before) introduces() bool { return b.colon || b.compl }

// cueThenQuote: X каза: "…" · he wrote that "…" · X: "…".
func (r *said) cueThenQuote(q *page.Quote, s *stmt) bool {
	b, ok := r.beforeQuotation(q)
	if !ok {
		return false
	}
	if k := r.cueBefore(&b); k >= 0 {
		return r.quoteAfter(q, k, &b, s)
	}
	if b.colon {
		// "Борисов: „…“": the phrase before the colon speaks.
		if c := r.PhraseOf(b.last); c != nil && (c.Name >= 0 || r.HoldsOffice(c)) && c.Adp < 0 && b.last-b.first < maxNameColon {
			s.speaker, s.rule, s.found = r.PhraseAt[b.last], "quote.colon", "quote.colon"
			return true
		}
	}
	return false
}

// maxNameColon bounds the words before a colon behind which the one named speaks.
const maxNameColon = 14

// maxLoose is how far a cue may stand before a quotation that neither colon nor complementizer ties to it.
const maxLoose = 3

// cueBefore returns the word of saying that introduces a quotation, or -1.
func (r *said) cueBefore(b *before) int {
	for k := b.last; k >= b.first && k > b.last-maxBefore; k-- {
		t := &r.Words[k]
		switch {
		case t.Is(page.Compl) && k == b.last:
			continue
		case t.Is(page.Compl) && !b.colon || t.Form == ";":
			return -1
		case t.Quote >= 0 && b.colon:
			continue
		case t.Quote >= 0:
			return -1
		case !t.Say.Has('q') && !(b.colon && t.Say.Has('c')):
			continue
		case !b.introduces() && (b.last-k > maxLoose || r.startsContent(k, b.last+1)):
			return -1
		case r.passiveCue(k):
			return -1 // "was accused of „…“": nobody is told to have said it
		}
		return k
	}
	return -1
}

// quoteAfter attributes a quotation to the word of saying at k before it.
func (r *said) quoteAfter(q *page.Quote, k int, b *before, s *stmt) bool {
	loose := !b.introduces() && !b.comma
	if n := q.Close + 1; loose && n < len(r.Words) && r.Words[n].Sent == r.Words[k].Sent && !r.Words[n].Punct() && !r.Words[n].Is(page.And) {
		return false // the quotation is a part of a phrase
	}
	say := r.Words[k].Say
	s.cueFirst, s.cueEnd, s.say = k, k+1, say
	s.speaker = r.subjectOf(k, b.first, b.last+1, false)
	s.rule, s.found = "cue.quote."+say.Lemma, "cue.quote"
	switch {
	case loose && r.CountWords(q.Open+1, q.Close) < 3:
		return false // "promising a „formal update“"
	case b.compl && !r.EndsSentence(q):
		return false // the quotation is part of a reported clause
	case s.speaker < 0:
		s.found = "guessed"
		return r.fallbackSpeaker(q.Open, s)
	}
	return true
}

// carriedOn takes the speaker of the statement just before for a quotation that
// stands alone.
func (r *said) carriedOn(q *page.Quote, s *stmt) bool {
	if len(r.stmts) == 0 {
		return r.fallbackSpeaker(q.Open, s)
	}
	p := &r.stmts[len(r.stmts)-1]
	if p.kind != letopis.Direct || r.Sentences[r.Words[q.Open].Sent].Para-r.Sentences[r.Words[p.end-1].Sent].Para > 1 {
		return r.fallbackSpeaker(q.Open, s)
	}
	s.speaker, s.mention, s.rule, s.found = p.speaker, p.mention, "quote.continued", "quote.continued"
	return p.mention[1] > p.mention[0]
}

// carriedBack takes the speaker of a quotation over several paragraphs, each of which a mark
// opens and only the last one closes, from where the last paragraph names him.
func (r *said) carriedBack(qi int, s *stmt) bool {
	q := &r.Quotes[qi]
	for n := 0; q.Lost && n < maxParagraphs; n++ {
		if qi++; qi >= len(r.Quotes) || !r.OpensPara(q.Open) || !r.OpensPara(r.Quotes[qi].Open) || r.Quotes[qi].Open != q.Close {
			return false
		}
		q = &r.Quotes[qi]
		last := stmt{kind: letopis.Direct, cueFirst: -1, speaker: -1}
		last.first, last.end = q.Content()
		if r.quoteThenCue(q, &last) && (last.speaker >= 0 || last.mention[1] > last.mention[0]) {
			s.speaker, s.mention, s.rule, s.found = last.speaker, last.mention, "quote.paragraphs", "quote.paragraphs"
			return true
		}
	}
	return false
}

// maxParagraphs bounds how far a quotation over several paragraphs is followed.
const maxParagraphs = 20

// fallbackSpeaker takes the last person named before token i in its paragraph
// or the one before.
func (r *said) fallbackSpeaker(i int, s *stmt) bool {
	if i >= len(r.Words) {
		return false
	}
	para := r.Sentences[r.Words[i].Sent].Para
	best := -1
	for k := i - 1; k >= 0 && r.Sentences[r.Words[k].Sent].Para >= para-1; k-- {
		ci := r.PhraseAt[k]
		if ci < 0 || r.Words[k].Quote >= 0 {
			continue
		}
		c := &r.Phrases[ci]
		k = c.First
		if cs := r.Words[c.Head].Feats.Get("Case"); c.Name >= 0 && r.Names[c.Name].Type == letopis.Person && c.Adp < 0 && (cs == "" || cs == "Nom") {
			best = ci
			break
		}
	}
	if best < 0 {
		return false
	}
	s.speaker = best
	if r.trace.notes() {
		r.trace.note(i, i+1, WhyLast, r.TextOf(r.Phrases[best].First, r.Phrases[best].End))
	}
	if s.rule == "" {
		s.rule, s.found = "quote.last", "quote.last"
	}
	return true
}
