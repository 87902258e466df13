package office

import (
	"fmt"
	"math"
	"strings"

	"github.com/xuri/excelize/v2"
)

// freezeHeight is the greatest height of what stands above a heading that is frozen, points: more would leave no room on a small screen.
const freezeHeight = 320

// An xlsxSheet is a sheet being written, from the top down. In a dry run nothing is written, rows and heights are counted.
type xlsxSheet struct {
	*xlsxBook
	name   string
	sw     *excelize.StreamWriter
	dry    bool
	widths []float64 // of the columns, mm
	row    int       // next row, from 1
	height float64   // of the rows so far, points
}

func (b *xlsxBook) sheet(name string, sec *Section, first bool) error {
	s := &xlsxSheet{xlsxBook: b, name: name, row: 1}
	width, _ := b.l.area(sec)
	var main *Table // the one table with a heading, when there is one
	heads := 0
	s.widths = []float64{width}
	for _, block := range sec.Blocks {
		t, ok := block.(*Table)
		if !ok || t.columns() == 0 {
			continue
		}
		if t.columns() > len(s.widths) {
			s.widths = b.rule.fitColumns(t, b.l.TableSize, width)
		}
		if t.Head > 0 && len(t.Rows) > t.Head {
			heads++
			main = t
		}
	}
	if heads != 1 {
		main = nil
	}
	if err := s.page(sec, first); err != nil {
		return err
	}
	sw, err := b.f.NewStreamWriter(name)
	if err != nil {
		return err
	}
	s.sw = sw
	for i, w := range s.widths {
		if err := sw.SetColWidth(i+1, i+1, columnChars(w)); err != nil {
			return err
		}
	}
	if main != nil {
		if err := s.heading(sec, main); err != nil {
			return err
		}
	}
	if err := s.blocks(sec, nil); err != nil {
		return err
	}
	return sw.Flush()
}

// columnChars is a width in the unit of a workbook: digits of its default font (11 points: 7 pixels) and 5 pixels beside.
func columnChars(mm float64) float64 {
	return math.Round(max(mm/25.4*96-5, 7)/7*100) / 100
}

// heading freezes the heading of the sheet's table, has it printed on each page, and lets a table without groups be filtered.
func (s *xlsxSheet) heading(sec *Section, main *Table) error {
	dry := *s
	dry.dry = true
	if err := dry.blocks(sec, main); err != nil {
		return err
	}
	first, last := dry.row, dry.row+main.Head-1
	head := *main
	head.Rows = main.Rows[:main.Head]
	if dry.height+sum(s.heights(&head)) <= freezeHeight {
		cell := fmt.Sprintf("A%d", last+1)
		if err := s.sw.SetPanes(&excelize.Panes{Freeze: true, YSplit: last, TopLeftCell: cell, ActivePane: "bottomLeft"}); err != nil {
			return err
		}
	}
	if err := s.f.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$%d:$%d", strings.ReplaceAll(s.name, "'", "''"), first, last), Scope: s.name,
	}); err != nil {
		return err
	}
	for _, r := range main.Rows[main.Head:] {
		for _, c := range r.Cells {
			if c.Covered || c.RowSpan > 1 || c.ColSpan > 1 {
				return nil
			}
		}
	}
	end, err := excelize.CoordinatesToCellName(main.columns(), dry.row+len(main.Rows)-1)
	if err != nil {
		return err
	}
	return s.f.AutoFilter(s.name, fmt.Sprintf("A%d:%s", last, end), nil)
}

// page sets the sheet up for paper: A4, the margins of the layout, one page wide, its number at the top, but not on the first page of all.
func (s *xlsxSheet) page(sec *Section, first bool) error {
	l := s.l
	paper, wide, high := 9, 1, 0
	orient := "portrait"
	if sec.Landscape {
		orient = "landscape"
	}
	if err := s.f.SetPageLayout(s.name, &excelize.PageLayoutOptions{Size: &paper, Orientation: &orient, FitToWidth: &wide, FitToHeight: &high}); err != nil {
		return err
	}
	fit := true
	if err := s.f.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	inch := func(mm float64) *float64 { v := mm / 25.4; return &v }
	if err := s.f.SetPageMargins(s.name, &excelize.PageLayoutMarginsOptions{
		Left: inch(l.Left), Right: inch(l.Right), Top: inch(l.Top), Bottom: inch(l.Bottom), Header: inch(numberEdge(l)), Footer: inch(l.Bottom / 2),
	}); err != nil {
		return err
	}
	// «&» is doubled; what Excel does not hold (255 units) is cut, the whole note stands in the other formats.
	footer := ""
	if note := strings.Join(strings.Fields(cleanText(l.FooterNote)), " "); note != "" {
		footer = cutUTF16("&L&8 "+strings.ReplaceAll(note, "&", "&&"), 255)
		if n := len(footer) - len(strings.TrimRight(footer, "&")); n%2 == 1 {
			footer = footer[:len(footer)-1]
		}
	}
	return s.f.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{
		DifferentFirst: first, OddHeader: `&C&12&P`, OddFooter: footer, FirstFooter: footer,
	})
}

// blocks writes the blocks of the section in their order, up to the table until when it is given.
func (s *xlsxSheet) blocks(sec *Section, until *Table) error {
	afterTable := false
	for _, block := range sec.Blocks {
		var err error
		switch b := block.(type) {
		case *Para:
			s.gap(afterTable)
			err = s.para(b, 0)
		case *Table:
			s.gap(afterTable)
			if b == until {
				if b.Caption != "" {
					err = s.para(P(Body, b.Caption), 0)
				}
				return err
			}
			err = s.table(b)
		case *Code:
			s.gap(afterTable)
			err = s.code(b)
		case *PageBreak:
			if !s.dry && s.row > 1 {
				err = s.sw.InsertPageBreak(fmt.Sprintf("A%d", s.row))
			}
		}
		if err != nil {
			return err
		}
		if _, ok := block.(*PageBreak); !ok {
			_, afterTable = block.(*Table)
		}
	}
	return nil
}

// gap leaves a row empty after a table, so that what follows is not taken for a row of it.
func (s *xlsxSheet) gap(afterTable bool) {
	if afterTable {
		s.row++
		s.height += 15
	}
}

// put writes a row from column col (from 0).
func (s *xlsxSheet) put(col int, values []any, height float64) error {
	if !s.dry {
		cell, err := excelize.CoordinatesToCellName(col+1, s.row)
		if err != nil {
			return err
		}
		if err := s.sw.SetRow(cell, values, excelize.RowOpts{Height: height}); err != nil {
			return err
		}
	}
	s.row++
	s.height += height
	return nil
}

// merge joins cells of the row that was put last with those rows above it.
func (s *xlsxSheet) merge(row, col, rows, cols int) error {
	if s.dry || rows*cols < 2 {
		return nil
	}
	from, err := excelize.CoordinatesToCellName(col+1, row)
	if err != nil {
		return err
	}
	to, err := excelize.CoordinatesToCellName(col+cols, row+rows-1)
	if err != nil {
		return err
	}
	return s.sw.MergeCell(from, to)
}

// tableWidths are the widths of the sheet's columns under a table, mm.
func (s *xlsxSheet) tableWidths(t *Table) []float64 { return s.widths[:t.columns()] }
