package main

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"letopis"
)

// claimActors adds what a person knows better of actors.
func (e *env) claimActors(ctx context.Context, c letopis.Claim, args []string, db string) (err error) {
	if len(args) < 2 {
		return claimError("name at least two actors")
	}
	store, err := e.openStore(ctx, db, true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	for _, a := range args {
		id, name, err := resolveActor(ctx, store, a)
		if err != nil {
			return err
		}
		if slices.Contains(c.Actors, id) {
			return claimError("%q and another of these have one id, %s", a, id)
		}
		c.Actors, c.Words = append(c.Actors, id), append(c.Words, name)
	}
	c.At = time.Now()
	if err := store.Claim(ctx, c); err != nil {
		return err
	}
	return e.claimed(1)
}

// resolveActor finds the id and name of an actor of the chronicle: one named so in its
// entries, or with this id.
func resolveActor(ctx context.Context, store letopis.Store, arg string) (id, name string, err error) {
	found := map[string]string{}
	seen := map[letopis.ID]bool{}
	q := letopis.Query{Actors: []string{arg}}
	if strings.Contains(arg, "/") {
		q = letopis.Query{} // a key is not in the index
	}
	if err := q.Check(); err != nil {
		return "", "", err
	}
	for en, err := range store.Entries(ctx, q) {
		if err != nil {
			return "", "", err
		}
		for _, r := range en.Reports {
			if seen[r.Doc] {
				continue
			}
			seen[r.Doc] = true
			rec, err := store.Get(ctx, r.Doc)
			if err != nil {
				return "", "", err
			}
			actorsCalled(rec, arg, found)
		}
	}
	switch len(found) {
	case 0:
		return "", "", &letopis.Error{Op: "claim " + arg, Kind: letopis.NotFound, Err: errors.New("no entry names such an actor; write a whole name, or an id such as person/… or per/… of a record")}
	case 1:
		for id, name := range found {
			return id, name, nil
		}
	}
	var ids []string
	for id := range found {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return "", "", claimError("%q may be any of %s; write one of these", arg, strings.Join(ids, ", "))
}

// actorsCalled adds the actors of a record that have this id or whole name, by id.
func actorsCalled(rec *letopis.Record, arg string, found map[string]string) {
	want := letopis.Terms(arg)
	for i := range rec.Entities {
		en := &rec.Entities[i]
		id := en.KB
		if id == "" {
			id = en.Key
		}
		if id == "" {
			continue // an office alone
		}
		if id == arg || slices.Equal(letopis.Terms(en.Name), want) || slices.Equal(letopis.Terms(en.Latin), want) {
			if old, ok := found[id]; !ok || en.Name < old {
				found[id] = en.Name
			}
		}
	}
}
