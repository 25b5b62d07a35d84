package who

import (
	"fmt"
	"io"
	"strings"

	"letopis/internal/kb"
	"letopis/internal/locale"
)

// Text writes an answer of this asker for a person to read.
func (w *Asker) Text(to io.Writer, a *Answer, loc locale.Texts) error {
	var b strings.Builder
	for i, n := range a.Names {
		if i > 0 {
			b.WriteString("\n")
		}
		w.print(&b, loc, n)
	}
	if a.Same != nil {
		w.printSame(&b, loc, a.Names, a.Same)
	}
	_, err := io.WriteString(to, b.String())
	return err
}

// print writes what is known of a name for a person to read.
func (w *Asker) print(b *strings.Builder, loc locale.Texts, n Name) {
	fmt.Fprintf(b, "%s\n", n.Name)
	line(b, loc.T("who.lang"), n.Lang)
	line(b, loc.T("who.latin"), n.Latin)
	line(b, loc.T("who.key"), n.Key)
	if len(n.Persons)+len(n.Others) == 0 {
		fmt.Fprintf(b, "\n%s\n", loc.T("who.none"))
	}
	// What the name is exactly comes before the persons whose names only sound like it.
	if len(n.Persons) > 0 && n.Persons[0].Distance > 0 {
		w.printOthers(b, loc, n.Others)
		w.printPersons(b, loc, n.Persons)
		return
	}
	w.printPersons(b, loc, n.Persons)
	w.printOthers(b, loc, n.Others)
}

// printPersons writes the persons that a name may mean.
func (w *Asker) printPersons(b *strings.Builder, loc locale.Texts, persons []Person) {
	for _, p := range persons {
		fmt.Fprintf(b, "\n%s · %s · %s\n", p.Name, w.place(p.Country), p.ID)
		line(b, loc.T("who.why"), ground(loc, p.why))
		if !p.Full {
			line(b, "", loc.T("who.surname"))
		}
		for _, lang := range append(w.kb.Langs(), "und") {
			if names := p.Names[lang]; len(names) > 0 {
				line(b, loc.T("who.names")+" "+strings.Replace(lang, "und", "Latn", 1), strings.Join(names, ", "))
			}
		}
		w.printTerms(b, loc, p.Offices)
	}
}

// printOthers writes the countries, bodies, offices and media that a name may mean.
func (w *Asker) printOthers(b *strings.Builder, loc locale.Texts, others []Other) {
	for _, o := range others {
		head := []string{o.Names[w.ui], loc.T("who.kind." + string(o.Kind))}
		if o.Kind != kb.KindCountry && o.Country != "" {
			head = append(head, w.place(o.Country))
		}
		fmt.Fprintf(b, "\n%s\n", strings.Join(append(head, o.ID), " · "))
		line(b, loc.T("who.facts"), o.Facts)
		if o.Often {
			line(b, "", loc.T("who.ambiguous"))
		}
		for _, lang := range w.kb.Langs() {
			line(b, loc.T("who.names")+" "+lang, o.Names[lang])
		}
		w.printTerms(b, loc, o.Offices)
	}
}

// printTerms writes offices, the earliest first.
func (w *Asker) printTerms(b *strings.Builder, loc locale.Texts, terms []Term) {
	label := loc.T("who.offices")
	switch {
	case w.at != "" && len(terms) == 0:
		line(b, label, fmt.Sprintf(loc.T("who.offices.none"), w.at))
	case w.at != "":
		label += " " + w.at
	}
	for i, t := range terms {
		if i > 0 {
			label = ""
		}
		what := []string{t.Title, t.ofName}
		if t.person {
			what[1] = t.Name
		}
		if t.atPlace != "" {
			what = append(what, loc.T("who.accredited")+" "+t.atPlace)
		}
		line(b, label, fmt.Sprintf("%-10s – %-10s  %s", t.From, t.Until, strings.Join(what, ", ")))
	}
}

// ground tells a ground in the language of the interface.
func ground(loc locale.Texts, w kb.Why) string {
	s := loc.T("who.why." + string(w.Reason))
	switch w.Reason {
	case kb.NumbersDiffer, kb.GivenDiffer:
		s = fmt.Sprintf(s, w.A, w.B)
	case kb.Together:
		s = fmt.Sprintf(s, w.Distance)
	case kb.WordsAlike:
		s = fmt.Sprintf(s, w.Distance, w.A, w.B, w.Worst)
	}
	if w.Form != "" {
		return w.Form + ": " + s
	}
	return s
}

// printSame writes whether two names are one.
func (w *Asker) printSame(b *strings.Builder, loc locale.Texts, n []Name, s *Same) {
	key := "who.different"
	if s.Same {
		key = "who.same"
	}
	fmt.Fprintf(b, "\n%s, %s: %s\n", n[0].Name, n[1].Name, loc.T(key))
	line(b, loc.T("who.why"), ground(loc, s.why))
	if len(s.Common) > 0 {
		line(b, loc.T("who.common"), strings.Join(s.Common, ", "))
	}
}

// line writes a line of label and value, nothing where the value is empty.
func line(b *strings.Builder, label, value string) {
	if value != "" {
		fmt.Fprintf(b, "  %-13s %s\n", label, strings.TrimRight(value, " "))
	}
}
