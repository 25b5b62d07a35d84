package read

import (
	"sort"
	"strconv"

	"letopis"
	"letopis/internal/page"
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
		a, b := r.Words[s.first].Sent, r.Words[s.end-1].Sent
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
			key := r.Text[r.Words[s.first].Start:r.Words[s.end-1].End]
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
		if k := s.mention[0]; r.Words[k].Is(page.Poss | page.Masc | page.Fem | page.Plur) {
			s.ent = r.introducePronoun(k, told)
		} else if c := r.PhraseAt[k]; c >= 0 {
			s.ent = r.introduce(c, told)
		}
	}
	s.via = r.viaOf(s.first, s.end)
}

// finish writes the findings as a record, in code points and in order.
func (r *reading) finish() *letopis.Record {
	x := page.NewRunes(r.Text)
	rng := func(s ud.Span) letopis.Range {
		return letopis.Range{Span: letopis.Span{Start: x.At(s.Start), End: x.At(s.End)}, Text: r.Text[s.Start:s.End]}
	}
	rec := &letopis.Record{Schema: letopis.Schema, Document: *r.Doc, Entities: []letopis.Entity{}, Dates: []letopis.Date{},
		Statements: []letopis.Statement{}, Events: []letopis.Event{}}
	rec.Document.Lang = r.Analysis.Lang
	rec.Document.Published = r.Published
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
			out.Mentions = append(out.Mentions, letopis.Mention{Range: rng(r.Span(m.first, m.last+1)), Form: m.form, Base: m.base})
		}
		rec.Entities = append(rec.Entities, out)
	}
	return ids
}

func (r *reading) finishProvenance(rec *letopis.Record, rng func(ud.Span) letopis.Range, ids []string) {
	out := []letopis.Source{}
	for _, c := range r.chain() {
		s := letopis.Source{Role: c.role, Name: trimMarks(c.name), Range: rng(r.creditSpan(&c)), Rule: c.rule}
		if n := r.Words[c.first].Name; n >= 0 {
			s.Entity = ids[r.mentions[n].ent]
		}
		out = append(out, s)
	}
	rec.Document.Provenance = append(out, r.Doc.Provenance...)
}

func (r *reading) finishStatements(rec *letopis.Record, rng func(ud.Span) letopis.Range, ids []string) {
	for i := range r.stmts {
		s := &r.stmts[i]
		out := letopis.Statement{ID: "s" + strconv.Itoa(i+1), Kind: s.kind, Content: rng(r.Span(s.first, s.end)), Via: s.via,
			Date: s.date, Recalled: s.recalled, Confidence: float64(s.conf) / 100, Rule: s.rule}
		if s.say != nil {
			out.Stance = s.say.Class
		}
		if s.cueFirst >= 0 {
			c := rng(r.Span(s.cueFirst, s.cueEnd))
			out.Cue = &c
		}
		if s.ent >= 0 {
			out.Speaker.Entity = ids[s.ent]
		}
		if s.mention[1] > s.mention[0] {
			m := rng(r.Span(s.mention[0], s.mention[1]))
			out.Speaker.Mention = &m
			if p := r.phraseOf(s); p != s.mention {
				whole := rng(r.Span(p[0], p[1]))
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
	if en.country != "" || en.kb != "" || en.typ != letopis.Person && (!described || !r.IsAlone(r.PhraseOf(s.mention[0]))) {
		return
	}
	if i > 0 && len(en.offices) > 0 && described && en.typ == letopis.Person {
		p := &r.stmts[i-1]
		if p.ent >= 0 && r.ents[p.ent].typ == letopis.Person && r.ents[p.ent].country != "" && r.Words[s.first].Sent-r.Words[p.end-1].Sent <= 2 {
			en.country, en.rule = r.ents[p.ent].country, "country.before"
			return
		}
	}
	if c := r.MainCountry; c != "" {
		en.country, en.rule = c, "country.scene"
	}
}
