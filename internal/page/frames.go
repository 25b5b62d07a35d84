package page

import (
	"io/fs"
	"slices"
	"strings"

	"letopis"
	"letopis/internal/tsv"
)

// Frame is what a verb or a noun of an act usually does in a report on politics, and how the tree marks who
// takes part. A language lists frames in lang/<code>/frames.tsv (docs/formats/lang.md). It proposes; the learnt
// reader of events decides.
type Frame struct {
	Codes          []FrameCode
	Source, Target []string // marks: subj, obj, iobj, gen, adj, by, ins, or a preposition
	Objects        []FrameObject
	Traits         string   // letters
	Not            []string // lemmas near it that show another sense
}

// FrameCode is a category that a word may evoke, with how often it does, in tenths.
type FrameCode struct {
	Code   letopis.Code
	Mode   string
	Tenths int
}

// FrameObject is what an object or complement of a word turns it into: "" for nothing.
type FrameObject struct {
	Words []string // lemmas
	Code  letopis.Code
}

// frameTable are the frames of a language by part of speech (v or n) and lemma.
type frameTable map[string]*Frame

// frameTraits are the letters of the column of traits.
const frameTraits = "nfprsmlth"

func openFrames(fsys fs.FS, lang string, bare func(string) string) (frameTable, error) {
	x := frameTable{}
	err := tsv.ReadIf(fsys, "lang/"+lang+"/frames.tsv", tsv.Fields("lemma", "part of speech", "codes", "source?", "target?", "objects?", "traits?", "not?"), func(row tsv.Row) error {
		pos := row.Field(1)
		if pos != "v" && pos != "n" {
			return row.Errorf(1, "part of speech %q; v or n is needed", pos)
		}
		f, err := newFrame(row)
		if err != nil {
			return err
		}
		key := pos + strings.ToLower(bare(row.Field(0)))
		if o := x[key]; o == nil || len(o.Codes) < len(f.Codes) {
			x[key] = f
		}
		return nil
	})
	return x, err
}

// newFrame reads a line of frames.tsv.
func newFrame(row tsv.Row) (*Frame, error) {
	f := &Frame{Source: marks(row.Field(3), "|"), Target: marks(row.Field(4), "|"), Traits: strings.Trim(row.Field(6), "-"), Not: marks(row.Field(7), "|")}
	if i := strings.IndexFunc(f.Traits, func(c rune) bool { return !strings.ContainsRune(frameTraits, c) }); i >= 0 {
		return nil, row.Errorf(6, "unknown trait %q; there are %s", f.Traits[i:i+1], frameTraits)
	}
	sum := 0
	for _, c := range marks(row.Field(2), ",") {
		name, tenths, ok := strings.Cut(c, ":")
		name, mode, _ := strings.Cut(name, "/")
		code := letopis.Code(name)
		if code.Quad() == 0 {
			return nil, row.Errorf(2, "%q is no PLOVER category", name)
		}
		if !ok || len(tenths) != 1 || tenths[0] < '1' || tenths[0] > '9' {
			return nil, row.Errorf(2, "%q has no weight from 1 to 9 after a colon", c)
		}
		sum += int(tenths[0] - '0')
		f.Codes = append(f.Codes, FrameCode{code, mode, int(tenths[0] - '0')})
	}
	if sum > 10 {
		return nil, row.Errorf(2, "the weights sum to %d tenths; at most 10", sum)
	}
	for _, o := range marks(row.Field(5), ";") {
		words, code, ok := strings.Cut(o, "=")
		code, _, _ = strings.Cut(code, "/")
		if !ok || code != "-" && letopis.Code(code).Quad() == 0 {
			return nil, row.Errorf(5, "%q; word|word=CODE or word=- is needed", o)
		}
		f.Objects = append(f.Objects, FrameObject{strings.Split(words, "|"), letopis.Code(strings.Trim(code, "-"))})
	}
	return f, nil
}

// marks splits a field; "-" and "" are none.
func marks(s, sep string) []string {
	if s == "-" || s == "" {
		return nil
	}
	return strings.Split(s, sep)
}

// Frame returns what frames.tsv says of a word, or nil.
func (x *Lexicon) Frame(t *Word) *Frame {
	pos := "n"
	switch t.UPOS {
	case "VERB", "AUX", "ADJ":
		pos = "v"
	case "NOUN", "PROPN":
	default:
		return nil
	}
	lemma, _, _ := strings.Cut(strings.ToLower(t.Lemma), "-(") // a clitic that may be there
	if f := x.frames[pos+lemma]; f != nil {
		return f
	}
	return x.frames[pos+t.Lower]
}

// Object returns the category that an object of a lemma turns the frame into; ok is false where the frame says nothing of it.
// It is asked of nil too.
func (f *Frame) Object(lemma string) (code letopis.Code, ok bool) {
	if f == nil {
		return "", false
	}
	for i := range f.Objects {
		if slices.Contains(f.Objects[i].Words, lemma) {
			return f.Objects[i].Code, true
		}
	}
	return "", false
}
