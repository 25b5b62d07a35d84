package timex

import (
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"letopis"
	"letopis/internal/ud"
)

// BenchmarkFind reads the development gold, analysed beforehand; one operation is
// one article.
func BenchmarkFind(b *testing.B) {
	set := testSet(b)
	arts := goldArticles(b, "dev")
	as := make([]*ud.Analysis, len(arts))
	fs := make([]*Finder, len(arts))
	bytes := 0
	for i, a := range arts {
		as[i] = analysis(b, a.Lang, a.Text)
		fs[i], _ = set.Lang(a.Lang)
		bytes += len(a.Text)
	}
	b.SetBytes(int64(bytes / len(arts)))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		k := i % len(arts)
		fs[k].Find(as[k], arts[k].Text, Claim{Published: letopis.When(arts[k].Published)})
	}
}

// TestHostile gives texts that would be slow for a matcher that goes back far.
func TestHostile(t *testing.T) {
	set := testSet(t)
	for _, lang := range langs(t) {
		f, err := set.Lang(lang)
		if err != nil {
			t.Fatal(err)
		}
		for _, unit := range []string{"5 ", "5-", "5 май ", "2018 ", "в ", "в начале ", "last ", "понедельник, ", "5 5 5. ", "75-летие ", "A ", "\n", "България ", ".", "през 5 ",
			"Москва. 5 мая ", "12:30 ", "вчера, 5 мая 2020 ", "годишнина от "} {
			short := measure(f, strings.Repeat(unit, 10000/len(unit)))
			long := measure(f, strings.Repeat(unit, 100000/len(unit)))
			if long > 100*short+time.Second {
				t.Errorf("%s: %q: %v for 10 kB, %v for 100 kB", lang, unit, short, long)
			}
		}
	}
}

func measure(f *Finder, text string) time.Duration {
	start := time.Now()
	f.Find(nil, text, Claim{Published: "2020-01-01"})
	f.Find(nil, text, Claim{})
	return time.Since(start)
}

// TestConcurrent reads with one finder from many goroutines; -race watches.
func TestConcurrent(t *testing.T) {
	set := testSet(t)
	f, err := set.Lang("bg")
	if err != nil {
		t.Fatal(err)
	}
	const text = "София, 7 март 2020 г. - Съдът заседава вчера. През май ще заседава пак."
	want := f.Find(nil, text, Claim{})
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				got := f.Find(nil, text, Claim{})
				if len(got.Dates) != len(want.Dates) || got.Published.Value != want.Published.Value {
					t.Errorf("got %+v, want %+v", got, want)
					return
				}
			}
		})
	}
	wg.Wait()
}

func FuzzFind(f *testing.F) {
	set := testSet(f)
	for _, s := range []string{"На 5 май 2020 г. в 10:30 часа", "last Friday, Oct. 31, 1999 at 5 p.m. EST", "в начале 2018-го, 5–7 мая, накануне", "75-годишнината от победата във Втората световна война през ноември",
		"31.12.9999 24:00, 0001-01-01, 30 февраля 2019", "XIX век, 1990-те, 2017/18", "на 31 преди 999 години след 999 века", "five hundred years ago"} {
		f.Add(s, "2020-01-31")
	}
	f.Add("вчера", "2020-W53")
	f.Add("next month in 2 weeks", "2020-01/2020-03")
	codes := []string{"bg", "en", "ru", "und"}
	f.Fuzz(func(t *testing.T, text, pub string) {
		if len(text) > 2000 {
			return
		}
		w, err := letopis.ParseWhen(pub)
		if err != nil {
			w = ""
		}
		for _, code := range codes {
			fd, err := set.Lang(code)
			if err != nil {
				t.Fatal(err)
			}
			res := fd.Find(nil, text, Claim{Published: w})
			end := int32(0)
			for _, d := range res.Dates {
				if d.Start < end || d.End <= d.Start || int(d.End) > len(text) {
					t.Fatalf("span %v of %q", d.Span, text)
				}
				end = d.End
				if !d.Value.Valid() || d.Kind == Calendar && d.Rule == "" {
					t.Fatalf("%+v of %q", d, text)
				}
				if utf8.ValidString(text) && !utf8.ValidString(text[d.Start:d.End]) {
					t.Fatalf("%+v cuts a character of %q", d, text)
				}
			}
			p := res.Published
			if !p.Value.Valid() || (p.Value == "") != (p.Basis == "") {
				t.Fatalf("published %+v of %q", p, text)
			}
			for _, s := range p.Evidence {
				if s.Start < 0 || s.End <= s.Start || int(s.End) > len(text) {
					t.Fatalf("evidence %v of %q", s, text)
				}
			}
		}
	})
}

// BenchmarkOpen reads a language's rules and words.
func BenchmarkOpen(b *testing.B) {
	set := testSet(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := newFinder(set.fsys, "ru"); err != nil {
			b.Fatal(err)
		}
	}
}
