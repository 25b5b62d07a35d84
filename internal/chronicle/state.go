package chronicle

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"letopis"
	"letopis/internal/each"
)

// state is what the chronicle keeps of a document beside its digest: its wire story, and
// all that the blocks of the document need, so that folding them reads no digest.
type state struct {
	Story     story          `json:"s"`
	URL       string         `json:"u,omitempty"`
	Lang      string         `json:"l"`
	Title     string         `json:"t,omitempty"`
	Published letopis.When   `json:"p,omitempty"`
	Publisher string         `json:"m,omitempty"`
	Agency    string         `json:"a,omitempty"`
	Chain     []letopis.Link `json:"c,omitempty"`
	In        []placed       `json:"f,omitempty"`
}

// placed is a finding in its block.
type placed struct {
	Block   uint64  `json:"b"`
	Rank    int     `json:"r,omitempty"` // as in member
	Finding finding `json:"f"`
}

// blocks are those in which the document has findings, sorted.
func (st *state) blocks() []uint64 {
	all := make([]uint64, len(st.In))
	for i := range st.In {
		all[i] = st.In[i].Block
	}
	return set(all)
}

// decode reads a state, and refuses one with findings of a kind that is not folded.
func (st *state) decode(raw []byte) error {
	if err := json.Unmarshal(raw, st); err != nil {
		return err
	}
	for i := range st.In {
		if err := check(&st.In[i].Finding); err != nil {
			return err
		}
	}
	return nil
}

// members returns the findings that a document has in a block.
func (st *state) members(doc letopis.ID, block uint64) []*member {
	var d *digest
	var all []*member
	for i := range st.In {
		if st.In[i].Block != block {
			continue
		}
		if d == nil {
			d = &digest{Doc: doc, URL: st.URL, Lang: st.Lang, Title: st.Title, Published: st.Published, Publisher: st.Publisher, Agency: st.Agency, Chain: st.Chain}
		}
		f := st.In[i].Finding // so that the others need not stay
		m := newMember(&f, d)
		m.rank, m.block = st.In[i].Rank, block
		all = append(all, m)
	}
	return all
}

// document is a [Document], decoded.
type document struct {
	*digest
	state   state
	settled bool // it has a state
	all     []*member
}

// findings returns the findings of the document with their blocks.
func (d *document) findings(cl *claims) []*member {
	if d.all == nil {
		d.all = d.members(cl)
		for _, m := range d.all {
			m.block = m.blockNumber()
		}
	}
	return d.all
}

// recent are documents at hand: those used of late, and those before them. Documents
// come in the order of time, and whom they are compared with is near in time.
type recent struct{ new, old map[letopis.ID]*document }

func (c *recent) get(doc letopis.ID) *document {
	d := c.new[doc]
	if d == nil {
		if d = c.old[doc]; d != nil {
			c.put(doc, d)
		}
	}
	return d
}

func (c *recent) put(doc letopis.ID, d *document) { c.new[doc] = d }

// age makes room for n documents. What is in use is asked for again first.
func (c *recent) age(n int) {
	if len(c.new)+n > cacheDocs/2 {
		c.old, c.new = c.new, map[letopis.ID]*document{}
	}
}

// load returns documents, without those that are not there.
func (f *folding) load(ctx context.Context, docs []letopis.ID) ([]*document, error) {
	if f.known == nil {
		f.cache.age(len(docs))
	}
	found := make([]*document, len(docs))
	var missing []letopis.ID
	var at []int
	for i, doc := range docs {
		if found[i] = f.cache.get(doc); found[i] == nil {
			missing, at = append(missing, doc), append(at, i)
		}
	}
	if len(missing) > 0 {
		got, err := f.blocks.Documents(ctx, missing)
		if err != nil {
			return nil, err
		}
		errs := make([]error, len(got))
		each.Do(len(got), func(i int) { found[at[i]], errs[i] = f.decode(missing[i], got[i]) })
		for i, doc := range missing {
			if errs[i] != nil {
				return nil, fmt.Errorf("digest of %s: %w", doc, errs[i])
			}
			f.cache.put(doc, found[at[i]])
		}
	}
	return slices.DeleteFunc(found, func(d *document) bool { return d.digest == nil }), nil
}

func (f *folding) decode(doc letopis.ID, raw Document) (*document, error) {
	d := &document{digest: f.known[doc], settled: raw.State != nil}
	if d.digest == nil && raw.Digest != nil {
		d.digest = new(digest)
		if err := d.digest.decode(raw.Digest); err != nil {
			return nil, err
		}
	}
	if d.settled {
		if err := d.state.decode(raw.State); err != nil {
			return nil, fmt.Errorf("state: %w", err)
		}
	}
	return d, nil
}

// decode reads a digest, and refuses one with findings of a kind that is not folded.
func (d *digest) decode(raw []byte) error {
	if err := json.Unmarshal(raw, d); err != nil {
		return err
	}
	errs := make([]error, len(d.Findings))
	for i := range d.Findings {
		errs[i] = check(&d.Findings[i])
	}
	return errors.Join(errs...)
}
