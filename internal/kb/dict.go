package kb

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// dict is the names of one language, compiled: a trie over dictionary words.
// A token of the text is first taken back to the dictionary words it may be a
// form of (stem and ending), then the words are walked through the trie. So a
// name of n words needs n steps however many forms its words have.
//
// The nodes below the root are the words, by their rows; those below them are the rows of gKids,
// after the words. What a name looks like is told by the words on the way to it; only where they
// do not tell it, it is written out. Nothing is written twice.
type dict struct {
	*blob
	ends  *endings
	sums  string        // gSums, a byte a row
	folds [256]string   // what the bytes of words are, folded
	forms shelf[string] // by row of gItems
}

// The grids of a dict.
const (
	gBuckets = iota // by the high bits of the hash of a stem: the first of gWords; the last row the end
	gSums           // the low bits of the hash of a word's stem
	gWords          // the word; bits: see wordBits; the last row the end
	gNodes          // first of gKids, first of gItems; the last row the ends
	gKids           // of a node: word; by word
	gItems          // row of gEnts; kind, whether ambiguous and how written in bits
	gOdd            // row of gItems, form for display, where its words do not tell it
	gNames          // row of gItems of the name for display, plus one, or past them one of gTold; see nameRow
	gTold           // a name for display that is no form
	gridsOfDict
)

var columnsOfDict = [gridsOfDict]int{1, 1, 2, 2, 1, 2, 2, 1, 1}

// How the words of a form stand: apart, those at hyphens and the like together, or written out.
const (
	apart = iota
	tight
	odd
)

// kinds are the kinds by their numbers in dicts.
var kinds = [16]Kind{KindCountry, KindAdjective, KindDemonym, KindCapital, KindSeat, KindBody, KindInstitution, KindGroup,
	KindOutlet, KindOffice, KindOrgan, KindPlace, KindPerson}

