package nlp_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"letopis/data"
	"letopis/internal/nlp"
)

func TestIdentify(t *testing.T) {
	s, err := nlp.Open(data.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ lang, text string }{
		{"bg", "Министърът каза, че преговорите ще продължат и през следващата седмица."},
		{"ru", "Министр сообщил, что переговоры продолжатся на следующей неделе."},
		{"en", "The minister said that the talks would go on next week."},
		{"uk", "Міністр заявив, що переговори триватимуть і наступного тижня."},
		{"mk", "Министерот рече дека преговорите ќе продолжат и следната недела."},
		{"sr", "Министар је рекао да ће се преговори наставити следеће недеље."},
		{"sr", "Председник владе изјавио је да земља неће увести санкције."},
		{"de", "Der Minister sagte, dass die Gespräche nächste Woche weitergehen."},
		{"und", ""},
		{"und", "12.05.2020 14:35 !!!"},
		{"und", "ᚠᚢᚦᚨᚱᚲ ᚷᚹᚺᚾᛁᛃ ᛈᛇᛉᛊᛏᛒ"},
	} {
		if got, conf := s.Identify(c.text); got != c.lang {
			t.Errorf("%q: %s (%.2f), want %s", c.text, got, conf, c.lang)
		}
	}
}

// TestIdentifyShared measures on raw news that the shipped table was not learnt
// from; it needs ../shared.
func TestIdentifyShared(t *testing.T) {
	dir := os.Getenv("LETOPIS_SHARED")
	if dir == "" {
		dir = "../../../shared"
	}
	files, _ := filepath.Glob(dir + "/data/bsnlp/nord_stream/*/raw/*.txt")
	if len(files) == 0 {
		t.Skip("no ../shared with raw news to measure on")
	}
	s, err := nlp.Open(data.FS)
	if err != nil {
		t.Fatal(err)
	}
	right, all := 0, 0
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		p := strings.SplitN(string(b), "\n", 5)
		if len(p) < 5 {
			continue
		}
		want := filepath.Base(filepath.Dir(filepath.Dir(f)))
		all++
		if got, conf := s.Identify(p[4]); got == want {
			right++
		} else if testing.Verbose() {
			t.Logf("%s: %s %.2f", f, got, conf)
		}
	}
	t.Logf("%d of %d documents of the held-out topic, %.2f %%", right, all, 100*float64(right)/float64(all))
	if 1000*right < 990*all {
		t.Errorf("below 99 %%")
	}
}

// TestIdentifyRead tells short sentences of names among the languages that are read, where
// Identify may take them for another.
func TestIdentifyRead(t *testing.T) {
	s, err := nlp.Open(data.FS)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{"Chile condemned Peru.": "en", "Чили осъди Перу.": "bg", "Чили осудила Перу.": "ru", "": "und", "12": "und"} {
		if got := s.IdentifyRead(text); got != want {
			t.Errorf("%q is %s, want %s", text, got, want)
		}
	}
}
