package chronicle

import (
	"cmp"
	"slices"

	"letopis"
)

// anchor is an item of a claim with the words that it had then.
type anchor struct {
	letopis.Item
	words string
}

func anchors(c letopis.Claim) []anchor {
	all := make([]anchor, len(c.Of))
	for i, it := range c.Of {
		all[i].Item = it
		if i < len(c.Words) {
			all[i].words = clip(c.Words[i], maxText)
		}
	}
	return all
}

// claims are people's corrections, ready for folding. A later claim overrules an
// earlier one about the same items.
type claims struct {
	byDoc     map[letopis.ID][]anchor
	retracted map[anchor]bool
	values    map[anchor][]letopis.Claim
	same      [][]anchor
	different map[anchor][][]anchor
	actors    *actors
}

func readClaims(all []letopis.Claim) *claims {
	cl := &claims{byDoc: map[letopis.ID][]anchor{}, retracted: map[anchor]bool{}, values: map[anchor][]letopis.Claim{}, different: map[anchor][][]anchor{}, actors: readActors(all)}
	for i, c := range all {
		of := anchors(c)
		switch c.Kind {
		case letopis.ClaimRetract:
			for _, a := range of {
				cl.retracted[a] = true
			}
		case letopis.ClaimCorrect:
			for _, a := range of {
				cl.values[a] = append(cl.values[a], c)
			}
		case letopis.ClaimSame, letopis.ClaimDifferent:
			if overruled(c, all[i+1:]) {
				continue
			}
			if c.Kind == letopis.ClaimSame {
				cl.same = append(cl.same, of)
				break
			}
			for _, a := range of {
				cl.different[a] = append(cl.different[a], of)
			}
		default:
			continue
		}
		for _, a := range of {
			if !slices.Contains(cl.byDoc[a.Doc], a) {
				cl.byDoc[a.Doc] = append(cl.byDoc[a.Doc], a)
			}
		}
	}
	return cl
}

// alike is how much of the words of a finding must have stayed, in percent, for it
// to be the one that a claim was about before the document was read anew.
const alike = 50

// of returns, for each finding of a document, the items of claims that mean it.
func (cl *claims) of(d *digest) [][]anchor {
	all := cl.byDoc[d.Doc]
	if len(all) == 0 {
		return nil
	}
	found := make([][]anchor, len(d.Findings))
	for _, a := range all {
		best, most := -1, alike-1
		for i := range d.Findings {
			f := &d.Findings[i]
			if f.Kind != a.Item.Kind() {
				continue
			}
			like := jaccard(set(letopis.Terms(f.Text)), set(letopis.Terms(a.words)))
			if f.Item == a.Item.Item && (a.words == "" || f.Text == a.words) {
				like = 102
			} else if f.Item == a.Item.Item && like >= alike {
				like = 101
			}
			if like > most {
				best, most = i, like
			}
		}
		if best >= 0 {
			found[best] = append(found[best], a)
		}
	}
	return found
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
func (cl *claims) corrected(of []anchor, f *finding) *finding {
	var all []letopis.Claim
	for _, a := range of {
		all = append(all, cl.values[a]...)
	}
	if len(all) == 0 {
		return f
	}
	slices.SortStableFunc(all, func(a, b letopis.Claim) int { return a.At.Compare(b.At) })
	g := *f
	for _, c := range all {
		switch c.Field {
		case "when":
			if w, err := letopis.ParseWhen(c.Value); err == nil {
				g.When = w
			}
		case "code":
			if code := letopis.Code(c.Value); code.Quad() != 0 && f.Kind == letopis.FindingEvent {
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
	for _, a := range m.claimed {
		for _, of := range cl.different[a] {
			for _, o := range g {
				if slices.ContainsFunc(o.claimed, func(a anchor) bool { return slices.Contains(of, a) }) {
					return true
				}
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
	at := map[anchor]int{}
	for i, g := range groups {
		for _, m := range g {
			for _, a := range m.claimed {
				at[a] = i
			}
		}
	}
	for _, of := range cl.same {
		to := -1
		for _, a := range of {
			from, ok := at[a]
			if !ok || from == to {
				continue
			}
			if to < 0 {
				to = from
				continue
			}
			if groups[from][0].Kind != groups[to][0].Kind {
				continue
			}
			for _, m := range groups[from] {
				for _, a := range m.claimed {
					at[a] = to
				}
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
