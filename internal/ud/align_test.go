package ud

import (
	"strings"
	"testing"
)

// ivo is a sentence of three tokens, the last close to the second, with a name.
const ivo = "1\tIvo\tIvo\tPROPN\t_\t_\t2\tnsubj\t_\tner=S-PER\n2\tspoke up\tspeak\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No\n3\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_\n\n"

func TestAlign(t *testing.T) {
	for text, want := range map[string]string{
		"Ivo spoke up.":                   "Ivo|spoke up|.",
		"\n Ivo\t\tspoke\u00a0up . ":      "Ivo|spoke\u00a0up|.",
		"\u200bI\u00advo sp\u00adoke up.": "I\u00advo|sp\u00adoke up|.",
	} {
		c, err := ReadConllu(strings.NewReader(ivo), "en")
		if err != nil {
			t.Fatal(err)
		}
		if err := Align(c.Analysis, c.Text, text); err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		s := c.Analysis.Sentences[0]
		var got []string
		for _, k := range s.Tokens {
			got = append(got, text[k.Start:k.End])
		}
		if strings.Join(got, "|") != want || text[s.Start:s.End] != text[s.Tokens[0].Start:s.Tokens[2].End] {
			t.Errorf("%q: %q, sentence %q", text, got, text[s.Start:s.End])
		}
		if n := c.Analysis.Names; len(n) != 1 || n[0].Start != s.Tokens[0].Start || n[0].End != s.Tokens[0].End {
			t.Errorf("%q: names %+v", text, n)
		}
	}
}

func TestAlignWithAnotherArticle(t *testing.T) {
	c, err := ReadConllu(strings.NewReader(ivo), "en")
	if err != nil {
		t.Fatal(err)
	}
	err = Align(c.Analysis, c.Text, "Ivo\n sang.")
	if err == nil || !strings.Contains(err.Error(), `token 2 of sentence 1 is "spoke up", but line 2, column 2 of the article has "sang."`) {
		t.Errorf("%v", err)
	}
}

func FuzzAlign(f *testing.F) {
	f.Add(ivo, "Ivo spoke up.")
	f.Fuzz(func(t *testing.T, conllu, text string) {
		c, err := ReadConllu(strings.NewReader(conllu), "en")
		if err != nil || Align(c.Analysis, c.Text, text) != nil {
			return
		}
		last := int32(0)
		for _, s := range c.Analysis.Sentences {
			for _, k := range s.Tokens {
				if k.Start < last || k.End < k.Start || int(k.End) > len(text) {
					t.Fatalf("token %d–%d after %d in %d bytes", k.Start, k.End, last, len(text))
				}
				last = k.End
			}
		}
	})
}
