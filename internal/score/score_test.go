package score

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"letopis"
)

const text = "Посланик Иванова заяви: „Ще преговаряме през май“. Тя срещна Петров на 3 май, съобщи Ройтерс. Ще преговаряме през май."

const gold = `{
 "provenance": {"agencies": ["Ройтерс"]},
 "dates": [{"text": "май", "occ": 1, "value": "2021-05"}, {"text": "3 май", "value": "2021-05-03"}],
 "statements": [{"kind": "direct", "content": {"text": "Ще преговаряме през май", "occ": 1},
   "speaker": {"text": "Иванова", "occ": 1, "name": "Анна Иванова", "country": "BGR"}, "cue": {"text": "заяви", "occ": 1}, "date": "2021-05", "recalled": false}],
 "events": [{"code": "CONSULT", "source": ["BGR"], "target": ["RUS"], "trigger": {"text": "срещна", "occ": 1}, "date": "2021-05-03", "modality": "actual", "recalled": false}]
}`

func parse(t *testing.T, f func([]byte, string) (*Findings, error), data string) *Findings {
	t.Helper()
	x, err := f([]byte(data), text)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// rangeOf makes the range of the n-th occurrence of s in text.
func rangeOf(t *testing.T, s string, n int) letopis.Range {
	t.Helper()
	p := locate(text, goldSpan{Text: s, Occ: &n})
	if !p.OK {
		t.Fatalf("%q does not stand %d times in the text", s, n)
	}
	return letopis.Range{Span: p.Span, Text: s}
}

// record is a reading with one statement of another speaker and kind, one date
// wrong and one missed, the event's target wrong, and an agency in other spelling.
func record(t *testing.T) *letopis.Record {
	speaker := rangeOf(t, "Петров", 1)
	return &letopis.Record{
		Document: letopis.Document{Text: text, Provenance: []letopis.Source{{Role: letopis.RoleAgency, Name: "РОЙТЕРС"}, {Role: letopis.RolePublisher, Name: "Вестник"}}},
		Entities: []letopis.Entity{{ID: "e1", Name: "Петров", Mentions: []letopis.Mention{{Range: speaker}}}},
		Dates:    []letopis.Date{{Range: rangeOf(t, "3 май", 1), Value: "2021-05-03", Rule: "r"}, {Range: rangeOf(t, "май", 3), Value: "2021-05", Rule: "r"}},
		Statements: []letopis.Statement{{Kind: letopis.Mixed, Content: rangeOf(t, "Ще преговаряме през май", 1),
			Speaker: letopis.Speaker{Entity: "e1", Mention: &speaker}, Recalled: true, Rule: "s"}},
		Events: []letopis.Event{{Code: letopis.Consult, SourceCountry: []string{"BGR"}, TargetCountry: []string{"BLR"}, Trigger: rangeOf(t, "срещна", 1), Rule: "v"}},
	}
}

func TestScoreOfASmallRecord(t *testing.T) {
	var tally Tally
	tally.Add(parse(t, ParseGold, gold), FromRecord(record(t)))
	for _, want := range []struct {
		metric  string
		p, r, v float64
		n       int
	}{
		{"statements", 1, 1, 1, 1}, {"speaker", 0, 0, 0, 1}, {"kind", 0, 0, 0, 1}, {"recalled", 0, 0, 0, 1},
		{"quote.end2end", 0, 0, 0, 1}, {"statements.direct", 0, 0, 0, 1},
		{"dates", 0.5, 0.5, 0.5, 2}, {"dates.value", 0.5, 0.5, 0.5, 2},
		{"events", 0, 0, 0, 1}, {"events.actors", 0, 0, 0, 1}, {"events.code", 1, 1, 1, 1}, {"agencies", 1, 1, 1, 1},
	} {
		f, ok := tally.Figure(want.metric)
		if !ok {
			t.Errorf("%s: no figure", want.metric)
			continue
		}
		if !f.IsShare && (f.P != want.p || f.R != want.r) || f.Value() != want.v || f.N != want.n {
			t.Errorf("%s: %+v, want %+v", want.metric, f, want)
		}
	}
	if _, ok := tally.Figure("event.date"); ok {
		t.Error("event.date counts events that do not match")
	}
}

func TestGoldAgainstItselfIsPerfect(t *testing.T) {
	var tally Tally
	g := parse(t, ParseGold, gold)
	tally.Add(g, parse(t, ParseSystem, gold))
	for _, f := range tally.Figures() {
		if f.Value() != 1 {
			t.Errorf("%s: %v", f.Metric, f.Value())
		}
	}
	if errs := Errors("a", "bg", text, g, g); len(errs) > 0 {
		t.Errorf("errors of gold against itself: %+v", errs)
	}
}

func TestRecordFormatIsRecognised(t *testing.T) {
	b, err := json.Marshal(record(t))
	if err != nil {
		t.Fatal(err)
	}
	f := parse(t, ParseSystem, string(b))
	if len(f.Statements) != 1 || f.Statements[0].Rule != "s" || !slices.Equal(f.Agencies, []string{"ройтерс"}) || f.Events[0].Modality != "actual" {
		t.Errorf("%+v", f)
	}
	for _, bad := range []string{"", "[]", `{"document": 3}`, `{"statements": {}}`} {
		if _, err := ParseSystem([]byte(bad), text); letopis.KindOf(err) != letopis.Invalid {
			t.Errorf("%q: error %v, want one of kind invalid", bad, err)
		}
	}
}

func TestErrorsSayWhatAndWhere(t *testing.T) {
	errs := Errors("a1", "bg", text, parse(t, ParseGold, gold), FromRecord(record(t)))
	var got []string
	for _, x := range errs {
		got = append(got, x.Metric+" "+string(x.Outcome))
	}
	want := []string{"speaker wrong", "kind wrong", "recalled wrong", "dates missed", "dates spurious", "events missed", "events spurious"}
	if !slices.Equal(got, want) {
		t.Fatalf("got %v\nwant %v", got, want)
	}
	var b strings.Builder
	if err := WriteErrors(&b, errs, 1); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{
		"== events missed: 1 of 1", "is «Иванова» = Анна Иванова, read as «Петров»", "⟦срещна⟧", "CONSULT BGR → RUS, actual",
		"read here: CONSULT BGR → BLR, trigger «срещна» [v]", "is news (2021-05), read as recalled (no date)",
	} {
		if !strings.Contains(b.String(), part) {
			t.Errorf("no %q in\n%s", part, b.String())
		}
	}
}

func TestPairTakesTheBestFirstAndOfTiesTheLast(t *testing.T) {
	v := [][]float64{{0.6, 0.9}, {0.8, 0.9}}
	got := pair(2, 2, func(g, s int) float64 { return v[g][s] })
	if want := []matched{{1, 1}, {0, 0}}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestSameSpeakerByName(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"Алёна Семёнова", "СЕМЕНОВА", true}, {"г-н Ли", "Ван Ли", false}, {"Ли", "ли", true},
		{"Жан-Клод Юнкер", "Юнкер", true}, {"", "", false}, {"Петър Иванов", "Иван Петров", false},
	} {
		if got := sameSpeaker(&Statement{Names: []string{c.a}}, &Statement{Names: []string{c.b}}); got != c.want {
			t.Errorf("%q and %q: %v", c.a, c.b, got)
		}
	}
}

