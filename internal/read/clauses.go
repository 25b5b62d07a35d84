package read

// This file answers where clauses begin and end, which phrase is the subject of
// a word of saying, and where its content lies. It reads tags, punctuation and the
// order of words; what the tree adds stands in clausetree.go.

// clauseBounds returns the token range around a cue in which its subject can stand.
func (r *reading) clauseBounds(k int, b sent) (int, int) {
	lo := b.first
	for i := k - 1; i >= b.first; i-- {
		t := &r.toks[i]
		if t.is(clCompl) && !t.is(clDeictic) || t.form == ";" || t.form == ":" {
			lo = i + 1
			break
		}
		if t.quote >= 0 && r.toks[k].quote < 0 && r.quotes[t.quote].depth == 0 && !r.nameQuote(&r.quotes[t.quote]) {
			lo = i + 1
			break
		}
	}
	return lo, b.end
}

// subjectOf returns the chunk that speaks at cue k, looking in toks lo to hi,
// or -1. Inverted cues ("…, каза X") look right first.
func (r *reading) subjectOf(k, lo, hi int, inverted bool) int {
	r.asked = r.asked[:0]
	best := r.clauseSubject(k, lo, hi, inverted, func(ci, score int) { r.asked = append(r.asked, speakerScore{ci, score}) })
	if best < 0 {
		r.noteSpeakers(k, nil)
		return -1
	}
	return r.chooseSpeaker(k, r.treeSubject(k), best, inverted)
}

// What the place of a phrase takes from how well it can be a subject.
const (
	leastSubject  = -25 // below it a phrase is no subject
	perPhraseLeft = 5
	perPhraseNext = 8
	asideCost     = 25
	leftOfInverse = 12
	rightOfPlain  = 30
)

// clauseSubject is the phrase that is likeliest the subject of token k by the rules alone, of
// a word of saying or of another verb, or -1. each, where it is not nil, is called with every
// phrase that was looked at and its score.
func (r *reading) clauseSubject(k, lo, hi int, inverted bool, each func(ci, score int)) int {
	best, bestScore := -1, leastSubject-1
	subject, bonus := r.treeSubject(k), treeBonus
	if r.lex.has(trFixedOrder) {
		bonus = treeBonusFixed
	}
	try := func(ci, score int) {
		if subject >= 0 && r.chunkAt[subject] == ci {
			score += bonus
		}
		if score > bestScore {
			best, bestScore = ci, score
		}
		if each != nil {
			each(ci, score)
		}
	}
	r.subjectsLeft(k, lo, inverted, try)
	r.subjectsRight(k, hi, inverted, try)
	return best
}

// maxLeft and maxRight bound the phrases that are tried on each side of a verb.
const (
	maxLeft  = 8
	maxRight = 4
)

// subjectsLeft tries the nearest phrases before token k, past relative clauses.
func (r *reading) subjectsLeft(k, lo int, inverted bool, try func(ci, score int)) {
	dist := 0
	for i := k - 1; i >= lo && dist < maxLeft; i-- {
		ci := r.chunkAt[i]
		if ci < 0 {
			if r.toks[i].upos == "VERB" && r.toks[i].say == nil && !r.inAside(i, k) {
				dist++
			}
			continue
		}
		c := &r.chunks[ci]
		i = c.first
		if q := r.toks[c.first].quote; q >= 0 && r.toks[k].quote < 0 && r.quotes[q].depth == 0 && !r.nameQuote(&r.quotes[q]) {
			continue
		}
		score := r.speakable(c, k) - perPhraseLeft*dist
		if r.inAside(c.head, k) {
			score -= asideCost
		}
		if inverted {
			score -= leftOfInverse
		}
		try(ci, score)
		dist++
	}
}

// subjectsRight tries the phrases after token k: they speak where the cue is inverted or opens its clause.
func (r *reading) subjectsRight(k, hi int, inverted bool, try func(ci, score int)) {
	dist := 0
	for i := k + 1; i < hi && dist < maxRight; i++ {
		t := &r.toks[i]
		if t.is(clCompl) || t.form == ":" || t.form == ";" || t.say != nil && t.upos == "VERB" || dist > 0 && (t.form == "," || t.dash()) {
			break
		}
		ci := r.chunkAt[i]
		if ci < 0 || r.chunks[ci].first < i {
			continue
		}
		score := r.speakable(&r.chunks[ci], k) - perPhraseNext*dist
		if !inverted {
			score -= rightOfPlain
		}
		try(ci, score)
		i = r.chunks[ci].end - 1
		dist++
	}
}

