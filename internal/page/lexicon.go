package page

import (
	"errors"
	"io/fs"
	"strings"
	"unicode/utf8"

	"letopis/internal/tsv"
)

// Class is a set of the word classes that the reading rules speak of. A
// language lists its words in lang/<code>/words.tsv, by the names of classNames.
type Class uint64

const (
	Compl      Class = 1 << iota // opens a reported clause: че, что, that
	Da                           // opens a clause of what is wanted: да, чтобы, to
	Attrib                       // attributes without a verb: според, по словам, according to
	AttribPoss                   // the same with the speaker as possessive: по его словам
	Refl                         // reflexive clitic
	Aux                          // auxiliary, particle of tense
	Neg                          // negation
	Future                       // particle or auxiliary of the future
	Possible                     // could, would
	Masc                         // third-person pronoun, masculine singular
	Fem                          // the same, feminine
	Neut                         // the same, neuter
	Plur                         // third-person pronoun, plural
	Poss                         // possessive or object pronoun
	DocNoun                      // a document that says something: изявление, доклад
	Recall                       // opens recollection: припомняме, ранее, earlier
	And                          // coordinating conjunction
	Rel                          // relative pronoun
	GenPrep                      // preposition of the noun complement: на, of
	Cite                         // "cited by": цитиран от, со ссылкой на, citing
	By                           // agent of a passive: от, by
	Trans                        // "Translation:" label
	Author                       // "Author:" label
	Publisher                    // "Source:" label
	Media                        // media noun: вестник, агенция, newspaper
	People                       // plural people noun that may speak: експерти, officials
	Former                       // former, ex-
	Past                         // adverb that puts a clause before the day of the news
	In                           // "in": the document in which it is said
	Photo                        // photo credit
	Kin                          // kinship and the like: съпруг, адвокат: a person in relation to another
	Subord                       // subordinator that opens an adverbial clause: докато, след като, while
	Embed                        // question words that open a reported question: как, защо, how
	Deictic                      // this: това, этом, this
	As                           // opens a clause of attribution: както, как, as
	Interview                    // words of an interview: интервю, эфир, told
	OfficePrep                   // may continue an office: министър по …, посланик при …
	Be                           // a form of be that makes a passive with a participle: was, been
	Have                         // a form of have that makes a perfect with a participle: has, 've
	PossMark                     // makes a possessor of the phrase before it: 's
	ReflPass                     // reflexive clitic that makes a passive: се
	ComplRel                     // complementizer that is a relative pronoun as well: that
	NamePart                     // particles inside personal names: al, van
	Outlet                       // last word of the names of media: Herald, News
	With                         // with whom something is done together: с, with
	Toward                       // to, against or before whom it is done: към, срещу, against
	Between                      // between whom: между, between
	First                        // the speaker himself: ние, мой, we, our
	MoodNeg                      // what it governs does not happen: refuse, fail
	MoodFut                      // what it governs is to happen: plan, intend
	MoodPoss                     // what it governs may happen: want, threaten, possibility
	MoodReal                     // what it governs happens as it does itself: manage, begin
	MoodStop                     // what it governs goes on where it is negated: stop, prevent
	MoodOff                      // what it governs does not happen, known as it may be: cancel, postpone
	If                           // opens a condition: if, ако
	Definite                     // article of what is known: the
	Recurrent                    // what happens again and again: всяка година, ежегодно, every year
	Meanwhile                    // takes the telling back to the day of the news: междувременно, между тем, meanwhile
	Beside                       // places what is told before or after what follows: след, после, after, before
	Site                         // streets, squares, stations, airports: a person's name beside one is its name
	Addressee                    // whom it is said to stands right behind it: told
)

var classNames = map[string]Class{
	"compl": Compl, "da": Da, "attrib": Attrib, "attrib.poss": AttribPoss, "refl": Refl, "aux": Aux,
	"neg": Neg, "future": Future, "possible": Possible, "pron.m": Masc, "pron.f": Fem, "pron.n": Neut,
	"pron.p": Plur, "poss": Poss, "doc": DocNoun, "recall": Recall, "and": And, "rel": Rel,
	"genprep": GenPrep, "cite": Cite, "by": By, "translator": Trans, "author": Author,
	"publisher": Publisher, "media": Media, "people": People, "former": Former, "past": Past, "in": In,
	"photo": Photo, "kin": Kin, "subord": Subord, "embed": Embed, "deictic": Deictic, "officeprep": OfficePrep, "interview": Interview, "as": As,
	"be": Be, "have": Have, "possmark": PossMark, "refl.pass": ReflPass, "compl.rel": ComplRel, "outlet": Outlet, "name.part": NamePart,
	"with": With, "toward": Toward, "between": Between, "pron.1": First,
	"mood.neg": MoodNeg, "mood.future": MoodFut, "mood.possible": MoodPoss, "mood.real": MoodReal, "mood.stop": MoodStop, "mood.off": MoodOff, "if": If, "definite": Definite, "meanwhile": Meanwhile, "recurrent": Recurrent, "beside": Beside, "addressee": Addressee, "site": Site,
}

