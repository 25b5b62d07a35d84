package ingest

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"
	"unicode/utf8"

	"letopis"
)

const bulgarian = "Посланикът каза, че двете държави ще подпишат договора през ноември.\n"

// collect drains an iteration into documents and messages.
func collect(docs iter.Seq2[*letopis.Document, error]) (list []*letopis.Document, errs []string) {
	for doc, err := range docs {
		if err != nil {
			errs = append(errs, err.Error())
			continue
		}
		list = append(list, doc)
	}
	return list, errs
}

func stream(t *testing.T, name, in string, o Options) ([]*letopis.Document, []string) {
	t.Helper()
	return collect(Stream(t.Context(), name, strings.NewReader(in), o))
}

func TestFormats(t *testing.T) {
	bsnlp := "x-1\nbg\n2019-03-04\nhttps://vestnik.example/1\nДоговорът е готов\n\n" + bulgarian
	for _, c := range []struct {
		name, in string
		want     letopis.Document
	}{
		{"plain", bulgarian, letopis.Document{Text: bulgarian}},
		{"plain without newline", "Две думи", letopis.Document{Text: "Две думи"}},
		{"plain with CRLF and spaces", "  Две\r\nдуми \r\n\r\n", letopis.Document{Text: "  Две\r\nдуми \r\n\r\n"}},
		{"byte order mark", "\ufeffДве думи", letopis.Document{Text: "Две думи"}},
		{"plain that opens a bracket", "[Снимка] Две думи", letopis.Document{Text: "[Снимка] Две думи"}},
		{"object", `{"id":"a","lang":"bg","published":"2020-12-05","title":"Т","text":"Две\nдуми","url":"https://x.example/","more":{"a":[1]}}`,
			letopis.Document{GivenID: "a", Lang: "bg", Title: "Т", Text: "Две\nдуми", URL: "https://x.example/",
				Published: letopis.Published{Value: "2020-12-05", Basis: letopis.BasisMetadata}}},
		{"object over lines", "\n{\n  \"text\": \"Две думи\",\n  \"id\": 7,\n  \"lang\": \"bg-BG\",\n  \"title\": null\n}\n", letopis.Document{GivenID: "7", Lang: "bg", Text: "Две думи"}},
		{"escapes", `{"text":"\u0414\u0432\u0435 \ud83d\ude00"}`, letopis.Document{Text: "Две 😀"}},
		{"bsnlp", bsnlp, letopis.Document{GivenID: "x-1", Lang: "bg", URL: "https://vestnik.example/1", Title: "Договорът е готов",
			Text: "Договорът е готов\n\n" + bulgarian, Published: letopis.Published{Value: "2019-03-04", Basis: letopis.BasisMetadata}}},
		{"bsnlp with CRLF", strings.ReplaceAll(bsnlp, "\n", "\r\n"), letopis.Document{GivenID: "x-1", Lang: "bg", URL: "https://vestnik.example/1", Title: "Договорът е готов",
			Text: strings.ReplaceAll("Договорът е готов\n\n"+bulgarian, "\n", "\r\n"), Published: letopis.Published{Value: "2019-03-04", Basis: letopis.BasisMetadata}}},
		{"bsnlp without address", "x 1\nru\n4 March 2019\n\nЗаголовок\nТекст\n", letopis.Document{GivenID: "x 1", Lang: "ru", Title: "Заголовок",
			Text: "Заголовок\nТекст\n", Published: letopis.Published{Value: "2019-03-04", Basis: letopis.BasisMetadata}}},
		{"bsnlp with an unknown date", "x-1\nbg\nпролетта\nhttps://vestnik.example/1\nДве\nдуми", letopis.Document{GivenID: "x-1", Lang: "bg",
			URL: "https://vestnik.example/1", Title: "Две", Text: "Две\nдуми"}},
		{"bsnlp of the epoch", "x-1\nbg\n1970-01-01\n\nДве думи", letopis.Document{GivenID: "x-1", Lang: "bg", Title: "Две думи", Text: "Две думи",
			Published: letopis.Published{Value: "1970-01-01", Basis: letopis.BasisMetadata}}},
		{"four lines of prose", "Едно\nдве\nтри\nчетири\nпет", letopis.Document{Text: "Едно\nдве\nтри\nчетири\nпет"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, way := range []struct {
				name string
				r    io.Reader
			}{
				{"", strings.NewReader(c.in)},
				{"byte by byte", iotest.OneByteReader(strings.NewReader(c.in))},
				{"gzip", bytes.NewReader(gzipped(c.in))},
				{"UTF-16LE", bytes.NewReader(inUTF16(c.in, true))},
				{"UTF-16BE", bytes.NewReader(inUTF16(c.in, false))},
			} {
				docs, errs := collect(Stream(t.Context(), "x", way.r, Options{}))
				if len(docs) != 1 || len(errs) > 0 {
					t.Fatalf("%s: %d documents, errors %v", way.name, len(docs), errs)
				}
				want := c.want
				want.ID = letopis.NewID(want.Text, want.URL)
				want.Provenance = []letopis.Source{}
				if got := fmt.Sprintf("%+v", *docs[0]); got != fmt.Sprintf("%+v", want) {
					t.Errorf("%s:\ngot  %s\nwant %+v", way.name, got, want)
				}
			}
		})
	}
}

