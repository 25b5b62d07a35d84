// Package pipe does one kind of work on a stream of items, on all processors.
//
// Its invariant: what comes out stands in the order of what went in, so that output does
// not depend on how many processors there are or which of them was faster.
package pipe

import (
	"context"
	"fmt"
	"iter"
	"path"
	"runtime"
	"strings"

	"letopis"
)

// InOrder does work on everything in, on all processors, and gives the results in the
// order of in. An error of in or of work comes in its place; a panic of work is an error
// of kind Internal about "read NAME", the name being that of the item. At most a few items
// for each processor are held. When ctx is done the last error is its own. The iteration
// can be done once.
func InOrder[In, Out any](ctx context.Context, in iter.Seq2[In, error], name func(In) string, work func(context.Context, In) (Out, error)) iter.Seq2[Out, error] {
	return func(yield func(Out, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		workers := runtime.GOMAXPROCS(0)
		todo := make(chan *job[In, Out])
		order := make(chan *job[In, Out], 4*workers)
		for range workers {
			go func() {
				for j := range todo {
					j.val, j.err = guarded(ctx, j.item, name, work)
					close(j.done)
				}
			}()
		}
		// The producer may be held up by a terminal or a pipe, so nobody waits for it.
		go feed(ctx, in, order, todo)
		for {
			j := await(ctx, order)
			if err := ctx.Err(); err != nil {
				var none Out
				yield(none, err)
				return
			}
			if j == nil || !yield(j.val, j.err) {
				return
			}
		}
	}
}

// feed makes every item a job, puts it into order and gives it to the workers; an error
// of in is a job that is done. It closes both channels at the end of in or when ctx is done.
func feed[In, Out any](ctx context.Context, in iter.Seq2[In, error], order, todo chan<- *job[In, Out]) {
	defer close(order)
	defer close(todo)
	for item, err := range in {
		j := &job[In, Out]{item: item, err: err, done: make(chan struct{})}
		select {
		case order <- j:
		case <-ctx.Done():
			return
		}
		if err != nil {
			close(j.done)
			continue
		}
		select {
		case todo <- j:
		case <-ctx.Done():
			return
		}
	}
}

// await returns the next job when it is done; nil after the last one, and maybe when ctx is done.
func await[In, Out any](ctx context.Context, order <-chan *job[In, Out]) *job[In, Out] {
	select {
	case j := <-order:
		if j != nil {
			select {
			case <-j.done:
			case <-ctx.Done():
			}
		}
		return j
	case <-ctx.Done():
		return nil
	}
}

// job is one item on its way through InOrder; val and err may be read when done is closed.
type job[In, Out any] struct {
	item In
	val  Out
	err  error
	done chan struct{}
}

// guarded does work on item. A panic is a defect of ours in one article and must not
// cost the others, so it becomes an error of kind Internal.
func guarded[In, Out any](ctx context.Context, item In, name func(In) string, work func(context.Context, In) (Out, error)) (val Out, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &letopis.Error{Op: "read " + name(item), Kind: letopis.Internal,
				Err: fmt.Errorf("a defect of letopis: %v at %s; please report it with the article", p, panicPlace())}
		}
	}()
	return work(ctx, item)
}

// panicPlace returns the file and line that panicked; it is for a deferred function that recovered.
func panicPlace() string {
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs)])
	for panicked := false; ; {
		f, more := frames.Next()
		system := strings.HasPrefix(f.Function, "runtime.")
		if panicked && !system {
			return fmt.Sprintf("%s/%s:%d", path.Base(path.Dir(f.File)), path.Base(f.File), f.Line)
		}
		panicked = panicked || f.Function == "runtime.gopanic"
		if !more {
			return "an unknown place"
		}
	}
}
