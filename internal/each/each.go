// Package each does independent work on all processors.
package each

import (
	"runtime"
	"sync"
)

// Do calls work for 0 to n-1, on all processors, and returns when all are done. The
// calls come in no order; work must be safe for that.
func Do(n int, work func(int)) {
	var wg sync.WaitGroup
	workers := min(runtime.GOMAXPROCS(0), n)
	for w := range workers {
		wg.Go(func() {
			for i := w; i < n; i += workers {
				work(i)
			}
		})
	}
	wg.Wait()
}
