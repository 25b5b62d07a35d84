//go:build !unix

package storetest

import "testing"

// Server is a PostgreSQL of the tests' own.
type Server struct{}

// Postgres skips the test: here is no way to start a server.
func Postgres(t testing.TB) *Server {
	t.Skip("PostgreSQL is started on Unix only")
	return nil
}

// Address is that of a schema on the server.
func (s *Server) Address(string) string { return "" }

// Start starts the server.
func (s *Server) Start() error { return nil }

// Stop stops the server.
func (s *Server) Stop() {}
