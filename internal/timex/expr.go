package timex

import (
	"fmt"
	"strconv"
	"strings"

	"letopis/internal/rule"
)

// The calendar algebra of a rule's value line. A value is built from left to
// right; an operation whose capture the pattern did not fit is left out.
//
//	pub ref here             begin at the article's date; at the time last named in the text; at the
//	                         time last named in the sentence, or in the paragraph if the tense is past,
//	                         or else the article's date
//	y=A m=A d=A              year (two digits are 1950 to 2049), month, day
//	w=A wd=A wdcheck=A       ISO week; weekday, of the week if one is known; beside a date
//	weekend                  the weekend before or after the article's date
//	q=A s=A half=A           quarter; season (1 is winter); half year
//	dec=A cent=A             decade by its year or two digits; century by its number
//	h=A min=A pm=A           clock time; pm adds twelve hours from 1 to 11
//	nth=A:W                  the A-th weekday W of the month, the last for -1
//	+A:U -A:U                so many units on or back; a value is then as fine as the unit
//	@U                       the period of that unit
//	easter pascha lunar      the feast of the year
//	past future near dir     how a year or week that is missing is chosen; dir (by tense) is the default;
//	ahead                    the future unless the tense is past
//	told                     no time if it lies ahead although the tense is past: "freed after nine years"
//	within=A                 no time unless the interval's years are A apart
//	$x                       the value that the list gives the word, itself an expression
//	..                       ends the first part of an interval
//
// An operation with ?x after it is left out where the pattern did not fit x.
// A is a number, $x, or $x|1 with 1 where x is missing; U is one of
// min h d w we m q s half y dec cent, or $x.
type expr struct {
	ops []op
}

type opCode uint8

const (
	oPub opCode = iota
	oRef
	oHere
	oWeekend
	oYear
	oMonth
	oDay
	oWeek
	oWeekday
	oWeekdayCheck
	oQuarter
	oSeason
	oHalf
	oDecade
	oCentury
	oHour
	oMinute
	oPM
	oNth
	oWithin
	oShift
	oTrunc
	oEaster
	oPascha
	oLunar
	oPast
	oFuture
	oNear
	oDir
	oAhead
	oTold
	oInclude
	oTo
)

var opNames = map[string]opCode{"pub": oPub, "ref": oRef, "here": oHere, "weekend": oWeekend, "y": oYear, "m": oMonth, "d": oDay, "w": oWeek, "wd": oWeekday,
	"wdcheck": oWeekdayCheck, "q": oQuarter, "s": oSeason, "half": oHalf, "dec": oDecade, "cent": oCentury, "h": oHour,
	"min": oMinute, "pm": oPM, "nth": oNth, "within": oWithin, "easter": oEaster, "pascha": oPascha, "lunar": oLunar, "past": oPast,
	"future": oFuture, "near": oNear, "dir": oDir, "ahead": oAhead, "told": oTold, "..": oTo}

var unitNames = map[string]gran{"min": gMinute, "h": gMinute, "d": gDay, "w": gWeek, "we": gWeekend, "m": gMonth, "q": gQuarter,
	"s": gSeason, "half": gHalf, "y": gYear, "dec": gDecade, "cent": gCentury}

// arg is a number of an operation.
type arg struct {
	cap    int // index of a capture, -1 for a constant
	num    int // the constant, or what stands for a missing capture
	hasDef bool
}

type op struct {
	code opCode
	neg  bool
	arg  arg
	unit gran // of a shift or period; gNone where unitCap gives it
	ucap int
	only int // capture that must be there, or -1
	wd   int // of nth
}

// parseExpr reads a value line. capOf gives the index of a capture, or -1.
func parseExpr(src string, capOf func(string) int) (*expr, error) {
	e := &expr{}
	for _, f := range strings.Fields(src) {
		o, err := parseOp(f, capOf)
		if err != nil {
			return nil, err
		}
		e.ops = append(e.ops, o)
	}
	if len(e.ops) > 40 {
		return nil, fmt.Errorf("a value has at most 40 operations")
	}
	return e, nil
}

