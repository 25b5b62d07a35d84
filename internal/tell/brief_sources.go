package tell

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"letopis"
)

// maxOrigins bounds the origins that one sentence names.
const maxOrigins = 3

// tellers are those who tell an entry: their names in the language of the brief, the
// numbers of their articles, and when the first of them was published.
type tellers struct {
	names    []string
	sources  []int // sorted, once each
	earliest letopis.When
}

// attribute ends a sentence with who told it and when, and numbers the articles.
func (w *briefWriter) attribute(k *known) (string, []int) {
	by := w.tellers(k)
	text := strings.TrimSpace(k.item)
	// Who reads the date of the item need not read it again.
	sameDay := !w.recalled(k) && k.When.Precision() >= letopis.PrecisionDay && w.when(by.earliest) == w.date(k)
	args := []any{strings.TrimRight(text, ". "), w.list(by.names)}
	if !sameDay {
		args = append(args, w.toldOn(k, by.earliest))
	}
	ended := fmt.Sprintf(w.ending(k, text, b2i(len(by.names) > 1), sameDay), args...)
	if !strings.HasSuffix(ended, ".") {
		ended += "."
	}
	return upperFirst(ended), by.sources
}

// tellers finds who tells an entry. What is told as news is attributed to those that
// told it as news.
func (w *briefWriter) tellers(k *known) tellers {
	var by tellers
	recalled, seen := w.recalled(k), map[string]bool{}
	reports := slices.Clone(k.reports)
	slices.SortStableFunc(reports, func(a, b letopis.Report) int { // that whose words stand first
		return cmp.Compare(b2i(a.Item != k.shown.Item), b2i(b.Item != k.shown.Item))
	})
	for _, r := range reports {
		if r.Recalled != recalled && r.Item != k.shown.Item || seen[r.Origin] || len(by.sources) == maxOrigins {
			continue
		}
		seen[r.Origin] = true
		name := cmp.Or(w.o.Names.Outlet(r.Origin), r.Origin)
		if recalled { // it is the article that recalls
			name = cmp.Or(w.o.Names.Outlet(r.Publisher), r.Publisher, name)
		}
		if name == "" {
			name = cmp.Or(r.Title, string(r.Doc))
		}
		if !slices.Contains(by.names, name) {
			by.names = append(by.names, name)
		}
		by.sources = append(by.sources, w.number(r))
		if r.Published != "" && (by.earliest == "" || r.Published.Compare(by.earliest) < 0) {
			by.earliest = r.Published
		}
	}
	slices.Sort(by.sources)
	by.sources = slices.Compact(by.sources)
	return by
}

// ending is the form of a sentence with who told it: several is 1 where they are more
// than one, and sameDay leaves out when.
func (w *briefWriter) ending(k *known, text string, several int, sameDay bool) string {
	credits := k.Kind == letopis.FindingEvent && k.shown.Lang == w.o.Lang && w.t.Crediting != "" && w.t.credits.MatchString(strings.TrimRight(text, ". "))
	last, _ := utf8.DecodeLastRuneInString(text)
	stopped := strings.ContainsRune("!?…", last)
	switch {
	case (credits || stopped) && sameDay:
		return w.t.ThenStopped
	case credits:
		return w.t.Credited[several]
	case stopped:
		return w.t.Stopped[several]
	case sameDay:
		return w.t.Then[several]
	case w.recalled(k):
		return w.t.Recalled[several]
	}
	return w.t.Told[several]
}

// toldOn is the day on which an entry was told, without the year where its own time has it.
func (w *briefWriter) toldOn(k *known, told letopis.When) string {
	if from, _, ok := told.Bounds(); ok && told.Precision() >= letopis.PrecisionDay {
		if first, _ := k.Days(); strings.HasPrefix(first, fmt.Sprintf("%04d-", from.Year())) {
			return w.form(w.t.DayMonth, from)
		}
	}
	return w.when(told)
}

func (w *briefWriter) number(r letopis.Report) int {
	if n := w.numbers[r.Doc]; n > 0 {
		return n
	}
	n := len(w.doc.Sources) + 1
	w.numbers[r.Doc] = n
	var parts []string
	var before letopis.Report // from whom the publisher has it
	for _, l := range r.Chain {
		if l.Role != letopis.RolePublisher {
			before.Chain = append(before.Chain, letopis.Link{Role: l.Role, Name: cmp.Or(w.o.Names.Outlet(l.Name), l.Name)})
		}
	}
	through := before.Way()
	if through != "" {
		through = fmt.Sprintf(w.t.Through, through)
	}
	for _, s := range []string{r.Title, cmp.Or(w.o.Names.Outlet(r.Publisher), r.Publisher), through, w.when(r.Published)} {
		if s != "" {
			parts = append(parts, strings.Join(strings.Fields(s), " "))
		}
	}
	if len(parts) == 0 {
		parts = []string{string(r.Doc)}
	}
	w.doc.Sources = append(w.doc.Sources, BriefSource{N: n, Doc: r.Doc, Text: strings.Join(parts, " · "), URL: safeURL(r.URL)})
	return n
}

// safeURL returns an address that may stand in a link, and nothing for others.
func safeURL(s string) string {
	if strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://") {
		return s
	}
	return ""
}

// date is the time of an entry for reading.
func (w *briefWriter) date(k *known) string {
	if k.When != "" {
		return w.when(k.When)
	}
	if k.Modality == letopis.Future {
		return w.t.Coming
	}
	if _, last := k.Days(); last != "" {
		return fmt.Sprintf(w.t.Until, w.when(letopis.When(last)))
	}
	return w.t.Undated
}

func (w *briefWriter) when(when letopis.When) string {
	from, to, ok := when.Bounds()
	if !ok {
		return ""
	}
	form := w.form
	switch when.Precision() {
	case letopis.PrecisionDay, letopis.PrecisionMinute:
		return form(w.t.Day, from)
	case letopis.PrecisionMonth:
		return form(w.t.Month, from)
	case letopis.PrecisionYear:
		return form(w.t.Year, from)
	}
	if from.Year() <= 1 || to.Year() >= 9999 {
		return string(when)
	}
	return fmt.Sprintf(w.t.Range, form(w.t.Day, from), form(w.t.Day, to))
}

// form writes a date in one of the forms of the language.
func (w *briefWriter) form(f string, t time.Time) string {
	m := w.t.Months[t.Month()-1]
	alone := m
	if len(w.t.MonthNames) == 12 {
		alone = w.t.MonthNames[t.Month()-1]
	}
	return strings.NewReplacer("%[1]d", fmt.Sprint(t.Day()), "%[2]s", m, "%[3]d", fmt.Sprint(t.Year()), "%[4]s", alone).Replace(f)
}
