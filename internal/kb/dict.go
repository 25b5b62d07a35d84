package kb

import (
	"slices"
	"strings"
)

// dict is the names of one language, compiled: a trie over dictionary words.
// A token of the text is first taken back to the dictionary words it may be a
// form of (stem and ending), then the words are walked through the trie. So a
// name of n words needs n steps however many forms its words have.
type dict struct {
	*blob
	ends *endings
}

// The grids of a dict.
const (
	gStems = iota // by stem: the first of its words
	gWords        // the word, folded; node from the root; bits: see wordBits
	gNodes        // first of gKids, first of gItems; the last row the ends
	gKids         // of a node: word, node; by word
	gItems        // row of gEnts, kind and whether ambiguous in bits; form for display
	gNames        // row of gEnts times two, plus one for its capital; name for display
	gridsOfDict
)

var columnsOfDict = [gridsOfDict]int{1, 3, 2, 2, 2, 2}

// kinds are the kinds by their numbers in dicts.
var kinds = [16]Kind{KindCountry, KindAdjective, KindDemonym, KindCapital, KindSeat, KindBody, KindInstitution, KindGroup,
	KindOutlet, KindOffice, KindOrgan, KindPlace, KindPerson}

// openDict opens a compiled dict; its blob is nil where it cannot be one.
func openDict(s string, e *endings) dict {
	d := dict{openBlob(s, gridsOfDict), e}
	if d.blob == nil || !d.has(columnsOfDict[:]) {
		return dict{}
	}
	return d
}

// dict returns the names of a language, or those of all where it has no folder.
func (k *KB) dict(lang string) *dict {
	for _, l := range []string{lang, und, k.langs[0]} {
		p := k.packs[l]
		if p == nil {
			continue
		}
		p.once.Do(func() {
			if p.blob == nil {
				p.dict = openDict(p.make(), k.ends[l])
			}
		})
		return &p.dict
	}
	return &dict{}
}

// called returns the name of an id for display in the language, which persons have not here; or "".
func (k *KB) called(id, lang string) string {
	if k.packs[lang] == nil {
		return ""
	}
	capital, isCapital := strings.CutPrefix(id, "capital/")
	if isCapital {
		id = "country/" + capital
	}
	ent, ok := k.number(id)
	if !ok {
		return ""
	}
	d := k.dict(lang)
	key := uint32(ent)<<1 | bit(isCapital)
	row := d.grids[gNames].search(0, d.grids[gNames].rows(), key)
	if d.grids[gNames].at(row, 0) != key {
		return ""
	}
	return d.text(gNames, row, 1)
}

// item is the entry of a row of gItems.
func (k *KB) item(d *dict, row int) (it item) {
	r := d.grids[gItems].row(row)
	bits := number(r, 0)
	ent := k.grids[gEnts].row(int(bits & (maxHashed - 1)))
	return item{kinds[bits>>24&15], k.str(number(ent, 0)), k.str(number(ent, 4)), d.str(number(r, 4)), bits>>28 != 0}
}

// candidate is a dictionary word that a token may be a form of.
type candidate struct {
	word  int
	exact bool // the token is the dictionary form
}

// entry is a dictionary word as it lies in the dict.
type entry struct {
	full string
	bits uint32
}

func (e entry) stem() int    { return max(len(e.full)-int(e.bits&0xff), 0) }
func (e entry) rule() int32  { return int32(e.bits>>8&0xffff) - 1 }
func (e entry) shape() shape { return shape(e.bits >> 24 & 3) }
func (e entry) last() bool   { return e.bits>>26 != 0 } // no word of the same stem is after it

func (d *dict) word(row int) entry {
	r := d.grids[gWords].row(row)
	return entry{d.str(number(r, 0)), number(r, 8)}
}

// withStem returns the first of the words that have a stem, and none where it is no stem.
func (d *dict) withStem(h hasher, stem []byte) (int, bool) {
	return d.grids[gStems].find(h.sum(), func(row int) bool {
		w := d.word(row)
		return w.full[:w.stem()] == string(stem)
	})
}

