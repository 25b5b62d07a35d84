package timex

import "fmt"

// gran is the granularity of a calendar value.
type gran uint8

const (
	gNone gran = iota
	gCentury
	gDecade
	gYear
	gHalf
	gSeason
	gQuarter
	gMonth
	gWeek
	gWeekend
	gDay
	gMinute
	gWeekday // a weekday that no week is known of yet
)

// cal is a place on the calendar. y is 0 where the year is not known yet (there
// is no year 0); a and b are, by granularity: half, season or quarter and
// nothing; month and nothing; ISO week and nothing (y is the ISO year); month and
// day; weekday (Monday is 1) and nothing. A weekend is named by its Saturday, a
// decade and a century by their first year.
type cal struct {
	gran   gran
	y      int32
	a, b   int8
	h, min int8
	wd     int8 // a weekday that stands beside a date, as a check on the year; 0 for none
}

// Civil days are counted from 1 March 0000; after Howard Hinnant,
// "chrono-Compatible Low-Level Date Algorithms".
func daysOf(y, m, d int) int {
	if m <= 2 {
		y--
		m += 12
	}
	era := floorDiv(y, 400)
	yoe := y - era*400
	doy := (153*(m-3)+2)/5 + d - 1
	return era*146097 + yoe*365 + yoe/4 - yoe/100 + doy
}

func civil(z int) (y, m, d int) {
	era := floorDiv(z, 146097)
	doe := z - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	d = doy - (153*mp+2)/5 + 1
	m = mp + 3
	y = yoe + era*400
	if m > 12 {
		m -= 12
		y++
	}
	return y, m, d
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}

// weekdayOf returns 1 for Monday to 7 for Sunday; day 0 (1 March 0000) was a Wednesday.
func weekdayOf(z int) int { return (z + 2) - floorDiv(z+2, 7)*7 + 1 }

