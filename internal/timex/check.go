package timex

import (
	"fmt"
	"strings"

	"letopis"
	"letopis/internal/rule"
)

// Check runs every yes and no of every rule of the finder, of the language and of
// und: a yes must give its rule and at least the marked findings, a no must not
// give the rule. An example is "@2018-10-04 text with [finding]{value}". The
// complaints are in the order of the rules, each with file:line:col.
func (f *Finder) Check() []error {
	var errs []error
	for _, r := range f.set.Rules {
		if len(r.Yes) == 0 || len(r.No) == 0 {
			errs = append(errs, fmt.Errorf("%s: rule %s needs a yes and a no", r.Pos, r.Name))
		}
		for _, ex := range r.Yes {
			_, text, _ := bracketed(ex)
			if !f.firing(text)[r.Name] {
				errs = append(errs, fmt.Errorf("%s: rule %s does not win in %q", ex.Pos, r.Name, text))
				continue
			}
			errs = append(errs, f.checkDates(ex)...)
		}
		for _, ex := range r.No {
			pub, text, marked := bracketed(ex)
			if f.firing(text)[r.Name] && f.tells(r.Name, text, pub) {
				errs = append(errs, fmt.Errorf("%s: rule %s must not fit", ex.Pos, r.Name))
			}
			if len(marked) > 0 {
				errs = append(errs, f.checkDates(ex)...)
			}
		}
	}
	return errs
}

// bracketed reads an example. It returns the claim, the text without marks, and
// the findings with their values.
func bracketed(ex rule.Example) (letopis.When, string, [][2]string) {
	text := ex.Text
	var pub letopis.When
	if strings.HasPrefix(text, "@") {
		head, rest, _ := strings.Cut(text[1:], " ")
		pub, text = letopis.When(head), rest
	}
	var out [][2]string
	var sb strings.Builder
	for text != "" {
		a := strings.IndexByte(text, '[')
		b := strings.Index(text, "]{")
		c := strings.IndexByte(text, '}')
		if a < 0 || b < a || c < b {
			break
		}
		out = append(out, [2]string{text[a+1 : b], text[b+2 : c]})
		sb.WriteString(text[:a] + text[a+1:b])
		text = text[c+1:]
	}
	sb.WriteString(text)
	return pub, sb.String(), out
}

// checkDates complains of marked findings that are not found.
func (f *Finder) checkDates(ex rule.Example) []error {
	var errs []error
	pub, text, want := bracketed(ex)
	res := f.Find(nil, text, Claim{Published: pub})
	for _, w := range want {
		found := ""
		ok := false
		for _, d := range res.Dates {
			got := text[d.Start:d.End]
			found += " [" + got + "]{" + string(d.Value) + "}"
			ok = ok || got == w[0] && string(d.Value) == w[1]
		}
		if !ok {
			errs = append(errs, fmt.Errorf("%s: want [%s]{%s}, got%s", ex.Pos, w[0], w[1], found))
		}
	}
	return errs
}

// tells reports whether a rule that wins gives a date in the end; the other kinds always do.
func (f *Finder) tells(name, text string, pub letopis.When) bool {
	for r, c := range f.rules {
		if r.Name == name && c.kind != kDate {
			return true
		}
	}
	if pub == "" {
		pub = "2020-01-01"
	}
	for _, d := range f.Find(nil, text, Claim{Published: pub}).Dates {
		if d.Rule == name {
			return true
		}
	}
	return false
}

// firing returns the rules that win in a text.
func (f *Finder) firing(text string) map[string]bool {
	out := map[string]bool{}
	atoms := f.set.Atomize(nil, text)
	var dates, marks []rule.Match
	for _, m := range f.set.Match(nil, atoms) {
		if k := f.rules[m.Rule].kind; k == kDateline || k == kStamp || k == kAnniv {
			marks = append(marks, m)
		} else {
			dates = append(dates, m)
		}
	}
	for _, m := range append(rule.Select(dates), rule.Select(marks)...) {
		out[m.Rule.Name] = true
	}
	return out
}
