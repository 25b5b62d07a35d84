package model

import (
	"bytes"
	"testing"
)

func sample() []byte {
	var w Writer
	w.Strings("strings", []string{"", "а", "бряг", "в"})
	w.Bytes("weights", []byte{1, 2, 3})
	w.Bytes("empty", nil)
	w.Uint32s("n32", []uint32{1, 1 << 31})
	WriteLinear(&w, "t", []string{"A", "B"}, map[uint32][]Cell{7: {{0, -3}, {1, 4}}, 9: {{1, 1}}})
	return w.Finish()
}

func TestFileRoundTrip(t *testing.T) {
	f, err := Open(sample())
	if err != nil {
		t.Fatal(err)
	}
	if got := f.Section("weights"); !bytes.Equal(got, []byte{1, 2, 3}) {
		t.Errorf("weights = %v", got)
	}
	if f.Section("absent") != nil {
		t.Error("a section that was not written is there")
	}
	if s, err := f.Strings("strings"); err != nil || len(s) != 4 || s[2] != "бряг" {
		t.Errorf("strings: %q %v", s, err)
	}
	if n := f.Uint32s("n32"); len(n) != 2 || n[1] != 1<<31 {
		t.Errorf("n32 = %v", n)
	}
	m, ok := OpenLinear(f, "t")
	if !ok {
		t.Fatal("no linear model")
	}
	scores := make([]int32, 2)
	m.Add(7, scores)
	m.Add(8, scores)
	if scores[0] != -3 || scores[1] != 4 {
		t.Errorf("scores = %v", scores)
	}
}

func TestFileRejectsEveryFlippedBit(t *testing.T) {
	good := sample()
	for i := range good {
		bad := bytes.Clone(good)
		bad[i] ^= 1
		if _, err := Open(bad); err == nil {
			t.Errorf("byte %d changed: no error", i)
		}
		if _, err := Open(good[:i]); err == nil {
			t.Errorf("cut at %d: no error", i)
		}
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(sample())
	f.Add([]byte(magic))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, b := range [][]byte{data, resum(data)} { // past the checksum too
			m, err := Open(b)
			if err != nil {
				continue
			}
			for n := range m.sections {
				_, _ = m.Strings(n)
				m.Uint16s(n)
			}
			if l, ok := OpenLinear(m, "t"); ok {
				l.Add(7, make([]int32, len(l.Labels)))
			}
		}
	})
}

func resum(b []byte) []byte {
	if len(b) < 4 {
		return b
	}
	return appendSum(bytes.Clone(b[:len(b)-4]))
}
