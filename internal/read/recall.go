package read

import (
	"time"

	"letopis"
	"letopis/internal/page"
	"letopis/internal/timex"
)

// storyDays is how long before the news a time lies whose telling is a story of its
// own: words reported on after it belong to the story.
const storyDays = 180

// recall dates every statement and event and marks those that the article tells as
// background: under a cue of recollection, at a date of their own before the news,
// or in a paragraph that such a cue has opened.
func (r *reading) recall() {
	anchor, _, hasAnchor := r.Published.Value.Bounds()
	back := r.background()
	for i := range r.stmts {
		s := &r.stmts[i]
		k := s.first
		if s.cueFirst >= 0 {
			k = s.cueFirst
		} else if s.mention[1] > s.mention[0] {
			k = s.mention[0]
		}
		t := r.TimeOf(k, s.first, s.end)
		b := back[r.Words[k].Sent]
		switch {
		case b.carried && b.cue && (t >= 0 || r.OpensDated(r.Words[k].Sent)):
			b.cue = false // a time of its own goes on with the recollection, unless it is of the news
		case b.carried && !b.far:
			b = backing{}
		}
		if r.EarlierAt(k) {
			b = backing{recalled: true, cue: true}
		}
		s.date, s.recalled = r.place(t, b, anchor, hasAnchor)
	}
	for i := range r.evs {
		ev := &r.evs[i]
		t, at := r.timeOfEvent(ev)
		b := back[r.Words[at].Sent]
		if r.EarlierAt(at) {
			b = backing{recalled: true, cue: true}
		}
		ev.date, ev.recalled = r.place(t, b, anchor, hasAnchor)
		if t < 0 && !ev.recalled && (r.attributive(ev.trigger) || r.aside(ev) || r.supposed(ev)) {
			ev.recalled = true
		}
		if t < 0 && (ev.recalled || ev.modality != letopis.Actual || r.Words[ev.trigger].Sent > 1 || r.lasting(ev.trigger)) {
			ev.date = ""
		}
		recurs := t < 0 && r.Recurs(ev.trigger)
		if recurs {
			ev.date = ""
		}
		if ev.stmt >= 0 {
			s := &r.stmts[ev.stmt]
			if s.cueFirst == ev.trigger || s.first <= ev.trigger && ev.trigger < s.end && t < 0 {
				ev.recalled = ev.recalled || s.recalled
				if s.cueFirst == ev.trigger && (t < 0 || at != ev.trigger || s.first <= r.Times[t].First && r.Times[t].First < s.end) {
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
	if t := r.TimeOf(ev.trigger, -1, -1); t >= 0 {
		return t, ev.trigger
	}
	for _, k := range ev.mentions {
		if t := r.TimeOf(k, -1, -1); t >= 0 {
			return t, k
		}
	}
	return -1, ev.trigger
}

// place decides the date of an item with time t in a sentence backed by b, and whether it is recalled.
func (r *reading) place(t int, b backing, anchor time.Time, hasAnchor bool) (letopis.When, bool) {
	if t >= 0 {
		x := &r.Times[t]
		return x.Value, b.cue || hasAnchor && x.Past(anchor) || b.recalled && !(hasAnchor && x.Placed && !x.To.Before(anchor))
	}
	if b.recalled {
		return b.when, true
	}
	return r.Published.Value, false
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
	out := make([]backing, len(r.Sentences))
	anchor, _, has := r.Published.Value.Bounds()
	var cur backing
	para := -1
	for si := range r.Sentences {
		s := r.Sentences[si]
		if s.Para != para {
			if !cur.recalled || !r.startsRecall(si) {
				cur = backing{}
			}
			para = s.Para
		}
		switch {
		case r.startsRecall(si):
			cur = backing{recalled: true, cue: true}
		case r.StartsWith(si, page.Meanwhile):
			cur = backing{}
		}
		if t := r.headTime(si); t >= 0 && has && r.Times[t].Placed {
			x := &r.Times[t]
			switch {
			case x.Past(anchor):
				cur = backing{recalled: true, cue: cur.cue, when: x.Value, far: x.To.Before(anchor.AddDate(0, 0, -storyDays))}
			case cur.cue && r.startsRecall(si):
				cur.when = x.Value
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
func (r *reading) startsRecall(si int) bool { return r.StartsWith(si, page.Recall) }

// headTime returns the time expression at the head of a sentence, or -1.
func (r *reading) headTime(si int) int {
	s := r.Sentences[si]
	for t := r.TimeFrom(s.First); t < len(r.Times) && r.Times[t].First < s.End; t++ {
		x := &r.Times[t]
		if x.First <= s.First+6 && r.Words[x.First].Quote < 0 && !r.reportedAt(x.First) {
			return t
		}
	}
	return -1
}

// aside reports whether an event without a time is told in a relative clause of the
// past, by its verb or by a noun under that ("страната, която изпрати помощ",
// "manifestations that had paralysed the country"): the reader is reminded of it.
func (r *reading) aside(ev *event) bool {
	k := ev.trigger
	if ev.modality != letopis.Actual || ev.stmt >= 0 && r.stmts[ev.stmt].cueFirst == k || r.Words[k].UPOS != "VERB" && r.Words[k].UPOS != "NOUN" {
		return false
	}
	p := r.Predicate(k)
	return p >= 0 && page.Relation(r.Words[p].Deprel) == "acl" && (r.Words[p].Feats.Get("VerbForm") == "Part" || r.Tense(p) == timex.Past)
}

// supposed reports whether an event without a time is a noun that the narrator supposes to be known:
// below the head of the article and in nobody's words ("обществото е разделено от протестите").
func (r *reading) supposed(ev *event) bool {
	k := ev.trigger
	return ev.modality == letopis.Actual && ev.stmt < 0 && r.Words[k].Sent > headSentences && r.Words[k].UPOS == "NOUN" && !r.reportedAt(k)
}

// headSentences is the index of the last sentence that may tell the news itself: title, byline, lead.
const headSentences = 2

// attributive reports whether a trigger is a participle that only describes
// somebody ("осъдената на смърт християнка"): what it tells was known before.
func (r *reading) attributive(k int) bool {
	t := &r.Words[k]
	if t.Feats.Get("VerbForm") != "Part" || k == 0 {
		return false
	}
	p := &r.Words[k-1]
	if p.Is(page.Aux) || p.UPOS == "AUX" {
		return false
	}
	c := r.PhraseOf(k)
	return c != nil && c.Head > k || p.Form == ","
}

// lasting reports whether a trigger is a verb in the present of an act that goes on
// ("исламисты угрожают расправой", "Полша подкрепя"): the article tells a state, not an act of its day.
func (r *reading) lasting(k int) bool {
	t := &r.Words[k]
	return t.UPOS == "VERB" && t.Feats.Get("VerbForm") != "Part" && r.Tense(k) == timex.Present
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
