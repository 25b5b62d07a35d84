package train

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// WordNetForms makes a dictionary of forms of a WordNet (the files data.*, *.exc and
// cntlist.rev of version 3.0) and a table of inflections: lines of part of speech (n,
// v, a, r), the ending of a lemma, what is cut of it, what is added, the name of the
// form; the first line of a part of speech and form whose ending fits counts, and "@"
// in an ending is any consonant. A tag is part of speech, form and how much of the
// uses of the lemma are of that part of speech.
func WordNetForms(dir, inflections string) ([]byte, error) {
	rules, err := readInflections(inflections)
	if err != nil {
		return nil, err
	}
	counts, total := map[string]int{}, map[string]int{} // uses of pos+lemma, of lemma
	err = eachLine(filepath.Join(dir, "cntlist.rev"), func(f []string) error {
		lemma, sense, ok := strings.Cut(f[0], "%")
		if !ok || len(f) < 3 || len(sense) == 0 || sense[0] < '1' || sense[0] > '5' {
			return fmt.Errorf("%q is not a sense with its count", f)
		}
		n, err := strconv.Atoi(f[2])
		if err != nil {
			return err
		}
		counts["nvara"[sense[0]-'1':sense[0]-'0']+lemma] += n
		total[lemma] += n
		return nil
	})
	if err != nil {
		return nil, err
	}
	lemmas := map[string]string{} // of pos+lemma, "name" for proper names
	irregular := map[string][]string{}
	for _, x := range []struct{ file, pos string }{{"noun", "n"}, {"verb", "v"}, {"adj", "a"}, {"adv", "r"}} {
		err := eachLine(filepath.Join(dir, "data."+x.file), func(f []string) error {
			if len(f) < 5 || len(f[0]) != 8 {
				return nil // the licence
			}
			n, err := strconv.ParseUint(f[3], 16, 16)
			if err != nil || len(f) < 4+2*int(n) {
				return fmt.Errorf("synset %s has not the words it counts", f[0])
			}
			for i := range int(n) {
				w, _, _ := strings.Cut(f[4+2*i], "(")
				if strings.ContainsAny(w, "_0123456789'.") || len(w) < 2 {
					continue
				}
				low := strings.ToLower(w)
				kind := x.pos
				if x.pos == "n" && unicode.IsUpper(rune(w[0])) {
					kind = "name"
				}
				if old, ok := lemmas[x.pos+low]; !ok || old == "name" {
					lemmas[x.pos+low] = kind
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		err = eachLine(filepath.Join(dir, x.file+".exc"), func(f []string) error {
			for _, l := range f[1:] {
				irregular[x.pos+l] = append(irregular[x.pos+l], f[0])
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	keys := make([]string, 0, len(lemmas))
	for k := range lemmas {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	var all []lexemeForms
	for _, k := range keys {
		pos, lemma := k[:1], k[1:]
		kind := lemmas[k]
		use := "u"
		if t := total[lemma]; t > 0 && kind != "name" {
			switch c := counts[k]; {
			case 10*c < t:
				use = "a"
			case 2*c < t:
				use = "b"
			default:
				use = "c"
			}
		}
		tag := func(form string) string { return kind + "," + form + "," + use }
		forms := [][2]string{{lemma, tag("base")}}
		given := map[string]bool{}
		for _, f := range irregular[k] {
			name := rules.irregular(pos, f)
			given[name] = true
			forms = append(forms, [2]string{f, tag(name)})
		}
		for _, f := range rules.inflect(pos, lemma) {
			if !given[f[1]] {
				forms = append(forms, [2]string{f[0], tag(f[1])})
			}
		}
		all = append(all, newLexeme(forms))
	}
	return packForms(all, []string{""}, func(string) string { return "" })
}

// newLexeme cuts forms into their longest common beginning and suffixes.
func newLexeme(forms [][2]string) lexemeForms {
	stem := forms[0][0]
	for _, f := range forms {
		for !strings.HasPrefix(f[0], stem) {
			stem = stem[:len(stem)-1]
		}
	}
	l := lexemeForms{stem: stem}
	for _, f := range forms {
		l.forms = append(l.forms, formTag{suffix: f[0][len(stem):], tag: f[1]})
	}
	return l
}

// eachLine calls f with the fields of every line of a file.
func eachLine(name string, f func(fields []string) error) error {
	b, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w; WordNet is in Debian's package wordnet-base", err)
	}
	if err != nil {
		return err
	}
	sc := bufio.NewScanner(bytes.NewReader(b))
	sc.Buffer(nil, 1<<20)
	for n := 1; sc.Scan(); n++ {
		if x := strings.Fields(sc.Text()); len(x) > 0 {
			if err := f(x); err != nil {
				return fmt.Errorf("%s:%d: %w", name, n, err)
			}
		}
	}
	return sc.Err()
}

type inflection struct{ pos, ending, cut, add, form string }

type inflections []inflection

func readInflections(name string) (inflections, error) {
	var out inflections
	err := eachLine(name, func(f []string) error {
		if strings.HasPrefix(f[0], "#") {
			return nil
		}
		if len(f) != 5 {
			return fmt.Errorf("%q has not the five fields part of speech, ending, cut, added, form", f)
		}
		for i := range f {
			if f[i] == "-" {
				f[i] = ""
			}
		}
		out = append(out, inflection{f[0], f[1], f[2], f[3], f[4]})
		return nil
	})
	return out, err
}

// inflect returns the regular forms of a lemma with their names.
func (r inflections) inflect(pos, lemma string) [][2]string {
	var out [][2]string
	for _, x := range r {
		if x.pos != pos || !endsWith(lemma, x.ending) || slices.ContainsFunc(out, func(f [2]string) bool { return f[1] == x.form }) {
			continue
		}
		if stem, ok := strings.CutSuffix(lemma, x.cut); ok {
			out = append(out, [2]string{stem + x.add, x.form})
		}
	}
	return out
}

// irregular names an irregular form: by the ending that a rule of its part of
// speech adds, else as the last form of the table.
func (r inflections) irregular(pos, form string) string {
	last := "base"
	for _, x := range r {
		if x.pos == pos && x.ending == "" {
			last = x.form
			if strings.HasSuffix(form, x.add) {
				return x.form
			}
		}
	}
	return last
}

// endsWith reports whether a word ends so; "@" stands for a consonant.
func endsWith(word, ending string) bool {
	if c, ok := strings.CutPrefix(ending, "@"); ok {
		w, ok := strings.CutSuffix(word, c)
		return ok && w != "" && !strings.ContainsRune("aeiou", rune(w[len(w)-1]))
	}
	return strings.HasSuffix(word, ending)
}
