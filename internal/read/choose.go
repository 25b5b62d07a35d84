package read

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"letopis"
	"letopis/internal/linear"
	"letopis/internal/page"
	"letopis/internal/ud"
)

// The rules propose: an event at a trigger with its sides, speakers at a word of saying, a range of
// reported words. Learnt weights (package linear; `letopis-lab train`) then choose among the
// candidates. What they see is of grammar, of place in the article and of the ontology, never
// words, so that it serves every language. This file is the one way to choose: propose, see,
// choose, explain.

// chooserDir has the weights of the chooser in the data folder, a file for each
// thing that is chosen.
const chooserDir = "lang/und/choose"

// OpenChooser opens the weights in a folder of fsys: its files *.tsv together. Without
// any the model is nil and the rules decide alone.
func OpenChooser(fsys fs.FS, dir string) (*linear.Model, error) {
	names, err := fs.Glob(fsys, dir+"/*.tsv")
	if err != nil {
		return nil, err
	}
	files := make([]weightFile, len(names))
	for i, name := range names {
		files[i] = weightFile{fsys, name}
	}
	return openWeights(files)
}

// OpenChooserOver opens the weights that ship in a data folder but for those that have a file of the same
// name in the folder dir of over: weights learnt without something, to measure with.
func OpenChooserOver(data, over fs.FS, dir string) (*linear.Model, error) {
	names, err := fs.Glob(data, chooserDir+"/*.tsv")
	if err != nil {
		return nil, err
	}
	files := make([]weightFile, len(names))
	for i, name := range names {
		files[i] = weightFile{data, name}
		own := dir + "/" + path.Base(name)
		if _, err := fs.Stat(over, own); err == nil {
			files[i] = weightFile{over, own}
		} else if !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	return openWeights(files)
}

// weightFile is a file of weights.
type weightFile struct {
	fsys fs.FS
	name string
}

// openWeights reads files of weights into one model; a feature may stand in one of them only.
func openWeights(files []weightFile) (*linear.Model, error) {
	if len(files) == 0 {
		return nil, nil
	}
	all := map[string]int32{}
	for _, x := range files {
		f, err := x.fsys.Open(x.name)
		if err != nil {
			return nil, err
		}
		m, err := linear.Read(f, x.name)
		f.Close()
		if err != nil {
			return nil, err
		}
		for k, w := range m.Weights() {
			if _, twice := all[k]; twice {
				return nil, fmt.Errorf("%s: feature %q stands in another file of weights too", x.name, k)
			}
			all[k] = w
		}
	}
	return linear.New(all), nil
}

// WithChooser returns a reader that is r but for the weights of its chooser, nil
// for rules alone. It is how the trainer measures what it has learnt.
func (r *Reader) WithChooser(m *linear.Model) *Reader {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := &Reader{fsys: r.fsys, packs: r.packs, times: r.times, kb: r.kb, onto: r.onto, conf: r.conf, choose: m, deeds: r.deeds, lexs: map[string]*page.Lexicon{}}
	for k, x := range r.lexs {
		out.lexs[k] = x
	}
	return out
}

// DeedsFile has the weights of the learnt reader of events in a folder of weights.
const DeedsFile = "deeds.bin"

// OpenDeeds opens the weights of the learnt reader of events in a folder of fsys. Without any it is nil.
func OpenDeeds(fsys fs.FS, dir string) (*linear.Table, error) {
	b, err := fs.ReadFile(fsys, dir+"/"+DeedsFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return linear.ReadTable(b, dir+"/"+DeedsFile)
}

// WithDeeds returns a reader that is r but for the weights of its reader of events, nil for rules alone.
func (r *Reader) WithDeeds(t *linear.Table) *Reader {
	out := r.WithChooser(r.choose)
	out.deeds = t
	return out
}

// Question is what a case asks.
type Question string

// The questions. The rules' own choice is among the candidates; of AskRange it is the first.
const (
	AskSpeaker Question = "speaker" // who speaks at a word of saying
	AskRange   Question = "range"   // what is said there
)

// Case is a question with all that may be its answer, for training.
type Case struct {
	Question   Question
	At         letopis.Span // code points of the word of saying or the trigger
	Sentence   letopis.Span // code points of its sentence
	Candidates []Candidate
}

// Candidate is what may be the answer.
type Candidate struct {
	Words    letopis.Span // code points of the words of a speaker, or said
	Features []string
}

// Cases reads a document with the rules alone and returns what the choosers would be asked, in
// the order in which they would be.
func (r *Reader) Cases(ctx context.Context, doc *letopis.Document) ([]Case, error) {
	a, err := r.analyze(ctx, doc)
	if err != nil {
		return nil, err
	}
	cases := []Case{}
	if _, err := r.WithChooser(nil).read(ctx, doc, a, nil, &cases); err != nil {
		return nil, fmt.Errorf("cases of %s: %w", doc.ID, err)
	}
	return cases, nil
}

// chooser is what the phases that choose are given.
type chooser struct {
	model *linear.Model // nil for the rules alone
	cases *[]Case       // where what is asked is gathered; nil where nobody gathers
	trace *trace        // where it is told why; nil where nobody asked
	vec   linear.Vec    // features of the candidate at hand, kept to allocate once
	// scores are those of the candidates of the question asked last.
	scores []int32
}

// question is one thing to choose among n candidates, at the words at to end.
type question struct {
	of   Question
	at   int
	end  int
	n    int
	see  func(i int, v *linear.Vec) // adds the features of candidate i
	able func(i int) bool           // whether it may be chosen; nil for all
	// Of candidates of training: their words in bytes; nil where they have none.
	words func(i int) ud.Span
}

// choice is what the weights choose.
type choice struct {
	best  int   // the first candidate of the highest score, -1 where none is able
	score int32 // its score, in 1/linear.Scale of log-odds
	knows bool  // some candidate has a feature with a weight
	why   []string
}

// maxReasons bounds the features that are told as reasons.
const maxReasons = 4

// ask gathers the question where somebody does, and chooses; ok is false without weights.
func (c *chooser) ask(pg *page.Page, q *question) (best choice, ok bool) {
	if c.cases != nil {
		c.gather(pg, q)
	}
	best.best = -1
	if c.model == nil {
		return best, false
	}
	c.scores = c.scores[:0]
	for i := range q.n {
		if q.able != nil && !q.able(i) {
			c.scores = append(c.scores, 0)
			continue
		}
		c.vec.Reset()
		q.see(i, &c.vec)
		s := c.model.Score(&c.vec)
		c.scores = append(c.scores, s)
		best.knows = best.knows || s != 0
		if best.best < 0 || s > best.score {
			best.best, best.score = i, s
			if c.trace.notes() {
				best.why = c.model.Deciding(&c.vec, maxReasons)
			}
		}
	}
	return best, best.best >= 0
}

// gather keeps a question for training.
func (c *chooser) gather(pg *page.Page, q *question) {
	x := page.NewRunes(pg.Text)
	points := func(s ud.Span) letopis.Span { return letopis.Span{Start: x.At(s.Start), End: x.At(s.End)} }
	w := &pg.Words[q.at]
	// Clones, or else every question would have to live on the heap.
	k := Case{Question: Question(strings.Clone(string(q.of))), At: points(pg.Span(q.at, q.end)), Sentence: points(pg.Sentences[w.Sent].Bytes)}
	for i := range q.n {
		c.vec.Reset()
		q.see(i, &c.vec)
		p := Candidate{Features: c.vec.Names()}
		if q.words != nil {
			p.Words = points(q.words(i))
		}
		k.Candidates = append(k.Candidates, p)
	}
	*c.cases = append(*c.cases, k)
}

// perLang adds features once for all languages and once for the language read.
type perLang struct {
	v          *linear.Vec
	kind, lang string
}

// add adds the feature name=value, with what it is seen together with.
func (f perLang) add(name, value, more string) {
	f.v.Add(f.kind, name, "=", value, more)
	f.v.Add(f.kind, f.lang, ".", name, "=", value, more)
}
