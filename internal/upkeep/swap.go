package upkeep

import (
	"encoding/json"
	"slices"
	"strings"

	"perechen/internal/intake"
	"perechen/internal/register"
)

// contactTyped reads a contact that somebody typed by itself.
func contactTyped(text string) (intake.Contact, bool) {
	if c, ok := intake.ContactOf("", text); ok {
		return c, true
	}
	return intake.ContactOf("Телефон", text) // ten or eleven figures by themselves could be anything
}

// A swap replaces one contact by another.
type swap struct {
	old, was string // as typed, canonical
	text, is string
}

func (s swap) point(t *register.Touchpoint) bool {
	changed := false
	if v, ok := s.in(t.Label, t.Value); ok {
		t.Value, changed = v, true
	} else if s.was != "" && base(t.Contact) == base(s.was) && t.Value != "" {
		t.Value, changed = s.text, true // written in a way that is not read any more
	}
	if v, ok := s.in("", t.Label); ok {
		t.Label, changed = v, true
	}
	if v, ok := s.in("", t.Place); ok {
		t.Place, changed = v, true
	}
	if changed {
		t.Contact = canonical(*t)
	}
	return changed
}

func (s swap) usage(u *register.Usage) bool {
	changed := false
	replace := func(text *string) {
		if v, ok := s.in("", *text); ok {
			*text, changed = v, true
		}
	}
	replace(&u.Text)
	replace(&u.Feature)
	u.Needs, u.Forms = slices.Clone(u.Needs), slices.Clone(u.Forms)
	for i := range u.Needs {
		replace(&u.Needs[i].Text)
	}
	for i := range u.Forms {
		replace(&u.Forms[i])
	}
	return changed
}

// in replaces the contact in a text wherever it stands, in whatever writing; label is what stands before the text. An
// extension (доб. 105) stays with its number; a number that stood without its code after the one replaced gets the code, since
// it would be read with the new one's.
func (s swap) in(label, text string) (string, bool) {
	if text == "" {
		return text, false
	}
	before := ""
	if label != "" {
		before = strings.TrimRight(label, " :") + ": "
	}
	var b strings.Builder
	from, found, last := 0, false, false
	for _, c := range intake.Contacts(before + text) {
		f, t := c.From-len(before), c.To-len(before)
		if f < from {
			continue
		}
		written := text[f:t]
		meant := s.meant(c, written)
		switch {
		case meant:
			b.WriteString(text[from:f] + s.text + s.extension(c, written))
		case last && codeless(c, written) != "":
			b.WriteString(text[from:f] + "8 (" + codeless(c, written) + ") " + written)
		default:
			last = false
			continue
		}
		from, found, last = t, true, true
	}
	if !found {
		if s.was == "" && words(text, s.old) { // what is no contact by our reading is found as it was typed
			return strings.ReplaceAll(text, s.old, s.text), true
		}
		return text, false
	}
	b.WriteString(text[from:])
	return b.String(), true
}

// codeless gives the code of a Russian telephone that is written without it; empty for all others.
func codeless(c intake.Contact, written string) string {
	number, ext, _ := strings.Cut(c.Canon, ";ext=")
	national, russian := strings.CutPrefix(number, "+7")
	missing := len(national) - (len(digits(written)) - len(ext))
	if !russian || missing <= 0 || missing >= len(national) {
		return ""
	}
	return national[:missing]
}

// extension is what follows the telephone in its writing, when the number was asked for without it.
func (s swap) extension(c intake.Contact, written string) string {
	number, ext, has := strings.Cut(c.Canon, ";ext=")
	if !has || s.was != number || strings.Contains(s.is, ";") {
		return ""
	}
	at := strings.LastIndex(written, ext)
	if at <= 0 {
		return ""
	}
	return written[endOfNumber(written, at):]
}

// meant tells whether a contact in a text is the one to be replaced.
func (s swap) meant(c intake.Contact, written string) bool {
	if s.was == "" || c.Canon == "" {
		return written == s.old
	}
	return c.Canon == s.was || base(c.Canon) == s.was
}

// base is a canonical telephone without its extension.
func base(canon string) string {
	number, _, _ := strings.Cut(canon, ";")
	return number
}

// endOfNumber is where the telephone ends before the word that announces the extension, whose figures stand at ext.
func endOfNumber(written string, ext int) int {
	end := 0
	for i := 0; i < ext; i++ {
		if c := written[i]; c >= '0' && c <= '9' {
			end = i + 1
		}
	}
	return end
}

// words tells whether a text holds a piece that does not go on at either end with a letter or a figure.
func words(text, piece string) bool {
	rest := text
	for {
		i := strings.Index(rest, piece)
		if i < 0 {
			return false
		}
		at := len(text) - len(rest) + i
		if !glued(text[:at], true) && !glued(text[at+len(piece):], false) {
			return true
		}
		rest = rest[i+len(piece):]
	}
}

func glued(s string, end bool) bool {
	if s == "" {
		return false
	}
	c := s[0]
	if end {
		c = s[len(s)-1]
	}
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

// canonical is the canonical contact of a point as its words say it now; empty when they say none.
func canonical(t register.Touchpoint) string {
	if t.Value == "" {
		return ""
	}
	if c, ok := intake.ContactOf(t.Label, t.Value); ok {
		return c.Canon
	}
	return ""
}

// withContacts reads the contact of each point whose words somebody changed, so that a form needs no second field for it. A
// number without its code, which a file gave in the company of a whole one, keeps the contact that was read there.
func withContacts(r *register.Register, c Content) Content {
	c.Changes = slices.Clone(c.Changes)
	for i, x := range c.Changes {
		if x.Kind != register.KindTouchpoint || x.Op == register.Exclude {
			continue
		}
		var t register.Touchpoint
		if json.Unmarshal(x.Encoded(), &t) != nil {
			continue // tidy says so
		}
		old, was := r.Touchpoint(t.Key)
		if was && old.Value == t.Value && old.Label == t.Label && old.Kind == t.Kind {
			continue
		}
		contact := canonical(t)
		if d := digits(t.Value); contact == "" && len(d) >= 5 && strings.HasSuffix(digits(base(t.Contact)), d) {
			continue
		}
		if contact != t.Contact {
			t.Contact = contact
			c.Changes[i].Content, c.Changes[i].Subject = register.Encode(t), nil
		}
	}
	return c
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}
