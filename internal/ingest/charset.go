package ingest

import (
	"bufio"
	"errors"
	"io"
	"unicode/utf16"
	"unicode/utf8"

	"letopis"
)

// decode returns b as UTF-8, b itself where it is that. Bytes that are not UTF-8 are taken for windows-1251,
// KOI8-R or Mac Cyrillic if they read like Bulgarian or Russian there and a notice says so; else they
// are refused. at is the place of b[0].
func (in *input) decode(b []byte, at place) ([]byte, error) {
	if utf8.Valid(b) {
		return b, nil
	}
	if c := vote(b); c != nil {
		in.notice("decoded from " + c.name + "; save it as UTF-8 if signs look wrong")
		return c.decode(b), nil
	}
	off := firstInvalid(b)
	return nil, in.errorAt(placeAt(b, off, at), letopis.Invalid, "", "byte 0x%02X is not UTF-8, and the text reads neither as windows-1251 nor as KOI8-R or Mac Cyrillic; save it as UTF-8", b[off])
}

func firstInvalid(b []byte) int {
	for off := 0; off < len(b); {
		r, n := utf8.DecodeRune(b[off:])
		if r == utf8.RuneError && n == 1 {
			return off
		}
		off += n
	}
	return len(b)
}

// charset is an 8-bit charset that extends ASCII.
type charset struct {
	name string
	high [128]rune // of bytes 0x80 to 0xFF; U+FFFD where there is none
}

// charsets are the Cyrillic charsets of news archives (Unicode mapping tables CP1251, KOI8-R and MacCyrillic).
var charsets = [...]charset{
	{"windows-1251", table("ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\ufffd™љ›њќћџ\u00a0ЎўЈ¤Ґ¦§Ё©Є«¬\u00ad®Ї°±Ііґµ¶·ё№є»јЅѕї" +
		"АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя")},
	{"KOI8-R", table("─│┌┐└┘├┤┬┴┼▀▄█▌▐░▒▓⌠■∙√≈≤≥\u00a0⌡°²·÷═║╒ё╓╔╕╖╗╘╙╚╛╜╝╞╟╠╡Ё╢╣╤╥╦╧╨╩╪╫╬©" +
		"юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ")},
	{"Mac Cyrillic", table("АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ†°Ґ£§•¶І®©™Ђђ≠Ѓѓ∞±≤≥іµґЈЄєЇїЉљЊњ" +
		"јЅ¬√ƒ≈∆«»…\u00a0ЋћЌќѕ–—“”‘’÷„ЎўЏџ№Ёёяабвгдежзийклмнопрстуфхцчшщъыьэю€")},
}

func table(s string) (t [128]rune) {
	i := 0
	for _, r := range s {
		t[i] = r
		i++
	}
	return t
}

func (c *charset) decode(b []byte) []byte {
	out := make([]byte, 0, len(b)+len(b)/2)
	for _, x := range b {
		if x < utf8.RuneSelf {
			out = append(out, x)
		} else {
			out = utf8.AppendRune(out, c.high[x-0x80])
		}
	}
	return out
}

// frequency is how often each letter from а to я stands in a thousand letters of
// Bulgarian and Russian prose, the two languages together and rounded.
var frequency = [32]int{95, 16, 45, 17, 32, 87, 8, 19, 82, 10, 34, 34, 30, 70, 95, 28, 50, 51, 70, 22, 3, 8, 6, 14, 5, 5, 10, 9, 9, 2, 4, 20}

// vote returns the charset in which b reads like Cyrillic prose, or nil. windows-1251 and
// KOI8-R map a letter to different letters and turn its case around, so letter
// frequency tells them apart even in capitals. Mac Cyrillic shares all small letters but я
// with windows-1251: there the capitals tell, which are signs in the other one. Words
// that turn from small to capital letters or mix Cyrillic with Latin ones speak against all.
func vote(b []byte) *charset {
	if mostlyUTF8(b) {
		return nil // UTF-8 with damage in it
	}
	var best *charset
	most := 0
	for i := range charsets {
		if n := charsets[i].score(b); n > most {
			most, best = n, &charsets[i]
		}
	}
	return best
}

