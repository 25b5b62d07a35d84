package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"letopis"
	"letopis/internal/locale"
	"letopis/internal/tell"
)

// maxPairs bounds the claims that one command makes.
const maxPairs = 1000

// claimFlags are the flags of letopis claim.
type claimFlags struct{ db, by, why string }

func claimCommand(e *env) *cobra.Command {
	var f claimFlags
	c := &cobra.Command{
		Use:  "claim same|different|retract|correct|same-actor|different-actor|list [ENTRY|ARTICLE/ITEM]... [FIELD=VALUE]",
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if args[0] == "list" {
				return e.listClaims(c.Context(), f.db)
			}
			return e.claim(c.Context(), letopis.ClaimKind(args[0]), args[1:], f)
		},
	}
	registerDB(c, &f.db)
	c.Flags().StringVar(&f.by, "by", "", "")
	c.Flags().StringVar(&f.why, "why", "", "")
	localize(e, c, "claim")
	return c
}

func claimError(format string, args ...any) error {
	return &letopis.Error{Op: "claim", Kind: letopis.Invalid, Err: fmt.Errorf(format+" (see 'letopis claim --help')", args...)}
}

// claim adds what a person knows better.
func (e *env) claim(ctx context.Context, kind letopis.ClaimKind, args []string, f claimFlags) (err error) {
	c := letopis.Claim{Kind: kind, By: cmp.Or(f.by, e.getenv("LETOPIS_BY"), e.getenv("USER")), Why: strings.TrimSpace(f.why)}
	if c.By == "" || c.Why == "" {
		return claimError("a claim needs its author and reason: --by NAME --why TEXT")
	}
	least := 1
	switch kind {
	case letopis.ClaimSame, letopis.ClaimDifferent:
		least = 2
	case letopis.ClaimSameActor, letopis.ClaimDifferentActor:
		return e.claimActors(ctx, c, args, f.db)
	case letopis.ClaimRetract:
	case letopis.ClaimCorrect:
		if len(args) == 0 {
			return claimError("say what is corrected, and to what: when=2020-12-03")
		}
		var ok bool
		if c.Field, c.Value, ok = strings.Cut(args[len(args)-1], "="); !ok {
			return claimError("the last word must be FIELD=VALUE: when=2020-12-03")
		}
		args = args[:len(args)-1]
		if err := checkCorrection(c.Field, c.Value); err != nil {
			return err
		}
	default:
		return claimError("%q is no claim; choose same, different, retract, correct, same-actor, different-actor or list", kind)
	}
	if len(args) < least {
		return claimError("name at least %d entries or items", least)
	}
	store, err := e.openStore(ctx, f.db, true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	var sets []claimed
	for _, a := range args {
		s, err := resolveItems(ctx, store, a)
		if err != nil {
			return err
		}
		sets = append(sets, s)
	}
	claims, err := claimsOf(c, sets)
	if err != nil {
		return err
	}
	at := time.Now()
	for i, c := range claims {
		c.At = at.Add(time.Duration(i)) // so that they keep their order
		if err := store.Claim(ctx, c); err != nil {
			return err
		}
	}
	return e.claimed(len(claims))
}

// claimed says how many claims were added.
func (e *env) claimed(n int) error {
	l, err := locale.Of(e.ui)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(e.stdout, l.T("claim.done")+"\n", n)
	return err
}

func checkCorrection(field, value string) error {
	switch field {
	case "when":
		if _, err := letopis.ParseWhen(value); err != nil || value == "" {
			return claimError("%q is not a time; write 2020-12-03, 2020-12 or 2020", value)
		}
	case "code":
		if letopis.Code(value).Quad() == 0 {
			return claimError("%q is not a PLOVER code", value)
		}
	case "modality":
		if !slices.Contains([]letopis.Modality{letopis.Actual, letopis.Future, letopis.Possible, letopis.Negated}, letopis.Modality(value)) {
			return claimError("%q is no modality; choose actual, future, possible or negated", value)
		}
	case "mode":
	default:
		return claimError("%q cannot be corrected; choose when, code, mode or modality", field)
	}
	return nil
}

// claimed is the items that an argument means, with their words.
type claimed struct {
	of    []letopis.Item
	words []string
}

// resolveItems finds what an argument means: an entry by the beginning of its id, all
// its reports; or one finding of an article, as ARTICLE/v1.
func resolveItems(ctx context.Context, store letopis.Store, arg string) (claimed, error) {
	var c claimed
	if doc, item, ok := strings.Cut(arg, "/"); ok {
		r, err := store.Get(ctx, letopis.ID(doc))
		if err != nil {
			return c, err
		}
		words, ok := wordsOf(r, item)
		if !ok {
			return c, &letopis.Error{Op: arg, Kind: letopis.NotFound, Err: errors.New("the article has no such event or statement")}
		}
		return claimed{[]letopis.Item{{Doc: letopis.ID(doc), Item: item}}, []string{words}}, nil
	}
	entry, err := store.Entry(ctx, arg)
	if letopis.KindOf(err) == letopis.NotFound {
		entry, err = entryByPrefix(ctx, store, arg, err)
	}
	if err != nil {
		return c, err
	}
	for _, r := range entry.Reports {
		rec, err := store.Get(ctx, r.Doc)
		if err != nil {
			return c, err
		}
		words, _ := wordsOf(rec, r.Item.Item)
		c.of, c.words = append(c.of, r.Item), append(c.words, words)
	}
	return c, nil
}

func entryByPrefix(ctx context.Context, store letopis.Store, prefix string, missing error) (*letopis.Entry, error) {
	const least = 6 // signs
	if len(prefix) < least {
		return nil, missing
	}
	var found *letopis.Entry
	for en, err := range store.Entries(ctx, letopis.Query{}) {
		if err != nil {
			return nil, err
		}
		if !strings.HasPrefix(en.ID, prefix) {
			continue
		}
		if found != nil {
			return nil, claimError("%q is the beginning of several entries; write more of it", prefix)
		}
		found = en
	}
	if found == nil {
		return nil, missing
	}
	return found, nil
}

// wordsOf returns the words on which a finding of a record rests.
func wordsOf(r *letopis.Record, item string) (string, bool) {
	f, ok := r.Finding(item)
	return f.Words.Text, ok
}

// claimsOf makes the claims: one about all items, but of those that are different
// one for each two of different arguments, since the reports of one entry are not
// different among themselves.
func claimsOf(c letopis.Claim, sets []claimed) ([]letopis.Claim, error) {
	if c.Kind != letopis.ClaimDifferent {
		for _, s := range sets {
			c.Of, c.Words = append(c.Of, s.of...), append(c.Words, s.words...)
		}
		return []letopis.Claim{c}, nil
	}
	var all []letopis.Claim
	for i, a := range sets {
		for _, b := range sets[i+1:] {
			for x, ax := range a.of {
				for y, by := range b.of {
					if ax == by {
						continue
					}
					d := c
					d.Of, d.Words = []letopis.Item{ax, by}, []string{a.words[x], b.words[y]}
					all = append(all, d)
				}
			}
		}
	}
	if len(all) > maxPairs {
		return nil, claimError("that makes %d claims; name single items, ARTICLE/v1", len(all))
	}
	if len(all) == 0 {
		return nil, claimError("these are one and the same item")
	}
	return all, nil
}

func (e *env) listClaims(ctx context.Context, db string) (err error) {
	store, err := e.openStore(ctx, db, true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	for c, err := range store.Claims(ctx) {
		if err != nil {
			return err
		}
		line := c.At.UTC().Format(time.RFC3339) + "  " + tell.OneLine(c.By) + "  " + string(c.Kind)
		for _, it := range c.Of {
			line += " " + string(it.Doc) + "/" + it.Item
		}
		for i, a := range c.Actors {
			line += " " + tell.OneLine(a)
			if i < len(c.Words) {
				line += " (" + tell.OneLine(c.Words[i]) + ")"
			}
		}
		if c.Field != "" {
			line += " " + c.Field + "=" + tell.OneLine(c.Value)
		}
		if _, err := fmt.Fprintln(e.stdout, line+"  # "+tell.OneLine(c.Why)); err != nil {
			return err
		}
	}
	return nil
}
