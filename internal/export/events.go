// Package export writes the chronicle for other programs: event data as PLOVER, POLECAT,
// ICEWS, GDELT and PETRARCH have it, and tables and annotations of everything. A format is a
// function and its line in [Formats]. What people read is written by package tell.
package export

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"

	"letopis"
	"letopis/internal/choice"
	"letopis/internal/onto"
)

// Chronicle is what an exporter reads. It is read once, in order, a few entries and
// records at a time.
type Chronicle struct {
	Entries iter.Seq2[*letopis.Entry, error]
	// Record returns the current record of a document.
	Record func(context.Context, letopis.ID) (*letopis.Record, error)
	// Conllu writes the analysis of a document as CoNLL-U; nil where there is no analyser.
	Conllu func(context.Context, io.Writer, *letopis.Document) error
	// Onto tells the CAMEO root and the values of a category; nil where they are unknown.
	Onto *onto.Ontology
	// Flip makes the formats that have events alone write the category that an act has
	// because it is announced or does not happen.
	Flip bool
}

// Format is a form that other programs read.
type Format struct {
	Name     string
	Binary   bool // not for a terminal
	Events   bool // events alone, as event data has them: a category may be flipped
	Analysed bool // needs Chronicle.Conllu
	Write    func(context.Context, io.Writer, *Chronicle) error
}

// Formats returns all of them, in the order of the help text.
func Formats() []Format {
	return []Format{
		{Name: "csv", Write: writeCSV},
		{Name: "parquet", Binary: true, Write: writeParquet},
		{Name: "plover-jsonl", Events: true, Write: writePLOVER},
		{Name: "polecat", Events: true, Write: writePOLECAT},
		{Name: "icews", Events: true, Write: writeICEWS},
		{Name: "gdelt-event", Events: true, Write: writeGDELTEvents},
		{Name: "gdelt-mentions", Events: true, Write: writeGDELTMentions},
		{Name: "petrarch", Events: true, Write: writePETRARCH},
		{Name: "webanno", Write: writeWebAnnotations},
		{Name: "conllu", Analysed: true, Write: writeConllu},
	}
}

// FormatOf returns the format of a name; the error is of kind Unsupported.
func FormatOf(name string) (Format, error) { return choice.Format(Formats(), name) }

// FormatName is the name of the format on the command line.
func (f Format) FormatName() string { return f.Name }

// told is an event of the chronicle with the record that tells it best: that whose
// words the entry has.
type told struct {
	*letopis.Entry
	rec     *letopis.Record
	event   *letopis.Event
	report  *letopis.Report
	by      map[string]*letopis.Entity
	flipped letopis.Code // the category before its modality made it another, or ""
}

// reader fetches records, and remembers the last ones: neighbours share them.
type reader struct {
	c      *Chronicle
	recent map[letopis.ID]*letopis.Record
	order  []letopis.ID
}

const recentRecords = 64

func newReader(c *Chronicle) *reader {
	return &reader{c: c, recent: map[letopis.ID]*letopis.Record{}}
}

func (r *reader) record(ctx context.Context, id letopis.ID) (*letopis.Record, error) {
	if rec := r.recent[id]; rec != nil {
		return rec, nil
	}
	rec, err := r.c.Record(ctx, id)
	if err != nil {
		return nil, err
	}
	if len(r.order) == recentRecords {
		delete(r.recent, r.order[0])
		r.order = r.order[1:]
	}
	r.recent[id], r.order = rec, append(r.order, id)
	return rec, nil
}

func (r *reader) tell(ctx context.Context, e *letopis.Entry, rep *letopis.Report) (*told, error) {
	rec, err := r.record(ctx, rep.Doc)
	if err != nil {
		return nil, err
	}
	t := &told{Entry: e, rec: rec, report: rep, by: map[string]*letopis.Entity{}}
	for i := range rec.Entities {
		t.by[rec.Entities[i].ID] = &rec.Entities[i]
	}
	if f, ok := rec.Finding(rep.Item.Item); ok {
		t.event = f.Event // nil of other kinds
	}
	return t, nil
}

// events yields the events of the chronicle; statements have no place in event data.
func (c *Chronicle) events(ctx context.Context) iter.Seq2[*told, error] {
	r := newReader(c)
	return func(yield func(*told, error) bool) {
		for e, err := range c.Entries {
			if err != nil {
				yield(nil, err)
				return
			}
			if e.Kind != letopis.FindingEvent || len(e.Reports) == 0 {
				continue
			}
			best := slices.IndexFunc(e.Reports, func(r letopis.Report) bool { return r.Text == "" })
			t, err := r.tell(ctx, e, &e.Reports[max(best, 0)])
			if to, ok := c.Onto.Flip(e.Code, e.Modality); c.Flip && ok && err == nil {
				x := *e
				x.Code, x.Mode = to, "" // a mode is of the category that was
				t.Entry, t.flipped = &x, e.Code
			}
			if !yield(t, err) || err != nil {
				return
			}
		}
	}
}

