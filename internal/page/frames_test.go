package page

import (
	"strings"
	"testing"
	"testing/fstest"

	"letopis"
)

func frames(text string) (frameTable, error) {
	return openFrames(fstest.MapFS{"lang/xx/frames.tsv": {Data: []byte(text)}}, "xx", func(l string) string { return strings.TrimSuffix(l, "-se") })
}

// TestFrames reads what a verb does, and finds it by lemma, with a clitic or without.
func TestFrames(t *testing.T) {
	x, err := frames("sign\tv\tAGREE:6,SUPPORT/assist:1\tsubj\twith|on\ttreaty|deal=AGREE;decree=-\tl\tmatch\nwalk-se\tv\t-\nattack\tn\tASSAULT:8\n")
	if err != nil {
		t.Fatal(err)
	}
	lex := &Lexicon{Lang: "xx", frames: x}
	f := lex.Frame(&Word{UPOS: "VERB", Lemma: "Sign-(se)", Lower: "signed"})
	if f == nil || len(f.Codes) != 2 || f.Codes[1] != (FrameCode{letopis.Support, "assist", 1}) || len(f.Target) != 2 || f.Traits != "l" {
		t.Fatalf("%+v", f)
	}
	for lemma, want := range map[string]letopis.Code{"deal": letopis.Agree, "decree": ""} {
		if got, ok := f.Object(lemma); !ok || got != want {
			t.Errorf("%s: %q, %v", lemma, got, ok)
		}
	}
	if _, ok := f.Object("match"); ok {
		t.Error("an object that the frame does not name")
	}
	if lex.Frame(&Word{UPOS: "VERB", Lemma: "walk"}) == nil || lex.Frame(&Word{UPOS: "VERB", Lemma: "attack"}) != nil || lex.Frame(&Word{UPOS: "ADP", Lemma: "attack"}) != nil {
		t.Error("a frame of another part of speech, or none")
	}
}

// TestFramesRefused names the line and the field of what is wrong.
func TestFramesRefused(t *testing.T) {
	for row, want := range map[string]string{
		"sign\tx\t-":                           "part of speech",
		"sign\tv\tSIGN:4":                      "no PLOVER category",
		"sign\tv\tAGREE":                       "no weight from 1 to 9",
		"sign\tv\tAGREE:0":                     "no weight from 1 to 9",
		"sign\tv\tAGREE:9,ASSAULT:2":           "sum to 11 tenths",
		"sign\tv\tAGREE:9\tsubj\twith\ttreaty": "word|word=CODE",
		"sign\tv\t-\t-\t-\ttreaty=SIGN":        "word|word=CODE",
		"sign\tv\t-\t-\t-\t-\tq":               "unknown trait",
	} {
		if _, err := frames(row + "\n"); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "frames.tsv:1") {
			t.Errorf("%q: %v, want %q with file and line", row, err, want)
		}
	}
}