// openDict opens a compiled dict; its blob is nil where it cannot be one.
func openDict(s string, e *endings) dict {
	d := dict{blob: openBlob(s, columnsOfDict[:]), ends: e}
	if d.blob == nil || d.grids[gSums].stride != 1 || d.grids[gSums].cols[0].shift > 0 {
		return dict{}
	}
	d.sums = d.grids[gSums].data[:d.grids[gSums].rows()]
	for i := range d.folds {
		switch {
		case i < 0x80:
			d.folds[i] = e.foldOf(string(rune(i)))
		case i < escape:
			d.folds[i] = e.foldOf(d.letters[i-0x80])
		}
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
			p.forms = make(shelf[string], p.grids[gItems].rows())
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
	items := &d.grids[gItems]
	switch name := int(d.grids[gNames].at(k.nameRow(ent, isCapital), 0)); {
	case name == 0:
		return ""
	case name <= items.rows():
		return d.form(name-1, d.holder(1, name-1))
	default:
		return d.text(gTold, name-1-items.rows(), 0)
	}
}

// nameRow is the row of gNames of what is in a row of gEnts: persons have none, and after the
// others come the capitals of countries.
func (f *facts) nameRow(ent int, capital bool) int {
	if capital {
		return ent + f.base[inPersons]
	}
	return ent
}

// item is the entry of a row of gItems at a node.
func (k *KB) item(d *dict, row, node int) (it item) {
	items := &d.grids[gItems]
	ent, bits := int(items.at(row, 0)), items.at(row, 1)
	return item{kinds[bits&15], k.ent(ent), k.text(gEnts, ent, 1), d.form(row, node), bits>>4&1 != 0}
}

// form is what the entry of a row of gItems at a node looks like.
func (d *dict) form(row, node int) string {
	if p := d.forms[row].Load(); p != nil {
		return *p
	}
	s := d.makeForm(row, node)
	d.forms[row].CompareAndSwap(nil, &s)
	return s
}

func (d *dict) makeForm(row, node int) string {
	how := d.grids[gItems].at(row, 1) >> 5
	if how == odd {
		g := &d.grids[gOdd]
		return d.text(gOdd, g.search(0, g.rows(), 0, uint32(row)), 1)
	}
	var words []string
	for _, w := range d.path(node) {
		words = append(words, d.decode(d.part(gWords, w, 0)))
	}
	return join(words, how)
}

// path is the words on the way to a node.
func (d *dict) path(node int) []int {
	var words []int
	for first := len(d.sums); node >= first; {
		words = append(words, int(d.grids[gKids].at(node-first, 0)))
		up := d.holder(0, node-first)
		if up >= node {
			return nil // damaged
		}
		node = up
	}
	words = append(words, node)
	slices.Reverse(words)
	return words
}

// holder is the node to whose rows of gKids (0) or gItems (1) a row belongs.
func (d *dict) holder(col, row int) int {
	g := &d.grids[gNodes]
	return max(g.search(0, g.rows(), col, uint32(row)+1)-1, 0)
}

// join makes a form of its words.
func join(words []string, how uint32) string {
	if how == apart {
		return strings.Join(words, " ")
	}
	var b strings.Builder
	for i, w := range words {
		if i > 0 && !closes(w) && !opens(words[i-1]) {
			b.WriteByte(' ')
		}
		b.WriteString(w)
	}
	return b.String()
}

// opens reports whether no space is after a word, closes whether none is before it.
func opens(w string) bool { return w == "-" || w == "'" || w == "(" }
func closes(w string) bool {
	return w == "-" || w == "'" || w == "," || w == ")" || strings.HasPrefix(w, "’")
}

// candidate is a dictionary word that a token may be a form of.
type candidate struct {
	word  int
	exact bool // the token is the dictionary form
}

// entry is what a dictionary word has besides its letters.
type entry uint32

func (e entry) rule() int32  { return int32(e>>3) - 1 }
func (e entry) shape() shape { return shape(e >> 1 & 3) }
func (e entry) last() bool   { return e&1 != 0 } // no word of the same stem is after it

func (d *dict) word(row int) entry { return entry(d.grids[gWords].at(row, 1)) }

// withStem returns the first of the words that have a stem, and none where it is no stem.
func (d *dict) withStem(h hasher, stem []byte) (int, bool) {
	sum := h.sum()
	buckets := &d.grids[gBuckets]
	from, to := buckets.span(slot(sum, max(buckets.rows()-1, 0)), 0, len(d.sums))
	for i := range len(d.sums[from:to]) {
		if row := from + i; d.sums[row] == byte(sum) && d.is(row, stem, d.ends.ending(d.word(row).rule())) {
			return row, true
		}
	}
	return 0, false
}

// is reports whether a word, folded, is a stem and an ending.
func (d *dict) is(row int, stem []byte, ending string) bool {
	n := 0
	for text := d.part(gWords, row, 0); text != ""; {
		f := d.folds[text[0]]
		if text[0] == escape {
			_, size := utf8.DecodeRuneInString(text[1:])
			f = d.ends.foldOf(text[1 : 1+size])
			text = text[size:]
		}
		text = text[1:]
		for i := range len(f) {
			switch {
			case n < len(stem):
				if stem[n] != f[i] {
					return false
				}
			case n-len(stem) >= len(ending) || ending[n-len(stem)] != f[i]:
				return false
			}
			n++
		}
	}
	return n == len(stem)+len(ending)
}

// candidates appends the dictionary words that a token may be a form of.
func (d *dict) candidates(dst []candidate, t Tok) []candidate {
	var buf [96]byte
	b, sh := d.ends.appendFold(buf[:0], t.Form)
	dst = d.known(dst, b, func(w entry, end int) bool { return fits(w.shape(), sh) && d.ends.takes(w.rule(), b[end:]) })
	if t.Lemma == "" || t.Lemma == t.Form {
		return dst
	}
	// Lemmas are often in lower case, so the form's capitals decide.
	found := len(dst)
	b, _ = d.ends.appendFold(buf[:0], t.Lemma)
	dst = d.known(dst, b, func(w entry, end int) bool { return fits(w.shape(), sh) && d.whole(w, b[end:]) })
	more := dst[found:]
	dst = dst[:found]
	for _, c := range more {
		if !slices.ContainsFunc(dst[:found], func(o candidate) bool { return o.word == c.word }) {
			dst = append(dst, candidate{c.word, false})
		}
	}
	return dst
}

// whole reports whether a word is its stem with these letters behind it.
func (d *dict) whole(w entry, end []byte) bool { return string(end) == d.ends.ending(w.rule()) }

// known appends the dictionary words whose stem b begins with and of which is says that they
// are meant, those with the shortest endings first; it is told where in b the stem ends.
func (d *dict) known(dst []candidate, b []byte, is func(w entry, end int) bool) []candidate {
	var buf [97]hasher
	hashes := append(buf[:0], newHash) // of the first bytes of b
	for i, c := range b {
		hashes = append(hashes, hashes[i].byte(c))
	}
	end := len(b)
	for range d.ends.maxEnd + 1 {
		row, ok := d.withStem(hashes[end], b[:end])
		for ok && row < len(d.sums) {
			w := d.word(row)
			if is(w, end) {
				dst = append(dst, candidate{row, d.whole(w, b[end:])})
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

// state is a way through the trie. At the beginning it is at the root.
type state struct {
	node  int
	exact bool
}

// root is no row of gNodes.
const root = -1

// goes returns the node that a word leads to.
func (d *dict) goes(node, word int) (int, bool) {
	if node == root {
		return word, true
	}
	kids := &d.grids[gKids]
	from, to := d.grids[gNodes].span(node, 0, kids.rows())
	row := kids.search(from, to, 0, uint32(word))
	if row == to || kids.at(row, 0) != uint32(word) {
		return 0, false
	}
	return len(d.sums) + row, true
}

// match finds the names that begin at token i, and calls found for the node and the row of each
// of the entries at each length, shortest first.
func (d *dict) match(toks []Tok, i int, found func(last, node, row int, exact bool)) {
	var a, b [16]state
	var cands [16]candidate
	now, then := append(a[:0], state{root, true}), b[:0]
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
				found(j, s.node, row, s.exact)
			}
			if from, to := d.grids[gNodes].span(s.node, 0, d.grids[gKids].rows()); from < to {
				now[k] = s
				k++
			}
		}
		now = now[:k]
	}
}
