//go:build commercial

package data

import "embed"

// Commercial says that the models learnt from non-commercial data are left out.
const Commercial = true

// FS is rooted at this folder: lang/, onto/, kb/, demo/, licences.tsv. Of the models
// it has those whose data do not forbid commercial use; a test compares them with
// the cards. The generated tables of kb/ are in it as kb/generated.gz alone.
//
//go:embed licences.tsv all:onto all:demo
//go:embed kb/kb.bin kb/generated.gz kb/[a-fh-z]*.tsv kb/groups.tsv kb/*/[a-fh-z]*.tsv
//go:embed lang/*/*.json lang/*/*.txt lang/*/*.tsv lang/*/*.rules lang/*/cases lang/und/choose
//go:embed lang/*/names.bin lang/und/langid.bin lang/*/forms.bin lang/ru/tagger.bin
var FS embed.FS