// speakable scores how well a phrase can be the one who speaks at cue k.
func (r *reading) speakable(c *chunk, k int) int {
	s := 0
	h := &r.toks[c.head]
	switch {
	case c.name >= 0 && r.names[c.name].typ == "PER":
		s += 30
	case c.name >= 0 && (r.names[c.name].typ == "ORG" || r.names[c.name].country != ""):
		s += 22
	case c.pron && !h.is(clNeut):
		s += 22
	case r.office(c):
		s += 25
	case h.is(clPeople | clKin | clDocNoun | clMedia):
		s += 20
	case c.name >= 0:
		s += 5
	default:
		s -= 8
	}
	if c.adp >= 0 {
		s -= 30
		if r.toks[k].say.has('s') && h.is(clDocNoun) && r.toks[c.adp].is(clIn) && !(r.lex.has(trFixedOrder) && r.treeSubject(k) >= 0) {
			s += 45 // "се казва в изявлението"
		}
		if r.toks[c.adp].is(clIn|clBy) && r.toks[k].feats.Get("Number") == "Plur" && c.name >= 0 && r.names[c.name].country != "" && r.lex.has(trNoSubject) {
			s += 22 // "в Берлине подчеркнули", "от Брюксел казват"
		}
	}
	if r.chunkTime(c) {
		s -= 60
	}
	if cs := h.feats.Get("Case"); cs != "" && cs != "Nom" {
		s -= 18
		if cs == "Dat" {
			s -= 14 // whom it is said to
		}
	}
	if n, m := h.feats.Get("Number"), r.toks[k].feats.Get("Number"); n != "" && m != "" && n != m {
		s -= 10
	}
	return s
}

// inAside reports whether token i stands in a relative clause or bracket that
// closes before k.
func (r *reading) inAside(i, k int) bool {
	depth := 0
	for j := k - 1; j > i; j-- {
		switch r.toks[j].form {
		case ")":
			depth++
		case "(":
			depth--
			if depth < 0 {
				return false
			}
		case ",":
			// A comma right after the aside; one with a relative pronoun opens it.
			for m := j - 1; m >= 0 && r.toks[m].sent == r.toks[k].sent && j-m < 30; m-- {
				if r.toks[m].form == "," && m+1 < j && (r.toks[m+1].is(clRel) || m+2 < j && r.toks[m+1].upos == "ADP" && r.toks[m+2].is(clRel)) {
					return i > m && i < j
				}
			}
		}
	}
	return depth > 0
}

// complAfter returns the complementizer of cue k, or -1: addressee and time may
// stand between, another cue or a clause may not.
func (r *reading) complAfter(k, end int) int {
	for i := k + 1; i < end && i < k+28; i++ {
		t := &r.toks[i]
		if t.is(clCompl) && (t.upos == "" || t.upos == "SCONJ" || t.upos == "PRON" || t.upos == "CCONJ" || t.upos == "PART" || t.upos == "ADV") {
			if t.is(clComplRel) && i > k+1 && r.toks[i-1].upos == "NOUN" && t.upos == "PRON" {
				return -1
			}
			return i
		}
		if t.is(clEmbed) && (r.toks[i-1].form == "," || i == k+1) && r.toks[k].say.asks() && r.lex.has(trQuestion) {
			return i - 1
		}
		if t.say != nil || t.form == ":" || t.form == ";" || t.is(clDa) && t.upos != "ADP" && t.upos != "PART" || t.is(clRel) && r.toks[i-1].form == "," {
			return -1
		}
		if m, _ := markOf(t.form); m != notMark && i > k+1 && t.quote < 0 && i-k > 6 {
			return -1
		}
		if t.is(clAnd) && i+1 < end && r.toks[i+1].upos == "VERB" {
			return -1
		}
		if r.lex.has(trFixedOrder) && (t.upos == "AUX" || t.upos == "VERB") && r.toks[i].head != k {
			return -1 // "said there is a debate that …": what follows belongs to a clause without one
		}
	}
	return -1
}

