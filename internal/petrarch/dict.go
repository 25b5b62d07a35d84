// Package petrarch reads the dictionaries of TABARI and PETRARCH, verbs, actors, agents
// and discards, and codes sentences with them, so that a group's own dictionaries go on
// working. Sources: the PETRARCH and PETRARCH-2 documentation of their formats; words
// that only mean something to the old parser are reported and left out.
package petrarch

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"letopis"
)

// Dictionary is the dictionaries of one folder. It is safe for concurrent use.
type Dictionary struct {
	actors   trie[[]actorCode]
	agents   trie[string]
	discards trie[bool]
	verbs    map[string][]*verb // by every form of the word that is the verb
	synsets  map[string][][]string
}

// actorCode is a code of an actor between two days, each YYYYMMDD or "".
type actorCode struct{ code, from, until string }

// verb is one verb of one or several words.
type verb struct {
	before, after []string // other words of a multiword verb
	code          string
	patterns      *[]pattern
	block         string
	file          int // dictionaries that come later replace verbs of earlier ones
}

// pattern is one pattern of a verb: what stands before and after it.
type pattern struct {
	before, after []element
	code          string
	text          string
	size          int // words and signs
}

// element is a part of a pattern: a sign ($ + ^ %), a word, or the name of a set.
type element struct {
	word   string
	set    string
	joined bool // it stands right after the element before it
}

// Report says what was read and what was not understood.
type Report struct {
	Actors, Agents, Verbs, Patterns, Synsets, Discards int
	Problems                                           []Problem
	More                                               int // problems beyond those listed
}

// Problem is a line that was not understood.
type Problem struct {
	File string
	Line int
	Text string
	Why  string
}

// String tells a problem: file, line, why, and the line.
func (p Problem) String() string { return fmt.Sprintf("%s:%d: %s: %s", p.File, p.Line, p.Why, p.Text) }

// maxProblems bounds the list of a report.
const maxProblems = 200

func (r *Report) add(file string, line int, text, why string) {
	if len(r.Problems) >= maxProblems {
		r.More++
		return
	}
	if len(text) > 80 {
		text = strings.ToValidUTF8(text[:80], "") + "…"
	}
	r.Problems = append(r.Problems, Problem{file, line, text, why})
}

const (
	maxFile    = 64 << 20 // bytes of a dictionary
	maxEntries = 1 << 20  // of one kind
	maxParts   = 40       // of a phrase or pattern
)

// Open reads the dictionaries of a folder: its files *.txt with verb, actor, agent or
// discard in their names, in order of names. A verb that a later file has too is that
// of the later file.
func Open(fsys fs.FS) (*Dictionary, *Report, error) {
	d := &Dictionary{verbs: map[string][]*verb{}, synsets: map[string][][]string{}}
	r := &Report{}
	names, err := fs.Glob(fsys, "*.txt")
	if err != nil {
		return nil, nil, err
	}
	slices.Sort(names)
	known := 0
	for i, name := range names {
		read := d.reader(name)
		if read == nil {
			continue
		}
		known++
		info, err := fs.Stat(fsys, name)
		if err == nil && info.Size() > maxFile {
			err = fmt.Errorf("has more than %d MB", maxFile>>20)
		}
		var b []byte
		if err == nil {
			b, err = fs.ReadFile(fsys, name)
		}
		if err != nil {
			return nil, nil, &letopis.Error{Op: "dictionary " + name, Kind: letopis.Invalid, Err: err}
		}
		read(&source{file: name, number: i, lines: strings.Split(strings.ToValidUTF8(string(b), "?"), "\n"), r: r})
	}
	if known == 0 {
		return nil, nil, &letopis.Error{Op: "dictionaries", Kind: letopis.NotFound,
			Err: fmt.Errorf("no file *.txt with verb, actor, agent or discard in its name; the files are told apart by their names")}
	}
	return d, r, nil
}

// source is one file on its way in.
type source struct {
	file   string
	number int
	lines  []string
	r      *Report
}

func (d *Dictionary) reader(name string) func(*source) {
	name = strings.ToLower(path.Base(name))
	for _, k := range []struct {
		word string
		read func(*source)
	}{{"verb", d.readVerbs}, {"discard", d.readDiscards}, {"agent", d.readAgents}, {"actor", d.readActors}} {
		if strings.Contains(name, k.word) {
			return k.read
		}
	}
	return nil
}

