package main

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"letopis"
	"letopis/internal/kb"
	"letopis/internal/tell"
)

// briefFlags are the flags of letopis brief.
type briefFlags struct {
	db, at, lang, format string
	days, limit          int
}

func briefCommand(e *env) *cobra.Command {
	var f briefFlags
	c := &cobra.Command{
		Use:  "brief COUNTRY COUNTRY",
		Args: cobra.ExactArgs(2),
		RunE: func(c *cobra.Command, pair []string) error { return e.brief(c.Context(), pair, f) },
	}
	registerDB(c, &f.db)
	c.Flags().StringVar(&f.at, "at", "", "")
	c.Flags().StringVar(&f.lang, "lang", "", "")
	c.Flags().StringVar(&f.format, "format", "text", "")
	c.Flags().IntVar(&f.days, "days", 7, "")
	c.Flags().IntVar(&f.limit, "limit", 20, "")
	localize(e, c, "brief")
	return c
}

func (e *env) brief(ctx context.Context, pair []string, f briefFlags) error {
	at, err := letopis.ParseWhen(f.at)
	if err != nil {
		return err
	}
	if f.days < 1 || f.limit < 0 {
		return &letopis.Error{Op: "brief", Kind: letopis.Invalid, Err: errors.New("--days must be positive and --limit not negative")}
	}
	k, err := e.openKB()
	if err != nil {
		return err
	}
	o := tell.BriefOptions{Lang: cmp.Or(strings.ToLower(f.lang), e.ui), At: at, Days: f.days, Limit: f.limit}
	o.Names = newNames(k, o.Lang)
	var q letopis.Query
	for i, side := range []*[]string{&o.A, &o.B} {
		if *side, err = k.CountriesOf(pair[i], f.at); err != nil {
			return err
		}
		if len(*side) > 1 {
			o.Title[i] = cmp.Or(o.Names.Actor("body/"+strings.ToLower(pair[i])), pair[i])
		}
	}
	if err := between(k, pair[0], pair[1], f.at, &q); err != nil {
		return err
	}
	entries, err := e.collect(ctx, f.db, q)
	if err != nil {
		return err
	}
	doc, err := tell.NewBrief(entries, o)
	if err != nil {
		return err
	}
	return doc.Write(e.stdout, f.format)
}

// names gives names in one language from the knowledge base.
type names struct {
	kb      *kb.KB
	lang    string
	outlets map[string]string
}

func newNames(k *kb.KB, lang string) *names {
	return &names{kb: k, lang: lang, outlets: map[string]string{}}
}

// Country names a country or body by its code.
func (n *names) Country(code string) string { return n.kb.CountryName(code, n.lang) }

// Actor names what an id of the knowledge base stands for.
func (n *names) Actor(id string) string {
	if name := n.kb.Name(id, n.lang); name != id {
		return name
	}
	return ""
}

// Outlet names a medium that is known by any of its names.
func (n *names) Outlet(name string) string {
	if s, ok := n.outlets[name]; ok || name == "" {
		return s
	}
	found := ""
	for _, lang := range n.kb.Langs() {
		i := slices.IndexFunc(n.kb.Explain(name, lang).Others, func(m kb.Match) bool { return m.Kind == kb.KindOutlet })
		if i >= 0 {
			found = n.Actor(n.kb.Explain(name, lang).Others[i].ID)
			break
		}
	}
	n.outlets[name] = found
	return found
}
