package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"letopis"
	"letopis/internal/choice"
	"letopis/internal/locale"
	"letopis/internal/tell"
)

// queryFlags are the flags that choose entries.
type queryFlags struct {
	db       string
	format   string
	actors   []string
	pair     string
	groups   []string
	ids      bool
	since    string
	until    string
	codes    []string
	quads    []int
	kind     string
	modality []string
	lang     string
	place    string
	doc      string
	recalled bool
	origins  int
	limit    int
	offset   int
	newest   bool
}

// registerCommon registers what every command that shows entries has.
func (f *queryFlags) registerCommon(c *cobra.Command, limit int) {
	registerDB(c, &f.db)
	c.Flags().StringVar(&f.format, "format", "table", "how to print: "+strings.Join(choice.Names(tell.EntryFormats()), ", "))
	c.Flags().StringVar(&f.since, "since", "", "from this `TIME` on: 2020-11-05, 2020-11, 2020")
	c.Flags().StringVar(&f.until, "until", "", "up to this `TIME` and all of it")
	c.Flags().StringSliceVar(&f.codes, "code", nil, "PLOVER `CODE`: CONSULT, ACCUSE, … (several: any of them)")
	c.Flags().IntSliceVar(&f.quads, "quad", nil, "class of codes, `1-4`: verbal cooperation, material cooperation, verbal conflict, material conflict")
	c.Flags().StringVar(&f.kind, "kind", "", "event or statement")
	c.Flags().StringSliceVar(&f.modality, "modality", nil, "actual, future, possible, negated")
	c.Flags().StringVar(&f.place, "place", "", "at a `PLACE` that the entry names")
	c.Flags().StringVar(&f.lang, "lang", "", "told by an article in this language")
	c.Flags().BoolVar(&f.recalled, "recalled", false, "only what is known from recollection; --recalled=false: only the rest")
	c.Flags().IntVar(&f.origins, "origins", 0, "from at least `N` different origins")
	c.Flags().IntVar(&f.limit, "limit", limit, "show at most `N`; 0: all")
	c.Flags().IntVar(&f.offset, "offset", 0, "leave out the first `N`")
	c.Flags().BoolVar(&f.newest, "newest", false, "newest first")
	c.Flags().BoolVar(&f.ids, "ids", false, "show the id of each entry, by which 'letopis claim' knows it")
}

// query makes the flags into a query.
func (f *queryFlags) query(c *cobra.Command) (letopis.Query, error) {
	q := letopis.Query{
		Kind: letopis.FindingKind(strings.ToLower(f.kind)), Doc: letopis.ID(f.doc), Actors: f.actors,
		Since: letopis.When(f.since), Until: letopis.When(f.until), Lang: strings.ToLower(f.lang), Place: f.place,
		Origins: f.origins, Limit: f.limit, Offset: f.offset, Newest: f.newest,
	}
	if q.Kind != "" && !slices.Contains(letopis.FindingKinds(), q.Kind) {
		return q, usageError(c, fmt.Errorf("--kind %s: choose event or statement", f.kind))
	}
	for _, code := range f.codes {
		q.Codes = append(q.Codes, letopis.Code(strings.ToUpper(code)))
	}
	for _, d := range f.quads {
		q.Quads = append(q.Quads, letopis.Quad(d))
	}
	for _, m := range f.modality {
		switch m := letopis.Modality(strings.ToLower(m)); m {
		case letopis.Actual, letopis.Future, letopis.Possible, letopis.Negated:
			q.Modality = append(q.Modality, m)
		default:
			return q, usageError(c, fmt.Errorf("--modality %s: choose actual, future, possible or negated", m))
		}
	}
	if c.Flags().Changed("recalled") {
		q.Recalled = &f.recalled
	}
	return q, nil
}

func findCommand(e *env) *cobra.Command {
	var f queryFlags
	c := &cobra.Command{
		Use: "find [WORD]...",
		RunE: func(c *cobra.Command, words []string) error {
			q, err := f.query(c)
			if err != nil {
				return err
			}
			if err := f.parties(e, &q); err != nil {
				return err
			}
			q.Words = strings.Join(words, " ")
			return e.show(c.Context(), q, f)
		},
	}
	f.registerCommon(c, 50)
	c.Flags().StringSliceVar(&f.actors, "actor", nil, "")
	c.Flags().StringVar(&f.pair, "pair", "", "")
	c.Flags().StringSliceVar(&f.groups, "group", nil, "")
	c.Flags().StringVar(&f.doc, "doc", "", "")
	localize(e, c, "find")
	return c
}

// parties adds to a query the countries, groups and places that the flags name.
func (f *queryFlags) parties(e *env, q *letopis.Query) error {
	if f.pair == "" && len(f.groups) == 0 && f.place == "" {
		return nil
	}
	k, err := e.openKB()
	if err != nil {
		return err
	}
	if f.place != "" {
		q.Within = k.PlacesCalled(f.place)
	}
	when := cmp.Or(f.until, f.since)
	if f.pair != "" {
		a, b, ok := strings.Cut(f.pair, ",")
		if !ok {
			return &letopis.Error{Op: "--pair " + f.pair, Kind: letopis.Invalid, Err: errors.New("write two countries or groups with a comma between them: CHN,RUS")}
		}
		if err := between(k, strings.TrimSpace(a), strings.TrimSpace(b), when, q); err != nil {
			return err
		}
	}
	for _, g := range f.groups {
		members, err := k.CountriesOf(g, when)
		if err != nil {
			return err
		}
		q.Members = append(q.Members, members)
	}
	return nil
}

// show prints the entries that q chooses.
func (e *env) show(ctx context.Context, q letopis.Query, f queryFlags) (err error) {
	format, err := choice.Format(tell.EntryFormats(), f.format)
	if err != nil {
		return err
	}
	if err := q.Check(); err != nil {
		return err
	}
	store, err := e.openStore(ctx, f.db, true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	n := 0
	counted := func(yield func(*letopis.Entry, error) bool) {
		for en, err := range store.Entries(ctx, q) {
			if err == nil {
				n++
			}
			if !yield(en, err) {
				return
			}
		}
	}
	if err := format.Write(e.stdout, counted, tell.EntryOptions{Lang: e.ui, Width: e.width, Color: e.tty, IDs: f.ids}); err != nil {
		return err
	}
	if format.Name != "table" || q.Limit == 0 && n > 0 {
		return nil
	}
	all, err := store.Count(ctx, q)
	if err != nil {
		return err
	}
	return e.footer(e.stderr, n, all, q.Offset)
}

// collect returns all entries of a chronicle that q chooses.
func (e *env) collect(ctx context.Context, db string, q letopis.Query) (entries []*letopis.Entry, err error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	store, err := e.openStore(ctx, db, true)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	for en, err := range store.Entries(ctx, q) {
		if err != nil {
			return nil, err
		}
		entries = append(entries, en)
	}
	return entries, nil
}

// footer says on standard error what the table does not show.
func (e *env) footer(w io.Writer, shown, all, offset int) error {
	l, err := locale.Of(e.ui)
	if err != nil {
		return err
	}
	switch {
	case all == 0:
		_, err = fmt.Fprintln(w, l.T("find.none"))
	case offset+shown < all || offset > 0:
		_, err = fmt.Fprintf(w, l.T("find.page")+"\n", offset+min(1, shown), offset+shown, all, offset+shown)
	}
	return err
}