func parseOp(f string, capOf func(string) int) (op, error) {
	o := op{ucap: -1, only: -1, arg: arg{cap: -1}}
	var err error
	if i := strings.IndexByte(f, '?'); i > 0 {
		if o.only = capOf(f[i+1:]); o.only < 0 {
			return o, fmt.Errorf("the pattern has no capture %q", f[i+1:])
		}
		f = f[:i]
	}
	switch {
	case f[0] == '$':
		o.code = oInclude
		o.arg, err = parseArg(f, capOf)
		return o, err
	case f[0] == '@':
		o.code = oTrunc
		return o, o.setUnit(f[1:], capOf)
	case f[0] == '+' || f[0] == '-':
		o.code, o.neg = oShift, f[0] == '-'
		a, u, ok := strings.Cut(f[1:], ":")
		if !ok {
			return o, fmt.Errorf("%q: a shift is written +1:d", f)
		}
		if o.arg, err = parseArg(a, capOf); err != nil {
			return o, err
		}
		return o, o.setUnit(u, capOf)
	}
	name, a, hasArg := strings.Cut(f, "=")
	code, ok := opNames[name]
	if !ok || hasArg != (code >= oYear && code <= oWithin) {
		return o, fmt.Errorf("%q is no operation of the calendar", f)
	}
	o.code = code
	if code == oNth {
		var w string
		a, w, _ = strings.Cut(a, ":")
		if o.wd, err = strconv.Atoi(w); err != nil || o.wd < 1 || o.wd > 7 {
			return o, fmt.Errorf("%q: nth is written nth=4:1 with Monday as 1", f)
		}
	}
	if hasArg {
		o.arg, err = parseArg(a, capOf)
	}
	return o, err
}

func (o *op) setUnit(u string, capOf func(string) int) error {
	if strings.HasPrefix(u, "$") {
		if o.ucap = capOf(u[1:]); o.ucap < 0 {
			return fmt.Errorf("the pattern has no capture %q", u[1:])
		}
		return nil
	}
	var ok bool
	if o.unit, ok = unitNames[u]; !ok {
		return fmt.Errorf("%q is no unit", u)
	}
	return nil
}

func parseArg(s string, capOf func(string) int) (arg, error) {
	if !strings.HasPrefix(s, "$") {
		n, err := strconv.Atoi(s)
		if err != nil || n < -9999 || n > 9999 {
			return arg{}, fmt.Errorf("%q is no number", s)
		}
		return arg{cap: -1, num: n}, nil
	}
	name, def, hasDef := strings.Cut(s[1:], "|")
	a := arg{cap: capOf(name), hasDef: hasDef}
	if a.cap < 0 {
		return a, fmt.Errorf("the pattern has no capture %q", name)
	}
	if hasDef {
		n, err := strconv.Atoi(def)
		if err != nil || n < -9999 || n > 9999 {
			return a, fmt.Errorf("%q is no number", def)
		}
		a.num = n
	}
	return a, nil
}

// direction says on which side of the article's date a time lies.
type direction uint8

const (
	dirUnknown direction = iota // the nearer, rather the past
	dirPast
	dirFuture
	dirPresent // the nearer
	dirLast    // past for certain, as "last" says
	dirNext    // future for certain
	dirTill    // past tense, but a term to come: "gave them time until May"
)

// setting is what a value is resolved against.
type setting struct {
	pub, ref cal   // gNone where unknown
	here     cal   // last named in the sentence
	near     cal   // last named in the paragraph
	day      cal   // the day last named in the paragraph
	lastDay  cal   // the day last named in the text
	year     int32 // last written in the sentence without a month, or 0
	dir      direction
	include  map[int32]*expr // of list values, by index into rule.Set.Values
	values   []rule.Value
}

// state is an evaluation under way.
type state struct {
	ctx  *setting
	caps []rule.Capture
	v    cal
	mode direction
	fail bool // it needs the article's date, which is unknown
	ref  bool // it began at the time last named
	bad  bool // it is no time after all
	rel  bool // it looked at another date than what is written
	to   bool
	from cal
}

