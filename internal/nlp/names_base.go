package nlp

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"letopis/internal/model"
	"letopis/internal/ud"
)

// NameBase gives names their dictionary form, word by word from left to right:
// a linear model chooses an edit of the word's ending among those learnt, by the
// endings of the word and its neighbours, the type, the tags, and whether
// the outcome stands in the document or is known as a base form.
type NameBase struct {
	Lin       *model.Linear // labels are the edits
	Evidence  [8]int32      // weights of what speaks for an outcome, by BaseEvidence
	Known     []uint32      // sorted hashes of words of base forms
	DropQuote bool          // base forms go without the quotation marks in a name
	edits     []baseEdit
}

// baseEdit replaces an ending.
type baseEdit struct{ cut, add string }

// BaseWord is a word of a name, between spaces.
type BaseWord struct {
	Pre, Core, Post string // marks before, the word, marks after
	low             string
	suf             [6]uint32 // endings of 1 to 5 letters; [0] the word
	tag             uint32
}

// NoEdit is the label that leaves a word as it is.
const NoEdit = ">"

// NameWords returns the words of the name that tokens first..last of s make.
func NameWords(text string, s *ud.Sentence, first, last int32, out []BaseWord) []BaseWord {
	for i := first; i <= last; {
		j := i
		for j < last && s.Tokens[j].End == s.Tokens[j+1].Start {
			j++
		}
		w := baseWord(text[s.Tokens[i].Start:s.Tokens[j].End])
		for k := j; k >= i; k-- {
			t := &s.Tokens[k]
			if r, _ := utf8.DecodeLastRuneInString(text[t.Start:t.End]); unicode.IsLetter(r) {
				if int(t.First) < len(s.Words) {
					d := &s.Words[t.First]
					w.tag = model.Hash(80, string(d.UPOS)+d.Feats.Get("Case")+d.Feats.Get("Number")+d.Feats.Get("Gender"))
				}
				break
			}
		}
		out = append(out, w)
		i = j + 1
	}
	return out
}

func baseWord(s string) BaseWord {
	letter := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	i := strings.IndexFunc(s, letter)
	if i < 0 {
		return BaseWord{Pre: s}
	}
	j := strings.LastIndexFunc(s, letter)
	_, n := utf8.DecodeRuneInString(s[j:])
	w := BaseWord{Pre: s[:i], Core: s[i : j+n], Post: s[j+n:]}
	w.low = lower(w.Core)
	w.suf[0] = model.Hash(81, w.low)
	k := len(w.low)
	for n := 1; n < 6; n++ {
		if k > 0 {
			_, z := utf8.DecodeLastRuneInString(w.low[:k])
			k -= z
		}
		w.suf[n] = model.Hash(uint32(81+n), w.low[k:])
	}
	return w
}

// BaseFeatures appends the features of word i of a name: prev is the hash of the
// edit of the word before, left the word before the name.
func BaseFeatures(ws []BaseWord, i int, typ string, prev uint32, changed int, left string, out []uint32) []uint32 {
	w := &ws[i]
	var l, r BaseWord
	if i > 0 {
		l = ws[i-1]
	}
	if i+1 < len(ws) {
		r = ws[i+1]
	}
	y := model.Hash(90, typ)
	pos := uint32(min(i, 3)*8 + min(len(ws)-1-i, 3)*2 + nameBit(w.Core == strings.ToUpper(w.Core)))
	latin := uint32(0)
	if c, _ := utf8.DecodeRuneInString(w.Core); c < 0x250 {
		latin = 1
	}
	quoted := uint32(nameBit(w.Pre != ""))*2 + uint32(nameBit(w.Post != ""))
	kept := uint32(min(i-changed, 3))
	lf := model.Hash(91, lower(left))
	return append(out,
		mixName(201, y, latin), mixName(202, w.suf[0], 0), mixName(203, w.suf[0], y),
		mixName(204, w.suf[1], y), mixName(205, w.suf[2], y), mixName(206, w.suf[3], y), mixName(207, w.suf[4], y), mixName(208, w.suf[5], y),
		mixName(209, w.suf[2], 0), mixName(210, w.suf[3], 0), mixName(211, w.suf[4], 0),
		mixName(212, w.suf[2], mixName(1, pos, y)), mixName(213, w.suf[2], w.tag), mixName(214, w.tag, y), mixName(215, w.suf[3], w.tag),
		mixName(216, w.suf[2], prev), mixName(217, w.suf[3], prev), mixName(218, w.suf[3], l.suf[3]), mixName(219, w.suf[2], mixName(1, l.suf[2], prev)),
		mixName(220, w.suf[2], r.suf[2]), mixName(221, w.suf[3], r.suf[3]),
		mixName(222, mixName(1, kept, y), w.suf[2]), mixName(223, mixName(1, kept, y), prev),
		mixName(224, lf, w.suf[1]), mixName(225, lf, w.suf[2]), mixName(226, quoted, w.suf[1]), mixName(227, pos, y),
		mixName(228, l.tag, w.tag), mixName(229, w.tag, mixName(1, prev, y)), mixName(230, l.suf[0], w.suf[1]),
	)
}

