package web_test

import (
	"context"
	"errors"
	"iter"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"letopis"
	"letopis/internal/locale"
	"letopis/internal/web"
)

// fake answers from memory what a store would.
type fake struct {
	recs    []*letopis.Record
	entries []*letopis.Entry
}

func (f fake) Get(_ context.Context, id letopis.ID) (*letopis.Record, error) {
	for _, r := range f.recs {
		if r.Document.ID == id {
			return r, nil
		}
	}
	return nil, &letopis.Error{Op: "get", Kind: letopis.NotFound, Err: errors.New("no such document")}
}

func (f fake) Records(context.Context, letopis.Query) iter.Seq2[*letopis.Record, error] {
	return func(yield func(*letopis.Record, error) bool) {
		for _, r := range f.recs {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func (f fake) Entries(_ context.Context, q letopis.Query) iter.Seq2[*letopis.Entry, error] {
	return func(yield func(*letopis.Entry, error) bool) {
		for _, e := range f.entries {
			if q.Match(e) && !yield(e, nil) {
				return
			}
		}
	}
}

func (f fake) Count(_ context.Context, q letopis.Query) (int, error) {
	n := 0
	for _, e := range f.entries {
		if q.Match(e) {
			n++
		}
	}
	return n, nil
}

type names struct{}

func (names) CountryName(code, lang string) string {
	return map[string]string{"CHN bg": "Китай", "CHN en": "China", "RUS bg": "Русия", "RUS en": "Russia"}[code+" "+lang]
}
func (names) Countries() []string { return []string{"CHN", "RUS"} }

func sample() fake {
	text := "Ли каза: „Ще <b>работим</b> заедно“.\n\nПрез май имаше среща."
	span := func(sub string) letopis.Range {
		b := strings.Index(text, sub)
		a := len([]rune(text[:b]))
		return letopis.Range{Span: letopis.Span{Start: a, End: a + len([]rune(sub))}, Text: sub}
	}
	sp := span("Ли")
	rec := &letopis.Record{Schema: letopis.Schema, Document: letopis.Document{ID: "d1", Lang: "bg", Text: text, Title: "Заглавие <script>",
		Published: letopis.Published{Value: "2020-12-10", Basis: letopis.BasisMetadata}},
		Entities:   []letopis.Entity{{ID: "e1", Type: letopis.Person, Name: "Ли", Country: "CHN", Mentions: []letopis.Mention{{Range: sp, Form: letopis.FormName}}}},
		Dates:      []letopis.Date{{Range: span("май"), Value: "2020-05"}},
		Statements: []letopis.Statement{{ID: "s1", Kind: letopis.Direct, Content: span("Ще <b>работим</b> заедно"), Speaker: letopis.Speaker{Entity: "e1", Mention: &sp}, Confidence: .9, Rule: "r"}},
		Events: []letopis.Event{{ID: "v1", Code: letopis.Consult, SourceCountry: []string{"CHN"}, TargetCountry: []string{"RUS"}, Trigger: span("среща"),
			Evidence: span("През май имаше среща."), Modality: letopis.Actual, Recalled: true, Date: "2020-05", Rule: "r"}}}
	return fake{recs: []*letopis.Record{rec}, entries: []*letopis.Entry{
		{ID: "x1", Kind: letopis.FindingEvent, When: "2020-05", Code: letopis.Consult, Modality: letopis.Actual, SourceCountry: []string{"CHN"}, TargetCountry: []string{"RUS"},
			Text: "През май имаше среща.", Lang: "bg", Recalled: true, Origins: 1, Reports: []letopis.Report{{Item: letopis.Item{Doc: "d1", Item: "v1"}, Lang: "bg", Title: "Заглавие <script>", Recalled: true}}},
	}}
}

// pages are the pages with the texts that the program gives them.
func pages(t *testing.T) *web.Pages {
	t.Helper()
	p, err := web.NewPages()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestTexts finds texts that the templates and the code name and no language has.
func TestTexts(t *testing.T) {
	locales, err := locale.All()
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile(`\bT\(? ?"([a-z.]+)"`)
	n := 0
	for _, pattern := range []string{"*.go", "templates/*.html"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range named.FindAllStringSubmatch(string(b), -1) {
				if strings.HasSuffix(m[1], ".") {
					continue // the rest of the key is a value of the record
				}
				n++
				for _, lang := range locale.Langs() {
					if locales[lang][m[1]] == "" {
						t.Errorf("%s: no text in %s for %q", file, lang, m[1])
					}
				}
			}
		}
	}
	if n < 30 {
		t.Errorf("only %d texts are named", n)
	}
}

func get(t *testing.T, path string, edit func(*http.Request)) *httptest.ResponseRecorder {
	t.Helper()
	s := web.NewServer(pages(t), sample(), names{}, "localhost", nil)
	r := httptest.NewRequest("GET", path, nil)
	r.Host = "localhost:8421"
	if edit != nil {
		edit(r)
	}
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	return w
}

func TestPages(t *testing.T) {
	for _, c := range []struct {
		path   string
		status int
		has    []string
	}{
		{"/?a=CHN&b=RUS&ui=bg", 200, []string{"Китай", "известно само от припомняне", `href="/article/d1?ui=bg#t-v1"`, "Заглавие &lt;script&gt;"}},
		{"/?a=CHN&b=RUS&ui=en", 200, []string{"China", "mentioned only as background"}},
		{"/?a=RUS&b=USA&ui=en", 200, []string{"nothing for this choice"}},
		{"/?since=soon&ui=en", 200, []string{`role="alert"`}},
		{"/?a=Китай&b=RUS&ui=en", 200, []string{`role="alert"`}},
		{"/?from=-1", 200, []string{`role="alert"`}},
		{"/articles?ui=en", 200, []string{"Заглавие &lt;script&gt;", "2020-12-10"}},
		{"/article/d1?ui=bg", 200, []string{"пряка реч", "Ще &lt;b&gt;работим&lt;/b&gt; заедно", `id="t-s1"`, `id="t-v1"`, "Припомнено"}},
		{"/article/none?ui=en", 404, []string{"no such article"}},
		{"/nowhere", 404, nil},
	} {
		w := get(t, c.path, nil)
		if w.Code != c.status {
			t.Errorf("%s: status %d, want %d", c.path, w.Code, c.status)
		}
		for _, s := range c.has {
			if !strings.Contains(w.Body.String(), s) {
				t.Errorf("%s: no %q in the page", c.path, s)
			}
		}
		if strings.Contains(w.Body.String(), "<script>") {
			t.Errorf("%s: a title got into the page as markup", c.path)
		}
	}
}

// An entry of a kind that the pages do not know is shown by its words, not as an event.
func TestUnknownKind(t *testing.T) {
	f := sample()
	f.entries = []*letopis.Entry{{ID: "x9", Kind: "no such kind", When: "2020-05", SourceCountry: []string{"CHN"}, TargetCountry: []string{"RUS"}, Text: "двама ранени", Lang: "bg"}}
	r := httptest.NewRequest("GET", "/?a=CHN&b=RUS&ui=en", nil)
	r.Host = "localhost"
	w := httptest.NewRecorder()
	web.NewServer(pages(t), f, names{}, "localhost", nil).Handler().ServeHTTP(w, r)
	for _, s := range []string{"двама ранени", `<li class="" id="x9">`, `<span class="code">no such kind</span>`} {
		if !strings.Contains(w.Body.String(), s) {
			t.Errorf("no %q in the page", s)
		}
	}
}

func TestLanguage(t *testing.T) {
	w := get(t, "/", func(r *http.Request) { r.Header.Set("Accept-Language", "bg-BG,bg;q=0.9,en;q=0.8") })
	if !strings.Contains(w.Body.String(), `<html lang="bg">`) {
		t.Error("the browser's language is not taken")
	}
	for to, want := range map[string]string{"/?a=CHN&ui=en": "/?a=CHN", "//evil.example/": "/", "https://evil.example/": "/", `/\evil.example`: "/"} {
		w := get(t, "/ui/bg", func(r *http.Request) {
			q := r.URL.Query()
			q.Set("to", to)
			r.URL.RawQuery = q.Encode()
		})
		if got := w.Header().Get("Location"); got != want {
			t.Errorf("from %q back to %q, want %q", to, got, want)
		}
		if !slices.ContainsFunc(w.Result().Cookies(), func(c *http.Cookie) bool { return c.Name == "ui" && c.Value == "bg" }) {
			t.Errorf("from %q: no cookie", to)
		}
	}
}

func TestForeignHost(t *testing.T) {
	for host, want := range map[string]int{"localhost:1": 200, "127.0.0.1:8421": 200, "[::1]:8421": 200, "evil.example": 421} {
		if w := get(t, "/articles", func(r *http.Request) { r.Host = host }); w.Code != want {
			t.Errorf("host %s: status %d, want %d", host, w.Code, want)
		}
	}
}

func TestArticleAlone(t *testing.T) {
	p := pages(t)
	var b strings.Builder
	if err := p.Article(&b, sample().recs[0], "en"); err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"<style>", "direct speech", "Recalled"} {
		if !strings.Contains(b.String(), s) {
			t.Errorf("no %q in the page", s)
		}
	}
	if strings.Contains(b.String(), `href="/`) || strings.Contains(b.String(), "http://") {
		t.Error("the page alone points elsewhere")
	}
}
