// Package nlp analyses text: language identification, sentences, tokens, tags,
// lemmas, trees and names. Everything it knows of a language comes from that
// language's folder in the file system it is opened on (lang/<code>/).
package nlp

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"path"
	"slices"
	"strings"
	"sync"

	"letopis"
	"letopis/internal/model"
	"letopis/internal/ud"
)

// Set is the language packs of one data folder. It is safe for concurrent use;
// a pack's models load when the pack is first asked for.
type Set struct {
	fsys  fs.FS
	langs []string
	packs map[string]func() (*Pack, error)
	ident identifier
}

// Open lists the packs under lang/ of fsys without loading their models.
func Open(fsys fs.FS) (*Set, error) {
	found, err := fs.Glob(fsys, "lang/*/lang.json")
	if err != nil {
		return nil, fmt.Errorf("list language packs: %w", err)
	}
	s := &Set{fsys: fsys, packs: map[string]func() (*Pack, error){}}
	for _, name := range found {
		code := path.Base(path.Dir(name))
		if code == "und" {
			continue
		}
		s.langs = append(s.langs, code)
		s.packs[code] = sync.OnceValues(func() (*Pack, error) {
			p, err := openPack(fsys, code)
			if err == nil {
				p.other, p.sister = s.other, s.sister
			}
			return p, err
		})
	}
	slices.Sort(s.langs)
	return s, nil
}

// Langs returns the codes of the packs (without "und"), sorted.
func (s *Set) Langs() []string { return slices.Clone(s.langs) }

// FullLangs returns the codes of the packs that read in full, sorted: those with a recogniser
// of names. A pack with rules of dates alone is not one.
func (s *Set) FullLangs() []string {
	return slices.DeleteFunc(s.Langs(), func(lang string) bool {
		p, err := s.Pack(lang)
		return err != nil || !p.HasNames()
	})
}

// Pack returns the pack of a language; the error is of kind Unsupported if there is none.
func (s *Set) Pack(lang string) (*Pack, error) {
	open := s.packs[lang]
	if open == nil {
		return nil, &letopis.Error{Op: "open language pack", Kind: letopis.Unsupported,
			Err: fmt.Errorf("there is no language pack %q; there are %s", lang, strings.Join(s.langs, ", "))}
	}
	return open()
}

// sister is the pack of a language, nil where there is none that can be read: a passage in
// it is marked, and the document read all the same.
func (s *Set) sister(lang string) *Pack {
	if s.packs[lang] == nil {
		return nil
	}
	p, _ := s.Pack(lang) // who reads a document in that language is told what is wrong with it
	return p
}

// Pack analyses one language. It is safe for concurrent use.
type Pack struct {
	lang    string
	script  string // ISO 15924
	version func() (string, error)
	seg     *segmenter
	dict    *Forms                 // nil where the pack has none
	tagger  *Tagger                // nil where the pack has none
	parser  *Parser                // nil where the pack has none
	names   func() (*Names, error) // nil without an error where there is no model
	pool    sync.Pool              // *buffers

	other  func(text, home string) (lang string, lead int) // Set.other
	sister func(lang string) *Pack                         // Set.sister
}

func openPack(fsys fs.FS, code string) (*Pack, error) {
	l, err := readLang(fsys, code)
	if err != nil {
		return nil, err
	}
	seg, err := readSegmenter(fsys, code, l)
	if err != nil {
		return nil, err
	}
	p := &Pack{
		lang:    code,
		script:  l.Script,
		seg:     seg,
		version: sync.OnceValues(func() (string, error) { return version(fsys, code) }),
	}
	p.names = sync.OnceValues(func() (*Names, error) { return readNames(fsys, code, p.dict) })
	p.pool.New = func() any { return &buffers{} }
	open := func(name string, use func(*model.File) error) error {
		name = path.Join("lang", code, name)
		b, err := fs.ReadFile(fsys, name)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
		f, err := model.Open(b)
		if err == nil {
			err = use(f)
		}
		if err != nil {
			return invalid("read "+name, fmt.Errorf("%w; train it anew with make models", err))
		}
		return nil
	}
	err = open("forms.bin", func(f *model.File) (err error) { p.dict, err = OpenForms(f); return err })
	if err == nil {
		err = open("tagger.bin", func(f *model.File) (err error) { p.tagger, err = OpenTagger(f, p.dict); return err })
	}
	if err == nil && p.tagger != nil {
		err = open("segment.bin", func(f *model.File) (err error) { seg.bounds, err = openBoundaries(f, p.tagger); return err })
	}
	if err == nil {
		err = open("parser.bin", func(f *model.File) (err error) { p.parser, err = OpenParser(f); return err })
	}
	if err != nil {
		return nil, err
	}
	if p.tagger != nil && l.Segment.Names {
		seg.functionWord = p.tagger.functionWord
	}
	return p, nil
}

// NameRules reads the rules of names of the pack's language.
func (p *Pack) NameRules(fsys fs.FS) (*NameRules, error) { return OpenNameRules(fsys, p.lang, p.dict) }

// buffers is the working memory of one analysis.
type buffers struct {
	pieces []piece
	gap    gapBuffer
	tag    tagBuffer
	parse  parseBuffer
	rest   []ud.Word // of a sentence, after its dateline
	names  nameBuffer
}

