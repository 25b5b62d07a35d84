package train_test

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"letopis/data"
	"letopis/internal/model"
	"letopis/internal/nlp"
	"letopis/internal/read"
	"letopis/internal/score"
	"letopis/internal/train"
	"letopis/internal/train/traintest"
	"letopis/internal/ud"
)

// madeUp writes the made-up data sets and returns their folder.
func madeUp(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := traintest.Write(dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

// packs writes the language data without any model and returns the folder.
func packs(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	err := fs.WalkDir(data.FS, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(name, ".bin") || strings.HasPrefix(name, "demo/") {
			return err
		}
		b, err := fs.ReadFile(data.FS, name)
		if err != nil {
			return err
		}
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return err
		}
		return os.WriteFile(path, b, 0o666)
	})
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func put(t *testing.T, dir, lang, name string, b []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, "lang", lang, name), b, 0o666); err != nil {
		t.Fatal(err)
	}
}

// Models learnt from made-up treebanks know the held-out sentences of the same templates:
// greedily (bg), and with a beam, sister languages and features left out (ru, en).
func TestTaggerAndParserAreLearnt(t *testing.T) {
	sets := filepath.Join(madeUp(t), "data")
	dir := packs(t)
	for _, lang := range []string{"bg", "ru", "en"} {
		m, err := train.Build(sets, filepath.Join(dir, "lang"), lang, io.Discard)
		if err != nil {
			t.Fatalf("%s: %v", lang, err)
		}
		if m.Tags.Words == 0 || m.Tags.UPOS*100 < m.Tags.Words*98 || m.Tags.Lemma*100 < m.Tags.Words*90 {
			t.Errorf("%s: tags %+v", lang, m.Tags)
		}
		if m.Trees.LAS() < 80 || m.Trees.UAS() < m.Trees.LAS() {
			t.Errorf("%s: UAS %.1f LAS %.1f", lang, m.Trees.UAS(), m.Trees.LAS())
		}
		put(t, dir, lang, "tagger.bin", m.Tagger)
		put(t, dir, lang, "parser.bin", m.Parser)
		if lang != "bg" {
			continue
		}
		again, err := train.Build(sets, filepath.Join(dir, "lang"), lang, io.Discard)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(m.Tagger, again.Tagger) || !bytes.Equal(m.Parser, again.Parser) {
			t.Error("the same data gave other bytes")
		}
	}
	set, err := nlp.Open(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	pack, err := set.Pack("bg")
	if err != nil {
		t.Fatal(err)
	}
	a, err := pack.Analyze(t.Context(), "Колева отхвърли план.")
	if err != nil {
		t.Fatal(err)
	}
	w := a.Sentences[0].Words
	if len(w) != 5 || w[1].UPOS != "PROPN" || w[2].Lemma != "отхвърля" || w[2].Head != 0 || w[3].Deprel != "obj" || w[3].Head != 2 {
		t.Errorf("read as %+v", w)
	}
	if _, err := train.Build(sets, filepath.Join(dir, "lang"), "fr", io.Discard); err == nil || !strings.Contains(err.Error(), "no recipe") {
		t.Errorf("a language without a recipe: %v", err)
	}
	if _, err := train.Build(t.TempDir(), filepath.Join(dir, "lang"), "bg", io.Discard); err == nil || !strings.Contains(err.Error(), "no treebank at ") {
		t.Errorf("no data: %v", err)
	}
	boundaries(t, sets, pack)
}

// boundaries learns where sentences end without a stop, beside a tagger.
func boundaries(t *testing.T, sets string, pack *nlp.Pack) {
	t.Helper()
	o := train.DefaultBoundaryOptions
	var log bytes.Buffer
	o.Log = &log
	never := func(string) bool { return false }
	b, err := train.Boundaries(sets, pack, never, o)
	if err != nil {
		t.Fatal(err)
	}
	f, err := model.Open(b)
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Section("w")) == 0 || len(f.Uint32s("bias")) != 1 {
		t.Error("no weights")
	}
	if !strings.Contains(log.String(), "epoch 10") {
		t.Errorf("log: %s", &log)
	}
	less, err := train.Boundaries(sets, pack, func(path string) bool { return strings.Contains(path, "brexit") }, o)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(b, less) {
		t.Error("what is left out teaches all the same")
	}
}

func TestLanguagesAreLearnt(t *testing.T) {
	dir := packs(t)
	b, err := train.LangID(filepath.Join(madeUp(t), "data"), func(path string) bool { return strings.Contains(path, "nord_stream") })
	if err != nil {
		t.Fatal(err)
	}
	put(t, dir, "und", "langid.bin", b)
	set, err := nlp.Open(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"Кметът откри моста, а планът е във Варна.": "bg",
		"Министр заявил, что построил новый мост.":  "ru",
		"The minister said that Chile signed it.":   "en",
	} {
		if got, _ := set.Identify(text); got != want {
			t.Errorf("%q is %s", text, got)
		}
	}
}

