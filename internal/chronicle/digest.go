package chronicle

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"letopis"
)

// Bounds of a digest: a hostile record must not make a giant of it.
const (
	maxForms = 12
	maxMarks = 200
	maxText  = 2000 // code points of an entry's text
)

// digest is what folding needs of one record.
type digest struct {
	Doc       letopis.ID     `json:"doc"`
	URL       string         `json:"url,omitempty"`
	Lang      string         `json:"lang"`
	Title     string         `json:"title,omitempty"`
	Published letopis.When   `json:"published,omitempty"`
	Publisher string         `json:"publisher,omitempty"`
	Agency    string         `json:"agency,omitempty"` // first link of the chain, as credited
	AgencyKey string         `json:"agency_key,omitempty"`
	Chain     []letopis.Link `json:"chain,omitempty"` // as credited: agencies, translators, publisher
	Words     int            `json:"words"`
	Sketch    sketch         `json:"sketch"`
	Opening   opening        `json:"opening,omitempty"`
	Marks     []string       `json:"marks,omitempty"` // what a translation keeps: names, numbers, dates, events; sorted
	Findings  []finding      `json:"findings,omitempty"`

	story *story
}

// finding is one finding of a record.
type finding struct {
	Item         string              `json:"item"`
	Kind         letopis.FindingKind `json:"kind"`
	Code         letopis.Code        `json:"code,omitempty"` // of an event
	Mode         string              `json:"mode,omitempty"`
	Modality     letopis.Modality    `json:"modality,omitempty"`
	When         letopis.When        `json:"when,omitempty"`
	Recalled     bool                `json:"recalled,omitempty"`
	Source       []party             `json:"source,omitempty"`
	Target       []party             `json:"target,omitempty"`
	SourceC      []string            `json:"sc,omitempty"` // countries, sorted
	TargetC      []string            `json:"tc,omitempty"`
	Place        string              `json:"place,omitempty"`
	PlaceCountry string              `json:"place_country,omitempty"`
	Where        *letopis.Place      `json:"where,omitempty"`
	Text         string              `json:"text"`
	Keys         []string            `json:"keys,omitempty"`  // names and numbers in the words, sorted
	Words        letopis.Kind        `json:"words,omitempty"` // of a statement: direct, mixed, indirect
	Speaker      string              `json:"speaker,omitempty"`
	Cue          string              `json:"cue,omitempty"`
	Stance       string              `json:"stance,omitempty"`
	Confidence   float64             `json:"confidence,omitempty"`
	Counts       []count             `json:"counts,omitempty"`
}

func newDigest(r *letopis.Record) *digest {
	doc := &r.Document
	d := &digest{Doc: doc.ID, URL: doc.URL, Lang: doc.Lang, Title: doc.Title, Published: doc.Published.Value}
	x := &digester{ents: map[string]*letopis.Entity{}, rec: r}
	for i := range r.Entities {
		x.ents[r.Entities[i].ID] = &r.Entities[i]
	}
	for _, s := range doc.Provenance {
		switch s.Role {
		case letopis.RoleAgency:
			if d.Agency == "" {
				d.Agency, d.AgencyKey = s.Name, x.sourceKey(s)
			}
		case letopis.RolePublisher:
			d.Publisher = cmp.Or(d.Publisher, s.Name)
		}
	}
	if d.Publisher == "" {
		if u, err := url.Parse(doc.URL); err == nil {
			d.Publisher = strings.TrimPrefix(u.Hostname(), "www.")
		}
	}
	d.Chain = chain(doc.Provenance, d.Publisher)
	terms := letopis.Terms(doc.Text)
	d.Words = len(terms)
	d.Sketch, d.Opening = newSketch(terms), newOpening(terms)
	for f := range r.Findings() {
		if k := rulesOf(f.Kind); k != nil {
			d.Findings = append(d.Findings, x.finding(k, f))
		}
	}
	d.Marks = x.marks(terms, d.Findings)
	return d
}

// maxLinks bounds a chain.
const maxLinks = 8