func gzipped(s string) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	io.WriteString(w, s)
	w.Close()
	return b.Bytes()
}

func inUTF16(s string, little bool) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune("\ufeff" + strings.TrimPrefix(s, "\ufeff"))) {
		if little {
			b = append(b, byte(u), byte(u>>8))
		} else {
			b = append(b, byte(u>>8), byte(u))
		}
	}
	return b
}

func TestStreams(t *testing.T) {
	for _, c := range []struct {
		name, in string
		texts    []string
		errs     []string // a part of each
	}{
		{"lines", "{\"text\":\"а\"}\n\n  {\"text\":\"б\"}\r\n{\"text\":\"в\"}", []string{"а", "б", "в"}, nil},
		{"one line", `{"text":"а"}` + "\n", []string{"а"}, nil},
		{"bad lines do not stop the good", "{\"text\":\"а\"}\n{\"text\":\n[]\n7\n{\"text\":\"б\"}\n{\"text\":\"\"}\n{}\n{\"text\":\"в\"}x\n{\"text\":\"г\"}", []string{"а", "б", "г"},
			[]string{"x:2:9: the JSON ends in the middle", "x:3:1: an article must be an object", "x:4:1: an article must be an object", `x:6:9: field "text" is empty`, `x:7:1: field "text" is missing`, "x:8:13: there is more after the article"}},
		{"bad first line", "{\"text\":\"а}\n{\"text\":\"б\"}\n", []string{"б"}, []string{"x:1:12: the line breaks inside a string"}},
		{"long line", `{"text":"` + strings.Repeat("а", 3000) + "\"}\n{\"text\":\"б\"}\n", []string{"б"}, []string{"x:1:1: this line is larger than 4 KB"}},
		{"array", `[ {"text":"а"} , {"text":"]"},` + "\n" + ` {"text":"\"}"} ]` + "\n", []string{"а", "]", "\"}"}, nil},
		{"empty array", "[]", nil, nil},
		{"array with other values", `[{"text":"а"},4,"x,]",[1,[2]],null,{"text":"б"}]`, []string{"а", "б"},
			[]string{"x:1:15: an article must be an object {\"text\": …}, not a number", "not a string", "not an array", "not null"}},
		{"array cut off", `[{"text":"а"},` + "\n" + `{"text":"б`, []string{"а"}, []string{"x:2:11: the array ends in the middle"}},
		{"array without comma", `[{"text":"а"} {"text":"б"}]`, []string{"а"}, []string{"x:1:15: a comma or ] must stand here"}},
		{"array with a long article", `[{"text":"` + strings.Repeat("а", 3000) + `"},{"text":"б"}]`, []string{"б"}, []string{"x:1:2: this article is larger than 4 KB"}},
		{"more after the array", `[{"text":"а"}] x`, []string{"а"}, []string{"x:1:16: there is more"}},
		{"one object and more", "{\n\"text\":\"а\"\n}\n{\n\"text\":\"б\"}", nil, []string{"x:4:1: there is more after the article"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			docs, errs := stream(t, "x", c.in, Options{MaxArticle: 4096})
			var texts []string
			for _, d := range docs {
				texts = append(texts, d.Text)
			}
			if strings.Join(texts, "|") != strings.Join(c.texts, "|") {
				t.Errorf("got %q, want %q", texts, c.texts)
			}
			if len(errs) != len(c.errs) {
				t.Fatalf("got errors %q, want %q", errs, c.errs)
			}
			for i := range errs {
				if !strings.Contains(errs[i], c.errs[i]) {
					t.Errorf("error %q does not say %q", errs[i], c.errs[i])
				}
			}
		})
	}
}

