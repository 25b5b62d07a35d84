package nlp

import (
	"letopis/internal/model"
	"letopis/internal/ud"
)

// NameBase gives names their dictionary form.
type NameBase struct{}

func (b *NameBase) write(w *model.Writer) {}

func openNameBase(f *model.File) (*NameBase, error) { return &NameBase{}, nil }

// bases fills Base of every name of the analysis.
func (n *Names) bases(text string, a *ud.Analysis, b *nameBuffer) {
	for i := range a.Names {
		x := &a.Names[i]
		x.Base = nameText(text[x.Start:x.End])
	}
}