// eval returns the value of a match, or an incomplete one where the article's
// date is needed and unknown. second is set for an interval.
func (e *expr) eval(ctx *setting, caps []rule.Capture) (first, second cal, relative bool) {
	s := state{ctx: ctx, caps: caps, mode: ctx.dir}
	s.run(e, 0)
	s.settle()
	if s.fail {
		return cal{}, cal{}, true
	}
	if s.bad {
		return cal{}, cal{}, false
	}
	if s.to {
		return s.from, s.v, s.rel
	}
	return s.v, cal{}, s.rel
}

func (s *state) run(e *expr, depth int) {
	for i := range e.ops {
		if s.fail || depth > 2 {
			return
		}
		o := &e.ops[i]
		n, has := s.arg(o)
		if !has {
			continue
		}
		if o.code == oInclude {
			if sub := s.ctx.include[s.caps[o.arg.cap].Value]; sub != nil {
				s.run(sub, depth+1)
			}
			continue
		}
		s.do(o, n)
	}
}

// arg returns the operation's number and whether its captures are there.
func (s *state) arg(o *op) (int, bool) {
	if o.ucap >= 0 && !s.caps[o.ucap].Set || o.only >= 0 && !s.caps[o.only].Set {
		return 0, false
	}
	if o.arg.cap < 0 {
		return o.arg.num, true
	}
	c := &s.caps[o.arg.cap]
	if !c.Set {
		return o.arg.num, o.arg.hasDef
	}
	return int(c.Num), true
}

func (s *state) do(o *op, n int) {
	v := &s.v
	switch o.code {
	case oPub:
		s.need(s.ctx.pub)
	case oRef:
		s.ref = true
		if s.ctx.ref.gran != gNone {
			s.need(s.ctx.ref)
		} else {
			s.need(s.ctx.pub)
		}
	case oHere:
		switch {
		case s.ctx.here.gran != gNone:
			s.need(s.ctx.here)
		case s.ctx.near.gran != gNone && s.ctx.dir == dirPast:
			s.ref = true
			s.need(s.ctx.near)
		default:
			s.need(s.ctx.pub)
		}
	case oWeekend:
		*v = cal{gran: gWeekend}
	case oYear:
		if n < 100 {
			n += 1900
			if n < 1950 {
				n += 100
			}
		}
		v.y = int32(n)
		if v.gran == gNone {
			v.gran = gYear
		}
	case oMonth:
		v.gran, v.a, v.b = gMonth, int8(n), 0
	case oDay:
		if v.gran != gMonth {
			v.a = 0
		}
		v.gran, v.b = gDay, int8(n)
	case oWeek:
		v.gran, v.a = gWeek, int8(n)
	case oWeekday:
		if v.gran == gWeek {
			*v = dayCal(v.first() + n - 1)
		} else {
			*v = cal{gran: gWeekday, a: int8(n)}
		}
	case oWeekdayCheck:
		v.wd = int8(n)
	case oQuarter:
		v.gran, v.a = gQuarter, int8(n)
	case oSeason:
		v.gran, v.a = gSeason, int8(n)
	case oHalf:
		v.gran, v.a = gHalf, int8(n)
	case oDecade:
		s.decade(n)
	case oCentury:
		*v = cal{gran: gCentury, y: int32((n-1)*100 + 1)}
	case oHour, oMinute, oPM:
		s.clock(o.code, n)
	case oNth:
		s.nth(n, o.wd)
	case oShift, oTrunc:
		s.shift(o, n)
	case oEaster, oPascha, oLunar:
		s.feast(o.code)
	case oPast:
		s.mode = dirLast
	case oFuture:
		s.mode = dirNext
	case oNear:
		s.mode = dirUnknown
	case oDir:
		s.mode = s.ctx.dir
	case oTold:
		s.settle()
		p := s.ctx.pub
		s.bad = s.bad || (s.mode == dirPast || s.ref && s.mode != dirFuture) && p.gran != gNone && s.v.ok() && s.v.first() > p.last()
	case oWithin:
		s.settle()
		s.bad = s.bad || !s.to || s.v.y-s.from.y != int32(n)
	case oAhead:
		if s.mode == dirPast {
			s.mode = dirTill
		} else {
			s.mode = dirFuture
		}
	case oTo:
		s.settle()
		s.from, s.to, s.v = s.v, true, cal{}
	}
}

