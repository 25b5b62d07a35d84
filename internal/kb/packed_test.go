package kb

import (
	"bytes"
	"io/fs"
	"maps"
	"os"
	"slices"
	"testing"
	"testing/fstest"

	"letopis/data"
)

// The program has every table of the folder, the generated ones packed and as they are there.
func TestPackedIsCurrent(t *testing.T) {
	dir := os.DirFS("../../data/kb")
	want, err := readTables(dir)
	if err != nil {
		t.Fatal(err)
	}
	packed, err := readPacked(dir)
	if err != nil {
		t.Fatal(err)
	}
	maps.DeleteFunc(packed, func(path, text string) bool { return want[path] == text })
	if len(packed) > 0 {
		t.Errorf("data/kb/%s is out of date: run make kb", Packed)
	}
	listed, err := readTables(shipped(t))
	if err != nil {
		t.Fatal(err)
	}
	got, err := loadTables(shipped(t))
	if err != nil || !maps.Equal(got, want) {
		t.Errorf("the program's tables are not those of the folder (%v): %v, want %v", err, slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)))
	}
	for path := range listed {
		if isGenerated(path) {
			t.Errorf("%s is in the program as it is", path)
		}
	}
	if k, err := openCompiled(shipped(t)); err != nil || k == nil {
		t.Errorf("the compiled form is not used: %v", err)
	}
}

// Tables of a user lie over those of the program as over those of the folder.
func TestPackedOverlay(t *testing.T) {
	for name, own := range map[string]fstest.MapFS{
		"places":    {"places.tsv": {Data: []byte("neverheim\tcity\tNOR\n")}, "en/places.tsv": {Data: []byte("neverheim\tNeverheim\n")}},
		"gazetteer": {"gazetteer.tsv": {Data: []byte("neverheim\tcity\tNOR\n")}, "en/gazetteer.tsv": {Data: []byte("neverheim\tNeverheim?\n")}},
		"names":     {"en/gazetteer.tsv": {Data: []byte("ad-02\tNeverheim\n")}},
	} {
		var told [2]bytes.Buffer
		for i, base := range []fs.FS{data.FS, os.DirFS("../../data")} {
			laid, err := Overlay(base, "kb", own)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			sub, err := fs.Sub(laid, "kb")
			if err != nil {
				t.Fatal(err)
			}
			k, err := Open(sub)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if len(k.Match("en", toks("Neverheim"), 0)) != 1 || k.Place("ad-03") == nil {
				t.Errorf("%s: a place is not found", name)
			}
			tell(t, k, tables{"places.tsv": "neverheim\n", "en/places.tsv": "x\tCanillo|Neverheim|Oslo\n"}, &told[i])
		}
		if !bytes.Equal(told[0].Bytes(), told[1].Bytes()) {
			t.Errorf("%s: the program answers otherwise than the folder:\n%s\n%s", name, &told[0], &told[1])
		}
	}
}

// A folder that lists no generated table and has none packed lacks it.
func TestPackedGone(t *testing.T) {
	m := copyTables(t, os.DirFS("../../data/kb"), Compiled)
	delete(m, "bg/gazetteer.tsv")
	if _, err := openCompiled(m); err == nil {
		t.Error("the compiled form of a table that is gone is used")
	}
	for _, b := range []string{"", "no gzip"} {
		m[Packed] = &fstest.MapFile{Data: []byte(b)}
		if _, err := loadTables(m); err == nil {
			t.Errorf("%q is taken for packed tables", b)
		}
	}
}

// FuzzUnpack takes any bytes apart.
func FuzzUnpack(f *testing.F) {
	b, err := Pack(fstest.MapFS{"gazetteer.tsv": {Data: []byte("a\tcity\n")}, "xx/gazetteer.tsv": {Data: []byte("a\tA\n")}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add(b[:len(b)/2])
	f.Fuzz(func(t *testing.T, b []byte) {
		ts, err := unpack(bytes.NewReader(b))
		for path := range ts {
			if err != nil || !isGenerated(path) {
				t.Errorf("%s: %v", path, err)
			}
		}
	})
}
