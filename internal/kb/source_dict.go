package kb

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// dictMaker takes the names of a language in, and lays them out as a dict.
type dictMaker struct {
	ends  *endings
	stems map[string]int32 // stem → the last word entered with that stem, plus one
	words []word
	next  map[step]int32 // trie: node and word → node; node 0 is the root
	nodes []int32        // the first of the entries that end there (an index of outs, 0 for none)
	outs  []out
	items []item
}

// word is a dictionary word as it stands in names.
type word struct {
	text  string // as the tables write it first
	stem  string
	rule  int32
	also  int32  // the word before it with the same stem, plus one
	full  string // folded
	shape shape
}

type step struct{ node, word int32 }

// out is an entry that ends at a node, and the next one there.
type out struct{ item, next int32 }

// item is one form of one name.
type item struct {
	kind      Kind
	id        string
	country   string
	form      string // dictionary form as in the table, for display
	ambiguous bool
}

func newDictMaker(e *endings, size int) *dictMaker {
	size = max(size, 1) // a language may have no names of its own
	return &dictMaker{
		ends: e, stems: make(map[string]int32, size),
		next: make(map[step]int32, 2*size), nodes: make([]int32, 1, 2*size), outs: make([]out, 1, size),
		words: make([]word, 0, size), items: make([]item, 0, size),
	}
}

// compileDict makes the compiled form of the names of a language.
func (s *source) compileDict(f *facts, lang string) string {
	own := s.pending[lang]
	d := newDictMaker(s.ends[lang], len(own)+len(own)/2)
	persons := false
	for i := range own {
		persons = persons || own[i].item.kind == KindPerson
		s.enter(d, &own[i])
	}
	// What stands for all languages, but of persons only where the language has
	// no names of its own: those are found by Person in any script.
	if lang != und {
		for i, common := 0, s.pending[und]; i < len(common); i++ {
			if common[i].item.kind != KindPerson || !persons {
				s.enter(d, &common[i])
			}
		}
	}
	letters := census{}
	for i := range d.words {
		letters.count(d.words[i].text)
	}
	l := dictLayout{made: d, maker: newMaker(letters.letters(), columnsOfDict[:]), facts: f, forms: map[string]uint32{}}
	l.words()
	l.trie()
	l.names(own)
	return l.bytes()
}

// enter enters the forms of a name into the dict, and the surname of a person who
// is commonly called by it alone.
func (s *source) enter(d *dictMaker, n *pendingName) {
	bare := n.item.kind == KindPerson && s.persons[last(n.item.id)].Bare
	for f := range strings.SplitSeq(n.forms, "|") {
		d.add(n.item, f)
		if bare {
			if short := s.short(f, s.familyFirst[n.item.country]); short != "" {
				d.add(n.item, short)
			}
		}
	}
}

// add enters one form of a name. Marks in the form: '?' at the end says that it
// is also something else and needs more evidence; '~class' at the end of a word
// gives the row of decline.tsv to use, '~0' that the word never changes.
func (d *dictMaker) add(it item, form string) {
	form, it.ambiguous = strings.CutSuffix(form, "?")
	it.form = plain(form)
	n := int32(len(d.items))
	d.items = append(d.items, it)
	if strings.ContainsAny(form, ",()") {
		d.insert(n, strings.Fields(separate.Replace(form)))
	} else {
		d.insert(n, strings.Fields(form))
	}
	// A tokenizer may split at hyphens and apostrophes, so such a name has a second way in.
	if strings.ContainsAny(form[:max(0, len(form)-1)], "-'’`") {
		d.insert(n, strings.Fields(split.Replace(form)))
	}
}

// separate makes tokens of what every tokenizer splits off; split also of what only some do.
var (
	separate = strings.NewReplacer(",", " , ", "(", " ( ", ")", " ) ")
	split    = strings.NewReplacer(",", " , ", "(", " ( ", ")", " ) ", "-", " - ", "'", " '", "’", " ’")
)

// plain is the form without the marks of the tables.
func plain(form string) string {
	form = strings.TrimSuffix(form, "?")
	for {
		i := strings.IndexByte(form, '~')
		if i < 0 {
			return form
		}
		j := i + 1
		for j < len(form) && form[j] != ' ' && form[j] != '-' {
			j++
		}
		form = form[:i] + form[j:]
	}
}

func (d *dictMaker) insert(entry int32, words []string) {
	at := int32(0)
	for _, w := range words {
		id := d.word(w, d.items[entry].kind.pos())
		to, ok := d.next[step{at, id}]
		if !ok {
			to = int32(len(d.nodes))
			d.nodes = append(d.nodes, 0)
			d.next[step{at, id}] = to
		}
		at = to
	}
	last := &d.nodes[at]
	for *last != 0 {
		o := &d.outs[*last]
		if d.items[o.item].kind == d.items[entry].kind && d.items[o.item].id == d.items[entry].id {
			return
		}
		last = &o.next
	}
	*last = int32(len(d.outs))
	d.outs = append(d.outs, out{item: entry})
}

// word returns the number of a dictionary word, entering it if it is new.
func (d *dictMaker) word(w, pos string) int32 {
	w, class, marked := strings.Cut(w, "~")
	if marked {
		pos = class
	}
	var buf [64]byte
	b, sh := d.ends.appendFold(buf[:0], w)
	rule, cut := int32(-1), len(b)
	if class != "0" {
		rule, cut = d.ends.rule(b, pos)
	}
	first := d.stems[string(b[:cut])]
	for i := first; i != 0; i = d.words[i-1].also {
		if o := &d.words[i-1]; o.rule == rule && o.shape == sh && o.full == string(b) {
			return i - 1
		}
	}
	full := string(b)
	d.words = append(d.words, word{text: w, stem: full[:cut], rule: rule, also: first, full: full, shape: sh})
	d.stems[full[:cut]] = int32(len(d.words))
	return int32(len(d.words) - 1)
}

