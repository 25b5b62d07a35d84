package page_test

import (
	"context"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"letopis/internal/page"
	"letopis/internal/page/pagetest"
)

// questions ask everything that a page answers of word k and what stands around it, by the name of the method.
var questions = map[string]func(pg *page.Page, k int) any{
	"Adposition":       func(pg *page.Page, k int) any { return pg.Adposition(k) },
	"AdjectiveCountry": func(pg *page.Page, k int) any { return pg.AdjectiveCountry(k) },
	"Apposed":          ofPhrase(func(pg *page.Page, ci int) any { return pg.Apposed(ci) }),
	"ClauseHead":       func(pg *page.Page, k int) any { return pg.ClauseHead(k) },
	"ClauseOf":         func(pg *page.Page, k int) any { return pair(pg.ClauseOf(k, sentence(pg, k))) },
	"ClauseSubject": func(pg *page.Page, k int) any {
		b := sentence(pg, k)
		var tried []int
		each := func(ci, score int) { tried = append(tried, ci, score) }
		return []any{pg.ClauseSubject(k, b.First, b.End, false, each), pg.ClauseSubject(k, b.First, b.End, true, nil), tried}
	},
	"ComplementizerAfter": func(pg *page.Page, k int) any { return pg.ComplementizerAfter(k, sentence(pg, k).End) },
	"ContentUnder":        ofPair(func(pg *page.Page, k, j int) any { return pg.ContentUnder(k, j) }),
	"CountWords":          ofRange(func(pg *page.Page, i, j int) any { return pg.CountWords(i, j) }),
	"CountryIn":           ofRange(func(pg *page.Page, i, j int) any { return pg.CountryIn(i, j) }),
	"Dependent":           func(pg *page.Page, k int) any { return pg.Dependent(k, k-5, k+5, "nsubj", "obj") },
	"EarlierAt":           func(pg *page.Page, k int) any { return pg.EarlierAt(k) },
	"EndsSentence":        ofQuote(func(pg *page.Page, q *page.Quote) any { return pg.EndsSentence(q) }),
	"HasQuotation":        ofRange(func(pg *page.Page, i, j int) any { return pg.HasQuotation(i, j) }),
	"HasVerb":             ofRange(func(pg *page.Page, i, j int) any { return pg.HasVerb(i, j) }),
	"HoldsOffice":         func(pg *page.Page, k int) any { c := pg.PhraseOf(k); return c != nil && pg.HoldsOffice(c) },
	"HostIn":              func(pg *page.Page, k int) any { return pg.HostIn(k) },
	"InAside":             ofPair(func(pg *page.Page, k, j int) any { return pg.InAside(min(k, j), max(k, j)) }),
	"IsActive":            func(pg *page.Page, k int) any { return pg.IsActive(k) },
	"IsAlone":             func(pg *page.Page, k int) any { return pg.IsAlone(pg.PhraseOf(k)) },
	"IsAnimate":           func(pg *page.Page, k int) any { return pg.IsAnimate(k) },
	"IsBody":              func(pg *page.Page, k int) any { return pg.IsBody(k) },
	"IsFormer":            ofRange(func(pg *page.Page, i, j int) any { return pg.IsFormer(i, j) }),
	"IsMedia":             func(pg *page.Page, k int) any { return pg.IsMedia(pg.PhraseAt[k]) },
	"IsNameQuote":         ofQuote(func(pg *page.Page, q *page.Quote) any { return pg.IsNameQuote(q) }),
	"IsOffice":            func(pg *page.Page, k int) any { return pg.IsOffice(k) },
	"IsPassive":           func(pg *page.Page, k int) any { return pg.IsPassive(k) },
	"IsPerfect":           func(pg *page.Page, k int) any { return pg.IsPerfect(k) },
	"IsPlace":             ofName(func(pg *page.Page, n int) any { return pg.IsPlace(n) }),
	"IsSingleOffice":      func(pg *page.Page, k int) any { c := pg.PhraseOf(k); return c != nil && pg.IsSingleOffice(c) },
	"IsTime":              func(pg *page.Page, k int) any { c := pg.PhraseOf(k); return c != nil && pg.IsTime(c) },
	"IsVenue":             ofName(func(pg *page.Page, n int) any { return pg.IsVenue(n) }),
	"IsWanted":            func(pg *page.Page, k int) any { return pg.IsWanted(k) },
	"Kid":                 func(pg *page.Page, k int) any { return pg.Kid(k, "nsubj", "obj", "conj") },
	"Kids": func(pg *page.Page, k int) any {
		var all []int
		pg.Kids(k, func(c int) { all = append(all, c) })
		return all
	},
	"KindOfOutlet": func(pg *page.Page, k int) any {
		if n := pg.Words[k].Outlet; n > 0 {
			return pg.KindOfOutlet(n)
		}
		return nil
	},
	"KnownAt":        func(pg *page.Page, k int) any { return deref(pg.KnownAt(k)) },
	"NameOf":         ofPhrase(func(pg *page.Page, ci int) any { return pg.NameOf(ci) }),
	"NamesSomeone":   ofRange(func(pg *page.Page, i, j int) any { return pg.NamesSomeone(i, j) }),
	"ObjectAfter":    func(pg *page.Page, k int) any { return pg.ObjectAfter(k, sentence(pg, k).End) },
	"OfficeAt":       func(pg *page.Page, k int) any { return deref(pg.OfficeAt(k)) },
	"OnlyCountry":    func(pg *page.Page, k int) any { return pg.OnlyCountry(pg.Words[k].Sent) },
	"OpensDated":     func(pg *page.Page, k int) any { return pg.OpensDated(pg.Words[k].Sent) },
	"OpensPara":      func(pg *page.Page, k int) any { return pg.OpensPara(k) },
	"OwnSentence":    ofQuote(func(pg *page.Page, q *page.Quote) any { return pg.OwnSentence(q) }),
	"PersonAfter":    func(pg *page.Page, k int) any { return pg.PersonAfter(k) },
	"PhraseFrom":     func(pg *page.Page, k int) any { return pg.PhraseFrom(k) },
	"PhraseHeadedBy": func(pg *page.Page, k int) any { return pg.PhraseHeadedBy(k) },
	"PhraseOf":       func(pg *page.Page, k int) any { return deref(pg.PhraseOf(k)) },
	"PlaceOfOffice":  func(pg *page.Page, k int) any { return pg.PlaceOfOffice(k) },
	"PointsBack":     func(pg *page.Page, k int) any { return pg.PointsBack(sentence(pg, k), k) },
	"Predicate":      func(pg *page.Page, k int) any { return pg.Predicate(k) },
	"Recurs":         func(pg *page.Page, k int) any { return pg.Recurs(k) },
	"SaidIn":         ofPhrase(func(pg *page.Page, ci int) any { return pg.SaidIn(ci) }),
	"SaysWhere":      ofPair(func(pg *page.Page, k, j int) any { return pg.SaysWhere(k, j) }),
	"Scene":          func(pg *page.Page, k int) any { return pg.Scene(k) },
	"SceneIn":        func(pg *page.Page, k int) any { return pg.SceneIn(k) },
	"Sector":         func(pg *page.Page, k int) any { return pg.Sector(k) },
	"SentenceOf":     func(pg *page.Page, k int) any { return slices.Collect(pg.SentenceOf(k)) },
	"Span":           ofRange(func(pg *page.Page, i, j int) any { return pg.Span(i, j) }),
	"Speakable":      func(pg *page.Page, k int) any { return pg.Speakable(&pg.Phrases[0], k) },
	"StartsWith":     func(pg *page.Page, k int) any { return pg.StartsWith(pg.Words[k].Sent, page.Recall|page.Past) },
	"SubjectNear":    func(pg *page.Page, k int) any { return pg.SubjectNear(k) },
	"Tense":          func(pg *page.Page, k int) any { return pg.Tense(k) },
	"TextOf":         ofRange(func(pg *page.Page, i, j int) any { return pg.TextOf(i, j) }),
	"Tie":            ofPair(func(pg *page.Page, k, j int) any { dep, up, ok := pg.Tie(k, j); return []any{dep, up, ok} }),
	"Tight":          func(pg *page.Page, k int) any { return pg.Tight(k) },
	"TimeFrom":       func(pg *page.Page, k int) any { return pg.TimeFrom(k) },
	"TimeOf":         func(pg *page.Page, k int) any { return pg.TimeOf(k, k, k+1) },
	"TreeSubject":    func(pg *page.Page, k int) any { return pg.TreeSubject(k) },
	"Trim":           ofRange(func(pg *page.Page, i, j int) any { return pair(pg.Trim(i, j)) }),
	"Under":          ofPair(func(pg *page.Page, k, j int) any { return pg.Under(k, j) }),
	"VerbOver":       func(pg *page.Page, k int) any { v, own := pg.VerbOver(k); return []any{v, own} },
}

