package main

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"
)

// writeWhole writes a file through a temporary one beside it, so that a reader and
// a killed program see the old file or the new one and never half of one.
func writeWhole(path string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".letopis-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // in vain once it has its name
	w := bufio.NewWriterSize(f, 1<<16)
	err = write(w)
	if err == nil {
		err = w.Flush()
	}
	if err == nil {
		err = f.Chmod(0o644)
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// maxFileName is how many bytes of an id a file name takes; file systems allow 255.
const maxFileName = 180

// fileName makes an id the name of a file: what no file system minds stays, all else
// is an underscore. Where something was lost, a few signs of a hash keep names apart.
func fileName(id string) string {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || unicode.IsControl(r) || r == utf8.RuneError {
			return '_'
		}
		return r
	}, id)
	if name == "" || name[0] == '.' {
		name = "_" + strings.TrimPrefix(name, ".")
	}
	for len(name) > maxFileName {
		_, n := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-n]
	}
	if name != id {
		sum := sha256.Sum256([]byte(id))
		name += "-" + hex.EncodeToString(sum[:4])
	}
	return name
}