// need begins at c, which may be unknown.
func (s *state) need(c cal) {
	if c.gran == gNone {
		s.fail = true
	}
	s.v, s.rel = c, true
}

func (s *state) decade(n int) {
	if n < 100 {
		n += 1900
		if n < 1930 {
			n += 100 // "the 20s" of our century
		}
	}
	s.bad = n%10 != 0
	s.v = cal{gran: gDecade, y: int32(n)}
}

func (s *state) clock(code opCode, n int) {
	s.settle()
	if s.fail {
		return
	}
	if s.v.gran == gNone {
		s.need(s.ctx.pub)
		if s.ctx.day.gran != gNone {
			s.v, s.fail = s.ctx.day, false
		}
	}
	if s.v.gran != gDay && s.v.gran != gMinute {
		return // a clock time of an unknown day is the day's period
	}
	switch code {
	case oHour:
		s.v.h, s.v.min = int8(min(n, 24)), 0
		if n == 24 {
			s.v.h = 0
		}
	case oMinute:
		s.v.min = int8(min(n, 99))
	case oPM:
		if n == 12 && s.v.h < 12 {
			s.v.h += 12
		} else if n == 0 && s.v.h == 12 {
			s.v.h = 0
		}
	}
	s.v.gran = gMinute
}

func (s *state) nth(n, wd int) {
	s.settle()
	if s.fail || s.v.gran != gMonth || !s.v.ok() {
		return
	}
	first, last := s.v.first(), s.v.last()
	z := first + (wd-weekdayOf(first)+7)%7 + (n-1)*7
	if n < 0 {
		z = last - (weekdayOf(last)-wd+7)%7
	}
	s.v = dayCal(z)
}

func (s *state) shift(o *op, n int) {
	s.settle()
	if s.fail || !s.v.ok() {
		return
	}
	g := o.unit
	if o.ucap >= 0 {
		g = unitNames[s.ctx.unitText(s.caps[o.ucap])]
	}
	if g == gNone {
		return
	}
	if o.code == oTrunc {
		n = 0
	}
	if o.neg {
		n = -n
	}
	if g == gDay && s.ref && coarser(s.v.gran, g) {
		// "The same day" after "in 2018" is the day that was named before that.
		if s.v = s.ctx.day; s.v.gran == gNone {
			s.v = s.ctx.lastDay
		}
		if s.v.gran == gNone {
			s.bad = true
			return
		}
	}
	if g == gMinute {
		n /= 24 // hours, to the day
	}
	s.v = s.v.add(n, g)
}

func (s *state) feast(code opCode) {
	day := easter
	switch code {
	case oPascha:
		day = pascha
	case oLunar:
		day = lunarNewYear
	}
	if s.v.y != 0 {
		s.v = feastCal(day(int(s.v.y)))
		return
	}
	s.choose(func(y int) cal { return feastCal(day(y)) })
}

func feastCal(z int) cal {
	if z == 0 {
		return cal{}
	}
	return dayCal(z)
}

// settle gives a value whose year or week is missing the one that direction and
// nearness to the article's date choose.
func (s *state) settle() {
	v := s.v
	switch {
	case s.fail || v.gran == gNone:
		return
	case v.y == 0:
		s.rel = true
	}
	switch {
	case v.gran == gWeekday:
		s.weekday(int(v.a))
	case v.gran == gWeekend && v.y == 0:
		s.weekend()
	case v.gran == gDay && v.a == 0:
		s.dayOfMonth(int(v.b))
	case v.y == 0 && s.to && s.from.ok(): // "5 May to 7 June" share their year
		s.v.y = s.from.y
		if s.v.ok() && s.v.last() < s.from.first() {
			s.v.y++
		}
	case v.y == 0:
		s.choose(func(y int) cal {
			c := v
			c.y = int32(y)
			return c
		})
	}
}

