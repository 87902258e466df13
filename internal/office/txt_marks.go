package office

import (
	"regexp"
	"strings"
)

// textMarks takes off the marks by which a text says bold and italic: ** around words, also over several lines, and the
// tags <b>, <i>, <u>, <em>, <strong>.
type textMarks struct{}

var markTags = regexp.MustCompile(`(?i)</?(?:b|i|u|em|strong)>|<br\s*/?>`)

func (m *textMarks) strip(s string) string {
	if strings.Contains(s, "**") {
		s = strings.ReplaceAll(s, "**", "")
	}
	if strings.Contains(s, "<") {
		s = markTags.ReplaceAllStringFunc(s, func(tag string) string {
			if tag[1] == 'b' && len(tag) > 3 && tag[2] == 'r' || tag[1] == 'B' && len(tag) > 3 {
				return " "
			}
			return ""
		})
	}
	return strings.ReplaceAll(visible(s), "\f", "")
}
