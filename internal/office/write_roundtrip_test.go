package office

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// shape is what must come back of a table: heading, spans and words.
func shape(t *Table) []string {
	out := []string{fmt.Sprintf("head %d", t.Head)}
	for _, r := range t.Rows {
		var cells []string
		for _, c := range r.Cells {
			if c.Covered {
				cells = append(cells, "^")
				continue
			}
			cells = append(cells, fmt.Sprintf("%dx%d %s", max(c.RowSpan, 1), max(c.ColSpan, 1), strings.Join(strings.Fields(unseen.Replace(cleanText(c.String()))), " ")))
		}
		out = append(out, strings.Join(cells, " | "))
	}
	return out
}

// tables are the shapes of the tables of a document; a code is a table of two cells when it is read back.
func tables(d *Doc) (out [][]string) {
	for _, s := range d.Sections {
		for _, b := range s.Blocks {
			switch b := b.(type) {
			case *Table:
				out = append(out, shape(b))
			case *Code:
				var words []string
				for i := range b.Beside {
					words = append(words, b.Beside[i].Text())
				}
				out = append(out, shape(&Table{Rows: []Row{{Cells: []Cell{{}, {Text: strings.Join(words, "\n")}}}}}))
			}
		}
	}
	return out
}

func TestWriteAndReadBack(t *testing.T) {
	for name, d := range map[string]*Doc{"report": report(), "mixed": mixed()} {
		d.Seal = func(digest [32]byte) (string, error) { return fmt.Sprintf("%x", digest), nil }
		want := tables(d)
		for _, format := range []string{"docx", "odt", "xlsx"} {
			data := written(t, format, d)
			got, err := Read(context.Background(), name+"."+format, bytes.NewReader(data), int64(len(data)), Limits{})
			if err != nil {
				t.Errorf("%s.%s: %v", name, format, err)
				continue
			}
			if TextDigest(got) != TextDigest(d) {
				t.Errorf("%s.%s: the words differ (-written +read):\n%s", name, format, cmp.Diff(allWords(d), allWords(got)))
			}
			if got.Title != d.Title || !got.Created.Equal(d.Created) {
				t.Errorf("%s.%s: properties %q, %v", name, format, got.Title, got.Created)
			}
			for k, v := range d.Properties {
				if got.Properties[k] != v {
					t.Errorf("%s.%s: property %s = %q, want %q", name, format, k, got.Properties[k], v)
				}
			}
			if got.Properties[SealProperty] != fmt.Sprintf("%x", TextDigest(got)) {
				t.Errorf("%s.%s: the seal %q does not hold", name, format, got.Properties[SealProperty])
			}
			if format == "xlsx" { // a sheet is one table
				continue
			}
			if diff := cmp.Diff(want, tables(got)); diff != "" {
				t.Errorf("%s.%s: tables (-written +read):\n%s", name, format, diff)
			}
		}
	}
}

// TestSheetReadBack: the rows of a table lie in the sheet as they lay in the document.
func TestSheetReadBack(t *testing.T) {
	d := report()
	data := written(t, "xlsx", d)
	got, err := Read(context.Background(), "report.xlsx", bytes.NewReader(data), int64(len(data)), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	want := shape(d.Sections[0].Blocks[2].(*Table))[1:]
	sheet := tables(got)
	if len(sheet) != 1 {
		t.Fatalf("%d tables in the sheet", len(sheet))
	}
	all := strings.Join(sheet[0], "\n")
	if !strings.Contains(all, strings.Join(want, "\n")) {
		t.Errorf("the rows\n%s\nare not among\n%s", strings.Join(want, "\n"), all)
	}
}

// allWords are what TextDigest takes.
func allWords(d *Doc) []string {
	var out []string
	add := func(s string) { out = append(out, strings.Fields(unseen.Replace(cleanText(s)))...) }
	for _, s := range d.Sections {
		for _, b := range s.Blocks {
			switch b := b.(type) {
			case *Para:
				add(b.Text())
			case *Table:
				add(b.Caption)
				for _, r := range b.Rows {
					for _, c := range r.Cells {
						add(c.String())
					}
				}
			case *Code:
				for i := range b.Beside {
					add(b.Beside[i].Text())
				}
			}
		}
	}
	return out
}