func TestRefusals(t *testing.T) {
	identify := func(s string) (string, float64) {
		switch {
		case strings.Contains(s, "président"):
			return "fr", 1
		case strings.Contains(s, "Посланик"):
			return "bg", 1
		}
		return "und", 0
	}
	for _, c := range []struct {
		name, in string
		kind     letopis.ErrorKind
		want     string
	}{
		{"empty", "", letopis.Invalid, "x: is empty"},
		{"blank", " \n\t\r\n", letopis.Invalid, "x: is empty"},
		{"only a byte order mark", "\ufeff", letopis.Invalid, "x: is empty"},
		{"binary", "abc\x00def", letopis.Invalid, "x: is a binary file"},
		{"control characters", "\x01\x02\x03\x04\x05abc", letopis.Invalid, "x: is a binary file"},
		{"pdf", "%PDF-1.7 ...", letopis.Unsupported, "x: is a PDF document"},
		{"page", "<!DOCTYPE html><p>text", letopis.Unsupported, "x: is an HTML or XML page"},
		{"feed", "<?xml version=\"1.0\"?><rss>", letopis.Unsupported, "x: is an HTML or XML page"},
		{"not UTF-8", "Два \xff\xfe реда", letopis.Invalid, "x:1:5: byte 0xFF is not UTF-8"},
		{"damaged UTF-8 on the third line", "Едно\nдве\nтри\xd0, четири", letopis.Invalid, "x:3:4: byte 0xD0 is not UTF-8"},
		{"Latin-1", "L'\xe9t\xe9 a \xe9t\xe9 tr\xe8s bon \xe0 la for\xeat, d\xe9clara-t-il.", letopis.Invalid, "is not UTF-8"},
		{"too large", strings.Repeat("а", 3000), letopis.Invalid, "x: is larger than 4 KB"},
		{"too large JSON", "{\n\"text\":\"" + strings.Repeat("а", 3000), letopis.Invalid, "x: is larger than 4 KB"},
		{"too deep", "{\n\"a\":" + strings.Repeat("[", 100) + strings.Repeat("]", 100) + ",\"text\":\"a\"}", letopis.Invalid, "x:2:68: values nest deeper than 64"},
		{"cut off", "{\n \"text\": \"Две", letopis.Invalid, "x:2:14: the JSON ends in the middle"},
		{"no comma", "{\n \"id\": \"1\"\n \"text\": \"Две\"}", letopis.Invalid, "x:3:2: is not JSON"},
		{"escaped JSON", `{\"text\": \"Две\"}`, letopis.Invalid, "quotation marks are escaped"},
		{"JSON in a string", `"{\"text\": \"Две\"}"`, letopis.Invalid, "not a string"},
		{"number for a text", "{\n \"text\": 5}", letopis.Invalid, `x:2:10: field "text" is a number; it must be a string`},
		{"null for a text", `{"text": null}`, letopis.Invalid, `x:1:10: field "text" is null`},
		{"object for a title", "{\n \"text\":\"Две\", \"title\": {}}", letopis.Invalid, `x:2:25: field "title" is an object`},
		{"text twice", `{"text":"а","text":"б"}`, letopis.Invalid, `field "text" stands here for the second time`},
		{"no text", "{\n\"id\":\"1\"}", letopis.Invalid, `field "text" is missing`},
		{"NUL in a text", `{"text":"а\u0000б"}`, letopis.Invalid, `field "text" has a U+0000`},
		{"empty BSNLP", "x-1\nbg\n2019-03-04\nhttps://x.example/\n\n", letopis.Invalid, `x:5:1: field "text" is empty`},
		{"language by name", `{"lang":"fr","text":"le président"}`, letopis.Unsupported, `x:1:9: its language is "fr"`},
		{"language by text", "Le président a parlé.", letopis.Unsupported, `its language was recognised as "fr", which has no language pack; those that have one are bg, en`},
		{"no language", "qwerty", letopis.Unsupported, "its language is not recognised; name it with --lang (bg, en)"},
		{"damaged gzip", string(gzipped(bulgarian)[:40]), letopis.Invalid, "x: is damaged or cut off"},
		{"half a surrogate pair", "\xff\xfeA\x00\x00\xd8", letopis.Invalid, "x: is damaged UTF-16"},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := 0
			for doc, err := range Stream(t.Context(), "x", strings.NewReader(c.in), Options{MaxArticle: 4096, Langs: []string{"bg", "en"}, Identify: identify}) {
				n++
				if doc != nil || err == nil {
					t.Fatalf("it gave %+v", doc)
				}
				if letopis.KindOf(err) != c.kind || !strings.Contains(err.Error(), c.want) {
					t.Errorf("got %s: %v\nwant %s: %s", letopis.KindOf(err), err, c.kind, c.want)
				}
			}
			if n != 1 {
				t.Errorf("%d results", n)
			}
		})
	}
}

