// Package web shows the chronicle and its articles to people: server-rendered
// pages in every language of the interface, with everything they need embedded. It knows
// the root types and the texts alone; the store comes in through [Source].
package web

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"strings"

	"letopis"
	"letopis/internal/locale"
)

//go:embed templates/*.html static/*
var files embed.FS

// page is what every template needs.
type page struct {
	Lang  string
	Title string
	Path  string
	// Alone is true for a page that is one file, without navigation.
	Alone bool
	Style template.CSS
	loc   locale.Texts
	// Interfaces are the languages to choose from.
	Interfaces []interfaceLang
}

// interfaceLang is a language of the interface with its own name for itself.
type interfaceLang struct{ Code, Name string }

// T translates a key of the interface.
func (p page) T(key string) string { return p.loc.T(key) }

// Pages renders the pages of the interface.
type Pages struct {
	tmpl    *template.Template
	locales map[string]locale.Texts
	langs   []interfaceLang
	style   template.CSS
}

// NewPages reads the embedded templates, styles and texts.
func NewPages() (*Pages, error) {
	locales, err := locale.All()
	if err != nil {
		return nil, err
	}
	p := &Pages{locales: locales}
	for _, lang := range locale.Langs() {
		p.langs = append(p.langs, interfaceLang{lang, locales[lang].T("ui.self")})
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
		lang = locale.Default
	}
	return page{Lang: lang, Path: path, Style: p.style, loc: p.locales[lang], Interfaces: p.langs}
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