// each calls f for every line with its comments taken off, and with what remains. XML
// comments may run over several lines.
func (s *source) each(f func(line int, text string)) {
	comment := false
	for i, l := range s.lines {
		l = strings.TrimRight(l, "\r")
		if comment {
			end := strings.Index(l, "-->")
			if end < 0 {
				continue
			}
			l, comment = l[end+3:], false
		}
		if t := strings.TrimSpace(l); strings.HasPrefix(t, "<!") {
			comment = !strings.Contains(t, "-->") && strings.HasPrefix(t, "<!--") && closes(s.lines[i+1:])
			continue
		}
		if k := strings.IndexByte(l, '#'); k >= 0 && !strings.HasPrefix(l[k:], "###]") {
			l = l[:k]
		}
		if strings.TrimSpace(l) != "" {
			f(i+1, strings.TrimRight(l, " \t"))
		}
	}
}

// closes reports whether a comment is closed before the next one opens: single lines
// that lack their end are common in these files.
func closes(lines []string) bool {
	for _, l := range lines {
		open, end := strings.Index(l, "<!--"), strings.Index(l, "-->")
		if end >= 0 && (open < 0 || end < open) {
			return true
		}
		if open >= 0 {
			return false
		}
	}
	return false
}

// words cuts an entry: blanks and underscores part its words.
func words(s string) []string {
	return strings.FieldsFunc(strings.ToUpper(s), func(c rune) bool { return c == '_' || c == ' ' || c == '\t' })
}

// bracket takes the first [..] of a line: what stands before, within and after it.
func bracket(s string) (before, in, after string, ok bool) {
	i := strings.IndexByte(s, '[')
	if i < 0 {
		return s, "", "", false
	}
	j := strings.IndexByte(s[i:], ']')
	if j < 0 {
		return s, "", "", false
	}
	return s[:i], s[i+1 : i+j], s[i+j+1:], true
}

func (d *Dictionary) readActors(s *source) {
	var names [][]string
	var codes []actorCode
	flush := func() {
		for _, n := range names {
			d.actors.put(n, slices.Clone(codes))
		}
	}
	s.each(func(line int, text string) {
		trimmed := strings.TrimSpace(text)
		name, in, after, ok := bracket(text)
		switch {
		case trimmed[0] == '[':
			if len(names) == 0 {
				s.r.add(s.file, line, trimmed, "a code without an actor")
				return
			}
		case trimmed[0] == '+':
			w := words(strings.TrimLeft(strings.TrimSpace(name), "+"))
			if len(names) == 0 || len(w) == 0 || len(w) > maxParts {
				s.r.add(s.file, line, trimmed, "a synonym without an actor")
				return
			}
			names = append(names, w)
			s.r.Actors++
		default:
			flush()
			names, codes = nil, nil
			w := words(name)
			if len(w) == 0 || len(w) > maxParts || s.r.Actors >= maxEntries {
				s.r.add(s.file, line, trimmed, "no name, or too many words or entries")
				return
			}
			names = [][]string{w}
			s.r.Actors++
		}
		for ok {
			if c, good := dated(in); good {
				codes = append(codes, c)
			} else {
				s.r.add(s.file, line, trimmed, "the days of ["+in+"] are not understood")
			}
			_, in, after, ok = bracket(after)
		}
	})
	flush()
}

// dated reads "CODE", "CODE <date", "CODE >date" or "CODE date-date".
func dated(s string) (actorCode, bool) {
	f := strings.FieldsFunc(s, func(c rune) bool { return c == ' ' || c == '\t' || c == '-' && strings.ContainsAny(s, "0123456789") })
	if strings.TrimSpace(s) == "---" || len(f) == 0 {
		return actorCode{code: strings.TrimSpace(s)}, strings.TrimSpace(s) != ""
	}
	c := actorCode{code: strings.ToUpper(f[0])}
	rest := f[1:]
	if strings.HasPrefix(strings.TrimSpace(s), "---") && len(f) > 0 {
		c.code, rest = "---", f
	}
	if len(rest) == 2 && (rest[0] == "<" || rest[0] == ">") {
		rest = []string{rest[0] + rest[1]}
	}
	switch {
	case len(rest) == 0:
		return c, true
	case len(rest) == 1 && rest[0][0] == '<':
		c.until = longDate(rest[0][1:])
		return c, c.until != ""
	case len(rest) == 1 && rest[0][0] == '>':
		c.from = longDate(rest[0][1:])
		return c, c.from != ""
	case len(rest) == 2:
		c.from, c.until = longDate(rest[0]), longDate(rest[1])
		return c, c.from != "" && c.until != ""
	}
	return c, false
}

