package read

import (
	"time"

	"letopis"
	"letopis/internal/page"
)

// This file tells what an article recalls from what it reports as new: a function of the page and of what
// was said, which events and statements ask alike.

// storyDays is how long before the news a time lies whose telling is a story of its
// own: words reported on after it belong to the story.
const storyDays = 180

// background says of every sentence whether it is told as known before.
type background struct {
	*page.Page
	said   *said
	of     []backing // by sentence
	anchor time.Time // the day of the news, where dated
	dated  bool
}

// backing says for a sentence whether it is told as background, and its date.
type backing struct {
	recalled bool
	cue      bool // words of recollection open it
	carried  bool // taken over from a sentence before: holds for events, not for words reported afresh
	far      bool // of a time so long before the news that what follows is told as its story
	when     letopis.When
}

// backgroundOf lays the background of a page out.
func backgroundOf(pg *page.Page, s *said) *background {
	r := &background{Page: pg, said: s}
	r.anchor, _, r.dated = pg.Published.Value.Bounds()
	r.of = r.lay()
	return r
}

// lay follows cues of recollection through each paragraph: a sentence
// under a cue, or with a past date of its own at its head, is background, and so
// are the ones after it in the paragraph until one speaks of the day of the news.
func (r *background) lay() []backing {
	out := make([]backing, len(r.Sentences))
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
		if t := r.headTime(si); t >= 0 && r.dated && r.Times[t].Placed {
			x := &r.Times[t]
			switch {
			case x.Past(r.anchor):
				cur = backing{recalled: true, cue: cur.cue, when: x.Value, far: x.To.Before(r.anchor.AddDate(0, 0, -storyDays))}
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
func (r *background) startsRecall(si int) bool { return r.StartsWith(si, page.Recall) }

// headTime returns the time expression at the head of a sentence, or -1.
func (r *background) headTime(si int) int {
	s := r.Sentences[si]
	for t := r.TimeFrom(s.First); t < len(r.Times) && r.Times[t].First < s.End; t++ {
		x := &r.Times[t]
		if x.First <= s.First+6 && r.Words[x.First].Quote < 0 && !r.said.reportedAt(x.First) {
			return t
		}
	}
	return -1
}

// place decides the date of an item with time t in a sentence backed by b, and whether it is recalled.
func (r *background) place(t int, b backing) (letopis.When, bool) {
	if t >= 0 {
		x := &r.Times[t]
		return x.Value, b.cue || r.dated && x.Past(r.anchor) || b.recalled && !(r.dated && x.Placed && !x.To.Before(r.anchor))
	}
	if b.recalled {
		return b.when, true
	}
	return r.Published.Value, false
}

// at returns how the sentence of word k is told; a word of recollection just before k is a cue of its own.
func (r *background) at(k int) backing {
	if r.EarlierAt(k) {
		return backing{recalled: true, cue: true}
	}
	return r.of[r.Words[k].Sent]
}

// dateStatements dates every statement and marks those that the article tells as
// background: under a cue of recollection, at a date of their own before the news,
// or in a paragraph that such a cue has opened.
func (r *background) dateStatements() {
	for i := range r.said.stmts {
		s := &r.said.stmts[i]
		k := s.first
		if s.cueFirst >= 0 {
			k = s.cueFirst
		} else if s.mention[1] > s.mention[0] {
			k = s.mention[0]
		}
		t := r.TimeOf(k, s.first, s.end)
		b := r.of[r.Words[k].Sent]
		switch {
		case r.EarlierAt(k):
			b = r.at(k)
		case b.carried && b.cue && (t >= 0 || r.OpensDated(r.Words[k].Sent)):
			b.cue = false // a time of its own goes on with the recollection, unless it is of the news
		case b.carried && !b.far:
			b = backing{}
		}
		s.date, s.recalled = r.place(t, b)
	}
}
