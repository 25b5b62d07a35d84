package train

import (
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"letopis/internal/model"
	"letopis/internal/nlp"
)

// openForms opens the dictionary of forms of a language pack, nil if it has none.
func openForms(packs, lang string) (*nlp.Forms, error) {
	name := filepath.Join(packs, lang, "forms.bin")
	b, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	f, err := model.Open(b)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return nlp.OpenForms(f)
}

const (
	mapRounds = 6
	mapFloor  = 0.004 // share of the words of a dictionary's tag that a tag of ours must have
	mapMost   = 12    // tags of ours for one of the dictionary's
)

// dictionary learns what the tags of the dictionary are in the treebanks, and
// where the lemma of a participle is the participle. Most words have several
// readings: which one a word of the treebank has is found by expectation
// maximisation over its tag.
func (t *taggerTrainer) dictionary(sents []Sentence, w *model.Writer) {
	type seenAs struct {
		form  string
		label uint16
	}
	d := t.o.Dict
	count := map[seenAs]int{}
	for _, s := range sents {
		for i := range s {
			count[seenAs{strings.ToLower(s[i].Form), t.id[label(&s[i])]}]++
		}
	}
	type example struct {
		tags  []uint16 // of the dictionary
		label uint16
		n     float64
	}
	var all []example
	for k, n := range count {
		e := example{label: k.label, n: 1 + math.Log(float64(n))}
		for _, r := range d.Find(k.form, nil) {
			if !slices.Contains(e.tags, r.Tag) {
				e.tags = append(e.tags, r.Tag)
			}
		}
		if len(e.tags) > 0 {
			all = append(all, e)
		}
	}
	// Sums of floating-point numbers depend on the order.
	slices.SortFunc(all, func(a, b example) int {
		if c := slices.Compare(a.tags, b.tags); c != 0 {
			return c
		}
		if a.label != b.label {
			return int(a.label) - int(b.label)
		}
		return int(math.Float64bits(a.n)>>12) - int(math.Float64bits(b.n)>>12)
	})
	share := make([]map[uint16]float64, d.Tags())
	for round := range mapRounds {
		next := make([]map[uint16]float64, d.Tags())
		for _, e := range all {
			sum := 0.0
			for _, a := range e.tags {
				if round == 0 {
					sum++
				} else {
					sum += share[a][e.label]
				}
			}
			if sum == 0 {
				continue
			}
			for _, a := range e.tags {
				p := 1.0
				if round > 0 {
					p = share[a][e.label]
				}
				if p > 0 {
					if next[a] == nil {
						next[a] = map[uint16]float64{}
					}
					next[a][e.label] += e.n * p / sum
				}
			}
		}
		for _, m := range next {
			sum := 0.0
			keys := make([]uint16, 0, len(m))
			for g := range m {
				keys = append(keys, g)
			}
			slices.Sort(keys)
			for _, g := range keys {
				sum += m[g]
			}
			for _, g := range keys {
				m[g] /= sum
			}
		}
		share = next
	}
	var out []uint16
	t.dict = make([][]uint16, d.Tags())
	for a, m := range share {
		var tags []uint16
		for g, p := range m {
			if p >= mapFloor {
				tags = append(tags, g)
			}
		}
		slices.SortFunc(tags, func(x, y uint16) int {
			if m[x] != m[y] {
				if m[x] > m[y] {
					return -1
				}
				return 1
			}
			return int(x) - int(y)
		})
		t.dict[a] = tags[:min(len(tags), mapMost)]
		out = append(out, uint16(len(t.dict[a])))
		for _, g := range t.dict[a] {
			out = append(out, g, uint16(255*m[g]))
		}
	}
	w.Uint32s("dsum", []uint32{d.Sum()})
	w.Uint16s("dtags", out)
	w.Uint32s("down", ownLemmas(d, sents))
}

// ownLemmas counts, for each part of speech of the dictionary and of ours, whether
// the lemma is the first form of the lexeme or that of the participle.
func ownLemmas(d *nlp.Forms, sents []Sentence) []uint32 {
	votes := map[uint32]int{}
	for _, s := range sents {
		for i := range s {
			low := strings.ToLower(s[i].Form)
			seen := map[uint32]bool{}
			for _, r := range d.Find(low, nil) {
				k := nlp.OwnKey(d.POS(r.Tag), s[i].UPOS)
				first, own := d.Lemma(r, low, false), d.Lemma(r, low, true)
				lemma := strings.ToLower(s[i].Lemma)
				if first == own || seen[k] {
					continue
				}
				switch lemma {
				case own:
					votes[k]++
				case first:
					votes[k]--
				default:
					continue
				}
				seen[k] = true
			}
		}
	}
	var out []uint32
	for k, n := range votes {
		if n > 0 {
			out = append(out, k)
		}
	}
	slices.Sort(out)
	return out
}
