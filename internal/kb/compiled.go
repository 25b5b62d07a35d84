package kb

import (
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Compiled is the file in the folder of the tables with their compiled form, see [Compile].
const Compiled = "kb.bin"

// The head of the file: the magic with the version of the format, then a checksum of all that
// comes after it. Version history: 1, the first; 2, columns of
// as many bytes as they need, forms told by their words.
const (
	magic    = "letopis kb 2\n"
	anyMagic = "letopis kb "
	headSize = len(magic) + 4
)

// maxCompiled bounds the file.
const maxCompiled = 256 << 20

// The sections of the file, each its length and its bytes. Those of languages follow, in the
// order of their folders.
const (
	secTables = iota // text: the version, then path, bytes and checksum of each table
	secFacts
	secIndex
	secLangs
)

// Compile returns the compiled form of the tables in the root of fsys, to be kept beside them
// as [Compiled]. The same tables give the same bytes. The error is that of [Open].
func Compile(fsys fs.FS) ([]byte, error) {
	ts, err := readTables(fsys)
	if err != nil {
		return nil, err
	}
	s, err := readSource(ts, ts.langs())
	if err != nil {
		return nil, invalid("compile knowledge base", err)
	}
	facts := s.compileFacts()
	k := s.open(ts, facts, fsys)
	sections := []string{ts.stamps(k.version), facts, k.compileIndex()}
	for _, lang := range k.langs {
		sections = append(sections, k.packs[lang].make())
	}
	var body []byte
	for _, s := range sections {
		body = append(put(body, uint32(len(s))), s...)
	}
	out := put([]byte(magic), crc32.Checksum(body, castagnoli))
	return append(out, body...), nil
}

// stamp is what tells a table from another.
type stamp struct {
	size int64
	sum  uint32
}

// stamps is the first section.
func (ts tables) stamps(version string) string {
	var b strings.Builder
	fmt.Fprintln(&b, version)
	for _, path := range slices.Sorted(maps.Keys(ts)) {
		fmt.Fprintf(&b, "%s\t%d\t%08x\n", path, len(ts[path]), crc32.Checksum([]byte(ts[path]), castagnoli))
	}
	return b.String()
}

// compiled is the file, taken apart.
type compiled struct {
	sections []string
	version  string
	stamps   map[string]stamp
}

// The reasons why a compiled form is not used.
var (
	errStale   = errors.New("out of date")
	errDamaged = errors.New("damaged: delete it, or write it anew with make kb")
)

// parseCompiled takes a file apart. It trusts nothing in it.
func parseCompiled(s string) (*compiled, error) {
	if !strings.HasPrefix(s, magic) {
		if strings.HasPrefix(s, anyMagic) {
			return nil, errStale // of another version of the program
		}
		return nil, errDamaged
	}
	if len(s) < headSize {
		return nil, errDamaged
	}
	sum, s := number(s, len(magic)), s[headSize:]
	if sum != checksum(s) {
		return nil, errDamaged
	}
	c := &compiled{stamps: map[string]stamp{}}
	for s != "" {
		if len(s) < 4 || uint64(number(s, 0)) > uint64(len(s)-4) {
			return nil, errDamaged
		}
		end := 4 + int(number(s, 0))
		c.sections, s = append(c.sections, s[4:end]), s[end:]
	}
	if len(c.sections) < secLangs {
		return nil, errDamaged
	}
	version, rest, _ := strings.Cut(c.sections[secTables], "\n")
	c.version = version
	for line := range strings.Lines(rest) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) != 3 {
			return nil, errDamaged
		}
		size, err := strconv.ParseInt(f[1], 10, 64)
		sum, err2 := strconv.ParseUint(f[2], 16, 32)
		if err != nil || err2 != nil {
			return nil, errDamaged
		}
		c.stamps[f[0]] = stamp{size, uint32(sum)}
	}
	return c, nil
}

// checksum is that of a string, without a copy of it.
func checksum(s string) uint32 {
	h := crc32.New(castagnoli)
	var buf [4096]byte
	for len(s) > 0 {
		n := copy(buf[:], s)
		h.Write(buf[:n])
		s = s[n:]
	}
	return h.Sum32()
}

// open makes a knowledge base of the file and of the small tables.
func (c *compiled) open(ts tables, fsys fs.FS) (*KB, error) {
	f := openFacts(c.sections[secFacts])
	words := openIndex(c.sections[secIndex])
	langs := langsOf(slices.Collect(maps.Keys(c.stamps)))
	if f.blob == nil || words == nil || len(langs) == 0 || len(c.sections) != secLangs+len(langs) {
		return nil, errDamaged
	}
	u, err := readRules(ts, langs, func(code string) bool { _, ok := f.lookup(inCountries, code); return ok })
	if err != nil {
		return nil, err
	}
	k := newKB(u, ts, fsys)
	k.langs, k.version = langs, c.version
	k.setFacts(f)
	k.index.blob = words
	for i, lang := range langs {
		d := openDict(c.sections[secLangs+i], k.ends[lang])
		if d.blob == nil {
			return nil, errDamaged
		}
		k.packs[lang] = &pack{dict: d}
	}
	return k, nil
}

