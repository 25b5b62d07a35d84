package ud

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Limits of what ReadConllu accepts.
const (
	maxConlluLine  = 1 << 20 // bytes
	maxConlluWords = 1 << 14 // in one sentence
	maxConlluText  = 1 << 30 // bytes of all forms
)

// Conllu is a CoNLL-U file: the analysis, the text that it stands in, and what
// the lines hold besides. Text is made of the forms with the white space that
// MISC gives (SpaceAfter, SpacesAfter); a "# newpar" or "# newdoc" begins a new
// line. Extra has an entry for every sentence. Names are those that MISC gives as
// "ner=B-PER" (B I E S and O, as Stanza writes them), without base forms; nil where
// it gives none. Passages in another language are the tokens to which MISC gives
// one ("Lang=ru").
//
// A file that ends every line with LF and every sentence with one empty line and has
// no empty column is written back with the same bytes; CRLF becomes LF.
type Conllu struct {
	Text     string
	Analysis *Analysis
	Extra    []Extra
}

// Extra is what a sentence of a CoNLL-U file holds besides its analysis.
type Extra struct {
	Comments []string         // whole lines, with '#'
	Misc     []string         // column 10 of every word, by its index in Words
	Deps     []string         // column 9
	Tokens   map[int]string   // columns 3 to 10 of multiword tokens, by index in Tokens
	Empty    map[int][]string // lines of empty nodes, by the word they follow
}

// ReadConllu reads a CoNLL-U file. An error names the line and the column. lang
// marks the analysis. A head that is not given ("_") reads as -1, a lemma that
// is not given as "".
func ReadConllu(r io.Reader, lang string) (*Conllu, error) {
	p := conlluParser{c: &Conllu{Analysis: &Analysis{Lang: lang}}}
	br := bufio.NewReaderSize(r, 1<<16)
	for n := 1; ; n++ {
		line, err := readLine(br)
		if err == io.EOF {
			break
		}
		if err == nil {
			err = p.line(line)
		}
		if err != nil {
			return nil, fmt.Errorf("CoNLL-U line %d: %w", n, err)
		}
	}
	if p.open {
		if err := p.finish(); err != nil {
			return nil, fmt.Errorf("CoNLL-U, last sentence: %w", err)
		}
	}
	p.c.Text = string(p.text)
	return p.c, nil
}

func readLine(br *bufio.Reader) (string, error) {
	var buf []byte
	for {
		part, err := br.ReadSlice('\n')
		if len(buf)+len(part) > maxConlluLine {
			return "", fmt.Errorf("longer than %d bytes", maxConlluLine)
		}
		buf = append(buf, part...)
		if err == bufio.ErrBufferFull {
			continue
		}
		if err == io.EOF && len(buf) > 0 {
			err = nil
		}
		if err != nil {
			return "", err
		}
		buf = bytes.TrimSuffix(bytes.TrimSuffix(buf, []byte("\n")), []byte("\r"))
		if bytes.IndexByte(buf, '\r') >= 0 {
			return "", fmt.Errorf("a carriage return inside it")
		}
		if !utf8.Valid(buf) {
			return "", fmt.Errorf("not UTF-8")
		}
		return string(buf), nil
	}
}

type conlluParser struct {
	c     *Conllu
	text  []byte
	after string // white space owed before the next token
	named bool   // a name may go on
	lang  string // of the passage that may go on, "" for none

	open bool // a sentence has begun
	sent Sentence
	ex   Extra
	last int // last word of the latest token
}

