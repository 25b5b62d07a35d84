package letopis

import "strings"

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
	Place    *Place    `json:"place,omitempty"` // where it lies, of a known place; the capital or seat that stands for its government
	Mentions []Mention `json:"mentions"`
	Rule     string    `json:"rule,omitempty"`
}

// Place is a place that is known: what an entity is, or, where a capital or a seat of
// government stands for the government, that capital or seat.
type Place struct {
	ID          string       `json:"id,omitempty"`          // "place/odesa", "capital/RUS"; empty of a seat of government
	Name        string       `json:"name,omitempty"`        // dictionary form, where the entity has another
	Latin       string       `json:"latin,omitempty"`       // usual Latin-script form, where there is Name
	Kind        string       `json:"kind,omitempty"`        // city, unit, region, water, disputed
	Coordinates *Coordinates `json:"coordinates,omitempty"` // nil where they are not known
	GeoNames    string       `json:"geonames,omitempty"`    // id in geonames.org
	Unit        string       `json:"unit,omitempty"`        // ISO 3166-2 code of a unit, or of the unit in which a city lies
	Country     string       `json:"country,omitempty"`     // of the place of an entry, and of a disputed one, by the United Nations; else the entity has it
}

// Coordinates are degrees of latitude and longitude.
type Coordinates struct {
	Lat float64 `json:"lat"`
	Lon float64 `json:"lon"`
}

// IsUnit reports whether a code has the form of ISO 3166-2: UA-51, GB-ENG.
func IsUnit(code string) bool {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	country, unit, _ := strings.Cut(code, "-")
	return len(country) == 2 && len(unit) >= 1 && len(unit) <= 3 && strings.Trim(country, letters) == "" && strings.Trim(unit, letters+"0123456789") == ""
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
