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

// One returns the weight of a feature in a table of one weight each, 0 if it has none.
func (t *Weights) One(f uint32) int32 {
	h, tag := fold(f)
	v := binary.LittleEndian.Uint64(t.slots[int(h>>t.shift)*8:])
	// Of the slots, the lowest that has the tag: without a branch, for which slot it
	// is cannot be foreseen. No slot shifts all weights out.
	return square[byte(uint32(v>>32)>>slotShift(uint32(v), tag))]
}

// slotShift returns 8 times the lowest byte of tags that equals tag, 32 where none
// does (the zero byte test of Mycroft; its lowest hit is always right).
func slotShift(tags uint32, tag byte) uint {
	x := tags ^ uint32(tag)*0x01010101
	hit := (x - 0x01010101) &^ x & 0x80808080
	return uint(bits.TrailingZeros32(hit)) &^ 7
}

// Three adds the weights of a feature in a table of three weights each to sum.
func (t *Weights) Three(f uint32, sum *[3]int32) {
	h, tag := fold(f)
	b := t.slots[int(h>>t.shift)*16:]
	b = b[:16:16]
	shift := slotShift(binary.LittleEndian.Uint32(b), tag)
	if shift == 32 {
		return
	}
	k := 4 + shift/8*3
	sum[0] += square[b[k&15]]
	sum[1] += square[b[(k+1)&15]]
	sum[2] += square[b[(k+2)&15]]
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
