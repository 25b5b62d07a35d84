package sqlite

import (
	"context"
	"path/filepath"
	"testing"

	"letopis"
	"letopis/internal/store"
	"letopis/internal/store/storetest"
)

func open(t testing.TB, place string, f store.Folder) *Store {
	t.Helper()
	s, err := Open(context.Background(), filepath.Join(place, "letopis.db"), Options{Fold: f})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestContract(t *testing.T) {
	storetest.Run(t, func(t testing.TB, place string, f store.Folder) letopis.Store { return open(t, place, f) }, true)
}
