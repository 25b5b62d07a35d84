package letopis

// Type is the type of an entity, as in the BSNLP shared tasks.
type Type string

// The types of entities.
const (
	Person       Type = "PER"
	Organisation Type = "ORG"
	Location     Type = "LOC"
	Happening    Type = "EVT" // a named event: a summit, a war, a vote
	Product      Type = "PRO" // a named product, work, programme or pipeline
)

// Form says how a mention names its entity.
type Form string

// The forms of mentions.
const (
	FormName    Form = "name"
	FormNominal Form = "nominal"
	FormPronoun Form = "pronoun"
)

// Entity is an actor or a thing of one record, with all its mentions there.
type Entity struct {
	ID       string    `json:"id"`                // "e1", unique in the record
	KB       string    `json:"kb,omitempty"`      // id in the knowledge base or chronicle
	Key      string    `json:"key,omitempty"`     // id made of the name where KB is empty: the same in every article, language and script
	Type     Type      `json:"type"`              //
	Name     string    `json:"name"`              // fullest form in the article, dictionary form
	Latin    string    `json:"latin,omitempty"`   // usual Latin-script form
	Country  string    `json:"country,omitempty"` // ISO 3166-1 alpha-3, or EUR NAT UNO WHO … IGO NGO
	Roles    []Post    `json:"roles,omitempty"`
	Mentions []Mention `json:"mentions"`
	Rule     string    `json:"rule,omitempty"`
}

// Post is an office or function of an entity as the article states it.
type Post struct {
	Text   string `json:"text"`
	Sector string `json:"sector,omitempty"` // PLOVER sector: GOV, MIL, LEG, …
	Former bool   `json:"former,omitempty"`
}

// Mention is one place where the text names an entity.
type Mention struct {
	Range
	Form Form   `json:"form"`
	Base string `json:"base,omitempty"` // dictionary form of this mention, for names
}
