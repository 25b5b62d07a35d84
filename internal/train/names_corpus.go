package train

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"letopis/internal/nlp"
)

// NameCorpus is all that the recogniser of one language is trained and measured on.
type NameCorpus struct {
	Lang  string
	Lists *nlp.NameLists
	Pack  *nlp.Pack
	dir   string
	known []string // words of base forms that the lists have
	own   []*NameDoc
	more  []NameSet  // sister languages and other sets
	test  []*NameDoc // a fixed development set, for English
}

// recipe says what a language learns from besides its own topics.
var nameSisters = map[string]string{"bg": "ru,uk", "ru": "uk,bg", "en": "pl"}

// LoadNames reads the data sets of a language from dir and its lists and packs
// from data; sisters overrides the recipe where not empty.
func LoadNames(ctx context.Context, dir, data, lang, sisters string) (*NameCorpus, error) {
	set, err := nlp.Open(os.DirFS(data))
	if err != nil {
		return nil, err
	}
	c := &NameCorpus{Lang: lang, dir: dir}
	if c.Lists, err = NameLists(data, lang); err != nil {
		return nil, err
	}
	if err := addWorld(c.Lists, dir, lang); err != nil {
		return nil, err
	}
	if c.known, err = knownWords(data, lang); err != nil {
		return nil, err
	}
	pack, err := set.Pack(lang)
	if err != nil {
		return nil, err
	}
	c.Pack = pack
	if lang == "en" {
		cut, err := openNameCut(data, lang)
		if err != nil {
			return nil, err
		}
		if c.own, err = GUMNames(ctx, filepath.Join(dir, "gum_news", "gum_news_train.jsonl"), pack, cut); err != nil {
			return nil, err
		}
		if c.test, err = GUMNames(ctx, filepath.Join(dir, "gum_news", "gum_news_dev.jsonl"), pack, cut); err != nil {
			return nil, err
		}
		d, err := silverNames(ctx, dir, pack, cut)
		if err != nil {
			return nil, err
		}
		c.more = append(c.more, NameSet{Docs: d, Weight: 0.3})
	}
	for _, t := range BSNLPTopics {
		if lang == "en" {
			break
		}
		d, err := NameDocs(ctx, dir, t, lang, pack)
		if err != nil {
			return nil, err
		}
		c.own = append(c.own, d...)
	}
	if sisters == "" {
		sisters = nameSisters[lang]
	}
	for _, l := range strings.Split(sisters, ",") {
		s := NameSet{Weight: 0.5}
		as := l
		switch {
		case lang == "en":
			as, s.Weight = lang, 0.2
		case l == "uk":
			as = "ru"
		}
		p, err := set.Pack(as)
		if err != nil {
			continue
		}
		for _, t := range BSNLPTopics {
			d, err := NameDocs(ctx, dir, t, l, p)
			if err != nil {
				return nil, err
			}
			s.Docs = append(s.Docs, d...)
		}
		c.more = append(c.more, s)
	}
	if lang == "ru" && sisters != "none" {
		d, err := NERELNames(ctx, filepath.Join(dir, "nerel", "nerel_dev.jsonl"), pack)
		if err != nil {
			return nil, err
		}
		c.more = append(c.more, NameSet{Docs: d, Weight: 0.7})
	}
	return c, nil
}

// Topics returns what can be left out of training.
func (c *NameCorpus) Topics() []string {
	if c.test != nil {
		return []string{"gum_dev"}
	}
	return BSNLPTopics
}

// Train trains without a topic, in all languages; "" leaves out nothing. A fixed
// development set is never learnt from, so that it measures what is shipped.
func (c *NameCorpus) Train(without string, o NamesOptions) *nlp.NamesModel {
	sets := []NameSet{{Docs: dropTopic(c.own, without), Weight: 1}}
	for _, s := range c.more {
		sets = append(sets, NameSet{Docs: dropTopic(s.Docs, without), Weight: s.Weight})
	}
	m := Names(sets, c.Lists, o)
	if c.test == nil {
		m.Base = NameBases(sets[0].Docs, c.known, o)
	}
	return m
}

func dropTopic(docs []*NameDoc, topic string) []*NameDoc {
	var out []*NameDoc
	for _, d := range docs {
		if d.Topic != topic {
			out = append(out, d)
		}
	}
	return out
}

func (c *NameCorpus) tested(topic string) []*NameDoc {
	if c.test != nil {
		return c.test
	}
	var out []*NameDoc
	for _, d := range c.own {
		if d.Topic == topic {
			out = append(out, d)
		}
	}
	return out
}

// Measure names the documents of a topic and scores them by type and in all ("").
func (c *NameCorpus) Measure(n *nlp.Names, topic string) map[string]NameScores {
	sum := map[string]NameScores{}
	for _, d := range c.tested(topic) {
		n.Recognize(d.Text, d.Analysis)
		gold := c.gold(d)
		for y, s := range ScoreNames(gold, ReadNameItems(WriteNames(d))) {
			x := sum[y]
			x.Strict.Add(s.Strict)
			x.Partial.Add(s.Partial)
			x.Lemma.Add(s.Lemma)
			sum[y] = x
		}
	}
	return sum
}

func (c *NameCorpus) gold(d *NameDoc) []NameItem {
	b, err := os.ReadFile(filepath.Join(c.dir, "bsnlp", d.Topic, d.Lang, "gold", d.Stem+".out"))
	if err != nil {
		return NameItems(d, d.Gold)
	}
	return ReadNameItems(b)
}

// WriteResponses writes the names last found in the documents of a topic as
// files that score_bsnlp.py reads.
func (c *NameCorpus) WriteResponses(dir, topic string) error {
	for _, d := range c.tested(topic) {
		p := filepath.Join(dir, d.Topic, d.Lang)
		if err := os.MkdirAll(p, 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(p, d.Stem+".out"), WriteNames(d), 0o644); err != nil {
			return err
		}
	}
	return nil
}
