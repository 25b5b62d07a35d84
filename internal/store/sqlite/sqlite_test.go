package sqlite

import (
	"context"
	"path/filepath"
	"testing"

	"letopis"
	"letopis/internal/store/storetest"
)

func open(t testing.TB, place string, f letopis.Folder) *Store {
	t.Helper()
	s, err := Open(context.Background(), filepath.Join(place, "letopis.db"), Options{Fold: f})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestContract(t *testing.T) {
	t.Run("Shelf", func(t *testing.T) {
		storetest.Run(t, func(t testing.TB, place string, f letopis.Folder) letopis.Store {
			return open(t, place, storetest.OnShelf(f))
		}, true)
	})
	storetest.Run(t, func(t testing.TB, place string, f letopis.Folder) letopis.Store { return open(t, place, f) }, true)
}
