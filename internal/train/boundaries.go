package train

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"letopis/internal/model"
	"letopis/internal/nlp"
	"letopis/internal/ud"
)

// BoundaryOptions are the parameters of learning where sentences end without a stop.
type BoundaryOptions struct {
	Epochs int
	Seed   uint64
	Hide   float64 // share of gaps whose words are hidden while learning
	Log2   uint    // of the buckets of the table of weights
	Bias   int32   // what the sum of the weights must exceed
	Log    io.Writer
}

// DefaultBoundaryOptions are those of the shipped models.
var DefaultBoundaryOptions = BoundaryOptions{Epochs: 10, Seed: 1, Hide: 0.3, Log2: 14, Bias: -3000}

// boundaryText is a text with the offsets at which its sentences end.
type boundaryText struct {
	text string
	ends map[int32]bool
}

// Boundaries learns from sentences in their order (of treebanks and tagged text,
// which have headlines and captions without a stop) and from raw news, whose
// paragraphs end sentences and whose titles run into the text here. leave names
// what must not be seen. The features take words from the tagger of p.
func Boundaries(dir string, p *nlp.Pack, leave func(path string) bool, o BoundaryOptions) ([]byte, error) {
	texts, err := boundaryTexts(dir, p.Lang(), leave)
	if err != nil {
		return nil, err
	}
	type gap struct {
		feats []uint32
		ends  bool
	}
	var gaps []gap
	right := 0
	for _, t := range texts {
		err := p.Gaps(t.text, t.ends, func(f []uint32, ends bool) {
			gaps = append(gaps, gap{slices.Clone(f), ends})
			if ends {
				right++
			}
		})
		if err != nil {
			return nil, err
		}
	}
	r := rand.New(rand.NewPCG(o.Seed, 0))
	w := newTable(1)
	step := int64(0)
	var hidden []uint32
	order := make([]int, len(gaps))
	for i := range order {
		order[i] = i
	}
	for epoch := range o.Epochs {
		r.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		wrong := 0
		for _, k := range order {
			g := &gaps[k]
			step++
			feats := g.feats
			if r.Float64() < o.Hide {
				// The words are hidden, as those of texts to come will be.
				hidden = hidden[:0]
				for i, f := range feats {
					if !nlp.WordGapFeature(i) {
						hidden = append(hidden, f)
					}
				}
				feats = hidden
			}
			sum := int32(0)
			for _, f := range feats {
				if i := w.find(f); i >= 0 {
					sum += w.w[i]
				}
			}
			d := int32(1)
			if !g.ends {
				d = -1
			}
			if sum*d > boundaryMargin {
				continue
			}
			if sum*d <= 0 {
				wrong++
			}
			for _, f := range feats {
				w.update(f, 0, d, step)
			}
		}
		if o.Log != nil {
			fmt.Fprintf(o.Log, "boundaries %s: epoch %d, %d gaps, %d ends, %d wrong\n", p.Lang(), epoch+1, len(gaps), right, wrong)
		}
	}
	out := &model.Writer{}
	out.Bytes("w", w.pack(step, o.Log2))
	out.Uint32s("bias", []uint32{uint32(o.Bias)})
	return out.Finish(), nil
}

// boundaryMargin is by how much a right decision must lead while learning.
const boundaryMargin = 30

// boundaryTexts gathers the texts of a language.
func boundaryTexts(dir, lang string, leave func(string) bool) ([]boundaryText, error) {
	var out []boundaryText
	d, err := Data(dir, lang)
	if err != nil {
		return nil, err
	}
	out = append(out, joinSentences(d.Trees))
	if lang == "bg" {
		files, err := filepath.Glob(filepath.Join(dir, "bg_morpho", "btb_morpho", "*.tsv"))
		if err != nil {
			return nil, err
		}
		for _, f := range files {
			s, err := Morpho(f, filepath.Join(dir, "bg_morpho", "msd2ud.tsv"))
			if err != nil {
				return nil, err
			}
			out = append(out, joinSentences(s))
		}
	}
	raw, err := filepath.Glob(filepath.Join(dir, "bsnlp", "*", lang, "raw", "*.txt"))
	if err != nil {
		return nil, err
	}
	sort.Strings(raw)
	for _, f := range raw {
		if leave(f) {
			continue
		}
		b, err := os.ReadFile(f)
		if err != nil {
			return nil, err
		}
		if t, ok := newsText(string(b)); ok {
			out = append(out, t)
		}
	}
	return out, nil
}

// newsText takes an article in the layout of SlavicNER: the title, and every line
// of a few words that ends in no stop, run into the next line.
func newsText(file string) (boundaryText, bool) {
	p := strings.SplitN(strings.ReplaceAll(file, "\r", ""), "\n", 5)
	if len(p) < 5 {
		return boundaryText{}, false
	}
	t := boundaryText{ends: map[int32]bool{}}
	var b strings.Builder
	glued := false
	for line := range strings.SplitSeq(p[4], "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if b.Len() > 0 {
			if glued {
				b.WriteByte(' ')
			} else {
				b.WriteByte('\n')
			}
		}
		b.WriteString(line)
		t.ends[int32(b.Len())] = true
		words := strings.Count(line, " ") + 1
		glued = words >= 3 && words <= 20 && !strings.ContainsAny(line[len(line)-1:], ".!?:;,")
	}
	t.text = b.String()
	return t, b.Len() > 0
}

// joinSentences writes sentences one after another as a text, with the spaces that
// news would have.
func joinSentences(sents []Sentence) boundaryText {
	t := boundaryText{ends: map[int32]bool{}}
	var b strings.Builder
	space, quotes := false, 0
	word := func(w *ud.Word) {
		glue := strings.Contains(").,;:!?»“%]…", w.Form) || w.Form == "..."
		if w.Form == `"` {
			quotes++
			glue = quotes%2 == 0
		}
		if space && !glue {
			b.WriteByte(' ')
		}
		b.WriteString(w.Form)
		space = !strings.Contains("(«„[", w.Form) && (w.Form != `"` || quotes%2 == 0)
	}
	for _, s := range sents {
		quotes = 0
		for i := range s {
			if i == 0 && b.Len() > 0 {
				b.WriteByte(' ')
				space = false
			}
			word(&s[i])
		}
		t.ends[int32(b.Len())] = true
		space = true
	}
	t.text = b.String()
	return t
}
