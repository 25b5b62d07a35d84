package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"letopis"
	"letopis/internal/measure"
	"letopis/internal/pairs"
	"letopis/internal/read"
	"letopis/internal/score"
)

// task is one measurement. Its figures are the rows of its name.
type task struct {
	name, title, about string
	data               []string // files and folders below the shared folder, for the digest
	quick              bool     // runs with the tests
	run                func(*suite, context.Context, *task) ([]score.Row, error)
}

// suite is what the tasks share.
type suite struct {
	lab    *lab
	data   fs.FS // language data
	reader *read.Reader
	shared string // folder of the data sets
	root   string // of the repository, for corpus/
	// goldSets are the sets of the gold that were read, by name; see goldSet.
	goldSets map[string]*goldSet
}

// The sets of the gold are measured with weights that have not seen the fold of the article,
// and with the shipped ones, which stand beside them.
const (
	leftOutAbout  = "What is learnt from `gold/dev` (`corpus/choose`) was learnt without the fold of the article that is read (`gold/folds.tsv`; no story is in two folds)."
	inSampleAbout = "The same articles, read with the shipped weights, which were learnt from `gold/dev`: what its figures have above those left out is learnt by heart."
)

// tasks are the measurements, in the order of docs/accuracy.md. A further one is a line here.
var tasks = []task{
	{"gold.seed", "The article that began the project", "One Bulgarian article, annotated by hand.",
		[]string{"gold/seed"}, true, (*suite).articles},
	{"gold.news", "News of the day", "163 news articles of more than a hundred topics: 66 Bulgarian, 63 Russian, 34 English. Two annotators who follow the same guidelines " +
		"agree on other articles of the kind at 0.96 statements, also with the right speaker, 0.99 direct, 0.93 to 0.98 dates.value, 0.93 agencies. " +
		leftOutAbout + " 60 Bulgarian articles, whose source lost digits, are not asked for their dates.",
		[]string{"gold/news", "gold/folds.tsv"}, true, (*suite).articles},
	{"gold.news.insample", "News of the day, with the shipped weights", inSampleAbout, []string{"gold/news"}, true, (*suite).articles},
	{"gold.dev", "Annotated articles of four topics", "47 news articles: 24 Bulgarian, 15 Russian, 8 English. Two annotators who follow the same guidelines " +
		"agree on other articles of the kind at 0.96 statements, 0.99 direct, 0.98 dates.value, 0.90 events.code, 0.82 events, 0.97 recalled, 0.83 event.date. " +
		"Most of these texts are also among those that the name recogniser was trained on. " + leftOutAbout,
		[]string{"gold/dev", "gold/folds.tsv"}, true, (*suite).articles},
	{"gold.dev.insample", "Annotated articles of four topics, with the shipped weights", inSampleAbout, []string{"gold/dev"}, true, (*suite).articles},
	{"events2.news", "Events of the day with the sides that the text shows", "The 1,003 events of version 2 of the same articles as `gold.news`: what is done, who does it to whom. " +
		"Two annotators agree at 0.89 found, 0.86 code, 0.79 event, 0.85 soft, 0.88 dyads, 0.87 interstate, 0.03 filled, 0.12 invented, 0.82 main, 0.94 recalled, 0.99 modality, 0.96 date. " + leftOutAbout,
		[]string{"gold/news", "gold/folds.tsv"}, true, (*suite).sidedEvents},
	{"events2.news.insample", "Events of the day, with the shipped weights", inSampleAbout, []string{"gold/news"}, true, (*suite).sidedEvents},
	{"events2.dev", "Events of four topics with the sides that the text shows", "The 259 events of version 2 of the same articles as `gold.dev`. " + leftOutAbout,
		[]string{"gold/dev", "gold/folds.tsv"}, true, (*suite).sidedEvents},
	{"events2.dev.insample", "Events of four topics, with the shipped weights", inSampleAbout, []string{"gold/dev"}, true, (*suite).sidedEvents},
	{"claims.statements", "How far the confidence of statements is right", "The statements of `gold.dev` and `gold.news`, left out as there, by the confidence that their records give. Right is one that " +
		"gold has, with its speaker (quote.end2end). Confidence that comes from `data/lang/und/confidence.tsv` was counted on these very statements: what to expect of others is said by `claims.table`.",
		[]string{"gold/dev", "gold/news", "gold/folds.tsv"}, true, (*suite).statementClaims},
	{"claims.table", "How far counted confidence of statements is right", "The same statements by the share right of their rule (`data/lang/und/confidence.tsv`), each by a table that was " +
		"counted on the other nine folds: what the table is worth on articles that it was not counted on.",
		[]string{"gold/dev", "gold/news", "gold/folds.tsv"}, true, (*suite).tableClaims},
	{"claims.events", "How far the confidence of events is right", "The events of `events2.dev` and `events2.news`, left out as there, by the confidence that their records give. Right is one that " +
		"gold has, with its code and both sides (event).",
		[]string{"gold/dev", "gold/news", "gold/folds.tsv"}, true, (*suite).eventClaims},
	{"names.2017", "Names on topics that the recogniser has not seen", "BSNLP 2017, topics ec and trump, measured as the official evaluator does: " +
		"recognition, dictionary forms, links. Events and products are one category there and are annotated by older rules.",
		[]string{"data/bsnlp2017"}, false, (*suite).oldNames},
	{"names.seen", "Names on documents of its training", "BSNLP/SlavicNER documents of `DEV_cross-topic.txt`. The shipped recogniser was trained on them " +
		"among others: recognition here only guards against defects. `letopis-lab train names --leave all` measures on topics left out.",
		[]string{"data/bsnlp"}, false, (*suite).names},
	{"names.loo", "Names on every topic left out", "The recogniser trained without a topic of BSNLP/SlavicNER, in all languages, and measured on that topic, every type together: " +
		"strict F1 under the name of the topic, and its partial matches and dictionary forms, as the official evaluator counts them. Written by " +
		"`letopis-lab train names --lang bg --leave all --write corpus/names-loo.tsv`, and the same for ru; the table there has each type too.",
		[]string{"data/bsnlp"}, true, (*suite).topicsLeftOut},
	{"names.gum", "Names in English news", "The two development documents of GUM news, which no recogniser learns from. The set annotates all noun phrases; names are those whose words, " +
		"without article, title and apposition, are a run of capitalised words (`internal/train`, GUMNames). Two documents: the error of the figure is about .08. Written by " +
		"`letopis-lab train names --lang en --leave all --write corpus/names-loo.tsv`.",
		[]string{"data/gum_news/gum_news_dev.jsonl"}, true, (*suite).gumNames},
	{"who.speaker_country", "Whose country a speaker is of", "The country of the speaker of matched statements, where gold has one.",
		[]string{"gold/dev"}, true, (*suite).speakerCountry},
	{"who.names_slavic", "One name in several scripts", "Pairs of personal names in Bulgarian, Russian, Ukrainian and Latin script: recall on pairs of one person; " +
		"precision with as many random pairs of others that have the same initial.",
		[]string{"data/names/persons_slavic.tsv"}, true, (*suite).namesSlavic},
	{"who.territories", "Names of countries", "Names of territories in CLDR that resolve to their ISO code (name), and Russian words for countries as they " +
		"stand in running text, inflected, that resolve to any (form).",
		[]string{"data/names/territories_cldr.tsv", "data/nerel/nerel_dev.jsonl"}, true, (*suite).territories},
	{"who.nerel_country", "The country of persons and offices in Russian news", "Persons and professions of NEREL that the set states to work for a country or to come " +
		"from one. The sets of names that the recogniser learns from include these texts.",
		[]string{"data/nerel/nerel_dev.jsonl"}, true, (*suite).stated},
	{"who.link", "One name in several languages, names given", "Bulgarian and Russian documents of one BSNLP topic with the gold names given: forms of one entity in a document, " +
		"a language and between languages, LEA F1.",
		[]string{"data/bsnlp/nord_stream"}, false, (*suite).links},
	{"ud.raw", "Sentences, words, tags and trees", "Raw text of treebanks that no shipped model is trained on, as the CoNLL 2018 scorer measures: " +
		"the last fifth of the Bulgarian file, Russian GSD, English GUM.",
		[]string{"data/ud"}, false, (*suite).trees},
	{"langid", "Languages", "Language identification on news that its table is not learnt from: BSNLP, topic nord_stream, and English sets; " +
		"whole documents, and paragraphs of 100 signs or more.",
		[]string{"data/bsnlp", "data/quotes/polnear_en_dev.jsonl", "data/gum_news/gum_news_dev.jsonl"}, false, (*suite).languages},
	{"quotes.polnear", "Attributions in English", "PolNeAR, development part: US political news. Its attributions take in beliefs, " +
		"intentions and headings that are no statements here, so recall is bounded.",
		[]string{"data/quotes/polnear_en_dev.jsonl"}, false, (*suite).attributions},
	{"time.undated", "Articles without a date", "The articles of gold/dev with their date taken away: the day that the text alone tells, in an interval of " +
		"three months at most, contains the true one (dated), or does and else is left unknown (honest).",
		[]string{"gold/dev"}, true, (*suite).undated},
	{"time.tbaq", "Time expressions in English", "TimeBank and AQUAINT (TempEval-3), DATE and TIME, from the dates of the record. " +
		"Vague times (now, recently) count there and are no dates here.",
		[]string{"data/temporal/tbaq.jsonl"}, false, (*suite).times},
	{"time.wikiwars_uk", "Time expressions in Ukrainian", "WikiWarsUA: 20 Wikipedia articles on wars, DATE and TIME, from the dates of the record, by a language folder that has rules of dates and no models. " +
		"Narratives of history in TimeML's conventions: parts of days, bare ordinals and vague times count there.",
		[]string{"data/temporal/wikiwars_uk.jsonl"}, false, (*suite).times},
	{"time.timex3", "Time expressions in English, in TimeML's terms", "The same documents and the same finder, vague times with it, its values in the forms of TIMEX3 " +
		"(weekends, halves, decades, parts of the day, PRESENT_REF), as TempEval-3 counts them.",
		[]string{"data/temporal/tbaq.jsonl"}, false, (*suite).timex3},
	{"events.plv", "Events in English sentences", "PLV pairs of actors, the whole reading of one sentence without any training on them: macro-F1 of the " +
		"category (root), the quad class (quad), and cooperation or conflict (binary).",
		[]string{"data/plover/PLV_train.tsv"}, false, (*suite).pairs},
	{"events.aw", "Who acts on whom in English sentences", "A/W pairs: does the first act on the second? Macro-F1 of yes and no (acts).",
		[]string{"data/plover/AW_train.tsv"}, false, (*suite).pairs},
	{"events.pairs", "Pairs of actors by the learnt chooser, cross-validated", "The chooser of `letopis code` on the two sets above, by five-fold cross-validation " +
		"over five splits of each: mean macro-F1; acts with whole documents left out. Written by `letopis-lab train code --cv --write corpus/chooser.tsv`, never by the shipped model on its own training data.",
		[]string{"data/plover"}, true, (*suite).chosenPairs},
	{"events.petrarch", "Sentences coded with PETRARCH's own dictionaries", "The records of the PETRARCH unit tests, coded by `letopis code --dictionary` with the dictionaries that came with them: " +
		"records with every expected event (found), and with no other besides (exact). Regression tests of the old engine with invented actors, no news.",
		[]string{"data/petrarch/unittest.jsonl", "data/petrarch/dictionaries"}, true, (*suite).dictionaries},
	{"events.petr2", "Sentences of the PETRARCH-2 reference", "Coded with our own dictionary of CAMEO and knowledge base (`letopis code --output petrarch`): records with every expected source country, target country and " +
		"CAMEO root (found), and with no other besides (exact). The reference is corrected output of PETRARCH-2.",
		[]string{"data/petrarch/petr2_gsr.jsonl"}, true, (*suite).phoenix},
}

