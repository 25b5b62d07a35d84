package each

import (
	"slices"
	"testing"
)

func TestDo(t *testing.T) {
	for _, n := range []int{0, 1, 2, 1000} {
		done := make([]int, n)
		Do(n, func(i int) { done[i]++ })
		if slices.ContainsFunc(done, func(d int) bool { return d != 1 }) {
			t.Errorf("of %d some were done not once: %v", n, done)
		}
	}
}
