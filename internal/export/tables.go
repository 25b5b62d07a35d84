package export

import (
	"context"
	"io"
	"slices"
	"strconv"
	"strings"

	"letopis"
)

// POLECATColumns are the columns of POLECAT's files, in order.
var POLECATColumns = []string{"Event ID", "Event Date", "Event Type", "Event Mode", "Event Intensity", "Quad Code", "Contexts", "Actor Name", "Actor Country", "Actor COW",
	"Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw", "Wikipedia Actor ID", "Recipient Name", "Recipient Country", "Recipient COW",
	"Primary Recipient Sector", "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City", "District", "Province", "Country",
	"Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version"}

var quadNames = [...]string{"", "VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT"}

// join joins the values that are not empty, each once, with "; ".
func join(values ...string) string {
	var all []string
	for _, v := range values {
		if v != "" && !slices.Contains(all, v) {
			all = append(all, v)
		}
	}
	return strings.Join(all, "; ")
}

func over[T any](all []T, f func(T) string) string {
	values := make([]string, len(all))
	for i, v := range all {
		values[i] = f(v)
	}
	return join(values...)
}

// polecatSide are the eight columns of one side.
func polecatSide(all []side) []string {
	first := func(s []string) string {
		if len(s) == 0 {
			return ""
		}
		return s[0]
	}
	var sectors, titles []string
	for _, s := range all {
		sectors, titles = append(sectors, s.sectors...), append(titles, s.titles...)
	}
	return []string{over(all, side.inLatin), over(all, func(s side) string { return s.country }), "", first(sectors), join(sectors...), join(titles...),
		over(all, func(s side) string { return s.name }), ""}
}

func writePOLECAT(ctx context.Context, w io.Writer, c *Chronicle) error {
	l := newLines(w, "None")
	if err := l.row(POLECATColumns...); err != nil {
		return err
	}
	for t, err := range c.events(ctx) {
		if err != nil {
			return err
		}
		var contexts []string
		if t.event != nil {
			contexts = t.event.Context
		}
		named := func(kind letopis.Type) string {
			return over(t.rec.Entities, func(e letopis.Entity) string {
				if e.Type != kind {
					return ""
				}
				return e.Name
			})
		}
		row := []string{t.ID, t.day(), string(t.Code), t.Mode, c.intensity(t), quadNames[t.Code.Quad()], join(contexts...)}
		row = append(row, polecatSide(t.sides(t.Source, t.SourceCountry))...)
		row = append(row, polecatSide(t.sides(t.Target, t.TargetCountry))...)
		g := t.geo()
		row = append(row, g.name, g.city, "", g.unit, g.country, g.lat, g.lon, g.id, t.Place, g.feature, t.report.Publisher, dayOf(t.report.Published),
			named(letopis.Person), named(letopis.Organisation), named(letopis.Location), t.report.Lang, t.rec.Reading.Program)
		if err := l.row(row...); err != nil {
			return err
		}
	}
	return l.w.Flush()
}

// ICEWSColumns are the columns of ICEWS' files, in order.
var ICEWSColumns = []string{"Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code", "Intensity", "Target Name", "Target Sectors",
	"Target Country", "Story ID", "Sentence Number", "Publisher", "City", "District", "Province", "Country", "Latitude", "Longitude"}

func writeICEWS(ctx context.Context, w io.Writer, c *Chronicle) error {
	l := newLines(w, "")
	if err := l.row(ICEWSColumns...); err != nil {
		return err
	}
	for t, err := range c.events(ctx) {
		if err != nil {
			return err
		}
		g := t.geo()
		for _, p := range t.pairs() {
			if err := l.row(numberOf(t.ID, p.n), t.day(), p.from.inLatin(), join(p.from.sectors...), p.from.country, t.Text, c.cameo(t), c.goldstein(t),
				p.to.inLatin(), join(p.to.sectors...), p.to.country, string(t.report.Doc), "", t.report.Publisher, g.city, "", g.unit, g.country, g.lat, g.lon); err != nil {
				return err
			}
		}
	}
	return l.w.Flush()
}

