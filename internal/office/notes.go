package office

import "slices"

// A Note tells of something in a file that a person who looks at it may not see, and that was read one way or another.
type Note struct {
	Kind  NoteKind
	Count int    // of places
	Place string // the first of them, in Russian
	Text  string // its words, or the sheet's name; may be empty
}

// NoteKind is what a Note tells of.
type NoteKind string

// The kinds of notes.
const (
	Tracked    NoteKind = "tracked"     // changes that nobody accepted yet, read as if accepted
	HiddenText NoteKind = "hidden text" // not read
	HiddenRows NoteKind = "hidden rows" // read as the others
	NoValue    NoteKind = "no value"    // a formula whose value the file does not keep, read as nothing
)

// note counts one more place of a kind; the first is kept.
func (j *job) note(kind NoteKind, place func() string, text string) {
	i := slices.IndexFunc(j.notes, func(n Note) bool { return n.Kind == kind })
	if i >= 0 {
		j.notes[i].Count++
		return
	}
	const most = 200
	if r := []rune(text[:min(len(text), 4*most)]); len(r) > most {
		text = string(r[:most]) + "…"
	}
	j.notes = append(j.notes, Note{Kind: kind, Count: 1, Place: place(), Text: text})
}

// A Link is an address behind words of a cell.
type Link struct {
	Row, Col     int // of the table, from 0
	Text, Target string
}

// linksOfTable bounds the links that a table keeps.
const linksOfTable = 50_000

// link keeps the links of a cell that has just been put.
func (t *Table) link(j *job, row, col int, links []Link) error {
	for _, l := range links {
		if len(t.Links) >= linksOfTable {
			return nil
		}
		l.Row, l.Col = row, col
		t.Links = append(t.Links, l)
		if err := j.hold(96 + len(l.Text) + len(l.Target)); err != nil {
			return err
		}
	}
	return nil
}
