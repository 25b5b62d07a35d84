package petrarch

import (
	"slices"
	"strings"

	"letopis/internal/ud"
)

// Event is what the dictionaries say of a sentence. Codes are as they stand there.
type Event struct {
	Source string `json:"source"`
	Target string `json:"target"`
	Code   string `json:"code"`
	Verb   string `json:"verb"`              // the word of the sentence
	Rule   string `json:"pattern,omitempty"` // the pattern of the dictionary; "" for the verb alone
}

// group is one or several coordinated actors.
type group struct {
	first, end int // words, half open
	codes      []string
}

// coding is one sentence while it is coded.
type coding struct {
	d     *Dictionary
	o     Options
	words []ud.Word
	up    []string // upper-case forms
	at    []int    // group of each word, -1 for none
	group []group
}

// maxSentence is how many words of a sentence are looked at.
const maxSentence = 300

// Options are what is known of a sentence besides its words.
type Options struct {
	Day    string  // YYYYMMDD; "" where it is not known
	Actors []Actor // known otherwise; they come before those of the dictionary
	// Alone begins the codes of events that need no target; "" for none. Their target is "---".
	Alone string
	// Grammar is of the language of the sentence; nil for none.
	Grammar *Grammar
}

// Actor is an actor at words First to End, half open, counted over all sentences from 0.
type Actor struct {
	First, End int
	Code       string
}

// Code codes one analysed sentence. Each event stands there once.
func (d *Dictionary) Code(a *ud.Analysis, o Options) []Event {
	c := &coding{d: d, o: o}
	if c.o.Grammar == nil {
		c.o.Grammar = &Grammar{}
	}
	for i := range a.Sentences {
		base := int32(len(c.words))
		for k, w := range a.Sentences[i].Words {
			if k == 0 || len(c.words) >= maxSentence {
				continue
			}
			if w.Head > 0 {
				w.Head += base
			}
			c.words = append(c.words, w)
			c.up = append(c.up, strings.ToUpper(w.Form))
		}
	}
	for i := range c.up {
		if _, n := d.discards.longest(c.up[i:]); n > 0 {
			return nil
		}
	}
	c.actors()
	out := c.pass(c.verbal)
	if len(out) == 0 {
		// The tagger takes some verbs for nouns.
		out = c.pass(c.bare)
	}
	return out
}

// pass codes the verbs among the words that may is true of.
func (c *coding) pass(may func(int) bool) []Event {
	var out []Event
	coded := map[int]bool{}
	for i := range c.words {
		if coded[i] || c.at[i] >= 0 || !may(i) {
			continue
		}
		v, from, end := c.verbAt(i)
		if len(v) == 0 || c.words[i].UPOS == "AUX" && c.auxiliary(i) {
			continue
		}
		for k := from; k < end; k++ {
			coded[k] = true
		}
		for _, e := range c.events(v, i, from, end) {
			if !slices.ContainsFunc(out, func(o Event) bool { return o.Source == e.Source && o.Target == e.Target && o.Code == e.Code }) {
				out = append(out, e)
			}
		}
	}
	return out
}

// bare reports whether a noun stands without anything that makes it one.
func (c *coding) bare(i int) bool {
	if i == 0 || c.words[i].UPOS != "NOUN" {
		return false
	}
	switch c.words[i-1].UPOS {
	case "DET", "ADJ", "ADP", "PART", "NUM", "NOUN", "VERB":
		return false
	}
	return true
}

// verbal reports whether a word may be the verb of an event.
func (c *coding) verbal(i int) bool {
	return c.words[i].UPOS == "VERB" || c.words[i].UPOS == "AUX" || c.lonely(i)
}

// lonely reports whether a word that is tagged as a participle stands as a verb.
func (c *coding) lonely(i int) bool {
	return c.words[i].UPOS == "ADJ" && ends(c.up[i], c.o.Grammar.verbal)
}

// auxiliary reports whether a verb follows within a few words that this one only helps.
func (c *coding) auxiliary(i int) bool {
	for k := i + 1; k < len(c.words) && k < i+5; k++ {
		switch c.words[k].UPOS {
		case "VERB":
			return true
		case "PUNCT", "NOUN", "PROPN":
			return false
		}
	}
	return false
}

// verbAt returns the verbs of the dictionary at word i, those with most words, and the
// words that they cover. A file may have several entries of one verb.
func (c *coding) verbAt(i int) (best []*verb, from, end int) {
	for _, v := range c.d.verbs[c.up[i]] {
		a, b := i-len(v.before), i+1+len(v.after)
		if a < 0 || b > len(c.up) || !slices.Equal(c.up[a:i], v.before) || !slices.Equal(c.up[i+1:b], v.after) {
			continue
		}
		switch {
		case best == nil || b-a > end-from:
			best, from, end = []*verb{v}, a, b
		case b-a == end-from:
			best = append(best, v)
		}
	}
	return best, from, end
}

