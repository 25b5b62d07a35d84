package score

import (
	"slices"
	"strings"
)

// NameMetrics are the figures of names: recognition (BSNLP guidelines 1.2:
// relaxed partial, relaxed exact, strict), base forms (norm; lemma is the share of
// right base forms among the strictly matched), and linking in a document, in a
// language and between languages (LEA with importance log2; pair-cross unweighted).
var NameMetrics = []string{"partial", "exact", "strict", "norm", "link-doc", "link-lang", "link-cross", "pair-cross", "lemma"}

// NameScores holds the counts of every metric, topic, language and category.
type NameScores struct {
	Documents, Missing, Extra int
	order                     []nameKey
	counts                    map[nameKey]*nameCounts
}

type nameKey struct{ metric, topic, lang, category string }

// nameCounts are what recall and precision divide: right ones and all, of gold and of the system.
type nameCounts struct{ rc, pc, rn, pn float64 }

// acrossLangs stands as the language of figures between languages.
const acrossLangs = "all"

func (s *NameScores) add(k nameKey, rc, pc, rn, pn float64) {
	c := s.counts[k]
	if c == nil {
		if s.counts == nil {
			s.counts = map[nameKey]*nameCounts{}
		}
		c = &nameCounts{}
		s.counts[k] = c
		s.order = append(s.order, k)
	}
	c.rc, c.pc, c.rn, c.pn = c.rc+rc, c.pc+pc, c.rn+rn, c.pn+pn
}

// Figure sums a metric over everything that fits topic, lang and category; an
// empty one fits all. N counts the gold items. ok is false where there is nothing to count.
func (s *NameScores) Figure(metric, topic, lang, category string) (f Figure, ok bool) {
	var t nameCounts
	for _, k := range s.order {
		if k.metric == metric && fits(topic, k.topic) && fits(lang, k.lang) && fits(category, k.category) {
			c := s.counts[k]
			t.rc, t.pc, t.rn, t.pn = t.rc+c.rc, t.pc+c.pc, t.rn+c.rn, t.pn+c.pn
		}
	}
	if t.rn == 0 && t.pn == 0 {
		return Figure{}, false
	}
	f = Figure{Metric: metric, N: int(t.rn + 0.5), undefP: t.pn == 0, undefR: t.rn == 0}
	if t.rn > 0 {
		f.R = t.rc / t.rn
	}
	if t.pn > 0 {
		f.P = t.pc / t.pn
	}
	if f.P+f.R > 0 {
		f.F1 = 2 * f.P * f.R / (f.P + f.R)
	}
	return f, true
}

func fits(want, is string) bool { return want == "" || want == is }

// ScoreNames measures answers against gold. Documents are matched by id, then by
// file name; one without an answer counts as all missed.
func ScoreNames(gold, system []NameGroup) *NameScores {
	s := &NameScores{}
	type cross struct{ gold, sys clusters }
	type crossKey struct{ topic, category string }
	across := map[crossKey]*cross{}
	var acrossOrder []crossKey
	for _, g := range gold {
		answers := answersOf(system, g.Topic, g.Lang)
		inLang := map[string]*cross{}
		used := map[*NameDoc]bool{}
		for i := range g.Docs {
			doc := &g.Docs[i]
			s.Documents++
			answer := answers.find(doc)
			if answer == nil {
				s.Missing++
				answer = &NameDoc{}
			} else {
				used[answer] = true
			}
			for _, category := range NameCategories {
				gn, sn := ofCategory(doc.Names, category), ofCategory(answer.Names, category)
				if len(gn)+len(sn) == 0 {
					continue
				}
				s.document(nameKey{"", g.Topic, g.Lang, category}, gn, sn)
				k := crossKey{g.Topic, category}
				if inLang[category] == nil {
					inLang[category] = &cross{}
				}
				if across[k] == nil {
					across[k] = &cross{}
					acrossOrder = append(acrossOrder, k)
				}
				inLang[category].gold.add(gn, g.Lang, doc.ID)
				inLang[category].sys.add(sn, g.Lang, doc.ID)
				across[k].gold.add(gn, g.Lang, doc.ID)
				across[k].sys.add(sn, g.Lang, doc.ID)
			}
		}
		s.Extra += len(answers.docs) - len(used)
		for _, category := range NameCategories {
			if c := inLang[category]; c != nil {
				a, b, _, _ := lea(&c.gold, &c.sys, false)
				x, y, _, _ := lea(&c.sys, &c.gold, false)
				s.add(nameKey{"link-lang", g.Topic, g.Lang, category}, a, x, b, y)
			}
		}
	}
	for _, k := range acrossOrder {
		c := across[k]
		a, b, ca, ta := lea(&c.gold, &c.sys, true)
		x, y, cx, tx := lea(&c.sys, &c.gold, true)
		s.add(nameKey{"link-cross", k.topic, acrossLangs, k.category}, a, x, b, y)
		s.add(nameKey{"pair-cross", k.topic, acrossLangs, k.category}, ca, cx, ta, tx)
	}
	return s
}

// answers are the documents of a system, found by id or by file name.
type answers struct {
	docs         []NameDoc
	byID, byStem map[string]*NameDoc
}

