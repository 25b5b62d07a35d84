package nlp

// nameVotes counts under which type a document names a run of stems, in units
// of weight.
type nameVotes map[uint32]*[len(NameTypes)]int32

// agreeLead is how far a word's own scores may lie below "no name" for the rest
// of the document to make it one.
const agreeLead = 3 * NameScale

// agree makes the labels of a text consistent: a name has the type that most of
// its mentions have, the last word of a person's full name is that person, and
// a capitalised word that is a name elsewhere is one where its own sentence
// leaves it nearly open.
func (n *Names) agree(b *nameBuffer) {
	if b.votes == nil {
		b.votes = nameVotes{}
	}
	clear(b.votes)
	n.eachName(b, func(i, j, y int) {
		b.vote(b.nameKey(i, j), y, 4+max(0, b.confidence(i, j)-50)/10)
		if y == 0 && j-i > 1 {
			b.vote(b.nameKey(j-1, j), 0, 12)
		}
	})
	n.eachName(b, func(i, j, y int) {
		if t := b.winner(b.nameKey(i, j), y); t != y {
			b.setName(i, j, t)
		}
	})
	b.text.Sentences(func(from, to int) {
		for i := from; i < to; i++ {
			w := &b.text.words[i]
			if b.labels[i] != 0 || !w.cap || i+1 < to && b.labels[i+1] > 0 && b.labels[i+1]%2 == 0 {
				continue
			}
			v := b.votes[b.nameKey(i, i+1)]
			if v == nil {
				continue
			}
			y := b.winner(b.nameKey(i, i+1), 0)
			if v[y] >= 8 && b.scores[i][1+2*y]+agreeLead > b.scores[i][0] {
				b.setName(i, i+1, y)
			}
		}
	})
}

// eachName calls f with the words [i, j) and type of each name.
func (n *Names) eachName(b *nameBuffer, f func(i, j, y int)) {
	b.text.Sentences(func(from, to int) {
		for i := from; i < to; {
			l := b.labels[i]
			if l == 0 {
				i++
				continue
			}
			j := i + 1
			for j < to && b.labels[j] > 0 && b.labels[j]%2 == 0 {
				j++
			}
			f(i, j, int(l-1)/2)
			i = j
		}
	})
}

func (b *nameBuffer) setName(i, j, y int) {
	for k := i; k < j; k++ {
		b.labels[k] = int8(2 + 2*y)
	}
	b.labels[i] = int8(1 + 2*y)
}

// nameKey hashes the stems of words [i, j), without marks.
func (b *nameBuffer) nameKey(i, j int) uint32 {
	h := uint32(0)
	for k := i; k < j; k++ {
		if w := &b.text.words[k]; w.shape != shapeMark {
			h = mixName(70, h, w.stem)
		}
	}
	return h
}

func (b *nameBuffer) vote(key uint32, y int, n int32) {
	v := b.votes[key]
	if v == nil {
		v = new([len(NameTypes)]int32)
		b.votes[key] = v
	}
	v[y] += n
}

// winner returns the type with most votes; y stays where it ties.
func (b *nameBuffer) winner(key uint32, y int) int {
	v := b.votes[key]
	if v == nil {
		return y
	}
	best := y
	for t, x := range v {
		if x > v[best] {
			best = t
		}
	}
	return best
}
