package read

import (
	"strings"

	"letopis"
	"letopis/internal/page"
)

// This file says in which frames a word of saying shows what was said.

// cueAt is a word of saying that the frames look at.
type cueAt struct {
	k      int // the word
	b      page.Sentence
	say    *page.Saying
	wanted int // where a clause of what is wanted begins after it, -1 for none
}

// content is where the words lie that a cue reports, half open.
type content struct {
	first, end int
	kind       letopis.Kind // empty for reported words
}

// frame is a way in which a word of saying shows what was said.
type frame struct {
	name    string
	letters string // the word has one of these frames in say.tsv; empty for any word of saying
	ahead   bool   // the words reported stand before the cue, so that its subject follows it
	find    func(r *said, q *cueAt) (content, bool)
}

// frames are walked in this order, the surest first. The first that finds words decides,
// be somebody found who says them or not.
var frames = [...]frame{
	{"clause", "c", false, (*said).clauseFrame},
	{"as", "", true, (*said).asFrame},
	{"broken", "i", true, (*said).brokenFrame},
	{"inverted", "i", true, (*said).invertedFrame},
	{"before", "", true, (*said).beforeFrame},
	{"wanted", "d", false, (*said).wantedFrame},
	{"colon", "cz", false, (*said).colonFrame},
	{"bare", "z", false, (*said).bareFrame},
	{"describe", "a", false, (*said).describeFrame},
	{"about", "p", false, (*said).aboutFrame},
	{"object.clause", "n", false, (*said).objectClauseFrame},
	{"object", "n", false, (*said).objectFrame},
}

// cue tries the frames of the word of saying at k.
func (r *said) cue(k int, b page.Sentence) bool {
	if r.passiveCue(k) {
		r.trace.note(k, k+1, WhyPassive, "")
		return false
	}
	q := &cueAt{k: k, b: b, say: r.Words[k].Say, wanted: -1}
	if q.say.Has('d') {
		q.wanted = r.daAfter(k, b.End)
	}
	for i := range frames {
		f := &frames[i]
		if f.letters != "" && !strings.ContainsAny(q.say.Frames, f.letters) {
			continue
		}
		if c, ok := f.find(r, q); ok {
			return r.report(q, f, c)
		}
	}
	return false
}

// tried lists the frames in which the words of saying e are looked for, in their order.
func tried(e *page.Saying) string {
	var out []string
	for i := range frames {
		if f := &frames[i]; f.letters == "" || strings.ContainsAny(e.Frames, f.letters) {
			out = append(out, f.name)
		}
	}
	return strings.Join(out, ", ")
}

// report tells that the words c are said at a cue, by whoever speaks there; without anybody it is no
// statement.
func (r *said) report(q *cueAt, f *frame, c content) bool {
	s := stmt{kind: letopis.Indirect, first: c.first, end: c.end, cueFirst: q.k, cueEnd: q.k + 1, say: q.say, speaker: -1, rule: f.name + "." + q.say.Lemma, found: f.name}
	if c.kind != "" {
		s.kind = c.kind
	}
	lo, hi := r.clauseBounds(q.k, q.b)
	if f.ahead {
		lo = max(lo, r.beforeCue(q.k))
	}
	if s.speaker = r.converbSubject(q.k); s.speaker < 0 {
		s.speaker = r.sharedSubject(q.k)
	}
	if s.speaker < 0 {
		s.speaker = r.subjectOf(q.k, lo, hi, f.ahead)
	}
	if r.IsMedia(s.speaker) && (q.say.Has('m') || f.ahead) || r.way.creditCue[q.k] {
		return false
	}
	if s.speaker < 0 && !r.impersonal(q.k, &s) || !r.tell(s) {
		return false
	}
	if s.kind == letopis.Direct && r.dashed(q.k, q.b) {
		r.dashedOn(q.k, q.b, s)
	}
	return true
}

// clauseFrame: X каза, че ….
func (r *said) clauseFrame(q *cueAt) (content, bool) {
	c := r.ComplementizerAfter(q.k, q.b.End)
	if c < 0 || q.wanted >= 0 && c > q.wanted {
		return content{}, false
	}
	return content{first: c + 1, end: r.contentEnd(c+1, q.b.End)}, true
}

