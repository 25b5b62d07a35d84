package chronicle

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"letopis"
	"letopis/internal/kb"
	"letopis/internal/synth"
)

// article builds a record whose ranges are true from a text of our own.
type article struct {
	*letopis.Record
	t *testing.T
}

func write(t *testing.T, id, lang, published, agency, text string) article {
	r := &letopis.Record{Schema: letopis.Schema, Document: letopis.Document{
		ID: letopis.ID(id), Lang: lang, Text: text, URL: "https://" + id + ".example/" + id,
		Published: letopis.Published{Value: letopis.When(published)}}}
	if agency != "" {
		s := letopis.Source{Role: letopis.RoleAgency, Name: agency}
		if agency == "ТАСС" || agency == "TASS" {
			s.Entity = "tass"
			r.Entities = append(r.Entities, letopis.Entity{ID: s.Entity, KB: "outlet/tass", Type: letopis.Organisation, Name: agency})
		}
		r.Document.Provenance = append(r.Document.Provenance, s)
	}
	return article{r, t}
}

func (a article) at(words string) letopis.Range {
	i := strings.Index(a.Document.Text, words)
	if i < 0 {
		a.t.Fatalf("%s: no %q", a.Document.ID, words)
	}
	start := utf8.RuneCountInString(a.Document.Text[:i])
	return letopis.Range{Span: letopis.Span{Start: start, End: start + utf8.RuneCountInString(words)}, Text: words}
}

// names gives the keys that records have.
var names = sync.OnceValues(func() (*kb.KB, error) { return kb.Open(os.DirFS("../../data/kb")) })

// actor adds an entity: type, country, dictionary form, Latin form, words that name it.
func (a article) actor(typ letopis.Type, country, name, latin, words string) string {
	id := fmt.Sprintf("e%d", len(a.Entities)+1)
	k, err := names()
	if err != nil {
		a.t.Fatal(err)
	}
	known, key := "", strings.ToLower(string(typ))+"/"+k.Key(name, a.Document.Lang)
	if p := k.Person(name, a.Document.Lang); typ == letopis.Person && len(p) > 0 && p[0].Distance == 0 && p[0].Country == country {
		known, key = p[0].ID, "" // as the record has it
	}
	a.Entities = append(a.Entities, letopis.Entity{ID: id, KB: known, Key: key, Type: typ, Name: name, Latin: latin, Country: country,
		Mentions: []letopis.Mention{{Range: a.at(words), Form: letopis.FormName, Base: name}}})
	return id
}

func (a article) event(code letopis.Code, src, dst, srcC, dstC, when, evidence string) *letopis.Event {
	a.Events = append(a.Events, letopis.Event{ID: fmt.Sprintf("v%d", len(a.Events)+1), Code: code, Source: strings.Fields(src), Target: strings.Fields(dst),
		SourceCountry: strings.Fields(srcC), TargetCountry: strings.Fields(dstC), Date: letopis.When(when), Evidence: a.at(evidence), Modality: letopis.Actual})
	return &a.Events[len(a.Events)-1]
}

func (a article) said(kind letopis.Kind, who, words, when string) *letopis.Statement {
	a.Statements = append(a.Statements, letopis.Statement{ID: fmt.Sprintf("s%d", len(a.Statements)+1), Kind: kind, Speaker: letopis.Speaker{Entity: who},
		Content: a.at(words), Date: letopis.When(when)})
	return &a.Statements[len(a.Statements)-1]
}

