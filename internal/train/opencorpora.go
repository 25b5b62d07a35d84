package train

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"letopis/internal/model"
	"letopis/internal/nlp"
)

// Forms converts a dictionary of pymorphy (the wheel of pymorphy3-dicts-ru, format
// 2.4: a DAWG of forms with the numbers of paradigm and form) into the dictionary
// that a tagger looks forms up in. Grammemes of style, transitivity and spelling are
// dropped, so that paradigms fall together.
func Forms(wheel string) ([]byte, error) {
	z, err := zip.OpenReader(wheel)
	if err != nil {
		return nil, fmt.Errorf("open the dictionary %s: %w", wheel, err)
	}
	defer z.Close()
	files := map[string][]byte{}
	for _, f := range z.File {
		if f.UncompressedSize64 > 1<<27 {
			return nil, fmt.Errorf("%s: %s is too large for a dictionary", wheel, f.Name)
		}
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		if files[path.Base(f.Name)], err = io.ReadAll(r); err != nil {
			return nil, fmt.Errorf("%s: %w", wheel, err)
		}
		r.Close()
	}
	d := &openCorpora{own: map[string]string{}}
	if err := d.read(files); err != nil {
		return nil, fmt.Errorf("%s: %w", wheel, err)
	}
	return d.pack()
}

type openCorpora struct {
	prefixes, suffixes, tags []string // as they are numbered in the source
	reduced                  []string // of tags
	paras                    [][]uint16
	lexemes                  map[lexeme]bool
	own                      map[string]string // of a reduced tag
}

// lexeme is a stem with a number of a paradigm of the source.
type lexeme struct {
	stem string
	para uint16
}

func (d *openCorpora) read(files map[string][]byte) error {
	var meta [][2]json.RawMessage
	if err := json.Unmarshal(files["meta.json"], &meta); err != nil {
		return fmt.Errorf("meta.json: %w", err)
	}
	var options struct {
		Prefixes []string `json:"paradigm_prefixes"`
	}
	for _, m := range meta {
		if string(m[0]) == `"compile_options"` {
			if err := json.Unmarshal(m[1], &options); err != nil {
				return fmt.Errorf("meta.json: %w", err)
			}
		}
	}
	d.prefixes = options.Prefixes
	if len(d.prefixes) == 0 || len(d.prefixes) > 3 || d.prefixes[0] != "" {
		return fmt.Errorf("meta.json: the prefixes of paradigms are %q; the empty one and at most two others are expected", d.prefixes)
	}
	if err := errors.Join(json.Unmarshal(files["suffixes.json"], &d.suffixes), json.Unmarshal(files["gramtab-opencorpora-int.json"], &d.tags)); err != nil {
		return err
	}
	for _, t := range d.tags {
		d.reduced = append(d.reduced, reduceTag(t))
	}
	b := files["paradigms.array"]
	next := func() (uint16, bool) {
		if len(b) < 2 {
			return 0, false
		}
		v := binary.LittleEndian.Uint16(b)
		b = b[2:]
		return v, true
	}
	n, _ := next()
	for range n {
		size, _ := next()
		p := make([]uint16, size)
		for i := range p {
			v, ok := next()
			if !ok {
				return errors.New("paradigms.array is cut off")
			}
			p[i] = v
		}
		d.paras = append(d.paras, p)
	}
	d.lexemes = map[lexeme]bool{}
	return walkDAWG(files["words.dawg"], d.word)
}

// word takes a key of the DAWG: form, 1, base64 of paradigm and form number.
func (d *openCorpora) word(key []byte) error {
	form, code, ok := bytes.Cut(key, []byte{1})
	var v [8]byte
	n, err := base64.StdEncoding.Decode(v[:], bytes.TrimRight(code, "\n"))
	if !ok || err != nil || n != 4 {
		return fmt.Errorf("words.dawg: the key %q is not a form with its paradigm", key)
	}
	para, at := binary.BigEndian.Uint16(v[:]), binary.BigEndian.Uint16(v[2:])
	if at != 0 {
		return nil
	}
	if int(para) >= len(d.paras) {
		return fmt.Errorf("words.dawg: there is no paradigm %d", para)
	}
	p := d.paras[para]
	k := len(p) / 3
	if tag := d.tags[p[k]]; strings.Contains(tag, "Erro") || strings.Contains(tag, "Dist") {
		return nil
	}
	s := string(form)
	s, ok1 := strings.CutSuffix(s, d.suffixes[p[0]])
	s, ok2 := strings.CutPrefix(s, d.prefixes[p[2*k]])
	if !ok1 || !ok2 {
		return fmt.Errorf("words.dawg: %q has not the ending of its paradigm %d", form, para)
	}
	d.lexemes[lexeme{nlp.FoldForm(s), para}] = true
	return nil
}

