//go:build unix

package storetest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Server is a PostgreSQL of the tests' own: in a temporary folder, on a socket in
// it, stopped and removed when the test ends, however it ends.
type Server struct {
	dir, bin string
	cred     *syscall.Credential
	stdin    io.Closer // its end stops the server
	cmd      *exec.Cmd
}

// Postgres starts a PostgreSQL server. Where none is installed the test is skipped,
// or fails where LETOPIS_PG=must, as in 'make test', which installs one.
func Postgres(t testing.TB) *Server {
	t.Helper()
	s, err := newServer()
	if errors.Is(err, errNoPostgres) && os.Getenv("LETOPIS_PG") != "must" {
		t.Skip(err)
	}
	if err == nil {
		t.Cleanup(func() { s.Stop(); os.RemoveAll(s.dir) })
		err = s.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var errNoPostgres = errors.New("no PostgreSQL server is installed: apt-get install postgresql")

func newServer() (*Server, error) {
	s := &Server{}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if p, err := exec.LookPath("initdb"); err == nil {
		found = append(found, p)
	}
	if len(found) == 0 {
		return nil, errNoPostgres
	}
	slices.SortFunc(found, func(a, b string) int { return len(b) - len(a) })
	if real, err := filepath.EvalSymlinks(found[0]); err == nil {
		found[0] = real
	}
	s.bin = filepath.Dir(found[0])
	var err error
	if s.dir, err = os.MkdirTemp("", "letopis-pg-"); err != nil { // short: a socket's path has 107 bytes
		return nil, err
	}
	if os.Getuid() == 0 { // the server refuses to run as root
		if s.cred, err = unprivileged(); err != nil {
			return nil, err
		}
		if err := os.Chown(s.dir, int(s.cred.Uid), int(s.cred.Gid)); err != nil {
			return nil, err
		}
	}
	out, err := s.run("initdb", "-D", s.data(), "-U", "letopis", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
	if err != nil {
		os.RemoveAll(s.dir)
		return nil, fmt.Errorf("initdb: %w\n%s", err, out)
	}
	return s, nil
}

func unprivileged() (*syscall.Credential, error) {
	for _, name := range []string{"postgres", "nobody"} {
		if u, err := user.Lookup(name); err == nil {
			uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
			gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
			return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, errors.Join(err1, err2)
		}
	}
	return nil, errors.New("there is no user postgres or nobody to run the server as")
}

func (s *Server) data() string { return filepath.Join(s.dir, "data") }

func (s *Server) run(name string, args ...string) ([]byte, error) {
	cmd := exec.Command(filepath.Join(s.bin, name), args...)
	cmd.Dir = s.dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: s.cred}
	return cmd.CombinedOutput()
}

// Address is that of a schema on the server.
func (s *Server) Address(schema string) string {
	return fmt.Sprintf("postgres://letopis@/postgres?host=%s&search_path=%s", s.dir, schema)
}

// Start starts the server and waits until it answers. A shell holds it, which ends
// it when this process is gone: the pipe to it closes.
func (s *Server) Start() error {
	const hold = `"$@" </dev/null & p=$!; read _; kill -INT $p; wait $p`
	s.cmd = exec.Command("/bin/sh", "-c", hold, "sh", filepath.Join(s.bin, "postgres"), "-D", s.data(), "-k", s.dir,
		"-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=60", "-c", "autovacuum=off")
	s.cmd.Dir = s.dir
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Credential: s.cred, Setpgid: true}
	var log bytes.Buffer
	s.cmd.Stdout, s.cmd.Stderr = &log, &log
	var err error
	if s.stdin, err = s.cmd.StdinPipe(); err != nil {
		return err
	}
	if err := s.cmd.Start(); err != nil {
		return err
	}
	for range 300 {
		if _, err := s.run("pg_isready", "-h", s.dir, "-t", "1"); err == nil {
			return nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	s.Stop()
	return fmt.Errorf("the PostgreSQL server does not start:\n%s", strings.TrimSpace(log.String()))
}

// Stop stops the server; it may be started again.
func (s *Server) Stop() {
	if s.cmd != nil {
		s.stdin.Close()
		s.cmd.Wait()
		s.cmd = nil
	}
}
