package read

import (
	"errors"
	"io/fs"
	"letopis/internal/tsv"
	"strings"
	"unicode/utf8"
)

// classSet is a set of the word classes that the reading rules speak of. A
// language lists its words in lang/<code>/words.tsv.
type classSet uint64

const (
	clCompl      classSet = 1 << iota // opens a reported clause: че, что, that
	clDa                              // opens a clause of what is wanted: да, чтобы, to
	clAttrib                          // attributes without a verb: според, по словам, according to
	clAttribPoss                      // the same with the speaker as possessive: по его словам
	clRefl                            // reflexive clitic
	clAux                             // auxiliary, particle of tense
	clNeg                             // negation
	clFuture                          // particle or auxiliary of the future
	clPossible                        // could, would
	clMasc                            // third-person pronoun, masculine singular
	clFem
	clNeut
	clPlur
	clPoss       // possessive or object pronoun
	clDocNoun    // a document that says something: изявление, доклад
	clRecall     // opens recollection: припомняме, ранее, earlier
	clAnd        // coordinating conjunction
	clRel        // relative pronoun
	clGenPrep    // preposition of the noun complement: на, of
	clCite       // "cited by": цитиран от, со ссылкой на, citing
	clBy         // agent of a passive: от, by
	clTrans      // "Translation:" label
	clAuthor     // "Author:" label
	clPublisher  // "Source:" label
	clMedia      // media noun: вестник, агенция, newspaper
	clPeople     // plural people noun that may speak: експерти, officials
	clFormer     // former, ex-
	clPast       // adverb that puts a clause before the day of the news
	clIn         // "in": the document in which it is said
	clPhoto      // photo credit
	clKin        // kinship and the like: съпруг, адвокат: a person in relation to another
	clSubord     // subordinator that opens an adverbial clause: докато, след като, while
	clEmbed      // question words that open a reported question: как, защо, how
	clDeictic    // this: това, этом, this
	clAs         // opens a clause of attribution: както, как, as
	clInterview  // words of an interview: интервю, эфир, told
	clOfficePrep // may continue an office: министър по …, посланик при …
	clBe         // a form of be that makes a passive with a participle: was, been
	clHave       // a form of have that makes a perfect with a participle: has, 've
	clPossMark   // makes a possessor of the phrase before it: 's
	clReflPass   // reflexive clitic that makes a passive: се
	clComplRel   // complementizer that is a relative pronoun as well: that
	clNamePart   // particles inside personal names: al, van
	clOutlet     // last word of the names of media: Herald, News
	clWith       // with whom something is done together: с, with
	clToward     // to, against or before whom it is done: към, срещу, against
	clBetween    // between whom: между, between
	clFirst      // the speaker himself: ние, мой, we, our
	clMoodNeg    // what it governs does not happen: refuse, fail
	clMoodFut    // what it governs is to happen: plan, intend
	clMoodPoss   // what it governs may happen: want, threaten, possibility
	clMoodReal   // what it governs happens as it does itself: manage, begin
	clMoodStop   // what it governs goes on where it is negated: stop, prevent
	clMoodOff    // what it governs does not happen, known as it may be: cancel, postpone
	clIf         // opens a condition: if, ако
	clDefinite   // article of what is known: the
	clRecurrent  // what happens again and again: всяка година, ежегодно, every year
	clMeanwhile  // takes the telling back to the day of the news: междувременно, между тем, meanwhile
	clBeside     // places what is told before or after what follows: след, после, after, before
	classSetSize = iota
)

var classNames = map[string]classSet{
	"compl": clCompl, "da": clDa, "attrib": clAttrib, "attrib.poss": clAttribPoss, "refl": clRefl, "aux": clAux,
	"neg": clNeg, "future": clFuture, "possible": clPossible, "pron.m": clMasc, "pron.f": clFem, "pron.n": clNeut,
	"pron.p": clPlur, "poss": clPoss, "doc": clDocNoun, "recall": clRecall, "and": clAnd, "rel": clRel,
	"genprep": clGenPrep, "cite": clCite, "by": clBy, "translator": clTrans, "author": clAuthor,
	"publisher": clPublisher, "media": clMedia, "people": clPeople, "former": clFormer, "past": clPast, "in": clIn,
	"photo": clPhoto, "kin": clKin, "subord": clSubord, "embed": clEmbed, "deictic": clDeictic, "officeprep": clOfficePrep, "interview": clInterview, "as": clAs,
	"be": clBe, "have": clHave, "possmark": clPossMark, "refl.pass": clReflPass, "compl.rel": clComplRel, "outlet": clOutlet, "name.part": clNamePart,
	"with": clWith, "toward": clToward, "between": clBetween, "pron.1": clFirst,
	"mood.neg": clMoodNeg, "mood.future": clMoodFut, "mood.possible": clMoodPoss, "mood.real": clMoodReal, "mood.stop": clMoodStop, "mood.off": clMoodOff, "if": clIf, "definite": clDefinite, "meanwhile": clMeanwhile, "recurrent": clRecurrent, "beside": clBeside,
}

