package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"letopis"
	"letopis/internal/nlp"
	"letopis/internal/tell"
	"letopis/internal/ud"
)

// renderer writes one finding in a format.
type renderer struct {
	name     string
	ext      string // of a file that holds one
	help     string
	analysis bool // needs finding.analysis
	array    bool // several in one stream are an array
	single   bool // a stream can have one only
	between  string
	render   func(w io.Writer, e *env, fd finding, f readFlags) error
}

// FormatName is the name of the format on the command line.
func (r renderer) FormatName() string { return r.name }

// renderers are the formats of letopis read. The first is that of files and pipes.
var renderers = []renderer{
	{name: "json", ext: ".json", help: "the record, indented", array: true,
		render: func(w io.Writer, _ *env, fd finding, _ readFlags) error { return fd.rec.WriteJSON(w) }},
	{name: "jsonl", ext: ".json", help: "the record on one line", render: renderLine},
	{name: "text", ext: ".txt", help: "for a person at a terminal", between: "\n",
		render: func(w io.Writer, e *env, fd finding, f readFlags) error {
			return e.text(w, fd.rec, tell.TextOptions{Explain: f.explain, Color: e.tty && f.out == "" && e.getenv("NO_COLOR") == ""})
		}},
	{name: "html", ext: ".html", help: "one self-contained page with the article and its findings marked in it; for several articles name a folder with --out", single: true,
		render: func(w io.Writer, e *env, fd finding, _ readFlags) error {
			pages, err := e.openPages()
			if err != nil {
				return err
			}
			return pages.Article(w, fd.rec, e.ui)
		}},
	{name: "conllu", ext: ".conllu", help: "the analysis in the terms of Universal Dependencies", analysis: true,
		render: func(w io.Writer, _ *env, fd finding, _ readFlags) error {
			return ud.WriteConllu(w, fd.analysis, fd.rec.Document.Text, nameOf(&fd.rec.Document))
		}},
}

// text writes a record for a person, in the language and width of the interface.
func (e *env) text(w io.Writer, rec *letopis.Record, o tell.TextOptions) (err error) {
	o.Lang, o.Width = e.ui, e.width
	if o.Quotes[0], o.Quotes[1], err = nlp.Quotes(e.data, rec.Document.Lang); err != nil {
		return err
	}
	return tell.Text(w, rec, o)
}

func renderLine(w io.Writer, _ *env, fd finding, _ readFlags) error {
	b, err := fd.rec.AppendJSON(nil)
	if err != nil {
		return err
	}
	_, err = w.Write(append(b, '\n'))
	return err
}

func rendererHelp() string {
	var b strings.Builder
	for _, r := range renderers {
		fmt.Fprintf(&b, "  %-7s %s\n", r.name, r.help)
	}
	return b.String()
}

// recordSink takes findings in the order of their articles.
type recordSink interface {
	put(finding) error
	close() error
}

// streamSink writes findings one after the other. The first is held back until a
// second comes or not, because one article is printed in another way than several.
type streamSink struct {
	e     *env
	w     *bufio.Writer
	r     renderer
	f     readFlags
	first *finding
	n     int
}

func newStreamSink(e *env, r renderer, f readFlags) *streamSink {
	return &streamSink{e: e, w: bufio.NewWriter(e.stdout), r: r, f: f}
}

func (s *streamSink) put(fd finding) error {
	if s.n++; s.n == 1 {
		if s.r.array || s.r.single {
			s.first = &fd
			return nil
		}
		return s.write(fd)
	}
	if s.r.single {
		s.first = nil
		return &letopis.Error{Op: "--format " + s.r.name, Kind: letopis.Invalid, Err: errors.New("is a page for one article, and there are several; name a folder for the pages with --out")}
	}
	if s.n == 2 && s.first != nil {
		if s.f.format == "" {
			s.r = renderers[1]
		} else {
			s.w.WriteString("[\n")
		}
		if err := s.flushFirst(); err != nil {
			return err
		}
	}
	if s.r.array {
		s.w.WriteString(",\n")
	} else {
		s.w.WriteString(s.r.between)
	}
	return s.write(fd)
}

func (s *streamSink) flushFirst() error {
	fd := *s.first
	s.first = nil
	return s.write(fd)
}

// write renders fd and hands it on at once, so that a pipe sees each record when it is there.
func (s *streamSink) write(fd finding) error {
	if err := s.r.render(s.w, s.e, fd, s.f); err != nil {
		return err
	}
	return s.w.Flush()
}

func (s *streamSink) close() error {
	if s.first != nil {
		return s.flushFirst()
	}
	if s.r.array && s.n > 1 {
		s.w.WriteString("]\n")
	}
	return s.w.Flush()
}

// folderSink writes each finding to a file of its own. A file appears whole or not at all.
type folderSink struct {
	e     *env
	dir   string
	r     renderer
	f     readFlags
	wrote map[string]letopis.ID // by file name
	twins int                   // articles whose id another one has
}

func newFolderSink(e *env, dir string, r renderer, f readFlags) (*folderSink, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, &letopis.Error{Op: "--out", Kind: letopis.Invalid, Err: err}
	}
	return &folderSink{e: e, dir: dir, r: r, f: f, wrote: map[string]letopis.ID{}}, nil
}

func (s *folderSink) put(fd finding) error {
	doc := &fd.rec.Document
	name := fileName(nameOf(doc))
	if other, taken := s.wrote[name]; taken {
		if other == doc.ID {
			return nil // the same article again
		}
		name = fileName(nameOf(doc) + "-" + string(doc.ID))
		if _, again := s.wrote[name]; !again {
			s.twins++
		}
	}
	s.wrote[name] = doc.ID
	path := filepath.Join(s.dir, name+s.r.ext)
	if err := writeWhole(path, func(w io.Writer) error { return s.r.render(w, s.e, fd, s.f) }); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}

func (s *folderSink) close() error {
	if s.twins > 0 {
		s.e.notice(fmt.Sprintf("%d articles have the id of another one; their files are named by both ids, ID-DOCUMENT%s", s.twins, s.r.ext))
	}
	return nil
}
