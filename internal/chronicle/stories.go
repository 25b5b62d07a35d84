package chronicle

import (
	"cmp"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"github.com/zeebo/xxh3"

	"letopis"
)

// A wire story is one text that several documents carry: as it stands, cut, with
// another lead, or translated. MinHash (Broder 1997) estimates how much of their
// three-word shingles two texts share; a few of its hashes are the keys by which the
// pairs worth comparing are found.
const minhashes = 126

// sketch is the MinHash of a text.
type sketch struct {
	Size int    // different shingles
	Min  []byte // minhashes × uint32, little endian
}

// MarshalText writes a sketch as its size and its hashes in base64.
func (s sketch) MarshalText() ([]byte, error) {
	return fmt.Appendf(nil, "%d:%s", s.Size, base64.RawStdEncoding.EncodeToString(s.Min)), nil
}

// UnmarshalText reads what MarshalText wrote.
func (s *sketch) UnmarshalText(b []byte) error {
	size, hashes, _ := strings.Cut(string(b), ":")
	if _, err := fmt.Sscan(size, &s.Size); err != nil {
		return fmt.Errorf("sketch: %w", err)
	}
	var err error
	if s.Min, err = base64.RawStdEncoding.DecodeString(hashes); err == nil && len(s.Min) != 0 && len(s.Min) != 4*minhashes {
		err = fmt.Errorf("sketch of %d bytes", len(s.Min))
	}
	return err
}

func (s *sketch) at(i int) uint32 { return binary.LittleEndian.Uint32(s.Min[4*i:]) }

// run is a hash of n of the hashes, from the ith on.
func (s *sketch) run(i, n int) uint64 { return xxh3.Hash(s.Min[4*i : 4*(i+n)]) }

// shingle is how many words in a row are compared.
const shingle = 3

// shingles returns the hashes of the shingles of a text, each once.
func shingles(terms []string) []uint64 {
	seen := make(map[uint64]struct{}, len(terms))
	var all []uint64
	var buf []byte
	for i := 0; i+shingle <= len(terms); i++ {
		buf = buf[:0]
		for _, t := range terms[i : i+shingle] {
			buf = append(append(buf, t...), ' ')
		}
		h := xxh3.Hash(buf)
		if _, ok := seen[h]; !ok {
			seen[h] = struct{}{}
			all = append(all, h)
		}
	}
	return all
}

func newSketch(terms []string) sketch {
	if len(terms) < shingle {
		return sketch{}
	}
	var mins [minhashes]uint32
	for i := range mins {
		mins[i] = ^uint32(0)
	}
	all := shingles(terms)
	for _, h := range all {
		for j := range mins {
			// One multiplication of an odd number each makes independent orders enough.
			v := uint32((h ^ uint64(j)*0x9e3779b97f4a7c15) * 0xd6e8feb86659fd93 >> 32)
			mins[j] = min(mins[j], v)
		}
	}
	s := sketch{Size: len(all), Min: make([]byte, 0, 4*minhashes)}
	for _, m := range mins {
		s.Min = binary.LittleEndian.AppendUint32(s.Min, m)
	}
	return s
}

// resemblance estimates the shared part of two texts in percent: of both together,
// and of the shorter one.
func resemblance(a, b *sketch) (both, shorter int) {
	if len(a.Min) == 0 || len(b.Min) == 0 {
		return 0, 0
	}
	n := 0
	for i := range minhashes {
		if a.at(i) == b.at(i) {
			n++
		}
	}
	common := n * (a.Size + b.Size) / (minhashes + n)
	return 100 * n / minhashes, min(100, 100*common/min(a.Size, b.Size))
}

// opening is the hashes of the first shingles of a text, sorted, each four bytes.
// Whoever takes a text over keeps its beginning, or at least works with it; texts
// that share their background, and pages that collect several texts, do not.
type opening []byte

const openingTerms = 80

func newOpening(terms []string) opening {
	var all []uint32
	for _, h := range shingles(terms[:min(openingTerms, len(terms))]) {
		all = append(all, uint32(h))
	}
	all = set(all)
	o := make(opening, 0, 4*len(all))
	for _, h := range all {
		o = binary.BigEndian.AppendUint32(o, h) // so that bytes are in the order of numbers
	}
	return o
}

