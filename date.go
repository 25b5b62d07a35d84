package letopis

// When is a calendar time in the ISO 8601 subset of the annotation guidelines:
// YYYY, YYYY-MM, YYYY-MM-DD, YYYY-Www, YYYY-Qn, YYYY-SP|SU|FA|WI,
// YYYY-MM-DDTHH:MM, or an interval A/B of two of them, either of which may be
// empty for an open end. The empty string is an unknown time.
type When string

// Date is a time expression of the text, placed on the calendar.
type Date struct {
	Range
	Value When   `json:"value"`
	Rule  string `json:"rule"`
}
