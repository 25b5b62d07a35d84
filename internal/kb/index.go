package kb

import (
	"iter"
	"maps"
	"slices"
	"sync"
)

// index is the persons by the coarse keys of the words of their names, compiled. Where it was
// not, make does it when it is first asked for.
type index struct {
	*blob
	once sync.Once
	make func() string
}

// The grids of an index.
const (
	gKeyHash = iota
	gKeys    // key, first of gPersons; the last row the end
	gPersons // rows of persons, ascending
	gridsOfIndex
)

var columnsOfIndex = [gridsOfIndex]int{1, 2, 1}

// openIndex opens a compiled index, or returns nil where it cannot be one.
func openIndex(s string) *blob { return openBlob(s, columnsOfIndex[:]) }

// sounding gives the persons with a word of that coarse key in a name.
func (k *KB) sounding(key string) iter.Seq[int] {
	x := &k.index
	x.once.Do(func() {
		if x.blob == nil {
			x.blob = openIndex(x.make())
		}
	})
	return func(yield func(int) bool) {
		row, ok := x.grids[gKeyHash].find(newHash.str(key).sum(), x.grids[gKeys].rows(), func(row int) bool { return x.text(gKeys, row, 0) == key })
		if !ok {
			return
		}
		from, to := x.grids[gKeys].span(row, 1, x.grids[gPersons].rows())
		for i := from; i < to; i++ {
			if p := int(x.grids[gPersons].at(i, 0)); p < k.size(inPersons) && !yield(p) {
				return
			}
		}
	}
}

// soundsSo reports whether a person has a word of that coarse key in a name.
func (k *KB) soundsSo(key string, person int) bool {
	for p := range k.sounding(key) {
		if p == person {
			return true
		}
	}
	return false
}

// compileIndex makes the compiled form of the index.
func (k *KB) compileIndex() string {
	byWord := map[string][]uint32{}
	for row := range k.size(inPersons) {
		for _, n := range *k.makeNamed(row) {
			for _, s := range n.taken.sound {
				c := coarse(s)
				if list := byWord[c]; len(list) == 0 || list[len(list)-1] != uint32(row) {
					byWord[c] = append(list, uint32(row))
				}
			}
		}
	}
	m := newMaker(nil, columnsOfIndex[:])
	var keys []hashed
	for _, key := range slices.Sorted(maps.Keys(byWord)) {
		keys = append(keys, hashed{m.rows(gKeys), newHash.str(key).sum()})
		m.row(gKeys, m.str(key), m.rows(gPersons))
		m.row(gPersons, byWord[key]...)
	}
	m.row(gKeys, 0, m.rows(gPersons))
	m.hash(gKeyHash, keys, int(m.rows(gKeys)))
	return m.bytes()
}
