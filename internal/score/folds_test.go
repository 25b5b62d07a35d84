package score

import (
	"path/filepath"
	"strings"
	"testing"

	"letopis"
)

const foldTable = "id\tset\tlang\tstory\tfold\na\tdev\tbg\t0\t6\nb\tnews\tru\t0\t6\na\tnews\ten\t1\t0\n"

func TestFolds(t *testing.T) {
	f, err := ParseFolds("folds.tsv", foldTable)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		set, id string
		fold    int
		ok      bool
	}{{"dev", "a", 6, true}, {"news", "a", 0, true}, {"news", "b", 6, true}, {"train", "a", 0, false}} {
		if fold, ok := f.Of(c.set, c.id); fold != c.fold || ok != c.ok {
			t.Errorf("%s of %s: %d %v", c.id, c.set, fold, ok)
		}
	}
	case1 := func(id letopis.ID) Case { return Case{Document: letopis.Document{ID: id}} }
	split, err := f.Split("news", []Case{case1("b"), case1("a")})
	if err != nil || len(split[6]) != 1 || len(split[0]) != 1 || split[0][0].Document.ID != "a" {
		t.Errorf("%v, %v", split, err)
	}
	if _, err := f.Split("dev", []Case{case1("c")}); letopis.KindOf(err) != letopis.Invalid || !strings.Contains(err.Error(), "article c of dev") {
		t.Errorf("an article in no fold: %v", err)
	}
}

func TestFoldsRefuse(t *testing.T) {
	for what, c := range map[string]struct{ text, want string }{
		"two folds":    {foldTable + "c\ttrain\tbg\t1\t3\n", "folds.tsv:5:14: story 1 is in fold 0 on line 4"},
		"twice":        {foldTable + "a\tdev\tbg\t0\t6\n", "folds.tsv:5:1: a of dev stands in the table twice"},
		"no titles":    {"a\tdev\tbg\t0\t6\n", "folds.tsv:1:1: the first line holds the titles"},
		"set":          {foldTable + "c\ttest\tbg\t2\t3\n", `folds.tsv:5:3: "test" is no set`},
		"no language":  {foldTable + "c\tdev\t\t2\t3\n", "folds.tsv:5:7: no language"},
		"fold":         {foldTable + "c\tdev\tbg\t2\t10\n", `folds.tsv:5:12: "10" is no number from 0 to 9`},
		"form":         {foldTable + "c\tdev\tbg\t2\t07\n", `"07" is no number`},
		"story":        {foldTable + "c\tdev\tbg\t-2\t7\n", `folds.tsv:5:10: "-2" is no number`},
		"columns":      {foldTable + "c\tdev\tbg\n", "3 fields"},
		"nothing":      {"", "no article"},
		"titles alone": {"id\tset\tlang\tstory\tfold\n", "no article"},
	} {
		_, err := ParseFolds("folds.tsv", c.text)
		if letopis.KindOf(err) != letopis.Invalid || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want one of kind invalid that says %q", what, err, c.want)
		}
	}
	if _, err := OpenFolds(filepath.Join(t.TempDir(), "folds.tsv")); letopis.KindOf(err) != letopis.NotFound {
		t.Errorf("a file that is not there: %v", err)
	}
}

func FuzzParseFolds(f *testing.F) {
	f.Add(foldTable)
	f.Add("id\tset\tlang\tstory\tfold\nx\ttrain\tbg\t99999999999999999999\t\xff\n")
	f.Fuzz(func(t *testing.T, text string) {
		folds, err := ParseFolds("folds.tsv", text)
		if (folds == nil) == (err == nil) {
			t.Fatalf("%v, %v", folds, err)
		}
		if folds == nil {
			return
		}
		for a, fold := range folds.of {
			if fold < 0 || fold >= NumFolds || a.id == "" {
				t.Fatalf("%v in fold %d", a, fold)
			}
		}
	})
}