// annotate fills tags and lemmas of a sentence, and its tree where trees is set.
func (p *Pack) annotate(s *ud.Sentence, b *buffers) {
	if p.tagger == nil {
		for i := 1; i < len(s.Words); i++ {
			s.Words[i].Lemma = strings.ToLower(s.Words[i].Form)
		}
		return
	}
	p.tagger.Tag(s.Words, &b.tag)
	if p.parser != nil {
		p.parse(s.Words, b)
	}
}

// AnalyzeConllu predicts tags, lemmas and trees for the sentences and tokens of
// c, in place: of an analysis that came from elsewhere only those are kept. Names
// are found anew. Offsets are those of c.Text.
func (p *Pack) AnalyzeConllu(ctx context.Context, c *ud.Conllu) error {
	b := p.pool.Get().(*buffers)
	defer p.pool.Put(b)
	for i := range c.Analysis.Sentences {
		words := c.Analysis.Sentences[i].Words
		for k := 1; k < len(words); k++ {
			w := &words[k]
			*w = ud.Word{Form: w.Form, Token: w.Token}
		}
	}
	if c.Analysis.Foreign == nil {
		c.Analysis.Foreign = p.foreign(c.Text)
	}
	if err := p.annotateAll(c.Analysis, b, ctx.Err); err != nil {
		return err
	}
	c.Analysis.Lang, c.Analysis.Names = p.lang, nil
	return p.nameAll(c.Text, c.Analysis, b)
}

// Lang returns the ISO 639-1 code of the pack.
func (p *Pack) Lang() string { return p.lang }

// HasNames reports whether the pack has a recogniser of names; without one only the knowledge
// base and capitals tell names.
func (p *Pack) HasNames() bool {
	n, err := p.names()
	return err == nil && n != nil
}

// Version names the pack's data; it changes when any file of the pack changes.
func (p *Pack) Version() string {
	v, err := p.version()
	if err != nil {
		return "unreadable"
	}
	return v
}

// Analyze analyses a text. Every byte of text belongs to a token or is a gap
// between tokens; time is linear in len(text). Texts of more than 2 GiB are
// refused. Words that mix look-alike letters of two alphabets, or have signs of no width
// inside, are analysed as they look: so stand their Forms, while their places are those of text.
func (p *Pack) Analyze(ctx context.Context, text string) (*ud.Analysis, error) {
	if len(text) > math.MaxInt32 {
		return nil, invalid("analyze", fmt.Errorf("the text has %d bytes, at most %d are taken", len(text), math.MaxInt32))
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	b := p.pool.Get().(*buffers)
	defer p.pool.Put(b)
	plain := foldLetters(text, p.script == "Cyrl")
	text = plain.text
	b.pieces = p.seg.scan(text, b.pieces[:0])
	a := &ud.Analysis{Lang: p.lang, Sentences: p.seg.segment(text, b.pieces, &b.gap)}
	a.Foreign = p.foreign(text)
	if err := p.annotateAll(a, b, ctx.Err); err != nil {
		return nil, err
	}
	if err := p.nameAll(text, a, b); err != nil {
		return nil, err
	}
	plain.restore(a)
	return a, nil
}

// AddNames finds the names of an analysis that has none yet (a.Names is nil), and
// gives names that came with it, from another parser, their type and base form
// where these are not ours. text is the text of the analysis.
func (p *Pack) AddNames(text string, a *ud.Analysis) error {
	b := p.pool.Get().(*buffers)
	defer p.pool.Put(b)
	if a.Names == nil {
		return p.nameAll(text, a, b)
	}
	names, err := p.names()
	if err != nil {
		return err
	}
	adoptNames(text, a, names, b)
	return nil
}

// otherTypes are the types of names of other recognisers (CoNLL 2003, OntoNotes).
var otherTypes = map[string]string{
	"PERSON": "PER", "GPE": "LOC", "FAC": "LOC", "LOCATION": "LOC", "ORGANIZATION": "ORG", "EVENT": "EVT",
	"PRODUCT": "PRO", "WORK_OF_ART": "PRO", "LAW": "PRO", "MISC": "PRO",
}

// adoptNames fits the names of another recogniser to ours: names of things that we
// do not look for, such as dates, go.
func adoptNames(text string, a *ud.Analysis, names *Names, b *buffers) {
	bare := false
	a.Names = slices.DeleteFunc(a.Names, func(x ud.Name) bool {
		bare = bare || x.Base == ""
		return !slices.Contains(NameTypes[:], x.Type) && otherTypes[x.Type] == ""
	})
	for i := range a.Names {
		x := &a.Names[i]
		if t := otherTypes[x.Type]; t != "" {
			x.Type = t
		}
		s := &a.Sentences[x.Sentence]
		x.Start, x.End = s.Tokens[x.First].Start, nameEnd(text, s, int(x.Last))
	}
	if !bare {
		return
	}
	if names != nil {
		names.bases(text, a, &b.names)
		return
	}
	for i := range a.Names {
		a.Names[i].Base = nameText(text[a.Names[i].Start:a.Names[i].End])
	}
}

// nameAll finds the names of an analysis.
func (p *Pack) nameAll(text string, a *ud.Analysis, b *buffers) error {
	names, err := p.names()
	if err == nil && names != nil {
		names.recognize(text, a, &b.names)
	}
	if a.Names == nil {
		a.Names = []ud.Name{} // looked for
	}
	return err
}

// Bases fills the dictionary forms of the names of an analysis, whoever found them.
func (p *Pack) Bases(text string, a *ud.Analysis) error {
	names, err := p.names()
	if err == nil && names != nil {
		names.bases(text, a, &nameBuffer{})
	}
	return err
}