// longDate gives a date of six digits its century, as TABARI does: years below 30 are
// of this century.
func longDate(s string) string {
	if strings.Trim(s, "0123456789") != "" {
		return ""
	}
	switch len(s) {
	case 8:
		return s
	case 6:
		if s[:2] < "30" {
			return "20" + s
		}
		return "19" + s
	}
	return ""
}

// codeOn returns the code of an actor on a day (YYYYMMDD, "" for unknown): the first
// that is limited to a time which has the day, else the one without limits.
func codeOn(codes []actorCode, day string) string {
	plain := ""
	for _, c := range codes {
		if c.from == "" && c.until == "" {
			if plain == "" {
				plain = c.code
			}
			continue
		}
		if day != "" && (c.from == "" || day >= c.from) && (c.until == "" || day <= c.until) {
			return c.code
		}
	}
	return plain
}

func (d *Dictionary) readAgents(s *source) {
	sets := map[string][]string{}
	s.each(func(line int, text string) {
		text = strings.TrimSpace(text)
		if name, list, ok := strings.Cut(text, "="); ok && strings.HasPrefix(text, "!") {
			var members []string
			for m := range strings.SplitSeq(list, ",") {
				members = append(members, strings.TrimSpace(m))
			}
			sets[strings.Trim(strings.TrimSpace(name), "!")] = members
			return
		}
		name, code, _, ok := bracket(text)
		code = strings.ToUpper(strings.ReplaceAll(code, " ", ""))
		if !ok || strings.Count(code, "~") != 1 || len(code) < 2 {
			s.r.add(s.file, line, text, "no code with ~ in brackets")
			return
		}
		var plurals []string
		if i := strings.IndexByte(name, '{'); i >= 0 {
			forms := strings.TrimRight(strings.TrimSpace(name[i+1:]), "}")
			name = name[:i]
			plurals = []string{} // {} says that there is none
			for p := range strings.SplitSeq(forms, ",") {
				if p = strings.TrimSpace(p); p != "" {
					plurals = append(plurals, p)
				}
			}
		}
		for _, n := range expand(strings.TrimSpace(name), sets, s, line) {
			w := words(n)
			if len(w) == 0 || len(w) > maxParts || s.r.Agents >= maxEntries {
				s.r.add(s.file, line, text, "no name, or too many words or entries")
				return
			}
			d.agents.put(w, code)
			s.r.Agents++
			if plurals == nil {
				p := slices.Clone(w)
				p[len(p)-1] = plural(p[len(p)-1])
				d.agents.put(p, code)
			}
		}
		for _, p := range plurals {
			d.agents.put(words(p), code)
		}
	})
}

// expand puts every member of a set !SET! in its place.
func expand(name string, sets map[string][]string, s *source, line int) []string {
	i := strings.IndexByte(name, '!')
	if i < 0 {
		return []string{name}
	}
	j := strings.IndexByte(name[i+1:], '!')
	if j < 0 || sets[name[i+1:i+1+j]] == nil {
		s.r.add(s.file, line, name, "there is no set of that name before it")
		return nil
	}
	var out []string
	for _, m := range sets[name[i+1:i+1+j]] {
		out = append(out, name[:i]+m+name[i+j+2:])
		// A member may stand beside its word or be the end of it: CONGRESS!PERSON!.
	}
	return out
}

func plural(w string) string {
	n := len(w)
	switch {
	case n > 1 && w[n-1] == 'Y' && !strings.ContainsRune("AEIOU", rune(w[n-2])):
		return w[:n-1] + "IES"
	case strings.HasSuffix(w, "S") || strings.HasSuffix(w, "CH") || strings.HasSuffix(w, "SH") || strings.HasSuffix(w, "X"):
		return w + "ES"
	}
	return w + "S"
}

