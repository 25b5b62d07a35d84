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

// metricMeans explains the metrics, in the order in which a table has them.
var metricMeans = []struct{ metric, means string }{
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
these data, so on unseen articles expect less.

`)
	fmt.Fprintf(&b, "Program: %s", p.Program)
	if len(p.Packs) > 0 {
		fmt.Fprintf(&b, "; language packs: %s", strings.Join(p.Packs, ", "))
	}
	b.WriteString(".\n")
	for _, set := range p.Sets {
		of := slices.DeleteFunc(slices.Clone(rows), func(r Row) bool { return r.Task != set.Task })
		if len(of) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n## %s\n\n%s\n\n", set.Title, set.About)
		b.WriteString(markdownTable(of))
	}
	b.WriteString("\n" + SpeedBegin + "\n")
	b.WriteString(p.Speed)
	b.WriteString(SpeedEnd + "\n")
	return b.String()
}

// markdownTable writes the rows of a task: a line a metric, a column a language.
func markdownTable(rows []Row) string {
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
	metrics = inTableOrder(metrics)
	var b strings.Builder
	b.WriteString("| metric |")
	for _, l := range langs {
		b.WriteString(" " + l + " | n |")
	}
	b.WriteString(" |\n|---|" + strings.Repeat("---:|---:|", len(langs)) + "---|\n")
	for _, m := range metrics {
		b.WriteString("| " + m + " |")
		for _, l := range langs {
			if r, ok := at[[2]string{m, l}]; ok {
				fmt.Fprintf(&b, " %.3f | %d |", r.Value, r.N)
			} else {
				b.WriteString(" – | |")
			}
		}
		b.WriteString(" " + meaning(m) + " |\n")
	}
	return b.String()
}

func meaning(metric string) string {
	for _, m := range metricMeans {
		if m.metric == metric {
			return m.means
		}
	}
	return ""
}

// inTableOrder sorts metrics as metricMeans has them, others by name after them.
func inTableOrder(metrics []string) []string {
	var known []string
	for _, m := range metricMeans {
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
