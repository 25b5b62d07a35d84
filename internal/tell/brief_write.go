package tell

import (
	"fmt"
	"html/template"
	"io"
	"regexp"
	"strings"

	"letopis"
)

// Write writes the brief as "text", "markdown" or "html".
func (d *BriefDoc) Write(w io.Writer, format string) error {
	switch format {
	case "text":
		return d.text(w)
	case "markdown":
		return d.markdown(w)
	case "html":
		return briefPage.Execute(w, d)
	}
	return &letopis.Error{Op: "brief", Kind: letopis.Unsupported, Err: fmt.Errorf("there is no format %q; choose text, markdown or html", format)}
}

func (d *BriefDoc) text(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n\n%s\n", Visible(d.Title), strings.Repeat("=", columns(d.Title)), Visible(d.Lead))
	for _, s := range d.Sections {
		fmt.Fprintf(&b, "\n%s\n%s\n", s.Title, strings.Repeat("-", columns(s.Title)))
		for _, it := range s.Items {
			fmt.Fprintf(&b, "\n%s\n  %s", it.When, Visible(it.Text))
			for _, n := range it.Sources {
				fmt.Fprintf(&b, " [%d]", n)
			}
			b.WriteString("\n")
		}
	}
	if len(d.Sources) > 0 {
		fmt.Fprintf(&b, "\n%s\n%s\n", d.Heading, strings.Repeat("-", columns(d.Heading)))
	}
	for _, s := range d.Sources {
		fmt.Fprintf(&b, "[%d] %s", s.N, Visible(s.Text))
		if s.URL != "" {
			fmt.Fprintf(&b, "\n    %s", Visible(s.URL))
		}
		b.WriteString("\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// markdownSigns are those that mean something inside a line of Markdown.
var markdownSigns = regexp.MustCompile("[\\\\`*_\\[\\]<>#|]")

func markdown(s string) string { return markdownSigns.ReplaceAllString(Visible(s), `\$0`) }

func (d *BriefDoc) markdown(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s\n", markdown(d.Title), markdown(d.Lead))
	urls := map[int]string{}
	for _, s := range d.Sources {
		urls[s.N] = linkTarget.Replace(s.URL)
	}
	for _, s := range d.Sections {
		fmt.Fprintf(&b, "\n## %s\n\n", markdown(s.Title))
		for _, it := range s.Items {
			fmt.Fprintf(&b, "- **%s** %s", markdown(it.When), markdown(it.Text))
			for _, n := range it.Sources {
				if urls[n] != "" {
					fmt.Fprintf(&b, " [\\[%d\\]](%s)", n, urls[n])
				} else {
					fmt.Fprintf(&b, " \\[%d\\]", n)
				}
			}
			b.WriteString("\n")
		}
	}
	if len(d.Sources) > 0 {
		fmt.Fprintf(&b, "\n## %s\n\n", markdown(d.Heading))
	}
	for _, s := range d.Sources {
		text := markdown(s.Text)
		if s.URL != "" {
			text = "[" + text + "](" + urls[s.N] + ")"
		}
		fmt.Fprintf(&b, "%d. %s\n", s.N, text)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

var linkTarget = strings.NewReplacer(" ", "%20", "(", "%28", ")", "%29", "<", "%3C", ">", "%3E", "\n", "", "\r", "")

var briefPage = template.Must(template.New("brief").Funcs(template.FuncMap{"visible": Visible}).Parse(`<!doctype html>
<html lang="{{.Lang}}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{{visible .Title}}</title>
<style>
body { font: 1rem/1.5 Georgia, "Times New Roman", serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; color: #222; background: #fff }
h1 { font-size: 1.6rem; line-height: 1.2 } h2 { font-size: 1.15rem; margin-top: 2rem; border-bottom: 1px solid #ccc }
dt { font-weight: bold; margin-top: .8rem } dd { margin: 0 } a { color: #0645ad } .n { font-size: .8rem } ol { font-size: .9rem }
</style>
<h1>{{visible .Title}}</h1>
<p>{{visible .Lead}}</p>
{{range .Sections}}<h2>{{.Title}}</h2>
<dl>
{{range .Items}}<dt>{{.When}}</dt>
<dd id="{{.Entry}}">{{visible .Text}}{{range .Sources}} <a class="n" href="#s{{.}}">[{{.}}]</a>{{end}}</dd>
{{end}}</dl>
{{end}}{{if .Sources}}<h2>{{.Heading}}</h2>
<ol>
{{range .Sources}}<li id="s{{.N}}">{{if .URL}}<a href="{{.URL}}">{{visible .Text}}</a>{{else}}{{visible .Text}}{{end}}</li>
{{end}}</ol>
{{end}}</html>
`))
