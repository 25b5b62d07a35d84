package train

import (
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"

	"letopis/internal/model"
	"letopis/internal/nlp"
	"letopis/internal/ud"
)

// TaggerOptions are the parameters of tagger training.
type TaggerOptions struct {
	Epochs int
	Seed   uint64
	// Closed is how often a form must be seen before its tags count as all it can have.
	Closed int
	Margin int32      // by which the right tag must lead
	Log2   uint       // of the buckets of the table of weights
	Dict   *nlp.Forms // dictionary of forms, nil for none
	Log    io.Writer
}

// lexEntry is a form with a part of speech and lemma from a lexicon.
type lexEntry struct {
	form, lemma string
	upos        ud.UPOS
}

// Tagger trains a tagger and lemmatiser on sentences and lexicon entries and
// returns the model file.
func Tagger(sents []Sentence, lemmaSents []Sentence, lex []lexEntry, o TaggerOptions) ([]byte, error) {
	t := &taggerTrainer{o: o, id: map[string]uint16{}, partID: map[uint32]uint16{}, listID: map[string]uint16{}, w: newTable(1),
		forms: map[string]uint16{}, ends: map[uint32]uint16{}, count: map[string]int{}}
	if err := t.number(sents); err != nil {
		return nil, err
	}
	t.lexicon(sents)
	w := &model.Writer{}
	if o.Dict != nil {
		t.dictionary(sents, w)
	}
	t.prepare(sents)
	t.epochs()
	t.write(w)
	writeLemmas(w, append(slices.Clone(sents), lemmaSents...), lex)
	return w.Finish(), nil
}

// enoughTags is nlp.EnoughTags for training: more rivals than the tagger will ask
// teach the weights better and cost only training time.
const enoughTags = 30

type taggerTrainer struct {
	o      TaggerOptions
	labels []string
	id     map[string]uint16
	parts  [][]uint16 // of a label
	hist   []nlp.Hist
	partID map[uint32]uint16
	hash   []uint32 // of a part

	count  map[string]int // of a form
	forms  map[string]uint16
	ends   map[uint32]uint16
	lists  [][]uint16
	listID map[string]uint16

	dict [][]uint16 // of each tag of the dictionary, the tags of words that have it

	words [][]nlp.WordInfo
	gold  [][]uint16
	w     *table
	step  int64
	score []int32
	known []int64
	feats []uint32
}

func label(w *ud.Word) string { return string(w.UPOS) + "\t" + w.XPOS + "\t" + string(w.Feats) }

// number lists the tags, the commonest first, and takes them apart.
func (t *taggerTrainer) number(sents []Sentence) error {
	count := map[string]int{}
	for _, s := range sents {
		for i := range s {
			count[label(&s[i])]++
		}
	}
	for l := range count {
		t.labels = append(t.labels, l)
	}
	slices.SortFunc(t.labels, func(a, b string) int {
		if count[a] != count[b] {
			return count[b] - count[a]
		}
		return strings.Compare(a, b)
	})
	if len(t.labels) >= 0x7fff {
		return fmt.Errorf("%d tags are too many", len(t.labels))
	}
	for i, l := range t.labels {
		c := strings.Split(l, "\t")
		t.id[l] = uint16(i)
		u, f := ud.UPOS(c[0]), ud.Feats(c[2])
		t.hist = append(t.hist, nlp.HistOf(u, c[1], f))
		var ps []uint16
		for _, h := range nlp.Parts(u, c[1], f) {
			p, ok := t.partID[h]
			if !ok {
				p = uint16(len(t.hash))
				t.partID[h] = p
				t.hash = append(t.hash, h)
			}
			ps = append(ps, p)
		}
		t.parts = append(t.parts, ps)
	}
	t.score, t.known = make([]int32, len(t.hash)), make([]int64, len(t.hash))
	return nil
}

// list numbers a list of tags.
func (t *taggerTrainer) list(tags []uint16) uint16 {
	key := fmt.Sprint(tags)
	n, ok := t.listID[key]
	if !ok {
		n = uint16(len(t.lists))
		t.listID[key] = n
		t.lists = append(t.lists, tags)
	}
	return n
}

