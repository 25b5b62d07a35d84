package score

import "math"

// item is a name form in a document: what clusters are made of.
type item struct{ lang, doc, form string }

// clusters are the items of each id, in the order in which they came. A name
// without an id is a cluster of its own.
type clusters struct {
	list [][]item
	at   map[string]int
	in   map[clusterItem]bool
}

type clusterItem struct {
	cluster int
	item    item
}

func (c *clusters) add(names []Name, lang, doc string) {
	if c.at == nil {
		c.at, c.in = map[string]int{}, map[clusterItem]bool{}
	}
	for _, n := range names {
		i, ok := c.at[n.ID]
		if !ok || n.ID == "" {
			i = len(c.list)
			c.list = append(c.list, nil)
			c.at[n.ID] = i
		}
		x := item{lang, doc, n.Form}
		if k := (clusterItem{i, x}); !c.in[k] {
			c.in[k] = true
			c.list[i] = append(c.list[i], x)
		}
	}
}

// pairs counts the links among items; across counts those between languages only.
func pairs(items []item, across bool) int {
	n := len(items)
	t := n * (n - 1) / 2
	if across {
		by := map[string]int{}
		for _, x := range items {
			by[x.lang]++
		}
		for _, c := range by {
			t -= c * (c - 1) / 2
		}
	}
	return t
}

// lea is the link-based entity-aware score (Moosavi and Strube 2016) of key against
// response with importance log2 of the cluster's size: the sum of importance times
// resolution, the sum of importance, the common links, all links.
func lea(key, response *clusters, across bool) (num, den, common, all float64) {
	where := map[item][]int{}
	for i, items := range response.list {
		for _, x := range items {
			where[x] = append(where[x], i)
		}
	}
	for _, items := range key.list {
		t := 0
		if len(items) >= 2 {
			t = pairs(items, across)
		}
		if t == 0 {
			continue
		}
		importance := math.Log2(float64(len(items)))
		den += importance
		all += float64(t)
		c := commonLinks(items, where, across)
		num += importance * float64(c) / float64(t)
		common += float64(c)
	}
	return num, den, common, all
}

// commonLinks counts the links of items that some response cluster has too, each once.
func commonLinks(items []item, where map[item][]int, across bool) int {
	by := map[int][]item{}
	var multi []item
	for _, x := range items {
		for _, r := range where[x] {
			by[r] = append(by[r], x)
		}
		if len(where[x]) > 1 {
			multi = append(multi, x)
		}
	}
	c := 0
	for _, list := range by {
		c += pairs(list, across)
	}
	for i, a := range multi {
		for _, b := range multi[:i] {
			if across && a.lang == b.lang {
				continue
			}
			if k := shared(where[a], where[b]); k > 1 {
				c -= k - 1
			}
		}
	}
	return c
}

// shared counts the values that two ascending lists have in common.
func shared(a, b []int) int {
	n := 0
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			n++
			a, b = a[1:], b[1:]
		}
	}
	return n
}
