package lang

import (
	"regexp"
	"sync"
)

// Expression is a regular expression that is compiled when it is first used: a start does not wait for those of pages and
// checks that nobody has asked for. It panics then on a text that is none.
func Expression(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}
