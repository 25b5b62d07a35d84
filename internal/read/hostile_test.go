package read

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"letopis"
	"letopis/data"
)

// TestReadHostile reads texts that no newspaper prints: each must end, and one four times
// as long must not take much more than four times as long.
func TestReadHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("short")
	}
	r, err := Open(data.FS)
	if err != nil {
		t.Fatal(err)
	}
	read := func(text string) time.Duration {
		start := time.Now()
		if _, err := r.Read(context.Background(), &letopis.Document{ID: "x", Lang: "bg", Text: text}); err != nil {
			t.Fatal(err)
		}
		return time.Since(start)
	}
	dated := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "Петър Колев каза: „Ще подпишем договора с Китай на %d март 2020 г.“. ", i%28+1)
		}
		return b.String()
	}
	read("Начало.")
	for name, text := range map[string]func(n int) string{
		"dates and quotations": func(n int) string { return dated(n / 128) },
		"outlets": func(n int) string {
			var b strings.Builder
			for i := range n / 110 {
				fmt.Fprintf(&b, "Норвегия осъди Швеция, съобщи вестник „Вестител %d“, като цитира министъра. ", i)
			}
			return b.String()
		},
		"no spaces":     func(n int) string { return strings.Repeat("абв", n/6) },
		"quotes":        func(n int) string { return "Той каза: " + strings.Repeat("„“\"«»", n/13) },
		"right to left": func(n int) string { return strings.Repeat("שלום עולם ", n/18) },
		"emoji":         func(n int) string { return strings.Repeat("👩‍👩‍👧‍👦🇧🇬 ", n/34) },
	} {
		short, long := read(text(1<<17)), read(text(1<<19))
		if long > 12*short+2*time.Second { // the machine may be busy
			t.Errorf("%s: %v for 128 KB, %v for 512 KB", name, short, long)
		}
	}
}
