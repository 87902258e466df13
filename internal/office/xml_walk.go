package office

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// A space is an XML namespace that the readers know. The Strict and the Transitional names of OOXML are one.
type space uint8

const (
	nsNone  space = iota
	nsOther       // declared and of no interest
	nsXML
	nsW   // WordprocessingML
	nsS   // SpreadsheetML
	nsR   // relationships of OOXML, in documents
	nsRel // relationships, in .rels
	nsTypes
	nsMC
	nsCustom
	nsVT
	nsDC
	nsTerms
	nsOffice
	nsText
	nsTable
	nsStyle
	nsFO
	nsDraw
	nsMeta
	nsXLink
	nsManifest
	nsLO // LibreOffice's own attributes (loext)
)

var spaces = map[string]space{
	"http://schemas.openxmlformats.org/wordprocessingml/2006/main":            nsW,
	"http://purl.oclc.org/ooxml/wordprocessingml/main":                        nsW,
	"http://schemas.openxmlformats.org/spreadsheetml/2006/main":               nsS,
	"http://purl.oclc.org/ooxml/spreadsheetml/main":                           nsS,
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships":     nsR,
	"http://purl.oclc.org/ooxml/officeDocument/relationships":                 nsR,
	"http://schemas.openxmlformats.org/package/2006/relationships":            nsRel,
	"http://schemas.openxmlformats.org/package/2006/content-types":            nsTypes,
	"http://schemas.openxmlformats.org/markup-compatibility/2006":             nsMC,
	"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties": nsCustom,
	"http://purl.oclc.org/ooxml/officeDocument/customProperties":              nsCustom,
	"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes":    nsVT,
	"http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes":                nsVT,
	"http://purl.org/dc/elements/1.1/":                                        nsDC,
	"http://purl.org/dc/terms/":                                               nsTerms,
	"urn:oasis:names:tc:opendocument:xmlns:office:1.0":                        nsOffice,
	"urn:oasis:names:tc:opendocument:xmlns:text:1.0":                          nsText,
	"urn:oasis:names:tc:opendocument:xmlns:table:1.0":                         nsTable,
	"urn:oasis:names:tc:opendocument:xmlns:style:1.0":                         nsStyle,
	"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0":             nsFO,
	"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0":                       nsDraw,
	"urn:oasis:names:tc:opendocument:xmlns:meta:1.0":                          nsMeta,
	"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0":                      nsManifest,
	"urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0":    nsLO,
	"http://www.w3.org/1999/xlink":                                            nsXLink,
	"http://www.w3.org/XML/1998/namespace":                                    nsXML,
}

func spaceOf(uri string) space {
	if uri == "" {
		return nsNone
	}
	if ns, ok := spaces[uri]; ok {
		return ns
	}
	return nsOther
}

// is reports whether the token's element has this name.
func (x *tokens) is(ns space, local string) bool { return x.name.ns == ns && x.name.local == local }

// more moves to the next child of the element at depth (the value of x.depth just after its start tag) and reports
// whether there is one. What is left unread of the previous child is passed over. It returns false after the element's
// end tag, or on an error.
func (x *tokens) more(depth int) bool {
	for {
		switch x.next() {
		case tokStart:
			if x.depth == depth+1 {
				return true
			}
		case tokEnd:
			if x.depth < depth {
				return false
			}
		case tokEOF:
			return false
		}
	}
}

// rest passes over what is left of the element at depth.
func (x *tokens) rest(depth int) {
	for x.more(depth) {
	}
}

// inner returns the characters of the element just started and of everything inside it. It stops at limit bytes.
func (x *tokens) inner(limit int) string {
	depth := x.depth
	var b strings.Builder
	for {
		switch x.next() {
		case tokText:
			if n := limit - b.Len(); n <= len(x.text) {
				b.WriteString(cut(string(x.text), n))
				return b.String()
			}
			b.Write(x.text)
		case tokEnd:
			if x.depth < depth {
				return b.String()
			}
		case tokEOF:
			return b.String()
		}
	}
}

// idLength is the greatest length of a name that readers keep: of elements, styles, lists, parts, sheets.
const idLength = 255

// id returns an attribute that names something; "" when it is absent or longer than idLength.
func (x *tokens) id(ns space, local string) string {
	v, _ := x.attr(ns, local)
	if len(v) > idLength {
		return ""
	}
	return v
}

// number returns the value of a whole-number attribute, or or when it is absent, malformed or beyond 32 bits.
func (x *tokens) number(ns space, local string, or int) int {
	v, ok := x.attr(ns, local)
	if !ok {
		return or
	}
	n, err := strconv.ParseInt(strings.TrimSpace(v), 10, 32)
	if err != nil {
		return or
	}
	return int(n)
}

// on reports the value of an OOXML switch of the element just started: <w:b/> and <w:b w:val="true"/> are on.
func (x *tokens) on(ns space) bool {
	v, ok := x.attr(ns, "val")
	return !ok || v != "0" && v != "false" && v != "off" && v != "none"
}

// cut returns the first n bytes of s at most, without tearing a letter.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
