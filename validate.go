package letopis

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxFaults is how many faults Validate lists.
const maxFaults = 20

// Validate checks the record against its contract: every range holds the
// characters it says, ids are unique and resolve, lists are in order, and values are
// among those that exist. The error is of kind Invalid and lists what is wrong, by field.
func (r *Record) Validate() error {
	v := &validator{r: r, runes: indexRunes(r.Document.Text), entities: map[string]bool{}, statements: map[string]bool{}}
	v.document()
	v.entityList()
	v.dateList()
	v.statementList()
	v.eventList()
	v.references()
	if len(v.faults) == 0 {
		return nil
	}
	return &Error{Op: "record " + string(r.Document.ID), Kind: Invalid, Err: errors.Join(v.faults...)}
}

type validator struct {
	r          *Record
	runes      runeIndex
	entities   map[string]bool
	statements map[string]bool
	faults     []error
}

func (v *validator) fault(where, format string, args ...any) {
	if len(v.faults) < maxFaults {
		v.faults = append(v.faults, fmt.Errorf("%s: %s", where, fmt.Sprintf(format, args...)))
	}
}

func (v *validator) text(where string, g Range) {
	s, ok := v.runes.slice(v.r.Document.Text, g.Span)
	switch {
	case !ok:
		v.fault(where, "%d..%d is no range of a text of %d characters", g.Start, g.End, v.runes.n)
	case s != g.Text:
		v.fault(where, "%d..%d holds %.60q, not %.60q", g.Start, g.End, s, g.Text)
	case g.Start == g.End:
		v.fault(where, "%d..%d is empty", g.Start, g.End)
	}
}

func (v *validator) when(where string, w When) {
	if !w.Valid() {
		v.fault(where, "%.40q is not a time", string(w))
	}
}

func (v *validator) confidence(where string, c float64) {
	if !(c >= 0 && c <= 1) {
		v.fault(where, "%v is not from 0 to 1", c)
	}
}

func among[T ~string](v *validator, where string, x T, values ...T) {
	for _, y := range values {
		if x == y {
			return
		}
	}
	v.fault(where, "%.40q is not one of %q", x, values)
}

func (v *validator) document() {
	d := &v.r.Document
	if v.r.Schema != Schema {
		v.fault("schema", "%.40q is not %s", v.r.Schema, Schema)
	}
	if d.ID == "" {
		v.fault("document.id", "is missing")
	}
	if !utf8.ValidString(d.Text) {
		v.fault("document.text", "is not UTF-8")
	}
	v.when("document.published.value", d.Published.Value)
	v.when("document.published.claimed", d.Published.Claimed)
	among(v, "document.published.basis", d.Published.Basis, "", BasisGiven, BasisMetadata, BasisText, BasisInferred)
	for i, g := range d.Published.Evidence {
		v.text(at("document.published.evidence", i), g)
	}
	for i, s := range d.Provenance {
		among(v, at("document.provenance", i)+".role", s.Role, RoleAgency, RoleTranslator, RolePublisher, RoleAuthor)
		if s.End != 0 {
			v.text(at("document.provenance", i), s.Range)
		}
	}
}

func (v *validator) entityList() {
	last := -1
	for i, e := range v.r.Entities {
		where := at("entities", i)
		v.unique(where, e.ID, v.entities)
		among(v, where+".type", e.Type, Person, Organisation, Location, Happening, Product)
		v.place(where+".place", e.Place)
		if len(e.Mentions) == 0 {
			v.fault(where, "has no mention")
			continue
		}
		v.order(where, &last, e.Mentions[0].Start)
		before := -1
		for j, m := range e.Mentions {
			where := at(where+".mentions", j)
			among(v, where+".form", m.Form, FormName, FormNominal, FormPronoun)
			v.text(where, m.Range)
			v.order(where, &before, m.Start)
		}
	}
}

// place checks a place: it is named, and lies on earth.
func (v *validator) place(where string, p *Place) {
	if p == nil {
		return
	}
	if p.ID == "" && p.Name == "" {
		v.fault(where, "has neither id nor name")
	}
	among(v, where+".kind", p.Kind, "", "city", "unit", "region", "water", "disputed")
	if c := p.Coordinates; c != nil {
		if !(c.Lat >= -90 && c.Lat <= 90) { // not-a-number fails too
			v.fault(where+".coordinates.lat", "%v is not from -90 to 90", c.Lat)
		}
		if !(c.Lon >= -180 && c.Lon <= 180) {
			v.fault(where+".coordinates.lon", "%v is not from -180 to 180", c.Lon)
		}
	}
	if strings.Trim(p.GeoNames, "0123456789") != "" {
		v.fault(where+".geonames", "%.40q is not a number", p.GeoNames)
	}
	if p.Unit != "" && !IsUnit(p.Unit) {
		v.fault(where+".unit", "%.40q is not a code of ISO 3166-2", p.Unit)
	}
}

