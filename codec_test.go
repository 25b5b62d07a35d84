package letopis

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// sample is a record with every field in it.
func sample() *Record {
	text := " Посланикът <Иван> Петров каза: „Ще подпишем & ще чакаме“ в София на 5 декември.\u2028"
	rng := func(s string) Range {
		i := strings.Index(text, s)
		n := len([]rune(text[:i]))
		return Range{Span{n, n + len([]rune(s))}, s}
	}
	ptr := func(r Range) *Range { return &r }
	return &Record{
		Schema:  Schema,
		Reading: Reading{Program: "letopis", Packs: map[string]string{"ru": "2", "bg": "1"}, Ontology: "o", KB: "k"},
		Document: Document{ID: NewID(text, "https://x.example/"), GivenID: "a/1", URL: "https://x.example/", Lang: "bg", Title: "Т", Text: text,
			Published:  Published{Value: "2020-12", Basis: BasisInferred, Evidence: []Range{rng("декември")}, Claimed: "1970-01-01", Rule: "r"},
			Provenance: []Source{{Role: RoleAgency, Name: "Агенция", Entity: "e2", Range: rng("София"), Rule: "r"}, {Role: RolePublisher, Name: "Вестник"}}},
		Entities: []Entity{
			{ID: "e1", KB: "person/x", Key: "per/n-v", Type: Person, Name: "Иван Петров", Latin: "Ivan Petrov", Country: "BGR", Roles: []Post{{Text: "посланик", Sector: "GOV", Former: true}},
				Place:    &Place{ID: "capital/BGR", Name: "София", Latin: "Sofia", Kind: "city", Coordinates: &Coordinates{42.7, 23.32}, GeoNames: "727011", Unit: "BG-22", Country: "BGR"},
				Mentions: []Mention{{Range: rng("Посланикът"), Form: FormNominal, Base: "посланик"}, {Range: rng("Петров"), Form: FormName, Base: "Петров"}}, Rule: "r"},
			{ID: "e2", Type: Location, Name: "София", Mentions: []Mention{{Range: rng("София"), Form: FormName}}},
		},
		Dates: []Date{{Range: rng("5 декември"), Value: "2020-12-05", Rule: "r"}},
		Statements: []Statement{{ID: "s1", Kind: Direct, Content: rng("Ще подпишем & ще чакаме"), Speaker: Speaker{Entity: "e1", Mention: ptr(rng("Петров")), Phrase: ptr(rng("Посланикът <Иван> Петров"))},
			Cue: ptr(rng("каза")), Stance: "assert", Addressee: "e2", Occasion: ptr(rng("в София")), Via: []string{"Агенция"}, Date: "2020-12-05", Recalled: true, Confidence: 0.93, Rule: "r"}},
		Events: []Event{{ID: "v1", Code: Agree, Mode: "m", Context: []string{"diplomatic"}, CAMEO: "057", Goldstein: 8, Source: []string{"e1"}, Target: []string{"e2"},
			SourceCountry: []string{"BGR"}, TargetCountry: []string{"BGR"}, Trigger: rng("подпишем"), Evidence: rng(strings.TrimSpace(text)), Mentions: []Range{rng("чакаме")}, Sides: []Side{{Side: "source", Mention: rng("Петров"), Entity: "e1", Country: "BGR", Basis: "known"}},
			Statement: "s1", Date: "2020-12-05", Place: "e2", Modality: Future, Confidence: 0.88, Rule: "r"}},
	}
}

func TestSampleFillsEveryField(t *testing.T) {
	var walk func(path string, v reflect.Value)
	walk = func(path string, v reflect.Value) {
		switch v.Kind() {
		case reflect.Pointer:
			walk(path, v.Elem())
		case reflect.Slice:
			walk(path+"[0]", v.Index(0))
		case reflect.Struct:
			for i := range v.NumField() {
				walk(path+"."+v.Type().Field(i).Name, v.Field(i))
			}
		default:
			if v.IsZero() && !strings.HasSuffix(path, ".Recalled") {
				t.Errorf("%s is empty, so the round trip does not test it", path)
			}
		}
	}
	walk("", reflect.ValueOf(sample()).Elem())
}

func TestRoundTrip(t *testing.T) {
	r := sample()
	if err := r.Validate(); err != nil {
		t.Fatal(err)
	}
	line, err := r.AppendJSON([]byte("x"))
	if err != nil {
		t.Fatal(err)
	}
	line = line[1:]
	for _, want := range []string{"<Иван>", "„Ще подпишем & ще чакаме“", `"packs":{"bg":"1","ru":"2"}`} {
		if !bytes.Contains(line, []byte(want)) {
			t.Errorf("%s is not in %s", want, line)
		}
	}
	if bytes.Contains(line, []byte{'\n'}) {
		t.Error("the line has a line break")
	}
	var indented bytes.Buffer
	if err := r.WriteJSON(&indented); err != nil {
		t.Fatal(err)
	}
	for _, b := range [][]byte{line, indented.Bytes()} {
		got, err := DecodeRecord(b)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, r) {
			t.Errorf("got %+v\nwant %+v", got, r)
		}
		again, err := got.AppendJSON(nil)
		if err != nil || !bytes.Equal(again, line) {
			t.Errorf("again %s (%v)\nwas %s", again, err, line)
		}
	}
}

