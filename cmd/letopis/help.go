package main

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"letopis/internal/locale"
)

// localize takes the help of a command from the texts of the interface: its keys
// help.NAME.short, .long and .example, flag.NAME for its flags, and help.usage and
// the like for the headings. What has no text stays as it is.
func localize(e *env, c *cobra.Command, name string) {
	set := func(lang string) {
		l, err := locale.Of(lang)
		if err != nil {
			return
		}
		text := func(key, old string) string {
			if s, ok := l[key]; ok {
				return s
			}
			return old
		}
		c.Short = text("help."+name+".short", c.Short)
		c.Long = text("help."+name+".long", c.Long)
		c.Example = text("help."+name+".example", c.Example)
		c.LocalFlags().VisitAll(func(f *pflag.Flag) {
			f.Usage = text("flag."+name+"."+f.Name, text("flag."+f.Name, f.Usage))
		})
		c.SetUsageTemplate(strings.NewReplacer("Usage:", l.T("help.usage"), "Examples:", l.T("help.examples"), "Global Flags:", l.T("help.global"),
			"Flags:", l.T("help.flags"), "Available Commands:", l.T("help.commands")).Replace(new(cobra.Command).UsageTemplate()))
	}
	set("en")
	help := c.HelpFunc()
	c.SetHelpFunc(func(c *cobra.Command, args []string) {
		if err := e.settle(); err == nil {
			set(e.ui)
		}
		help(c, args)
	})
}
