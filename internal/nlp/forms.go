package nlp

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
	"strings"

	"letopis/internal/model"
)

// Forms is a dictionary of word forms: lexemes are a stem and a paradigm, a
// paradigm is the endings with the dictionary's own tags. The stems are hashes of
// 30 bits, so that about one unknown word in 400 is taken for a known one. Its tags
// mean nothing here: a tagger learns from treebanks what they tell.
//
// The sections of the file: "tags" (strings), "own" (of every tag, the tag of the
// form that stands for it where not the whole lexeme but its participle has the
// lemma; 0xffff for none), "pos" (of every tag, a number for its part of speech),
// "suffix" and "prefix" (strings), "paras" (deflated uint16: count, then suffix and
// tag with the prefix in its two top bits), "stems" (uvarint differences of the
// sorted hashes), "para" (deflated: the low bytes of their paradigms, then the high ones).
type Forms struct {
	tags     []string
	own      []uint16
	pos      []uint16
	suffixes []string
	suffix   map[string]uint16
	longest  int // bytes of the longest suffix
	prefixes []string
	paras    [][]paraForm
	keys     []uint32 // hashes of stems, shifted to 32 bits
	para     []uint16
	sum      uint32
}

// paraForm is one form of a paradigm.
type paraForm struct{ suffix, tag, prefix uint16 }

// Reading is one way to read a form.
type Reading struct {
	Tag      uint16 // number of the dictionary's tag
	para     uint16
	head     uint16 // bytes before the part that was looked up: "премьер-"
	from, to uint16 // of the stem, in bytes
}

const (
	stemBits  = 30
	maxForm   = 120     // bytes; longer forms are in no dictionary
	maxUnpack = 1 << 25 // bytes of a deflated section
	noTag     = 0xffff
)

// StemKey is the hash under which a stem is listed.
func StemKey(stem string) uint32 { return model.Hash(7, stem) >> (32 - stemBits) }

// FoldForm is how forms stand in the dictionary: lower case with е for ё, which
// texts write or do not write.
func FoldForm(lowerForm string) string { return strings.ReplaceAll(lowerForm, "ё", "е") }

// OpenForms reads a dictionary.
func OpenForms(f *model.File) (*Forms, error) {
	d := &Forms{own: f.Uint16s("own"), pos: f.Uint16s("pos"), suffix: map[string]uint16{}}
	var err [3]error
	d.tags, err[0] = f.Strings("tags")
	d.suffixes, err[1] = f.Strings("suffix")
	d.prefixes, err[2] = f.Strings("prefix")
	if e := errors.Join(err[:]...); e != nil {
		return nil, e
	}
	if len(d.tags) >= 1<<14 || len(d.own) != len(d.tags) || len(d.pos) != len(d.tags) || len(d.suffixes) >= noTag {
		return nil, errors.New("the tags of the dictionary do not fit together")
	}
	d.sum = crc32.ChecksumIEEE(f.Section("tags"))
	for i, s := range d.suffixes {
		d.suffix[s] = uint16(i)
		d.longest = max(d.longest, len(s))
	}
	raw, e := inflate(f.Section("paras"))
	if e != nil {
		return nil, e
	}
	for i := 0; i+1 < len(raw); {
		n := int(binary.LittleEndian.Uint16(raw[i:]))
		i += 2
		if n == 0 || i+4*n > len(raw) {
			return nil, errors.New("the paradigms of the dictionary are damaged")
		}
		p := make([]paraForm, n)
		for k := range p {
			t := binary.LittleEndian.Uint16(raw[i+4*k+2:])
			p[k] = paraForm{binary.LittleEndian.Uint16(raw[i+4*k:]), t & (1<<14 - 1), t >> 14}
			if int(p[k].suffix) >= len(d.suffixes) || int(p[k].tag) >= len(d.tags) || int(p[k].prefix) >= len(d.prefixes) {
				return nil, errors.New("a paradigm of the dictionary names what is not there")
			}
		}
		i += 4 * n
		d.paras = append(d.paras, p)
	}
	stems := f.Section("stems")
	for at := uint64(0); len(stems) > 0; {
		n, w := binary.Uvarint(stems)
		if at += n; w <= 0 || at >= 1<<stemBits {
			return nil, errors.New("the stems of the dictionary are damaged")
		}
		stems = stems[w:]
		d.keys = append(d.keys, uint32(at)<<(32-stemBits))
	}
	if raw, e = inflate(f.Section("para")); e != nil {
		return nil, e
	}
	if len(raw) != 2*len(d.keys) {
		return nil, errors.New("the dictionary has not one paradigm a stem")
	}
	d.para = make([]uint16, len(d.keys))
	for i := range d.para {
		d.para[i] = uint16(raw[i]) | uint16(raw[len(d.para)+i])<<8
		if int(d.para[i]) >= len(d.paras) {
			return nil, fmt.Errorf("the dictionary has no paradigm %d", d.para[i])
		}
	}
	return d, nil
}

