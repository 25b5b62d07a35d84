package score

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Claim is a finding of a record, held against gold.
type Claim struct {
	Rule, Lang string
	Claimed    float64 // the confidence that the record gives it, 0 to 1
	Right      bool
}

// StatementClaims are the statements of a record in the order of sys: one is right that
// matches a statement of gold and has its speaker, as quote.end2end counts it.
func StatementClaims(lang string, gold, sys *Findings) []Claim {
	out := make([]Claim, len(sys.Statements))
	for i, s := range sys.Statements {
		out[i] = Claim{Rule: s.Rule, Lang: lang, Claimed: s.Claimed}
	}
	for _, x := range pairStatements(gold.Statements, sys.Statements) {
		out[x.sys].Right = sameSpeaker(&gold.Statements[x.gold], &sys.Statements[x.sys])
	}
	return out
}

// EventClaims are the events of a record in the order of sys: one is right that is paired
// with an event of gold of its code and both its sides, as event of version 2 counts it.
// There are none where gold has no events of version 2.
func EventClaims(lang string, gold, sys *Findings) []Claim {
	if !gold.HasSided {
		return nil
	}
	out := make([]Claim, len(sys.Sided))
	for i, s := range sys.Sided {
		out[i] = Claim{Rule: EventRule(s.Rule), Lang: lang, Claimed: s.Claimed}
	}
	for _, x := range pairSided(gold.Sided, sys.Sided) {
		g, s := &gold.Sided[x.gold], &sys.Sided[x.sys]
		out[x.sys].Right = g.Code == s.Code && sameSides(g, s)
	}
	return out
}

// EventRule is the part of an event's rule by which confidence is counted: the word that evokes it, the last of
// four parts, is left out.
func EventRule(rule string) string {
	if parts := strings.SplitN(rule, ".", 4); len(parts) == 4 {
		return strings.Join(parts[:3], ".")
	}
	return rule
}

const (
	// anyLang marks the rows that count all languages together, as data/lang/und holds
	// what is of no one language.
	anyLang = "und"
	// anyRule marks the rows that count all rules together.
	anyRule = "*"
	// priorWeight is how many cases the next wider row counts for in a row.
	priorWeight = 5
	// minOfLang is the number of cases from which on a rule has a row of a language.
	minOfLang = 20
)

// Precisions are how often findings were right, by rule and language.
//
// A rule is a name of parts with dots between; the rows are those of all findings ("*"), of the
// first part of a rule (its family), and so on to the whole rule. Each is drawn towards the
// next shorter one as if that had been met five more times, so that a rule met twice
// says little of its own. A row of one language is drawn towards that of all languages;
// it exists from twenty cases on, for rules that several languages have.
type Precisions struct {
	rows map[ruleLang]*Precision
}

// Precision is one row: Right of N findings were right; Confidence is their smoothed
// share, rounded to two digits, 0.01 to 0.99.
type Precision struct {
	Rule, Lang string
	Confidence float64
	N, Right   int
}

type ruleLang struct{ rule, lang string }

// CountPrecisions counts claims. They must be of articles that nothing which made
// them was learnt from.
func CountPrecisions(claims []Claim) *Precisions {
	all := map[ruleLang]*Precision{}
	langs := map[string][]string{}
	for _, c := range claims {
		for rule := range wider(c.Rule) {
			for _, lang := range []string{anyLang, c.Lang} {
				k := ruleLang{rule, lang}
				if all[k] == nil {
					all[k] = &Precision{Rule: rule, Lang: lang}
					langs[rule] = append(langs[rule], lang)
				}
				all[k].N++
				if c.Right {
					all[k].Right++
				}
			}
		}
	}
	const widest = 2 // und and the only language
	p := &Precisions{rows: map[ruleLang]*Precision{}}
	for k, row := range all {
		if k.lang == anyLang || row.N >= minOfLang && len(langs[k.rule]) > widest {
			row.Confidence = math.Round(100*min(max(smooth(all, k), 0.01), 0.99)) / 100
			p.rows[k] = row
		}
	}
	return p
}

// Add adds the rows of q that p has not: those of a family of rules that was counted apart.
func (p *Precisions) Add(q *Precisions) {
	for k, row := range q.rows {
		if p.rows[k] == nil {
			p.rows[k] = row
		}
	}
}

// smooth is the share right of a row, drawn towards the next wider row.
func smooth(all map[ruleLang]*Precision, k ruleLang) float64 {
	row := all[k]
	if k == (ruleLang{anyRule, anyLang}) {
		return float64(row.Right+1) / float64(row.N+2)
	}
	up := ruleLang{k.rule, anyLang}
	if k.lang == anyLang {
		up.rule = shorter(k.rule)
	}
	return (float64(row.Right) + float64(priorWeight*smooth(all, up))) / float64(row.N+priorWeight)
}

