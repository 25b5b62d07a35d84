package model

import "testing"

// TestWeightsSum packs more features than the buckets have slots for and compares the
// sums with a search of the slots one by one.
func TestWeightsSum(t *testing.T) {
	for _, width := range []int{1, 3} {
		var list []Weighted
		for i := range uint32(400) {
			list = append(list, Weighted{Feature: Mix(i), W: [3]int8{int8(i%251) - 125, int8(i % 7), -int8(i % 100)}})
		}
		const log = 6
		b := PackWeights(list, width, log)
		w, err := OpenWeights(b, width)
		if err != nil {
			t.Fatal(err)
		}
		find := func(f uint32) (out [3]int32) {
			h, tag := fold(f)
			s := b[8+int(h>>(32-log))*slotsPerBucket*(1+width):]
			for k := range slotsPerBucket {
				if s[k] == tag {
					for j := range width {
						v := int32(int8(s[slotsPerBucket+k*width+j]))
						out[j] = v * max(v, -v)
					}
					break
				}
			}
			return out
		}
		var feats []uint32
		var want [3]int32
		found := 0
		for i := range uint32(2000) { // most were never stored
			f := Mix(i)
			feats = append(feats, f)
			x := find(f)
			if x != [3]int32{} {
				found++
			}
			got := [3]int32{w.Ones([]uint32{f ^ 5}, 5)}
			if width == 3 {
				got = w.Threes([]uint32{f})
			}
			if got != x {
				t.Fatalf("width %d, feature %d: got %v, want %v", width, i, got, x)
			}
			for j := range want {
				want[j] += x[j]
			}
		}
		if found < 200 || found > 1000 {
			t.Errorf("width %d: %d of 2000 features have weights", width, found)
		}
		got := [3]int32{w.Ones(feats, 0)}
		if width == 3 {
			got = w.Threes(feats)
		}
		if got != want {
			t.Errorf("width %d: sum %v, want %v", width, got, want)
		}
	}
}