func (p *conlluParser) line(line string) error {
	if line == "" {
		if p.open {
			return p.finish()
		}
		return nil
	}
	if !p.open {
		p.open, p.last, p.named = true, 0, false
		p.sent = Sentence{Words: []Word{{Token: -1}}}
		p.ex = Extra{Misc: []string{"_"}, Deps: []string{"_"}}
	}
	if line[0] == '#' {
		if len(p.sent.Tokens) > 0 {
			return fmt.Errorf("a comment inside a sentence")
		}
		p.ex.Comments = append(p.ex.Comments, line)
		if strings.HasPrefix(line, "# newpar") || strings.HasPrefix(line, "# newdoc") {
			if len(p.text) > 0 && !strings.Contains(p.after, "\n") {
				p.after = "\n"
			}
		}
		return nil
	}
	col := strings.Split(line, "\t")
	if len(col) != 10 {
		return fmt.Errorf("%d columns, CoNLL-U has 10, separated by tabs", len(col))
	}
	for i, c := range col {
		if c == "" {
			return fmt.Errorf("column %d is empty, write _", i+1)
		}
	}
	switch {
	case strings.IndexByte(col[0], '-') > 0:
		return p.multiword(col)
	case strings.IndexByte(col[0], '.') > 0:
		if p.ex.Empty == nil {
			p.ex.Empty = map[int][]string{}
		}
		n := len(p.sent.Words) - 1
		p.ex.Empty[n] = append(p.ex.Empty[n], line)
		return nil
	}
	return p.word(col)
}

func (p *conlluParser) multiword(col []string) error {
	first := len(p.sent.Words)
	a, b, _ := strings.Cut(col[0], "-")
	last, err := strconv.Atoi(b)
	if a != strconv.Itoa(first) || err != nil || b != strconv.Itoa(last) || last < first || last > first+100 || first <= p.last {
		return fmt.Errorf("column 1 (id) is %q, the next word is %d", col[0], first)
	}
	if p.ex.Tokens == nil {
		p.ex.Tokens = map[int]string{}
	}
	p.ex.Tokens[len(p.sent.Tokens)] = strings.Join(col[2:], "\t")
	return p.token(col, first, last)
}

// token places a token in the text.
func (p *conlluParser) token(col []string, first, last int) error {
	p.text = append(p.text, p.after...)
	start := len(p.text)
	p.text = append(p.text, col[1]...)
	if len(p.text) > maxConlluText {
		return fmt.Errorf("more than %d bytes of text", maxConlluText)
	}
	p.after = spaceAfter(col[9])
	p.last = last
	p.sent.Tokens = append(p.sent.Tokens, Token{Span{int32(start), int32(len(p.text))}, int32(first), int32(last)})
	p.name(miscValue(col[9], "ner="))
	p.foreign(miscValue(col[9], "Lang="))
	return nil
}

// miscValue returns what MISC gives a token under a key that ends in "=", "" for
// nothing: names are ner=B-PER as Stanza writes them, other languages Lang=ru.
func miscValue(misc, key string) string {
	for kv := range strings.SplitSeq(misc, "|") {
		if v, ok := strings.CutPrefix(kv, key); ok {
			return v
		}
	}
	return ""
}

// foreign begins a passage in another language at the latest token, or goes on with one.
func (p *conlluParser) foreign(lang string) {
	a := p.c.Analysis
	if lang == "" || lang == a.Lang {
		p.lang = ""
		return
	}
	span := p.sent.Tokens[len(p.sent.Tokens)-1].Span
	if p.lang == lang {
		a.Foreign[len(a.Foreign)-1].End = span.End
	} else {
		a.Foreign = append(a.Foreign, Passage{span, lang})
	}
	p.lang = lang
}

// name begins a name at the latest token or goes on with one: B- and S- begin, I- and
// E- go on with one of their type and else begin.
func (p *conlluParser) name(tag string) {
	if tag == "" {
		p.named = false
		return
	}
	a := p.c.Analysis
	if a.Names == nil {
		a.Names = []Name{}
	}
	how, typ, ok := strings.Cut(tag, "-")
	if !ok || typ == "" || len(how) != 1 || !strings.Contains("BIES", how) {
		p.named = false
		return
	}
	k := int32(len(p.sent.Tokens) - 1)
	span := p.sent.Tokens[k].Span
	if last := len(a.Names) - 1; p.named && (how == "I" || how == "E") && a.Names[last].Type == typ {
		a.Names[last].Last, a.Names[last].End = k, span.End
	} else {
		a.Names = append(a.Names, Name{Span: span, Sentence: int32(len(a.Sentences)), First: k, Last: k, Type: typ, Score: 100})
	}
	p.named = how == "B" || how == "I"
}

