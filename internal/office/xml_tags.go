package office

import (
	"bytes"
	"io"
	"strings"
)

func (x *tokens) startTag() tokenKind {
	if x.depth == 0 && x.root {
		return x.fail("a second root element")
	}
	n, quote := 1, byte(0)
	for ; ; n++ {
		if x.pos+n == x.end && !x.fill() {
			return x.fail("%w", io.ErrUnexpectedEOF)
		}
		c := x.buf[x.pos+n]
		if quote != 0 {
			if c == quote {
				quote = 0
			}
		} else if c == '"' || c == '\'' {
			quote = c
		} else if c == '>' {
			break
		} else if c == '<' {
			return x.fail("< inside a tag")
		}
	}
	tag := x.buf[x.pos+1 : x.pos+n]
	x.pos += n + 1
	if k := len(tag); k > 0 && tag[k-1] == '/' {
		x.empty = true
		tag = tag[:k-1]
	}
	i := 0
	for i < len(tag) && !isSpace(tag[i]) {
		i++
	}
	raw := tag[:i]
	if len(raw) == 0 {
		return x.fail("a tag without a name")
	}
	if x.depth++; x.depth > x.maxDepth {
		x.err = errDepth
		return tokEOF
	}
	x.root = true
	if !x.attributes(tag[i:]) {
		return tokEOF
	}
	if x.name = x.resolve(raw); x.err != nil {
		return tokEOF
	}
	x.open = append(x.open, x.name)
	return tokStart
}

// attributes parses what follows the name in a tag and takes the namespaces it declares.
func (x *tokens) attributes(b []byte) bool {
	x.attrs = x.attrs[:0]
	for {
		if b = trimLeft(b); len(b) == 0 {
			return true
		}
		n := 0
		for n < len(b) && b[n] != '=' && !isSpace(b[n]) && b[n] != '"' && b[n] != '\'' {
			n++
		}
		name := b[:n]
		b = trimLeft(b[n:])
		if n == 0 || len(b) == 0 || b[0] != '=' {
			x.fail("an attribute without a value")
			return false
		}
		b = trimLeft(b[1:])
		if len(b) < 2 || b[0] != '"' && b[0] != '\'' {
			x.fail("a malformed attribute")
			return false
		}
		end := bytes.IndexByte(b[1:], b[0])
		if end < 0 {
			x.fail("a malformed attribute")
			return false
		}
		value := b[1 : 1+end]
		b = b[end+2:]
		if name[0] == 'x' && bytes.HasPrefix(name, []byte("xmlns")) && (n == 5 || name[5] == ':') {
			if !x.declare(name, value) {
				return false
			}
			continue
		}
		x.attrs = append(x.attrs, xmlAttr{name, value})
	}
}

func trimLeft(b []byte) []byte {
	for len(b) > 0 && isSpace(b[0]) {
		b = b[1:]
	}
	return b
}

func (x *tokens) declare(name, value []byte) bool {
	prefix := ""
	if len(name) > 5 {
		prefix = string(name[6:])
	}
	if len(x.spaces) >= xmlBindings || len(prefix) > idLength {
		x.fail("too many namespaces")
		return false
	}
	x.spaces = append(x.spaces, binding{prefix, spaceOf(string(value)), x.depth})
	clear(x.names)
	return true
}

func (x *tokens) endTag() tokenKind {
	i := bytes.IndexByte(x.buf[x.pos:x.end], '>')
	for i < 0 {
		if !x.fill() {
			return x.fail("%w", io.ErrUnexpectedEOF)
		}
		i = bytes.IndexByte(x.buf[x.pos:x.end], '>')
	}
	raw := bytes.TrimRight(x.buf[x.pos+2:x.pos+i], " \t\r\n")
	x.pos += i + 1
	if x.depth == 0 || x.open[x.depth-1].raw != string(raw) {
		return x.fail("end of <%.40s> where it was not open", raw)
	}
	return x.close()
}

func (x *tokens) close() tokenKind {
	x.name = x.open[x.depth-1]
	x.open = x.open[:x.depth-1]
	if n := len(x.spaces); n > 0 && x.spaces[n-1].depth == x.depth {
		for n > 0 && x.spaces[n-1].depth == x.depth {
			n--
		}
		x.spaces = x.spaces[:n]
		clear(x.names)
	}
	x.depth--
	return tokEnd
}

func (x *tokens) resolve(raw []byte) *xmlName {
	if n, ok := x.names[string(raw)]; ok {
		return n
	}
	if len(raw) > idLength || bytes.ContainsAny(raw, "=\"'&/;") || check(raw) != nil {
		x.fail("a tag with no name, or a bad one")
	}
	n := &xmlName{raw: string(raw)}
	prefix, local, ok := strings.Cut(n.raw, ":")
	if !ok {
		prefix, local = "", n.raw
	}
	n.local, n.ns = local, x.space(prefix)
	if len(x.names) >= xmlNames {
		clear(x.names)
	}
	x.names[n.raw] = n
	return n
}

func (x *tokens) space(prefix string) space {
	for i := len(x.spaces) - 1; i >= 0; i-- {
		if x.spaces[i].prefix == prefix {
			return x.spaces[i].ns
		}
	}
	if prefix == "xml" {
		return nsXML
	}
	return nsNone
}

// attr returns the value of an attribute of the start tag just given, and whether it stands there at all.
func (x *tokens) attr(ns space, local string) (string, bool) {
	for _, a := range x.attrs {
		name := a.name
		if i := bytes.IndexByte(name, ':'); i >= 0 {
			if string(name[i+1:]) != local || x.space(string(name[:i])) != ns {
				continue
			}
		} else if ns != nsNone || string(name) != local {
			continue
		}
		var scratch []byte
		v, err := x.plain(a.value, &scratch)
		if err != nil {
			x.fail("%w", err)
			return "", false
		}
		return string(v), true
	}
	return "", false
}