func (d *Dictionary) readDiscards(s *source) {
	s.each(func(line int, text string) {
		w := words(strings.TrimLeft(strings.TrimSpace(text), "+"))
		if len(w) == 0 || len(w) > maxParts {
			s.r.add(s.file, line, text, "no words, or too many")
			return
		}
		d.discards.put(w, true)
		s.r.Discards++
	})
}

func (d *Dictionary) readVerbs(s *source) {
	set, block, code := "", "", ""
	var patterns *[]pattern
	fresh := map[string]bool{} // words that this file has defined
	s.each(func(line int, text string) {
		trimmed := strings.TrimSpace(text)
		switch {
		case strings.HasPrefix(trimmed, "---"):
			name, in, _, ok := bracket(strings.Trim(trimmed, "- \t"))
			if !ok {
				in = "---"
			}
			set, block, code, patterns = "", strings.TrimSpace(name), in, new([]pattern)
		case strings.HasPrefix(trimmed, "&"):
			set = strings.Trim(strings.ToUpper(trimmed[1:]), "_ \t")
			if len(d.synsets) < maxEntries {
				if !fresh["&"+set] {
					d.synsets[set] = nil
					fresh["&"+set] = true
				}
				s.r.Synsets++
			}
		case set != "" && strings.HasPrefix(trimmed, "+"):
			name := strings.Trim(trimmed[1:], "() \t")
			if w := words(name); len(w) > 0 && len(w) <= maxParts && len(d.synsets[set]) < maxEntries {
				d.synsets[set] = append(d.synsets[set], w)
			}
		case patterns == nil:
			s.r.add(s.file, line, trimmed, "stands before the first verb")
		case strings.HasPrefix(trimmed, "- ") || strings.HasPrefix(trimmed, "-\t") || strings.HasPrefix(trimmed, "-*"):
			p, why := parsePattern(trimmed[1:])
			if why != "" {
				s.r.add(s.file, line, trimmed, why)
				return
			}
			if s.r.Patterns < maxEntries {
				*patterns = append(*patterns, p)
				s.r.Patterns++
			}
		case strings.HasPrefix(trimmed, "~"):
			s.r.add(s.file, line, trimmed, "transformations of PETRARCH-2 are not carried out")
		default:
			set = ""
			d.addVerb(s, line, trimmed, block, code, patterns, fresh)
		}
	})
}

// addVerb reads "WORD {FORMS} [CODE]", where a word may be several with + before the
// one that is inflected.
func (d *Dictionary) addVerb(s *source, line int, text, block, code string, patterns *[]pattern, fresh map[string]bool) {
	if before, in, after, ok := bracket(text); ok {
		code, text = in, before+" "+after
	}
	var forms []string
	if i := strings.IndexByte(text, '{'); i >= 0 {
		list := text[i+1:]
		if j := strings.IndexByte(list, '}'); j >= 0 {
			list = list[:j]
		}
		forms, text = strings.Fields(strings.ToUpper(list)), text[:i]
	}
	text = strings.Trim(strings.ToUpper(strings.TrimSpace(text)), "_")
	if text == "" || s.r.Verbs >= maxEntries {
		s.r.add(s.file, line, text, "no verb")
		return
	}
	s.r.Verbs++
	if len(forms) == 0 {
		forms = conjugate(text)
	}
	for _, form := range append([]string{text}, forms...) {
		w := words(form)
		if len(w) == 0 || len(w) > maxParts {
			continue
		}
		at := slices.IndexFunc(w, func(x string) bool { return strings.HasPrefix(x, "+") })
		at = max(at, 0)
		w[at] = strings.TrimLeft(w[at], "+")
		v := &verb{before: w[:at:at], after: w[at+1:], code: code, patterns: patterns, block: block, file: s.number}
		key := w[at]
		if !fresh[key] {
			d.verbs[key], fresh[key] = nil, true
		}
		d.verbs[key] = append(d.verbs[key], v)
	}
}

