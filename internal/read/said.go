package read

import (
	"letopis"
	"letopis/internal/linear"
	"letopis/internal/page"
)

// stmt is a statement in tokens of the document. The spans become code points
// in finish.
type stmt struct {
	kind             letopis.Kind
	first, end       int // content
	cueFirst, cueEnd int // -1 for none
	say              *page.Saying
	speaker          int    // chunk, -1 for none
	mention          [2]int // tokens that name the speaker; equal for none
	ent              int    // entity, -1 for none
	via              []string
	date             letopis.When
	recalled         bool
	conf             int // per cent
	rule             string
}

// said is what was said: the statements.
type said struct {
	*page.Page
	chooser
	cast *cast
	way  *way

	stmts   []stmt
	reach   []int  // by statement: the furthest end of it and those before it
	cueUsed []bool // by word: a statement has it as its cue

	// Who may speak at the cue at hand, ranges, scores and features: kept to allocate once.
	asked  []speakerScore
	learnt []int
	ranges []spanRange
	vec    linear.Vec
}

// whatWasSaid finds who said what: quotations with their cues first, then
// attributions without a verb, reported clauses, what is asked for, and headlines.
func whatWasSaid(pg *page.Page, c *cast, w *way, ask chooser) *said {
	r := &said{Page: pg, chooser: ask, cast: c, way: w, cueUsed: make([]bool, len(pg.Words))}
	r.directQuotes()
	for si := range r.Sentences {
		r.attributed(si)
		r.reported(si)
		r.headline(si)
	}
	r.settle()
	r.measureReach()
	return r
}

// tell appends a statement after trimming its content; too short contents are dropped.
func (r *said) tell(s stmt) bool {
	s.first, s.end = r.Trim(s.first, s.end)
	if s.end <= s.first {
		return false
	}
	if s.kind == letopis.Indirect && r.HasQuotation(s.first, s.end) {
		s.kind = letopis.Mixed
	}
	if s.speaker >= 0 {
		s.speaker = r.Apposed(s.speaker)
		s.mention = r.NameOf(s.speaker)
	}
	s.ent = -1
	r.stmts = append(r.stmts, s)
	for i := s.cueFirst; i >= 0 && i < s.cueEnd; i++ {
		r.cueUsed[i] = true
	}
	return true
}

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
	j := q.Close + 1
	if q.Lost || j >= len(r.Words) {
		return false
	}
	para := r.Sentences[r.Words[q.Close].Sent].Para
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
	if !sep || j >= len(r.Words) || r.Sentences[r.Words[j].Sent].Para != para {
		return false
	}
	end := r.Sentences[r.Words[j].Sent].End
	if n := r.Lex.PhraseLen(r.Words, j, page.Attrib|page.AttribPoss); n > 0 && r.Lex.Has(page.FixedOrder) {
		return r.attribution(j, n, end, s, "quote.attrib")
	}
	if r.Words[j].Name >= 0 && j == r.Names[r.Words[j].Name].First && r.Words[j-1].Dash() {
		// "…" – Name: a signature.
		m := &r.Names[r.Words[j].Name]
		if m.Typ == letopis.Person && (m.Last+1 >= end || r.Words[m.Last+1].Form == "," || r.Words[m.Last+1].Form == ".") {
			s.speaker, s.rule, s.conf = r.PhraseAt[j], "quote.signed", 75
			return s.speaker >= 0
		}
	}
	// The cue stands first, after clitics, or after its subject.
	for k := j; k < end && k < j+18; k++ {
		t := &r.Words[k]
		if t.Punct() && !t.Dash() && k > j && (t.Form != "," || k > j+10) || t.Is(page.Rel) || t.Is(page.And) && k == j {
			break
		}
		if t.Is(page.Compl) {
			break
		}
		if t.Say != nil && t.Feats.Get("VerbForm") == "Conv" && r.ComplementizerAfter(k, end) >= 0 {
			break // "…", добавив, что …: a report of its own
		}
		if t.Say.Has('q') && (k < j+10 || r.Words[k-1].Form == ",") || t.Say.Has('i') && k <= j+2 {
			s.cueFirst, s.cueEnd, s.say = k, k+1, t.Say
			s.speaker = r.subjectOf(k, j, end, true)
			s.rule, s.conf = "quote.cue."+t.Say.Lemma, 92
			if r.IsMedia(s.speaker) {
				// "…", цитира ТАСС текста на изявлението на X: the words are X's.
				if n := r.Phrases[s.speaker].End; n < end && r.PhraseAt[n] >= 0 {
					if w := r.SaidIn(r.PhraseAt[n]); w >= 0 {
						s.speaker, s.rule = w, "quote.cited."+t.Say.Lemma
					}
				}
			}
			if s.speaker < 0 {
				s.conf = 50
				return r.fallbackSpeaker(q.Open, s)
			}
			return true
		}
	}
	return false
}

