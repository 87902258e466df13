package office

import (
	"context"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// marginLength bounds what Margin gives.
const marginLength = 4096

// Margin gives the words that a document shows beside its text: of headers, footers, footnotes and endnotes. Read leaves
// them out, and so does TextDigest; a document of ours has none but the number of the page. PDF, CSV and plain text have
// no such words. At most marginLength bytes.
func Margin(ctx context.Context, name string, r io.ReaderAt, size int64, lim Limits) (string, error) {
	j := newJob(ctx, filepath.Base(name), lim)
	if kind, err := j.sniff(r, size); err != nil || kind != kindZip {
		return "", err
	}
	a, err := openArchive(j, r, size)
	if err != nil {
		return "", err
	}
	m := &margin{a: a}
	if a.has("content.xml") {
		for _, part := range []string{"styles.xml", "content.xml"} {
			if err := m.read(part, marginODF, nil); err != nil {
				return "", err
			}
		}
		return m.b.String(), nil
	}
	rels, err := a.relations("")
	if err != nil {
		return "", err
	}
	main := a.related(rels, "officeDocument")
	if main == "" {
		return "", nil
	}
	if rels, err = a.relations(main); err != nil {
		return "", err
	}
	var parts []string
	for _, rel := range rels {
		if slices.Contains([]string{"header", "footer", "footnotes", "endnotes", "worksheet"}, rel.kind) && !rel.external && a.has(rel.target) {
			parts = append(parts, rel.target)
		}
	}
	slices.Sort(parts)
	for _, part := range slices.Compact(parts) {
		if err := m.read(part, marginOOXML, sheetCodes); err != nil {
			return "", err
		}
	}
	return m.b.String(), nil
}

func marginODF(x *tokens) bool {
	switch x.name.ns {
	case nsStyle:
		switch x.name.local {
		case "header", "header-left", "header-first", "footer", "footer-left", "footer-first":
			return true
		}
	case nsText:
		return x.name.local == "note-body"
	}
	return false
}

func marginOOXML(x *tokens) bool {
	return x.is(nsW, "t") || x.is(nsS, "headerFooter")
}

// sheetCodes are the codes in the header of a sheet: «&P», «&12», «&"Times New Roman,Regular"».
var sheetCodes = regexp.MustCompile(`&("[^"]*"|\d+|K[0-9A-Fa-f]{6}|.)`)

// margin collects the words of parts.
type margin struct {
	a *archive
	b strings.Builder
}

// read adds the text inside the elements that begin tells, without what codes matches.
func (m *margin) read(part string, begin func(x *tokens) bool, codes *regexp.Regexp) error {
	if !m.a.has(part) {
		return nil
	}
	return m.a.xml(part, func(x *tokens) error {
		in := 0 // depth of the element that is being collected
		for {
			switch x.next() {
			case tokStart:
				if in == 0 && begin(x) {
					in = x.depth
				}
			case tokText:
				if in == 0 || m.b.Len() > marginLength {
					continue
				}
				text := string(x.text[:min(len(x.text), marginLength)])
				if codes != nil {
					text = codes.ReplaceAllString(text, " ")
				}
				if text = strings.TrimSpace(text); text != "" {
					m.b.WriteString(text + " ")
				}
			case tokEnd:
				if x.depth < in {
					in = 0
				}
			case tokEOF:
				return x.err
			}
		}
	})
}
