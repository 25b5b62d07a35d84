package read_test

import (
	"context"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"letopis"
	"letopis/internal/read"
)

// TestSparsePack reads a language whose folder has times alone: its dates are found, nothing
// else is, and a table that is there but broken is refused with its place.
func TestSparsePack(t *testing.T) {
	data := fstest.MapFS{}
	root := os.DirFS("../../data")
	for _, top := range []string{"kb", "onto", "lang/und"} {
		err := fs.WalkDir(root, top, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			b, err := fs.ReadFile(root, name)
			data[name] = &fstest.MapFile{Data: b}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	data["lang/xx/lang.json"] = &fstest.MapFile{Data: []byte(`{"code":"xx","name":{"bg":"измислен","en":"invented"},"script":"Latn","fallback":["und"]}`)}
	data["lang/xx/time.tsv"] = &fstest.MapFile{Data: []byte("month\t5\tmaj\n")}
	data["lang/xx/dates.rules"] = &fstest.MapFile{Data: []byte("rule xx.date\nwhy A day, a month and a year.\nmatch d:#1-31 m:<month> y:#1000-2100\nvalue y=$y m=$m d=$d\nyes Dato [5 maj 2018]{2018-05-05}.\nno maj\n")}
	doc := &letopis.Document{ID: "x", Lang: "xx", Text: "Norway signed a treaty with Sweden 5 maj 2018."}
	r, err := read.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	rec, err := r.Read(context.Background(), doc)
	if err != nil {
		t.Fatal(err)
	}
	if len(rec.Dates) != 1 || rec.Dates[0].Value != "2018-05-05" || len(rec.Statements)+len(rec.Events) != 0 {
		t.Errorf("dates %+v, %d statements, %d events; want 2018-05-05 alone", rec.Dates, len(rec.Statements), len(rec.Events))
	}
	data["lang/xx/say.tsv"] = &fstest.MapFile{Data: []byte("said\n")}
	if r, err = read.Open(data); err == nil {
		_, err = r.Read(context.Background(), doc)
	}
	if err == nil || !strings.Contains(err.Error(), "lang/xx/say.tsv:1") {
		t.Errorf("a broken table: %v, want an error that names lang/xx/say.tsv:1", err)
	}
}