// Trait is a set of the traits of grammar that the reading rules ask after. A
// language names its own in words.tsv, in lines of the class "trait".
type Trait uint16

const (
	Cases      Trait = 1 << iota // complements are marked by case
	Compounds                    // nouns in a row are one phrase and the last is its head
	FixedOrder                   // the subject stands before its verb; asides follow a comma
	CliticPoss                   // a possessive clitic follows its noun
	Infinitive                   // what is wanted is an infinitive
	Question                     // a question word opens a reported question after a comma
	NoSubject                    // a plural verb without a subject means unnamed people
	LatinNames                   // words in Latin letters are foreign names
)

var traitNames = map[string]Trait{
	"cases": Cases, "compounds": Compounds, "fixed-order": FixedOrder, "clitic-possessive": CliticPoss,
	"infinitive": Infinitive, "question-clauses": Question, "no-subject": NoSubject, "latin-names": LatinNames,
}

// Saying is a word of saying: what frames it takes and what it does with its
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
type Saying struct {
	Lemma  string
	Frames string   // letters as above
	Class  string   // what kind of saying it is: say, ask, deny, demand …
	Preps  []string // prepositions of the frame p
}

// asks reports whether a question word may open the content: ask, explain, tell how.
func (e *Saying) asks() bool { return e != nil && (e.Class == "ask" || e.Class == "explain") }

// wants reports whether the content is what is asked for.
func (e *Saying) wants() bool {
	return e != nil && (e.Class == "request" || e.Class == "demand" || e.Class == "propose")
}

// Denies reports whether what is said is said not to be so. It is asked of nil too.
func (e *Saying) Denies() bool { return e != nil && e.Class == "deny" }

// Has reports whether the word has a frame. It is asked of nil too, which has none.
func (e *Saying) Has(frame byte) bool { return e != nil && strings.IndexByte(e.Frames, frame) >= 0 }

type multiword struct {
	words []string // from the second on; "_" is any possessive
	class Class
}

// Lexicon is what the reading rules know of one language.
type Lexicon struct {
	Lang    string                 // ISO 639-1
	words   map[string]Class       // single words by lower-case form
	lemmas  map[string]Class       // single words by lemma ("~" in the file)
	phrases map[string][]multiword // by first word
	say     map[string]*Saying
	sayNoun map[string]*Saying // nouns, which only announce a clause
	sayForm map[string]*Saying
	sayStem map[string]*Saying
	endings map[string]bool
	minStem int
	// maxEnding is the longest ending in bytes: a token of a million letters is
	// cut near its end only.
	maxEnding int
	triggers  *triggerTable // events.tsv
	Contexts  *ContextTable // contexts.tsv
	frames    frameTable    // frames.tsv
	traits    Trait
	// participles and gerunds are the endings by which a form may be one where the tagger does not say.
	participles, gerunds []string
	// clitics are the parts that a treebank adds to lemmas after a hyphen.
	clitics map[string]bool
}

// newLexicon returns an empty lexicon.
func newLexicon(lang string) *Lexicon {
	return &Lexicon{Lang: lang, words: map[string]Class{}, lemmas: map[string]Class{}, phrases: map[string][]multiword{},
		say: map[string]*Saying{}, sayNoun: map[string]*Saying{}, sayForm: map[string]*Saying{}, sayStem: map[string]*Saying{}, endings: map[string]bool{}, clitics: map[string]bool{}, minStem: 99}
}

// OpenLexicon reads the tables of a language for this package; a pack may lack any of them.
func OpenLexicon(fsys fs.FS, lang string) (*Lexicon, error) {
	x := newLexicon(lang)
	var events, about error
	x.triggers, events = openTriggers(fsys, lang)
	x.Contexts, about = openContexts(fsys, lang)
	err := errors.Join(
		tsv.ReadIf(fsys, "lang/"+lang+"/words.tsv", tsv.Fields("class", "words"), x.addWord),
		tsv.ReadIf(fsys, "lang/"+lang+"/say.tsv", tsv.Fields("lemma", "frames", "class", "stems?", "prepositions?"), x.addSay),
		events, about,
	)
	var frames error
	x.frames, frames = openFrames(fsys, lang, x.bareLemma)
	err = errors.Join(err, frames)
	if err != nil {
		return nil, err
	}
	return x, nil
}

func (x *Lexicon) addWord(row tsv.Row) error {
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
		case "gerund":
			x.gerunds = append(x.gerunds, w)
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
			x.phrases[parts[0]] = append(x.phrases[parts[0]], multiword{parts[1:], c})
		}
	}
	return nil
}

