package read

import (
	"time"

	"letopis"
	"letopis/internal/timex"
	"letopis/internal/ud"
)

// moment is a time expression in tokens.
type moment struct {
	ud.Span
	first, last int // both included
	value       letopis.When
	rule        string
	from, to    time.Time
	ok          bool
}

// freshDays is how old a dated item may be and still count as news: a weekly's
// reach, and the guidelines' "even when only days old" for background.
const freshDays = 2

// storyDays is how long before the news a time lies whose telling is a story of its
// own: words reported on after it belong to the story.
const storyDays = 180

// recall dates every statement and event and marks those that the article tells as
// background: under a cue of recollection, at a date of their own before the news,
// or in a paragraph that such a cue has opened.
func (r *reading) recall() {
	anchor, _, hasAnchor := r.published.Value.Bounds()
	back := r.background()
	for i := range r.stmts {
		s := &r.stmts[i]
		k := s.first
		if s.cueFirst >= 0 {
			k = s.cueFirst
		} else if s.mention[1] > s.mention[0] {
			k = s.mention[0]
		}
		t := r.timeOf(k, s.first, s.end)
		b := back[r.toks[k].sent]
		switch {
		case b.carried && b.cue && (t >= 0 || r.opensDated(r.toks[k].sent)):
			b.cue = false // a time of its own goes on with the recollection, unless it is of the news
		case b.carried && !b.far:
			b = backing{}
		}
		if r.earlierAt(k) {
			b = backing{recalled: true, cue: true}
		}
		s.date, s.recalled = r.place(t, b, anchor, hasAnchor)
	}
	for i := range r.evs {
		ev := &r.evs[i]
		t, at := r.timeOfEvent(ev)
		b := back[r.toks[at].sent]
		if r.earlierAt(at) {
			b = backing{recalled: true, cue: true}
		}
		ev.date, ev.recalled = r.place(t, b, anchor, hasAnchor)
		if t < 0 && !ev.recalled && (r.attributive(ev.trigger) || r.aside(ev) || r.supposed(ev)) {
			ev.recalled = true
		}
		if t < 0 && (ev.recalled || ev.modality != letopis.Actual || r.toks[ev.trigger].sent > 1 || r.lasting(ev.trigger)) {
			ev.date = ""
		}
		recurs := t < 0 && r.recurs(ev.trigger)
		if recurs {
			ev.date = ""
		}
		if ev.stmt >= 0 {
			s := &r.stmts[ev.stmt]
			if s.cueFirst == ev.trigger || s.first <= ev.trigger && ev.trigger < s.end && t < 0 {
				ev.recalled = ev.recalled || s.recalled
				if s.cueFirst == ev.trigger && (t < 0 || at != ev.trigger || s.first <= r.timexes[t].first && r.timexes[t].first < s.end) {
					ev.date, ev.recalled = s.date, s.recalled
				}
			}
		}
		if recurs && ev.date == "" {
			r.note(ev.trigger, ev.trigger+1, WhyRecurs, "")
		}
		if ev.recalled {
			r.note(ev.trigger, ev.trigger+1, WhyRecalled, string(ev.date))
		}
	}
}

// timeOfEvent returns the time expression of an event and the mention that it stands
// beside: its clearest one's, else the first that any other has, or -1.
func (r *reading) timeOfEvent(ev *event) (int, int) {
	if t := r.timeOf(ev.trigger, -1, -1); t >= 0 {
		return t, ev.trigger
	}
	for _, k := range ev.mentions {
		if t := r.timeOf(k, -1, -1); t >= 0 {
			return t, k
		}
	}
	return -1, ev.trigger
}

// place decides the date of an item with time t in a sentence backed by b, and whether it is recalled.
func (r *reading) place(t int, b backing, anchor time.Time, hasAnchor bool) (letopis.When, bool) {
	if t >= 0 {
		x := &r.timexes[t]
		return x.value, b.cue || hasAnchor && x.past(anchor) || b.recalled && !(hasAnchor && x.ok && !x.to.Before(anchor))
	}
	if b.recalled {
		return b.when, true
	}
	return r.published.Value, false
}

// past reports whether the time lies clearly before the news: a day by more than
// freshDays, a month or year wholly.
func (x *moment) past(anchor time.Time) bool {
	if !x.ok {
		return false
	}
	if x.value.Precision() >= letopis.PrecisionWeek {
		return x.to.Before(anchor.AddDate(0, 0, -freshDays))
	}
	return x.to.Before(anchor)
}

