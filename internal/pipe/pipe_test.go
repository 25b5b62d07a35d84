package pipe_test

import (
	"context"
	"fmt"
	"iter"
	"runtime"
	"strings"
	"testing"
	"time"

	"letopis"
	"letopis/internal/pipe"
)

func nameOf(d *letopis.Document) string { return d.GivenID }

func documents(n int) iter.Seq2[*letopis.Document, error] {
	return func(yield func(*letopis.Document, error) bool) {
		for i := range n {
			var err error
			doc := &letopis.Document{GivenID: fmt.Sprint(i)}
			if i%10 == 3 {
				doc, err = nil, fmt.Errorf("bad %d", i)
			}
			if !yield(doc, err) {
				return
			}
		}
	}
}

func TestInOrder(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(8))
	work := func(_ context.Context, doc *letopis.Document) (string, error) {
		if strings.HasSuffix(doc.GivenID, "7") {
			panic("defect")
		}
		if strings.HasSuffix(doc.GivenID, "0") {
			time.Sleep(time.Millisecond) // so that later ones are done first
		}
		return doc.GivenID, nil
	}
	i := 0
	for got, err := range pipe.InOrder(t.Context(), documents(200), nameOf, work) {
		switch i % 10 {
		case 3:
			if err == nil || err.Error() != fmt.Sprintf("bad %d", i) {
				t.Errorf("%d: %q %v", i, got, err)
			}
		case 7:
			if letopis.KindOf(err) != letopis.Internal || !strings.Contains(err.Error(), fmt.Sprintf("read %d: a defect of letopis: defect at ", i)) || !strings.Contains(err.Error(), "pipe_test.go:") {
				t.Errorf("%d: %q %v", i, got, err)
			}
		default:
			if err != nil || got != fmt.Sprint(i) {
				t.Errorf("%d: %q %v", i, got, err)
			}
		}
		i++
	}
	if i != 200 {
		t.Errorf("%d results", i)
	}
	n := 0
	for range pipe.InOrder(t.Context(), documents(200), nameOf, work) {
		if n++; n == 5 {
			break
		}
	}
}
