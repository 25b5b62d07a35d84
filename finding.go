package letopis

import "iter"

// FindingKind says what a finding is, and so what an entry made of findings is about.
type FindingKind string

// The kinds of findings. A new kind is a constant here, a row of findingKinds and a
// pointer in [Finding].
const (
	FindingEvent     FindingKind = "event"
	FindingStatement FindingKind = "statement"
)

// Finding is what a record says that was done or said: what findings of all kinds have
// in common, and the one itself. Of the pointers that is set which belongs to Kind.
// Whoever does not know the Kind passes the finding over; it is never one of the others.
type Finding struct {
	ID         string // unique in the record: "v1", "s3"
	Kind       FindingKind
	At         Range    // where it stands: the trigger of an event, the content of a statement
	Words      Range    // what is quoted for it: the sentence of an event (its trigger where there is none), the content of a statement
	When       When     // "" where it is not known
	Recalled   bool     // told as background, not as news
	Modality   Modality // "" for kinds that have none
	Confidence float64  // 0 to 1
	Rule       string

	Event     *Event
	Statement *Statement
}

// findingKinds has a row for each kind, in the order of [Record.Findings].
var findingKinds = [...]struct {
	kind   FindingKind
	letter byte                           // with which its ids begin
	count  func(*Record) int              // how many a record has
	get    func(r *Record, i int) Finding // the ith of them
}{
	{FindingStatement, 's', func(r *Record) int { return len(r.Statements) }, func(r *Record, i int) Finding { return r.Statements[i].finding() }},
	{FindingEvent, 'v', func(r *Record) int { return len(r.Events) }, func(r *Record, i int) Finding { return r.Events[i].finding() }},
}

// FindingKinds returns all kinds of findings, in the order of [Record.Findings].
func FindingKinds() []FindingKind {
	all := make([]FindingKind, len(findingKinds))
	for i := range findingKinds {
		all[i] = findingKinds[i].kind
	}
	return all
}

// Kind returns the kind of the finding that an item names by the first letter of its
// id, and "" where no kind has it. The finding need not be there.
func (i Item) Kind() FindingKind {
	for k := range findingKinds {
		if i.Item != "" && i.Item[0] == findingKinds[k].letter {
			return findingKinds[k].kind
		}
	}
	return ""
}

// Findings yields all findings of the record in its order: the statements, then the
// events, each as they stand in their list. They point into the record.
func (r *Record) Findings() iter.Seq[Finding] {
	return func(yield func(Finding) bool) {
		for k := range findingKinds {
			for i := range findingKinds[k].count(r) {
				if !yield(findingKinds[k].get(r, i)) {
					return
				}
			}
		}
	}
}

// Finding returns the finding of an id; ok is false where the record has none.
func (r *Record) Finding(id string) (f Finding, ok bool) {
	for f := range r.Findings() {
		if f.ID == id {
			return f, true
		}
	}
	return Finding{}, false
}

func (e *Event) finding() Finding {
	words := e.Evidence
	if words.Text == "" {
		words = e.Trigger
	}
	return Finding{ID: e.ID, Kind: FindingEvent, At: e.Trigger, Words: words, When: e.Date, Recalled: e.Recalled,
		Modality: e.Modality, Confidence: e.Confidence, Rule: e.Rule, Event: e}
}

func (s *Statement) finding() Finding {
	return Finding{ID: s.ID, Kind: FindingStatement, At: s.Content, Words: s.Content, When: s.Date, Recalled: s.Recalled,
		Confidence: s.Confidence, Rule: s.Rule, Statement: s}
}
