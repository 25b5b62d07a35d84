package measure

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"letopis"
)

func TestPairs(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pairs.tsv")
	write := func(table string) {
		if err := os.WriteFile(path, []byte(table), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	const head = "id\tmarked_sentence\tgold_penta\tgold_root\n"
	write(head + "1\t<s>Анна</s> met <t>Boris</t> & 1 < 2 <t>Boris</t>\t1\tCONSULT\n2\t<s>Anna</s> left\t2\tYIELD\n")
	pairs, err := Pairs(path, "en")
	if err != nil || len(pairs) != 2 {
		t.Fatal(pairs, err)
	}
	p := pairs[0]
	if p.Document.Text != "Анна met Boris & 1 < 2 Boris" || p.Document.ID != "pair-1" || p.Document.Lang != "en" || p.Root != "CONSULT" || p.Quad != "1" ||
		!slices.Equal(p.Source, []letopis.Span{{Start: 0, End: 4}}) || !slices.Equal(p.Target, []letopis.Span{{Start: 9, End: 14}, {Start: 23, End: 28}}) {
		t.Errorf("%+v", p)
	}
	write(head + "1\t<s>Anna left\t2\tYIELD\n")
	if _, err := Pairs(path, "en"); err == nil || !strings.Contains(err.Error(), path+": row 2: ") {
		t.Errorf("an open mark: %v", err)
	}
	if _, err := Pairs(path+".none", "en"); letopis.KindOf(err) != letopis.NotFound {
		t.Errorf("no file: %v", err)
	}
}