// found is an actor or agent of the dictionaries in the sentence.
type found struct {
	first, end int
	actor      string   // code; "" for an agent alone
	several    []string // codes of an actor that stands for several
	agents     []string
}

// actors finds the actors and agents and puts those of one noun phrase together.
func (c *coding) actors() {
	var all []found
	c.at = make([]int, len(c.words))
	for i := range c.at {
		c.at[i] = -1
	}
	given := map[int]Actor{}
	for _, a := range c.o.Actors {
		if a.First >= 0 && a.First < a.End && a.End <= len(c.up) && given[a.First].End < a.End {
			given[a.First] = a
		}
	}
	for i := 0; i < len(c.up); {
		if a := given[i]; a.End > 0 {
			all = append(all, found{first: i, end: a.End, actor: a.Code})
			i = a.End
			continue
		}
		if codes, n := c.d.actors.longest(c.up[i:]); n > 0 {
			code := strings.ToUpper(codeOn(codes, c.o.Day))
			f := found{first: i, end: i + n, actor: code}
			if list := strings.Split(code, "/"); len(list) > 1 {
				f.several = list
			}
			if code != "" && strings.Trim(code, "-#+") != "" {
				all = append(all, f)
			}
			i += n
			continue
		}
		if code, n := c.d.agents.longest(c.up[i:]); n > 0 && c.words[i+n-1].UPOS != "VERB" {
			all = append(all, found{first: i, end: i + n, agents: []string{code}})
			i += n
			continue
		}
		i++
	}
	// Agents join the actor beside them: "Peru 's police", "police of Peru".
	var phrases []found
	for _, f := range all {
		if n := len(phrases); n > 0 {
			p := &phrases[n-1]
			switch {
			case p.actor != "" && f.actor == "" && c.one(p.end, f.first):
				p.agents, p.end = append(p.agents, f.agents...), f.end
				continue
			case p.actor == "" && f.actor != "" && (c.one(p.end, f.first) || c.of(p.end, f.first)):
				p.actor, p.several, p.end = f.actor, f.several, f.end
				continue
			case p.actor == "" && f.actor == "" && c.one(p.end, f.first):
				p.agents, p.end = append(p.agents, f.agents...), f.end
				continue
			}
		}
		phrases = append(phrases, f)
	}
	var shared []string // agents that open a list
	for i := 0; i < len(phrases); i++ {
		f := &phrases[i]
		if i == 0 || !c.listed(phrases[i-1].end, f.first) {
			shared = nil
			if f.agentFirst(c) {
				shared = f.agents
			}
		}
		// "ambassadors of A, B and C", "Danish media and government": what one has the others have too.
		if i > 0 && c.listed(phrases[i-1].end, f.first) {
			p := &phrases[i-1]
			if f.actor != "" && len(f.agents) == 0 && p.actor != "" {
				f.agents = shared
			}
			if f.actor == "" && p.actor != "" && p.end-p.first > 1 && !p.agentFirst(c) {
				f.actor = p.actor
			}
		}
	}
	for i := range phrases {
		f := &phrases[i]
		codes := f.several
		if len(codes) == 0 {
			codes = []string{f.actor}
		}
		for k, code := range codes {
			codes[k] = withAgents(code, f.agents)
		}
		if n := len(c.group); n > 0 && c.listed(c.group[n-1].end, f.first) {
			g := &c.group[n-1]
			g.codes, g.end = append(g.codes, codes...), f.end
		} else {
			c.group = append(c.group, group{f.first, f.end, codes})
		}
		for k := f.first; k < f.end; k++ {
			c.at[k] = len(c.group) - 1
		}
	}
}

// agentFirst reports whether an agent opens the phrase.
func (f *found) agentFirst(c *coding) bool {
	_, n := c.d.agents.longest(c.up[f.first:])
	return n > 0
}

// one reports whether the words i to j belong to one noun phrase.
func (c *coding) one(i, j int) bool {
	for ; i < j; i++ {
		switch c.words[i].UPOS {
		case "ADJ", "NOUN", "PROPN", "NUM", "PART", "ADV":
		default:
			return false
		}
	}
	return true
}

// of reports whether the words i to j are a preposition that makes what follows part of
// what precedes, with an article and adjectives: "of the northern".
func (c *coding) of(i, j int) bool {
	if i >= j || j-i > 5 || c.words[i].UPOS != "ADP" || !c.o.Grammar.of[c.up[i]] {
		return false
	}
	for i++; i < j; i++ {
		switch c.words[i].UPOS {
		case "DET", "ADJ", "ADV", "NUM":
		default:
			return false
		}
	}
	return true
}

