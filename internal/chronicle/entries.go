package chronicle

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"letopis"
)

// newEntry writes the line of a group.
func newEntry(g group) *letopis.Entry {
	g = slices.Clone(g)
	own := original(g)
	slices.SortFunc(g, func(a, b *member) int { return better(a, b, own) })
	top := g[0]
	e := &letopis.Entry{
		ID: entryID(g), Kind: top.Kind, When: whenOf(g),
		Code: top.Code, Mode: top.Mode, Modality: top.Modality, Place: top.Place, Where: top.Where,
		Text: top.Text, Lang: top.doc.Lang, Words: top.Words, Cue: top.Cue, Stance: top.Stance,
		Speaker: top.Speaker, Recalled: true, Confidence: top.Confidence,
	}
	var source, target []party
	sourceC, targetC := []string{}, []string{}
	origins := map[string]bool{}
	for _, m := range g {
		flip := m.Code.Symmetric() && !slices.Equal(m.SourceC, top.SourceC) && slices.Equal(m.SourceC, top.TargetC)
		ms, mt, cs, ct := m.Source, m.Target, m.SourceC, m.TargetC
		if flip {
			ms, mt, cs, ct = mt, ms, ct, cs
		}
		if m.Code.Symmetric() && len(ct) == 0 && len(top.TargetC) > 0 {
			// All on one side there, on two sides here: the better report's sides stand.
			ms, mt, cs = sideBy(ms, top)
		}
		source, target = addParties(source, ms), addParties(target, mt)
		sourceC, targetC = append(sourceC, cs...), append(targetC, ct...)
		e.Recalled = e.Recalled && m.Recalled
		e.Mode = cmp.Or(e.Mode, m.Mode)
		if e.Place == "" && (m.Place != "" || e.Where == nil) {
			e.Place, e.Where = m.Place, m.Where
		}
		if e.When == "" {
			e.When = m.When
		}
		origins[m.doc.story.Key] = true
		e.Reports = append(e.Reports, newReport(m, e.Text))
	}
	e.Source, e.Target = partiesOf(source), partiesOf(target)
	e.SourceCountry, e.TargetCountry = set(sourceC), set(targetC)
	e.Origins = len(origins)
	if len(origins) > 1 {
		e.Versions = versions(g)
	}
	slices.SortFunc(e.Reports, func(a, b letopis.Report) int {
		return cmp.Or(a.Published.Compare(b.Published), a.Item.Compare(b.Item))
	})
	return e
}

// lemmasOf are the dictionary forms of the words of an entry that do not stand in it.
func lemmasOf(e *letopis.Entry, l Lemmatizer) []string {
	if l == nil {
		return nil
	}
	var words, all []string
	add := func(lang, text string) {
		terms := set(letopis.Terms(text))
		words = append(words, terms...)
		for _, t := range terms {
			all = append(all, l.Lemmas(lang, t)...)
		}
	}
	add(e.Lang, e.Text)
	for i := range e.Reports {
		if r := &e.Reports[i]; r.Text != "" {
			add(r.Lang, r.Text)
		}
	}
	words = set(words)
	return slices.DeleteFunc(set(all), func(t string) bool {
		_, there := slices.BinarySearch(words, t)
		return there
	})
}

// sideBy gives the parties of a report that has all on one side the sides of top.
func sideBy(all []party, top *member) (source, target []party, countries []string) {
	for _, p := range all {
		if slices.Contains(top.TargetC, p.Country) && !slices.Contains(top.SourceC, p.Country) {
			target = append(target, p)
		} else {
			source = append(source, p)
		}
	}
	return source, target, nil // its countries are those of top
}

// whenOf is the time of the report that tells best. Reports that have the day alone or
// another minute take the minute from it: it is oftener that of an article.
func whenOf(g group) letopis.When {
	top := g[0].When
	if top.Precision() <= letopis.PrecisionDay {
		return top
	}
	day, _ := top.Days()
	for _, m := range g[1:] {
		if d, last := m.When.Days(); m.When != top && d == day && last == day {
			return letopis.When(day)
		}
	}
	return top
}

