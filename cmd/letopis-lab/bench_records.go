package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"letopis"
	"letopis/internal/archive"
	"letopis/internal/synth"
)

// benchPart is how many synthetic records are written to a file and added at a time.
const benchPart = 50000

// benchRecords measures the store: n synthetic records are added from files of JSON
// Lines as 'letopis add' does, folded, and asked for. Only the adding is timed, not
// the writing of the files. db is "" for a temporary file.
func (l *lab) benchRecords(ctx context.Context, n int, db, data string) (err error) {
	fsys, err := openData(data)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "letopis-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	path := cmp.Or(db, filepath.Join(dir, "bench.db"))
	store, err := archive.Open(ctx, path, fsys, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	say := func(what string, format string, args ...any) {
		fmt.Fprintf(l.stdout, "%-44s %s\n", what, fmt.Sprintf(format, args...))
	}
	var adding, addingCPU time.Duration
	g := synth.NewWorld(1)
	bytes := int64(0)
	for done := 0; done < n; done += benchPart {
		part := filepath.Join(dir, "part.jsonl")
		size, err := writeRecords(part, g, min(benchPart, n-done))
		if err != nil {
			return err
		}
		bytes += size
		var refused error
		a := &archive.Adder{Store: store, Refused: func(err error) { refused = cmp.Or(refused, err) }}
		start, cpu := time.Now(), processorTime()
		if err := a.Add(ctx, archive.Records(part, nil)); err != nil {
			return err
		}
		adding, addingCPU = adding+time.Since(start), addingCPU+processorTime()-cpu
		if refused != nil {
			return refused
		}
	}
	say("records", "%d, %d bytes of JSON each", n, bytes/int64(n))
	say("add from records", "%.0f/s, %.0f CPU seconds", float64(n)/adding.Seconds(), addingCPU.Seconds())
	start, cpu := time.Now(), processorTime()
	st, err := store.Stats(ctx)
	if err != nil {
		return err
	}
	folding := time.Since(start)
	say("fold all", "%.0f s, %.0f CPU seconds, %.0f records/s, %d entries of %d reports", folding.Seconds(), (processorTime() - cpu).Seconds(), float64(n)/folding.Seconds(), st.Entries, st.Reports)
	if f, err := os.Stat(path); err == nil {
		size := f.Size()
		if w, err := os.Stat(path + "-wal"); err == nil {
			say("log beside the file", "%.1f MB", float64(w.Size())/1e6)
		}
		say("file", "%.1f MB, %d bytes a record", float64(size)/1e6, size/int64(n))
	}
	one := synth.NewWorld(2).Records(100)
	start = time.Now()
	if _, err := store.Put(ctx, one...); err != nil {
		return err
	}
	if _, err := store.Count(ctx, letopis.Query{}); err != nil {
		return err
	}
	say("100 more and the first question after them", "%v", time.Since(start).Round(time.Millisecond))
	for _, x := range benchQueries() {
		if err := benchQuery(ctx, store, x.name, x.q, say); err != nil {
			return err
		}
	}
	say("memory, peak", "%s MB", storeMemory())
	return nil
}

// storeQuestion is a query to time.
type storeQuestion struct {
	name string
	q    letopis.Query
}

func benchQueries() []storeQuestion {
	return []storeQuestion{
		{"timeline of the busiest pair, first 100", letopis.Query{Pair: []string{"USA", "CHN"}, Limit: 100}},
		{"timeline of the busiest pair, a month", letopis.Query{Pair: []string{"USA", "CHN"}, Since: "2024-03", Until: "2024-03"}},
		{"timeline of a middling pair, all of it", letopis.Query{Pair: []string{"ITA", "SWE"}}},
		{"timeline of a rare pair, all of it", letopis.Query{Pair: []string{"MEX", "CAN"}}},
		{"find, a common word, newest 50", letopis.Query{Words: "граница", Newest: true, Limit: 50}},
		{"find, two common words", letopis.Query{Words: "граница договор", Limit: 50}},
		{"find, a beginning", letopis.Query{Words: "сигурн*", Limit: 50}},
		{"find, a rare word", letopis.Query{Words: "вевеги", Limit: 50}},
		{"find, actor and words", letopis.Query{Actors: []string{"Volkov"}, Words: "treaty", Limit: 50}},
		{"find, country, code, years", letopis.Query{Actors: []string{"BGR"}, Codes: []letopis.Code{letopis.Sanction}, Since: "2022", Until: "2025", Limit: 50}},
	}
}

// benchQuery asks five times; the middle time counts, and the slowest is told.
func benchQuery(ctx context.Context, store letopis.Store, name string, q letopis.Query, say func(string, string, ...any)) error {
	var times []time.Duration
	n, all := 0, 0
	var counting time.Duration
	for range 5 {
		n = 0
		start := time.Now()
		for _, err := range store.Entries(ctx, q) {
			if err != nil {
				return err
			}
			n++
		}
		times = append(times, time.Since(start))
		start = time.Now()
		var err error
		if all, err = store.Count(ctx, q); err != nil {
			return err
		}
		counting = time.Since(start)
	}
	first := times[0]
	for i := range times {
		for j := i + 1; j < len(times); j++ {
			if times[j] < times[i] {
				times[i], times[j] = times[j], times[i]
			}
		}
	}
	ms := func(d time.Duration) string { return strconv.FormatFloat(float64(d.Microseconds())/1000, 'f', 1, 64) }
	say(name, "%s ms (first %s, slowest %s), %d of %d; counting %s ms", ms(times[2]), ms(first), ms(times[4]), n, all, ms(counting))
	return nil
}

func writeRecords(path string, g *synth.Generator, n int) (size int64, err error) {
	f, err := os.Create(path)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := bufio.NewWriterSize(f, 1<<20)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for range n {
		if err := enc.Encode(g.Record()); err != nil {
			return 0, err
		}
	}
	if err := w.Flush(); err != nil {
		return 0, err
	}
	st, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return st.Size(), nil
}

// storeMemory is the most memory that this process had, in megabytes, as Linux tells
// it; elsewhere what Go took from the system.
func storeMemory() string {
	if b, err := os.ReadFile("/proc/self/status"); err == nil {
		for line := range strings.Lines(string(b)) {
			if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
				if kb, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(rest), " kB")); err == nil {
					return strconv.Itoa(kb / 1024)
				}
			}
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return strconv.FormatUint(m.Sys>>20, 10)
}