func TestEmptyListsAreWritten(t *testing.T) {
	r := &Record{Schema: Schema, Entities: []Entity{{ID: "e1"}}, Statements: []Statement{{ID: "s1"}}, Events: []Event{{ID: "v1"}}}
	b, err := r.AppendJSON(nil)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(b, []byte("null")) {
		t.Errorf("a list is null in %s", b)
	}
	if r.Dates != nil || r.Entities[0].Mentions != nil || r.Events[0].Source != nil {
		t.Error("the record was changed")
	}
}

func TestDecodeErrors(t *testing.T) {
	for in, want := range map[string]string{
		"":                                      "unexpected end",
		"{\n \"schema\": x}":                    "line 2, column 12",
		`{"schema":"letopis/record/v9"}`:        `its schema is "letopis/record/v9"; this program reads letopis/record/v1`,
		`{"schema":"` + Schema + `","dates":5}`: "line 1, column 39",
	} {
		_, err := DecodeRecord([]byte(in))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", in, err, want)
		}
	}
	if _, err := DecodeRecord([]byte(`{"schema":"letopis/record/v9"}`)); KindOf(err) != Conflict {
		t.Errorf("another schema is %s", KindOf(err))
	}
}

func TestValidateFindsFaults(t *testing.T) {
	for _, c := range []struct {
		want  string
		spoil func(*Record)
	}{
		{"schema: ", func(r *Record) { r.Schema = "x" }},
		{"document.id: ", func(r *Record) { r.Document.ID = "" }},
		{"document.text: is not UTF-8", func(r *Record) { r.Document.Text += "\xff" }},
		{"document.published.value: ", func(r *Record) { r.Document.Published.Value = "yesterday" }},
		{"document.published.basis: ", func(r *Record) { r.Document.Published.Basis = "guess" }},
		{"document.published.evidence[0]: ", func(r *Record) { r.Document.Published.Evidence[0].Text = "x" }},
		{"document.provenance[0].role: ", func(r *Record) { r.Document.Provenance[0].Role = "x" }},
		{"document.provenance[0]: ", func(r *Record) { r.Document.Provenance[0].Start++ }},
		{"document.provenance[0].entity: there is no entity", func(r *Record) { r.Document.Provenance[0].Entity = "e9" }},
		{"entities[1].id: ", func(r *Record) { r.Entities[1].ID = "e1" }},
		{"entities[0].type: ", func(r *Record) { r.Entities[0].Type = "x" }},
		{"entities[0]: has no mention", func(r *Record) { r.Entities[0].Mentions = nil }},
		{"entities[1]: starts at", func(r *Record) { r.Entities[0], r.Entities[1] = r.Entities[1], r.Entities[0] }},
		{"entities[0].mentions[0]: 1..11 holds \"Посланикът\", not \"Посланик\"", func(r *Record) { r.Entities[0].Mentions[0].Text = "Посланик" }},
		{"entities[0].mentions[0].form: ", func(r *Record) { r.Entities[0].Mentions[0].Form = "" }},
		{"entities[0].mentions[1]: starts at", func(r *Record) { m := r.Entities[0].Mentions; m[0], m[1] = m[1], m[0] }},
		{"entities[0].place: has neither id nor name", func(r *Record) { r.Entities[0].Place = new(Place) }},
		{"entities[0].place.kind: ", func(r *Record) { r.Entities[0].Place.Kind = "village" }},
		{"entities[0].place.coordinates.lat: 90.01 is not", func(r *Record) { r.Entities[0].Place.Coordinates.Lat = 90.01 }},
		{"entities[0].place.coordinates.lat: NaN is not", func(r *Record) { r.Entities[0].Place.Coordinates.Lat = math.NaN() }},
		{"entities[0].place.coordinates.lon: -181 is not", func(r *Record) { r.Entities[0].Place.Coordinates.Lon = -181 }},
		{"entities[0].place.geonames: ", func(r *Record) { r.Entities[0].Place.GeoNames = "7x" }},
		{"entities[0].place.unit: ", func(r *Record) { r.Entities[0].Place.Unit = "Sofia" }},
		{"dates[0]: -1..10 is no range", func(r *Record) { r.Dates[0].Span = Span{-1, 10} }},
		{"dates[0]: 10..9 is no range", func(r *Record) { r.Dates[0].Span = Span{10, 9} }},
		{"dates[0]: 70..999 is no range", func(r *Record) { r.Dates[0].Span = Span{70, 999} }},
		{"dates[0]: 3..3 is empty", func(r *Record) { r.Dates[0].Range = Range{Span: Span{3, 3}} }},
		{"dates[0].value: ", func(r *Record) { r.Dates[0].Value = "x" }},
		{"dates[1]: starts at", func(r *Record) { r.Dates = append(r.Dates, Date{Range: r.Entities[0].Mentions[0].Range}) }},
		{"statements[0].id: ", func(r *Record) { r.Statements[0].ID = "" }},
		{"statements[0].kind: ", func(r *Record) { r.Statements[0].Kind = "x" }},
		{"statements[0].content: ", func(r *Record) { r.Statements[0].Content.End-- }},
		{"statements[0].speaker.entity: ", func(r *Record) { r.Statements[0].Speaker.Entity = "e9" }},
		{"statements[0].speaker.mention: ", func(r *Record) { r.Statements[0].Speaker.Mention.End++ }},
		{"statements[0].cue: ", func(r *Record) { r.Statements[0].Cue.End++ }},
		{"statements[0].occasion: ", func(r *Record) { r.Statements[0].Occasion.End++ }},
		{"statements[0].addressee: ", func(r *Record) { r.Statements[0].Addressee = "e9" }},
		{"statements[0].date: ", func(r *Record) { r.Statements[0].Date = "x" }},
		{"statements[0].confidence: ", func(r *Record) { r.Statements[0].Confidence = 1.5 }},
		{"events[0].code: ", func(r *Record) { r.Events[0].Code = "x" }},
		{"events[0].modality: ", func(r *Record) { r.Events[0].Modality = "" }},
		{"events[0].trigger: ", func(r *Record) { r.Events[0].Trigger.Start++ }},
		{"events[0].evidence: ", func(r *Record) { r.Events[0].Evidence.Start++ }},
		{"events[0].mentions[0]: ", func(r *Record) { r.Events[0].Mentions[0].Start++ }},
		{"events[0].source[0]: ", func(r *Record) { r.Events[0].Source[0] = "e9" }},
		{"events[0].target[0]: ", func(r *Record) { r.Events[0].Target[0] = "e9" }},
		{"events[0].place: ", func(r *Record) { r.Events[0].Place = "e9" }},
		{"events[0].statement: ", func(r *Record) { r.Events[0].Statement = "s9" }},
		{"events[0].date: ", func(r *Record) { r.Events[0].Date = "x" }},
		{"events[0].confidence: ", func(r *Record) { r.Events[0].Confidence = -1 }},
	} {
		r := sample()
		c.spoil(r)
		err := r.Validate()
		if KindOf(err) != Invalid || !strings.Contains(err.Error(), c.want) {
			t.Errorf("want %s\ngot  %v", c.want, err)
		}
	}
}

