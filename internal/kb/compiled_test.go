package kb

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"letopis"
)

// copyTables returns the tables of a folder, and what else is asked for, in memory.
func copyTables(tb testing.TB, fsys fs.FS, more ...string) fstest.MapFS {
	tb.Helper()
	ts, err := loadTables(fsys)
	if err != nil {
		tb.Fatal(err)
	}
	m := fstest.MapFS{}
	for path, text := range ts {
		m[path] = &fstest.MapFile{Data: []byte(text)}
	}
	for _, path := range more {
		b, err := fs.ReadFile(fsys, path)
		if err != nil {
			tb.Fatal(err)
		}
		m[path] = &fstest.MapFile{Data: b}
	}
	return m
}

// namesIn gives the names that the tables of a language have, without marks, and their first
// and last words in forms of the text.
func namesIn(ts tables, lang string) []string {
	var names []string
	for _, table := range LangTables() {
		for line := range strings.Lines(ts[lang+"/"+table]) {
			f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
			if line[0] == '#' || len(f) < 2 || table == "decline.tsv" {
				continue
			}
			for form := range strings.SplitSeq(strings.Join(f[1:], "|"), "|") {
				names = append(names, plain(form))
			}
		}
	}
	return names
}

// tell writes all that a knowledge base answers about everything that its tables name.
func tell(tb testing.TB, k *KB, ts tables, w io.Writer) {
	tb.Helper()
	langs := append(k.Langs(), und, "xx")
	fmt.Fprintln(w, k.Version(), k.Langs(), k.Offices(), k.Countries())
	for _, lang := range langs {
		endings := []string{"", "а", "ите", "ом", "'s", "s"}
		for i, name := range namesIn(ts, lang) {
			for _, text := range []string{name + endings[i%len(endings)], strings.ToUpper(name), "Нова-" + name} {
				for j := range toks(text) {
					fmt.Fprintf(w, "%s %q %d %+v\n", lang, text, j, k.MatchAll(lang, toks(text), j))
				}
			}
			fmt.Fprintf(w, "%+v\n", k.Match(lang, []Tok{{Form: name + "ми", Lemma: strings.ToLower(name)}}, 0))
			if i%8 == 0 {
				same, why := k.SameName(name, lang, strings.ToUpper(name), "ru")
				fmt.Fprintf(w, "%+v %v %s %s\n", k.Explain(name, lang), same, why, k.Latin(name, lang))
			}
		}
		for line := range strings.Lines(ts["persons.tsv"]) {
			id, _, _ := strings.Cut(line, "\t")
			may, full := k.Bears(id, lang, id)
			fmt.Fprintf(w, "%s %s %v %v\n", id, k.Name("person/"+id, lang), may, full)
		}
		for _, table := range []string{"countries", "bodies", "offices", "outlets", "places"} {
			for line := range strings.Lines(ts[table+".tsv"]) {
				id, _, _ := strings.Cut(line, "\t")
				for _, kind := range []Kind{KindCountry, KindCapital, KindBody, KindInstitution, KindGroup, KindOffice, KindOrgan, KindOutlet, KindPlace} {
					fmt.Fprintln(w, lang, id, k.Name(string(kind)+"/"+id, lang), k.CountryName(id, lang))
				}
			}
		}
	}
	tellFacts(tb, k, ts, w)
	fmt.Fprintln(w, strings.Join(k.Check(), "\n"))
}

func tellFacts(tb testing.TB, k *KB, ts tables, w io.Writer) {
	tb.Helper()
	for _, path := range slices.Sorted(maps.Keys(ts)) {
		if strings.Contains(path, "/") {
			continue
		}
		for line := range strings.Lines(ts[path]) {
			f := append(strings.Split(strings.TrimSuffix(line, "\n"), "\t"), "", "", "")
			fmt.Fprintf(w, "%+v %+v %+v %+v %+v\n", k.Country(f[0]), k.Body(f[0]), k.Outlet(f[0]), k.Office(f[0]), k.Place(f[0]))
			fmt.Fprintln(w, k.Members(f[0], ""), k.Members(f[0], "1999"), k.OfficesAt(f[0], ""), k.OfficesAt(f[0], "2010-05"))
			if p := k.PersonByID(f[0]); p != nil {
				fmt.Fprintf(w, "%s %s %s %v %v\n", p.ID, p.Country, p.Gender, p.Bare, p.Terms)
			}
			if path == "terms.tsv" {
				fmt.Fprintln(w, k.OfficeHolder(f[1], f[2], ""), k.OfficeHolder("office/"+f[1], f[2], f[3]), k.OfficeHolder(f[1], f[2], "2001/2009"))
			}
		}
	}
}

