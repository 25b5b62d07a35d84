package petrarch

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"letopis/internal/ud"
)

// own are dictionaries of our own, with what the formats have.
func own() fstest.MapFS {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	return fstest.MapFS{
		"my.actors.txt": file(`<!-- actors
of two lines -->
LIMA [PER]
+PERU_
QUITO  # comment
	[ECU <20000101]
	[ECUNEW 20000101-20101231]
	[ECULATE >110101]
JOINT_COMMISSION [PER/ECU]
BAD [X 1 2 3]
`),
		"my.agents.txt": file(`!HEAD! = MINISTER, MINISTERS
POLICE {} [~COP] # no plural
ARMY {ARMIES} [~MIL]
ENVOY [~GOV]
RELIEF_BODY [NGO~]
!HEAD!_OF_TRADE [~BUS]
NOTHING
`),
		"my.verbs.txt": file(`&HARBOUR
+PORT
+FISHING_PORT

--- VISIT [042:043] ---
VISIT
- * &HARBOUR [0421]
- * (SECRET) TALKS [---]
- QUIETLY_* [0422]
- no star [1]
--- AGREE [---] ---
AGREE
- % * [057:057]
--- CUT_OFF [160] ---
+CUT_OFF {+CUTS_OFF +CUTTING_OFF}
--- FETCH [070] ---
FETCH {FETCHES FETCHED}
- $ WAS * BY + [071]
~ a (a b X) SAY = a b 1
`),
		"my.discards.txt": file("+WORLD CUP\n"),
		"readme.md":       file("not read"),
	}
}

// english are those of English grammar that the cases need.
func english(t testing.TB) *Grammar {
	t.Helper()
	g, err := OpenGrammar(fstest.MapFS{"w.tsv": {Data: []byte("# English\nbe\tWAS, IS\nby\tBY\nof\tOF\nand\tAND\nparticiple\tED\nverbal\tED, ING\n")}}, "w.tsv")
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestGrammarRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"be\tis\n":                          "w.tsv:1:4: \"is\"; words stand in capitals",
		"# c\nverb\tIS\n":                   "w.tsv:2:1: \"verb\" is no class",
		"by BY\n":                           "w.tsv:1:1: 1 fields",
		"be\tIS,,WAS":                       "w.tsv:1:4: \"\"",
		"be\t" + strings.Repeat("A", 1<<17): "w.tsv:1:1: a line of",
	} {
		if _, err := OpenGrammar(fstest.MapFS{"w.tsv": {Data: []byte(text)}}, "w.tsv"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.20q: %v, want %s", text, err, want)
		}
	}
	g, err := OpenGrammar(fstest.MapFS{}, "w.tsv")
	if err != nil || g == nil {
		t.Errorf("without a file: %v, %v", g, err)
	}
}

// plainWords analyses by hand: words in capitals at their beginning are names, those with / have their part of speech.
func plainWords(text string) *ud.Analysis {
	s := ud.Sentence{Words: []ud.Word{{Token: -1}}}
	for w := range strings.FieldsSeq(text) {
		form, pos, ok := strings.Cut(w, "/")
		if !ok {
			pos = "NOUN"
			if form[0] >= 'A' && form[0] <= 'Z' {
				pos = "PROPN"
			}
		}
		s.Words = append(s.Words, ud.Word{Form: form, UPOS: ud.UPOS(pos)})
	}
	return &ud.Analysis{Sentences: []ud.Sentence{s}}
}

func TestCode(t *testing.T) {
	d, _, err := Open(own())
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct{ day, text, want string }{
		{"19990101", "Lima visited/VERB Quito", "PER ECU 042, ECU PER 043"},
		{"20050101", "Lima visited/VERB Quito", "PER ECUNEW 042, ECUNEW PER 043"},
		{"20120101", "Peru visits/VERB Quito", "PER ECULATE 042, ECULATE PER 043"},
		{"19990101", "Lima police visited/VERB the/DET fishing port of/ADP Quito", "PERCOP ECU 0421"},
		{"19990101", "Lima visited/VERB Quito for/ADP secret/ADJ talks", ""},
		{"19990101", "Lima quietly/ADV visited/VERB Quito", "PER ECU 0422"},
		{"19990101", "Lima quietly/ADV again/ADV visited/VERB Quito", "PER ECU 042, ECU PER 043"},
		{"19990101", "Lima and/CCONJ Quito agreed/VERB", "PER ECU 057, ECU PER 057"},
		{"19990101", "Envoys of/ADP Lima and/CCONJ Quito visited/VERB the/DET Joint Commission", "PERGOV PER 042, PER PERGOV 043, PERGOV ECU 042, ECU PERGOV 043, ECUGOV PER 042"},
		{"19990101", "Lima cut/VERB off/ADP Quito 's/PART army", "PER ECUMIL 160"},
		{"19990101", "The/DET relief body of/ADP Lima cuts/VERB off/ADP the/DET Ministers of/ADP Trade", "NGOPER ---BUS 160"},
		{"19990101", "Lima was/AUX fetched/VERB by/ADP Quito", "PER ECU 071"},
		{"19990101", "Lima visited/VERB Quito at/ADP the/DET World Cup", ""},
		{"19990101", "Lima visited/VERB", ""},
	} {
		var got []string
		for _, e := range d.Code(plainWords(x.text), Options{Day: x.day, Grammar: english(t)}) {
			got = append(got, e.Source+" "+e.Target+" "+e.Code)
		}
		if s := strings.Join(got, ", "); s != x.want && !strings.HasPrefix(s, x.want+", ") || x.want == "" && s != "" {
			t.Errorf("%s: %s, want %s", x.text, s, x.want)
		}
	}
}

