package kb

import (
	"maps"
	"slices"
)

// Offices returns the ids of all offices and organs, sorted.
func (k *KB) Offices() []string { return slices.Sorted(maps.Keys(k.offices)) }
