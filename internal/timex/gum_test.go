package timex

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"letopis"
	"letopis/internal/ud"
)

// TestGUM measures on English Wikinews with TEI dates: durations with a known end
// count there, and weeks and decades are written as days.
func TestGUM(t *testing.T) {
	f, err := os.Open(filepath.Join(shared(t), "data/gum_news/gum_news_train.jsonl"))
	if err != nil {
		t.Skip(err)
	}
	defer f.Close()
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 16<<20)
	set := testSet(t)
	fd, err := set.Lang("en")
	if err != nil {
		t.Fatal(err)
	}
	total := tally{}
	for sc.Scan() {
		var d struct {
			ID, Text, Date string
			Dates          []map[string]any
		}
		if err := json.Unmarshal(sc.Bytes(), &d); err != nil {
			t.Fatal(err)
		}
		var at []int
		for i := range d.Text {
			at = append(at, i)
		}
		at = append(at, len(d.Text))
		res := fd.Find(analysis(t, "en", d.Text), d.Text, Claim{Published: letopis.When(d.Date)})
		t.Logf("%s %s -> %s %s", d.ID, d.Date, res.Published.Value, res.Published.Rule)
		var gold, sys []spanValue
		for _, x := range d.Dates {
			v, _ := x["when"].(string)
			if v == "" {
				a, _ := x["from"].(string)
				b, _ := x["to"].(string)
				if a == "" {
					a, _ = x["notBefore"].(string)
					b, _ = x["notAfter"].(string)
				}
				v = a + "/" + b
			}
			gold = append(gold, spanValue{Span: ud.Span{Start: int32(at[int(x["start"].(float64))]), End: int32(at[int(x["end"].(float64))])}, value: v})
		}
		for _, x := range res.Dates {
			if x.Kind == Calendar {
				sys = append(sys, spanValue{Span: x.Span, value: string(x.Value)})
			}
		}
		c := compare(gold, sys, func(kind string, g, s *spanValue) {
			switch {
			case s == nil:
				t.Logf("%s %s: %s", kind, g.value, around(d.Text, g.Span))
			case g == nil:
				t.Logf("%s %s: %s", kind, s.value, around(d.Text, s.Span))
			default:
				t.Logf("%s pub %s want %s got %s: %s", kind, d.Date, g.value, s.value, around(d.Text, s.Span))
			}
		})
		total = tally{total.match + c.match, total.value + c.value, total.sys + c.sys, total.gold + c.gold}
	}
	t.Log(total)
	if d, v := total.f1(); d < 0.88 || v < 0.75 {
		t.Errorf("dates F1 %.3f, values F1 %.3f on GUM news: below 0.88 and 0.75", d, v)
	}
}