// listed reports whether the words i to j are nothing but what stands between members
// of a list: a comma, "and", an article, adjectives.
func (c *coding) listed(i, j int) bool {
	joined := false
	for ; i < j; i++ {
		switch w := &c.words[i]; {
		case c.up[i] == "," || c.o.Grammar.and[c.up[i]] || w.UPOS == "CCONJ":
			joined = true
		case w.UPOS == "DET" || w.UPOS == "ADJ" || w.UPOS == "ADV":
		case c.up[i] == "(" || c.up[i] == ")":
		default:
			return false
		}
	}
	return joined
}

// withAgents adds the codes of agents to one of an actor; what is there already is not
// added again.
func withAgents(actor string, agents []string) string {
	if actor == "" {
		actor = "---"
	}
	for _, a := range agents {
		before, after, _ := strings.Cut(a, "~")
		if after != "" && !strings.Contains(actor, after) {
			actor += after
		}
		if before != "" && !strings.Contains(actor, before) {
			actor = before + actor
		}
	}
	return actor
}

// plainCode is a code without TABARI's marks; "" for the codes that mean no event.
func plainCode(code string) string {
	code = strings.TrimRight(strings.TrimSpace(code), "?")
	if strings.Trim(code, "-+#") == "" {
		return ""
	}
	return code
}

// match is where a pattern found its signs.
type match struct {
	source, target int // groups, -1 for none
	compound       bool
}

// events returns the events of the verbs at word i, which cover from to end.
func (c *coding) events(verbs []*verb, i, from, end int) []Event {
	code, rule := "", ""
	m := match{-1, -1, false}
	best := -1
	for _, v := range verbs {
		if code == "" {
			code = plainCode(v.code)
		}
		for k := range *v.patterns {
			p := &(*v.patterns)[k]
			if p.size <= best || strings.TrimSpace(p.code) == "+++" {
				continue // +++ asked TABARI's user to code by hand
			}
			if x, ok := c.fits(p, from, end); ok {
				best, m, code, rule = p.size, x, plainCode(p.code), p.text
			}
		}
	}
	if code == "" {
		return nil
	}
	source, target := m.source, m.target
	if source < 0 {
		source = c.before(i, target)
	}
	if source < 0 {
		return nil
	}
	if target < 0 {
		target = c.afterVerb(end, source)
	}
	first, second, _ := strings.Cut(code, ":")
	word := c.words[i].Form
	var out []Event
	add := func(s, t, code string) {
		if s != t && code != "" && !(strings.HasPrefix(s, "---") && strings.HasPrefix(t, "---")) {
			out = append(out, Event{s, t, code, word, rule})
		}
	}
	if codes := c.group[source].codes; len(codes) > 1 && (m.compound || target < 0 && second != "") {
		for _, s := range codes {
			for _, t := range codes {
				add(s, t, first)
			}
		}
		return out
	}
	if target < 0 {
		if c.o.Alone != "" && strings.HasPrefix(first, c.o.Alone) {
			for _, s := range c.group[source].codes {
				add(s, "---", first)
			}
		}
		return out
	}
	if m.source < 0 && m.target < 0 && c.passive(i) && c.by(end, target) {
		source, target = target, source
	}
	for _, s := range c.group[source].codes {
		for _, t := range c.group[target].codes {
			add(s, t, first)
			add(t, s, second)
		}
	}
	return out
}

// before returns the group that acts: the one of the subject of the verb or of the verbs
// over it, else the first before it.
func (c *coding) before(i, not int) int {
	for k, steps := i, 0; k >= 0 && steps < 8; steps++ {
		for d := range c.words {
			if int(c.words[d].Head) != k+1 || !strings.HasPrefix(string(c.words[d].Deprel), "nsubj") {
				continue
			}
			if g := c.within(d); g >= 0 && g != not && c.group[g].first < i {
				return g
			}
		}
		switch c.words[k].Deprel {
		case "xcomp", "conj", "ccomp", "advcl", "parataxis", "aux", "cop":
			k = int(c.words[k].Head) - 1
			continue
		}
		break
	}
	for g := range c.group {
		if g != not && c.group[g].end <= i {
			return g
		}
	}
	return -1
}

// within returns the group of the phrase that word d heads, the first in the line.
func (c *coding) within(d int) int {
	for k := range c.words {
		if c.at[k] < 0 {
			continue
		}
		for h, steps := k, 0; h >= 0 && steps < 12; steps++ {
			if h == d {
				return c.at[k]
			}
			if c.words[h].UPOS == "VERB" {
				break
			}
			h = int(c.words[h].Head) - 1
		}
	}
	return -1
}

