package score_test

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"math/rand"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"letopis"
	"letopis/data"
	"letopis/internal/nlp"
	"letopis/internal/score"
	"letopis/internal/ud"
)

// sentences calls f with the lines of each sentence and joins what it returns.
func sentences(conllu []byte, f func(lines []string) []string) []byte {
	var b bytes.Buffer
	for s := range strings.SplitSeq(strings.TrimRight(string(conllu), "\n"), "\n\n") {
		b.WriteString(strings.Join(f(strings.Split(s, "\n")), "\n") + "\n\n")
	}
	return b.Bytes()
}

// mistaken changes tags, lemmas, features, relations and heads at random.
func mistaken(conllu []byte) []byte {
	rnd := rand.New(rand.NewSource(3))
	return sentences(conllu, func(lines []string) []string {
		for i, l := range lines {
			c := strings.Split(l, "\t")
			if len(c) != 10 || strings.ContainsAny(c[0], "-.") {
				continue
			}
			switch rnd.Intn(12) {
			case 0:
				c[2], c[3] = "-(се)", "X"
			case 1:
				c[5] = "Case=Nom|Typo=Yes|Number=Sing"
			case 2:
				c[7] = "case"
			case 3:
				c[7] += ":sub"
			case 4:
				c[6] = "1"
			case 5:
				c[6] = "0"
			case 6:
				c[6], c[4] = "_", "_"
			case 7:
				c[2] = "_"
			}
			lines[i] = strings.Join(c, "\t")
		}
		return lines
	})
}

// collapsed makes one word of every third multiword token; its sentence loses its tree.
func collapsed(conllu []byte) []byte {
	n := 0
	return sentences(conllu, func(lines []string) []string {
		var out []string
		last, lost := 0, false
		for _, l := range lines {
			c := strings.Split(l, "\t")
			if len(c) != 10 {
				out = append(out, l)
				continue
			}
			if from, to, ok := strings.Cut(c[0], "-"); ok {
				if n++; n%3 == 0 {
					last, _ = strconv.Atoi(to)
					c[0], c[3], lost = from, "VERB", true
					out = append(out, strings.Join(c, "\t"))
					continue
				}
			} else if id, _ := strconv.Atoi(c[0]); id <= last {
				continue
			}
			out = append(out, l)
		}
		for i, l := range out {
			if c := strings.Split(l, "\t"); lost && len(c) == 10 {
				c[6] = "_"
				out[i] = strings.Join(c, "\t")
			}
		}
		return out
	})
}

// analysed analyses the text of a file.
func analysed(t *testing.T, conllu []byte, lang string) []byte {
	t.Helper()
	packs, err := nlp.Open(data.FS)
	if err != nil {
		t.Fatal(err)
	}
	pack, err := packs.Pack(lang)
	if err != nil {
		t.Fatal(err)
	}
	in, err := ud.ReadConllu(bytes.NewReader(conllu), lang)
	if err != nil {
		t.Fatal(err)
	}
	a, err := pack.Analyze(context.Background(), in.Text)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := ud.WriteConllu(&b, a, in.Text, "x"); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestTreesEqualReferenceScorer(t *testing.T) {
	root := filepath.Join(shared(t), "data")
	for _, file := range []struct{ lang, path string }{
		{"bg", "bg/bg_btb-ud-dev.conllu"}, {"en", "en/en_partut-ud-dev.conllu"}, {"ru", "ru/ru_lenta-train.conllu"},
	} {
		gold, err := os.ReadFile(filepath.Join(root, "ud", file.path))
		if err != nil {
			t.Fatal(err)
		}
		for name, system := range map[string][]byte{
			"gold": gold, "mistaken": mistaken(gold), "collapsed": mistaken(collapsed(gold)), "analysed": analysed(t, gold, file.lang),
		} {
			dir := t.TempDir()
			sys, out := filepath.Join(dir, "sys.conllu"), filepath.Join(dir, "out.json")
			if err := os.WriteFile(sys, system, 0o644); err != nil {
				t.Fatal(err)
			}
			reference(t, filepath.Join(root, "score_ud.py"), filepath.Join(root, "ud", file.path), sys, "--json", out)
			raw, err := os.ReadFile(out)
			if err != nil {
				t.Fatal(err)
			}
			var want map[string]struct{ P, R, F1 float64 }
			if err := json.Unmarshal(raw, &want); err != nil {
				t.Fatal(err)
			}
			got, err := score.ScoreTrees(gold, system)
			if err != nil {
				t.Errorf("%s %s: %v", file.lang, name, err)
				continue
			}
			for _, m := range score.TreeMetrics {
				f, w := got.Figure(m), want[m]
				if math.Abs(f.P-w.P)+math.Abs(f.R-w.R)+math.Abs(f.F1-w.F1) > 1e-9 {
					t.Errorf("%s %s %s: %+v, want %+v", file.lang, name, m, f, w)
				}
			}
		}
	}
}

const tree = "1\tAnna\tAnna\tPROPN\t_\t_\t2\tnsubj\t_\t_\n2\tsigned\tsign\tVERB\t_\tTense=Past\t0\troot\t_\t_\n\n"

func TestTreesSayWhatIsWrong(t *testing.T) {
	for _, bad := range []struct{ data, part string }{
		{"1\tAnna\n", "line 1: 2 columns"},
		{strings.Replace(tree, "\t2\tnsubj", "\t7\tnsubj", 1), "line 3: head 7"},
		{strings.Replace(tree, "1\tAnna", "x\tAnna", 1), `line 1: id "x"`},
		{strings.Replace(tree, "signed", "sings", 1), `differ at character 6: gold "gned", system "ngs"`},
	} {
		if _, err := score.ScoreTrees([]byte(tree), []byte(bad.data)); letopis.KindOf(err) != letopis.Invalid || !strings.Contains(err.Error(), bad.part) {
			t.Errorf("error %v, want one with %q", err, bad.part)
		}
	}
	s, err := score.ScoreTrees([]byte(tree), []byte(strings.Replace(tree, "nsubj", "obj", 1)))
	if err != nil || s.Figure("UAS").F1 != 1 || s.Figure("LAS").F1 != 0.5 {
		t.Errorf("%v %v", s, err)
	}
}

func FuzzScoreTrees(f *testing.F) {
	f.Add([]byte(tree), []byte("1-2\tAnnasigned\t_\t_\t_\t_\t_\t_\t_\t_\n"+tree))
	f.Add([]byte("1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n\n"), []byte("1-3\ta\t_\t_\t_\t_\t_\t_\t_\t_\n1\t\t_\t_\t_\t_\t2\t_\t_\t_\n2\ta\t_\t_\t_\t_\t0\t_\t_\t_"))
	f.Fuzz(func(t *testing.T, gold, sys []byte) {
		if len(gold)+len(sys) > 1<<14 {
			return
		}
		s, err := score.ScoreTrees(gold, sys)
		if err != nil {
			return
		}
		for _, m := range score.TreeMetrics {
			if f := s.Figure(m); f.F1 < 0 || f.F1 > 1 {
				t.Fatalf("%s: %+v", m, f)
			}
		}
	})
}
