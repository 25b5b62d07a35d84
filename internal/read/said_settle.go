package read

import (
	"sort"
	"strings"

	"letopis"
	"letopis/internal/page"
)

// sureness lists the ways to find a statement, the surest first and those that are alike on one line: of
// two that tell the same words the surer stays. What goes on with the speaker of a statement
// before has ".same" behind its frame. How often each is right confidence.tsv says.
var sureness = func() map[string]int {
	rank := map[string]int{}
	for i, line := range [...]string{
		"quote.cue",
		"clause",
		"cue.quote inverted",
		"as attrib",
		"wanted broken quote.verb",
		"quote.signed quote.colon before",
		"bare",
		"colon attrib.poss headline.colon dash.continued",
		"object.clause",
		"quote.continued quote.paragraphs describe",
		"clause.same",
		"about",
		"noun inverted.same",
		"object",
		"as.same",
		"wanted.same broken.same",
		"guessed before.same",
		"bare.same",
		"quote.last colon.same",
		"object.clause.same",
		"describe.same",
		"about.same",
		"object.same",
	} {
		for _, found := range strings.Fields(line) {
			rank[found] = i
		}
	}
	return rank
}()

// settle removes statements that tell the same words twice, gives every
// statement its speaker and its sources, and orders them.
func (r *said) settle() {
	r.chooseSpans()
	sort.SliceStable(r.stmts, func(i, j int) bool { return sureness[r.stmts[i].found] < sureness[r.stmts[j].found] })
	keep := r.stmts[:0]
	in := make(map[int][]int, len(r.stmts)) // kept ones by the sentences they touch
	for _, s := range r.stmts {
		a, b := r.Words[s.first].Sent, r.Words[s.end-1].Sent
		dup := false
		for si := a; si <= b && !dup; si++ {
			for _, k := range in[si] {
				dup = dup || overlapShare(s.first, s.end, keep[k].first, keep[k].end) >= 0.5
			}
		}
		if dup {
			r.trace.note(s.first, s.end, WhyDouble, s.rule)
			continue
		}
		for si := a; si <= b; si++ {
			in[si] = append(in[si], len(keep))
		}
		keep = append(keep, s)
	}
	r.stmts = keep
	sort.SliceStable(r.stmts, func(i, j int) bool {
		if r.stmts[i].first != r.stmts[j].first {
			return r.stmts[i].first < r.stmts[j].first
		}
		return r.stmts[i].end < r.stmts[j].end
	})
	for i := range r.stmts {
		r.speakerOf(i)
	}
	for i := range r.stmts {
		r.homeOfSpeaker(i)
	}
	out := r.stmts[:0]
	titles := map[string]bool{}
	for _, s := range r.stmts {
		if s.ent < 0 && s.mention[1] <= s.mention[0] {
			r.trace.note(s.first, s.end, WhyNoSpeaker, s.rule)
			continue
		}
		if s.cueFirst < 0 { // a title line that stands twice says it once
			key := r.Text[r.Words[s.first].Start:r.Words[s.end-1].End]
			if titles[key] {
				continue
			}
			titles[key] = true
		}
		out = append(out, s)
	}
	r.stmts = out
}

// overlapShare is the intersection over the union of two token ranges.
func overlapShare(a, b, c, d int) float64 {
	i := min(b, d) - max(a, c)
	if i <= 0 {
		return 0
	}
	return float64(i) / float64(max(b, d)-min(a, c))
}

// speakerOf resolves the speaker of statement i; the ones before it are resolved.
func (r *said) speakerOf(i int) {
	s := &r.stmts[i]
	s.ent = -1
	told := r.stmts[:i]
	switch {
	case s.speaker >= 0:
		s.ent = r.cast.introduce(s.speaker, told)
	case s.mention[1] > s.mention[0]:
		if k := s.mention[0]; r.Words[k].Is(page.Poss | page.Masc | page.Fem | page.Plur) {
			s.ent = r.cast.introducePronoun(k, told)
		} else if c := r.PhraseAt[k]; c >= 0 {
			s.ent = r.cast.introduce(c, told)
		}
	}
	s.via = r.way.viaOf(s.first, s.end)
}

// homeOfSpeaker supposes that people and groups of no stated country who speak in
// an article are of the country of whoever spoke just before, if only an office
// names them ("the head of state added"), else of the country where the
// article plays; the entity's rule says so.
func (r *said) homeOfSpeaker(i int) {
	s := &r.stmts[i]
	if s.ent < 0 || s.mention[1] <= s.mention[0] {
		return
	}
	en := &r.cast.ents[s.ent]
	described := r.cast.mentions[en.mentions[0]].form == letopis.FormNominal
	if en.country != "" || en.kb != "" || en.typ != letopis.Person && (!described || !r.IsAlone(r.PhraseOf(s.mention[0]))) {
		return
	}
	if i > 0 && len(en.offices) > 0 && described && en.typ == letopis.Person {
		p := &r.stmts[i-1]
		if p.ent >= 0 && r.cast.ents[p.ent].typ == letopis.Person && r.cast.ents[p.ent].country != "" && r.Words[s.first].Sent-r.Words[p.end-1].Sent <= 2 {
			r.cast.supposeHome(s.ent, r.cast.ents[p.ent].country, "country.before")
			return
		}
	}
	if c := r.MainCountry; c != "" {
		r.cast.supposeHome(s.ent, c, "country.scene")
	}
}

// reportedAt reports whether token i stands in the words of a statement: the
// times there are the speaker's, not the narrator's.
func (r *said) reportedAt(i int) bool {
	for k := range r.stmts {
		if s := &r.stmts[k]; s.first <= i && i < s.end && (s.cueFirst < s.first || s.cueFirst >= s.end) {
			return true
		}
	}
	return false
}

// measureReach notes how far the statements up to each reach, for stmtOf.
func (r *said) measureReach() {
	far := 0
	for i := range r.stmts {
		far = max(far, r.stmts[i].end, r.stmts[i].cueEnd)
		r.reach = append(r.reach, far)
	}
}

// maxInside bounds how far before the words of a statement its cue may stand.
const maxInside = 60

// stmtOf returns the statement whose cue is token k or that covers it, or -1.
func (r *said) stmtOf(k int) int {
	for i := sort.SearchInts(r.reach, k+1); i < len(r.stmts); i++ {
		s := &r.stmts[i]
		if s.cueFirst <= k && k < s.cueEnd || s.first <= k && k < s.end {
			return i
		}
		if s.first > k+maxInside {
			break
		}
	}
	return -1
}
