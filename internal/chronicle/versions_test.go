package chronicle

import (
	"testing"

	"letopis"
)

// Two origins that count otherwise stand side by side; a copy, a later word of the same
// origin, another thing that is counted and a day do not.
func TestVersions(t *testing.T) {
	north, south := &story{Origin: "Север", Key: "n"}, &story{Origin: "Юг", Key: "s"}
	tell := func(s *story, day letopis.When, text string) *member {
		at := letopis.Range{Span: letopis.Span{Start: 0, End: len([]rune(text))}, Text: text}
		x := &digester{rec: &letopis.Record{Dates: []letopis.Date{{Range: letopis.Range{Span: letopis.Span{Start: 0, End: 2}, Text: "12"}}}}}
		return &member{finding: &finding{Counts: x.counts(at)}, doc: &digest{Lang: "bg", Published: day, story: s}}
	}
	g := group{
		tell(north, "2020-10-01", "12 октомври: загинаха 10 войници и 3 цивилни"),
		tell(north, "2020-10-02", "12 октомври: загинаха 14 войници"),
		tell(south, "2020-10-02", "12 ноември: убити са 1 200 войника, 3 цивилни"),
		tell(south, "2020-10-01", "13 ноември"),
	}
	e := letopis.Entry{Versions: versions(g)}
	if got, want := e.Disputed(), "14 войници (Север) ≠ 1200 войници (Юг)"; got != want {
		t.Errorf("disputed is %q, want %q", got, want)
	}
	if v := versions(g[:2]); v != nil {
		t.Errorf("one origin contradicts itself: %v", v)
	}
}

// Whoever says that a thing happened and whoever says that it did not stay side by side,
// each with the other; so do two that name the attacker differently. One origin that
// tells both, another day and other people are no contradiction.
func TestContrary(t *testing.T) {
	tell := func(id, agency, text, code, src, dst, day string, modality letopis.Modality) article {
		a := write(t, id, "en", "2024-03-05", agency, text)
		v := a.event(letopis.Code(code), "", "", src, dst, day, text)
		v.Modality = modality
		return a
	}
	met := tell("a", "North", "Envoys of the two capitals met at the Kaleva lodge.", "CONSULT", "NOR", "FIN", "2024-03-04", letopis.Actual)
	not := tell("b", "South", "The ministry denies that envoys met at the Kaleva lodge.", "CONSULT", "FIN", "NOR", "2024-03-04", letopis.Negated)
	own := tell("c", "North", "No envoys met at the border.", "CONSULT", "NOR", "FIN", "2024-03-04", letopis.Negated)
	later := tell("d", "South", "No envoys met at the border.", "CONSULT", "NOR", "FIN", "2024-03-09", letopis.Negated)
	east := tell("e", "North", "East shelled the post at Halme bridge first.", "ASSAULT", "EST", "WST", "2024-03-04", letopis.Actual)
	west := tell("f", "South", "West shelled the post at Halme bridge first.", "ASSAULT", "WST", "EST", "2024-03-04", letopis.Actual)
	for _, c := range []struct {
		name     string
		articles []article
		want     letopis.Contrary
	}{
		{"denied", []article{met, not}, letopis.ContraryDenied},
		{"one origin", []article{met, own}, ""},
		{"another day", []article{met, later}, ""},
		{"who began", []article{east, west}, letopis.ContraryReversed},
		{"an attack and a meeting", []article{east, met}, ""},
	} {
		all := entries(t, nil, c.articles...)
		if len(all) != 2 {
			t.Fatalf("%s: %d entries, want 2", c.name, len(all))
		}
		for i, e := range all {
			var how letopis.Contrary
			if len(e.Against) > 0 {
				how = e.Against[0].How
				if o := all[1-i]; e.Against[0].Entry != o.ID || e.Against[0].Text != o.Text {
					t.Errorf("%s: %+v, want %s %q", c.name, e.Against[0], o.ID, o.Text)
				}
			}
			if how != c.want {
				t.Errorf("%s: %q is %q, want %q", c.name, e.Text, how, c.want)
			}
		}
	}
}

// Of a statement and its translation the words stand in front in which it was first put,
// also where the translation is fuller; what credits a translator is none of them.
func TestOriginalWording(t *testing.T) {
	en, bg := meetingEN(t, "en1", "2020-12-03", "TASS"), meetingBG(t, "bg1", "2020-12-04", "ТАСС", wireBG)
	front := func(articles ...article) string {
		for _, e := range entries(t, nil, articles...) {
			if e.Kind == letopis.FindingStatement && len(e.Reports) == 2 {
				if len(e.Wordings()) != 1 {
					t.Errorf("%d other wordings, want 1", len(e.Wordings()))
				}
				return e.Lang
			}
		}
		t.Fatal("the translation is another statement")
		return ""
	}
	if got := front(en, bg); got != "en" {
		t.Errorf("in front %q, want the wording of the first, en", got)
	}
	en.Document.Provenance = append(en.Document.Provenance, letopis.Source{Role: letopis.RoleTranslator, Name: "ПИ"})
	if got := front(en, bg); got != "bg" {
		t.Errorf("in front %q, want bg: the English one is a translation", got)
	}
}
