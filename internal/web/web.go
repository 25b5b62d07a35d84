// Package web shows the chronicle and its articles to people: server-rendered
// pages in Bulgarian and English, with everything they need embedded. It knows
// the root types alone; the store comes in through [Source].
package web

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"strings"

	"letopis"
)

//go:embed templates/*.html static/*
var files embed.FS

// Langs are the languages of the interface, the first being the default.
var Langs = []string{"en", "bg"}

// Texts are the words of the interface in one language. A key that has none
// gives some word for it, never an error.
type Texts interface{ T(key string) string }

// page is what every template needs.
type page struct {
	Lang  string
	Title string
	Path  string
	// Alone is true for a page that is one file, without navigation.
	Alone bool
	Style template.CSS
	loc   Texts
}

// T translates a key of the interface.
func (p page) T(key string) string { return p.loc.T(key) }

// Pages renders the pages of the interface.
type Pages struct {
	tmpl    *template.Template
	locales map[string]Texts
	style   template.CSS
}

// NewPages reads the embedded templates and styles. texts has the words of every
// language of [Langs].
func NewPages(texts map[string]Texts) (*Pages, error) {
	p := &Pages{locales: map[string]Texts{}}
	for _, l := range Langs {
		if texts[l] == nil {
			return nil, fmt.Errorf("web: no texts of the interface in %q", l)
		}
		p.locales[l] = texts[l]
	}
	css, err := files.ReadFile("static/letopis.css")
	if err != nil {
		return nil, err
	}
	p.style = template.CSS(css)
	p.tmpl, err = template.New("").Funcs(template.FuncMap{"join": strings.Join, "dict": dict, "add": func(a, b int) int { return a + b }}).ParseFS(files, "templates/*.html")
	if err != nil {
		return nil, fmt.Errorf("web: templates: %w", err)
	}
	return p, nil
}

func (p *Pages) page(lang, path string) page {
	if p.locales[lang] == nil {
		lang = Langs[0]
	}
	return page{Lang: lang, Path: path, Style: p.style, loc: p.locales[lang]}
}

// Article writes one self-contained page with the article and its findings
// marked in it. lang is the language of the interface.
func (p *Pages) Article(w io.Writer, rec *letopis.Record, lang string) error {
	pg := p.page(lang, "")
	pg.Alone = true
	return p.tmpl.ExecuteTemplate(w, "article.html", newArticle(pg, rec))
}

// listOf is a page with one of its lists, for templates shared by several.
type listOf struct {
	Page *articlePage
	List []finding
}

func dict(p *articlePage, l []finding) listOf { return listOf{p, l} }
