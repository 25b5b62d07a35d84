package tell

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"letopis"
)

// sentence is how the entry is told, without its sources; empty where it cannot be
// told so that it stands alone and true.
func (w *briefWriter) sentence(k *known) string {
	own := k.shown.Lang == w.o.Lang
	switch k.Kind {
	case letopis.FindingStatement:
		return w.statement(k, own)
	case letopis.FindingEvent:
		return w.event(k, own)
	}
	return "" // there are no words for it
}

func (w *briefWriter) event(k *known, own bool) string {
	words := fmt.Sprintf(w.t.Quote, strings.TrimRight(k.text, "."))
	if own {
		if w.opaque(k.text, k.shown.Lang) {
			return words
		}
		return k.text
	}
	// Our words for an act of which one origin tells would be a guess at its meaning.
	lang := cmp.Or(w.t.Languages[k.shown.Lang], k.shown.Lang)
	if act := w.act(k); act != "" && w.origins(k) > 1 {
		return fmt.Sprintf(w.t.Act, act, words, lang)
	}
	if w.opaque(k.text, k.shown.Lang) {
		return "" // who is meant stands in a sentence that is not told
	}
	return fmt.Sprintf(w.t.Topic, w.topic(k), words, lang)
}

// topic names the countries of an entry, those that act first.
func (w *briefWriter) topic(k *known) string {
	var all []string
	for _, c := range w.ofPair(slices.Concat(k.SourceCountry, k.TargetCountry)) {
		if n := w.country(c); !slices.Contains(all, n) {
			all = append(all, n)
		}
	}
	return w.list(all)
}

const leastWords = 4

func (w *briefWriter) statement(k *known, own bool) string {
	direct := k.Words == letopis.Direct
	if len(strings.Fields(k.text)) < leastWords || !direct && !slices.Contains(w.t.Plain, k.Stance) || len(k.Source) == 0 {
		return ""
	}
	who := w.speaker(k)
	if who == "" {
		return ""
	}
	text := strings.TrimRight(k.text, ".,; ")
	if r, _ := utf8.DecodeRuneInString(text); !direct && !unicode.IsUpper(r) {
		return "" // hardly a clause of its own
	}
	switch {
	case direct && own:
		return fmt.Sprintf(w.t.Said, who, text)
	case own:
		return fmt.Sprintf(w.t.Words, who, text)
	}
	return fmt.Sprintf(w.t.Words, who, fmt.Sprintf(w.t.Quote, text)) + " (" + cmp.Or(w.t.Languages[k.shown.Lang], k.shown.Lang) + ")"
}

// speaker names who speaks in the language of the brief.
func (w *briefWriter) speaker(k *known) string {
	p := &k.Source[0]
	if name := w.name(p); name != "" {
		return name
	}
	if p.Latin == "" && len(strings.Fields(p.Name)) < 2 {
		return "" // one common word: any of many
	}
	if p.Type == letopis.Person && (k.Lang == w.o.Lang || isName(p.Name)) {
		return cmp.Or(p.Name, p.Latin)
	}
	if c := w.country(cmp.Or(p.Country, first(k.SourceCountry))); c != "" {
		return fmt.Sprintf(w.t.Someone, c)
	}
	return ""
}

// isName reports whether all words of a name begin with a capital: what is none is
// words of its language.
func isName(s string) bool {
	words := strings.Fields(s)
	return len(words) > 1 && !slices.ContainsFunc(words, func(f string) bool {
		r, _ := utf8.DecodeRuneInString(f)
		return !unicode.IsUpper(r)
	})
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

func (w *briefWriter) name(p *letopis.Party) string {
	if p.KB == "" {
		return ""
	}
	return w.o.Names.Actor(p.KB)
}

func (w *briefWriter) country(code string) string {
	if code == "" {
		return ""
	}
	return cmp.Or(w.o.Names.Country(code), code)
}

// act tells the event from its code and sides.
func (w *briefWriter) act(k *known) string {
	forms := w.t.Acts[k.Code]
	if len(forms) != 3 {
		return ""
	}
	from, to := k.SourceCountry, k.TargetCountry
	target := k.Target
	source := k.Source
	if len(to) == 0 && len(from) > 1 { // both act together
		a := slices.IndexFunc(from, func(c string) bool { return slices.Contains(w.o.A, c) })
		if a < 0 {
			a = 0
		}
		first := from[a]
		to = slices.DeleteFunc(slices.Clone(from), func(c string) bool { return c == first })
		from = []string{first}
		target = slices.DeleteFunc(slices.Clone(source), func(p letopis.Party) bool { return p.Country == first })
		source = slices.DeleteFunc(slices.Clone(source), func(p letopis.Party) bool { return p.Country != first })
	}
	s, several := w.side(source, w.ofPair(from))
	t, _ := w.side(target, w.ofPair(to))
	if s == "" || t == "" {
		return ""
	}
	form := forms[0]
	if several {
		form = forms[1]
	}
	noun := w.fix(fmt.Sprintf(forms[2], s, t))
	switch k.Modality {
	case letopis.Future:
		return fmt.Sprintf(w.t.ComingAct, noun)
	case letopis.Possible:
		return fmt.Sprintf(w.t.PossibleAct, noun)
	case letopis.Negated:
		return fmt.Sprintf(w.t.NegatedAct, noun)
	}
	return w.fix(fmt.Sprintf(form, s, t))
}

// ofPair leaves those of the countries that the brief is about.
func (w *briefWriter) ofPair(codes []string) []string {
	return slices.DeleteFunc(slices.Clone(codes), func(c string) bool { return !slices.Contains(w.o.A, c) && !slices.Contains(w.o.B, c) })
}

// side names one side: its persons that have a name in the language, or its countries.
func (w *briefWriter) side(parties []letopis.Party, countries []string) (names string, several bool) {
	var all []string
	for _, c := range countries {
		var persons []string
		for i := range parties {
			if p := &parties[i]; p.Country == c && p.Type == letopis.Person {
				if n := w.name(p); n != "" && !slices.Contains(persons, n) {
					persons = append(persons, n)
				}
			}
		}
		if len(persons) == 0 || len(persons) > 3 {
			all = append(all, w.country(c))
			continue
		}
		persons[len(persons)-1] += " (" + w.country(c) + ")"
		all = append(all, persons...)
	}
	return w.list(all), len(all) > 1
}

func (w *briefWriter) list(all []string) string {
	if len(all) < 2 {
		return strings.Join(all, "")
	}
	return strings.Join(all[:len(all)-1], ", ") + w.t.And + all[len(all)-1]
}

func (w *briefWriter) fix(s string) string {
	for i, re := range w.t.fixes {
		s = re.ReplaceAllString(s, w.t.Fixes[i][1])
	}
	return s
}

func upperFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}
