package read

import (
	"slices"
	"strings"
	"unicode/utf8"

	"letopis"
)

// mergeEvents makes one event of all that tell it: the same category between the
// same sides, without times that contradict. The first mention that tells it as done
// stays as its trigger, all others are listed; it runs before times are asked for, so that
// the event's may come from any of them.
func (r *done) mergeEvents() {
	times := make(map[int]int, len(r.evs)) // of each trigger, asked once: an article may tell one event ten thousand times
	for i := range r.evs {
		ev := &r.evs[i]
		times[ev.trigger] = r.TimeOf(ev.trigger, -1, -1)
		for _, k := range ev.mentions {
			times[k] = r.TimeOf(k, -1, -1)
		}
		_, ev.recalled = r.back.place(times[ev.trigger], r.back.of[r.Words[ev.trigger].Sent])
	}
	slices.SortStableFunc(r.evs, func(a, b event) int { return a.trigger - b.trigger })
	keep := r.evs[:0]
	for _, ev := range r.evs {
		i := -1
		for k := range keep {
			if r.sameEvent(&keep[k], &ev, times) {
				i = k
				break
			}
		}
		if i < 0 {
			keep = append(keep, ev)
			continue
		}
		o := &keep[i]
		r.trace.note(ev.trigger, ev.trigger+1, WhyMerged, r.Words[o.trigger].Form)
		if o.modality != letopis.Actual && ev.modality == letopis.Actual {
			ev.mentions = append(append([]int{o.trigger}, o.mentions...), ev.mentions...)
			if ev.stmt < 0 {
				ev.stmt = o.stmt
			}
			*o = ev
		} else {
			o.mentions = append(append(o.mentions, ev.trigger), ev.mentions...)
		}
	}
	slices.SortStableFunc(keep, func(a, b event) int { return a.trigger - b.trigger })
	r.evs = keep
}

// sameEvent reports whether two events of an article are one. Their words must be of
// one root: what a state does to its own people is done to many, and between two
// states one accord stands beside another; only one meeting has many words (visit,
// talks, discuss), one close to the other and no
// time of its own. What states do with each other they do again and again, so there
// the news and what is recalled are two.
func (r *done) sameEvent(o, ev *event, times map[int]int) bool {
	if o.code != ev.code || !slices.Equal(o.srcC, ev.srcC) || !slices.Equal(o.tgtC, ev.tgtC) {
		return false
	}
	within := slices.Equal(o.srcC, o.tgtC)
	if !within && o.recalled != ev.recalled || o.modality != ev.modality && (o.modality == letopis.Negated || ev.modality == letopis.Negated) {
		return false
	}
	if !r.sameRoot(o.trigger, ev.trigger) && !slices.ContainsFunc(o.mentions, func(k int) bool { return r.sameRoot(k, ev.trigger) }) &&
		(o.code != letopis.Consult || within ||
			r.Words[ev.trigger].Sent-r.Words[o.trigger].Sent > 3 || times[ev.trigger] >= 0 && times[o.trigger] < 0) {
		return false
	}
	return r.timesAgree(o, ev, times)
}

// timesAgree reports whether no times beside two mentions tell them apart.
func (r *done) timesAgree(o, ev *event, times map[int]int) bool {
	s := times[ev.trigger]
	if s < 0 {
		return true
	}
	apart := func(k int) bool { return times[k] >= 0 && r.apart(s, times[k]) }
	return !apart(o.trigger) && !slices.ContainsFunc(o.mentions, apart)
}

// apart reports whether two times of the page have no moment in common.
func (r *done) apart(s, t int) bool {
	a, b := &r.Times[s], &r.Times[t]
	return a.Placed && b.Placed && (!a.From.Before(b.To) || !b.From.Before(a.To))
}

// sameRoot reports whether two triggers are words of one root: a noun and its verb.
func (r *done) sameRoot(i, j int) bool {
	a, b := r.Words[i].Lower, r.Words[j].Lower
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	for n > 0 && n < len(a) && !utf8.RuneStart(a[n]) {
		n--
	}
	return utf8.RuneCountInString(a[:n]) >= 4 || strings.EqualFold(r.Words[i].Lemma, r.Words[j].Lemma)
}

// goesOn reports whether a trigger without actors of its own tells more of an
// event just before ("Двамата обсъдиха …" after a meeting), and joins it.
func (r *done) goesOn(k int, code letopis.Code) bool {
	for i := len(r.evs) - 1; i >= 0 && i > len(r.evs)-4; i-- {
		ev := &r.evs[i]
		if ev.code == code && len(ev.srcC) > 0 && len(ev.tgtC) > 0 && !slices.Equal(ev.srcC, ev.tgtC) && r.Words[k].Sent-r.Words[ev.trigger].Sent <= 2 {
			ev.mentions = append(ev.mentions, k)
			r.trace.note(k, k+1, WhyGoesOn, r.Words[ev.trigger].Form)
			return true
		}
	}
	return false
}