// Actors that are known otherwise go before those of the dictionary, and some acts need
// nobody to whom they are done.
func TestOptions(t *testing.T) {
	d, _, err := Open(own())
	if err != nil {
		t.Fatal(err)
	}
	e := d.Code(plainWords("Lima visited/VERB Quito"), Options{Day: "19990101", Actors: []Actor{{0, 1, "XXXGOV"}, {2, 99, "bad"}}})
	if len(e) != 2 || e[0].Source != "XXXGOV" {
		t.Errorf("%+v", e)
	}
	e = d.Code(plainWords("Lima cut/VERB off/ADP"), Options{Alone: "16"})
	if len(e) != 1 || e[0].Target != "---" {
		t.Errorf("%+v", e)
	}
	if e := d.Code(plainWords("Lima cut/VERB off/ADP"), Options{Alone: "14"}); len(e) != 0 {
		t.Errorf("%+v", e)
	}
}

func TestReport(t *testing.T) {
	_, r, err := Open(own())
	if err != nil {
		t.Fatal(err)
	}
	if r.Actors != 5 || r.Verbs != 4 || r.Patterns != 5 || r.Synsets != 1 || r.Discards != 1 {
		t.Errorf("%+v", r)
	}
	var got []string
	for _, p := range r.Problems {
		got = append(got, fmt.Sprintf("%s:%d", p.File, p.Line))
	}
	if want := []string{"my.actors.txt:10", "my.agents.txt:7", "my.verbs.txt:10", "my.verbs.txt:19"}; !slices.Equal(got, want) {
		t.Errorf("problems %v, want %v", got, want)
	}
}

// A verb of a later file replaces the same verb of an earlier one.
func TestLaterFileCounts(t *testing.T) {
	fsys := own()
	fsys["your.verbs.txt"] = &fstest.MapFile{Data: []byte("--- VISIT [999] ---\nVISIT\n")}
	d, _, err := Open(fsys)
	if err != nil {
		t.Fatal(err)
	}
	if e := d.Code(plainWords("Lima visited/VERB Quito"), Options{Day: "19990101"}); len(e) != 1 || e[0].Code != "999" {
		t.Errorf("%+v", e)
	}
}

func TestNoDictionaries(t *testing.T) {
	if _, _, err := Open(fstest.MapFS{"x.txt": {}}); err == nil {
		t.Error("a folder without dictionaries was taken")
	}
}

func TestConjugate(t *testing.T) {
	for verb, want := range map[string]string{"DENY": "DENIES DENIED DENYING", "MOVE": "MOVES MOVED MOVING", "PUSH": "PUSHES PUSHED PUSHING",
		"STOP": "STOPS STOPED STOPING STOPPED STOPPING", "+CALL_OFF": "CALLS_OFF CALLED_OFF CALLING_OFF"} {
		if got := strings.Join(conjugate(verb), " "); strings.ReplaceAll(got, "+", "") != want {
			t.Errorf("%s: %s", verb, got)
		}
	}
}

func FuzzOpen(f *testing.F) {
	for _, m := range own() {
		f.Add(string(m.Data), "Lima visited/VERB Quito")
	}
	f.Add("&A\n+&B\n&B\n+&A &A\n--- X [1] ---\nX\n- * &A &B [2]\n", "Lima x/VERB &A b")
	f.Fuzz(func(t *testing.T, text, sentence string) {
		fsys := own()
		for _, name := range []string{"z.actors.txt", "z.agents.txt", "z.verbs.txt", "z.discards.txt"} {
			fsys[name] = &fstest.MapFile{Data: []byte(text)}
		}
		d, r, err := Open(fsys)
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Problems) > maxProblems {
			t.Fatalf("%d problems", len(r.Problems))
		}
		for _, e := range d.Code(plainWords(sentence), Options{Grammar: english(t), Day: "20000101", Alone: "0", Actors: []Actor{{0, 1, "XXX"}, {1, 9, "YYY"}, {-1, 0, ""}}}) {
			if e.Code == "" || e.Source == e.Target {
				t.Fatalf("%+v", e)
			}
		}
	})
}
