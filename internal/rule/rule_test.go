package rule

import (
	"strings"
	"testing"
	"unicode/utf8"
)

const testWords = "month\t5\tма{й,я}\nmonth\t10\tOct. октомври\nyear\ty\tг. год{,а,у}\nlast\t-1\tминал{ия,ата} по-миналия\nday\tpub\tthe_day_before\n"

func build(t testing.TB, rules string) *Set {
	t.Helper()
	s := NewSet()
	errs := append(s.AddWords("words", testWords), s.AddRules("rules", rules)...)
	for _, e := range errs {
		t.Error(e)
	}
	s.Compile()
	return s
}

func found(s *Set, text string) string {
	atoms := s.Atomize(nil, text)
	var out []string
	for _, m := range Select(s.Match(nil, atoms)) {
		line := m.Rule.Name + "[" + text[atoms[m.Start].Start:atoms[m.End-1].End] + "]"
		for i, c := range m.Caps[:len(m.Rule.Caps)] {
			if c.Set {
				line += " " + m.Rule.Caps[i] + "="
				if c.Value >= 0 {
					line += s.Values[c.Value].Text
				} else {
					a := atoms[c.Atom]
					line += text[a.Start:a.End]
				}
			}
		}
		out = append(out, line)
	}
	return strings.Join(out, "; ")
}

func TestMatch(t *testing.T) {
	s := build(t, `
let dm = d:#1-31 m:<month>
rule full
match &dm (y:#1000-2100 <year>?)?
rule month
match "в" [m:<month>]
match k:<last> m:<month>
rule iso
match y:#0000 ~ "-" ~ m:#00
rule line
match ^ \A ","
rule gap
match "from" \w{0,2} "to"
rule not
match -("no"|"any") "way" !"out"
rule phrase
match x:<day> $
`)
	for _, c := range [][2]string{
		{"Това на 5 май 2020 г. в май", "full[5 май 2020 г.] d=5 m=5 y=2020; month[май] m=5"},
		{"12,5 мая, 31 МАЯ; 32 мая", "full[31 МАЯ] d=31 m=5"},
		{"oct. 3 oct 3 Oct. and 4 Oct.", "full[3 Oct.] d=3 m=10; full[4 Oct.] d=4 m=10"},
		{"по-миналия май и миналата октомври", "month[по-миналия май] m=5 k=-1; month[миналата октомври] m=10 k=-1"},
		{"2020-05, 2020-05-06, 2020-5, a2020-05 2020-05-x", "iso[2020-05] y=2020 m=05"},
		{"TASS, TASS,\nBTA, x", "line[TASS,]; line[BTA,]"},
		{"from to; from a b to; from a b c to", "gap[from to]; gap[from a b to]"},
		{"way; no way; way out; the way", "not[way]; not[way]"},
		{"the day before\nthe day before x", "phrase[the day before] x=pub"},
		{"5\n\nмай", ""},
		{"5\nмай", "full[5\nмай] d=5 m=5"},
	} {
		if got := found(s, c[0]); got != c[1] {
			t.Errorf("%q:\n got %s\nwant %s", c[0], got, c[1])
		}
	}
}

func TestErrors(t *testing.T) {
	for _, c := range [][2]string{
		{"match x", "r:1:1: this stands before the first rule"},
		{"rule a", "rule a has no match line"},
		{"rule a\nmatch <nothing>", "r:2:7: no list has the class <nothing>"},
		{"rule a\nmatch (\"x\"", "is not closed"},
		{"rule a\nmatch \"x\")", "closes nothing"},
		{"rule a\nmatch #x", "a number is written"},
		{"rule a\nmatch &b", "no let named"},
		{"rule a\nmatch \"x\"{0,99}", "a repetition is written"},
		{"rule a\nmatch !(\"x\" \"y\")", "takes a single atom"},
		{"rule a\nmatch a:", "nothing stands after a:"},
		{"rule a b", "a rule is named"},
		{"rule a\nfoo", "a line begins with"},
		{"rule a\nmatch " + strings.Repeat("(", 40), "nested more than"},
		{"rule a\nmatch " + strings.Repeat("(\"x\"", 5) + strings.Repeat("){0,16}", 5), "steps"},
	} {
		s := NewSet()
		errs := s.AddRules("r", c[0])
		ok := false
		for _, e := range errs {
			ok = ok || strings.Contains(e.Error(), c[1])
		}
		if !ok {
			t.Errorf("%q: got %v, want %q", c[0], errs, c[1])
		}
	}
	s := NewSet()
	if errs := s.AddWords("w", "a\tb\n\tb\tc\na\tb\tx{\na\tb\t{a,b}{a,b}\n"); len(errs) != 3 {
		t.Errorf("got %v, want three complaints", errs)
	}
}

func FuzzRules(f *testing.F) {
	f.Add("let a = #1-31 m:<month>\nrule x\nmatch &a ~ (\"г\" | !<year> -\"x\" [\\w{0,3}])? $\nvalue v\n", "5 май г", testWords)
	f.Add("rule x\nmatch ^ \\A \\p ~ #00", "TASS, 05", "a\tb\tc")
	f.Fuzz(func(t *testing.T, rules, text, words string) {
		if len(rules) > 2000 || len(text) > 500 || len(words) > 2000 {
			return
		}
		s := NewSet()
		s.AddWords("w", testWords)
		s.AddWords("w", words)
		s.AddRules("r", rules)
		s.Compile()
		atoms := s.Atomize(nil, text)
		end := int32(0)
		for _, a := range atoms {
			if a.Start < end || a.End <= a.Start || int(a.End) > len(text) {
				t.Fatalf("atom %+v of %q", a, text)
			}
			end = a.End
			if utf8.ValidString(text) && !utf8.ValidString(text[a.Start:a.End]) {
				t.Fatalf("atom %+v cuts a character of %q", a, text)
			}
		}
		last := int32(0)
		for _, m := range Select(s.Match(nil, atoms)) {
			if m.Start < last || m.End <= m.Start || int(m.End) > len(atoms) || m.From > m.Start || m.To < m.End {
				t.Fatalf("match %+v", m)
			}
			last = m.End
		}
	})
}
