// Package timex finds expressions of calendar time in a text, places them on the
// calendar, and decides what date the text itself is of.
//
// What a language knows lies in its folder: word lists (time.tsv) and rules
// (dates.rules), each rule a pattern of package rule and a value in a small
// calendar algebra (expr.go); Go knows the calendar alone. Rules and words of
// lang/und hold for every language.
//
// Find goes in this order: cut into atoms → match all rules → keep the leftmost
// longest findings → decide the article's date (published.go) → resolve the
// findings in the order of the text against it.
package timex

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"letopis"
	"letopis/internal/rule"
	"letopis/internal/tsv"
	"letopis/internal/ud"
)

// Kind is what a finding is.
type Kind string

// The kinds of findings. Only a Calendar finding is a date of the record.
const (
	Calendar Kind = "date"
	Vague    Kind = "vague" // "now", "recently": a time that no calendar has
)

// Timex is an expression of time. Span is its bytes in the text.
type Timex struct {
	ud.Span
	Sentence int32 // of the analysis; -1 where it has no sentences
	Kind     Kind
	// Value is the time on the calendar; empty where it depends on the article's
	// date and that is unknown, and for vague ones.
	Value letopis.When
	Rule  string
	// Relative is true where the value depends on another date than what is
	// written: the article's or one named before.
	Relative bool

	value  cal
	second cal
	part   string // part of the day or a reference, as TimeML has them
}

// Claim is what is known of the article's date from outside its text.
type Claim struct {
	Published letopis.When
	// Given is true where the user says so, and the text is not asked.
	Given bool
	// Held are offices in which the text names people: it was written while all of
	// them held theirs.
	Held []Tenure
}

// Tenure is one person named in an office.
type Tenure struct {
	ud.Span // bytes of the text
	// Terms are the times the person held it, from and until (YYYY to YYYY-MM-DD);
	// an empty end is not known or not yet.
	Terms [][2]letopis.When
}

// covers reports whether one of the terms overlaps a time.
func (t *Tenure) covers(c cal) bool {
	for _, x := range t.Terms {
		from, until := fromWhen(x[0]), fromWhen(x[1])
		if (from.gran == gNone || from.first() <= c.last()) && (until.gran == gNone || until.last() >= c.first()) {
			return true
		}
	}
	return false
}

// Published is the article's date and what it rests on. Value is empty where it
// is not known.
type Published struct {
	Value    letopis.When
	Basis    letopis.Basis
	Evidence []ud.Span // bytes of the text
	// Overruled is the claim that the text contradicts, or "".
	Overruled letopis.When
	Rule      string
}

// Result is what Find makes of a text. Dates are in the order of the text and do
// not overlap.
type Result struct {
	Dates     []Timex
	Published Published
}

// Set is the time knowledge of all languages of a data folder.
type Set struct {
	fsys fs.FS
	mu   sync.Mutex
	lang map[string]*Finder
}

// Open returns the set of the languages under lang/ of fsys. A language's files
// are read when it is first asked for.
func Open(fsys fs.FS) (*Set, error) {
	if _, err := fs.Stat(fsys, "lang/und/dates.rules"); err != nil {
		return nil, &letopis.Error{Op: "open time rules", Kind: letopis.NotFound, Err: err}
	}
	return &Set{fsys: fsys, lang: map[string]*Finder{}}, nil
}

// Lang returns the finder of a language: the rules of lang/und and its own. A
// language without time rules has those of und alone.
func (s *Set) Lang(code string) (*Finder, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f, ok := s.lang[code]; ok {
		return f, nil
	}
	f, err := newFinder(s.fsys, code)
	if err != nil {
		return nil, err
	}
	s.lang[code] = f
	return f, nil
}

// Finder finds the times of texts in one language. It is safe for concurrent use.
type Finder struct {
	set      *rule.Set
	rules    map[*rule.Rule]*compiled
	include  map[int32]*expr
	history  map[string][2]cal // events that anniversaries count from: first and last year
	tenses   []tense
	future   rule.Class
	past     rule.Class
	clause   rule.Class // words that begin or end a clause
	till     rule.Class // words before the end of a term
	scratchs sync.Pool
}

// compiled is a rule with its value line.
type compiled struct {
	kind  ruleKind
	value *expr
	part  int // index of the capture named "part", or -1
	vague string
	// indices of the captures m, d and wdc, which stand for a written month, day
	// and weekday of a date; -1 for none
	month, day, weekday int
	year, kr            int  // of a written year, and of "last year" beside a month
	strict              bool // the value says past or future itself
	deictic             bool // the value is a word's alone: "yesterday"
}

type ruleKind uint8

