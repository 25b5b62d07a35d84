package linear

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"letopis/internal/tsv"
)

func TestRoundTrip(t *testing.T) {
	m := New(map[string]int32{"b": -3, "a=x": 70, "zero": 0})
	var b bytes.Buffer
	if err := m.Write(&b, "what\nfrom where"); err != nil {
		t.Fatal(err)
	}
	if got, want := b.String(), "# what\n# from where\na=x\t70\nb\t-3\n"; got != want {
		t.Fatalf("wrote %q, want %q", got, want)
	}
	back, err := Read(&b, "w.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var v Vec
	v.Add("a", "=", "x")
	v.Num("n", 9, 5)
	v.Add("b")
	if got := back.Score(&v); got != 67 {
		t.Errorf("score %d, want 67", got)
	}
	if got := back.Deciding(&v, 5); !slices.Equal(got, []string{"a=x +70", "b -3"}) {
		t.Errorf("deciding: %q", got)
	}
	if got := v.Names(); !slices.Equal(got, []string{"a=x", "n5", "b"}) {
		t.Errorf("names: %q", got)
	}
	v.Reset()
	if got := back.Score(&v); got != 0 {
		t.Errorf("score of nothing is %d", got)
	}
}

func TestReadRefuses(t *testing.T) {
	for in, want := range map[string]string{
		"a 3\n":                                  "w.tsv:1:1: 1 fields, separated by tabs; want feature, weight",
		"a\t3\na\t4":                             "w.tsv:2:1: feature \"a\" stands twice",
		"\n# c\na\tx":                            "w.tsv:3:3: weight \"x\" is no integer",
		"a\t" + strings.Repeat("9", tsv.MaxLine): "w.tsv:1:1: a line of",
	} {
		if _, err := Read(strings.NewReader(in), "w.tsv"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Read(%.20q): %v, want %q", in, err, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("# c\na\t3\n")
	f.Fuzz(func(t *testing.T, s string) {
		m, err := Read(strings.NewReader(s), "f")
		if err != nil {
			return
		}
		var b bytes.Buffer
		if err := m.Write(&b, ""); err != nil {
			t.Fatal(err)
		}
		if _, err := Read(&b, "f"); err != nil {
			t.Fatalf("what was written is not read: %v", err)
		}
	})
}

func BenchmarkScore(b *testing.B) {
	m := New(map[string]int32{"code=A": 3, "rel=nsubj": 5})
	var v Vec
	b.ReportAllocs()
	for b.Loop() {
		v.Reset()
		for range 30 {
			v.Add("rel=", "nsubj")
		}
		m.Score(&v)
	}
}
