//go:build !commercial

package data

import "embed"

// Commercial says that the models learnt from non-commercial data are left out.
const Commercial = false

// FS is rooted at this folder: lang/, onto/, kb/, demo/, licences.tsv. The generated tables of
// kb/, gazetteer.tsv, are in it as kb/generated.gz alone; a test says if another is left out.
//
//go:embed licences.tsv all:lang all:onto all:demo
//go:embed kb/kb.bin kb/generated.gz kb/[a-fh-z]*.tsv kb/groups.tsv kb/*/[a-fh-z]*.tsv
var FS embed.FS
