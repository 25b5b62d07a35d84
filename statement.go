package letopis

// Kind says how much of a statement is in the speaker's own words.
type Kind string

// The kinds of statements.
const (
	Direct   Kind = "direct"
	Mixed    Kind = "mixed"
	Indirect Kind = "indirect"
)

// Statement is somebody's words or stated position, with an identifiable speaker.
type Statement struct {
	ID         string   `json:"id"` // "s1", unique in the record
	Kind       Kind     `json:"kind"`
	Content    Range    `json:"content"`
	Speaker    Speaker  `json:"speaker"`
	Cue        *Range   `json:"cue,omitempty"`
	Stance     string   `json:"stance,omitempty"`    // class of the cue: assert, deny, urge, …
	Addressee  string   `json:"addressee,omitempty"` // entity
	Occasion   *Range   `json:"occasion,omitempty"`
	Via        []string `json:"via"` // sources of the reporting chain, by name
	Date       When     `json:"date,omitempty"`
	Recalled   bool     `json:"recalled"`
	Confidence float64  `json:"confidence"` // 0 to 1, two digits
	Rule       string   `json:"rule"`
}

// Speaker is who said it: the entity, the words that name it there, and, where there is
// more than the name, the whole phrase: "Petrov", "the ministry's spokesman Petrov (Sofia)".
type Speaker struct {
	Entity  string `json:"entity,omitempty"`
	Mention *Range `json:"mention,omitempty"`
	Phrase  *Range `json:"phrase,omitempty"` // holds Mention
}
