package register

import (
	"bytes"
	"encoding/json"
	"strconv"
	"unicode/utf8"
)

// A Decoder reads the contents of many entries, as Encode gives them. It is for one goroutine.
//
// The kinds that come in great numbers are read by hand, as long as a content is what Encode writes: that takes a quarter
// of the time, and words that stand in thousands of rows are kept once. Everything else is left to encoding/json; the answer
// is the same.
type Decoder struct{ words map[string]string }

// Decode reads content into the noun that v points to, which must be empty.
func (d *Decoder) Decode(content []byte, v any) error {
	c := canonical{b: content, d: d}
	switch v := v.(type) {
	case *Process:
		if p := c.process(); c.done() {
			*v = p
			return nil
		}
	case *Touchpoint:
		if t := c.touchpoint(); c.done() {
			*v = t
			return nil
		}
	case *Usage:
		if u := c.usage(); c.done() {
			*v = u
			return nil
		}
	}
	return json.Unmarshal(content, v)
}

// word is b as a string, which is kept once.
func (d *Decoder) word(b []byte) string {
	if s, ok := d.words[string(b)]; ok {
		return s
	}
	if d.words == nil {
		d.words = map[string]string{}
	}
	s := string(b)
	d.words[s] = s
	return s
}

// A canonical reads JSON of exactly one form: fields in declaration order, no white space. Anything else makes it bad.
type canonical struct {
	b   []byte
	d   *Decoder
	bad bool
}

func (c *canonical) done() bool { return !c.bad && len(c.b) == 0 }

// take reads s, which must stand next.
func (c *canonical) take(s string) {
	if !c.has(s) {
		c.bad = true
	}
}

// has reads s if it stands next.
func (c *canonical) has(s string) bool {
	if len(c.b) < len(s) || string(c.b[:len(s)]) != s {
		return false
	}
	c.b = c.b[len(s):]
	return true
}

// quoted reads a string.
func (c *canonical) quoted() []byte {
	if !c.has(`"`) {
		c.bad = true
		return nil
	}
	end := bytes.IndexByte(c.b, '"')
	if end < 0 {
		c.bad = true
		return nil
	}
	s := c.b[:end]
	if bytes.IndexByte(s, '\\') >= 0 {
		return c.escaped()
	}
	for _, b := range s {
		if b < ' ' {
			c.bad = true
		}
	}
	if !utf8.Valid(s) {
		c.bad = true
	}
	c.b = c.b[end+1:]
	return s
}

// escaped reads a string with escapes after its quotation mark.
func (c *canonical) escaped() []byte {
	end := 0
	for end < len(c.b) && c.b[end] != '"' {
		if c.b[end] == '\\' {
			end++
		}
		end++
	}
	if end >= len(c.b) {
		c.bad = true
		return nil
	}
	var s string
	if json.Unmarshal(append(append([]byte{'"'}, c.b[:end]...), '"'), &s) != nil {
		c.bad = true
	}
	c.b = c.b[end+1:]
	return []byte(s)
}

// text reads a field that each noun says in its own words, word one that many say alike; a field that may be left out when
// it is empty has a maybe.
func (c *canonical) text(field string) string { c.take(field); return string(c.quoted()) }
func (c *canonical) word(field string) string { c.take(field); return c.d.word(c.quoted()) }

func (c *canonical) maybeText(field string) string {
	if c.has(field) {
		return string(c.quoted())
	}
	return ""
}

func (c *canonical) maybeWord(field string) string {
	if c.has(field) {
		return c.d.word(c.quoted())
	}
	return ""
}

func (c *canonical) int(field string) int { c.take(field); return c.number() }

func (c *canonical) number() int {
	end := 0
	for end < len(c.b) && (c.b[end] >= '0' && c.b[end] <= '9' || end == 0 && c.b[end] == '-') {
		end++
	}
	n, err := strconv.Atoi(string(c.b[:end]))
	if err != nil || end > 1 && (c.b[0] == '0' || c.b[0] == '-' && c.b[1] == '0') {
		c.bad = true
	}
	c.b = c.b[end:]
	return n
}