func TestNewID(t *testing.T) {
	// These are in people's stores: they never change.
	for _, c := range []struct {
		text, url string
		want      ID
	}{
		{"", "", "wxdz7orlwunkn2vtpl7r"},
		{"Китай и Русия\n", "", "3leilevsivouleba3fut"},
		{"Китай и Русия\n", "https://x.example/", "3gb4zsnettsn2dmk3t4l"},
	} {
		if got := NewID(c.text, c.url); got != c.want {
			t.Errorf("%q at %q is %s, was %s", c.text, c.url, got, c.want)
		}
	}
}

func FuzzRecord(f *testing.F) {
	b, err := sample().AppendJSON(nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte(`{"schema":"` + Schema + `","document":{"text":"ab"},"dates":[{"start":0,"end":9223372036854775807}]}`))
	f.Add([]byte(`{"schema":"` + Schema + `","events":[{"confidence":1e400,"goldstein":-0.0}],"entities":[null]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := DecodeRecord(b)
		if err != nil {
			if !json.Valid(b) && KindOf(err) != Invalid {
				t.Fatalf("%s: %v", KindOf(err), err)
			}
			return
		}
		r.Validate()
		one, err := r.AppendJSON(nil)
		if err != nil {
			t.Fatal(err)
		}
		again, err := DecodeRecord(one)
		if err != nil {
			t.Fatalf("%v in %s", err, one)
		}
		two, err := again.AppendJSON(nil)
		if err != nil || !bytes.Equal(one, two) {
			t.Fatalf("%v\n%s\n%s", err, one, two)
		}
	})
}

// The articles of the example corpus give ids that differ.
func TestIDsOfExamplesDiffer(t *testing.T) {
	files, err := filepath.Glob("data/demo/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal("no examples", err)
	}
	seen := map[ID]string{}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		var d Document
		var raw struct{ Text, URL string }
		if err := json.Unmarshal(b, &raw); err != nil {
			t.Fatal(err)
		}
		d.ID = NewID(raw.Text, raw.URL)
		if other := seen[d.ID]; other != "" || len(d.ID) != 20 {
			t.Errorf("%s has the id %s, as %q", f, d.ID, other)
		}
		seen[d.ID] = f
	}
}