// measure runs the tasks that keep chooses and returns their rows. A task whose data
// are absent is left out with a notice.
func (s *suite) measure(ctx context.Context, keep func(*task) bool) ([]score.Row, error) {
	var rows []score.Row
	for i := range tasks {
		t := &tasks[i]
		if keep != nil && !keep(t) {
			continue
		}
		start := time.Now()
		got, err := t.run(s, ctx, t)
		if errors.Is(err, os.ErrNotExist) {
			s.lab.notice(fmt.Sprintf("%s is left out: %v", t.name, err))
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", t.name, err)
		}
		s.lab.notice(fmt.Sprintf("%s: %d figures, %.1f s", t.name, len(got), time.Since(start).Seconds()))
		rows = append(rows, got...)
	}
	if len(rows) == 0 {
		return nil, &letopis.Error{Op: "score", Kind: letopis.NotFound, Err: fmt.Errorf("no data to measure on in %s", s.shared)}
	}
	return rows, nil
}

func (s *suite) path(t *task) string { return filepath.Join(s.shared, filepath.FromSlash(t.data[0])) }

// reads reports whether the reader has a pack of a language.
func (s *suite) reads(lang string) bool { return slices.Contains(s.reader.Packs().Langs(), lang) }

// recognises reports whether names of a language are recognised.
func (s *suite) recognises(lang string) bool {
	return slices.Contains(s.reader.Packs().FullLangs(), lang)
}

