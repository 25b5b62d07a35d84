package synth

import (
	"encoding/json"
	"testing"
)

// Generated records keep the contract, have the shapes that they promise, and are
// the same for the same seed.
func TestRecords(t *testing.T) {
	for name, make := range map[string]func(uint64) *Generator{"small": New, "large": NewWorld} {
		recs := make(4).Records(2000)
		copies, recalled, ids := 0, 0, map[string]bool{}
		for _, r := range recs {
			if err := r.Validate(); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if ids[string(r.Document.ID)] {
				t.Fatalf("%s: %s twice", name, r.Document.ID)
			}
			ids[string(r.Document.ID)] = true
			if len(r.Document.URL) > 8 && r.Document.URL[8:14] == "copies" {
				copies++
			}
			for _, v := range r.Events {
				if v.Recalled {
					recalled++
				}
			}
		}
		t.Logf("%s: %d copies, %d recollections", name, copies, recalled)
		if name == "large" && copies < 300 || recalled < 100 {
			t.Errorf("%s: %d copies, %d recollections", name, copies, recalled)
		}
		a, _ := json.Marshal(make(4).Records(50))
		b, _ := json.Marshal(recs[:50])
		if string(a) != string(b) {
			t.Errorf("%s: the same seed gives other records", name)
		}
	}
}
