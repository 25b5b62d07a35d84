package series

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"letopis"
	"letopis/internal/locale"
	"letopis/internal/onto"
)

func act(day string, code letopis.Code, from, to string, origins int) *letopis.Entry {
	return &letopis.Entry{ID: fmt.Sprint(day, code, from), Kind: letopis.FindingEvent, When: letopis.When(day), Code: code, Modality: letopis.Actual,
		SourceCountry: strings.Fields(from), TargetCountry: strings.Fields(to), Origins: origins}
}

// values are those that ship: SUPPORT 3.5, ACCUSE -2, ASSAULT -9, CONSULT 1.
func values(t *testing.T) *onto.Ontology {
	t.Helper()
	o, err := onto.Open(os.DirFS("../../data"))
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// Origins are counted, month by month without gaps; what did not happen is not.
func TestSeries(t *testing.T) {
	future := act("2020-09-09", letopis.Support, "CHN", "RUS", 5)
	future.Modality = letopis.Future
	said := &letopis.Entry{Kind: letopis.FindingStatement, When: "2020-09-09", Origins: 9}
	s := New([]*letopis.Entry{
		act("2020-09-03", letopis.Support, "CHN", "RUS", 3), act("2020-09", letopis.Accuse, "RUS", "CHN", 1), future, said,
		act("2020-12-31", letopis.Assault, "CHN", "RUS", 2), act("2020", letopis.Consult, "CHN", "RUS", 1), act("", letopis.Consult, "CHN", "RUS", 1),
	}, values(t), false)
	var b bytes.Buffer
	if err := s.CSV(&b); err != nil {
		t.Fatal(err)
	}
	want := `month,verbal_cooperation,material_cooperation,verbal_conflict,material_conflict,entries,intensity
2020-09,3,0,1,0,2,2.1
2020-10,0,0,0,0,0,
2020-11,0,0,0,0,0,
2020-12,0,0,0,2,1,-9.0
`
	if b.String() != want || s.Undated != 2 {
		t.Errorf("%d undated\n%s", s.Undated, &b)
	}
	week := New([]*letopis.Entry{act("2020-12-27", letopis.Consult, "CHN", "RUS", 1), act("2020-12-28", letopis.Consult, "CHN", "RUS", 1)}, values(t), true)
	if len(week.Periods) != 2 || week.Periods[0].First != "2020-12-21" || week.Periods[1].First != "2020-12-28" {
		t.Errorf("weeks %+v", week.Periods)
	}
}

// The pictures are whole for any number of months, and a title cannot break them.
func TestSeriesPictures(t *testing.T) {
	l, err := locale.Of("bg")
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{0, 1, 2, 40, 400} {
		var all []*letopis.Entry
		for i := range n {
			all = append(all, act(fmt.Sprintf("%d-%02d-05", 1980+i/12, i%12+1), []letopis.Code{letopis.Support, letopis.Assault}[i%2], "CHN", "RUS", i%7+1))
		}
		s := New(all, values(t), false)
		var svg, plot bytes.Buffer
		if err := s.SVG(&svg, l, `A & B <"x"> `+"\x1b"); err != nil {
			t.Fatal(err)
		}
		for d := xml.NewDecoder(&svg); ; {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%d months: %v", n, err)
			}
		}
		if err := s.Plot(&plot, l, "A\x1b", 60); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(plot.String()) {
			if strings.Contains(line, "█") && !strings.Contains(line, l.T("quad.vc")) && utf8.RuneCountInString(line) > 62 {
				t.Errorf("%d columns: %s", utf8.RuneCountInString(line), line)
			}
		}
		if strings.Contains(plot.String(), "\x1b") {
			t.Error("a title steers the terminal")
		}
	}
}

// A week stands out against those before it, not against itself.
func TestChanges(t *testing.T) {
	var all []*letopis.Entry
	for i := range 20 {
		day := fmt.Sprintf("2020-%02d-%02d", 1+i/4, 1+7*(i%4))
		all = append(all, act(day, letopis.Accuse, "RUS", "CHN", 2))
	}
	all = append(all, act("2020-04-15", letopis.Assault, "CHN", "RUS", 9))
	s := New(all, values(t), true)
	var found []string
	for _, c := range s.Changes() {
		found = append(found, fmt.Sprint(c.First, c.Conflict, c.Count, c.Usual, len(c.Behind())))
	}
	if len(found) != 1 || found[0] != "2020-04-13true 11 2 2" {
		t.Errorf("%q", found)
	}
}

func TestMatrix(t *testing.T) {
	m := NewMatrix([]*letopis.Entry{act("2020", letopis.Accuse, "RUS", "CHN", 2), act("2020", letopis.Consult, "RUS USA", "", 1), act("2020", letopis.Accuse, "RUS", "RUS", 5)}, nil, 3)
	var b bytes.Buffer
	if err := m.CSV(&b); err != nil {
		t.Fatal(err)
	}
	if got := b.String(); got != "source,RUS,CHN,USA\nRUS,0,2,1\nCHN,0,0,0\nUSA,1,0,0\n" {
		t.Error(got)
	}
}