// BaseEvidence classes an outcome: 1 it changes the word, 2 the document has it, 4 it is known.
func BaseEvidence(change, inText, known bool) int {
	return nameBit(change) + 2*nameBit(inText) + 4*nameBit(known)
}

// BaseKey is the key under which a word of a base form is known.
func BaseKey(low string) uint32 { return model.Hash(92, low) }

// EditOutcome applies a label to a word in small letters; ok is false where it does not fit.
func EditOutcome(label, low string) (string, bool) {
	cut, add, _ := strings.Cut(label, ">")
	stem, ok := strings.CutSuffix(low, cut)
	if !ok || stem == "" && cut != "" {
		return "", false
	}
	return stem + add, true
}

func (b *BaseModel) write(w *model.Writer) {
	model.WriteLinear(w, "b", b.Labels, b.Rows)
	var ev []uint32
	for _, x := range b.Evidence {
		ev = append(ev, uint32(x))
	}
	w.Uint32s("bevid", ev)
	w.Uint32s("bknown", b.Known)
	w.Bytes("bquote", []byte{byte(nameBit(b.DropQuote))})
}

// BaseModel is a trained NameBase as the file holds it.
type BaseModel struct {
	NameBase
	Labels []string
	Rows   map[uint32][]model.Cell
}

func openNameBase(f *model.File) (*NameBase, error) {
	ev := f.Uint32s("bevid")
	if len(ev) == 0 {
		return nil, nil
	}
	lin, ok := model.OpenLinear(f, "b")
	q := f.Section("bquote")
	if !ok || len(ev) != 8 || len(q) != 1 {
		return nil, errors.New("the sections of the base forms do not fit together; train it anew with make models")
	}
	b := &NameBase{Lin: lin, Known: f.Uint32s("bknown"), DropQuote: q[0] != 0}
	for i, x := range ev {
		b.Evidence[i] = int32(x)
	}
	for _, l := range lin.Labels {
		cut, add, _ := strings.Cut(l, ">")
		b.edits = append(b.edits, baseEdit{cut, add})
	}
	return b, nil
}

// bases fills Base of every name of the analysis.
func (n *Names) bases(text string, a *ud.Analysis, b *nameBuffer) {
	if n.base == nil {
		for i := range a.Names {
			x := &a.Names[i]
			x.Base = nameText(text[x.Start:x.End])
			if n.rules != nil && x.Type == "PER" {
				x.Base = unquoted(x.Base)
			}
			n.rules.settle(text, &a.Sentences[x.Sentence], x)
		}
		return
	}
	if b.forms == nil {
		b.forms = map[uint32]bool{}
	}
	clear(b.forms)
	for i := range a.Names {
		x := &a.Names[i]
		for _, w := range strings.Fields(text[x.Start:x.End]) {
			b.forms[BaseKey(lower(strings.Trim(w, "\"'«»„“”()")))] = true
		}
	}
	b.edit = append(b.edit[:0], make([]int32, len(n.base.edits))...)
	for i := range a.Names {
		x := &a.Names[i]
		s := &a.Sentences[x.Sentence]
		left := ""
		if x.First > 0 {
			t := &s.Tokens[x.First-1]
			left = text[t.Start:t.End]
		}
		b.base = NameWords(text, s, x.First, x.Last, b.base[:0])
		f := nameForm{typ: x.Type, left: left, unquoted: n.base.DropQuote || n.rules != nil && x.Type == "PER"}
		n.rules.forms(text, s, x, b.base, &f)
		x.Base = n.base.form(b.base, &f, b)
		n.rules.settle(text, s, x)
	}
}

