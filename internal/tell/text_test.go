package tell

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"letopis"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden is a record in which every part of the text form occurs.
func golden() *letopis.Record {
	text := "СОФИЯ, 5 декември. /Агенция Хоризонт/ Посланикът на Китай Лин Вей каза, че двете държави ще подпишат договора.\n\n" +
		"„Няма да отстъпим пред натиска“, заяви той на среща с министъра Иван Петров. Припомняме, че през октомври Русия предложи преговори."
	rng := func(s string) letopis.Range {
		i := strings.Index(text, s)
		n := len([]rune(text[:i]))
		return letopis.Range{Span: letopis.Span{Start: n, End: n + len([]rune(s))}, Text: s}
	}
	ptr := func(s string) *letopis.Range { r := rng(s); return &r }
	name := func(s string) []letopis.Mention {
		return []letopis.Mention{{Range: rng(s), Form: letopis.FormName, Base: s}}
	}
	return &letopis.Record{
		Schema: letopis.Schema,
		Document: letopis.Document{
			ID: letopis.NewID(text, ""), GivenID: "a-1", URL: "https://vestnik.example/2020/12/05/a", Lang: "bg", Title: "Посланикът: няма да отстъпим", Text: text,
			Published:  letopis.Published{Value: "2020-12-05", Basis: letopis.BasisText, Evidence: []letopis.Range{rng("5 декември")}, Claimed: "1970-01-01", Rule: "published.dateline"},
			Provenance: []letopis.Source{{Role: letopis.RoleAgency, Name: "Хоризонт", Range: rng("Агенция Хоризонт"), Rule: "credit.slash"}, {Role: letopis.RolePublisher, Name: "Вестник"}},
		},
		Entities: []letopis.Entity{
			{ID: "e1", Type: letopis.Location, Name: "София", Country: "BGR", Mentions: []letopis.Mention{{Range: rng("СОФИЯ"), Form: letopis.FormName}}},
			{ID: "e2", Type: letopis.Location, Name: "Китай", Country: "CHN", Mentions: name("Китай"), Rule: "kb"},
			{ID: "e3", Type: letopis.Person, Name: "Лин Вей", Country: "CHN", Roles: []letopis.Post{{Text: "посланик на Китай", Sector: "GOV"}}, Mentions: name("Лин Вей"), Rule: "office"},
			{ID: "e4", Type: letopis.Person, Name: "Иван Петров", Country: "BGR", Mentions: name("Иван Петров")},
			{ID: "e5", Type: letopis.Location, Name: "Русия", Country: "RUS", Mentions: name("Русия")},
		},
		Dates: []letopis.Date{{Range: rng("5 декември"), Value: "2020-12-05", Rule: "day-month"}, {Range: rng("октомври"), Value: "2020-10", Rule: "month"}},
		Statements: []letopis.Statement{
			{ID: "s1", Kind: letopis.Indirect, Content: rng("двете държави ще подпишат договора"), Speaker: letopis.Speaker{Entity: "e3", Mention: ptr("Лин Вей")},
				Cue: ptr("каза"), Via: []string{"Хоризонт"}, Date: "2020-12-05", Confidence: 0.9, Rule: "say.that"},
			{ID: "s2", Kind: letopis.Direct, Content: rng("Няма да отстъпим пред натиска"), Speaker: letopis.Speaker{Mention: ptr("той")}, Cue: ptr("заяви"),
				Addressee: "e4", Occasion: ptr("на среща"), Date: "2020-12-04", Confidence: 0.8, Rule: "quote.after"},
			{ID: "s3", Kind: letopis.Mixed, Content: rng("преговори"), Recalled: true, Confidence: 0.5, Rule: "say.np"},
		},
		Events: []letopis.Event{
			{ID: "v1", Code: letopis.Consult, Mode: "meet", Source: []string{"e3"}, Target: []string{"e4"}, SourceCountry: []string{"CHN"}, TargetCountry: []string{"BGR"},
				Trigger: rng("среща"), Evidence: rng("„Няма да отстъпим пред натиска“, заяви той на среща с министъра Иван Петров."), Date: "2020-12-05", Place: "e1", Modality: letopis.Actual, Confidence: 0.7, Rule: "meet.noun"},
			{ID: "v2", Code: letopis.Request, Source: []string{"e5"}, SourceCountry: []string{"RUS"}, Trigger: rng("предложи"),
				Evidence: rng("Припомняме, че през октомври Русия предложи преговори."), Date: "2020-10", Modality: letopis.Actual, Recalled: true, Confidence: 0.6, Rule: "request.verb"},
			{ID: "v3", Code: letopis.Agree, Trigger: rng("подпишат"), Evidence: rng("двете държави ще подпишат договора"), Modality: letopis.Future, Confidence: 0.6, Rule: "sign.verb"},
		},
	}
}

