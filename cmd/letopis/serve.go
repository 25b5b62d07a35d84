package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/spf13/cobra"

	"letopis"
	"letopis/internal/kb"
	"letopis/internal/web"
)

// defaultAddr is where the pages are served: on this machine alone.
const defaultAddr = "localhost:8421"

// serveCommand shows the chronicle in a browser.
func serveCommand(e *env) *cobra.Command {
	var db, addr string
	c := &cobra.Command{
		Use:   "serve",
		Short: "Show the chronicle in a browser",
		Long: `Serve the chronicle as web pages on this machine: what two countries said and did to
each other, and every article with its findings marked in it. The pages are in
Bulgarian and English and need nothing from the network. Stop with Ctrl-C.`,
		Example: `  letopis serve
  letopis serve --db centre.db --addr localhost:9000
  letopis demo --serve`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) (err error) {
			store, err := e.openStore(c.Context(), db, true)
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, store.Close()) }()
			return e.serve(c.Context(), store, addr)
		},
	}
	registerDB(c, &db)
	c.Flags().StringVar(&addr, "addr", defaultAddr, "`HOST:PORT` to listen on; port 0 takes a free one")
	return c
}

// serve answers on addr until ctx ends, and says on stderr where.
func (e *env) serve(ctx context.Context, store letopis.Store, addr string) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return &letopis.Error{Op: "--addr " + addr, Kind: letopis.Invalid, Err: fmt.Errorf("%w; write HOST:PORT, as in %s", err, defaultAddr)}
	}
	sub, err := fs.Sub(e.data, "kb")
	if err != nil {
		return err
	}
	names, err := kb.Open(sub)
	if err != nil {
		return err
	}
	pages, err := e.openPages()
	if err != nil {
		return err
	}
	s := web.NewServer(pages, store, names, host, slog.New(slog.NewTextHandler(e.stderr, nil)))
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if err != nil {
		return &letopis.Error{Op: "--addr " + addr, Kind: letopis.Unavailable, Err: err}
	}
	fmt.Fprintf(e.stderr, "letopis: the chronicle is at http://%s/ (stop with Ctrl-C)\n", l.Addr())
	h := &http.Server{Handler: s.Handler(), ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10}
	done := make(chan error, 1)
	go func() { done <- h.Serve(l) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := h.Shutdown(stop); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	<-done
	return nil
}
