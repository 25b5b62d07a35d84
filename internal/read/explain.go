package read

import (
	"context"
	"slices"
	"strings"

	"letopis"
	"letopis/internal/page"
	"letopis/internal/ud"
)

// Reason names what made a phase take, leave out or decide something. Its words
// for people stand in the locales under "why." and the reason.
type Reason string

// Reasons of the phases. A detail, where there is one, is said beside each.
const (
	WhyNameQuote Reason = "name-quote" // a trigger in the quoted name of a thing
	WhyInName    Reason = "in-name"    // a trigger inside a proper name
	WhySubsumed  Reason = "subsumed"   // only what another trigger is about
	WhyNoPerson  Reason = "no-person"  // the trigger asks for a person as object
	WhyObject    Reason = "object"     // the trigger means something else with an object
	WhyNoActor   Reason = "no-actor"   // no side has a country and nothing shows where it happens
	WhyGoesOn    Reason = "goes-on"    // tells more of the event before; detail: that trigger
	WhyScene     Reason = "scene"      // the sides are supposed from the place; detail: the country
	WhyMood      Reason = "mood"       // whether it happened; detail: the word that says so
	WhyMerged    Reason = "merged"     // the same event was told already; detail: that trigger
	WhyWeak      Reason = "weak"       // the word often means something else, and no two parties bear it out
	WhyUnlikely  Reason = "unlikely"   // the chooser finds no event; detail: the code and what decided
	WhyEvokes    Reason = "evokes"     // a word that evokes an event as it was learnt; detail: the code and what decided
	WhySides     Reason = "sides"      // who was taken for a side; detail: which, the words and what decided
	WhyDouble    Reason = "double"     // another statement covers the same words
	WhyNoSpeaker Reason = "no-speaker" // words of saying without anybody who says them
	WhyTitle     Reason = "title"      // a name, a title or a single word in quotation marks
	WhyScare     Reason = "scare"      // words in quotation marks without a word of saying beside them
	WhyPassive   Reason = "passive"    // the word of saying is passive: its subject is spoken of, nobody speaks
	WhyNoContent Reason = "no-content" // no frame of the word of saying finds what was said; detail: those tried
	WhySpeakers  Reason = "speakers"   // who may speak at a word of saying; detail: the likeliest with their scores
	WhyRange     Reason = "range"      // the chooser gave other words as what is reported; detail: which and why
	WhyLast      Reason = "last"       // nobody beside the quotation speaks: the person named before; detail: who
	WhyPhoto     Reason = "photo"      // an outlet that took the picture
	WhyRecalled  Reason = "recalled"   // told as background; detail: its date
	WhyRecurs    Reason = "recurs"     // happens again and again: no event of the article's day
	WhyContext   Reason = "context"    // what an event is about; detail: the context
	WhyPlatform  Reason = "platform"   // an outlet on which something was said, not one that reports
)

// Reasons lists every reason, for the tests that none is left out and that each has words for people.
func Reasons() []Reason {
	return []Reason{WhyNameQuote, WhyInName, WhySubsumed, WhyNoPerson, WhyObject, WhyNoActor, WhyGoesOn, WhyScene, WhyMood, WhyMerged, WhyUnlikely, WhyEvokes, WhySides, WhyDouble, WhyNoSpeaker, WhyWeak,
		WhyTitle, WhyScare, WhyPassive, WhyNoContent, WhySpeakers, WhyRange, WhyLast, WhyPhoto, WhyPlatform, WhyRecalled, WhyRecurs, WhyContext}
}

// Explanation is a record with the way to it.
type Explanation struct {
	Record    *letopis.Record     `json:"record"`
	Sentences []ExplainedSentence `json:"sentences"`
}

// ExplainedSentence is a sentence as the phases saw it.
type ExplainedSentence struct {
	Range letopis.Range   `json:"range"`
	Words []ExplainedWord `json:"words"`
	Notes []Note          `json:"notes"` // in the order of the phases
}

