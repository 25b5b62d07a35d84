package timex

import (
	"cmp"
	"slices"
	"strings"

	"letopis"
	"letopis/internal/rule"
	"letopis/internal/ud"
)

// published decides the article's date: the user's word, else a dateline in the
// text, else the metadata unless the text contradicts it, else what can be
// concluded from what the text knows.
func (r *reader) published(claim Claim) Published {
	claimed := fromWhen(claim.Published)
	if claim.Given && claimed.gran != gNone {
		return Published{Value: claim.Published, Basis: letopis.BasisGiven, Rule: "given"}
	}
	if epoch(claim.Published) {
		claimed = cal{}
	}
	p := r.dateline(claimed)
	if p.Value == "" {
		p = r.anchored()
	}
	if p.Value == "" && claimed.gran != gNone && !r.contradicts(claimed, claim.Held) && !outOfOffice(claim.Held, claimed) {
		return Published{Value: claim.Published, Basis: letopis.BasisMetadata, Rule: "metadata"}
	}
	if p.Value == "" {
		p = r.infer(claim.Held)
	}
	if claim.Published != "" && p.Value != claim.Published {
		p.Overruled = claim.Published
	}
	return p
}

// contradicts reports whether the text speaks of another time than the claimed date: it tells
// as past what came well after it, or what it knows places it a year away or more.
func (r *reader) contradicts(claimed cal, held []Tenure) bool {
	return r.tellsLater(claimed) || r.elsewhere(claimed, held)
}

// Two times that hang on a verb of the past refute a claim that lies aYear before them or more, in
// days, and one full date does from twoYears on. Others take three: plans and terms are told with
// their dates too, and tense is read wrongly now and then.
const (
	aYear    = 366
	twoYears = 731
)

// tellsLater reports whether the text tells as past what came well after the claimed date.
func (r *reader) tellsLater(claimed cal) bool {
	none := r.setting(cal{})
	var later [3]cal
	n, far := 0, 0
	for i := range r.dates {
		m := &r.dates[i]
		c := r.f.rules[m.Rule]
		if c.kind != kDate {
			continue
		}
		v, second, relative := c.value.eval(&none, m.Caps[:])
		if relative || second.gran != gNone || v.gran != gMonth && v.gran < gDay || !v.ok() {
			continue
		}
		if v.first() <= claimed.last()+1 || slices.Contains(later[:n], v) || r.direction(m) != dirPast {
			continue
		}
		if later[n] = v; n == len(later)-1 {
			return true
		}
		if beyond := v.first() - claimed.last(); beyond > aYear && r.underPast(m) {
			if far++; far == 2 || v.gran >= gDay && beyond > twoYears {
				return true
			}
		}
		n++
	}
	return false
}

// underPast reports whether a time hangs on a verb of the past in the tree; participles serve
// conditions too, and what lasts until a time is a term.
func (r *reader) underPast(m *rule.Match) bool {
	sent := r.sentence(r.atoms[m.Start].Start)
	if r.a == nil || sent < 0 || sent >= len(r.a.Sentences) || m.Start > 0 && r.f.set.Is(r.atoms[m.Start-1:], r.f.till) {
		return false
	}
	s := &r.a.Sentences[sent]
	at := r.span(m)
	inside := func(w int) bool {
		t := &s.Tokens[s.Words[w].Token]
		return t.Start < at.End && at.Start < t.End
	}
	for w := 1; w < len(s.Words); w++ {
		if h := int(s.Words[w].Head); h > 0 && h < len(s.Words) && inside(w) && !inside(h) {
			u := s.Words[h].UPOS
			d, ok := r.f.tenseOf(s.Words, h)
			return (u == "VERB" || u == "AUX") && ok && d == dirPast && s.Words[h].Feats.Get("VerbForm") != "Part"
		}
	}
	return false
}