// original is the language in which a statement was first put, "" where it came in one
// language or all its reports are translations.
func original(g group) string {
	var first *member
	several := false
	for _, m := range g {
		several = several || m.doc.Lang != g[0].doc.Lang
		if m.Kind != letopis.FindingStatement || slices.ContainsFunc(m.doc.Chain, func(l letopis.Link) bool { return l.Role == letopis.RoleTranslator }) {
			continue
		}
		if first == nil || cmp.Or(m.doc.Published.Compare(first.doc.Published), m.item.Compare(first.item)) < 0 {
			first = m
		}
	}
	if !several || first == nil {
		return ""
	}
	return first.doc.Lang
}

// better orders findings by how well they tell what happened: news before
// recollections, the exact time, words as they were said, in the language in which
// they were, the fuller text, and who had it first.
func better(a, b *member, original string) int {
	return cmp.Or(
		compareBool(a.Recalled, b.Recalled),
		// A minute is oftener the article's own than the event's, so it wins nothing.
		cmp.Compare(min(b.When.Precision(), letopis.PrecisionDay), min(a.When.Precision(), letopis.PrecisionDay)),
		cmp.Compare(wordsRank(a.Words), wordsRank(b.Words)),
		compareBool(original != "" && a.doc.Lang != original, original != "" && b.doc.Lang != original),
		cmp.Compare(b.saidWords(), a.saidWords()),
		a.doc.Published.Compare(b.doc.Published),
		cmp.Compare(len(b.terms), len(a.terms)),
		a.item.Compare(b.item))
}

// saidWords is how much of a speaker's own words a statement has.
func (m *member) saidWords() int {
	if m.Words == letopis.Direct || m.Words == letopis.Mixed {
		return len(m.terms)
	}
	return 0
}

func wordsRank(k letopis.Kind) int {
	switch k {
	case letopis.Direct:
		return 0
	case letopis.Mixed:
		return 1
	}
	return 2
}

// entryID names an entry by the least of its items, so that it stays the same when
// most other reports come.
func entryID(g group) string {
	least := g[0].item
	for _, m := range g[1:] {
		if m.item.Compare(least) < 0 {
			least = m.item
		}
	}
	sum := sha256.Sum256([]byte(string(least.Doc) + "\x00" + least.Item))
	return "n" + hex.EncodeToString(sum[:8])
}

// addParties joins the parties of a report to those that are known: the same
// actor, by key and country, gets the other's names as further forms.
func addParties(all, more []party) []party {
	for _, p := range more {
		i := slices.IndexFunc(all, func(o party) bool { return sameParty(&o, &p) })
		if i < 0 {
			p.Forms = slices.Clone(p.Forms)
			all = append(all, p)
			continue
		}
		o := &all[i]
		o.KB, o.Latin, o.Country = cmp.Or(o.KB, p.KB), cmp.Or(o.Latin, p.Latin), cmp.Or(o.Country, p.Country)
		names := set(append(append(slices.Clone(o.Forms), p.Name, p.Latin), p.Forms...))
		o.Forms = slices.DeleteFunc(names, func(s string) bool { return s == "" || s == o.Name || s == o.Latin })
		o.Forms = o.Forms[:min(len(o.Forms), 4*maxForms)]
	}
	return all
}

func sameParty(a, b *party) bool {
	if a.KB != "" && b.KB != "" {
		return a.KB == b.KB
	}
	return a.Country == b.Country && a.key() == b.key()
}

// partiesOf are the parties as an entry has them.
func partiesOf(all []party) []letopis.Party {
	parties := make([]letopis.Party, len(all))
	for i := range all {
		parties[i] = all[i].Party
	}
	return parties
}

// wayOf is the chain of a document. What a copy does not say, another that carries the
// same text may: the agency from which all have it.
func wayOf(d *digest) []letopis.Link {
	if d.Agency != "" || !d.story.Agency {
		return d.Chain
	}
	return append([]letopis.Link{{Role: letopis.RoleAgency, Name: d.story.Origin}}, d.Chain...)
}

func newReport(m *member, text string) letopis.Report {
	d := m.doc
	r := letopis.Report{
		Item: m.item, Origin: d.story.Origin, Publisher: d.Publisher, URL: d.URL, Title: d.Title,
		Lang: d.Lang, Published: d.Published, When: m.When, Recalled: m.Recalled,
	}
	if d.story.ID != d.Doc {
		r.Story = d.story.ID
	}
	if d.story.Size > 1 {
		r.First = d.story.First
	}
	r.Chain = wayOf(d)
	if m.Text != text {
		r.Text = m.Text
	}
	return r
}