// dictLayout lays the names of a language out.
type dictLayout struct {
	*maker
	made  *dictMaker
	facts *facts
	order []int32           // the words in the order of gWords
	nodes []int32           // the nodes in the order of gNodes, -1 for a word that no name begins with
	up    []int32           // the row of gNodes above each
	forms map[string]uint32 // form → the first of gItems
}

// words lays the words out by the hashes of their stems, those of a stem one after the other,
// the last entered first.
func (l *dictLayout) words() {
	d := l.made
	type stem struct {
		hash uint32
		text string
	}
	stems := make([]stem, 0, len(d.stems))
	for s := range d.stems {
		stems = append(stems, stem{newHash.str(s).sum(), s})
	}
	slices.SortFunc(stems, func(a, b stem) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.text, b.text)) })
	buckets := len(stems)/bucketSize + 1
	for _, s := range stems {
		for int(l.rows(gBuckets)) <= slot(s.hash, buckets) {
			l.row(gBuckets, l.rows(gSums))
		}
		for j := d.stems[s.text]; j != 0; j = d.words[j-1].also {
			w := &d.words[j-1]
			l.order = append(l.order, j-1)
			l.row(gSums, s.hash&0xff)
			l.row(gWords, l.part(w.text), wordBits(w))
		}
	}
	l.row(gWords, l.part(""), 0)
	for int(l.rows(gBuckets)) <= buckets {
		l.row(gBuckets, l.rows(gSums))
	}
}

// bucketSize is how many stems are looked through.
const bucketSize = 4

// wordBits packs what a word has besides its letters.
func wordBits(w *word) uint32 { return uint32(w.rule+1)<<3 | uint32(w.shape)<<1 | bit(w.also == 0) }

// trie lays the nodes out, those nearer to the root first, and the entries at each.
func (l *dictLayout) trie() {
	d := l.made
	at := make([]uint32, len(d.words))
	for row, w := range l.order {
		at[w] = uint32(row)
	}
	type kid struct {
		word uint32
		node int32
	}
	kids := make([][]kid, len(d.nodes))
	l.nodes, l.up = make([]int32, len(l.order)), make([]int32, len(l.order))
	for i := range l.nodes {
		l.nodes[i], l.up[i] = -1, -1
	}
	for s, to := range d.next {
		if s.node == 0 {
			l.nodes[at[s.word]] = to
		} else {
			kids[s.node] = append(kids[s.node], kid{at[s.word], to})
		}
	}
	for i := 0; i < len(l.nodes); i++ {
		l.row(gNodes, l.rows(gKids), l.rows(gItems))
		n := l.nodes[i]
		if n < 0 {
			continue
		}
		slices.SortFunc(kids[n], func(a, b kid) int { return cmp.Compare(a.word, b.word) })
		for _, k := range kids[n] {
			l.row(gKids, k.word)
			l.nodes, l.up = append(l.nodes, k.node), append(l.up, int32(i))
		}
		for o := d.nodes[n]; o != 0; o = d.outs[o].next {
			l.item(&d.items[d.outs[o].item], int32(i))
		}
	}
	l.row(gNodes, l.rows(gKids), l.rows(gItems))
}

// item lays out an entry at a row of gNodes.
func (l *dictLayout) item(it *item, node int32) {
	row := l.rows(gItems)
	if _, ok := l.forms[it.form]; !ok {
		l.forms[it.form] = row
	}
	var words []string
	for ; l.up[node] >= 0; node = l.up[node] {
		words = append(words, l.text(l.grids[gKids][int(node)-len(l.order)]))
	}
	words = append(words, l.text(uint32(node)))
	slices.Reverse(words)
	how := uint32(apart)
	for how < odd && join(words, how) != it.form {
		how++
	}
	if how == odd {
		l.row(gOdd, row, l.str(it.form))
	}
	ent, _ := l.facts.number(it.id)
	l.row(gItems, uint32(ent), kindNumber(it.kind)|bit(it.ambiguous)<<4|how<<5)
}

// text is the word of a row of gWords.
func (l *dictLayout) text(row uint32) string { return l.made.words[l.order[row]].text }

// names lays out the names for display: the first form of the first name.
func (l *dictLayout) names(own []pendingName) {
	names := map[int]string{}
	for i := range own {
		it := &own[i].item
		capital := it.kind == KindCapital
		if it.kind == KindPerson || it.kind == KindAdjective || it.kind == KindDemonym || it.kind == KindSeat {
			continue
		}
		ent, _ := l.facts.number(it.id)
		key := l.facts.nameRow(ent, capital)
		if _, ok := names[key]; !ok || capital {
			form, _, _ := strings.Cut(own[i].forms, "|")
			names[key] = plain(form)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(names)) {
		for int(l.rows(gNames)) < key {
			l.row(gNames, 0)
		}
		at, ok := l.forms[names[key]]
		if !ok {
			at = l.rows(gItems) + l.rows(gTold)
			l.row(gTold, l.str(names[key]))
		}
		l.row(gNames, at+1)
	}
}