// cueThenQuote: X каза: "…" · he wrote that "…" · X: "…".
func (r *said) cueThenQuote(q *page.Quote, s *stmt) bool {
	i := q.Open - 1
	if i < 0 || r.Sentences[r.Words[i].Sent].Para != r.Sentences[r.Words[q.Open].Sent].Para {
		return false
	}
	first := r.Sentences[r.Words[i].Sent].First
	colon := r.Words[i].Form == ":"
	if r.Words[q.Open].Sent != r.Words[i].Sent && !colon {
		return false
	}
	if colon || r.Words[i].Form == "," || r.Words[i].Dash() {
		i--
	}
	compl := false
	for k := i; k >= first && k > i-25; k-- {
		t := &r.Words[k]
		if t.Is(page.Compl) && k == i {
			compl = true
			continue
		}
		if t.Is(page.Compl) && !colon || t.Form == ";" {
			break
		}
		if t.Quote >= 0 {
			if colon {
				continue
			}
			break
		}
		if t.Say.Has('q') || colon && t.Say.Has('c') {
			if !colon && !compl && (i-k > 3 || r.startsContent(k, i+1)) {
				break
			}
			if r.passiveCue(k) {
				break // "was accused of „…“": nobody is told to have said it
			}
			if n := q.Close + 1; !colon && !compl && r.Words[q.Open-1].Form != "," && n < len(r.Words) && r.Words[n].Sent == r.Words[k].Sent && !r.Words[n].Punct() && !r.Words[n].Is(page.And) {
				return false // the quotation is a part of a phrase
			}
			s.cueFirst, s.cueEnd, s.say = k, k+1, t.Say
			s.speaker = r.subjectOf(k, first, i+1, false)
			s.rule, s.conf = "cue.quote."+t.Say.Lemma, 85
			if !colon && !compl && r.Words[q.Open-1].Form != "," && r.CountWords(q.Open+1, q.Close) < 3 {
				return false // "promising a „formal update“"
			}
			if compl && !r.EndsSentence(q) {
				return false // the quotation is part of a reported clause
			}
			if s.speaker < 0 {
				s.conf = 50
				return r.fallbackSpeaker(q.Open, s)
			}
			return true
		}
	}
	if colon {
		// "Борисов: „…“": the phrase before the colon speaks.
		if c := r.PhraseOf(i); c != nil && (c.Name >= 0 || r.HoldsOffice(c)) && c.Adp < 0 && i-first < 14 {
			s.speaker, s.rule, s.conf = r.PhraseAt[i], "quote.colon", 75
			return true
		}
	}
	return false
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
	s.speaker, s.mention, s.rule, s.conf = p.speaker, p.mention, "quote.continued", 65
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
			s.speaker, s.mention, s.rule, s.conf = last.speaker, last.mention, "quote.paragraphs", 65
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
		if cs := r.Words[c.Head].Feats.Get("Case"); c.Name >= 0 && r.Names[c.Name].Typ == "PER" && c.Adp < 0 && (cs == "" || cs == "Nom") {
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
		s.rule, s.conf = "quote.last", 45
	}
	return true
}

// attributed: според X, … · …, according to X · по его словам, ….
func (r *said) attributed(si int) {
	b := r.Sentences[si]
	for i := b.First; i < b.End; i++ {
		t := &r.Words[i]
		if t.Quote >= 0 || !t.Is(page.Attrib|page.AttribPoss) || r.cueUsed[i] {
			continue
		}
		n := r.Lex.PhraseLen(r.Words, i, page.Attrib|page.AttribPoss)
		if n == 0 {
			continue
		}
		s := stmt{kind: letopis.Indirect, cueFirst: -1, speaker: -1}
		if r.attribution(i, n, b.End, &s, "attrib") {
			lead := r.CountWords(b.First, i) <= 3 || t.Capital()
			after := s.first // attribution sets first to the token after the speaker
			if lead {
				after = r.pastComma(after, b.End)
			}
			if lead || r.Words[after-1].Is(page.Rel) || i > b.First && r.Words[i-1].Is(page.Compl) || r.clauseStart(i) && r.CountWords(after, b.End) > 3 {
				s.first, s.end = after, r.contentEnd(after, b.End)
			} else {
				s.first, s.end = r.leadStart(b.First), i
			}
			if r.IsMedia(s.speaker) {
				continue
			}
			r.tell(s)
			i = max(i, after-1)
		}
	}
}