func TestLanguage(t *testing.T) {
	o := Options{Langs: []string{"bg", "ru"}, Identify: func(string) (string, float64) { return "ru", 1 }}
	for in, want := range map[string]string{
		`{"lang":"bg","text":"а"}`:  "bg",
		`{"lang":"BUL","text":"а"}`: "bg",
		`{"lang":"","text":"а"}`:    "ru",
		`{"text":"а"}`:              "ru",
	} {
		if docs, errs := stream(t, "x", in, o); len(docs) != 1 || docs[0].Lang != want {
			t.Errorf("%s: %v %v, want %s", in, docs, errs, want)
		}
	}
	o.Lang = "bg"
	if docs, _ := stream(t, "x", `{"lang":"fr","text":"а"}`, o); len(docs) != 1 || docs[0].Lang != "bg" {
		t.Errorf("Lang does not override: %v", docs)
	}
}

func TestPublishedGivenOverrides(t *testing.T) {
	docs, _ := stream(t, "x", `{"published":"2001-01-01","text":"а"}`, Options{Published: "2020-12"})
	if want := (letopis.Published{Value: "2020-12", Basis: letopis.BasisGiven}); len(docs) != 1 || fmt.Sprint(docs[0].Published) != fmt.Sprint(want) {
		t.Errorf("got %+v", docs)
	}
}

func TestParsePublished(t *testing.T) {
	for in, want := range map[string]letopis.When{
		"2020-12-05": "2020-12-05", "2020-12": "2020-12", "2020": "2020", " 2020-12-05 ": "2020-12-05",
		"2020-12-05T23:59:00+02:00": "2020-12-05", "2020-12-05T14:30": "2020-12-05", "2020-12-05 14:30:00": "2020-12-05", "2020-12-05T14:30:00.123Z": "2020-12-05",
		"05.12.2020": "2020-12-05", "5.12.2020, 14:30": "2020-12-05", "20201205": "2020-12-05", "2020/12/5": "2020-12-05",
		"Sat, 05 Dec 2020 14:30:00 +0200": "2020-12-05", "Sat, 5 Dec 2020 14:30:00 GMT": "2020-12-05", "December 5, 2020": "2020-12-05", "5 Dec 2020": "2020-12-05",
		"1970-01-01": "1970-01-01", "2020-11-30/2020-12-05": "2020-11-30/2020-12-05",
		"05/12/2020": "", "вчера": "", "2020-13-01": "", "31.02.2020": "", "": "", "1607126400": "",
	} {
		got, ok := parsePublished(in)
		if got != want || ok != (want != "") {
			t.Errorf("%q: got %q %v, want %q", in, got, ok, want)
		}
	}
}

