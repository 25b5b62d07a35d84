package letopis

// Document is one article as it was published. Text is never edited: every
// finding of a [Record] points into it.
type Document struct {
	ID         ID        `json:"id"`
	GivenID    string    `json:"given_id,omitempty"` // the article's own name in its file or feed; not part of ID
	URL        string    `json:"url,omitempty"`
	Lang       string    `json:"lang"` // ISO 639-1
	Title      string    `json:"title,omitempty"`
	Text       string    `json:"text"`
	Published  Published `json:"published"`
	Provenance []Source  `json:"provenance"` // nearest to the event first
}

// Basis says on what ground the publication date of a document rests.
type Basis string

// The grounds of a publication date.
const (
	BasisGiven    Basis = "given"    // by the user, on the command line
	BasisMetadata Basis = "metadata" // of the feed, page or file
	BasisText     Basis = "text"     // a dateline or byline in the text
	BasisInferred Basis = "inferred" // concluded from what the text knows
)

// Published is the publication date of a document. Value is empty when it is
// not known; it may be an interval when it is inferred.
type Published struct {
	Value    When    `json:"value,omitempty"`
	Basis    Basis   `json:"basis,omitempty"`
	Evidence []Range `json:"evidence,omitempty"`
	// Claimed keeps what the metadata said where the text overruled it.
	Claimed When   `json:"claimed,omitempty"`
	Rule    string `json:"rule,omitempty"`
}

// Role is the part that a source played on the way of the news.
type Role string

// The roles of a reporting chain.
const (
	RoleAgency     Role = "agency"
	RoleTranslator Role = "translator"
	RolePublisher  Role = "publisher"
	RoleAuthor     Role = "author"
)

// Source is one link of the reporting chain. Start, End and Text give the words
// that credit it; End is 0 where the source is known from elsewhere than the text.
type Source struct {
	Role   Role   `json:"role"`
	Name   string `json:"name"` // dictionary form
	Entity string `json:"entity,omitempty"`
	Range
	Rule string `json:"rule,omitempty"`
}
