package archive

import (
	"context"
	"iter"
	"time"

	"letopis"
)

// Records go into the chronicle in batches: a transaction costs one wait for the
// disk. A batch is closed early where articles come slowly, so that little is lost
// when the program is killed; what was stored is there when it is run again.
const (
	batchRecords = 512
	batchTime    = time.Second
)

// Adder puts a stream of records into a store, and counts what became of them.
type Adder struct {
	Store   letopis.Store
	Refused func(error)     // takes what the stream or the store did not let in
	Stored  func(total int) // is told after every batch; may be nil
	// Outcomes counts the records stored so far by what the store did with them.
	Outcomes map[letopis.Outcome]int

	batch []*letopis.Record
	since time.Time
}

// Total is how many records the store took or had.
func (a *Adder) Total() int {
	n := 0
	for _, c := range a.Outcomes {
		n += c
	}
	return n
}

// Add stores all records of a stream. An error is one of the store itself, or of ctx.
func (a *Adder) Add(ctx context.Context, recs iter.Seq2[*letopis.Record, error]) error {
	a.Outcomes = map[letopis.Outcome]int{}
	a.since = time.Now()
	for r, err := range recs {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			a.Refused(err)
			continue
		}
		a.batch = append(a.batch, r)
		if len(a.batch) == batchRecords || time.Since(a.since) > batchTime {
			if err := a.flush(ctx); err != nil {
				return err
			}
		}
	}
	return a.flush(ctx)
}

// flush stores the batch. A record that the store refuses is left out and listed,
// and the others of its batch go in; an error of the store itself ends the adding.
func (a *Adder) flush(ctx context.Context) error {
	batch := a.batch
	a.batch = nil
	outcomes, err := a.Store.Put(ctx, batch...)
	if letopis.KindOf(err) == letopis.Invalid && len(batch) > 1 {
		for _, r := range batch {
			a.batch = []*letopis.Record{r}
			if err := a.flush(ctx); err != nil {
				return err
			}
		}
		return nil
	}
	if letopis.KindOf(err) == letopis.Invalid {
		a.Refused(err)
		err = nil
	}
	if err != nil {
		return err
	}
	for _, o := range outcomes {
		a.Outcomes[o]++
	}
	a.since = time.Now()
	if a.Stored != nil {
		a.Stored(a.Total())
	}
	return nil
}
