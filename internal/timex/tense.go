package timex

import (
	"cmp"
	"slices"
	"strings"

	"letopis/internal/rule"
	"letopis/internal/tsv"
	"letopis/internal/ud"
)

// tense is what one line of tense.tsv says: words with all the features stand for
// what was, is or will be.
type tense struct {
	conds []feature
	dir   direction
}

type feature struct{ name, value string }

var directions = map[string]direction{"past": dirPast, "future": dirFuture, "present": dirPresent, "none": dirUnknown}

// addTenses reads features TAB direction. Features are UD's, or UPOS, XPOS, Lemma
// and Form, separated by spaces; "+Name=Value" asks it of the word before.
func (f *Finder) addTenses(file, src string) []error {
	var errs []error
	for r, err := range tsv.Rows(file, src, tsv.Fields("features", "tense")) {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		dir, ok := directions[r.Field(1)]
		t := tense{dir: dir}
		for c := range strings.FieldsSeq(r.Field(0)) {
			name, value, found := strings.Cut(c, "=")
			ok = ok && found && name != ""
			t.conds = append(t.conds, feature{name, value})
		}
		if !ok {
			errs = append(errs, r.Errorf(-1, "a line of tenses is: Name=Value … TAB past, present, future or none"))
			continue
		}
		f.tenses = append(f.tenses, t)
	}
	return errs
}

// Tense is the time that a verb speaks of.
type Tense string

// The tenses; a verb whose form does not tell has none, "".
const (
	Past    Tense = "past"
	Present Tense = "present"
	Future  Tense = "future"
)

// Tense returns the time that word i of a sentence speaks of, as tense.tsv has it. What
// is no verb has none.
func (f *Finder) Tense(words []ud.Word, i int) Tense {
	if i <= 0 || i >= len(words) {
		return ""
	}
	switch d, _ := f.tenseOf(words, i); d {
	case dirPast:
		return Past
	case dirPresent:
		return Present
	case dirFuture:
		return Future
	}
	return ""
}

// tenseOf returns the direction of a word; the first line that fits decides.
func (f *Finder) tenseOf(words []ud.Word, i int) (direction, bool) {
	for k := range f.tenses {
		if f.tenses[k].fits(words, i) {
			return f.tenses[k].dir, true
		}
	}
	return dirUnknown, false
}

func (t *tense) fits(words []ud.Word, i int) bool {
	for _, c := range t.conds {
		w, name := &words[i], c.name
		if name[0] == '+' {
			if i < 2 {
				return false
			}
			w, name = &words[i-1], name[1:]
		}
		got := ""
		switch name {
		case "UPOS":
			got = string(w.UPOS)
		case "XPOS":
			got = w.XPOS
		case "Lemma":
			got = w.Lemma
		case "Form":
			got = w.Form
		default:
			got = w.Feats.Get(name)
		}
		if got != c.value {
			return false
		}
	}
	return true
}

// window bounds the atoms that are looked at on each side for a tense.
const window = 60

// direction tells on which side of the article's date a match lies: by the
// nearest word of its clause that speaks of what was or will be, from the list or
// by its tense; a present tense counts where there is no other.
func (r *reader) direction(m *rule.Match) direction {
	sent := r.sentence(r.atoms[m.Start].Start)
	from, to := r.atomsOf(sent)
	from, to = max(from, int(m.Start)-window), min(to, int(m.End)+window)
	// The clause; then with what a comma beside the time cuts off ("In January, the
	// firm bought it"); then the sentence.
	for skip := range 2 {
		lo, hi := from, to
		for i := int(m.Start) - 1 - skip; i >= from; i-- {
			if r.f.set.Is(r.atoms[i:to], r.f.clause) {
				lo = i
				break
			}
		}
		for i := int(m.End) + skip; i < to; i++ {
			if r.f.set.Is(r.atoms[i:to], r.f.clause) {
				hi = i
				break
			}
		}
		if d := r.directionIn(m, sent, lo, hi); d != dirUnknown {
			return d
		}
	}
	return r.directionIn(m, sent, from, to)
}

// directionIn looks at the atoms lo to hi of a sentence.
func (r *reader) directionIn(m *rule.Match, sent, lo, hi int) direction {
	d, best := dirUnknown, 1<<30
	take := func(i int, dir direction) {
		dist := int(m.Start) - i
		if dist < 0 {
			dist = i - int(m.End) + 1
		}
		if dir != dirUnknown && dist < best {
			d, best = dir, dist
		}
	}
	tagged := r.a != nil && sent >= 0 && sent < len(r.a.Sentences) && r.f.tenses != nil
	for i := lo; i < hi; i++ {
		if i >= int(m.Start) && i < int(m.End) || r.atoms[i].Word < 0 {
			continue
		}
		if r.f.set.Is(r.atoms[i:hi], r.f.future) {
			take(i, dirFuture)
		} else if !tagged && r.f.set.Is(r.atoms[i:hi], r.f.past) {
			take(i, dirPast)
		}
	}
	if tagged && lo < hi {
		r.verbs(&r.a.Sentences[sent], lo, hi, take)
	}
	return d
}

// verbs gives the tenses of the verbs that atoms lo to hi stand for.
func (r *reader) verbs(s *ud.Sentence, lo, hi int, take func(int, direction)) {
	i := lo
	begin, end := r.atoms[lo].Start, r.atoms[hi-1].End
	first, _ := slices.BinarySearchFunc(s.Tokens, begin, func(t ud.Token, at int32) int { return cmp.Compare(t.Start, at) })
	for k := first; k < len(s.Tokens) && s.Tokens[k].Start < end; k++ {
		tok := &s.Tokens[k]
		for w := tok.First; w <= tok.Last && int(w) < len(s.Words); w++ {
			if u := s.Words[w].UPOS; u != "VERB" && u != "AUX" {
				continue
			}
			if dir, ok := r.f.tenseOf(s.Words, int(w)); ok {
				for i < hi-1 && r.atoms[i].Start < tok.Start {
					i++
				}
				take(i, dir)
			}
		}
	}
}
