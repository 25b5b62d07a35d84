package chronicle

import (
	"cmp"
	"slices"

	"letopis"
)

// claims are people's corrections, ready for folding. A later claim overrules an
// earlier one about the same items.
type claims struct {
	retracted map[letopis.Item]bool
	values    map[letopis.Item][]letopis.Claim
	same      [][]letopis.Item
	different map[letopis.Item][][]letopis.Item
}

func readClaims(all []letopis.Claim) *claims {
	cl := &claims{retracted: map[letopis.Item]bool{}, values: map[letopis.Item][]letopis.Claim{}, different: map[letopis.Item][][]letopis.Item{}}
	for i, c := range all {
		switch c.Kind {
		case letopis.ClaimRetract:
			for _, it := range c.Of {
				cl.retracted[it] = true
			}
		case letopis.ClaimCorrect:
			for _, it := range c.Of {
				cl.values[it] = append(cl.values[it], c)
			}
		case letopis.ClaimSame, letopis.ClaimDifferent:
			if overruled(c, all[i+1:]) {
				continue
			}
			if c.Kind == letopis.ClaimSame {
				cl.same = append(cl.same, c.Of)
				continue
			}
			for _, it := range c.Of {
				cl.different[it] = append(cl.different[it], c.Of)
			}
		}
	}
	return cl
}

// overruled reports whether a later claim says the opposite of two items of c.
func overruled(c letopis.Claim, later []letopis.Claim) bool {
	return slices.ContainsFunc(later, func(l letopis.Claim) bool {
		if l.Kind == c.Kind || l.Kind != letopis.ClaimSame && l.Kind != letopis.ClaimDifferent {
			return false
		}
		n := 0
		for _, it := range c.Of {
			if slices.Contains(l.Of, it) {
				n++
			}
		}
		return n >= 2
	})
}

// corrected returns f with the values that claims give it.
func (cl *claims) corrected(it letopis.Item, f *finding) *finding {
	all := cl.values[it]
	if len(all) == 0 {
		return f
	}
	g := *f
	for _, c := range all {
		switch c.Field {
		case "when":
			if w, err := letopis.ParseWhen(c.Value); err == nil {
				g.When = w
			}
		case "code":
			if code := letopis.Code(c.Value); code.Quad() != 0 && f.Code != "" {
				g.Code = code
			}
		case "modality":
			g.Modality = letopis.Modality(c.Value)
		case "mode":
			g.Mode = c.Value
		}
	}
	return &g
}

// apart reports whether a claim keeps m out of a group.
func (cl *claims) apart(m *member, g group) bool {
	for _, of := range cl.different[m.item] {
		for _, o := range g {
			if slices.Contains(of, o.item) {
				return true
			}
		}
	}
	return false
}

// join puts the groups together that a claim says are the same.
func (cl *claims) join(groups []group) []group {
	if len(cl.same) == 0 {
		return groups
	}
	at := map[letopis.Item]int{}
	for i, g := range groups {
		for _, m := range g {
			at[m.item] = i
		}
	}
	for _, of := range cl.same {
		to := -1
		for _, it := range of {
			from, ok := at[it]
			if !ok || from == to {
				continue
			}
			if to < 0 {
				to = from
				continue
			}
			if (groups[from][0].Code == "") != (groups[to][0].Code == "") {
				continue // an event is no statement
			}
			for _, m := range groups[from] {
				at[m.item] = to
			}
			groups[to] = append(groups[to], groups[from]...)
			groups[from] = nil
		}
	}
	for _, g := range groups {
		slices.SortFunc(g, func(a, b *member) int { return cmp.Or(a.item.Compare(b.item)) })
	}
	return slices.DeleteFunc(groups, func(g group) bool { return len(g) == 0 })
}
