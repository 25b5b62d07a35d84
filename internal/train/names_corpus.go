package train

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"letopis/internal/nlp"
)

// NameCorpus is all that the recogniser of one language is trained and measured on.
type NameCorpus struct {
	Lang  string
	Lists *nlp.NameLists
	Pack  *nlp.Pack
	dir   string
	data  string
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
	c := &NameCorpus{Lang: lang, dir: dir, data: data}
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

// Unseen says what a measurement on a topic left out has not seen beside it.
type Unseen int

// What is hidden: nothing but the topic; its names in lists and training sentences, the gazetteer kept;
// the gazetteer too.
const (
	TopicUnseen Unseen = iota
	NamesUnseen
	PlacesUnseen
)

// Train trains without a topic, in all languages; "" leaves out nothing. A fixed
// development set is never learnt from, so that it measures what is shipped.
func (c *NameCorpus) Train(without string, u Unseen, o NamesOptions) (*nlp.NamesModel, error) {
	lists, known := c.Lists, c.known
	var skip func(*NameDoc, int) bool
	if u != TopicUnseen {
		h := c.hidden(without)
		lists, skip, known = c.Lists.Without(h.keys), h.has, nil
		for _, w := range c.known {
			if !h.words[strings.ToLower(w)] {
				known = append(known, w)
			}
		}
	}
	if u != PlacesUnseen {
		if u == TopicUnseen {
			lists = c.Lists.Without(nil)
		}
		if err := addGazetteer(lists, c.data, c.Lang); err != nil {
			return nil, err
		}
	}
	sets := []NameSet{{Docs: dropTopic(c.own, without), Weight: 1, Skip: skip}}
	for _, s := range c.more {
		sets = append(sets, NameSet{Docs: dropTopic(s.Docs, without), Weight: s.Weight, Skip: skip})
	}
	m := Names(sets, lists, o)
	if c.test == nil {
		m.Base = NameBases(sets[0].Docs, known, o)
	}
	return m, nil
}

// Rules returns the rules of the language as a measurement on a topic has them.
func (c *NameCorpus) Rules(topic string, u Unseen) (*nlp.NameRules, error) {
	rules, err := c.Pack.NameRules(os.DirFS(c.data))
	if err != nil || u == TopicUnseen {
		return rules, err
	}
	return rules.Without(c.hidden(topic).words, u == NamesUnseen), nil
}

// hiddenNames are the names of a topic that is measured.
type hiddenNames struct {
	lists *nlp.NameLists
	keys  map[uint32]bool // of the names, of their words, as lists have them
	whole map[uint32]bool // of the names
	words map[string]bool // their words, in small letters
}

func (c *NameCorpus) hidden(topic string) *hiddenNames {
	h := &hiddenNames{c.Lists, map[uint32]bool{}, map[uint32]bool{}, map[string]bool{}}
	for _, d := range c.tested(topic) {
		for _, g := range d.Gold {
			for _, name := range []string{d.Text[g.Start:g.End], g.Base} {
				ws := nameFields(name)
				h.keys[c.Lists.Key(ws)], h.whole[c.Lists.Key(ws)] = true, true
				for _, w := range ws {
					h.words[strings.ToLower(w)] = true
					if r, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(r) {
						h.keys[c.Lists.Key([]string{w})] = true
					}
				}
			}
		}
	}
	return h
}

// has reports whether a sentence of a document has one of the names, or the surname of one.
func (h *hiddenNames) has(d *NameDoc, sentence int) bool {
	s := &d.Analysis.Sentences[sentence]
	for _, g := range d.Gold {
		if g.Start < s.Start || g.End > s.End {
			continue
		}
		ws := nameFields(d.Text[g.Start:g.End])
		if h.whole[h.lists.Key(ws)] || g.Type == "PER" && len(ws) > 1 && h.keys[h.lists.Key(ws[len(ws)-1:])] {
			return true
		}
	}
	return false
}

// nameFields returns the words of a name without marks around them.
func nameFields(name string) []string {
	var out []string
	for _, w := range strings.Fields(name) {
		if w = strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }); w != "" {
			out = append(out, w)
		}
	}
	return out
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
