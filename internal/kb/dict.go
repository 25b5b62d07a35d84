package kb

import "strings"

// dict is the names of one language, compiled: a trie over dictionary words.
// A token of the text is first taken back to the dictionary words it may be a
// form of (stem and ending), then the words are walked through the trie. So a
// name of n words needs n steps however many forms its words have.
type dict struct {
	ends  *endings
	stems map[string]int32 // stem → the last word entered with that stem, plus one
	words []word
	next  map[step]int32 // trie: node and word → node; node 0 is the root
	nodes []node
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

// node is a node of the trie: whether a way goes on, and the first of the entries
// that end there (an index of outs, 0 for none).
type node struct {
	goes bool
	out  int32
}

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

func newDict(e *endings, size int) *dict {
	size = max(size, 1) // a language may have no names of its own
	return &dict{
		ends: e, stems: make(map[string]int32, size),
		next: make(map[step]int32, 2*size), nodes: make([]node, 1, 2*size), outs: make([]out, 1, size),
		words: make([]word, 0, size), items: make([]item, 0, size),
	}
}

// add enters one form of a name. Marks in the form: '?' at the end says that it
// is also something else and needs more evidence; '~class' at the end of a word
// gives the row of decline.tsv to use, '~0' that the word never changes.
func (d *dict) add(it item, form string) {
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

func (d *dict) insert(entry int32, words []string) {
	at := int32(0)
	for _, w := range words {
		id := d.word(w, d.items[entry].kind.pos())
		to, ok := d.next[step{at, id}]
		if !ok {
			to = int32(len(d.nodes))
			d.nodes = append(d.nodes, node{})
			d.next[step{at, id}] = to
			d.nodes[at].goes = true
		}
		at = to
	}
	last := &d.nodes[at].out
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
func (d *dict) word(w, pos string) int32 {
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

// candidate is a dictionary word that a token may be a form of.
type candidate struct {
	word  int32
	exact bool // the token is the dictionary form
}

// candidates appends the dictionary words that a token may be a form of.
func (d *dict) candidates(dst []candidate, t Tok) []candidate {
	var buf [96]byte
	b, sh := d.ends.appendFold(buf[:0], t.Form)
	end := len(b)
	for n := 0; n <= d.ends.maxEnd && end >= 0; n++ {
		for i := d.stems[string(b[:end])]; i != 0; i = d.words[i-1].also {
			w := &d.words[i-1]
			if fits(w.shape, sh) && d.ends.takes(w.rule, b[end:]) {
				dst = append(dst, candidate{i - 1, w.full == string(b)})
			}
		}
		if end == 0 {
			break
		}
		for end--; end > 0 && b[end]&0xC0 == 0x80; {
			end--
		}
	}
	if t.Lemma != "" && t.Lemma != t.Form {
		dst = d.lemma(dst, t.Lemma, sh)
	}
	return dst
}

// lemma appends the dictionary words that the lemma is, if the form did not give
// them. Lemmas are often in lower case, so the form's capitals decide.
func (d *dict) lemma(dst []candidate, lemma string, sh shape) []candidate {
	var buf [96]byte
	b, _ := d.ends.appendFold(buf[:0], lemma)
	end := len(b)
	found := len(dst)
	for n := 0; n <= d.ends.maxEnd; n++ {
	words:
		for i := d.stems[string(b[:end])]; i != 0; i = d.words[i-1].also {
			w := &d.words[i-1]
			if w.full != string(b) || !fits(w.shape, sh) {
				continue
			}
			for _, c := range dst[:found] {
				if c.word == i-1 {
					continue words
				}
			}
			dst = append(dst, candidate{i - 1, false})
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
	node  int32
	exact bool
}

// match finds the names that begin at token i, and calls found for each of the
// entries at each length, shortest first.
func (d *dict) match(toks []Tok, i int, found func(last int, it *item, exact bool)) {
	var a, b [16]state
	var cands [16]candidate
	now, then := append(a[:0], state{0, true}), b[:0]
	for j := i; j < len(toks) && len(now) > 0; j++ {
		cs := d.candidates(cands[:0], toks[j])
		then = then[:0]
		for _, s := range now {
			for _, c := range cs {
				if to, ok := d.next[step{s.node, c.word}]; ok {
					then = append(then, state{to, s.exact && c.exact})
				}
			}
		}
		now, then = then, now
		for _, s := range now {
			for o := d.nodes[s.node].out; o != 0; o = d.outs[o].next {
				found(j, &d.items[d.outs[o].item], s.exact)
			}
		}
		k := 0
		for _, s := range now {
			if d.nodes[s.node].goes {
				now[k] = s
				k++
			}
		}
		now = now[:k]
	}
}
