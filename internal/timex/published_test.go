package timex

import (
	"testing"

	"letopis"
)

// TestPublished decides the article's date in texts of our own.
func TestPublished(t *testing.T) {
	set := testSet(t)
	// Three who were all in office from July 2017 to June 2018.
	held := []Tenure{
		{Terms: [][2]letopis.When{{"2010", "2018-06"}}},
		{Terms: [][2]letopis.When{{"2017-07-10", "2019"}}},
		{Terms: [][2]letopis.When{{"2001", "2005-03"}, {"2015", "2020"}}},
	}
	for _, c := range []struct {
		lang  string
		claim Claim
		text  string
		want  letopis.When
		basis letopis.Basis
		over  letopis.When
	}{
		{"bg", Claim{Published: "2019-03-05"}, "Съдът заседава днес.", "2019-03-05", letopis.BasisMetadata, ""},
		{"bg", Claim{Published: "2019-03-05", Given: true}, "София, 7 март 2020 г. - Съдът заседава днес.", "2019-03-05", letopis.BasisGiven, ""},
		{"bg", Claim{Published: "2021-01-01"}, "София, 7 март 2020 г. - Съдът заседава днес.", "2020-03-07", letopis.BasisText, "2021-01-01"},
		{"bg", Claim{Published: "2020-03-08"}, "/София, 7 март/ Съдът заседава днес.", "2020-03-07", letopis.BasisText, "2020-03-08"},
		{"bg", Claim{Published: "1970-01-01"}, "Съдът заседава днес.", "", "", "1970-01-01"},
		{"bg", Claim{}, "Съдът заседава днес, 7 март 2020 г., в София.", "2020-03-07", letopis.BasisText, ""},
		{"ru", Claim{}, "Суд заседал вчера, 7 марта 2020 года, в Москве.", "2020-03-08", letopis.BasisText, ""},
		{"ru", Claim{Published: "2020-03-09"}, "МОСКВА, 8 мар - Суд заседал вчера.", "2020-03-08", letopis.BasisText, "2020-03-09"},
		{"ru", Claim{Published: "2020-03-09"}, "Вчера, 8 марта, суд заседал.", "2020-03-09", letopis.BasisMetadata, ""},
		{"en", Claim{}, "A title\n\nPublished: 7 March 2020\n\nThe court met.", "2020-03-07", letopis.BasisText, ""},
		{"en", Claim{Published: "2020-03-09"}, "PARIS, March 8 (Reuters) - The court met on Friday.", "2020-03-08", letopis.BasisText, "2020-03-09"},
		{"en", Claim{}, "In October the king met the pope. In September they marked the 50th anniversary of the end of World War II.", "1995-11", letopis.BasisInferred, ""},
		{"en", Claim{}, "In May the king met the pope.", "", "", ""},
		{"ru", Claim{}, "В сентябре отметили 75-летие победы во Второй мировой войне. В октябре прошел саммит.", "2020-11", letopis.BasisInferred, ""},
		{"ru", Claim{}, "Суд заседал в среду, 7 ноября. Дело начато в 2017 году.", "2018-11-07/2018-12-08", letopis.BasisInferred, ""},
		{"en", Claim{Published: "2010-05-05"}, "He was elected in March 2015. He left on 5 May 2016, and died on 7 June 2017.", "", "", "2010-05-05"},
		// A crawl date years after: an anniversary, a weekday beside its date, two in office.
		{"bg", Claim{Published: "2024-06-01"}, "През септември отбелязаха 75-годишнината от края на Втората световна война. През октомври се проведе среща.", "2020-11", letopis.BasisInferred, "2024-06-01"},
		{"ru", Claim{Published: "2024-06-01"}, "Суд заседал в среду, 7 ноября. Дело начато в 2017 году.", "2018-11-07/2018-12-08", letopis.BasisInferred, "2024-06-01"},
		{"en", Claim{Published: "2024-06-01"}, "In September they marked the 50th anniversary of the end of World War II. In October the king met the pope.", "1995-11", letopis.BasisInferred, "2024-06-01"},
		{"en", Claim{Published: "2024-06-01"}, "The court met on Wednesday, November 7. The case was opened in 2017.", "2018-11-07/2018-12-08", letopis.BasisInferred, "2024-06-01"},
		{"en", Claim{Held: held[:2], Published: "2024-05-05"}, "In May the king met the pope. He was elected in 2017.", "2018-06", letopis.BasisInferred, "2024-05-05"},
		// The same where the text knows the claimed time too, or the weekday fits it.
		{"en", Claim{Published: "1996-06-01"}, "In September 1995 they marked the 50th anniversary of the end of World War II. In May the king met the pope.", "1996-06-01", letopis.BasisMetadata, ""},
		{"en", Claim{Published: "2024-06-01"}, "In September they marked the 50th anniversary of the end of World War II. In May the king met the pope. He was elected in 2023.", "2024-06-01", letopis.BasisMetadata, ""},
		{"ru", Claim{Published: "2029-11-08"}, "Суд заседал в среду, 7 ноября. Дело начато в 2017 году.", "2029-11-08", letopis.BasisMetadata, ""},
		{"bg", Claim{Published: "2024-06-01"}, "През 2014 г. двете страни подписаха договор. През май кралят се срещна с папата.", "2024-06-01", letopis.BasisMetadata, ""},
		// Before the newest event told: one day two years beyond, or two times a year beyond; not a plan, not a term.
		{"bg", Claim{Published: "2010-05-05"}, "Той почина на 7 юни 2017 г. в София.", "", "", "2010-05-05"},
		{"ru", Claim{Published: "2010-05-05"}, "Договор подписали 7 июня 2017 года в Москве.", "", "", "2010-05-05"},
		{"en", Claim{Published: "2010-05-05"}, "The court met in November 2012. He left in March 2013.", "", "", "2010-05-05"},
		{"en", Claim{Published: "2010-05-05"}, "The treaty will end on 7 June 2017.", "2010-05-05", letopis.BasisMetadata, ""},
		{"bg", Claim{Published: "2010-05-05"}, "Договорът ще изтече на 7 юни 2017 г.", "2010-05-05", letopis.BasisMetadata, ""},
		{"bg", Claim{Published: "2010-05-05"}, "Съветът реши срокът да е до 7 юни 2017 г.", "2010-05-05", letopis.BasisMetadata, ""},
		{"en", Claim{Published: "2010-05-05"}, "The council prolonged it until 7 June 2017.", "2010-05-05", letopis.BasisMetadata, ""},
		{"ru", Claim{Published: "2010-05-05"}, "Договор истекает 7 июня 2017 года.", "2010-05-05", letopis.BasisMetadata, ""},
		{"en", Claim{Held: held}, "In May the king met the pope.", "2018-06", letopis.BasisInferred, ""},
		{"en", Claim{Held: held[:1]}, "In May the king met the pope.", "", "", ""},
		{"en", Claim{Held: held}, "In September the king met the pope.", "2017-10", letopis.BasisInferred, ""},
		{"en", Claim{Held: held[1:]}, "In May the king met the pope.", "", "", ""},
		{"en", Claim{Held: held, Published: "2024-05-05"}, "The king met the pope.", "", "", "2024-05-05"},
		{"en", Claim{Held: held, Published: "2016-05-05"}, "The king met the pope.", "2016-05-05", letopis.BasisMetadata, ""},
	} {
		f, err := set.Lang(c.lang)
		if err != nil {
			t.Fatal(err)
		}
		p := f.Find(analysis(t, c.lang, c.text), c.text, c.claim).Published
		if p.Value != c.want || p.Basis != c.basis || p.Overruled != c.over {
			t.Errorf("%s: got %+v, want %s by %s, overruled %q", c.text, p, c.want, c.basis, c.over)
		}
		if (p.Basis == letopis.BasisText || p.Basis == letopis.BasisInferred) && len(p.Evidence) == 0 {
			t.Errorf("%s: no evidence", c.text)
		}
	}
}