// lexicon gathers the tags of every form, and of the endings of rare forms.
func (t *taggerTrainer) lexicon(sents []Sentence) {
	type formCase struct {
		form    string
		capital bool
	}
	seen := map[string]map[uint16]int{}
	ends := map[uint32]map[uint16]int{}
	types := map[formCase]map[uint16]bool{}
	for _, s := range sents {
		for i := range s {
			l := strings.ToLower(s[i].Form)
			t.count[l]++
			g := t.id[label(&s[i])]
			if seen[l] == nil {
				seen[l] = map[uint16]int{}
			}
			seen[l][g]++
			k := formCase{l, i > 0 && nlp.Capital(s[i].Form) || s[i].UPOS == "PROPN" && nlp.Capital(s[i].Form)}
			if types[k] == nil {
				types[k] = map[uint16]bool{}
			}
			types[k][g] = true
		}
	}
	var keys []uint32
	for k, tags := range types {
		if t.count[k.form] > 20 && isWord(k.form) {
			continue
		}
		form := k.form
		keys = nlp.EndKeys(form, form, k.capital, keys[:0])
		for _, e := range keys {
			if ends[e] == nil {
				ends[e] = map[uint16]int{}
			}
			for g := range tags {
				ends[e][g]++
			}
		}
	}
	forms := make([]string, 0, len(seen))
	for f := range seen {
		forms = append(forms, f)
	}
	slices.Sort(forms)
	for _, f := range forms {
		n := t.list(byCount(seen[f], 0, 40))
		if t.count[f] >= t.o.Closed {
			n |= 0x8000
		}
		t.forms[f] = n
	}
	all := make([]uint32, 0, len(ends))
	for e := range ends {
		all = append(all, e)
	}
	slices.Sort(all)
	for _, e := range all {
		n := 0
		for _, c := range ends[e] {
			n += c
		}
		if n >= 2 {
			t.ends[e] = t.list(byCount(ends[e], n/200, 32))
		}
	}
}

func isWord(form string) bool {
	return strings.IndexFunc(form, func(r rune) bool { return r >= 'a' }) >= 0
}

// byCount returns the tags counted more than floor times, the commonest first, at most limit.
func byCount(m map[uint16]int, floor, limit int) []uint16 {
	var out []uint16
	for g, n := range m {
		if n > floor {
			out = append(out, g)
		}
	}
	slices.SortFunc(out, func(a, b uint16) int {
		if m[a] != m[b] {
			return m[b] - m[a]
		}
		return int(a) - int(b)
	})
	return out[:min(len(out), limit)]
}

// prepare finds the candidates of every word as the tagger will; a form seen
// once counts as unknown, so that guessing is learnt.
func (t *taggerTrainer) prepare(sents []Sentence) {
	var keys []uint32
	for _, s := range sents {
		ws := make([]nlp.WordInfo, len(s))
		gold := make([]uint16, len(s))
		for i := range s {
			l := strings.ToLower(s[i].Form)
			w := nlp.Inspect(s[i].Form, l)
			if t.o.Dict != nil {
				w.LookUp(t.o.Dict, nil)
			}
			gold[i] = t.id[label(&s[i])]
			n := t.forms[l]
			if n&0x8000 != 0 {
				w.Tags, w.Amb = t.lists[n&0x7fff], nlp.AmbHash(t.lists[n&0x7fff])
			} else {
				var tags []uint16
				if t.count[l] > 1 {
					tags = slices.Clone(t.lists[n])
				}
				capital := nlp.Capital(s[i].Form)
				for _, r := range w.Readings {
					for _, g := range t.dict[r.Tag] {
						if (capital || !strings.HasPrefix(t.labels[g], "PROPN\t")) && !slices.Contains(tags, g) {
							tags = append(tags, g)
						}
					}
				}
				if capital || len(w.Readings) == 0 || len(tags) == 0 {
					tags, keys = t.guess(tags, s[i].Form, l, capital, keys)
					if capital && i == 0 {
						tags, keys = t.guess(tags, s[i].Form, l, false, keys)
					}
				}
				if !slices.Contains(tags, gold[i]) {
					tags = append(tags, gold[i])
				}
				w.Tags = tags
			}
			ws[i] = w
		}
		t.words, t.gold = append(t.words, ws), append(t.gold, gold)
	}
}