func (p *conlluParser) word(col []string) error {
	id := len(p.sent.Words)
	if col[0] != strconv.Itoa(id) {
		return fmt.Errorf("column 1 (id) is %q, the next word is %d", col[0], id)
	}
	if id > maxConlluWords {
		return fmt.Errorf("more than %d words in a sentence", maxConlluWords)
	}
	w := Word{
		Form: col[1], Lemma: col[2], UPOS: UPOS(blank(col[3])), XPOS: blank(col[4]),
		Feats: Feats(blank(col[5])), Deprel: Deprel(blank(col[7])), Head: -1,
	}
	if col[1] != "_" {
		w.Lemma = blank(col[2])
	}
	if col[6] != "_" {
		h, err := strconv.Atoi(col[6])
		if err != nil || h < 0 || h > maxConlluWords || h == id || col[6] != strconv.Itoa(h) {
			return fmt.Errorf("column 7 (head) %q is no other word of the sentence", col[6])
		}
		w.Head = int32(h)
	}
	if id > p.last {
		if err := p.token(col, id, id); err != nil {
			return err
		}
	}
	w.Token = int32(len(p.sent.Tokens) - 1)
	p.sent.Words = append(p.sent.Words, w)
	p.ex.Misc = append(p.ex.Misc, col[9])
	p.ex.Deps = append(p.ex.Deps, col[8])
	return nil
}

func blank(s string) string {
	if s == "_" {
		return ""
	}
	return s
}

