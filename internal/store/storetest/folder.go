package storetest

import (
	"context"
	"encoding/json"
	"iter"
	"slices"

	"letopis"
)

// Plain is a [letopis.Folder] for testing stores: every finding is an entry of its
// own, and a retracted one is none.
type Plain struct {
	V string // its version
}

// Version is V.
func (f Plain) Version() string { return "plain" + f.V }

// Digest is the entries of the record, as JSON.
func (f Plain) Digest(r *letopis.Record) ([]byte, error) {
	by := map[string]letopis.Entity{}
	for _, e := range r.Entities {
		by[e.ID] = e
	}
	parties := func(ids []string) []letopis.Party {
		all := []letopis.Party{}
		for _, id := range ids {
			e := by[id]
			all = append(all, letopis.Party{KB: e.KB, Type: e.Type, Name: e.Name, Latin: e.Latin, Country: e.Country})
		}
		return all
	}
	report := func(item string, recalled bool) []letopis.Report {
		d := &r.Document
		return []letopis.Report{{Item: letopis.Item{Doc: d.ID, Item: item}, Origin: d.Provenance[0].Name, URL: d.URL, Lang: d.Lang, Published: d.Published.Value, Recalled: recalled}}
	}
	entries := []letopis.Entry{}
	for _, v := range r.Events {
		entries = append(entries, letopis.Entry{ID: string(r.Document.ID) + v.ID, Kind: letopis.EntryEvent, When: v.Date, Code: v.Code, Modality: v.Modality,
			Source: parties(v.Source), Target: parties(v.Target), SourceCountry: v.SourceCountry, TargetCountry: v.TargetCountry,
			Text: v.Evidence.Text, Lang: r.Document.Lang, Recalled: v.Recalled, Origins: 1, Reports: report(v.ID, v.Recalled)})
	}
	for _, s := range r.Statements {
		who := by[s.Speaker.Entity]
		entries = append(entries, letopis.Entry{ID: string(r.Document.ID) + s.ID, Kind: letopis.EntryStatement, When: s.Date,
			Source: parties([]string{s.Speaker.Entity}), Target: []letopis.Party{}, SourceCountry: []string{who.Country}, TargetCountry: []string{},
			Text: s.Content.Text, Lang: r.Document.Lang, Words: s.Kind, Speaker: who.Name, Origins: 1, Reports: report(s.ID, s.Recalled)})
	}
	return json.Marshal(entries)
}

// Fold collects the entries of all digests.
func (f Plain) Fold(ctx context.Context, digests iter.Seq2[[]byte, error], claims []letopis.Claim) ([]*letopis.Entry, error) {
	all := []*letopis.Entry{}
	for d, err := range digests {
		if err != nil {
			return nil, err
		}
		var entries []*letopis.Entry
		if err := json.Unmarshal(d, &entries); err != nil {
			return nil, err
		}
		all = append(all, entries...)
	}
	for _, c := range claims {
		if c.Kind == letopis.ClaimRetract {
			all = slices.DeleteFunc(all, func(e *letopis.Entry) bool { return slices.Contains(c.Of, e.Reports[0].Item) })
		}
	}
	letopis.SortEntries(all)
	return all, ctx.Err()
}