// clauseStart reports whether token i begins a coordinate clause: "…, а според X …".
func (r *said) clauseStart(i int) bool { return i > 0 && r.Words[i-1].Is(page.And) }

// attribution reads "according to" of n tokens at i and its speaker; s.first is
// set to the token after it.
func (r *said) attribution(i, n, end int, s *stmt, rule string) bool {
	s.cueFirst, s.cueEnd = i, i+n
	s.rule, s.conf = rule+"."+r.Words[i].Lower, 80
	j := i + n
	if r.Lex.PhraseLen(r.Words, i, page.AttribPoss) == n {
		for k := i; k < i+n; k++ {
			if r.Words[k].Is(page.Poss) {
				s.mention = [2]int{k, k + 1}
			}
		}
		s.first = j
		s.conf = 70
		return true
	}
	if j < end && r.PhraseAt[j] >= 0 {
		s.speaker = r.PhraseAt[j]
		if r.Phrases[s.speaker].First < j {
			// "по словам президента" is one phrase by its tags; he is its second part.
			if sub := r.PhraseFrom(j); sub >= 0 {
				s.speaker = sub
			}
		}
		c := &r.Phrases[s.speaker]
		if r.IsTime(c) {
			return false
		}
		s.first = c.End
		// An apposition follows: "според министъра, Иван Петров, …".
		return true
	}
	if j < end && r.Words[j].Is(page.Rel) && i > 0 {
		// "…, според който …": the phrase before the comma.
		for k := i - 1; k >= 0 && k > i-12 && r.Words[k].Sent == r.Words[i].Sent; k-- {
			if ci := r.PhraseAt[k]; ci >= 0 {
				s.speaker, s.first = ci, j+1
				return true
			}
		}
		return false
	}
	if j < end && r.Words[j].Is(page.Poss|page.Masc|page.Fem|page.Plur) {
		s.mention = [2]int{j, j + 1}
		s.first = j + 1
		return true
	}
	return false
}

// reported: X каза, че … · …, каза X · X призова Y да … · X подчерта важността на ….
func (r *said) reported(si int) {
	b := r.Sentences[si]
	for k := b.First; k < b.End; k++ {
		t := &r.Words[k]
		if t.UPOS == "NOUN" && len(r.Lex.SayNoun) > 0 && t.Quote < 0 {
			r.nounCue(k, b)
			continue
		}
		if t.Say == nil || r.cueUsed[k] || t.Quote >= 0 && r.quoteCovered(t.Quote) {
			continue
		}
		if !r.cue(k, b) && !r.passiveCue(k) && !r.way.creditCue[k] {
			r.trace.note(k, k+1, WhyNoContent, t.Say.Frames)
		}
	}
}

// quoteCovered reports whether a quotation is already a statement.
func (r *said) quoteCovered(qi int) bool {
	q := &r.Quotes[qi]
	for i := range r.stmts {
		if s := &r.stmts[len(r.stmts)-1-i]; s.kind == letopis.Direct && s.first <= q.Open+1 && s.end >= q.Close-1 {
			return true
		}
	}
	return false
}