func (o opening) len() int { return len(o) / 4 }

func (o opening) at(i int) uint32 { return binary.BigEndian.Uint32(o[4*i:]) }

// sharedOpening is how much of the shorter opening stands in the other, in percent.
func sharedOpening(a, b opening) int {
	n := 0
	for i, j := 0, 0; i < a.len() && j < b.len(); {
		switch x, y := a.at(i), b.at(j); {
		case x == y:
			n, i, j = n+1, i+1, j+1
		case x < y:
			i++
		default:
			j++
		}
	}
	if n == 0 {
		return 0
	}
	return 100 * n / min(a.len(), b.len())
}

// story is a set of documents that carry one text: what is connected by copies and
// translations. It is what an entry says about where news comes from.
type story struct {
	ID     letopis.ID `json:"id"`               // the first document
	Origin string     `json:"origin,omitempty"` // name
	Key    string     `json:"key"`              // by which origins are counted
	Size   int        `json:"size"`             // documents
	Agency bool       `json:"agency,omitempty"` // the origin is an agency that one of them credits
	First  string     `json:"first,omitempty"`  // publisher of the first document
}

// settle finds who had the story of these documents first, and where it comes from.
func settle(docs []*digest) story {
	docs = slices.Clone(docs)
	slices.SortFunc(docs, func(a, b *digest) int {
		return cmp.Or(a.Published.Compare(b.Published), strings.Compare(string(a.Doc), string(b.Doc)))
	})
	first := docs[0]
	s := story{ID: first.Doc, Origin: first.Publisher, Key: plain(first.Publisher), Size: len(docs), First: first.Publisher}
	for _, d := range docs { // an agency that one of the copies credits is the origin of all
		if d.AgencyKey != "" {
			s.Origin, s.Key, s.Agency = d.Agency, d.AgencyKey, true
			return s
		}
	}
	if s.Key == "" {
		s.Key = "document " + string(first.Doc) // nothing is known: it stands for itself
	}
	return s
}

// Keys under which a document is found by those that may carry the same text.
//
// A key of several hashes is met by few texts that have little in common, so that a
// corpus may grow; of those that resemble, more keys find the same share. Keys of a
// time begin with its period: documents come in the order of time, so that what a
// store files and looks up for them lies together.
const (
	againKeys   = 2 // of againHashes each, whenever: of resemblance 0.95, 98 in 100 pairs share one; of 0.85, 85
	againHashes = 3
	copyKeys    = 8 // of copyHashes each, in their time: of resemblance 0.7, 99 in 100; of 0.5, 90
	copyHashes  = 2
	openKeys    = 4 // of openings that resemble by 0.3, 76 in 100, beside those of the whole
	markKeys    = 5 // of marks that resemble by 0.45, 95 in 100
	markPeriod  = 3 // days; translations follow within two
	openPeriod  = 2 * cutDays
	cutDays     = 10 // within which a text is a cut or rewritten copy; the same text may come again later
	maxUnder    = 200
)

func key(kind string, parts ...uint64) uint64 {
	b := []byte(kind)
	for _, p := range parts {
		b = binary.LittleEndian.AppendUint64(b, p)
	}
	return xxh3.Hash(b)
}

// timed is a key of a period.
func timed(key uint64, period int) uint64 { return uint64(period)<<48 | key>>16 }

