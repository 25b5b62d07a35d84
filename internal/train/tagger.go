package train

import (
	"fmt"
	"io"
	"math/rand/v2"
	"sort"
	"strings"
	"unicode/utf8"

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
	t := &taggerTrainer{o: o, labelID: map[string]int{}, rows: map[uint32]*row{}, amb: map[string]uint16{}}
	t.prepare(sents)
	t.epochs()
	w := &model.Writer{}
	t.write(w)
	writeLemmas(w, append(append([]Sentence{}, sents...), lemmaSents...), lex)
	return w.Finish(), nil
}

// row is the weights of one feature while they are learnt: current value, sum
// for averaging, and the step at which the sum was last brought up to date.
type row struct{ cells []cell }

type cell struct {
	label    uint16
	w, total int64
	at       int64
}

type taggerTrainer struct {
	o       TaggerOptions
	labels  []string
	labelID map[string]int
	class   []uint32
	words   [][]nlp.WordInfo
	gold    [][]uint16
	amb     map[string]uint16 // 1 + class
	sets    [][]uint16
	rows    map[uint32]*row
	step    int64
}

func label(w *ud.Word) string { return string(w.UPOS) + "\t" + w.XPOS + "\t" + string(w.Feats) }

func (t *taggerTrainer) prepare(sents []Sentence) {
	count := map[string]int{}
	for _, s := range sents {
		for i := range s {
			count[label(&s[i])]++
		}
	}
	for l := range count {
		t.labels = append(t.labels, l)
	}
	sort.Slice(t.labels, func(i, j int) bool {
		if count[t.labels[i]] != count[t.labels[j]] {
			return count[t.labels[i]] > count[t.labels[j]]
		}
		return t.labels[i] < t.labels[j]
	})
	for i, l := range t.labels {
		t.labelID[l] = i
		p, _, _ := strings.Cut(l, "\t")
		t.class = append(t.class, model.Hash(77, p))
	}
	t.ambiguity(sents)
	for _, s := range sents {
		ws := make([]nlp.WordInfo, len(s))
		gold := make([]uint16, len(s))
		for i := range s {
			l := strings.ToLower(s[i].Form)
			ws[i] = nlp.Inspect(s[i].Form, t.amb[l], l)
			gold[i] = uint16(t.labelID[label(&s[i])])
		}
		t.words = append(t.words, ws)
		t.gold = append(t.gold, gold)
	}
}

// ambiguity gathers the labels of frequent forms: what a closed form can be.
func (t *taggerTrainer) ambiguity(sents []Sentence) {
	seen := map[string]map[uint16]int{}
	for _, s := range sents {
		for i := range s {
			l := strings.ToLower(s[i].Form)
			if seen[l] == nil {
				seen[l] = map[uint16]int{}
			}
			seen[l][uint16(t.labelID[label(&s[i])])]++
		}
	}
	forms := make([]string, 0, len(seen))
	for f := range seen {
		forms = append(forms, f)
	}
	sort.Strings(forms)
	id := map[string]uint16{}
	for _, f := range forms {
		n := 0
		var set []uint16
		for l, c := range seen[f] {
			n += c
			set = append(set, l)
		}
		if n < t.o.Closed {
			continue
		}
		sort.Slice(set, func(i, j int) bool { return set[i] < set[j] })
		key := fmt.Sprint(set)
		if id[key] == 0 {
			t.sets = append(t.sets, set)
			id[key] = uint16(len(t.sets))
		}
		t.amb[f] = id[key]
	}
}

// epochs runs the averaged perceptron with its own predictions as history.
func (t *taggerTrainer) epochs() {
	rng := rand.New(rand.NewPCG(t.o.Seed, 1))
	order := make([]int, len(t.words))
	for i := range order {
		order[i] = i
	}
	scores := make([]int64, len(t.labels))
	var feats []uint32
	tg := &nlp.Tagger{}
	for e := 0; e < t.o.Epochs; e++ {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		right, all := 0, 0
		for _, si := range order {
			ws, gold := t.words[si], t.gold[si]
			prev, prev2 := nlp.Start()
			for i := range ws {
				t.step++
				feats = tg.Features(ws, i, prev, prev2, feats[:0])
				best := t.predict(&ws[i], feats, scores)
				all++
				if best == int(gold[i]) {
					right++
				} else {
					t.update(feats, int(gold[i]), 1)
					t.update(feats, best, -1)
				}
				prev2, prev = prev, nlp.Tagged(best, t.class[best])
			}
		}
		if t.o.Log != nil {
			fmt.Fprintf(t.o.Log, "tagger epoch %d: %.2f %% of %d words, %d features\n", e+1, 100*float64(right)/float64(all), all, len(t.rows))
		}
	}
}

