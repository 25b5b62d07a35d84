package letopis

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode"
)

// Item names one finding of one record: an event ("v1") or a statement ("s3").
type Item struct {
	Doc  ID     `json:"doc"`
	Item string `json:"item"`
}

// Compare orders items by document, then by name.
func (i Item) Compare(j Item) int {
	if c := strings.Compare(string(i.Doc), string(j.Doc)); c != 0 {
		return c
	}
	return strings.Compare(i.Item, j.Item)
}

// Report is one document's telling of an entry.
type Report struct {
	Item
	// Origin is where the document's news comes from: the first link of the
	// chain of its wire story. Reports of one origin confirm nothing.
	Origin    string `json:"origin"`
	Publisher string `json:"publisher,omitempty"`
	URL       string `json:"url,omitempty"`
	Title     string `json:"title,omitempty"`
	Lang      string `json:"lang"`
	Published When   `json:"published,omitempty"`
	When      When   `json:"when,omitempty"`  // the time as this document has it
	Recalled  bool   `json:"recalled"`        // told as background, not as news
	Story     ID     `json:"story,omitempty"` // the first document of its wire story, where it is a copy of another
	First     string `json:"first,omitempty"` // of a wire story that several carry: who published it first
	Chain     []Link `json:"chain,omitempty"` // who passed the news on, from the origin to the publisher
	Text      string `json:"text,omitempty"`  // the words, where they differ from those of the entry
}

// Link is a station on the way of the news: who took it from the link before.
type Link struct {
	Role Role   `json:"role"`
	Name string `json:"name"`
}

// Way returns the names of the chain, each once, with an arrow between them. Of
// several agencies nobody says who took it from whom: they stand side by side.
func (r *Report) Way() string {
	var b strings.Builder
	var seen []string
	var last Role
	for _, l := range r.Chain {
		if slices.Contains(seen, l.Name) {
			continue
		}
		switch {
		case last == l.Role:
			b.WriteString(", ")
		case last != "":
			b.WriteString(" → ")
		}
		b.WriteString(l.Name)
		seen, last = append(seen, l.Name), l.Role
	}
	return b.String()
}

// Quad is one of PLOVER's four classes of events.
type Quad int

// The classes (PLOVER manual 2.0, section 3: SANCTION is material conflict).
const (
	VerbalCooperation   Quad = 1
	MaterialCooperation Quad = 2
	VerbalConflict      Quad = 3
	MaterialConflict    Quad = 4
)

// Quad returns the class of the code, and 0 for one that PLOVER does not have.
func (c Code) Quad() Quad {
	switch c {
	case Agree, Consult, Support, Concede:
		return VerbalCooperation
	case Cooperate, Aid, Retreat:
		return MaterialCooperation
	case Request, Accuse, Reject, Threaten:
		return VerbalConflict
	case Protest, Sanction, Mobilize, Coerce, Assault:
		return MaterialConflict
	}
	return 0
}

// Party is an actor of an entry as its reports name it.
type Party struct {
	KB      string   `json:"kb,omitempty"`
	Type    Type     `json:"type,omitempty"`
	Name    string   `json:"name"` // fullest form, dictionary form
	Latin   string   `json:"latin,omitempty"`
	Country string   `json:"country,omitempty"`
	Forms   []string `json:"forms,omitempty"` // the other names met, sorted
}

// Entry is a line of the chronicle: one event or one statement, of which Kind tells,
// with all its reports. It is derived from records and claims, and can be folded again.
type Entry struct {
	ID            string      `json:"id"`
	Kind          FindingKind `json:"kind"`
	When          When        `json:"when,omitempty"`
	Code          Code        `json:"code,omitempty"`
	Mode          string      `json:"mode,omitempty"`
	Modality      Modality    `json:"modality,omitempty"`
	Source        []Party     `json:"source"` // of a statement: who speaks
	Target        []Party     `json:"target"` // of a statement: who is addressed
	SourceCountry []string    `json:"source_country"`
	TargetCountry []string    `json:"target_country"`  // of a statement: also the countries that it speaks of
	Place         string      `json:"place,omitempty"` // name
	Where         *Place      `json:"where,omitempty"` // what is known of the place; of an unknown one its country
	Text          string      `json:"text"`            // the evidence, or the words said
	Lang          string      `json:"lang"`            // of Text
	Words         Kind        `json:"words,omitempty"` // of a statement: direct, mixed, indirect
	Speaker       string      `json:"speaker,omitempty"`
	Cue           string      `json:"cue,omitempty"`
	Stance        string      `json:"stance,omitempty"`
	// Recalled is true where every report tells it as background: it is known
	// from recollection only.
	Recalled   bool    `json:"recalled"`
	Origins    int     `json:"origins"` // different origins of the reports
	Confidence float64 `json:"confidence"`
	// Versions are the numbers in which origins contradict each other.
	Versions []Version `json:"versions,omitempty"`
	// Against are the entries in which other origins tell the same otherwise.
	Against []Opposite `json:"against,omitempty"`
	Reports []Report   `json:"reports"` // by publication, document, item
	// Lemmas are the dictionary forms of the words of Text and of the reports, for
	// searching: those that do not stand there themselves, sorted.
	Lemmas []string `json:"lemmas,omitempty"`
}