func pair(i, j int) [2]int { return [2]int{i, j} }

func deref[T any](p *T) any {
	if p == nil {
		return nil
	}
	return *p
}

func sentence(pg *page.Page, k int) page.Sentence { return pg.Sentences[pg.Words[k].Sent] }

// ofRange asks about the words from k on, ofPair about k and its neighbours in the sentence, ofPhrase about
// the phrase of k, ofQuote about the quotation that k stands in.
func ofRange(ask func(pg *page.Page, i, j int) any) func(*page.Page, int) any {
	return func(pg *page.Page, k int) any {
		var all []any
		for j := k + 1; j <= min(k+6, len(pg.Words)); j++ {
			all = append(all, ask(pg, k, j))
		}
		return all
	}
}

func ofPair(ask func(pg *page.Page, k, j int) any) func(*page.Page, int) any {
	return func(pg *page.Page, k int) any {
		var all []any
		for j := max(sentence(pg, k).First, k-6); j < min(k+6, sentence(pg, k).End); j++ {
			all = append(all, ask(pg, k, j))
		}
		return all
	}
}

func ofPhrase(ask func(pg *page.Page, ci int) any) func(*page.Page, int) any {
	return func(pg *page.Page, k int) any {
		if ci := pg.PhraseAt[k]; ci >= 0 {
			return ask(pg, ci)
		}
		return nil
	}
}

