// Package ingest turns bytes into documents: plain text, JSON, JSON Lines, BSNLP
// raw files, folders of these, gzipped or not.
//
// An article's text is what stands in the input, decoded and otherwise untouched:
// a byte order mark and a charset are not text, a final newline and CRLF are. One bad
// article never stops a stream: its error comes in its place and names the input, line,
// column and field, and what to do. Memory is bounded by [Options.MaxArticle], however
// large the input.
//
// A new input format is a file here and its line in formats.
package ingest

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"letopis"
)

// DefaultMaxArticle is the size in bytes that an article may have unless
// [Options] says otherwise: a book; reading it takes up to 1 GB of memory.
const DefaultMaxArticle = 6 << 20

// headSize is how many bytes a detector sees.
const headSize = 64 << 10

// Options say how to take articles in. The zero value takes them as they are
// and leaves an unnamed language empty.
type Options struct {
	// Lang is the language of every article, whatever it says itself; "" for none.
	Lang string
	// Published is the publication date of every article, given by the user; "" for none.
	Published letopis.When
	// Langs are the languages that can be read; an article in another is refused.
	// Empty for no check.
	Langs []string
	// Identify returns the language of a text and how sure it is, from 0 to 1, "und"
	// for none. It is asked where neither the article nor Lang names one. May be nil.
	Identify func(text string) (lang string, confidence float64)
	// MaxArticle is the size in bytes that one article may have; 0 for DefaultMaxArticle.
	MaxArticle int64
	// Stdin is what the path "-" reads.
	Stdin io.Reader
	// Notice takes what a person should know and no program needs: a charset that was
	// recognised, files that were passed over. May be nil.
	Notice func(string)
}

// format is a form that articles come in. The first whose detect accepts the
// first bytes of an input reads it.
type format struct {
	name string
	// extensions are the endings of file names that folders are searched for.
	extensions []string
	detect     func(name string, head []byte) bool
	read       func(*input) iter.Seq2[*letopis.Document, error]
}

// formats are tried in this order; plain text takes what is left. It is a function
// because readers of archives may come to read their members through it.
func formats() []format {
	return []format{
		{name: "binary", detect: isBinary, read: refuseBinary},
		{name: "html", detect: isMarkup, read: refuseMarkup},
		{name: "jsonl", extensions: []string{".jsonl", ".ndjson"}, detect: isJSONLines, read: readJSONLines},
		{name: "json array", detect: isJSONArray, read: readJSONArray},
		{name: "json", extensions: []string{".json"}, detect: isJSON, read: readJSON},
		{name: "bsnlp", detect: isBSNLP, read: readBSNLP},
		{name: "text", extensions: []string{".txt", ".text"}, detect: isText, read: readText},
	}
}

// Read reads the articles of the paths in their order: files, folders with all
// that is in them in the order of their names, and "-" for Options.Stdin.
func Read(ctx context.Context, paths []string, o Options) iter.Seq2[*letopis.Document, error] {
	return func(yield func(*letopis.Document, error) bool) {
		for _, p := range paths {
			for doc, err := range readPath(ctx, p, o) {
				if !yield(doc, err) {
					return
				}
			}
		}
	}
}

// Files reads the named files of fsys in their order, as [Read] does those of the system; the
// base of a name is what errors call it.
func Files(ctx context.Context, fsys fs.FS, names []string, o Options) iter.Seq2[*letopis.Document, error] {
	return func(yield func(*letopis.Document, error) bool) {
		for _, name := range names {
			if !fsFile(ctx, fsys, name, o, yield) {
				return
			}
		}
	}
}

// fsFile yields the articles of one file and reports whether to go on.
func fsFile(ctx context.Context, fsys fs.FS, name string, o Options, yield func(*letopis.Document, error) bool) bool {
	f, err := fsys.Open(name)
	if err != nil {
		return yield(nil, err)
	}
	defer f.Close() // only read
	for doc, err := range Stream(ctx, path.Base(name), f, o) {
		if !yield(doc, err) {
			return false
		}
	}
	return true
}

func readPath(ctx context.Context, p string, o Options) iter.Seq2[*letopis.Document, error] {
	if p == "-" {
		if o.Stdin == nil {
			return one(nil, &letopis.Error{Op: "read -", Kind: letopis.Invalid, Err: errors.New("there is no standard input")})
		}
		return Stream(ctx, "stdin", o.Stdin, o)
	}
	st, err := os.Stat(p)
	if err != nil {
		return one(nil, fileError(p, err))
	}
	if st.IsDir() {
		return readFolder(ctx, p, o)
	}
	return readFile(ctx, p, o)
}

// fileError gives an error of the system its kind. The messages of package os name the path.
func fileError(p string, err error) error {
	kind := letopis.Internal
	switch {
	case errors.Is(err, fs.ErrNotExist):
		kind = letopis.NotFound
	case errors.Is(err, fs.ErrPermission):
		kind = letopis.Invalid
	}
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	return &letopis.Error{Op: "read " + p, Kind: kind, Err: err}
}

