package read

import "letopis"

// stmt is a statement in tokens of the document. The spans become code points
// in finish.
type stmt struct {
	kind             letopis.Kind
	first, end       int // content
	cueFirst, cueEnd int // -1 for none
	say              *sayEntry
	speaker          int    // chunk, -1 for none
	mention          [2]int // tokens that name the speaker; equal for none
	ent              int    // entity, -1 for none
	via              []string
	date             letopis.When
	recalled         bool
	conf             int // per cent
	rule             string
}

// statements finds who said what: quotations with their cues first, then
// attributions without a verb, reported clauses, what is asked for, and headlines.
func (r *reading) statements() {
	r.cueUsed = make([]bool, len(r.toks))
	r.directQuotes()
	for si := range r.sents {
		r.attributed(si)
		r.reported(si)
		r.headline(si)
	}
	r.settle()
}

// tell appends a statement after trimming its content; too short contents are dropped.
func (r *reading) tell(s stmt) bool {
	s.first, s.end = r.trim(s.first, s.end)
	if s.end <= s.first {
		return false
	}
	if s.kind == letopis.Indirect && r.hasQuote(s.first, s.end) {
		s.kind = letopis.Mixed
	}
	if s.speaker >= 0 {
		s.speaker = r.apposed(s.speaker)
		s.mention = r.speakerWords(s.speaker)
	}
	s.ent = -1
	r.stmts = append(r.stmts, s)
	for i := s.cueFirst; i >= 0 && i < s.cueEnd; i++ {
		r.cueUsed[i] = true
	}
	return true
}

// speakerWords returns the tokens that name the speaker: the name if the phrase
// has one, else the whole phrase.
func (r *reading) speakerWords(ci int) [2]int {
	c := &r.chunks[ci]
	if c.name >= 0 {
		m := &r.names[c.name]
		if m.typ == "PER" || c.head >= m.first && c.head <= m.last {
			return [2]int{m.first, m.last + 1}
		}
	}
	return [2]int{c.first, c.end}
}

// apposed returns the name that stands right after a described speaker and is
// theirs: "експертът от банката ING | Вирадж Пател".
func (r *reading) apposed(ci int) int {
	c := &r.chunks[ci]
	if c.name >= 0 && r.names[c.name].typ == letopis.Person || c.pron || !r.office(c) && !r.toks[c.head].is(clPeople|clKin) {
		return ci
	}
	for j, n := c.end, 0; j < r.sents[c.sent].end && n < 4; n++ {
		if t := &r.toks[j]; t.closes >= 0 || isMark(t.form) {
			j++
			continue
		}
		if r.toks[j].is(clGenPrep) && j+1 < len(r.toks) {
			// "Governor of Washington Chris Gregoire"
			of := r.chunkAt[j+1]
			if of < 0 || r.chunks[of].sent != c.sent || r.chunks[of].name >= 0 && r.names[r.chunks[of].name].typ == letopis.Person {
				break
			}
			j = r.chunks[of].end
			continue
		}
		next := r.chunkAt[j]
		if next < 0 || r.chunks[next].adp >= 0 {
			break
		}
		d := &r.chunks[next]
		if d.name >= 0 && r.names[d.name].typ == letopis.Person && r.names[d.name].first == d.first {
			return next
		}
		break
	}
	return ci
}

// hasQuote reports whether a quotation of two or more words stands in the range:
// one of a single name or term does not make a clause mixed.
func (r *reading) hasQuote(i, j int) bool {
	for qi := r.quoteFrom(i); qi < len(r.quotes) && r.quotes[qi].open < j; qi++ {
		q := &r.quotes[qi]
		if q.open >= i && q.close < j && r.wordsIn(q.open+1, q.close) >= 1 && !r.nameQuote(q) {
			return true
		}
	}
	return false
}