func (t *taggerTrainer) predict(w *nlp.WordInfo, feats []uint32, scores []int64) int {
	var allowed []uint16
	if w.Amb > 0 {
		allowed = t.sets[w.Amb-1]
		if len(allowed) == 1 {
			return int(allowed[0])
		}
	}
	clear(scores)
	for _, f := range feats {
		if r := t.rows[f]; r != nil {
			for k := range r.cells {
				scores[r.cells[k].label] += r.cells[k].w
			}
		}
	}
	best := -1
	if allowed != nil {
		for _, l := range allowed {
			if best < 0 || scores[l] > scores[best] {
				best = int(l)
			}
		}
		return best
	}
	for l := range scores {
		if best < 0 || scores[l] > scores[best] {
			best = l
		}
	}
	return best
}

func (t *taggerTrainer) update(feats []uint32, l int, d int64) {
	for _, f := range feats {
		r := t.rows[f]
		if r == nil {
			r = &row{}
			t.rows[f] = r
		}
		k := 0
		for k < len(r.cells) && r.cells[k].label != uint16(l) {
			k++
		}
		if k == len(r.cells) {
			r.cells = append(r.cells, cell{label: uint16(l), at: t.step})
		}
		c := &r.cells[k]
		c.total += c.w * (t.step - c.at)
		c.at = t.step
		c.w += d
	}
}

// write averages, quantises and writes the weights; cells that round to nothing go.
func (t *taggerTrainer) write(w *model.Writer) {
	rows := make(map[uint32][]model.Cell, len(t.rows))
	const scale = 24
	for f, r := range t.rows {
		var out []model.Cell
		for _, c := range r.cells {
			c.total += c.w * (t.step - c.at)
			v := c.total * scale / max(t.step, 1)
			v = min(max(v, -32000), 32000)
			if v > 4 || v < -4 {
				out = append(out, model.Cell{Label: c.label, Weight: int16(v)})
			}
		}
		if len(out) > 0 {
			rows[f] = out
		}
	}
	model.WriteLinear(w, "t", t.labels, rows)
	type entry struct {
		key   uint32
		class uint16
	}
	var es []entry
	for f, c := range t.amb {
		es = append(es, entry{model.Hash(3, f), c - 1})
	}
	sort.Slice(es, func(i, j int) bool { return es[i].key < es[j].key })
	var keys []uint32
	var class, labels []uint16
	for _, e := range es {
		keys, class = append(keys, e.key), append(class, e.class)
	}
	for _, s := range t.sets {
		labels = append(append(labels, s...), 0xffff)
	}
	w.Uint32s("akeys", keys)
	w.Uint16s("aclass", class)
	w.Uint16s("alabels", labels)
}

// lemmaRule returns the shortest edit from form to lemma.
func lemmaRule(form, lemma string) (nlp.LemmaRule, bool) {
	f, l := []rune(strings.ToLower(form)), []rune(lemma)
	keep := false
	if c, _ := utf8.DecodeRuneInString(lemma); strings.ToLower(string(c)) != string(c) {
		keep = true
		f = []rune(form)
	}
	front := 0
	if rest, ok := strings.CutPrefix(string(f), "най-"); ok && !strings.HasPrefix(lemma, "най") {
		front = utf8.RuneCountInString(string(f)) - utf8.RuneCountInString(rest)
	} else if rest, ok := strings.CutPrefix(string(f), "по-"); ok && !strings.HasPrefix(lemma, "по") {
		front = utf8.RuneCountInString(string(f)) - utf8.RuneCountInString(rest)
	}
	g := f[front:]
	n := 0
	for n < len(g) && n < len(l) && g[n] == l[n] {
		n++
	}
	r := nlp.LemmaRule{Front: front, Back: len(g) - n, Add: string(l[n:]), Keep: keep}
	return r, r.Back < 60 && r.Apply(form) == lemma
}

