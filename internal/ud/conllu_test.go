package ud

import (
	"bytes"
	"strings"
	"testing"
)

const sampleConllu = `# newdoc id = a
# newpar
# sent_id = a-1
# text = I don't know.
1	I	I	PRON	PRP	_	4	nsubj	_	_
2-3	don't	_	_	_	_	_	_	_	_
2	do	do	AUX	VBP	Mood=Ind|Tense=Pres	4	aux	_	_
3	n't	not	PART	RB	_	4	advmod	_	_
3.1	e	e	_	_	_	_	_	_	_
4	know	know	VERB	VB	VerbForm=Inf	0	root	_	SpaceAfter=No
5	.	.	PUNCT	.	_	4	punct	_	SpacesAfter=\n\n

# text = _ и
1	_	_	PUNCT	_	_	2	punct	2:punct	_
2	и	_	_	_	_	_	_	_	_

`

func TestConlluRoundTrip(t *testing.T) {
	c, err := ReadConllu(strings.NewReader(sampleConllu), "en")
	if err != nil {
		t.Fatal(err)
	}
	if want := "I don't know.\n\n_ и"; c.Text != want {
		t.Errorf("text %q, want %q", c.Text, want)
	}
	s := c.Analysis.Sentences[0]
	if tok := s.Tokens[1]; c.Text[tok.Start:tok.End] != "don't" || tok.First != 2 || tok.Last != 3 || s.Words[3].Token != 1 {
		t.Errorf("multiword token: %+v", tok)
	}
	if w := c.Analysis.Sentences[1].Words[2]; w.Head != -1 || w.Lemma != "" || w.UPOS != "" {
		t.Errorf("columns not given: %+v", w)
	}
	var out bytes.Buffer
	if err := c.Write(&out); err != nil {
		t.Fatal(err)
	}
	if out.String() != sampleConllu {
		t.Errorf("written back:\n%s", out.String())
	}
}

func TestConlluLineEnds(t *testing.T) {
	c, err := ReadConllu(strings.NewReader(strings.ReplaceAll(sampleConllu, "\n", "\r\n")), "en")
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := c.Write(&out); err != nil || out.String() != sampleConllu {
		t.Errorf("%v, written back:\n%s", err, out.String())
	}
}

func TestReadConlluErrors(t *testing.T) {
	line := func(s string) string { return strings.ReplaceAll(s, " ", "\t") + "\n\n" }
	for name, text := range map[string]string{
		"columns":     line("1 a b"),
		"empty":       line("1 a  _ _ _ 0 root _ _"),
		"id":          line("2 a a X _ _ 0 root _ _"),
		"head":        line("1 a a X _ _ 2 dep _ _"),
		"own head":    line("1 a a X _ _ 1 dep _ _"),
		"head sign":   line("1 a a X _ _ -1 dep _ _"),
		"open range":  "1-2\ta\t_\t_\t_\t_\t_\t_\t_\t_\n" + line("1 a a X _ _ 0 root _ _"),
		"only range":  line("1-2 a _ _ _ _ _ _ _ _"),
		"comment":     "1\ta\ta\tX\t_\t_\t0\troot\t_\t_\n# x\n\n",
		"no words":    "# text = a\n\n",
		"return":      "1\t\r\ta\tX\t_\t_\t0\troot\t_\t_\n\n",
		"not UTF-8":   line("1 \xff a X _ _ 0 root _ _"),
		"nested":      "1-3\ta\t_\t_\t_\t_\t_\t_\t_\t_\n1\ta\ta\tX\t_\t_\t0\troot\t_\t_\n2-3\ta\t_\t_\t_\t_\t_\t_\t_\t_\n\n",
		"spaced head": line("1 a a X _ _ 00 root _ _"),
	} {
		if _, err := ReadConllu(strings.NewReader(text), "en"); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestFeatsGet(t *testing.T) {
	f := Feats("Case=Nom|Gender=Masc|Number=Sing")
	for name, want := range map[string]string{"Case": "Nom", "Gender": "Masc", "Number": "Sing", "Num": "", "Tense": ""} {
		if got := f.Get(name); got != want {
			t.Errorf("Get(%q) = %q, want %q", name, got, want)
		}
	}
}

func FuzzReadConllu(f *testing.F) {
	f.Add([]byte(sampleConllu))
	f.Add([]byte("1\ta\ta\tX\t_\t_\t0\troot\t_\tSpacesAfter=\\s\\s\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := ReadConllu(bytes.NewReader(data), "und")
		if err != nil {
			return
		}
		for _, s := range c.Analysis.Sentences {
			for _, tok := range s.Tokens {
				if tok.Start >= tok.End || int(tok.End) > len(c.Text) {
					t.Fatalf("token %+v", tok)
				}
			}
		}
		var one, two bytes.Buffer
		if err := c.Write(&one); err != nil {
			t.Fatal(err)
		}
		d, err := ReadConllu(bytes.NewReader(one.Bytes()), "und")
		if err != nil {
			t.Fatalf("reading back: %v\n%s", err, one.Bytes())
		}
		if err := d.Write(&two); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(one.Bytes(), two.Bytes()) || c.Text != d.Text {
			t.Fatalf("round trip differs:\n%s\n%s", one.Bytes(), two.Bytes())
		}
	})
}
