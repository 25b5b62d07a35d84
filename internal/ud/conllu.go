package ud

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"letopis"
)

// ReadConllu reads CoNLL-U. The text is rebuilt from the forms and SpaceAfter;
// offsets are bytes of it. Comments, empty nodes, DEPS and MISC other than spaces
// are not kept. Errors are of kind Invalid and carry the line.
func ReadConllu(r io.Reader, lang string) (*Analysis, string, error) {
	sc := bufio.NewScanner(r)
	sc.Buffer(make([]byte, 64<<10), 4<<20)
	p := &conlluReader{a: &Analysis{Lang: lang}}
	line := 0
	for sc.Scan() {
		line++
		if err := p.line(strings.TrimSuffix(sc.Text(), "\r")); err != nil {
			return nil, "", &letopis.Error{Op: fmt.Sprintf("CoNLL-U line %d", line), Kind: letopis.Invalid, Err: err}
		}
	}
	if err := sc.Err(); err != nil {
		return nil, "", fmt.Errorf("read CoNLL-U: %w", err)
	}
	if err := p.flush(); err != nil {
		return nil, "", &letopis.Error{Op: fmt.Sprintf("CoNLL-U line %d", line), Kind: letopis.Invalid, Err: err}
	}
	return p.a, p.text.String(), nil
}

type conlluReader struct {
	a       *Analysis
	text    strings.Builder
	cur     *Sentence
	mwtEnd  int  // last word of the open multiword token, 0 for none
	newPar  bool // a paragraph mark stands before the sentence
	started bool
}

func (p *conlluReader) line(s string) error {
	if s == "" {
		return p.flush()
	}
	if s[0] == '#' {
		if strings.HasPrefix(s, "# newpar") || strings.HasPrefix(s, "# newdoc") {
			p.newPar = true
		}
		return nil
	}
	f := strings.Split(s, "\t")
	if len(f) != 10 {
		return fmt.Errorf("%d columns where CoNLL-U has 10, separated by tabs", len(f))
	}
	if p.cur == nil {
		p.open()
	}
	if strings.ContainsRune(f[0], '.') {
		return nil // an empty node
	}
	if a, b, ok := strings.Cut(f[0], "-"); ok {
		i, err1 := strconv.Atoi(a)
		j, err2 := strconv.Atoi(b)
		if err1 != nil || err2 != nil || i != len(p.cur.Words) || j <= i || j-i > 20 {
			return fmt.Errorf("column 1: %q is no range of the words that follow", f[0])
		}
		p.token(f[1], f[9], int32(i), int32(j))
		p.mwtEnd = j
		return nil
	}
	return p.word(f)
}

func (p *conlluReader) open() {
	if p.started {
		if p.newPar {
			p.text.WriteString("\n\n")
		} else if t := p.text.String(); t != "" && t[len(t)-1] != ' ' && t[len(t)-1] != '\n' {
			p.text.WriteByte(' ')
		}
	}
	p.started, p.newPar = true, false
	p.a.Sentences = append(p.a.Sentences, Sentence{Words: []Word{{Token: -1}}})
	p.cur = &p.a.Sentences[len(p.a.Sentences)-1]
	p.cur.Start = int32(p.text.Len())
	p.mwtEnd = 0
}

func (p *conlluReader) token(form, misc string, first, last int32) {
	start := int32(p.text.Len())
	p.text.WriteString(form)
	p.cur.Tokens = append(p.cur.Tokens, Token{Span: Span{start, int32(p.text.Len())}, First: first, Last: last})
	p.cur.End = int32(p.text.Len())
	if !strings.Contains(misc, "SpaceAfter=No") {
		p.text.WriteByte(' ')
	}
}

func (p *conlluReader) word(f []string) error {
	id, err := strconv.Atoi(f[0])
	if err != nil || id != len(p.cur.Words) {
		return fmt.Errorf("column 1: word %q where %d is next", f[0], len(p.cur.Words))
	}
	if id > p.mwtEnd {
		p.token(f[1], f[9], int32(id), int32(id))
	}
	head := 0
	if f[6] != "_" {
		if head, err = strconv.Atoi(f[6]); err != nil || head < 0 {
			return fmt.Errorf("column 7: %q is no head", f[6])
		}
	}
	blank := func(s string) string {
		if s == "_" {
			return ""
		}
		return s
	}
	lemma := f[2]
	if lemma == "_" && f[1] != "_" {
		lemma = ""
	}
	p.cur.Words = append(p.cur.Words, Word{Form: f[1], Lemma: lemma, UPOS: UPOS(blank(f[3])), XPOS: blank(f[4]), Feats: Feats(blank(f[5])),
		Head: int32(head), Deprel: Deprel(blank(f[7])), Token: int32(len(p.cur.Tokens) - 1)})
	return nil
}

func (p *conlluReader) flush() error {
	if p.cur == nil {
		return nil
	}
	n := int32(len(p.cur.Words))
	for i := range p.cur.Words {
		if p.cur.Words[i].Head >= n {
			return fmt.Errorf("word %d: head %d, but the sentence ends at %d", i, p.cur.Words[i].Head, n-1)
		}
	}
	for _, t := range p.cur.Tokens {
		if t.Last >= n {
			return fmt.Errorf("a range of words reaches to %d, but the sentence ends at %d", t.Last, n-1)
		}
	}
	p.cur = nil
	return nil
}

// WriteConllu writes an analysis of text as CoNLL-U, with SpaceAfter where no
// space follows a token and sent_id and text before each sentence.
func WriteConllu(w io.Writer, a *Analysis, text string) error {
	b := bufio.NewWriter(w)
	for i := range a.Sentences {
		s := &a.Sentences[i]
		if i > 0 && strings.Contains(text[a.Sentences[i-1].End:s.Start], "\n") {
			fmt.Fprintln(b, "# newpar")
		}
		fmt.Fprintf(b, "# sent_id = %d\n# text = %s\n", i+1, strings.Join(strings.Fields(text[s.Start:s.End]), " "))
		writeSentence(b, s, text)
		fmt.Fprintln(b)
	}
	return b.Flush()
}

func writeSentence(b *bufio.Writer, s *Sentence, text string) {
	or := func(s string) string {
		if s == "" {
			return "_"
		}
		return s
	}
	for ti := range s.Tokens {
		t := &s.Tokens[ti]
		misc := "_"
		end := int(t.End)
		if end >= len(text) || text[end] > ' ' && text[end] != 0xc2 && text[end] != 0xe2 || ti+1 < len(s.Tokens) && s.Tokens[ti+1].Start == t.End {
			misc = "SpaceAfter=No"
		}
		wm := misc
		if t.Last > t.First {
			fmt.Fprintf(b, "%d-%d\t%s\t_\t_\t_\t_\t_\t_\t_\t%s\n", t.First, t.Last, text[t.Start:t.End], misc)
			wm = "_"
		}
		for i := t.First; i <= t.Last; i++ {
			w := &s.Words[i]
			dep, head := string(w.Deprel), strconv.Itoa(int(w.Head))
			if dep == "" {
				head = "_"
			}
			fmt.Fprintf(b, "%d\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t_\t%s\n", i, w.Form, or(w.Lemma), or(string(w.UPOS)), or(w.XPOS), or(string(w.Feats)), head, or(dep), wm)
		}
	}
}
