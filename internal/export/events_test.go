package export

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go"

	"letopis"
	"letopis/internal/locale"
	"letopis/internal/onto"
)

// world is a meeting told by two articles, an accusation of unknown day, and a statement.
func world() (*Chronicle, []*letopis.Entry) {
	text := "Ван И се срещна с Лавров в Пекин.\n\nСАЩ\tобвиниха Китай. „Ще работим заедно“, каза Лавров."
	at := func(s string) letopis.Range {
		i := strings.Index(text, s)
		start := utf8.RuneCountInString(text[:i])
		return letopis.Range{Span: letopis.Span{Start: start, End: start + utf8.RuneCountInString(s)}, Text: s}
	}
	rec := &letopis.Record{Schema: letopis.Schema, Reading: letopis.Reading{Program: "letopis test"},
		Document: letopis.Document{ID: "doc1", URL: "https://a.example/1", Lang: "bg", Title: "Среща", Text: text, Published: letopis.Published{Value: "2020-12-03"}},
		Entities: []letopis.Entity{
			{ID: "e1", KB: "person/wang-yi", Type: letopis.Person, Name: "Ван И", Latin: "Wang Yi", Country: "CHN", Roles: []letopis.Post{{Text: "министърът", Sector: "GOV"}},
				Mentions: []letopis.Mention{{Range: at("Ван И"), Form: letopis.FormName}}},
			{ID: "e2", Type: letopis.Person, Name: "Лавров", Latin: "Lavrov", Country: "RUS", Mentions: []letopis.Mention{{Range: at("Лавров"), Form: letopis.FormName}}},
			{ID: "e3", Type: letopis.Location, Name: "Пекин", Country: "CHN", Mentions: []letopis.Mention{{Range: at("Пекин"), Form: letopis.FormName}}},
		},
		Events: []letopis.Event{
			{ID: "v1", Code: letopis.Consult, Context: []string{"diplomatic"}, CAMEO: "043", Goldstein: 2.8, Source: []string{"e1"}, Target: []string{"e2"}, Trigger: at("срещна"),
				Evidence: at("Ван И се срещна с Лавров в Пекин."), Place: "e3", Confidence: 0.875},
			{ID: "v2", Code: letopis.Accuse, Trigger: at("обвиниха"), Evidence: at("САЩ\tобвиниха Китай."), Confidence: 0.5},
		},
		Statements: []letopis.Statement{{ID: "s1", Kind: letopis.Direct, Content: at("Ще работим заедно")}},
	}
	other := *rec
	other.Document.ID, other.Document.URL = "doc2", ""
	wang := letopis.Party{KB: "person/wang-yi", Type: letopis.Person, Name: "Ван И", Latin: "Wang Yi", Country: "CHN"}
	lavrov := letopis.Party{Type: letopis.Person, Name: "Лавров", Latin: "Lavrov", Country: "RUS"}
	report := func(doc letopis.ID, item, url string) letopis.Report {
		return letopis.Report{Item: letopis.Item{Doc: doc, Item: item}, Origin: "ТАСС", Publisher: "Вестник " + string(doc), URL: url, Lang: "bg", Published: "2020-12-03"}
	}
	entries := []*letopis.Entry{
		{ID: "n1", Kind: letopis.FindingEvent, When: "2020-12-02", Code: letopis.Consult, Modality: letopis.Actual, Source: []letopis.Party{wang}, Target: []letopis.Party{lavrov},
			SourceCountry: []string{"CHN"}, TargetCountry: []string{"RUS"}, Place: "Пекин", Where: &letopis.Place{ID: "capital/CHN", Latin: "Beijing", Kind: "city", Coordinates: &letopis.Coordinates{Lat: 39.91, Lon: 116.4}, GeoNames: "1816670", Unit: "CN-BJ", Country: "CHN"},
			Text: rec.Events[0].Evidence.Text, Lang: "bg", Origins: 1, Confidence: 0.875,
			Reports: []letopis.Report{report("doc1", "v1", "https://a.example/1"), report("doc2", "v1", "")}},
		{ID: "n2", Kind: letopis.FindingEvent, When: "2020-11", Code: letopis.Accuse, Modality: letopis.Future, SourceCountry: []string{"USA"}, TargetCountry: []string{"CHN"},
			Text: rec.Events[1].Evidence.Text, Lang: "bg", Recalled: true, Origins: 1, Reports: []letopis.Report{report("doc1", "v2", "https://a.example/1")}},
		{ID: "n3", Kind: letopis.FindingStatement, When: "2020-12-03", Source: []letopis.Party{lavrov}, SourceCountry: []string{"RUS"}, TargetCountry: []string{}, Text: "Ще работим заедно",
			Lang: "bg", Words: letopis.Direct, Speaker: "Лавров", Origins: 1, Reports: []letopis.Report{report("doc1", "s1", "https://a.example/1")}},
	}
	return chronicleOf(entries, map[letopis.ID]*letopis.Record{"doc1": rec, "doc2": &other}), entries
}

