package page

import (
	"slices"
	"sort"
	"time"

	"letopis"
	"letopis/internal/kb"
	"letopis/internal/timex"
	"letopis/internal/ud"
)

// Moment is a time expression with a place in the calendar.
type Moment struct {
	ud.Span                  // bytes of the text; it may begin or end inside a token ("29.03.2019г.")
	First, Last int          // words, both included
	Value       letopis.When // as the record has it, never ""
	Rule        string       // name of the rule that found it
	From, To    time.Time    // the first day and that after the last
	Placed      bool         // From and To are known
}

// layTimes finds the time expressions and decides the article's own date.
func (pg *Page) layTimes() {
	claim := timex.Claim{Published: pg.Doc.Published.Value, Given: pg.Doc.Published.Basis == letopis.BasisGiven}
	if !claim.Given {
		claim.Held = pg.held()
	}
	res := pg.finder.Find(pg.Analysis, pg.Text, claim)
	for i := range res.Dates {
		d := &res.Dates[i]
		if d.Kind != timex.Calendar {
			continue
		}
		first, last := pg.at(d.Start), pg.at(d.End)-1
		// A finding may begin inside a token ("29.03.2019г.").
		if first > 0 && (first == len(pg.Words) || pg.Words[first].Start > d.Start) && pg.Words[first-1].End > d.Start {
			first--
		}
		if first >= len(pg.Words) {
			continue
		}
		x := Moment{Span: d.Span, First: first, Last: max(first, last), Value: d.Value, Rule: d.Rule}
		x.From, x.To, x.Placed = d.Value.Bounds()
		for k := x.First; k <= x.Last; k++ {
			pg.Words[k].Date = true
		}
		if d.Value != "" { // one that no date anchors is time all the same, but no date of the record
			pg.Times = append(pg.Times, x)
		}
	}
	sort.SliceStable(pg.Times, func(i, j int) bool { return pg.Times[i].First < pg.Times[j].First })
	p := res.Published
	pg.Published = letopis.Published{Value: p.Value, Basis: p.Basis, Claimed: p.Overruled, Rule: p.Rule}
	pg.PublishedBy = p.Evidence
}

// mendTimes hangs on the verb what a parser hangs on a time before it: "принял во вторник посла". A day has no
// people; they are the object of what is done on it.
func (pg *Page) mendTimes() {
	for i := range pg.Words {
		w := &pg.Words[i]
		if w.Date || w.Head < 0 || !w.Rel("nmod") || !pg.Words[w.Head].Date || w.Head > i || !pg.IsAnimate(i) || pg.Kid(i, "case") >= 0 {
			continue
		}
		v := pg.Words[w.Head].Head
		if v >= 0 && pg.Words[v].UPOS == "VERB" && pg.Kid(v, "obj") < 0 {
			w.Head, w.Deprel = v, "obj"
		}
	}
}

// maxHeld bounds the people in office that the article's date is asked of.
const maxHeld = 16

// held lists the people whom the text names in an office that the knowledge base
// knows them in ("германският канцлер Ангела Меркел"), each once.
func (pg *Page) held() []timex.Tenure {
	var out []timex.Tenure
	var seen []string
	for _, p := range pg.People {
		if len(out) == maxHeld || slices.Contains(seen, p.ID) {
			continue
		}
		office := pg.officeBefore(p.First)
		if office < 0 {
			continue
		}
		id := pg.Known[pg.Words[office].Known-1].ID
		t := timex.Tenure{Span: ud.Span{Start: pg.Words[office].Start, End: pg.Words[p.Last].End}}
		for _, x := range pg.KB.OfficesAt(p.ID, "/") {
			if "office/"+x.Office == id {
				t.Terms = append(t.Terms, [2]letopis.When{letopis.When(x.From), letopis.When(x.Until)})
			}
		}
		if len(t.Terms) > 0 {
			out, seen = append(out, t), append(seen, p.ID)
		}
	}
	return out
}

// officeBefore returns the word of the office that stands before the name at word k
// with at most its country between, or -1; "the former president X" has none.
func (pg *Page) officeBefore(k int) int {
	first := pg.Sentences[pg.Words[k].Sent].First
	at := -1
	for i := k - 1; i >= first && i >= k-5; i-- {
		t := &pg.Words[i]
		switch {
		case t.Punct() || t.UPOS == "VERB" || t.Is(Former|Past):
			return -1
		case at < 0 && t.Known > 0 && pg.Known[t.Known-1].Kind == kb.KindOffice:
			at = i
		}
	}
	return at
}

// TimeFrom returns the index of the first time that begins at word k or after it; the number of times where none does.
func (pg *Page) TimeFrom(k int) int {
	return sort.Search(len(pg.Times), func(t int) bool { return pg.Times[t].First >= k })
}

// freshDays is how old a dated item may be and still count as news: a weekly's
// reach, and the guidelines' "even when only days old" for background.
const freshDays = 2

