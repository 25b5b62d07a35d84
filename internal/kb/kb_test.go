package kb

import (
	"os"
	"strings"
	"testing"
)

// dataKB opens the tables that ship.
func dataKB(tb testing.TB) *KB {
	tb.Helper()
	k, err := Open(os.DirFS("../../data/kb"))
	if err != nil {
		tb.Fatal(err)
	}
	return k
}

// toks splits at spaces: the test sentences are written tokenised.
func toks(s string) []Tok {
	var ts []Tok
	for _, f := range strings.Fields(s) {
		ts = append(ts, Tok{Form: f})
	}
	return ts
}

// show gives the matches of a sentence as "words=kind:code", the words as in the text.
func show(k *KB, lang, sentence string) string {
	ts := toks(sentence)
	var out []string
	for _, m := range k.Scan(lang, ts) {
		var w []string
		for _, t := range ts[m.First : m.Last+1] {
			w = append(w, t.Form)
		}
		s := strings.Join(w, "_") + "=" + string(m.Kind)
		if m.Country != "" {
			s += ":" + m.Country
		}
		if m.Ambiguous {
			s += "?"
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

func TestScan(t *testing.T) {
	k := dataKB(t)
	for _, c := range []struct{ lang, text, want string }{
		{"bg", "Вчера Китай и Русия подписаха договор", "Китай=country:CHN Русия=country:RUS"},
		{"bg", "Според китайското ръководство Щатите грешат", "китайското=adjective:CHN Щатите=country:USA"},
		{"bg", "българите и китайците", "българите=demonym:BGR китайците=demonym:CHN"},
		{"bg", "Обединеното кралство напусна Европейския съюз", "Обединеното_кралство=country:GBR Европейския_съюз=body:EUR"},
		{"bg", "Съветът за сигурност на ООН заседава", "Съветът_за_сигурност_на_ООН=body:UNO"},
		{"bg", "съобщи Ройтерс , цитирана от БТА", "Ройтерс=outlet:GBR БТА=outlet:BGR"},
		{"bg", "В Чад е горещо", "Чад=country:TCD?"},
		{"bg", "от Кремъл и Белия дом", "Кремъл=seat:RUS Белия_дом=seat:USA"},
		{"ru", "с президентом Китая в Саудовской Аравии", "Китая=country:CHN Саудовской_Аравии=country:SAU"},
		{"ru", "в Южной Корее , Израилем и Нидерландах", "Южной_Корее=country:KOR Израилем=country:ISR Нидерландах=country:NLD"},
		{"ru", "китайскими и американцами", "китайскими=adjective:CHN американцами=demonym:USA"},
		{"ru", "передаёт агентство Синьхуа со ссылкой на Рейтер", "Синьхуа=outlet:CHN Рейтер=outlet:GBR"},
		{"ru", "Советом Безопасности ООН", "Советом_Безопасности_ООН=body:UNO"},
		{"ru", "в Кремле и Белом доме", "Кремле=seat:RUS Белом_доме=seat:USA"},
		{"en", "China 's envoy told us that the US would", "China=country:CHN US=country:USA US=adjective:USA"},
		{"en", "the Russians and the United Nations Security Council", "Russians=demonym:RUS United_Nations_Security_Council=body:UNO"},
		{"en", "a turkey in Turkey", "Turkey=country:TUR"},
		{"en", "People 's Republic of China", "People_'s_Republic_of_China=country:CHN"},
	} {
		if got := show(k, c.lang, c.text); got != c.want {
			t.Errorf("%s: %s\n got %s\nwant %s", c.lang, c.text, got, c.want)
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		dataKB(b)
	}
}

func BenchmarkOpenCompile(b *testing.B) {
	for b.Loop() {
		dataKB(b).dict("bg")
	}
}

func BenchmarkScan(b *testing.B) {
	k := dataKB(b)
	ts := toks("Вчера президентът на Китай се срещна в Саудитска Арабия с посланика на Руската федерация при Съвета за сигурност на ООН , съобщи Ройтерс")
	k.Scan("bg", ts)
	b.ReportAllocs()
	for b.Loop() {
		k.Scan("bg", ts)
	}
}
