//go:build !commercial

package data

import "embed"

// Commercial says that the models learnt from non-commercial data are left out.
const Commercial = false

// FS is rooted at this folder: lang/, onto/, kb/, demo/, licences.tsv.
//
//go:embed licences.tsv all:lang all:onto all:kb all:demo
var FS embed.FS