// storyKeys returns the keys to file a document under, and those under which to
// look for others. Each stands for the least hashes of some orders of its shingles, or
// of its marks, so that two documents share one with a probability that their resemblance gives.
func (d *digest) storyKeys() (file, look []uint64) {
	day, _, dated := dayNumbers(d.Published)
	// add files a key in the periods that days make, and looks for it within so many days.
	add := func(k uint64, days, within int) {
		if !dated { // those of unknown time are looked for among themselves, and among all by what is the same again
			file, look = append(file, k), append(look, k)
			return
		}
		file = append(file, timed(k, floorDiv(day, days)))
		for p := floorDiv(day-within, days); p <= floorDiv(day+within, days); p++ {
			look = append(look, timed(k, p))
		}
	}
	if len(d.Sketch.Min) != 0 {
		for i := range againKeys {
			file = append(file, key("again", uint64(i), d.Sketch.run(againHashes*i, againHashes)))
		}
		look = slices.Clone(file)
		for i := range copyKeys {
			add(key("copy", uint64(i), d.Sketch.run(copyHashes*i, copyHashes)), openPeriod, cutDays)
		}
	}
	if n := d.Opening.len(); n > 0 {
		for i := range openKeys {
			least := ^uint64(0)
			for j := range n {
				least = min(least, key("order", uint64(i), uint64(d.Opening.at(j))))
			}
			add(key("opening", uint64(i), least), openPeriod, cutDays)
		}
	}
	if !dated || len(d.Marks) < 4 {
		return file, look // without a date, sharing names is no evidence
	}
	var mins [markKeys]uint64
	telling := d.telling()
	for i := range mins {
		mins[i] = ^uint64(0)
		for _, m := range telling {
			mins[i] = min(mins[i], xxh3.HashStringSeed(m, uint64(i)+1))
		}
		add(key("marks", uint64(i), mins[i]), markPeriod, markPeriod-1)
	}
	return file, look
}

// telling are the marks by which a document is looked for: countries and days are
// shared by half the news of a day, and who looks under them compares with all of it.
func (d *digest) telling() []string {
	var all []string
	for _, m := range d.Marks {
		if !strings.HasPrefix(m, "c:") && !strings.HasPrefix(m, "d:") && !strings.HasPrefix(m, "v:") {
			all = append(all, m)
		}
	}
	if len(all) < 3 {
		return d.Marks
	}
	return all
}

func floorDiv(a, b int) int {
	if a < 0 {
		return -((-a + b - 1) / b)
	}
	return a / b
}

// sameText reports whether two documents carry one text.
func sameText(a, b *digest) bool {
	return isCopy(a, b) || a.Lang != b.Lang && near(a.Published, b.Published, 2) && isTranslation(a, b)
}

// isCopy reports whether two texts are one, whole or cut. Texts made from one
// form every day (weather, markets, case counts) share their words but not their
// numbers.
func isCopy(a, b *digest) bool {
	both, shorter := resemblance(&a.Sketch, &b.Sketch)
	start := sharedOpening(a.Opening, b.Opening)
	switch {
	case both >= 85:
	case min(a.Sketch.Size, b.Sketch.Size) < 20:
		return false
	case both >= 70: // with another lead
	case start >= 30 && shorter >= 60: // cut, or rewritten in parts
	default:
		return false
	}
	na, nb := onlyNumbers(a.Marks), onlyNumbers(b.Marks)
	if m := min(len(na), len(nb)); m >= 2 && 2*shared(na, nb) < m {
		return false
	}
	return both >= 85 || near(a.Published, b.Published, cutDays)
}

func onlyNumbers(marks []string) []string {
	i, _ := slices.BinarySearch(marks, "#")
	j, _ := slices.BinarySearch(marks, "$") // the sign after '#'
	return marks[i:j]
}

// near reports whether two times may lie within days of each other; an unknown time may.
func near(a, b letopis.When, days int) bool {
	af, al, aok := dayNumbers(a)
	bf, bl, bok := dayNumbers(b)
	return !aok || !bok || bf-al <= days && af-bl <= days
}

// isTranslation asks for much: two reporters of one event share its names too. A
// credit to the same agency is what makes it likely; credits to different ones
// rule it out.
func isTranslation(a, b *digest) bool {
	if a.Published == "" || b.Published == "" {
		return false
	}
	if 2*min(a.Words, b.Words) < max(a.Words, b.Words) {
		return false
	}
	if a.AgencyKey != "" && b.AgencyKey != "" && a.AgencyKey != b.AgencyKey {
		return false
	}
	n, like := shared(a.Marks, b.Marks), jaccard(a.Marks, b.Marks)
	if !slices.ContainsFunc(a.Marks, func(m string) bool {
		_, ok := slices.BinarySearch(b.Marks, m)
		return ok && (m[0] == '#' || strings.HasPrefix(m, "n:") || strings.HasPrefix(m, "s:"))
	}) {
		return false // no name and no number in common
	}
	if a.AgencyKey != "" && a.AgencyKey == b.AgencyKey {
		return n >= 4 && like >= 45
	}
	return n >= 6 && like >= 65
}