func answersOf(groups []NameGroup, topic, lang string) *answers {
	a := &answers{byID: map[string]*NameDoc{}, byStem: map[string]*NameDoc{}}
	for i := range groups {
		if groups[i].Topic == topic && groups[i].Lang == lang {
			a.docs = groups[i].Docs
		}
	}
	for i := range a.docs {
		a.byID[a.docs[i].ID] = &a.docs[i]
		a.byStem[a.docs[i].Stem] = &a.docs[i]
	}
	return a
}

func (a *answers) find(doc *NameDoc) *NameDoc {
	if d := a.byID[doc.ID]; d != nil {
		return d
	}
	return a.byStem[doc.Stem]
}

func ofCategory(names []Name, category string) []Name {
	var out []Name
	for _, n := range names {
		if n.Category == category {
			out = append(out, n)
		}
	}
	return out
}

// document adds the figures of one document and category.
func (s *NameScores) document(k nameKey, gold, sys []Name) {
	add := func(metric string, rc, pc, rn, pn float64) {
		k.metric = metric
		s.add(k, rc, pc, rn, pn)
	}
	goldForms, sysForms := forms(gold), forms(sys)
	both := len(common(goldForms, sysForms))
	add("strict", float64(both), float64(both), float64(len(goldForms)), float64(len(sysForms)))

	entities := entityForms(gold)
	found := 0
	for _, e := range entities {
		if len(common(e, sysForms)) > 0 {
			found++
		}
	}
	spurious := len(sysForms) - both
	add("exact", float64(found), float64(found), float64(len(entities)), float64(found+spurious))

	rc, pc := partial(entities, sysForms)
	add("partial", float64(rc), float64(pc), float64(len(entities)), float64(len(sysForms)))

	c, rn, pn := normalised(gold, sys)
	add("norm", float64(c), float64(c), float64(rn), float64(pn))
	c = lemmas(gold, sys)
	add("lemma", float64(c), float64(c), float64(both), float64(both))

	var gc, sc clusters
	gc.add(gold, "", "")
	sc.add(sys, "", "")
	a, b, _, _ := lea(&gc, &sc, false)
	x, y, _, _ := lea(&sc, &gc, false)
	add("link-doc", a, x, b, y)
}

// forms returns the distinct forms of names.
func forms(names []Name) []string {
	out := make([]string, 0, len(names))
	for _, n := range names {
		out = append(out, n.Form)
	}
	return distinct(out)
}

// entityForms returns the distinct forms of each entity: of each id, and of each name without one.
func entityForms(names []Name) [][]string {
	var out [][]string
	at := map[string]int{}
	for _, n := range names {
		i, ok := at[n.ID]
		if !ok || n.ID == "" {
			i = len(out)
			out = append(out, nil)
			at[n.ID] = i
		}
		if !slices.Contains(out[i], n.Form) {
			out[i] = append(out[i], n.Form)
		}
	}
	return out
}

// partial counts the entities that share a token n-gram with the system's forms,
// and the forms that share one with an entity.
func partial(entities [][]string, sysForms []string) (found, right int) {
	sysGrams := map[string]bool{}
	for _, f := range sysForms {
		ngrams(f, func(g string) bool { sysGrams[g] = true; return true })
	}
	goldGrams := map[string]bool{}
	for _, e := range entities {
		hit := false
		for _, f := range e {
			ngrams(f, func(g string) bool {
				goldGrams[g] = true
				hit = hit || sysGrams[g]
				return true
			})
		}
		if hit {
			found++
		}
	}
	for _, f := range sysForms {
		hit := false
		ngrams(f, func(g string) bool { hit = goldGrams[g]; return !hit })
		if hit {
			right++
		}
	}
	return found, right
}

// ngrams gives yield every run of tokens of a form, until it returns false.
func ngrams(form string, yield func(string) bool) {
	var starts, ends []int
	for i, at := 0, 0; ; i++ {
		j := strings.IndexByte(form[at:], ' ')
		starts = append(starts, at)
		if j < 0 {
			ends = append(ends, len(form))
			break
		}
		ends = append(ends, at+j)
		at += j + 1
	}
	for i := range starts {
		for j := i; j < len(ends); j++ {
			if !yield(form[starts[i]:ends[j]]) {
				return
			}
		}
	}
}

// normalised counts the base forms that differ from their mention: right, in gold, in the system.
func normalised(gold, sys []Name) (right, inGold, inSys int) {
	gb, sb := map[string]string{}, map[string]string{}
	for _, n := range gold {
		if n.Form != n.Base {
			gb[n.Form] = n.Base
		}
	}
	for _, n := range sys {
		if n.Form != n.Base && n.Base != "" {
			sb[n.Form] = n.Base
		}
	}
	for form, base := range gb {
		if s, ok := sb[form]; ok && s == base {
			right++
		}
	}
	return right, len(gb), len(sb)
}

// lemmas counts the forms of both sides that have the same base form.
func lemmas(gold, sys []Name) int {
	sb := map[string]string{}
	for _, n := range sys {
		sb[n.Form] = n.Base
		if n.Base == "" {
			sb[n.Form] = n.Form
		}
	}
	gb := map[string]string{}
	for _, n := range gold {
		gb[n.Form] = n.Base
	}
	right := 0
	for form, base := range gb {
		if s, ok := sb[form]; ok && s == base {
			right++
		}
	}
	return right
}
