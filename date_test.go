package letopis

import (
	"testing"
	"time"
)

func TestWhenBounds(t *testing.T) {
	const day = "2006-01-02"
	for _, c := range []struct {
		in, first, last string
		p               Precision
	}{
		{"2020", "2020-01-01", "2020-12-31", PrecisionYear},
		{"2020-02", "2020-02-01", "2020-02-29", PrecisionMonth},
		{"2019-02-28", "2019-02-28", "2019-02-28", PrecisionDay},
		{"2018-W01", "2018-01-01", "2018-01-07", PrecisionWeek},
		{"2020-W53", "2020-12-28", "2021-01-03", PrecisionWeek},
		{"2020-Q3", "2020-07-01", "2020-09-30", PrecisionQuarter},
		{"2020-WI", "2019-12-01", "2020-02-29", PrecisionSeason},
		{"2020-FA", "2020-09-01", "2020-11-30", PrecisionSeason},
		{"2020-05-05/2020-05-07", "2020-05-05", "2020-05-07", PrecisionInterval},
		{"2004/2009", "2004-01-01", "2009-12-31", PrecisionInterval},
		{"2019-05/", "2019-05-01", "9999-12-31", PrecisionInterval},
		{"/2019-05", "0001-01-01", "2019-05-31", PrecisionInterval},
		{"2018-01-18T09:02", "2018-01-18", "2018-01-18", PrecisionMinute},
	} {
		w, err := ParseWhen(c.in)
		if err != nil {
			t.Errorf("%s: %v", c.in, err)
			continue
		}
		f, l, ok := w.Bounds()
		if !ok || f.Format(day) != c.first || l.Format(day) != c.last || w.Precision() != c.p {
			t.Errorf("%s: %s to %s, precision %d; want %s to %s, %d", c.in, f.Format(day), l.Format(day), w.Precision(), c.first, c.last, c.p)
		}
	}
	for _, bad := range []string{"20", "2020-13", "2019-02-29", "2019-W53", "2020-Q5", "2020-1", "/", "2020/2019", "0000", "2020-00-01",
		"2020-01-01T24:00", "2020-01-01 10:00", "2020-XX", "2020/2021/2022", "yesterday"} {
		if w, err := ParseWhen(bad); err == nil || w != "" || KindOf(err) != Invalid {
			t.Errorf("%q: got %q, %v; want an error of kind invalid", bad, w, err)
		}
	}
}

func TestWhenOrder(t *testing.T) {
	sorted := []When{"/2001", "2019", "2020-01-01", "2020-01", "2020", "2020-01-01T10:00", "2020-02", "", "bad"}
	for i := 1; i < len(sorted); i++ {
		if sorted[i-1].Compare(sorted[i]) >= 0 || sorted[i].Compare(sorted[i-1]) <= 0 {
			t.Errorf("%q must come before %q", sorted[i-1], sorted[i])
		}
	}
	if !When("2020").Contains("2020-05-01") || When("2020-05-01").Contains("2020") || When("").Contains("") {
		t.Error("Contains")
	}
	if !When("2020-W53").Overlaps("2021") || When("2020").Overlaps("2021") {
		t.Error("Overlaps")
	}
}

func FuzzWhen(f *testing.F) {
	for _, s := range []string{"2020", "2020-02-29", "2020-W53", "2020-Q1/2020-WI", "/2020", "2020-01-01T23:59", "2020-WI", "-", "2020-W1I"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		w, err := ParseWhen(s)
		if err != nil {
			return
		}
		if string(w) != s {
			t.Fatalf("%q became %q", s, w)
		}
		if s == "" {
			return
		}
		first, last, ok := w.Bounds()
		if !ok || last.Before(first) || first.Year() < 0 || last.Year() > 10000 || first.Location() != time.UTC {
			t.Fatalf("%q: %v to %v, %v", s, first, last, ok)
		}
		if w.Precision() == PrecisionNone || w.Compare(w) != 0 || !w.Contains(w) {
			t.Fatalf("%q: inconsistent", s)
		}
	})
}
