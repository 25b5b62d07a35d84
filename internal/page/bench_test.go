package page_test

import (
	"context"
	"os"
	"testing"

	"letopis/internal/page"
	"letopis/internal/page/pagetest"
)

// articles are analyses of the example corpus, frozen so that pages are made without models.
var articles = []struct{ lang, file string }{
	{"bg", "testdata/bg-1118-veto.conllu"}, {"ru", "testdata/ru-1022-valdai.conllu"}, {"en", "testdata/en-1224-brexit-deal.conllu"},
}

// BenchmarkBuild sets one article of each language out.
func BenchmarkBuild(b *testing.B) {
	tables := pagetest.Open(b, os.DirFS("../../data"))
	for _, x := range articles {
		text, err := os.ReadFile(x.file)
		if err != nil {
			b.Fatal(err)
		}
		doc, a := pagetest.Document(b, x.lang, string(text))
		src := tables.Source(b, doc, a)
		b.Run(x.lang, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := page.Build(context.Background(), src, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
