package ingest

import (
	"strings"
	"time"

	"letopis"
)

// layouts are the forms of dates that feeds, pages and archives use. Forms whose
// order of day and month is a matter of country (03/04/2020) are not among them.
var layouts = [...]string{
	"2006-1-2", "2006/1/2", "20060102", "2006.1.2",
	time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05", "2006-01-02 15:04:05 -0700 MST", "2006-01-02 15:04:05Z07:00",
	"2006-01-02 15:04:05", "2006-01-02 15:04", "2006/1/2 15:04:05",
	"2.1.2006", "2.1.2006 15:04", "2.1.2006 15:04:05", "2.1.2006, 15:04",
	time.RFC1123Z, time.RFC1123, "Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 MST", time.ANSIC, time.UnixDate,
	"January 2, 2006", "Jan 2, 2006", "2 January 2006", "2 Jan 2006", "2-Jan-2006",
}

// parsePublished reads a publication date as metadata write it. A clock time is
// dropped and the day kept as it is written, in the zone of the publisher.
func parsePublished(s string) (letopis.When, bool) {
	s = strings.TrimSpace(s)
	if len(s) > 64 {
		return "", false
	}
	if w, err := letopis.ParseWhen(s); err == nil && w != "" {
		if w.Precision() == letopis.PrecisionMinute {
			w = w[:len("2006-01-02")]
		}
		return w, true
	}
	for _, l := range layouts {
		if t, err := time.Parse(l, s); err == nil && t.Year() >= 1 && t.Year() <= 9999 {
			return letopis.When(t.Format("2006-01-02")), true
		}
	}
	return "", false
}
