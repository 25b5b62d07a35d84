package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"letopis"
	"letopis/internal/score"
)

// process is the program of users, to be measured as its users run it.
type process struct {
	program string // its file
	data    string // --data; "" for the built-in data
}

// besideLab returns the letopis to start: the one that is named, or the one that stands
// beside this program, as 'make build' puts it.
func besideLab(name string) (string, error) {
	if name == "" {
		lab, err := os.Executable()
		if err != nil {
			return "", err
		}
		name = filepath.Join(filepath.Dir(lab), "letopis")
		if runtime.GOOS == "windows" {
			name += ".exe"
		}
	}
	if _, err := os.Stat(name); err != nil {
		return "", &letopis.Error{Op: "--program", Kind: letopis.NotFound, Err: fmt.Errorf("%v; run 'make build' and bin/letopis-lab, or name the file of letopis", err)}
	}
	return name, nil
}

// bench measures processes: many that read one short article, one that reads the examples,
// an article a language, and one that reads all.
func (p process) bench(ctx context.Context, docs, examples []*letopis.Document, starts int, b *score.Bench) error {
	if st, err := os.Stat(p.program); err == nil {
		b.Binary = st.Size()
	}
	dir, err := os.MkdirTemp("", "letopis-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	short := shortArticle(docs)
	one := filepath.Join(dir, "one.jsonl")
	if err := writeArticles(one, []*letopis.Document{short}); err != nil {
		return err
	}
	b.ShortRunes = len([]rune(short.Text))
	for range starts {
		took, err := p.read(ctx, one, false)
		if err != nil {
			return err
		}
		b.Starts = append(b.Starts, took.Elapsed)
	}
	took, err := p.read(ctx, one, true)
	if err != nil {
		return err
	}
	b.StartRSS = took.RSS
	three := filepath.Join(dir, "each.jsonl")
	if err := writeArticles(three, examples); err != nil {
		return err
	}
	if took, err = p.read(ctx, three, true); err != nil {
		return err
	}
	b.LoadedRSS = took.RSS
	all := filepath.Join(dir, "all.jsonl")
	if err := writeArticles(all, docs); err != nil {
		return err
	}
	if took, err = p.read(ctx, all, true); err != nil {
		return err
	}
	b.Whole, b.WholeRSS = took.Elapsed, took.RSS
	return nil
}

// shortArticle is the article whose length is at the first tenth of all.
func shortArticle(docs []*letopis.Document) *letopis.Document {
	byLength := slices.Clone(docs)
	slices.SortStableFunc(byLength, func(a, b *letopis.Document) int { return len(a.Text) - len(b.Text) })
	return byLength[len(byLength)/10]
}

func writeArticles(path string, docs []*letopis.Document) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	enc := json.NewEncoder(f)
	for _, d := range docs {
		id := d.GivenID
		if id == "" {
			id = string(d.ID)
		}
		if err := enc.Encode(map[string]any{"id": id, "lang": d.Lang, "published": d.Published.Value, "title": d.Title, "text": d.Text}); err != nil {
			return err
		}
	}
	return nil
}

// run is what a process took.
type run struct {
	score.Elapsed               // the clock, and processor time of the program and the system for it
	User          time.Duration // processor time of the program alone
	RSS           int64         // peak of the resident memory in bytes; 0 where it was not watched or is not told
}

// read runs letopis read on one processor and throws the records away. With watch it
// also looks how much memory the process has.
func (p process) read(ctx context.Context, path string, watch bool) (took run, err error) {
	args := []string{"read", "--format", "jsonl", path}
	if p.data != "" {
		args = append(args, "--data", p.data)
	}
	cmd := exec.CommandContext(ctx, p.program, args...)
	cmd.Env = append(os.Environ(), "GOMAXPROCS=1")
	var stderr strings.Builder
	cmd.Stderr = &stderr
	start := time.Now()
	if err = cmd.Start(); err == nil {
		peak := make(chan int64, 1)
		over := make(chan struct{})
		if watch {
			go func() { peak <- peakMemory(cmd.Process.Pid, over) }()
		} else {
			peak <- 0
		}
		err = cmd.Wait()
		took.Wall = time.Since(start)
		close(over)
		took.RSS = <-peak
	}
	if err != nil {
		return took, &letopis.Error{Op: p.program + " " + strings.Join(args, " "), Kind: letopis.Internal, Err: fmt.Errorf("%w: %s", err, strings.TrimSpace(stderr.String()))}
	}
	took.User = cmd.ProcessState.UserTime()
	took.CPU = took.User + cmd.ProcessState.SystemTime()
	return took, nil
}

// peakMemory asks again and again for the peak of a process's resident memory until it
// is over. The usage that the system reports at the end will not do: on Linux it
// counts the memory of the process that started this one.
func peakMemory(pid int, over <-chan struct{}) int64 {
	peak := int64(0)
	for {
		if status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid)); err == nil {
			for line := range strings.Lines(string(status)) {
				var kib int64
				if _, err := fmt.Sscanf(line, "VmHWM: %d kB", &kib); err == nil {
					peak = max(peak, kib<<10)
				}
			}
		}
		select {
		case <-over:
			return peak
		case <-time.After(2 * time.Millisecond):
		}
	}
}