// backing says for a sentence whether it is told as background, and its date.
type backing struct {
	recalled bool
	cue      bool // words of recollection open it
	carried  bool // taken over from a sentence before: holds for events, not for words reported afresh
	far      bool // of a time so long before the news that what follows is told as its story
	when     letopis.When
}

// background follows cues of recollection through each paragraph: a sentence
// under a cue, or with a past date of its own at its head, is background, and so
// are the ones after it in the paragraph until one speaks of the day of the news.
func (r *reading) background() []backing {
	out := make([]backing, len(r.sents))
	anchor, _, has := r.published.Value.Bounds()
	var cur backing
	para := -1
	for si := range r.sents {
		s := r.sents[si]
		if s.para != para {
			if !cur.recalled || !r.startsRecall(si) {
				cur = backing{}
			}
			para = s.para
		}
		switch {
		case r.startsRecall(si):
			cur = backing{recalled: true, cue: true}
		case r.startsWith(si, clMeanwhile):
			cur = backing{}
		}
		if t := r.headTime(si); t >= 0 && has && r.timexes[t].ok {
			x := &r.timexes[t]
			switch {
			case x.past(anchor):
				cur = backing{recalled: true, cue: cur.cue, when: x.value, far: x.to.Before(anchor.AddDate(0, 0, -storyDays))}
			case cur.cue && r.startsRecall(si):
				cur.when = x.value
			default:
				cur = backing{}
			}
		}
		out[si] = cur
		cur.carried = true
	}
	return out
}

// startsRecall reports whether a sentence opens with a cue of recollection.
func (r *reading) startsRecall(si int) bool { return r.startsWith(si, clRecall) }

// startsWith reports whether a sentence has a word of a class among its first four,
// outside quotation marks.
func (r *reading) startsWith(si int, class classSet) bool {
	s := r.sents[si]
	for i := s.first; i < s.end && i < s.first+4; i++ {
		if r.lex.phraseLen(r.toks, i, class) > 0 && r.toks[i].quote < 0 {
			return true
		}
	}
	return false
}

// headTime returns the time expression at the head of a sentence, or -1.
func (r *reading) headTime(si int) int {
	s := r.sents[si]
	for t := r.timeFrom(s.first); t < len(r.timexes) && r.timexes[t].first < s.end; t++ {
		x := &r.timexes[t]
		if x.first <= s.first+6 && r.toks[x.first].quote < 0 && !r.reportedAt(x.first) {
			return t
		}
	}
	return -1
}

// opensDated reports whether a sentence opens with a time, be it one that nothing
// places on the calendar.
func (r *reading) opensDated(si int) bool {
	s := r.sents[si]
	for i := s.first; i < min(s.end, s.first+4); i++ {
		if r.toks[i].date {
			return true
		}
	}
	return false
}

// timeOf returns the time expression of the item at token k: the nearest in its
// clause outside tokens i to j, then the nearest of the sentence's head, or -1.
func (r *reading) timeOf(k, i, j int) int {
	s := r.sents[r.toks[k].sent]
	lo, hi := r.clauseOf(k, s)
	best, bestDist := -1, 1<<30
	pred := r.predicate(k)
	for t := r.timeFrom(s.first); t < len(r.timexes) && r.timexes[t].first < s.end; t++ {
		x := &r.timexes[t]
		if x.first >= i && x.first < j || r.timeOfThing(x) || r.timeOfOther(x, k) {
			continue
		}
		d := max(x.first-k, k-x.first)
		at, told := r.hangsOn(x)
		switch {
		case at == k:
			d = 0
		case at >= 0 && at == pred:
			d = min(d, 5)
		case x.first < lo || x.first >= hi:
			if x.first > s.first+4 {
				continue
			}
			d += 30
		case told >= 0 && pred >= 0 && told != pred && told != k:
			d += 10
		}
		if d < bestDist {
			best, bestDist = t, d
		}
	}
	return best
}

// recurs reports whether the clause of token k tells what happens again and again
// ("провеждат учения всяка година"): it is no event of the article's day.
func (r *reading) recurs(k int) bool {
	lo, hi := r.clauseOf(k, r.sents[r.toks[k].sent])
	for i := lo; i < hi; i++ {
		if r.toks[i].upos != "ADJ" && r.lex.phraseLen(r.toks, i, clRecurrent) > 0 { // "weekly talks" may be one of them
			return true
		}
	}
	return false
}