// chain puts those whom an article credits in the order in which the news passes them.
func chain(credited []letopis.Source, publisher string) []letopis.Link {
	var all []letopis.Link
	for _, role := range []letopis.Role{letopis.RoleAgency, letopis.RoleTranslator} {
		for _, s := range credited {
			l := letopis.Link{Role: role, Name: clip(s.Name, 200)}
			if s.Role == role && !slices.Contains(all, l) && len(all) < maxLinks {
				all = append(all, l)
			}
		}
	}
	if publisher != "" {
		all = append(all, letopis.Link{Role: letopis.RolePublisher, Name: clip(publisher, 200)})
	}
	return all
}

type digester struct {
	rec  *letopis.Record
	ents map[string]*letopis.Entity
}

// sourceKey names an agency: by the knowledge base, which knows it in any script, or by
// the name that is credited. The key of its entity is of a longer name often enough.
func (x *digester) sourceKey(s letopis.Source) string {
	if e := x.ents[s.Entity]; e != nil && e.KB != "" {
		return e.KB
	}
	return plain(s.Name)
}

func (x *digester) parties(ids []string) []party {
	var all []party
	for _, id := range ids {
		if e := x.ents[id]; e != nil {
			all = append(all, party{letopis.Party{KB: e.KB, Type: e.Type, Name: clip(e.Name, 200), Latin: e.Latin, Country: e.Country, Forms: forms(e)}, e.Key})
		}
	}
	return all
}

// forms are the other names by which the article calls the entity.
func forms(e *letopis.Entity) []string {
	var all []string
	for _, m := range e.Mentions {
		if m.Form == letopis.FormName {
			all = append(all, clip(m.Text, 100), clip(m.Base, 100))
		}
	}
	all = slices.DeleteFunc(set(all), func(s string) bool { return s == "" || s == e.Name || s == e.Latin })
	return all[:min(len(all), maxForms)]
}

func countries(given []string, parties ...[]party) []string {
	all := slices.Clone(given)
	if len(all) == 0 {
		for _, p := range slices.Concat(parties...) {
			all = append(all, p.Country)
		}
	}
	return slices.DeleteFunc(set(all), func(c string) bool { return c == "" })
}

// finding digests what all kinds have, and the rest by the rules of its kind.
func (x *digester) finding(k *kindRules, of letopis.Finding) finding {
	f := finding{Item: of.ID, Kind: of.Kind, Modality: of.Modality, When: of.When, Recalled: of.Recalled,
		Text: clip(of.Words.Text, maxText), Keys: x.keys(of.Words), Confidence: of.Confidence}
	k.digest(x, of, &f)
	return f
}

func (x *digester) event(of letopis.Finding, f *finding) {
	v := of.Event
	f.Code, f.Mode, f.Cue = v.Code, v.Mode, v.Trigger.Text
	f.Source, f.Target = x.parties(v.Source), x.parties(v.Target)
	f.SourceC = countries(v.SourceCountry, f.Source)
	f.TargetC = countries(v.TargetCountry, f.Target)
	if e := x.ents[v.Place]; e != nil {
		f.Place, f.PlaceCountry, f.Where = e.Name, e.Country, whereOf(e, v.Evidence)
	} else if v.Code == letopis.Assault {
		f.Where = x.hit(v)
	}
	f.Counts = x.counts(of.Words)
}

// whereOf is what is known of the place of an event. A government is where it is said to
// be: in its capital only where the evidence names that.
func whereOf(e *letopis.Entity, evidence letopis.Range) *letopis.Place {
	p := letopis.Place{Country: e.Country}
	switch {
	case e.Place != nil && e.Place.ID != "" && e.Place.ID == e.KB:
		p = *e.Place
		p.Name, p.Latin, p.Country = "", e.Latin, cmp.Or(p.Country, e.Country)
	case e.Place != nil && e.Place.ID != "" && slices.ContainsFunc(e.Mentions, func(m letopis.Mention) bool { return m.Base == e.Place.Name && evidence.Contains(m.Span) }):
		p = *e.Place
		p.Country = e.Country
	case strings.HasPrefix(e.KB, "country/"):
		p.ID, p.Latin = e.KB, e.Latin
	case e.Country == "":
		return nil
	}
	return &p
}