// elsewhere reports whether what the text knows (an anniversary, a weekday beside its date, who
// holds which office) places it a year or more from the claimed date, while it names no year
// nearer to it and no weekday that fits it.
func (r *reader) elsewhere(claimed cal, held []Tenure) bool {
	p := r.infer(held)
	if p.Value == "" {
		return false
	}
	begin, _, _ := strings.Cut(string(p.Value), "/")
	first, last := fromWhen(letopis.When(begin)).first(), fromWhen(p.Value).last()
	after := claimed.first() > last
	if claimed.first()-last < aYear && first-claimed.last() < aYear {
		return false
	}
	if slices.ContainsFunc(held, func(t Tenure) bool { return t.covers(claimed) }) {
		return false
	}
	for _, k := range r.facts() {
		if k.year != 0 && (after && k.year > int(fromWhen(p.Value).y) || !after && k.year <= int(claimed.y) && k.dir == dirFuture) || k.year == int(claimed.y) {
			return false
		}
		if k.year == 0 && k.weekday != 0 && k.day != 0 && fits(k, claimed) {
			return false
		}
	}
	return true
}

// fits reports whether the weekday of a date without a year is right where that date lies nearest
// to the claimed one.
func fits(k known, claimed cal) bool {
	const half = 183
	for y := claimed.y - 1; y <= claimed.y+1; y++ {
		c := cal{gran: gDay, y: y, a: int8(k.month), b: int8(k.day)}
		if d := c.first() - claimed.first(); c.ok() && d >= -half && d <= half {
			return weekdayOf(c.first()) == k.weekday
		}
	}
	return false
}

// epoch reports whether a claim is a clock's zero rather than a date.
func epoch(w letopis.When) bool {
	first, _, ok := w.Bounds()
	return ok && first.Year() <= 1970 && first.YearDay() <= 1
}

// headAtoms is how far the head of a text reaches: title, byline and stamp.
const headAtoms = 80

// dateline takes the first date that stands as the article's own.
func (r *reader) dateline(claimed cal) Published {
	for i := range r.marks {
		mark := &r.marks[i]
		if kind := r.f.rules[mark.Rule].kind; kind != kDateline && (kind != kStamp || mark.Start > headAtoms) {
			continue
		}
		// Findings do not overlap, so their ends are in order.
		j, _ := slices.BinarySearchFunc(r.dates, mark.Start+1, func(m rule.Match, at int32) int { return cmp.Compare(m.End, at) })
		for ; j < len(r.dates) && r.dates[j].Start < mark.End; j++ {
			m := &r.dates[j]
			c := r.f.rules[m.Rule]
			if c.kind != kDate {
				continue
			}
			ctx := r.setting(claimed)
			v, second, _ := c.value.eval(&ctx, m.Caps[:])
			if v.gran == gMinute {
				v.gran = gDay
			}
			if v.gran != gDay || !v.ok() || second.gran != gNone {
				continue
			}
			return Published{Value: letopis.When(v.String()), Basis: letopis.BasisText, Evidence: []ud.Span{r.span(m)}, Rule: mark.Rule.Name}
		}
	}
	return Published{}
}

// anchored finds a deictic day with its date beside it ("yesterday, 4 March 2014"),
// which tells the day of writing.
func (r *reader) anchored() Published {
	for i := 1; i < len(r.dates); i++ {
		a, b := &r.dates[i-1], &r.dates[i]
		if gap := b.Start - a.End; gap > 1 || gap == 1 && (r.atoms[a.End].Letter || r.atoms[a.End].Digits > 0) || r.atoms[b.Start].Para {
			continue
		}
		ca, cb := r.f.rules[a.Rule], r.f.rules[b.Rule]
		if ca.kind != kDate || cb.kind != kDate || !ca.deictic {
			continue
		}
		none := r.setting(cal{})
		day, _, relative := cb.value.eval(&none, b.Caps[:])
		if relative || day.gran != gDay || !day.ok() {
			continue
		}
		ctx := r.setting(day)
		told, _, _ := ca.value.eval(&ctx, a.Caps[:])
		if told.gran != gDay || !told.ok() {
			continue
		}
		pub := dayCal(2*day.first() - told.first())
		return Published{Value: letopis.When(pub.String()), Basis: letopis.BasisText, Evidence: []ud.Span{r.span(a), r.span(b)}, Rule: "anchored"}
	}
	return Published{}
}