// traitSet is a set of the traits of grammar that the reading rules ask after. A
// language names its own in words.tsv, in lines of the class "trait".
type traitSet uint16

const (
	trCases      traitSet = 1 << iota // complements are marked by case
	trCompounds                       // nouns in a row are one phrase and the last is its head
	trFixedOrder                      // the subject stands before its verb; asides follow a comma
	trCliticPoss                      // a possessive clitic follows its noun
	trInfinitive                      // what is wanted is an infinitive
	trQuestion                        // a question word opens a reported question after a comma
	trNoSubject                       // a plural verb without a subject means unnamed people
	trLatinNames                      // words in Latin letters are foreign names
)

var traitNames = map[string]traitSet{
	"cases": trCases, "compounds": trCompounds, "fixed-order": trFixedOrder, "clitic-possessive": trCliticPoss,
	"infinitive": trInfinitive, "question-clauses": trQuestion, "no-subject": trNoSubject, "latin-names": trLatinNames,
}

// sayEntry is a word of saying: what frames it takes and what it does with its
// content. Frames, one letter each (docs/formats/lang.md):
//
//	c  a reported clause with a complementizer   said that …
//	z  a reported clause without one             said …
//	q  a quotation beside it                     "…", said
//	i  stands after the words it reports          …, said X
//	d  a clause of what is wanted                urged X to …
//	n  a noun phrase as content                  stressed the importance of …
//	p  a prepositional phrase as content         called for …
//	a  "X as Y": the named thing is the content  called it "…"
//	m  media report with it: beside an outlet it credits, it does not state
//	s  with the document as speaker              says in a statement
//	r  is reflexive in itself                    надявам се
type sayEntry struct {
	lemma  string
	frames string
	class  string
	preps  []string // prepositions of the frame p
	line   int
}

// asks reports whether a question word may open the content: ask, explain, tell how.
func (e *sayEntry) asks() bool { return e != nil && (e.class == "ask" || e.class == "explain") }

// wants reports whether the content is what is asked for.
func (e *sayEntry) wants() bool {
	return e != nil && (e.class == "request" || e.class == "demand" || e.class == "propose")
}

// denies reports whether what is said is said not to be so.
func (e *sayEntry) denies() bool { return e != nil && e.class == "deny" }

func (e *sayEntry) has(frame byte) bool { return e != nil && strings.IndexByte(e.frames, frame) >= 0 }

type phrase struct {
	words []string // from the second on; "_" is any possessive
	class classSet
}

// lexicon is what the reading rules know of one language.
type lexicon struct {
	lang    string
	words   map[string]classSet // single words by lower-case form
	lemmas  map[string]classSet // single words by lemma ("~" in the file)
	phrases map[string][]phrase // by first word
	say     map[string]*sayEntry
	sayNoun map[string]*sayEntry // nouns, which only announce a clause
	sayForm map[string]*sayEntry
	sayStem map[string]*sayEntry
	endings map[string]bool
	minStem int
	// maxEnding is the longest ending in bytes: a token of a million letters is
	// cut near its end only.
	maxEnding int
	events    *triggers
	contexts  *contexts
	traits    traitSet
	// participles are the endings by which a form may be a participle where the tagger does not say.
	participles []string
	// clitics are the parts that a treebank adds to lemmas after a hyphen.
	clitics map[string]bool
}

// newLexicon returns an empty lexicon.
func newLexicon(lang string) *lexicon {
	return &lexicon{lang: lang, words: map[string]classSet{}, lemmas: map[string]classSet{}, phrases: map[string][]phrase{},
		say: map[string]*sayEntry{}, sayNoun: map[string]*sayEntry{}, sayForm: map[string]*sayEntry{}, sayStem: map[string]*sayEntry{}, endings: map[string]bool{}, clitics: map[string]bool{}, minStem: 99}
}

// openLexicon reads the tables of a language for this package; a pack may lack any of them.
func openLexicon(fsys fs.FS, lang string) (*lexicon, error) {
	x := newLexicon(lang)
	var events, about error
	x.events, events = openTriggers(fsys, lang)
	x.contexts, about = openContexts(fsys, lang)
	err := errors.Join(
		tsv.ReadIf(fsys, "lang/"+lang+"/words.tsv", tsv.Fields("class", "words"), x.addWord),
		tsv.ReadIf(fsys, "lang/"+lang+"/say.tsv", tsv.Fields("lemma", "frames", "class", "stems?", "prepositions?"), x.addSay),
		events, about,
	)
	if err != nil {
		return nil, err
	}
	return x, nil
}

