package lang

import (
	"fmt"
	"strings"
)

// A Tag names a language of the interface. The register's own words are in the language of its order and are never
// translated.
type Tag string

// The languages of the interface; Russian is the one that is shown unless another is asked for.
const (
	Russian Tag = "ru"
	English Tag = "en"
)

// Tags lists the languages of the interface, the first one by default.
var Tags = []Tag{Russian, English}

// A message is one text of the interface in each language. In a message for Count the forms are parted by «|»: one, few
// and many in Russian, one and other in English.
type message struct{ ru, en string }

func (m message) in(t Tag) string {
	if t == English {
		return m.en
	}
	return m.ru
}

// T is the text with that key, with args put in by the rules of package fmt. It panics when there is no such text: keys
// are constants, and the tests use every one.
func (t Tag) T(key string, args ...any) string {
	m, ok := messages[key]
	if !ok {
		panic("lang: no message " + key)
	}
	if len(args) == 0 {
		return m.in(t)
	}
	return fmt.Sprintf(m.in(t), args...)
}

// Plural is the form of the message with that key that goes with n, without the number: «процесса».
func (t Tag) Plural(n int, key string) string {
	forms := strings.Split(t.T(key), "|")
	if t == English {
		if n == 1 {
			return forms[0]
		}
		return forms[len(forms)-1]
	}
	if len(forms) != 3 {
		panic("lang: message " + key + " has no three forms")
	}
	return Plural(n, forms[0], forms[1], forms[2])
}

// Count is n and the form that goes with it, with a no-break space between: «3 процесса».
func (t Tag) Count(n int, key string) string {
	return Number(int64(n)) + nbsp + t.Plural(n, key)
}

// Keys lists the keys of all messages, in no order; for the tests of those who show them.
func Keys() []string {
	keys := make([]string, 0, len(messages))
	for k := range messages {
		keys = append(keys, k)
	}
	return keys
}
