package train

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"letopis"
)

// TestAdaqSaid checks which content a cue gets, and that sentences without one are left out.
func TestAdaqSaid(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.jsonl")
	lines := `{"id":"1","lang":"ru","text":"Мост готов, сказал мэр.","spans":[{"role":"content","start":0,"end":10},{"role":"cue","start":12,"end":18},{"role":"source","start":19,"end":22}]}
{"id":"2","lang":"ru","text":"Мост готов.","spans":[]}
`
	if err := os.WriteFile(path, []byte(lines), 0o666); err != nil {
		t.Fatal(err)
	}
	got, err := AdaqSaid(path)
	if err != nil {
		t.Fatal(err)
	}
	want := Said{Cue: letopis.Span{Start: 12, End: 18}, Content: letopis.Span{Start: 0, End: 10}}
	if len(got) != 1 || len(got[0].Said) != 1 || got[0].Said[0] != want {
		t.Errorf("%+v, want one article with %+v", got, want)
	}
	if err := os.WriteFile(path, []byte("{}\n{\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := AdaqSaid(path); err == nil || !strings.Contains(err.Error(), "a.jsonl:2:") {
		t.Errorf("a broken second line: %v, want an error that names it", err)
	}
}

// TestSharedPart checks how ranges are compared: by what they share, marks at the edges aside.
func TestSharedPart(t *testing.T) {
	text := []rune(`said "the bridge is ready".`)
	quoted, plain := bare(text, letopis.Span{Start: 5, End: 26}), letopis.Span{Start: 6, End: 25}
	if quoted != plain {
		t.Errorf("bare: %v, want %v", quoted, plain)
	}
	for _, c := range []struct {
		a, b letopis.Span
		want float64
	}{{plain, plain, 1}, {letopis.Span{Start: 0, End: 4}, letopis.Span{Start: 2, End: 8}, 0.25}, {letopis.Span{Start: 0, End: 2}, letopis.Span{Start: 2, End: 4}, 0}} {
		if got := sharedPart(c.a, c.b); got != c.want {
			t.Errorf("%v and %v share %v, want %v", c.a, c.b, got, c.want)
		}
	}
}