func daysIn(y, m int) int {
	switch m {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

func dayCal(z int) cal {
	y, m, d := civil(z)
	return cal{gran: gDay, y: int32(y), a: int8(m), b: int8(d)}
}

// isoWeek returns the ISO year and week of a day.
func isoWeek(z int) (y, w int) {
	thursday := z - weekdayOf(z) + 4
	y, _, _ = civil(thursday)
	return y, (thursday-daysOf(y, 1, 1))/7 + 1
}

// ok reports whether the value is complete and exists on the calendar.
func (c cal) ok() bool {
	if c.y < 1 || c.y > 9999 {
		return false
	}
	switch c.gran {
	case gDay, gMinute, gWeekend:
		return c.a >= 1 && c.a <= 12 && c.b >= 1 && int(c.b) <= daysIn(int(c.y), int(c.a)) && c.h < 24 && c.min < 60
	case gMonth:
		return c.a >= 1 && c.a <= 12
	case gWeek:
		return c.a >= 1 && c.a <= 53
	case gHalf:
		return c.a >= 1 && c.a <= 2
	case gSeason, gQuarter:
		return c.a >= 1 && c.a <= 4
	case gYear:
		return true
	case gDecade, gCentury: // their last year must have four digits
		return c.y <= 9900
	}
	return false
}

// first returns the first day of the value.
func (c cal) first() int {
	y := int(c.y)
	switch c.gran {
	case gDay, gMinute, gWeekend:
		return daysOf(y, int(c.a), int(c.b))
	case gMonth:
		return daysOf(y, int(c.a), 1)
	case gWeek:
		jan4 := daysOf(y, 1, 4)
		return jan4 - weekdayOf(jan4) + 1 + (int(c.a)-1)*7
	case gQuarter:
		return daysOf(y, int(c.a)*3-2, 1)
	case gHalf:
		return daysOf(y, int(c.a)*6-5, 1)
	case gSeason: // 1 is winter, which begins in the December before
		if c.a == 1 {
			return daysOf(y-1, 12, 1)
		}
		return daysOf(y, int(c.a)*3-3, 1)
	}
	return daysOf(y, 1, 1)
}

// last returns the last day of the value.
func (c cal) last() int {
	switch c.gran {
	case gDay, gMinute:
		return c.first()
	case gWeekend:
		return c.first() + 1
	}
	return c.add(1, c.gran).first() - 1
}

// at returns the period of granularity g that holds a day.
func at(z int, g gran) cal {
	y, m, d := civil(z)
	c := cal{gran: g, y: int32(y)}
	switch g {
	case gDay, gMinute:
		c.gran, c.a, c.b = gDay, int8(m), int8(d)
	case gWeekend:
		c = dayCal(z - weekdayOf(z) + 6)
		c.gran = gWeekend
	case gMonth:
		c.a = int8(m)
	case gWeek:
		iy, w := isoWeek(z)
		c.y, c.a = int32(iy), int8(w)
	case gQuarter:
		c.a = int8((m + 2) / 3)
	case gHalf:
		c.a = int8((m + 5) / 6)
	case gSeason:
		c.a = int8(m%12/3 + 1)
		if m == 12 {
			c.y++
		}
	case gDecade:
		c.y -= c.y % 10
	case gCentury:
		c.y -= (c.y - 1) % 100
	}
	return c
}

// add shifts by n periods of granularity g and returns a value of that
// granularity; a value that is known more coarsely than g stays as it is.
func (c cal) add(n int, g gran) cal {
	if coarser(c.gran, g) {
		return c
	}
	z := c.first()
	switch g {
	case gDay, gMinute:
		return dayCal(z + n)
	case gWeek, gWeekend:
		return at(z+7*n, g)
	}
	c = at(z, g)
	switch g {
	case gMonth, gQuarter, gHalf, gSeason:
		per := map[gran]int{gMonth: 12, gQuarter: 4, gHalf: 2, gSeason: 4}[g]
		k := int(c.y)*per + int(c.a) - 1 + n
		c.y, c.a = int32(floorDiv(k, per)), int8(k-floorDiv(k, per)*per+1)
	case gYear:
		c.y += int32(n)
	case gDecade:
		c.y += int32(10 * n)
	case gCentury:
		c.y += int32(100 * n)
	}
	return c
}

// coarser reports whether a value of granularity a cannot tell which g it is in.
func coarser(a, g gran) bool {
	if g == gMinute {
		g = gDay
	}
	if a == gWeekend && g == gWeek {
		return false
	}
	return a < g
}

var seasonNames = [5]string{"", "WI", "SP", "SU", "FA"}

// String writes the value as a letopis.When; "" where it is not complete.
func (c cal) String() string {
	if !c.ok() {
		return ""
	}
	switch c.gran {
	case gYear:
		return fmt.Sprintf("%04d", c.y)
	case gMonth:
		return fmt.Sprintf("%04d-%02d", c.y, c.a)
	case gDay:
		return fmt.Sprintf("%04d-%02d-%02d", c.y, c.a, c.b)
	case gMinute:
		return fmt.Sprintf("%04d-%02d-%02dT%02d:%02d", c.y, c.a, c.b, c.h, c.min)
	case gWeek:
		return fmt.Sprintf("%04d-W%02d", c.y, c.a)
	case gQuarter:
		return fmt.Sprintf("%04d-Q%d", c.y, c.a)
	case gSeason:
		return fmt.Sprintf("%04d-%s", c.y, seasonNames[c.a])
	case gWeekend:
		return dayCal(c.first()).String() + "/" + dayCal(c.last()).String()
	case gHalf:
		return fmt.Sprintf("%04d-%02d/%04d-%02d", c.y, c.a*6-5, c.y, c.a*6)
	case gDecade:
		return fmt.Sprintf("%04d/%04d", c.y, c.y+9)
	case gCentury:
		return fmt.Sprintf("%04d/%04d", c.y, c.y+99)
	}
	return ""
}

// easter returns the day of Western Easter (anonymous Gregorian algorithm,
// Meeus, Astronomical Algorithms, chapter 8).
func easter(y int) int {
	a, b, c := y%19, y/100, y%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return daysOf(y, n/31, n%31+1)
}

// pascha returns the day of Orthodox Easter on the Gregorian calendar (Meeus's
// Julian algorithm, moved by the difference of the calendars).
func pascha(y int) int {
	a, b, c := y%4, y%7, y%19
	d := (19*c + 15) % 30
	e := (2*a + 4*b - d + 34) % 7
	n := d + e + 114
	return daysOf(y, n/31, n%31+1) + y/100 - y/400 - 2
}

// lunarDays holds month*100+day of Chinese New Year from 2000 on, as the
// conversion tables of the Hong Kong Observatory give it.
var lunarDays = [...]int16{205, 124, 212, 201, 122, 209, 129, 218, 207, 126, 214, 203, 123, 210, 131, 219, 208, 128, 216, 205,
	125, 212, 201, 122, 210, 129, 217, 206, 126, 213, 203, 123, 211, 131, 219, 208}

// lunarNewYear returns the day of Chinese New Year; 0 for a year not in the table.
func lunarNewYear(y int) int {
	if y < 2000 || y >= 2000+len(lunarDays) {
		return 0
	}
	n := int(lunarDays[y-2000])
	return daysOf(y, n/100, n%100)
}
