package office

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// walk writes the tokens of a document as lines; text that comes in pieces is joined.
func walk(r io.Reader) (string, error) {
	x := newTokens(r, 256)
	var b strings.Builder
	var text []byte
	flush := func() {
		if len(text) > 0 {
			fmt.Fprintf(&b, "%q\n", text)
			text = nil
		}
	}
	for {
		switch x.next() {
		case tokStart:
			flush()
			b.WriteString("<" + x.name.raw)
			for _, a := range x.attrs {
				_, local, ok := strings.Cut(string(a.name), ":")
				ns := nsNone
				if ok {
					ns = x.space(strings.TrimSuffix(string(a.name), ":"+local))
				} else {
					local = string(a.name)
				}
				v, _ := x.attr(ns, local)
				fmt.Fprintf(&b, " %s=%q", a.name, v)
			}
			b.WriteString("\n")
		case tokEnd:
			flush()
			b.WriteString(">" + x.name.raw + "\n")
		case tokText:
			text = append(text, x.text...)
		case tokEOF:
			flush()
			return b.String(), x.err
		}
	}
}

// errTwice says that an element names an attribute twice, or under two prefixes nobody bound: not well-formed, let through by
// encoding/xml, and ours goes by the first of the two.
var errTwice = errors.New("an attribute twice")

// walkStandard does the same with encoding/xml; declared namespaces are left out, as ours are.
func walkStandard(s string) (string, error) {
	d := xml.NewDecoder(strings.NewReader(s))
	var b strings.Builder
	var text []byte
	depth := 0
	for {
		t, err := d.RawToken()
		switch t.(type) {
		case xml.StartElement, xml.EndElement, nil: // comments and instructions do not break a text
			if len(text) > 0 {
				fmt.Fprintf(&b, "%q\n", text)
				text = nil
			}
		}
		if err == io.EOF {
			return b.String(), nil
		}
		if err != nil {
			return b.String(), err
		}
		name := func(n xml.Name) string {
			if n.Space != "" {
				return n.Space + ":" + n.Local
			}
			return n.Local
		}
		switch t := t.(type) {
		case xml.StartElement:
			depth++
			b.WriteString("<" + name(t.Name))
			seen := map[string]bool{}
			for _, a := range t.Attr {
				local := a.Name.Local[strings.LastIndexByte(a.Name.Local, ':')+1:]
				if seen[local] {
					return "", errTwice
				}
				seen[local] = true
				if a.Name.Space != "xmlns" && a.Name.Local != "xmlns" {
					fmt.Fprintf(&b, " %s=%q", name(a.Name), a.Value)
				}
			}
			b.WriteString("\n")
		case xml.EndElement:
			depth--
			b.WriteString(">" + name(t.Name) + "\n")
		case xml.CharData:
			if depth > 0 {
				text = append(text, t...)
			}
		case xml.Directive:
			return "", errDTD
		}
	}
}

const sampleXML = `<?xml version="1.0" encoding="UTF-8"?>
<!-- before --><w:a xmlns:w="urn:w" xmlns='urn:d' x = "1 &lt; 2" w:y='"&#x41;&#1103;"'><b/><c
 z="">текст &amp; &quot;&apos;&gt; конец]]<![CDATA[<b>&amp;]] >]]></c ><!-- - -> --><?p i?><d>` + "\r\n a\rb" + `</d></w:a>
`

func TestTokensAsEncodingXML(t *testing.T) {
	long := `<a>` + strings.Repeat("слово &amp; ", 20_000) + `<b c="` + strings.Repeat("я", 100_000) + `"/>` + `<![CDATA[` + strings.Repeat("]]ю", 60_000) + `]]></a>`
	for _, s := range []string{sampleXML, long, "<a/>", "\uFEFF<a>б</a>"} {
		want, err := walkStandard(strings.TrimPrefix(s, "\uFEFF"))
		if err != nil {
			t.Fatal(err)
		}
		for name, r := range map[string]io.Reader{"whole": strings.NewReader(s), "bytes": iotest.OneByteReader(strings.NewReader(s)), "half": iotest.HalfReader(strings.NewReader(s))} {
			if got, err := walk(r); err != nil || got != want {
				t.Errorf("%.40q, %s: %v, got %.300s\nwant %.300s", s, name, err, got, want)
			}
		}
	}
}