// writeLemmas gathers the edits of all known forms and the likeliest edit of each
// ending, by part of speech.
func writeLemmas(w *model.Writer, sents []Sentence, lex []lexEntry) {
	type key struct {
		upos ud.UPOS
		form string
	}
	votes := map[key]map[string]int{}
	add := func(form, lemma string, upos ud.UPOS, n int) {
		if lemma == "" || lemma == "_" {
			return
		}
		r, ok := lemmaRule(form, lemma)
		if !ok {
			return
		}
		k := key{upos, strings.ToLower(form)}
		if votes[k] == nil {
			votes[k] = map[string]int{}
		}
		votes[k][r.String()] += n
	}
	for _, s := range sents {
		for i := range s {
			add(s[i].Form, s[i].Lemma, s[i].UPOS, 3)
		}
	}
	for _, e := range lex {
		add(e.form, e.lemma, e.upos, 1)
	}
	ends := map[key]map[string]int{}
	ruleCount := map[string]int{}
	best := map[key]string{}
	for k, v := range votes {
		b := top(v)
		best[k] = b
		ruleCount[b]++
		rs := []rune(k.form)
		for n := 1; n <= 7 && n <= len(rs); n++ {
			e := key{k.upos, string(rs[len(rs)-n:])}
			if ends[e] == nil {
				ends[e] = map[string]int{}
			}
			ends[e][b]++
		}
	}
	rules := make([]string, 0, len(ruleCount))
	for r := range ruleCount {
		rules = append(rules, r)
	}
	sort.Slice(rules, func(i, j int) bool {
		if ruleCount[rules[i]] != ruleCount[rules[j]] {
			return ruleCount[rules[i]] > ruleCount[rules[j]]
		}
		return rules[i] < rules[j]
	})
	if len(rules) > 60000 {
		rules = rules[:60000]
	}
	id := map[string]uint16{}
	for i, r := range rules {
		id[r] = uint16(i)
	}
	type entry struct {
		key uint32
		val uint16
	}
	table := func(pairs map[key]string, salt uint32) ([]uint32, []uint16) {
		var es []entry
		for k, r := range pairs {
			if v, ok := id[r]; ok {
				es = append(es, entry{model.Hash(model.Hash(5, string(k.upos))+salt, k.form), v})
			}
		}
		sort.Slice(es, func(i, j int) bool {
			if es[i].key != es[j].key {
				return es[i].key < es[j].key
			}
			return es[i].val < es[j].val
		})
		var keys []uint32
		var vals []uint16
		for i, e := range es {
			if i > 0 && e.key == es[i-1].key {
				continue
			}
			keys, vals = append(keys, e.key), append(vals, e.val)
		}
		return keys, vals
	}
	endBest := map[key]string{}
	for k, v := range ends {
		b := top(v)
		// An ending says nothing that the shorter one inside it does not say.
		rs := []rune(k.form)
		if len(rs) > 1 {
			if s := ends[key{k.upos, string(rs[1:])}]; s != nil && top(s) == b {
				continue
			}
		}
		n := 0
		for _, c := range v {
			n += c
		}
		if n >= 2 || len(rs) <= 2 {
			endBest[k] = b
		}
	}
	// A form whose ending already gives its edit need not be listed.
	listed := map[key]string{}
	for k, b := range best {
		guess := ""
		rs := []rune(k.form)
		for n := min(7, len(rs)); n >= 1 && guess == ""; n-- {
			guess = endBest[key{k.upos, string(rs[len(rs)-n:])}]
		}
		if guess != b {
			listed[k] = b
		}
	}
	lk, lv := table(listed, 0)
	sk, sv := table(endBest, 1)
	w.Uint32s("lkeys", lk)
	w.Uint16s("lrule", lv)
	w.Uint32s("skeys", sk)
	w.Uint16s("srule", sv)
	w.Strings("rules", rules)
}

// top returns the key with the highest count; the smaller key wins a tie.
func top(v map[string]int) string {
	best := ""
	for k, n := range v {
		if best == "" || n > v[best] || n == v[best] && k < best {
			best = k
		}
	}
	return best
}
