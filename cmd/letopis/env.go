package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"

	"letopis"
	"letopis/data"
	"letopis/internal/kb"
	"letopis/internal/locale"
	"letopis/internal/read"
	"letopis/internal/ud"
	"letopis/internal/web"
)

// env is what a command sees of the world. main fills it from the process,
// tests from buffers. The global flags are settled before a command runs.
type env struct {
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
	getenv func(string) string

	dataDir string // --data; empty for the built-in data
	kbDir   string // --kb; the user's own tables over those of the knowledge base
	data    fs.FS  // language packs, ontology, knowledge base, demo corpus
	ui      string // language of the interface, one of locale.Langs
	tty     bool   // stdout is a terminal
	width   int    // columns of the terminal, or 80

	pages *web.Pages // once opened
}

// reader turns documents into records. internal/read fills it.
type reader interface {
	Read(context.Context, *letopis.Document) (*letopis.Record, error)
	ReadAnalysis(context.Context, *letopis.Document, *ud.Analysis) (*letopis.Record, error)
}

// settle makes the global flags and the environment into settings.
func (e *env) settle() error {
	if e.ui == "" {
		e.ui = uiLanguage(e.getenv)
	} else if langs := locale.Langs(); !slices.Contains(langs, e.ui) {
		return &letopis.Error{Op: "--ui", Kind: letopis.Unsupported, Err: fmt.Errorf("no interface in %q; choose %s", e.ui, strings.Join(langs, " or "))}
	}
	e.data = data.FS
	if e.dataDir != "" {
		if st, err := os.Stat(e.dataDir); err != nil {
			return &letopis.Error{Op: "--data", Kind: letopis.NotFound, Err: err}
		} else if !st.IsDir() {
			return &letopis.Error{Op: "--data " + e.dataDir, Kind: letopis.Invalid, Err: fmt.Errorf("not a folder; name one that has lang/, onto/ and kb/")}
		}
		e.data = os.DirFS(e.dataDir)
	}
	if e.kbDir != "" {
		if st, err := os.Stat(e.kbDir); err != nil {
			return &letopis.Error{Op: "--kb", Kind: letopis.NotFound, Err: err}
		} else if !st.IsDir() {
			return &letopis.Error{Op: "--kb " + e.kbDir, Kind: letopis.Invalid, Err: fmt.Errorf("not a folder; name one with tables as in data/kb, such as persons.tsv and bg/persons.tsv")}
		}
		over, err := kb.Overlay(e.data, "kb", os.DirFS(e.kbDir))
		if err != nil {
			return fmt.Errorf("--kb: %w", err)
		}
		e.data = over
	}
	e.width = 80
	if f, ok := e.stdout.(*os.File); ok {
		if w, ok := terminalWidth(f); ok {
			e.tty = true
			if w > 0 {
				e.width = w
			}
		}
	}
	if w, err := strconv.Atoi(e.getenv("COLUMNS")); err == nil && w > 0 {
		e.width = w
	}
	e.width = min(max(e.width, 40), 400)
	return nil
}

// uiLanguage reads the language of the interface from the locale, in the order of POSIX.
func uiLanguage(getenv func(string) string) string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := getenv(name); v != "" {
			for _, lang := range locale.Langs() {
				if strings.HasPrefix(v, lang) {
					return lang
				}
			}
			break
		}
	}
	return locale.Default
}

// openReader opens the reader on the data folder of e.
func (e *env) openReader() (*read.Reader, error) { return read.Open(e.data) }

// openPages opens the pages of the interface, once. It is not for concurrent use.
func (e *env) openPages() (*web.Pages, error) {
	if e.pages == nil {
		p, err := web.NewPages()
		if err != nil {
			return nil, err
		}
		e.pages = p
	}
	return e.pages, nil
}

var _ reader = (*read.Reader)(nil)
