package timex

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"letopis"
	"letopis/internal/nlp"
	"letopis/internal/ud"
)

// shared returns the folder of the data that is measured on, or skips.
func shared(t testing.TB) string {
	dir := os.Getenv("LETOPIS_SHARED")
	if dir == "" {
		for _, d := range []string{"../../../shared", "/work/shared"} {
			if _, err := os.Stat(d); err == nil {
				dir = d
				break
			}
		}
	}
	if dir == "" {
		t.Skip("no ../shared: set LETOPIS_SHARED to measure on the gold data")
	}
	return dir
}

type goldDate struct {
	Text  string
	Occ   int
	Value string
}

type goldArticle struct {
	ID, Lang, Published, Title, Text string
	dates                            []goldDate
}

func goldArticles(t testing.TB, set string) []goldArticle {
	files, _ := filepath.Glob(filepath.Join(shared(t), "gold", set, "articles", "*.json"))
	if len(files) == 0 {
		t.Skip("no gold articles")
	}
	var out []goldArticle
	for _, file := range files {
		var a goldArticle
		var rec struct{ Dates []goldDate }
		for f, v := range map[string]any{file: &a, strings.Replace(file, "articles", "records", 1): &rec} {
			b, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(b, v); err != nil {
				t.Fatal(f, err)
			}
		}
		a.dates = rec.Dates
		a.ID = filepath.Base(file)
		out = append(out, a)
	}
	return out
}

func locate(text string, g goldDate) ud.Span {
	p := -1
	for range max(1, g.Occ) {
		q := strings.Index(text[p+1:], g.Text)
		if q < 0 {
			return ud.Span{}
		}
		p += 1 + q
	}
	return ud.Span{Start: int32(p), End: int32(p + len(g.Text))}
}

// tally counts as gold/score_record.py does: spans matched one to one, best
// overlap first; the value must be right too for the second figure.
type tally struct{ match, value, sys, gold int }

func (c tally) f1() (dates, values float64) {
	n := float64(c.sys + c.gold)
	if n == 0 {
		return 0, 0
	}
	return 2 * float64(c.match) / n, 2 * float64(c.value) / n
}

func (c tally) String() string {
	d, v := c.f1()
	return fmt.Sprintf("gold %d found %d matched %d right %d: dates F1 %.3f, dates.value F1 %.3f", c.gold, c.sys, c.match, c.value, d, v)
}

type spanValue struct {
	ud.Span
	value string
	used  bool
}

// compare pairs findings and gold and reports differences to log.
func compare(gold, sys []spanValue, log func(kind string, g, s *spanValue)) tally {
	c := tally{sys: len(sys), gold: len(gold)}
	type pair struct {
		iou  float64
		g, s int
	}
	var ps []pair
	for i, g := range gold {
		for j, s := range sys {
			over := min(g.End, s.End) - max(g.Start, s.Start)
			if over > 0 {
				ps = append(ps, pair{float64(over) / float64(max(g.End, s.End)-min(g.Start, s.Start)), i, j})
			}
		}
	}
	sort.SliceStable(ps, func(i, j int) bool { return ps[i].iou > ps[j].iou })
	for _, p := range ps {
		g, s := &gold[p.g], &sys[p.s]
		if g.used || s.used {
			continue
		}
		g.used, s.used = true, true
		c.match++
		if g.value == s.value {
			c.value++
		} else {
			log("VALUE", g, s)
		}
	}
	for i := range gold {
		if !gold[i].used {
			log("MISS", &gold[i], nil)
		}
	}
	for j := range sys {
		if !sys[j].used {
			log("EXTRA", nil, &sys[j])
		}
	}
	return c
}

func around(text string, s ud.Span) string {
	a, b := max(0, int(s.Start)-60), min(len(text), int(s.End)+50)
	for a > 0 && text[a]&0xC0 == 0x80 {
		a--
	}
	for b < len(text) && text[b]&0xC0 == 0x80 {
		b++
	}
	return strings.ReplaceAll(text[a:s.Start]+"["+text[s.Start:s.End]+"]"+text[s.End:b], "\n", "⏎")
}

