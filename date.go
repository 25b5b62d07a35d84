package letopis

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// When is a calendar time in the ISO 8601 subset of the annotation guidelines:
// YYYY, YYYY-MM, YYYY-MM-DD, YYYY-Www, YYYY-Qn, YYYY-SP|SU|FA|WI,
// YYYY-MM-DDTHH:MM, or an interval A/B of two of them, either of which may be
// empty for an open end. The empty string is an unknown time.
//
// Seasons are those of the northern hemisphere's weather reports: SP is March to
// May, SU June to August, FA September to November, and WI of a year January,
// February and the December before.
type When string

// Precision is how finely a [When] is known. The order is from coarse to fine.
type Precision int

// The precisions. PrecisionInterval is that of every A/B, however fine its ends.
const (
	PrecisionNone Precision = iota
	PrecisionInterval
	PrecisionYear
	PrecisionSeason
	PrecisionQuarter
	PrecisionMonth
	PrecisionWeek
	PrecisionDay
	PrecisionMinute
)

// The first and last instants of years 1 to 9999: what an open interval is bounded by.
var (
	firstInstant = time.Date(1, time.January, 1, 0, 0, 0, 0, time.UTC)
	lastInstant  = time.Date(9999, time.December, 31, 23, 59, 59, 999999999, time.UTC)
)

var errWhen = errors.New("not a time of the form YYYY, YYYY-MM, YYYY-MM-DD, YYYY-Www, YYYY-Qn, YYYY-SP, YYYY-MM-DDTHH:MM or A/B")

// ParseWhen checks s and returns it as a When. The error is of kind Invalid.
// The empty string is the unknown time and is valid.
func ParseWhen(s string) (When, error) {
	if s == "" {
		return "", nil
	}
	if _, _, err := bounds(s); err != nil {
		return "", &Error{Op: fmt.Sprintf("time %.40q", s), Kind: Invalid, Err: err}
	}
	return When(s), nil
}

// Valid reports whether w is a well-formed time or empty.
func (w When) Valid() bool {
	_, err := ParseWhen(string(w))
	return err == nil
}

// Bounds returns the first and the last instant of w, both inclusive and in UTC.
// An open end reaches to the year 1 or 9999. ok is false where w is empty or malformed.
func (w When) Bounds() (first, last time.Time, ok bool) {
	if w == "" {
		return time.Time{}, time.Time{}, false
	}
	first, last, err := bounds(string(w))
	return first, last, err == nil
}

// Precision returns how finely w is known; PrecisionNone where w is empty or malformed.
func (w When) Precision() Precision {
	if w == "" || !w.Valid() {
		return PrecisionNone
	}
	s := string(w)
	switch {
	case strings.IndexByte(s, '/') >= 0:
		return PrecisionInterval
	case len(s) == 4:
		return PrecisionYear
	case len(s) == 16:
		return PrecisionMinute
	case len(s) == 10:
		return PrecisionDay
	case s[5] == 'W' && s[6] != 'I':
		return PrecisionWeek
	case s[5] == 'Q':
		return PrecisionQuarter
	case s[5] > '9':
		return PrecisionSeason
	}
	return PrecisionMonth
}

// Compare orders times by their first instant, then the finer before the
// coarser (by last instant), then by spelling. Unknown and malformed times come last.
func (w When) Compare(v When) int {
	wf, wl, wok := w.Bounds()
	vf, vl, vok := v.Bounds()
	switch {
	case wok && !vok:
		return -1
	case !wok && vok:
		return 1
	case wok && vok:
		if c := wf.Compare(vf); c != 0 {
			return c
		}
		if c := wl.Compare(vl); c != 0 {
			return c
		}
	}
	return strings.Compare(string(w), string(v))
}

// Contains reports whether all of v lies within w.
func (w When) Contains(v When) bool {
	wf, wl, wok := w.Bounds()
	vf, vl, vok := v.Bounds()
	return wok && vok && !vf.Before(wf) && !vl.After(wl)
}

