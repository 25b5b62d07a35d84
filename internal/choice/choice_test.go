package choice_test

import (
	"strings"
	"testing"

	"letopis"
	"letopis/internal/choice"
)

type form string

func (f form) FormatName() string { return string(f) }

func TestFormat(t *testing.T) {
	all := []form{"json", "csv"}
	if f, err := choice.Format(all, "csv"); f != "csv" || err != nil {
		t.Errorf("csv: %q, %v", f, err)
	}
	for _, name := range []string{"", "CSV", "xls"} {
		f, err := choice.Format(all, name)
		if f != "" || letopis.KindOf(err) != letopis.Unsupported || !strings.HasSuffix(err.Error(), "choose one of json, csv") {
			t.Errorf("%q: %q, %v", name, f, err)
		}
	}
}