// shorter is a rule without its last part; "*" for a rule of one part.
func shorter(rule string) string {
	if i := strings.LastIndexByte(rule, '.'); i >= 0 {
		return rule[:i]
	}
	return anyRule
}

// wider yields a rule, then ever shorter ones, and last "*".
func wider(rule string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for ; rule != anyRule && rule != ""; rule = shorter(rule) {
			if !yield(rule) {
				return
			}
		}
		yield(anyRule)
	}
}

// Of returns the confidence of a finding: of the longest part of its rule that was met, in
// its language where that has a row. It is 0.5 where nothing was counted.
func (p *Precisions) Of(rule, lang string) float64 {
	for r := range wider(rule) {
		for _, l := range []string{lang, anyLang} {
			if row := p.rows[ruleLang{r, l}]; row != nil {
				return row.Confidence
			}
		}
	}
	return 0.5
}

// Rows are the rows in the order of their rules, "und" first.
func (p *Precisions) Rows() []Precision {
	out := make([]Precision, 0, len(p.rows))
	for _, row := range p.rows {
		out = append(out, *row)
	}
	slices.SortFunc(out, func(a, b Precision) int {
		return cmp.Or(cmp.Compare(a.Rule, b.Rule), cmp.Compare(order(a.Lang), order(b.Lang)))
	})
	return out
}

// order sorts languages, all of them together first.
func order(lang string) string {
	if lang == anyLang {
		return ""
	}
	return lang
}

// TSV writes data/lang/und/confidence.tsv; of says on what the rows were counted, in lines.
func (p *Precisions) TSV(of string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `# How often findings of a rule are right. Written by 'make score' (letopis-lab score --all --write); do not edit.
# Counted on %s.
# The confidence of a finding stands in the row of its rule, or else of the longest part of it that has one
# ("a.b.c", "a.b", "a", "*"): there in its language, or else und, which counts all languages. It is the share right, drawn
# towards the next shorter rule, and in a language towards und, with the weight of %d cases.
# rule	lang	confidence	n	right
`, strings.ReplaceAll(of, "\n", "\n# "), priorWeight)
	for _, r := range p.Rows() {
		fmt.Fprintf(&b, "%s\t%s\t%s\t%d\t%d\n", r.Rule, r.Lang, strconv.FormatFloat(r.Confidence, 'f', 2, 64), r.N, r.Right)
	}
	return b.String()
}

// CrossFit gives each claim the confidence that the precisions of the other folds give
// it: what a table of these claims will be worth on articles that it was not counted on.
func CrossFit(folds [NumFolds][]Claim) []Claim {
	var out []Claim
	for k, of := range folds {
		var others []Claim
		for j := range folds {
			if j != k {
				others = append(others, folds[j]...)
			}
		}
		p := CountPrecisions(others)
		for _, c := range of {
			c.Claimed = p.Of(c.Rule, c.Lang)
			out = append(out, c)
		}
	}
	return out
}

type claimBin struct {
	from   float64
	metric string
}

// claimBins are the steps of confidence of the calibration, each from its bound to the next.
var claimBins = []claimBin{{0.9, "claimed.9"}, {0.8, "claimed.8"}, {0.7, "claimed.7"}, {0.6, "claimed.6"}, {0.5, "claimed.5"}, {0, "claimed.0"}}

// claimError is the mean distance of what is claimed from what is right.
const claimError = "claimed.error"

// Calibration gives the share right among the findings that claim .9 and more, .8 and
// more, and so on (claimed.9 …; a step without findings is left out), and the mean over
// all findings of how far the claim of their step lies from its share right (claimed.error).
func Calibration(claims []Claim) []Figure {
	var out []Figure
	rest, gap := claims, 0.0
	for _, bin := range claimBins {
		var below []Claim
		n, right, claimed := 0, 0, 0.0
		for _, c := range rest {
			if c.Claimed < bin.from {
				below = append(below, c)
				continue
			}
			n++
			claimed += c.Claimed
			if c.Right {
				right++
			}
		}
		rest = below
		if n == 0 {
			continue
		}
		gap += math.Abs(claimed - float64(right))
		out = append(out, Figure{Metric: bin.metric, IsShare: true, Accuracy: ratio(right, n), N: n})
	}
	if len(claims) > 0 {
		out = append(out, Figure{Metric: claimError, IsShare: true, Accuracy: gap / float64(len(claims)), N: len(claims)})
	}
	return out
}
