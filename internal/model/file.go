// Package model is the flat file that trained models ship in, and the sparse
// tables that predictors look their weights up in. Weights are integers and no
// floating point is used, so a prediction is the same on every machine.
//
// A file is: the magic "LTPM", format version (uint16), number of sections
// (uint16); for each section an 8-byte name, offset and length (uint32); the
// sections; a CRC-32 (IEEE) of all before it. All numbers are little-endian.
// Version history: 1, the first.
package model

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"sort"
)

const (
	magic       = "LTPM"
	version     = 1
	headSize    = 8
	sectionHead = 16
	maxSections = 256
)

// File is a model file in memory; the sections are slices of the data it was opened on.
type File struct{ sections map[string][]byte }

// Open checks a model file and returns its sections. It trusts no length in it.
func Open(data []byte) (*File, error) {
	if len(data) < headSize+4 || string(data[:4]) != magic {
		return nil, errors.New("not a model file: the magic LTPM is missing")
	}
	if v := binary.LittleEndian.Uint16(data[4:]); v != version {
		return nil, fmt.Errorf("model file of format %d; this program reads %d: train the models anew with make models", v, version)
	}
	body := data[:len(data)-4]
	if crc32.ChecksumIEEE(body) != binary.LittleEndian.Uint32(data[len(data)-4:]) {
		return nil, errors.New("model file is damaged: its checksum does not fit")
	}
	n := int(binary.LittleEndian.Uint16(data[6:]))
	if n > maxSections || headSize+n*sectionHead > len(body) {
		return nil, errors.New("model file is damaged: its table of sections is longer than the file")
	}
	f := &File{sections: make(map[string][]byte, n)}
	for i := 0; i < n; i++ {
		h := body[headSize+i*sectionHead:]
		off, size := binary.LittleEndian.Uint32(h[8:]), binary.LittleEndian.Uint32(h[12:])
		if uint64(off)+uint64(size) > uint64(len(body)) {
			return nil, fmt.Errorf("model file is damaged: section %q reaches past its end", h[:8])
		}
		f.sections[string(bytes.TrimRight(h[:8], "\x00"))] = body[off : off+size]
	}
	return f, nil
}

// Section returns the bytes of a section, nil if there is none.
func (f *File) Section(name string) []byte { return f.sections[name] }

// Strings returns a section of strings, each a uvarint length and its bytes.
func (f *File) Strings(name string) ([]string, error) {
	b := f.sections[name]
	var out []string
	for len(b) > 0 {
		n, w := binary.Uvarint(b)
		if w <= 0 || n > uint64(len(b)-w) {
			return nil, fmt.Errorf("model section %q is damaged", name)
		}
		out = append(out, string(b[w:w+int(n)]))
		b = b[w+int(n):]
	}
	return out, nil
}

// Uint32s returns a section of 32-bit numbers.
func (f *File) Uint32s(name string) []uint32 {
	b := f.sections[name]
	out := make([]uint32, len(b)/4)
	for i := range out {
		out[i] = binary.LittleEndian.Uint32(b[4*i:])
	}
	return out
}

// Uint16s returns a section of 16-bit numbers.
func (f *File) Uint16s(name string) []uint16 {
	b := f.sections[name]
	out := make([]uint16, len(b)/2)
	for i := range out {
		out[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	return out
}

// Writer gathers sections of a model file.
type Writer struct{ sections map[string][]byte }

// Bytes adds a section; names have at most 8 bytes.
func (w *Writer) Bytes(name string, b []byte) {
	if w.sections == nil {
		w.sections = map[string][]byte{}
	}
	w.sections[name] = b
}

// Strings adds a section of strings.
func (w *Writer) Strings(name string, s []string) {
	var b []byte
	for _, x := range s {
		b = binary.AppendUvarint(b, uint64(len(x)))
		b = append(b, x...)
	}
	w.Bytes(name, b)
}

// Uint32s adds a section of 32-bit numbers.
func (w *Writer) Uint32s(name string, v []uint32) {
	b := make([]byte, 0, 4*len(v))
	for _, x := range v {
		b = binary.LittleEndian.AppendUint32(b, x)
	}
	w.Bytes(name, b)
}

// Uint16s adds a section of 16-bit numbers.
func (w *Writer) Uint16s(name string, v []uint16) {
	b := make([]byte, 0, 2*len(v))
	for _, x := range v {
		b = binary.LittleEndian.AppendUint16(b, x)
	}
	w.Bytes(name, b)
}

// Finish returns the file. The same sections give the same bytes.
func (w *Writer) Finish() []byte {
	names := make([]string, 0, len(w.sections))
	for n := range w.sections {
		names = append(names, n)
	}
	sort.Strings(names)
	out := append([]byte(magic), 0, 0, 0, 0)
	binary.LittleEndian.PutUint16(out[4:], version)
	binary.LittleEndian.PutUint16(out[6:], uint16(len(names)))
	off := uint32(headSize + len(names)*sectionHead)
	for _, n := range names {
		var h [sectionHead]byte
		copy(h[:8], n)
		binary.LittleEndian.PutUint32(h[8:], off)
		binary.LittleEndian.PutUint32(h[12:], uint32(len(w.sections[n])))
		out = append(out, h[:]...)
		off += uint32(len(w.sections[n]))
	}
	for _, n := range names {
		out = append(out, w.sections[n]...)
	}
	return appendSum(out)
}

func appendSum(b []byte) []byte {
	return binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(b))
}