func ofName(ask func(pg *page.Page, n int) any) func(*page.Page, int) any {
	return func(pg *page.Page, k int) any {
		if n := pg.Words[k].Name; n >= 0 {
			return ask(pg, n)
		}
		return nil
	}
}

func ofQuote(ask func(pg *page.Page, q *page.Quote) any) func(*page.Page, int) any {
	return func(pg *page.Page, k int) any {
		if q := pg.Words[k].Quote; q >= 0 {
			return ask(pg, &pg.Quotes[q])
		}
		return nil
	}
}

// answers asks everything of every word, and shows what the page itself holds.
func answers(pg *page.Page, backwards bool) string {
	names := make([]string, 0, len(questions))
	for name := range questions {
		names = append(names, name)
	}
	slices.Sort(names)
	all := make([]string, len(pg.Words))
	for n := range pg.Words {
		k := n
		if backwards {
			k = len(pg.Words) - 1 - n
		}
		w := pg.Words[k]
		say, trigger := deref(w.Say), deref(w.Trigger)
		w.Say, w.Trigger = nil, nil
		var b strings.Builder
		fmt.Fprintf(&b, "%d %+v say %+v trigger %+v phrase %d\n", k, w, say, trigger, pg.PhraseAt[k])
		for _, name := range names {
			if name == "Speakable" && len(pg.Phrases) == 0 {
				continue
			}
			fmt.Fprintf(&b, "\t%s %+v\n", name, questions[name](pg, k))
		}
		all[k] = b.String()
	}
	return fmt.Sprintf("%+v\n%+v\n%+v\n%+v\n%+v\n%+v\n%+v\n%s %+v %+v\n%s", pg.Sentences, pg.Quotes, pg.Names, pg.Phrases, pg.Known, pg.People, pg.Outlets,
		pg.MainCountry, pg.Times, pg.Published, strings.Join(all, ""))
}

// TestAllAreAsked holds the table against the methods that a page has.
func TestAllAreAsked(t *testing.T) {
	typ := reflect.TypeFor[*page.Page]()
	for i := range typ.NumMethod() {
		if name := typ.Method(i).Name; questions[name] == nil {
			t.Errorf("nothing asks Page.%s; it belongs into the table", name)
		}
	}
	if len(questions) != typ.NumMethod() {
		t.Errorf("%d questions, %d methods", len(questions), typ.NumMethod())
	}
}

// TestAsked asks one page from many goroutines, in both orders: the answers are those of one
// who asks alone. (go test -race needs cgo, which is off here; where there is a C
// compiler, CGO_ENABLED=1 go test -race ./internal/page finds writes as well.)
func TestAsked(t *testing.T) {
	for _, x := range articles {
		pg := article(t, x.lang, x.file)
		want := answers(pg, false)
		got := make([]string, 12)
		var wg sync.WaitGroup
		for i := range got {
			wg.Go(func() { got[i] = answers(pg, i%2 == 1) })
		}
		wg.Wait()
		for i := range got {
			if got[i] != want {
				t.Fatalf("%s: asker %d was told something else", x.file, i)
			}
		}
	}
}

// shipped are the tables of the repository, opened once.
var shipped = sync.OnceValue(func() *pagetest.Tables { return pagetest.Open(new(opener), os.DirFS("../../data")) })

// opener stands for the test that opens the shared tables.
type opener struct{ testing.TB }

func (*opener) Helper()        {}
func (*opener) Fatal(a ...any) { panic(fmt.Sprint(a...)) }

// article sets out one of the frozen articles.
func article(t testing.TB, lang, file string) *page.Page {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return shipped().Page(t, lang, string(text))
}

func TestBuildIsCancelled(t *testing.T) {
	doc, a := pagetest.Document(t, "bg", "Край/NOUN")
	ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
	var parts []string
	_, err := page.Build(ctx, shipped().Source(t, doc, a), func(part string) {
		parts = append(parts, part)
		if part == "names" {
			cancel()
		}
	})
	if err != context.Canceled || !slices.Equal(parts, []string{"words", "quotes", "names"}) {
		t.Errorf("%v after %v", err, parts)
	}
}