func TestUnknownDateIsNoticed(t *testing.T) {
	var notices []string
	docs, _ := stream(t, "x", "{\n\"published\":\"onceuponatime\",\"text\":\"а\"}", Options{Notice: func(s string) { notices = append(notices, s) }})
	if len(docs) != 1 || docs[0].Published.Value != "" {
		t.Errorf("got %+v", docs)
	}
	if len(notices) != 1 || !strings.Contains(notices[0], "x: line 2, published: \"onceuponatime\" is not a date") {
		t.Errorf("notices %q", notices)
	}
}

// encodeAs writes s in an 8-bit charset; s must have no other letters.
func encodeAs(t *testing.T, c *charset, s string) []byte {
	t.Helper()
	var b []byte
next:
	for _, r := range s {
		if r < utf8.RuneSelf {
			b = append(b, byte(r))
			continue
		}
		for i, h := range c.high {
			if h == r {
				b = append(b, byte(0x80+i))
				continue next
			}
		}
		t.Fatalf("%s has no %q", c.name, r)
	}
	return b
}

func TestCharsets(t *testing.T) {
	for _, s := range []string{
		bulgarian,
		"Посол заявил, что обе страны подпишут договор в ноябре. Ещё объявлено о встрече.\n",
		"КИТАЙ И РУСИЯ ПОДПИСАХА ДОГОВОР",
		"Външният министър на САЩ ще посети София",
		"NATO и EU: среща в Брюксел, съобщи BBC, във вторник",
		"Съветът прие решението",
	} {
		for i := range charsets {
			c := &charsets[i]
			for _, form := range []string{"%s", `{"lang":"bg","text":"%s"}`} {
				want := strings.TrimRight(s, "\n")
				var notices []string
				docs, errs := collect(Stream(t.Context(), "x", bytes.NewReader(encodeAs(t, c, fmt.Sprintf(form, want))), Options{Notice: func(s string) { notices = append(notices, s) }}))
				if len(docs) != 1 || docs[0].Text != want {
					t.Errorf("%s in %s: %+v %v", want, c.name, docs, errs)
				} else if len(notices) != 1 || !strings.Contains(notices[0], "decoded from "+c.name) {
					t.Errorf("%s in %s: notices %q", want, c.name, notices)
				}
			}
		}
	}
	quoted := "„Няма да подпишем“, каза той – и излезе… №5"
	if docs, _ := collect(Stream(t.Context(), "x", bytes.NewReader(encodeAs(t, &charsets[0], quoted)), Options{})); len(docs) != 1 || docs[0].Text != quoted {
		t.Errorf("typography of windows-1251: %+v", docs)
	}
}

