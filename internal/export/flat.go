package export

import (
	"context"
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"github.com/parquet-go/parquet-go"

	"letopis"
)

// Row is an entry as a row of a table; the CSV has the same columns, with lists
// joined by "; ".
type Row struct {
	ID            string   `parquet:"id"`
	Kind          string   `parquet:"kind,dict"`
	When          string   `parquet:"when"` // ISO 8601, as exact as it is known
	FirstDay      string   `parquet:"first_day"`
	LastDay       string   `parquet:"last_day"`
	Code          string   `parquet:"code,dict"`
	Mode          string   `parquet:"mode,dict"`
	Quad          int32    `parquet:"quad"` // 0: a statement
	CAMEORoot     string   `parquet:"cameo_root,dict"`
	Goldstein     *float64 `parquet:"goldstein,optional"` // of the root; none of a statement
	Modality      string   `parquet:"modality,dict"`
	Recalled      bool     `parquet:"recalled"`
	Source        []string `parquet:"source,list"`
	SourceCountry []string `parquet:"source_country,list"`
	Target        []string `parquet:"target,list"`
	TargetCountry []string `parquet:"target_country,list"`
	Speaker       string   `parquet:"speaker"`
	Place         string   `parquet:"place"`
	PlaceID       string   `parquet:"place_id"`
	PlaceCountry  string   `parquet:"place_country,dict"`
	PlaceUnit     string   `parquet:"place_unit,dict"` // ISO 3166-2
	Lat           *float64 `parquet:"lat,optional"`    // degrees
	Lon           *float64 `parquet:"lon,optional"`
	GeoNames      string   `parquet:"geonames"` // id
	Lang          string   `parquet:"lang,dict"`
	Text          string   `parquet:"text"`
	Confidence    float64  `parquet:"confidence"`
	Origins       int32    `parquet:"origins"`
	Origin        []string `parquet:"origin,list"`
	Reports       int32    `parquet:"reports"`
	Documents     []string `parquet:"documents,list"`
	URLs          []string `parquet:"urls,list"`
}

func (c *Chronicle) row(e *letopis.Entry) Row {
	first, last := e.Days()
	r := Row{
		ID: e.ID, Kind: string(e.Kind), When: string(e.When), FirstDay: first, LastDay: last, Code: string(e.Code), Mode: e.Mode, Quad: int32(e.Code.Quad()),
		Modality: string(e.Modality), Recalled: e.Recalled, Source: names(e.Source), SourceCountry: e.SourceCountry, Target: names(e.Target), TargetCountry: e.TargetCountry,
		Speaker: e.Speaker, Place: e.Place, Lang: e.Lang, Text: e.Text, Confidence: e.Confidence, Origins: int32(e.Origins), Reports: int32(len(e.Reports)),
	}
	if p := e.Where; p != nil {
		r.PlaceID, r.PlaceCountry, r.PlaceUnit, r.GeoNames = p.ID, p.Country, p.Unit, p.GeoNames
		if c := p.Coordinates; c != nil {
			r.Lat, r.Lon = &c.Lat, &c.Lon
		}
	}
	if k, ok := c.Onto.Category(e.Code); ok {
		r.CAMEORoot, r.Goldstein = k.CAMEO, &k.Goldstein
	}
	seen := map[string]bool{}
	once := func(list []string, kind, s string) []string {
		if s == "" || seen[kind+s] {
			return list
		}
		seen[kind+s] = true
		return append(list, s)
	}
	for _, rep := range e.Reports {
		r.Origin = once(r.Origin, "o", rep.Origin)
		r.Documents = once(r.Documents, "d", string(rep.Doc))
		r.URLs = once(r.URLs, "u", rep.URL)
	}
	return r
}

func names(all []letopis.Party) []string {
	var out []string
	for _, p := range all {
		out = append(out, p.Name)
	}
	return out
}

