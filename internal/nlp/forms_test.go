package nlp

import (
	"bytes"
	"compress/flate"
	"context"
	"encoding/binary"
	"slices"
	"testing"

	"letopis/internal/model"
)

func packed(b []byte) []byte {
	var out bytes.Buffer
	w, _ := flate.NewWriter(&out, flate.DefaultCompression)
	w.Write(b)
	w.Close()
	return out.Bytes()
}

// smallForms is a dictionary of a noun (чайник, чайники), a verb with its participle
// (петь, петый) and a comparative with a prefix (потише, of тихий).
func smallForms(t testing.TB) *Forms {
	t.Helper()
	suffixes := []string{"", "и", "ь", "ый", "ий", "ше"}
	tags := []string{"NOUN,sing", "NOUN,plur", "INFN", "PRTF", "ADJF", "COMP"}
	stems := []struct {
		stem string
		para uint16
	}{{"чайник", 0}, {"пет", 1}, {"ти", 2}}
	slices.SortFunc(stems, func(a, b struct {
		stem string
		para uint16
	}) int {
		return int(StemKey(a.stem)) - int(StemKey(b.stem))
	})
	var paras, keys, low []byte
	for _, p := range [][]uint16{{0, 0, 1, 1}, {2, 2, 3, 3}, {4, 4, 5, 5 | 1<<14}} {
		paras = binary.LittleEndian.AppendUint16(paras, uint16(len(p)/2))
		for _, v := range p {
			paras = binary.LittleEndian.AppendUint16(paras, v)
		}
	}
	at := uint32(0)
	for _, s := range stems {
		k := StemKey(s.stem)
		keys = binary.AppendUvarint(keys, uint64(k-at))
		at = k
		low = append(low, byte(s.para))
	}
	w := &model.Writer{}
	w.Strings("tags", tags)
	w.Uint16s("own", []uint16{noTag, noTag, noTag, 3, noTag, noTag})
	w.Uint16s("pos", []uint16{0, 0, 1, 2, 3, 4})
	w.Strings("suffix", suffixes)
	w.Strings("prefix", []string{"", "по"})
	w.Bytes("paras", packed(paras))
	w.Bytes("stems", keys)
	w.Bytes("para", packed(append(low, make([]byte, len(low))...)))
	f, err := model.Open(w.Finish())
	if err != nil {
		t.Fatal(err)
	}
	d, err := OpenForms(f)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestForms(t *testing.T) {
	d := smallForms(t)
	for _, c := range []struct {
		form, lemma string
		own         bool
		tag         uint16
	}{
		{"чайники", "чайник", false, 1},
		{"Чайники", "Чайник", false, 1},
		{"мини-чайники", "мини-чайник", false, 1},
		{"пётый", "пёть", false, 3}, // ё is found as е and kept
		{"петый", "петый", true, 3},
		{"потише", "тиий", false, 5},
	} {
		rs := d.Find(lower(c.form), nil)
		if len(rs) != 1 || rs[0].Tag != c.tag {
			t.Errorf("%s: readings %v, want one with tag %d", c.form, rs, c.tag)
			continue
		}
		if l := d.Lemma(rs[0], c.form, c.own); l != c.lemma {
			t.Errorf("%s: lemma %s, want %s", c.form, l, c.lemma)
		}
	}
	for _, s := range []string{"", "по", "чайникам", "-", "тише", "стул"} {
		if rs := d.Find(s, nil); len(rs) != 0 {
			t.Errorf("%q has readings %v", s, rs)
		}
	}
}

// Forms that no treebank of the training has, with the lemmas of the dictionary.
func TestRussianForms(t *testing.T) {
	p := pack(t, "ru")
	a, err := p.Analyze(context.Background(), "Чешуекрылыми занялись лесоводы из заповедников.")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, w := range a.Sentences[0].Words[1:] {
		got = append(got, w.Lemma+"/"+string(w.UPOS))
	}
	for _, want := range []string{"лесовод/NOUN", "заповедник/NOUN", "заняться/VERB"} {
		if !slices.Contains(got, want) {
			t.Errorf("no %s in %v", want, got)
		}
	}
}

func FuzzForms(f *testing.F) {
	f.Add([]byte("\x01a"), []byte{1, 0, 0, 0, 0, 0}, []byte{1}, []byte{0, 0}, "чайники")
	f.Add([]byte{}, []byte{}, []byte{}, []byte{}, "-")
	f.Fuzz(func(t *testing.T, text, paras, stems, para []byte, form string) {
		w := &model.Writer{}
		w.Bytes("tags", text)
		w.Bytes("suffix", text)
		w.Bytes("prefix", text)
		w.Bytes("own", para)
		w.Bytes("pos", para)
		w.Bytes("paras", packed(paras))
		w.Bytes("stems", stems)
		w.Bytes("para", packed(para))
		m, err := model.Open(w.Finish())
		if err != nil {
			return
		}
		d, err := OpenForms(m)
		if err != nil {
			d = smallForms(t)
		}
		low := lower(form)
		for _, r := range d.Find(low, nil) {
			d.Lemma(r, form, true)
			d.Lemma(r, low, false)
		}
	})
}