// addSay reads "lemma frames class [stems] [prepositions]". A stem matches a form
// that continues with an ending of words.tsv; "=form" matches itself.
func (x *Lexicon) addSay(row tsv.Row) error {
	e := &Saying{Lemma: row.Field(0), Frames: row.Field(1), Class: row.Field(2)}
	if i := strings.IndexFunc(e.Frames, func(c rune) bool { return !strings.ContainsRune("czqidnpamsru", c) }); i >= 0 {
		return row.Errorf(1, "unknown frame %q of %q", e.Frames[i:i+1], e.Lemma)
	}
	if e.Has('u') {
		if strings.Trim(e.Frames, "ucd") != "" || row.Len() > 3 {
			return row.Errorf(1, "noun %q: it has frames u, c and d alone, and no stems", e.Lemma)
		}
		x.sayNoun[e.Lemma] = e
		return nil
	}
	x.say[e.Lemma] = e
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
		e.Preps = strings.Split(p, ",")
	}
	return nil
}

// Has reports whether the language has a trait.
func (x *Lexicon) Has(t Trait) bool { return x.traits&t != 0 }

// Participle reports whether a form in small letters ends like a participle.
func (x *Lexicon) Participle(form string) bool { return endsIn(form, x.participles) }

// Gerund reports whether a form in small letters ends like a gerund or present participle: "saying".
func (x *Lexicon) Gerund(form string) bool { return endsIn(form, x.gerunds) }

func endsIn(form string, endings []string) bool {
	for _, e := range endings {
		if len(form) > len(e) && strings.HasSuffix(form, e) {
			return true
		}
	}
	return false
}

// classify marks the words with their word classes and words of saying.
func (x *Lexicon) classify(words []Word) {
	for i := range words {
		t := &words[i]
		t.Class |= x.words[t.Lower] | x.lemmas[t.Lemma]
		if i := strings.IndexByte(t.Lower, '-'); i > 0 && i < len(t.Lower)-1 {
			t.Class |= x.words[t.Lower[:i]] & Former // ex-president
		}
		for _, p := range x.phrases[t.Lower] {
			if x.phraseAt(words, i, p) {
				t.Class |= p.class
			}
		}
		t.Say = x.saying(t)
	}
}

// phraseAt reports whether the rest of p follows word i in its sentence.
func (x *Lexicon) phraseAt(words []Word, i int, p multiword) bool {
	if i+len(p.words) >= len(words) || words[i+len(p.words)].Sent != words[i].Sent {
		return false
	}
	for k, w := range p.words {
		t := &words[i+1+k]
		if w == "_" {
			if x.words[t.Lower]&Poss == 0 {
				return false
			}
		} else if t.Lower != w {
			return false
		}
	}
	return true
}

// PhraseLen returns how many words the longest phrase of class c at i has, 1 for
// a single word, 0 if there is none.
func (x *Lexicon) PhraseLen(words []Word, i int, c Class) int {
	n := 0
	if (x.words[words[i].Lower]|x.lemmas[words[i].Lemma])&c != 0 {
		n = 1
	}
	for _, p := range x.phrases[words[i].Lower] {
		if p.class&c != 0 && len(p.words)+1 > n && x.phraseAt(words, i, p) {
			n = len(p.words) + 1
		}
	}
	return n
}

// saying returns the entry of a word of saying, by lemma, form or stem and ending.
func (x *Lexicon) saying(t *Word) *Saying {
	if t.UPOS == "NOUN" || t.UPOS == "PROPN" || t.UPOS == "PUNCT" || t.UPOS == "ADP" {
		return nil
	}
	if e := x.sayForm[t.Lower]; e != nil {
		return e
	}
	if e := x.say[t.Lemma]; e != nil && (t.UPOS == "VERB" || t.UPOS == "") {
		return e
	}
	for k := len(t.Lower); k >= x.minStem && len(t.Lower)-k <= x.maxEnding; {
		if x.endings[t.Lower[k:]] {
			if e := x.sayStem[t.Lower[:k]]; e != nil {
				return e
			}
		}
		_, w := utf8.DecodeLastRuneInString(t.Lower[:k])
		k -= w
	}
	return nil
}

// Announcement returns what say.tsv says of a noun that announces a clause ("the statement that …"), or nil.
func (x *Lexicon) Announcement(t *Word) *Saying {
	if e := x.sayNoun[t.Lemma]; e != nil {
		return e
	}
	return x.sayNoun[t.Lower]
}

// NounTrigger returns the trigger that a word is as a noun, whatever its part of speech and the words beside it; nil for
// none. One without a code only looks like a trigger.
func (x *Lexicon) NounTrigger(t *Word) *Trigger { return x.triggers.find(0, t, true) }

// bareLemma strips the clitic that a treebank writes into lemmas: "съглася-се".
func (x *Lexicon) bareLemma(lemma string) string {
	if i := strings.LastIndexByte(lemma, '-'); i > 0 && x.clitics[lemma[i+1:]] {
		return lemma[:i]
	}
	return lemma
}