// ExplainedWord is a word with its analysis and what the lexicons say of it.
type ExplainedWord struct {
	Form   string    `json:"form"`
	Lemma  string    `json:"lemma"`
	UPOS   ud.UPOS   `json:"upos"`
	Feats  ud.Feats  `json:"feats,omitempty"`
	Head   int       `json:"head"` // word of the sentence, from 1; 0 for the root or without a tree
	Deprel ud.Deprel `json:"deprel,omitempty"`
	// Marks are what the lexicons and the recogniser see: "say:FRAMES/STANCE",
	// "trigger:CODE", "name:TYPE/COUNTRY", "time", "quoted".
	Marks []string `json:"marks,omitempty"`
}

// Note is one decision: of which phase, about which words, and why.
type Note struct {
	Phase  string        `json:"phase"`
	Words  letopis.Range `json:"words"`
	Reason Reason        `json:"reason"`
	Detail string        `json:"detail,omitempty"`
}

// Explain reads a document as [Reader.Read] does and tells how: what stood in each
// sentence and why phases left things out. The record is the same, byte for byte.
func (r *Reader) Explain(ctx context.Context, doc *letopis.Document) (*Explanation, error) {
	a, err := r.analyze(ctx, doc)
	if err != nil {
		return nil, err
	}
	t := &trace{}
	rec, err := r.read(ctx, doc, a, t, nil)
	if err != nil {
		return nil, err
	}
	return &Explanation{Record: rec, Sentences: t.out}, nil
}

// trace gathers the notes of one reading. A nil trace gathers none.
type trace struct {
	phase  string
	list   []traced
	out    []ExplainedSentence
	begins func(phase string) // where only the phases are asked for, not notes
}

// begin tells that a phase begins.
func (t *trace) begin(phase string) {
	switch {
	case t == nil:
	case t.begins != nil:
		t.begins(phase)
	default:
		t.phase = phase
	}
}

// notes reports whether somebody asked for them.
func (t *trace) notes() bool { return t != nil && t.begins == nil }

type traced struct {
	phase      string
	first, end int
	why        Reason
	detail     string
}

// note keeps why the running phase decided about words first to end, half open,
// where somebody asked. It costs nothing otherwise as long as callers have the
// detail at hand; one that must be put together is so only where [trace.notes].
func (t *trace) note(first, end int, why Reason, detail string) {
	if t.notes() && first >= 0 && first < end {
		t.list = append(t.list, traced{t.phase, first, end, why, detail})
	}
}

// explained writes the sentences with their words and notes.
func (t *trace) explained(pg *page.Page) {
	rng := rangesOf(pg)
	out := make([]ExplainedSentence, len(pg.Sentences))
	for i, s := range pg.Sentences {
		e := ExplainedSentence{Range: rng(s.Bytes), Words: make([]ExplainedWord, 0, s.End-s.First), Notes: []Note{}}
		for k := s.First; k < s.End; k++ {
			w := &pg.Words[k]
			x := ExplainedWord{Form: w.Form, Lemma: w.Lemma, UPOS: w.UPOS, Feats: w.Feats, Deprel: w.Deprel, Marks: marks(pg, k)}
			if w.Head >= 0 {
				x.Head = w.Head - s.First + 1
			}
			e.Words = append(e.Words, x)
		}
		out[i] = e
	}
	for _, n := range t.list {
		if n.end > len(pg.Words) {
			continue
		}
		s := &out[pg.Words[n.first].Sent]
		s.Notes = append(s.Notes, Note{Phase: n.phase, Words: rng(pg.Span(n.first, n.end)), Reason: n.why, Detail: n.detail})
	}
	t.out = out
}

// marks lists what the lexicons and the recogniser see in word k.
func marks(pg *page.Page, k int) []string {
	w := &pg.Words[k]
	var out []string
	if w.Say != nil {
		out = append(out, "say:"+w.Say.Frames+"/"+w.Say.Class)
	}
	if w.Trigger != nil {
		out = append(out, "trigger:"+string(w.Trigger.Code))
	}
	if w.Name >= 0 {
		m := &pg.Names[w.Name]
		out = append(out, strings.TrimSuffix("name:"+string(m.Type)+"/"+m.Country, "/"))
	}
	if w.Date {
		out = append(out, "time")
	}
	if w.Quote >= 0 {
		out = append(out, "quoted")
	}
	return slices.Clip(out)
}
