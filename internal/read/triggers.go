package read

import (
	"fmt"
	"io/fs"
	"strings"
	"unicode/utf8"

	"letopis"
)

// trigger is a word that evokes an event of a PLOVER category. A language lists
// its triggers in lang/<code>/events.tsv: code, mode, part of speech (v or n),
// flags, words. A word is a lemma, or "stem*" for every form that begins so.
// Flags: "x" the grammatical subject is the recipient; "o" a genitive complement
// is the recipient ("арестът на …"), not the actor ("посещението на …"); "p" only
// with a person as its object ("прие посланика", not "прие закона").
type trigger struct {
	key    string
	code   letopis.Code
	mode   string
	verb   bool
	flip   bool
	object bool
	person bool
}

var codes = map[letopis.Code]bool{
	letopis.Agree: true, letopis.Consult: true, letopis.Support: true, letopis.Concede: true, letopis.Cooperate: true,
	letopis.Aid: true, letopis.Retreat: true, letopis.Request: true, letopis.Accuse: true, letopis.Reject: true,
	letopis.Threaten: true, letopis.Protest: true, letopis.Sanction: true, letopis.Mobilize: true, letopis.Coerce: true,
	letopis.Assault: true,
}

type triggers struct {
	lemma [2]map[string]*trigger // nouns, verbs
	stem  [2]map[string]*trigger
	// min and max are the bytes of the shortest and the longest stem.
	min, max int
}

func openTriggers(fsys fs.FS, lang string) (*triggers, error) {
	x := &triggers{min: 99}
	for i := range x.lemma {
		x.lemma[i], x.stem[i] = map[string]*trigger{}, map[string]*trigger{}
	}
	err := tsv(fsys, "lang/"+lang+"/events.tsv", 5, func(line int, f []string) error {
		if !codes[letopis.Code(f[0])] {
			return fmt.Errorf("field 1: %q is no PLOVER category", f[0])
		}
		pos := 0
		if f[2] == "v" {
			pos = 1
		} else if f[2] != "n" {
			return fmt.Errorf("field 3: part of speech %q; v or n is needed", f[2])
		}
		for _, w := range strings.Split(f[4], ",") {
			w = strings.TrimSpace(w)
			stem, isStem := strings.CutSuffix(w, "*")
			g := &trigger{key: stem, code: letopis.Code(f[0]), mode: strings.Trim(f[1], "-"), verb: pos == 1,
				flip: strings.Contains(f[3], "x"), object: strings.Contains(f[3], "o"), person: strings.Contains(f[3], "p")}
			if isStem {
				x.stem[pos][stem] = g
				x.min, x.max = min(x.min, len(stem)), max(x.max, len(stem))
			} else {
				x.lemma[pos][stem] = g
			}
		}
		return nil
	})
	return x, err
}

// mark finds the triggers among the tokens.
func (x *triggers) mark(toks []tok) {
	for i := range toks {
		t := &toks[i]
		switch t.upos {
		case "VERB", "AUX":
			t.trigger = x.find(1, t, true)
		case "ADJ":
			// Participles that a treebank calls adjectives match by stem, others by lemma.
			t.trigger = x.find(1, t, t.feats.Get("VerbForm") == "Part")
		case "NOUN":
			t.trigger = x.find(0, t, true)
		case "", "X":
			if t.trigger = x.find(1, t, true); t.trigger == nil {
				t.trigger = x.find(0, t, true)
			}
		}
	}
}

func (x *triggers) find(pos int, t *tok, stems bool) *trigger {
	if g := x.lemma[pos][t.lemma]; g != nil {
		return g
	}
	if g := x.lemma[pos][t.lower]; g != nil {
		return g
	}
	k := min(len(t.lower), x.max)
	for k < len(t.lower) && !utf8.RuneStart(t.lower[k]) {
		k--
	}
	for stems && k >= x.min {
		if g := x.stem[pos][t.lower[:k]]; g != nil {
			return g
		}
		_, w := utf8.DecodeLastRuneInString(t.lower[:k])
		k -= w
	}
	return nil
}
