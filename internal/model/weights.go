package model

import (
	"encoding/binary"
	"errors"
	"math/bits"
)

// Weights maps hashed features to one or three small integers. It keeps no
// keys but eight bits of each: a feature that was never stored is taken for a
// stored one about once in sixty times, which costs less accuracy than the
// keys would cost space. A section is u32 log2 of the number of buckets, u32
// number of weights (1 or 3), then buckets of four slots: four tag bytes and the
// weights of the four slots, int8 each. A tag of 0 is an empty slot. A stored v
// stands for v·|v|, so that small weights are fine and large ones not clipped.
type Weights struct {
	slots []byte
	shift uint
	size  int // bytes of a bucket
}

const slotsPerBucket = 4

// square is v·|v| of every int8 v, by its bits.
var square = func() (t [256]int32) {
	for i := range t {
		v := int32(int8(i))
		t[i] = v * max(v, -v)
	}
	return t
}()

// OpenWeights reads a section written by [PackWeights].
func OpenWeights(b []byte, width int) (Weights, error) {
	if len(b) < 8 {
		return Weights{}, errors.New("a table of weights is cut short")
	}
	log, w := binary.LittleEndian.Uint32(b), binary.LittleEndian.Uint32(b[4:])
	if log < 1 || log > 24 || int(w) != width || len(b)-8 != slotsPerBucket*(1+width)<<log {
		return Weights{}, errors.New("a table of weights does not have the size it says")
	}
	return Weights{slots: b[8:], shift: 32 - uint(log), size: slotsPerBucket * (1 + width)}, nil
}

// Fold spreads the bits of a feature hash: the high bits choose the bucket, the
// low eight tell features in it apart.
func fold(h uint32) (uint32, byte) {
	h *= 0x9e3779b1
	h ^= h >> 15
	tag := byte(h)
	if tag == 0 {
		tag = 1
	}
	return h, tag
}

// Ones returns the sum of the weights of features, each joined with x by exclusive
// or, in a table of one weight each; a feature that is not there counts 0. The loop
// stands here so that the processor has many buckets under way at once.
func (t *Weights) Ones(features []uint32, x uint32) int32 {
	sum := int32(0)
	slots, shift := t.slots, t.shift&31
	for _, f := range features {
		h, tag := fold(f ^ x)
		v := binary.LittleEndian.Uint64(slots[int(h>>shift)*8:])
		// Of the slots, the lowest that has the tag: without a branch, for which slot it
		// is cannot be foreseen. No slot shifts all weights out.
		sum += square[byte(uint32(v>>32)>>slotShift(uint32(v), tag))]
	}
	return sum
}

// slotShift returns 8 times the lowest byte of tags that equals tag, 32 where none
// does (the zero byte test of Mycroft; its lowest hit is always right).
func slotShift(tags uint32, tag byte) uint {
	x := tags ^ uint32(tag)*0x01010101
	hit := (x - 0x01010101) &^ x & 0x80808080
	return uint(bits.TrailingZeros32(hit)) &^ 7
}

// threeAt and threeDrop are, for each slot of a table of three weights and for none,
// where the four bytes begin whose upper three are its weights, and how far they are
// shifted to have the weights alone; none are left of no slot.
var (
	threeAt   = [8]uint8{3, 6, 9, 12, 12, 12, 12, 12}
	threeDrop = [8]uint8{8, 8, 8, 8, 32, 32, 32, 32}
)

// Threes returns the sums of the weights of features in a table of three weights each.
func (t *Weights) Threes(features []uint32) (sum [3]int32) {
	var a, b, c int32
	slots, shift := t.slots, t.shift&31
	for _, f := range features {
		h, tag := fold(f)
		s := slots[int(h>>shift)*16:]
		s = s[:16:16]
		k := slotShift(binary.LittleEndian.Uint32(s), tag) / 8 & 7
		w := binary.LittleEndian.Uint32(s[threeAt[k]:]) >> threeDrop[k]
		a += square[byte(w)]
		b += square[byte(w>>8)]
		c += square[byte(w>>16)]
	}
	return [3]int32{a, b, c}
}

// Weighted is a feature with its weights for [PackWeights].
type Weighted struct {
	Feature uint32
	W       [3]int8
}

// PackWeights writes a table of 2^log buckets. The list is in the order of
// importance: where a bucket is full, or another feature has the same bucket
// and tag, the later one is left out.
func PackWeights(list []Weighted, width int, log uint) []byte {
	size := slotsPerBucket * (1 + width)
	b := make([]byte, 8+size<<log)
	binary.LittleEndian.PutUint32(b, uint32(log))
	binary.LittleEndian.PutUint32(b[4:], uint32(width))
	for _, e := range list {
		h, tag := fold(e.Feature)
		s := b[8+int(h>>(32-log))*size:][:size]
		for k := range slotsPerBucket {
			if s[k] == tag {
				break
			}
			if s[k] == 0 {
				s[k] = tag
				for j := range width {
					s[slotsPerBucket+k*width+j] = byte(e.W[j])
				}
				break
			}
		}
	}
	return b
}
