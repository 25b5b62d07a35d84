package tell

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"letopis"
)

type testNames map[string]string

func (n testNames) Country(code string) string { return n[code] }
func (n testNames) Actor(id string) string     { return n[id] }
func (n testNames) Outlet(name string) string  { return n[name] }

func briefEntries() []*letopis.Entry {
	report := func(doc, lang, origin, day string, recalled bool, text string) letopis.Report {
		return letopis.Report{Item: letopis.Item{Doc: letopis.ID(doc), Item: "v1"}, Origin: origin, Publisher: doc + ".example", URL: "https://" + doc + ".example/1_(a)", Title: "Title " + doc,
			Lang: lang, Published: letopis.When(day), Recalled: recalled, Text: text}
	}
	putin := []letopis.Party{{KB: "person/p", Type: letopis.Person, Name: "Putin", Country: "RUS"}}
	return []*letopis.Entry{
		{ID: "n1", Kind: letopis.FindingEvent, When: "2020-10", Code: letopis.Support, Source: putin, SourceCountry: []string{"RUS"}, TargetCountry: []string{"CHN"}, Lang: "bg",
			Text: "Припомняме, че Русия подкрепи Китай.", Recalled: true, Reports: []letopis.Report{report("a", "bg", "ТАСС", "2020-12-01", true, "")}},
		{ID: "n2", Kind: letopis.FindingEvent, When: "2020-10-22", Code: letopis.Support, Source: putin, SourceCountry: []string{"RUS"}, TargetCountry: []string{"CHN"}, Lang: "en",
			Text: "MOSCOW, Oct 22 (Xinhua) - Putin praised China.", Reports: []letopis.Report{report("b", "en", "Xinhua", "2020-10-22", false, ""), report("c", "ru", "ТАСС", "2020-10-23", false, "Путин похвалил Китай.")}},
		{ID: "n3", Kind: letopis.FindingStatement, When: "2020-12-03", Source: putin, SourceCountry: []string{"RUS"}, TargetCountry: []string{"CHN"}, Lang: "bg", Words: letopis.Direct, Speaker: "Путин",
			Text: "Съюзът ни е здрав и ще остане", Reports: []letopis.Report{report("d", "bg", "ТАСС", "2020-12-03", false, "")}},
		{ID: "n4", Kind: letopis.FindingEvent, When: "2020-12-02", Code: letopis.Threaten, SourceCountry: []string{"CHN"}, TargetCountry: []string{"RUS"}, Lang: "en",
			Text: "<script>alert(1)</script> He warned Moscow.\x1b[31m", Reports: []letopis.Report{report("e", "en", "Xinhua", "2020-12-02", false, "")}},
		{ID: "n5", Kind: letopis.FindingEvent, When: "2020-12-20", Code: letopis.Support, SourceCountry: []string{"CHN"}, TargetCountry: []string{"RUS"}, Lang: "bg",
			Text: "Китай благодари.", Reports: []letopis.Report{report("f", "bg", "ТАСС", "2020-12-20", false, "")}},
	}
}

func brief(t *testing.T, lang string) *BriefDoc {
	t.Helper()
	names := testNames{"CHN": "Китай", "RUS": "Русия", "person/p": "Владимир Путин", "Xinhua": "Синхуа"}
	d, err := NewBrief(briefEntries(), BriefOptions{Lang: lang, A: []string{"CHN"}, B: []string{"RUS"}, At: "2020-12-05", Days: 7, Limit: 10, Names: names})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// What is new, what came before, in whose words, and nothing that was published later.
func TestBrief(t *testing.T) {
	var b bytes.Buffer
	if err := brief(t, "bg").Write(&b, "text"); err != nil {
		t.Fatal(err)
	}
	got := b.String()
	for _, want := range []string{
		"Китай и Русия: какво предхожда", "до 5 декември 2020 г.", "Новото",
		"„Съюзът ни е здрав и ще остане“, каза Владимир Путин, съобщи ТАСС. [1]",
		"2 декември 2020 г.", "Китай и Русия: „<script>", "Припомняме",
		"22 октомври 2020 г.", "Владимир Путин (Русия) изрази подкрепа или признателност към Китай – „Putin praised China“ (на английски), съобщиха Синхуа и ТАСС. [3] [4]",
		"Източници",
	} {
		if !strings.Contains(got, want) {
			t.Fatalf("no %q in\n%s", want, got)
		}
	}
	for _, never := range []string{"благодари", "Припомняме, че Русия", "..", "MOSCOW", "заплаха", "\x1b"} {
		if strings.Contains(got, never) {
			t.Errorf("%q in\n%s", never, got)
		}
	}
}

// Every sentence has a source that is listed, in every language and form, and no
// article can put anything into the page.
func TestBriefSources(t *testing.T) {
	for _, lang := range BriefLanguages() {
		d := brief(t, lang)
		items := 0
		for _, s := range d.Sections {
			for _, it := range s.Items {
				items++
				if len(it.Sources) == 0 || slices.ContainsFunc(it.Sources, func(n int) bool { return n < 1 || n > len(d.Sources) }) {
					t.Errorf("%s: %q has the sources %v of %d", lang, it.Text, it.Sources, len(d.Sources))
				}
				if strings.Contains(it.Text, "%!") || strings.Contains(it.Text, "()") {
					t.Errorf("%s: %q", lang, it.Text)
				}
			}
		}
		if items < 3 {
			t.Errorf("%s: %d sentences", lang, items)
		}
		for _, form := range []string{"text", "markdown", "html"} {
			var b bytes.Buffer
			if err := d.Write(&b, form); err != nil {
				t.Fatal(err)
			}
			if form != "text" && strings.Contains(strings.ReplaceAll(b.String(), `\<`, ""), "<script") || strings.Contains(b.String(), "\x1b") {
				t.Errorf("%s %s: the article's markup is in the page", lang, form)
			}
			if !strings.Contains(b.String(), "https://d.example/1_") {
				t.Errorf("%s %s: no link", lang, form)
			}
		}
	}
	if _, err := NewBrief(nil, BriefOptions{Lang: "xx"}); letopis.KindOf(err) != letopis.Unsupported {
		t.Errorf("an unknown language gives %v", err)
	}
}

// The files of all languages have the same keys and every code.
func TestBriefTexts(t *testing.T) {
	keys := map[string][]string{}
	for _, lang := range BriefLanguages() {
		b, err := briefFiles.ReadFile("brief/" + lang + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var m map[string]any
		if err := json.Unmarshal(b, &m); err != nil {
			t.Fatal(err)
		}
		for k := range m {
			if k != "month_names" { // only where they differ
				keys[lang] = append(keys[lang], k)
			}
		}
		slices.Sort(keys[lang])
		texts, err := briefTextsOf(lang)
		if err != nil {
			t.Fatal(err)
		}
		if len(texts.Acts) != 16 || len(texts.Months) != 12 {
			t.Errorf("%s: %d acts, %d months", lang, len(texts.Acts), len(texts.Months))
		}
		for code, forms := range texts.Acts {
			if code.Quad() == 0 || len(forms) != 3 {
				t.Errorf("%s: %s has %d forms", lang, code, len(forms))
			}
		}
	}
	for _, lang := range BriefLanguages() {
		if !reflect.DeepEqual(keys[lang], keys["en"]) {
			t.Errorf("%s has %v\nen has %v", lang, keys[lang], keys["en"])
		}
	}
}
