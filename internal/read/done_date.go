package read

import (
	"letopis"
	"letopis/internal/page"
	"letopis/internal/timex"
)

// This file dates events and says which are told as background.

// date dates every event and marks those that are recalled.
func (r *done) date() {
	for i := range r.evs {
		ev := &r.evs[i]
		t, at := r.timeOfEvent(ev)
		ev.date, ev.recalled = r.back.place(t, r.back.at(at))
		if t < 0 && !ev.recalled && (r.attributive(ev.trigger) || r.aside(ev) || r.supposed(ev)) {
			ev.recalled = true
		}
		recurs := t < 0 && r.Recurs(ev.trigger)
		if recurs || t < 0 && (ev.recalled || ev.modality != letopis.Actual || r.Words[ev.trigger].Sent > 1 || r.lasting(ev.trigger)) {
			ev.date = ""
		}
		r.dateByStatement(ev, t, at)
		if recurs && ev.date == "" {
			r.trace.note(ev.trigger, ev.trigger+1, WhyRecurs, "")
		}
		if ev.recalled {
			r.trace.note(ev.trigger, ev.trigger+1, WhyRecalled, string(ev.date))
		}
	}
}

// dateByStatement gives an event that a statement performs or tells what is known of the statement's time;
// t is the event's own, beside the word at.
func (r *done) dateByStatement(ev *event, t, at int) {
	if ev.stmt < 0 {
		return
	}
	s := &r.said.stmts[ev.stmt]
	performs := s.cueFirst == ev.trigger
	if performs || s.first <= ev.trigger && ev.trigger < s.end && t < 0 {
		ev.recalled = ev.recalled || s.recalled
		if performs && (t < 0 || at != ev.trigger || s.first <= r.Times[t].First && r.Times[t].First < s.end) {
			ev.date, ev.recalled = s.date, s.recalled
		}
	}
}

// timeOfEvent returns the time expression of an event and the mention that it stands
// beside: its clearest one's, else the first that any other has, or -1.
func (r *done) timeOfEvent(ev *event) (int, int) {
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

// aside reports whether an event without a time is told in a relative clause of the
// past, by its verb or by a noun under that ("страната, която изпрати помощ",
// "manifestations that had paralysed the country"): the reader is reminded of it.
func (r *done) aside(ev *event) bool {
	k := ev.trigger
	if ev.modality != letopis.Actual || ev.stmt >= 0 && r.said.stmts[ev.stmt].cueFirst == k || r.Words[k].UPOS != "VERB" && r.Words[k].UPOS != "NOUN" {
		return false
	}
	p := r.Predicate(k)
	return p >= 0 && page.Relation(r.Words[p].Deprel) == "acl" && (r.Words[p].Feats.Get("VerbForm") == "Part" || r.Tense(p) == timex.Past)
}

// supposed reports whether an event without a time is a noun that the narrator supposes to be known:
// below the head of the article and in nobody's words ("обществото е разделено от протестите").
func (r *done) supposed(ev *event) bool {
	k := ev.trigger
	return ev.modality == letopis.Actual && ev.stmt < 0 && r.Words[k].Sent > headSentences && r.Words[k].UPOS == "NOUN" && !r.said.reportedAt(k)
}

// headSentences is the index of the last sentence that may tell the news itself: title, byline, lead.
const headSentences = 2

// attributive reports whether a trigger is a participle that only describes
// somebody ("осъдената на смърт християнка"): what it tells was known before.
func (r *done) attributive(k int) bool {
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
func (r *done) lasting(k int) bool {
	t := &r.Words[k]
	return t.UPOS == "VERB" && t.Feats.Get("VerbForm") != "Part" && r.Tense(k) == timex.Present
}