// daAfter returns where the clause of what is wanted begins: its subject if one
// stands between ("поиска Германия да се откаже"), else its particle.
func (r *reading) daAfter(k, end int) int {
	for i := k + 1; i < end && i < k+24; i++ {
		t := &r.toks[i]
		if t.is(clDa) || t.feats.Get("VerbForm") == "Inf" && t.upos == "VERB" && r.lex.has(trInfinitive) {
			if t.is(clDa) && r.lex.has(trInfinitive) {
				return i + 1
			}
			return i
		}
		if t.form == "," && !(i+1 < end && (r.toks[i+1].is(clDa) || r.toks[i+1].is(clRel))) && !r.commaInName(i) || t.form == ";" || t.form == ":" || t.is(clCompl) || t.say != nil && t.upos == "VERB" {
			return -1
		}
		if t.upos == "VERB" && t.feats.Get("VerbForm") == "Fin" {
			return -1
		}
	}
	return -1
}

func (r *reading) commaInName(i int) bool {
	return i+1 < len(r.toks) && r.chunkAt[i+1] >= 0 && i > 0 && r.chunkAt[i-1] >= 0
}

// bareClause returns where a clause without complementizer begins after a cue: "X said [on Monday] the deal was dead", or -1.
func (r *reading) bareClause(k, end int) int {
	i := k + 1
	if i < end && r.toks[i].form == "," {
		return -1
	}
	// Skip an addressee after tell, and time words.
	if r.toks[k].say.lemma == "tell" {
		if c := r.chunkOf(i); c != nil {
			i = c.end
		}
	}
	for i < end && i < k+8 {
		c := r.chunkOf(i)
		if c != nil && !r.chunkTime(c) && (c.adp < 0 || c.adp <= k) {
			break
		}
		if c != nil {
			i = c.end
			continue
		}
		if r.toks[i].form == "," || r.toks[i].form == ":" {
			return -1
		}
		if r.toks[i].upos != "ADP" && r.toks[i].upos != "ADV" && r.toks[i].upos != "" {
			break
		}
		i++
	}
	if i >= end || !r.hasVerb(i, end) || r.wordsIn(i, end) < 3 {
		return -1
	}
	if c := r.chunkOf(i); c == nil && !r.toks[i].is(clDeictic) && r.toks[i].upos != "PRON" && r.toks[i].upos != "SCONJ" && r.toks[i].upos != "ADV" {
		return -1
	}
	return i
}

// objectAfter returns the first token of the noun phrase that the cue has as object, or -1.
func (r *reading) objectAfter(k, end int) int {
	for i := k + 1; i < end && i < k+4; i++ {
		t := &r.toks[i]
		if ci := r.chunkAt[i]; ci >= 0 {
			c := &r.chunks[ci]
			if c.adp == k+1 && r.toks[k].say.wants() && r.lex.has(trCases) && c.end < end && r.chunkAt[c.end] >= 0 && r.chunks[r.chunkAt[c.end]].adp < 0 {
				return c.adp // "попросил для семьи убежище"
			}
			if c.adp >= 0 && c.adp > k || r.chunkTime(c) {
				return -1
			}
			return c.first
		}
		if t.punct() {
			if m, _ := markOf(t.form); m != notMark {
				continue
			}
			return -1
		}
		if t.upos == "ADP" && r.toks[k].say.wants() && r.lex.has(trCases) {
			continue
		}
		if !(t.upos == "ADV" || t.upos == "ADJ" || t.upos == "PART" || t.upos == "DET" || t.is(clRefl|clPoss) || t.upos == "") {
			return -1
		}
	}
	return -1
}

