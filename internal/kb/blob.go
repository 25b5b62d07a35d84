package kb

import (
	"hash/crc32"
	"slices"
)

// blob is compiled data: grids of 32-bit numbers, little-endian, and the strings that they
// point at. It is asked where it lies; opening one reads nothing but the sizes of its grids.
//
//	number of grids; columns and rows of each; the cells of all, row by row; the strings,
//	each its length (7 bits a byte, lowest first) and its bytes, the first the empty one
//
// No number in it is trusted: a cell or string that is not there is 0 or empty.
type blob struct {
	grids []grid
	pool  string
}

// grid is a table of numbers.
type grid struct {
	data       string
	cols, size int // size is the number of rows
}

// openBlob lays out a blob of so many grids, or returns nil where it cannot be one.
func openBlob(s string, grids int) *blob {
	head := 4 + 8*grids
	if len(s) < head || number(s, 0) != uint32(grids) {
		return nil
	}
	b := &blob{pool: s[head:], grids: make([]grid, grids)}
	for i := range b.grids {
		cols, rows := number(s, 4+8*i), number(s, 8+8*i)
		size := 4 * uint64(cols) * uint64(rows)
		if cols == 0 || cols > maxCols || size > uint64(len(b.pool)) {
			return nil
		}
		b.grids[i], b.pool = grid{b.pool[:size], int(cols), int(rows)}, b.pool[size:]
	}
	return b
}

// has reports whether the grids have these columns.
func (b *blob) has(columns []int) bool {
	return slices.EqualFunc(b.grids, columns, func(g grid, n int) bool { return g.cols == n })
}

// maxCols bounds the columns of a grid.
const maxCols = 16

// number reads the number at byte i, which must be there with the three after it.
func number(s string, i int) uint32 {
	s = s[i : i+4]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

// rows is the number of rows.
func (g *grid) rows() int { return g.size }

// row returns the cells of a row for number.
func (g *grid) row(row int) string {
	if uint(row) >= uint(g.size) {
		return noRow[:4*g.cols]
	}
	return g.data[4*row*g.cols : 4*(row+1)*g.cols]
}

// noRow is the cells of a row that is not there.
var noRow = string(make([]byte, 4*maxCols))

// at returns a cell.
func (g *grid) at(row, col int) uint32 { return number(g.row(row), 4*col) }

// span returns the rows of another table of n rows that belong to a row: from the number in
// its column to that of the next row.
func (g *grid) span(row, col, n int) (from, to int) {
	to = min(int(g.at(row+1, col)), n)
	return min(int(g.at(row, col)), to), to
}

// search returns the first of the rows from..to whose first column is not below key, or to.
func (g *grid) search(from, to int, key uint32) int {
	for from < to {
		if mid := int(uint(from+to) >> 1); g.at(mid, 0) < key {
			from = mid + 1
		} else {
			to = mid
		}
	}
	return to
}

// str returns the string at a place of the pool.
func (b *blob) str(at uint32) string {
	if i := int(at); i < len(b.pool) && b.pool[i] < 0x80 { // nearly all are short
		if s := b.pool[i+1:]; int(b.pool[i]) <= len(s) {
			return s[:b.pool[i]]
		}
	}
	n, shift := 0, 0
	for i := int(at); i < len(b.pool) && shift < 28; i++ {
		n |= int(b.pool[i]&0x7f) << shift
		if shift += 7; b.pool[i] < 0x80 {
			if n > len(b.pool)-i-1 {
				return ""
			}
			return b.pool[i+1 : i+1+n]
		}
	}
	return ""
}

// text returns the string that a cell points at.
func (b *blob) text(grid, row, col int) string { return b.str(b.grids[grid].at(row, col)) }

// maker makes a blob. The same calls make the same bytes.
type maker struct {
	grids [][]uint32
	cols  []int
	pool  []byte
	at    map[string]uint32
}

func newMaker(cols ...int) *maker {
	return &maker{grids: make([][]uint32, len(cols)), cols: cols, pool: []byte{0}, at: map[string]uint32{"": 0}}
}

// row adds a row to a grid.
func (m *maker) row(grid int, cells ...uint32) { m.grids[grid] = append(m.grids[grid], cells...) }

// rows is the number of rows that a grid has so far.
func (m *maker) rows(grid int) uint32 { return uint32(len(m.grids[grid]) / m.cols[grid]) }

// str returns the place of a string, the same for equal ones.
func (m *maker) str(s string) uint32 {
	at, ok := m.at[s]
	if !ok {
		at = uint32(len(m.pool))
		n := len(s)
		for ; n >= 0x80; n >>= 7 {
			m.pool = append(m.pool, byte(n)|0x80)
		}
		m.pool = append(append(m.pool, byte(n)), s...)
		m.at[s] = at
	}
	return at
}

// bytes returns the blob.
func (m *maker) bytes() string {
	n := 4 + 8*len(m.grids) + len(m.pool)
	for _, g := range m.grids {
		n += 4 * len(g)
	}
	b := put(make([]byte, 0, n), uint32(len(m.grids)))
	for i := range m.grids {
		b = put(b, uint32(m.cols[i]), m.rows(i))
	}
	for _, g := range m.grids {
		b = put(b, g...)
	}
	return string(append(b, m.pool...))
}

func put(b []byte, ns ...uint32) []byte {
	for _, n := range ns {
		b = append(b, byte(n), byte(n>>8), byte(n>>16), byte(n>>24))
	}
	return b
}

// A hash grid finds rows by a string: at the place that the hash of the string says, or
// after it, stands the row's number plus one, and in the highest byte another part of the
// hash, so that rows are seldom looked at in vain. Tables have fewer than maxHashed rows.
const maxHashed = 1 << 24

// hasher is the hash of a string that is fed byte by byte (FNV-1a).
type hasher uint32

const newHash hasher = 2166136261

func (h hasher) byte(b byte) hasher { return (h ^ hasher(b)) * 16777619 }

func (h hasher) str(s string) hasher {
	for i := range len(s) {
		h = h.byte(s[i])
	}
	return h
}

// sum spreads what the last bytes changed over all bits.
func (h hasher) sum() uint32 {
	x := uint32(h)
	x = (x ^ x>>15) * 0x2c1b3c6d
	return x ^ x>>12
}

// hashed is a row and the hash of the string that finds it.
type hashed struct{ row, hash uint32 }

// hash fills a grid of one column.
func (m *maker) hash(grid int, rows []hashed) {
	slots := make([]uint32, len(rows)+len(rows)/2+1)
	for _, r := range rows {
		i := slot(r.hash, len(slots))
		for slots[i] != 0 {
			i = (i + 1) % len(slots)
		}
		slots[i] = r.hash<<24 | (r.row + 1)
	}
	m.grids[grid] = slots
}

// slot is where a search begins: by the high bits, the low ones being in the slot.
func slot(h uint32, n int) int { return int(uint64(h) * uint64(n) >> 32) }

// find returns the row of the hash that same says is the one.
func (g *grid) find(h uint32, same func(row int) bool) (int, bool) {
	n := len(g.data) / 4
	if n == 0 {
		return 0, false
	}
	i := slot(h, n)
	for range n {
		s := number(g.data, 4*i)
		if s == 0 {
			break
		}
		if row := int(s&(maxHashed-1)) - 1; s>>24 == h&0xff && row >= 0 && same(row) {
			return row, true
		}
		if i++; i == n {
			i = 0
		}
	}
	return 0, false
}

// castagnoli is the polynomial that processors know.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)
