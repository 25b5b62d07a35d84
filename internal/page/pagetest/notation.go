package pagetest

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"letopis/internal/ud"
)

// Bounds of a text in the notation.
const (
	maxText  = 1 << 20 // bytes
	maxWords = 1 << 12 // of a sentence
)

// parser reads the notation from left to right.
type parser struct {
	src  []rune
	at   int // next character
	lang string

	text  []byte
	glued bool   // no space before the next word
	open  []bool // by markClass: whether a mark that looks the same on both sides has opened

	sent  []item
	names []ud.Name
	named int // item that the open name begins with, -1 for none
	out   *ud.Analysis
}

// item is a word as it was written.
type item struct {
	ud.Word
	span   ud.Span
	column int
	head   string // as written
	name   int    // item that begins its name, -1 outside names
	lemma  bool   // it was given
	base   string // of the name that it begins
}

func parseLine(lang, text string) (string, *ud.Analysis, error) {
	if len(text) > maxText {
		return "", nil, fmt.Errorf("%d bytes in the notation; there may be %d", len(text), maxText)
	}
	if !utf8.ValidString(text) {
		return "", nil, fmt.Errorf("the notation is not UTF-8")
	}
	p := &parser{src: []rune(text), lang: lang, glued: true, named: -1, open: make([]bool, 2), out: &ud.Analysis{Lang: lang}}
	for {
		for p.at < len(p.src) && unicode.IsSpace(p.src[p.at]) {
			p.at++
		}
		if p.at == len(p.src) {
			break
		}
		if err := p.item(); err != nil {
			return "", nil, err
		}
	}
	if err := p.endSentence(); err != nil {
		return "", nil, err
	}
	return string(p.text), p.out, nil
}

func (p *parser) errorf(column int, format string, args ...any) error {
	return fmt.Errorf("column %d: %w", column+1, fmt.Errorf(format, args...))
}

// item reads what stands up to the next space: a boundary or a word.
func (p *parser) item() error {
	switch p.src[p.at] {
	case '|', '¶':
		mark := p.src[p.at]
		if p.at+1 < len(p.src) && !unicode.IsSpace(p.src[p.at+1]) {
			return p.errorf(p.at+1, "a space must follow %q", mark)
		}
		p.at++
		if err := p.endSentence(); err != nil {
			return err
		}
		if mark == '¶' {
			p.text = append(p.text, '\n')
			p.glued = true
			clear(p.open)
		}
		return nil
	case '[':
		if p.named >= 0 {
			return p.errorf(p.at, "a name inside a name")
		}
		p.named = len(p.sent)
		p.at++
	}
	return p.word()
}

// word reads a form and what is said of it, and the end of a name behind it.
func (p *parser) word() error {
	w := item{column: p.at, name: p.named}
	before := p.take('~')
	form, err := p.run("/@[]{}~")
	if err != nil {
		return err
	}
	if form == "" {
		return p.errorf(p.at, "a word must begin here")
	}
	if len(p.sent) == maxWords {
		return p.errorf(p.at, "more than %d words in a sentence", maxWords)
	}
	after := p.take('~')
	w.Form = form
	if err := p.said(&w, false); err != nil {
		return err
	}
	p.place(&w, before, after)
	p.sent = append(p.sent, w)
	if p.take(']') {
		return p.endName()
	}
	if p.at < len(p.src) && !unicode.IsSpace(p.src[p.at]) {
		return p.errorf(p.at, "%q is not expected here; a space ends a word", p.src[p.at])
	}
	return nil
}

func (p *parser) take(c rune) bool {
	if p.at < len(p.src) && p.src[p.at] == c {
		p.at++
		return true
	}
	return false
}

// run reads up to a space or one of the characters of stop, which a backslash robs of their meaning.
func (p *parser) run(stop string) (string, error) {
	var b strings.Builder
	for ; p.at < len(p.src); p.at++ {
		c := p.src[p.at]
		if unicode.IsSpace(c) || strings.ContainsRune(stop, c) {
			break
		}
		if c == '\\' {
			p.at++
			if p.at == len(p.src) || unicode.IsSpace(p.src[p.at]) {
				return "", p.errorf(p.at-1, "a backslash with nothing behind it")
			}
			c = p.src[p.at]
		}
		b.WriteRune(c)
	}
	return b.String(), nil
}