// nameQuote reports whether a quotation is a name or title: "Северный поток-2".
func (r *reading) nameQuote(q *quote) bool {
	a, b := q.content()
	if a >= b {
		return true
	}
	if n := r.toks[a].name; n >= 0 && r.names[n].last >= b-2 {
		return true
	}
	n := r.wordsIn(a, b)
	return n <= 4 && r.toks[a].capital() && !r.hasVerb(a, b)
}

func (r *reading) wordsIn(i, j int) int {
	n := 0
	for ; i < j; i++ {
		if !r.toks[i].punct() {
			n++
		}
	}
	return n
}

// hasVerb reports whether a verb stands in the range.
func (r *reading) hasVerb(i, j int) bool {
	for ; i < j; i++ {
		if u := r.toks[i].upos; u == "VERB" || u == "AUX" || r.toks[i].is(clAux|clFuture) {
			return true
		}
	}
	return false
}

// directQuotes attributes the outermost quotations.
func (r *reading) directQuotes() {
	for qi := range r.quotes {
		q := &r.quotes[qi]
		a, b := q.content()
		if q.depth > 0 || a >= b {
			continue
		}
		s := stmt{kind: letopis.Direct, first: a, end: b, cueFirst: -1, speaker: -1}
		n := r.wordsIn(a, b)
		switch {
		case r.quoteThenCue(q, &s):
		case r.cueThenQuote(q, &s):
		case n >= 4 && r.carriedBack(qi, &s):
		case n >= 5 && r.ownSentence(q) && r.carriedOn(q, &s):
		case r.nameQuote(q):
			r.note(a, b, WhyTitle, "")
			continue
		default:
			r.note(a, b, WhyScare, "")
			continue
		}
		if n < 2 && s.rule != "quote.colon" || r.nameQuote(q) {
			r.note(a, b, WhyTitle, "")
			continue
		}
		r.tell(s)
	}
}

// quoteThenCue: «…», заявил X · "…", he said · "…", се казва в изявлението.
func (r *reading) quoteThenCue(q *quote, s *stmt) bool {
	j := q.close + 1
	if q.lost || j >= len(r.toks) {
		return false
	}
	para := r.sents[r.toks[q.close].sent].para
	sep := false
	if q.close > 0 {
		switch r.toks[q.close-1].form {
		case ",", "!", "?", ".", "…", "...", "?!":
			sep = true
		}
	}
	for j < len(r.toks) && (r.toks[j].form == "," || r.toks[j].dash() || r.toks[j].form == "." && sep) {
		sep = true
		j++
	}
	if !sep || j >= len(r.toks) || r.sents[r.toks[j].sent].para != para {
		return false
	}
	end := r.sents[r.toks[j].sent].end
	if n := r.lex.phraseLen(r.toks, j, clAttrib|clAttribPoss); n > 0 && r.lex.has(trFixedOrder) {
		return r.attribution(j, n, end, s, "quote.attrib")
	}
	if r.toks[j].name >= 0 && j == r.names[r.toks[j].name].first && r.toks[j-1].dash() {
		// "…" – Name: a signature.
		m := &r.names[r.toks[j].name]
		if m.typ == letopis.Person && (m.last+1 >= end || r.toks[m.last+1].form == "," || r.toks[m.last+1].form == ".") {
			s.speaker, s.rule, s.conf = r.chunkAt[j], "quote.signed", 75
			return s.speaker >= 0
		}
	}
	// The cue stands first, after clitics, or after its subject.
	for k := j; k < end && k < j+18; k++ {
		t := &r.toks[k]
		if t.punct() && !t.dash() && k > j && (t.form != "," || k > j+10) || t.is(clRel) || t.is(clAnd) && k == j {
			break
		}
		if t.is(clCompl) {
			break
		}
		if t.say != nil && t.feats.Get("VerbForm") == "Conv" && r.complAfter(k, end) >= 0 {
			break // "…", добавив, что …: a report of its own
		}
		if t.say.has('q') && (k < j+10 || r.toks[k-1].form == ",") || t.say.has('i') && k <= j+2 {
			s.cueFirst, s.cueEnd, s.say = k, k+1, t.say
			s.speaker = r.subjectOf(k, j, end, true)
			s.rule, s.conf = "quote.cue."+t.say.lemma, 92
			if r.mediaChunk(s.speaker) {
				// "…", цитира ТАСС текста на изявлението на X: the words are X's.
				if n := r.chunks[s.speaker].end; n < end && r.chunkAt[n] >= 0 {
					if w := r.saidIn(r.chunkAt[n]); w >= 0 {
						s.speaker, s.rule = w, "quote.cited."+t.say.lemma
					}
				}
			}
			if s.speaker < 0 {
				s.conf = 50
				return r.fallbackSpeaker(q.open, s)
			}
			return true
		}
	}
	return false
}

