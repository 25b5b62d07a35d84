package read

import (
	"sort"
	"strconv"

	"letopis"
	"letopis/internal/onto"
	"letopis/internal/page"
	"letopis/internal/ud"
)

// This file writes the results of the phases as a record: here bytes of the text become code points.

// findings are the results of all phases.
type findings struct {
	cast *cast
	way  *way
	said *said
	done *done
}

// ranger turns bytes of the text into a range of the record.
type ranger func(ud.Span) letopis.Range

// rangesOf returns the ranger of a page.
func rangesOf(pg *page.Page) ranger {
	x := page.NewRunes(pg.Text)
	return func(s ud.Span) letopis.Range {
		return letopis.Range{Span: letopis.Span{Start: x.At(s.Start), End: x.At(s.End)}, Text: pg.Text[s.Start:s.End]}
	}
}

// finish writes the findings as a record, in code points and in order.
func finish(pg *page.Page, f findings, o *onto.Ontology, conf confidences) *letopis.Record {
	rng := rangesOf(pg)
	rec := &letopis.Record{Schema: letopis.Schema, Document: *pg.Doc, Entities: []letopis.Entity{}, Dates: []letopis.Date{},
		Statements: []letopis.Statement{}, Events: []letopis.Event{}}
	rec.Document.Lang = pg.Analysis.Lang
	rec.Document.Published = pg.Published
	ids := f.cast.write(rec, rng)
	f.way.write(rec, rng, f.cast, ids)
	writeDates(rec, rng, pg)
	f.said.write(rec, rng, conf, ids)
	f.done.write(rec, rng, o, conf, ids)
	return rec
}

// writeDates writes the dates and the evidence of the article's own.
func writeDates(rec *letopis.Record, rng ranger, pg *page.Page) {
	for _, s := range pg.PublishedBy {
		rec.Document.Published.Evidence = append(rec.Document.Published.Evidence, rng(s))
	}
	for i := range pg.Times {
		x := &pg.Times[i]
		rec.Dates = append(rec.Dates, letopis.Date{Range: rng(x.Span), Value: x.Value, Rule: x.Rule})
	}
}

// write writes the entities by first mention and returns their ids.
func (r *cast) write(rec *letopis.Record, rng ranger) []string {
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
		out := letopis.Entity{ID: ids[e], KB: en.kb, Key: en.id, Type: en.typ, Name: trimMarks(en.name), Latin: en.latin, Country: en.country, Roles: en.roles, Place: r.lies(en), Rule: en.rule}
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

// write writes the way of the news.
func (r *way) write(rec *letopis.Record, rng ranger, c *cast, ids []string) {
	out := []letopis.Source{}
	for _, link := range r.chain() {
		s := letopis.Source{Role: link.role, Name: trimMarks(link.name), Range: rng(r.creditSpan(&link)), Rule: link.rule}
		if n := r.Words[link.first].Name; n >= 0 {
			s.Entity = ids[c.mentions[n].ent]
		}
		out = append(out, s)
	}
	rec.Document.Provenance = append(out, r.Doc.Provenance...)
}

// write writes the statements.
func (r *said) write(rec *letopis.Record, rng ranger, conf confidences, ids []string) {
	for i := range r.stmts {
		s := &r.stmts[i]
		out := letopis.Statement{ID: "s" + strconv.Itoa(i+1), Kind: s.kind, Content: rng(r.Span(s.first, s.end)), Via: s.via,
			Date: s.date, Recalled: s.recalled, Confidence: float64(conf.of(s.rule, r.Analysis.Lang)) / 100, Rule: s.rule}
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

// write writes the events.
func (r *done) write(rec *letopis.Record, rng ranger, o *onto.Ontology, conf confidences, ids []string) {
	names := func(ents []int) []string {
		out := []string{}
		for _, e := range ents {
			if ids[e] != "" {
				out = append(out, ids[e])
			}
		}
		return out
	}
	cues := r.cues()
	for i := range r.evs {
		ev := &r.evs[i]
		root, _ := o.Category(ev.code)
		out := letopis.Event{ID: "v" + strconv.Itoa(i+1), CAMEO: root.CAMEO, Goldstein: root.Goldstein, Code: ev.code, Mode: ev.mode, Context: ev.context, Source: names(ev.source), Target: names(ev.target),
			SourceCountry: ev.srcC, TargetCountry: ev.tgtC, Trigger: rng(r.Words[ev.trigger].Span), Evidence: rng(r.Sentences[r.Words[ev.trigger].Sent].Bytes),
			Date: ev.date, Modality: ev.modality, Recalled: ev.recalled, Confidence: float64(ev.conf) / 100, Rule: ev.rule}
		if r.taken != nil { // as was learnt, and so counted
			out.Confidence = float64(conf.of(ev.rule, r.Analysis.Lang)) / 100
		}
		for _, p := range ev.parts {
			side := letopis.Side{Side: "source", Mention: rng(r.Span(p.first, p.last+1)), Country: p.country, Basis: p.basis}
			if p.target {
				side.Side = "target"
			}
			if p.ent >= 0 {
				side.Entity = ids[p.ent]
			}
			out.Sides = append(out.Sides, side)
		}
		if ev.place >= 0 {
			out.Place = ids[ev.place]
		}
		if s := r.actOf(ev, cues); s >= 0 {
			out.Statement = rec.Statements[s].ID
		}
		for _, m := range ev.mentions {
			out.Mentions = append(out.Mentions, rng(r.Words[m].Span))
		}
		rec.Events = append(rec.Events, out)
	}
}
