package score

import (
	"os"
	"path/filepath"
	"testing"
)

func TestScoreCoded(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.jsonl")
	text := `{"id":"a","text":"x","expected":[{"source":"PERGOV","target":"ECU","code":"0421"}],"note":""}
{"id":"b","text":"x","expected":[],"note":"noevents"}
{"id":"c","text":"x","expected":[{"source":"PER","target":"ECU","code":"19"}],"note":""}
{"id":"d","text":"x","expected":[],"note":"error=bad_input_parse"}
{"id":"e","text":"x","expected":[],"note":"noevents"}
`
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	records, err := OpenCoded(path)
	if err != nil || len(records) != 4 {
		t.Fatalf("%d records, %v", len(records), err)
	}
	for i := range records {
		records[i].Roots()
	}
	answers := [][]Triple{
		{{"PER", "ECU", "04"}, {"ECU", "PER", "04"}}, // found, with another
		nil,                    // right
		{{"PER", "ECU", "18"}}, // wrong code
		{{"PER", "ECU", "18"}}, // must find nothing
	}
	f := ScoreCoded(records, answers)
	if f[0].Metric != "found" || f[0].Value() != 0.5 || f[1].Metric != "exact" || f[1].Value() != 0.25 {
		t.Errorf("%+v", f)
	}
}
