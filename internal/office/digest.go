package office

import (
	"crypto/sha256"
	"strings"
)

// TextDigest is the SHA-256 of the words of a document (see Words), each but the first after one space. Appearance, white space, marks that nobody
// sees (soft hyphens, zero-width spaces) and what no file can hold (control characters) do not count, so that a document has the same digest
// before it is written and after it is read back.
func TextDigest(d *Doc) [32]byte {
	h := sha256.New()
	first := true
	Words(d, func(w string) {
		if !first {
			h.Write([]byte{' '})
		}
		first = false
		h.Write([]byte(w))
	})
	return [32]byte(h.Sum(nil))
}

// Words calls visit with the words of a document in the order of reading: those of paragraphs, of captions of tables, of
// cells row by row, and of what stands beside a code.
func Words(d *Doc, visit func(word string)) {
	words := func(s string) {
		for w := range strings.FieldsSeq(unseen.Replace(cleanText(s))) {
			visit(w)
		}
	}
	for _, s := range d.Sections {
		for _, b := range s.Blocks {
			switch b := b.(type) {
			case *Para:
				words(b.Text())
			case *Table:
				words(b.Caption)
				if b.continued() { // what a writer splits is joined by a reader: it counts as joined on both sides
					b = b.copyRows()
					joinGroups(b)
				}
				for _, r := range b.Rows {
					for _, c := range r.Cells {
						words(c.String())
					}
				}
			case *Code:
				for i := range b.Beside {
					words(b.Beside[i].Text())
				}
			}
		}
	}
}

// unseen takes out the marks that nobody sees.
var unseen = strings.NewReplacer("\u00ad", "", "\u200b", "", "\ufeff", "")
