package main

import (
	"io/fs"

	"letopis"
	"letopis/internal/kb"
)

// openKB opens the knowledge base in the data folder of e.
func (e *env) openKB() (*kb.KB, error) {
	sub, err := fs.Sub(e.data, "kb")
	if err != nil {
		return nil, err
	}
	return kb.Open(sub)
}

// between makes two arguments into the condition of a query, a pair of countries
// where it can be.
func between(k *kb.KB, a, b, when string, q *letopis.Query) error {
	from, err := k.CountriesOf(a, when)
	if err != nil {
		return err
	}
	to, err := k.CountriesOf(b, when)
	if err != nil {
		return err
	}
	if len(from) == 1 && len(to) == 1 {
		q.Pair = []string{from[0], to[0]}
	} else {
		q.Between = [][]string{from, to}
	}
	return nil
}
