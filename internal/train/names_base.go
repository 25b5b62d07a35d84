package train

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sort"
	"strings"

	"letopis/internal/model"
	"letopis/internal/nlp"
	"letopis/internal/ud"
)

// baseItem is a name with the edits that lead to its dictionary form.
type baseItem struct {
	words []nlp.BaseWord
	edits []string
	typ   string
	left  string
	topic string
	forms map[uint32]bool // of the document
}

// NameBases learns dictionary forms from the names of documents: an averaged
// perceptron over edits of endings. Known words count in training only where
// another topic or a list has them, as on new texts.
func NameBases(docs []*NameDoc, known []string, o NamesOptions) *nlp.BaseModel {
	m := &nlp.BaseModel{}
	var items []baseItem
	topics := map[uint32]map[string]bool{}
	for _, w := range known {
		addTopic(topics, strings.ToLower(w), "")
	}
	quoted, dropped := 0, 0
	for _, d := range docs {
		for _, it := range baseItems(d, &quoted, &dropped) {
			items = append(items, it)
			for i, w := range it.words {
				if out, ok := nlp.EditOutcome(it.edits[i], strings.ToLower(w.Core)); ok {
					addTopic(topics, out, it.topic)
				}
			}
		}
	}
	m.DropQuote = dropped*2 > quoted
	t := &baseTrainer{m: m, topics: topics, rows: map[uint32]*baseRow{}, id: map[string]int{}}
	t.labels(items)
	t.epochs(items, o)
	for k := range topics {
		m.Known = append(m.Known, k)
	}
	slices.Sort(m.Known)
	if o.Log != nil {
		fmt.Fprintf(o.Log, "base forms: %d names, %d edits, %d features, quotes kept in %d of %d\n", len(items), len(m.Labels), len(m.Rows), quoted-dropped, quoted)
	}
	return m
}

func addTopic(topics map[uint32]map[string]bool, low, topic string) {
	k := nlp.BaseKey(low)
	if topics[k] == nil {
		topics[k] = map[string]bool{}
	}
	topics[k][topic] = true
}

// baseItems returns the distinct names of a document whose base form has as many words.
func baseItems(d *NameDoc, quoted, dropped *int) []baseItem {
	forms := map[uint32]bool{}
	for _, g := range d.Gold {
		for _, w := range strings.Fields(strings.ToLower(d.Text[g.Start:g.End])) {
			forms[nlp.BaseKey(strings.Trim(w, "\"'«»„“”()"))] = true
		}
	}
	seen := map[GoldName]bool{}
	var out []baseItem
	g := 0
	for si := range d.Analysis.Sentences {
		s := &d.Analysis.Sentences[si]
		for ; g < len(d.Gold) && d.Gold[g].Start < s.End; g++ {
			x := d.Gold[g]
			text := d.Text[x.Start:x.End]
			if strings.ContainsAny(text, "\"“”„«»") {
				*quoted++
				if !strings.ContainsAny(x.Base, "\"“”„«»") {
					*dropped++
				}
			}
			first, last := tokenRange(s, x)
			if first < 0 {
				continue
			}
			it := baseItem{typ: x.Type, topic: d.Topic, forms: forms, words: nlp.NameWords(d.Text, s, first, last, nil)}
			key := GoldName{Type: x.Type, Base: text + "\t" + x.Base}
			if seen[key] || !it.align(x.Base) {
				continue
			}
			seen[key] = true
			if first > 0 {
				t := s.Tokens[first-1]
				it.left = d.Text[t.Start:t.End]
			}
			out = append(out, it)
		}
	}
	return out
}

func tokenRange(s *ud.Sentence, x GoldName) (first, last int32) {
	first = -1
	for k := range s.Tokens {
		t := &s.Tokens[k]
		if t.Start < x.End && x.Start < t.End {
			if first < 0 {
				first = int32(k)
			}
			last = int32(k)
		}
	}
	return first, last
}

// align finds the edits from the words to a base form; false where the words
// do not correspond or one changes beyond its ending (a slip, another name).
func (it *baseItem) align(base string) bool {
	b := strings.Fields(strings.ToLower(base))
	if len(b) != len(it.words) {
		return false
	}
	for i, w := range it.words {
		from := []rune(strings.ToLower(w.Core))
		to := []rune(strings.Trim(b[i], "\"'«»„“”().,"))
		if len(from) == 0 {
			it.edits = append(it.edits, nlp.NoEdit)
			continue
		}
		n := 0
		for n < len(from) && n < len(to) && from[n] == to[n] {
			n++
		}
		if n == 0 || len(from)-n > 5 || len(to)-n > 4 {
			return false
		}
		it.edits = append(it.edits, string(from[n:])+">"+string(to[n:]))
	}
	return true
}

