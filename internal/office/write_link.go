package office

import (
	"net/url"
	"strings"
)

// safeLink returns the address as a document may carry it, or "" for one that is written as plain text: a document
// opens only the web, mail and telephones, and Word calls a file damaged when an address in it is not well formed.
func safeLink(link string) string {
	u, err := url.Parse(strings.TrimSpace(cleanText(link)))
	if err != nil {
		return ""
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		if u.Host == "" {
			return ""
		}
	case "mailto", "tel":
		if u.Opaque == "" {
			return ""
		}
	default:
		return ""
	}
	s := u.String()
	if strings.ContainsAny(s, " \t\n\"<>\\^`{|}") {
		return ""
	}
	return s
}
