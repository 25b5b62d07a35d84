package train

import (
	"encoding/binary"
	"strings"
	"testing"
)

func TestSpelling(t *testing.T) {
	for name, want := range map[string]string{
		"Перник": "", "Търново": "bg", "Тырново": "ru", "Объезд": "ru", "Київ": "uk", "Рязань": "ru", "Монтьор": "", "Алматы": "ru",
		"Одесæ": "-", "Ўзда": "-", "Ямбол": "", "Ка": "-", "Sofia": "-", "Ніжын": "-", "Липецьк": "uk",
	} {
		if got := Spelling(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestNamesByRule(t *testing.T) {
	for ru, want := range map[string]string{"Тырново": "Тирново", "Рязань": "Рязан", "Эссен": "Есен", "Орёл": "Орьол", "Жёлтые": "Жолтие", "Вилья": "Вилия"} {
		if got := BulgarianOf(ru); got != want {
			t.Errorf("%s: %s, want %s", ru, got, want)
		}
	}
	if got := RussianOf("Канільо"); got != "Канильо" {
		t.Errorf("Канільо: %s", got)
	}
	s, err := NewSpeller("# c\nlatn\ta\tа\tа\nlatn\tb\tб\tб\nlatn\tc\tк\tк\nlatn\te\tе\tе\nlatn\t^e\tе\tэ\nxx\tc\tц\tц\nxx\tba$\tбиа\tбиа\nxx\th\t-\t-\n")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range [][4]string{{"Cabe", "yy", "bg", "Кабе"}, {"Cabe", "xx", "bg", "Цабе"}, {"Ebe-Aba", "yy", "ru", "Эбе-Аба"}, {"Heba", "xx", "ru", "Эбиа"}, {"Zab", "xx", "bg", ""}} {
		if got := s.Write(c[0], c[1], c[2]); got != c[3] {
			t.Errorf("%s in %s of %s: %q, want %q", c[0], c[2], c[1], got, c[3])
		}
	}
	if _, err := NewSpeller("xx\ta\n"); err == nil {
		t.Error("a row of two columns is read")
	}
}

func TestUnitsAndSizes(t *testing.T) {
	for _, c := range []struct {
		city City
		want string
	}{{City{Country: "US", Admin: "TX"}, "US-TX"}, {City{Country: "CA", Admin: "08"}, "CA-ON"}, {City{Country: "CA", Admin: "6"}, ""}, {City{Country: "CA", Admin: "99"}, ""}, {City{Country: "UA", Admin: "17"}, ""}, {City{Country: "BG"}, ""}} {
		if got := UnitOf(c.city); got != c.want {
			t.Errorf("%+v: %q, want %q", c.city, got, c.want)
		}
	}
	if SizeOf(1) != 1 || SizeOf(100_000) != 3 || SizeOf(20_000_000) != 6 {
		t.Error("sizes")
	}
}

func TestGazetteer(t *testing.T) {
	s, err := NewSpeller("latn\to\tо\tо\nlatn\tl\tл\tл\nlatn\td\tд\tд\n")
	if err != nil {
		t.Fatal(err)
	}
	g := &GeoTables{
		Cities: []City{
			{ID: 30, Name: "Oldo", Country: "XA", Population: 20_000, Lat: 1.5},
			{ID: 4, Name: "Plevo", Country: "XA", Population: 400_000, Lat: 1, Lon: 2, Alternates: []string{"Плево", "Плевы", "Плэвъ ошс"}},
			{ID: 5, Name: "Known", Country: "XA"}, {ID: 6, Name: "Main", Country: "XA", Population: 9}, {ID: 7, Name: "Elsewhere", Country: "XC"}, {ID: 8, Name: "Namesake", Country: "XA"},
		},
		Units:    []Unit{{Code: "XA-1", Name: "Dol", Names: map[string]string{"uk": "Дол"}}, {Code: "XA-2", Name: "North", Names: map[string]string{"uk": "Північ"}}},
		Known:    map[string]bool{"5": true},
		Capitals: map[string]string{"XA": "Main"},
		Called:   map[string]map[string][]string{"Namesake": {"bg": {"Двойник"}, "ru": {"Тёзка"}}},
		Taken:    func(name, _ string) bool { return name == "Oldo" },
		Spell:    s, Alpha3: func(code string) string { return map[string]string{"XA": "XAX"}[code] },
		Alike: func(latin, cyrillic string) float64 {
			if latin == "North" {
				return 1
			}
			return 0
		},
	}
	places, names, err := Gazetteer(g)
	if err != nil {
		t.Fatal(err)
	}
	if want := "capital-XAX\tcity\tXAX\t\t0\t0\t6\t\t1\ng30\tcity\tXAX\t\t1.5\t0\t30\t\t1\ng4\tcity\tXAX\t\t1\t2\t4\t\t4\ng8\tcity\tXAX\t\t0\t0\t8\t\t1\nxa-1\tunit\tXAX\t\t\t\t\tXA-1\t0\nxa-2\tunit\tXAX\t\t\t\t\tXA-2\t0\n"; places != want {
		t.Errorf("places\n%s", places)
	}
	for lang, want := range map[string]string{"en": "g4\tPlevo?\ng8\tNamesake?\nxa-1\tDol?\nxa-2\tNorth?\n", "bg": "g30\tОлдо?\ng4\tПлево?\ng8\tДвойник?\nxa-1\tДол?\n", "ru": "g30\tОлдо?\ng4\tПлевы?\ng8\tТёзка?\nxa-1\tДол?\n"} {
		if names[lang] != want {
			t.Errorf("%s\n%s", lang, names[lang])
		}
	}
}

// catalogue makes a .mo file of one message.
func catalogue(id, text string) []byte {
	b := binary.LittleEndian.AppendUint32(nil, 0x950412de)
	for _, n := range []int{0, 1, 28, 36, 0, 0, len(id), 44, len(text), 44 + len(id)} {
		b = binary.LittleEndian.AppendUint32(b, uint32(n))
	}
	return append(append(b, id...), text...)
}

func TestMessages(t *testing.T) {
	got, err := Messages(catalogue("Dol", "Дол"))
	if err != nil || got["Dol"] != "Дол" {
		t.Errorf("%v, %v", got, err)
	}
	if _, err := Messages([]byte("no catalogue")); err == nil {
		t.Error("a file that is no catalogue is read")
	}
}

func FuzzMessages(f *testing.F) {
	f.Add(catalogue("a", "b"))
	f.Fuzz(func(_ *testing.T, b []byte) { Messages(b) })
}

func FuzzSpelling(f *testing.F) {
	f.Add("Търново")
	f.Fuzz(func(t *testing.T, s string) {
		if lang := Spelling(s); lang == "bg" && !strings.ContainsAny(strings.ToLower(s), "ъ") {
			t.Errorf("%q is Bulgarian without a letter that is", s)
		}
		BulgarianOf(s)
	})
}