// said reads what is said of a word, or, behind a name, of its first word.
func (p *parser) said(w *item, ofName bool) error {
	for p.at < len(p.src) {
		column := p.at
		var err error
		switch p.src[p.at] {
		case '/':
			err = p.field(w)
		case '@':
			p.at++
			given := w.head
			if w.head, err = p.run("/@[]{}~"); err == nil && (given != "" || w.head == "") {
				err = p.errorf(column, "a head that is empty or given twice")
			}
		case '[':
			err = p.features(w)
		case '{':
			var s string
			p.at++
			if s, err = p.enclosed('}', column); err == nil {
				err = p.dictionary(w, s, ofName, column)
			}
		default:
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// field reads a part of speech or a relation.
func (p *parser) field(w *item) error {
	column := p.at
	p.at++
	s, err := p.run("/@[]{}~")
	switch {
	case err != nil:
		return err
	case !strings.ContainsFunc(s, unicode.IsLetter):
		return p.errorf(column, "no part of speech and no relation behind the slash")
	case strings.ToUpper(s) == s && w.UPOS == "":
		w.UPOS = ud.UPOS(s)
	case strings.ToLower(s) == s && w.Deprel == "":
		w.Deprel = ud.Deprel(s)
	default:
		return p.errorf(column, "%q: one part of speech (capitals) and one relation (small letters) may be given", s)
	}
	return nil
}

// features reads features and sorts them by their names.
func (p *parser) features(w *item) error {
	column := p.at
	p.at++
	s, err := p.enclosed(']', column)
	if err != nil {
		return err
	}
	all := strings.Split(s, "|")
	for _, f := range all {
		if k, v, ok := strings.Cut(f, "="); !ok || k == "" || v == "" {
			return p.errorf(column, "%q is no feature; want Name=Value", f)
		}
	}
	key := func(f string) string { k, _, _ := strings.Cut(f, "="); return k }
	slices.SortFunc(all, func(a, b string) int { return cmp.Compare(key(a), key(b)) })
	for i := range all[1:] {
		if key(all[i]) == key(all[i+1]) {
			return p.errorf(column, "the feature %q twice", key(all[i]))
		}
	}
	if w.Feats != "" {
		return p.errorf(column, "features twice")
	}
	w.Feats = ud.Feats(strings.Join(all, "|"))
	return nil
}

// enclosed reads up to the closing bracket, spaces included.
func (p *parser) enclosed(closing rune, column int) (string, error) {
	n := slices.Index(p.src[p.at:], closing)
	if n < 1 {
		return "", p.errorf(column, "an empty bracket, or one that %q does not close", closing)
	}
	s := string(p.src[p.at : p.at+n])
	p.at += n + 1
	return s, nil
}

func (p *parser) dictionary(w *item, s string, ofName bool, column int) error {
	if ofName {
		if w.base != "" {
			return p.errorf(column, "the base form of the name twice")
		}
		w.base = s
		return nil
	}
	if w.lemma {
		return p.errorf(column, "the lemma twice")
	}
	w.Lemma, w.lemma = s, true
	return nil
}

// endName reads the type of the name that ends here and what is said of its first word.
func (p *parser) endName() error {
	if p.named < 0 {
		return p.errorf(p.at-1, "a bracket that nothing opens")
	}
	column := p.at
	typ, err := p.run("/@[]{}~")
	if err != nil {
		return err
	}
	if !slices.Contains([]string{"PER", "ORG", "LOC", "EVT", "PRO"}, typ) {
		return p.errorf(column, "%q is no type of names; there are PER, ORG, LOC, EVT and PRO", typ)
	}
	first := &p.sent[p.named]
	if err := p.said(first, true); err != nil {
		return err
	}
	if p.at < len(p.src) && !unicode.IsSpace(p.src[p.at]) {
		return p.errorf(p.at, "%q is not expected here; a space ends a name", p.src[p.at])
	}
	last := len(p.sent) - 1
	p.names = append(p.names, ud.Name{
		Span: ud.Span{Start: first.span.Start, End: p.sent[last].span.End}, Sentence: int32(len(p.out.Sentences)),
		First: int32(p.named), Last: int32(last), Type: typ, Base: first.base, Score: 100,
	})
	p.named = -1
	return nil
}

// place puts a word into the text.
func (p *parser) place(w *item, before, after bool) {
	gluedLeft, gluedRight := p.sides(w.Form)
	if !p.glued && !before && !gluedLeft {
		p.text = append(p.text, ' ')
	}
	w.span.Start = int32(len(p.text))
	p.text = append(p.text, w.Form...)
	w.span.End = int32(len(p.text))
	p.glued = after || gluedRight
}

// sides tells on which sides of a form no space stands.
func (p *parser) sides(form string) (left, right bool) {
	turn := func(i int) (bool, bool) {
		p.open[i] = !p.open[i]
		return !p.open[i], p.open[i]
	}
	switch form {
	case ",", ".", ";", ":", "!", "?", "…", "...", "%", ")", "]", "»", "”", "’", "?!", "'s", "’s", "n't":
		return true, false
	case "(", "«", "‘":
		return false, true
	case "„":
		p.open[1] = true
		return false, true
	case "\"":
		return turn(0)
	case "“":
		return turn(1)
	}
	return false, false
}

// endSentence fills in what was not said, and hands the sentence over.
func (p *parser) endSentence() error {
	if p.named >= 0 {
		return p.errorf(p.sent[p.named].column, "a name that is not closed in its sentence")
	}
	if len(p.sent) == 0 {
		return nil
	}
	for i := range p.sent {
		p.sent[i].defaults(i)
	}
	s := ud.Sentence{Words: []ud.Word{{Token: -1}}}
	root := p.root()
	for i := range p.sent {
		w := &p.sent[i]
		head, err := p.headOf(i, root)
		if err != nil {
			return err
		}
		w.Head, w.Token = int32(head+1), int32(i)
		if head < 0 {
			w.Deprel = "root"
		}
		s.Words = append(s.Words, w.Word)
		s.Tokens = append(s.Tokens, ud.Token{Span: w.span, First: int32(i + 1), Last: int32(i + 1)})
	}
	s.Span = ud.Span{Start: s.Tokens[0].Start, End: s.Tokens[len(s.Tokens)-1].End}
	p.out.Sentences = append(p.out.Sentences, s)
	p.out.Names = append(p.out.Names, p.names...)
	p.sent, p.names = nil, nil
	return nil
}

// defaults fills in part of speech, lemma and relation of item i.
func (w *item) defaults(i int) {
	if w.UPOS == "" {
		switch {
		case !strings.ContainsFunc(w.Form, func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }):
			w.UPOS = "PUNCT"
		case !strings.ContainsFunc(w.Form, func(c rune) bool { return !unicode.IsDigit(c) }):
			w.UPOS = "NUM"
		case w.name >= 0:
			w.UPOS = "PROPN"
		}
	}
	if !w.lemma {
		w.Lemma = w.Form
		if w.UPOS != "PROPN" {
			w.Lemma = strings.ToLower(w.Form)
		}
	}
	if w.Deprel == "" {
		switch {
		case w.UPOS == "PUNCT":
			w.Deprel = "punct"
		case w.name >= 0 && w.name < i:
			w.Deprel = "flat"
		default:
			w.Deprel = "dep"
		}
	}
}

// root is the item that is the root where no head says so.
func (p *parser) root() int {
	verb, word := -1, -1
	for i := range p.sent {
		w := &p.sent[i]
		if w.Deprel == "root" || w.head == "0" {
			return i
		}
		if verb < 0 && w.UPOS == "VERB" && w.head == "" {
			verb = i
		}
		if word < 0 && w.UPOS != "PUNCT" && w.head == "" {
			word = i
		}
	}
	return max(0, cmp.Or(verb+1, word+1)-1)
}

// headOf is the item that item i hangs on, -1 for the root.
func (p *parser) headOf(i, root int) (int, error) {
	w := &p.sent[i]
	if w.head != "" {
		return p.headWritten(i)
	}
	if i == root {
		return -1, nil
	}
	noun := func(w *item) bool { return w.UPOS == "NOUN" || w.UPOS == "PROPN" || w.UPOS == "PRON" }
	verb := func(w *item) bool { return w.UPOS == "VERB" }
	look := func(step int, is func(*item) bool) int {
		for k := i + step; k >= 0 && k < len(p.sent); k += step {
			if is(&p.sent[k]) {
				return k
			}
		}
		return root
	}
	switch w.Deprel {
	case "flat":
		if w.name >= 0 && w.name < i {
			return w.name, nil
		}
		return look(-1, noun), nil
	case "case", "det", "amod", "nummod", "compound":
		return look(1, noun), nil
	case "mark", "aux", "aux:pass", "cop":
		return look(1, verb), nil
	case "nmod", "appos", "acl", "acl:relcl":
		return look(-1, noun), nil
	}
	return root, nil
}

// headWritten finds the head that was written: a number or a form.
func (p *parser) headWritten(i int) (int, error) {
	w := &p.sent[i]
	if n, err := strconv.Atoi(w.head); err == nil {
		if n < 0 || n > len(p.sent) || n == i+1 {
			return 0, p.errorf(w.column, "%q hangs on %d; the sentence has the words 1 to %d, and no word hangs on itself", w.Form, n, len(p.sent))
		}
		return n - 1, nil
	}
	at, n := -1, 0
	for k := range p.sent {
		if p.sent[k].Form == w.head && k != i {
			at = k
			n++
		}
	}
	if n != 1 {
		return 0, p.errorf(w.column, "%q hangs on %q, which is %d words of the sentence; give its number", w.Form, w.head, n)
	}
	return at, nil
}