// nameForm is what the words around and the rules say of the form of a name.
type nameForm struct {
	typ, left string   // the type, and the word before the name
	words     []string // what its words become, "" for what the model says; nil for none
	unquoted  bool     // goes without the quotation marks in it
}

// forms tells what words of a name become whatever the model says.
func (g *NameRules) forms(text string, s *ud.Sentence, x *ud.Name, ws []BaseWord, f *nameForm) {
	if g == nil {
		return
	}
	if g.apposed(text, s, x) || x.Type == "PER" && len(ws) == 1 && g.herself(s, x, ws[0].low) {
		f.words = cores(ws)
		return
	}
	if x.Type == "PER" {
		f.words = g.personForm(s, x.First, x.Last, ws)
		if w := &s.Words[s.Tokens[x.First].First]; g.caseless && allCapital(ws) && (len(ws) > 1 || w.Feats.Get("Definite") != "Def") {
			f.words = cores(ws)
		}
		return
	}
	if f.words = g.phraseForm(s, x.First, x.Last, ws); f.words != nil {
		return
	}
	if len(ws) > 1 && ws[0].Pre == "" {
		if first := g.indefinite(s, x.First, x.Last, ws[0].Core, x.Type); first != "" {
			f.words = make([]string, len(ws))
			f.words[0] = first
		}
	}
	if len(ws) == 1 && ws[0].Core != "" && (x.Type == "LOC" || x.Type == "ORG") {
		if low := g.placeForm(&s.Words[s.Tokens[x.First].First], ws[0].low, x.Type); low != "" {
			f.words = []string{likeCase(low, ws[0].Core)}
		}
	}
}

// cores returns the words of a name as they are written.
func cores(ws []BaseWord) []string {
	out := make([]string, len(ws))
	for i := range ws {
		out[i] = ws[i].Core
	}
	return out
}

// apposed reports whether a name stands in quotation marks after the word for what it is: there it keeps its
// form, „Соленият път“ after a novel.
func (g *NameRules) apposed(text string, s *ud.Sentence, x *ud.Name) bool {
	if x.First < 2 {
		return false
	}
	q, k := s.Tokens[x.First-1], s.Tokens[x.First-2]
	if !quoteMark(text[q.Start:q.End]) {
		return false
	}
	w := &s.Words[k.First]
	low := lower(w.Form)
	for i := range g.quoted {
		if g.quoted[i].has(low) || g.quoted[i].has(lower(w.Lemma)) {
			return true
		}
	}
	return g.is("nickname", w) || g.is("like", w)
}

// herself reports whether a surname alone is a woman's in the nominative: a verb in the past feminine follows.
func (g *NameRules) herself(s *ud.Sentence, x *ud.Name, low string) bool {
	if g.dict == nil || int(x.Last)+1 >= len(s.Tokens) {
		return false
	}
	w := &s.Words[s.Tokens[x.Last+1].First]
	if w.UPOS != "VERB" || w.Feats.Get("Gender") != "Fem" {
		return false
	}
	for _, r := range g.dict.Find(low, nil) {
		if t := g.senses[r.Tag]; t.kind&kindSurname != 0 && t.cas == 0 && t.gender&2 != 0 && !t.plural {
			return true
		}
	}
	return false
}

