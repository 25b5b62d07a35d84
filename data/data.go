// Package data embeds everything that ships with the program: a folder a
// language, a folder an ontology, the knowledge base and the demo corpus.
// Only cmd/ imports it; all other packages take an fs.FS.
//
// With the build tag "commercial" the models that are learnt from data which
// forbid commercial use are left out; a pack without a model works, less well.
package data
