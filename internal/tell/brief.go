package tell

import (
	"cmp"
	"fmt"
	"strings"

	"letopis"
)

// BriefNames gives the names of a language. Each returns "" for what it does not know.
type BriefNames interface {
	Country(code string) string
	Actor(id string) string    // of an id of the knowledge base
	Outlet(name string) string // of a medium by any of its names
}

// BriefOptions say what a brief is about.
type BriefOptions struct {
	Lang  string
	A, B  []string     // the countries of each side; the first stands in the title
	Title [2]string    // names for the title instead of the first countries; may be empty
	At    letopis.When // what was published by then; empty: everything
	Days  int          // how old news may be to count as new
	Limit int          // how much of what came before is told
	Names BriefNames
}

// A BriefDoc is a brief: what is new between two sides, and what came before. Every
// sentence names its sources.
type BriefDoc struct {
	Lang     string
	Title    string
	Lead     string
	Sections []BriefSection
	Heading  string // of the sources
	Sources  []BriefSource
}

// BriefSection is a heading with its items in order of time.
type BriefSection struct {
	Title string
	Items []BriefItem
}

// BriefItem is one event or statement.
type BriefItem struct {
	When    string // for reading
	Text    string
	Sources []int  // numbers in BriefDoc.Sources
	Entry   string // id
}

// BriefSource is an article.
type BriefSource struct {
	N         int
	Doc       letopis.ID
	Text, URL string
}

// NewBrief writes a brief from entries alone, which are those between the two
// sides, in order of time.
func NewBrief(entries []*letopis.Entry, o BriefOptions) (*BriefDoc, error) {
	t, err := briefTextsOf(o.Lang)
	if err != nil {
		return nil, err
	}
	w := &briefWriter{t: t, o: o, numbers: map[letopis.ID]int{}, opaques: map[string][]string{}}
	for _, lang := range BriefLanguages() {
		other, err := briefTextsOf(lang)
		if err != nil {
			return nil, err
		}
		w.opaques[lang] = other.Opaque
	}
	return w.write(entries), nil
}

type briefWriter struct {
	t       *briefTexts
	o       BriefOptions
	doc     *BriefDoc
	numbers map[letopis.ID]int
	opaques map[string][]string // of all languages
}

// known is an entry with those of its reports that were published by the day of the brief.
type known struct {
	*letopis.Entry
	reports []letopis.Report
	shown   *letopis.Report // whose words are told
	text    string          // its sentence or words
	item    string          // sentence as it will stand, "" where it cannot
	news    bool
}

func (w *briefWriter) write(entries []*letopis.Entry) *BriefDoc {
	_, at := w.o.At.Days()
	var all []*known
	latest, origins := "", map[string]bool{}
	for _, e := range entries {
		k := &known{Entry: e}
		for _, r := range e.Reports {
			_, day := r.Published.Days()
			if at != "" && (day == "" || day > at) {
				continue
			}
			latest = max(latest, day)
			k.reports = append(k.reports, r)
			origins[r.Origin] = true
		}
		if len(k.reports) > 0 {
			all = append(all, k)
		}
	}
	until := w.when(letopis.When(cmp.Or(at, latest)))
	names := [2]string{cmp.Or(w.o.Title[0], w.country(w.o.A[0])), cmp.Or(w.o.Title[1], w.country(w.o.B[0]))}
	w.doc = &BriefDoc{Lang: w.o.Lang, Title: fmt.Sprintf(w.t.Title, names[0], names[1]), Heading: w.t.Sources}
	if len(all) == 0 {
		w.doc.Lead = w.fix(fmt.Sprintf(w.t.Empty, names[0], names[1], cmp.Or(until, "…")))
		return w.doc
	}
	// A date may end in a full stop of its own.
	w.doc.Lead = strings.ReplaceAll(fmt.Sprintf(w.t.Lead, until, len(all), len(origins)), "..", ".")
	for _, k := range all {
		w.choose(k)
		k.news = w.isNews(k, cmp.Or(at, latest))
	}
	all = w.firsthand(w.once(all))
	var fresh, before []*known
	for _, k := range all {
		if k.news {
			fresh = append(fresh, k)
		} else {
			before = append(before, k)
		}
	}
	w.section(w.t.New, w.best(fresh))
	w.section(w.t.Before, w.best(before))
	return w.doc
}

func (w *briefWriter) section(title string, all []*known) {
	if len(all) == 0 {
		return
	}
	s := BriefSection{Title: title}
	for _, k := range all {
		item := BriefItem{When: w.date(k), Entry: k.ID}
		text, refs := w.attribute(k)
		item.Text, item.Sources = text, refs
		s.Items = append(s.Items, item)
	}
	w.doc.Sections = append(w.doc.Sections, s)
}