// score is the mean frequency of the letters in b, more for every letter and less for every sign that stands wrong, 0 where b cannot be prose in c.
func (c *charset) score(b []byte) int {
	letters, sum, wrong, high := 0, 0, 0, 0
	const (
		none = iota
		latin
		small
		capital
	)
	last := none
	for _, x := range b {
		kind := none
		switch {
		case x|0x20 >= 'a' && x|0x20 <= 'z':
			kind = latin
			if last == small || last == capital {
				wrong++
			}
		case x >= utf8.RuneSelf:
			high++
			r := c.high[x-0x80]
			switch {
			case r >= 'а' && r <= 'я', r == 'ё':
				kind = small
			case r >= 'А' && r <= 'Я', r == 'Ё':
				kind = capital
			case r == utf8.RuneError:
				return 0
			case !typographic(r):
				wrong++
			}
			if kind != none {
				letters++
				sum += letterFrequency(r)
				if last == latin || kind == capital && last == small {
					wrong++
				}
			}
		}
		last = kind
	}
	if letters < 4 || wrong*20 > high || letters*2 < high {
		return 0
	}
	if mean := sum * 100 / letters; mean >= 4000 { // prose has about 5500, letters at random about 3000
		return max(mean+(letters-5*wrong)*2000/high, 1)
	}
	return 0
}

func letterFrequency(r rune) int {
	switch {
	case r >= 'а' && r <= 'я':
		return frequency[r-'а']
	case r >= 'А' && r <= 'Я':
		return frequency[r-'А']
	}
	return 1
}

// typographic reports whether r is a sign that news texts set between letters.
func typographic(r rune) bool {
	switch r {
	case '„', '“', '”', '‘', '’', '‚', '«', '»', '‹', '›', '…', '–', '—', '•', '·', '№', '§', '°', '€', '%', '±', '©', '®', '™', '\u00a0', '\u00ad', '´':
		return true
	}
	return false
}

// mostlyUTF8 reports whether most bytes above ASCII belong to good UTF-8 sequences.
func mostlyUTF8(b []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		if r, n := utf8.DecodeRune(b[i:]); r != utf8.RuneError || n > 1 {
			good += n
			i += n
		} else {
			bad++
			i++
		}
	}
	return good > bad
}

var errUTF16 = errors.New("is damaged UTF-16: half of a surrogate pair, or an odd byte at the end")

// utf16Reader turns UTF-16 into UTF-8.
type utf16Reader struct {
	r      *bufio.Reader
	little bool
	out    [4]byte
	have   []byte // of out, not yet read
	err    error
}

func (u *utf16Reader) Read(p []byte) (n int, err error) {
	for n < len(p) {
		if len(u.have) > 0 {
			k := copy(p[n:], u.have)
			n, u.have = n+k, u.have[k:]
			continue
		}
		if u.err != nil {
			break
		}
		var r rune
		if r, u.err = u.next(); u.err == nil {
			u.have = u.out[:utf8.EncodeRune(u.out[:], r)]
		}
	}
	if n > 0 {
		return n, nil
	}
	return 0, u.err
}

func (u *utf16Reader) next() (rune, error) {
	r, err := u.unit()
	if err != nil || !utf16.IsSurrogate(r) {
		return r, err
	}
	low, err := u.unit()
	if r = utf16.DecodeRune(r, low); err != nil || r == utf8.RuneError {
		return 0, errUTF16
	}
	return r, nil
}

func (u *utf16Reader) unit() (rune, error) {
	a, err := u.r.ReadByte()
	if err != nil {
		return 0, err
	}
	b, err := u.r.ReadByte()
	if err == io.EOF {
		return 0, errUTF16
	}
	if u.little {
		a, b = b, a
	}
	return rune(a)<<8 | rune(b), err
}
