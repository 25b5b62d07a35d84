package score

import (
	"fmt"
	"slices"
	"strings"
)

// Page is what docs/accuracy.md says besides the figures.
type Page struct {
	Program string   // version of the reading
	Packs   []string // language packs: "bg 1a2b3c"
	Sets    []Set    // the sections, in their order
	Speed   string   // the section that bench writes, kept as it was; may be empty
}

// Set describes one task.
type Set struct {
	Task, Title, About string
}

// The markers around what bench writes.
const (
	SpeedBegin = "<!-- bench: begin -->"
	SpeedEnd   = "<!-- bench: end -->"
)

// InSampleSuffix ends the name of a task that measures with the shipped weights what the task without
// it measures with weights that have not seen the fold of the article. The page has both in one table.
const InSampleSuffix = ".insample"

const inSampleColumn = "in-sample"

// metricMean says what a metric means.
type metricMean struct{ metric, means string }

// sidedMeans explains the metrics of events of version 2, in the order in which a table has them.
var sidedMeans = []metricMean{
	{"found", "paired with an event of gold, whatever the code, F1"},
	{"code", "and the code right, F1"},
	{"event", "and both sides right, F1"},
	{"soft", "the code counts .4, each side .3 by what is common, F1"},
	{"main", "events that the article is there to report: with code and sides right, share"},
	{"dyads", "who acts on whom in which quad class, by article, F1"},
	{"interstate", "the same between two countries, F1"},
	{"sides", "actors on both sides of paired events, F1"},
	{"invented", "actors on a side that gold leaves empty, or of an event that is none; share, less is better"},
	{"filled", "the same in paired events alone"},
	{"recalled", "news or recollection, share of events with the right code"},
	{"modality", "actual, future, possible or negated, share"},
	{"date", "month of the event, share"},
}

// claimMeans explains the metrics of calibration.
var claimMeans = []metricMean{
	{"claimed.9", "right among findings that claim .90 and more, share"},
	{"claimed.8", "right among those that claim .80 to .89"},
	{"claimed.7", ".70 to .79"},
	{"claimed.6", ".60 to .69"},
	{"claimed.5", ".50 to .59"},
	{"claimed.0", "less than .50"},
	{claimError, "how far claims lie from that on average, less is better"},
}

// meansOf are the meanings of the metrics of a task, in the order in which its table has them.
func meansOf(task string) []metricMean {
	switch {
	case strings.HasPrefix(task, "events2."):
		return sidedMeans
	case strings.HasPrefix(task, "claims."):
		return claimMeans
	}
	return metricMeans
}

// metricMeans explains all other metrics, in the order in which a table has them.
var metricMeans = []metricMean{
	{"statements", "content spans that overlap gold by half or more, F1"},
	{"statements.direct", "the same for direct quotations"},
	{"speaker", "right speaker, share of matched statements"},
	{"kind", "direct, mixed or indirect, share"},
	{"recalled", "news or recollection, share"},
	{"quote.end2end", "statement and speaker right, F1"},
	{"quote.direct.end2end", "direct quotation and speaker right, F1"},
	{"dates", "time expressions found, F1"},
	{"dates.value", "found and placed on the calendar, F1"},
	{"dated", "the day of the article told by its text, share"},
	{"honest", "that, or left unknown, share"},
	{"events", "code and both sides' countries, F1"},
	{"events.code", "code alone, F1"},
	{"events.actors", "both sides' countries alone, F1"},
	{"events.quad", "quad class and both sides' countries, F1"},
	{"events.code.verbal-coop", "code alone, agreements, talks, support, concessions, F1"}, {"events.verbal-coop", "the same with both sides"},
	{"events.code.material-coop", "code alone, cooperation, aid, withdrawals, F1"}, {"events.material-coop", "the same with both sides"},
	{"events.code.verbal-conflict", "code alone, demands, accusations, rejections, threats, F1"}, {"events.verbal-conflict", "the same with both sides"},
	{"events.code.material-conflict", "code alone, protest, sanctions, mobilisation, coercion, assault, F1"}, {"events.material-conflict", "the same with both sides"},
	{"event.recalled", "news or recollection, share of matched events"},
	{"event.modality", "actual, future, possible or negated, share"},
	{"event.date", "month of the event, share"},
	{"agencies", "credited agencies and media, F1"},
	{"partial", "names, relaxed partial match, F1"},
	{"exact", "names, relaxed exact match, F1"},
	{"strict", "names, every form, F1"},
	{"strict.PER", "people"}, {"strict.ORG", "organisations"}, {"strict.LOC", "places"}, {"strict.EVT", "named events"}, {"strict.PRO", "products and works"}, {"strict.MISC", "events, products and works"},
	{"norm", "dictionary forms where they differ, F1"},
	{"lemma", "dictionary form of names found, share"},
	{"link-doc", "forms of one entity in a document, LEA F1"},
	{"link-lang", "forms of one entity in a language, LEA F1"},
	{"link-cross", "forms of one entity between languages, LEA F1"},
	{"pair-cross", "links between languages, F1"},
	{"Tokens", "tokens, F1"}, {"Sentences", "sentences, F1"}, {"Words", "syntactic words, F1"}, {"UPOS", "parts of speech, F1"},
	{"UFeats", "all features, F1"}, {"Lemmas", "lemmas, F1"}, {"LemmasLoose", "lemmas without case and reflexive suffix, F1"},
	{"UAS", "heads, F1"}, {"LAS", "heads and relations, F1"},
	{"documents", "language of documents, share"}, {"passages", "language of paragraphs, share"},
	{"root", "category, macro-F1"},
	{"quad", "quad class, macro-F1"},
	{"binary", "cooperation or conflict, macro-F1"},
	{"acts", "acting or not, macro-F1"},
	{"answered", "sentences with any event, share"},
}