func (s *state) weekday(wd int) {
	p := s.ctx.pub
	if p.gran != gDay && p.gran != gMinute {
		s.fail = p.gran == gNone
		s.v = p
		return
	}
	z := p.first()
	back := (weekdayOf(z) - wd + 7) % 7
	if back > 0 && (s.mode == dirFuture || s.mode == dirNext || (s.mode == dirPresent || s.mode == dirTill) && back > 3) {
		back -= 7
	}
	s.v = dayCal(z - back)
}

// weekend takes the one before, on Sunday and Saturday the one at hand, unless
// the tense or the end of the week speaks for the one to come.
func (s *state) weekend() {
	p := s.ctx.pub
	if p.gran != gDay && p.gran != gMinute {
		s.fail = p.gran == gNone
		s.v = p
		return
	}
	z := p.first()
	if s.mode == dirPast || s.mode == dirLast || (s.mode == dirUnknown || s.mode == dirPresent) && weekdayOf(z) < 4 {
		z -= 5
	}
	s.v = at(z, gWeekend)
}

// dayOfMonth places "the 5th" in the month of the last time named, or near the article's date.
func (s *state) dayOfMonth(d int) {
	base := s.ctx.pub
	if s.ctx.ref.gran >= gMonth {
		base = s.ctx.ref
	}
	if coarser(base.gran, gMonth) {
		s.fail = base.gran == gNone
		s.v = cal{}
		return
	}
	c := at(base.first(), gMonth)
	c.gran, c.b = gDay, int8(d)
	if s.mode != dirFuture && s.mode != dirNext && base == s.ctx.pub && base.gran == gDay && c.ok() && c.first() > base.first() {
		c = at(base.first(), gMonth).add(-1, gMonth)
		c.gran, c.b = gDay, int8(d)
	}
	s.v = c
}

// A time without a year is more often past than to come, and seldom far from the
// article's date; a tense turns that round, but not against a much nearer year.
// The figures are days: a line through what the news of gold/dev shows.
type line struct{ slope, base int }

func (l line) cost(days int) int { return days*l.slope + l.base }

var (
	ahead  = [...]line{dirUnknown: {4, 10}, dirPast: {5, 60}, dirFuture: {1, 0}, dirPresent: {3, 10}, dirLast: {1, 4000}, dirNext: {1, 0}, dirTill: {1, 0}}
	behind = [...]line{dirUnknown: {1, 0}, dirPast: {1, 0}, dirFuture: {8, 60}, dirPresent: {1, 0}, dirLast: {1, 0}, dirNext: {1, 4000}, dirTill: {2, 0}}
)

// choose takes the year for which make gives the wanted time.
func (s *state) choose(make func(y int) cal) {
	p := s.ctx.pub
	if p.gran == gNone {
		s.fail = true
		return
	}
	first, last := p.first(), p.last()
	y, _, _ := civil(first)
	wd := int(s.v.wd)
	best, bestCost := cal{}, 1<<30
	for _, year := range [...]int{y, y - 1, y + 1, y - 2, y + 2} {
		c := make(year)
		if !c.ok() {
			continue
		}
		cost := 0
		switch {
		case c.first() > last:
			cost = ahead[s.mode].cost(c.first() - last)
		case c.last() < first:
			cost = behind[s.mode].cost(first - c.last())
		case s.mode == dirLast || s.mode == dirNext: // "last March" in March
			cost = 400
		}
		if wd != 0 && c.gran == gDay && weekdayOf(c.first()) != wd {
			cost += 5000
		}
		if cost < bestCost {
			best, bestCost = c, cost
		}
	}
	s.v = best
}

// unitText returns the unit that a list gives a word.
func (c *setting) unitText(capture rule.Capture) string {
	if capture.Value < 0 || int(capture.Value) >= len(c.values) {
		return ""
	}
	return c.values[capture.Value].Text
}
