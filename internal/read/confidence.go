package read

import (
	"io/fs"
	"strconv"
	"strings"

	"letopis/internal/tsv"
)

// confidenceTable says how often the statements that a rule finds are right; `make score` writes it.
const confidenceTable = "lang/und/confidence.tsv"

// allLangs is the language of the rows that count all of them together.
const allLangs = "und"

// ruleLang is a rule, or the beginning of rules, in a language.
type ruleLang struct{ rule, lang string }

// confidences are the measured precisions of rules, in per cent.
type confidences map[ruleLang]int

// openConfidences opens the table of a data folder. Without one nothing is known of any rule.
func openConfidences(fsys fs.FS) (confidences, error) {
	c := confidences{}
	return c, tsv.ReadIf(fsys, confidenceTable, tsv.Fields("rule", "language", "confidence", "cases", "right"), func(row tsv.Row) error {
		share, err := strconv.ParseFloat(row.Field(2), 64)
		if err != nil || share < 0 || share > 1 {
			return row.Errorf(2, "%q is no share from 0 to 1", row.Field(2))
		}
		c[ruleLang{row.Field(0), row.Field(1)}] = int(100*share + 0.5)
		return nil
	})
}

// unknown is the confidence in per cent of a finding of which nothing was counted.
const unknown = 50

// of returns the confidence of a finding in per cent: that of the longest part of its rule that was
// counted, in its language where there were enough.
func (c confidences) of(rule, lang string) int {
	for rule != "" {
		for _, l := range [...]string{lang, allLangs} {
			if share, ok := c[ruleLang{rule, l}]; ok {
				return share
			}
		}
		rule = shorter(rule)
	}
	return unknown
}

// shorter is a rule without its last part; "*", all rules, for one of a single part, and "" after that.
func shorter(rule string) string {
	if i := strings.LastIndexByte(rule, '.'); i >= 0 {
		return rule[:i]
	}
	if rule == "*" {
		return ""
	}
	return "*"
}