// Markdown writes docs/accuracy.md.
func (p *Page) Markdown(rows []Row) string {
	var b strings.Builder
	b.WriteString(`# Accuracy

Written by ` + "`make score`" + `; do not edit. The same figures stand in ` + "`corpus/scores.tsv`" + `, which
gates regressions. A figure is an F1 unless it says share; n counts the gold items, or the
cases of the share (for links, the weight of the gold). The rules were written looking at
these data, so on unseen articles expect less. A column "in-sample" was read with
the shipped weights, those beside it with weights that have not seen the fold of the article.

`)
	fmt.Fprintf(&b, "Program: %s", p.Program)
	if len(p.Packs) > 0 {
		fmt.Fprintf(&b, "; language packs: %s", strings.Join(p.Packs, ", "))
	}
	b.WriteString(".\n")
	ofTask := func(task string) []Row {
		return slices.DeleteFunc(slices.Clone(rows), func(r Row) bool { return r.Task != task })
	}
	for _, set := range p.Sets {
		of := ofTask(set.Task)
		if len(of) == 0 || strings.HasSuffix(set.Task, InSampleSuffix) && p.has(strings.TrimSuffix(set.Task, InSampleSuffix)) {
			continue
		}
		fmt.Fprintf(&b, "\n## %s\n\n%s\n\n", set.Title, set.About)
		b.WriteString(markdownTable(of, ofTask(set.Task+InSampleSuffix), meansOf(set.Task)))
	}
	b.WriteString("\n" + SpeedBegin + "\n")
	b.WriteString(p.Speed)
	b.WriteString(SpeedEnd + "\n")
	return b.String()
}

// has reports whether a task has a section.
func (p *Page) has(task string) bool {
	return slices.ContainsFunc(p.Sets, func(s Set) bool { return s.Task == task })
}

// markdownTable writes the rows of a task: a line a metric, in the order of means, a column a
// language, and after the first one what was measured on articles that were learnt from, if seen has any.
func markdownTable(rows, seen []Row, means []metricMean) string {
	langs := []string{}
	at := map[[2]string]Row{}
	metrics := []string{}
	for _, r := range rows {
		if !slices.Contains(langs, r.Lang) {
			langs = append(langs, r.Lang)
		}
		if !slices.Contains(metrics, r.Metric) {
			metrics = append(metrics, r.Metric)
		}
		at[[2]string{r.Metric, r.Lang}] = r
	}
	slices.Sort(langs)
	if len(seen) > 0 {
		for _, r := range seen {
			if r.Lang == langs[0] {
				r.Lang = inSampleColumn
				at[[2]string{r.Metric, r.Lang}] = r
			}
		}
		langs = slices.Insert(langs, 1, inSampleColumn)
	}
	var b strings.Builder
	b.WriteString("| metric |")
	for _, l := range langs {
		b.WriteString(" " + l + " | n |")
	}
	b.WriteString(" |\n|---|" + strings.Repeat("---:|---:|", len(langs)) + "---|\n")
	for _, m := range inTableOrder(metrics, means) {
		b.WriteString("| " + m + " |")
		for _, l := range langs {
			if r, ok := at[[2]string{m, l}]; ok {
				fmt.Fprintf(&b, " %.3f | %d |", r.Value, r.N)
			} else {
				b.WriteString(" – | |")
			}
		}
		b.WriteString(" " + meaning(m, means) + " |\n")
	}
	return b.String()
}

func meaning(metric string, means []metricMean) string {
	for _, m := range means {
		if m.metric == metric {
			return m.means
		}
	}
	return ""
}

// inTableOrder sorts metrics as means has them, others by name after them.
func inTableOrder(metrics []string, means []metricMean) []string {
	var known []string
	for _, m := range means {
		if slices.Contains(metrics, m.metric) {
			known = append(known, m.metric)
		}
	}
	var others []string
	for _, m := range metrics {
		if !slices.Contains(known, m) {
			others = append(others, m)
		}
	}
	slices.Sort(others)
	return append(known, others...)
}

// SpeedSection returns what stands between the markers of page, with its line ends.
func SpeedSection(page string) string {
	_, rest, ok := strings.Cut(page, SpeedBegin+"\n")
	if !ok {
		return ""
	}
	section, _, ok := strings.Cut(rest, SpeedEnd)
	if !ok {
		return ""
	}
	return section
}

// WithSpeedSection returns page with section between the markers, which are added at
// the end where they are missing.
func WithSpeedSection(page, section string) string {
	before, rest, ok := strings.Cut(page, SpeedBegin+"\n")
	_, after, end := strings.Cut(rest, SpeedEnd)
	if !ok || !end {
		if page != "" {
			page = strings.TrimRight(page, "\n") + "\n\n"
		}
		return page + SpeedBegin + "\n" + section + SpeedEnd + "\n"
	}
	return before + SpeedBegin + "\n" + section + SpeedEnd + after
}