// Version is a number that origins give otherwise than others: of victims, of arrests.
type Version struct {
	About   string   `json:"about"` // what is counted, as the words have it
	Number  string   `json:"number"`
	Origins []string `json:"origins"` // sorted
}

// Opposite is an entry that contradicts another.
type Opposite struct {
	Entry   string   `json:"entry"` // its id
	How     Contrary `json:"how"`
	Text    string   `json:"text"`    // its evidence
	Origins []string `json:"origins"` // sorted
}

// Contrary says how two entries contradict each other.
type Contrary string

// The contradictions that are looked for.
const (
	ContraryDenied   Contrary = "denied"   // that it happened, and that it did not
	ContraryReversed Contrary = "reversed" // who did it to whom, the other way round
)

// Disputed tells the versions in one line, "" where there are none.
func (e *Entry) Disputed() string {
	var b strings.Builder
	for i, v := range e.Versions {
		switch {
		case i == 0:
		case e.Versions[i-1].About == v.About:
			b.WriteString(" ≠ ")
		default:
			b.WriteString("; ")
		}
		b.WriteString(v.Number + " " + v.About + " (" + strings.Join(v.Origins, ", ") + ")")
	}
	return b.String()
}

// Wordings are the reports whose words are others than those of the entry, each wording
// once, the earliest report of it first.
func (e *Entry) Wordings() []*Report {
	var all []*Report
	for i := range e.Reports {
		r := &e.Reports[i]
		if r.Text != "" && !slices.ContainsFunc(all, func(o *Report) bool { return o.Text == r.Text }) {
			all = append(all, r)
		}
	}
	return all
}

// Days returns the first and last day on which the entry may lie, as YYYY-MM-DD.
// An entry of unknown time lies on the day of its first publication, unless it is
// recalled; where nothing is known both are empty.
func (e *Entry) Days() (first, last string) {
	w := e.When
	if w == "" && !e.Recalled {
		for _, r := range e.Reports {
			if r.Published != "" && (w == "" || r.Published.Compare(w) < 0) {
				w = r.Published
			}
		}
	}
	return w.Days()
}

// Days returns the first and the last day of w as YYYY-MM-DD, and empty strings
// where w is unknown.
func (w When) Days() (first, last string) {
	if len(w) == 10 && w[4] == '-' && w[7] == '-' && w.Valid() {
		return string(w), string(w) // the usual case, without a time.Time
	}
	a, b, ok := w.Bounds()
	if !ok {
		return "", ""
	}
	return a.Format(time.DateOnly), b.Format(time.DateOnly)
}

// Compare is the order of the chronicle: by first day, then by last day, unknown
// times after all others, then by [Entry.Order].
func (e *Entry) Compare(f *Entry) int {
	ef, el := e.Days()
	ff, fl := f.Days()
	if (ef == "") != (ff == "") {
		return strings.Compare(ff, ef)
	}
	return cmp.Or(strings.Compare(ef, ff), strings.Compare(el, fl), strings.Compare(e.Order(), f.Order()))
}

// SortEntries sorts entries in the order of [Entry.Compare].
func SortEntries(entries []*Entry) {
	type keyed struct {
		e                  *Entry
		first, last, order string
	}
	keys := make([]keyed, len(entries))
	for i, e := range entries {
		first, last := e.Days()
		if first == "" {
			first = "~" // after all digits
		}
		keys[i] = keyed{e, first, last, e.Order()}
	}
	slices.SortFunc(keys, func(a, b keyed) int {
		return cmp.Or(strings.Compare(a.first, b.first), strings.Compare(a.last, b.last), strings.Compare(a.order, b.order))
	})
	for i := range keys {
		entries[i] = keys[i].e
	}
}