// shipped is the ontology of the data folder; without it every value would be empty, and the tests fail.
func shipped() *onto.Ontology {
	o, err := onto.Open(os.DirFS("../../data"))
	if err != nil {
		return nil
	}
	return o
}

func chronicleOf(entries []*letopis.Entry, recs map[letopis.ID]*letopis.Record) *Chronicle {
	return &Chronicle{
		Entries: func(yield func(*letopis.Entry, error) bool) {
			for _, e := range entries {
				if !yield(e, nil) {
					return
				}
			}
		},
		Record: func(_ context.Context, id letopis.ID) (*letopis.Record, error) {
			if r := recs[id]; r != nil {
				return r, nil
			}
			return nil, errors.New("no record of " + string(id))
		},
		Conllu: func(_ context.Context, w io.Writer, d *letopis.Document) error {
			_, err := fmt.Fprintf(w, "# newdoc id = %s\n1\tx\t_\t_\t_\t_\t0\troot\t_\t_\n\n", d.ID)
			return err
		},
		Onto: shipped(),
	}
}

func written(t *testing.T, name string) []byte {
	t.Helper()
	f, err := FormatOf(name)
	if err != nil {
		t.Fatal(err)
	}
	var all [2]bytes.Buffer
	for i := range all {
		c, _ := world()
		if err := f.Write(t.Context(), &all[i], c); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(all[0].Bytes(), all[1].Bytes()) {
		t.Errorf("%s: written twice, other bytes", name)
	}
	return all[0].Bytes()
}

// table reads a file of tabs back, by the names of its columns.
func table(t *testing.T, name string, columns []string, header bool) []map[string]string {
	t.Helper()
	var rows []map[string]string
	for i, line := range strings.Split(strings.TrimSuffix(string(written(t, name)), "\n"), "\n") {
		fields := strings.Split(line, "\t")
		if len(fields) != len(columns) {
			t.Fatalf("%s: line %d has %d columns, want %d: %q", name, i+1, len(fields), len(columns), line)
		}
		if i == 0 && header {
			if !slices.Equal(fields, columns) {
				t.Errorf("%s: header %q", name, fields)
			}
			continue
		}
		row := map[string]string{}
		for j, f := range fields {
			row[columns[j]] = f
		}
		rows = append(rows, row)
	}
	return rows
}

func holds(t *testing.T, what string, row map[string]string, want ...string) {
	t.Helper()
	for i := 0; i < len(want); i += 2 {
		if got, ok := row[want[i]]; !ok || got != want[i+1] {
			t.Errorf("%s: %s is %q, want %q", what, want[i], got, want[i+1])
		}
	}
}

func TestPOLECAT(t *testing.T) {
	if len(POLECATColumns) != 40 {
		t.Fatalf("%d columns", len(POLECATColumns))
	}
	rows := table(t, "polecat", POLECATColumns, true)
	if len(rows) != 2 {
		t.Fatalf("%d rows", len(rows))
	}
	holds(t, "meeting", rows[0], "Event ID", "n1", "Event Date", "2020-12-02", "Event Type", "CONSULT", "Event Mode", "None", "Event Intensity", "2.5", "Quad Code", "VERBAL COOPERATION",
		"Contexts", "diplomatic", "Actor Name", "Wang Yi", "Actor Country", "CHN", "Actor COW", "None", "Primary Actor Sector", "GOV", "Actor Title", "министърът", "Actor Name Raw", "Ван И",
		"Recipient Name", "Lavrov", "Recipient Country", "RUS", "Placename", "Beijing", "City", "Beijing", "Province", "CN-BJ", "Country", "CHN", "Latitude", "39.91", "Longitude", "116.4",
		"GeoNames ID", "1816670", "Raw Placename", "Пекин", "Feature Type", "PPLC", "Source", "Вестник doc1", "Publication Date", "2020-12-03",
		"Story People", "Ван И; Лавров", "Story Locations", "Пекин", "Language", "bg", "Version", "letopis test")
	holds(t, "accusation", rows[1], "Event Date", "None", "Event Intensity", "None", "Actor Name", "None", "Actor Country", "USA", "Placename", "None", "Latitude", "None")
}

func TestICEWS(t *testing.T) {
	if len(ICEWSColumns) != 20 {
		t.Fatalf("%d columns", len(ICEWSColumns))
	}
	rows := table(t, "icews", ICEWSColumns, true)
	if len(rows) != 3 { // a meeting is told from both sides
		t.Fatalf("%d rows", len(rows))
	}
	holds(t, "there", rows[0], "Source Name", "Wang Yi", "Target Name", "Lavrov", "CAMEO Code", "043", "Intensity", "2.8", "Event Date", "2020-12-02", "City", "Beijing", "Country", "CHN", "Latitude", "39.91", "Story ID", "doc1")
	holds(t, "back", rows[1], "Source Name", "Lavrov", "Target Name", "Wang Yi")
	holds(t, "accusation", rows[2], "Source Country", "USA", "Target Country", "CHN", "CAMEO Code", "110", "Intensity", "-2.0", "Event Text", "САЩ обвиниха Китай.", "Event Date", "")
	if rows[0]["Event ID"] == rows[1]["Event ID"] {
		t.Error("two rows have one id")
	}
}

func TestGDELT(t *testing.T) {
	if len(GDELTEventColumns) != 61 || len(GDELTMentionColumns) != 16 {
		t.Fatalf("%d and %d columns", len(GDELTEventColumns), len(GDELTMentionColumns))
	}
	rows := table(t, "gdelt-event", GDELTEventColumns, false)
	if len(rows) != 3 {
		t.Fatalf("%d rows", len(rows))
	}
	holds(t, "meeting", rows[0], "SQLDATE", "20201202", "MonthYear", "202012", "Year", "2020", "FractionDate", "2020.9918", "Actor1Code", "CHNGOV", "Actor1Name", "Wang Yi", "Actor1CountryCode", "CHN",
		"Actor1Type1Code", "GOV", "Actor2Code", "RUS", "IsRootEvent", "1", "EventCode", "043", "EventBaseCode", "043", "EventRootCode", "04", "QuadClass", "1", "GoldsteinScale", "2.8",
		"NumMentions", "2", "NumSources", "1", "NumArticles", "2", "AvgTone", "", "ActionGeo_Type", "4", "ActionGeo_FullName", "Beijing", "ActionGeo_CountryCode", "CHN", "ActionGeo_ADM1Code", "CN-BJ",
		"ActionGeo_Lat", "39.91", "ActionGeo_Long", "116.4", "ActionGeo_FeatureID", "1816670", "Actor1Geo_Type", "", "DATEADDED", "20201203000000", "SOURCEURL", "https://a.example/1")
	holds(t, "accusation", rows[2], "SQLDATE", "", "MonthYear", "202011", "Year", "2020", "FractionDate", "", "IsRootEvent", "0", "EventRootCode", "11", "GoldsteinScale", "-2.0")
	mentions := table(t, "gdelt-mentions", GDELTMentionColumns, false)
	if len(mentions) != 5 { // two reports of two pairs, one of one
		t.Fatalf("%d mentions", len(mentions))
	}
	holds(t, "mention", mentions[0], "GLOBALEVENTID", rows[0]["GLOBALEVENTID"], "EventTimeDate", "20201202000000", "MentionType", "1", "MentionIdentifier", "https://a.example/1",
		"Actor1CharOffset", "0", "Actor2CharOffset", "18", "ActionCharOffset", "9", "Confidence", "88", "MentionDocLen", "88", "SentenceID", "")
	holds(t, "without address", mentions[2], "MentionType", "2", "MentionIdentifier", "doc2")
}

func TestPETRARCH(t *testing.T) {
	rows := table(t, "petrarch", strings.Fields("date source target code issues ids url publisher actor1 actor2 text"), false)
	holds(t, "meeting", rows[0], "date", "20201202", "source", "CHNGOV", "target", "RUS", "code", "043", "issues", "", "ids", "doc1_v1", "text", "срещна")
	holds(t, "accusation", rows[2], "date", "---", "actor1", "---")
}

func TestPLOVER(t *testing.T) {
	var events []ploverEvent
	for line := range bytes.Lines(written(t, "plover-jsonl")) {
		dec := json.NewDecoder(bytes.NewReader(line))
		dec.DisallowUnknownFields()
		var e ploverEvent
		if err := dec.Decode(&e); err != nil {
			t.Fatal(err)
		}
		events = append(events, e)
	}
	if len(events) != 2 || events[0].Actor[0].Code != "CHN" || events[0].Actor[0].ID != "person/wang-yi" || events[0].EventScale != "2.5" || events[0].TextInfo.End != 33 {
		t.Errorf("%+v", events)
	}
	if events[1].Date != "2020-11-01" || events[1].EndDate != "2020-11-30" || events[1].Comment != "future, historical" {
		t.Errorf("%+v", events[1])
	}
}

// What is written as Parquet comes back as it was, and the CSV says the same.
func TestFlat(t *testing.T) {
	b := written(t, "parquet")
	rows, err := parquet.Read[Row](bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	c, entries := world()
	if len(rows) != len(entries) {
		t.Fatalf("%d rows", len(rows))
	}
	lines, err := csv.NewReader(bytes.NewReader(written(t, "csv"))).ReadAll()
	if err != nil || len(lines) != 1+len(entries) {
		t.Fatalf("%d lines, %v", len(lines), err)
	}
	for i, e := range entries {
		want := c.row(e)
		if !reflect.DeepEqual(norm(rows[i]), norm(want)) {
			t.Errorf("row %d:\n%+v\nwant\n%+v", i, rows[i], want)
		}
		for j, col := range csvColumns {
			if lines[0][j] != col.name || lines[i+1][j] != col.of(&want) {
				t.Errorf("line %d, %s is %q, want %q", i+1, lines[0][j], lines[i+1][j], col.of(&want))
			}
		}
	}
	schema := parquet.SchemaOf(Row{})
	for i, f := range schema.Fields() {
		if csvColumns[i].name != f.Name() {
			t.Errorf("column %d is %s in Parquet and %s in CSV", i, f.Name(), csvColumns[i].name)
		}
	}
}

// norm makes no list and an empty list one.
func norm(r Row) Row {
	v := reflect.ValueOf(&r).Elem()
	for i := range v.NumField() {
		if f := v.Field(i); f.Kind() == reflect.Slice && f.Len() == 0 {
			f.SetZero()
		}
	}
	return r
}

func TestWebAnnotations(t *testing.T) {
	var page struct {
		Context string       `json:"@context"`
		Type    string       `json:"type"`
		Items   []Annotation `json:"items"`
	}
	if err := json.Unmarshal(written(t, "webanno"), &page); err != nil {
		t.Fatal(err)
	}
	if page.Context != "http://www.w3.org/ns/anno.jsonld" || page.Type != "AnnotationPage" || len(page.Items) != 4 {
		t.Fatalf("%+v", page)
	}
	c, _ := world()
	rec, _ := c.Record(t.Context(), "doc1")
	text := []rune(rec.Document.Text)
	for _, a := range page.Items {
		pos, quote := a.Target.Selector[0], a.Target.Selector[1]
		if string(text[*pos.Start:*pos.End]) != quote.Exact {
			t.Errorf("%s: %d..%d is %q, not %q", a.ID, *pos.Start, *pos.End, string(text[*pos.Start:*pos.End]), quote.Exact)
		}
		if !strings.Contains(string(text), quote.Prefix+quote.Exact+quote.Suffix) {
			t.Errorf("%s: its surroundings are not in the text", a.ID)
		}
	}
}

func TestConlluOnce(t *testing.T) {
	if got := bytes.Count(written(t, "conllu"), []byte("# newdoc")); got != 2 {
		t.Errorf("%d articles, want each of two once", got)
	}
}

// An error on the way is an error of the export, in every format.
func TestExportErrors(t *testing.T) {
	for _, f := range Formats() {
		c, _ := world()
		broken := errors.New("broken")
		c.Entries = iter.Seq2[*letopis.Entry, error](func(yield func(*letopis.Entry, error) bool) { yield(nil, broken) })
		if err := f.Write(t.Context(), io.Discard, c); !errors.Is(err, broken) {
			t.Errorf("%s: %v", f.Name, err)
		}
	}
	if _, err := FormatOf("xls"); letopis.KindOf(err) != letopis.Unsupported {
		t.Errorf("an unknown format: %v", err)
	}
}

// A million entries are not held: what is alive while they are written stays small.
func TestExportStreams(t *testing.T) {
	_, entries := world()
	base, _ := world()
	for _, f := range Formats() {
		const n = 60000
		if f.Name == "conllu" {
			continue // holds the ids of the articles
		}
		c := *base
		c.Entries = func(yield func(*letopis.Entry, error) bool) {
			for range n {
				if !yield(entries[0], nil) {
					return
				}
			}
		}
		var w counter
		if err := f.Write(t.Context(), &w, &c); err != nil {
			t.Fatal(err)
		}
		if w.n < n/1000 || f.Name != "parquet" && w.largest > 1<<20 {
			t.Errorf("%s: %d bytes, up to %d at once", f.Name, w.n, w.largest)
		}
	}
}

type counter struct{ n, largest int }

func (c *counter) Write(p []byte) (int, error) {
	c.n += len(p)
	c.largest = max(c.largest, len(p))
	return len(p), nil
}

// The help names every format, in both languages.
func TestFormatsInHelp(t *testing.T) {
	all, err := locale.All()
	if err != nil {
		t.Fatal(err)
	}
	for lang, l := range all {
		for _, f := range Formats() {
			if !strings.Contains(l["help.export.long"], "\n  "+f.Name+" ") {
				t.Errorf("%s: the help does not tell of %s", lang, f.Name)
			}
		}
	}
}

// TestFlips writes an announced meeting as the agreement that it is, where the format has
// events alone, and leaves the entry as it was.
func TestFlips(t *testing.T) {
	c, entries := world()
	e := entries[0]
	e.Modality = letopis.Future
	was := e.Code
	for _, f := range Formats() {
		var b bytes.Buffer
		if err := f.Write(t.Context(), &b, c); err != nil {
			t.Fatal(err)
		}
		if (f.Name == "polecat" || f.Name == "plover-jsonl") && bytes.Contains(b.Bytes(), []byte("AGREE")) {
			t.Errorf("%s: AGREE without flips", f.Name)
		}
	}
	c.Flip = true
	for _, f := range Formats() {
		var b bytes.Buffer
		if err := f.Write(t.Context(), &b, c); err != nil {
			t.Fatal(err)
		}
		if f.Name == "polecat" || f.Name == "plover-jsonl" {
			if !bytes.Contains(b.Bytes(), []byte("AGREE")) {
				t.Errorf("%s: no AGREE in %s", f.Name, b.String())
			}
		}
		if f.Name == "csv" && !bytes.Contains(b.Bytes(), []byte(string(was))) {
			t.Errorf("csv: %s is gone", was)
		}
	}
	if e.Code != was {
		t.Errorf("the entry itself became %s", e.Code)
	}
}