// cue tries the frames of the word of saying at k, the surest first.
func (r *said) cue(k int, b page.Sentence) bool {
	e := r.Words[k].Say
	if r.passiveCue(k) {
		r.trace.note(k, k+1, WhyPassive, "")
		return false
	}
	s := stmt{kind: letopis.Indirect, cueFirst: k, cueEnd: k + 1, say: e, speaker: -1}
	lo, hi := r.clauseBounds(k, b)
	find := func(rule string, conf int, inverted bool) bool {
		s.rule, s.conf = rule+"."+e.Lemma, conf
		if inverted {
			lo = max(lo, r.beforeCue(k))
		}
		if s.speaker = r.converbSubject(k); s.speaker < 0 {
			s.speaker = r.sharedSubject(k)
		}
		if s.speaker < 0 {
			s.speaker = r.subjectOf(k, lo, hi, inverted)
		}
		if r.IsMedia(s.speaker) && (e.Has('m') || inverted) || r.way.creditCue[k] {
			return false
		}
		if s.speaker < 0 {
			if !r.impersonal(k, &s) {
				return false
			}
		}
		return r.tell(s)
	}
	d := -1
	if e.Has('d') {
		d = r.daAfter(k, b.End)
	}
	if e.Has('c') {
		if c := r.ComplementizerAfter(k, b.End); c >= 0 && (d < 0 || c <= d) {
			s.first, s.end = c+1, r.contentEnd(c+1, b.End)
			return find("clause", 88, false)
		}
	}
	if c := r.asClause(k, b); c >= 0 {
		s.first, s.end = c, r.contentEnd(c, b.End)
		return find("as", 80, true)
	}
	ahead := e.Has('z') && r.aheadOf(k, b)
	if e.Has('i') {
		if first, end, ok := r.broken(k, b); ok {
			s.first, s.end = first, end
			return find("broken", 78, true)
		}
	}
	if e.Has('i') && !ahead && r.invertedAt(k, b) {
		s.first, s.end = r.leadStart(b.First), r.beforeCue(k)
		if m := &r.Words[s.end-1]; s.end > s.first+3 && page.IsMark(m.Form) && m.Closes < 0 && m.Opens < 0 && m.Quote < 0 {
			s.kind, s.end = letopis.Direct, s.end-1 // its opening mark was lost
		}
		if r.CountWords(s.first, s.end) >= 2 {
			if r.dashed(k, b) {
				s.kind = letopis.Direct
			}
			if !find("inverted", 85, true) {
				return false
			}
			if s.kind == letopis.Direct && r.dashed(k, b) {
				r.dashedOn(k, b, s)
			}
			return true
		}
	}
	if si := r.Words[k].Sent; r.PointsBack(b, k) && si > 0 {
		// "…. Това заяви X": the words are the sentence before.
		p := r.Sentences[si-1]
		s.first, s.end = r.leadStart(p.First), p.End
		return find("before", 75, true)
	}
	if d >= 0 {
		s.first, s.end = d, r.wantedEnd(d, b.End)
		return find("wanted", 78, false)
	}
	if e.Has('c') || e.Has('z') {
		if k+2 < b.End && r.Words[k+1].Form == ":" && r.Words[k+1].Quote < 0 {
			s.first, s.end = k+2, b.End
			return find("colon", 70, false)
		}
	}
	if e.Has('z') {
		if z := r.bareClause(k, b.End); z >= 0 {
			s.first, s.end = z, r.contentEnd(z, b.End)
			return find("bare", 72, false)
		}
	}
	if e.Has('a') {
		if c := r.ObjectAfter(k, b.End); c >= 0 {
			s.first, s.end = c, r.phraseEnd(c, b.End)
			return find("describe", 65, false)
		}
	}
	if e.Has('p') {
		if p := r.prepAfter(k, b.End, e.Preps); p >= 0 {
			s.first, s.end = p+1, r.phraseEnd(p+1, b.End)
			return find("about", 62, false)
		}
	}
	if e.Has('n') {
		if c := r.ObjectAfter(k, b.End); c >= 0 && r.CountWords(c, b.End) >= 2 {
			if m := r.ComplementizerAfter(c, min(b.End, c+8)); m >= 0 {
				// "изразиха опасения, че …": the clause is what they said.
				s.first, s.end = m+1, r.contentEnd(m+1, b.End)
				return find("object.clause", 66, false)
			}
			s.first, s.end = c, r.phraseEnd(c, b.End)
			return find("object", 58, false)
		}
	}
	return false
}

// dashed reports whether sentence b is speech that a dash introduces, and the cue at k stands
// behind another: "— Ще го затворим — каза X".
func (r *said) dashed(k int, b page.Sentence) bool {
	opens := b.First == 0 || r.Sentences[r.Words[b.First-1].Sent].Para != b.Para
	return opens && r.Words[b.First].Dash() && k > b.First+1 && r.Words[k-1].Dash()
}

// dashedOn states what goes on behind the cue at k: after a dash in its sentence, and in the
// next sentence of the paragraph where a dash opens it.
func (r *said) dashedOn(k int, b page.Sentence, s stmt) {
	s.cueFirst, s.cueEnd, s.rule, s.conf = -1, -1, "dash.continued", 70
	for i := k + 1; i+1 < b.End; i++ {
		if r.Words[i].Dash() {
			s.first, s.end = i+1, b.End
			r.tell(s)
			return
		}
	}
	if next := r.Words[b.First].Sent + 1; next < len(r.Sentences) && r.Sentences[next].Para == b.Para && r.Words[r.Sentences[next].First].Dash() {
		s.first, s.end = r.Sentences[next].First+1, r.Sentences[next].End
		r.tell(s)
	}
}

