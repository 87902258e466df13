package intake

import (
	"regexp"
	"sync"
)

// expression makes a regular expression ready when it is first asked for: most starts of the program read no document.
func expression(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}
