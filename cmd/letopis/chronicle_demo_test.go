package main

import (
	"context"
	"slices"
	"strings"
	"testing"

	"letopis"
	"letopis/internal/chronicle"
	"letopis/internal/store/storetest"
)

// The chronicle of the demo corpus: a reprint and a translation are no second
// origin, one event is one entry in three languages, and what is recalled later
// stands with what was news then.
func TestChronicleOfDemo(t *testing.T) {
	ctx := context.Background()
	e := &env{stdin: strings.NewReader(""), stdout: &strings.Builder{}, stderr: &strings.Builder{}, getenv: func(string) string { return "" }}
	if err := e.settle(); err != nil {
		t.Fatal(err)
	}
	recs, err := e.records(ctx, []string{"../../data/demo"}, inputFlags{})
	if err != nil {
		t.Fatal(err)
	}
	store := storetest.NewMemory(chronicle.Folder{})
	for r, err := range recs {
		if err != nil {
			t.Fatal(err)
		}
		if _, err := store.Put(ctx, r); err != nil {
			t.Fatal(err)
		}
	}
	// Articles by the ends of their addresses.
	const (
		original, reprint           = "dunavski-pregled.example/2020/10/23/valdai", "trakiyski-vesti.example/svyat/20201023-3"
		russian, translation        = "severny-kurier.example/mir/20201209-19", "vecheren-pregled.example/svyat/8377"
		english, year               = "meridian-post.example/world/2020/12/10/envoy", "dunavski-pregled.example/2020/12/29/godina"
		telegramRussian, telegramBG = "severny-kurier.example/mir/20200903-14", "dunavski-pregled.example/2020/09/04/telegrama"
	)
	var entries [][]letopis.Report
	var all []*letopis.Entry
	for en, err := range store.Entries(ctx, letopis.Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		entries, all = append(entries, en.Reports), append(all, en)
	}
	of := func(reports []letopis.Report, url string) *letopis.Report {
		i := slices.IndexFunc(reports, func(r letopis.Report) bool { return strings.HasSuffix(r.URL, url) })
		if i < 0 {
			return nil
		}
		return &reports[i]
	}
	for _, copy := range [][2]string{{original, reprint}, {russian, translation}} {
		together := 0
		for _, reports := range entries {
			a, b := of(reports, copy[0]), of(reports, copy[1])
			if a == nil || b == nil {
				continue
			}
			together++
			if a.Origin != b.Origin || b.Story != a.Doc {
				t.Errorf("%s of %q is a copy of %q of %q", copy[1], b.Origin, copy[0], a.Origin)
			}
		}
		if together < 3 {
			t.Errorf("%s and its copy share %d entries", copy[0], together)
		}
	}
	find := func(what string, urls ...string) *letopis.Entry {
		for _, en := range all {
			if en.Kind == letopis.FindingEvent && !slices.ContainsFunc(urls, func(u string) bool { return of(en.Reports, u) == nil }) {
				return en
			}
		}
		t.Errorf("%s is not one entry", what)
		return nil
	}
	// The English article names the ambassador only, the others the envoy too: where that is
	// all that is read, two entries of one day tell the meeting.
	if en := find("the meeting of December", russian, translation, year); en != nil {
		if r := of(en.Reports, year); en.Recalled || !r.Recalled || !slices.Equal(countriesOfEntry(en), []string{"CHN", "RUS"}) {
			t.Errorf("the meeting: %v, recalled %v", countriesOfEntry(en), en.Recalled)
		}
		if !slices.ContainsFunc(all, func(x *letopis.Entry) bool {
			return x.Kind == letopis.FindingEvent && x.When == en.When && of(x.Reports, english) != nil && slices.Equal(countriesOfEntry(x), []string{"CHN", "RUS"})
		}) {
			t.Errorf("no entry on %s tells the meeting in English", en.When)
		}
	}
	find("the telegram of September", telegramRussian, telegramBG)
}

func countriesOfEntry(e *letopis.Entry) []string {
	all := slices.Concat(e.SourceCountry, e.TargetCountry)
	slices.Sort(all)
	return slices.Compact(all)
}
