package main

import (
	"testing"

	"letopis/internal/locale"
	"letopis/internal/read"
)

// TestReasonsHaveWords checks that every reason of the reader is told in every
// language of the interface.
func TestReasonsHaveWords(t *testing.T) {
	locales, err := locale.All()
	if err != nil {
		t.Fatal(err)
	}
	for lang, l := range locales {
		for _, why := range read.Reasons() {
			if l["why."+string(why)] == "" {
				t.Errorf("locale %s: no text for why.%s", lang, why)
			}
		}
	}
}
