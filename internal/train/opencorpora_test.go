package train

import (
	"encoding/binary"
	"errors"
	"testing"
)

func TestReduceTag(t *testing.T) {
	for tag, want := range map[string]string{
		"NOUN,inan,masc,Sgtm,Geox sing,gen2": "NOUN,inan,masc,Geox,sing,gent",
		"PRTS,impf,intr,past,pssv femn,sing": "PRTS,impf,past,pssv,femn,sing",
		"ADJF,Qual,Subx masc,sing,nomn":      "ADJF,Qual,masc,sing,nomn",
		"VERB,perf,tran sing,3per,futr,indc": "VERB,perf,sing,3per,futr,indc",
		"NOUN,anim,masc,Name,Infr plur,voct": "NOUN,anim,masc,Name,plur,voct",
	} {
		if got := reduceTag(tag); got != want {
			t.Errorf("%s: %s, want %s", tag, got, want)
		}
	}
	if got, want := ownTag("PRTS,impf,past,pssv,femn,sing"), "PRTF,impf,past,pssv,masc,sing,nomn"; got != want {
		t.Errorf("stands for the participle: %s, want %s", got, want)
	}
}

func FuzzDAWG(f *testing.F) {
	// One key, "a": the root has the child a, that has a leaf.
	unit := binary.LittleEndian.AppendUint32(nil, 98)
	units := make([]byte, 4*98)
	binary.LittleEndian.PutUint32(units, 0)
	binary.LittleEndian.PutUint32(units[4*97:], 97|1<<8)
	guide := make([]byte, 2*98)
	guide[0] = 97
	b := append(append(append(unit, units...), 98, 0, 0, 0), guide...)
	f.Add(b)
	n := 0
	if err := walkDAWG(b, func(key []byte) error {
		if n++; string(key) != "a" {
			return errors.New("the key is " + string(key))
		}
		return nil
	}); err != nil || n != 1 {
		f.Fatalf("%d keys, %v", n, err)
	}
	f.Fuzz(func(t *testing.T, b []byte) { _ = walkDAWG(b, func([]byte) error { return nil }) })
}
