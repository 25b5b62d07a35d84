package timex

// TIMEX3 is the value as TimeML writes it (TIMEX3 of TimeML 1.2.1), which differs from
// a [letopis.When] for weekends, halves of years, decades and centuries, keeps the part of a
// day ("2020-03-07TMO"), and has references for vague times (PRESENT_REF). It is empty
// where the article's date would be needed and is not known.
func (t *Timex) TIMEX3() string {
	if t.Kind == Vague {
		return t.part
	}
	v, s := t.value, string(t.Value)
	if s == "" {
		return ""
	}
	switch v.gran {
	case gWeekend:
		y, w := isoWeek(v.first())
		return cal{gran: gWeek, y: int32(y), a: int8(w)}.String() + "-WE"
	case gHalf:
		return s[:4] + "-H" + string(rune('0'+v.a))
	case gDecade:
		return s[:3]
	case gCentury:
		return s[:2]
	case gDay:
		if t.part != "" && t.part != "MI" {
			return s + "T" + t.part
		}
	}
	return s
}
