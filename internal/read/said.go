package read

import (
	"letopis"
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
	rule             string
	found            string // the way, as sureness lists them
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

	// Who may speak at the cue at hand, and ranges: kept to allocate once.
	asked  []speakerScore
	ranges []spanRange
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
	s.rule, s.found = rule+"."+r.Words[i].Lower, "attrib"
	j := i + n
	if r.Lex.PhraseLen(r.Words, i, page.AttribPoss) == n {
		for k := i; k < i+n; k++ {
			if r.Words[k].Is(page.Poss) {
				s.mention = [2]int{k, k + 1}
			}
		}
		s.first = j
		s.found = "attrib.poss"
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
		if t.UPOS == "NOUN" && t.Quote < 0 {
			r.nounCue(k, b)
			continue
		}
		if t.Say == nil || r.cueUsed[k] || t.Quote >= 0 && r.quoteCovered(t.Quote) {
			continue
		}
		if !r.cue(k, b) && !r.passiveCue(k) && !r.way.creditCue[k] {
			if r.trace.notes() {
				r.trace.note(k, k+1, WhyNoContent, tried(t.Say))
			}
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
		if page.IsMark(r.Words[i+1].Form) {
			return
		}
		if c.Name >= 0 && r.Names[c.Name].Type != letopis.Person && r.Names[c.Name].Type != letopis.Organisation && r.Names[c.Name].Country == "" {
			return
		}
		if r.HasVerb(i+1, b.End) || r.CountWords(i+1, b.End) >= 4 {
			r.tell(stmt{kind: letopis.Indirect, first: i + 1, end: b.End, cueFirst: -1, speaker: r.PhraseAt[i-1], rule: "headline.colon", found: "headline.colon"})
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