const (
	kDate     ruleKind = iota
	kNone              // looks like a date and is none: a duration, an age, a set
	kVague             //
	kDateline          // the span holds the article's own date
	kStamp             // the same, where it stands at the head of the text
	kAnniv             // an anniversary: evidence of the year
)

var kinds = map[string]ruleKind{"": kDate, "date": kDate, "none": kNone, "vague": kVague, "dateline": kDateline, "stamp": kStamp, "anniversary": kAnniv}

func newFinder(fsys fs.FS, code string) (*Finder, error) {
	f := &Finder{set: rule.NewSet(), rules: map[*rule.Rule]*compiled{}, include: map[int32]*expr{}, history: map[string][2]cal{}}
	f.scratchs.New = func() any { return new(scratch) }
	var errs []error
	dirs := []string{"und"}
	if code != "und" && code != "" {
		dirs = append(dirs, code)
	}
	read := func(name string, add func(file, src string) []error) {
		for _, d := range dirs {
			file := "lang/" + d + "/" + name
			src, err := fs.ReadFile(fsys, file)
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				errs = append(errs, err)
				continue
			}
			errs = append(errs, add(file, string(src))...)
		}
	}
	read("time.tsv", f.set.AddWords)
	read("history.tsv", f.addHistory)
	slices.Reverse(dirs) // a language's own tenses come first
	read("tense.tsv", f.addTenses)
	slices.Reverse(dirs)
	read("dates.rules", f.set.AddRules)
	f.set.Compile()
	f.future, f.past = f.set.Class("future"), f.set.Class("past")
	f.clause = f.set.Class("clause")
	f.till = f.set.Class("till")
	for _, r := range f.set.Rules {
		if err := f.compile(r); err != nil {
			errs = append(errs, &rule.Error{Pos: r.ValuePos, Msg: "rule " + r.Name + ": " + err.Error()})
		}
	}
	f.compileValues()
	if len(errs) > 0 {
		return nil, &letopis.Error{Op: "time rules of " + code, Kind: letopis.Invalid, Err: errors.Join(errs...)}
	}
	return f, nil
}

func (f *Finder) compile(r *rule.Rule) error {
	kind, ok := kinds[r.Kind]
	if !ok {
		return fmt.Errorf("%q is no kind: there are date, none, vague, dateline, stamp and anniversary", r.Kind)
	}
	c := &compiled{kind: kind, part: r.Cap("part"), month: r.Cap("m"), day: r.Cap("d"), weekday: r.Cap("wdc"), year: r.Cap("y"), kr: r.Cap("kr")}
	f.rules[r] = c
	switch kind {
	case kVague:
		c.vague = r.Value
		return nil
	case kNone, kDateline, kStamp, kAnniv:
		return nil
	}
	if r.Value == "" {
		return errors.New("a date needs a value line")
	}
	e, err := parseExpr(r.Value, r.Cap)
	if err != nil {
		return err
	}
	c.value = e
	c.strict = slices.ContainsFunc(e.ops, func(o op) bool { return o.code == oPast || o.code == oFuture })
	c.deictic = len(e.ops) > 0 && e.ops[0].code == oInclude
	return nil
}

// compileValues parses the values of lists that are expressions themselves
// ("вчера": pub -1:d). Others are left alone.
func (f *Finder) compileValues() {
	for i, v := range f.set.Values {
		if v.IsNum || v.Text == "" {
			continue
		}
		if e, err := parseExpr(v.Text, func(string) int { return -1 }); err == nil {
			f.include[int32(i)] = e
		}
	}
}

// addHistory reads key TAB first year TAB last year.
func (f *Finder) addHistory(file, src string) []error {
	var errs []error
	for r, err := range tsv.Rows(file, src, tsv.Fields("key", "first", "last", "...")) {
		var ends [2]cal
		for i := 0; err == nil && i < 2; i++ {
			var w letopis.When
			w, err = letopis.ParseWhen(r.Field(i + 1))
			if ends[i] = fromWhen(w); err != nil || ends[i].gran == gNone {
				err = r.Errorf(i+1, "%q; a line of history is: key TAB first TAB last, as ISO dates", r.Field(i+1))
			}
		}
		if err != nil {
			errs = append(errs, err)
			continue
		}
		f.history[r.Field(0)] = ends
	}
	return errs
}

// fromWhen returns the calendar value of a When; gNone for none. An interval is
// taken by the finest period that holds its end.
func fromWhen(w letopis.When) cal {
	s := string(w)
	if i := strings.IndexByte(s, '/'); i >= 0 {
		if s = s[i+1:]; s == "" {
			s = string(w)[:i]
		}
	}
	first, _, ok := letopis.When(s).Bounds()
	if !ok {
		return cal{}
	}
	z := daysOf(first.Year(), int(first.Month()), first.Day())
	switch letopis.When(s).Precision() {
	case letopis.PrecisionYear:
		return at(z, gYear)
	case letopis.PrecisionSeason:
		return at(z, gSeason)
	case letopis.PrecisionQuarter:
		return at(z, gQuarter)
	case letopis.PrecisionMonth:
		return at(z, gMonth)
	case letopis.PrecisionWeek:
		return at(z, gWeek)
	}
	return dayCal(z)
}