// conjugate makes the regular forms of a verb, the inflected word of which bears +
// where there are several.
func conjugate(text string) []string {
	w := words(text)
	at := slices.IndexFunc(w, func(x string) bool { return strings.HasPrefix(x, "+") })
	at = max(at, 0)
	base := w[at]
	var out []string
	n := len(base)
	ends := []string{base + "S", base + "ED", base + "ING"}
	switch {
	case n > 2 && base[n-1] == 'E':
		ends = []string{base + "S", base + "D", base[:n-1] + "ING"}
	case n > 2 && base[n-1] == 'Y' && !strings.ContainsRune("AEIOU", rune(base[n-2])):
		ends = []string{base[:n-1] + "IES", base[:n-1] + "IED", base + "ING"}
	case n > 2 && (strings.HasSuffix(base, "S") || strings.HasSuffix(base, "SH") || strings.HasSuffix(base, "CH") || strings.HasSuffix(base, "X")):
		ends[0] = base + "ES"
	case n > 2 && !strings.ContainsRune("AEIOUWXY", rune(base[n-1])) && strings.ContainsRune("AEIOU", rune(base[n-2])) && !strings.ContainsRune("AEIOU", rune(base[n-3])):
		ends = append(ends, base+base[n-1:]+"ED", base+base[n-1:]+"ING")
	}
	for _, e := range ends {
		f := slices.Clone(w)
		f[at] = e
		out = append(out, strings.Join(f, "_"))
	}
	return out
}

// parsePattern reads "before * after [CODE]"; why is not "" where it is not understood.
func parsePattern(text string) (p pattern, why string) {
	body, code, _, ok := bracket(text)
	if !ok || strings.TrimSpace(code) == "" {
		return p, "no code in brackets"
	}
	if strings.Count(body, "*") != 1 {
		return p, "a pattern has one *"
	}
	before, after, _ := strings.Cut(strings.ToUpper(body), "*")
	p = pattern{before: elements(before), after: elements(after), code: strings.TrimSpace(code), text: strings.TrimSpace(text)}
	if len(p.after) > 0 && strings.HasPrefix(after, "_") {
		p.after[0].joined = true
	}
	if n := len(p.before); n > 0 && strings.HasSuffix(before, "_") {
		// The last element before the verb touches it: marked on the element itself.
		p.before = append(p.before, element{joined: true})
	}
	if p.size = len(p.before) + len(p.after); p.size > maxParts {
		return p, "more parts than a sentence has words"
	}
	return p, ""
}

// elements cuts one side of a pattern. Underscores join words that follow each other;
// braces and brackets of PETRARCH-2 group a noun phrase or a prepositional phrase, whose
// words are looked for one after another.
func elements(s string) []element {
	var out []element
	for part := range strings.FieldsSeq(strings.NewReplacer("{", " ", "}", " ", "(", " ", ")", " ").Replace(s)) {
		joined := false
		for w := range strings.SplitSeq(part, "_") {
			if w == "" {
				continue
			}
			e := element{word: w, joined: joined}
			if len(w) > 1 && w[0] == '&' {
				e = element{set: w[1:], joined: joined}
			}
			out = append(out, e)
			joined = true
		}
	}
	return out
}

// trie finds phrases by their first word.
type trie[T any] struct {
	first map[string][]phrase[T]
}

type phrase[T any] struct {
	words []string
	value T
}

func (t *trie[T]) put(w []string, v T) {
	if len(w) == 0 {
		return
	}
	if t.first == nil {
		t.first = map[string][]phrase[T]{}
	}
	t.first[w[0]] = append(t.first[w[0]], phrase[T]{w, v})
}

// longest returns the longest phrase that stands at the beginning of text, the last
// of equals, and how many words it has.
func (t *trie[T]) longest(text []string) (v T, n int) {
	try := func(list []phrase[T]) {
		for _, p := range list {
			if len(p.words) < n || len(p.words) > len(text) {
				continue
			}
			fits := true
			for i, w := range p.words {
				last := i == len(p.words)-1
				if text[i] != w && (!last || text[i] != w+"S") {
					fits = false
					break
				}
			}
			if fits {
				v, n = p.value, len(p.words)
			}
		}
	}
	if len(text) > 0 {
		try(t.first[text[0]])
		if w, ok := strings.CutSuffix(text[0], "S"); ok && n == 0 {
			try(t.first[w])
		}
	}
	return v, n
}
