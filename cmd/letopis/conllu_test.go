package main

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"

	"letopis"
	"letopis/data"
	"letopis/internal/read"
	"letopis/internal/ud"
)

// The record of an article must not depend on whether its analysis went through a file.
func TestConlluRecordIsTheSame(t *testing.T) {
	r, err := read.Open(data.FS)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	langs := map[string]int{}
	texts := []*letopis.Document{{ID: "soft", Lang: "bg", Text: "Пре\u00adзи\u00adдентът Иван\u00a0Колев каза:\n„Няма да отстъпим“.\r\n\tТой е в Русе."}}
	for doc, err := range demoDocuments(ctx, data.FS, r.Packs()) {
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, doc)
	}
	for _, doc := range texts {
		langs[doc.Lang]++
		want, err := r.Read(ctx, doc)
		if err != nil {
			t.Fatal(err)
		}
		pack, err := r.Packs().Pack(doc.Lang)
		if err != nil {
			t.Fatal(err)
		}
		a, err := pack.Analyze(ctx, doc.Text)
		if err != nil {
			t.Fatal(err)
		}
		var file bytes.Buffer
		if err := ud.WriteConllu(&file, a, doc.Text, "x"); err != nil {
			t.Fatal(err)
		}
		c, err := ud.ReadConllu(&file, doc.Lang)
		if err != nil {
			t.Fatal(err)
		}
		if err := ud.Align(c.Analysis, c.Text, doc.Text); err != nil {
			t.Fatalf("%s: %v", doc.ID, err)
		}
		got, err := r.ReadAnalysis(ctx, doc, c.Analysis)
		if err != nil {
			t.Fatal(err)
		}
		w, _ := json.MarshalIndent(want, "", " ")
		g, _ := json.MarshalIndent(got, "", " ")
		if !bytes.Equal(w, g) {
			t.Errorf("%s: the records differ:\n%s", doc.ID, firstDifference(string(g), string(w)))
		}
	}
	if len(langs) < 3 {
		t.Errorf("only %v were compared", langs)
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return "got " + g[i] + "\nwant " + w[i]
		}
	}
	return "one is longer"
}

// Names that another parser found stay as they are.
func TestConlluNamesAreKept(t *testing.T) {
	r, err := read.Open(data.FS)
	if err != nil {
		t.Fatal(err)
	}
	lines := []string{
		"1 Зорница Зорница PROPN _ _ 2 nsubj _ ner=B-ORG", "2 Плюс Плюс PROPN _ _ 1 flat _ ner=E-ORG",
		"3 заяви заявя VERB _ _ 0 root _ ner=O", "4 вчера вчера ADV _ _ 3 advmod _ ner=S-DATE", "5 . . PUNCT _ _ 3 punct _ SpaceAfter=No|ner=O",
	}
	file := strings.ReplaceAll(strings.Join(lines, "\n"), " ", "\t") + "\n\n"
	c, err := ud.ReadConllu(strings.NewReader(file), "bg")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.ReadAnalysis(context.Background(), &letopis.Document{ID: "x", Lang: "bg", Text: c.Text}, c.Analysis); err != nil {
		t.Fatal(err)
	}
	n := c.Analysis.Names
	if len(n) != 1 || n[0].Type != "ORG" || c.Text[n[0].Start:n[0].End] != "Зорница Плюс" || n[0].Base == "" {
		t.Errorf("names %+v", n)
	}
}
