package code

import (
	"errors"
	"fmt"
	"io/fs"

	"letopis"
	"letopis/internal/kb"
	"letopis/internal/petrarch"
	"letopis/internal/ud"
)

// cameo codes sentences in the terms of CAMEO with the verbs and agents of a language's
// own folder, and with the actors that the knowledge base and the record know.
type cameo struct {
	kb    *kb.KB
	langs map[string]*petrarch.Dictionary
	words map[string]*petrarch.Grammar // of every language
}

// openCameo opens the dictionaries of every language that has them.
func openCameo(data fs.FS, langs []string, notice func(string)) (*cameo, error) {
	c := &cameo{langs: map[string]*petrarch.Dictionary{}, words: map[string]*petrarch.Grammar{}}
	for _, l := range langs {
		dir, err := fs.Sub(data, "lang/"+l)
		if err != nil {
			return nil, err
		}
		if c.words[l], err = petrarch.OpenGrammar(dir, "cameo.words.tsv"); err != nil {
			return nil, fmt.Errorf("lang/%s/%w", l, err)
		}
		if _, err := fs.Stat(dir, "cameo.verbs.txt"); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		d, r, err := petrarch.Open(dir)
		if err != nil {
			return nil, err
		}
		for _, p := range r.Problems {
			notice(p.String())
		}
		c.langs[l] = d
	}
	dir, err := fs.Sub(data, "kb")
	if err != nil {
		return nil, err
	}
	c.kb, err = kb.Open(dir)
	return c, err
}

// protests is the CAMEO root whose acts need nobody to whom they are done.
const protests = "14"

// code codes an analysed sentence whose record is known; nil where the language has no
// dictionaries. day is 20080806, or "" for unknown.
func (c *cameo) code(a *ud.Analysis, text, day string, rec *letopis.Record) []petrarch.Event {
	d := c.langs[a.Lang]
	if d == nil {
		return nil
	}
	return d.Code(a, petrarch.Options{Grammar: c.words[a.Lang], Day: day, Actors: c.actors(a, text, rec), Alone: protests})
}

// actors finds who is named in a sentence: what the knowledge base knows, and the
// names of the record that have a country.
func (c *cameo) actors(a *ud.Analysis, text string, rec *letopis.Record) []petrarch.Actor {
	country := map[string]string{} // of names as they stand in the text
	for _, e := range rec.Entities {
		for _, m := range e.Mentions {
			if e.Country != "" {
				country[m.Text] = e.Country
			}
		}
	}
	var found actorList
	base := 0 // words before the sentence
	for i := range a.Sentences {
		c.known(&found, a.Lang, &a.Sentences[i], base, text, country)
		base += len(a.Sentences[i].Words) - 1
	}
	base = 0
	for i := range a.Sentences {
		c.named(&found, a, i, base, text, country)
		base += len(a.Sentences[i].Words) - 1
	}
	return found.actors
}

// actorList are actors that share no word.
type actorList struct {
	actors []petrarch.Actor
	taken  map[int]bool // words
}

// put adds the actor of some words, unless one of them is another's.
func (l *actorList) put(first, end int, code string) {
	for i := first; i < end; i++ {
		if l.taken[i] {
			return
		}
	}
	if l.taken == nil {
		l.taken = map[int]bool{}
	}
	for i := first; i < end; i++ {
		l.taken[i] = true
	}
	l.actors = append(l.actors, petrarch.Actor{First: first, End: end, Code: code})
}

// known adds whom the knowledge base knows in a sentence.
func (c *cameo) known(found *actorList, lang string, s *ud.Sentence, base int, text string, country map[string]string) {
	words := s.Words[1:]
	toks := make([]kb.Tok, len(words))
	for k, w := range words {
		toks[k] = kb.Tok{Form: w.Form, Lemma: w.Lemma}
	}
	for _, m := range c.kb.Scan(lang, toks) {
		code := m.Country
		if code == "" && m.Kind == kb.KindPerson {
			code = country[phraseOf(s, text, m.First, m.Last)]
		}
		if code != "" {
			found.put(base+m.First, base+m.Last+1, c.sector(code, m.Kind))
		}
	}
}

// named adds the names of sentence i that have a country in the record.
func (c *cameo) named(found *actorList, a *ud.Analysis, i, base int, text string, country map[string]string) {
	s := &a.Sentences[i]
	for _, n := range a.Names {
		if int(n.Sentence) != i || n.First < 0 || int(n.Last) >= len(s.Tokens) || n.First > n.Last {
			continue
		}
		code := country[text[n.Start:n.End]]
		if code == "" {
			continue
		}
		kind := kb.KindInstitution
		if n.Type == string(letopis.Person) {
			kind = kb.KindPerson
		}
		found.put(base+int(s.Tokens[n.First].First)-1, base+int(s.Tokens[n.Last].Last), c.sector(code, kind))
	}
}

// phraseOf returns the words of a sentence as they stand in the text.
func phraseOf(s *ud.Sentence, text string, first, last int) string {
	a, b := s.Words[first+1].Token, s.Words[last+1].Token
	return text[s.Tokens[a].Start:s.Tokens[b].End]
}

// sector writes a country as event data do: bodies of several countries are IGO, a
// holder of office or a seat of government is GOV.
func (c *cameo) sector(code string, kind kb.Kind) string {
	if c.kb.Country(code) == nil && code != "IGO" && code != "NGO" {
		return "IGO" + code
	}
	switch kind {
	case kb.KindPerson, kb.KindSeat:
		return code + "GOV"
	case kb.KindGroup:
		return code + "REB"
	}
	return code
}
