package onto

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"letopis"
)

// small is a folder with a made-up ontology.
func small() fstest.MapFS {
	var codes strings.Builder
	for i, c := range letopis.Codes() {
		fmt.Fprintf(&codes, "%s\t%d\t%02d0\t%d.5\n", c, c.Quad(), i+1, i%9)
	}
	return fstest.MapFS{
		"onto/plover/codes.tsv":    {Data: []byte(codes.String())},
		"onto/plover/contexts.tsv": {Data: []byte("trade\tbuying and selling\nsea_law\tships and coasts\n")},
	}
}

func TestOpen(t *testing.T) {
	o, err := Open(small())
	if err != nil {
		t.Fatal(err)
	}
	if k, ok := o.Category(letopis.Consult); !ok || k != (Category{CAMEO: "020", Goldstein: 1.5}) {
		t.Errorf("CONSULT: %+v, %v", k, ok)
	}
	if _, ok := o.Category("HELP"); ok {
		t.Error("HELP is a category")
	}
	if got := o.Contexts(); !slices.Equal(got, []string{"trade", "sea_law"}) {
		t.Errorf("contexts %q", got)
	}
	if _, ok := o.Flip(letopis.Aid, letopis.Future); ok {
		t.Error("a flip without flips.tsv")
	}
	changed := small()
	changed["onto/plover/codes.tsv"].Data = append([]byte("# head\n"), changed["onto/plover/codes.tsv"].Data...)
	if p, err := Open(changed); err != nil || p.Version() == o.Version() || !strings.HasPrefix(o.Version(), "plover 2.0 ") {
		t.Errorf("versions %q and %q of two files, %v", p.Version(), o.Version(), err)
	}
}

func TestComplaints(t *testing.T) {
	for _, c := range []struct{ file, text, want string }{
		{"codes.tsv", "AGREE\t1\t030\t4\n", "onto/plover/codes.tsv: there is no line of CONSULT"},
		{"codes.tsv", "HELP\t1\t030\t4\n", `onto/plover/codes.tsv:1:1: "HELP" is no PLOVER category (field 1, category)`},
		{"codes.tsv", "AGREE\t1\t030\t4\nAGREE\t1\t030\t4\n", "codes.tsv:2:1: AGREE stands here twice"},
		{"codes.tsv", "AGREE\t2\t030\t4\n", "codes.tsv:1:7: quad class 2 of AGREE; it is 1"},
		{"codes.tsv", "AGREE\t1\t030\t11\n", `codes.tsv:1:13: "11" is no value from -10 to 10`},
		{"codes.tsv", "AGREE\t1\t030\tNaN\n", `codes.tsv:1:13: "NaN" is no value from -10 to 10`},
		{"contexts.tsv", "Trade\tx\n", `contexts.tsv:1:1: "Trade" is no name of a context`},
		{"contexts.tsv", "trade\tx\ntrade\ty\n", "contexts.tsv:2:1:"},
		{"intensity.tsv", "HELP\t1\n", "intensity.tsv:1:1:"},
		{"intensity.tsv", "AID\tten\n", `intensity.tsv:1:5: "ten" is no value`},
		{"intensity.tsv", "AID\t1\nAID\t2\n", "intensity.tsv:2:1: AID stands here twice"},
		{"flips.tsv", "AID\tfuture\tAGREE\n", "flips.tsv:1:12: 3 fields"},
		{"flips.tsv", "AID\tactual\tAGREE\tx\n", `flips.tsv:1:5: "actual" is no modality`},
		{"flips.tsv", "AID\tfuture\tAID\tx\n", "flips.tsv:1:12: AID and AID"},
		{"flips.tsv", "HELP\tfuture\tAGREE\tx\n", "flips.tsv:1:13: HELP and AGREE"},
		{"flips.tsv", "AID\tfuture\tAGREE\tx\nAID\tfuture\tREJECT\tx\n", "flips.tsv:2:1: AID future stands here twice"},
	} {
		fsys := small()
		fsys["onto/plover/"+c.file] = &fstest.MapFile{Data: []byte(c.text)}
		if _, err := Open(fsys); err == nil || !strings.Contains(err.Error(), c.want) || letopis.KindOf(err) != letopis.Invalid {
			t.Errorf("%s %q: %v, want %s", c.file, c.text, err, c.want)
		}
	}
}

// The ontology that ships tells what the programs that read exports expect.
func TestShipped(t *testing.T) {
	o, err := Open(os.DirFS("../../data"))
	if err != nil {
		t.Fatal(err)
	}
	if k, _ := o.Category(letopis.Consult); k != (Category{CAMEO: "040", Goldstein: 1, Intensity: "2.5"}) {
		t.Errorf("CONSULT: %+v", k)
	}
	got := map[string]letopis.Code{}
	for _, c := range letopis.Codes() {
		for _, m := range []letopis.Modality{letopis.Actual, letopis.Future, letopis.Possible, letopis.Negated} {
			if to, ok := o.Flip(c, m); ok {
				got[string(c)+" "+string(m)] = to
			}
		}
	}
	if got["AID future"] != letopis.Agree || got["COOPERATE negated"] != letopis.Sanction || slices.ContainsFunc(slices.Collect(maps.Keys(got)), func(s string) bool { return strings.HasSuffix(s, "actual") }) {
		t.Errorf("flips: %v", got)
	}
}

func TestNil(t *testing.T) {
	var o *Ontology
	_, known := o.Category(letopis.Aid)
	if _, flips := o.Flip(letopis.Aid, letopis.Future); known || flips || o.Contexts() != nil || o.Version() != "" {
		t.Error("no ontology knows something")
	}
}

func FuzzTables(f *testing.F) {
	f.Add("AID\t2\t070\t7\n", "trade\tx\n", "AID\t10\n", "AID\tfuture\tAGREE\tx\n")
	f.Fuzz(func(t *testing.T, codes, contexts, intensity, flips string) {
		fsys := small()
		for name, text := range map[string]string{"contexts": contexts, "intensity": intensity, "flips": flips} {
			fsys["onto/plover/"+name+".tsv"] = &fstest.MapFile{Data: []byte(text)}
		}
		if len(codes) > 0 {
			fsys["onto/plover/codes.tsv"].Data = []byte(codes)
		}
		o, err := Open(fsys)
		if err != nil {
			return
		}
		for _, c := range letopis.Codes() {
			if k, ok := o.Category(c); !ok || k.Goldstein < -10 || k.Goldstein > 10 {
				t.Fatalf("%s: %+v, %v", c, k, ok)
			}
		}
	})
}