// scratch is the memory of one Find, kept for the next.
type scratch struct {
	atoms   []rule.Atom
	matches []rule.Match
	dates   []rule.Match
	marks   []rule.Match // datelines and anniversaries
}

// Find returns the times of a text. a may be nil or hold no sentences; where it
// has tags, tense helps to decide on which side of the article's date a time lies.
func (f *Finder) Find(a *ud.Analysis, text string, claim Claim) Result {
	sc := f.scratchs.Get().(*scratch)
	defer f.scratchs.Put(sc)
	sc.atoms = f.set.Atomize(sc.atoms[:0], text)
	tag(sc.atoms, a)
	sc.matches = f.set.Match(sc.matches[:0], sc.atoms)
	sc.dates, sc.marks = sc.dates[:0], sc.marks[:0]
	for _, m := range sc.matches {
		switch f.rules[m.Rule].kind {
		case kDateline, kStamp, kAnniv:
			sc.marks = append(sc.marks, m)
		default:
			sc.dates = append(sc.dates, m)
		}
	}
	sc.dates = rule.Select(sc.dates)
	sc.marks = rule.Select(sc.marks)
	r := &reader{f: f, a: a, text: text, scratch: sc}
	r.sentences()
	res := Result{Published: r.published(claim)}
	res.Dates = r.resolve(fromWhen(res.Published.Value))
	return res
}

// tag gives the atoms the parts of speech of the words that begin at them.
func tag(atoms []rule.Atom, a *ud.Analysis) {
	if a == nil {
		return
	}
	i := 0
	for s := range a.Sentences {
		sent := &a.Sentences[s]
		for k := range sent.Tokens {
			tok := &sent.Tokens[k]
			for i < len(atoms) && atoms[i].Start < tok.Start {
				i++
			}
			if i == len(atoms) {
				return
			}
			if atoms[i].Letter && atoms[i].Start == tok.Start && int(tok.First) < len(sent.Words) {
				atoms[i].Tag = rule.Tag(string(sent.Words[tok.First].UPOS))
			}
		}
	}
}

// reader is one reading under way.
type reader struct {
	*scratch
	f    *Finder
	a    *ud.Analysis
	text string
	sent []int32 // begin bytes of sentences
}

// sentences takes the sentences of the analysis, or else cuts at full stops and
// line ends, which serves to look for a tense around an expression.
func (r *reader) sentences() {
	if r.a != nil && len(r.a.Sentences) > 0 {
		for i := range r.a.Sentences {
			r.sent = append(r.sent, r.a.Sentences[i].Start)
		}
		return
	}
	for i := range r.atoms {
		a := &r.atoms[i]
		if a.Line || i > 1 && a.Space && (a.Capital || !a.Letter && a.Digits == 0) && strings.IndexByte(".!?", r.text[r.atoms[i-1].Start]) >= 0 {
			r.sent = append(r.sent, a.Start)
		}
	}
}

// sentence returns the index of the sentence that holds a byte, and its atoms.
func (r *reader) sentence(at int32) int {
	i, ok := slices.BinarySearch(r.sent, at)
	if !ok {
		i--
	}
	return i
}

// atomsOf returns the range of atoms of a sentence.
func (r *reader) atomsOf(sentence int) (from, to int) {
	byStart := func(a rule.Atom, at int32) int { return cmp.Compare(a.Start, at) }
	to = len(r.atoms)
	if sentence >= 0 {
		from, _ = slices.BinarySearchFunc(r.atoms, r.sent[sentence], byStart)
	}
	if sentence+1 < len(r.sent) {
		to, _ = slices.BinarySearchFunc(r.atoms, r.sent[sentence+1], byStart)
	}
	return from, to
}