func (t *taggerTrainer) guess(tags []uint16, form, low string, capital bool, keys []uint32) ([]uint16, []uint32) {
	keys = nlp.EndKeys(form, low, capital, keys[:0])
	start := len(tags)
	for _, k := range keys {
		n, ok := t.ends[k]
		if !ok {
			continue
		}
		for _, g := range t.lists[n] {
			if !slices.Contains(tags, g) {
				tags = append(tags, g)
			}
		}
		if len(tags)-start >= enoughTags {
			break
		}
	}
	return tags, keys
}

// epochs runs the averaged perceptron with its own predictions as history.
func (t *taggerTrainer) epochs() {
	rng := rand.New(rand.NewPCG(t.o.Seed, 1))
	order := make([]int, len(t.words))
	for i := range order {
		order[i] = i
	}
	for e := range t.o.Epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		right, all := 0, 0
		for _, si := range order {
			ws, gold := t.words[si], t.gold[si]
			prev, prev2 := nlp.Before, nlp.Before
			for i := range ws {
				best := ws[i].Tags[0]
				if len(ws[i].Tags) > 1 {
					t.feats = nlp.TagFeatures(ws, i, prev, prev2, t.feats[:0])
					best = t.learn(ws[i].Tags, gold[i])
				}
				all++
				if best == gold[i] {
					right++
				}
				prev2, prev = prev, t.hist[best]
			}
		}
		if t.o.Log != nil {
			fmt.Fprintf(t.o.Log, "tagger epoch %d: %.2f %% of %d words, %d features\n", e+1, 100*float64(right)/float64(all), all, t.w.n)
		}
	}
}

// learn predicts one of tags and corrects the weights where gold does not lead by the margin.
func (t *taggerTrainer) learn(tags []uint16, gold uint16) uint16 {
	t.step++
	best, top := tags[0], int32(-1<<31)
	rival, rivalTop, goldSum := -1, int32(0), int32(0)
	for _, l := range tags {
		sum := int32(0)
		for _, p := range t.parts[l] {
			if t.known[p] != t.step {
				t.known[p] = t.step
				h, s := t.hash[p], int32(0)
				for _, f := range t.feats {
					if i := t.w.find(f ^ h); i >= 0 {
						s += t.w.w[i]
					}
				}
				t.score[p] = s
			}
			sum += t.score[p]
		}
		if sum > top {
			best, top = l, sum
		}
		if l == gold {
			goldSum = sum
		} else if rival < 0 || sum > rivalTop {
			rival, rivalTop = int(l), sum
		}
	}
	if rival >= 0 && rivalTop+t.o.Margin >= goldSum {
		t.update(t.parts[gold], t.parts[rival], 1)
		t.update(t.parts[rival], t.parts[gold], -1)
	}
	return best
}

// update changes the parts that the other tag does not have.
func (t *taggerTrainer) update(parts, other []uint16, d int32) {
	for _, p := range parts {
		if slices.Contains(other, p) {
			continue
		}
		for _, f := range t.feats {
			t.w.update(f^t.hash[p], 0, d, t.step)
		}
	}
}

func (t *taggerTrainer) write(w *model.Writer) {
	w.Strings("tags", t.labels)
	w.Bytes("w", t.w.pack(t.step, t.o.Log2))
	var lists []uint16
	for _, l := range t.lists {
		lists = append(append(lists, l...), 0xffff)
	}
	w.Uint16s("lists", lists)
	forms := map[uint32]uint16{}
	for f, n := range t.forms {
		k := nlp.FormKey(f)
		if old, ok := forms[k]; !ok || n > old {
			forms[k] = n
		}
	}
	writeTable(w, "fkeys", "flist", forms)
	writeTable(w, "ekeys", "elist", t.ends)
}

func writeTable(w *model.Writer, keyName, valName string, m map[uint32]uint16) {
	keys := make([]uint32, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	vals := make([]uint16, len(keys))
	for i, k := range keys {
		vals[i] = m[k]
	}
	w.Uint32s(keyName, keys)
	w.Uint16s(valName, vals)
}