// grammemes are kept; a value renames one.
var grammemes = func() map[string]string {
	m := map[string]string{"gen1": "gent", "gen2": "gent", "acc2": "accs", "loc1": "loct", "loc2": "loct"}
	for _, g := range strings.Fields(`NOUN ADJF ADJS COMP VERB INFN PRTF PRTS GRND NUMR ADVB NPRO PRED PREP CONJ PRCL INTJ LATN NUMB PNCT ROMN UNKN
		anim inan masc femn neut ms-f sing plur nomn gent datv accs ablt loct voct perf impf pres past futr 1per 2per 3per indc impr actv pssv
		Name Surn Patr Geox Orgn Trad Abbr Init Apro Anum Poss Supr Prnt Ques Dmns Fixd Qual`) {
		m[g] = g
	}
	return m
}()

func reduceTag(tag string) string {
	var out []string
	for _, g := range strings.FieldsFunc(tag, func(r rune) bool { return r == ' ' || r == ',' }) {
		if g = grammemes[g]; g != "" {
			out = append(out, g)
		}
	}
	return strings.Join(out, ",")
}

// ownTag is the tag of the form that stands for a participle: masculine nominative
// singular of the full participle of that voice and tense.
func ownTag(tag string) string {
	g := strings.Split(tag, ",")
	if g[0] != "PRTF" && g[0] != "PRTS" {
		return ""
	}
	out := []string{"PRTF"}
	for _, x := range g[1:] {
		if slices.Contains([]string{"perf", "impf", "past", "pres", "actv", "pssv"}, x) {
			out = append(out, x)
		}
	}
	return strings.Join(append(out, "masc", "sing", "nomn"), ",")
}

func (d *openCorpora) pack() ([]byte, error) {
	paras := make([][]formTag, len(d.paras))
	for i, p := range d.paras {
		k := len(p) / 3
		for j := range k {
			f := formTag{nlp.FoldForm(d.suffixes[p[j]]), d.reduced[p[k+j]], p[2*k+j]}
			if !slices.Contains(paras[i], f) {
				paras[i] = append(paras[i], f)
			}
		}
	}
	all := make([]lexemeForms, 0, len(d.lexemes))
	for l := range d.lexemes {
		all = append(all, lexemeForms{l.stem, paras[l.para]})
	}
	return packForms(all, d.prefixes, ownTag)
}

// formTag is a form of a lexeme: what stands behind its stem, its tag, and the
// number of the prefix before it.
type formTag struct {
	suffix, tag string
	prefix      uint16
}

// lexemeForms is a lexeme; its first form is the lemma.
type lexemeForms struct {
	stem  string
	forms []formTag
}