func inflate(b []byte) ([]byte, error) {
	r := flate.NewReader(bytes.NewReader(b))
	out, err := io.ReadAll(io.LimitReader(r, maxUnpack+1))
	if err != nil || len(out) > maxUnpack {
		return nil, errors.New("a packed section of the dictionary is damaged")
	}
	return out, nil
}

// Sum tells dictionaries with other tags apart.
func (d *Forms) Sum() uint32 { return d.sum }

// Tags is the number of tags.
func (d *Forms) Tags() int { return len(d.tags) }

// POS is the number of the part of speech of a tag.
func (d *Forms) POS(tag uint16) uint16 { return d.pos[tag] }

// Find appends the readings of a form in lower case, those of the commoner
// paradigms first. Of a compound with a hyphen that is not listed, the last part is read.
func (d *Forms) Find(lowerForm string, out []Reading) []Reading {
	if len(lowerForm) > maxForm {
		return out
	}
	form := FoldForm(lowerForm)
	n := len(out)
	if out = d.find(form, 0, out); len(out) == n {
		if i := strings.LastIndexByte(form, '-'); i > 0 && len(form)-i > 6 {
			out = d.find(form[i+1:], i+1, out)
		}
	}
	if len(out) > n+1 {
		slices.SortStableFunc(out[n:], func(a, b Reading) int { return int(a.para) - int(b.para) })
	}
	return out
}

func (d *Forms) find(form string, head int, out []Reading) []Reading {
	for pi, p := range d.prefixes {
		rest, ok := strings.CutPrefix(form, p)
		if !ok || rest == "" && p != "" {
			continue
		}
		for cut := max(0, len(rest)-d.longest); cut <= len(rest); cut++ {
			if cut < len(rest) && rest[cut]&0xc0 == 0x80 {
				continue
			}
			s, ok := d.suffix[rest[cut:]]
			if !ok {
				continue
			}
			key := StemKey(rest[:cut]) << (32 - stemBits)
			i := model.Find(d.keys, key)
			if i < 0 {
				continue
			}
			for i > 0 && d.keys[i-1] == key {
				i--
			}
			for ; i < len(d.keys) && d.keys[i] == key; i++ {
				for _, f := range d.paras[d.para[i]] {
					if f.suffix == s && int(f.prefix) == pi {
						out = append(out, Reading{Tag: f.tag, para: d.para[i], head: uint16(head), from: uint16(head + len(p)), to: uint16(head + len(p) + cut)})
					}
				}
			}
		}
	}
	return out
}

// Lemma returns the first form of the lexeme of a reading, or with own the form
// that stands for its participle; the letters of the stem are as form has them.
func (d *Forms) Lemma(r Reading, form string, own bool) string {
	p := d.paras[r.para]
	base := p[0]
	if t := d.own[r.Tag]; own && t != noTag {
		if i := slices.IndexFunc(p, func(f paraForm) bool { return f.tag == t }); i >= 0 {
			base = p[i]
		}
	}
	return d.spell(r, base, form)
}

// spell returns the form of a lexeme, given one of its forms and how that was read.
func (d *Forms) spell(r Reading, base paraForm, form string) string {
	if int(r.to) > len(form) {
		return form // a capital of another length, such as İ
	}
	return form[:r.head] + d.prefixes[base.prefix] + form[r.from:r.to] + d.suffixes[base.suffix]
}

// classes returns the hashes of the set of tags and of the set of parts of speech of readings.
func (d *Forms) classes(rs []Reading) (full, coarse uint32) {
	for i, r := range rs {
		if !slices.ContainsFunc(rs[:i], func(x Reading) bool { return x.Tag == r.Tag }) {
			full += model.Mix(uint32(r.Tag) + 1)
		}
		if !slices.ContainsFunc(rs[:i], func(x Reading) bool { return d.pos[x.Tag] == d.pos[r.Tag] }) {
			coarse += model.Mix(uint32(d.pos[r.Tag]) + 1)
		}
	}
	return full | 1, coarse | 1
}