func (r *reader) setting(pub cal) setting {
	return setting{pub: pub, ref: pub, include: r.f.include, values: r.f.set.Values}
}

func (r *reader) span(m *rule.Match) ud.Span {
	return ud.Span{Start: r.atoms[m.Start].Start, End: r.atoms[m.End-1].End}
}

// known is what one finding says about the article's date.
type known struct {
	m        *rule.Match
	sentence int
	month    int // 0 for none
	day      int
	year     int // 0 where it is not written
	weekday  int
	dir      direction
}

// infer concludes the article's date from what its text knows: months that are
// named without a year run up to it, and their year is told by an anniversary, by a
// weekday that fits the newest date that has one, or by who held which office.
func (r *reader) infer(held []Tenure) Published {
	facts := r.facts()
	newest, evidence, ok := newestMonth(facts)
	if !ok {
		return Published{}
	}
	year, more, rule := r.yearOf(facts, newest, held)
	if year == 0 {
		return Published{}
	}
	p := Published{Basis: letopis.BasisInferred, Rule: rule}
	for _, k := range evidence {
		p.Evidence = append(p.Evidence, r.span(k.m))
	}
	p.Evidence = append(p.Evidence, more...)
	slices.SortFunc(p.Evidence, func(a, b ud.Span) int { return int(a.Start - b.Start) })
	p.Evidence = slices.CompactFunc(p.Evidence, func(a, b ud.Span) bool { return a == b })
	last := cal{gran: gMonth, y: int32(year), a: int8(newest.month)}
	if newest.day == 0 {
		// A month named without a year is over: its successor is the earliest that
		// the text can be of, and where it is longer ago, one says the year.
		p.Value = letopis.When(last.add(1, gMonth).String())
		return p
	}
	day := last
	day.gran, day.b = gDay, int8(newest.day)
	p.Value = when(day, dayCal(day.first()+31))
	return p
}

// facts reads every finding as far as it needs no article date.
func (r *reader) facts() []known {
	var out []known
	for i := range r.dates {
		m := &r.dates[i]
		c := r.f.rules[m.Rule]
		if c.kind != kDate {
			continue
		}
		k := known{m: m, sentence: r.sentence(r.atoms[m.Start].Start), dir: r.direction(m)}
		none := r.setting(cal{})
		v, second, relative := c.value.eval(&none, m.Caps[:])
		switch {
		case second.gran != gNone && !relative:
			continue
		case !relative && v.ok() && v.gran != gDecade && v.gran != gCentury:
			k.year = int(v.y)
			if v.gran == gMonth || v.gran >= gDay {
				k.month, k.day = int(v.a), int(v.b)
			}
		case c.month < 0 || m.Rule.Cap("kr") >= 0 && m.Caps[m.Rule.Cap("kr")].Set || !m.Caps[c.month].Set:
			continue
		default:
			if k.month = int(m.Caps[c.month].Num); k.month < 1 || k.month > 12 {
				continue
			}
			if c.day >= 0 && m.Caps[c.day].Set {
				k.day = int(m.Caps[c.day].Num)
			}
			if c.weekday >= 0 && m.Caps[c.weekday].Set {
				k.weekday = int(m.Caps[c.weekday].Num)
			}
		}
		out = append(out, k)
	}
	return out
}

// newestMonth finds the months without a year that the text tells of as past, and
// which of them is the last before the article: the end of the shortest arc of the
// year that holds them all.
func newestMonth(facts []known) (known, []known, bool) {
	var has [13]bool
	var past []known
	for _, k := range facts {
		if k.year == 0 && k.month != 0 && k.dir != dirFuture {
			past = append(past, k)
			has[k.month] = true
		}
	}
	if len(past) == 0 {
		return known{}, nil, false
	}
	end, bestGap := 0, 0
	for m := 1; m <= 12; m++ {
		if !has[m] {
			continue
		}
		gap := 1
		for gap < 12 && !has[(m-1+gap)%12+1] {
			gap++
		}
		if gap > bestGap {
			end, bestGap = m, gap
		}
	}
	if bestGap < 4 { // the months go round the year: no telling which is the last
		return known{}, nil, false
	}
	newest := known{month: end}
	for _, k := range past {
		if k.month == end && k.day >= newest.day {
			newest = k
		}
	}
	return newest, past, true
}

