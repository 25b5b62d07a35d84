package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"letopis/internal/store/storetest"
)

// letopisCommand runs this test binary as letopis, in a process of its own.
func letopisCommand(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, args[1:]...)
	cmd.Args[0] = args[0]
	cmd.Env = append(os.Environ(), "LANG=en_US.UTF-8")
	return cmd
}

func output(t *testing.T, args ...string) string {
	t.Helper()
	cmd := letopisCommand(t, append([]string{"letopis"}, args...)...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("letopis %s: %v\n%s", strings.Join(args, " "), err, stderr.Bytes())
	}
	return string(out)
}

// thousand writes 1,000 short articles in three languages and returns their file.
func thousand(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	forms := []struct{ lang, text string }{
		{"bg", "Министърът на отбраната на Полша пристигна в град %d. „Ще подпишем договор номер %d“, заяви министърът Ян Кос пред журналисти."},
		{"ru", "Министр обороны Польши прибыл в город %d. «Мы подпишем договор номер %d», заявил министр Ян Кос журналистам."},
		{"en", "The defence minister of Poland arrived in town %d. \"We shall sign treaty number %d,\" minister Jan Kos said to reporters."},
	}
	for i := range 1000 {
		f := forms[i%3]
		err := enc.Encode(map[string]string{"id": fmt.Sprintf("a%04d", i), "lang": f.lang, "published": fmt.Sprintf("2020-%02d-%02d", 1+i%12, 1+i%28), "text": fmt.Sprintf(f.text, 10000+i*37, 20000+i*11)})
		if err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "articles.jsonl")
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// Killed at any moment and run again: every article there exactly once, and the
// chronicle is that of an undisturbed run.
func TestAddKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("short: this test kills processes for some seconds")
	}
	t.Run("sqlite", func(t *testing.T) {
		addKilled(t, 6, func(name string) string { return filepath.Join(t.TempDir(), name+".db") })
	})
	t.Run("postgres", func(t *testing.T) {
		addKilled(t, 3, storetest.Postgres(t).Address)
	})
}

// addKilled kills programs that add to the chronicles of place. LETOPIS_KILLS says
// how many times, instead of kills.
func addKilled(t *testing.T, kills int, place func(name string) string) {
	if n, err := strconv.Atoi(os.Getenv("LETOPIS_KILLS")); err == nil {
		kills = n
	}
	articles := thousand(t)
	records := filepath.Join(t.TempDir(), "records.jsonl")
	if err := os.WriteFile(records, []byte(output(t, "read", "--format", "jsonl", articles)), 0o644); err != nil {
		t.Fatal(err)
	}
	calm := place("calm")
	start := time.Now()
	if got := output(t, "add", "--db", calm, articles); got != "1000 added, 0 already there, 0 refused\n" {
		t.Fatalf("undisturbed: %s", got)
	}
	reading := time.Since(start)
	start = time.Now()
	if got := output(t, "add", "--db", place("again"), records); got != "1000 added, 0 already there, 0 refused\n" {
		t.Fatalf("undisturbed: %s", got)
	}
	storing := time.Since(start)
	want := output(t, "find", "--db", calm, "--limit", "0", "--format", "jsonl")
	partly := 0
	for i := range kills {
		db := place(fmt.Sprint("killed", i))
		// Articles take long to read, so one time only; of records all time goes into
		// storing. Two kills each: in the first run, and in the one that goes on after it.
		whole, input := storing, records
		if i == 0 {
			whole, input = reading, articles
		}
		for _, share := range []int{i + 1, (i*7)%kills + 1} {
			killAfter(t, whole*time.Duration(share)/time.Duration(kills+1), "add", "--db", db, input)
		}
		got := output(t, "add", "--db", db, input)
		var added, there int
		if _, err := fmt.Sscanf(got, "%d added, %d already there, 0 refused", &added, &there); err != nil || added+there != 1000 {
			t.Fatalf("kill %d: %q", i, got)
		}
		if added > 0 && there > 0 {
			partly++
		}
		killAfter(t, time.Duration(i*10)*time.Millisecond, "find", "--db", db) // while it folds
		if output(t, "find", "--db", db, "--limit", "0", "--format", "jsonl") != want {
			t.Fatalf("kill %d: another chronicle than without", i)
		}
		if got := output(t, "add", "--db", db, input); got != "0 added, 1000 already there, 0 refused\n" {
			t.Fatalf("kill %d, once more: %s", i, got)
		}
	}
	t.Logf("undisturbed: %v from articles, %v from records; of %d killed ones %d had stored some and lacked others", reading, storing, kills, partly)
}

func killAfter(t *testing.T, after time.Duration, args ...string) {
	t.Helper()
	cmd := letopisCommand(t, append([]string{"letopis"}, args...)...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(after)
	cmd.Process.Kill() // may be done by now
	cmd.Wait()
}

// Two programs that add the same articles to a new file share the work.
func TestAddTwoWriters(t *testing.T) {
	if testing.Short() {
		t.Skip("short")
	}
	articles := thousand(t)
	db := filepath.Join(t.TempDir(), "both.db")
	var outs [3]bytes.Buffer
	var cmds [3]*exec.Cmd
	for i := range cmds {
		cmds[i] = letopisCommand(t, "letopis", "add", "--db", db, articles)
		cmds[i].Stdout, cmds[i].Stderr = &outs[i], &outs[i]
		if err := cmds[i].Start(); err != nil {
			t.Fatal(err)
		}
	}
	sum := 0
	for i, cmd := range cmds {
		if err := cmd.Wait(); err != nil {
			t.Errorf("writer %d: %v\n%s", i, err, &outs[i])
		}
		var added, there int
		if _, err := fmt.Sscanf(outs[i].String(), "%d added, %d already there, 0 refused", &added, &there); err != nil || added+there != 1000 {
			t.Errorf("writer %d: %s", i, &outs[i])
		}
		sum += added
	}
	if sum != 1000 {
		t.Errorf("%d articles added by all, want 1000", sum)
	}
}