type baseTrainer struct {
	m      *nlp.BaseModel
	topics map[uint32]map[string]bool
	rows   map[uint32]*baseRow
	id     map[string]int
	ev     [8]baseCell
	step   int64
}

// labels numbers the edits that more than one topic or three names show.
func (t *baseTrainer) labels(items []baseItem) {
	count := map[string]int{nlp.NoEdit: 1 << 30}
	for _, it := range items {
		for _, e := range it.edits {
			count[e]++
		}
	}
	for e, n := range count {
		if n >= 3 {
			t.m.Labels = append(t.m.Labels, e)
		}
	}
	sort.Slice(t.m.Labels, func(i, j int) bool {
		a, b := t.m.Labels[i], t.m.Labels[j]
		if count[a] != count[b] {
			return count[a] > count[b]
		}
		return a < b
	})
	for i, e := range t.m.Labels {
		t.id[e] = i
	}
}

func (t *baseTrainer) epochs(items []baseItem, o NamesOptions) {
	rng := rand.New(rand.NewPCG(o.Seed, 3))
	order := make([]int, len(items))
	for i := range order {
		order[i] = i
	}
	scores := make([]int64, len(t.m.Labels))
	var feats []uint32
	for range 6 {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, k := range order {
			it := &items[k]
			prev, changed := uint32(0), 0
			for i := range it.words {
				if it.words[i].Core == "" {
					continue
				}
				t.step++
				feats = nlp.BaseFeatures(it.words, i, it.typ, prev, changed, it.left, feats[:0])
				g, ok := t.id[it.edits[i]]
				if ok {
					t.learn(it, i, g, feats, scores)
				}
				prev = model.Hash(93, it.edits[i])
				if it.edits[i] != nlp.NoEdit {
					changed = i + 1
				}
			}
		}
	}
	t.finish()
}

func (t *baseTrainer) learn(it *baseItem, i, gold int, feats []uint32, scores []int64) {
	clear(scores)
	for _, f := range feats {
		if r := t.rows[f]; r != nil {
			for k := range r.cells {
				scores[r.cells[k].label] += r.cells[k].w
			}
		}
	}
	low := strings.ToLower(it.words[i].Core)
	best, top := -1, int64(0)
	evBest, evGold := 0, 0
	for e, l := range t.m.Labels {
		out, ok := nlp.EditOutcome(l, low)
		if !ok {
			continue
		}
		key := nlp.BaseKey(out)
		others := len(t.topics[key])
		if t.topics[key][it.topic] {
			others--
		}
		ev := nlp.BaseEvidence(l != nlp.NoEdit, it.forms[key], others > 0)
		if e == gold {
			evGold = ev
		}
		if s := scores[e] + t.ev[ev].w; best < 0 || s > top {
			best, top, evBest = e, s, ev
		}
	}
	if best == gold || best < 0 {
		return
	}
	updateCell(&t.ev[evGold], 1, t.step)
	updateCell(&t.ev[evBest], -1, t.step)
	for _, f := range feats {
		r := t.rows[f]
		if r == nil {
			r = &baseRow{}
			t.rows[f] = r
		}
		updateRow(r, gold, 1, t.step)
		updateRow(r, best, -1, t.step)
	}
}

func updateRow(r *baseRow, l int, d, step int64) {
	k := 0
	for k < len(r.cells) && r.cells[k].label != uint16(l) {
		k++
	}
	if k == len(r.cells) {
		r.cells = append(r.cells, baseCell{label: uint16(l), at: step})
	}
	updateCell(&r.cells[k], d, step)
}

func updateCell(c *baseCell, d, step int64) {
	c.total += c.w * (step - c.at)
	c.at = step
	c.w += d
}

// finish averages and rounds the weights.
func (t *baseTrainer) finish() {
	const scale = 32
	avg := func(c baseCell) int64 {
		c.total += c.w * (t.step - c.at)
		return c.total * scale / max(t.step, 1)
	}
	t.m.Rows = map[uint32][]model.Cell{}
	for f, r := range t.rows {
		var out []model.Cell
		for _, c := range r.cells {
			if v := min(max(avg(c), -32000), 32000); v > 4 || v < -4 {
				out = append(out, model.Cell{Label: c.label, Weight: int16(v)})
			}
		}
		if len(out) > 0 {
			t.m.Rows[f] = out
		}
	}
	for i, c := range t.ev {
		t.m.Evidence[i] = int32(avg(c))
	}
}

// baseRow is the weights of one feature while they are learnt.
type baseRow struct{ cells []baseCell }

// baseCell is a weight, its sum for averaging, and the step up to which that sum counts.
type baseCell struct {
	label    uint16
	w, total int64
	at       int64
}