// cameo is the CAMEO code: that of the event, or the root of its category.
func (c *Chronicle) cameo(t *told) string {
	if t.event != nil && t.event.CAMEO != "" && t.event.Code == t.Code {
		return t.event.CAMEO
	}
	k, _ := c.Onto.Category(t.Code)
	return k.CAMEO
}

// goldstein is the value of the CAMEO code, and empty where it is unknown.
func (c *Chronicle) goldstein(t *told) string {
	if t.event != nil && t.event.CAMEO != "" && t.event.Code == t.Code {
		return decimal(t.event.Goldstein)
	}
	if k, ok := c.Onto.Category(t.Code); ok {
		return decimal(k.Goldstein)
	}
	return ""
}

func decimal(f float64) string {
	s := strconv.FormatFloat(f, 'f', -1, 64)
	if !strings.Contains(s, ".") {
		s += ".0"
	}
	return s
}

// intensity is the value of the category on PLOVER's scale, and empty where it is unknown.
func (c *Chronicle) intensity(t *told) string {
	k, _ := c.Onto.Category(t.Code)
	return k.Intensity
}

// side is one actor of a pair.
type side struct {
	name, latin, country string
	sectors, titles      []string
	entity               *letopis.Entity
}

// title is the Latin name where there is one: event data are in Latin script.
func (s side) inLatin() string {
	if s.latin != "" {
		return s.latin
	}
	return s.name
}

// sides returns the actors of one side: the parties, and countries that none of them has.
func (t *told) sides(parties []letopis.Party, countries []string) []side {
	var all []side
	for _, p := range parties {
		s := side{name: p.Name, latin: p.Latin, country: p.Country}
		for i := range t.rec.Entities {
			e := &t.rec.Entities[i]
			if e.Name == p.Name || p.KB != "" && e.KB == p.KB {
				s.entity = e
				for _, r := range e.Roles {
					if r.Sector != "" && !slices.Contains(s.sectors, r.Sector) {
						s.sectors = append(s.sectors, r.Sector)
					}
					if r.Text != "" {
						s.titles = append(s.titles, r.Text)
					}
				}
				break
			}
		}
		all = append(all, s)
	}
	for _, c := range countries {
		if !slices.ContainsFunc(all, func(s side) bool { return s.country == c }) {
			all = append(all, side{country: c})
		}
	}
	return all
}

// pair is a dyad of an event: event data that know no lists have a line for each.
type pair struct {
	from, to side
	n        int // its number in the event
}

// pairs returns the dyads of an event: each source with each target. A meeting is
// told from both sides, as ICEWS and GDELT have it.
func (t *told) pairs() []pair {
	from, to := t.sides(t.Source, t.SourceCountry), t.sides(t.Target, t.TargetCountry)
	var all []pair
	add := func(a, b side) { all = append(all, pair{a, b, len(all)}) }
	switch {
	case len(from) == 0 && len(to) == 0:
	case len(to) == 0 && t.Code == letopis.Consult && len(from) > 1:
		for i := range from {
			for j := range from {
				if i != j {
					add(from[i], from[j])
				}
			}
		}
	case len(to) == 0:
		for _, a := range from {
			add(a, side{})
		}
	case len(from) == 0:
		for _, b := range to {
			add(side{}, b)
		}
	default:
		for _, a := range from {
			for _, b := range to {
				add(a, b)
				if t.Code == letopis.Consult {
					add(b, a)
				}
			}
		}
	}
	return all
}

// numberOf is a number for programs that want one: 53 bits, which every program holds
// exactly, of the hash of the entry's id and the pair.
func numberOf(id string, pair int) string {
	sum := sha256.Sum256([]byte(id + "\x00" + strconv.Itoa(pair)))
	return strconv.FormatUint(binary.BigEndian.Uint64(sum[:])>>11, 10)
}

// day returns the day of the event, where it is known to the day.
func (t *told) day() string {
	first, last := t.Days()
	if first != last {
		return ""
	}
	return first
}

// dayOf is a time as YYYY-MM-DD, empty where it is less exact.
func dayOf(w letopis.When) string {
	first, last := w.Days()
	if first != last {
		return ""
	}
	return first
}

// lines writes rows of fields, without tabs and line ends inside them.
type lines struct {
	w     *bufio.Writer
	none  string // for what is empty
	clean *strings.Replacer
}

// empty is a field that is known to be empty, whatever stands for unknown ones.
const empty = "\x00"

func newLines(w io.Writer, none string) *lines {
	return &lines{bufio.NewWriterSize(w, 1<<16), none, strings.NewReplacer("\t", " ", "\n", " ", "\r", " ", "\u2028", " ", "\u0085", " ")}
}

func (l *lines) row(fields ...string) error {
	for i, f := range fields {
		if i > 0 {
			l.w.WriteByte('\t')
		}
		switch f {
		case "":
			f = l.none
		case empty:
			f = ""
		}
		l.clean.WriteString(l.w, f)
	}
	return l.w.WriteByte('\n')
}