// hit is the place that is itself attacked, where it is the only one: "they shelled Odesa".
func (x *digester) hit(v *letopis.Event) *letopis.Place {
	var at *letopis.Place
	for _, id := range v.Target {
		e := x.ents[id]
		if e == nil || !strings.HasPrefix(e.KB, "place/") || e.Place == nil {
			continue
		}
		if at != nil {
			return nil
		}
		at = whereOf(e, v.Evidence)
		at.Name = clip(e.Name, 200)
	}
	return at
}

func (x *digester) statement(of letopis.Finding, f *finding) {
	s := of.Statement
	f.Words, f.Stance = s.Kind, s.Stance
	f.Source, f.Target = x.parties([]string{s.Speaker.Entity}), x.parties([]string{s.Addressee})
	if s.Cue != nil {
		f.Cue = s.Cue.Text
	}
	if len(f.Source) > 0 {
		f.Speaker = f.Source[0].Name
	} else if s.Speaker.Mention != nil {
		f.Speaker = clip(s.Speaker.Mention.Text, 200)
		f.Source = []party{{Party: letopis.Party{Name: f.Speaker}}}
	}
	f.SourceC = countries(nil, f.Source)
	// A statement faces whom it addresses and the countries that it speaks of.
	about := countries(nil, f.Target)
	for i := range x.rec.Entities {
		e := &x.rec.Entities[i]
		if e.Country != "" && !slices.Contains(f.SourceC, e.Country) && mentionedIn(e, s.Content) {
			about = append(about, e.Country)
		}
	}
	f.TargetC = set(about)
}

func mentionedIn(e *letopis.Entity, r letopis.Range) bool {
	return slices.ContainsFunc(e.Mentions, func(m letopis.Mention) bool { return r.Contains(m.Span) })
}

// keys are the names and numbers that stand in a range, whatever the language.
func (x *digester) keys(r letopis.Range) []string {
	all := numbers(letopis.Terms(r.Text))
	for i := range x.rec.Entities {
		e := &x.rec.Entities[i]
		if mentionedIn(e, r) && !isCountryName(e) && !x.tells(e) {
			all = append(all, entityKey(e))
		}
	}
	all = slices.DeleteFunc(set(all), func(s string) bool { return s == "" })
	return all[:min(len(all), maxMarks)]
}

// tells reports whether an entity is one that passes the news on: that two articles
// name it does not make what they tell one event.
func (x *digester) tells(e *letopis.Entity) bool {
	return strings.HasPrefix(e.KB, "outlet/") || slices.ContainsFunc(x.rec.Document.Provenance, func(s letopis.Source) bool {
		return s.Name == e.Name
	})
}

// isCountryName reports whether an entity is a state itself: its name says no more
// than the country codes do, which are compared anyway.
func isCountryName(e *letopis.Entity) bool {
	return e.Type == letopis.Location && e.Country != "" && (e.KB == "" || strings.HasPrefix(e.KB, "country/"))
}

// marks are what a translation keeps of an article.
func (x *digester) marks(terms []string, findings []finding) []string {
	all := numbers(terms)
	for i := range x.rec.Entities {
		e := &x.rec.Entities[i]
		if len(e.Mentions) > 0 && e.Mentions[0].Form == letopis.FormName && !isCountryName(e) {
			all = append(all, entityKey(e))
		} else if e.Country != "" {
			all = append(all, "c:"+e.Country)
		}
	}
	for _, t := range x.rec.Dates {
		all = append(all, "d:"+string(t.Value))
	}
	for i := range findings {
		all = append(all, rulesOf(findings[i].Kind).mark(&findings[i]))
	}
	all = slices.DeleteFunc(set(all), func(s string) bool { return s == "" })
	return all[:min(len(all), maxMarks)]
}

func eventMark(f *finding) string {
	return "v:" + string(f.Code) + " " + strings.Join(f.SourceC, ",") + ">" + strings.Join(f.TargetC, ",")
}

func statementMark(f *finding) string {
	if len(f.Source) == 0 || !f.Source[0].named() {
		return "" // an office: each language calls it otherwise
	}
	return "s:" + f.Source[0].key()
}

// clip cuts s after n code points.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for i := range s {
		if n == 0 {
			return s[:i] + "…"
		}
		n--
	}
	return s
}