// resolve places the findings on the calendar in the order of the text.
func (r *reader) resolve(pub cal) []Timex {
	if len(r.dates) == 0 {
		return nil
	}
	out := make([]Timex, 0, len(r.dates))
	ctx := setting{pub: pub, ref: pub, include: r.f.include, values: r.f.set.Values}
	sent := -1
	for i := range r.dates {
		m := &r.dates[i]
		c := r.f.rules[m.Rule]
		if c.kind == kNone {
			continue
		}
		t := r.timex(m)
		if c.kind == kVague {
			t.Kind, t.part = Vague, c.vague
			out = append(out, t)
			continue
		}
		if k := r.sentence(r.atoms[m.Start].Start); k != sent {
			sent, ctx.here, ctx.year = k, cal{}, 0
		}
		if i > 0 && r.paragraph(r.dates[i-1].Start, m.Start) {
			ctx.day, ctx.near = cal{}, cal{}
		}
		ctx.dir = r.direction(m)
		use := &ctx
		if beside, ok := r.beside(&ctx, out, i); ok {
			use = &beside
		}
		t.value, t.second, t.Relative = c.value.eval(use, m.Caps[:])
		t.Value = when(t.value, t.second)
		if t.Value == "" && (pub.gran != gNone || !t.Relative) {
			continue // the 30th of February
		}
		if c.part >= 0 && m.Caps[c.part].Set {
			t.part = r.f.set.Values[max(0, m.Caps[c.part].Value)].Text
		}
		if t.value.ok() && t.value.gran >= gYear {
			ctx.ref, ctx.near = t.value, t.value
			if t.value.gran == gYear && !t.Relative {
				ctx.year = t.value.y
			}
			if t.value.gran >= gDay {
				ctx.day, ctx.lastDay = t.value, t.value
			}
			if !t.Relative || t.value.gran >= gMonth && t.value.gran != gWeek {
				ctx.here = t.value
			}
		}
		out = append(out, t)
	}
	return out
}

// beside gives a date without a year the year of the date it is told together
// with: "in May and June 2017", "on 15 November 2017 and 7 January", "in 2017 …
// and in May".
func (r *reader) beside(ctx *setting, done []Timex, i int) (setting, bool) {
	m, c := &r.dates[i], r.f.rules[r.dates[i].Rule]
	if !c.yearless(m) {
		return setting{}, false
	}
	s := *ctx
	if i+1 < len(r.dates) && r.joined(m, &r.dates[i+1]) {
		next := &r.dates[i+1]
		if v, ok := r.written(next); ok && v.gran >= gMonth {
			s.pub, s.dir = v, dirLast
			return s, true
		}
	}
	if i > 0 && len(done) > 0 && r.joined(&r.dates[i-1], m) {
		if v, ok := r.written(&r.dates[i-1]); ok && v.gran >= gMonth {
			s.pub, s.dir = v, dirNext
			return s, true
		}
	}
	if ctx.year != 0 {
		s.pub, s.dir = cal{gran: gYear, y: ctx.year}, dirUnknown
		return s, true
	}
	return setting{}, false
}

// joined reports whether no more than a conjunction and a preposition stand
// between two findings.
func (r *reader) joined(a, b *rule.Match) bool {
	return b.Start-a.End <= 2 && !r.paragraph(a.End-1, b.Start)
}

// written returns the value of a finding that needs no article date.
func (r *reader) written(m *rule.Match) (cal, bool) {
	c := r.f.rules[m.Rule]
	if c.kind != kDate {
		return cal{}, false
	}
	none := r.setting(cal{})
	v, second, relative := c.value.eval(&none, m.Caps[:])
	return v, !relative && second.gran == gNone && v.ok()
}

// yearless reports whether a match is a month, or a day of one, without a year.
func (c *compiled) yearless(m *rule.Match) bool {
	return c.kind == kDate && c.month >= 0 && m.Caps[c.month].Set &&
		!(c.year >= 0 && m.Caps[c.year].Set) && !(c.kr >= 0 && m.Caps[c.kr].Set) && !c.strict
}

// paragraph reports whether a paragraph begins between two atoms.
func (r *reader) paragraph(from, to int32) bool {
	for i := from + 1; i <= to; i++ {
		if r.atoms[i].Para {
			return true
		}
	}
	return false
}

func (r *reader) timex(m *rule.Match) Timex {
	t := Timex{Kind: Calendar, Rule: m.Rule.Name, Sentence: -1}
	t.Start, t.End = r.atoms[m.Start].Start, r.atoms[m.End-1].End
	if r.a != nil && len(r.a.Sentences) > 0 {
		t.Sentence = int32(r.sentence(t.Start))
	}
	return t
}

// when joins the ends of an interval, or is the first alone.
func when(first, second cal) letopis.When {
	a := first.String()
	if second.gran == gNone || a == "" {
		return letopis.When(a)
	}
	b := second.String()
	if a == "" || b == "" {
		return letopis.When(a + b)
	}
	aLeft, _, _ := strings.Cut(a, "/")
	if _, bRight, ok := strings.Cut(b, "/"); ok {
		b = bRight
	}
	w := letopis.When(aLeft + "/" + b)
	if !w.Valid() {
		return letopis.When(a)
	}
	return w
}
