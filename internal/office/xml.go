package office

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// tokens is a pull reader of the XML that office programs write. encoding/xml reads the same sheet three to five times
// slower (BenchmarkTokens); this one holds one piece at a time, allocates nothing per element, resolves namespaces, and
// bounds depth and the length of a tag. A document type declaration is refused: it is where entities come from.
//
// A token's slices are valid until the next call of next.
type tokens struct {
	r        io.Reader
	buf      []byte
	pos, end int
	eof      bool
	err      error // the first error; next gives tokEOF from then on

	depth, maxDepth int
	open            []*xmlName
	empty           bool // the tag just given was <a/>: its end comes next
	root, cdata     bool

	name    *xmlName
	attrs   []xmlAttr
	text    []byte
	scratch []byte

	spaces []binding
	names  map[string]*xmlName
}

type tokenKind uint8

const (
	tokEOF   tokenKind = iota // the end, or an error: see tokens.err
	tokStart                  // name and attrs are set
	tokEnd                    // name is set
	tokText                   // text is set: a stretch, not always the whole
)

type xmlName struct {
	raw, local string
	ns         space
}

type xmlAttr struct{ name, value []byte }

type binding struct {
	prefix string
	ns     space
	depth  int
}

const (
	xmlBuffer   = 64 << 10
	xmlTag      = 1 << 20 // the longest tag
	xmlBindings = 1024    // namespaces in force at once
	xmlNames    = 2048    // names remembered
)

var (
	errDTD   = errors.New("document type declaration")
	errDepth = errors.New("elements nest too deep")
	errTag   = errors.New("tag too long")
)

func newTokens(r io.Reader, maxDepth int) *tokens {
	x := &tokens{r: r, maxDepth: maxDepth, buf: make([]byte, xmlBuffer), names: map[string]*xmlName{}}
	for x.end < 4 && x.fill() {
	}
	if d := xmlDecoder(x.buf[:x.end]); d != nil {
		x.r = d.Reader(io.MultiReader(bytes.NewReader(bytes.Clone(x.buf[:x.end])), x.r))
		x.pos, x.end, x.eof = 0, 0, false
		x.fill()
	}
	if bytes.HasPrefix(x.buf[:x.end], []byte("\uFEFF")) {
		x.pos = 3
	}
	return x
}

// fill reads more into the buffer, keeping what lies from pos on; false at the end of the input or on an error.
func (x *tokens) fill() bool {
	if x.eof || x.err != nil {
		return false
	}
	if x.pos > 0 {
		x.end = copy(x.buf, x.buf[x.pos:x.end])
		x.pos = 0
	}
	if x.end == len(x.buf) {
		if len(x.buf) >= xmlTag {
			x.err = errTag
			return false
		}
		x.buf = append(x.buf, make([]byte, len(x.buf))...)
	}
	for range 100 {
		n, err := x.r.Read(x.buf[x.end:])
		x.end += n
		if err == io.EOF {
			x.eof = true
		} else if err != nil {
			x.err = err
			return false
		}
		if n > 0 {
			return true
		}
		if x.eof {
			return false
		}
	}
	x.err = io.ErrNoProgress
	return false
}

func (x *tokens) fail(format string, a ...any) tokenKind {
	if x.err == nil {
		x.err = fmt.Errorf(format, a...)
	}
	return tokEOF
}

// next gives the next token; comments and instructions are passed over.
func (x *tokens) next() tokenKind {
	if x.empty && x.err == nil {
		x.empty = false
		return x.close()
	}
	for {
		if x.err != nil {
			return tokEOF
		}
		if x.cdata {
			if t, ok := x.readCDATA(); ok {
				return t
			}
			continue
		}
		if x.pos == x.end && !x.fill() {
			if x.depth > 0 || !x.root {
				return x.fail("%w", io.ErrUnexpectedEOF)
			}
			return tokEOF
		}
		if x.buf[x.pos] != '<' {
			if t, ok := x.readText(); ok {
				return t
			}
			continue
		}
		for x.end-x.pos < 9 && x.fill() {
		}
		if x.err != nil {
			return tokEOF
		}
		switch b := x.buf[x.pos:x.end]; {
		case bytes.HasPrefix(b, []byte("</")):
			return x.endTag()
		case bytes.HasPrefix(b, []byte("<?")):
			x.skipTo("?>")
		case bytes.HasPrefix(b, []byte("<!--")):
			x.pos += 4
			x.skipTo("-->")
		case bytes.HasPrefix(b, []byte("<![CDATA[")):
			x.pos += 9
			x.cdata = true
		case bytes.HasPrefix(b, []byte("<!")):
			x.err = errDTD
		default:
			return x.startTag()
		}
	}
}
