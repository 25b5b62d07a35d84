package score

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"letopis"
	"letopis/internal/tsv"
)

// NumFolds is the number of folds of folds.tsv.
const NumFolds = 10

// Folds says in which fold of a cross-validation each annotated article stands, 0 to
// NumFolds-1. One story is never in two folds, so that what is learnt without a fold
// has not seen the news that the fold tells.
type Folds struct {
	of map[article]int
}

// article names an annotated article: the set it stands in (dev, news, train) and its id.
type article struct{ set, id string }

// OpenFolds reads the table of a file, gold/folds.tsv. The error is of kind NotFound or Invalid.
func OpenFolds(path string) (*Folds, error) {
	data, err := readFile(path)
	if err != nil {
		return nil, err
	}
	return ParseFolds(path, string(data))
}

// ParseFolds reads a table of folds: a line of titles (id, set, lang, story, fold), then a line an
// article. It refuses an article that stands twice and a story in two folds. name is the
// file's, for errors, which are of kind Invalid and say file:line:column.
func ParseFolds(name, text string) (*Folds, error) {
	p := foldParser{folds: &Folds{of: map[article]int{}}, stories: map[int]foldSeen{}}
	if err := tsv.Parse(name, text, tsv.Fields(foldTitles...), p.row); err != nil {
		return nil, err
	}
	if len(p.folds.of) == 0 {
		return nil, &letopis.Error{Op: name, Kind: letopis.Invalid, Err: errors.New("no article; want a line of titles and a line an article")}
	}
	return p.folds, nil
}

var foldTitles = []string{"id", "set", "lang", "story", "fold"}

type foldParser struct {
	folds   *Folds
	stories map[int]foldSeen // where each story was first met
	titles  bool             // the line of titles was read
}

type foldSeen struct{ fold, line int }

func (p *foldParser) row(r tsv.Row) error {
	if !p.titles {
		p.titles = true
		if !slices.Equal(r.Fields(), foldTitles) {
			return r.Errorf(-1, "the first line holds the titles id, set, lang, story, fold")
		}
		return nil
	}
	a := article{set: r.Field(1), id: r.Field(0)}
	if !slices.Contains([]string{"dev", "news", "train"}, a.set) {
		return r.Errorf(1, "%.20q is no set; want dev, news or train", a.set)
	}
	if r.Field(2) == "" {
		return r.Errorf(2, "no language")
	}
	story, err := wholeNumber(r, 3, maxStory)
	if err != nil {
		return err
	}
	fold, err := wholeNumber(r, 4, NumFolds-1)
	if err != nil {
		return err
	}
	if _, twice := p.folds.of[a]; twice {
		return r.Errorf(0, "%.60s of %s stands in the table twice", a.id, a.set)
	}
	if s, met := p.stories[story]; !met {
		p.stories[story] = foldSeen{fold, r.Line()}
	} else if s.fold != fold {
		return r.Errorf(4, "story %d is in fold %d on line %d; one story is never in two folds", story, s.fold, s.line)
	}
	p.folds.of[a] = fold
	return nil
}

// maxStory bounds the numbers of stories.
const maxStory = 1 << 20

// wholeNumber reads field i as a number from 0 to most, in its shortest form.
func wholeNumber(r tsv.Row, i, most int) (int, error) {
	s := r.Field(i)
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > most || strconv.Itoa(n) != s {
		return 0, r.Errorf(i, "%.20q is no number from 0 to %d", s, most)
	}
	return n, nil
}

// Of returns the fold of an article, by its set (dev, news, train) and id; ok is false
// where it stands in none.
func (f *Folds) Of(set, id string) (fold int, ok bool) {
	fold, ok = f.of[article{set, id}]
	return fold, ok
}

// Split sorts the cases of a set by their folds: element k holds those of fold k, in the order
// of cases. It refuses an article that stands in no fold: left-out figures would not cover it.
func (f *Folds) Split(set string, cases []Case) ([NumFolds][]Case, error) {
	var out [NumFolds][]Case
	for _, c := range cases {
		fold, ok := f.Of(set, string(c.Document.ID))
		if !ok {
			return out, &letopis.Error{Op: "folds", Kind: letopis.Invalid, Err: fmt.Errorf("article %s of %s stands in no fold; add it to folds.tsv", c.Document.ID, set)}
		}
		out[fold] = append(out[fold], c)
	}
	return out, nil
}