func (x *lexicon) addWord(row tsv.Row) error {
	class := row.Field(0)
	for _, w := range strings.Split(row.Field(1), ",") {
		w = strings.TrimSpace(w)
		switch class {
		case "ending":
			x.endings[w] = true
			x.maxEnding = max(x.maxEnding, len(w))
			continue
		case "participle":
			x.participles = append(x.participles, w)
			continue
		case "lemma.clitic":
			x.clitics[w] = true
			continue
		case "trait":
			t, ok := traitNames[w]
			if !ok {
				return row.Errorf(1, "unknown trait %q; the traits are listed in docs/formats/lang.md", w)
			}
			x.traits |= t
			continue
		}
		c, ok := classNames[class]
		if !ok {
			return row.Errorf(0, "unknown word class %q; the classes are listed in docs/formats/lang.md", class)
		}
		if l, ok := strings.CutPrefix(w, "~"); ok {
			x.lemmas[l] |= c
			continue
		}
		parts := strings.Fields(w)
		if len(parts) == 0 {
			return row.Errorf(1, "empty word in class %q", class)
		}
		if len(parts) == 1 {
			x.words[w] |= c
		} else {
			x.phrases[parts[0]] = append(x.phrases[parts[0]], phrase{parts[1:], c})
		}
	}
	return nil
}

// addSay reads "lemma frames class [stems] [prepositions]". A stem matches a form
// that continues with an ending of words.tsv; "=form" matches itself.
func (x *lexicon) addSay(row tsv.Row) error {
	e := &sayEntry{lemma: row.Field(0), frames: row.Field(1), class: row.Field(2), line: row.Line()}
	if i := strings.IndexFunc(e.frames, func(c rune) bool { return !strings.ContainsRune("czqidnpamsru", c) }); i >= 0 {
		return row.Errorf(1, "unknown frame %q of %q", e.frames[i:i+1], e.lemma)
	}
	if e.has('u') {
		if strings.Trim(e.frames, "ucd") != "" || row.Len() > 3 {
			return row.Errorf(1, "noun %q: it has frames u, c and d alone, and no stems", e.lemma)
		}
		x.sayNoun[e.lemma] = e
		return nil
	}
	x.say[e.lemma] = e
	for _, s := range strings.Split(row.Field(3), ",") {
		s = strings.TrimSpace(s)
		if s == "" {
			continue
		}
		if form, ok := strings.CutPrefix(s, "="); ok {
			x.sayForm[form] = e
			continue
		}
		x.sayStem[s] = e
		x.minStem = min(x.minStem, len(s))
	}
	if p := row.Field(4); p != "" {
		e.preps = strings.Split(p, ",")
	}
	return nil
}

// has reports whether the language has a trait.
func (x *lexicon) has(t traitSet) bool { return x.traits&t != 0 }

// participle reports whether a lower-case form ends like a participle.
func (x *lexicon) participle(form string) bool {
	for _, e := range x.participles {
		if len(form) > len(e) && strings.HasSuffix(form, e) {
			return true
		}
	}
	return false
}

// classify marks the tokens with their word classes and words of saying.
func (x *lexicon) classify(toks []tok) {
	for i := range toks {
		t := &toks[i]
		t.class |= x.words[t.lower] | x.lemmas[t.lemma]
		if i := strings.IndexByte(t.lower, '-'); i > 0 && i < len(t.lower)-1 {
			t.class |= x.words[t.lower[:i]] & clFormer // ex-president
		}
		for _, p := range x.phrases[t.lower] {
			if x.phraseAt(toks, i, p) {
				t.class |= p.class
			}
		}
		t.say = x.saying(t)
	}
}

// phraseAt reports whether the rest of p follows token i in its sentence.
func (x *lexicon) phraseAt(toks []tok, i int, p phrase) bool {
	if i+len(p.words) >= len(toks) || toks[i+len(p.words)].sent != toks[i].sent {
		return false
	}
	for k, w := range p.words {
		t := &toks[i+1+k]
		if w == "_" {
			if x.words[t.lower]&clPoss == 0 {
				return false
			}
		} else if t.lower != w {
			return false
		}
	}
	return true
}

// phraseLen returns how many tokens the longest phrase of class c at i has, 1 for
// a single word, 0 if there is none.
func (x *lexicon) phraseLen(toks []tok, i int, c classSet) int {
	n := 0
	if (x.words[toks[i].lower]|x.lemmas[toks[i].lemma])&c != 0 {
		n = 1
	}
	for _, p := range x.phrases[toks[i].lower] {
		if p.class&c != 0 && len(p.words)+1 > n && x.phraseAt(toks, i, p) {
			n = len(p.words) + 1
		}
	}
	return n
}

// saying returns the entry of a word of saying, by lemma, form or stem and ending.
func (x *lexicon) saying(t *tok) *sayEntry {
	if t.upos == "NOUN" || t.upos == "PROPN" || t.upos == "PUNCT" || t.upos == "ADP" {
		return nil
	}
	if e := x.sayForm[t.lower]; e != nil {
		return e
	}
	if e := x.say[t.lemma]; e != nil && (t.upos == "VERB" || t.upos == "") {
		return e
	}
	for k := len(t.lower); k >= x.minStem && len(t.lower)-k <= x.maxEnding; {
		if x.endings[t.lower[k:]] {
			if e := x.sayStem[t.lower[:k]]; e != nil {
				return e
			}
		}
		_, w := utf8.DecodeLastRuneInString(t.lower[:k])
		k -= w
	}
	return nil
}