var spaceEscapes = strings.NewReplacer(`\s`, " ", `\t`, "\t", `\n`, "\n", `\r`, "\r", `\\`, `\`)

// spaceAfter returns the white space that MISC says follows a token.
func spaceAfter(misc string) string {
	for kv := range strings.SplitSeq(misc, "|") {
		if kv == "SpaceAfter=No" {
			return ""
		}
		if v, ok := strings.CutPrefix(kv, "SpacesAfter="); ok {
			if v = spaceEscapes.Replace(v); strings.TrimSpace(v) == "" {
				return v
			}
		}
	}
	return " "
}

func (p *conlluParser) finish() error {
	s := &p.sent
	p.open = false
	if len(s.Words) == 1 {
		return fmt.Errorf("a sentence without words")
	}
	if p.last >= len(s.Words) {
		return fmt.Errorf("a multiword token ends at word %d, the sentence at %d", p.last, len(s.Words)-1)
	}
	for i := 1; i < len(s.Words); i++ {
		if int(s.Words[i].Head) >= len(s.Words) {
			return fmt.Errorf("word %d: column 7 (head) is %d, the sentence has %d words", i, s.Words[i].Head, len(s.Words)-1)
		}
	}
	s.Span = Span{s.Tokens[0].Start, s.Tokens[len(s.Tokens)-1].End}
	p.c.Analysis.Sentences = append(p.c.Analysis.Sentences, *s)
	p.c.Extra = append(p.c.Extra, p.ex)
	return nil
}

// Write writes the file.
func (c *Conllu) Write(w io.Writer) error {
	var b []byte
	for i := range c.Analysis.Sentences {
		b = appendSentence(b[:0], &c.Analysis.Sentences[i], &c.Extra[i], c.Text, true)
		if _, err := w.Write(b); err != nil {
			return fmt.Errorf("write CoNLL-U: %w", err)
		}
	}
	return nil
}

// WriteConllu writes the analysis of text as CoNLL-U, with sent_id (id-1,
// id-2, …), text and, where a sentence begins a paragraph, newpar comments.
// White space after tokens other than one blank is given in MISC, so that
// ReadConllu finds the same text apart from white space at its ends; so is the
// language of words in another one.
func WriteConllu(w io.Writer, a *Analysis, text, id string) error {
	var b []byte
	foreign := a.Foreign
	for i := range a.Sentences {
		s := &a.Sentences[i]
		ex := newExtra(s)
		if i == 0 {
			ex.Comments = append(ex.Comments, "# newdoc id = "+id)
		}
		if i == 0 || strings.ContainsAny(text[a.Sentences[i-1].End:s.Start], "\n\r\u2028\u2029") {
			ex.Comments = append(ex.Comments, "# newpar")
		}
		ex.Comments = append(ex.Comments, "# sent_id = "+id+"-"+strconv.Itoa(i+1),
			"# text = "+strings.Join(strings.Fields(text[s.Start:s.End]), " "))
		for k, t := range s.Tokens {
			gap, next := "", int32(len(text))
			if k+1 < len(s.Tokens) {
				next = s.Tokens[k+1].Start
			} else if i+1 < len(a.Sentences) {
				next = a.Sentences[i+1].Start
			}
			gap = text[t.End:next]
			misc := "_"
			switch {
			case gap == "" && (k+1 < len(s.Tokens) || i+1 < len(a.Sentences)):
				misc = "SpaceAfter=No"
			case gap != " " && gap != "" && strings.TrimSpace(gap) == "":
				misc = "SpacesAfter=" + strings.NewReplacer(`\`, `\\`, " ", `\s`, "\t", `\t`, "\n", `\n`, "\r", `\r`).Replace(gap)
			}
			for len(foreign) > 0 && foreign[0].End <= t.Start {
				foreign = foreign[1:]
			}
			if len(foreign) > 0 && foreign[0].Start <= t.Start {
				// The keys of MISC stand in the order of the alphabet.
				misc = strings.TrimSuffix("Lang="+foreign[0].Lang+"|"+misc, "|_")
			}
			if t.First < t.Last {
				ex.Tokens[k] = "_\t_\t_\t_\t_\t_\t_\t" + misc
			} else {
				ex.Misc[t.First] = misc
			}
		}
		b = appendSentence(b[:0], s, &ex, text, len(s.Words) > 1 && s.Words[1].Deprel != "")
		if _, err := w.Write(b); err != nil {
			return fmt.Errorf("write CoNLL-U: %w", err)
		}
	}
	return nil
}

func newExtra(s *Sentence) Extra {
	ex := Extra{Misc: make([]string, len(s.Words)), Deps: make([]string, len(s.Words)), Tokens: map[int]string{}}
	for i := range s.Words {
		ex.Misc[i], ex.Deps[i] = "_", "_"
	}
	return ex
}

func appendSentence(b []byte, s *Sentence, ex *Extra, text string, tree bool) []byte {
	for _, c := range ex.Comments {
		b = append(append(b, c...), '\n')
	}
	empty := func(i int) {
		for _, l := range ex.Empty[i] {
			b = append(append(b, l...), '\n')
		}
	}
	empty(0)
	for k, t := range s.Tokens {
		if rest, ok := ex.Tokens[k]; ok {
			b = strconv.AppendInt(b, int64(t.First), 10)
			b = append(b, '-')
			b = strconv.AppendInt(b, int64(t.Last), 10)
			b = column(b, oneLine(text[t.Start:t.End]))
			b = column(b, rest)
			b = append(b, '\n')
		}
		for i := t.First; i <= t.Last; i++ {
			form := s.Words[i].Form
			if t.First == t.Last && t.Start < t.End && int(t.End) <= len(text) {
				form = text[t.Start:t.End] // as published, whatever it was looked up by
			}
			b = appendWord(b, int(i), form, &s.Words[i], ex.Deps[i], ex.Misc[i], tree)
			empty(int(i))
		}
	}
	return append(b, '\n')
}

func appendWord(b []byte, i int, form string, w *Word, deps, misc string, tree bool) []byte {
	b = strconv.AppendInt(b, int64(i), 10)
	b = column(b, oneLine(form))
	b = column(b, oneLine(w.Lemma))
	b = column(b, string(w.UPOS))
	b = column(b, w.XPOS)
	b = column(b, string(w.Feats))
	b = append(b, '\t')
	if w.Head < 0 || !tree {
		b = append(b, '_')
	} else {
		b = strconv.AppendInt(b, int64(w.Head), 10)
	}
	b = column(b, string(w.Deprel))
	b = column(b, deps)
	b = column(b, misc)
	return append(b, '\n')
}

func column(b []byte, s string) []byte {
	b = append(b, '\t')
	if s == "" {
		return append(b, '_')
	}
	return append(b, s...)
}

// oneLine keeps the columns apart whatever a form holds.
func oneLine(s string) string {
	if !strings.ContainsAny(s, "\t\n\r") {
		return s
	}
	return strings.NewReplacer("\t", " ", "\n", " ", "\r", " ").Replace(s)
}
