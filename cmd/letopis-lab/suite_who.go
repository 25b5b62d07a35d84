package main

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"letopis"
	"letopis/internal/kb"
	"letopis/internal/measure"
	"letopis/internal/score"
	"letopis/internal/ud"
)

// speakerCountry scores the country of the speakers of matched statements.
func (s *suite) speakerCountry(ctx context.Context, t *task) ([]score.Row, error) {
	g, err := s.goldSet(ctx, "dev")
	if err != nil {
		return nil, err
	}
	k, err := openKB(s.data)
	if err != nil {
		return nil, err
	}
	body := func(code string) bool { return code != "" && code != "NGO" && k.Country(code) == nil }
	tallies := map[string]*score.Tally{}
	for i := range g.cases {
		for _, lang := range []string{"all", g.cases[i].Document.Lang} {
			if tallies[lang] == nil {
				tallies[lang] = &score.Tally{}
			}
			score.SpeakerCountries(tallies[lang], g.cases[i].Gold, g.found[i], body)
		}
	}
	return tallyRows(t.name, tallies), nil
}

func tallyRows(task string, tallies map[string]*score.Tally) []score.Row {
	var rows []score.Row
	for lang, t := range tallies {
		for _, f := range t.Figures() {
			rows = append(rows, score.RowOf(task, lang, f))
		}
	}
	score.SortRows(rows)
	return rows
}

// kbToks splits a name as a tokenizer does.
func kbToks(s string) []kb.Tok {
	var toks []kb.Tok
	for _, w := range strings.Fields(strings.NewReplacer(",", " , ", "(", " ( ", ")", " ) ").Replace(s)) {
		toks = append(toks, kb.Tok{Form: w})
	}
	return toks
}

// wholeCountry is the country that a whole string names, as one of kinds.
func wholeCountry(k *kb.KB, lang, s string, kinds ...kb.Kind) string {
	toks := kbToks(s)
	for _, m := range k.MatchAll(lang, toks, 0) {
		if m.Last == len(toks)-1 && slices.Contains(kinds, m.Kind) {
			return m.Country
		}
	}
	return ""
}

// territories scores the CLDR names of territories, and the forms in which Russian
// news writes countries.
func (s *suite) territories(_ context.Context, t *task) ([]score.Row, error) {
	k, err := openKB(s.data)
	if err != nil {
		return nil, err
	}
	code := map[string]string{}
	for _, c := range k.Countries() {
		if c := k.Country(c); c.Status != "former" {
			code[c.Alpha2] = c.Code
		}
	}
	b, err := os.ReadFile(s.path(t))
	if err != nil {
		return nil, err
	}
	tallies := map[string]*score.Tally{}
	for i, line := range strings.Split(string(b), "\n") {
		c := strings.Split(line, "\t")
		if i == 0 || len(c) < 4 || code[c[0]] == "" {
			continue
		}
		for j, lang := range []string{"en", "bg", "ru"} {
			if c[j+1] == "" {
				continue
			}
			if tallies[lang] == nil {
				tallies[lang] = &score.Tally{}
			}
			tallies[lang].AddShare("name", wholeCountry(k, lang, c[j+1], kb.KindCountry) == code[c[0]])
		}
	}
	texts, err := score.OpenCountryForms(filepath.Join(s.shared, filepath.FromSlash(t.data[1])))
	if err != nil {
		return nil, err
	}
	for _, f := range texts {
		metric, kinds := "form", []kb.Kind{kb.KindCountry, kb.KindAdjective, kb.KindDemonym, kb.KindCapital, kb.KindSeat}
		tallies["ru"].AddShare(metric, wholeCountry(k, "ru", f, kinds...) != "")
	}
	return tallyRows(t.name, tallies), nil
}

// slavicLangs are the languages of the first columns of the table of personal names.
var slavicLangs = []string{"en", "bg", "ru", "uk"}

// slavicNames are the rows of the table of personal names that have an English form.
func slavicNames(table string) [][]string {
	var all [][]string
	for i, line := range strings.Split(table, "\n") {
		if c := strings.Split(line, "\t"); i > 0 && len(c) >= len(slavicLangs) && c[0] != "" {
			all = append(all, c)
		}
	}
	return all
}

// initial is the first letter of the English form.
func initial(names []string) string { return strings.ToLower(names[0][:1]) }

// anotherName draws from the rows of group, in the column col, a name of another person than
// row i has; "" where a hundred draws give none. It returns the next seed.
func anotherName(all [][]string, group []int, i, col int, seed uint32) (string, uint32) {
	for range 100 {
		seed = seed*1664525 + 1013904223
		other := all[group[int(seed>>8)%len(group)]]
		if other[col] != "" && other[0] != all[i][0] && other[col] != all[i][col] {
			return other[col], seed
		}
	}
	return "", seed
}

