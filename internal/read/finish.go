package read

import (
	"sort"
	"strconv"
	"unicode/utf8"

	"letopis"
	"letopis/internal/ud"
)

// settle removes statements that tell the same words twice, gives every
// statement its speaker and its sources, and orders them.
func (r *reading) settle() {
	r.chooseSpans()
	sort.SliceStable(r.stmts, func(i, j int) bool { return r.stmts[i].conf > r.stmts[j].conf })
	keep := r.stmts[:0]
	in := make(map[int][]int, len(r.stmts)) // kept ones by the sentences they touch
	for _, s := range r.stmts {
		a, b := r.toks[s.first].sent, r.toks[s.end-1].sent
		dup := false
		for si := a; si <= b && !dup; si++ {
			for _, k := range in[si] {
				dup = dup || overlapShare(s.first, s.end, keep[k].first, keep[k].end) >= 0.5
			}
		}
		if dup {
			r.note(s.first, s.end, WhyDouble, s.rule)
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
	said := map[string]bool{}
	for _, s := range r.stmts {
		if s.ent < 0 && s.mention[1] <= s.mention[0] {
			r.note(s.first, s.end, WhyNoSpeaker, s.rule)
			continue
		}
		if s.cueFirst < 0 { // a title line that stands twice says it once
			key := r.text[r.toks[s.first].Start:r.toks[s.end-1].End]
			if said[key] {
				continue
			}
			said[key] = true
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
func (r *reading) speakerOf(i int) {
	s := &r.stmts[i]
	s.ent = -1
	told := r.stmts[:i]
	switch {
	case s.speaker >= 0:
		s.ent = r.introduce(s.speaker, told)
	case s.mention[1] > s.mention[0]:
		if k := s.mention[0]; r.toks[k].is(clPoss | clMasc | clFem | clPlur) {
			s.ent = r.introducePronoun(k, told)
		} else if c := r.chunkAt[k]; c >= 0 {
			s.ent = r.introduce(c, told)
		}
	}
	s.via = r.viaOf(s.first, s.end)
}

// runes turns byte offsets of the text into code points; offsets must be asked
// for in any order, so it keeps an index every 64 code points.
type runes struct {
	text  string
	index []int32 // byte offset of code point 64*i
	ascii bool
}

func newRunes(text string) *runes {
	x := &runes{text: text}
	n := 0
	for i := range text {
		if n&63 == 0 {
			x.index = append(x.index, int32(i))
		}
		n++
	}
	x.ascii = n == len(text)
	return x
}

// at returns the code point index of a byte offset.
func (x *runes) at(off int32) int {
	if x.ascii {
		return int(off)
	}
	k := sort.Search(len(x.index), func(i int) bool { return x.index[i] > off }) - 1
	if k < 0 {
		return 0
	}
	return k*64 + utf8.RuneCountInString(x.text[x.index[k]:off])
}

// finish writes the findings as a record, in code points and in order.
func (r *reading) finish() *letopis.Record {
	x := newRunes(r.text)
	rng := func(s ud.Span) letopis.Range {
		return letopis.Range{Span: letopis.Span{Start: x.at(s.Start), End: x.at(s.End)}, Text: r.text[s.Start:s.End]}
	}
	rec := &letopis.Record{Schema: letopis.Schema, Document: *r.doc, Entities: []letopis.Entity{}, Dates: []letopis.Date{},
		Statements: []letopis.Statement{}, Events: []letopis.Event{}}
	rec.Document.Lang = r.a.Lang
	rec.Document.Published = r.published
	ids := r.finishEntities(rec, rng)
	r.finishProvenance(rec, rng, ids)
	r.finishDates(rec, rng)
	r.finishStatements(rec, rng, ids)
	r.finishEvents(rec, rng, ids)
	return rec
}

// finishEntities writes the entities by first mention and returns their ids.
func (r *reading) finishEntities(rec *letopis.Record, rng func(ud.Span) letopis.Range) []string {
	order := make([]int, 0, len(r.ents))
	for e := range r.ents {
		en := &r.ents[e]
		if len(en.mentions) == 0 {
			continue
		}
		sort.SliceStable(en.mentions, func(i, j int) bool {
			a, b := &r.mentions[en.mentions[i]], &r.mentions[en.mentions[j]]
			if a.first != b.first {
				return a.first < b.first
			}
			return a.last < b.last
		})
		order = append(order, e)
	}
	first := func(e int) int { return r.mentions[r.ents[e].mentions[0]].first }
	sort.SliceStable(order, func(i, j int) bool { return first(order[i]) < first(order[j]) })
	ids := make([]string, len(r.ents))
	for n, e := range order {
		en := &r.ents[e]
		ids[e] = "e" + strconv.Itoa(n+1)
		out := letopis.Entity{ID: ids[e], KB: en.kb, Key: en.id, Type: en.typ, Name: trimMarks(en.name), Latin: en.latin, Country: en.country, Roles: en.roles, Rule: en.rule}
		last := -1
		for _, i := range en.mentions {
			m := &r.mentions[i]
			if m.first == last {
				continue
			}
			last = m.first
			out.Mentions = append(out.Mentions, letopis.Mention{Range: rng(r.span(m.first, m.last+1)), Form: m.form, Base: m.base})
		}
		rec.Entities = append(rec.Entities, out)
	}
	return ids
}

func (r *reading) finishProvenance(rec *letopis.Record, rng func(ud.Span) letopis.Range, ids []string) {
	out := []letopis.Source{}
	for _, c := range r.chain() {
		s := letopis.Source{Role: c.role, Name: trimMarks(c.name), Range: rng(r.creditSpan(&c)), Rule: c.rule}
		if n := r.toks[c.first].name; n >= 0 {
			s.Entity = ids[r.mentions[n].ent]
		}
		out = append(out, s)
	}
	rec.Document.Provenance = append(out, r.doc.Provenance...)
}

func (r *reading) finishStatements(rec *letopis.Record, rng func(ud.Span) letopis.Range, ids []string) {
	for i := range r.stmts {
		s := &r.stmts[i]
		out := letopis.Statement{ID: "s" + strconv.Itoa(i+1), Kind: s.kind, Content: rng(r.span(s.first, s.end)), Via: s.via,
			Date: s.date, Recalled: s.recalled, Confidence: float64(s.conf) / 100, Rule: s.rule}
		if s.say != nil {
			out.Stance = s.say.class
		}
		if s.cueFirst >= 0 {
			c := rng(r.span(s.cueFirst, s.cueEnd))
			out.Cue = &c
		}
		if s.ent >= 0 {
			out.Speaker.Entity = ids[s.ent]
		}
		if s.mention[1] > s.mention[0] {
			m := rng(r.span(s.mention[0], s.mention[1]))
			out.Speaker.Mention = &m
			if p := r.phraseOf(s); p != s.mention {
				whole := rng(r.span(p[0], p[1]))
				out.Speaker.Phrase = &whole
			}
		}
		rec.Statements = append(rec.Statements, out)
	}
}

// homeOfSpeaker supposes that people and groups of no stated country who speak in
// an article are of the country of whoever spoke just before, if only an office
// names them ("the head of state added"), else of the country where the
// article plays; the entity's rule says so.
func (r *reading) homeOfSpeaker(i int) {
	s := &r.stmts[i]
	if s.ent < 0 || s.mention[1] <= s.mention[0] {
		return
	}
	en := &r.ents[s.ent]
	described := r.mentions[en.mentions[0]].form == letopis.FormNominal
	if en.country != "" || en.kb != "" || en.typ != letopis.Person && (!described || !r.alone(r.chunkOf(s.mention[0]))) {
		return
	}
	if i > 0 && len(en.offices) > 0 && described && en.typ == letopis.Person {
		p := &r.stmts[i-1]
		if p.ent >= 0 && r.ents[p.ent].typ == letopis.Person && r.ents[p.ent].country != "" && r.toks[s.first].sent-r.toks[p.end-1].sent <= 2 {
			en.country, en.rule = r.ents[p.ent].country, "country.before"
			return
		}
	}
	if c := r.main; c != "" {
		en.country, en.rule = c, "country.scene"
	}
}