// GDELTEventColumns are the columns of a GDELT 2.0 event, in order; the file has no header.
var GDELTEventColumns = strings.Fields(`GLOBALEVENTID SQLDATE MonthYear Year FractionDate
	Actor1Code Actor1Name Actor1CountryCode Actor1KnownGroupCode Actor1EthnicCode Actor1Religion1Code Actor1Religion2Code Actor1Type1Code Actor1Type2Code Actor1Type3Code
	Actor2Code Actor2Name Actor2CountryCode Actor2KnownGroupCode Actor2EthnicCode Actor2Religion1Code Actor2Religion2Code Actor2Type1Code Actor2Type2Code Actor2Type3Code
	IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions NumSources NumArticles AvgTone
	Actor1Geo_Type Actor1Geo_FullName Actor1Geo_CountryCode Actor1Geo_ADM1Code Actor1Geo_ADM2Code Actor1Geo_Lat Actor1Geo_Long Actor1Geo_FeatureID
	Actor2Geo_Type Actor2Geo_FullName Actor2Geo_CountryCode Actor2Geo_ADM1Code Actor2Geo_ADM2Code Actor2Geo_Lat Actor2Geo_Long Actor2Geo_FeatureID
	ActionGeo_Type ActionGeo_FullName ActionGeo_CountryCode ActionGeo_ADM1Code ActionGeo_ADM2Code ActionGeo_Lat ActionGeo_Long ActionGeo_FeatureID DATEADDED SOURCEURL`)

// gdeltActor are the ten columns of one actor.
func gdeltActor(s side) []string {
	types := append(slices.Clone(s.sectors), "", "", "")[:3]
	return []string{s.country + types[0], s.inLatin(), s.country, "", "", "", "", types[0], types[1], types[2]}
}

// gdeltDates are the four columns of a time, as far as it is known. The fraction is
// that of the codebook: (month × 30 + day) / 365.
func gdeltDates(first, last string) []string {
	out := []string{"", "", "", ""}
	if len(first) != 10 || len(last) != 10 {
		return out
	}
	if first == last {
		month, _ := strconv.Atoi(first[5:7])
		day, _ := strconv.Atoi(first[8:])
		out[0] = strings.ReplaceAll(first, "-", "")
		out[3] = first[:4] + strings.TrimPrefix(strconv.FormatFloat(min(float64(month*30+day)/365, 0.9999), 'f', 4, 64), "0")
	}
	if first[:7] == last[:7] {
		out[1] = strings.ReplaceAll(first[:7], "-", "")
	}
	if first[:4] == last[:4] {
		out[2] = first[:4]
	}
	return out
}

// gdeltTime is a day as GDELT's times have it; the hour is not known.
func gdeltTime(day string) string {
	if day == "" {
		return ""
	}
	return strings.ReplaceAll(day, "-", "") + "000000"
}

func writeGDELTEvents(ctx context.Context, w io.Writer, c *Chronicle) error {
	l := newLines(w, "")
	for t, err := range c.events(ctx) {
		if err != nil {
			return err
		}
		first, last := t.Days()
		cameo := c.cameo(t)
		docs := map[letopis.ID]bool{}
		url, added := "", ""
		for _, r := range t.Reports {
			docs[r.Doc] = true
			if url == "" {
				url = r.URL
			}
			if d := dayOf(r.Published); d != "" && (added == "" || d < added) {
				added = d
			}
		}
		for _, p := range t.pairs() {
			row := append([]string{numberOf(t.ID, p.n)}, gdeltDates(first, last)...)
			row = append(row, gdeltActor(p.from)...)
			row = append(row, gdeltActor(p.to)...)
			row = append(row, t.isRoot(), cameo, cameo[:min(3, len(cameo))], cameo[:min(2, len(cameo))], strconv.Itoa(int(t.Code.Quad())), c.goldstein(t),
				strconv.Itoa(len(t.Reports)), strconv.Itoa(t.Origins), strconv.Itoa(len(docs)), "")
			row = append(row, p.from.geo().gdelt()...)
			row = append(row, p.to.geo().gdelt()...)
			row = append(row, t.geo().gdelt()...)
			row = append(row, gdeltTime(added), url)
			if err := l.row(row...); err != nil {
				return err
			}
		}
	}
	return l.w.Flush()
}

