package web

import (
	"strings"
)

// An ask is one field of a form: what is asked and by which clause, what stands in it, and what is to be said of it. The
// templates «ask» and «checks» show it. With an error it says so above the field, for eyes and for screen readers.
type ask struct {
	ID, Name string
	Label    string
	Kind     string // text when empty; date, email, password, search, file, number; textarea, select
	Value    string
	Options  []option // of a select or of boxes to tick
	Clause   *clauseRef
	Hint     string
	Error    string
	Was      string // what stands in the register now, when it differs from Value
	Said     []note
	Remarks  []remark
	Optional bool // «необязательно» beside the label
	Required bool // the browser itself asks for it; only where nothing else can be done with the form
	Max      int  // runes
	Rows     int
	Size     string // «short» for dates and numbers
	Complete string // autocomplete
	Accept   string // of a file
	List     string // id of a datalist
}

// A clauseRef leads to the clause that asks for a field; Title holds the clause's own words.
type clauseRef struct{ Href, Text, Title string }

// A remark is what the officer wrote at a field when returning a proposal.
type remark struct{ Text, Who string }

// clauseRef refers to a clause of the body's procedure; nil when the procedure says nothing.
func (r *request) clauseRef(f *frame, number string) *clauseRef {
	if number == "" {
		return nil
	}
	ref := &clauseRef{Href: f.To("order") + "#" + anchor(number), Text: clauseText(r.lang, number)}
	if c, ok := r.snap.proc.ClauseByNumber(number); ok && len(c.Paragraphs) > 0 {
		ref.Title = cut(c.Paragraphs[0], 240)
	}
	return ref
}

// cut shortens a text to so many runes, at a word.
func cut(s string, n int) string {
	runes := []rune(s)
	if len(runes) <= n {
		return s
	}
	s = string(runes[:n])
	if i := strings.LastIndexByte(s, ' '); i > 0 {
		s = s[:i]
	}
	return strings.TrimRight(s, " ,;:–-") + "…"
}

// wrongs gathers the errors of a form for its head, in the order of the fields.
func wrongs(asks ...ask) []link {
	var ls []link
	for _, a := range asks {
		if a.Error != "" {
			ls = append(ls, link{"#" + a.ID, a.Label + ": " + a.Error})
		}
	}
	return ls
}