// Past reports whether the time lies clearly before the news of the day anchor: a day by more than two, a
// month or year wholly. One that has no bounds does not.
func (x *Moment) Past(anchor time.Time) bool {
	if !x.Placed {
		return false
	}
	if x.Value.Precision() >= letopis.PrecisionWeek {
		return x.To.Before(anchor.AddDate(0, 0, -freshDays))
	}
	return x.To.Before(anchor)
}

// StartsWith reports whether sentence si has a word of a class among its first four,
// outside quotation marks.
func (pg *Page) StartsWith(si int, class Class) bool {
	s := pg.Sentences[si]
	for i := s.First; i < s.End && i < s.First+4; i++ {
		if pg.Lex.PhraseLen(pg.Words, i, class) > 0 && pg.Words[i].Quote < 0 {
			return true
		}
	}
	return false
}

// OpensDated reports whether sentence si has a time among its first four words, be it one that nothing
// places on the calendar.
func (pg *Page) OpensDated(si int) bool {
	s := pg.Sentences[si]
	for i := s.First; i < min(s.End, s.First+4); i++ {
		if pg.Words[i].Date {
			return true
		}
	}
	return false
}

// TimeOf returns the index of the time of what word k tells: the nearest in its clause outside the
// words i to j, half open, then the nearest of the sentence's head; or -1.
func (pg *Page) TimeOf(k, i, j int) int {
	s := pg.Sentences[pg.Words[k].Sent]
	lo, hi := pg.ClauseOf(k, s)
	best, bestDist := -1, 1<<30
	pred := pg.Predicate(k)
	for t := pg.TimeFrom(s.First); t < len(pg.Times) && pg.Times[t].First < s.End; t++ {
		x := &pg.Times[t]
		if x.First >= i && x.First < j || pg.timeOfThing(x) || pg.timeOfOther(x, k) {
			continue
		}
		d := max(x.First-k, k-x.First)
		at, told := pg.hangsOn(x)
		switch {
		case at == k:
			d = 0
		case at >= 0 && at == pred:
			d = min(d, 5)
		case x.First < lo || x.First >= hi:
			if x.First > s.First+4 {
				continue
			}
			d += 30
		case told >= 0 && pred >= 0 && told != pred && told != k:
			d += 10
		}
		if d < bestDist {
			best, bestDist = t, d
		}
	}
	return best
}

// Recurs reports whether the clause of word k tells what happens again and again
// ("провеждат учения всяка година"): it is no event of the article's day.
func (pg *Page) Recurs(k int) bool {
	lo, hi := pg.ClauseOf(k, pg.Sentences[pg.Words[k].Sent])
	for i := lo; i < hi; i++ {
		if pg.Words[i].UPOS != "ADJ" && pg.Lex.PhraseLen(pg.Words, i, Recurrent) > 0 { // "weekly talks" may be one of them
			return true
		}
	}
	return false
}

// Tense returns the time that verb k speaks of, by its form and its auxiliaries.
func (pg *Page) Tense(k int) timex.Tense {
	s := pg.Words[k].Sent
	return pg.finder.Tense(pg.Analysis.Sentences[s].Words, k-pg.Sentences[s].First+1)
}

// timeOfOther reports whether a time belongs to what went before or after the item at
// k: "after the verdict at the end of October riots broke out" leaves the riots without a day.
func (pg *Page) timeOfOther(x *Moment, k int) bool {
	noun := false
	for i := x.First - 1; i >= pg.Sentences[pg.Words[k].Sent].First && i > x.First-10; i-- {
		t := &pg.Words[i]
		switch {
		case i == k || t.UPOS == "VERB" || t.Punct():
			return false
		case t.Is(Beside):
			return noun
		}
		noun = noun || t.UPOS == "NOUN"
	}
	return false
}

// hangsOn returns the word that a time hangs on, and the verb over it; -1 for none.
func (pg *Page) hangsOn(x *Moment) (at, verb int) {
	at = x.First
	for n := 0; at >= x.First && at <= x.Last; n++ {
		if at = pg.Words[at].Head; at < 0 || n > x.Last-x.First {
			return -1, -1
		}
	}
	return at, pg.Predicate(at)
}

// EarlierAt reports whether a word of recollection stands just before word k:
// "который ранее заявлял".
func (pg *Page) EarlierAt(k int) bool {
	for i := k - 1; i >= 0 && i > k-4 && pg.Words[i].Sent == pg.Words[k].Sent; i-- {
		if pg.Lex.PhraseLen(pg.Words, i, Recall) > 0 {
			return true
		}
	}
	return false
}

// timeOfThing reports whether a time stands before a noun that it describes: "their
// 2001 treaty" tells when the treaty is from, not when something happens to it.
func (pg *Page) timeOfThing(x *Moment) bool {
	if !pg.Lex.Has(Compounds) || x.Last+1 >= len(pg.Words) || x.First == 0 || pg.Words[x.First-1].UPOS == "ADP" {
		return false
	}
	n := &pg.Words[x.Last+1]
	return (n.UPOS == "NOUN" || n.UPOS == "ADJ" || n.UPOS == "PROPN") && n.Sent == pg.Words[x.First].Sent && !n.Date
}
