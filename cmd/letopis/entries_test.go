package main

import "testing"

// TestTableWidths: every column keeps room for words on a narrow terminal, and all
// of them fit side by side.
func TestTableWidths(t *testing.T) {
	for _, width := range []int{1, 40, 50, 80, 200} {
		e := &env{width: width}
		w := e.tableWidths()
		sum := 0
		for col, n := range w {
			if n < 7 {
				t.Errorf("terminal of %d: column %d has %d signs", width, col, n)
			}
			sum += n
		}
		if want := max(width, 40); sum != want {
			t.Errorf("terminal of %d: the table takes %d, want %d", width, sum, want)
		}
		if w[2] < 12 {
			t.Errorf("terminal of %d: the words have %d signs", width, w[2])
		}
	}
}