// asFrame: Както отбеляза посланикът, ….
func (r *said) asFrame(q *cueAt) (content, bool) {
	c := r.asClause(q.k, q.b)
	if c < 0 {
		return content{}, false
	}
	return content{first: c, end: r.contentEnd(c, q.b.End)}, true
}

// brokenFrame: The road, she said, would make trade easier.
func (r *said) brokenFrame(q *cueAt) (content, bool) {
	first, end, ok := r.broken(q.k, q.b)
	return content{first: first, end: end}, ok
}

// invertedFrame: …, каза X.
func (r *said) invertedFrame(q *cueAt) (content, bool) {
	if q.say.Has('z') && r.aheadOf(q.k, q.b) || !r.invertedAt(q.k, q.b) {
		return content{}, false
	}
	c := content{first: r.leadStart(q.b.First), end: r.beforeCue(q.k)}
	if m := &r.Words[c.end-1]; c.end > c.first+3 && page.IsMark(m.Form) && m.Closes < 0 && m.Opens < 0 && m.Quote < 0 {
		c.kind, c.end = letopis.Direct, c.end-1 // its opening mark was lost
	}
	if r.CountWords(c.first, c.end) < 2 {
		return content{}, false
	}
	if r.dashed(q.k, q.b) {
		c.kind = letopis.Direct
	}
	return c, true
}

// beforeFrame: …. Това заяви X: the words are the sentence before.
func (r *said) beforeFrame(q *cueAt) (content, bool) {
	si := r.Words[q.k].Sent
	if si == 0 || !r.PointsBack(q.b, q.k) {
		return content{}, false
	}
	p := r.Sentences[si-1]
	return content{first: r.leadStart(p.First), end: p.End}, true
}

// wantedFrame: X призова Y да ….
func (r *said) wantedFrame(q *cueAt) (content, bool) {
	if q.wanted < 0 {
		return content{}, false
	}
	return content{first: q.wanted, end: r.wantedEnd(q.wanted, q.b.End)}, true
}

// colonFrame: X каза: ….
func (r *said) colonFrame(q *cueAt) (content, bool) {
	if q.k+2 >= q.b.End || r.Words[q.k+1].Form != ":" || r.Words[q.k+1].Quote >= 0 {
		return content{}, false
	}
	return content{first: q.k + 2, end: q.b.End}, true
}

// bareFrame: X said ….
func (r *said) bareFrame(q *cueAt) (content, bool) {
	z := r.bareClause(q.k, q.b.End)
	if z < 0 {
		return content{}, false
	}
	return content{first: z, end: r.contentEnd(z, q.b.End)}, true
}

// describeFrame: X called it ….
func (r *said) describeFrame(q *cueAt) (content, bool) {
	c := r.ObjectAfter(q.k, q.b.End)
	if c < 0 {
		return content{}, false
	}
	return content{first: c, end: r.phraseEnd(c, q.b.End)}, true
}

// aboutFrame: X called for ….
func (r *said) aboutFrame(q *cueAt) (content, bool) {
	p := r.prepAfter(q.k, q.b.End, q.say.Preps)
	if p < 0 {
		return content{}, false
	}
	return content{first: p + 1, end: r.phraseEnd(p+1, q.b.End)}, true
}

// maxObject is how far behind an object the clause may begin that says what it is.
const maxObject = 8

// objectClauseFrame: X изрази опасения, че …: the clause is what was said.
func (r *said) objectClauseFrame(q *cueAt) (content, bool) {
	c := r.ObjectAfter(q.k, q.b.End)
	if c < 0 || r.CountWords(c, q.b.End) < 2 {
		return content{}, false
	}
	m := r.ComplementizerAfter(c, min(q.b.End, c+maxObject))
	if m < 0 {
		return content{}, false
	}
	return content{first: m + 1, end: r.contentEnd(m+1, q.b.End)}, true
}

// objectFrame: X подчерта важността на ….
func (r *said) objectFrame(q *cueAt) (content, bool) {
	c := r.ObjectAfter(q.k, q.b.End)
	if c < 0 || r.CountWords(c, q.b.End) < 2 {
		return content{}, false
	}
	return content{first: c, end: r.phraseEnd(c, q.b.End)}, true
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
	s.cueFirst, s.cueEnd, s.rule, s.found = -1, -1, "dash.continued", "dash.continued"
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
