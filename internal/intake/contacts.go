package intake

import "strings"

// A Contact is a telephone, a mailbox, an address or a page that stands in a text at the bytes From…To.
type Contact struct {
	Kind     string // phone, email, site, social
	From, To int
	Canon    string // as register.Touchpoint.Contact has it; empty when it is damaged or incomplete
}

// Contacts finds the contacts of a text from left to right. They do not overlap.
func Contacts(text string) []Contact {
	var out []Contact
	for _, c := range contactsOf(text) {
		out = append(out, Contact{c.kind, c.from, c.to, c.canon})
	}
	return out
}

// ContactOf reads what a person typed as the contact of a point; label is the point's name, whose words help to tell a
// telephone from another number. ok is false when there is no contact in it.
func ContactOf(label, value string) (c Contact, ok bool) {
	value = strings.TrimSpace(value)
	before := strings.TrimRight(label, " :") + ": "
	for _, c := range contactsOf(before + value) {
		if c.from >= len(before) {
			return Contact{c.kind, c.from - len(before), c.to - len(before), c.canon}, true
		}
	}
	return Contact{}, false
}
