package who

import (
	"os"
	"slices"
	"strings"
	"testing"

	"letopis"
	"letopis/internal/locale"
)

func asker(t *testing.T, o Options) *Asker {
	t.Helper()
	w, err := Open(os.DirFS("../../data"), o)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestAsk(t *testing.T) {
	a := asker(t, Options{UI: "en"}).Ask("Владимир Путин", "Vladimir Putin")
	if len(a.Names) != 2 || a.Same == nil || !a.Same.Same || !slices.Equal(a.Same.Common, []string{"person/vladimir-putin"}) {
		t.Fatalf("%+v", a)
	}
	p := a.Names[0].Persons[0]
	if p.ID != "person/vladimir-putin" || p.Name != "Vladimir Putin" || p.Country != "RUS" || !p.Full || len(p.Offices) < 3 {
		t.Errorf("%+v", p)
	}
	if one := asker(t, Options{UI: "en"}).Ask("NATO"); one.Same != nil || len(one.Names[0].Others) == 0 || one.Names[0].Others[0].ID != "body/nato" {
		t.Errorf("%+v", one)
	}
}

// A name is asked for in the languages of its script, that of the interface first.
func TestLangs(t *testing.T) {
	for _, c := range []struct {
		o    Options
		name string
		want string // the first
		not  string
	}{{Options{UI: "bg"}, "Иво", "bg", "en"}, {Options{UI: "ru"}, "Иво", "ru", "en"}, {Options{UI: "bg"}, "Ivo", "en", "bg"}, {Options{UI: "bg", Lang: "RU"}, "Иво", "ru", "bg"}} {
		got := asker(t, c.o).langs(c.name)
		if len(got) == 0 || got[0] != c.want || slices.Contains(got, c.not) {
			t.Errorf("%+v %s: %v", c.o, c.name, got)
		}
	}
	// A script that no language has: any may know it.
	if got := asker(t, Options{UI: "bg"}).langs("中国"); len(got) < 3 {
		t.Errorf("%v", got)
	}
	if _, err := Open(os.DirFS("../../data"), Options{UI: "en", Lang: "xx"}); letopis.KindOf(err) != letopis.Unsupported {
		t.Errorf("language xx: %v", err)
	}
}

// At one time there are the offices of that time, and none is told where there was none.
func TestAt(t *testing.T) {
	loc, err := locale.Of("en")
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range map[string]string{"2010": "prime minister, Russia", "1900": "none known at 1900"} {
		w := asker(t, Options{UI: "en", At: at})
		var b strings.Builder
		if err := w.Text(&b, w.Ask("Путин"), loc); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), want) {
			t.Errorf("at %s: no %q in\n%s", at, want, b.String())
		}
	}
}

func FuzzSpaced(f *testing.F) {
	f.Add(" Иво \t Колев ")
	f.Add("\xff")
	f.Fuzz(func(t *testing.T, name string) {
		got, err := Spaced(name)
		if (err == nil) != (got != "") || got != strings.TrimSpace(got) || strings.Contains(got, "  ") {
			t.Errorf("%q: %q, %v", name, got, err)
		}
		if again, err := Spaced(got); got != "" && (err != nil || again != got) {
			t.Errorf("%q twice: %q, %v", name, again, err)
		}
	})
}