// names reads the documents of the development list and scores their names.
func (s *suite) names(ctx context.Context, t *task) ([]score.Row, error) {
	list, err := os.ReadFile(filepath.Join(s.path(t), "DEV_cross-topic.txt"))
	if err != nil {
		return nil, err
	}
	chosen := map[string]bool{}
	for line := range strings.Lines(string(list)) {
		chosen[strings.TrimSpace(line)] = true
	}
	return s.scoreNames(ctx, t, func(g *score.NameGroup, d *score.NameDoc) bool { return chosen[g.Topic+"/"+g.Lang+"/"+d.File] }, nil)
}

// oldNames scores the names of the set of 2017, which calls events and products MISC and all media
// organisations, and has ids of its own, valid in a topic.
func (s *suite) oldNames(ctx context.Context, t *task) ([]score.Row, error) {
	return s.scoreNames(ctx, t, nil, func(n *score.Name) {
		if strings.HasPrefix(n.ID, "outlet/") {
			n.Category = string(letopis.Organisation)
		}
		if n.Category == string(letopis.Happening) || n.Category == string(letopis.Product) {
			n.Category = "MISC"
		}
	})
}

// scoreNames reads the documents that keep chooses (nil: all), and scores their names
// after adapt (may be nil) made them those of the data set.
func (s *suite) scoreNames(ctx context.Context, t *task, keep func(*score.NameGroup, *score.NameDoc) bool, adapt func(*score.Name)) ([]score.Row, error) {
	gold, err := score.OpenNames(s.path(t), func(_, lang string) bool { return s.recognises(lang) })
	if err != nil {
		return nil, err
	}
	var langs []string
	var kept, system []score.NameGroup
	for _, g := range gold {
		g.Docs = slices.DeleteFunc(g.Docs, func(d score.NameDoc) bool { return keep != nil && !keep(&g, &d) })
		if len(g.Docs) == 0 {
			continue
		}
		answers, err := measure.Names(ctx, s.reader, s.path(t), &g)
		if err != nil {
			return nil, err
		}
		for i := range answers.Docs {
			for j := range answers.Docs[i].Names {
				if adapt != nil {
					adapt(&answers.Docs[i].Names[j])
				}
			}
		}
		kept, system = append(kept, g), append(system, answers)
		if !slices.Contains(langs, g.Lang) {
			langs = append(langs, g.Lang)
		}
	}
	return score.ScoreNames(kept, system).Rows(t.name, langs), nil
}

