package kb

import (
	"time"

	"letopis/internal/tsv"
)

// checkDate complains about a cell that is not empty, YYYY, YYYY-MM or YYYY-MM-DD.
func checkDate(r tsv.Row, col int) error {
	s := r.Field(col)
	if s == "" || s == "-" || isDate(s) {
		return nil
	}
	return r.Errorf(col, "date %q, want YYYY, YYYY-MM or YYYY-MM-DD", s)
}

func isDate(s string) bool {
	switch len(s) {
	case 4, 7, 10:
	default:
		return false
	}
	num := func(a, b, lo, hi int) bool {
		n := 0
		for _, c := range []byte(s[a:b]) {
			if c < '0' || c > '9' {
				return false
			}
			n = n*10 + int(c-'0')
		}
		return n >= lo && n <= hi
	}
	if !num(0, 4, 1000, 2999) || len(s) >= 7 && (s[4] != '-' || !num(5, 7, 1, 12)) {
		return false
	}
	if len(s) < 10 {
		return true
	}
	_, err := time.Parse(time.DateOnly, s) // the 31st of February is none
	return err == nil
}