// csvColumns are those of Row.
var csvColumns = []struct {
	name string
	of   func(*Row) string
}{
	{"id", func(r *Row) string { return r.ID }},
	{"kind", func(r *Row) string { return r.Kind }},
	{"when", func(r *Row) string { return r.When }},
	{"first_day", func(r *Row) string { return r.FirstDay }},
	{"last_day", func(r *Row) string { return r.LastDay }},
	{"code", func(r *Row) string { return r.Code }},
	{"mode", func(r *Row) string { return r.Mode }},
	{"quad", func(r *Row) string { return number(r.Quad) }},
	{"cameo_root", func(r *Row) string { return r.CAMEORoot }},
	{"goldstein", func(r *Row) string {
		if r.Goldstein == nil {
			return ""
		}
		return decimal(*r.Goldstein)
	}},
	{"modality", func(r *Row) string { return r.Modality }},
	{"recalled", func(r *Row) string { return strconv.FormatBool(r.Recalled) }},
	{"source", func(r *Row) string { return strings.Join(r.Source, "; ") }},
	{"source_country", func(r *Row) string { return strings.Join(r.SourceCountry, "; ") }},
	{"target", func(r *Row) string { return strings.Join(r.Target, "; ") }},
	{"target_country", func(r *Row) string { return strings.Join(r.TargetCountry, "; ") }},
	{"speaker", func(r *Row) string { return r.Speaker }},
	{"place", func(r *Row) string { return r.Place }},
	{"place_id", func(r *Row) string { return r.PlaceID }},
	{"place_country", func(r *Row) string { return r.PlaceCountry }},
	{"place_unit", func(r *Row) string { return r.PlaceUnit }},
	{"lat", func(r *Row) string { return optional(r.Lat) }},
	{"lon", func(r *Row) string { return optional(r.Lon) }},
	{"geonames", func(r *Row) string { return r.GeoNames }},
	{"lang", func(r *Row) string { return r.Lang }},
	{"text", func(r *Row) string { return r.Text }},
	{"confidence", func(r *Row) string { return strconv.FormatFloat(r.Confidence, 'f', -1, 64) }},
	{"origins", func(r *Row) string { return number(r.Origins) }},
	{"origin", func(r *Row) string { return strings.Join(r.Origin, "; ") }},
	{"reports", func(r *Row) string { return number(r.Reports) }},
	{"documents", func(r *Row) string { return strings.Join(r.Documents, "; ") }},
	{"urls", func(r *Row) string { return strings.Join(r.URLs, "; ") }},
}

func optional(d *float64) string {
	if d == nil {
		return ""
	}
	return degrees(*d)
}

func number(n int32) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(int(n))
}

func writeCSV(_ context.Context, w io.Writer, c *Chronicle) error {
	out := csv.NewWriter(w)
	fields := make([]string, len(csvColumns))
	for i, col := range csvColumns {
		fields[i] = col.name
	}
	if err := out.Write(fields); err != nil {
		return err
	}
	for e, err := range c.Entries {
		if err != nil {
			return err
		}
		r := c.row(e)
		for i, col := range csvColumns {
			fields[i] = col.of(&r)
		}
		if err := out.Write(fields); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// groupRows is how many rows stand in a group of a Parquet file: what is held in memory.
const groupRows = 20000

func writeParquet(_ context.Context, w io.Writer, c *Chronicle) error {
	out := parquet.NewGenericWriter[Row](w, parquet.Compression(&parquet.Zstd), parquet.CreatedBy("letopis", "1", ""))
	var rows []Row
	write := func() error {
		if _, err := out.Write(rows); err != nil {
			return err
		}
		rows = rows[:0]
		return out.Flush()
	}
	for e, err := range c.Entries {
		if err != nil {
			return err
		}
		if rows = append(rows, c.row(e)); len(rows) == groupRows {
			if err := write(); err != nil {
				return err
			}
		}
	}
	if err := write(); err != nil {
		return err
	}
	return out.Close()
}