// other reads a value that is rare, whatever it is, up to the end of its brackets.
func other[T any](c *canonical, field string) *T {
	if !c.has(field) {
		return nil
	}
	d := json.NewDecoder(bytes.NewReader(c.b))
	v := new(T)
	if d.Decode(v) != nil || c.b[0] != '{' {
		c.bad = true
		return nil
	}
	c.b = c.b[d.InputOffset():]
	return v
}

func (c *canonical) process() (p Process) {
	p.Key = c.text(`{"key":`)
	p.Title = c.text(`,"title":`)
	p.Scope = c.maybeWord(`,"scope":`)
	p.Direction = c.maybeWord(`,"direction":`)
	p.Department = c.maybeWord(`,"department":`)
	p.Position = c.int(`,"position":`)
	p.Included = other[Act](c, `,"included":`)
	p.Excluded = other[Act](c, `,"excluded":`)
	p.From = Date(c.maybeWord(`,"from":`))
	p.To = Date(c.maybeWord(`,"to":`))
	c.take(`}`)
	return p
}

func (c *canonical) touchpoint() (t Touchpoint) {
	t.Key = c.text(`{"key":`)
	t.Kind = c.word(`,"kind":`)
	t.Label = c.word(`,"label":`)
	t.Value = c.maybeText(`,"value":`)
	t.Contact = c.maybeText(`,"contact":`)
	t.Place = c.maybeWord(`,"place":`)
	t.Hours = c.maybeWord(`,"hours":`)
	t.Department = c.maybeWord(`,"department":`)
	t.Declared = c.maybeWord(`,"declared":`)
	t.Position = c.int(`,"position":`)
	t.From = Date(c.maybeWord(`,"from":`))
	t.To = Date(c.maybeWord(`,"to":`))
	t.Source = c.source()
	c.take(`}`)
	return t
}

func (c *canonical) usage() (u Usage) {
	u.Key = c.text(`{"key":`)
	u.Process = c.word(`,"process":`)
	u.Touchpoint = c.word(`,"touchpoint":`)
	u.Client = c.word(`,"client":`)
	u.Needs = c.needs()
	u.Text = c.word(`,"text":`) // the same service is worded alike at many points
	u.Feature = c.maybeWord(`,"feature":`)
	u.Printed = Class(c.maybeWord(`,"printed":`))
	if c.has(`,"forms":[`) {
		u.Forms = append(u.Forms, c.d.word(c.quoted()))
		for c.has(`,`) {
			u.Forms = append(u.Forms, c.d.word(c.quoted()))
		}
		c.take(`]`)
	}
	u.Position = c.int(`,"position":`)
	u.From = Date(c.maybeWord(`,"from":`))
	u.To = Date(c.maybeWord(`,"to":`))
	u.Source = c.source()
	c.take(`}`)
	return u
}

func (c *canonical) needs() []NeedRef {
	c.take(`,"needs":`)
	if c.has(`null`) {
		return nil
	}
	c.take(`[`)
	if c.has(`]`) {
		return []NeedRef{}
	}
	var few [8]NeedRef
	needs := few[:0]
	for !c.bad {
		needs = append(needs, NeedRef{Code: c.word(`{"code":`), Text: c.word(`,"text":`)})
		c.take(`}`)
		if !c.has(`,`) {
			break
		}
	}
	c.take(`]`)
	return append([]NeedRef(nil), needs...)
}

func (c *canonical) source() *Source {
	if !c.has(`,"source":{`) {
		return nil
	}
	s, first := &Source{}, true
	has := func(field string) bool {
		if first {
			field = field[1:]
		}
		ok := c.has(field)
		first = first && !ok
		return ok
	}
	for _, f := range []struct {
		name   string
		word   *string
		number *int
	}{
		{`,"file":`, &s.File, nil}, {`,"page":`, nil, &s.Page}, {`,"table":`, nil, &s.Table}, {`,"sheet":`, &s.Sheet, nil},
		{`,"row":`, nil, &s.Row}, {`,"cell":`, &s.Cell, nil}, {`,"line":`, nil, &s.Line},
	} {
		switch {
		case !has(f.name):
		case f.word != nil:
			*f.word = c.d.word(c.quoted())
		default:
			*f.number = c.number()
		}
	}
	c.take(`}`)
	return s
}