// Order is a key that puts entries of the same days in order: by the first
// publication and its document, events before statements.
func (e *Entry) Order() string {
	if len(e.Reports) == 0 {
		return "~ " + e.ID
	}
	r := &e.Reports[0]
	day, _ := r.Published.Days()
	if day == "" {
		day = "~"
	}
	item := r.Item.Item
	if len(item) > 1 { // v2 before v10
		item = item[:1] + strings.Repeat("0", max(0, 6-len(item))) + item[1:]
	}
	return day + " " + string(r.Doc) + " " + string(e.Kind) + " " + item + " " + e.ID
}

// Faces reports whether the countries a and b stand against each other in the
// entry, either way. Two countries that act together without a target, as at a
// meeting, face each other too.
func (e *Entry) Faces(a, b string) bool {
	sa, sb := slices.Contains(e.SourceCountry, a), slices.Contains(e.SourceCountry, b)
	ta, tb := slices.Contains(e.TargetCountry, a), slices.Contains(e.TargetCountry, b)
	return sa && tb || sb && ta || sa && sb && a != b && len(e.TargetCountry) == 0
}

// ClaimKind says what a claim asserts.
type ClaimKind string

// The kinds of claims.
const (
	ClaimSame      ClaimKind = "same"      // the items are one entry
	ClaimDifferent ClaimKind = "different" // the items are different entries
	ClaimRetract   ClaimKind = "retract"   // the items are no entries at all
	ClaimCorrect   ClaimKind = "correct"   // a field of the items has another value

	ClaimSameActor      ClaimKind = "same-actor"      // the actors are one
	ClaimDifferentActor ClaimKind = "different-actor" // the actors are different
)

// Claim is a person's correction of the chronicle. Claims are only ever added.
type Claim struct {
	At   time.Time `json:"at"`
	By   string    `json:"by"`
	Kind ClaimKind `json:"kind"`
	Of   []Item    `json:"of"`
	// Actors are ids of actors, as [Entity] has them in KB or Key, where the claim is about
	// actors and not about items; Words are then their names.
	Actors []string `json:"actors,omitempty"`
	// Words are those of each item when the claim was made, so that it stays with its
	// finding when a newer reading numbers the items otherwise. They may be missing.
	Words []string `json:"words,omitempty"`
	Field string   `json:"field,omitempty"` // of a correction
	Value string   `json:"value,omitempty"`
	Why   string   `json:"why"`
}

// Check returns an error of kind Invalid where the claim lacks a kind, an author, or what it is about.
func (c *Claim) Check() error {
	least := "at least one item"
	about := len(c.Of) > 0
	if c.OfActors() {
		least, about = "at least two actors", len(c.Actors) > 1 && !slices.Contains(c.Actors, "")
	}
	if c.Kind == "" || c.By == "" || !about {
		return &Error{Op: "claim", Kind: Invalid, Err: errors.New("a claim needs a kind, an author and " + least)}
	}
	return nil
}

// OfActors reports whether the claim is about actors, wherever they are named.
func (c *Claim) OfActors() bool { return c.Kind == ClaimSameActor || c.Kind == ClaimDifferentActor }

// Terms returns the words of a text for searching: runs of letters and digits in
// lower case, without stress marks, ё as е. It knows no language.
func Terms(text string) []string {
	var terms []string
	var b strings.Builder
	flush := func() {
		if b.Len() > 0 {
			terms = append(terms, b.String())
			b.Reset()
		}
	}
	var last rune
	for _, r := range text {
		switch {
		case r == '\u0306' && (last == 'и' || last == 'И'): // й, decomposed
			s := b.String()
			b.Reset()
			b.WriteString(strings.TrimSuffix(s, "и") + "й")
		case unicode.Is(unicode.Mn, r), r == '\u00ad': // stress, diaeresis of ё, soft hyphen
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			l := unicode.ToLower(r)
			if l == 'ё' {
				l = 'е'
			}
			b.WriteRune(l)
		default:
			flush()
		}
		last = r
	}
	flush()
	return terms
}