func TestTokensRefuse(t *testing.T) {
	for s, want := range map[string]string{
		"":                            "unexpected EOF",
		"слова":                       "outside of the root",
		"<a>":                         "unexpected EOF",
		"<a></b>":                     "not open",
		"<a></a><b/>":                 "second root",
		"<a/>слова":                   "outside of the root",
		"<a>&nbsp;</a>":               "unknown entity",
		"<a>& b</a>":                  "&",
		"<a>&#0;</a>":                 "unknown entity",
		"<a>&#xD800;</a>":             "unknown entity",
		"<a b>":                       "without a value",
		"<a b=c>":                     "malformed",
		"<a b='c' <d>":                "< inside a tag",
		"<a b='c'd='":                 "unexpected EOF",
		"< a/>":                       "without a name",
		"<a>\x01</a>":                 "control character",
		"<a>\xFF</a>":                 "not UTF-8",
		"<a><![CDATA[x</a>":           "unexpected EOF",
		"<a><!-- x</a>":               "unexpected EOF",
		"<!DOCTYPE a><a/>":            "document type",
		"<a><!ENTITY b 'c'></a>":      "document type",
		strings.Repeat("<a>", 300):    "too deep",
		"<a b='" + noise(3<<20) + "'": "too long",
	} {
		if _, err := walk(strings.NewReader(s)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: %v, want %q", s, err, want)
		}
	}
	x := newTokens(strings.NewReader("<a><b c=d/></a>"), 256)
	for range 5 {
		x.next()
	}
	if x.err == nil || x.next() != tokEOF {
		t.Error("there are tokens after an error")
	}
	if _, err := walk(iotest.ErrReader(io.ErrClosedPipe)); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("an error of the reader: %v", err)
	}
}

func TestTokensInOtherEncodings(t *testing.T) {
	want := "<a\n\"Комитет\"\n>a\n"
	for name, s := range map[string]string{
		"UTF-16LE":     "\xFF\xFE<\x00a\x00>\x00\x1A\x04>\x04<\x04\x38\x04\x42\x04\x35\x04\x42\x04<\x00/\x00a\x00>\x00",
		"UTF-16BE":     "\xFE\xFF\x00<\x00a\x00>\x04\x1A\x04>\x04<\x04\x38\x04\x42\x04\x35\x04\x42\x00<\x00/\x00a\x00>",
		"windows-1251": "<?xml version='1.0' encoding='Windows-1251'?><a>\xCA\xEE\xEC\xE8\xF2\xE5\xF2</a>",
	} {
		if got, err := walk(strings.NewReader(s)); err != nil || got != want {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

// FuzzTokens holds our reader of XML against that of the standard library: what ours accepts, the other must read alike,
// unless it refuses it for a reason of its own; and where ours refuses, it must not be something that is plain XML.
func FuzzTokens(f *testing.F) {
	for _, s := range []string{sampleXML, "<a>&#65;<b c='d'/>&lt;</a>", "<a><![CDATA[x]]>y]]&gt;</a>", "<a xmlns:b='c'><b:d b:e='f'/></a>", "<!DOCTYPE a><a/>"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := walk(bytes.NewReader(b))
		halves, err2 := walk(iotest.OneByteReader(bytes.NewReader(b)))
		if (err == nil) != (err2 == nil) || err == nil && got != halves {
			t.Fatalf("by bytes: %v, %q\nwhole: %v, %q", err2, halves, err, got)
		}
		if err != nil || xmlDecoder(b) != nil || bytes.Contains(b, []byte("xmlns")) {
			return
		}
		want, err := walkStandard(string(bytes.TrimPrefix(b, []byte("\uFEFF"))))
		if err == nil && got != want {
			t.Errorf("got %q\nwant %q", got, want)
		}
	})
}