func readFile(ctx context.Context, p string, o Options) iter.Seq2[*letopis.Document, error] {
	return func(yield func(*letopis.Document, error) bool) {
		f, err := os.Open(p)
		if err != nil {
			yield(nil, fileError(p, err))
			return
		}
		defer f.Close()
		for doc, err := range Stream(ctx, p, f, o) {
			if !yield(doc, err) {
				return
			}
		}
	}
}

// readFolder reads the files of a folder and of the folders in it. Hidden files and
// files whose ending belongs to no format are passed over and counted; links to
// folders are not followed, so a ring of links ends.
func readFolder(ctx context.Context, dir string, o Options) iter.Seq2[*letopis.Document, error] {
	return func(yield func(*letopis.Document, error) bool) {
		read, passed, stopped := 0, 0, false
		err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
			if err != nil {
				if stopped = !yield(nil, fileError(p, err)); stopped {
					return fs.SkipAll
				}
				read++
				return nil
			}
			if p != dir && strings.HasPrefix(d.Name(), ".") {
				if d.IsDir() {
					return fs.SkipDir
				}
				return nil
			}
			if d.IsDir() {
				return nil
			}
			if st, err := os.Stat(p); err != nil || !st.Mode().IsRegular() || !hasExtension(p) {
				passed++
				return nil
			}
			read++
			for doc, err := range readFile(ctx, p, o) {
				if stopped = !yield(doc, err); stopped {
					return fs.SkipAll
				}
			}
			return ctx.Err()
		})
		switch {
		case stopped:
		case err != nil:
			yield(nil, err)
		case read == 0:
			yield(nil, &letopis.Error{Op: "read " + dir, Kind: letopis.NotFound,
				Err: fmt.Errorf("no articles in this folder; files named %s are read, gzipped too", strings.Join(extensions(), " "))})
		case passed > 0 && o.Notice != nil:
			o.Notice(fmt.Sprintf("%s: %d files passed over; files named %s are read", dir, passed, strings.Join(extensions(), " ")))
		}
	}
}

func extensions() []string {
	var ext []string
	for _, f := range formats() {
		ext = append(ext, f.extensions...)
	}
	slices.Sort(ext)
	return ext
}

func hasExtension(p string) bool {
	p = strings.TrimSuffix(strings.ToLower(p), ".gz")
	return slices.Contains(extensions(), filepath.Ext(p))
}

// Stream reads the articles of one input. name is what messages call it; its
// ending helps to tell the format. After an error that belongs to one article the
// stream goes on; the iteration can be done once.
func Stream(ctx context.Context, name string, r io.Reader, o Options) iter.Seq2[*letopis.Document, error] {
	if o.MaxArticle <= 0 {
		o.MaxArticle = DefaultMaxArticle
	}
	return func(yield func(*letopis.Document, error) bool) {
		in := &input{ctx: ctx, name: name, o: o, noticed: map[string]bool{}}
		if err := in.open(r); err != nil {
			yield(nil, err)
			return
		}
		head, err := in.r.Peek(headSize)
		if err != nil && err != io.EOF && err != bufio.ErrBufferFull {
			yield(nil, in.failed(err))
			return
		}
		if len(bytes.TrimSpace(head)) == 0 && len(head) < headSize {
			yield(nil, in.invalid("is empty; give a file that has the article's text"))
			return
		}
		for _, f := range formats() {
			if !f.detect(strings.TrimSuffix(name, ".gz"), head) {
				continue
			}
			for doc, err := range f.read(in) {
				if cerr := ctx.Err(); cerr != nil {
					yield(nil, cerr)
					return
				}
				if !yield(doc, err) {
					return
				}
			}
			return
		}
	}
}

// input is one stream of bytes while it is read.
type input struct {
	ctx     context.Context
	name    string
	o       Options
	r       *bufio.Reader
	noticed map[string]bool
}

// open takes gzip and the byte order marks off r.
func (in *input) open(r io.Reader) error {
	in.r = bufio.NewReaderSize(r, headSize)
	if head, _ := in.r.Peek(2); len(head) == 2 && head[0] == 0x1f && head[1] == 0x8b {
		z, err := gzip.NewReader(in.r)
		if err != nil {
			return in.invalid("is damaged: %v; compress it again", err)
		}
		in.r = bufio.NewReaderSize(z, headSize)
	}
	head, _ := in.r.Peek(3)
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		in.r.Discard(3)
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		little := head[0] == 0xff
		in.r.Discard(2)
		in.r = bufio.NewReaderSize(&utf16Reader{r: in.r, little: little}, headSize)
	}
	return nil
}

// whole reads the rest of the input as one article.
func (in *input) whole() ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(in.r, in.o.MaxArticle+1))
	if err != nil {
		return nil, in.failed(err)
	}
	if int64(len(b)) > in.o.MaxArticle {
		return nil, in.invalid("is larger than %s, the most that one article may have; for many articles write one JSON object a line", size(in.o.MaxArticle))
	}
	return b, nil
}