func (s *suite) attributions(ctx context.Context, t *task) ([]score.Row, error) {
	cases, err := score.OpenAttributions(s.path(t), "en")
	if err != nil {
		return nil, err
	}
	if !s.reads("en") {
		return nil, nil
	}
	found, err := measure.Findings(ctx, s.reader, cases)
	if err != nil {
		return nil, err
	}
	var b score.Board
	spans := func(all []score.Statement) (contents, sources []score.Place) {
		for _, x := range all {
			who := x.Speaker
			if x.Phrase.OK {
				who = x.Phrase
			}
			contents, sources = append(contents, x.Content), append(sources, who)
		}
		return contents, sources
	}
	var content, source score.Overlaps
	for i := range cases {
		b.Add("en", cases[i].Gold, found[i])
		gc, gs := spans(cases[i].Gold.Statements)
		fc, fs := spans(found[i].Statements)
		content.Add(gc, fc)
		source.Add(gs, fs)
	}
	rows := rowsOf(&b, t, "statements", "speaker", "quote.end2end")
	for _, f := range append(content.Figures("content"), source.Figures("source")...) {
		rows = append(rows, score.RowOf(t.name, "en", f))
	}
	return rows, nil
}

func (s *suite) times(ctx context.Context, t *task) ([]score.Row, error) {
	cases, err := score.OpenTimeML(s.path(t))
	if err != nil {
		return nil, err
	}
	return s.some(ctx, t, cases, "dates", "dates.value")
}

