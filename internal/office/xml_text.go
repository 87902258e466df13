package office

import (
	"bytes"
	"io"
	"unicode/utf8"
)

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
