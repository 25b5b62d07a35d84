package web

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"sort"
	"strconv"
	"strings"
	"time"

	"letopis"
	"letopis/internal/locale"
)

// Source is what the pages read: a [letopis.Store], or anything that answers like one.
type Source interface {
	Get(ctx context.Context, doc letopis.ID) (*letopis.Record, error)
	Records(ctx context.Context, q letopis.Query) iter.Seq2[*letopis.Record, error]
	Entries(ctx context.Context, q letopis.Query) iter.Seq2[*letopis.Entry, error]
	Count(ctx context.Context, q letopis.Query) (int, error)
}

// Names gives countries and bodies their names in the language of the interface.
type Names interface {
	CountryName(code, lang string) string
	Countries() []string
}

// perPage is how many entries or articles a page shows.
const perPage = 100

// Server answers for the pages. It only reads.
type Server struct {
	pages *Pages
	src   Source
	names Names
	host  string
	log   *slog.Logger
}

// NewServer returns a server of pages over a source that answers under the name
// host and the names of this machine: a page elsewhere cannot read the chronicle by
// pointing a name of its own here. An empty host answers under every name. log may
// be nil.
func NewServer(pages *Pages, src Source, names Names, host string, log *slog.Logger) *Server {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &Server{pages: pages, src: src, names: names, host: host, log: log}
}

// Handler returns the routes: / the chronicle, /articles, /article/{id}, /ui/{lang}.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.chronicle)
	mux.HandleFunc("GET /articles", s.articles)
	mux.HandleFunc("GET /article/{id}", s.article)
	mux.HandleFunc("GET /ui/{lang}", s.setLang)
	return s.guard(mux)
}

// guard bounds every request in time and tells the browser that the pages need
// nothing from elsewhere.
func (s *Server) guard(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.ours(r.Host) {
			http.Error(w, "letopis does not answer under this name", http.StatusMisdirectedRequest)
			return
		}
		ctx, cancel := context.WithTimeout(r.Context(), 30*time.Second)
		defer cancel()
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Referrer-Policy", "no-referrer")
		h.ServeHTTP(w, r.WithContext(ctx))
	})
}

// ours reports whether a request's host is a name that the server answers under.
func (s *Server) ours(hostport string) bool {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		host = hostport
	}
	host = strings.Trim(host, "[]")
	if s.host == "" || host == s.host || host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil // an address is no name that could point elsewhere
}

// lang is the language of the interface: of the query, the cookie, or the browser.
func (s *Server) lang(r *http.Request) string {
	if l := r.URL.Query().Get("ui"); s.pages.locales[l] != nil {
		return l
	}
	if c, err := r.Cookie("ui"); err == nil && s.pages.locales[c.Value] != nil {
		return c.Value
	}
	for part := range strings.SplitSeq(r.Header.Get("Accept-Language"), ",") {
		l, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		l, _, _ = strings.Cut(l, "-")
		if s.pages.locales[strings.ToLower(l)] != nil {
			return strings.ToLower(l)
		}
	}
	return locale.Default
}