func (v *validator) dateList() {
	last := -1
	for i, d := range v.r.Dates {
		where := at("dates", i)
		v.text(where, d.Range)
		v.when(where+".value", d.Value)
		v.order(where, &last, d.Start)
	}
}

func (v *validator) statementList() {
	last := -1
	for i, s := range v.r.Statements {
		where := at("statements", i)
		v.unique(where, s.ID, v.statements)
		among(v, where+".kind", s.Kind, Direct, Mixed, Indirect)
		v.text(where+".content", s.Content)
		for _, g := range [...]struct {
			name string
			rng  *Range
		}{{".speaker.mention", s.Speaker.Mention}, {".speaker.phrase", s.Speaker.Phrase}, {".cue", s.Cue}, {".occasion", s.Occasion}} {
			if g.rng != nil {
				v.text(where+g.name, *g.rng)
			}
		}
		v.when(where+".date", s.Date)
		v.confidence(where+".confidence", s.Confidence)
		v.order(where, &last, s.Content.Start)
	}
}

func (v *validator) eventList() {
	last := -1
	ids := map[string]bool{}
	for i, e := range v.r.Events {
		where := at("events", i)
		v.unique(where, e.ID, ids)
		among(v, where+".code", e.Code, Agree, Consult, Support, Concede, Cooperate, Aid, Retreat, Request, Accuse, Reject, Threaten, Protest, Sanction, Mobilize, Coerce, Assault)
		among(v, where+".modality", e.Modality, Actual, Future, Possible, Negated)
		v.text(where+".trigger", e.Trigger)
		v.text(where+".evidence", e.Evidence)
		for j, g := range e.Mentions {
			v.text(at(where+".mentions", j), g)
		}
		for j, d := range e.Sides {
			side := at(where+".sides", j)
			among(v, side+".side", d.Side, "source", "target")
			among(v, side+".basis", d.Basis, "", "named", "known", "told", "place")
			v.text(side+".mention", d.Mention)
		}
		v.when(where+".date", e.Date)
		v.confidence(where+".confidence", e.Confidence)
		v.order(where, &last, e.Trigger.Start)
	}
}

// references checks that every id that a finding names is there.
func (v *validator) references() {
	entity := func(where, id string) {
		if id != "" && !v.entities[id] {
			v.fault(where, "there is no entity %.40q", id)
		}
	}
	for i, s := range v.r.Document.Provenance {
		entity(at("document.provenance", i)+".entity", s.Entity)
	}
	for i, s := range v.r.Statements {
		entity(at("statements", i)+".speaker.entity", s.Speaker.Entity)
		entity(at("statements", i)+".addressee", s.Addressee)
	}
	for i, e := range v.r.Events {
		where := at("events", i)
		entity(where+".place", e.Place)
		for j, id := range e.Source {
			entity(at(where+".source", j), id)
		}
		for j, id := range e.Target {
			entity(at(where+".target", j), id)
		}
		for j, d := range e.Sides {
			entity(at(where+".sides", j)+".entity", d.Entity)
		}
		if e.Statement != "" && !v.statements[e.Statement] {
			v.fault(where+".statement", "there is no statement %.40q", e.Statement)
		}
	}
}

func (v *validator) unique(where, id string, ids map[string]bool) {
	if id == "" || ids[id] {
		v.fault(where+".id", "%.40q is empty or stands twice", id)
	}
	ids[id] = true
}

func (v *validator) order(where string, last *int, start int) {
	if start < *last {
		v.fault(where, "starts at %d, before the one in front of it", start)
	}
	*last = start
}

func at(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }

// runeIndex finds code points of a text: the byte offset of every 64th.
type runeIndex struct {
	every []int
	n     int // code points
}

func indexRunes(text string) (x runeIndex) {
	for i := range text {
		if x.n&63 == 0 {
			x.every = append(x.every, i)
		}
		x.n++
	}
	return x
}

// slice returns the code points of span; ok is false where it does not lie in the text.
func (x runeIndex) slice(text string, s Span) (string, bool) {
	if s.Start < 0 || s.End < s.Start || s.End > x.n {
		return "", false
	}
	return text[x.offset(text, s.Start):x.offset(text, s.End)], true
}

func (x runeIndex) offset(text string, n int) int {
	if n == x.n {
		return len(text)
	}
	off := x.every[n>>6]
	for k := n & 63; k > 0; k-- {
		_, size := utf8.DecodeRuneInString(text[off:])
		off += size
	}
	return off
}