// Names that were learnt are found again, and a topic left out is not learnt.
func TestNamesAreLearnt(t *testing.T) {
	sets, dir := filepath.Join(madeUp(t), "data"), packs(t)
	o := train.DefaultNamesOptions
	o.Epochs, o.MinSeen, o.Rows = 10, 1, 1<<12
	for _, lang := range []string{"bg", "ru"} {
		c, err := train.LoadNames(t.Context(), sets, dir, lang, "")
		if err != nil {
			t.Fatal(err)
		}
		without := func(topic string) []byte {
			m, err := c.Train(topic, train.TopicUnseen, o)
			if err != nil {
				t.Fatal(err)
			}
			return m.Write()
		}
		whole := without("")
		if !bytes.Equal(whole, without("")) {
			t.Errorf("%s: the same data gave other bytes", lang)
		}
		seen, left := measured(t, c, whole, "brexit"), measured(t, c, without("brexit"), "brexit")
		if seen.Strict.F1() < 0.8 {
			t.Errorf("%s: %.2f of the names that were learnt are found", lang, seen.Strict.F1())
		}
		if left.Strict.F1() > seen.Strict.F1() {
			t.Errorf("%s: a topic left out is read better, %.2f, than one learnt, %.2f", lang, left.Strict.F1(), seen.Strict.F1())
		}
		answers := t.TempDir()
		if err := c.WriteResponses(answers, "brexit"); err != nil {
			t.Fatal(err)
		}
		groups, err := score.OpenNames(answers, nil)
		if err != nil || len(groups) != 1 || groups[0].Topic != "brexit" || groups[0].Lang != lang {
			t.Errorf("%s: answers %+v, %v", lang, groups, err)
		}
	}
	// The names of English need the texts that the labels of another program are of.
	if _, err := train.LoadNames(t.Context(), sets, dir, "en", ""); err == nil || !strings.Contains(err.Error(), "gum_news_train.jsonl") {
		t.Errorf("English: %v", err)
	}
}

func measured(t *testing.T, c *train.NameCorpus, b []byte, topic string) train.NameScores {
	t.Helper()
	f, err := model.Open(b)
	if err != nil {
		t.Fatal(err)
	}
	n, err := nlp.OpenNames(f)
	if err != nil {
		t.Fatal(err)
	}
	s := c.Measure(n, topic)[""]
	if s.Strict.Gold == 0 {
		t.Fatalf("no name of %s was measured", topic)
	}
	return s
}

// The choosers take the right candidate of the articles that they learn from, more often than
// chance; they are learnt beside the models that are shipped.
func TestChoosersAreLearnt(t *testing.T) {
	shared := madeUp(t)
	r, err := read.Open(data.FS)
	if err != nil {
		t.Fatal(err)
	}
	folds, err := score.OpenFolds(filepath.Join(shared, "gold", "folds.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	groupOf := func(id string) (string, error) {
		fold, _ := folds.Of("dev", id)
		return string(rune('0' + fold)), nil
	}
	dev := filepath.Join(shared, "gold", "dev")
	articles, err := train.Gold(dev, groupOf)
	if err != nil || len(articles) != 5 || articles[0].Group != "1" || len(articles[0].Events) != 1 {
		t.Fatalf("gold %+v, %v", articles, err)
	}
	var lessons []read.Lesson
	asked := map[string]int{}
	for _, a := range articles {
		l, err := train.Lessons(t.Context(), r, a)
		if err != nil {
			t.Fatal(err)
		}
		lessons = append(lessons, l...)
		for i := range l {
			asked[l[i].Question()]++
		}
	}
	if asked["code"] < 4 || asked["code"] != asked["evoke"] || asked["source"]+asked["source nobody"] == 0 {
		t.Errorf("lessons %v", asked)
	}
	table := train.Deeds(lessons, train.DefaultDeedOptions)
	for i := range lessons {
		if l := &lessons[i]; l.Question() == "evoke" && !l.Yes(table) {
			t.Error("what was taught is not learnt: a word that evokes an event")
		}
	}
	said, err := train.GoldSaid(dev, groupOf)
	if err != nil {
		t.Fatal(err)
	}
	quotes := filepath.Join(shared, "data", "quotes")
	polnear, err := train.PolnearSaid(filepath.Join(quotes, "polnear_en_train290.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	adaq, err := train.AdaqSaid(filepath.Join(quotes, "adaq_ru.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for name, f := range map[string]struct {
		choices func(context.Context, *read.Reader, train.SaidArticle) ([]train.Choice, error)
		others  []train.SaidArticle
	}{"speakers": {train.SpeakerChoices, polnear}, "spans": {train.SpanChoices, append(adaq, polnear...)}} {
		var all [2][]train.Choice
		for i, set := range [][]train.SaidArticle{said, f.others} {
			for _, a := range set {
				c, err := f.choices(t.Context(), r, a)
				if err != nil {
					t.Fatal(err)
				}
				all[i] = append(all[i], c...)
			}
		}
		m := train.StatementChooser(all[0], all[1], train.DefaultStatementOptions)
		if len(all[1]) == 0 || m.Len() == 0 {
			t.Errorf("%s: %d and %d questions, %d weights", name, len(all[0]), len(all[1]), m.Len())
		}
	}
}

// A treebank is read with the features that all treebanks of its language have.
func TestTreebankDropsWhatIsNotShared(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a.conllu")
	row := "1\tДома\tдом\tNOUN\t_\tAnimacy=Inan|Case=Nom|NameType=Geo\t0\troot\t_\t_\n\n"
	if err := os.WriteFile(file, []byte(row), 0o666); err != nil {
		t.Fatal(err)
	}
	for lang, want := range map[string]ud.Feats{"ru": "Animacy=Inan|Case=Nom", "en": "", "bg": "Animacy=Inan|Case=Nom|NameType=Geo"} {
		s, err := train.Treebank(file, lang)
		if err != nil || len(s) != 1 || s[0][0].Feats != want {
			t.Errorf("%s: %+v, %v", lang, s, err)
		}
	}
}
