package chronicle

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"letopis"
)

// Every kind that a record may have is folded, and an unknown one is refused, not taken
// for one of the others.
func TestKinds(t *testing.T) {
	for _, k := range letopis.FindingKinds() {
		if rulesOf(k) == nil {
			t.Errorf("findings of the kind %q are not folded", k)
		}
	}
	for k, good := range map[letopis.FindingKind]bool{letopis.FindingEvent: true, letopis.FindingStatement: true, "": false, "no such kind": false} {
		if err := check(&finding{Item: "n7", Kind: k}); (err == nil) != good || err != nil && !strings.Contains(err.Error(), "n7") {
			t.Errorf("a finding of the kind %q: %v", k, err)
		}
	}
}

// A digest of another program that has an unknown kind does not become entries.
func TestUnknownKindIsRefused(t *testing.T) {
	s := newTestBlocks()
	s.put(t, crowd(3, 2)...)
	for doc, raw := range s.digests {
		var d digest
		if err := json.Unmarshal(raw, &d); err != nil {
			t.Fatal(err)
		}
		if len(d.Findings) == 0 {
			continue
		}
		d.Findings[0].Kind = "no such kind"
		var err error
		if s.digests[doc], err = json.Marshal(&d); err != nil {
			t.Fatal(err)
		}
		if _, err := (Folder{}).Fold(context.Background(), s, nil); err == nil || !strings.Contains(err.Error(), `"no such kind"`) {
			t.Errorf("folding gives the error %v, want one about the kind", err)
		}
		return
	}
	t.Fatal("no document has findings")
}

// A claim that two findings of different kinds are the same joins nothing.
func TestKindsAreNotJoined(t *testing.T) {
	var both []*letopis.Record
	for _, r := range crowd(3, 200) {
		if len(r.Events) > 0 && len(r.Statements) > 0 {
			both = append(both, r)
		}
	}
	r := both[0]
	claim := letopis.Claim{Kind: letopis.ClaimSame, By: "x", Of: []letopis.Item{{Doc: r.Document.ID, Item: r.Events[0].ID}, {Doc: r.Document.ID, Item: r.Statements[0].ID}}}
	entries, err := Entries(context.Background(), both, []letopis.Claim{claim})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		for _, rep := range e.Reports {
			if rep.Kind() != e.Kind {
				t.Errorf("%s stands in an entry of the kind %q", rep.Item.Item, e.Kind)
			}
		}
	}
}
