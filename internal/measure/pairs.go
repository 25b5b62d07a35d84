package measure

import (
	"fmt"
	"os"

	"letopis"
	"letopis/internal/code"
	"letopis/internal/score"
)

// Pairs reads a table of marked sentences as the PLV and AW sets have it: tab
// separated, with the columns marked_sentence and gold_root and gold_penta, or
// gold_binary, and doc_id where the sentences of a document belong together. The
// documents are numbered and of language lang. Errors name file and row.
func Pairs(path, lang string) ([]score.Pair, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, &letopis.Error{Kind: letopis.NotFound, Err: err}
	}
	defer f.Close() // only read
	var out []score.Pair
	for s, err := range code.Read(f, code.PLV) {
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		p := score.Pair{Source: s.Source, Target: s.Target, Root: s.Fields["gold_root"], Quad: s.Fields["gold_penta"], Acts: s.Fields["gold_binary"], Group: s.Fields["doc_id"]}
		p.Document.ID, p.Document.Lang, p.Document.Text = letopis.ID(fmt.Sprintf("pair-%d", len(out)+1)), lang, s.Text
		out = append(out, p)
	}
	return out, nil
}