func entries(t *testing.T, claims []letopis.Claim, articles ...article) []*letopis.Entry {
	t.Helper()
	recs := make([]*letopis.Record, len(articles))
	for i, a := range articles {
		recs[i] = a.Record
	}
	all, err := Entries(context.Background(), recs, claims)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// reports lists the entries as sets of items, in the order of the chronicle.
func reports(all []*letopis.Entry) string {
	var lines []string
	for _, e := range all {
		var items []string
		for _, r := range e.Reports {
			items = append(items, string(r.Doc)+"/"+r.Item.Item)
		}
		slices.Sort(items)
		lines = append(lines, strings.Join(items, "+"))
	}
	return strings.Join(lines, " ")
}

func expect(t *testing.T, all []*letopis.Entry, want string) {
	t.Helper()
	if got := reports(all); got != want {
		t.Errorf("entries:\n got %s\nwant %s", got, want)
	}
}

const wireBG = `Външният министър на Китай Ван И разговаря в Пекин с посланика на Русия Андрей Денисов за енергетиката, граничната търговия и ваксините. Страните се съгласиха да открият 14 нови пропускателни пункта до края на следващата година. „Нашите отношения издържаха изпитанието на времето и няма да се променят", каза Ван И. Срещата продължи два часа и завърши без съвместно изявление, предаде ТАСС.`

const wireEN = `China's foreign minister Wang Yi held talks in Beijing with Russian ambassador Andrey Denisov on energy, border trade and vaccines. The two sides agreed to open 14 new crossing points by the end of next year. "Our relations have stood the test of time and will not change," Wang Yi said. The meeting lasted two hours and ended without a joint statement, TASS reported.`

func meetingBG(t *testing.T, id, published, agency, text string) article {
	a := write(t, id, "bg", published, agency, text)
	wang := a.actor(letopis.Person, "CHN", "Ван И", "Wang Yi", "Ван И")
	den := a.actor(letopis.Person, "RUS", "Андрей Денисов", "", "Андрей Денисов")
	a.event(letopis.Consult, wang, den, "CHN", "RUS", "2020-12-03", "разговаря в Пекин с посланика на Русия Андрей Денисов")
	a.said(letopis.Direct, wang, "Нашите отношения издържаха изпитанието на времето и няма да се променят", "2020-12-03")
	return a
}

func meetingEN(t *testing.T, id, published, agency string) article {
	a := write(t, id, "en", published, agency, wireEN)
	wang := a.actor(letopis.Person, "CHN", "Wang Yi", "Wang Yi", "Wang Yi")
	den := a.actor(letopis.Person, "RUS", "Andrey Denisov", "Andrey Denisov", "Andrey Denisov")
	a.event(letopis.Consult, wang, den, "CHN", "RUS", "2020-12-03", "held talks in Beijing with Russian ambassador Andrey Denisov")
	a.said(letopis.Direct, wang, "Our relations have stood the test of time and will not change,", "2020-12-03")
	return a
}

func TestCopiesAreOneOrigin(t *testing.T) {
	cut := strings.TrimSuffix(wireBG, " Срещата продължи два часа и завърши без съвместно изявление, предаде ТАСС.")
	all := entries(t, nil,
		meetingBG(t, "a", "2020-12-03", "ТАСС", wireBG),
		meetingBG(t, "b", "2020-12-04", "", "Новини от деня. "+wireBG),
		meetingBG(t, "c", "2020-12-04", "", cut))
	expect(t, all, "a/v1+b/v1+c/v1 a/s1+b/s1+c/s1")
	for _, e := range all {
		if e.Origins != 1 {
			t.Errorf("%s %s: %d origins, want 1", e.Kind, e.ID, e.Origins)
		}
		for _, r := range e.Reports {
			if r.Origin != "ТАСС" {
				t.Errorf("%s: origin %q, want ТАСС", r.Doc, r.Origin)
			}
			if want := map[letopis.ID]letopis.ID{"b": "a", "c": "a"}[r.Doc]; r.Story != want {
				t.Errorf("%s: taken from %q, want %q", r.Doc, r.Story, want)
			}
		}
	}
}

func TestTranslatedCopyIsOneOrigin(t *testing.T) {
	all := entries(t, nil, meetingBG(t, "a", "2020-12-03", "ТАСС", wireBG), meetingEN(t, "b", "2020-12-03", "TASS"))
	expect(t, all, "a/v1+b/v1 a/s1+b/s1")
	if all[0].Origins != 1 || all[1].Origins != 1 {
		t.Errorf("origins %d and %d, want 1 and 1", all[0].Origins, all[1].Origins)
	}
}

// Two agencies that tell of one meeting confirm each other.
func TestIndependentReportsAreTwoOrigins(t *testing.T) {
	all := entries(t, nil, meetingBG(t, "a", "2020-12-03", "ТАСС", wireBG), meetingEN(t, "b", "2020-12-03", "Reuters"))
	if got := reports(all[:1]); got != "a/v1+b/v1" || all[0].Origins != 2 {
		t.Errorf("%s of %d origins, want a/v1+b/v1 of 2", got, all[0].Origins)
	}
}

// A form that is filled anew every day is not one story.
func TestDailyFormIsNoCopy(t *testing.T) {
	form := "През изминалото денонощие у нас са потвърдени %d нови случая на заразяване, съобщи щабът. Направени са %d изследвания. В болница са настанени %d души, а %d са в интензивни отделения. Излекувани са %d души. Общият брой на активните случаи в страната продължава да расте, сочат данните на единния информационен портал."
	var docs []article
	for i := range 3 {
		docs = append(docs, write(t, fmt.Sprint("d", i), "bg", fmt.Sprintf("2020-10-1%d", i), "", fmt.Sprintf(form, 611+i*97, 7011+i*403, 1234+i*51, 61+i*7, 99+i*13)))
	}
	ds := []*digest{newDigest(docs[0].Record), newDigest(docs[1].Record), newDigest(docs[2].Record)}
	if sameText(ds[0], ds[1]) || sameText(ds[1], ds[2]) {
		t.Error("the daily figures of different days are taken for one story")
	}
}

func TestRecollectionJoinsItsOriginal(t *testing.T) {
	orig := write(t, "orig", "ru", "2020-10-22", "Интерфакс", "Президент России Владимир Путин на заседании клуба «Валдай» заявил, что не исключает военного союза с Китаем. Китай приветствовал слова о союзе.")
	p := orig.actor(letopis.Person, "RUS", "Владимир Путин", "", "Владимир Путин")
	orig.event(letopis.Support, p, "", "RUS", "CHN", "2020-10-22", "Владимир Путин на заседании клуба «Валдай» заявил, что не исключает военного союза с Китаем")
	back := write(t, "back", "bg", "2020-12-03", "ТАСС", "Припомняме, че през октомври руският президент Владимир Путин призна възможността за военен съюз с Китай. През юни Пекин похвали Москва.")
	p = back.actor(letopis.Person, "RUS", "Владимир Путин", "Vladimir Putin", "Владимир Путин")
	back.event(letopis.Support, p, "", "RUS", "CHN", "2020-10", "през октомври руският президент Владимир Путин призна възможността за военен съюз с Китай").Recalled = true
	back.event(letopis.Support, "", "", "CHN", "RUS", "2020-06", "През юни Пекин похвали Москва").Recalled = true
	all := entries(t, nil, orig, back)
	expect(t, all, "back/v2 back/v1+orig/v1")
	if !all[0].Recalled {
		t.Error("what is known from recollection only is not marked")
	}
	if all[1].Recalled || all[1].When != "2020-10-22" || all[1].Origins != 2 {
		t.Errorf("the original: recalled %v, when %s, origins %d; want false, 2020-10-22, 2", all[1].Recalled, all[1].When, all[1].Origins)
	}
	if !all[1].Reports[1].Recalled {
		t.Error("the report that recalls is not marked")
	}
}

// A recollection that names no actor with certainty joins the one event of its
// month, by a name in the sentence, and none where there are two to choose from.
func TestVagueRecollection(t *testing.T) {
	told := func(id, day string) article {
		a := write(t, id, "ru", day, "", "Россия поддержала Китай, сказал Лавров.")
		a.actor(letopis.Person, "RUS", "Лавров", "", "Лавров")
		a.event(letopis.Support, "", "", "RUS", "CHN", day, "Россия поддержала Китай, сказал Лавров.")
		return a
	}
	back := write(t, "z", "bg", "2020-12-03", "", "Още през октомври Москва подкрепи Пекин, напомни Лавров.")
	back.actor(letopis.Person, "RUS", "Лавров", "", "Лавров")
	back.event(letopis.Support, "", "", "RUS", "CHN", "2020-10", "Още през октомври Москва подкрепи Пекин, напомни Лавров.").Recalled = true
	expect(t, entries(t, nil, told("a", "2020-10-05"), told("b", "2020-11-05"), back), "a/v1+z/v1 b/v1")
	all := entries(t, nil, told("a", "2020-10-05"), told("b", "2020-10-15"), back)
	if len(all) != 3 {
		t.Errorf("%s: a choice was made without a reason", reports(all))
	}
}

// An article of 2015 does not recall a meeting of 2020, though it says no date.
func TestNobodyRecallsTheFuture(t *testing.T) {
	back := meetingBG(t, "old", "2015-06-01", "БТА", "Припомняме: Ван И разговаря в Пекин с посланика на Русия Андрей Денисов. Нашите отношения издържаха изпитанието на времето и няма да се променят")
	back.Events[0].Date, back.Events[0].Recalled = "", true
	later := meetingBG(t, "new", "2020-12-03", "ТАСС", wireBG)
	if got := reports(entries(t, nil, back, later)); strings.Contains(got, "new/v1+old/v1") {
		t.Errorf("entries: %s", got)
	}
	back.Document.Published.Value = "2020-12-20"
	if got := reports(entries(t, nil, back, later)); !strings.Contains(got, "new/v1+old/v1") {
		t.Errorf("recalled afterwards: %s", got)
	}
}

// What contradicts stays apart: other people, another day, another place, another
// direction, or that it did not happen.
func TestContradictionsStayApart(t *testing.T) {
	meet := func(id, who, with, when, place string) article {
		text := who + " се срещна с " + with + " в " + place + "."
		a := write(t, id, "bg", "2020-12-09", "", text)
		x := a.actor(letopis.Person, "CHN", who, "", who)
		y := a.actor(letopis.Person, "RUS", with, "", with)
		ev := a.event(letopis.Consult, x, y, "CHN", "RUS", when, text)
		ev.Place = a.actor(letopis.Location, map[string]string{"Пекин": "CHN", "Москва": "RUS"}[place], place, "", place)
		return a
	}
	same := meet("b", "Ван И", "Лавров", "2020-12-03", "Пекин")
	for name, other := range map[string]article{
		"people": meet("c", "Си Цзинпин", "Путин", "2020-12-03", "Пекин"),
		"day":    meet("c", "Ван И", "Лавров", "2020-12-07", "Пекин"),
		"place":  meet("c", "Ван И", "Лавров", "2020-12-03", "Москва"),
	} {
		t.Run(name, func(t *testing.T) {
			all := entries(t, nil, meet("a", "Ван И", "Лавров", "2020-12-03", "Пекин"), same, other)
			if got := len(all); got != 2 {
				t.Errorf("%d entries (%s), want 2", got, reports(all))
			}
		})
	}
	t.Run("negated", func(t *testing.T) {
		other := meet("c", "Ван И", "Лавров", "2020-12-03", "Пекин")
		other.Events[0].Modality = letopis.Negated
		expect(t, entries(t, nil, same, other), "b/v1 c/v1")
	})
	t.Run("direction", func(t *testing.T) {
		accuse := func(id, from, to string) article {
			a := write(t, id, "bg", "2020-12-09", "", "Пекин и Вашингтон си размениха обвинения.")
			a.event(letopis.Accuse, "", "", from, to, "2020-12-09", "Пекин и Вашингтон си размениха обвинения.")
			return a
		}
		all := entries(t, nil, accuse("a", "CHN", "USA"), accuse("b", "USA", "CHN"))
		if len(all) != 2 {
			t.Errorf("%s: two directions are one event", reports(all))
		}
	})
}

// Two ministers resign on one day, and a third article tells of both: it must not
// make one event of them.
func TestNoChainOverOtherPeople(t *testing.T) {
	resign := func(id string, who ...string) article {
		a := write(t, id, "bg", "2018-07-09", "", strings.Join(who, " и ")+" подадоха оставка.")
		var ids []string
		for _, w := range who {
			ids = append(ids, a.actor(letopis.Person, "GBR", w, "", w))
		}
		a.event(letopis.Concede, strings.Join(ids, " "), "", "GBR", "GBR", "2018-07-09", a.Document.Text)
		return a
	}
	all := entries(t, nil, resign("a", "Стивън Дейл"), resign("b", "Стивън Дейл", "Джон Уест"), resign("c", "Джон Уест"), resign("d", "Джон Уест"))
	if len(all) != 2 {
		t.Errorf("%s, want two entries", reports(all))
	}
}

func TestSameWords(t *testing.T) {
	quote := func(id, agency, when, words string) article {
		a := write(t, id, "bg", when, agency, "Мария Стоева: "+words)
		a.said(letopis.Direct, a.actor(letopis.Person, "BGR", "Мария Стоева", "", "Мария Стоева"), words, when)
		return a
	}
	all := entries(t, nil,
		quote("a", "БТА", "2020-11-05", "няма да позволим чужди кораби да влизат в пристанището"),
		quote("b", "БГНЕС", "2020-11-05", "Няма да позволим чужди кораби да влизат в пристанището на Варна без разрешение"),
		quote("c", "БТА", "2020-11-05", "Пристанището ще бъде разширено догодина с европейски средства"),
		quote("d", "БТА", "2020-12-05", "няма да позволим чужди кораби да влизат в пристанището"))
	if got := reports(all); !strings.Contains(got, "a/s1+b/s1") || len(all) != 3 {
		t.Fatalf("entries: %s", got)
	}
	for _, e := range all {
		if len(e.Reports) == 2 && !strings.HasSuffix(e.Text, "без разрешение") {
			t.Errorf("the fullest wording is not in front: %s", e.Text)
		}
	}
}

func TestClaims(t *testing.T) {
	a, b := meetingBG(t, "a", "2020-12-03", "ТАСС", wireBG), meetingEN(t, "b", "2020-12-03", "Reuters")
	va, vb := letopis.Item{Doc: "a", Item: "v1"}, letopis.Item{Doc: "b", Item: "v1"}
	claim := func(kind letopis.ClaimKind, of ...letopis.Item) letopis.Claim {
		return letopis.Claim{By: "editor", Kind: kind, Of: of, Why: "test"}
	}
	count := func(claims ...letopis.Claim) (n int) {
		for _, e := range entries(t, claims, a, b) {
			if e.Kind == letopis.FindingEvent {
				n++
			}
		}
		return n
	}
	for _, x := range []struct {
		name   string
		claims []letopis.Claim
		want   int
	}{
		{"none", nil, 1},
		{"different", []letopis.Claim{claim(letopis.ClaimDifferent, va, vb)}, 2},
		{"different, then same", []letopis.Claim{claim(letopis.ClaimDifferent, va, vb), claim(letopis.ClaimSame, va, vb)}, 1},
		{"same, then different", []letopis.Claim{claim(letopis.ClaimSame, va, vb), claim(letopis.ClaimDifferent, va, vb)}, 2},
		{"both retracted", []letopis.Claim{claim(letopis.ClaimRetract, va, vb)}, 0},
		{"another code", []letopis.Claim{{By: "editor", Kind: letopis.ClaimCorrect, Of: []letopis.Item{vb}, Field: "code", Value: "ACCUSE"}}, 2},
	} {
		if got := count(x.claims...); got != x.want {
			t.Errorf("%s: %d events, want %d", x.name, got, x.want)
		}
	}
	c := meetingEN(t, "c", "2020-12-03", "Reuters")
	c.Events[0].Date = "2020-03-01"
	if got := reports(entries(t, []letopis.Claim{claim(letopis.ClaimSame, va, letopis.Item{Doc: "c", Item: "v1"})}, a, c)); !strings.Contains(got, "a/v1+c/v1") {
		t.Errorf("same over two dates: %s", got)
	}
}

// A newer reading may number its findings otherwise: a claim stays with the words
// that it was about.
func TestClaimsOutliveReadings(t *testing.T) {
	text := "Китай обвини САЩ за кораба. Китай обвини Русия за договора."
	old := write(t, "a", "bg", "2020-10-01", "", text)
	old.event(letopis.Accuse, "", "", "CHN", "RUS", "2020-10-01", "Китай обвини Русия за договора")
	claims := []letopis.Claim{{By: "x", Kind: letopis.ClaimRetract, Of: []letopis.Item{{Doc: "a", Item: "v1"}}, Words: []string{"Китай обвини Русия за договора"}}}
	expect(t, entries(t, claims, old), "")
	newer := write(t, "a", "bg", "2020-10-01", "", text)
	newer.event(letopis.Accuse, "", "", "CHN", "USA", "2020-10-01", "Китай обвини САЩ за кораба")
	newer.event(letopis.Accuse, "", "", "CHN", "RUS", "2020-10-01", "Китай обвини Русия за договора.")
	expect(t, entries(t, claims, newer), "a/v1")
	gone := write(t, "a", "bg", "2020-10-01", "", text)
	gone.event(letopis.Accuse, "", "", "CHN", "USA", "2020-10-01", "Китай обвини САЩ за кораба")
	expect(t, entries(t, claims, gone), "a/v1")
}

func TestOrderOfRecordsChangesNothing(t *testing.T) {
	recs := crowd(7, 120)
	dump := func() string {
		all, err := Entries(context.Background(), recs, nil)
		if err != nil {
			t.Fatal(err)
		}
		b, _ := json.Marshal(all)
		return string(b)
	}
	want := dump()
	rng := rand.New(rand.NewPCG(1, 2))
	for range 5 {
		rng.Shuffle(len(recs), func(i, j int) { recs[i], recs[j] = recs[j], recs[i] })
		if dump() != want {
			t.Fatal("another order of the records gives another chronicle")
		}
	}
}

// Every finding stands in exactly one entry, and no entry has a document twice.
func TestEveryFindingOnce(t *testing.T) {
	recs := crowd(3, 400)
	all, err := Entries(context.Background(), recs, nil)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[letopis.Item]bool{}
	for _, e := range all {
		docs := map[letopis.ID]bool{}
		for _, r := range e.Reports {
			if seen[r.Item] || docs[r.Doc] {
				t.Errorf("%v stands twice", r.Item)
			}
			seen[r.Item], docs[r.Doc] = true, true
		}
		if e.Origins < 1 || e.Origins > len(e.Reports) {
			t.Errorf("%s: %d origins of %d reports", e.ID, e.Origins, len(e.Reports))
		}
	}
	want := 0
	for _, r := range recs {
		want += len(r.Events) + len(r.Statements)
	}
	if len(seen) != want || len(all) >= want {
		t.Errorf("%d findings in %d entries, want all %d in fewer", len(seen), len(all), want)
	}
}

// crowd is generated records with copies under other addresses among them.
func crowd(seed uint64, n int) []*letopis.Record {
	recs := synth.New(seed).Records(n)
	for i := range n / 4 {
		c := *recs[i*3]
		c.Document.ID += "copy"
		c.Document.URL += "/copy"
		recs = append(recs, &c)
	}
	return recs
}

func FuzzDigest(f *testing.F) {
	b, _ := json.Marshal(synth.New(1).Record())
	f.Add(b)
	f.Add([]byte(`{"document":{"id":"x","published":{"value":"2020-99"}},"events":[{"id":"v1","code":"CONSULT","source":["e9"]}],"statements":[{"id":"s1"}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		r := new(letopis.Record)
		if json.Unmarshal(b, r) != nil {
			return
		}
		raw, err := Folder{}.Digest(r)
		if err != nil {
			t.Fatal(err)
		}
		m := NewMemory()
		m.Put(r.Document.ID, r.Document.Published.Value, raw)
		for more := true; more; {
			if more, err = (Folder{}).Fold(context.Background(), m, nil); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func BenchmarkDigest(b *testing.B) {
	r := synth.New(1).Record()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := (Folder{}).Digest(r); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFold(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		recs := crowd(1, n*4/5)
		var raws [][]byte
		for _, r := range recs {
			raw, _ := Folder{}.Digest(r)
			raws = append(raws, raw)
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				m := NewMemory()
				for i, raw := range raws {
					m.Put(recs[i].Document.ID, recs[i].Document.Published.Value, raw)
				}
				for more := true; more; {
					var err error
					if more, err = (Folder{}).Fold(context.Background(), m, nil); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

// An entry says through whom the news came; a copy that hides the agency gets it from
// another that carries the same text.
func TestChain(t *testing.T) {
	credited := []letopis.Source{{Role: letopis.RolePublisher, Name: "Вестник"}, {Role: letopis.RoleTranslator, Name: "Преводач"}, {Role: letopis.RoleAgency, Name: "ТАСС"}, {Role: letopis.RoleAgency, Name: "Синхуа"}}
	d := &digest{Agency: "ТАСС", Publisher: "Вестник", Chain: chain(credited, "Вестник"), story: &story{Agency: true, Origin: "ТАСС"}}
	r := letopis.Report{Chain: wayOf(d)}
	if got, want := r.Way(), "ТАСС, Синхуа → Преводач → Вестник"; got != want {
		t.Errorf("the way is %q, want %q", got, want)
	}
	d.Agency, d.Chain = "", chain(credited[:1], "Вестник")
	r.Chain = wayOf(d)
	if got, want := r.Way(), "ТАСС → Вестник"; got != want {
		t.Errorf("the way of a copy is %q, want %q", got, want)
	}
	d.story = &story{Origin: "Вестник"}
	r.Chain = wayOf(d)
	if got := r.Way(); got != "Вестник" {
		t.Errorf("the way of a paper's own story is %q", got)
	}
}
