package lang

import (
	"bytes"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// collators are reused because making one is dear and using one from two goroutines is not safe.
var collators = sync.Pool{New: func() any {
	return &collator{c: collate.New(language.Russian, collate.Numeric)}
}}

type collator struct {
	c   *collate.Collator
	buf collate.Buffer
}

// Collate gives a sort key of s: bytes.Compare of two keys is the Russian order, with Ё beside Е, numbers by value
// («кабинет 9» before «кабинет 10») and case only as the last difference. Safe for concurrent use; the caller owns the key.
// Keys may be stored; they change only with the tables of golang.org/x/text.
func Collate(s string) []byte {
	c := collators.Get().(*collator)
	defer collators.Put(c)
	c.buf.Reset()
	return bytes.Clone(c.c.KeyFromString(&c.buf, s))
}
