package register

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"
)

// A Blank is a form of a document that clients fill in (бланк). Its versions are files; the current one stands first.
type Blank struct {
	Key       string      `json:"key"`
	Title     string      `json:"title"`               // «Заявление об увольнении»; a usage that hands out a form of this title hands out this one
	Processes []string    `json:"processes,omitempty"` // keys of those that need it, whatever their usages say
	Versions  []BlankFile `json:"versions"`            // the current one first
	Position  int         `json:"position"`
}

// A BlankFile is one version of a blank, kept as it was brought.
type BlankFile struct {
	Name   string `json:"name"`           // «zayavlenie.docx», cleaned of what no file name should hold
	Format string `json:"format"`         // docx, odt, xlsx, ods, pdf, rtf: by the content
	SHA256 string `json:"sha256"`         // hex, of the bytes
	Size   int64  `json:"size"`           // bytes
	Date   Date   `json:"date,omitempty"` // since when it is used
	Note   string `json:"note,omitempty"` // «в редакции приказа № 9-р»
}

// A Closure is a spell in which a point does not keep its hours: it is closed, or people are received elsewhere.
type Closure struct {
	Key        string `json:"key"`
	Touchpoint string `json:"touchpoint"` // key
	From       Date   `json:"from"`
	FromTime   string `json:"from_time,omitempty"` // «14:00» of the first day; empty: from its beginning
	To         Date   `json:"to,omitempty"`        // the last day; empty: until further notice
	ToTime     string `json:"to_time,omitempty"`   // of the last day; empty: to its end
	Reason     string `json:"reason"`              // «ремонт», «учёба сотрудников»
	Place      string `json:"place,omitempty"`     // where people are received meanwhile
	Value      string `json:"value,omitempty"`     // by which telephone or address meanwhile
}

// Moved tells that the point works in the meantime, in another place or by another contact.
func (c Closure) Moved() bool { return c.Place != "" || c.Value != "" }

// Span is when the closure begins and ends in a location; the end is the first moment after it, and zero when nobody knows it.
// ok is false when the days or times are none.
func (c Closure) Span(loc *time.Location) (from, to time.Time, ok bool) {
	at := func(d Date, clock string, next int) (time.Time, bool) {
		day, ok := d.Time()
		if !ok {
			return time.Time{}, false
		}
		hour, minute := 0, 0
		if clock != "" {
			t, err := time.Parse("15:04", clock)
			if err != nil {
				return time.Time{}, false
			}
			hour, minute, next = t.Hour(), t.Minute(), 0
		}
		return time.Date(day.Year(), day.Month(), day.Day()+next, hour, minute, 0, 0, loc), true
	}
	if from, ok = at(c.From, c.FromTime, 0); !ok {
		return from, to, false
	}
	if c.To == "" {
		return from, to, c.ToTime == ""
	}
	to, ok = at(c.To, c.ToTime, 1)
	return from, to, ok && from.Before(to)
}

// A Phrase is one line of what people say and what the body's register calls it: «зарплата, зп = денежное содержание».
type Phrase struct {
	Key  string `json:"key"`
	Text string `json:"text"`
}

// A Replacement says what stands in the place of a point or process that was excluded, so that old links lead on.
type Replacement struct {
	Key  string `json:"key"` // ReplacementKey
	Kind Kind   `json:"kind"`
	Old  string `json:"old"`
	By   string `json:"by"`
}

// ReplacementKey is the key of the replacement of a subject.
func ReplacementKey(kind Kind, old string) string {
	prefix := "t."
	if kind == KindProcess {
		prefix = "p."
	}
	if len(old) > 110 { // a key is not longer than 120
		sum := sha256.Sum256([]byte(old))
		old = hex.EncodeToString(sum[:])
	}
	return prefix + old
}

// Heir is what is said to stand in the place of a subject, in the register or not; empty where nothing is said.
func (r *Register) Heir(kind Kind, old string) string {
	for _, x := range r.Replacements {
		if x.Kind == kind && x.Old == old {
			return x.By
		}
	}
	return ""
}

// ReplacedBy follows the replacements of a subject to the one that is in the register now; ok is false when there is none.
func (r *Register) ReplacedBy(kind Kind, old string) (key string, ok bool) {
	chain, ok := r.Succession(kind, old)
	if !ok {
		return "", false
	}
	return chain[len(chain)-1], true
}

// Succession lists what stood in the place of an excluded subject one after another, the subject itself first. The last is in
// the register when ok; else it is where the replacements end, or a subject that stands in the list already: they lead in a circle.
func (r *Register) Succession(kind Kind, old string) (chain []string, ok bool) {
	by := map[string]string{}
	for _, x := range r.Replacements {
		if x.Kind == kind {
			by[x.Old] = x.By
		}
	}
	chain = []string{old}
	for key := old; ; {
		next, found := by[key]
		if !found {
			return chain, false
		}
		seen := slices.Contains(chain, next)
		key, chain = next, append(chain, next)
		switch {
		case seen:
			return chain, false
		case r.Holds(kind, key):
			return chain, true
		}
	}
}

// Holds tells whether a point or process with that key is in the register.
func (r *Register) Holds(kind Kind, key string) bool {
	ok := false
	switch kind {
	case KindProcess:
		_, ok = r.Process(key)
	case KindTouchpoint:
		_, ok = r.Touchpoint(key)
	}
	return ok
}

// BlankTitle is a title in the form in which a usage and a blank are held to be about the same document.
func BlankTitle(title string) string {
	return strings.ToLower(strings.NewReplacer("ё", "е", "Ё", "е").Replace(strings.Trim(strings.Join(strings.Fields(title), " "), " .,;«»\"")))
}