// cueThenQuote: X каза: "…" · he wrote that "…" · X: "…".
func (r *reading) cueThenQuote(q *quote, s *stmt) bool {
	i := q.open - 1
	if i < 0 || r.sents[r.toks[i].sent].para != r.sents[r.toks[q.open].sent].para {
		return false
	}
	first := r.sents[r.toks[i].sent].first
	colon := r.toks[i].form == ":"
	if r.toks[q.open].sent != r.toks[i].sent && !colon {
		return false
	}
	if colon || r.toks[i].form == "," || r.toks[i].dash() {
		i--
	}
	compl := false
	for k := i; k >= first && k > i-25; k-- {
		t := &r.toks[k]
		if t.is(clCompl) && k == i {
			compl = true
			continue
		}
		if t.is(clCompl) && !colon || t.form == ";" {
			break
		}
		if t.quote >= 0 {
			if colon {
				continue
			}
			break
		}
		if t.say.has('q') || colon && t.say.has('c') {
			if !colon && !compl && (i-k > 3 || r.startsContent(k, i+1)) {
				break
			}
			if r.passiveCue(k) {
				break // "was accused of „…“": nobody is told to have said it
			}
			if n := q.close + 1; !colon && !compl && r.toks[q.open-1].form != "," && n < len(r.toks) && r.toks[n].sent == r.toks[k].sent && !r.toks[n].punct() && !r.toks[n].is(clAnd) {
				return false // the quotation is a part of a phrase
			}
			s.cueFirst, s.cueEnd, s.say = k, k+1, t.say
			s.speaker = r.subjectOf(k, first, i+1, false)
			s.rule, s.conf = "cue.quote."+t.say.lemma, 85
			if !colon && !compl && r.toks[q.open-1].form != "," && r.wordsIn(q.open+1, q.close) < 3 {
				return false // "promising a „formal update“"
			}
			if compl && !r.endsSentence(q) {
				return false // the quotation is part of a reported clause
			}
			if s.speaker < 0 {
				s.conf = 50
				return r.fallbackSpeaker(q.open, s)
			}
			return true
		}
	}
	if colon {
		// "Борисов: „…“": the phrase before the colon speaks.
		if c := r.chunkOf(i); c != nil && (c.name >= 0 || r.office(c)) && c.adp < 0 && i-first < 14 {
			s.speaker, s.rule, s.conf = r.chunkAt[i], "quote.colon", 75
			return true
		}
	}
	return false
}

// endsSentence reports whether nothing but punctuation follows the quotation.
func (r *reading) endsSentence(q *quote) bool {
	if q.close >= len(r.toks) {
		return true
	}
	end := r.sents[r.toks[q.close].sent].end
	for i := q.close + 1; i < end; i++ {
		if !r.toks[i].punct() {
			return false
		}
	}
	return true
}

// ownSentence reports whether the quotation begins a sentence and ends one.
func (r *reading) ownSentence(q *quote) bool {
	return r.sents[r.toks[q.open].sent].first == q.open && (q.lost || r.endsSentence(q))
}

