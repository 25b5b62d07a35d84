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
// three-word shingles two texts share; locality-sensitive bands find the pairs
// worth comparing.
const (
	minhashes = 126
	rows      = 3 // in a band: pairs of resemblance 0.4 meet with probability 0.94
	bands     = minhashes / rows
	maxBucket = 48 // stories of one bucket that a document is compared with
)

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

func newSketch(terms []string) sketch {
	const n = 3
	if len(terms) < n {
		return sketch{}
	}
	seen := make(map[uint64]struct{}, len(terms))
	var mins [minhashes]uint32
	for i := range mins {
		mins[i] = ^uint32(0)
	}
	var buf []byte
	for i := 0; i+n <= len(terms); i++ {
		buf = buf[:0]
		for _, t := range terms[i : i+n] {
			buf = append(append(buf, t...), ' ')
		}
		h := xxh3.Hash(buf)
		if _, ok := seen[h]; ok {
			continue
		}
		seen[h] = struct{}{}
		for j := range mins {
			// One multiplication of an odd number each makes independent orders enough.
			v := uint32((h ^ uint64(j)*0x9e3779b97f4a7c15) * 0xd6e8feb86659fd93 >> 32)
			mins[j] = min(mins[j], v)
		}
	}
	s := sketch{Size: len(seen), Min: make([]byte, 0, 4*minhashes)}
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

// story is a set of documents that carry one text.
type story struct {
	parent *story // of a union-find forest
	docs   []*digest
	first  *digest // earliest of them
	origin string  // name
	key    string  // by which origins are counted
	agency string  // key of a credited agency, of all documents
}

func (s *story) root() *story {
	for s.parent != nil {
		s = s.parent
	}
	return s
}

// findStories gives every document its story. docs are sorted by id.
func findStories(docs []*digest) {
	for _, d := range docs {
		d.story = &story{docs: []*digest{d}, agency: d.AgencyKey}
	}
	joinCopies(docs)
	joinTranslations(docs)
	for _, d := range docs {
		d.story = d.story.root()
	}
	for _, d := range docs {
		if d.story.first == nil {
			d.story.settle()
		}
	}
}

func join(a, b *digest) {
	ra, rb := a.story.root(), b.story.root()
	if ra == rb {
		return
	}
	// By size, and then by the smaller id, so that the order of joining shows nowhere.
	if len(ra.docs) < len(rb.docs) || len(ra.docs) == len(rb.docs) && rb.docs[0].Doc < ra.docs[0].Doc {
		ra, rb = rb, ra
	}
	rb.parent = ra
	ra.docs = append(ra.docs, rb.docs...)
	ra.agency = cmp.Or(ra.agency, rb.agency)
	rb.docs = nil
}

// settle finds who had the story first, and where it comes from.
func (s *story) settle() {
	slices.SortFunc(s.docs, func(a, b *digest) int {
		return cmp.Or(a.Published.Compare(b.Published), strings.Compare(string(a.Doc), string(b.Doc)))
	})
	s.first = s.docs[0]
	for _, d := range s.docs { // an agency that one of the copies credits is the origin of all
		if d.AgencyKey != "" {
			s.origin, s.key = d.Agency, d.AgencyKey
			return
		}
	}
	s.origin, s.key = s.first.Publisher, skeleton(s.first.Publisher)
	if s.key == "" {
		s.key = "document " + string(s.first.Doc) // nothing is known: it stands for itself
	}
}

// joinCopies joins documents whose texts are nearly the same.
func joinCopies(docs []*digest) {
	type bucket struct {
		band int
		hash uint64
	}
	buckets := map[bucket][]*digest{}
	for _, d := range docs {
		if len(d.Sketch.Min) == 0 {
			continue
		}
		for b := range bands {
			k := bucket{b, xxh3.Hash(d.Sketch.Min[4*rows*b : 4*rows*(b+1)])}
			// One document of each story stands for it: those it was joined with resemble it.
			var kept []*digest
			joined := false
			for _, o := range buckets[k] {
				if o.story.root() == d.story.root() {
					joined = true
				} else if isCopy(d, o) {
					join(d, o)
					joined = true
				}
				kept = append(kept, o)
			}
			if !joined && len(kept) < maxBucket {
				kept = append(kept, d)
			}
			buckets[k] = kept
		}
	}
}

// isCopy reports whether two texts are one, whole or cut. Texts made from one
// form every day (weather, markets, case counts) share their words but not their
// numbers.
func isCopy(a, b *digest) bool {
	both, shorter := resemblance(&a.Sketch, &b.Sketch)
	if min(a.Sketch.Size, b.Sketch.Size) < 20 {
		if both < 85 {
			return false
		}
	} else if both < 55 && (both < 22 || shorter < 80) {
		return false
	}
	na, nb := onlyNumbers(a.Marks), onlyNumbers(b.Marks)
	if m := min(len(na), len(nb)); m >= 2 && 2*shared(na, nb) < m {
		return false
	}
	return both >= 85 || near(a.Published, b.Published, 10)
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

// joinTranslations joins documents of different languages, published within two
// days, that keep the same names, numbers, dates and events.
func joinTranslations(docs []*digest) {
	type slot struct {
		mark string
		day  int
	}
	const maxSlot = 64
	slots := map[slot][]*digest{}
	for _, d := range docs {
		day, _, ok := dayNumbers(d.Published)
		if !ok {
			continue // without a date, sharing names is no evidence
		}
		count := map[*digest]int{}
		for _, m := range d.Marks {
			for back := -2; back <= 2; back++ {
				for _, o := range slots[slot{m, day + back}] {
					if o.Lang != d.Lang {
						count[o]++
					}
				}
			}
		}
		var found []*digest
		for o, n := range count {
			if n >= 4 && isTranslation(d, o) {
				found = append(found, o)
			}
		}
		slices.SortFunc(found, func(a, b *digest) int { return strings.Compare(string(a.Doc), string(b.Doc)) })
		for _, o := range found {
			join(d, o)
		}
		for _, m := range d.Marks {
			if k := (slot{m, day}); len(slots[k]) < maxSlot {
				slots[k] = append(slots[k], d)
			}
		}
	}
}

// isTranslation asks for much: two reporters of one event share its names too. A
// credit to the same agency is what makes it likely; credits to different ones
// rule it out.
func isTranslation(a, b *digest) bool {
	if 2*min(a.Words, b.Words) < max(a.Words, b.Words) {
		return false
	}
	ra, rb := a.story.root(), b.story.root()
	if ra.agency != "" && rb.agency != "" && ra.agency != rb.agency {
		return false
	}
	n, like := shared(a.Marks, b.Marks), jaccard(a.Marks, b.Marks)
	if !slices.ContainsFunc(a.Marks, func(m string) bool {
		_, ok := slices.BinarySearch(b.Marks, m)
		return ok && (m[0] == '#' || strings.HasPrefix(m, "n:") || strings.HasPrefix(m, "s:"))
	}) {
		return false // no name and no number in common
	}
	if ra.agency != "" && ra.agency == rb.agency {
		return n >= 4 && like >= 45
	}
	return n >= 6 && like >= 65
}
