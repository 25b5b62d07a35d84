package linear_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"letopis/internal/linear"
)

// slotsOf are the slots of features for a class.
func slotsOf(class int, names ...string) []uint32 {
	var b linear.Bag
	for _, n := range names {
		b.Add(n)
	}
	var out []uint32
	for _, h := range b.Hashes() {
		out = append(out, linear.Slot(h, class))
	}
	return out
}

// TestTable scores a bag for two classes, tells what decided, and keeps all of it in a file.
func TestTable(t *testing.T) {
	one, two := slotsOf(1, "word=attack", "at=0"), slotsOf(2, "word=attack")
	table := linear.NewTable(map[uint32]int8{one[0]: 24, one[1]: -8, two[0]: -127})
	var b linear.Bag
	b.Reset(true)
	b.Add("word=", "attack")
	b.Num("at=", -3, 5)
	b.Add("unseen")
	if x, y := table.Score(&b, 1), table.Score(&b, 2); x != 16 || y != -127 {
		t.Errorf("scores %d and %d, want 16 and -127", x, y)
	}
	if got, want := table.Deciding(&b, 1, 2), []string{"word=attack 1.5", "at=0 -0.5"}; !slices.Equal(got, want) {
		t.Errorf("deciding %q, want %q", got, want)
	}
	var file bytes.Buffer
	if _, err := table.WriteTo(&file); err != nil {
		t.Fatal(err)
	}
	again, err := linear.ReadTable(file.Bytes(), "deeds.bin")
	if err != nil {
		t.Fatal(err)
	}
	if x := again.Score(&b, 1) + again.Score(&b, 2); x != 16-127 {
		t.Errorf("what was read scores %d", x)
	}
	if (*linear.Table)(nil).Score(&b, 1) != 0 {
		t.Error("no table weighs something")
	}
}

// TestTableDamaged refuses what is no table, with the place.
func TestTableDamaged(t *testing.T) {
	var file bytes.Buffer
	if _, err := linear.NewTable(map[uint32]int8{5: 1, 900: 2}).WriteTo(&file); err != nil {
		t.Fatal(err)
	}
	good := file.Bytes()
	for name, b := range map[string][]byte{
		"empty": nil, "text": []byte("k.bias\t74\n"), "cut": good[:len(good)-1], "longer": append(slices.Clone(good), 0),
		"twice": append(slices.Clone(good[:len(good)-3]), 0, 0, 1), "too many": append([]byte("LTPW1\n"), 0xff, 0xff, 0xff, 0xff, 0x0f),
	} {
		if _, err := linear.ReadTable(b, "deeds.bin"); !errors.Is(err, linear.ErrTable) || !strings.HasPrefix(err.Error(), "deeds.bin: byte ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzReadTable(f *testing.F) {
	var file bytes.Buffer
	if _, err := linear.NewTable(map[uint32]int8{0: -3, 5: 1, linear.Slots - 1: 2}).WriteTo(&file); err != nil {
		f.Fatal(err)
	}
	f.Add(file.Bytes())
	f.Add([]byte("LTPW1\n\x01\x05"))
	f.Fuzz(func(t *testing.T, b []byte) {
		table, err := linear.ReadTable(b, "x")
		if err != nil {
			return
		}
		var out bytes.Buffer
		if _, err := table.WriteTo(&out); err != nil {
			t.Fatal(err)
		}
		again, err := linear.ReadTable(out.Bytes(), "x")
		if err != nil {
			t.Fatal(err)
		}
		var back bytes.Buffer
		if _, err := again.WriteTo(&back); err != nil || !bytes.Equal(out.Bytes(), back.Bytes()) {
			t.Error("what is written again differs")
		}
	})
}
