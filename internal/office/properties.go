package office

import (
	"strings"
	"time"
)

// What is kept of a document's own properties; the rest is passed over.
const (
	propertyLength = 64 << 10
	propertyCount  = 256
)

// property keeps a custom property; one without a name or beyond the count is passed over.
func (d *Doc) property(name, value string) {
	if name = strings.TrimSpace(name); name == "" || len(name) > 255 || len(d.Properties) >= propertyCount {
		return
	}
	if d.Properties == nil {
		d.Properties = map[string]string{}
	}
	d.Properties[name] = strings.TrimSpace(value)
}

// stamp reads the time in a file's properties; zero when it is absent or malformed.
func stamp(s string) time.Time {
	s = strings.TrimSpace(s)
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999", time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}