// Overlaps reports whether w and v share an instant.
func (w When) Overlaps(v When) bool {
	wf, wl, wok := w.Bounds()
	vf, vl, vok := v.Bounds()
	return wok && vok && !vf.After(wl) && !wf.After(vl)
}

// bounds parses a non-empty time.
func bounds(s string) (first, last time.Time, err error) {
	a, b, interval := strings.Cut(s, "/")
	if !interval {
		return point(s)
	}
	if a == "" && b == "" {
		return first, last, errors.New("an interval needs at least one end")
	}
	first, last = firstInstant, lastInstant
	if a != "" {
		if first, _, err = point(a); err != nil {
			return first, last, err
		}
	}
	if b != "" {
		if _, last, err = point(b); err != nil {
			return first, last, err
		}
	}
	if last.Before(first) {
		return first, last, errors.New("an interval must not end before it begins")
	}
	return first, last, nil
}

// seasonStart is the first month of each season; WI begins in the December before.
var seasonStart = map[string]int{"SP": 3, "SU": 6, "FA": 9, "WI": 0}

// point parses a time that is not an interval.
func point(s string) (first, last time.Time, err error) {
	year, ok := digits(s, 0, 4)
	if !ok || year == 0 || len(s) > 4 && s[4] != '-' {
		return first, last, errWhen
	}
	switch len(s) {
	case 4:
		return span(date(year, 1, 1), 1, 0, 0)
	case 7:
		tail := s[5:]
		if m, ok := seasonStart[tail]; ok {
			return span(date(year, m, 1), 0, 3, 0)
		}
		if tail[0] == 'Q' && tail[1] >= '1' && tail[1] <= '4' {
			return span(date(year, int(tail[1]-'1')*3+1, 1), 0, 3, 0)
		}
		if m, ok := digits(s, 5, 2); ok && m >= 1 && m <= 12 {
			return span(date(year, m, 1), 0, 1, 0)
		}
	case 8:
		if week, ok := digits(s, 6, 2); ok && s[5] == 'W' && week >= 1 && week <= 53 {
			monday := isoWeek(year, week)
			if y, w := monday.ISOWeek(); y == year && w == week {
				return span(monday, 0, 0, 7)
			}
		}
	case 10, 16:
		return dayOrMinute(s, year)
	}
	return first, last, errWhen
}

func dayOrMinute(s string, year int) (first, last time.Time, err error) {
	m, okm := digits(s, 5, 2)
	d, okd := digits(s, 8, 2)
	if !okm || !okd || s[7] != '-' {
		return first, last, errWhen
	}
	t := date(year, m, d)
	if d == 0 || m == 0 || t.Day() != d || int(t.Month()) != m {
		return first, last, errWhen
	}
	if len(s) == 10 {
		return span(t, 0, 0, 1)
	}
	h, okh := digits(s, 11, 2)
	min, okn := digits(s, 14, 2)
	if !okh || !okn || s[10] != 'T' || s[13] != ':' || h > 23 || min > 59 {
		return first, last, errWhen
	}
	first = t.Add(time.Duration(h)*time.Hour + time.Duration(min)*time.Minute)
	return first, first.Add(time.Minute - 1), nil
}

func span(first time.Time, years, months, days int) (time.Time, time.Time, error) {
	return first, first.AddDate(years, months, days).Add(-1), nil
}

func date(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }

// isoWeek returns the Monday of an ISO 8601 week: week 1 holds 4 January.
func isoWeek(year, week int) time.Time {
	t := date(year, 1, 4)
	back := (int(t.Weekday()) + 6) % 7
	return t.AddDate(0, 0, (week-1)*7-back)
}

// digits reads n ASCII digits of s at i.
func digits(s string, i, n int) (int, bool) {
	if len(s) < i+n {
		return 0, false
	}
	v := 0
	for _, c := range []byte(s[i : i+n]) {
		if c < '0' || c > '9' {
			return 0, false
		}
		v = v*10 + int(c-'0')
	}
	return v, true
}

// Date is a time expression of the text, placed on the calendar.
type Date struct {
	Range
	Value When   `json:"value"`
	Rule  string `json:"rule"`
}
