package kb

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"letopis"
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
		{"bg", "Според китайското ръководство Щатите грешат", "китайското=adjective:CHN ръководство=organ Щатите=country:USA"},
		{"bg", "българите и китайците", "българите=demonym:BGR китайците=demonym:CHN"},
		{"bg", "Обединеното кралство напусна Европейския съюз", "Обединеното_кралство=country:GBR Европейския_съюз=body:EUR"},
		{"bg", "Съветът за сигурност на ООН заседава", "Съветът_за_сигурност_на_ООН=body:UNO"},
		{"bg", "съобщи Ройтерс , цитирана от БТА", "Ройтерс=outlet:GBR БТА=outlet:BGR"},
		{"bg", "В Чад е горещо", "Чад=country:TCD?"},
		{"bg", "от Кремъл и Белия дом", "Кремъл=seat:RUS Белия_дом=seat:USA"},
		{"ru", "с президентом Китая в Саудовской Аравии", "президентом=office Китая=country:CHN Саудовской_Аравии=country:SAU"},
		{"ru", "в Южной Корее , Израилем и Нидерландах", "Южной_Корее=country:KOR Израилем=country:ISR Нидерландах=country:NLD"},
		{"ru", "китайскими и американцами", "китайскими=adjective:CHN американцами=demonym:USA"},
		{"ru", "передаёт агентство Синьхуа со ссылкой на Рейтер", "агентство=organ Синьхуа=outlet:CHN Рейтер=outlet:GBR"},
		{"ru", "Советом Безопасности ООН", "Советом_Безопасности_ООН=body:UNO"},
		{"bg", "Руско-китайските отношения", "Руско-китайските=adjective:RUS Руско-китайските=adjective:CHN"},
		{"bg", "американо-китайска среща", "американо-китайска=adjective:USA американо-китайска=adjective:CHN"},
		{"ru", "российско-белорусские переговоры", "российско-белорусские=adjective:RUS российско-белорусские=adjective:BLR"},
		{"en", "Sino-Russian ties , a US-led group", "Sino-Russian=adjective:CHN Sino-Russian=adjective:RUS US-led=adjective:USA"},
		{"bg", "един по-добър ден", ""},
		{"ru", "в Кремле и Белом доме", "Кремле=seat:RUS Белом_доме=seat:USA"},
		{"en", "China 's envoy told us that the US would", "China=country:CHN envoy=office US=country:USA US=adjective:USA"},
		{"en", "the Russians and the United Nations Security Council", "Russians=demonym:RUS United_Nations_Security_Council=body:UNO"},
		{"en", "a turkey in Turkey", "Turkey=country:TUR"},
		{"en", "People 's Republic of China", "People_'s_Republic_of_China=country:CHN"},
	} {
		if got := show(k, c.lang, c.text); got != c.want {
			t.Errorf("%s: %s\n got %s\nwant %s", c.lang, c.text, got, c.want)
		}
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

func TestPerson(t *testing.T) {
	k := dataKB(t)
	for _, c := range []struct{ name, lang, want string }{
		{"Владимир Путин", "bg", "person/vladimir-putin"},
		{"Путин", "ru", "person/vladimir-putin"},
		{"Wladimir Putin", "en", "person/vladimir-putin"},
		{"Реджеп Ердоган", "bg", "person/recep-tayyip-erdogan"},
		{"Эрдоган", "ru", "person/recep-tayyip-erdogan"},
		{"Erdoğan", "en", "person/recep-tayyip-erdogan"},
		{"Си Дзинпин", "bg", "person/xi-jinping"},
		{"Чън Гуопинг", "bg", "person/cheng-guoping"},
		{"Чэн Гопин", "ru", "person/cheng-guoping"},
		{"Урсула фон дер Лайен", "bg", "person/ursula-von-der-leyen"},
		{"Франк-Валтер Щайнмайер", "bg", "person/frank-walter-steinmeier"},
		{"Иван Незнаков", "bg", ""},
	} {
		got := ""
		if f := k.Person(c.name, c.lang); len(f) > 0 {
			got = f[0].ID
		}
		if got != c.want {
			t.Errorf("%s (%s) is %q, want %q", c.name, c.lang, got, c.want)
		}
	}
}

func TestOfficeHolder(t *testing.T) {
	k := dataKB(t)
	for _, c := range []struct{ office, country, when, want string }{
		{"president", "RUS", "2010", "dmitry-medvedev"},
		{"president", "RUS", "2020-10", "vladimir-putin"},
		{"president", "CHN", "2020-09", "xi-jinping"},
		{"prime-minister", "GBR", "2019-07", "theresa-may boris-johnson"},
		{"chancellor", "DEU", "2020-W12", "angela-merkel"},
		{"secretary-general", "UNO", "2003-05-01", "kofi-annan"},
		{"director-general", "iaea", "2018", "yukiya-amano"},
		{"president", "BGR", "2011/2012-06", "georgi-parvanov rosen-plevneliev"},
		{"president", "XYZ", "2011", ""},
	} {
		var got []string
		for _, h := range k.OfficeHolder(c.office, c.country, c.when) {
			got = append(got, h.Person)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s of %s in %s: %s, want %s", c.office, c.country, c.when, s, c.want)
		}
	}
}

func TestSameName(t *testing.T) {
	k := dataKB(t)
	for _, c := range []struct {
		a, la, b, lb string
		want         bool
	}{
		{"Чън Гуопинг", "bg", "Cheng Guoping", "en", true},
		{"Чън Гуопинг", "bg", "Чэн Гопин", "ru", true},
		{"Чэн Гопин", "ru", "Cheng Kuo-p'ing", "en", true},
		{"Владимир Путин", "ru", "Wladimir Putin", "de", true},
		{"Владимир Путин", "ru", "Volodymyr Putin", "en", false},
		{"Ердоган", "bg", "Erdoğan", "tr", true},
		{"Джорж Уошингтон", "bg", "George Washington", "en", true},
		{"Иван Петров", "bg", "Иван Павлов", "bg", false},
		{"А. Денисов", "bg", "Андрей Денисов", "ru", true},
		{"Елизабет II", "bg", "Elizabeth I", "en", false},
	} {
		if got, why := k.SameName(c.a, c.la, c.b, c.lb); got != c.want {
			t.Errorf("%s, %s: %v, want %v (%s)", c.a, c.b, got, c.want, why)
		}
	}
}

func TestLatin(t *testing.T) {
	k := dataKB(t)
	for _, c := range []struct{ name, lang, want string }{
		{"Реджеп Ердоган", "bg", "Recep Tayyip Erdoğan"},
		{"Чън Гуопинг", "bg", "Cheng Guoping"},
		{"Чжан Вэй", "ru", "Zhang Wei"},
		{"Лю Сяомин", "ru", "Liu Xiaoming"},
		{"Илияна Христова", "bg", "Iliyana Hristova"},
		{"Щерьо Мария", "bg", "Shteryo Maria"},
		{"Евгений Жуков", "ru", "Yevgeny Zhukov"},
		{"Ганна Їжакевич", "uk", "Hanna Yizhakevych"},
		{"Anna-Lena Müller", "de", "Anna-Lena Müller"},
	} {
		if got := k.Latin(c.name, c.lang); got != c.want {
			t.Errorf("%s (%s) is %q, want %q", c.name, c.lang, got, c.want)
		}
	}
}

func TestExplain(t *testing.T) {
	k := dataKB(t)
	e := k.Explain("Медведев", "ru")
	if len(e.Persons) == 0 || e.Persons[0].ID != "person/dmitry-medvedev" || len(e.Persons[0].Terms) < 2 || e.Persons[0].Names["bg"] == nil || e.Persons[0].Why.String() == "" {
		t.Errorf("Медведев: %+v", e)
	}
	if e := k.Explain("НАТО", "bg"); len(e.Others) != 1 || e.Others[0].Country != "NAT" {
		t.Errorf("НАТО: %+v", e.Others)
	}
}

// TestCheck fails on what is wrong in the tables that ship. Gaps are what we do not
// know, and one reign was that long.
func TestCheck(t *testing.T) {
	for _, s := range dataKB(t).Check() {
		if strings.HasPrefix(s, "terms.tsv: gap:") || strings.HasPrefix(s, "terms.tsv: elizabeth-ii is monarch") {
			continue
		}
		t.Error(s)
	}
}

func TestCheckFinds(t *testing.T) {
	k, err := Open(fstest.MapFS{
		"countries.tsv":    {Data: []byte("BGR\tBG\tstate\nGRC\tGR\tstate\n")},
		"persons.tsv":      {Data: []byte("a\tBGR\tm\nb\tBGR\tf\nc\tBGR\tf\n")},
		"offices.tsv":      {Data: []byte("president\toffice\tGOV\tnational single\n")},
		"terms.tsv":        {Data: []byte("a\tpresident\tBGR\t1890-01\t1990-01\nb\tpresident\tBGR\t1989-01\t1995-02\nc\tpresident\tBGR\t2001-02\n")},
		"bg/decline.tsv":   {Data: []byte("*\t-\t-\n")},
		"bg/countries.tsv": {Data: []byte("GRC\tГърция\n")},
		"bg/persons.tsv":   {Data: []byte("b\tБ. Б\u0438\u0306ова\na\tА. Анов\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join(k.Check(), "\n")
	for _, want := range []string{
		"sixty years are doubtful", "overlap: a is president of BGR", "gap: after b", "bg/countries.tsv: no name for BGR",
		"bg/persons.tsv: no name for c", "bg/persons.tsv:2:1: not sorted", "bg/persons.tsv:1:8: a combining mark",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no complaint %q in:\n%s", want, got)
		}
	}
}

func TestOverlay(t *testing.T) {
	fsys, err := Overlay(os.DirFS("../../data"), "kb", fstest.MapFS{
		"persons.tsv":    {Data: []byte("# ours\ntadeusz-welicki\tPOL\tm\nvladimir-putin\tRUS\tm\tbare\n")},
		"bg/persons.tsv": {Data: []byte("tadeusz-welicki\tТадеуш Велички\n")},
		"terms.tsv":      {Data: []byte("tadeusz-welicki\tmayor\tPOL\t2019-03\t")},
	})
	if err != nil {
		t.Fatal(err)
	}
	sub, err := fs.Sub(fsys, "kb")
	if err != nil {
		t.Fatal(err)
	}
	k, err := Open(sub)
	if err != nil {
		t.Fatal(err)
	}
	if f := k.Person("Тадеуш Велички", "bg"); len(f) != 1 || f[0].ID != "person/tadeusz-welicki" {
		t.Errorf("found %v", f)
	}
	if h := k.OfficesAt("tadeusz-welicki", "2020"); len(h) != 1 || h[0].Office != "mayor" {
		t.Errorf("offices %v", h)
	}
	if k.Version() == dataKB(t).Version() || len(k.OfficesAt("vladimir-putin", "2020")) == 0 {
		t.Error("the rest of the knowledge base is not as it was")
	}
	if _, err := Overlay(os.DirFS("../../data"), "kb", fstest.MapFS{"nobody.tsv": {}}); letopis.KindOf(err) != letopis.Invalid {
		t.Errorf("a table of no meaning: %v", err)
	}
}

func TestExpand(t *testing.T) {
	for _, c := range []struct{ cell, want string }{
		{"a|b", "a|b"},
		{"Organi{s,z}ation", "Organisation|Organization"},
		{"x {a,b} {c,d}|y{,s}", "x a c|x a d|x b c|x b d|y|ys"},
		{"{a", ""}, {"a}", ""}, {"{a{b}}", ""}, {"{a|b}", ""}, {strings.Repeat("{a,b}", 7), ""},
	} {
		got, err := expand(c.cell)
		if got != c.want || (err != nil) != (c.want == "") {
			t.Errorf("%s is %q (%v), want %q", c.cell, got, err, c.want)
		}
	}
}

func TestOpenErrors(t *testing.T) {
	fsys := fstest.MapFS{
		"countries.tsv":     {Data: []byte("BGR\tBG\tstate\nBGR\tBG\tnation\n")},
		"persons.tsv":       {Data: []byte("a\tBGR\tm\nb\tXXX\n")},
		"offices.tsv":       {Data: []byte("president\toffice\tGOV\tnational\n")},
		"terms.tsv":         {Data: []byte("a\tpresident\tBGR\t2010-13\t2009\nc\tpresident\tBGR\t2010\na\tpresident\tBGR\t2011-02-31\n")},
		"bg/decline.tsv":    {Data: []byte("*\t-\t-\n")},
		"bg/countries.tsv":  {Data: []byte("BGR\tБългария||БГ\tСоф{ия\nXXX\tНищо\n")},
		"bg/outlets.tsv":    {Data: []byte("x\ty\tz\tw\n")},
		"translit/near.tsv": {Data: []byte("ab\t200\n")},
	}
	_, err := Open(fsys)
	if letopis.KindOf(err) != letopis.Invalid {
		t.Fatalf("kind %q of %v", letopis.KindOf(err), err)
	}
	for _, want := range []string{
		"countries.tsv:2:1: country BGR stands here twice", "persons.tsv:2:3: no country", "terms.tsv:1:17: date", "terms.tsv:1:25: ends in 2009",
		"terms.tsv:2:1: no person", "bg/countries.tsv:1:5: an empty form", "bg/countries.tsv:1:18: unbalanced braces", "terms.tsv:3:17: date", "bg/countries.tsv:2:1: no country", "bg/outlets.tsv:1:7: 4 fields", "translit/near.tsv:1:4: cost",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("no complaint %q in:\n%v", want, err)
		}
	}
}

// What a language writes in Latin letters is data alone: of a made-up one, and of one that has no letters of its own.
func TestRomanizeByTables(t *testing.T) {
	k, err := Open(fstest.MapFS{
		"countries.tsv": {Data: []byte("CHN\tCN\tstate\n")}, "xx/decline.tsv": {Data: []byte("*\t-\t-\n")},
		"translit/chinese.tsv": {Data: []byte("xx\tбо\tbo\nxx\tляр\tlia\n")}, "translit/chinese-surnames.tsv": {Data: []byte("lia\n")},
		"translit/latin.tsv": {Data: []byte("yy\tб\tb\nyy\tо\to\nyy\tу\tou\n")}, "translit/scripts.tsv": {Data: []byte("cyrl\tyy\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range [][3]string{{"Ляр Бобо", "xx", "Lia Bobo"}, {"Бобу", "xx", "Bobou"}, {"Бобу", "zz", "Bobou"}} {
		if got := k.Romanize(c[0], c[1]); got != c[2] {
			t.Errorf("%s of %s is %q, want %q", c[0], c[1], got, c[2])
		}
	}
	_, err = Open(fstest.MapFS{"countries.tsv": {Data: []byte("CHN\tCN\tstate\n")}, "xx/decline.tsv": {Data: []byte("*\t-\t-\n")}, "translit/scripts.tsv": {Data: []byte("cyrl\tyy\n")}})
	if err == nil || !strings.Contains(err.Error(), `translit/scripts.tsv:1:6: latin.tsv has no letters of "yy"`) {
		t.Errorf("a script without letters: %v", err)
	}
}

// Any table makes a folder a language, whichever of them it is.
func TestLanguageOfOneTable(t *testing.T) {
	common := func() fstest.MapFS {
		return fstest.MapFS{"countries.tsv": {Data: []byte("NOR\tNO\tstate\n")}, "persons.tsv": {Data: []byte("a-b\tNOR\tm\n")}, "outlets.tsv": {Data: []byte("o\tpaper\tNOR\tOo\n")},
			"bodies.tsv": {Data: []byte("b\tbody\tIGO\tIGO\n")}, "offices.tsv": {Data: []byte("king\toffice\tGOV\tnational\n")}, "places.tsv": {Data: []byte("p\tcity\tNOR\n")}, "und/decline.tsv": {Data: []byte("*\t-\t-\n")}}
	}
	rows := map[string]string{"places.tsv": "p\tНорсия", "gazetteer.tsv": "p\tНорсия?", "countries.tsv": "NOR\tНорсия", "bodies.tsv": "b\tНорсия", "offices.tsv": "king\tНорсия", "outlets.tsv": "o\tНорсия", "persons.tsv": "a-b\tНорсия", "decline.tsv": "*\t-\t-"}
	for _, table := range LangTables() {
		fsys := common()
		fsys["xx/"+table] = &fstest.MapFile{Data: []byte(rows[table] + "\n")}
		k, err := Open(fsys)
		if err != nil {
			t.Fatalf("%s: %v", table, err)
		}
		if got := k.Langs(); !slices.Equal(got, []string{"xx"}) {
			t.Errorf("%s: languages %q", table, got)
		}
		found := k.Scan("xx", toks("В Норсия е студено"))
		if table != "decline.tsv" && (len(found) != 1 || found[0].First != 1) {
			t.Errorf("%s: found %+v", table, found)
		}
	}
	if _, err := Open(fstest.MapFS{"countries.tsv": {Data: []byte("NOR\tNO\tstate\n")}, "translit/latin.tsv": {Data: []byte("xx\tб\tb\n")}}); err == nil {
		t.Error("a folder without tables of a language is one")
	}
}

func FuzzTSV(f *testing.F) {
	f.Add("A\tb\nC\td|e\n# c\n")
	f.Add("\t\n\xff\tb\n a\tb \n")
	f.Fuzz(func(t *testing.T, s string) {
		fsys := fstest.MapFS{
			"countries.tsv": {Data: []byte("BGR\tBG\tstate\n")}, "bg/decline.tsv": {Data: []byte(s)},
			"bg/countries.tsv": {Data: []byte("BGR\tБългария|Република~0 {България,Б}?\n")}, "terms.tsv": {Data: []byte(s)},
			"translit/sound.tsv": {Data: []byte(s)}, "bodies.tsv": {Data: []byte(s)}, "bg/bodies.tsv": {Data: []byte(s)},
		}
		k, err := Open(fsys)
		if err != nil {
			return
		}
		for _, m := range k.Scan("bg", toks("в България и "+s)) {
			if m.First > m.Last {
				t.Errorf("match %+v", m)
			}
		}
		k.Person(s, "bg")
		k.Check()
	})
}

func FuzzName(f *testing.F) {
	k := dataKB(f)
	f.Add("Владимир Путин", "ru", "Vladimir Putin", "en")
	f.Add("фон", "bg", "II", "xx")
	f.Fuzz(func(t *testing.T, a, la, b, lb string) {
		ab, _ := k.SameName(a, la, b, lb)
		_ = ab
		k.Key(a, la)
		k.Latin(b, lb)
		k.Person(a, la)
		k.Scan(la, toks(a+" "+b))
	})
}

// TestConcurrent is for the race detector: a fresh KB is used by many at once.
func TestConcurrent(t *testing.T) {
	k := dataKB(t)
	var wg sync.WaitGroup
	for _, lang := range []string{"bg", "ru", "en", "xx", "bg"} {
		wg.Go(func() {
			if len(k.Scan(lang, toks("Reuters , China и Китай"))) == 0 {
				t.Errorf("%s: nothing found", lang)
			}
			k.Person("Путин", lang)
			k.Latin("Чжан Вэй", lang)
		})
	}
	wg.Wait()
}

// Of equally near persons the one whom the surname alone commonly means comes first.
func TestPersonBareFirst(t *testing.T) {
	k, err := Open(fstest.MapFS{
		"countries.tsv": {Data: []byte("NOR\tNO\tstate\n")}, "xx/decline.tsv": {Data: []byte("*\t-\t-\n")},
		"persons.tsv":            {Data: []byte("ada-vell\tNOR\tf\nbo-vell\tNOR\tm\tbare\ncy-vell\tNOR\tm\n")},
		"xx/persons.tsv":         {Data: []byte("ada-vell\tAda Vell\nbo-vell\tBo Vell\ncy-vell\tCy Vell\n")},
		"translit/sound.tsv":     {Data: []byte("latn\ta\ta\nlatn\tb\tb\nlatn\tc\tk\nlatn\td\td\nlatn\te\te\nlatn\tl\tl\nlatn\to\to\nlatn\tv\tv\nlatn\ty\ti\n")},
		"translit/particles.tsv": {Data: []byte("von\tsurname\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"Vell": "bo-vell ada-vell cy-vell", "Ada Vell": "ada-vell", "Cy Vell": "cy-vell"} {
		var ids []string
		for _, f := range k.Person(name, "xx") {
			ids = append(ids, last(f.ID))
		}
		if got := strings.Join(ids, " "); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
}