// aside reports whether an event without a time is told in a relative clause of the
// past, by its verb or by a noun under that ("страната, която изпрати помощ",
// "manifestations that had paralysed the country"): the reader is reminded of it.
func (r *reading) aside(ev *event) bool {
	k := ev.trigger
	if ev.modality != letopis.Actual || ev.stmt >= 0 && r.stmts[ev.stmt].cueFirst == k || r.toks[k].upos != "VERB" && r.toks[k].upos != "NOUN" {
		return false
	}
	p := r.predicate(k)
	return p >= 0 && base(r.toks[p].deprel) == "acl" && (r.toks[p].feats.Get("VerbForm") == "Part" || r.tense(p) == timex.Past)
}

// supposed reports whether an event without a time is a noun that the narrator supposes to be known:
// below the head of the article and in nobody's words ("обществото е разделено от протестите").
func (r *reading) supposed(ev *event) bool {
	k := ev.trigger
	return ev.modality == letopis.Actual && ev.stmt < 0 && r.toks[k].sent > headSentences && r.toks[k].upos == "NOUN" && !r.reportedAt(k)
}

// headSentences is the index of the last sentence that may tell the news itself: title, byline, lead.
const headSentences = 2

// tense returns the time that verb k speaks of.
func (r *reading) tense(k int) timex.Tense {
	s := r.toks[k].sent
	return r.times.Tense(r.a.Sentences[s].Words, k-r.sents[s].first+1)
}

// timeOfOther reports whether a time belongs to what went before or after the item at
// k: "after the verdict at the end of October riots broke out" leaves the riots without a day.
func (r *reading) timeOfOther(x *moment, k int) bool {
	noun := false
	for i := x.first - 1; i >= r.sents[r.toks[k].sent].first && i > x.first-10; i-- {
		t := &r.toks[i]
		switch {
		case i == k || t.upos == "VERB" || t.punct():
			return false
		case t.is(clBeside):
			return noun
		}
		noun = noun || t.upos == "NOUN"
	}
	return false
}

// hangsOn returns the token that a time hangs on, and the verb over it; -1 for none.
func (r *reading) hangsOn(x *moment) (at, verb int) {
	at = x.first
	for n := 0; at >= x.first && at <= x.last; n++ {
		if at = r.toks[at].head; at < 0 || n > x.last-x.first {
			return -1, -1
		}
	}
	return at, r.predicate(at)
}

// predicate returns the verb that token k is or hangs on, or -1.
func (r *reading) predicate(k int) int {
	for n := 0; k >= 0 && n < 12; n++ {
		if r.toks[k].upos == "VERB" {
			return k
		}
		k = r.toks[k].head
	}
	return -1
}

// attributive reports whether a trigger is a participle that only describes
// somebody ("осъдената на смърт християнка"): what it tells was known before.
func (r *reading) attributive(k int) bool {
	t := &r.toks[k]
	if t.feats.Get("VerbForm") != "Part" || k == 0 {
		return false
	}
	p := &r.toks[k-1]
	if p.is(clAux) || p.upos == "AUX" {
		return false
	}
	c := r.chunkOf(k)
	return c != nil && c.head > k || p.form == ","
}

// lasting reports whether a trigger is a verb in the present of an act that goes on
// ("исламисты угрожают расправой", "Полша подкрепя"): the article tells a state, not an act of its day.
func (r *reading) lasting(k int) bool {
	t := &r.toks[k]
	return t.upos == "VERB" && t.feats.Get("VerbForm") != "Part" && r.tense(k) == timex.Present
}

// reportedAt reports whether token i stands in the words of a statement: the
// times there are the speaker's, not the narrator's.
func (r *reading) reportedAt(i int) bool {
	for k := range r.stmts {
		if s := &r.stmts[k]; s.first <= i && i < s.end && (s.cueFirst < s.first || s.cueFirst >= s.end) {
			return true
		}
	}
	return false
}

// earlierAt reports whether a word of recollection stands just before token k:
// "который ранее заявлял".
func (r *reading) earlierAt(k int) bool {
	for i := k - 1; i >= 0 && i > k-4 && r.toks[i].sent == r.toks[k].sent; i-- {
		if r.lex.phraseLen(r.toks, i, clRecall) > 0 {
			return true
		}
	}
	return false
}

// timeOfThing reports whether a time stands before a noun that it describes: "their
// 2001 treaty" tells when the treaty is from, not when something happens to it.
func (r *reading) timeOfThing(x *moment) bool {
	if !r.lex.has(trCompounds) || x.last+1 >= len(r.toks) || x.first == 0 || r.toks[x.first-1].upos == "ADP" {
		return false
	}
	n := &r.toks[x.last+1]
	return (n.upos == "NOUN" || n.upos == "ADJ" || n.upos == "PROPN") && n.sent == r.toks[x.first].sent && !n.date
}
