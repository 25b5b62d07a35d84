package tell

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"letopis"
)

// isNews reports whether an entry was first told, as news, in the last days.
func (w *briefWriter) isNews(k *known, at string) bool {
	day, err := time.Parse(time.DateOnly, at)
	if err != nil {
		return false
	}
	since := day.AddDate(0, 0, -w.o.Days).Format(time.DateOnly)
	for _, r := range k.reports {
		if first, _ := r.Published.Days(); first == "" || first <= since || r.Recalled {
			return false
		}
	}
	return true
}

// choose finds the report whose words are told: in the language of the brief if
// there is one, news before recollections, a sentence that stands alone before others.
func (w *briefWriter) choose(k *known) {
	best := -1
	for i := range k.reports {
		r := &k.reports[i]
		text := w.plainText(k, r)
		rank := 0
		if r.Lang == w.o.Lang {
			rank += 8
		}
		if !w.opaque(text, r.Lang) {
			rank += 4
		}
		if !r.Recalled {
			rank += 2
		}
		if rank > best {
			best, k.shown, k.text = rank, r, text
		}
	}
	k.item = w.sentence(k)
}

// plainText is what a report says, without the place, day and agency before it.
func (w *briefWriter) plainText(k *known, r *letopis.Report) string {
	text := strings.Join(strings.Fields(cmp.Or(r.Text, k.Text)), " ")
	if k.Kind != letopis.FindingEvent {
		return text
	}
	for range 2 { // a place and day, then an agency
		text = strings.TrimSpace(dateline.ReplaceAllString(text, ""))
	}
	// A sentence out of a quotation brings only one of its marks.
	for _, marks := range []string{"„“", "“”", "«»"} {
		m := []rune(marks)
		body := strings.TrimSuffix(text, string(m[1]))
		if body != text && !strings.ContainsRune(text, m[0]) {
			text = body
		}
	}
	if r.Lang == w.o.Lang {
		if len(w.t.Openers) > 0 && k.When.Precision() >= letopis.PrecisionDay {
			if at := w.t.openers.FindStringIndex(text); at != nil && at[1] < len(text) {
				return upperFirst(text[at[1]:])
			}
		}
		for _, l := range w.t.Links {
			if len(text) > len(l) && strings.EqualFold(text[:len(l)], l) && text[len(l)] == ' ' {
				return upperFirst(strings.TrimSpace(text[len(l):]))
			}
		}
	}
	return text
}

// dateline is how agencies begin: a place in capitals and a day, an agency between
// brackets or strokes, a dash.
var dateline = regexp.MustCompile(`^(?:[^.!?()/]{0,60}[(/]\s*\p{Lu}[\p{L} -]{1,25}\s*[)/][\s.:–—-]*|\p{Lu}{3,}(?:[ -]\p{Lu}{2,})*,[^.!?()/–—]{2,25}(?:\. |\s[–—-]\s)(?:\p{Lu}[\p{L}]{1,15}\. )?)`)

// opaque reports whether a sentence begins with a word that points to the one before it.
func (w *briefWriter) opaque(text, lang string) bool {
	low := strings.ToLower(strings.TrimLeft(text, "„“\"«"))
	return slices.ContainsFunc(w.opaques[lang], func(s string) bool {
		rest, ok := strings.CutPrefix(low, s)
		r, _ := utf8.DecodeRuneInString(rest)
		return ok && !unicode.IsLetter(r)
	})
}

func (w *briefWriter) origins(k *known) int {
	origins := map[string]bool{}
	for _, r := range k.reports {
		origins[r.Origin] = true
	}
	return len(origins)
}

// once leaves out what cannot be told, and what another entry from the same sentence
// tells: events come first, and what is of a kind without a pass here is not told.
func (w *briefWriter) once(all []*known) []*known {
	type place struct {
		doc  letopis.ID
		text string
	}
	told := map[place]bool{}
	var sentences []*known
	for _, pass := range []letopis.FindingKind{letopis.FindingEvent, letopis.FindingStatement} {
		for _, k := range all {
			if k.Kind != pass || k.item == "" {
				continue
			}
			if pass == letopis.FindingStatement && slices.ContainsFunc(sentences, func(o *known) bool {
				return o.Kind == letopis.FindingEvent && o.shown.Doc == k.shown.Doc && strings.Contains(o.text, strings.TrimRight(k.text, ".")) && !w.weak(o)
			}) {
				continue
			}
			p := place{k.shown.Doc, k.text}
			if told[p] {
				continue
			}
			told[p] = true
			sentences = append(sentences, k)
		}
	}
	// An event told by its code only gives way to the words of its sentence.
	return slices.DeleteFunc(slices.Clone(all), func(k *known) bool {
		if !slices.Contains(sentences, k) {
			return true
		}
		return k.Kind == letopis.FindingEvent && w.weak(k) && slices.ContainsFunc(sentences, func(o *known) bool {
			return o.Kind == letopis.FindingStatement && o.shown.Doc == k.shown.Doc && strings.Contains(k.text, strings.TrimRight(o.text, "."))
		})
	})
}

// firsthand leaves out what is known from recollection to the month or less, where
// news of the same kind from that time is told.
func (w *briefWriter) firsthand(all []*known) []*known {
	return slices.DeleteFunc(slices.Clone(all), func(k *known) bool {
		if !w.recalled(k) || k.When.Precision() >= letopis.PrecisionWeek && k.When != "" {
			return false
		}
		first, last := k.When.Days()
		return slices.ContainsFunc(all, func(o *known) bool {
			day, _ := o.Days()
			return !w.recalled(o) && o.Code.Quad() == k.Code.Quad() && first <= day && day <= last
		})
	})
}

// recalled reports whether nobody told the entry as news.
func (w *briefWriter) recalled(k *known) bool {
	return !slices.ContainsFunc(k.reports, func(r letopis.Report) bool { return !r.Recalled })
}

// weak reports whether the sentence of an event does not stand alone.
func (w *briefWriter) weak(k *known) bool {
	return k.shown.Lang == w.o.Lang && w.opaque(k.text, k.shown.Lang)
}

// best chooses what matters most: what several origins tell and what is recalled
// later. The order of time stays.
func (w *briefWriter) best(all []*known) []*known {
	if w.o.Limit <= 0 || len(all) <= w.o.Limit {
		return all
	}
	weight := func(k *known) int {
		n := 0
		for _, r := range k.reports {
			n += b2i(r.Recalled)
		}
		n += 3 * w.origins(k)
		if k.shown.Lang == w.o.Lang {
			n += 2
		}
		if k.When.Precision() >= letopis.PrecisionDay {
			n++
		}
		if k.Kind == letopis.FindingEvent {
			n++
		}
		return n
	}
	ranked := slices.Clone(all)
	slices.SortStableFunc(ranked, func(a, b *known) int { return cmp.Compare(weight(b), weight(a)) })
	chosen := map[*known]bool{}
	for _, k := range ranked[:w.o.Limit] {
		chosen[k] = true
	}
	return slices.DeleteFunc(slices.Clone(all), func(k *known) bool { return !chosen[k] })
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}