// carriedOn takes the speaker of the statement just before for a quotation that
// stands alone.
func (r *reading) carriedOn(q *quote, s *stmt) bool {
	if len(r.stmts) == 0 {
		return r.fallbackSpeaker(q.open, s)
	}
	p := &r.stmts[len(r.stmts)-1]
	if p.kind != letopis.Direct || r.sents[r.toks[q.open].sent].para-r.sents[r.toks[p.end-1].sent].para > 1 {
		return r.fallbackSpeaker(q.open, s)
	}
	s.speaker, s.mention, s.rule, s.conf = p.speaker, p.mention, "quote.continued", 65
	return p.mention[1] > p.mention[0]
}

// carriedBack takes the speaker of a quotation over several paragraphs, each of which a mark
// opens and only the last one closes, from where the last paragraph names him.
func (r *reading) carriedBack(qi int, s *stmt) bool {
	q := &r.quotes[qi]
	for n := 0; q.lost && n < maxParagraphs; n++ {
		if qi++; qi >= len(r.quotes) || !r.opensPara(q.open) || !r.opensPara(r.quotes[qi].open) || r.quotes[qi].open != q.close {
			return false
		}
		q = &r.quotes[qi]
		last := stmt{kind: letopis.Direct, cueFirst: -1, speaker: -1}
		last.first, last.end = q.content()
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
func (r *reading) fallbackSpeaker(i int, s *stmt) bool {
	if i >= len(r.toks) {
		return false
	}
	para := r.sents[r.toks[i].sent].para
	best := -1
	for k := i - 1; k >= 0 && r.sents[r.toks[k].sent].para >= para-1; k-- {
		ci := r.chunkAt[k]
		if ci < 0 || r.toks[k].quote >= 0 {
			continue
		}
		c := &r.chunks[ci]
		k = c.first
		if cs := r.toks[c.head].feats.Get("Case"); c.name >= 0 && r.names[c.name].typ == "PER" && c.adp < 0 && (cs == "" || cs == "Nom") {
			best = ci
			break
		}
	}
	if best < 0 {
		return false
	}
	s.speaker = best
	if r.trace.notes() {
		r.note(i, i+1, WhyLast, r.words(r.chunks[best].first, r.chunks[best].end))
	}
	if s.rule == "" {
		s.rule, s.conf = "quote.last", 45
	}
	return true
}

// attributed: според X, … · …, according to X · по его словам, ….
func (r *reading) attributed(si int) {
	b := r.sents[si]
	for i := b.first; i < b.end; i++ {
		t := &r.toks[i]
		if t.quote >= 0 || !t.is(clAttrib|clAttribPoss) || r.cueUsed[i] {
			continue
		}
		n := r.lex.phraseLen(r.toks, i, clAttrib|clAttribPoss)
		if n == 0 {
			continue
		}
		s := stmt{kind: letopis.Indirect, cueFirst: -1, speaker: -1}
		if r.attribution(i, n, b.end, &s, "attrib") {
			lead := r.wordsIn(b.first, i) <= 3 || t.capital()
			after := s.first // attribution sets first to the token after the speaker
			if lead {
				after = r.pastComma(after, b.end)
			}
			if lead || r.toks[after-1].is(clRel) || i > b.first && r.toks[i-1].is(clCompl) || r.clauseStart(i) && r.wordsIn(after, b.end) > 3 {
				s.first, s.end = after, r.contentEnd(after, b.end)
			} else {
				s.first, s.end = r.leadStart(b.first), i
			}
			if r.mediaChunk(s.speaker) {
				continue
			}
			r.tell(s)
			i = max(i, after-1)
		}
	}
}

// clauseStart reports whether token i begins a coordinate clause: "…, а според X …".
func (r *reading) clauseStart(i int) bool { return i > 0 && r.toks[i-1].is(clAnd) }

// attribution reads "according to" of n tokens at i and its speaker; s.first is
// set to the token after it.
func (r *reading) attribution(i, n, end int, s *stmt, rule string) bool {
	s.cueFirst, s.cueEnd = i, i+n
	s.rule, s.conf = rule+"."+r.toks[i].lower, 80
	j := i + n
	if r.lex.phraseLen(r.toks, i, clAttribPoss) == n {
		for k := i; k < i+n; k++ {
			if r.toks[k].is(clPoss) {
				s.mention = [2]int{k, k + 1}
			}
		}
		s.first = j
		s.conf = 70
		return true
	}
	if j < end && r.chunkAt[j] >= 0 {
		s.speaker = r.chunkAt[j]
		if r.chunks[s.speaker].first < j {
			// "по словам президента" is one phrase by its tags; he is its second part.
			if sub, ok := r.innerFrom[j]; ok {
				s.speaker = sub
			}
		}
		c := &r.chunks[s.speaker]
		if r.chunkTime(c) {
			return false
		}
		s.first = c.end
		// An apposition follows: "според министъра, Иван Петров, …".
		return true
	}
	if j < end && r.toks[j].is(clRel) && i > 0 {
		// "…, според който …": the phrase before the comma.
		for k := i - 1; k >= 0 && k > i-12 && r.toks[k].sent == r.toks[i].sent; k-- {
			if ci := r.chunkAt[k]; ci >= 0 {
				s.speaker, s.first = ci, j+1
				return true
			}
		}
		return false
	}
	if j < end && r.toks[j].is(clPoss|clMasc|clFem|clPlur) {
		s.mention = [2]int{j, j + 1}
		s.first = j + 1
		return true
	}
	return false
}

// reported: X каза, че … · …, каза X · X призова Y да … · X подчерта важността на ….
func (r *reading) reported(si int) {
	b := r.sents[si]
	for k := b.first; k < b.end; k++ {
		t := &r.toks[k]
		if t.upos == "NOUN" && len(r.lex.sayNoun) > 0 && t.quote < 0 {
			r.nounCue(k, b)
			continue
		}
		if t.say == nil || r.cueUsed[k] || t.quote >= 0 && r.quoteCovered(t.quote) {
			continue
		}
		if !r.cue(k, b) && !r.passiveCue(k) && !r.creditCue[k] {
			r.note(k, k+1, WhyNoContent, t.say.frames)
		}
	}
}

// quoteCovered reports whether a quotation is already a statement.
func (r *reading) quoteCovered(qi int) bool {
	q := &r.quotes[qi]
	for i := range r.stmts {
		if s := &r.stmts[len(r.stmts)-1-i]; s.kind == letopis.Direct && s.first <= q.open+1 && s.end >= q.close-1 {
			return true
		}
	}
	return false
}

// cue tries the frames of the word of saying at k, the surest first.
func (r *reading) cue(k int, b sent) bool {
	e := r.toks[k].say
	if r.passiveCue(k) {
		r.note(k, k+1, WhyPassive, "")
		return false
	}
	s := stmt{kind: letopis.Indirect, cueFirst: k, cueEnd: k + 1, say: e, speaker: -1}
	lo, hi := r.clauseBounds(k, b)
	find := func(rule string, conf int, inverted bool) bool {
		s.rule, s.conf = rule+"."+e.lemma, conf
		if inverted {
			lo = max(lo, r.beforeCue(k))
		}
		if s.speaker = r.converbSubject(k); s.speaker < 0 {
			s.speaker = r.sharedSubject(k)
		}
		if s.speaker < 0 {
			s.speaker = r.subjectOf(k, lo, hi, inverted)
		}
		if r.mediaChunk(s.speaker) && (e.has('m') || inverted) || r.creditCue[k] {
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
	if e.has('d') {
		d = r.daAfter(k, b.end)
	}
	if e.has('c') {
		if c := r.complAfter(k, b.end); c >= 0 && (d < 0 || c <= d) {
			s.first, s.end = c+1, r.contentEnd(c+1, b.end)
			return find("clause", 88, false)
		}
	}
	if c := r.asClause(k, b); c >= 0 {
		s.first, s.end = c, r.contentEnd(c, b.end)
		return find("as", 80, true)
	}
	ahead := e.has('z') && r.aheadOf(k, b)
	if e.has('i') {
		if first, end, ok := r.broken(k, b); ok {
			s.first, s.end = first, end
			return find("broken", 78, true)
		}
	}
	if e.has('i') && !ahead && r.invertedAt(k, b) {
		s.first, s.end = r.leadStart(b.first), r.beforeCue(k)
		if m := &r.toks[s.end-1]; s.end > s.first+3 && isMark(m.form) && m.closes < 0 && m.opens < 0 && m.quote < 0 {
			s.kind, s.end = letopis.Direct, s.end-1 // its opening mark was lost
		}
		if r.wordsIn(s.first, s.end) >= 2 {
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
	if r.deicticLead(b, k) && si(r, b) > 0 {
		// "…. Това заяви X": the words are the sentence before.
		p := r.sents[si(r, b)-1]
		s.first, s.end = r.leadStart(p.first), p.end
		return find("before", 75, true)
	}
	if d >= 0 {
		s.first, s.end = d, r.wantedEnd(d, b.end)
		return find("wanted", 78, false)
	}
	if e.has('c') || e.has('z') {
		if k+2 < b.end && r.toks[k+1].form == ":" && r.toks[k+1].quote < 0 {
			s.first, s.end = k+2, b.end
			return find("colon", 70, false)
		}
	}
	if e.has('z') {
		if z := r.bareClause(k, b.end); z >= 0 {
			s.first, s.end = z, r.contentEnd(z, b.end)
			return find("bare", 72, false)
		}
	}
	if e.has('a') {
		if c := r.objectAfter(k, b.end); c >= 0 {
			s.first, s.end = c, r.phraseEnd(c, b.end)
			return find("describe", 65, false)
		}
	}
	if e.has('p') {
		if p := r.prepAfter(k, b.end, e.preps); p >= 0 {
			s.first, s.end = p+1, r.phraseEnd(p+1, b.end)
			return find("about", 62, false)
		}
	}
	if e.has('n') {
		if c := r.objectAfter(k, b.end); c >= 0 && r.wordsIn(c, b.end) >= 2 {
			if m := r.complAfter(c, min(b.end, c+8)); m >= 0 {
				// "изразиха опасения, че …": the clause is what they said.
				s.first, s.end = m+1, r.contentEnd(m+1, b.end)
				return find("object.clause", 66, false)
			}
			s.first, s.end = c, r.phraseEnd(c, b.end)
			return find("object", 58, false)
		}
	}
	return false
}

// dashed reports whether sentence b is speech that a dash introduces, and the cue at k stands
// behind another: "— Ще го затворим — каза X".
func (r *reading) dashed(k int, b sent) bool {
	opens := b.first == 0 || r.sents[r.toks[b.first-1].sent].para != b.para
	return opens && r.toks[b.first].dash() && k > b.first+1 && r.toks[k-1].dash()
}

// dashedOn states what goes on behind the cue at k: after a dash in its sentence, and in the
// next sentence of the paragraph where a dash opens it.
func (r *reading) dashedOn(k int, b sent, s stmt) {
	s.cueFirst, s.cueEnd, s.rule, s.conf = -1, -1, "dash.continued", 70
	for i := k + 1; i+1 < b.end; i++ {
		if r.toks[i].dash() {
			s.first, s.end = i+1, b.end
			r.tell(s)
			return
		}
	}
	if next := r.toks[b.first].sent + 1; next < len(r.sents) && r.sents[next].para == b.para && r.toks[r.sents[next].first].dash() {
		s.first, s.end = r.sents[next].first+1, r.sents[next].end
		r.tell(s)
	}
}

// headline: "Трюдо: Канада преговаря с Пакистан".
func (r *reading) headline(si int) {
	b := r.sents[si]
	if b.end-b.first > 40 {
		return
	}
	for i := b.first + 1; i < b.end-2 && i < b.first+8; i++ {
		if r.toks[i].form != ":" {
			continue
		}
		c := r.chunkOf(i - 1)
		if c == nil || c.first != b.first || c.name < 0 && !r.office(c) && !r.toks[c.head].is(clPeople|clKin) || r.toks[i+1].quote >= 0 || r.toks[i+1].upos == "NUM" {
			return
		}
		if _, ok := markOf(r.toks[i+1].form); ok != "" {
			return
		}
		if c.name >= 0 && r.names[c.name].typ != "PER" && r.names[c.name].typ != "ORG" && r.names[c.name].country == "" {
			return
		}
		if r.hasVerb(i+1, b.end) || r.wordsIn(i+1, b.end) >= 4 {
			r.tell(stmt{kind: letopis.Indirect, first: i + 1, end: b.end, cueFirst: -1, speaker: r.chunkAt[i-1], rule: "headline.colon", conf: 70})
		}
		return
	}
}

// si returns the index of a sentence.
func si(r *reading, b sent) int { return r.toks[b.first].sent }

// startsContent reports whether the words between a cue and a quotation already
// say something: "обяви готовността на Китай „…“" is mixed, "каза пред БТА: „…“" is not.
func (r *reading) startsContent(k, end int) bool {
	c := r.objectAfter(k, end)
	if c < 0 {
		return false
	}
	ch := r.chunkOf(c)
	return ch.name < 0 && !ch.pron && !r.office(ch) && !r.toks[ch.head].is(clPeople|clMedia|clKin)
}

// sharedSubject returns the speaker of the report that cue k goes on from: "X
// заяви, че …, и призова …" has one subject for both.
func (r *reading) sharedSubject(k int) int {
	j := k - 1
	for j >= 0 && (r.toks[j].is(clRefl|clAux|clFuture) || r.toks[j].upos == "ADV") {
		j--
	}
	if j < 0 || !r.toks[j].is(clAnd) || r.toks[j].sent != r.toks[k].sent || len(r.stmts) == 0 {
		return -1
	}
	p := &r.stmts[len(r.stmts)-1]
	if p.cueFirst < 0 || r.toks[p.cueFirst].sent != r.toks[k].sent || p.end > j || p.end < j-2 || p.cueFirst > k {
		return -1
	}
	return p.speaker
}

// pastComma returns the token after the comma that closes an opening attribution,
// if no verb stands before it: "According to the ministry in Athens, …".
func (r *reading) pastComma(i, end int) int {
	for j := i; j < end && j < i+9; j++ {
		t := &r.toks[j]
		if t.form == "," {
			return j + 1
		}
		if t.upos == "VERB" || t.upos == "AUX" || t.is(clAux|clFuture) {
			break
		}
	}
	return i
}

// wantedEnd returns where a clause of what is wanted ends: before a relative
// clause or an aside that a preposition opens after a comma.
func (r *reading) wantedEnd(i, end int) int {
	end = r.contentEnd(i, end)
	for j := i + 1; j+1 < end; j++ {
		if r.toks[j].is(clAnd) && r.toks[j].quote < 0 && r.pastVerb(j+1, end) {
			return j // nobody wants what has happened: the next verb is of the one who asks
		}
	}
	for j := i + 2; j+2 < end; j++ {
		if r.toks[j].form != "," || r.toks[j].quote >= 0 {
			continue
		}
		if n := &r.toks[j+1]; r.toks[j+2].is(clRel) || n.is(clRel) || n.upos == "SCONJ" && !n.is(clDa|clCompl) || n.upos == "ADP" && r.lex.has(trFixedOrder) {
			return j
		}
	}
	return end
}

// pastVerb reports whether a finite verb of the past stands at i, its clitics and adverbs aside.
func (r *reading) pastVerb(i, end int) bool {
	for i < end && (r.toks[i].is(clRefl|clAux) || r.toks[i].upos == "ADV") {
		i++
	}
	return i < end && r.toks[i].upos == "VERB" && r.toks[i].feats.Get("Tense") == "Past" && r.toks[i].feats.Get("VerbForm") == "Fin"
}
