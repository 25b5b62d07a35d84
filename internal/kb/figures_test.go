package kb

import (
	"os"
	"testing"
)

// What is told apart by a number alone has another key, whatever the script.
func TestKeyHasNumbers(t *testing.T) {
	k, err := Open(os.DirFS("../../data/kb"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		a, la, b, lb string
		same         bool
	}{
		{"Су-25", "bg", "Су-34", "bg", false}, {"Су-25", "bg", "Су-25", "ru", true}, {"Боинг 737", "bg", "Боинг-737", "ru", true}, {"Боинг 737", "bg", "Боинг 747", "bg", false},
		{"Северен поток", "bg", "Северен поток 2", "bg", false}, {"закон 1-12", "bg", "закон 11-2", "bg", false},
	} {
		if a, b := k.Key(c.a, c.la), k.Key(c.b, c.lb); a == b != c.same {
			t.Errorf("%s and %s: %s and %s", c.a, c.b, a, b)
		}
	}
}