// headline: "Трюдо: Канада преговаря с Пакистан".
func (r *said) headline(si int) {
	b := r.Sentences[si]
	if b.End-b.First > 40 {
		return
	}
	for i := b.First + 1; i < b.End-2 && i < b.First+8; i++ {
		if r.Words[i].Form != ":" {
			continue
		}
		c := r.PhraseOf(i - 1)
		if c == nil || c.First != b.First || c.Name < 0 && !r.HoldsOffice(c) && !r.Words[c.Head].Is(page.People|page.Kin) || r.Words[i+1].Quote >= 0 || r.Words[i+1].UPOS == "NUM" {
			return
		}
		if _, ok := page.MarkOf(r.Words[i+1].Form); ok != "" {
			return
		}
		if c.Name >= 0 && r.Names[c.Name].Typ != "PER" && r.Names[c.Name].Typ != "ORG" && r.Names[c.Name].Country == "" {
			return
		}
		if r.HasVerb(i+1, b.End) || r.CountWords(i+1, b.End) >= 4 {
			r.tell(stmt{kind: letopis.Indirect, first: i + 1, end: b.End, cueFirst: -1, speaker: r.PhraseAt[i-1], rule: "headline.colon", conf: 70})
		}
		return
	}
}

// startsContent reports whether the words between a cue and a quotation already
// say something: "обяви готовността на Китай „…“" is mixed, "каза пред БТА: „…“" is not.
func (r *said) startsContent(k, end int) bool {
	c := r.ObjectAfter(k, end)
	if c < 0 {
		return false
	}
	ch := r.PhraseOf(c)
	return ch.Name < 0 && !ch.Pron && !r.HoldsOffice(ch) && !r.Words[ch.Head].Is(page.People|page.Media|page.Kin)
}

// sharedSubject returns the speaker of the report that cue k goes on from: "X
// заяви, че …, и призова …" has one subject for both.
func (r *said) sharedSubject(k int) int {
	j := k - 1
	for j >= 0 && (r.Words[j].Is(page.Refl|page.Aux|page.Future) || r.Words[j].UPOS == "ADV") {
		j--
	}
	if j < 0 || !r.Words[j].Is(page.And) || r.Words[j].Sent != r.Words[k].Sent || len(r.stmts) == 0 {
		return -1
	}
	p := &r.stmts[len(r.stmts)-1]
	if p.cueFirst < 0 || r.Words[p.cueFirst].Sent != r.Words[k].Sent || p.end > j || p.end < j-2 || p.cueFirst > k {
		return -1
	}
	return p.speaker
}

// pastComma returns the token after the comma that closes an opening attribution,
// if no verb stands before it: "According to the ministry in Athens, …".
func (r *said) pastComma(i, end int) int {
	for j := i; j < end && j < i+9; j++ {
		t := &r.Words[j]
		if t.Form == "," {
			return j + 1
		}
		if t.UPOS == "VERB" || t.UPOS == "AUX" || t.Is(page.Aux|page.Future) {
			break
		}
	}
	return i
}

// wantedEnd returns where a clause of what is wanted ends: before a relative
// clause or an aside that a preposition opens after a comma.
func (r *said) wantedEnd(i, end int) int {
	end = r.contentEnd(i, end)
	for j := i + 1; j+1 < end; j++ {
		if r.Words[j].Is(page.And) && r.Words[j].Quote < 0 && r.pastVerb(j+1, end) {
			return j // nobody wants what has happened: the next verb is of the one who asks
		}
	}
	for j := i + 2; j+2 < end; j++ {
		if r.Words[j].Form != "," || r.Words[j].Quote >= 0 {
			continue
		}
		if n := &r.Words[j+1]; r.Words[j+2].Is(page.Rel) || n.Is(page.Rel) || n.UPOS == "SCONJ" && !n.Is(page.Da|page.Compl) || n.UPOS == "ADP" && r.Lex.Has(page.FixedOrder) {
			return j
		}
	}
	return end
}

// pastVerb reports whether a finite verb of the past stands at i, its clitics and adverbs aside.
func (r *said) pastVerb(i, end int) bool {
	for i < end && (r.Words[i].Is(page.Refl|page.Aux) || r.Words[i].UPOS == "ADV") {
		i++
	}
	return i < end && r.Words[i].UPOS == "VERB" && r.Words[i].Feats.Get("Tense") == "Past" && r.Words[i].Feats.Get("VerbForm") == "Fin"
}
