package letopis

// Code is a PLOVER category.
type Code string

// The sixteen PLOVER categories (PLOVER manual 2.0, section 3).
const (
	Agree     Code = "AGREE"
	Consult   Code = "CONSULT"
	Support   Code = "SUPPORT"
	Concede   Code = "CONCEDE"
	Cooperate Code = "COOPERATE"
	Aid       Code = "AID"
	Retreat   Code = "RETREAT"
	Request   Code = "REQUEST"
	Accuse    Code = "ACCUSE"
	Reject    Code = "REJECT"
	Threaten  Code = "THREATEN"
	Protest   Code = "PROTEST"
	Sanction  Code = "SANCTION"
	Mobilize  Code = "MOBILIZE"
	Coerce    Code = "COERCE"
	Assault   Code = "ASSAULT"
)

// Codes returns the sixteen categories, in the order of the manual's section 3.
func Codes() []Code {
	return []Code{Agree, Consult, Support, Concede, Cooperate, Aid, Retreat, Request, Accuse, Reject, Threaten, Protest, Sanction, Mobilize, Coerce, Assault}
}

// Symmetric reports whether the sides of an act of this category can be told either
// way round: who met whom.
func (c Code) Symmetric() bool { return c == Consult || c == Cooperate || c == Agree }

// Modality says whether an event happened.
type Modality string

// The modalities of events.
const (
	Actual   Modality = "actual"   // happened or is happening
	Future   Modality = "future"   // announced, planned
	Possible Modality = "possible" // could, would
	Negated  Modality = "negated"
)

// Event is one interaction between actors, told once a record.
type Event struct {
	ID            string   `json:"id"` // "v1", unique in the record
	Code          Code     `json:"code"`
	Mode          string   `json:"mode,omitempty"`
	Context       []string `json:"context,omitempty"`
	CAMEO         string   `json:"cameo,omitempty"`
	Goldstein     float64  `json:"goldstein"`
	Source        []string `json:"source"` // entities
	Target        []string `json:"target"`
	SourceCountry []string `json:"source_country"`
	TargetCountry []string `json:"target_country"`
	Sides         []Side   `json:"sides,omitempty"` // who stands there, by words
	Trigger       Range    `json:"trigger"`
	Evidence      Range    `json:"evidence"`            // the sentence
	Mentions      []Range  `json:"mentions,omitempty"`  // further triggers of the same event
	Statement     string   `json:"statement,omitempty"` // the verbal act behind it
	Date          When     `json:"date,omitempty"`
	Place         string   `json:"place,omitempty"` // entity
	Modality      Modality `json:"modality"`
	Recalled      bool     `json:"recalled"`
	Confidence    float64  `json:"confidence"`
	Rule          string   `json:"rule"`
}

// Side is who stands on a side of an event: the words, whom they mean, and how one knows for which country
// or body it stands.
type Side struct {
	Side    string `json:"side"`              // source or target
	Entity  string `json:"entity,omitempty"`  // whom the words mean, where the article tells
	Mention Range  `json:"mention"`           // the words
	Country string `json:"country,omitempty"` // code of a state or body; "" where none is known
	Basis   string `json:"basis,omitempty"`   // named, known, told or place; "" without a country
}