// TestCompiledIsTheTables compares all answers of the two ways to open a knowledge base.
func TestCompiledIsTheTables(t *testing.T) {
	dir := os.DirFS("../../data/kb")
	ts, err := loadTables(dir)
	if err != nil {
		t.Fatal(err)
	}
	fromTables, err := Open(copyTables(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	fromFile, err := openCompiled(dir)
	if err != nil {
		t.Fatalf("%s: %v: run make kb", Compiled, err)
	}
	var want, got bytes.Buffer
	tell(t, fromTables, ts, &want)
	tell(t, fromFile, ts, &got)
	if bytes.Equal(want.Bytes(), got.Bytes()) {
		return
	}
	w, g := bytes.Split(want.Bytes(), []byte("\n")), bytes.Split(got.Bytes(), []byte("\n"))
	for i := range w {
		if i >= len(g) || !bytes.Equal(w[i], g[i]) {
			t.Fatalf("line %d\n got %s\nwant %s", i, g[min(i, len(g)-1)], w[i])
		}
	}
	t.Error("more answers than the tables give")
}

// The file beside the tables is the one that they make.
func TestCompiledIsCurrent(t *testing.T) {
	dir := os.DirFS("../../data/kb")
	want, err := Compile(dir)
	if err != nil {
		t.Fatal(err)
	}
	got, err := fs.ReadFile(dir, Compiled)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("data/kb/%s is out of date (%v): run make kb", Compiled, err)
	}
}

// Whatever changes a table leaves the compiled form unused, and Check says so.
func TestCompiledStale(t *testing.T) {
	edit := map[string]func(m fstest.MapFS){
		"countries.tsv has changed": func(m fstest.MapFS) {
			m["countries.tsv"].Data = bytes.Replace(m["countries.tsv"].Data, []byte("ABW\tAW"), []byte("ABW\tAV"), 1)
		},
		"bg/decline.tsv has changed": func(m fstest.MapFS) { m["bg/decline.tsv"].Data = append(m["bg/decline.tsv"].Data, '\n') },
		"xx/countries.tsv is not in": func(m fstest.MapFS) { m["xx/countries.tsv"] = &fstest.MapFile{Data: []byte("ABW\tАруба\n")} },
		"a table is gone":            func(m fstest.MapFS) { delete(m, "en/places.tsv") },
		"kb.bin: out of date: write": func(m fstest.MapFS) { m[Compiled].Data = []byte("letopis kb 0\n") },
	}
	for want, change := range edit {
		m := copyTables(t, os.DirFS("../../data/kb"), Compiled)
		change(m)
		k, err := Open(m)
		if err != nil {
			t.Errorf("%s: %v", want, err)
			continue
		}
		if got := strings.Join(k.Check(), "\n"); !strings.Contains(got, want) || !strings.Contains(got, "make kb") {
			t.Errorf("no complaint %q in:\n%s", want, got)
		}
	}
	m := copyTables(t, os.DirFS("../../data/kb"))
	if k, err := Open(m); err != nil || k.stale != "" {
		t.Errorf("tables alone: %v, %q", err, k.stale)
	}
}

// small is a knowledge base with something of everything.
func small() fstest.MapFS {
	m := fstest.MapFS{}
	for path, text := range map[string]string{
		"countries.tsv": "NOR\tNO\tstate\n", "bodies.tsv": "b\tbody\tIGO\tIGO\n", "offices.tsv": "king\toffice\tGOV\tnational single\n",
		"outlets.tsv": "o\tpaper\tNOR\tOo\n", "places.tsv": "p\tcity\tNOR\t\t60.5\t10\n", "persons.tsv": "a-b\tNOR\tm\tbare\n",
		"terms.tsv": "a-b\tking\tNOR\t1991-01\n", "groups.tsv": "g\tNOR\n",
		"xx/countries.tsv": "NOR\tНорсия|Кралство Норсия?\tОсело\tнорски\n", "xx/persons.tsv": "a-b\tАнде Беме\n", "xx/places.tsv": "p\tПор-Рика\n",
		"xx/decline.tsv": "*\tа\tа и\nfold\tё\tе\n", "und/persons.tsv": "a-b\tAnde Beme\n", "translit/sound.tsv": "cyrl\tб\tb\n",
	} {
		m[path] = &fstest.MapFile{Data: []byte(text)}
	}
	return m
}

// A file that is damaged is an error, wherever it was cut or changed.
func TestCompiledDamaged(t *testing.T) {
	m := small()
	file, err := Compile(m)
	if err != nil {
		t.Fatal(err)
	}
	for i := range file {
		for _, b := range [][]byte{file[:i], append(append(bytes.Clone(file[:i]), file[i]^1), file[i+1:]...)} {
			m[Compiled] = &fstest.MapFile{Data: b}
			k, err := Open(m)
			if (err == nil || letopis.KindOf(err) != letopis.Invalid) && (k == nil || k.stale == "") {
				t.Fatalf("byte %d of %d: %v", i, len(file), err)
			}
		}
	}
}

// FuzzCompiled opens files whose checksums fit and whose numbers need not.
func FuzzCompiled(f *testing.F) {
	m := small()
	file, err := Compile(m)
	if err != nil {
		f.Fatal(err)
	}
	ts, err := loadTables(m)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(file[headSize:])
	for i := headSize; i < len(file); i += 7 {
		b := bytes.Clone(file[headSize:])
		b[i-headSize] ^= 0x81
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		head := put([]byte(magic), checksum(string(body)))
		c, err := parseCompiled(string(append(head, body...)))
		if err != nil {
			return
		}
		k, err := c.open(ts, m)
		if err != nil {
			return
		}
		tell(t, k, ts, io.Discard)
	})
}
