package code

import (
	"encoding/xml"
	"fmt"
	"io"
	"iter"
	"strings"
)

// maxXMLDepth is how deep elements may nest.
const maxXMLDepth = 32

// readXML reads the Sentence elements of PETRARCH: its attributes id and date, and the
// element Text, or the words of Parse where there is no text.
func readXML(r io.Reader) iter.Seq2[*Sentence, error] {
	return func(yield func(*Sentence, error) bool) {
		d := xml.NewDecoder(r)
		d.Strict = false
		d.Entity = xml.HTMLEntity
		var e elements
		for {
			tok, err := d.Token()
			if err == io.EOF {
				return
			}
			var done *Sentence
			if err == nil {
				done, err = e.take(tok)
			}
			if err != nil {
				line, _ := d.InputPos()
				yield(nil, invalid(fmt.Sprintf("XML line %d", line), err))
				return
			}
			if done != nil && !yield(done, nil) {
				return
			}
		}
	}
}

// elements makes sentences of the elements of PETRARCH's XML. The zero value stands
// before the first.
type elements struct {
	it          *Sentence // the sentence that is open; nil for none
	text, parse strings.Builder
	into        *strings.Builder // where character data goes; nil where it is of no use
	depth       int
}

// take goes one token on, and returns the sentence that ends with it, if one does.
func (e *elements) take(tok xml.Token) (*Sentence, error) {
	switch x := tok.(type) {
	case xml.StartElement:
		if e.depth++; e.depth > maxXMLDepth {
			return nil, fmt.Errorf("elements nest deeper than %d", maxXMLDepth)
		}
		e.open(x)
	case xml.CharData:
		if e.into == nil || e.it == nil {
			return nil, nil
		}
		if e.into.Len()+len(x) > maxLine {
			return nil, fmt.Errorf("an element has more than %d bytes", maxLine)
		}
		e.into.Write(x)
	case xml.EndElement:
		e.depth--
		return e.close(x.Name.Local), nil
	}
	return nil, nil
}

func (e *elements) open(x xml.StartElement) {
	switch x.Name.Local {
	case "Text":
		e.into = &e.text
	case "Parse":
		e.into = &e.parse
	case "Sentence":
		e.it = &Sentence{}
		e.text.Reset()
		e.parse.Reset()
		for _, a := range x.Attr {
			switch a.Name.Local {
			case "id":
				e.it.ID = a.Value
			case "date":
				e.it.Date = a.Value
			case "lang":
				e.it.Lang = a.Value
			}
		}
	}
}

func (e *elements) close(name string) *Sentence {
	switch name {
	case "Text", "Parse":
		e.into = nil
	case "Sentence":
		if e.it == nil {
			return nil
		}
		it := e.it
		it.Text = strings.Join(strings.Fields(e.text.String()), " ")
		if it.Text == "" {
			it.Text = leaves(e.parse.String())
		}
		e.it = nil
		return it
	}
	return nil
}

// leaves returns the words of a bracketed tree.
func leaves(tree string) string {
	var words []string
	rest := tree
	for {
		end := strings.IndexByte(rest, ')')
		if end < 0 {
			break
		}
		part := rest[:end]
		rest = rest[end+1:]
		if i := strings.LastIndexByte(part, '('); i >= 0 {
			if f := strings.Fields(part[i+1:]); len(f) == 2 {
				words = append(words, f[1])
			}
		}
	}
	return strings.NewReplacer(" ,", ",", " .", ".", " '", "'", " n't", "n't", "-LRB- ", "(", " -RRB-", ")").Replace(strings.Join(words, " "))
}