// timex3 measures what the finder of times finds, before the record leaves vague times out.
func (s *suite) timex3(ctx context.Context, t *task) ([]score.Row, error) {
	cases, err := score.OpenTimeML(s.path(t))
	if err != nil {
		return nil, err
	}
	var b score.Board
	for i := range cases {
		d := &cases[i].Document
		if !s.reads(d.Lang) {
			continue
		}
		res, err := s.reader.Times(ctx, d)
		if err != nil {
			return nil, err
		}
		found := &score.Findings{}
		at, runes := 0, 0 // the dates are in the order of the text
		for j := range res.Dates {
			x := &res.Dates[j]
			runes += utf8.RuneCountInString(d.Text[at:x.Start])
			at = int(x.Start)
			words := d.Text[x.Start:x.End]
			span := letopis.Span{Start: runes, End: runes + utf8.RuneCountInString(words)}
			found.Dates = append(found.Dates, score.Date{Place: score.Place{Span: span, Text: words, OK: true}, Value: x.TIMEX3(), Rule: x.Rule})
		}
		b.Add(d.Lang, cases[i].Gold, found)
	}
	return rowsOf(&b, t, "dates", "dates.value"), nil
}

// some are the figures of the metrics that a data set can tell.
func (s *suite) some(ctx context.Context, t *task, cases []score.Case, metrics ...string) ([]score.Row, error) {
	cases = slices.DeleteFunc(cases, func(c score.Case) bool { return !s.reads(c.Document.Lang) })
	found, err := measure.Findings(ctx, s.reader, cases)
	if err != nil {
		return nil, err
	}
	var b score.Board
	for i := range cases {
		b.Add(cases[i].Document.Lang, cases[i].Gold, found[i])
	}
	return rowsOf(&b, t, metrics...), nil
}

// rowsOf are the figures of a board that a task shows.
func rowsOf(b *score.Board, t *task, metrics ...string) []score.Row {
	return slices.DeleteFunc(b.Rows(t.name), func(r score.Row) bool { return !slices.Contains(metrics, r.Metric) })
}

func (s *suite) pairs(ctx context.Context, t *task) ([]score.Row, error) {
	pairsOf, err := measure.Pairs(s.path(t), "en")
	if err != nil || !s.reads("en") {
		return nil, err
	}
	// The lexicon, the frames and the tree alone: nothing of this is learnt from pairs.
	pack, err := s.reader.Packs().Pack("en")
	if err != nil {
		return nil, err
	}
	answers := make([]score.PairAnswer, len(pairsOf))
	for i := range pairsOf {
		q := &pairsOf[i]
		a, err := pack.Analyze(ctx, q.Document.Text)
		if err != nil {
			return nil, err
		}
		marked := pairs.NewPair(a, pairs.ByteSpans(q.Document.Text, q.Source), pairs.ByteSpans(q.Document.Text, q.Target))
		if marked.Cues, err = s.reader.Cues(q.Document.Text, a); err != nil {
			return nil, err
		}
		answers[i].Root, answers[i].Acts = pairs.Frames(&marked)
	}
	var rows []score.Row
	for _, f := range score.ScorePairs(pairsOf, answers) {
		rows = append(rows, score.RowOf(t.name, "en", f))
	}
	return rows, nil
}

// checkRows fails where a figure fell below the kept table by more than its tolerance.
func checkRows(table string, rows []score.Row) error {
	kept, err := os.ReadFile(table)
	if err != nil {
		return err
	}
	falls, err := score.Falls(string(kept), rows)
	if err != nil {
		return err
	}
	if len(falls) > 0 {
		return &letopis.Error{Op: "score", Kind: letopis.Invalid,
			Err: fmt.Errorf("%d figures fell below %s:\n  %s\nif the fall is meant, run 'make score' and commit the table", len(falls), table, strings.Join(falls, "\n  "))}
	}
	return nil
}

// writePage writes docs/accuracy.md; the section that bench writes stays.
func (s *suite) writePage(path string, rows []score.Row) error {
	old, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	page := score.Page{Program: read.Program, Speed: score.SpeedSection(string(old))}
	for _, lang := range s.reader.Packs().Langs() {
		p, err := s.reader.Packs().Pack(lang)
		if err != nil {
			return err
		}
		page.Packs = append(page.Packs, strings.TrimSpace(lang+" "+p.Version()))
	}
	for _, t := range tasks {
		var dirs []string
		for _, d := range t.data {
			dirs = append(dirs, filepath.Join(s.shared, filepath.FromSlash(d)))
		}
		digest, err := score.Digest(dirs...)
		if err != nil {
			continue // a task that was left out has no section
		}
		page.Sets = append(page.Sets, score.Set{Task: t.name, Title: t.title,
			About: t.about + fmt.Sprintf(" Task `%s`; data `%s`, version %s.", t.name, strings.Join(t.data, "`, `"), digest)})
	}
	return os.WriteFile(path, []byte(page.Markdown(rows)), 0o644)
}
