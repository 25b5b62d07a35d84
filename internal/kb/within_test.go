package kb

import "testing"

func TestPlaceWithin(t *testing.T) {
	unit, city := &Place{ID: "a", Kind: "unit", Unit: "XX-1"}, &Place{ID: "b", Kind: "city", Unit: "XX-1"}
	other, loose := &Place{ID: "c", Kind: "unit", Unit: "XX-2"}, &Place{ID: "d", Kind: "city"}
	for _, c := range []struct {
		inner, outer *Place
		want         bool
	}{
		{city, unit, true}, {unit, unit, true}, {unit, city, false}, {city, other, false},
		{loose, unit, false}, {loose, &Place{ID: "e", Kind: "unit"}, false}, {loose, loose, true},
	} {
		if got := c.inner.Within(c.outer); got != c.want {
			t.Errorf("%s within %s: %v, want %v", c.inner.ID, c.outer.ID, got, c.want)
		}
	}
}
