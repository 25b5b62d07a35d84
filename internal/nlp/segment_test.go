package nlp

import (
	"context"
	"io/fs"
	"os"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"letopis/internal/ud"
)

var data = os.DirFS("../../data")

var theSet = sync.OnceValues(func() (*Set, error) { return Open(data) })

func openSet(t testing.TB) *Set {
	t.Helper()
	s, err := theSet()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func pack(t testing.TB, lang string) *Pack {
	t.Helper()
	p, err := openSet(t).Pack(lang)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// brackets writes the segmentation of text in the notation of the .case files.
func brackets(text string, a *ud.Analysis) string {
	var b strings.Builder
	at := int32(0)
	for i, s := range a.Sentences {
		if i > 0 {
			gap := text[at:s.Start]
			b.WriteString(strings.ReplaceAll(strings.ReplaceAll(gap, "\n", "⏎"), " ", ""))
			b.WriteString(" ‖ ")
			at = s.Start
		}
		for k, t := range s.Tokens {
			if k > 0 {
				if t.Start == at {
					b.WriteByte('|')
				} else {
					b.WriteString(text[at:t.Start])
				}
			}
			for w := t.First; w <= t.Last; w++ {
				if w > t.First {
					b.WriteString("¦")
				}
				b.WriteString(strings.ReplaceAll(s.Words[w].Form, " ", "␣"))
			}
			at = t.End
		}
	}
	return b.String()
}

func unbracket(c string) string {
	c = strings.ReplaceAll(c, "⏎ ‖ ", "\n")
	return strings.NewReplacer("|", "", "¦", "", "‖ ", "", "␣", " ").Replace(c)
}

func TestCases(t *testing.T) {
	set := openSet(t)
	ran := 0
	for _, lang := range set.Langs() {
		p, err := set.Pack(lang)
		if err != nil {
			t.Fatal(err)
		}
		name := "lang/" + lang + "/cases/segment.case"
		b, err := fs.ReadFile(data, name)
		if err != nil {
			t.Errorf("every language needs %s: %v", name, err)
			continue
		}
		for n, line := range strings.Split(string(b), "\n") {
			if line == "" || line[0] == '#' {
				continue
			}
			text := unbracket(line)
			a, err := p.Analyze(context.Background(), text)
			if err != nil {
				t.Fatal(err)
			}
			if got := brackets(text, a); got != line {
				t.Errorf("%s:%d\n got %s\nwant %s", name, n+1, got, line)
			}
			ran++
		}
	}
	if ran == 0 {
		t.Error("no case ran")
	}
}

// Headlines are told from what follows in a text without line breaks, and a text that
// has them is not cut at its names.
func TestLostLineBreaks(t *testing.T) {
	headlines := []string{
		"Общината затваря три детски градини", "Лекарите протестират за по-високи заплати", "Пожар изпепели склад край Враца",
		"Откриха новия мост на магистралата", "Учените броят жабите в блатата", "Двама ранени при катастрофа в планината",
	}
	texts := []string{
		"Решението беше взето снощи след дълъг спор в съвета. Родителите на децата обявиха, че ще обжалват в съда.",
		"Според синдиката парите не стигат за лекарства. Преговорите ще продължат и през следващата седмица.",
		"Огънят тръгнал от старата печка на пазача. Никой не е пострадал, съобщиха от полицията.",
		"Лентата преряза министърът на строителството. По моста ще минават хиляди коли на ден.",
		"Това е най-голямото преброяване от двадесет години. В него участват и доброволци от училищата.",
		"Колата излязла от пътя заради заледяване. Пътят беше затворен за няколко часа.",
	}
	var parts, want []string
	for i, h := range headlines {
		parts = append(parts, h, texts[i])
		a, b, _ := strings.Cut(texts[i], ". ")
		want = append(want, h, a+".", b)
	}
	p := pack(t, "bg")
	if p.seg.bounds == nil {
		t.Skip("no model of sentence boundaries")
	}
	sentences := func(text string) (out []string) {
		a, err := p.Analyze(context.Background(), text)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range a.Sentences {
			out = append(out, text[s.Start:s.End])
		}
		return out
	}
	right := 0
	got := sentences(strings.Join(parts, " "))
	for _, w := range want {
		for _, g := range got {
			if g == w {
				right++
			}
		}
	}
	if right < len(want)-4 { // two headlines may stay unseen
		t.Errorf("%d of %d sentences:\n%s", right, len(want), strings.Join(got, "\n"))
	}
	if got := sentences(strings.Join(parts, "\n")); len(got) != len(want) {
		t.Errorf("with line breaks %d sentences, want %d:\n%s", len(got), len(want), strings.Join(got, "\n"))
	}
}

// White space of every kind and soft hyphens stay outside the forms.
func TestUnseenSigns(t *testing.T) {
	for lang, text := range map[string]string{
		"bg": "Ще\u00a0дойдат\u202f5 ду\u00adши в 10\u00a0ч.\u00a0сутринта.",
		"ru": "При\u00adбыли\u00a05 человек в\u00a010\u00a0ч. утра.",
		"en": "Five\u00a0peo\u00adple came at\u202f10\u00a0a.m. today.",
	} {
		a, err := pack(t, lang).Analyze(context.Background(), text)
		if err != nil {
			t.Fatal(err)
		}
		check(t, text, a)
		if len(a.Sentences) != 1 {
			t.Errorf("%s: %s", lang, brackets(text, a))
		}
		for _, w := range a.Sentences[0].Words {
			if strings.ContainsAny(w.Form, "\u00ad\u00a0\u202f") {
				t.Errorf("%s: form %q", lang, w.Form)
			}
		}
	}
}

// check verifies what every analysis must keep, whatever the text.
func check(t testing.TB, text string, a *ud.Analysis) {
	t.Helper()
	at := int32(0)
	for i := range a.Sentences {
		s := &a.Sentences[i]
		if len(s.Tokens) == 0 || len(s.Tokens) > maxSentence || s.Start != s.Tokens[0].Start || s.End != s.Tokens[len(s.Tokens)-1].End {
			t.Fatalf("sentence %d: span %v does not fit its %d tokens", i, s.Span, len(s.Tokens))
		}
		next := int32(1)
		for k, tok := range s.Tokens {
			if tok.Start < at || tok.End <= tok.Start || int(tok.End) > len(text) {
				t.Fatalf("sentence %d token %d: span %v after %d", i, k, tok.Span, at)
			}
			for _, r := range text[at:tok.Start] {
				if !isSpace(r) && r != 0xAD {
					t.Fatalf("%q is in no token", r)
				}
			}
			at = tok.End
			if tok.First != next || tok.Last < tok.First {
				t.Fatalf("sentence %d token %d: words %d..%d, want from %d", i, k, tok.First, tok.Last, next)
			}
			next = tok.Last + 1
			for w := tok.First; w <= tok.Last; w++ {
				if s.Words[w].Form == "" || s.Words[w].Token != int32(k) {
					t.Fatalf("sentence %d word %d: form %q of token %d, want %d", i, w, s.Words[w].Form, s.Words[w].Token, k)
				}
			}
		}
		if int(next) != len(s.Words) {
			t.Fatalf("sentence %d: %d words, tokens cover %d", i, len(s.Words)-1, next-1)
		}
		checkTree(t, s)
	}
	for _, r := range text[at:] {
		if !isSpace(r) && r != 0xAD {
			t.Fatalf("%q at the end is in no token", r)
		}
	}
}

// checkTree verifies one root and no cycle, once there are trees.
func checkTree(t testing.TB, s *ud.Sentence) {
	roots, labelled := 0, false
	for w := 1; w < len(s.Words); w++ {
		labelled = labelled || s.Words[w].Deprel != ""
		if s.Words[w].Head == 0 {
			roots++
		}
		if h := s.Words[w].Head; h < 0 || int(h) >= len(s.Words) || int(h) == w {
			t.Fatalf("word %d: head %d", w, h)
		}
		steps := 0
		for h := s.Words[w].Head; h != 0; h = s.Words[h].Head {
			if steps++; steps > len(s.Words) {
				t.Fatalf("word %d hangs on a cycle", w)
			}
		}
	}
	if labelled && roots != 1 {
		t.Fatalf("%d roots in a sentence of %d words", roots, len(s.Words)-1)
	}
}

func TestHostileText(t *testing.T) {
	n := 1 << 17
	for name, text := range map[string]string{
		"no spaces":  strings.Repeat("абв", n),
		"quotes":     strings.Repeat("„“\"'", n/4),
		"stops":      strings.Repeat(".", n),
		"spaced":     strings.Repeat(". ", n),
		"dots":       strings.Repeat("a.", n),
		"hyphens":    strings.Repeat("а-", n),
		"apostrophe": strings.Repeat("a'", n),
		"digits":     strings.Repeat("1,", n),
		"groups":     strings.Repeat("111 ", n),
		"rtl":        strings.Repeat("שלום עולם ", n/8),
		"emoji":      strings.Repeat("👩‍👩‍👧‍👦🇧🇬", n/8),
		"www":        strings.Repeat("www.", n/4),
		"at":         strings.Repeat("a@", n/2),
		"invalid":    strings.Repeat("\xff\xc2", n/2),
		"empty":      "",
		"space":      " \n\u00a0\u00ad ",
		"words":      strings.Repeat("дума ", n/4),
		"brackets":   strings.Repeat("(", n/4) + strings.Repeat(")", n/4),
	} {
		for _, lang := range openSet(t).Langs() {
			a, err := pack(t, lang).Analyze(context.Background(), text)
			if err != nil {
				t.Fatal(err)
			}
			if len(text) < 1<<18 {
				t.Run(name+"/"+lang, func(t *testing.T) { check(t, text, a) })
			}
		}
	}
}

func FuzzAnalyze(f *testing.F) {
	for _, s := range []string{
		"Той каза: „Не!“ и си тръгна. През 2019 г. ", "В.И.Петров — 600 000 чел.", "I don't know. \"Why?\"",
		"a\u00adb\u0301 \ufeff x@y.bg http://a/b). 1-2-3", "з.\n\n– Да!", "x’s states' ‘y’",
	} {
		f.Add(s)
	}
	set := openSet(f)
	f.Fuzz(func(t *testing.T, text string) {
		for _, lang := range set.Langs() {
			p, err := set.Pack(lang)
			if err != nil {
				t.Fatal(err)
			}
			a, err := p.Analyze(context.Background(), text)
			if err != nil {
				t.Fatal(err)
			}
			check(t, text, a)
			if !utf8.ValidString(text) {
				continue
			}
			for _, s := range a.Sentences {
				if !utf8.ValidString(text[s.Start:s.End]) {
					t.Fatalf("sentence %v cuts a rune", s.Span)
				}
			}
		}
	})
}
