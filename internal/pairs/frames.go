package pairs

import "letopis"

// Frames decides a pair by the lexicon and the tree alone, nothing learnt: of the
// words that evoke a category (Cue.Code) it takes the one that stands best between
// source and target, the nearest to what governs the source first. code is empty where
// no word evokes anything; acts tells whether the source is the one who does it
// and the target the one who meets it.
func Frames(p *Pair) (code string, acts bool) {
	if len(p.Cues) != len(p.Words) || len(p.Words) > maxWords {
		return "", false
	}
	x := &extractor{p: p}
	s, t := x.topmost(Source), x.topmost(Target)
	var overS, overT []int32
	if s > 0 {
		overS = x.up(s)
	}
	if t > 0 {
		overT = x.up(t)
	}
	index := func(list []int32, i int32) int {
		for k, v := range list {
			if v == i {
				return k
			}
		}
		return -1
	}
	first, last := edges(p)
	best, top := int32(0), -1<<30
	for i := int32(1); int(i) < len(p.Words); i++ {
		if p.Cues[i].Code == "" {
			continue
		}
		score := 0
		a, b := index(overS, i), index(overT, i)
		switch {
		case a > 0 && b > 0:
			score = 60 - 4*a // governs both
		case b > 0:
			score = 50 - 3*b // between the verb of the source and the target
		case a > 0:
			score = 46 - 4*a
		default:
			// The object or complement of what governs the source.
			up := x.up(i)
			score = 10
			for d, v := range up {
				if index(overS, v) > 0 {
					score = 42 - 5*d
					break
				}
			}
		}
		if p.Marks[i] != Plain {
			score -= 25 // the actor is called so
		}
		if int(i) > first && int(i) < last {
			score += 3
		}
		if score > top {
			best, top = i, score
		}
	}
	if best == 0 {
		return "", false
	}
	code = p.Cues[best].Code
	negated, future := p.Cues[best].Negates, p.Cues[best].Future
	for i := int32(1); int(i) < len(p.Words); i++ {
		if x.head(i) == best {
			negated = negated || p.Cues[i].Negates
			future = future || p.Cues[i].Future
		}
	}
	code = Turned(code, negated, future)
	doer := s > 0 && index(overS, best) > 0
	return code, doer && t > 0 && (index(overT, best) > 0 || len(overS) > 1 && index(overT, overS[1]) > 0) && !negated && p.Words[s].Deprel != "nsubj:pass"
}

// Turned is the category of an act that is refused or only announced (PLOVER manual
// 2.0, section 3: what is denied or will not be done is REJECT, aid and concessions to
// come are AGREE, force to come is THREATEN).
func Turned(code string, negated, future bool) string {
	switch c := letopis.Code(code); c.Quad() {
	case letopis.VerbalCooperation, letopis.MaterialCooperation:
		if negated {
			return string(letopis.Reject)
		}
		if future && c != letopis.Agree && c != letopis.Support {
			return string(letopis.Agree)
		}
	case letopis.MaterialConflict:
		if future && !negated {
			return string(letopis.Threaten)
		}
	}
	return code
}

// edges returns the words between which both actors stand.
func edges(p *Pair) (first, last int) {
	first = len(p.Words)
	for i, m := range p.Marks {
		if m != Plain {
			first, last = min(first, i), max(last, i)
		}
	}
	return first, last
}

// topmost returns the word of an actor that none of its other words governs, 0 for none.
func (x *extractor) topmost(m Mark) int32 {
	for i := int32(1); int(i) < len(x.p.Words); i++ {
		if x.p.Marks[i] != m {
			continue
		}
		for n := 0; n < maxUp; n++ {
			h := x.head(i)
			if h == 0 || x.p.Marks[h] != m {
				break
			}
			i = h
		}
		return i
	}
	return 0
}
