// Package data embeds everything that ships with the program: a folder a
// language, a folder an ontology, the knowledge base and the demo corpus.
// Only cmd/ imports it; all other packages take an fs.FS.
package data

import "embed"

// FS is rooted at this folder: lang/, onto/, kb/, demo/, licences.tsv.
//
//go:embed licences.tsv all:lang all:onto all:kb all:demo
var FS embed.FS
