// Package kb is the knowledge base of who is who: countries and territories,
// international bodies, national institutions, offices, persons with dated
// offices, and news outlets, with their names in every supported language.
//
// It answers two kinds of question. For the tokens of a sentence:
//
//	k, err := kb.Open(fsys)                    // fsys is the folder data/kb
//	ms := k.Match("bg", toks, i)               // what begins at token i, longest only
//	ms := k.Scan("bg", toks)                   // the whole sentence, left to right
//
// where a [Match] has a kind (country, adjective, demonym, capital, seat, body,
// institution, group, outlet, office, organ, place, person), the id of what it names, and
// the code of the country or body it stands for. Inflected forms match by tables
// of endings (LANG/decline.tsv), so no lemmatiser is needed; a lemma helps where
// there is one. And for names, codes and offices:
//
//	k.CountryName("CHN", "bg")                 // Китай
//	k.Name("body/unsc", "ru")                  // Совет Безопасности
//	k.Members("eu", "2019")                    // codes of a group at a time
//	k.Person("Чън Гуопинг", "bg")              // known persons of that name, nearest first, of equals those commonly meant
//	k.OfficeHolder("president", "RUS", "2010") // who held it then
//	k.OfficesAt("vladimir-putin", "2010-05")   // what he held then
//	k.SameName(a, "bg", b, "ru")               // one name in two scripts? and why
//	k.Latin("Чжан Вэй", "ru")                  // Zhang Wei
//	k.Explain("Медведев", "ru")                // all that is known, for `letopis who`
//	k.Check()                                  // doubtful data, for `letopis check data`
//
// Everything is facts in TSV files; the code knows the format and no name. The
// tables, tab-separated, '#' beginning a comment line, sorted, with "|" between
// forms of one name, the first for display:
//
//	countries.tsv  bodies.tsv  offices.tsv  outlets.tsv  persons.tsv  places.tsv  gazetteer.tsv  terms.tsv  groups.tsv
//	LANG/countries.tsv  …/bodies.tsv  …/offices.tsv  …/outlets.tsv  …/persons.tsv  …/places.tsv  …/gazetteer.tsv  …/decline.tsv
//	translit/sound.tsv near.tsv   how names sound, and how far sounds are from one another
//	translit/cyrillic.tsv         how letterings of Latin names are written in Cyrillic, for gazetteer.tsv
//	translit/latin.tsv scripts.tsv chinese.tsv chinese-surnames.tsv particles.tsv differ.tsv
//
// places.tsv is written by people; gazetteer.tsv, laid out like it, by letopis-lab train places, and
// all its names are marked "?". A correction of it is a row of places.tsv with the same GeoNames id.
//
// A language is a folder with any of the files that the others have; without decline.tsv its
// names are found as they stand. "und" has the names that all share. The head of each file says its columns. Marks in names:
// "?" at the end, often something else; "~class" after a word, the row of
// decline.tsv to use; "~0", a word that does not change; "-" after an adjective,
// only the first part of compounds; "{a,b}", either, so that "Organi{s,z}ation" is
// two forms (at most 64 in a cell, braces do not nest).
//
// Capitals count: a word that the table writes with a capital must have one in the
// text (Turkey), one in capitals must be in capitals (US), a small one may have any.
//
// A user's own tables go over those that ship with [Overlay] (`--kb DIR`).
//
// Beside the tables lies their compiled form, kb.bin, which [Compile] makes (`make kb`): grids of
// numbers, in columns no wider than they need, and the strings they point at (blob.go), for the facts (facts.go), the names of each
// language (dict.go) and the words of persons' names (index.go). [Open] finds it and asks it where it
// lies; a row becomes a value when it is first asked for. Only the small tables of rules (decline.tsv,
// translit/, groups.tsv) are read as text. The file holds length and checksum of every table. Where
// any of them is another one, the tables are read and checked (source*.go), and each part is
// compiled in memory when it is first asked for, so that there is one way to answer; Check, and so
// `letopis check data`, then says which table changed and what to run. A damaged file is an error, and
// no number in it is trusted. A folder without the file works as well, and more slowly.
//
// The generated tables are also packed (generated.gz, packed.go), and the program is built with that
// file instead of them: it is read where the tables are, so that a user's tables lie over all.
//
// A KB is immutable after Open and safe for concurrent use. Results depend on the
// arguments and the files alone, never on map order.
package kb