// candidates appends the dictionary words that a token may be a form of.
func (d *dict) candidates(dst []candidate, t Tok) []candidate {
	var buf [96]byte
	b, sh := d.ends.appendFold(buf[:0], t.Form)
	dst = d.forms(dst, b, func(w entry, end int) bool { return fits(w.shape(), sh) && d.ends.takes(w.rule(), b[end:]) })
	if t.Lemma == "" || t.Lemma == t.Form {
		return dst
	}
	// Lemmas are often in lower case, so the form's capitals decide.
	found := len(dst)
	b, _ = d.ends.appendFold(buf[:0], t.Lemma)
	dst = d.forms(dst, b, func(w entry, _ int) bool { return w.full == string(b) && fits(w.shape(), sh) })
	more := dst[found:]
	dst = dst[:found]
	for _, c := range more {
		if !slices.ContainsFunc(dst[:found], func(o candidate) bool { return o.word == c.word }) {
			dst = append(dst, candidate{c.word, false})
		}
	}
	return dst
}

// forms appends the dictionary words whose stem b begins with and of which is says that they
// are meant, those with the shortest endings first.
func (d *dict) forms(dst []candidate, b []byte, is func(w entry, end int) bool) []candidate {
	var buf [97]hasher
	hashes := append(buf[:0], newHash) // of the first bytes of b
	for i, c := range b {
		hashes = append(hashes, hashes[i].byte(c))
	}
	end := len(b)
	for range d.ends.maxEnd + 1 {
		row, ok := d.withStem(hashes[end], b[:end])
		for ok && row < d.grids[gWords].rows() {
			w := d.word(row)
			if is(w, end) {
				dst = append(dst, candidate{row, w.full == string(b)})
			}
			ok = !w.last()
			row++
		}
		if end == 0 {
			break
		}
		for end--; end > 0 && b[end]&0xC0 == 0x80; {
			end--
		}
	}
	return dst
}

// fits reports whether a token with capitals as in text may be the dictionary
// word: a word that the dictionary writes small may be written in any way, one
// with a capital must have it, and one in capitals (US, САЩ) must be in capitals.
func fits(word, text shape) bool { return text >= word }

// state is a way through the trie.
type state struct {
	node  int
	exact bool
}

// goes returns the node that a word leads to.
func (d *dict) goes(node, word int) (int, bool) {
	if node == 0 {
		to := int(d.grids[gWords].at(word, 1))
		return to, to != 0
	}
	kids := &d.grids[gKids]
	from, to := d.grids[gNodes].span(node, 0, kids.rows())
	row := kids.search(from, to, uint32(word))
	if row == to || kids.at(row, 0) != uint32(word) {
		return 0, false
	}
	return int(kids.at(row, 1)), true
}

// match finds the names that begin at token i, and calls found for the row of each of the
// entries at each length, shortest first.
func (d *dict) match(toks []Tok, i int, found func(last, row int, exact bool)) {
	var a, b [16]state
	var cands [16]candidate
	now, then := append(a[:0], state{0, true}), b[:0]
	for j := i; j < len(toks) && len(now) > 0; j++ {
		cs := d.candidates(cands[:0], toks[j])
		then = then[:0]
		for _, s := range now {
			for _, c := range cs {
				if to, ok := d.goes(s.node, c.word); ok {
					then = append(then, state{to, s.exact && c.exact})
				}
			}
		}
		now, then = then, now
		k := 0
		for _, s := range now {
			from, to := d.grids[gNodes].span(s.node, 1, d.grids[gItems].rows())
			for row := from; row < to; row++ {
				found(j, row, s.exact)
			}
			if from, to := d.grids[gNodes].span(s.node, 0, d.grids[gKids].rows()); from < to {
				now[k] = s
				k++
			}
		}
		now = now[:k]
	}
}
