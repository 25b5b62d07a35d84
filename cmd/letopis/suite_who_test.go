package main

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"letopis/data"
)

// whoBars are what the tables and rules of who is who must reach.
var whoBars = map[string]float64{
	"who.speaker_country all country": 0.85, "who.names_slavic all recall": 0.90, "who.names_slavic all precision": 0.97,
	"who.territories bg name": 0.995, "who.territories en name": 0.995, "who.territories ru name": 0.995, "who.territories ru form": 0.97,
	"who.nerel_country ru all": 0.85, "who.link all link-cross": 0.65,
}

func TestWhoBars(t *testing.T) {
	e := &env{stdout: &bytes.Buffer{}, stderr: &bytes.Buffer{}, data: data.FS}
	r, err := e.openReader()
	if err != nil {
		t.Fatal(err)
	}
	s := &suite{env: e, reader: r, shared: sharedDir(t)}
	rows, err := s.measure(context.Background(), func(t *task) bool { return strings.HasPrefix(t.name, "who.") })
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, row := range rows {
		name := row.Task + " " + row.Lang + " " + row.Metric
		if bar, ok := whoBars[name]; ok {
			if seen++; row.Value < bar {
				t.Errorf("%s is %.3f of %d, want %.3f", name, row.Value, row.N, bar)
			}
		}
	}
	if seen != len(whoBars) {
		t.Errorf("%d of %d figures measured", seen, len(whoBars))
	}
}
