package main

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"letopis"
	"letopis/internal/locale"
	"letopis/internal/who"
)

// whoFlags are the flags of letopis who.
type whoFlags struct {
	lang   string
	at     string
	format string
}

// whoCommand tells what the knowledge base knows of an actor.
func whoCommand(e *env) *cobra.Command {
	var f whoFlags
	c := &cobra.Command{
		Use:   "who NAME [NAME2]",
		Short: "Tell what is known of a person, country, body or medium",
		Long: `Tell what the knowledge base knows of a name: whom or what it may mean and why, the
names in each language, offices with their dates, and who holds the offices of a
country or body. With two names, tell whether they are taken for one, and why.

A name is read in the language of its script that knows it best; --lang says which.
--at gives the offices of one time: 2020-12-05, 2020-12, 2020. A name that is not
known still has its Latin form and the key by which it is found across scripts.`,
		Example: `  letopis who Путин
  letopis who --at 2010 Медведев
  letopis who 'Чън Гуопинг' 'Cheng Guoping'
  letopis who --at 2020-12 --ui bg Китай
  letopis who --kb my-tables/ 'Тадеуш Велички'
  letopis who --format json NATO`,
		Args: cobra.RangeArgs(1, 2),
		RunE: func(_ *cobra.Command, names []string) error { return e.who(names, f) },
	}
	c.Flags().StringVar(&f.lang, "lang", "", "language that the names are written in (bg, en, ru)")
	c.Flags().StringVar(&f.at, "at", "", "give the offices of this `DATE` only: 2020-12-05, 2020-12, 2020")
	c.Flags().StringVar(&f.format, "format", "text", "text or json")
	return c
}

// who answers for one name or two.
func (e *env) who(names []string, f whoFlags) error {
	for i, n := range names {
		var err error
		if names[i], err = who.Spaced(n); err != nil {
			return err
		}
	}
	if _, err := letopis.ParseWhen(f.at); err != nil {
		return fmt.Errorf("--at: %w", err)
	}
	if f.format != "text" && f.format != "json" {
		return &letopis.Error{Op: "--format", Kind: letopis.Unsupported, Err: fmt.Errorf("there is no format %q; choose text or json", f.format)}
	}
	w, err := who.Open(e.data, who.Options{UI: e.ui, Lang: f.lang, At: f.at})
	if err != nil {
		return err
	}
	answer := w.Ask(names...)
	if f.format == "json" {
		enc := json.NewEncoder(e.stdout)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(answer)
	}
	loc, err := locale.Of(e.ui)
	if err != nil {
		return err
	}
	return w.Text(e.stdout, answer, loc)
}
