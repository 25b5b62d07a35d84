package sqlite

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"letopis"
	"letopis/internal/store/storetest"
)

// On a disk that is really full a batch is refused whole, what was there before is
// read, and the work goes on when there is room.
func TestFullTmpfs(t *testing.T) {
	dir := t.TempDir()
	err := syscall.Mount("letopis", dir, "tmpfs", 0, "size=1m")
	if errors.Is(err, syscall.EPERM) || errors.Is(err, syscall.EACCES) {
		t.Skip("only root may mount a small disk; TestFullDisk tries the same with a limit of SQLite")
	} else if err != nil {
		t.Fatal(err)
	}
	defer syscall.Unmount(dir, syscall.MNT_DETACH)
	ctx := context.Background()
	s := open(t, dir, storetest.Plain{Part: 500})
	recs := storetest.NewGenerator(1).Records(2000)
	stored := 0
	for ; stored < len(recs); stored += 20 {
		if _, err = s.Put(ctx, recs[stored:stored+20]...); err != nil {
			break
		}
	}
	if letopis.KindOf(err) != letopis.Unavailable || !strings.Contains(fmt.Sprint(err), "disk") {
		t.Fatalf("after %d records: %v (kind %s), want a full disk", stored, err, letopis.KindOf(err))
	}
	s.Close() // it may fail to write its log back: the log stays
	if err := syscall.Mount("letopis", dir, "tmpfs", syscall.MS_REMOUNT, "size=64m"); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir, storetest.Plain{Part: 500})
	defer s.Close()
	if st, err := s.Stats(ctx); err != nil || st.Documents != stored {
		t.Errorf("%+v, %v; want the %d documents whose batches were stored", st, err, stored)
	}
	if _, err := s.Put(ctx, recs...); err != nil {
		t.Fatal(err)
	}
	calm := open(t, filepath.Join(t.TempDir()), storetest.Plain{Part: 500})
	defer calm.Close()
	if _, err := calm.Put(ctx, recs...); err != nil {
		t.Fatal(err)
	}
	if storetest.Dump(t, s, letopis.Query{}) != storetest.Dump(t, calm, letopis.Query{}) {
		t.Error("another chronicle than on a disk with room")
	}
}
