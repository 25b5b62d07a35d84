package read_test

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"letopis"
	"letopis/data"
)

// frameRules are the rules by which a frame of say.tsv finds its content. Frames m, s and r
// say who may speak or how the word is built, and have no rule of their own.
var frameRules = map[string][]string{
	"u": {"noun."},
	"c": {"clause.", "as.", "inverted."}, "z": {"bare.", "colon."}, "q": {"quote.", "cue.quote."}, "i": {"inverted.", "broken."},
	"d": {"wanted."}, "n": {"object."}, "p": {"about."}, "a": {"describe."},
	"m": nil, "s": nil, "r": nil, "": nil,
}

// marked takes the brackets out of a case: the text, and the content, speaker and cue.
func marked(line string) (text, content, speaker, cue string) {
	between := func(a, b string) string {
		_, s, ok := strings.Cut(line, a)
		if !ok {
			return ""
		}
		s, _, _ = strings.Cut(s, b)
		return strings.NewReplacer("{", "", "}", "", "<", "", ">", "", "[", "", "]", "").Replace(s)
	}
	return strings.NewReplacer("{", "", "}", "", "<", "", ">", "", "[", "", "]", "").Replace(line), between("[", "]"), between("{", "}"), between("<", ">")
}

// TestFrames reads the cases of every language, and checks that each frame in use has at
// least one where it says something and one where it does not.
func TestFrames(t *testing.T) {
	r := reader(t)
	for _, lang := range r.Packs().Langs() {
		if _, err := fs.Stat(data.FS, "lang/"+lang+"/say.tsv"); errors.Is(err, fs.ErrNotExist) {
			continue // no statements in this language
		}
		name := "lang/" + lang + "/cases/say.case"
		file, err := fs.ReadFile(data.FS, name)
		if err != nil {
			t.Errorf("every language needs %s: %v", name, err)
			continue
		}
		covered := map[string]bool{}
		for n, line := range strings.Split(string(file), "\n") {
			if line == "" || line[0] == '#' {
				continue
			}
			kind, sentence, ok := strings.Cut(line, "\t")
			frame := strings.TrimLeft(kind, "+-")
			rules, known := frameRules[frame]
			if !ok || !known {
				t.Errorf("%s:%d: want FRAME, a tab and a sentence", name, n+1)
				continue
			}
			negative := strings.HasPrefix(kind, "-")
			covered[kind] = true
			text, content, speaker, cue := marked(sentence)
			rec, err := r.Read(context.Background(), &letopis.Document{ID: "case", Lang: lang, Text: text})
			if err != nil {
				t.Fatal(err)
			}
			switch {
			case negative:
				for _, s := range rec.Statements {
					if cue == "" || s.Cue != nil && s.Cue.Text == cue {
						t.Errorf("%s:%d: %s states %q (%s), want nothing", name, n+1, sentence, s.Content.Text, s.Rule)
					}
				}
			case frame == "m":
				if len(rec.Statements) != 0 || len(rec.Document.Provenance) != 1 {
					t.Errorf("%s:%d: %s: %d statements, %d credits; want a credit alone", name, n+1, sentence, len(rec.Statements), len(rec.Document.Provenance))
				}
			default:
				if !slices.ContainsFunc(rec.Statements, func(s letopis.Statement) bool {
					return s.Content.Text == content && (cue == "" || s.Cue != nil && s.Cue.Text == cue) && names(s.Speaker, speaker) &&
						(rules == nil || slices.ContainsFunc(rules, func(p string) bool { return strings.HasPrefix(s.Rule, p) }))
				}) {
					var got []string
					for _, s := range rec.Statements {
						who := ""
						if s.Speaker.Mention != nil {
							who = s.Speaker.Mention.Text
						}
						got = append(got, who+": "+s.Content.Text+" ("+s.Rule+")")
					}
					t.Errorf("%s:%d: %s: got %q", name, n+1, sentence, got)
				}
			}
		}
		for _, f := range framesOf(t, lang) {
			for _, kind := range []string{f, "-" + f} {
				if !covered[kind] {
					t.Errorf("%s: no case %q", name, kind)
				}
			}
		}
	}
}

// names reports whether words name the speaker.
func names(s letopis.Speaker, words string) bool {
	return s.Mention != nil && s.Mention.Text == words || s.Phrase != nil && s.Phrase.Text == words
}

// framesOf lists the frames that a language's words of saying use.
func framesOf(t *testing.T, lang string) []string {
	file, err := fs.ReadFile(data.FS, "lang/"+lang+"/say.tsv")
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for line := range strings.Lines(string(file)) {
		if f := strings.Split(strings.TrimRight(line, "\n"), "\t"); len(f) > 1 && f[0] != "" && f[0][0] != '#' {
			for _, c := range f[1] {
				used[string(c)] = true
			}
		}
	}
	var out []string
	for f := range used {
		out = append(out, f)
	}
	slices.Sort(out)
	return out
}
