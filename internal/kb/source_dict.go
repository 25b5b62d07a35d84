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
	m := newMaker(columnsOfDict[:]...)
	d.layWords(m)
	d.layNodes(m, f)
	layNames(m, f, own)
	return m.bytes()
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
	d.words = append(d.words, word{stem: full[:cut], rule: rule, also: first, full: full, shape: sh})
	d.stems[full[:cut]] = int32(len(d.words))
	return int32(len(d.words) - 1)
}

// layWords lays the words out, those of a stem one after the other, the last entered first.
// It brings the numbers in next to that order.
func (d *dictMaker) layWords(m *maker) {
	at := make([]int32, len(d.words))
	var stems []hashed
	for i := range d.words {
		if d.words[i].also != 0 {
			continue // it stands with the first of its stem
		}
		stem := d.words[i].stem
		stems = append(stems, hashed{m.rows(gWords), newHash.str(stem).sum()})
		for j := d.stems[stem]; j != 0; j = d.words[j-1].also {
			w := &d.words[j-1]
			at[j-1] = int32(m.rows(gWords))
			m.row(gWords, m.str(w.full), uint32(d.next[step{0, j - 1}]), wordBits(w))
		}
	}
	next := make(map[step]int32, len(d.next))
	for s, to := range d.next {
		next[step{s.node, at[s.word]}] = to
	}
	d.next = next
	m.hash(gStems, stems)
}

// wordBits packs what a word has besides its letters.
func wordBits(w *word) uint32 {
	return uint32(len(w.full)-len(w.stem)) | uint32(w.rule+1)<<8 | uint32(w.shape)<<24 | bit(w.also == 0)<<26
}

// layNodes lays the trie out below its root, and the entries at each node.
func (d *dictMaker) layNodes(m *maker, f *facts) {
	steps := make([]step, 0, len(d.next))
	for s := range d.next {
		if s.node != 0 { // words say where the root goes
			steps = append(steps, s)
		}
	}
	slices.SortFunc(steps, func(a, b step) int { return cmp.Or(cmp.Compare(a.node, b.node), cmp.Compare(a.word, b.word)) })
	for n, first := range d.nodes {
		m.row(gNodes, m.rows(gKids), m.rows(gItems))
		for ; len(steps) > 0 && steps[0].node == int32(n); steps = steps[1:] {
			m.row(gKids, uint32(steps[0].word), uint32(d.next[steps[0]]))
		}
		for o := first; o != 0; o = d.outs[o].next {
			it := &d.items[d.outs[o].item]
			ent, _ := f.number(it.id)
			m.row(gItems, uint32(ent)|uint32(slices.Index(kinds[:], it.kind))<<24|bit(it.ambiguous)<<28, m.str(it.form))
		}
	}
	m.row(gNodes, m.rows(gKids), m.rows(gItems))
}

// layNames lays out the names for display: the first form of the first name.
func layNames(m *maker, f *facts, own []pendingName) {
	names := map[uint32]string{}
	for i := range own {
		it := &own[i].item
		capital := it.kind == KindCapital
		if it.kind == KindPerson || it.kind == KindAdjective || it.kind == KindDemonym || it.kind == KindSeat {
			continue
		}
		ent, _ := f.number(it.id)
		key := uint32(ent)<<1 | bit(capital)
		if _, ok := names[key]; !ok || capital {
			form, _, _ := strings.Cut(own[i].forms, "|")
			names[key] = plain(form)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(names)) {
		m.row(gNames, key, m.str(names[key]))
	}
}