// yearOf tells the year of the newest month.
func (r *reader) yearOf(facts []known, newest known, held []Tenure) (int, []ud.Span, string) {
	for i := range r.marks {
		m := &r.marks[i]
		if r.f.rules[m.Rule].kind != kAnniv {
			continue
		}
		year := r.anniversary(m)
		if year == 0 {
			continue
		}
		// A month of the anniversary's sentence is of its year; the newest month may
		// lie in the year after.
		sentence := r.sentence(r.atoms[m.Start].Start)
		for _, k := range facts {
			if k.sentence == sentence && k.year == 0 && k.month > newest.month {
				year++
				break
			}
		}
		return year, []ud.Span{r.span(m)}, m.Rule.Name
	}
	bound, at := 0, known{}
	for _, k := range facts {
		if k.year > bound && k.dir != dirFuture {
			bound, at = k.year, k
		}
	}
	if year := yearInOffice(held, newest.month, bound); year != 0 {
		var spans []ud.Span
		for i := range held {
			spans = append(spans, held[i].Span)
		}
		return year, spans, "offices"
	}
	if bound == 0 {
		return 0, nil, ""
	}
	for _, k := range facts {
		if k.year != 0 || k.weekday == 0 || k.day == 0 {
			continue
		}
		for y := bound; y < bound+5; y++ {
			c := cal{gran: gDay, y: int32(y), a: int8(k.month), b: int8(k.day)}
			if c.ok() && weekdayOf(c.first()) == k.weekday {
				return y, []ud.Span{r.span(k.m), r.span(at.m)}, "weekday"
			}
		}
	}
	return 0, nil, ""
}

// witnesses is how many people in office it takes to place a text: one may be
// called by an office of another time, or be newer than the tables.
const witnesses = 2

// yearInOffice returns the only year not before a bound in whose month all those
// named held their offices, or 0.
func yearInOffice(held []Tenure, month, bound int) int {
	if len(held) < witnesses {
		return 0
	}
	first, last := 1<<30, bound
	for i := range held {
		for _, x := range held[i].Terms {
			from, until := fromWhen(x[0]), fromWhen(x[1])
			if from.gran == gNone || until.gran == gNone {
				continue
			}
			first, last = min(first, int(from.y)), max(last, int(until.y))
		}
	}
	found := 0
	for y := max(first, bound); y <= last; y++ {
		c := cal{gran: gMonth, y: int32(y), a: int8(month)}
		if !c.ok() || slices.ContainsFunc(held, func(t Tenure) bool { return !t.covers(c) }) {
			continue
		}
		if found != 0 {
			return 0
		}
		found = y
	}
	return found
}

// outOfOffice reports whether a claimed date contradicts who holds which office in
// the text: at the claimed time nobody did, and there was a month when all did.
func outOfOffice(held []Tenure, claimed cal) bool {
	if len(held) <= witnesses || slices.ContainsFunc(held, func(t Tenure) bool { return t.covers(claimed) }) {
		return false
	}
	for i := range held {
		for _, x := range held[i].Terms {
			if c := fromWhen(x[0]); c.gran != gNone && !slices.ContainsFunc(held, func(t Tenure) bool { return !t.covers(c) }) {
				return true
			}
		}
	}
	return false
}

// anniversary returns the year in which an event has the anniversary, or 0.
func (r *reader) anniversary(m *rule.Match) int {
	n, e, b := m.Rule.Cap("n"), m.Rule.Cap("e"), m.Rule.Cap("b")
	if n < 0 || e < 0 || !m.Caps[e].Set || m.Caps[e].Value < 0 {
		return 0
	}
	ends, ok := r.f.history[r.f.set.Values[m.Caps[e].Value].Text]
	if !ok {
		return 0
	}
	from := ends[1]
	if b >= 0 && m.Caps[b].Set {
		from = ends[0]
	}
	return int(from.y) + int(m.Caps[n].Num)
}
