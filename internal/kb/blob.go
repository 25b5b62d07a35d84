package kb

import (
	"hash/crc32"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

// blob is compiled data: grids of numbers, little-endian, and the strings that they
// point at. It is asked where it lies; opening one reads nothing but the sizes of its grids.
//
//	number of grids; of each its rows, its columns and how each column is written; the bytes of
//	the letters, and the letters; the cells of each grid; the strings, the first the empty one
//
// A column takes the bytes that its greatest number needs, from none to four. One that only
// rises, such as places of strings or the first rows of another grid, is cut into blocks: each
// has a number of its own, and the cells say how much more theirs are.
//
// Strings are written in one byte a letter: ASCII as it is, the letters of the blob from 0x80
// on, any other in UTF-8 after the byte [escape]. One that is pointed at alone has its length
// before it (7 bits a byte, lowest first); of those that a grid has row by row (see [blob.part])
// each ends where the next begins.
//
// No number in it is trusted: a cell or string that is not there is 0 or empty.
type blob struct {
	grids   []grid
	letters [maxLetters]string
	pool    string
}

// maxLetters bounds the letters of a blob; escape is before any other.
const (
	maxLetters = 127
	escape     = 0xff
)

// grid is a table of numbers.
type grid struct {
	data         string // of the rows, and slack bytes more
	cols         []column
	stride, size int // bytes of a row, and the number of rows
}

// column is how the numbers of a column are written.
type column struct {
	at    int    // its first byte in a row
	mask  uint32 // what is its own of the four bytes there
	shift uint8  // of a rising one, the rows of a block as a power of two; else 0
	base  string // the number of each block
}

// The bounds of the blocks of a rising column, and what is behind each grid.
const (
	maxShift = 6
	minShift = 3
	slack    = 4 // bytes that are there after the last cell, so that four can be read at each, even where it has none
)

// openBlob lays out a blob whose grids have these columns, or returns nil where it cannot be one.
func openBlob(s string, columns []int) *blob {
	b := &blob{grids: make([]grid, len(columns))}
	r := reader{s: s}
	if r.number() != uint32(len(columns)) {
		return nil
	}
	for i := range b.grids {
		if !b.grids[i].open(&r, columns[i]) {
			return nil
		}
	}
	n := 0
	for _, l := range r.take(uint64(r.number())) {
		if n == maxLetters {
			return nil
		}
		b.letters[n] = string(l)
		n++
	}
	for i := range b.grids {
		g := &b.grids[i]
		for j := range g.cols {
			if c := &g.cols[j]; c.shift > 0 && g.size > 0 {
				c.base = r.take(4 * (uint64(g.size-1)>>c.shift + 1))
			}
		}
		n := uint64(g.size) * uint64(g.stride)
		if n+slack > uint64(len(r.s)) {
			return nil
		}
		g.data = r.s[:n+slack]
		r.take(n)
	}
	if r.short {
		return nil
	}
	b.pool = r.s
	return b
}

// open reads how a grid is written.
func (g *grid) open(r *reader, columns int) bool {
	g.size, g.cols = int(r.number()), make([]column, columns)
	if r.number() != uint32(columns) {
		return false
	}
	for i := range g.cols {
		how := r.number()
		width, shift := how&0xff, how>>8
		if width > 4 || shift > maxShift || shift != 0 && shift < minShift {
			return false
		}
		g.cols[i] = column{at: g.stride, mask: uint32(uint64(1)<<(8*width) - 1), shift: uint8(shift)}
		g.stride += int(width)
	}
	return !r.short && g.stride > 0 && g.size <= len(r.s)
}

// reader takes a string apart.
type reader struct {
	s     string
	short bool // it had not what was asked for
}

func (r *reader) take(n uint64) string {
	if n > uint64(len(r.s)) {
		r.short, r.s = true, ""
		return ""
	}
	s := r.s[:n]
	r.s = r.s[n:]
	return s
}

func (r *reader) number() uint32 {
	if s := r.take(4); !r.short {
		return number(s, 0)
	}
	return 0
}

// number reads the number at byte i, which must be there with the three after it.
func number(s string, i int) uint32 {
	s = s[i : i+4]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

// rows is the number of rows.
func (g *grid) rows() int { return g.size }

// at returns a cell.
func (g *grid) at(row, col int) uint32 {
	if uint(row) >= uint(g.size) {
		return 0
	}
	c := &g.cols[col]
	n := number(g.data, row*g.stride+c.at) & c.mask
	if c.shift > 0 {
		n += number(c.base, row>>(c.shift&7)*4)
	}
	return n
}

// span returns the rows of another table of n rows that belong to a row: from the number in
// its column to that of the next row.
func (g *grid) span(row, col, n int) (from, to int) {
	if uint(row)+1 >= uint(g.size) {
		return 0, 0
	}
	c := &g.cols[col]
	cells := g.data[row*g.stride+c.at:]
	from, to = int(number(cells, 0)&c.mask), int(number(cells, g.stride)&c.mask)
	if s := c.shift & 7; s > 0 {
		from += int(number(c.base, row>>s*4))
		to += int(number(c.base, (row+1)>>s*4))
	}
	to = min(to, n)
	return min(from, to), to
}

// search returns the first of the rows from..to whose column is not below key, or to.
func (g *grid) search(from, to, col int, key uint32) int {
	for from < to {
		if mid := int(uint(from+to) >> 1); g.at(mid, col) < key {
			from = mid + 1
		} else {
			to = mid
		}
	}
	return to
}

// str returns the string at a place of the pool.
func (b *blob) str(at uint32) string {
	n, shift := 0, 0
	for i := int(at); i < len(b.pool) && shift < 28; i++ {
		n |= int(b.pool[i]&0x7f) << shift
		if shift += 7; b.pool[i] < 0x80 {
			if n > len(b.pool)-i-1 {
				return ""
			}
			return b.decode(b.pool[i+1 : i+1+n])
		}
	}
	return ""
}

// text returns the string that a cell points at.
func (b *blob) text(grid, row, col int) string { return b.str(b.grids[grid].at(row, col)) }

// part returns, as it is written, the string of a row whose end is the beginning of the next.
func (b *blob) part(grid, row, col int) string {
	from, to := b.grids[grid].span(row, col, len(b.pool))
	return b.pool[from:to]
}

// decode brings a string to UTF-8.
func (b *blob) decode(s string) string {
	ascii := 0
	for ascii < len(s) && s[ascii] < 0x80 {
		ascii++
	}
	if ascii == len(s) {
		return s
	}
	var out strings.Builder
	out.Grow(2 * len(s))
	out.WriteString(s[:ascii])
	for s = s[ascii:]; s != ""; {
		switch c := s[0]; {
		case c == escape:
			_, n := utf8.DecodeRuneInString(s[1:])
			out.WriteString(s[1 : 1+n])
			s = s[1+n:]
			continue
		case c >= 0x80:
			out.WriteString(b.letters[c-0x80])
		default:
			out.WriteByte(c)
		}
		s = s[1:]
	}
	return out.String()
}

// maker makes a blob. The same calls make the same bytes.
type maker struct {
	grids   [][]uint32
	cols    []int
	letters []rune
	codes   map[rune]byte
	pool    []byte
	at      map[string]uint32
}

func newMaker(letters []rune, cols []int) *maker {
	m := &maker{grids: make([][]uint32, len(cols)), cols: cols, letters: letters, codes: map[rune]byte{}, pool: []byte{0}, at: map[string]uint32{"": 0}}
	for i, l := range letters {
		m.codes[l] = byte(0x80 + i)
	}
	return m
}

// census counts letters.
type census map[rune]int

func (c census) count(s string) {
	for _, r := range s {
		if r >= 0x80 {
			c[r]++
		}
	}
}

// letters is the most frequent letters, in their order.
func (c census) letters() []rune {
	var all []rune
	for r := range c {
		all = append(all, r)
	}
	slices.SortFunc(all, func(a, b rune) int {
		if d := c[b] - c[a]; d != 0 {
			return d
		}
		return int(a - b)
	})
	all = all[:min(len(all), maxLetters)]
	slices.Sort(all)
	return all
}

// row adds a row to a grid.
func (m *maker) row(grid int, cells ...uint32) { m.grids[grid] = append(m.grids[grid], cells...) }

// rows is the number of rows that a grid has so far.
func (m *maker) rows(grid int) uint32 { return uint32(len(m.grids[grid]) / m.cols[grid]) }

// encode appends a string in the letters of the blob.
func (m *maker) encode(to []byte, s string) []byte {
	for _, r := range s {
		switch code, ok := m.codes[r]; {
		case r < 0x80:
			to = append(to, byte(r))
		case ok:
			to = append(to, code)
		default:
			to = utf8.AppendRune(append(to, escape), r)
		}
	}
	return to
}

// str returns the place of a string, the same for equal ones.
func (m *maker) str(s string) uint32 {
	at, ok := m.at[s]
	if !ok {
		at = uint32(len(m.pool))
		coded := m.encode(nil, s)
		n := len(coded)
		for ; n >= 0x80; n >>= 7 {
			m.pool = append(m.pool, byte(n)|0x80)
		}
		m.pool = append(append(m.pool, byte(n)), coded...)
		m.at[s] = at
	}
	return at
}

// part writes a string that ends where the next one begins, and returns its place. The last
// is the empty one, and no str may stand between them.
func (m *maker) part(s string) uint32 {
	at := uint32(len(m.pool))
	m.pool = m.encode(m.pool, s)
	return at
}

// bytes returns the blob.
func (m *maker) bytes() string {
	b := put(nil, uint32(len(m.grids)))
	var cells []byte
	for i := range m.grids {
		cols := make([][]uint32, m.cols[i])
		for j, n := range m.grids[i] {
			cols[j%len(cols)] = append(cols[j%len(cols)], n)
		}
		b = put(b, m.rows(i), uint32(len(cols)))
		shifts, widths := make([]int, len(cols)), make([]int, len(cols))
		stride := 0
		for j := range cols {
			shifts[j], widths[j] = layout(cols[j])
			if stride += widths[j]; stride == 0 && j == len(cols)-1 {
				widths[j] = 1 // a row must have some bytes
			}
			b = put(b, uint32(widths[j]|shifts[j]<<8))
		}
		for j := range cols {
			cells = put(cells, rebase(cols[j], shifts[j])...)
		}
		for row := range int(m.rows(i)) {
			for j := range cols {
				for n, k := cols[j][row], 0; k < widths[j]; k++ {
					cells = append(cells, byte(n>>(8*k)))
				}
			}
		}
	}
	letters := string(m.letters)
	b = append(put(b, uint32(len(letters))), letters...)
	return string(append(append(append(b, cells...), m.pool...), make([]byte, slack)...))
}

// layout finds the shortest way to write a column.
func layout(col []uint32) (shift, width int) {
	if len(col) == 0 {
		return 0, 0
	}
	width = widthOf(slices.Max(col))
	if width < 2 || !slices.IsSorted(col) {
		return 0, width
	}
	size := width * len(col)
	for s := minShift; s <= maxShift; s++ {
		most := uint32(0)
		for i, n := range col {
			most = max(most, n-col[i>>s<<s])
		}
		if w := widthOf(most); w*len(col)+4*((len(col)-1)>>s+1) < size {
			shift, width, size = s, w, w*len(col)+4*((len(col)-1)>>s+1)
		}
	}
	return shift, width
}

// rebase brings the numbers of a rising column to what they are more than the first of their
// block, and returns those firsts.
func rebase(col []uint32, shift int) []uint32 {
	if shift == 0 {
		return nil
	}
	var bases []uint32
	for i := 0; i < len(col); i += 1 << shift {
		bases = append(bases, col[i])
		for j := min(i+1<<shift, len(col)) - 1; j >= i; j-- {
			col[j] -= col[i]
		}
	}
	return bases
}

// widthOf is the bytes that a number needs.
func widthOf(n uint32) int { return (bits.Len32(n) + 7) / 8 }

func put(b []byte, ns ...uint32) []byte {
	for _, n := range ns {
		b = append(b, byte(n), byte(n>>8), byte(n>>16), byte(n>>24))
	}
	return b
}

// A hash grid finds rows by a string: at the place that the hash of the string says, or
// after it, stands the row's number plus one, and in the bits above it another part of the
// hash, so that rows are seldom looked at in vain. Tables have fewer than maxHashed rows.
const maxHashed = 1 << 24

// rowBits is how many bits of a slot have the row's number, of so many rows, and how many the hash.
func rowBits(rows int) (row, hash int) {
	row = bits.Len32(uint32(rows))
	if hash = 24 - row; hash < 4 {
		hash = 32 - row
	}
	return row, hash
}

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

// hash fills a grid of one column, which finds the rows of a table of so many.
func (m *maker) hash(grid int, rows []hashed, of int) {
	slots := make([]uint32, len(rows)+len(rows)/3+1)
	low, high := rowBits(of)
	for _, r := range rows {
		i := slot(r.hash, len(slots))
		for slots[i] != 0 {
			i = (i + 1) % len(slots)
		}
		slots[i] = r.hash&(1<<high-1)<<low | (r.row + 1)
	}
	m.grids[grid] = slots
}

// slot is where a search begins: by the high bits, the low ones being in the slot.
func slot(h uint32, n int) int { return int(uint64(h) * uint64(n) >> 32) }

// find returns the row, of a table of so many, of the hash that same says is the one.
func (g *grid) find(h uint32, of int, same func(row int) bool) (int, bool) {
	n := g.size
	if n == 0 {
		return 0, false
	}
	low, high := rowBits(of)
	i := slot(h, n)
	for range n {
		s := g.at(i, 0)
		if s == 0 {
			break
		}
		if row := int(s&(1<<low-1)) - 1; s>>low == h&(1<<high-1) && row >= 0 && same(row) {
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
