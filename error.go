package letopis

import "errors"

// ErrorKind classes an error by what can be done about it. The text goes over
// the wire: kinds are only ever added.
type ErrorKind string

// The kinds of errors.
const (
	Invalid     ErrorKind = "invalid"     // the input is wrong; the message says where
	NotFound    ErrorKind = "notfound"    //
	Conflict    ErrorKind = "conflict"    // a newer or another program's store
	Unsupported ErrorKind = "unsupported" // a language or format that is not there
	Unavailable ErrorKind = "unavailable" // try again later
	Internal    ErrorKind = "internal"    // a defect of ours
)

// Error is an error with its operation and kind.
type Error struct {
	Op   string // what was being done: "read article.txt"
	Kind ErrorKind
	Err  error
}

func (e *Error) Error() string {
	if e.Op == "" {
		return e.Err.Error()
	}
	return e.Op + ": " + e.Err.Error()
}

func (e *Error) Unwrap() error { return e.Err }

// KindOf returns the kind of the outermost [Error] in err's chain, and Internal
// where there is none. KindOf(nil) is "".
func KindOf(err error) ErrorKind {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}