// TestGold measures on the development gold.
func TestGold(t *testing.T) {
	arts := goldArticles(t, "dev")
	set := testSet(t)
	total := map[string]*tally{}
	for _, a := range arts {
		f, err := set.Lang(a.Lang)
		if err != nil {
			t.Fatal(err)
		}
		res := f.Find(analysis(t, a.Lang, a.Text), a.Text, Claim{Published: letopis.When(a.Published)})
		if string(res.Published.Value) != a.Published {
			t.Logf("%s: published %s, is %s by %s", a.ID, a.Published, res.Published.Value, res.Published.Rule)
		}
		var gold, sys []spanValue
		for _, g := range a.dates {
			gold = append(gold, spanValue{Span: locate(a.Text, g), value: g.Value})
		}
		rules := map[ud.Span]string{}
		for _, d := range res.Dates {
			if d.Kind == Calendar && d.Value != "" {
				sys = append(sys, spanValue{Span: d.Span, value: string(d.Value)})
				rules[d.Span] = d.Rule
			}
		}
		c := compare(gold, sys, func(kind string, g, s *spanValue) {
			switch {
			case s == nil:
				t.Logf("%s %s %s: %s", kind, a.ID[:12], g.value, around(a.Text, g.Span))
			case g == nil:
				t.Logf("%s %s %s %s: %s", kind, a.ID[:12], rules[s.Span], s.value, around(a.Text, s.Span))
			default:
				t.Logf("%s %s pub %s %s want %s got %s: %s", kind, a.ID[:12], a.Published, rules[s.Span], g.value, s.value, around(a.Text, s.Span))
			}
		})
		for _, k := range []string{a.Lang, "all"} {
			if total[k] == nil {
				total[k] = &tally{}
			}
			p := total[k]
			*p = tally{p.match + c.match, p.value + c.value, p.sys + c.sys, p.gold + c.gold}
		}
	}
	for _, k := range []string{"bg", "ru", "en", "all"} {
		t.Logf("%s: %v", k, total[k])
	}
	d, v := total["all"].f1()
	if d < 0.96 || v < 0.93 {
		t.Errorf("dates F1 %.3f, dates.value F1 %.3f on gold/dev: below 0.96 and 0.93", d, v)
	}
}

var packs, packsErr = nlp.Open(os.DirFS("../../data"))

// analysis gives the text's sentences and tags where the language pack has them.
func analysis(t testing.TB, lang, text string) *ud.Analysis {
	t.Helper()
	if packsErr != nil || os.Getenv("LETOPIS_NOTAGS") != "" {
		return nil
	}
	p, err := packs.Pack(lang)
	if err != nil {
		return nil
	}
	a, err := p.Analyze(context.Background(), text)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestSeed reads the article that began the project: it names no date of its own.
func TestSeed(t *testing.T) {
	set := testSet(t)
	for _, a := range goldArticles(t, "seed") {
		f, err := set.Lang(a.Lang)
		if err != nil {
			t.Fatal(err)
		}
		for _, claim := range []letopis.When{"", "1970-01-01"} {
			res := f.Find(analysis(t, a.Lang, a.Text), a.Text, Claim{Published: claim})
			if p := res.Published; p.Value != "2020-12" || p.Basis != letopis.BasisInferred || len(p.Evidence) != 4 || p.Overruled != claim {
				t.Errorf("claim %q: published %+v", claim, p)
			}
			for i, g := range a.dates {
				if i >= len(res.Dates) || res.Dates[i].Span != locate(a.Text, g) || string(res.Dates[i].Value) != g.Value {
					t.Errorf("want %+v, got %+v", a.dates, res.Dates)
					break
				}
			}
		}
	}
}
