package archive

import (
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"iter"
	"path"
	"slices"
	"sync"
	"sync/atomic"

	"letopis"
	"letopis/internal/nlp"
)

// lemmatizer gives the dictionary forms of single words by the language packs, which it
// loads when it is first asked.
type lemmatizer struct {
	version string
	set     *nlp.Set
	known   sync.Map // language and word → []string
	held    atomic.Int64
}

// maxHeld is how many words are remembered: whoever asks the page may ask for any.
const maxHeld = 200_000

// modelFiles are the files of a pack on which lemmas depend.
var modelFiles = []string{"forms.bin", "tagger.bin"}

func newLemmatizer(data fs.FS) (*lemmatizer, error) {
	set, err := nlp.Open(data)
	if err != nil {
		return nil, err
	}
	sum := crc32.NewIEEE()
	for _, lang := range set.Langs() {
		for _, name := range modelFiles {
			b, err := fs.ReadFile(data, path.Join("lang", lang, name))
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return nil, err
			}
			sum.Write(b)
		}
	}
	return &lemmatizer{set: set, version: fmt.Sprintf("lemmas %08x", sum.Sum32())}, nil
}

// Version names the models.
func (l *lemmatizer) Version() string { return l.version }

// Lemmas returns the dictionary forms of a word other than itself; none of a language
// without a pack.
func (l *lemmatizer) Lemmas(lang, word string) []string {
	key := lang + " " + word
	if all, ok := l.known.Load(key); ok {
		return all.([]string)
	}
	pack, err := l.set.Pack(lang)
	if err != nil {
		return nil
	}
	var all []string
	for _, lemma := range pack.Lemmas(word) {
		if t := letopis.Terms(lemma); len(t) == 1 && t[0] != word {
			all = append(all, t[0])
		}
	}
	if l.held.Load() < maxHeld {
		if _, there := l.known.LoadOrStore(key, all); !there {
			l.held.Add(1)
		}
	}
	return all
}

// lemmaStore asks for the words of a query in any of their forms. The lemmas of entries
// are for the index: who reads an entry does not see them.
type lemmaStore struct {
	letopis.Store
	lemmas *lemmatizer
}

// fill gives a query the lemmas of its words in all languages, or in its own.
func (s *lemmaStore) fill(q letopis.Query) letopis.Query {
	if q.Words == "" {
		return q
	}
	langs := s.lemmas.set.Langs()
	if slices.Contains(langs, q.Lang) {
		langs = []string{q.Lang}
	}
	q.Lemmas = map[string][]string{}
	for _, t := range q.Terms() {
		var all []string
		for _, lang := range langs {
			all = append(all, s.lemmas.Lemmas(lang, t.Word)...)
		}
		slices.Sort(all)
		q.Lemmas[t.Word] = slices.Compact(all)
	}
	return q
}

// Entries yields entries as [letopis.Store] has it.
func (s *lemmaStore) Entries(ctx context.Context, q letopis.Query) iter.Seq2[*letopis.Entry, error] {
	return func(yield func(*letopis.Entry, error) bool) {
		for e, err := range s.Store.Entries(ctx, s.fill(q)) {
			if e != nil {
				e.Lemmas = nil
			}
			if !yield(e, err) {
				return
			}
		}
	}
}

// Count counts entries as [letopis.Store] has it.
func (s *lemmaStore) Count(ctx context.Context, q letopis.Query) (int, error) {
	return s.Store.Count(ctx, s.fill(q))
}

// Entry returns one entry.
func (s *lemmaStore) Entry(ctx context.Context, id string) (*letopis.Entry, error) {
	e, err := s.Store.Entry(ctx, id)
	if e != nil {
		e.Lemmas = nil
	}
	return e, err
}