func TestText(t *testing.T) {
	rec := golden()
	slices.SortFunc(rec.Events, func(a, b letopis.Event) int { return a.Trigger.Start - b.Trigger.Start })
	if err := rec.Validate(); err != nil {
		t.Fatal(err)
	}
	for name, o := range map[string]TextOptions{
		"en.txt": {Lang: "en", Width: 80}, "bg.txt": {Lang: "bg", Width: 80}, "explain.txt": {Lang: "en", Width: 100, Explain: true}, "narrow.txt": {Lang: "bg", Width: 40},
	} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			o.Quotes = [2]string{"„", "“"}
			if err := Text(&b, rec, o); err != nil {
				t.Fatal(err)
			}
			file := filepath.Join("testdata", name)
			if *update {
				if err := os.WriteFile(file, b.Bytes(), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if b.String() != string(want) {
				t.Errorf("got\n%s\nwant\n%s(-update writes it anew)", b.String(), want)
			}
			for line := range strings.Lines(b.String()) {
				if n := columns(strings.TrimSuffix(line, "\n")); n > o.Width {
					t.Errorf("%d columns: %s", n, line)
				}
			}
		})
	}
}

func TestTextOfNothing(t *testing.T) {
	for _, rec := range []*letopis.Record{{}, {Document: letopis.Document{Text: "   "}}, {
		Statements: []letopis.Statement{{Speaker: letopis.Speaker{Entity: "e9"}}}, Events: []letopis.Event{{Source: []string{"e9"}, Place: "e9"}}}} {
		var b bytes.Buffer
		if err := Text(&b, rec, TextOptions{Explain: true}); err != nil || b.Len() == 0 {
			t.Errorf("%q %v", b.String(), err)
		}
	}
}

// An article of which only the times were read shows them; one with findings shows them on request.
func TestTextOfDatesAlone(t *testing.T) {
	write := func(rec *letopis.Record, o TextOptions) string {
		var b bytes.Buffer
		o.Lang = "en"
		if err := Text(&b, rec, o); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	rec := golden()
	if got := write(rec, TextOptions{}); strings.Contains(got, "= 2020-10") {
		t.Errorf("times of an article with findings:\n%s", got)
	}
	rec.Statements, rec.Events = nil, nil
	got := write(rec, TextOptions{Quotes: [2]string{"„", "“"}})
	if !strings.Contains(got, "  „октомври“ = 2020-10\n") || strings.Contains(got, "Nothing was found.") || strings.Contains(got, "[month]") {
		t.Errorf("an article with times alone:\n%s", got)
	}
	if got := write(rec, TextOptions{Explain: true}); strings.Count(got, "= 2020-10 [month]") != 1 {
		t.Errorf("explained:\n%s", got)
	}
	rec.Dates = nil
	if got := write(rec, TextOptions{}); !strings.Contains(got, "Nothing was found.") {
		t.Errorf("an article with nothing:\n%s", got)
	}
}

// An article must not steer the terminal of its reader.
func TestTextIsHarmless(t *testing.T) {
	rec := golden()
	evil := "a\x1b]0;title\x07b\x1b[2Jc\u202ed\u2066e\u009bf\u200bg\rh"
	rec.Document.Title, rec.Document.URL, rec.Document.GivenID = evil, "https://x.example\x1b[2J/", evil
	for i := range rec.Entities {
		rec.Entities[i].Name = evil
	}
	for i := range rec.Statements {
		rec.Statements[i].Content.Text, rec.Statements[i].Rule = evil, evil
	}
	for i := range rec.Events {
		rec.Events[i].Trigger.Text, rec.Events[i].Mode = evil, evil
	}
	var b bytes.Buffer
	if err := Text(&b, rec, TextOptions{Explain: true}); err != nil {
		t.Fatal(err)
	}
	if i := strings.IndexAny(b.String(), "\x1b\x07\u202e\u2066\u009b\u200b\r"); i >= 0 {
		t.Errorf("%q", b.String()[max(0, i-20):i+20])
	}
}
