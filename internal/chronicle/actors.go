package chronicle

import (
	"slices"

	"letopis"
)

// actors are what people claim of actors: which are one, and which are not though they
// sound alike. The ids are those that records give.
type actors struct {
	root  map[string]string          // the id of all that are one: that of the knowledge base, or the least
	names map[string]map[string]bool // by root: what they are called
}

// pairOf is a claim of two actors.
type pairOf struct {
	a, b string
	same bool
}

// readActors takes the claims in the order of time. Of two claims about the same two actors
// the later holds; nothing joins two that are different.
func readActors(all []letopis.Claim) *actors {
	x := &actors{root: map[string]string{}, names: map[string]map[string]bool{}}
	var pairs []pairOf
	names := map[string][]string{}
	for i := range all {
		c := &all[i]
		if !c.OfActors() {
			continue
		}
		for i, a := range c.Actors {
			if i < len(c.Words) {
				names[a] = append(names[a], clip(c.Words[i], 200))
			}
			for _, b := range c.Actors[i+1:] {
				p := pairOf{min(a, b), max(a, b), c.Kind == letopis.ClaimSameActor}
				pairs = slices.DeleteFunc(pairs, func(o pairOf) bool { return o.a == p.a && o.b == p.b })
				pairs = append(pairs, p)
			}
		}
	}
	for _, p := range pairs {
		x.root[p.a], x.root[p.b] = p.a, p.b
	}
	for _, p := range pairs {
		if p.same && !x.kept(p, pairs) {
			x.join(x.root[p.a], x.root[p.b])
		}
	}
	for id, called := range names {
		root := x.root[id]
		if x.names[root] == nil {
			x.names[root] = map[string]bool{}
		}
		for _, n := range called {
			x.names[root][n] = true
		}
	}
	return x
}

// kept reports whether a pair would join two actors of which a claim says that they are different.
func (x *actors) kept(p pairOf, pairs []pairOf) bool {
	a, b := x.root[p.a], x.root[p.b]
	return slices.ContainsFunc(pairs, func(o pairOf) bool {
		oa, ob := x.root[o.a], x.root[o.b]
		return !o.same && (oa == a && ob == b || oa == b && ob == a)
	})
}

// join makes two sets one, under the root that the knowledge base has, or the lesser.
func (x *actors) join(a, b string) {
	if known(a) == known(b) && b < a || known(b) && !known(a) {
		a, b = b, a
	}
	for id, root := range x.root {
		if root == b {
			x.root[id] = a
		}
	}
}

// known reports whether an id is of the knowledge base, and not made of type and name.
func known(id string) bool { return len(id) < 4 || id[3] != '/' }

// of returns a finding with its actors as people know them.
func (x *actors) of(f *finding) *finding {
	if len(x.root) == 0 || !x.name(f.Source) && !x.name(f.Target) {
		return f
	}
	g := *f
	g.Source, g.Target = x.parties(f.Source), x.parties(f.Target)
	return &g
}

// name reports whether claims are about one of the parties.
func (x *actors) name(all []party) bool {
	return slices.ContainsFunc(all, func(p party) bool { return x.root[idOf(&p)] != "" })
}

func (x *actors) parties(all []party) []party {
	all = slices.Clone(all)
	for i := range all {
		p := &all[i]
		root := x.root[idOf(p)]
		if root == "" {
			continue
		}
		p.KB = root
		forms := slices.Clone(p.Forms)
		for n := range x.names[root] {
			forms = append(forms, n)
		}
		p.Forms = slices.DeleteFunc(set(forms), func(s string) bool { return s == "" || s == p.Name || s == p.Latin })
	}
	return all
}

// idOf is the id of an actor in its record: "" where an office alone is named.
func idOf(p *party) string {
	if p.KB != "" {
		return p.KB
	}
	return p.Key
}
