//go:build !(linux || darwin || freebsd || netbsd || openbsd)

package main

import "time"

// processorTime is not known here.
func processorTime() time.Duration { return 0 }
