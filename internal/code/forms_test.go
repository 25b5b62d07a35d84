package code

import (
	"strings"
	"testing"
)

func all(t *testing.T, f Format, text string) (items []*Sentence, errs []error) {
	t.Helper()
	for it, err := range Read(strings.NewReader(text), f) {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		items = append(items, it)
	}
	return items, errs
}

func part(it *Sentence, source bool) string {
	spans := it.Target
	if source {
		spans = it.Source
	}
	var out []string
	for _, s := range spans {
		out = append(out, string([]rune(it.Text)[s.Start:s.End]))
	}
	return strings.Join(out, "|")
}

func TestTable(t *testing.T) {
	items, errs := all(t, PLV, "uid\tsentence\tmarked_sentence\tsource\ttarget\n"+
		"7\tx\t<s>Érd</s> thanked <t>Győr</t> and <t>Pécs</t>, 3 < 4.\tÉrd\tGyőr\n"+
		"8\tx\t<s>A bad one\t\t\n"+
		"9\tBrno sued Brno Zoo.\t\tBrno\tBrno Zoo\n")
	if len(items) != 2 || len(errs) != 1 || !strings.Contains(errs[0].Error(), "row 3") {
		t.Fatalf("%d items, errors %v", len(items), errs)
	}
	a := items[0]
	if a.ID != "7" || a.Text != "Érd thanked Győr and Pécs, 3 < 4." || part(a, true) != "Érd" || part(a, false) != "Győr|Pécs" || !a.Marked {
		t.Errorf("%+v: %q %q", a, part(a, true), part(a, false))
	}
	if b := items[1]; part(b, true) != "Brno" || part(b, false) != "Brno Zoo" || b.Source[0].Overlaps(b.Target[0]) {
		t.Errorf("%+v", b)
	}
}

func TestLines(t *testing.T) {
	items, errs := all(t, JSONLines, `{"id": 3, "text": "Lima praised Quito.", "date": "2020-01-02", "lang": "en"}`+"\n\n"+
		`{"uid": "u", "sentence": "Lima praised Quito.", "source": "Lima", "target": "a third"}`+"\nnonsense\n"+`{"id": "none"}`)
	if len(items) != 2 || len(errs) != 2 {
		t.Fatalf("%d items, errors %v", len(items), errs)
	}
	if a := items[0]; a.ID != "3" || a.Marked || a.Date != "2020-01-02" || a.Lang != "en" {
		t.Errorf("%+v", a)
	}
	if b := items[1]; b.ID != "u" || part(b, true) != "Lima" || part(b, false) != "" || !b.Marked {
		t.Errorf("%+v", b)
	}
}

func TestXML(t *testing.T) {
	items, errs := all(t, Petrarch, `<?xml version="1.0"?><Sentences>
<Sentence date="20200102" id="S1" source="OWN" sentence="TRUE"><Text>
Lima &amp; Quito
 met.
</Text><Parse>(ROOT (S (NP (NNP No)) (. .)))</Parse></Sentence>
<Sentence date="20200103" id="S2"><Parse>(ROOT (S (NP (NNP Lima)) (VP (VBD spoke) (. .))))</Parse></Sentence></Sentences>`)
	if len(errs) > 0 || len(items) != 2 || items[0].Text != "Lima & Quito met." || items[1].Text != "Lima spoke." || items[1].Date != "20200103" || items[0].ID != "S1" {
		t.Errorf("%+v %v", items, errs)
	}
}

func TestConllu(t *testing.T) {
	one := "1\tLima\tLima\tPROPN\t_\t_\t2\tnsubj\t_\t_\n2\tspoke\tspeak\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No\n3\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_\n\n"
	items, errs := all(t, Conllu, "# sent_id = a\n"+one+"# sent_id = b\n"+one)
	if len(errs) > 0 || len(items) != 2 || items[1].ID != "b" || items[1].Text != "Lima spoke." {
		t.Fatalf("%+v %v", items, errs)
	}
	s := items[1].Analysis.Sentences[0]
	if got := items[1].Text[s.Tokens[1].Start:s.Tokens[1].End]; got != "spoke" {
		t.Errorf("second token %q", got)
	}
}

func TestBadMarks(t *testing.T) {
	for _, bad := range []string{"", "x", "<s>a", "a</s>", "<t>a</s>"} {
		if _, _, _, err := unmark(bad); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}

func TestUnknownFormat(t *testing.T) {
	if _, errs := all(t, "xls", "x"); len(errs) != 1 || !strings.Contains(errs[0].Error(), "jsonl") {
		t.Errorf("%v", errs)
	}
}

func FuzzRead(f *testing.F) {
	f.Add("uid\tmarked_sentence\n1\t<s>a</s> b <t>c</t>\n")
	f.Add(`{"text":"a b","source":"a","target":"b"}`)
	f.Add(`<Sentence id="1"><Text>a</Text></Sentence>`)
	f.Add("1\ta\ta\tX\t_\t_\t0\troot\t_\t_\n\n")
	f.Fuzz(func(t *testing.T, text string) {
		for _, format := range Formats() {
			n := 0
			for it, err := range Read(strings.NewReader(text), format) {
				if n++; n > len(text)+2 {
					t.Fatalf("%s: %d items of %d bytes", format, n, len(text))
				}
				if err != nil {
					continue
				}
				size := len([]rune(it.Text))
				for _, s := range spans(it) {
					if s[0] < 0 || s[1] < s[0] || s[1] > size {
						t.Fatalf("%s: span %v in %d signs", format, s, size)
					}
				}
			}
		}
	})
}

func spans(it *Sentence) (out [][2]int) {
	for _, s := range it.Source {
		out = append(out, [2]int{s.Start, s.End})
	}
	for _, s := range it.Target {
		out = append(out, [2]int{s.Start, s.End})
	}
	return out
}

// TestMarksInCapitals takes marks as some tools write them.
func TestMarksInCapitals(t *testing.T) {
	text, source, target, err := unmark("<S>Chile</S> thanked <T>Peru</T>.")
	if err != nil || text != "Chile thanked Peru." || len(source) != 1 || len(target) != 1 || target[0].Start != 14 {
		t.Errorf("%q %v %v %v", text, source, target, err)
	}
}
