// Package choice finds what a name on the command line stands for, among things that have
// names: the formats of records, of entries and of exports.
//
// Its invariant: the order of a table is that of the help text, and what an error offers is
// what there is.
package choice

import (
	"fmt"
	"slices"
	"strings"

	"letopis"
)

// Named is what has a name on the command line.
type Named interface{ FormatName() string }

// Format returns the format of a name among all; the error is of kind Unsupported, about
// --format, and lists the names.
func Format[T Named](all []T, name string) (T, error) {
	if i := slices.IndexFunc(all, func(x T) bool { return x.FormatName() == name }); i >= 0 {
		return all[i], nil
	}
	var none T
	return none, &letopis.Error{Op: "--format", Kind: letopis.Unsupported,
		Err: fmt.Errorf("there is no format %q; choose one of %s", name, strings.Join(Names(all), ", "))}
}

// Names returns the names of all, in their order.
func Names[T Named](all []T) []string {
	names := make([]string, len(all))
	for i, x := range all {
		names[i] = x.FormatName()
	}
	return names
}
