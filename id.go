package letopis

import (
	"crypto/sha256"
	"encoding/base32"
)

// idLen is the length of an [ID] in signs of 5 bits: 100 bits, so that a hundred
// million articles share an ID with a probability below 1 in 10^14.
const idLen = 20

var idEncoding = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// NewID names the article of this text at this address ("" where it has none).
// Twenty small letters and digits, the same on every machine; what was known beside
// text and address, such as a title or a date, does not change it.
func NewID(text, url string) ID {
	h := sha256.New()
	h.Write([]byte("letopis/id/v1\x00" + url + "\x00"))
	h.Write([]byte(text))
	return ID(idEncoding.EncodeToString(h.Sum(nil))[:idLen])
}