// setLang keeps the chosen language and goes back to the page it was chosen on.
func (s *Server) setLang(w http.ResponseWriter, r *http.Request) {
	l := r.PathValue("lang")
	if s.pages.locales[l] == nil {
		s.fail(w, r, &letopis.Error{Kind: letopis.NotFound, Err: fmt.Errorf("no interface in %q", l)})
		return
	}
	http.SetCookie(w, &http.Cookie{Name: "ui", Value: l, Path: "/", MaxAge: 365 * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	to := r.URL.Query().Get("to")
	u, err := url.Parse(to)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.Contains(to, `\`) {
		to = "/"
	} else {
		q := u.Query()
		q.Del("ui")
		u.RawQuery = q.Encode()
		to = u.String()
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// status is the HTTP status of each kind of error.
var status = map[letopis.ErrorKind]int{
	letopis.Invalid: http.StatusBadRequest, letopis.NotFound: http.StatusNotFound, letopis.Conflict: http.StatusConflict,
	letopis.Unsupported: http.StatusUnprocessableEntity, letopis.Unavailable: http.StatusServiceUnavailable, letopis.Internal: http.StatusInternalServerError,
}

func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	kind := letopis.KindOf(err)
	if errors.Is(err, context.Canceled) {
		return
	}
	msg := err.Error()
	if kind == letopis.Internal {
		s.log.Error("page", "path", r.URL.Path, "err", err)
		msg = http.StatusText(http.StatusInternalServerError)
	}
	p := s.pages.page(s.lang(r), "/")
	if kind == letopis.NotFound {
		msg = p.T("notfound")
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status[kind])
	s.render(w, "error.html", struct {
		page
		Message string
	}{p, msg})
}

func (s *Server) render(w http.ResponseWriter, name string, data any) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if err := s.pages.tmpl.ExecuteTemplate(w, name, data); err != nil {
		s.log.Warn("render", "page", name, "err", err)
	}
}

func (s *Server) article(w http.ResponseWriter, r *http.Request) {
	rec, err := s.src.Get(r.Context(), letopis.ID(r.PathValue("id")))
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.render(w, "article.html", newArticle(s.pages.page(s.lang(r), r.URL.RequestURI()), rec))
}

// articleLine is one article of the list.
type articleLine struct {
	ID, Title, Lang, When, Via string
	Statements, Events         int
}

func (s *Server) articles(w http.ResponseWriter, r *http.Request) {
	from, err := offset(r)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	p := s.pages.page(s.lang(r), r.URL.RequestURI())
	p.Title = p.T("articles.title")
	var list []articleLine
	for rec, err := range s.src.Records(r.Context(), letopis.Query{Limit: perPage + 1, Offset: from}) {
		if err != nil {
			s.fail(w, r, err)
			return
		}
		l := articleLine{ID: string(rec.Document.ID), Title: headline(rec), Lang: rec.Document.Lang, When: string(rec.Document.Published.Value),
			Statements: len(rec.Statements), Events: len(rec.Events)}
		var via []string
		for _, c := range rec.Document.Provenance {
			via = append(via, c.Name)
		}
		l.Via = strings.Join(via, " → ")
		list = append(list, l)
	}
	more := ""
	if len(list) > perPage {
		list = list[:perPage]
		more = fmt.Sprintf("/articles?from=%d", from+perPage)
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].When < list[j].When })
	s.render(w, "articles.html", struct {
		page
		List []articleLine
		More string
	}{p, list, more})
}

func offset(r *http.Request) (int, error) {
	v := r.URL.Query().Get("from")
	if v == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < 0 || n > 1e9 {
		return 0, &letopis.Error{Op: "page", Kind: letopis.Invalid, Err: fmt.Errorf("from=%q is not a number of entries to skip", v)}
	}
	return n, nil
}

// line is one entry of the chronicle as the page shows it.
type line struct {
	ID, Kind, When, Class, Label, From, To, Text, Lang, Who, Cue, Modality string
	Disputed                                                               string // numbers in which origins differ
	Against                                                                []opposite
	Wordings                                                               []wording
	Recalled                                                               bool
	Origins                                                                int
	Reports                                                                []reportLine
}

// opposite is what others tell otherwise.
type opposite struct{ ID, How, Text, Origins string }

// wording is a statement in other words.
type wording struct{ Text, Lang, Name string }

type reportLine struct {
	Doc, Item, Name, Lang, When string
	Way, First                  string // through whom the news came, and who published it first where others carry it too
	Recalled                    bool
}

// month is the entries of one month, and its bar.
type month struct {
	Name  string
	Lines []line
}

// bar is one month of the picture, in per cent of the highest.
type bar struct {
	Name               string
	VC, MC, VK, MK, ST int
	Title              string
}

type option struct{ Code, Name string }

type chroniclePage struct {
	page
	A, B, Since, Until, Words string
	Options                   []option
	Months                    []month
	Bars                      []bar
	Total                     int
	Asked                     bool
	More                      string
	Problem                   string
}

func (s *Server) chronicle(w http.ResponseWriter, r *http.Request) {
	v := r.URL.Query()
	p := &chroniclePage{page: s.pages.page(s.lang(r), r.URL.RequestURI()), A: v.Get("a"), B: v.Get("b"), Since: v.Get("since"), Until: v.Get("until"), Words: v.Get("words")}
	p.Title = p.T("pair.title")
	p.Options = s.options(p.page.Lang)
	q := letopis.Query{Since: letopis.When(p.Since), Until: letopis.When(p.Until), Words: p.Words}
	switch {
	case p.A != "" && p.B != "":
		q.Pair = []string{p.A, p.B}
	case p.A != "":
		q.Actors = []string{p.A}
	case p.B != "":
		q.Actors = []string{p.B}
	}
	if err := s.fill(r, p, q); err != nil {
		if letopis.KindOf(err) != letopis.Invalid {
			s.fail(w, r, err)
			return
		}
		p.Problem = err.Error()
	}
	s.render(w, "chronicle.html", p)
}

// fill reads the entries of a query into the page.
func (s *Server) fill(r *http.Request, p *chroniclePage, q letopis.Query) error {
	from, err := offset(r)
	if err != nil {
		return err
	}
	if err := q.Check(); err != nil {
		return err
	}
	p.Asked = len(q.Pair) > 0 || len(q.Actors) > 0 || q.Words != "" || q.Since != "" || q.Until != ""
	if p.Total, err = s.src.Count(r.Context(), q); err != nil {
		return err
	}
	q.Limit, q.Offset = perPage, from
	var lines []line
	for e, err := range s.src.Entries(r.Context(), q) {
		if err != nil {
			return err
		}
		lines = append(lines, s.line(&p.page, e))
	}
	p.Months, p.Bars = byMonth(lines)
	if from+len(lines) < p.Total {
		v := r.URL.Query()
		v.Set("from", strconv.Itoa(from+perPage))
		p.More = "/?" + v.Encode()
	}
	return nil
}

func (s *Server) line(p *page, e *letopis.Entry) line {
	l := line{ID: e.ID, Kind: string(e.Kind), Label: string(e.Kind), When: string(e.When), Text: e.Text, Lang: e.Lang, Recalled: e.Recalled, Origins: e.Origins, Cue: e.Cue,
		From: s.countries(e.SourceCountry, p.Lang), To: s.countries(e.TargetCountry, p.Lang)}
	viewOf(e.Kind).line(p, e, &l)
	l.Disputed = e.Disputed()
	for _, o := range e.Against {
		l.Against = append(l.Against, opposite{o.Entry, p.T("entry." + string(o.How)), o.Text, strings.Join(o.Origins, ", ")})
	}
	if l.When == "" {
		l.When, _ = e.Days()
	}
	for _, rep := range e.Reports {
		name := nameOf(&rep)
		way := rep.Way()
		if way == name {
			way = ""
		}
		first := rep.First
		if first == name {
			first = ""
		}
		l.Reports = append(l.Reports, reportLine{Way: way, First: first, Doc: string(rep.Doc), Item: rep.Item.Item, Name: name, Lang: rep.Lang, When: string(rep.Published), Recalled: rep.Recalled})
	}
	return l
}

// nameOf is what a report is called by.
func nameOf(r *letopis.Report) string {
	return cmp.Or(r.Publisher, r.Title, string(r.Doc))
}

func (s *Server) countries(codes []string, lang string) string {
	var out []string
	for _, c := range codes {
		n := s.names.CountryName(c, lang)
		if n == "" {
			n = c
		}
		out = append(out, n)
	}
	return strings.Join(out, ", ")
}

// options are the countries to choose from, by name.
func (s *Server) options(lang string) []option {
	var out []option
	for _, c := range s.names.Countries() {
		if n := s.names.CountryName(c, lang); n != "" {
			out = append(out, option{c, n})
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Name < out[j].Name })
	return out
}

// byMonth groups lines, which come in order of time, and counts them for the picture.
func byMonth(lines []line) ([]month, []bar) {
	var ms []month
	var bs []bar
	for _, l := range lines {
		name := l.When
		if len(name) > 7 {
			name = name[:7]
		}
		if len(ms) == 0 || ms[len(ms)-1].Name != name {
			ms = append(ms, month{Name: name})
			bs = append(bs, bar{Name: name})
		}
		ms[len(ms)-1].Lines = append(ms[len(ms)-1].Lines, l)
		b := &bs[len(bs)-1]
		switch l.Class {
		case "statement":
			b.ST++
		case "ev-vc":
			b.VC++
		case "ev-mc":
			b.MC++
		case "ev-vk":
			b.VK++
		case "ev-mk":
			b.MK++
		}
	}
	top := 1
	for _, b := range bs {
		top = max(top, b.ST+b.VC+b.MC+b.VK+b.MK)
	}
	for i := range bs {
		b := &bs[i]
		b.Title = fmt.Sprintf("%s: %d", b.Name, b.ST+b.VC+b.MC+b.VK+b.MK)
		for _, n := range []*int{&b.ST, &b.VC, &b.MC, &b.VK, &b.MK} {
			*n = *n * 100 / top
		}
	}
	return ms, bs
}
