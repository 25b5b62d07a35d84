package train

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"letopis/internal/model"
	"letopis/internal/nlp"
)

// A WordNet of four words of our own.
func TestWordNetForms(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"data.noun":   "  1 This is the licence\n00000100 15 n 02 Lindenburg 0 fair_copy 0 000 | a town\n00000200 03 n 01 ferry 0 000 | a boat\n",
		"data.verb":   "00000300 30 v 02 ferry 0 flit 0 000 | go\n",
		"data.adj":    "00000400 00 a 01 wary(p) 0 000 | careful\n",
		"data.adv":    "",
		"noun.exc":    "",
		"verb.exc":    "flitted flit\nflitting flit\n",
		"adj.exc":     "",
		"adv.exc":     "",
		"cntlist.rev": "ferry%1:06:00:: 1 30\nferry%2:38:00:: 1 2\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, err := WordNetForms(dir, "../../models/inflections-en.tsv")
	if err != nil {
		t.Fatal(err)
	}
	f, err := model.Open(b)
	if err != nil {
		t.Fatal(err)
	}
	d, err := nlp.OpenForms(f)
	if err != nil {
		t.Fatal(err)
	}
	tags, err := f.Strings("tags")
	if err != nil {
		t.Fatal(err)
	}
	for form, want := range map[string][]string{
		"ferries":    {"ferry n,plural,c", "ferry v,third,a"},
		"ferrying":   {"ferry v,ing,a"},
		"flitted":    {"flit v,past,u"},
		"flitting":   {"flit v,ing,u"},
		"flited":     nil, // the exceptions have another
		"lindenburg": {"lindenburg name,base,u"},
		"wariest":    {"wary a,most,u"},
		"fair":       nil,
	} {
		var got []string
		for _, r := range d.Find(form, nil) {
			got = append(got, d.Lemma(r, form, false)+" "+tags[r.Tag])
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", form, got, want)
		}
	}
}
