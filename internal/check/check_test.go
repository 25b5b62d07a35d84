package check

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"letopis"
	"letopis/internal/locale"
)

func english(t testing.TB) locale.Texts {
	t.Helper()
	loc, err := locale.Of("en")
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// folder is a data folder with one language, xx, and the files that are given.
func folder(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{"lang/xx/lang.json": {Data: []byte("{\"code\": \"xx\"}\n")}}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

func TestLang(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       string // the beginning of an error, or of a warning after "?"; "" for none about the file
	}{
		{"lang/xx/notes.txt", "a b\n", ""},
		{"lang/xx/notes.txt", "a\nb", "?lang/xx/notes.txt: the last line does not end"},
		{"lang/xx/notes.txt", "a\r\n", "lang/xx/notes.txt:1: has a carriage return"},
		{"lang/xx/notes.txt", "a\n\xc3\n", "lang/xx/notes.txt:2: is not UTF-8"},
		{"lang/xx/notes.txt", "b\u0438\u0306\n", "lang/xx/notes.txt:1:2: is not in composed form"},
		{"lang/xx/tld.txt", "# heading\nb\na\n", "?lang/xx/tld.txt:3: not sorted: \"a\" stands after \"b\""},
		{"lang/xx/more.json", "{\n", "lang/xx/more.json: is no JSON"},
		{"lang/xx/parser.bin", "x", "lang/xx/parser.bin: "},
		{"lang/xx/MODEL.json", "{\"files\": [{\"name\": \"tagger.bin\"}]}\n", "lang/xx/MODEL.json: names tagger.bin, which is not there"},
		{"lang/xx/MODEL.json", "{\"files\": [{\"name\": \"lang.json\", \"sha256\": \"00\"}]}\n", "lang/xx/lang.json: is not the file whose SHA-256"},
		{"lang/xx/MODEL.json", "[]\n", "lang/xx/MODEL.json: json: "},
	} {
		r, err := Lang(t.Context(), folder(map[string]string{c.name: c.text}), "xx", english(t))
		if err != nil {
			t.Fatal(err)
		}
		list, want := r.Errors, c.want
		if strings.HasPrefix(want, "?") {
			list, want = r.Warnings, want[1:]
		}
		of := want
		if want == "" {
			of, list = c.name, append(slices.Clone(r.Errors), r.Warnings...)
		}
		if got := slices.ContainsFunc(list, func(s string) bool { return strings.HasPrefix(s, of) }); got != (want != "") {
			t.Errorf("%s %q: want %q among errors %q, warnings %q", c.name, c.text, c.want, r.Errors, r.Warnings)
		}
	}
}

// What a report says is sorted, said once, counted, and an error where there is one.
func TestReport(t *testing.T) {
	fsys := folder(map[string]string{"lang/xx/b.txt": "\xff\n", "lang/xx/a.txt": "\xff\n"})
	r, err := Lang(t.Context(), fsys, "xx", english(t))
	if err != nil {
		t.Fatal(err)
	}
	if r.Langs != 1 || r.Files != 3 || !slices.IsSorted(r.Errors) || !slices.IsSorted(r.Warnings) {
		t.Errorf("%+v", r)
	}
	if letopis.KindOf(r.Err()) != letopis.Invalid || (&Report{Warnings: []string{"w"}}).Err() != nil {
		t.Errorf("errors %v: %v", r.Errors, r.Err())
	}
	var b strings.Builder
	if err := (&Report{Langs: 1, Files: 2, Errors: []string{"e"}, Warnings: []string{"w", "x"}}).Write(&b, english(t)); err != nil {
		t.Fatal(err)
	}
	if want := "error: e\nwarning: w\nwarning: x\nchecked 1 language folders, 2 files: 1 errors, 2 warnings\n"; b.String() != want {
		t.Errorf("%q, want %q", b.String(), want)
	}
}

func TestNothingToVerify(t *testing.T) {
	if _, err := Data(t.Context(), fstest.MapFS{}, english(t)); letopis.KindOf(err) != letopis.Invalid {
		t.Errorf("an empty folder: %v", err)
	}
	if _, err := Lang(t.Context(), folder(nil), "yy", english(t)); letopis.KindOf(err) != letopis.NotFound || !strings.Contains(err.Error(), "it has xx") {
		t.Errorf("no such language: %v", err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := Lang(ctx, folder(nil), "xx", english(t)); err != context.Canceled {
		t.Errorf("cancelled: %v", err)
	}
}

// Whatever stands in a folder is told and breaks nothing.
func FuzzLang(f *testing.F) {
	names := []string{"lang.json", "MODEL.json", "tld.txt", "words.tsv", "tagger.bin", "dates.rules"}
	f.Add(uint8(1), []byte(`{"files": [{"name": "../xx/lang.json"}]}`))
	f.Add(uint8(2), []byte("b\na\xff\r\n"))
	loc := english(f)
	f.Fuzz(func(t *testing.T, which uint8, text []byte) {
		name := "lang/xx/" + names[int(which)%len(names)]
		if _, err := Lang(t.Context(), folder(map[string]string{name: string(text)}), "xx", loc); err != nil {
			t.Error(err)
		}
	})
}