// afterVerb returns the first group after the verb that is not the source.
func (c *coding) afterVerb(end, source int) int {
	for g := range c.group {
		if c.group[g].first >= end && g != source && !slices.Equal(c.group[g].codes, c.group[source].codes) {
			return g
		}
	}
	return -1
}

// passive reports whether a form of the passive's verb stands before the participle at i.
func (c *coding) passive(i int) bool {
	if !ends(c.up[i], c.o.Grammar.participle) && !c.o.Grammar.tags[c.words[i].XPOS] {
		return false
	}
	for k := i - 1; k >= 0 && k > i-4; k-- {
		if c.o.Grammar.be[c.up[k]] {
			return true
		}
	}
	return false
}

// by reports whether the preposition of agents opens the phrase of a group.
func (c *coding) by(end, g int) bool {
	for k := c.group[g].first - 1; k >= end && k > c.group[g].first-4; k-- {
		if c.o.Grammar.by[c.up[k]] {
			return true
		}
		if c.words[k].UPOS != "DET" && c.words[k].UPOS != "ADJ" {
			return false
		}
	}
	return false
}

// fits looks for a pattern around the verb that covers from to end.
func (c *coding) fits(p *pattern, from, end int) (match, bool) {
	m := match{-1, -1, false}
	// Before the verb, from it to the left.
	at := from
	joined := false
	for k := len(p.before) - 1; k >= 0; k-- {
		e := p.before[k]
		if e.word == "" && e.set == "" {
			joined = true
			continue
		}
		next, ok := c.seek(e, at, joined, -1, &m)
		if !ok {
			return m, false
		}
		at, joined = next, e.joined
	}
	at = end
	for _, e := range p.after {
		next, ok := c.seek(e, at, e.joined, 1, &m)
		if !ok {
			return m, false
		}
		at = next
	}
	return m, true
}

// seek looks for an element from word at in a direction, at once if it is joined; it
// returns where to go on.
func (c *coding) seek(e element, at int, joined bool, dir int, m *match) (int, bool) {
	for {
		var n int
		if dir > 0 {
			n = c.here(e, at, m)
			if n > 0 {
				return at + n, true
			}
			at++
			if joined || at >= len(c.up) {
				return 0, false
			}
		} else {
			n = c.ends(e, at, m)
			if n > 0 {
				return at - n, true
			}
			at--
			if joined || at <= 0 {
				return 0, false
			}
		}
	}
}

// here returns how many words the element covers that begins at word at.
func (c *coding) here(e element, at int, m *match) int {
	if at >= len(c.up) {
		return 0
	}
	switch e.word {
	case "$", "+", "^", "%":
		g := c.at[at]
		if g < 0 || c.group[g].first != at {
			return 0
		}
		return c.take(e, g, m)
	}
	return c.text(e, c.up[at:])
}

// ends is here for what ends before word at.
func (c *coding) ends(e element, at int, m *match) int {
	if at <= 0 {
		return 0
	}
	switch e.word {
	case "$", "+", "^", "%":
		g := c.at[at-1]
		if g < 0 || c.group[g].end != at {
			return 0
		}
		return c.take(e, g, m)
	}
	for n := 1; n <= min(at, 6); n++ {
		if c.text(e, c.up[at-n:at]) == n {
			return n
		}
	}
	return 0
}

// take gives a group its part in the pattern.
func (c *coding) take(e element, g int, m *match) int {
	switch e.word {
	case "$":
		m.source = g
	case "+":
		m.target = g
	case "%":
		if len(c.group[g].codes) < 2 {
			return 0
		}
		m.source, m.compound = g, true
	}
	return c.group[g].end - c.group[g].first
}

// text returns how many words of text a word or set covers.
func (c *coding) text(e element, text []string) int {
	if e.set != "" {
		return c.set(e.set, text, 0)
	}
	if len(text) > 0 && (text[0] == e.word || text[0] == e.word+"S") {
		return 1
	}
	return 0
}

// maxNesting is how deep sets may hold sets.
const maxNesting = 4

// set returns how many words the longest member of a set covers.
func (c *coding) set(name string, text []string, depth int) int {
	if depth > maxNesting {
		return 0
	}
	best := 0
	for _, member := range c.d.synsets[name] {
		n := 0
		for _, w := range member {
			k := 0
			switch {
			case w[0] == '&' && len(w) > 1:
				k = c.set(w[1:], text[n:], depth+1)
			case n < len(text) && (text[n] == w || text[n] == w+"S" || text[n] == plural(w)):
				k = 1
			}
			if k == 0 {
				n = 0
				break
			}
			n += k
		}
		best = max(best, n)
	}
	return best
}
