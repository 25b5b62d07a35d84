//go:build !(linux || darwin || freebsd || netbsd || openbsd)

package main

import "os"

// terminalWidth reports whether f looks like a terminal; its width is not known.
func terminalWidth(f *os.File) (columns int, ok bool) {
	st, err := f.Stat()
	return 0, err == nil && st.Mode()&os.ModeCharDevice != 0
}
