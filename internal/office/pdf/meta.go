package pdf

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"
)

// textMax is the longest text of the information dictionary in UTF-16 units: strings of PDF/A-1 end at 65535 bytes, and
// written in hexadecimal they should also stay readable.
const textMax = 16000

// clean makes text fit for both the information dictionary and XMP, which must agree.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case r < ' ' || r == 0x7f || r == 0xFFFE || r == 0xFFFF:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "�"))
	s = strings.TrimSpace(s)
	if utf8.RuneCountInString(s) > textMax/2 {
		s = string([]rune(s)[:textMax/2])
	}
	return s
}

// textString writes a string in UTF-16.
func textString(s string) []byte {
	s = clean(s)
	b := append(make([]byte, 0, 4*len(s)+8), "<FEFF"...)
	for _, u := range utf16.Encode([]rune(s)) {
		b = fmt.Appendf(b, "%04X", u)
	}
	return append(b, '>')
}

// name writes a name, all but letters, digits, hyphen and dot by their codes. Names of PDF/A-1 end at 127 bytes.
func name(s string) []byte {
	b := []byte{'/'}
	n := 0
	for _, c := range []byte(s) {
		if n++; n > 127 {
			break
		}
		if c == '-' || c == '.' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' {
			b = append(b, c)
		} else if c != 0 {
			b = fmt.Appendf(b, "#%02X", c)
		}
	}
	return b
}

// info appends the entries of the information dictionary.
func (m *Meta) info(b []byte) []byte {
	put := func(key, s string) {
		if s = clean(s); s != "" {
			b = append(append(b, name(key)...), textString(s)...)
		}
	}
	put("Title", m.Title)
	put("Author", m.Author)
	put("Producer", m.Producer)
	if !m.Created.IsZero() {
		d := m.Created.UTC().Format("20060102150405")
		b = fmt.Appendf(b, "/CreationDate(D:%s+00'00')/ModDate(D:%s+00'00')", d, d)
	}
	seen := map[string]bool{"/" + m.SealKey: m.Seal != nil}
	for _, k := range []string{"Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate", "ModDate", "Trapped"} {
		seen["/"+k] = true
	}
	for _, p := range m.Properties {
		if k := string(name(p.Name)); k != "/" && !seen[k] {
			seen[k] = true
			put(p.Name, p.Value)
		}
	}
	return b
}

// xmp is the same in XMP, and the claim of conformance.
func (m *Meta) xmp() []byte {
	esc := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")
	var b strings.Builder
	b.WriteString("<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n" +
		"<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n" +
		"<rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n" +
		"<pdfaid:part>1</pdfaid:part>\n<pdfaid:conformance>A</pdfaid:conformance>\n")
	put := func(before, s, after string) {
		if s = clean(s); s != "" {
			b.WriteString(before + esc.Replace(s) + after + "\n")
		}
	}
	put(`<dc:title><rdf:Alt><rdf:li xml:lang="x-default">`, m.Title, `</rdf:li></rdf:Alt></dc:title>`)
	put(`<dc:creator><rdf:Seq><rdf:li>`, m.Author, `</rdf:li></rdf:Seq></dc:creator>`)
	put(`<dc:language><rdf:Bag><rdf:li>`, m.Lang, `</rdf:li></rdf:Bag></dc:language>`)
	put(`<pdf:Producer>`, m.Producer, `</pdf:Producer>`)
	if !m.Created.IsZero() {
		d := m.Created.UTC().Format(time.RFC3339)
		put(`<xmp:CreateDate>`, d, `</xmp:CreateDate>`)
		put(`<xmp:ModifyDate>`, d, `</xmp:ModifyDate>`)
	}
	b.WriteString("</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>")
	return []byte(b.String())
}
