package chronicle

import (
	"fmt"

	"github.com/zeebo/xxh3"

	"letopis"
)

// kindRules says how findings of one kind are folded.
type kindRules struct {
	kind letopis.FindingKind
	// digest makes the finding ready for folding; what all kinds have is filled in.
	digest func(*digester, letopis.Finding, *finding)
	// mark is what of the finding a translation of the article keeps; "": nothing.
	mark func(*finding) string
	// block names the findings that one is compared with; kinds have none in common.
	block func(*member) string
	// rank names those among whose findings one has its number in the document; nil: none has a number.
	rank func(*member) string
	// group groups the findings of a block, and finds those that contradict each other.
	group func([]*member, *claims) ([]group, []contradiction)
}

// kinds has a row for each kind of finding that is folded. Findings of a record that
// are of another kind are passed over: they are in no entry.
var kinds = [...]kindRules{
	{
		kind: letopis.FindingEvent, digest: (*digester).event, mark: eventMark,
		block: func(m *member) string { return "event\x00" + m.blockKey() },
		group: groupBlock,
	},
	{
		kind: letopis.FindingStatement, digest: (*digester).statement, mark: statementMark,
		block: func(m *member) string { return "said\x00" + m.year() + "\x00" + m.speakerKey() },
		rank:  (*member).speakerKey,
		group: func(block []*member, cl *claims) ([]group, []contradiction) { return groupWords(block, cl), nil },
	},
}

// rulesOf returns the row of a kind, nil for one that is not folded.
func rulesOf(kind letopis.FindingKind) *kindRules {
	for i := range kinds {
		if kinds[i].kind == kind {
			return &kinds[i]
		}
	}
	return nil
}

// check refuses a finding of a kind that is not folded: no digest of ours has one.
func check(f *finding) error {
	if rulesOf(f.Kind) == nil {
		return fmt.Errorf("finding %s is of the kind %q, which is not folded", f.Item, f.Kind)
	}
	return nil
}

// blockNumber is the number of the block in which m is compared with others.
func (m *member) blockNumber() uint64 { return xxh3.HashString(rulesOf(m.Kind).block(m)) }

// groupKinds groups the findings of a block, each kind by its rules.
func groupKinds(block []*member, cl *claims) (groups []group, found []contradiction) {
	for i := range kinds {
		var own []*member
		for _, m := range block {
			if m.Kind == kinds[i].kind {
				own = append(own, m)
			}
		}
		if len(own) > 0 {
			g, c := kinds[i].group(own, cl)
			groups, found = append(groups, g...), append(found, c...)
		}
	}
	return groups, found
}
