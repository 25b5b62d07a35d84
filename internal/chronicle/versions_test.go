package chronicle

import (
	"testing"

	"letopis"
)

// Two origins that count otherwise stand side by side; a copy, a later word of the same
// origin, another thing that is counted and a day do not.
func TestVersions(t *testing.T) {
	north, south := &story{Origin: "Север", Key: "n"}, &story{Origin: "Юг", Key: "s"}
	tell := func(s *story, day letopis.When, text string) *member {
		at := letopis.Range{Span: letopis.Span{Start: 0, End: len([]rune(text))}, Text: text}
		x := &digester{rec: &letopis.Record{Dates: []letopis.Date{{Range: letopis.Range{Span: letopis.Span{Start: 0, End: 2}, Text: "12"}}}}}
		return &member{finding: &finding{Counts: x.counts(at)}, doc: &digest{Lang: "bg", Published: day, story: s}}
	}
	g := group{
		tell(north, "2020-10-01", "12 октомври: загинаха 10 войници и 3 цивилни"),
		tell(north, "2020-10-02", "12 октомври: загинаха 14 войници"),
		tell(south, "2020-10-02", "12 ноември: убити са 1 200 войника, 3 цивилни"),
		tell(south, "2020-10-01", "13 ноември"),
	}
	e := letopis.Entry{Versions: versions(g)}
	if got, want := e.Disputed(), "14 войници (Север) ≠ 1200 войници (Юг)"; got != want {
		t.Errorf("disputed is %q, want %q", got, want)
	}
	if v := versions(g[:2]); v != nil {
		t.Errorf("one origin contradicts itself: %v", v)
	}
}