// isRoot is 1 where the event stands in the first paragraph, as GDELT has it.
func (t *told) isRoot() string {
	if t.event == nil {
		return ""
	}
	n := 0
	for line := range strings.SplitSeq(t.rec.Document.Text, "\n") {
		n += len([]rune(line)) + 1
		if strings.TrimSpace(line) != "" {
			break
		}
	}
	if t.event.Trigger.Start < n {
		return "1"
	}
	return "0"
}

// GDELTMentionColumns are the columns of a GDELT 2.0 mention, in order; the file has no header.
var GDELTMentionColumns = strings.Fields(`GLOBALEVENTID EventTimeDate MentionTimeDate MentionType MentionSourceName MentionIdentifier SentenceID Actor1CharOffset Actor2CharOffset
	ActionCharOffset InRawText Confidence MentionDocLen MentionDocTone MentionDocTranslationInfo Extras`)

func writeGDELTMentions(ctx context.Context, w io.Writer, c *Chronicle) error {
	l := newLines(w, "")
	r := newReader(c)
	for t, err := range c.events(ctx) {
		if err != nil {
			return err
		}
		pairs := t.pairs()
		for i := range t.Reports {
			m, err := r.tell(ctx, t.Entry, &t.Reports[i])
			if err != nil {
				return err
			}
			for _, p := range pairs {
				if err := l.row(gdeltMention(t, m, p)...); err != nil {
					return err
				}
			}
		}
	}
	return l.w.Flush()
}

// gdeltMention is a report of an event: positions are code points of the original text.
func gdeltMention(t, m *told, p pair) []string {
	kind, id := "1", m.report.URL // on the web
	if id == "" {
		kind, id = "2", string(m.report.Doc) // by citation only
	}
	row := []string{numberOf(t.ID, p.n), gdeltTime(t.day()), gdeltTime(dayOf(m.report.Published)), kind, m.report.Publisher, id, ""}
	confidence := ""
	action := ""
	if m.event != nil {
		action = strconv.Itoa(m.event.Trigger.Start)
		confidence = strconv.Itoa(int(m.event.Confidence*100 + 0.5))
	}
	return append(row, m.offset(p.from), m.offset(p.to), action, "1", confidence, strconv.Itoa(len([]rune(m.rec.Document.Text))), "", "", "")
}

// offset is where the sentence of the event names an actor.
func (t *told) offset(s side) string {
	if t.event == nil || s.name == "" {
		return ""
	}
	for _, id := range slices.Concat(t.event.Source, t.event.Target) {
		e := t.by[id]
		if e == nil || e.Country != s.country || e.Name != s.name && e.Latin != s.latin {
			continue
		}
		for _, m := range e.Mentions {
			if t.event.Evidence.Contains(m.Span) {
				return strconv.Itoa(m.Start)
			}
		}
	}
	return ""
}

func writePETRARCH(ctx context.Context, w io.Writer, c *Chronicle) error {
	l := newLines(w, "---")
	for t, err := range c.events(ctx) {
		if err != nil {
			return err
		}
		trigger := ""
		if t.event != nil {
			trigger = t.event.Trigger.Text
		}
		for _, p := range t.pairs() {
			code := func(s side) string {
				if len(s.sectors) > 0 {
					return s.country + s.sectors[0]
				}
				return s.country
			}
			// The day is written without hyphens; issues stand empty, not missing.
			fields := []string{strings.ReplaceAll(t.day(), "-", ""), code(p.from), code(p.to), c.cameo(t), empty, string(t.report.Doc) + "_" + t.report.Item.Item, t.report.URL,
				t.report.Publisher, p.from.name, p.to.name, trigger}
			if err := l.row(fields...); err != nil {
				return err
			}
		}
	}
	return l.w.Flush()
}
