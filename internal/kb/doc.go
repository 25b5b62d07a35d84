// Package kb is the knowledge base of who is who: countries and territories,
// international bodies, national institutions, offices, persons with dated
// offices, and news outlets, with their names in every supported language.
//
// It answers two kinds of question. For the tokens of a sentence:
//
//	k, err := kb.Open(fsys)                    // fsys is the folder data/kb
//	ms := k.Match("bg", toks, i)               // what begins at token i, longest first
//	ms := k.Scan("bg", toks)                   // the whole sentence, left to right
//
// where a [Match] has a kind (country, adjective, demonym, capital, seat, body,
// outlet, office, institution, person), the id of what it names, and the code of
// the country or body it stands for. Inflected forms match by tables of endings
// (LANG/decline.tsv), so no lemmatiser is needed; a lemma helps where there is one.
// And for names and codes:
//
//	k.CountryName("CHN", "bg")                 // Китай
//	k.Name("body/unsc", "ru")                  // Совет Безопасности
//	k.Members("eu", "2019")                    // codes of a group at a time
//
// Everything is facts in TSV files; the code knows the format and no name. A
// language is a folder of data/kb with the same files as the others have.
//
// A KB is immutable after Open and safe for concurrent use. Results depend on
// the arguments and the files alone, never on map order.
package kb
