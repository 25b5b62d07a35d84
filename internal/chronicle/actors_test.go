package chronicle

import (
	"testing"

	"letopis"
)

func TestActors(t *testing.T) {
	same := func(ids ...string) letopis.Claim { return letopis.Claim{Kind: letopis.ClaimSameActor, Actors: ids} }
	different := func(ids ...string) letopis.Claim {
		return letopis.Claim{Kind: letopis.ClaimDifferentActor, Actors: ids}
	}
	for name, c := range map[string]struct {
		claims []letopis.Claim
		want   map[string]string
	}{
		"the known id stands for all": {[]letopis.Claim{same("per/a", "person/x"), same("per/a", "per/b")}, map[string]string{"per/a": "person/x", "per/b": "person/x"}},
		"else the least":              {[]letopis.Claim{same("per/c", "per/b", "per/a")}, map[string]string{"per/c": "per/a", "per/b": "per/a"}},
		"the later holds":             {[]letopis.Claim{same("per/a", "per/b"), different("per/b", "per/a")}, map[string]string{"per/a": "per/a", "per/b": "per/b"}},
		"and back":                    {[]letopis.Claim{different("per/b", "per/a"), same("per/a", "per/b")}, map[string]string{"per/b": "per/a"}},
		"no way round what differs":   {[]letopis.Claim{different("per/a", "per/c"), same("per/a", "per/b"), same("per/b", "per/c")}, map[string]string{"per/b": "per/a", "per/c": "per/c"}},
	} {
		x := readActors(c.claims)
		for id, root := range c.want {
			if x.root[id] != root {
				t.Errorf("%s: %s is %q, want %q", name, id, x.root[id], root)
			}
		}
	}
}