// settle gives a place of one word that no dictionary has the lemma of the tagger where it would keep its case, and writes
// names in sentences in capitals as names are written.
func (g *NameRules) settle(text string, s *ud.Sentence, x *ud.Name) {
	if g == nil || x.Type != "LOC" && x.Type != "PER" {
		return
	}
	form := text[x.Start:x.End]
	if x.First == x.Last && x.Type == "LOC" && x.Base == form && g.dict != nil && g.capitals {
		w := &s.Words[s.Tokens[x.First].First]
		if c := w.Feats.Get("Case"); c != "" && c != "Nom" && w.Lemma != "" && g.kinds(lower(form)) == 0 {
			x.Base = likeCase(lower(w.Lemma), form)
		}
	}
	if x.Base == strings.ToUpper(x.Base) && loud(text[s.Start:s.End]) {
		ws := strings.Fields(x.Base)
		for i, w := range ws {
			if utf8.RuneCountInString(w) > 3 {
				_, n := utf8.DecodeRuneInString(w)
				ws[i] = w[:n] + lower(w[n:])
			}
		}
		x.Base = strings.Join(ws, " ")
	}
}

// loud reports whether a sentence has capitals alone.
func loud(s string) bool {
	return !strings.ContainsFunc(s, unicode.IsLower) && strings.Contains(strings.TrimSpace(s), " ")
}

// allCapital reports whether all words of a name have capitals: not "бившият премиер".
func allCapital(ws []BaseWord) bool {
	for i := range ws {
		if r, _ := utf8.DecodeRuneInString(ws[i].Core); ws[i].Core != "" && !unicode.IsUpper(r) {
			return false
		}
	}
	return true
}

// baseNever is the score of a form that cannot be.
const baseNever = int32(-1 << 30)

// form returns the dictionary form of a name.
func (m *NameBase) form(ws []BaseWord, f *nameForm, b *nameBuffer) string {
	var out strings.Builder
	prev, changed := uint32(0), 0
	for i := range ws {
		w := &ws[i]
		core := w.Core
		if core != "" {
			m.scoreEdits(ws, i, f, prev, changed, b)
			e := highest(b.edit[:len(m.Lin.Labels)])
			prev = model.Hash(93, m.Lin.Labels[e])
			if m.edits[e].cut != "" || m.edits[e].add != "" {
				changed = i + 1
			}
			core = m.edits[e].apply(core)
			if f.words != nil && f.words[i] != "" {
				core = f.words[i]
			}
		}
		piece := w.Pre + core + w.Post
		if f.unquoted {
			piece = unquoted(piece)
		}
		if piece == "" {
			continue
		}
		if out.Len() > 0 {
			out.WriteByte(' ')
		}
		out.WriteString(piece)
	}
	return out.String()
}

// unquoted is a piece of a name without quotation marks.
func unquoted(piece string) string {
	return strings.Map(func(r rune) rune {
		if isQuote(r) && !isApos(r) {
			return -1
		}
		return r
	}, piece)
}

// scoreEdits scores the edits of a word into b.edit; those that do not fit have baseNever.
func (m *NameBase) scoreEdits(ws []BaseWord, i int, f *nameForm, prev uint32, changed int, b *nameBuffer) {
	w := &ws[i]
	clear(b.edit)
	b.feats = BaseFeatures(ws, i, f.typ, prev, changed, f.left, b.feats[:0])
	for _, x := range b.feats {
		m.Lin.Add(x, b.edit)
	}
	for e := range b.edit {
		d := &m.edits[e]
		if strings.Contains(d.add, "+") || !strings.HasSuffix(w.low, d.cut) || len(w.low) <= len(d.cut) && d.cut != "" {
			b.edit[e] = baseNever
			continue
		}
		k := BaseKey(w.low[:len(w.low)-len(d.cut)] + d.add)
		b.edit[e] += m.Evidence[BaseEvidence(d.cut != "" || d.add != "", b.forms[k], model.Find(m.Known, k) >= 0)]
	}
}

// highest returns the edit with the highest score; the first wins a tie.
func highest(scores []int32) int {
	best := 0
	for e, s := range scores {
		if s > scores[best] {
			best = e
		}
	}
	return best
}

// apply edits a word in the case it is written in.
func (d baseEdit) apply(core string) string {
	if d.cut == "" && d.add == "" {
		return core
	}
	k := len(core)
	for range d.cut {
		_, z := utf8.DecodeLastRuneInString(core[:k])
		k -= z
	}
	add := d.add
	if utf8.RuneCountInString(core) > 1 && core == strings.ToUpper(core) {
		add = strings.ToUpper(add)
	}
	return core[:k] + add
}
