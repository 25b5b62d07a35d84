package linear

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
)

// Words are too many to be kept by name: a [Bag] hashes features (Weinberger et al. 2009,
// "Feature hashing for large scale multitask learning"), and a [Table] has a small weight for
// each hash.

// Fine is the weight of one unit of log-odds in a [Table]; weights lie within ±127 of it.
const Fine = 16

// tableBits is the length of a hash that tells features apart: some collide, and training allows for it.
const tableBits = 21

// Bag is the hashed features of one case. The zero Bag is empty and ready.
type Bag struct {
	hashes []uint32
	names  []string
	named  bool
}

// Reset empties b; named keeps the names of what is added, to explain.
func (b *Bag) Reset(named bool) { b.hashes, b.names, b.named = b.hashes[:0], b.names[:0], named }

// Constants of the hash FNV-1a of 32 bits.
const (
	fnvOffset = 2166136261
	fnvPrime  = 16777619
)

// Add adds the feature whose name is the parts in a row.
func (b *Bag) Add(parts ...string) {
	h := uint32(fnvOffset)
	for _, p := range parts {
		for i := 0; i < len(p); i++ {
			h = (h ^ uint32(p[i])) * fnvPrime
		}
	}
	b.hashes = append(b.hashes, h)
	if b.named {
		name := ""
		for _, p := range parts {
			name += p
		}
		b.names = append(b.names, name)
	}
}

// Num adds the feature name with a number after it, at most limit.
func (b *Bag) Num(name string, n, limit int) {
	b.Add(name, smallNumbers[min(max(n, 0), limit, len(smallNumbers)-1)])
}

var smallNumbers = [...]string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}

// Hashes returns a copy of the hashes of the features, in order.
func (b *Bag) Hashes() []uint32 { return slices.Clone(b.hashes) }

// Slot is where the weight of a feature for a class stands in a table; classes count from 0.
func Slot(hash uint32, class int) uint32 {
	h := hash ^ uint32(class)*0x9E3779B9
	h ^= h >> 16
	h *= 0x85EBCA6B
	h ^= h >> 13
	return h & (1<<tableBits - 1)
}

// Slots is how many slots a table has.
const Slots = 1 << tableBits

// Table is the weights of hashed features, in 1/[Fine] of log-odds. A nil Table weighs nothing. It is
// immutable and safe for concurrent use.
type Table struct{ w []int8 }

// NewTable makes a table of weights by slot.
func NewTable(weights map[uint32]int8) *Table {
	t := &Table{make([]int8, Slots)}
	for s, w := range weights {
		t.w[s%Slots] = w
	}
	return t
}

// Score returns the sum of the weights of the features of b for a class.
func (t *Table) Score(b *Bag, class int) int32 { return t.ScoreOf(b.hashes, class) }

// ScoreOf is [Table.Score] of hashes.
func (t *Table) ScoreOf(hashes []uint32, class int) int32 {
	if t == nil {
		return 0
	}
	var sum int32
	for _, h := range hashes {
		sum += int32(t.w[Slot(h, class)])
	}
	return sum
}

// Deciding returns at most n features of a named bag that weigh most for a class, as "feature weight", the heaviest first.
func (t *Table) Deciding(b *Bag, class, n int) []string {
	if t == nil || !b.named {
		return nil
	}
	order := make([]int, len(b.names))
	for i := range order {
		order[i] = i
	}
	weight := func(i int) int { return int(t.w[Slot(b.hashes[i], class)]) }
	slices.SortStableFunc(order, func(i, j int) int { return max(weight(j), -weight(j)) - max(weight(i), -weight(i)) })
	var out []string
	for _, i := range order {
		if len(out) == n || weight(i) == 0 {
			break
		}
		out = append(out, b.names[i]+" "+strconv.FormatFloat(float64(weight(i))/Fine, 'f', 1, 64))
	}
	return out
}

// tableMagic begins a file of a table; the number is the version of the form.
const tableMagic = "LTPW1\n"

// ErrTable is the kind of error of a file that is no table.
var ErrTable = errors.New("no table of hashed weights")

// WriteTo writes the weights that are not zero: after the magic their number, then for each, by slot, the distance
// from the slot before as a varint and the weight as a byte.
func (t *Table) WriteTo(w io.Writer) (int64, error) {
	n := 0
	for _, x := range t.w {
		if x != 0 {
			n++
		}
	}
	out := binary.AppendUvarint([]byte(tableMagic), uint64(n))
	last := 0
	for s, x := range t.w {
		if x != 0 {
			out = append(binary.AppendUvarint(out, uint64(s-last)), byte(x))
			last = s
		}
	}
	k, err := w.Write(out)
	return int64(k), err
}

// ReadTable reads what [Table.WriteTo] wrote; name is the file's, for errors, which are of kind [ErrTable].
func ReadTable(b []byte, name string) (*Table, error) {
	bad := func(at int, why string) error { return fmt.Errorf("%s: byte %d: %w: %s", name, at, ErrTable, why) }
	if len(b) < len(tableMagic) || string(b[:len(tableMagic)]) != tableMagic {
		return nil, bad(0, "it does not begin with its magic; make it anew with letopis-lab train events")
	}
	at := len(tableMagic)
	n, k := binary.Uvarint(b[at:])
	if k <= 0 || n > Slots {
		return nil, bad(at, "the number of weights is none")
	}
	at += k
	t := &Table{make([]int8, Slots)}
	slot := uint64(0)
	for i := range n {
		d, k := binary.Uvarint(b[at:])
		if k <= 0 || at+k >= len(b) || d >= Slots || slot+d >= Slots || i > 0 && d == 0 {
			return nil, bad(at, "a weight is cut off or out of order")
		}
		slot += d
		t.w[slot] = int8(b[at+k])
		at += k + 1
	}
	if at != len(b) {
		return nil, bad(at, "something follows the last weight")
	}
	return t, nil
}
