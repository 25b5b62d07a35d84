package score

import (
	"math"
	"testing"

	"letopis"
)

const sidedText = "Полицията задържа протестиращи във Варшава. Иванова срещна Петров. Арестите ще продължат."

const sidedGold = `{"events2": [
 {"code": "COERCE", "trigger": {"text": "задържа", "occ": 1}, "again": [{"text": "Арестите", "occ": 1}],
  "source": [{"text": "Полицията", "occ": 1, "country": "POL", "basis": "place"}],
  "target": [{"text": "протестиращи", "occ": 1, "country": null, "basis": null}],
  "date": "2021-05-03", "modality": "actual", "recalled": false, "main": true},
 {"code": "CONSULT", "trigger": {"text": "срещна", "occ": 1}, "again": [],
  "source": [{"text": "Иванова", "occ": 1, "country": "BGR", "basis": "told"}], "target": [{"text": "Петров", "occ": 1, "country": "RUS", "basis": "told"}],
  "date": null, "modality": "actual", "recalled": true, "main": false}]}`

func sidedCase(t *testing.T) *Findings {
	t.Helper()
	f, err := ParseGold([]byte(sidedGold), sidedText)
	if err != nil {
		t.Fatal(err)
	}
	if !f.HasSided || len(f.Sided) != 2 {
		t.Fatalf("%+v", f)
	}
	return f
}

// sidedRecord finds the arrest by its further word with a target that nobody named the
// country of, and an assault where nothing happened.
func sidedRecord() *letopis.Record {
	at := func(word string) letopis.Range {
		p := locate(sidedText, goldSpan{Text: word})
		return letopis.Range{Span: p.Span, Text: word}
	}
	return &letopis.Record{Events: []letopis.Event{
		{Code: letopis.Coerce, SourceCountry: []string{"POL"}, TargetCountry: []string{"POL", "POL"}, Trigger: at("Арестите"), Date: "2021-05-09",
			Modality: letopis.Actual, Confidence: 0.8, Rule: "event.arrest"},
		{Code: letopis.Assault, SourceCountry: []string{"POL"}, Trigger: at("Варшава"), Confidence: 0.4, Rule: "event.strike"},
	}}
}

func TestSidedFigures(t *testing.T) {
	var b Board
	b.AddSided("bg", sidedCase(t), FromRecord(sidedRecord()))
	for _, want := range []struct {
		metric string
		value  float64
		n      int
	}{
		{"found", 0.5, 2}, {"code", 0.5, 2}, {"event", 0, 2}, {"soft", 0.35, 2},
		{"dyads", 0, 1}, {"interstate", 0, 1}, // a target without a country makes no dyad
		{"sides", 2.0 / 7, 4}, {"invented", 1.0 / 3, 3}, {"filled", 0, 2}, {"main", 0, 1},
		{"recalled", 1, 1}, {"modality", 1, 1}, {"date", 1, 1},
	} {
		f, ok := b.Lang("bg").Figure(want.metric)
		if !ok || math.Abs(f.Value()-want.value) > 1e-9 || f.N != want.n {
			t.Errorf("%s: %v of %d (%v), want %v of %d", want.metric, f.Value(), f.N, ok, want.value, want.n)
		}
	}
}

func TestSidedGoldAgainstItself(t *testing.T) {
	gold := sidedCase(t)
	gold.Damaged = true
	var b Board
	b.AddSided("bg", gold, gold)
	for _, f := range b.All().Figures() {
		want := 1.0
		if f.Metric == "invented" || f.Metric == "filled" {
			want = 0
		}
		if f.Value() != want {
			t.Errorf("%s is %v, want %v", f.Metric, f.Value(), want)
		}
		if f.Metric == "date" {
			t.Error("dates of a damaged article are asked for")
		}
	}
	b.AddSided("bg", gold, nil)
	if b.Missing != 1 || b.All().Articles != 2 {
		t.Errorf("%d missing of %d", b.Missing, b.All().Articles)
	}
	b.AddSided("bg", &Findings{}, gold)
	if b.All().Articles != 2 {
		t.Error("an article without events of version 2 in gold was counted")
	}
}

// TestPairSidedPrefers takes the same code before the nearer word, and sides before order.
func TestPairSidedPrefers(t *testing.T) {
	at := func(start int) []Place { return []Place{{Span: letopis.Span{Start: start, End: start + 5}, OK: true}} }
	gold := []SidedEvent{{Code: "AID", Triggers: at(10)}, {Code: "AGREE", Triggers: at(500), Source: []Actor{{Country: "BGR"}}}}
	sys := []SidedEvent{
		{Code: "AGREE", Triggers: at(10)}, {Code: "AID", Triggers: at(12)},
		{Code: "AGREE", Triggers: at(501)}, {Code: "AGREE", Triggers: at(699), Source: []Actor{{Country: "BGR"}}},
	}
	got := pairSided(gold, sys)
	if len(got) != 2 || got[0] != (matched{0, 1}) || got[1] != (matched{1, 3}) {
		t.Errorf("%v", got)
	}
	sys[3].Triggers = at(700) // too far for the same event by its sides alone
	if got = pairSided(gold, sys); got[1] != (matched{1, 2}) {
		t.Errorf("%v", got)
	}
}

// TestActorsWithoutCountry are the same where their words overlap, each once.
func TestActorsWithoutCountry(t *testing.T) {
	word := func(a, b int) Actor { return Actor{Words: letopis.Span{Start: a, End: b}} }
	gold, sys := []Actor{word(0, 5), word(10, 15)}, []Actor{word(-1, -1), word(3, 12), {Country: "POL"}}
	if n := inCommon(gold, sys); n != 1 {
		t.Errorf("%d in common, want 1", n)
	}
	if v := jaccard(gold, sys); v != 0.25 {
		t.Errorf("%v", v)
	}
	if inCommon([]Actor{word(-1, -1)}, []Actor{word(-1, -1)}) != 0 {
		t.Error("words that do not stand in the text are the same")
	}
}

// TestDamagedArticleIsNotAskedForDates holds for figures and for what is told of errors.
func TestDamagedArticleIsNotAskedForDates(t *testing.T) {
	g := parse(t, ParseGold, gold)
	g.Damaged = true
	sys := parse(t, ParseGold, gold)
	sys.Dates, sys.Events[0].Date = nil, "2001"
	var tally Tally
	tally.Add(g, sys)
	for _, metric := range []string{"dates", "dates.value", "event.date"} {
		if f, ok := tally.Figure(metric); ok {
			t.Errorf("%s: %+v", metric, f)
		}
	}
	if f, ok := tally.Figure("event.modality"); !ok || f.N != 1 {
		t.Errorf("modality is not asked for: %+v", f)
	}
	if errs := Errors("a", "bg", text, g, sys); len(errs) > 0 {
		t.Errorf("%+v", errs)
	}
}