// size writes a number of bytes for a person.
func size(n int64) string {
	switch {
	case n >= 1<<20 && n%(1<<20) == 0:
		return fmt.Sprintf("%d MB", n>>20)
	case n >= 1<<10 && n%(1<<10) == 0:
		return fmt.Sprintf("%d KB", n>>10)
	}
	return fmt.Sprintf("%d bytes", n)
}

// failed is an error of reading itself.
func (in *input) failed(err error) error {
	var le *letopis.Error
	switch {
	case errors.As(err, &le):
		return err
	case errors.As(err, new(flate.CorruptInputError)), errors.Is(err, gzip.ErrChecksum), errors.Is(err, gzip.ErrHeader), errors.Is(err, io.ErrUnexpectedEOF):
		return in.invalid("is damaged or cut off: %v; fetch or compress it again", err)
	case errors.Is(err, errUTF16):
		return in.invalid("%v; save it as UTF-8", err)
	}
	return fileError(in.name, err)
}

// invalid is an error about the whole input.
func (in *input) invalid(format string, args ...any) error {
	return &letopis.Error{Op: in.name, Kind: letopis.Invalid, Err: fmt.Errorf(format, args...)}
}

// notice says a thing once for each input.
func (in *input) notice(s string) {
	if in.o.Notice != nil && !in.noticed[s] && len(in.noticed) < 100 {
		in.noticed[s] = true
		in.o.Notice(in.name + ": " + s)
	}
}

// article is an article as the reader of a format found it.
type article struct {
	at        place // of the article in its input
	id        string
	url       string
	lang      string
	langAt    place
	published string
	dateAt    place
	title     string
	text      string
	textAt    place
}

// document checks an article and makes it a document.
func (in *input) document(a article) (*letopis.Document, error) {
	if strings.TrimSpace(a.text) == "" {
		return nil, in.errorAt(a.textAt, letopis.Invalid, "text", "is empty; an article needs a text")
	}
	if i := strings.IndexByte(a.text, 0); i >= 0 {
		return nil, in.errorAt(a.textAt, letopis.Invalid, "text", "has a U+0000 in it after %d bytes; this is not the text of an article", i)
	}
	doc := &letopis.Document{
		ID: letopis.NewID(a.text, a.url), GivenID: a.id, URL: a.url, Title: a.title, Text: a.text, Provenance: []letopis.Source{},
	}
	switch {
	case in.o.Published != "":
		doc.Published = letopis.Published{Value: in.o.Published, Basis: letopis.BasisGiven}
	case strings.TrimSpace(a.published) != "":
		if w, ok := parsePublished(a.published); ok {
			doc.Published = letopis.Published{Value: w, Basis: letopis.BasisMetadata}
		} else {
			in.notice(fmt.Sprintf("%spublished: %.40q is not a date that letopis knows, so the text has to tell; write 2020-12-05", a.dateAt.prefix(), a.published))
		}
	}
	lang, err := in.language(a)
	doc.Lang = lang
	if err != nil {
		return nil, err
	}
	return doc, nil
}

// language settles the language of an article: the user's, the article's, or the identified one.
func (in *input) language(a article) (string, error) {
	lang, said := in.o.Lang, "is"
	if lang == "" {
		lang = languageCode(a.lang)
	}
	if lang == "" && in.o.Identify != nil {
		lang, _ = in.o.Identify(a.text)
		said = "was recognised as"
		if lang == "" || lang == "und" {
			return "", in.errorAt(a.textAt, letopis.Unsupported, "", "its language is not recognised; name it with --lang (%s)", strings.Join(in.o.Langs, ", "))
		}
	}
	if lang != "" && len(in.o.Langs) > 0 && !slices.Contains(in.o.Langs, lang) {
		at := a.langAt
		if said != "is" {
			at = a.textAt
		}
		return "", in.errorAt(at, letopis.Unsupported, "", "its language %s %q, which has no language pack; those that have one are %s (--lang overrides)", said, lang, strings.Join(in.o.Langs, ", "))
	}
	return lang, nil
}

// languageCode reduces a language tag to its ISO 639-1 code: "bg-BG" to "bg".
func languageCode(tag string) string {
	tag = strings.ToLower(strings.TrimSpace(tag))
	if i := strings.IndexAny(tag, "-_"); i >= 0 {
		tag = tag[:i]
	}
	switch tag { // ISO 639-2
	case "bul":
		return "bg"
	case "rus":
		return "ru"
	case "eng":
		return "en"
	case "und":
		return ""
	}
	return tag
}

// one is an iteration over a single result.
func one(doc *letopis.Document, err error) iter.Seq2[*letopis.Document, error] {
	return func(yield func(*letopis.Document, error) bool) { yield(doc, err) }
}
