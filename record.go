package letopis

// Record is what letopis makes of one article. It is immutable: a better
// reading makes another record, with another [Reading].
// Entities stand in the order of their first mention, all else by start.
type Record struct {
	Schema     string      `json:"schema"`
	Reading    Reading     `json:"reading"`
	Document   Document    `json:"document"`
	Entities   []Entity    `json:"entities"`
	Dates      []Date      `json:"dates"`
	Statements []Statement `json:"statements"`
	Events     []Event     `json:"events"`
}

// Reading names the versions that made a record.
type Reading struct {
	Program  string            `json:"program"`
	Packs    map[string]string `json:"packs"` // language → version; encoding/json sorts the keys
	Ontology string            `json:"ontology"`
	KB       string            `json:"kb"`
}