func TestLocateCountsCodePointsAndOverlaps(t *testing.T) {
	two, zero := 2, 0
	if p := locate("яаа а", goldSpan{Text: "а", Occ: &two}); !p.OK || p.Start != 2 || p.End != 3 {
		t.Errorf("%+v", p)
	}
	if p := locate("aaa", goldSpan{Text: "aa", Occ: &two}); !p.OK || p.Start != 1 {
		t.Errorf("%+v", p)
	}
	if p := locate("aaa", goldSpan{Text: "b"}); p.OK {
		t.Errorf("%+v", p)
	}
	if p := locate("aaa", goldSpan{Text: "a", Occ: &zero}); p.OK {
		t.Errorf("%+v", p)
	}
}

func FuzzParseSystem(f *testing.F) {
	f.Add([]byte(gold), text)
	f.Add([]byte(`{"document": {"text": "a"}, "statements": [{"content": {"start": 5, "end": -1}}], "dates": [{"start": 9, "end": 99}]}`), "a")
	f.Add([]byte(sidedGold), sidedText)
	f.Add([]byte(`{"dates": [{"text": "", "occ": 99}], "statements": [{"content": {"text": "\u00e9"}}]}`), "\xff\xc3")
	f.Fuzz(func(t *testing.T, data []byte, text string) {
		x, err := ParseSystem(data, text)
		if err != nil {
			return
		}
		var tally Tally
		var sided Board
		tally.Add(x, x)
		sided.AddSided("bg", x, x)
		for _, fig := range append(tally.Figures(), sided.All().Figures()...) {
			if v := fig.Value(); v < 0 || v > 1 {
				t.Fatalf("%s: %v", fig.Metric, v)
			}
		}
		for _, e := range Errors("x", "bg", text, x, &Findings{}) {
			_ = e.text()
		}
	})
}
