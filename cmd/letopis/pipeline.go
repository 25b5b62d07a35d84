package main

import (
	"context"
	"fmt"
	"iter"
	"strings"

	"github.com/spf13/cobra"

	"letopis"
	"letopis/internal/ingest"
	"letopis/internal/nlp"
	"letopis/internal/pipe"
)

// inputFlags are the flags of every command that takes articles in.
type inputFlags struct {
	lang      string
	published string
}

func (f *inputFlags) register(c *cobra.Command) {
	c.Flags().StringVar(&f.lang, "lang", "", "language of the articles, whatever they say themselves (bg, en, ru)")
	c.Flags().StringVar(&f.published, "published", "", "publication date of the articles: 2020-12-05, 2020-12, 2020")
}

// documents reads the articles of paths ("-" is standard input). What the user
// asked for with flags is checked before the first article is read.
func (e *env) documents(ctx context.Context, packs *nlp.Set, paths []string, f inputFlags) (iter.Seq2[*letopis.Document, error], error) {
	published, err := letopis.ParseWhen(f.published)
	if err != nil {
		return nil, fmt.Errorf("--published: %w", err)
	}
	lang := strings.ToLower(f.lang)
	if lang != "" {
		if _, err := packs.Pack(lang); err != nil {
			return nil, err
		}
	}
	return ingest.Read(ctx, paths, ingest.Options{
		Lang:      lang,
		Published: published,
		Langs:     packs.Langs(),
		Identify:  packs.Identify,
		Stdin:     e.stdin,
		Notice:    e.notice,
	}), nil
}

// notice tells the user something on standard error.
func (e *env) notice(s string) { fmt.Fprintf(e.stderr, "letopis: %s\n", s) }

// inOrder does work on every document on all processors, in order; see [pipe.InOrder].
func inOrder[T any](ctx context.Context, docs iter.Seq2[*letopis.Document, error], work func(context.Context, *letopis.Document) (T, error)) iter.Seq2[T, error] {
	return pipe.InOrder(ctx, docs, nameOf, work)
}

// nameOf is what messages call a document.
func nameOf(doc *letopis.Document) string {
	if doc.GivenID != "" {
		return doc.GivenID
	}
	return string(doc.ID)
}

// maxListed is how many errors of a stream are listed.
const maxListed = 1000

// failures are the articles of a stream that could not be taken in.
type failures struct {
	n     int
	first error
	list  []string
}

func (f *failures) add(err error) {
	if f.n == 0 {
		f.first = err
	}
	if f.n++; f.n <= maxListed {
		f.list = append(f.list, err.Error())
	}
}

// report ends a stream of which good articles went well. Failures are listed on
// standard error; they are an error of the whole only where nothing went well. That
// there was nothing at all is told and is no error: archives have empty days. A
// single article that failed is its own error.
func (f *failures) report(e *env, good int) error {
	switch {
	case f.n == 0 && good == 0:
		e.notice("there is no article in it")
		return nil
	case f.n == 0:
		return nil
	case f.n == 1 && good == 0:
		return f.first
	}
	for _, l := range f.list {
		fmt.Fprintf(e.stderr, "letopis: %s\n", l)
	}
	if more := f.n - len(f.list); more > 0 {
		e.notice(fmt.Sprintf("… and %d more", more))
	}
	summary := fmt.Errorf("%d of %d articles could not be read, see above", f.n, f.n+good)
	if good == 0 {
		return &letopis.Error{Kind: letopis.KindOf(f.first), Err: summary}
	}
	e.notice(summary.Error())
	return nil
}
