package lang

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// A Tag names a language of the interface. The register's own words are in the language of its order and are never
// translated.
type Tag string

// Russian is the language that is shown unless another is asked for, and the one that has every text.
const (
	Russian Tag = "ru"
	English Tag = "en"
)

// Tags lists the languages of the interface, Russian first: each is a file of messages, and nothing else.
var Tags = func() []Tag {
	files, err := fs.Glob(messageFiles, "messages/*.txt")
	if err != nil {
		panic(err) // a wrong pattern
	}
	tags := []Tag{Russian}
	for _, f := range files {
		if t := Tag(strings.TrimSuffix(strings.TrimPrefix(f, "messages/"), ".txt")); t != Russian {
			tags = append(tags, t)
		}
	}
	return tags
}()

//go:embed messages/*.txt
var messageFiles embed.FS

// A catalogue is the file of one language: a line for each text, «key = text». Where a text goes with a number, its forms
// are parted by «|», in the order that the line «plural» gives by the names of the Unicode CLDR.
type catalogue struct {
	tag   language.Tag
	name  string // of the language in itself
	forms []plural.Form
	texts map[string]string
}

// catalogues are read when the first text of their language is asked for.
var catalogues = func() map[Tag]func() *catalogue {
	all := map[Tag]func() *catalogue{}
	for _, t := range Tags {
		all[t] = sync.OnceValue(func() *catalogue {
			c, err := readCatalogue(t)
			if err != nil {
				panic("lang: " + err.Error()) // the files are part of the program, and a test reads each
			}
			return c
		})
	}
	return all
}()

var formNames = map[string]plural.Form{"zero": plural.Zero, "one": plural.One, "two": plural.Two, "few": plural.Few, "many": plural.Many, "other": plural.Other}

func readCatalogue(t Tag) (*catalogue, error) {
	file := "messages/" + string(t) + ".txt"
	b, err := messageFiles.ReadFile(file)
	if err != nil {
		return nil, err
	}
	c := &catalogue{texts: map[string]string{}}
	if c.tag, err = language.Parse(string(t)); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	n := 0
	for line := range strings.Lines(strings.ReplaceAll(string(b), "&nbsp;", nbsp)) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		key, text, ok := strings.Cut(line, " = ")
		if _, twice := c.texts[key]; !ok || twice {
			return nil, fmt.Errorf("%s, line %d: want «key = text», each key once", file, n)
		}
		c.texts[key] = text
	}
	c.name = c.texts["language"]
	for name := range strings.FieldsSeq(c.texts["plural"]) {
		f, ok := formNames[name]
		if !ok {
			return nil, fmt.Errorf("%s: %q is no form of the plural", file, name)
		}
		c.forms = append(c.forms, f)
	}
	if c.name == "" || len(c.forms) == 0 {
		return nil, fmt.Errorf("%s: the lines «language» and «plural» are missing", file)
	}
	return c, nil
}

func catalogueOf(t Tag) *catalogue {
	if c, ok := catalogues[t]; ok {
		return c()
	}
	return catalogues[Russian]()
}

// Name is the language's name in itself: «English».
func (t Tag) Name() string { return catalogueOf(t).name }

// T is the text with that key, with args put in by the rules of package fmt; in Russian where the language lacks it. It
// panics when there is no such text: keys are constants, and the tests use every one.
func (t Tag) T(key string, args ...any) string {
	text, ok := catalogueOf(t).texts[key]
	if !ok {
		if text, ok = catalogueOf(Russian).texts[key]; !ok {
			panic("lang: no message " + key)
		}
	}
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}

// Plural is the form of the message with that key that goes with n, without the number: «процесса».
func (t Tag) Plural(n int, key string) string {
	c := catalogueOf(t)
	if _, ok := c.texts[key]; !ok {
		c = catalogueOf(Russian)
	}
	forms := strings.Split(c.texts[key], "|")
	if len(forms) != len(c.forms) {
		panic("lang: message " + key + " has not the forms of its language")
	}
	at := slices.Index(c.forms, plural.Cardinal.MatchPlural(c.tag, max(n, -n), 0, 0, 0, 0))
	if at < 0 {
		at = len(forms) - 1
	}
	return forms[at]
}

// Count is n and the form that goes with it, with a no-break space between: «3 процесса».
func (t Tag) Count(n int, key string) string {
	return Number(int64(n)) + nbsp + t.Plural(n, key)
}

// Has tells whether there is a message of that key.
func Has(key string) bool {
	_, ok := catalogueOf(Russian).texts[key]
	return ok
}

// Keys lists the keys of all messages, in no order; for the tests of those who show them.
func Keys() []string {
	texts := catalogueOf(Russian).texts
	keys := make([]string, 0, len(texts))
	for k := range texts {
		if k != "language" && k != "plural" {
			keys = append(keys, k)
		}
	}
	return keys
}
