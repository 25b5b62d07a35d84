package store

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/klauspost/compress/zstd"

	"letopis"
	"letopis/internal/each"
)

// maxRecord bounds the JSON of one record, in bytes.
const maxRecord = 256 << 20

// Packed is a record made ready before the transaction, so that the database is
// held for the writing only.
type Packed struct {
	Doc, Reading, Lang, First, Last string // First and Last: days of publication, [Unknown] where there is none
	Body, Digest                    []byte
}

// Unknown stands for a day that is not known; it sorts after every known one.
const Unknown = "~"

func dayOr(day string) string {
	if day == "" {
		return Unknown
	}
	return day
}

// packer makes records and entries into bytes and back. It is safe for concurrent use.
type packer struct {
	folder Folder
	enc    *zstd.Encoder // of evidence, which is kept for ever
	fast   *zstd.Encoder // of what is derived
	dec    *zstd.Decoder
}

func newPacker(f Folder) *packer {
	p := &packer{folder: f}
	// They err on bad options only.
	p.enc, _ = zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithWindowSize(1<<20), zstd.WithEncoderCRC(false), zstd.WithEncoderDictRaw(dictID, []byte(dictionary)))
	p.fast, _ = zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithWindowSize(1<<18), zstd.WithEncoderCRC(false), zstd.WithEncoderDictRaw(dictID, []byte(dictionary)))
	p.dec, _ = zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(maxRecord), zstd.WithDecoderDictRaw(dictID, []byte(dictionary)))
	return p
}

func (p *packer) pack(r *letopis.Record) (Packed, error) {
	k := Packed{Doc: string(r.Document.ID), Reading: ReadingKey(r.Reading), Lang: r.Document.Lang}
	var err error
	switch {
	case k.Doc == "":
		err = errors.New("the record has no document.id")
	case r.Schema != letopis.Schema:
		err = fmt.Errorf("the record is of schema %q; this program keeps %q", r.Schema, letopis.Schema)
	}
	if err != nil {
		return k, &letopis.Error{Op: "put " + k.Doc, Kind: letopis.Invalid, Err: err}
	}
	first, last := r.Document.Published.Value.Days()
	k.First, k.Last = dayOr(first), dayOr(last)
	body, err := json.Marshal(r)
	if err != nil {
		return k, fmt.Errorf("put %s: %w", k.Doc, err)
	}
	k.Body = p.enc.EncodeAll(body, nil)
	if k.Digest, err = p.digest(r); err != nil {
		return k, fmt.Errorf("put %s: %w", k.Doc, err)
	}
	return k, nil
}

// digest returns the digest of a record as it is kept.
func (p *packer) digest(r *letopis.Record) ([]byte, error) {
	digest, err := p.folder.Digest(r)
	if err != nil {
		return nil, err
	}
	return p.fast.EncodeAll(digest, nil), nil
}

// packAll packs on all processors.
func (p *packer) packAll(recs []*letopis.Record) ([]Packed, error) {
	items, errs := make([]Packed, len(recs)), make([]error, len(recs))
	each.Do(len(recs), func(i int) { items[i], errs[i] = p.pack(recs[i]) })
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return items, nil
}

// ReadingKey names a reading: half a SHA-256 of its JSON, whose keys are sorted.
func ReadingKey(r letopis.Reading) string {
	b, _ := json.Marshal(r) // strings and a map of strings: cannot fail
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:16])
}

func (p *packer) record(doc string, body []byte) (*letopis.Record, error) {
	raw, err := p.dec.DecodeAll(body, nil)
	r := new(letopis.Record)
	if err == nil {
		err = json.Unmarshal(raw, r)
	}
	if err != nil {
		return nil, &letopis.Error{Op: "get " + doc, Kind: letopis.Conflict, Err: fmt.Errorf("its record is damaged: %w", err)}
	}
	return r, nil
}

func (p *packer) entry(body []byte) (*letopis.Entry, error) {
	raw, err := p.dec.DecodeAll(body, nil)
	e := new(letopis.Entry)
	if err == nil {
		err = json.Unmarshal(raw, e)
	}
	if err != nil {
		return nil, fmt.Errorf("an entry is damaged, 'letopis rebuild' makes it again: %w", err)
	}
	return e, nil
}