// fresh reads the small tables, and returns errStale where any table is not the one that was
// compiled. A generated table may be packed: it is taken for what it was.
func (c *compiled) fresh(fsys fs.FS) (tables, error) {
	ts := tables{}
	buf := make([]byte, 32<<10)
	found := func(path string) error {
		want, ok := c.stamps[path]
		if !ok {
			return fmt.Errorf("%w: %s is not in it", errStale, path)
		}
		var text strings.Builder
		var is stamp
		to := io.Discard
		if isRule(path) {
			to = &text
		}
		err := is.read(fsys, path, to, buf)
		if err == nil && is != want {
			err = fmt.Errorf("%w: %s has changed", errStale, path)
		}
		ts[path] = text.String()
		return err
	}
	if err := walkTables(fsys, found); err != nil {
		return nil, err
	}
	for _, path := range slices.Sorted(maps.Keys(c.stamps)) {
		if _, ok := ts[path]; ok {
			continue
		}
		err := error(fs.ErrNotExist)
		if isGenerated(path) && isThere(fsys, Packed) {
			if err = found(path); errors.Is(err, fs.ErrNotExist) { // an overlay does not list all that it has
				ts[path], err = "", nil
			}
		}
		if errors.Is(err, fs.ErrNotExist) {
			err = fmt.Errorf("%w: a table is gone", errStale)
		}
		if err != nil {
			return nil, err
		}
	}
	return ts, nil
}

func isThere(fsys fs.FS, path string) bool {
	_, err := fs.Stat(fsys, path)
	return err == nil
}

// read takes the stamp of a file, and writes it to w on the way.
func (s *stamp) read(fsys fs.FS, path string, w io.Writer, buf []byte) error {
	f, err := fsys.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	sum := crc32.New(castagnoli)
	s.size, err = copyAll(w, sum, f, buf)
	s.sum = sum.Sum32()
	return err
}

// copyAll copies r to w and to sum by way of buf.
func copyAll(w io.Writer, sum hash.Hash, r io.Reader, buf []byte) (int64, error) {
	total := int64(0)
	for {
		n, err := r.Read(buf)
		sum.Write(buf[:n])
		if _, err := w.Write(buf[:n]); err != nil {
			return total, err
		}
		total += int64(n)
		if err == io.EOF {
			return total, nil
		}
		if err != nil {
			return total, err
		}
	}
}

// readCompiled reads the file.
func readCompiled(fsys fs.FS) (string, error) {
	f, err := fsys.Open(Compiled)
	if err != nil {
		return "", err
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return "", err
	}
	if st.Size() > maxCompiled {
		return "", fmt.Errorf("%d bytes; it may have %d", st.Size(), maxCompiled)
	}
	var b strings.Builder
	b.Grow(int(st.Size()))
	_, err = io.CopyBuffer(struct{ io.Writer }{&b}, struct{ io.Reader }{io.LimitReader(f, maxCompiled)}, make([]byte, 64<<10))
	return b.String(), err
}

// openCompiled opens the compiled form; a nil KB where there is none.
func openCompiled(fsys fs.FS) (*KB, error) {
	s, err := readCompiled(fsys)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	c, err := parseCompiled(s)
	if err != nil {
		return nil, err
	}
	ts, err := c.fresh(fsys)
	if err != nil {
		return nil, err
	}
	return c.open(ts, fsys)
}

// Open reads the knowledge base in the root of fsys: its compiled form where that is of these
// tables, else the tables. The error is of kind Invalid and lists what is wrong as file:line:col.
func Open(fsys fs.FS) (*KB, error) {
	const op = "open knowledge base"
	k, err := openCompiled(fsys)
	if err != nil && !errors.Is(err, errStale) {
		return nil, invalid(op, fmt.Errorf("%s: %w", Compiled, err))
	}
	if k != nil {
		return k, nil
	}
	k, tableErr := openTables(fsys)
	if tableErr != nil {
		return nil, invalid(op, tableErr)
	}
	if err != nil {
		k.stale = fmt.Sprintf("%s: %v: write it anew with make kb", Compiled, err)
	}
	return k, nil
}

// newKB returns a knowledge base without facts.
func newKB(u rules, ts tables, fsys fs.FS) *KB {
	small := tables{}
	for path, text := range ts {
		if strings.HasPrefix(path, "translit/chinese") {
			small[path] = text
		}
	}
	return &KB{rules: u, fsys: fsys, packs: map[string]*pack{}, chinese: sync.OnceValue(func() chinese { return readChinese(small) })}
}

func (k *KB) setFacts(f facts) { k.facts, k.shelves = f, newShelves(&f) }