// namesSlavic scores SameName on pairs of names across scripts, and on as many
// random pairs of others with the same initial.
func (s *suite) namesSlavic(_ context.Context, t *task) ([]score.Row, error) {
	k, err := openKB(s.data)
	if err != nil {
		return nil, err
	}
	b, err := os.ReadFile(s.path(t))
	if err != nil {
		return nil, err
	}
	all := slavicNames(string(b))
	byInitial := map[string][]int{}
	for i, n := range all {
		byInitial[initial(n)] = append(byInitial[initial(n)], i)
	}
	pairs, found, wrong := 0, 0, 0
	seed := uint32(1)
	for i, n := range all {
		for a := range slavicLangs {
			for b := a + 1; b < len(slavicLangs); b++ {
				if n[a] == "" || n[b] == "" {
					continue
				}
				same := func(other string) int {
					if ok, _ := k.SameName(n[a], slavicLangs[a], other, slavicLangs[b]); ok {
						return 1
					}
					return 0
				}
				pairs++
				found += same(n[b])
				var other string
				if other, seed = anotherName(all, byInitial[initial(n)], i, b, seed); other != "" {
					wrong += same(other)
				}
			}
		}
	}
	round := func(v float64) float64 { return math.Round(v*1000) / 1000 }
	return []score.Row{
		{Task: t.name, Lang: "all", Metric: "recall", Value: round(float64(found) / float64(pairs)), N: pairs, Share: true},
		{Task: t.name, Lang: "all", Metric: "precision", Value: round(float64(found) / float64(found+wrong)), N: found + wrong, Share: true},
	}, nil
}

// stated scores the countries of persons and offices that a data set states.
func (s *suite) stated(ctx context.Context, t *task) ([]score.Row, error) {
	docs, gold, err := score.OpenStated(s.path(t))
	if err != nil || !s.reads("ru") {
		return nil, err
	}
	k, err := openKB(s.data)
	if err != nil {
		return nil, err
	}
	ptrs := make([]*letopis.Document, len(docs))
	for i := range docs {
		ptrs[i] = &docs[i]
	}
	recs, err := measure.Records(ctx, s.reader, ptrs, func(r *letopis.Record) *letopis.Record { return r })
	if err != nil {
		return nil, err
	}
	tally := &score.Tally{}
	for i := range docs {
		for _, g := range gold[i] {
			want := map[string]bool{}
			for _, c := range g.Countries {
				if code := wholeCountry(k, "ru", c, kb.KindCountry, kb.KindAdjective, kb.KindDemonym); code != "" {
					want[code] = true
				}
			}
			if len(want) == 0 {
				continue
			}
			metric := "person"
			if g.Office {
				metric = "office"
			}
			got := score.CountryOf(recs[i], g.Place)
			tally.AddShare("all", want[got])
			tally.AddShare(metric, want[got])
		}
	}
	return tallyRows(t.name, map[string]*score.Tally{"ru": tally}), nil
}

// links scores links between languages where the names are given.
func (s *suite) links(ctx context.Context, t *task) ([]score.Row, error) {
	root := filepath.Dir(s.path(t))
	topic := filepath.Base(s.path(t))
	gold, err := score.OpenNames(root, func(tp, lang string) bool { return tp == topic && s.recognises(lang) })
	if err != nil {
		return nil, err
	}
	var answers []score.NameGroup
	var langs []string
	for _, g := range gold {
		langs = append(langs, g.Lang)
		docs, places, err := score.OpenNamePlaces(filepath.Join(root, topic, g.Lang), g.Lang)
		if err != nil {
			return nil, err
		}
		pack, err := s.reader.Packs().Pack(g.Lang)
		if err != nil {
			return nil, err
		}
		out := score.NameGroup{Topic: g.Topic, Lang: g.Lang}
		for _, d := range g.Docs {
			doc := docs[d.Stem]
			a, err := pack.Analyze(ctx, doc.Text)
			if err != nil {
				return nil, err
			}
			giveNames(a, doc.Text, d.Names, places[d.Stem])
			if err := pack.Bases(doc.Text, a); err != nil {
				return nil, err
			}
			rec, err := s.reader.ReadAnalysis(ctx, &doc, a)
			if err != nil {
				return nil, err
			}
			out.Docs = append(out.Docs, score.NameDoc{ID: d.ID, File: d.File, Stem: d.Stem, Names: score.LinkedNames(d.Names, places[d.Stem], rec)})
		}
		answers = append(answers, out)
	}
	rows := score.ScoreNames(gold, answers).Rows(t.name, langs)
	return slices.DeleteFunc(rows, func(r score.Row) bool { return !strings.Contains(r.Metric, "-") }), nil
}

// giveNames puts the gold names into an analysis in place of those found.
func giveNames(a *ud.Analysis, text string, gold []score.Name, places []score.NamePlace) {
	a.Names = a.Names[:0]
	places = slices.Clone(places)
	slices.SortStableFunc(places, func(x, y score.NamePlace) int { return x.Start - y.Start })
	end := 0
	for _, p := range places {
		from, to, ok := score.ByteSpan(text, p.Start, p.End)
		if !ok || p.Start < end || p.Name < 0 || p.Name >= len(gold) {
			continue
		}
		for si := range a.Sentences {
			ts := a.Sentences[si].Tokens
			first, last := -1, -1
			for i := range ts {
				if int(ts[i].End) > from && int(ts[i].Start) < to {
					if first < 0 {
						first = i
					}
					last = i
				}
			}
			if first >= 0 {
				a.Names = append(a.Names, ud.Name{Span: ud.Span{Start: ts[first].Start, End: ts[last].End}, Sentence: int32(si), First: int32(first), Last: int32(last), Type: gold[p.Name].Category})
				break
			}
		}
		end = p.End
	}
}
