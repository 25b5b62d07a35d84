package kb

import (
	"slices"
	"testing"
	"testing/fstest"
)

func TestPlacesCalled(t *testing.T) {
	k, err := Open(fstest.MapFS{
		"countries.tsv":    {Data: []byte("NOR\tNO\tstate\n")},
		"xx/countries.tsv": {Data: []byte("NOR\tНория\tОсла\n")},
		"places.tsv":       {Data: []byte("vell\tcity\tNOR\t\t1\t1\t7\tNO-03\nvell-land\tunit\tNOR\t\t\t\t\tNO-03\n")},
		"xx/places.tsv":    {Data: []byte("vell\tВелла\nvell-land\tВеллия\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][]string{
		"Велла": {"place/vell"}, "велла": {"place/vell"}, "vell": {"place/vell"}, "place/vell": {"place/vell"},
		"Веллия": {"NO-03", "place/vell-land"}, "NO-03": {"NO-03"}, "XX-03": nil,
		"Нория": {"NOR"}, "NOR": {"NOR"}, "country/NOR": {"NOR", "country/NOR"}, "Осла": {"capital/NOR"}, "capital/NOR": {"capital/NOR"},
		"": nil, "Велла Нория": nil, "place/": nil, "-": nil, "country/XXX": nil,
	} {
		got := k.PlacesCalled(name)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}
