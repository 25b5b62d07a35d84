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
		s.packs[code] = sync.OnceValues(func() (*Pack, error) { return openPack(fsys, code) })
	}
	slices.Sort(s.langs)
	return s, nil
}

// Langs returns the codes of the packs (without "und"), sorted.
func (s *Set) Langs() []string { return slices.Clone(s.langs) }

// Pack returns the pack of a language; the error is of kind Unsupported if there is none.
func (s *Set) Pack(lang string) (*Pack, error) {
	open := s.packs[lang]
	if open == nil {
		return nil, &letopis.Error{Op: "open language pack", Kind: letopis.Unsupported,
			Err: fmt.Errorf("there is no language pack %q; there are %s", lang, strings.Join(s.langs, ", "))}
	}
	return open()
}

// Pack analyses one language. It is safe for concurrent use.
type Pack struct {
	lang    string
	version func() (string, error)
	seg     *segmenter
	tagger  *Tagger
	names   func() (*Names, error) // nil without an error where there is no model
	pool    sync.Pool              // *buffers
}

func openPack(fsys fs.FS, code string) (*Pack, error) {
	seg, err := readSegmenter(fsys, code)
	if err != nil {
		return nil, err
	}
	p := &Pack{
		lang:    code,
		seg:     seg,
		version: sync.OnceValues(func() (string, error) { return version(fsys, code) }),
	}
	p.names = sync.OnceValues(func() (*Names, error) { return readNames(fsys, code) })
	p.pool.New = func() any { return &buffers{} }
	name := path.Join("lang", code, "tagger.bin")
	b, err := fs.ReadFile(fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		return p, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	f, err := model.Open(b)
	if err != nil {
		return nil, invalid("read "+name, err)
	}
	if p.tagger = OpenTagger(f); p.tagger == nil {
		return nil, invalid("read "+name, errors.New("its sections do not fit together; train it anew with make models"))
	}
	return p, nil
}

// buffers is the working memory of one analysis.
type buffers struct {
	pieces []piece
	tag    tagBuffer
	names  nameBuffer
}

// annotate fills tags, lemmas and trees of a sentence.
func (p *Pack) annotate(s *ud.Sentence, b *buffers) {
	if p.tagger == nil {
		for i := 1; i < len(s.Words); i++ {
			s.Words[i].Lemma = strings.ToLower(s.Words[i].Form)
		}
		return
	}
	p.tagger.Tag(s.Words, &b.tag)
}

// Lang returns the ISO 639-1 code of the pack.
func (p *Pack) Lang() string { return p.lang }

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
// refused.
func (p *Pack) Analyze(ctx context.Context, text string) (*ud.Analysis, error) {
	if len(text) > math.MaxInt32 {
		return nil, invalid("analyze", fmt.Errorf("the text has %d bytes, at most %d are taken", len(text), math.MaxInt32))
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	b := p.pool.Get().(*buffers)
	defer p.pool.Put(b)
	b.pieces = p.seg.scan(text, b.pieces[:0])
	a := &ud.Analysis{Lang: p.lang, Sentences: p.seg.segment(text, b.pieces)}
	for i := range a.Sentences {
		if i%64 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		p.annotate(&a.Sentences[i], b)
	}
	names, err := p.names()
	if err != nil {
		return nil, err
	}
	if names != nil {
		names.recognize(text, a, &b.names)
	}
	return a, nil
}
