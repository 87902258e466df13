package office

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
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

// skipTo passes over everything to the end of mark, however long.
func (x *tokens) skipTo(mark string) {
	for {
		if i := bytes.Index(x.buf[x.pos:x.end], []byte(mark)); i >= 0 {
			x.pos += i + len(mark)
			return
		}
		x.pos = max(x.pos, x.end-len(mark)+1)
		if !x.fill() {
			x.fail("%w", io.ErrUnexpectedEOF)
			return
		}
	}
}

// readText gives characters up to the next tag, or as many as are at hand; ok is false when there is nothing to give.
func (x *tokens) readText() (t tokenKind, ok bool) {
	i := bytes.IndexByte(x.buf[x.pos:x.end], '<')
	for i < 0 && x.end-x.pos < xmlBuffer/2 && x.fill() {
		i = bytes.IndexByte(x.buf[x.pos:x.end], '<')
	}
	if x.err != nil {
		return tokEOF, true
	}
	piece := x.buf[x.pos:x.end]
	if i >= 0 {
		piece = piece[:i]
	} else if !x.eof {
		piece = whole(piece)
	}
	x.pos += len(piece)
	if x.depth == 0 {
		if len(bytes.TrimSpace(piece)) > 0 {
			return x.fail("text outside of the root element"), true
		}
		return tokEOF, false
	}
	if x.text, x.err = x.plain(piece, &x.scratch); x.err != nil {
		return tokEOF, true
	}
	return tokText, true
}

// whole cuts off a reference or a letter that the end of the piece has torn.
func whole(b []byte) []byte {
	if i := bytes.LastIndexByte(b, '&'); i > 0 && len(b)-i < 12 && bytes.IndexByte(b[i:], ';') < 0 {
		return b[:i]
	}
	if n := len(b); n > 1 && b[n-1] == '\r' {
		return b[:n-1]
	}
	for i := len(b) - 1; i > 0 && i >= len(b)-4; i-- {
		if utf8.RuneStart(b[i]) {
			if !utf8.FullRune(b[i:]) {
				return b[:i]
			}
			break
		}
	}
	return b
}

func (x *tokens) readCDATA() (t tokenKind, ok bool) {
	i := bytes.Index(x.buf[x.pos:x.end], []byte("]]>"))
	for i < 0 && x.end-x.pos < xmlBuffer/2 && x.fill() {
		i = bytes.Index(x.buf[x.pos:x.end], []byte("]]>"))
	}
	if x.err != nil {
		return tokEOF, true
	}
	piece := x.buf[x.pos:x.end]
	switch {
	case i >= 0:
		piece = piece[:i]
		x.pos += i + 3
		x.cdata = false
	case x.eof:
		return x.fail("%w", io.ErrUnexpectedEOF), true
	default:
		piece = whole(piece[:len(piece)-2])
		x.pos += len(piece)
	}
	if x.depth == 0 {
		return x.fail("text outside of the root element"), true
	}
	if len(piece) == 0 {
		return tokEOF, false
	}
	if x.err = check(piece); x.err != nil {
		return tokEOF, true
	}
	x.text = newlines(piece, &x.scratch)
	return tokText, true
}
