package rule

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"letopis/internal/tsv"
)

// Bounds of what a pack may ask for: a hostile pack must fail, not exhaust memory.
const (
	maxForms     = 4096 // forms that the braces of one entry may stand for
	maxFormAtoms = 12   // atoms of one entry
)

// Value is what a list says of a word: a number where it is one, and the text.
type Value struct {
	Text  string
	Num   int
	IsNum bool
}

// entry is a form of a class: the words after the first, and the value.
type entry struct {
	class   int32
	value   int32
	rest    []atomKey
	capital bool // the form must be written with a capital
}

// atomKey is one further atom of a phrase.
type atomKey struct {
	word int32
	glue bool // no space before it
}

// word is what the set knows of a form.
type word struct {
	text    string
	entries []entry
}

// AddWords reads a list: class TAB value TAB forms. Forms are separated by spaces;
// "_" is a space within a form; braces stand for alternatives: "январ{ь,я,ю}".
// A form that begins with a capital matches only where it is capitalised.
// Fields are UTF-8; '#' begins a comment line. It returns every complaint.
func (s *Set) AddWords(file string, src string) []error {
	var errs []error
	for r, err := range tsv.Rows(file, src, tsv.Fields("class", "value", "forms")) {
		switch {
		case err != nil:
		case r.Field(2) == "":
			err = r.Errorf(2, "no forms; a line of a word list is: class TAB value TAB forms")
		case !isName(r.Field(0)):
			err = r.Errorf(0, "%q; a class is named with letters, digits, '_' and '.'", r.Field(0))
		}
		if err != nil {
			errs = append(errs, err)
			continue
		}
		class, value := s.class(r.Field(0)), s.value(r.Field(1))
		for form := range strings.FieldsSeq(r.Field(2)) {
			all, ok := braces(strings.ReplaceAll(form, "_", " "))
			if !ok {
				errs = append(errs, r.Errorf(2, "braces of %q are not closed, nested, or stand for too many forms", form))
				continue
			}
			for _, one := range all {
				if msg := s.addForm(one, class, value); msg != "" {
					errs = append(errs, r.Errorf(2, "%s", msg))
				}
			}
		}
	}
	return errs
}

func (s *Set) addForm(form string, class, value int32) string {
	var atoms []Atom
	atoms = s.atomize(atoms, form, true)
	if len(atoms) == 0 || len(atoms) > maxFormAtoms {
		return "the form " + strconv.Quote(form) + " has no words, or too many"
	}
	e := entry{class: class, value: value, capital: atoms[0].Capital}
	for _, a := range atoms[1:] {
		e.rest = append(e.rest, atomKey{a.Word, !a.Space})
	}
	w := &s.words[atoms[0].Word]
	for _, have := range w.entries {
		if have.class == class && have.value == value && have.capital == e.capital && sameRest(have.rest, e.rest) {
			return "" // the same form twice, from two endings
		}
	}
	w.entries = append(w.entries, e)
	return ""
}

func sameRest(a, b []atomKey) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// braces expands "a{b,c}d{,e}"; braces do not nest.
func braces(form string) ([]string, bool) {
	out := []string{""}
	for form != "" {
		i := strings.IndexAny(form, "{}")
		if i < 0 {
			i = len(form)
		}
		for j := range out {
			out[j] += form[:i]
		}
		form = form[i:]
		if form == "" {
			break
		}
		end := strings.IndexByte(form, '}')
		if form[0] != '{' || end < 0 || strings.IndexByte(form[1:end], '{') >= 0 {
			return nil, false
		}
		alts := strings.Split(form[1:end], ",")
		if len(out)*len(alts) > maxForms {
			return nil, false
		}
		next := make([]string, 0, len(out)*len(alts))
		for _, o := range out {
			for _, a := range alts {
				next = append(next, o+a)
			}
		}
		out, form = next, form[end+1:]
	}
	return out, true
}

func (s *Set) class(name string) int32 {
	id, ok := s.classes[name]
	if !ok {
		id = int32(len(s.classes))
		s.classes[name] = id
	}
	return id
}

func (s *Set) value(text string) int32 {
	id, ok := s.valueIDs[text]
	if !ok {
		id = int32(len(s.Values))
		n, err := strconv.Atoi(text)
		s.Values = append(s.Values, Value{Text: text, Num: n, IsNum: err == nil})
		s.valueIDs[text] = id
	}
	return id
}

// intern returns the id of a folded form, adding it.
func (s *Set) intern(folded []byte) int32 {
	id, ok := s.ids[string(folded)]
	if !ok {
		id = int32(len(s.words))
		s.words = append(s.words, word{text: string(folded)})
		s.ids[string(folded)] = id
	}
	return id
}

// appendFold appends r as lists and patterns compare it: lower case, ё as е,
// all dashes and all apostrophes alike, accents of stress left out.
func appendFold(dst []byte, r rune) []byte {
	if r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return append(dst, byte(r))
	}
	switch r {
	case 'ё', 'Ё':
		r = 'е'
	case '‐', '‑', '‒', '–', '—', '−':
		r = '-'
	case '’', 'ʼ', '‘':
		r = '\''
	case '\u0300', '\u0301', '\u00ad':
		return dst
	default:
		r = unicode.ToLower(r)
	}
	return utf8.AppendRune(dst, r)
}

func isName(s string) bool {
	for i := 0; i < len(s); i++ {
		if !nameByte(s[i]) {
			return false
		}
	}
	return s != ""
}

func nameByte(c byte) bool {
	return c == '_' || c == '.' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}