// packForms writes a dictionary (nlp.Forms). own gives, for a tag, that of the form
// that stands for it as a participle, "" for none; the part of speech is what stands
// before the first comma of a tag.
func packForms(all []lexemeForms, prefixes []string, own func(tag string) string) ([]byte, error) {
	// Equal paradigms, by how many lexemes they have.
	forms := map[string][]formTag{}
	count := map[string]int{}
	type entry struct {
		key  uint32
		para string
	}
	seen := map[entry]bool{}
	var list []entry
	text := map[*formTag]string{} // of a paradigm that lexemes share
	for _, l := range all {
		p, ok := text[&l.forms[0]]
		if !ok {
			p = fmt.Sprint(l.forms)
			text[&l.forms[0]] = p
			forms[p] = l.forms
		}
		e := entry{nlp.StemKey(l.stem), p}
		if !seen[e] {
			seen[e] = true
			list = append(list, e)
			count[e.para]++
		}
	}
	names := make([]string, 0, len(count))
	for p := range count {
		names = append(names, p)
	}
	slices.SortFunc(names, func(a, b string) int {
		if count[a] != count[b] {
			return count[b] - count[a]
		}
		return strings.Compare(a, b)
	})
	if len(names) > 0xffff {
		return nil, fmt.Errorf("%d paradigms are too many", len(names))
	}
	number := map[string]uint16{}
	suffixes, tags := &numbered{}, &numbered{}
	var paras []byte
	for i, p := range names {
		number[p] = uint16(i)
		paras = binary.LittleEndian.AppendUint16(paras, uint16(len(forms[p])))
		for _, f := range forms[p] {
			paras = binary.LittleEndian.AppendUint16(paras, suffixes.of(f.suffix))
			paras = binary.LittleEndian.AppendUint16(paras, tags.of(f.tag)|f.prefix<<14)
		}
	}
	slices.SortFunc(list, func(a, b entry) int {
		if a.key != b.key {
			return int(a.key) - int(b.key)
		}
		return int(number[a.para]) - int(number[b.para])
	})
	var stems []byte
	low, high := make([]byte, len(list)), make([]byte, len(list))
	at := uint32(0)
	for i, e := range list {
		stems = binary.AppendUvarint(stems, uint64(e.key-at))
		at = e.key
		low[i], high[i] = byte(number[e.para]), byte(number[e.para]>>8)
	}
	var owns, pos []uint16
	kinds := &numbered{}
	for _, t := range tags.list {
		o := uint16(0xffff)
		if x := own(t); x != "" {
			if n, ok := tags.id[x]; ok {
				o = n
			}
		}
		owns = append(owns, o)
		p, _, _ := strings.Cut(t, ",")
		pos = append(pos, kinds.of(p))
	}
	w := &model.Writer{}
	w.Strings("tags", tags.list)
	w.Uint16s("own", owns)
	w.Uint16s("pos", pos)
	w.Strings("suffix", suffixes.list)
	w.Strings("prefix", prefixes)
	w.Bytes("paras", deflate(paras))
	w.Bytes("stems", stems)
	w.Bytes("para", deflate(append(low, high...)))
	return w.Finish(), nil
}

// numbered numbers strings as they come.
type numbered struct {
	list []string
	id   map[string]uint16
}

func (n *numbered) of(s string) uint16 {
	i, ok := n.id[s]
	if !ok {
		if n.id == nil {
			n.id = map[string]uint16{}
		}
		i = uint16(len(n.list))
		n.id[s] = i
		n.list = append(n.list, s)
	}
	return i
}

func deflate(b []byte) []byte {
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestCompression)
	if err == nil {
		_, err = w.Write(b)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		panic(err) // a buffer does not fail
	}
	return out.Bytes()
}

// maxDAWG is how many nodes a walk visits at most; the Russian dictionary has a tenth.
const maxDAWG = 1 << 28

// walkDAWG calls f for every key of a DAWG as dawgdic writes it: the number of
// units, the units (32 bits: offset, leaf, label), the number of guides, and of
// every unit its first child and its next sibling, a byte each.
func walkDAWG(b []byte, f func(key []byte) error) error {
	if len(b) < 4 {
		return errors.New("words.dawg is missing")
	}
	n := int(binary.LittleEndian.Uint32(b))
	if len(b) < 8+4*n || len(b) < 8+4*n+2*int(binary.LittleEndian.Uint32(b[4+4*n:])) || n == 0 {
		return errors.New("words.dawg is cut off")
	}
	unit := func(i uint32) uint32 { return binary.LittleEndian.Uint32(b[4+4*i:]) }
	guide := b[8+4*n:]
	var key []byte
	steps := 0
	var walk func(at uint32) error
	walk = func(at uint32) error {
		u := unit(at)
		if u>>8&1 == 1 {
			if err := f(key); err != nil {
				return err
			}
		}
		if steps++; int(2*at+1) >= len(guide) || len(key) > 500 || steps > maxDAWG {
			return errors.New("words.dawg is damaged")
		}
		for c := guide[2*at]; c != 0; {
			next := at ^ u>>10<<(u&(1<<9)>>6) ^ uint32(c)
			if int(next) >= n || int(2*next+1) >= len(guide) || unit(next)&(1<<31|0xff) != uint32(c) {
				return errors.New("words.dawg is damaged: a child is not where its parent says")
			}
			key = append(key, c)
			if err := walk(next); err != nil {
				return err
			}
			key = key[:len(key)-1]
			c = guide[2*next+1]
		}
		return nil
	}
	return walk(0)
}