// prepAfter returns the preposition that opens the content of a frame p, or -1.
func (r *reading) prepAfter(k, end int, preps []string) int {
	for i := k + 1; i < end && i < k+12; i++ {
		t := &r.toks[i]
		if t.form == "," || t.form == ":" || t.form == ";" || t.is(clCompl) || t.upos == "VERB" {
			return -1
		}
		for _, p := range preps {
			if t.lower == p {
				if c := r.chunkOf(i + 1); c != nil && r.chunkTime(c) {
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
func (r *reading) invertedAt(k int, b sent) bool {
	if r.toks[k].feats.Get("VerbForm") == "Conv" {
		return false
	}
	c := r.beforeCue(k)
	for i := c; i < k; i++ {
		if r.toks[i].is(clDa|clSubord|clRel|clCompl) && !r.toks[i].is(clAs) {
			return false // a clause of its own: "…, за да отговори на …"
		}
	}
	return c > b.first && c < len(r.toks) && (r.toks[c].form == "," || r.toks[c].dash()) && r.hasVerb(b.first, c)
}

// beforeCue returns the index of the comma or dash that ends the words reported
// by an inverted cue, or k.
func (r *reading) beforeCue(k int) int {
	for i := k - 1; i >= 0 && i > k-8 && r.toks[i].sent == r.toks[k].sent; i-- {
		t := &r.toks[i]
		if t.form == "," || t.dash() && !r.tight(i) {
			if i > 0 && r.toks[i-1].form == "," {
				i--
			}
			return i
		}
		c := r.chunkOf(i)
		if c != nil && c.adp < 0 { // "…, the ministry said"
			i = c.first
			continue
		}
		if !(t.is(clRefl|clAux|clAnd) || t.upos == "ADV" || t.upos == "AUX" || t.upos == "PART" || t.upos == "ADP" || t.upos == "PRON" || c != nil) {
			break
		}
	}
	return k
}

// leadStart skips a dateline or credit that opens a sentence: "/ТАСС/", "МОСКВА, 12 марта. —".
func (r *reading) leadStart(i int) int {
	if r.skipTo != nil {
		if j, ok := r.skipTo[i]; ok {
			return j
		}
	}
	return i
}

// contentEnd returns where reported words that begin at i end: at the sentence's
// end, or before what reports them ("…, предаде Ройтерс", "…, добави той") or
// another report of the same subject ("…, и обвини …").
func (r *reading) contentEnd(i, end int) int {
	depth := 0
	for j := i; j < end; j++ {
		t := &r.toks[j]
		switch t.form {
		case "(":
			depth++
		case ")":
			depth--
			if depth < 0 {
				return j
			}
		}
		if t.quote >= 0 && r.toks[i].quote != t.quote {
			continue
		}
		if j > i && (t.form == "," || t.dash() && !r.tight(j)) && r.reportTail(j+1, end) {
			return j
		}
		if t.is(clAnd) && j > i+2 && r.newReport(j+1, end) {
			return j
		}
		if t.form == "," && j > i+2 && j+1 < end && r.toks[j+1].say != nil && r.toks[j+1].feats.Get("VerbForm") == "Conv" {
			return j // "…, добавив, что …"
		}
		if t.form == ";" {
			return j
		}
	}
	return end
}

// reportTail reports whether the rest of a sentence says who reported it.
func (r *reading) reportTail(j, end int) bool {
	if j >= end || end-j > 48 || r.wordsIn(j, end) > 24 {
		return false
	}
	if r.lex.phraseLen(r.toks, j, clCite) > 0 || r.lex.phraseLen(r.toks, j, clAttrib|clAttribPoss) > 0 {
		return true
	}
	for k := j; k < end && k < j+6; k++ {
		t := &r.toks[k]
		if t.is(clCompl|clDa|clRel) || t.punct() {
			return false
		}
		if t.say != nil && (t.say.has('i') || t.say.has('m')) {
			// "…, каза той" yes; "…, заявиха, че" begins a report of its own.
			return r.complAfter(k, end) < 0
		}
		if !(t.is(clRefl|clAux) || t.upos == "ADV" || t.upos == "SCONJ" || t.upos == "AUX" || r.chunkAt[k] >= 0 && r.lex.has(trFixedOrder) || t.upos == "ADP") {
			return false
		}
	}
	return false
}

// newReport reports whether a coordinate clause at j has its own word of saying
// with its own content.
func (r *reading) newReport(j, end int) bool {
	for k := j; k < end && k < j+4; k++ {
		t := &r.toks[k]
		if t.punct() || t.is(clCompl) {
			return false
		}
		if t.say != nil && (t.upos == "VERB" || t.upos == "") {
			if t.upos == "VERB" && t.feats.Get("VerbForm") == "Fin" && (t.say.has('d') || t.say.has('n')) && k <= j+1 {
				return true
			}
			return r.complAfter(k, end) >= 0 || t.say.has('q') && k+2 < end && r.toks[k+1].form == ":" || t.say.has('d') && r.daAfter(k, end) >= 0 || t.say.has('a') || t.say.has('p') && r.prepAfter(k, end, t.say.preps) >= 0 || t.say.has('n') && r.objectAfter(k, end) >= 0
		}
	}
	return false
}

// impersonal finds the speaker of a subjectless report: the last speaker of the
// paragraph, or the document that is spoken of.
func (r *reading) impersonal(k int, s *stmt) bool {
	f := r.toks[k].feats
	if f.Get("Number") == "Plur" || f.Get("Person") == "1" || f.Get("VerbForm") == "Inf" || !(s.say.has('c') || s.say.has('i')) {
		return false
	}
	for i := len(r.stmts) - 1; i >= 0 && i > len(r.stmts)-3; i-- {
		p := &r.stmts[i]
		if p.mention[1] <= p.mention[0] || r.sents[r.toks[p.first].sent].para != r.sents[r.toks[k].sent].para {
			continue
		}
		s.speaker, s.mention, s.conf = p.speaker, p.mention, s.conf-25
		s.rule += ".same"
		return true
	}
	return false
}

// phraseEnd returns where the content of a noun frame ends: like contentEnd, and
// before a verb that the same subject has next ("… и връчи нота").
func (r *reading) phraseEnd(i, end int) int {
	end = r.contentEnd(i, end)
	for j := i + 1; j < end; j++ {
		t := &r.toks[j]
		if t.quote >= 0 {
			continue
		}
		if t.form == "," && j+1 < end && r.toks[j+1].is(clAnd) && r.hasVerb(j+1, end) {
			return j
		}
		next := j + 1
		for next < end && (r.toks[next].is(clRefl|clAux|clFuture) || r.toks[next].upos == "ADV") {
			next++
		}
		if next < end && r.toks[next].upos == "VERB" && r.toks[next].feats.Get("VerbForm") != "Part" && r.toks[next].feats.Get("VerbForm") != "Inf" &&
			(t.is(clAnd) || t.form == ",") {
			return j
		}
	}
	return end
}

// passiveCue reports whether a word of saying says nothing of its subject: a
// passive participle ("обвинен в"), or the reflexive passive ("очаква се").
func (r *reading) passiveCue(k int) bool {
	t := &r.toks[k]
	if t.say.has('s') || t.say.has('r') {
		return false
	}
	if t.feats.Get("Voice") == "Pass" && (t.feats.Get("VerbForm") == "Part" || t.upos == "ADJ") {
		return true
	}
	if t.xpos == "VBN" && !r.perfect(k) && !r.active(k) {
		return true
	}
	for _, j := range [2]int{k - 1, k + 1} {
		if j >= 0 && j < len(r.toks) && r.toks[j].is(clReflPass) && r.toks[j].sent == t.sent {
			return true
		}
	}
	return false
}

// deicticLead reports whether the sentence of cue k opens by pointing back at
// the words reported: "Това заяви", "За това настоя", "Об этом сообщил", "Такое мнение высказал".
func (r *reading) deicticLead(b sent, k int) bool {
	if k-b.first > 8 || b.first == 0 || r.complAfter(k, b.end) >= 0 {
		return false
	}
	i := b.first
	if i < k && r.toks[i].upos == "ADP" {
		i++
	}
	return i < k && r.toks[i].is(clDeictic) && r.toks[i+1].upos != "NOUN" || i+1 < k && r.toks[i].is(clDeictic) && r.toks[i+1].is(clDocNoun)
}

// asClause returns where the words begin that an opening clause attributes
// ("Както отбеляза посланикът, …"), or -1.
func (r *reading) asClause(k int, b sent) int {
	i := k - 1
	for i > b.first && i > k-4 && !r.toks[i].is(clAs) {
		i--
	}
	if i < b.first || !r.toks[i].is(clAs) || i > b.first && r.toks[i-1].form != "," {
		return -1
	}
	for j := k + 1; j < b.end; j++ {
		if c := r.chunkOf(j); c != nil && c.end-1 > j {
			j = c.end - 1
			continue
		}
		if r.toks[j].form == "," && r.wordsIn(j, b.end) > 3 {
			return j + 1
		}
		if r.toks[j].is(clCompl) {
			return -1
		}
	}
	return -1
}

// perfect reports whether a form of have stands before a participle.
func (r *reading) perfect(k int) bool {
	for i := k - 1; i >= 0 && i > k-5 && r.toks[i].sent == r.toks[k].sent; i-- {
		if r.toks[i].is(clHave) {
			return true
		}
		if r.toks[i].punct() {
			break
		}
	}
	return false
}