func TestFolder(t *testing.T) {
	dir := t.TempDir()
	for name, s := range map[string]string{
		"b.txt": "Втори", "a.json": `{"text":"Първи"}`, "c/a.jsonl": "{\"text\":\"Трети\"}\n{\"text\":\n{\"text\":\"Четвърти\"}\n", "c/b.TXT.gz": string(gzipped("Пети")),
		".hidden.txt": "не", ".git/a.txt": "не", "photo.jpg": "\xff\xd8\xff", "spans.tsv": "1\t2",
	} {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(s), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(dir, filepath.Join(dir, "ring")); err != nil {
		t.Logf("no links here: %v", err)
	}
	var notices []string
	o := Options{Stdin: strings.NewReader("Шести"), Notice: func(s string) { notices = append(notices, s) }}
	docs, errs := collect(Read(t.Context(), []string{dir, "-"}, o))
	var texts []string
	for _, d := range docs {
		texts = append(texts, d.Text)
	}
	if got := strings.Join(texts, " "); got != "Първи Втори Трети Четвърти Пети Шести" {
		t.Errorf("got %s", got)
	}
	if len(errs) != 1 || !strings.Contains(errs[0], filepath.Join("c", "a.jsonl")+":2:9:") {
		t.Errorf("errors %q", errs)
	}
	if len(notices) != 1 || !strings.Contains(notices[0], "files passed over") {
		t.Errorf("notices %q", notices)
	}
	for i := range 5 { // stopping early must not go on behind the back
		n := 0
		for range Read(t.Context(), []string{dir}, o) {
			if n++; n > i {
				break
			}
		}
	}
}

func TestPathErrors(t *testing.T) {
	empty := t.TempDir()
	for _, c := range []struct {
		path string
		want letopis.ErrorKind
	}{{filepath.Join(empty, "none.txt"), letopis.NotFound}, {empty, letopis.NotFound}, {"-", letopis.Invalid}} {
		n := 0
		for _, err := range Read(t.Context(), []string{c.path}, Options{}) {
			if n++; letopis.KindOf(err) != c.want {
				t.Errorf("%s: %v", c.path, err)
			}
		}
		if n != 1 {
			t.Errorf("%s: %d results", c.path, n)
		}
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	n := 0
	var last error
	for _, err := range Stream(ctx, "x", strings.NewReader(strings.Repeat("{\"text\":\"а\"}\n", 100)), Options{}) {
		if n++; n == 3 {
			cancel()
		}
		last = err
	}
	if n != 4 || !errors.Is(last, context.Canceled) {
		t.Errorf("%d results, the last %v", n, last)
	}
}

func TestSystemErrors(t *testing.T) {
	for _, head := range []string{"", "текст", "{\"text\":\"а\"}\n{", "[{\"text\":\"а\"},", "\xff\xfeA\x00"} {
		r := io.MultiReader(strings.NewReader(head), iotest.ErrReader(errors.New("the disk is gone")))
		_, errs := collect(Stream(t.Context(), "x", r, Options{}))
		if len(errs) == 0 || !strings.Contains(errs[len(errs)-1], "the disk is gone") {
			t.Errorf("%q: errors %q", head, errs)
		}
	}
}

// A stream far larger than an article is read in bounded memory: the lines are
// made while they are read, and one of them is a thousand times too long.
func TestLongStream(t *testing.T) {
	line := "{\"text\":\"" + strings.Repeat("а", 1000) + "\"}\n"
	r := io.MultiReader(&repeated{s: line, n: 2000}, &repeated{s: "x", n: 4 << 20}, strings.NewReader("\n"), &repeated{s: line, n: 2000})
	docs, errs := 0, 0
	for _, err := range Stream(t.Context(), "x.jsonl", r, Options{MaxArticle: 4096}) {
		if err != nil {
			errs++
			continue
		}
		docs++
	}
	if docs != 4000 || errs != 1 {
		t.Errorf("%d documents, %d errors", docs, errs)
	}
}

type repeated struct {
	s   string
	n   int
	off int
}

func (r *repeated) Read(p []byte) (int, error) {
	if r.n == 0 {
		return 0, io.EOF
	}
	n := copy(p, r.s[r.off:])
	if r.off += n; r.off == len(r.s) {
		r.off, r.n = 0, r.n-1
	}
	return n, nil
}

func FuzzFormats(f *testing.F) {
	for _, s := range []string{
		bulgarian, `{"id":"a","lang":"bg","published":"2020-12-05","title":"Т","text":"Две","url":"https://x.example/"}`,
		"{\"text\":\"а\"}\n{\"text\":\"б\"}\n", `[{"text":"а"},{"text":"б"}]`, "x-1\nbg\n2019-03-04\nhttps://x.example/\nДве\nдуми",
		"\xff\xfeA\x00", "\xfe\xff\x00A", "\xcf\xe5\xea\xe8\xed \xf1\xfa\xee\xe1\xf9\xe8", "[1,\"\\\"]\",{}]", "{\"text\":\"\\ud800\"}", "[[[[", "{}", "[]", "\x1f\x8b", "%PDF-",
	} {
		f.Add([]byte(s))
	}
	f.Add(gzipped(bulgarian))
	f.Fuzz(func(t *testing.T, b []byte) {
		o := Options{MaxArticle: 1 << 12}
		check := func(name string, docs iter.Seq2[*letopis.Document, error]) {
			n := 0
			for doc, err := range docs {
				if n++; n > len(b)+1 {
					t.Fatalf("%s gives more results than there are bytes", name)
				}
				if (doc == nil) == (err == nil) {
					t.Fatalf("%s gives %v and %v", name, doc, err)
				}
				if err != nil {
					if k := letopis.KindOf(err); k != letopis.Invalid && k != letopis.Unsupported {
						t.Fatalf("%s: %s: %v", name, k, err)
					}
					continue
				}
				// A byte may become three: an 8-bit sign, or U+FFFD for half an escaped surrogate pair.
				if strings.TrimSpace(doc.Text) == "" || !utf8.ValidString(doc.Text) || len(doc.Text) > 3<<12 || doc.ID != letopis.NewID(doc.Text, doc.URL) || !doc.Published.Value.Valid() {
					t.Fatalf("%s gives %+v", name, doc)
				}
			}
		}
		check("Stream", Stream(t.Context(), "x", bytes.NewReader(b), o))
		for _, fm := range formats() {
			in := &input{ctx: t.Context(), name: "x", o: o, noticed: map[string]bool{}}
			if in.open(bytes.NewReader(b)) != nil {
				return
			}
			head, _ := in.r.Peek(headSize)
			if fm.detect("x", head) {
				check(fm.name, fm.read(in))
			}
		}
	})
}

// Every annotated mention of the BSNLP articles must be where its offsets say, so
// the text begins and goes on where the annotators had it.
func TestBSNLPOffsets(t *testing.T) {
	shared := os.Getenv("LETOPIS_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "shared")
	}
	tables, _ := filepath.Glob(filepath.Join(shared, "data", "bsnlp", "*", "*", "spans.tsv"))
	if len(tables) == 0 {
		t.Skip("no BSNLP articles at " + shared)
	}
	mentions, articles := 0, 0
	for _, table := range tables {
		dir := filepath.Dir(table)
		b, err := os.ReadFile(table)
		if err != nil {
			t.Fatal(err)
		}
		var text []rune
		var gold []string
		for line := range strings.Lines(string(b)) {
			line = strings.TrimSpace(line)
			if name, ok := strings.CutPrefix(line, "# "); ok {
				docs, errs := collect(Read(t.Context(), []string{filepath.Join(dir, "raw", name+".txt")}, Options{}))
				if len(docs) != 1 || docs[0].GivenID == "" || docs[0].Lang == "" {
					t.Fatalf("%s/%s: %+v %v", dir, name, docs, errs)
				}
				text = []rune(docs[0].Text)
				g, err := os.ReadFile(filepath.Join(dir, "gold", name+".out"))
				if err != nil {
					t.Fatal(err)
				}
				gold = strings.Split(string(g), "\n")
				articles++
				continue
			}
			var start, end, k int
			if _, err := fmt.Sscan(line, &start, &end, &k); err != nil {
				continue
			}
			mention, _, _ := strings.Cut(gold[k], "\t")
			if end > len(text) || strings.Join(strings.Fields(strings.ToLower(string(text[start:end]))), " ") != strings.Join(strings.Fields(strings.ToLower(mention)), " ") {
				t.Errorf("%s: %d..%d is not %q", table, start, end, mention)
			}
			mentions++
		}
	}
	t.Logf("%d mentions of %d articles", mentions, articles)
	if mentions == 0 {
		t.Error("no mentions")
	}
}

func BenchmarkLines(b *testing.B) {
	line := `{"id":"1","lang":"bg","published":"2020-12-05","title":"Заглавие","url":"https://x.example/1","text":"` + strings.Repeat("Посланикът каза, че ще подпише договора. ", 70) + `"}` + "\n"
	b.SetBytes(int64(len(line)))
	b.ReportAllocs()
	n := 0
	for _, err := range Stream(b.Context(), "x.jsonl", &repeated{s: line, n: b.N}, Options{}) {
		if err != nil {
			b.Fatal(err)
		}
		n++
	}
	if n != b.N {
		b.Fatal(n)
	}
}
